#include "text/lexical_unit.h"

#include <gtest/gtest.h>

#include "text/normalize.h"

namespace resolute::text {
namespace {

std::string cut(std::string_view text) {
  Analyzer analyzer;
  std::string out;
  for (const auto& u : lexical_units(fold(text), analyzer)) out += (out.empty() ? "" : u.joined ? " " : " | ") + u.text;
  return out;
}

TEST(LexicalUnits, AreStemsWithoutStopWords) {
  EXPECT_EQ(cut("The keepers of the lighthouses"), "keeper lighthous");
  EXPECT_EQ(cut("ropes, ladders"), "rope | ladder");
  EXPECT_EQ(cut("in 1963 (2010)"), "1963 | 2010");
  EXPECT_EQ(cut("a b c 7"), "7");
  EXPECT_EQ(cut(""), "");
}

TEST(LexicalUnits, CutHanAsQueriesDo) {
  EXPECT_EQ(cut("可持续发展"), "可 持续 发展");
  EXPECT_EQ(cut("第1373号决议，灯"), "第 1373 号 决议 | 灯");
}

TEST(LexicalUnits, StandWhereTheySay) {
  Analyzer analyzer;
  const std::string folded = fold("Recalls 灯塔 and the 2 ropes。");
  size_t last = 0;
  for (const auto& u : lexical_units(folded, analyzer)) {
    EXPECT_LE(last, u.begin);
    EXPECT_LT(u.begin, u.end);
    EXPECT_LE(u.end, folded.size());
    if (u.han) { EXPECT_EQ(folded.substr(u.begin, u.end - u.begin), u.text); }
    last = u.end;
  }
}

}  // namespace
}  // namespace resolute::text
