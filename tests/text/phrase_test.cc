#include "text/phrase.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "text/normalize.h"

namespace resolute::text {
namespace {

std::vector<std::string> print(std::string_view folded) {
  std::vector<PhraseToken> tokens;
  phrase_tokens(folded, tokens);
  std::vector<std::string> out;
  for (const auto& t : tokens)
    out.push_back((t.kind == PhraseTokenKind::gap ? "~" : t.kind == PhraseTokenKind::number ? "#" : "") + std::string(folded.substr(t.begin, t.end - t.begin)));
  return out;
}

TEST(PhraseTokens, ArePartedByWhatIsNotExpectedBetweenWords) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(print("keeps the lamp"), (Parts{"keeps", "the", "lamp"}));
  EXPECT_EQ(print("the lamp, and (2) oil."), (Parts{"the", "lamp", "~, ", "and", "~ (", "#2", "~) ", "oil"}));
  EXPECT_EQ(print("灯塔,2040年 "), (Parts{"灯", "塔", "~,", "#2040", "年"}));
  EXPECT_EQ(print("..."), Parts{});
  EXPECT_EQ(print(""), Parts{});
}

// What makes a phrase the same makes it the same quote: equal runs of tokens are equal bytes, and found there.
TEST(PhraseTokens, EqualRunsAreEqualQuotes) {
  std::mt19937 random(3);
  const std::vector<std::string> pieces = {"lamp", "oil", " ", " ", ",", " (", "灯", "塔", "20", "-", "é", "ж", ". "};
  for (int round = 0; round < 3000; ++round) {
    std::string a;
    for (int i = 0; i < 14; ++i) a += pieces[random() % pieces.size()];
    a = fold(a);
    std::vector<PhraseToken> tokens;
    phrase_tokens(a, tokens);
    for (size_t i = 0; i < tokens.size(); ++i)
      for (size_t j = i; j < tokens.size(); ++j) {
        if (tokens[i].kind == PhraseTokenKind::gap || tokens[j].kind == PhraseTokenKind::gap) continue;
        const auto run = std::string_view(a).substr(tokens[i].begin, tokens[j].end - tokens[i].begin);
        ASSERT_NE(find_phrase(a, run), std::string_view::npos) << a << " | " << run;
        for (size_t k = 0; k + (j - i) < tokens.size(); ++k) {
          bool same = true;
          for (size_t n = 0; same && n <= j - i; ++n) same = tokens[k + n].key == tokens[i + n].key;
          const auto other = std::string_view(a).substr(tokens[k].begin, tokens[k + j - i].end - tokens[k].begin);
          ASSERT_EQ(same, other == run) << a;
        }
      }
  }
}

TEST(Completeness, ComesDownWithWhatLeansAtTheEnds) {
  EXPECT_EQ(completeness("keeps the lamp lit"), 1);
  EXPECT_LT(completeness("keeps the lamp of"), 1);
  EXPECT_LT(completeness("of the lamp lit"), 1);
  EXPECT_LT(completeness("as well as the"), completeness("keeps the lamp of"));
  EXPECT_EQ(completeness("决定继续处理此案"), 1);
  EXPECT_LT(completeness("灯塔管理员的"), 1);
  EXPECT_LT(completeness("决定继续处理此"), 1);
  EXPECT_LT(completeness("向议会第七十"), 1);
  EXPECT_EQ(completeness("向议会第七十届会议"), 1);
  EXPECT_EQ(completeness("灯塔二十"), 1);
  EXPECT_LT(completeness("the agenda of its seventy"), 1);
  EXPECT_EQ(completeness(""), 0);
}

}  // namespace
}  // namespace resolute::text
