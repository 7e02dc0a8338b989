#include "search/query.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "text/normalize.h"

namespace resolute::search {
namespace {

struct QueryCase {
  const char* query;
  const char* understood;
  size_t notices;
};

TEST(ParseQuery, UnderstandsEveryForm) {
  for (const auto& c : {
           QueryCase{"", "*", 0},
           QueryCase{"*", "*", 0},
           QueryCase{"climate change", "climate change", 0},
           QueryCase{"climate AND change", "+climate +change", 0},
           QueryCase{"+climate change", "+climate change", 0},
           QueryCase{"climate -change", "climate AND NOT change", 0},
           QueryCase{"climate NOT change", "climate AND NOT change", 0},
           QueryCase{"climate change OR warming", "climate change OR warming", 0},
           QueryCase{"\"Climate  Change\"", "\"climate change\"", 0},
           QueryCase{"“气候变化”", "\"气候变化\"", 0},
           QueryCase{"(a OR b) c", "c AND (a OR b)", 0},
           QueryCase{"light*", "light*", 0},
           QueryCase{"灯塔*", "\"灯塔\"", 0},
           QueryCase{"peace NEAR/5 security", "peace NEAR/5 security", 0},
           QueryCase{"peace NEAR security", "peace NEAR/10 security", 0},
           QueryCase{"title:ocean", "title:\"ocean\"", 0},
           QueryCase{"title:\"law of the sea\"", "title:\"law of the sea\"", 0},
           QueryCase{"title:(law sea)", "title:\"law sea\"", 0},
           QueryCase{"symbol:S/RES/1963(2010)", "symbol:S/RES/1963(2010)", 0},
           QueryCase{"cites:\"S/RES/1373 (2001)\"", "cites:S/RES/1373(2001)", 0},
           QueryCase{"committee:第三委员会", "committee:C3", 0},
           QueryCase{"date:2000..2010", "date:2000-01-01..2010-12-31", 0},
           QueryCase{"date:2004-02", "date:2004-02-01..2004-02-29", 0},
           QueryCase{"date:2004-03-26..", "date:2004-03-26..", 0},
           QueryCase{"cited_by:10..", "cited_by:10..", 0},
           QueryCase{"S/RES/1963(2010)", "s res 1963 2010", 0},
           QueryCase{"1963(2010) 号", "1963 2010 号", 0},
           // As a Chinese keyboard or a phone gives it.
           QueryCase{"（灯 OR 塔） 海", "海 AND (灯 OR 塔)", 0},
           QueryCase{"title：灯塔", "title:\"灯塔\"", 0},
           QueryCase{"date：2036．．2037 灯", "灯 AND date:2036-01-01..2037-12-31", 0},
           QueryCase{"date:2036-2037", "date:2036-01-01..2037-12-31", 0},
           QueryCase{"灯塔 －船", "灯塔 AND NOT 船", 0},
           QueryCase{"lamp –oil", "lamp AND NOT oil", 0},
           QueryCase{"lamp − oil", "lamp oil", 0},
           QueryCase{"lamp——oil", "lamp oil", 0},
           QueryCase{"灯 NEAR／5 塔", "灯 NEAR/5 塔", 0},
           QueryCase{"ｌａｍｐ＊ ＋oil", "+oil AND lamp*", 0},
           QueryCase{"lamp ＯＲ oil", "lamp OR oil", 0},
           QueryCase{"„law of the sea“", "\"law of the sea\"", 0},
           QueryCase{"〝灯塔〞 «lamp» 「燈」 『塔』", "\"灯塔\" AND \"lamp\" AND \"灯\" AND \"塔\"", 0},
           QueryCase{"‘keeper’s lamp’ oil", "oil AND \"keeper's lamp\"", 0},
           QueryCase{"\"灯塔” 船", "船 AND \"灯塔\"", 0},
           QueryCase{"“灯塔\" 船", "船 AND \"灯塔\"", 0},
           QueryCase{"\"the “old” lamp\" oil", "oil AND \"the old lamp\"", 0},
           QueryCase{"“the \"old\" lamp” oil", "oil AND \"the old lamp\"", 0},
           QueryCase{"title: lamp", "title:\"lamp\"", 1},
           QueryCase{"lang: zh 灯", "灯 AND lang:zh", 1},
           QueryCase{"Title: lamp", "title lamp", 1},
           QueryCase{"re*construction", "re construction", 1},
           QueryCase{"l?mp", "l mp", 1},
           QueryCase{"*house", "house", 1},
           QueryCase{"lamp? 灯？", "lamp 灯", 0},
           // What cannot be understood is words, or left out, with a notice.
           QueryCase{"\"unclosed quote", "\"unclosed quote\"", 1},
           QueryCase{"\"”\"", "*", 1},
           QueryCase{"date:soon", "soon", 1},
           QueryCase{"a OR", "a", 1},
           QueryCase{"a NEAR/3", "a", 1},
           QueryCase{"(a", "a", 1},
           QueryCase{"cited_by:many", "*", 1},
           QueryCase{"!!!", "*", 1},
           QueryCase{"unknown:field", "unknown field", 0},
           QueryCase{"(a) lamps (lit)", "a lamps lit", 0},
           QueryCase{"(lamps oil) AND keepers", "+lamps +oil +keepers", 0},
           QueryCase{"NOT (lamps oil)", "NOT lamps oil", 0},
           // A pasted text names titles; what is typed quotes.
           QueryCase{"one two three four five six seven eight nine ten eleven “twelve thirteen”",
                     "one two three four five six seven eight nine ten eleven AND \"twelve thirteen\"", 0},
           QueryCase{"one two three four five six seven eight nine ten eleven twelve “thirteen”",
                     "one two three four five six seven eight nine ten eleven twelve thirteen", 1},
           QueryCase{"one two three four five six seven eight nine ten eleven twelve \"thirteen\"",
                     "one two three four five six seven eight nine ten eleven twelve AND \"thirteen\"", 0},
       }) {
    const auto q = parse_query(c.query);
    EXPECT_EQ(q.understood, c.understood) << c.query;
    EXPECT_EQ(q.notices.size(), c.notices) << c.query << (q.notices.empty() ? "" : ": " + q.notices[0]);
  }
}

TEST(ParseQuery, AlwaysParses) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"\"",     "(",     ")",      "+",    "-",     " ", "AND", "OR",   "NOT", "NEAR/3", "*",      ":",
                                           "title:", "date:", "2000..", "灯塔", "light", "“", "”",   "\xFF", "㈠",  "　",     "cites:", "1963(2010)"};
  for (int i = 0; i < 20000; ++i) {
    std::string s;
    for (size_t n = random() % 14; n > 0; --n) {
      s += pieces[random() % pieces.size()];
      if (random() % 2) s += ' ';
    }
    const auto q = parse_query(s);
    EXPECT_FALSE(q.understood.empty()) << s;
  }
}

