// Words at places to lines in reading order.
#include <algorithm>

#include "indexer/readers/pdf_layout.h"

#include <gtest/gtest.h>

namespace resolute::indexer {
namespace {

constexpr double kSize = 10, kPage = 600;

// The words of a text in a line that begins at (x, y), six points a letter.
void put(std::vector<PdfWord>& words, double x, double y, std::string_view text, double size = kSize) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const double width = 0.6 * size * static_cast<double>(end);
    words.push_back({x, y - size, x + width, y, size, end < text.size(), std::string(text.substr(0, end))});
    x += width + 0.6 * size;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::vector<std::string> texts(const std::vector<PdfLine>& lines) {
  std::vector<std::string> out;
  for (const auto& l : lines) out.push_back(l.text);
  return out;
}

using Lines = std::vector<std::string>;

TEST(PdfLines, ComeFromTopToBottomWhateverTheOrderOfTheFile) {
  std::vector<PdfWord> words;
  put(words, 60, 140, "third line of text that is as long as others");
  put(words, 60, 100, "first line of text that is as long as others");
  put(words, 60, 120, "second line of text that is as long as these");
  EXPECT_EQ(texts(pdf_lines(words, kPage, 1, 0)), (Lines{"first line of text that is as long as others", "second line of text that is as long as these",
                                                         "third line of text that is as long as others"}));
}

TEST(PdfLines, ReadColumnsOneAfterTheOther) {
  std::vector<PdfWord> words;
  for (int i = 0; i < 12; ++i) {
    put(words, 50, 100 + 14 * i, "left column line " + std::to_string(i) + " of text here");
    put(words, 320, 100 + 14 * i, "right column line " + std::to_string(i) + " of text too");
  }
  const auto lines = pdf_lines(words, kPage, 1, 0);
  ASSERT_EQ(lines.size(), 24U);
  for (size_t i = 0; i < 12; ++i) {
    EXPECT_EQ(lines[i].text, "left column line " + std::to_string(i) + " of text here");
    EXPECT_EQ(lines[12 + i].text, "right column line " + std::to_string(i) + " of text too");
  }
  EXPECT_TRUE(lines[0].column_start);
  EXPECT_TRUE(lines[12].column_start);
  EXPECT_FALSE(lines[13].column_start);
}

TEST(PdfLines, KeepARaisedNumberAsTheLinesMarker) {
  std::vector<PdfWord> words;
  words.push_back({56, 90, 60, 96, 6, false, "3"});
  put(words, 62, 100, "See document of the year before");
  const auto lines = pdf_lines(words, kPage, 2, 0);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].marker, "3");
  EXPECT_EQ(lines[0].text, "See document of the year before");
  EXPECT_EQ(lines[0].page, 2U);
}

TEST(PdfLines, KnowTheirEdgesAndIndents) {
  std::vector<PdfWord> words;
  put(words, 80, 100, "An indented first line of a paragraph");
  for (int i = 1; i < 8; ++i) put(words, 60, 100 + 14 * i, "then lines at the margin of the whole column");
  auto lines = pdf_lines(words, kPage, 1, 0);
  ASSERT_EQ(lines.size(), 8U);
  EXPECT_DOUBLE_EQ(lines[0].left, 80);
  EXPECT_DOUBLE_EQ(lines[1].left, 60);
  EXPECT_DOUBLE_EQ(lines[1].right, 60 + 6 * 44);
  // The margin is the document's to find, over its pages.
  for (auto& l : lines) l.margin = 60;
  EXPECT_TRUE(lines[0].indented());
  for (size_t i = 1; i < 8; ++i) EXPECT_FALSE(lines[i].indented());
}

TEST(PdfLines, JoinTheCellsOfATable) {
  std::vector<PdfWord> words;
  for (int i = 0; i < 6; ++i) {
    put(words, 60, 100 + 16 * i, "State " + std::to_string(i));
    put(words, 260, 100 + 16 * i, std::to_string(100 + i));
    put(words, 420, 100 + 16 * i, std::to_string(7 * i) + ".5");
  }
  const auto lines = pdf_lines(words, kPage, 1, 0);
  ASSERT_EQ(lines.size(), 6U);
  for (size_t i = 0; i < 6; ++i) {
    EXPECT_TRUE(lines[i].row) << lines[i].text;
    EXPECT_EQ(lines[i].text, "State " + std::to_string(i) + " | " + std::to_string(100 + i) + " | " + std::to_string(7 * i) + ".5");
  }
}

TEST(PdfLines, PartWordsOfTheHeadThatStandFarApart) {
  std::vector<PdfWord> words;
  put(words, 60, 40, "United Nations");
  put(words, 480, 40, "A/RES/99/1");
  put(words, 60, 200, "The text of the resolution begins below");
  EXPECT_EQ(texts(pdf_lines(words, kPage, 1, 100)), (Lines{"United Nations", "A/RES/99/1", "The text of the resolution begins below"}));
}

TEST(PdfLines, OfNothingAreNone) { EXPECT_TRUE(pdf_lines({}, kPage, 1, 0).empty()); }

}  // namespace
}  // namespace resolute::indexer
