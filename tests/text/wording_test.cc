#include "text/wording.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "text/analyze.h"
#include "text/draft.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

std::vector<WordingToken> tokens_of(const std::string& text) {
  std::vector<WordingToken> out;
  wording_tokens(fold(text), out);
  return out;
}

// The textbook's table.
size_t plain_lcs(const std::vector<WordingToken>& a, const std::vector<WordingToken>& b) {
  std::vector<std::vector<size_t>> t(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) t[i + 1][j + 1] = a[i].key == b[j].key ? t[i][j] + 1 : std::max(t[i][j + 1], t[i + 1][j]);
  return t[a.size()][b.size()];
}

std::string random_words(std::mt19937& random, size_t most) {
  static const char* const kPieces[] = {
      "lamp", "Lamp", "keeper",           "of",   "the",       "，", "灯", "塔", "看守", "会员国", "国", " ", " ", ", ", "；", "1373 (2001)",
      "é",    "маяк", "\xF0\xA0\x80\x80", "\xFF", "a\xCC\x81", "-"};
  std::string out;
  for (size_t n = random() % (most + 1); n > 0; --n) {
    out += kPieces[random() % std::size(kPieces)];
    if (random() % 3 == 0) out += ' ';
  }
  return out;
}

std::string edited(std::mt19937& random, const std::string& text) {
  std::string out = text;
  for (size_t n = random() % 6; n > 0; --n) {
    const size_t at = out.empty() ? 0 : random() % out.size();
    if (random() % 2)
      out.insert(at, random_words(random, 4));
    else
      out.erase(at, random() % 12);
  }
  return out;
}

TEST(WordingTokens, AreTheWordsAndCharactersThatLengthsCount) {
  Analyzer analyzer;
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::string folded = fold(random_words(random, 40));
    std::vector<WordingToken> tokens;
    wording_tokens(folded, tokens);
    EXPECT_EQ(tokens.size(), analyzer.analyze(folded, [](std::string_view) {})) << folded;
    for (size_t k = 0; k < tokens.size(); ++k) {
      EXPECT_LT(tokens[k].begin, tokens[k].end);
      EXPECT_GE(tokens[k].begin, k ? tokens[k - 1].end : 0);
    }
  }
}

TEST(WordingComparison, CountsAsTheTextbookDoes) {
  std::mt19937 random(1);
  for (int i = 0; i < 1500; ++i) {
    const auto a = tokens_of(random_words(random, i % 10 ? 30 : 300));
    const auto b = tokens_of(random_words(random, i % 10 ? 30 : 300));
    WordingComparison comparison(a);
    const size_t lcs = plain_lcs(a, b);
    EXPECT_EQ(comparison.common(b), lcs);
    EXPECT_EQ(comparison.common(b, lcs), lcs);
    EXPECT_EQ(comparison.common(b, lcs + 1), 0u);
    const auto run = comparison.longest_run(b);
    for (size_t k = 0; k < run.size; ++k) EXPECT_EQ(a[run.a + k].key, b[run.b + k].key);
    size_t longest = 0;
    for (size_t x = 0; x < a.size(); ++x)
      for (size_t y = 0; y < b.size(); ++y) {
        size_t n = 0;
        while (x + n < a.size() && y + n < b.size() && a[x + n].key == b[y + n].key) ++n;
        longest = std::max(longest, n);
      }
    EXPECT_EQ(run.size, longest);
  }
}

TEST(WordingComparison, DoesNotLookAtMarksCaseAndWidth) {
  struct Case {
    const char *a, *b;
    double similarity;
  };
  for (const auto& c : {Case{"Decides to keep the lamp lit;", "decides to keep the lamp lit.", 1},
                        {"决定保持灯光，", "決定保持燈光；", 1},
                        {"第１３７３（2001）号", "第1373(2001)号", 1},
                        {"one two three four", "one two three five", 0.75},
                        {"灯塔看守人", "灯塔守护人", 0.8},
                        {"one", "two", 0},
                        {"", "", 0},
                        {"", "one", 0}}) {
    WordingComparison comparison(tokens_of(c.a));
    EXPECT_NEAR(comparison.similarity(tokens_of(c.b)), c.similarity, 1e-9) << c.a;
  }
}

TEST(Shingles, OfEqualRunsAreEqual) {
  const auto a = shingles(tokens_of("the keeper of the lamp sleeps"), 3), b = shingles(tokens_of("Keeper of the lamp!"), 3);
  EXPECT_EQ(a.size(), 4u);
  EXPECT_EQ(b.size(), 2u);
  EXPECT_EQ(a[1], b[0]);
  EXPECT_EQ(shingles(tokens_of("one two"), 3).size(), 1u);
  EXPECT_TRUE(shingles({}, 3).empty());
}

