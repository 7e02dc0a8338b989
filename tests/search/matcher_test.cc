// Which terms narrow a phrase down, and when having them is enough.
#include "search/matcher.h"

#include <gtest/gtest.h>

#include "tests/search/sample_index.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

struct Row {
  const char* phrase;
  std::vector<std::string> terms;
  bool exact;
};

TEST(PhraseTerms, NarrowDownAndSayWhenTheyAreEnough) {
  const Row rows[] = {
      {"harbour", {"harbour"}, true},
      {"harbour master", {"harbour", "master"}, false},
      {"harbour harbour", {"harbour"}, false},
      {"港", {"港"}, true},
      {"港口", {"港口"}, true},  // the one pair: no text needs a look
      {"灯塔管理", {"塔管", "灯塔", "管理"}, false},
      {"港口 harbour", {"harbour", "港口"}, false},
      {"...", {}, false},
  };
  for (const auto& row : rows) {
    const auto found = phrase_terms(row.phrase);
    EXPECT_EQ(found.terms, row.terms) << row.phrase;
    EXPECT_EQ(found.exact, row.exact) << row.phrase;
  }
}

// What matches by its terms alone is what a look at every text finds.
TEST(Matcher, FindsAPhraseWhereverItStands) {
  const auto& g = test::sample_searcher().generation();
  std::string buffer;
  for (const char* phrase : {"委员", "国", "决定", "委员会", "the", "member states", "of the"}) {
    Node quote;
    quote.kind = Node::Kind::phrase;
    quote.text = phrase;
    size_t found = 0;
    for (const auto& segment : g.segments()) {
      std::vector<WordingId> expected;
      for (const WordingId w : segment->all_wordings())
        if (text::find_phrase(segment->folded(w, buffer), phrase) != std::string_view::npos) expected.push_back(w);
      EXPECT_EQ(Matcher(*segment, Words::all).wordings(quote), expected) << phrase;
      found += expected.size();
    }
    EXPECT_GT(found, 0u) << phrase;
  }
}

}  // namespace
}  // namespace resolute::search
