#include "schemas/wording_code.h"

#include <gtest/gtest.h>

#include <random>

#include "schemas/error.h"

namespace resolute {
namespace {

std::vector<std::string> sentences(size_t n, unsigned seed) {
  static const char* const kWords[] = {"the",  "council", "of", "lighthouses", "recalls", "its", "决议",   "会员国",
                                       "关于", "灯塔",    "的", "报告",        "2041",    ",",   "keeper", "oil"};
  std::mt19937 random(seed);
  std::vector<std::string> out;
  for (size_t i = 0; i < n; ++i) {
    std::string s;
    for (size_t k = random() % 40; k > 0; --k) s += std::string(kWords[random() % std::size(kWords)]) + (random() % 3 ? " " : "");
    out.push_back(std::move(s));
  }
  return out;
}

std::string round_trip(const WordingEncoder& encoder, const WordingDecoder& decoder, const std::string& text) {
  std::vector<uint16_t> codes;
  encoder.encode(text, codes);
  std::string buffer;
  return std::string(decoder.decode(codes, buffer));
}

WordingDecoder decoder_of(const WordingEncoder& encoder) { return WordingDecoder({encoder.entries().begin(), encoder.entries().end()}); }

TEST(WordingCode, GivesBackEveryText) {
  for (const size_t sample : {0, 3, 5000}) {
    const WordingEncoder encoder(learn_entries(sentences(sample, 1)));
    const auto decoder = decoder_of(encoder);
    for (const auto& text : sentences(500, 2)) ASSERT_EQ(round_trip(encoder, decoder, text), text);
    std::mt19937 random(3);
    for (int i = 0; i < 500; ++i) {
      std::string bytes(random() % 200, '\0');
      for (auto& b : bytes) b = static_cast<char>(random());
      ASSERT_EQ(round_trip(encoder, decoder, bytes), bytes);
    }
  }
}

TEST(WordingCode, UsesTheLongestEntryAtEachPlace) {
  const WordingEncoder encoder(learn_entries(sentences(5000, 1)));
  const auto& entries = encoder.entries();
  for (const auto& text : sentences(50, 4)) {
    std::vector<uint16_t> codes;
    encoder.encode(text, codes);
    size_t at = 0;
    for (const uint16_t code : codes) {
      for (const auto& e : entries)
        if (e.size() > entries[code].size()) { ASSERT_NE(text.compare(at, e.size(), e), 0) << e; }
      at += entries[code].size();
    }
    ASSERT_EQ(at, text.size());
  }
}

TEST(WordingCode, LearnsWhatRecursAndTheSameEachTime) {
  const auto sample = sentences(5000, 1);
  const auto entries = learn_entries(sample);
  EXPECT_GT(entries.size(), 300u);
  EXPECT_LE(entries.size(), kMostEntries);
  for (const auto& e : entries) EXPECT_LE(e.size(), kLongestEntry);
  EXPECT_EQ(learn_entries(sample), entries);
  const WordingEncoder encoder(entries);
  std::vector<uint16_t> codes;
  size_t bytes = 0;
  for (const auto& s : sample) {
    encoder.encode(s, codes);
    bytes += s.size();
  }
  EXPECT_LT(codes.size() * 4, bytes);  // of such sentences, at most half the bytes
}

TEST(WordingCode, RefusesEntriesThatAreNone) {
  const auto refused = [](const std::vector<std::string_view>& entries) {
    try {
      WordingDecoder decoder(entries);
    } catch (const Error& e) { return e.kind() == ErrorKind::corrupt; }
    return false;
  };
  EXPECT_TRUE(refused({"a", ""}));
  EXPECT_TRUE(refused({"abcdefghijklmnopq"}));
  EXPECT_TRUE(refused(std::vector<std::string_view>(kMostEntries + 1, "a")));
  EXPECT_FALSE(refused({"abcdefghijklmnop"}));
}

TEST(Edits, RestoreTheOriginal) {
  EditWriter w;
  w.replace(0, "t", "T");   // a capital
  w.replace(3, " ", "  ");  // something before
  w.replace(9, ",", "，");  // full width
  w.replace(10, "x", "");   // gone
  w.replace(11, "", "“");   // only in the original
  w.replace(11, "sz", "ß");
  w.replace(14, "", "!");
  EXPECT_EQ(restore("the light,xszo", w.take()), "The  light，“ßo!");
  EXPECT_EQ(restore("as it is", ""), "as it is");
}

TEST(Edits, ThatDoNotFitAreCorrupt) {
  std::mt19937 random(5);
  size_t refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(1 + random() % 12, '\0');
    for (auto& b : bytes) b = static_cast<char>(random() % 3 ? random() % 24 : random());
    try {
      EXPECT_LE(restore("a few words, folded", bytes).size(), 100u);
    } catch (const Error& e) {
      ASSERT_EQ(e.kind(), ErrorKind::corrupt);
      ++refused;
    }
  }
  EXPECT_GT(refused, 1000u);
}

}  // namespace
}  // namespace resolute
