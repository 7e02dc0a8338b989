#include "text/tokenize.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include <random>

#include "tests/samples.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

// "word:lamp han_char:灯 ..."
std::string show(const std::string& folded) {
  static const char* kNames[] = {"word", "other", "char", "pair", "hanword"};
  Tokenizer tokenizer;
  std::vector<Token> tokens;
  tokenizer.tokenize(folded, tokens);
  std::string out;
  for (const auto& t : tokens) out += std::string(out.empty() ? "" : " ") + kNames[static_cast<size_t>(t.kind)] + ":" + folded.substr(t.begin, t.end - t.begin);
  return out;
}

TEST(Tokenize, CutsWordsAndOverlapsHan) {
  EXPECT_EQ(show(""), "");
  EXPECT_EQ(show(" -.,() "), "");
  EXPECT_EQ(show("the lamp"), "word:the word:lamp");
  EXPECT_EQ(show("a/res/60/288"), "word:a word:res word:60 word:288");
  EXPECT_EQ(show("long-term 2nd"), "word:long word:term word:2nd");
  EXPECT_EQ(show("灯"), "char:灯");
  EXPECT_EQ(show("、灯。"), "char:灯");
  EXPECT_EQ(show("第1963号"), "char:第 word:1963 char:号");
  EXPECT_EQ(show("été"), "word:été");
  EXPECT_EQ(show("мир 灯"), "other:мир char:灯");
  EXPECT_EQ(show("мир2"), "other:мир word:2");
  EXPECT_EQ(show("سلام"), "other:سلام");
  // Characters and pairs whatever the dictionary says of words.
  const auto han = show("会员国有");
  for (const char* part : {"char:会 pair:会员", "char:员 pair:员国", "char:国 pair:国有", "char:有"}) EXPECT_NE(han.find(part), std::string::npos) << han;
}

void expect_tokens(Tokenizer& tokenizer, const std::string& folded) {
  std::vector<Token> tokens;
  tokenizer.tokenize(folded, tokens);
  std::string rebuilt;
  size_t at = 0;
  uint32_t last_begin = 0;
  for (const auto& t : tokens) {
    ASSERT_LT(t.begin, t.end);
    ASSERT_LE(t.end, folded.size());
    ASSERT_GE(t.begin, last_begin);
    ASSERT_NE(folded[t.begin] & 0xC0, 0x80);
    ASSERT_TRUE(t.end == folded.size() || (folded[t.end] & 0xC0) != 0x80);
    last_begin = t.begin;
    if (t.kind == TokenKind::han_pair || t.kind == TokenKind::han_word) {
      // Pairs and words lie over characters.
      for (size_t i = t.begin; i < t.end;) ASSERT_TRUE(is_han(next_code_point(folded, i)));
      continue;
    }
    // The gap before holds no letter and no digit.
    for (size_t i = at; i < t.begin;) {
      const char32_t c = next_code_point(folded, i);
      // But for the s of "women's".
      ASSERT_FALSE((is_word(c) && !(c == 's' && i >= 2 && folded[i - 2] == '\'')) || is_han(c)) << folded;
    }
    ASSERT_GE(t.begin, at);
    rebuilt += folded.substr(at, t.begin - at) + folded.substr(t.begin, t.end - t.begin);
    at = t.end;
  }
  for (size_t i = at; i < folded.size();) {
    const char32_t c = next_code_point(folded, i);
    ASSERT_FALSE((is_word(c) && !(c == 's' && i >= 2 && folded[i - 2] == '\'')) || is_han(c)) << folded;
  }
  ASSERT_EQ(rebuilt + folded.substr(at), folded);
}

