#include "search/citation_check.h"

#include <gtest/gtest.h>

#include <fstream>

#include "schemas/document.h"
#include "tests/search/sample_index.h"

namespace resolute::search {
namespace {

using test::sample_searcher;

struct Draft {
  std::string name, text;
  std::vector<std::pair<std::string, std::string>> expected;  // status, reference
};

std::vector<Draft> drafts() {
  std::vector<Draft> out;
  std::ifstream in(std::string(RESOLUTE_SOURCE) + "/tests/search/drafts.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#")) continue;
    if (line.starts_with("== ")) {
      out.push_back({line.substr(3), "", {}});
    } else if (line.starts_with("> ")) {
      const size_t space = line.find(' ', 2);
      out.back().expected.emplace_back(line.substr(2, space - 2), line.substr(space + 1));
    } else {
      out.back().text += line + "\n";
    }
  }
  return out;
}

// All faults named, no correct reference accused.
TEST(CheckCitations, NamesEveryFaultOfTheDrafts) {
  const auto all = drafts();
  EXPECT_EQ(all.size(), 40u);
  for (const auto& draft : all) {
    const auto checked = check_citations(sample_searcher(), draft.text, *parse_date("2040-12-31"));
    EXPECT_EQ(checked.size(), draft.expected.size()) << draft.name;
    for (size_t i = 0; i < checked.size() && i < draft.expected.size(); ++i) {
      const auto& [status, reference] = draft.expected[i];
      EXPECT_EQ(print_status(checked[i].status), status) << draft.name << ": " << reference << ": " << checked[i].symbol << ": " << checked[i].detail;
      const size_t at = draft.text.find(reference);
      EXPECT_GE(checked[i].span.begin, at) << draft.name << ": " << reference;
      EXPECT_LE(checked[i].span.end, at + reference.size()) << draft.name << ": " << reference;
      EXPECT_EQ(checked[i].detail.empty(), status == "known");
    }
  }
}

TEST(CheckCitations, TakesTheNewestOfASeriesInTheDraftAsKnowingIt) {
  const auto status = [](const std::string& draft) { return std::string(print_status(check_citations(sample_searcher(), draft, 0).at(0).status)); };
  EXPECT_EQ(status("Recalling resolution 91/12"), "superseded");
  EXPECT_EQ(status("Recalling resolution 91/12 and resolution 94/21"), "known");
}

TEST(CheckCitations, GivesCandidatesAndSuccessors) {
  auto checked = check_citations(sample_searcher(), "Recalling resolution 3902 (2037), resolution 92/40 and A/RES/91/12", 0);
  ASSERT_EQ(checked.size(), 3u);
  EXPECT_EQ(checked[0].candidates, std::vector<std::string>{"S/RES/3902(2036)"});
  EXPECT_EQ(checked[1].candidates, (std::vector<std::string>{"A/RES/92/40A", "A/RES/92/40B"}));
  EXPECT_EQ(checked[2].superseded_by, "A/RES/94/21");
}

TEST(CheckCitations, TakesAnyText) {
  for (const std::string text : {"", "\n\n", "resolution", "resolution ", "第", "第1", "第1号", "resolution 1(", "resolution 1/", "resolutions 99999999999", "\xFF\xFE resolution 12", "of 31 February 2036", "A/RES/91/12 of 1",
                                 "A/RES/91/12, entitled “", "题为“的第91/12号决议", "resolution 91/12 of 4 December 2036"})
    for (const auto& c : check_citations(sample_searcher(), text, 0)) EXPECT_LE(c.span.end, text.size());
}

}  // namespace
}  // namespace resolute::search
