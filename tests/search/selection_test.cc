// Which documents and paragraphs filters leave: against a look at every one.
#include "search/selection.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/search/sample_index.h"

namespace resolute::search {
namespace {

std::vector<std::string> values(const Generation& g, const ParagraphRef& at, Field field) {
  const auto& segment = g.segment(at.segment);
  if (field == Field::kind) return {std::string(print_kind(segment.kind(at.paragraph)))};
  if (field == Field::action) {
    const auto action = segment.action(at.paragraph);
    return action.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::string(action)};
  }
  std::vector<std::string> out;
  const auto& column = segment.column(field);
  for (const uint32_t place : column.of(segment.document_of(at.paragraph))) out.emplace_back(column.values()[place]);
  return out;
}

// A value is in a filter's where it is the same but for the case of letters.
bool among(const std::vector<std::string>& have, const std::vector<std::string>& wanted) {
  const std::set<std::string> set(wanted.begin(), wanted.end());
  return std::any_of(have.begin(), have.end(), [&](const std::string& v) { return set.contains(v); });
}

TEST(Selection, HoldsWhatEveryFilterLeaves) {
  const auto& searcher = test::sample_searcher();
  const auto& g = searcher.generation();
  const std::vector<std::map<Field, Filter>> requests = {
      {},
      {{Field::body, {{"GA"}, {}}}},
      {{Field::body, {{"GA", "SC"}, {}}}},
      {{Field::body, {{}, {"GA"}}}},
      {{Field::lang, {{"zh"}, {}}}, {Field::kind, {{"operative"}, {}}}},
      {{Field::kind, {{}, {"operative", "preambular"}}}},
      {{Field::action, {{"requests"}, {}}}},
      {{Field::action, {{}, {"requests"}}}, {Field::body, {{"GA"}, {}}}},
      {{Field::year, {{"2037", "2038"}, {}}}, {Field::type, {{"resolution"}, {}}}},
      {{Field::committee, {{}, {"C2"}}}},
      {{Field::body, {{"nobody"}, {}}}},
  };
  size_t kept = 0;
  for (const auto& filters : requests) {
    SearchRequest request;
    request.filters = filters;
    const Selection selection(g, request);
    for (uint32_t s = 0; s < g.segments().size(); ++s)
      for (const ParagraphId p : g.segment(s).all_paragraphs()) {
        const ParagraphRef at{s, p};
        bool expected = true;
        for (const auto& [field, filter] : filters) {
          const auto have = values(g, at, field);
          if (!filter.any.empty() && !among(have, filter.any)) expected = false;
          if (among(have, filter.none)) expected = false;
        }
        ASSERT_EQ(selection.holds(at), expected) << g.id(g.document_of(at));
        kept += expected;
      }
  }
  EXPECT_GT(kept, 1000U);
}

TEST(Selection, SaysWhichFilterKeepsOut) {
  const auto& g = test::sample_searcher().generation();
  SearchRequest request;
  request.filters[Field::body] = {{"nobody"}, {}};
  request.filters[Field::lang] = {{"zh"}, {}};
  const Selection selection(g, request);
  size_t chinese = 0;
  for (uint32_t s = 0; s < g.segments().size(); ++s)
    for (const ParagraphId p : g.segment(s).all_paragraphs()) {
      const uint32_t out = selection.out(s, p);
      EXPECT_TRUE(out & bit(Field::body));
      const bool zh = values(g, {s, p}, Field::lang).front() == "zh";
      EXPECT_EQ((out & bit(Field::lang)) == 0, zh);
      chinese += zh;
    }
  EXPECT_GT(chinese, 100U);
  EXPECT_FALSE(selection.restricts_paragraphs());
}

TEST(Selection, DoubtsWhatNoDocumentCanHave) {
  const auto& g = test::sample_searcher().generation();
  EXPECT_EQ(doubt_value(g, Field::body, "GA"), "");
  EXPECT_NE(doubt_value(g, Field::body, "XX"), "");
  EXPECT_NE(doubt_value(g, Field::committee, "the ninth committee"), "");
}

}  // namespace
}  // namespace resolute::search
