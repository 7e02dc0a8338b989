#include "schemas/document.h"

#include <gtest/gtest.h>

namespace resolute {
namespace {

TEST(ParseDate, AcceptsDaysThatExist) {
  EXPECT_EQ(parse_date("1970-01-01"), 0);
  EXPECT_EQ(parse_date("1970-01-02"), 1);
  EXPECT_EQ(parse_date("1969-12-31"), -1);
  EXPECT_EQ(parse_date("2000-03-01"), 11017);
  EXPECT_EQ(parse_date("2010-12-20"), 14963);
  EXPECT_TRUE(parse_date("1945-01-01"));
  EXPECT_TRUE(parse_date("2100-12-31"));
  EXPECT_TRUE(parse_date("2000-02-29"));
  EXPECT_TRUE(parse_date("2024-02-29"));
}

TEST(ParseDate, RejectsDaysThatDoNot) {
  for (const char* s : {"",           "2010",       "2010-12",    "2010-1-2",    "2010-13-01",  "2010-00-01", "2010-01-00",
                        "2010-01-32", "2010-04-31", "2023-02-29", "1900-02-29",  "2100-02-29",  "1944-12-31", "2101-01-01",
                        "0001-01-01", "2010/12/20", "2010-12-2O", " 2010-12-20", "2010-12-20 ", "-010-12-20", "２０１０-12-20"})
    EXPECT_FALSE(parse_date(s)) << s;
}

TEST(PrintDate, GivesBackEveryDay) {
  const int first = *parse_date("1945-01-01"), last = *parse_date("2100-12-31");
  EXPECT_EQ(last - first + 1, 156 * 365 + 38);  // 1948 to 2096 are leap years, 2100 is not
  for (int day = first; day <= last; ++day) ASSERT_EQ(parse_date(print_date(day)), day) << print_date(day);
}

TEST(Spellings, AreTheContractsBothWays) {
  EXPECT_STREQ(print_language(Language::zh), "zh");
  EXPECT_STREQ(print_body(Body::ecosoc), "ECOSOC");
  EXPECT_STREQ(print_body(Body::none), "");
  EXPECT_STREQ(print_type(DocumentType::statement), "statement");
  EXPECT_STREQ(print_kind(ParagraphKind::preambular), "preambular");
  EXPECT_STREQ(print_outcome(VoteOutcome::without_vote), "without-vote");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(parse_language(print_language(Language(i))), Language(i));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(parse_body(print_body(Body(i))), Body(i));
  for (int i = 0; i < 6; ++i) EXPECT_EQ(parse_type(print_type(DocumentType(i))), DocumentType(i));
  for (int i = 0; i < 11; ++i) EXPECT_EQ(parse_kind(print_kind(ParagraphKind(i))), ParagraphKind(i));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(parse_outcome(print_outcome(VoteOutcome(i))), VoteOutcome(i));
  for (const char* s : {"EN", "fr", "english", " "}) EXPECT_FALSE(parse_language(s)) << s;
  EXPECT_FALSE(parse_body("ga"));
  EXPECT_FALSE(parse_type("Resolution"));
  EXPECT_FALSE(parse_kind("pp"));
  EXPECT_FALSE(parse_outcome("vetoed"));
}

TEST(FragmentPrefix, IsItsOwnForEachKind) {
  std::map<std::string, int> seen;
  for (int i = 0; i < 11; ++i) ++seen[fragment_prefix(ParagraphKind(i))];
  EXPECT_EQ(seen.size(), 11u);
  EXPECT_STREQ(fragment_prefix(ParagraphKind::operative), "op");
  EXPECT_STREQ(fragment_prefix(ParagraphKind::plain), "p");
}

TEST(CitedWorks, LeaveOutThePartLetters) {
  Document d;
  d.identifier = "A/RES/90/1";
  d.paragraphs.resize(1);
  d.paragraphs[0].citations = {{{0, 1}, "A/RES/2200(XXI)A", ""}, {{2, 3}, "A/RES/89/2A-B", ""}, {{4, 5}, "A/RES/89/2C", ""}, {{6, 7}, "S/RES/3901(2036)", ""}};
  EXPECT_EQ(cited_works(d), (std::vector<std::string>{"A/RES/2200(XXI)", "A/RES/89/2", "S/RES/3901(2036)"}));
}

TEST(CitedSymbols, AreSortedOnceAndWithoutTheDocumentsOwn) {
  Document d;
  d.identifier = "A/RES/90/1";
  d.paragraphs.resize(2);
  d.paragraphs[0].citations = {{{0, 1}, "S/RES/3901(2036)", ""}, {{2, 3}, "A/RES/90/1", ""}};
  d.paragraphs[1].citations = {{{0, 1}, "A/RES/89/1", "recalling"}, {{2, 3}, "S/RES/3901(2036)", "recalling"}};
  EXPECT_EQ(cited_symbols(d), (std::vector<std::string>{"A/RES/89/1", "S/RES/3901(2036)"}));
  EXPECT_EQ(d.id(), "A/RES/90/1@en");
  d.lang = Language::zh;
  EXPECT_EQ(d.id(), "A/RES/90/1@zh");
}

}  // namespace
}  // namespace resolute
