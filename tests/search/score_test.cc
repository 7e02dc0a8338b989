// What each kind of word weighs, and how near words of a query stand to each other.
#include "search/score.h"

#include <gtest/gtest.h>

#include "search/proximity.h"

namespace resolute::search {
namespace {

double weight(const std::string& query, const std::string& term) {
  for (const auto& t : scoring_terms(parse_query(query).root))
    if (t.term == term) return t.weight;
  return 0;
}

TEST(ScoringTerms, NumbersWeighWhatWordsDo) {
  const double word = weight("lamps", "lamps") + weight("lamps", "Zlamp");
  EXPECT_DOUBLE_EQ(weight("1267", "1267") + weight("1267", "Z1267"), word);
  EXPECT_DOUBLE_EQ(weight("病毒 H5N1", "h5n1"), word);
}

TEST(ScoringTerms, WordsTypedApartAreNoRun) {
  EXPECT_GT(weight("灯塔海上", "塔海"), 0);
  EXPECT_EQ(weight("灯塔 海上", "塔海"), 0);
  EXPECT_EQ(weight("灯塔，海上", "塔海"), 0);
  EXPECT_GT(weight("灯塔 海上", "灯塔"), 0);
  EXPECT_GT(weight("灯塔 海上", "海上"), 0);
}

TEST(ScoringTerms, APairAcrossTwoWordsWeighsLess) { EXPECT_LT(weight("灯塔海上", "塔海"), weight("灯塔海上", "灯塔")); }

TEST(ScoringTerms, AWordByItselfIsWhole) { EXPECT_GT(weight("天文台 海上", "天文台"), weight("天文台海上", "天文台")); }

TEST(ScoringTerms, AWordOfOneCharacterWeighsWhatAPairDoes) {
  EXPECT_DOUBLE_EQ(weight("灯 海上", "灯"), weight("灯塔 海上", "灯塔"));
  EXPECT_GT(weight("灯 海上", "灯"), weight("灯塔 海上", "灯"));
  EXPECT_LT(weight("的 海上", "的"), weight("灯 海上", "灯"));  // a particle
}

double nearness(const std::string& query, const std::string& folded) {
  return Proximity(parse_query(query).root, [](const Node&) { return 1.0; }).bonus(folded);
}

TEST(ProximityBonus, CountsOrderAndDistance) {
  const double together = nearness("red lamp", "a red lamp burns");
  EXPECT_GT(together, nearness("red lamp", "a red and green lamp burns"));
  EXPECT_GT(together, nearness("red lamp", "a lamp red as blood"));
  EXPECT_GT(nearness("red lamp", "a lamp red as blood"), 0);
  EXPECT_EQ(nearness("red lamp", "a lamp burns"), 0);
}

TEST(ProximityBonus, PassesOverWordsThatAreNotThere) {
  EXPECT_DOUBLE_EQ(nearness("red bright lamp", "a red lamp burns"), nearness("red lamp", "a red lamp burns"));
  EXPECT_DOUBLE_EQ(nearness("bright red old lamp new", "a red lamp burns"), nearness("red lamp", "a red lamp burns"));
  EXPECT_GT(nearness("red bright lamp", "a red bright lamp burns"), nearness("red bright lamp", "a red lamp burns"));
}

}  // namespace
}  // namespace resolute::search