// Every diff applied to the old text gives the new one, and back.
TEST(WordDiff, GivesTheNewTextOfTheOld) {
  std::mt19937 random(3);
  for (int i = 0; i < 4000; ++i) {
    const std::string before = random_words(random, i % 50 ? 25 : 400), after = i % 3 ? edited(random, before) : random_words(random, 25);
    std::string old_text, new_text;
    const auto diff = word_diff(before, after);
    for (size_t k = 0; k < diff.size(); ++k) {
      EXPECT_FALSE(diff[k].text.empty());
      EXPECT_FALSE(k && (diff[k].op == diff[k - 1].op || (diff[k].op == DiffOp::remove && diff[k - 1].op == DiffOp::insert)));
      if (diff[k].op != DiffOp::insert) old_text += diff[k].text;
      if (diff[k].op != DiffOp::remove) new_text += diff[k].text;
    }
    EXPECT_EQ(old_text, before);
    EXPECT_EQ(new_text, after);
    EXPECT_TRUE(before != after || diff.size() <= 1);
  }
}

TEST(WordDiff, ChangesWholeWords) {
  using enum DiffOp;
  struct Case {
    const char *before, *after;
    std::vector<DiffPart> diff;
  };
  const Case cases[] = {
      {"Requests a report at its ninetieth session;",
       "Requests a report at its ninety-first session;",
       {{equal, "Requests a report at its "}, {remove, "ninetieth"}, {insert, "ninety-first"}, {equal, " session;"}}},
      {"the lamp", "the old lamp", {{equal, "the "}, {insert, "old "}, {equal, "lamp"}}},
      {"请秘书长提出报告；", "请秘书长提交报告；", {{equal, "请秘书长"}, {remove, "提出"}, {insert, "提交"}, {equal, "报告；"}}},
      {"a b c", "a x y c", {{equal, "a "}, {remove, "b"}, {insert, "x y"}, {equal, " c"}}},
      {"", "new", {{insert, "new"}}},
      {"old", "", {{remove, "old"}}},
      {"", "", {}},
  };
  for (const auto& c : cases) EXPECT_EQ(word_diff(c.before, c.after), c.diff) << c.before;
}

TEST(SplitDraft, FindsParagraphs) {
  struct Case {
    const char* name;
    std::string text;
    std::vector<std::string> paragraphs;
  };
  const Case cases[] = {
      {"blank lines", "One paragraph\nover two lines\n\nAnother", {"|One paragraph over two lines", "|Another"}},
      {"lines that close",
       "Recalling the lamp,\nNoting the keeper,\n1. Decides;\n2. Requests.",
       {"|Recalling the lamp,", "|Noting the keeper,", "1|Decides;", "2|Requests."}},
      {"Chinese lines", "回顾灯塔的\n历史，\n1. 决定保持灯光；", {"|回顾灯塔的历史，", "1|决定保持灯光；"}},
      {"hyphens at the end of lines", "the light-\nhouse", {"|the lighthouse"}},
      {"CR LF and space", "  One \r\n\r\n  two \r\n", {"|One", "|two"}},
      {"nothing", " \n\t\n", {}},
  };
  for (const auto& c : cases) {
    std::vector<std::string> got;
    for (const auto& p : split_draft(c.text)) {
      got.push_back(p.number + "|" + p.text);
      EXPECT_LT(p.span.begin, p.span.end);
      EXPECT_LE(p.span.end, c.text.size());
    }
    EXPECT_EQ(got, c.paragraphs) << c.name;
  }
}

TEST(SplitDraft, TellsTheLanguageOfEachParagraph) {
  const auto p = split_draft("决定保持灯光\n\nDecides to keep the light\n\n回顾 A/RES/91/12 号决议");
  ASSERT_EQ(p.size(), 3u);
  EXPECT_EQ(p[0].lang, Language::zh);
  EXPECT_EQ(p[1].lang, Language::en);
  EXPECT_EQ(p[2].lang, Language::zh);
}

TEST(RepeatKey, LeavesOutNumbersDatesAndMarks) {
  const auto key = [](const char* text) { return repeat_key(fold(text)); };
  EXPECT_EQ(key("Decides to inspect the lamps again before 3 March 2037;"), key("Decides to inspect the lamps again before 14 June 2038."));
  EXPECT_NE(key("Decides to inspect the lamps again before 3 March 2037;"), key("Decides to repair the lamps again before 3 March 2037;"));
  EXPECT_EQ(key("Decides to return to the lamps at its ninety-first session"), key("Decides to return to the lamps at its ninety-second session"));
  EXPECT_NE(key("Takes note of the lamps named by the First Committee"), key("Takes note of the lamps named by the Second Committee"));
  EXPECT_EQ(key("决定在第九十一届会议上再次审议灯塔灯具的维护问题"), key("决定在第九十二届会议上再次审议灯塔灯具的维护问题；"));
  EXPECT_NE(key("注意到第一委员会关于灯塔灯具维护问题的报告"), key("注意到第二委员会关于灯塔灯具维护问题的报告"));
  // Of a few letters nothing may be left out: rows of tables are not one another's repeats.
  EXPECT_NE(key("12 lamps"), key("13 lamps"));
  EXPECT_NE(key("36"), key("37"));
  EXPECT_EQ(key(""), key(""));
}

}  // namespace
}  // namespace resolute::text