TEST(ParseQuery, NestsNoDeeperThanItsBound) {
  const std::function<size_t(const Node&)> depth = [&](const Node& n) {
    size_t most = 0;
    for (const auto& c : n.children) most = std::max(most, depth(c));
    return most + 1;
  };
  const std::string many(1000, '('), closed(1000, ')');
  for (const auto& q :
       {many + "harbour" + closed, "harbour" + closed + "lamp" + closed, many + "harbour", many + "a OR (b c" + closed, "-" + many + "harbour" + closed})
    EXPECT_LE(depth(parse_query(q).root), 3u * kMostDepth) << q.substr(0, 20);
}

TEST(ParseQuery, BoundsItsWork) {
  std::string chain = "the";
  for (int k = 0; k < 40; ++k) chain += " NEAR/100 the";
  const auto bounded = parse_query(chain);
  EXPECT_EQ(bounded.notices.size(), 1u);
  const auto printed = print_query(bounded.root);
  size_t links = 0;
  for (size_t at = 0; (at = printed.find("NEAR", at)) != std::string::npos; ++at) ++links;
  EXPECT_EQ(links, static_cast<size_t>(kMostNear)) << printed;
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "(";
  EXPECT_FALSE(parse_query(deep + "a").notices.empty());
  std::string many;
  for (int i = 0; i < 4000; ++i) many += "w" + std::to_string(i % 10) + " ";
  EXPECT_FALSE(parse_query(many).notices.empty());
  EXPECT_FALSE(parse_query(std::string(100'000, 'a')).notices.empty());
}

// A query of 8 KB made of one quote took half a minute.
TEST(ParseQuery, LooksForEqualPartsOnceAndForSoManyQuotes) {
  std::string repeated, distinct;
  for (int i = 0; i < 2000; ++i) repeated += "\",\" ";
  for (int i = 0; i < 200; ++i) distinct += "\"the " + std::to_string(i) + "\" ";
  EXPECT_EQ(parse_query(repeated).understood, parse_query("\",\"").understood);
  const auto q = parse_query(distinct);
  EXPECT_EQ(q.root.children.size(), 64u);
  ASSERT_FALSE(q.notices.empty());
  EXPECT_NE(q.notices.back().find("more than 64 quotes"), std::string::npos);
  EXPECT_EQ(parse_query("\"a b\" OR \"a b\" OR c").understood, parse_query("\"a b\" OR c").understood);
  EXPECT_EQ(parse_query("lamp lamp lamp").root.children.size(), 3u);  // words weigh
}

}  // namespace
}  // namespace resolute::search