TEST(Tokenize, RebuildsTheTextFromTokensAndGaps) {
  Tokenizer tokenizer;
  for (const auto& d : test::sample_documents())
    for (const auto& p : d.paragraphs) expect_tokens(tokenizer, fold(p.text));
  std::mt19937 random(10);
  const std::vector<std::string> pieces = {"a",   "é", "1", "s", "'",  "灯",     "塔", "会", "员", "国", "𠀀",   "々",  "〇",
                                           "мир", "س", " ", "-", "。", "\u0301", "😀",  "ค",  "か", "한", "\xFF", "\xE7"};
  for (int i = 0; i < 20000; ++i) {
    std::string s;
    for (size_t n = random() % 20; n > 0; --n) s += pieces[random() % pieces.size()];
    expect_tokens(tokenizer, fold(s));
    if (i % 4 == 0) {
      std::vector<Token> tokens;
      tokenizer.tokenize(s, tokens);  // unfolded and broken bytes must not hurt either
    }
  }
}

TEST(Tokenize, GivesEveryHanPairOnce) {
  Tokenizer tokenizer;
  for (const auto& d : test::sample_documents()) {
    if (d.lang != Language::zh) continue;
    for (const auto& p : d.paragraphs) {
      const std::string folded = fold(p.text);
      std::vector<Token> tokens;
      tokenizer.tokenize(folded, tokens);
      size_t pairs = 0, neighbours = 0, characters = 0, han = 0;
      bool before = false;
      for (size_t i = 0; i < folded.size();) {
        const bool now = is_han(next_code_point(folded, i));
        neighbours += before && now;
        han += now;
        before = now;
      }
      for (const auto& t : tokens) {
        pairs += t.kind == TokenKind::han_pair;
        characters += t.kind == TokenKind::han_char;
      }
      ASSERT_EQ(pairs, neighbours);
      ASSERT_EQ(characters, han);
    }
  }
}

TEST(BreakHan, CoversTheRun) {
  Tokenizer tokenizer;
  for (const std::string s : {"灯", "会员国有义务", "反恐执行局", "𠀀𠀁灯", "x会员国y", "々〇"}) {
    size_t begin = 0;
    while (begin < s.size() && !(s[begin] & 0x80)) ++begin;
    size_t end = s.size();
    while (end > begin && !(s[end - 1] & 0x80)) --end;
    std::vector<Token> words;
    tokenizer.break_han(s, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, words);
    uint32_t at = static_cast<uint32_t>(begin);
    for (const auto& w : words) {
      EXPECT_EQ(w.begin, at) << s;
      at = w.end;
    }
    EXPECT_EQ(at, end) << s;
  }
}

std::vector<std::string> document_terms(Analyzer& analyzer, const std::string& folded) {
  std::vector<std::string> out;
  analyzer.analyze(folded, [&](std::string_view t) { out.emplace_back(t); });
  return out;
}

std::vector<std::string> query_terms(Analyzer& analyzer, const std::string& folded) {
  std::vector<Token> tokens;
  analyzer.tokenizer().tokenize(folded, tokens);
  std::vector<std::string> out, terms;
  for (const auto& t : tokens) {
    analyzer.terms_of(folded, t, terms);
    out.insert(out.end(), terms.begin(), terms.end());
  }
  return out;
}

TEST(Analyzer, AgreesOnDocumentsAndQueries) {
  Analyzer a, b;
  for (const auto& d : test::sample_documents())
    for (const auto& p : d.paragraphs) {
      const auto folded = fold(p.text);
      auto kept = document_terms(a, folded), asked = query_terms(b, folded);
      // What the index keeps no list of is told by what it keeps.
      const std::set<std::string> lists(kept.begin(), kept.end());
      std::erase_if(asked, [&](const std::string& t) {
        if (lists.count(t)) return false;
        if (kind_of(t) == TermKind::stem) return lists.count(std::string(bare(t))) != 0;
        return kind_of(t) == TermKind::han_char &&
               std::any_of(lists.begin(), lists.end(), [&](const std::string& l) { return kind_of(l) == TermKind::han_pair && l.starts_with(t); });
      });
      for (const auto& t : asked) ASSERT_TRUE(lists.count(t)) << t << " of " << p.text;
      const std::set<std::string> asked_for(asked.begin(), asked.end());
      // A word in pieces is found as one too (text/plain_form.h).
      for (const auto& t : kept) ASSERT_TRUE(asked_for.count(t) || kind_of(t) == TermKind::stem) << t << " of " << p.text;
    }
}

