#include "schemas/numerals.h"

#include <gtest/gtest.h>

namespace resolute {
namespace {

TEST(Numerals, RomanNumbersAreReadAndWritten) {
  EXPECT_EQ(parse_roman("I"), 1);
  EXPECT_EQ(parse_roman("IV"), 4);
  EXPECT_EQ(parse_roman("XXI"), 21);
  EXPECT_EQ(parse_roman("XLIX"), 49);
  EXPECT_EQ(parse_roman("XCIX"), 99);
  for (const char* s : {"", "IIII", "VX", "IC", "C", "xxi", "XXI ", "A"}) EXPECT_FALSE(parse_roman(s)) << s;
  for (int n = 1; n < 100; ++n) EXPECT_EQ(parse_roman(print_roman(n)), n);
  EXPECT_EQ(print_roman(0), "");
  EXPECT_EQ(print_roman(100), "");
}

TEST(Numerals, HanNumbersAreReadAndWritten) {
  EXPECT_EQ(parse_han("二"), 2);
  EXPECT_EQ(parse_han("十"), 10);
  EXPECT_EQ(parse_han("十八"), 18);
  EXPECT_EQ(parse_han("三十"), 30);
  EXPECT_EQ(parse_han("一百零八"), 108);
  EXPECT_EQ(parse_han("一百二十一"), 121);
  EXPECT_EQ(print_han(12), "十二");
  EXPECT_EQ(print_han(110), "一百一十");
  for (const char* s : {"", "二二", "十百", "百", "十十", "十八条", "8", "II", "\xE4\xBA"}) EXPECT_FALSE(parse_han(s)) << s;
  for (int n = 0; n < 1000; ++n) EXPECT_EQ(parse_han(print_han(n)), n) << print_han(n);
  EXPECT_EQ(print_han(-1), "");
  EXPECT_EQ(print_han(1000), "");
}

TEST(Numerals, SectionsFollowEachOther) {
  for (const char* s : {"I", "XIV", "一", "十二", "A", "Z"}) EXPECT_TRUE(is_section_number(s)) << s;
  for (const char* s : {"", "1", "a", "i", "AB", "3(a)"}) EXPECT_FALSE(is_section_number(s)) << s;
  EXPECT_TRUE(follows_number("I", "II"));
  EXPECT_TRUE(follows_number("九", "十"));
  EXPECT_TRUE(follows_number("H", "I"));
  EXPECT_FALSE(follows_number("I", "III"));
  EXPECT_FALSE(follows_number("I", "A"));
  EXPECT_FALSE(follows_number("A", "1"));
}

}  // namespace
}  // namespace resolute