TEST(Analyzer, TellsTermsApart) {
  EXPECT_EQ(kind_of("keeper"), TermKind::word);
  EXPECT_EQ(kind_of("1963"), TermKind::word);
  EXPECT_EQ(kind_of("Zkeeper"), TermKind::stem);
  EXPECT_EQ(kind_of("灯"), TermKind::han_char);
  EXPECT_EQ(kind_of("𠀀"), TermKind::han_char);
  EXPECT_EQ(kind_of("灯塔"), TermKind::han_pair);
  EXPECT_EQ(kind_of("𠀀𠀁"), TermKind::han_pair);
  EXPECT_EQ(kind_of("会员国"), TermKind::han_word);
  EXPECT_EQ(bare("Zkeeper"), "keeper");
  EXPECT_EQ(bare("keeper"), "keeper");
}

TEST(Analyzer, GivesEachTokenItsTerms) {
  Analyzer a;
  using Terms = std::vector<std::string>;
  EXPECT_EQ(document_terms(a, "the keepers"), (Terms{"the", "keepers", "Zkeeper"}));
  EXPECT_EQ(document_terms(a, "1963"), Terms{"1963"});
  EXPECT_EQ(document_terms(a, "21st"), Terms{"21st"});
  EXPECT_EQ(document_terms(a, "keeper"), Terms{"keeper"});  // its own stem
  EXPECT_EQ(document_terms(a, "灯塔"), (Terms{"灯塔", "塔"}));
  EXPECT_EQ(document_terms(a, "灯"), Terms{"灯"});
  EXPECT_EQ(document_terms(a, ""), Terms{});
  EXPECT_EQ(a.analyze("the lamp 灯塔 1963", [](std::string_view) {}), 5u);
  // Long words are found by their first sixty bytes.
  const std::string word(200, 'q');
  EXPECT_EQ(document_terms(a, word).at(0), word.substr(0, kLongestTerm));
  EXPECT_EQ(document_terms(a, word), document_terms(a, word + "q"));
  std::string accents;
  for (int i = 0; i < 50; ++i) accents += "aé";
  for (const auto& t : document_terms(a, accents)) EXPECT_LE(t.size(), kLongestTerm + 1);
}

TEST(Analyzer, StemsEnglish) {
  Analyzer a;
  for (const auto& group : std::vector<std::vector<const char*>>{{"decides", "decided", "deciding", "decide"},
                                                                 {"resolution", "resolutions"},
                                                                 {"measures", "measure", "measuring"},
                                                                 {"parties", "party"},
                                                                 {"reaffirms", "reaffirming", "reaffirmed"},
                                                                 {"nations", "nation"}})
    for (const char* word : group) EXPECT_EQ(a.stem(word), a.stem(group[0])) << word;
  EXPECT_EQ(a.stem(""), "");
  EXPECT_EQ(a.stem("灯"), "灯");
  EXPECT_NE(a.stem("keeper"), a.stem("lamp"));
}

TEST(StopWords, AreNeitherNegationsNorDuties) {
  for (const char* w : {"the", "of", "and", "a", "with", "什么", "谁是", "怎么说"}) EXPECT_TRUE(is_stop_word(w)) << w;
  for (const char* w : {"", "not", "no", "all", "must", "shall", "The", "lamp", "灯"}) EXPECT_FALSE(is_stop_word(w)) << w;
  Analyzer a;
  for (const auto& t : document_terms(a, "the of and with")) EXPECT_EQ(kind_of(t), TermKind::word);
}

}  // namespace
}  // namespace resolute::text
