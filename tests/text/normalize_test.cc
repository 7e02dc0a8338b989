#include "text/normalize.h"

#include "schemas/wording_code.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/samples.h"

namespace resolute::text {
namespace {

struct FoldCase {
  const char* original;
  const char* folded;
};

TEST(Fold, FollowsTheContract) {
  for (const auto& c : {
           FoldCase{"", ""},
           FoldCase{"Climate  Change", "climate change"},
           FoldCase{" \t\r\n climate\v\fchange \n", "climate change"},
           // NFKC: width, ligatures, compatibility.
           FoldCase{"ＡＢＣ１２３（）", "abc123()"},
           FoldCase{"ﬁsh oﬃce", "fish office"},
           FoldCase{"№ ㈠ ① ½", "no (一) 1 1/2"},
           FoldCase{"ｱｲｳ", "アイウ"},
           FoldCase{"…", "..."},
           FoldCase{"豈", "岂"},  // a compatibility ideograph, then simplified
           // Case: full folding.
           FoldCase{"Straße STRASSE", "strasse strasse"},
           FoldCase{"ÇA ΣΊΣΥΦΟΣ", "ça σίσυφοσ"},
           FoldCase{"İ", "i̇"},
           // White space of every kind.
           FoldCase{"a\u00A0b\u2003c\u202Fd\u205Fe\u3000f", "a b c d e f"},
           FoldCase{"a\u0085b\u2028c\u2029d\u1680e", "a b c d e"},
           FoldCase{"第 1963 (2010) 号", "第1963 (2010)号"},
           FoldCase{"联合 国 全球", "联合国全球"},
           FoldCase{"2010年 12月", "2010年12月"},
           FoldCase{"A 和 B", "a和b"},
           FoldCase{"〇 五 々 x", "〇五々x"},
           FoldCase{"灯　塔", "灯塔"},
           FoldCase{"。 灯 ， 塔", "。灯,塔"},
           // The marks go, everything else stays.
           FoldCase{"《联合国全球反恐战略》", "联合国全球反恐战略"},
           FoldCase{"〈〉「」『』“”‘’\"'", ""},
           FoldCase{"“Recalling”  its\u00A0resolution", "recalling its resolution"},
           FoldCase{"„a“ ‟b” ‚c‘ 〝d〞 〝e〟 «f» ‹g› ❝h❞", "a b c d e f g h"},
           // An apostrophe is a word edge where an s ends there, and nothing elsewhere.
           FoldCase{"the Council's view", "the council's view"},
           FoldCase{"the Council’s view", "the council's view"},
           FoldCase{"WOMEN’S, 1990’s", "women's, 1990's"},
           FoldCase{"a's a‘s a`s a´s aʼs a′s aʹs a＇ｓ", "a's a's a's a's a's a's a's a's"},
           FoldCase{"States' and ‘states’", "states and states"},
           FoldCase{"Côte d’Ivoire, o'clock, don't, Shi'ite, 's, 'sea, x'so", "côte divoire, oclock, dont, shiite, s, sea, xso"},
           FoldCase{"a's's a''s a's't a's\u0301 a'\u0301s a 's 灯's", "as's a's ast aś ás a s灯s"},
           FoldCase{"a'\u200Bs\u200B. a'“s”x", "a's. asx"},
           FoldCase{"＂ａ＇", "a"},
           FoldCase{"﹁灯﹂｢塔｣", "灯塔"},
           FoldCase{"a \" b", "a b"},
           FoldCase{"States, and (a) 50%; *", "states, and (a) 50%; *"},
           FoldCase{"决定：", "决定:"},
           FoldCase{"、。", "、。"},
           // One dash.
           FoldCase{"a-b‐c‑d‒e–f—g―h−i－j﹣k﹘l⸺m⸻n⁃o", "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o"},
           FoldCase{"ES\u201110/15", "es-10/15"},
           FoldCase{"——", "--"},
           FoldCase{"灯—塔 ─━", "灯-塔--"},
           // Look-alikes.
           FoldCase{"a•b‧c∙d⋅e・f･g·h", "a·b·c·d·e·f·g·h"},
           FoldCase{"一○三 一◯三 一〇三", "一〇三一〇三一〇三"},
           FoldCase{"a：b∶c﹕d ＊∗﹡ 1／2 1⁄2 1∕2 〜～∼", "a:b:c:d *** 1/2 1/2 1/2 ~~~"},
           // What nobody sees.
           FoldCase{"a\u00ADb\u200Bc\u200Dd\u200Ee\u200Ff\u202Ag\u202Eh\u2060i\u2066j\u2069k\uFEFFl\uFE0Fm\u180En", "abcdefghijklmn"},
           FoldCase{"a\uFFF9b\uFFFBc", "abc"},
           // Traditional to Simplified.
           FoldCase{"聯合國安全理事會", "联合国安全理事会"},
           FoldCase{"為遷徙雨燕提供屋簷", "为迁徙雨燕提供屋檐"},
           FoldCase{"联合国安全理事会", "联合国安全理事会"},
           FoldCase{"關於裁軍與發展", "关于裁军与发展"},
           FoldCase{"諮詢 答覆 反覆 衞生 峯會 籌備 擡高 甦醒 羣眾 旣卽 敎 麪粉", "咨询答复反复卫生峰会筹备抬高苏醒群众既即教面粉"},
           FoldCase{"⻘年 ⺠主 ⻔⻋ ⼤會 ⻲ ⻮", "青年民主门车大会龟齿"},
           // Combining marks.
           FoldCase{"e\u0301te\u0301", "été"},
           FoldCase{"E\u0301", "é"},
           FoldCase{"a\u0323\u0302", "ậ"},
           FoldCase{"a\u0302\u0323", "ậ"},
           FoldCase{"がか\u3099", "がが"},
           FoldCase{"\u1112\u1161\u11AB", "한"},
           FoldCase{"e\u200B\u0301", "é"},
           FoldCase{"e“\u0301", "é"},
           FoldCase{"e'\u0301", "é"},
           FoldCase{"'\u0301", "\u0301"},
           // Bad UTF-8: one mark of replacement for each byte that fits nowhere.
           FoldCase{"a\xFF"
                    "b",
                    "a\uFFFDb"},
           FoldCase{"\xE7\x81", "\uFFFD\uFFFD"},
           FoldCase{"\xC0\xAF", "\uFFFD\uFFFD"},
           FoldCase{"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
           FoldCase{"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
           FoldCase{"\xEF\xBF\xBF", "\uFFFF"},
           // Beyond the BMP.
           FoldCase{"😀 𝐀", "😀 a"},
           FoldCase{"𠀀 𠀁", "𠀀𠀁"},
           FoldCase{"\U0001F1EB\U0001F1F7", "\U0001F1EB\U0001F1F7"},
       }) {
    EXPECT_EQ(fold(c.original), c.folded) << c.original;
    EXPECT_EQ(fold_with_spans(c.original).text, c.folded) << c.original;
    const auto stored = fold_with_edits(c.original);
    EXPECT_EQ(stored.text, c.folded) << c.original;
    EXPECT_EQ(restore(stored.text, stored.edits), c.original);
    EXPECT_EQ(fold(fold(c.original)), fold(c.original)) << c.original;
  }
  EXPECT_EQ(fold(std::string("a\0b", 3)), std::string("a\0b", 3));
}

TEST(Fold, IsIdempotentForEveryCharacter) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c == 0xD800) c = 0xE000;
    if (c == 0x32000) c = 0xE0000;  // unassigned planes
    std::string s;
    append_utf8(s, c);
    const std::string once = fold(s);
    ASSERT_EQ(fold(once), once) << std::hex << static_cast<uint32_t>(c);
    const std::string beside = fold("a" + s + "灯" + s + "b");
    ASSERT_EQ(fold(beside), beside) << std::hex << static_cast<uint32_t>(c);
  }
}

std::string random_text(std::mt19937& random, size_t most) {
  static const std::vector<std::string> pieces = {
      "a",      "B",      "é",          "ß",          "灯",     "塔", "聯",     "國",     " ",  "  ",     "\u00A0", "\u3000", "\n",
      "“",      "”",      "\"",         "'",          "《",     "》", "-",      "\u2011", "—",  "\u0301", "\u0323", "\u0308", "\u0345",
      "\u3099", "か",     "\u1100",     "\u1161",     "\u11A8", "ﬁ",  "㈠",     "１",     "（", "\u200B", "\u200E", "\u00AD", "\u034F",
      "\uFE0F", "\xFF",   "\xE7",       "\xE7\x81",   "\x80",   "😀",  "𠀀",     "\u0130", "ŉ",  "s",      "S",      "’",      "`",
      "′",      "ｓ",     "ſ",          "\U0001D41A", "⻘",     "○",  "諮",     "·",      "•",  "\u0F71", "\u0F72", "\u0DDD", "´",
      "\uFDFA", "\uFB2C", "\U0001D15E", "\u0344",     "؀",     "ค",  "\u0E33", "0",      "9",  ".",      "。",     "\u20DD"};
  std::string out;
  for (size_t n = random() % most; n > 0; --n) out += pieces[random() % pieces.size()];
  return out;
}

bool at_edge(const std::string& s, size_t at) { return at == s.size() || (s[at] & 0xC0) != 0x80; }

void expect_spans(const std::string& s) {
  const auto f = fold_with_spans(s);
  ASSERT_EQ(f.text, fold(s));
  ASSERT_EQ(f.begin.size(), f.text.size());
  ASSERT_EQ(f.end.size(), f.text.size());
  uint32_t last_begin = 0, last_end = 0;
  for (size_t i = 0; i < f.text.size(); ++i) {
    ASSERT_LE(f.begin[i], f.end[i]);
    ASSERT_LE(f.end[i], s.size());
    ASSERT_GE(f.begin[i], last_begin);
    ASSERT_GE(f.end[i], last_end);
    last_begin = f.begin[i];
    last_end = f.end[i];
  }
  const Span all = f.original(0, f.text.size());
  ASSERT_LE(all.begin, all.end);
  ASSERT_LE(all.end, s.size());
  for (size_t i = 0; i <= f.text.size(); ++i) {
    const Span point = f.original(i, i);
    ASSERT_EQ(point.begin, point.end);
    ASSERT_LE(point.end, s.size());
  }
}

TEST(Fold, IsIdempotentAndKeepsItsWayBackOnAnyString) {
  std::mt19937 random(5);
  for (int i = 0; i < 60000; ++i) {
    const std::string s = random_text(random, 24);
    const std::string once = fold(s);
    ASSERT_EQ(fold(once), once) << testing::PrintToString(s);
    expect_spans(s);
  }
}

TEST(Fold, PutsSpansOnCodePointEdges) {
  std::mt19937 random(6);
  for (int i = 0; i < 20000; ++i) {
    const std::string s = tidy(random_text(random, 24));  // valid UTF-8, as stored texts are
    const auto f = fold_with_spans(s);
    for (size_t k = 0; k < f.text.size(); ++k) {
      ASSERT_TRUE(at_edge(s, f.begin[k])) << s;
      ASSERT_TRUE(at_edge(s, f.end[k])) << s;
    }
  }
  for (const auto& d : test::sample_documents())
    for (const auto& p : d.paragraphs) {
      expect_spans(p.text);
      const auto f = fold_with_spans(p.text);
      for (size_t k = 0; k < f.text.size(); ++k) ASSERT_TRUE(at_edge(p.text, f.begin[k]) && at_edge(p.text, f.end[k])) << p.text;
      ASSERT_EQ(fold(f.text), f.text);
    }
}

TEST(Fold, GivesTheOriginalOfAMatch) {
  const std::string s = "见“联合 国”ﬁle";
  const auto f = fold_with_spans(s);
  EXPECT_EQ(f.text, "见联合国file");
  const auto at = f.text.find("合国");
  const Span span = f.original(at, at + 6);
  EXPECT_EQ(s.substr(span.begin, span.end - span.begin), "合 国");
  const auto ligature = f.text.find("i");
  const Span i = f.original(ligature, ligature + 1);
  EXPECT_EQ(s.substr(i.begin, i.end - i.begin), "ﬁ");
  EXPECT_EQ(fold_with_spans("").original(0, 0), (Span{0, 0}));
}

TEST(Fold, StandsLongRunsOfCombiningMarks) {
  for (const char* mark : {"\u0301", "\u0323", "\u1161", "\u3099", "\u0F71"}) {
    std::string s = "a";
    for (int i = 0; i < 20000; ++i) s += mark;
    s += "b";
    const std::string once = fold(s);
    EXPECT_EQ(fold(once), once);
    EXPECT_EQ(once.back(), 'b');
    expect_spans(s);
  }
  std::string mixed = "a";
  for (int i = 0; i < 5000; ++i) mixed += i % 2 ? "\u0301" : "\u0323";
  EXPECT_EQ(fold(fold(mixed)), fold(mixed));
}

TEST(NextCodePoint, ReadsBackWhatWasWritten) {
  for (char32_t c = 0; c < 0x110000; c += c < 0x3000 ? 1 : 61) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string s;
    append_utf8(s, c);
    size_t i = 0;
    ASSERT_EQ(next_code_point(s, i), c);
    ASSERT_EQ(i, s.size());
  }
}

TEST(IsWord, AgreesWithTheContractsLettersAndDigits) {
  for (const char32_t c : {U'a', U'z', U'0', U'9', U'é', U'ß', U'ö', U'ÿ', U'ā', U'ɏ', U'ạ'}) EXPECT_TRUE(is_word(c)) << static_cast<uint32_t>(c);
  for (const char32_t c : {U'A', U' ', U'-', U'.', U'灯', U'÷', U'_', U'α', U'д', U'\u0301', char32_t{0}, char32_t{0xFFFD}})
    EXPECT_FALSE(is_word(c)) << static_cast<uint32_t>(c);
}

TEST(FindPhrase, NeedsEdgesOnlyBesideLettersAndDigits) {
  struct Try {
    const char* text;
    const char* phrase;
    bool found;
  };
  for (const auto& c : {
           Try{"in the States, and", "states, and", true},
           Try{"in the States, and", "states and", false},
           Try{"restate", "state", false},
           Try{"states", "state", false},
           Try{"state", "state", true},
           Try{"(state)", "state", true},
           Try{"the 21st", "21", false},
           Try{"第21号", "21", true},
           Try{"在2030年", "30年", false},
           Try{"在30年", "30年", true},
           Try{"至2030年30年", "30年", true},
           Try{"A和B", "a", true},
           Try{"会员国有义务", "国有", true},
           Try{"a.b", ".", true},
           Try{"x灯y", "灯", true},
           Try{"restate state", "state", true},
           Try{"éstate", "state", false},
           Try{"stateé", "state", false},
           Try{"", "a", false},
           Try{"a", "", false},
           Try{"a", "ab", false},
           Try{"aaa", "aa", false},
           Try{"a a a", "a a", true},
           Try{"state state", "state state state", false},
       }) {
    EXPECT_EQ(find_phrase(fold(c.text), fold(c.phrase)) != std::string::npos, c.found) << c.text << " / " << c.phrase;
  }
  EXPECT_EQ(find_phrase("a b a b", "a b", 0), 0u);
  EXPECT_EQ(find_phrase("a b a b", "a b", 1), 4u);
  EXPECT_EQ(find_phrase("a b a b", "a b", 5), std::string::npos);
  EXPECT_EQ(find_phrase("a", "a", 99), std::string::npos);
}

TEST(FindPhrase, AgreesWithAPlainScan) {
  std::mt19937 random(8);
  const std::vector<std::string> pieces = {"a", "b", "1", "é", "灯", "塔", " ", "-", ".", "'s", "'", "s"};
  const auto text = [&](size_t n) {
    std::string s;
    while (n--) s += pieces[random() % pieces.size()];
    return fold(s);
  };
  const auto word_at = [](const std::string& s, size_t at) {
    while (at > 0 && (s[at] & 0xC0) == 0x80) --at;
    size_t i = at;
    return is_word(next_code_point(s, i));
  };
  for (int i = 0; i < 50000; ++i) {
    const std::string t = text(random() % 14), p = text(1 + random() % 3);
    size_t expected = std::string::npos;
    if (!p.empty())
      for (size_t at = 0; at + p.size() <= t.size() && expected == std::string::npos; ++at) {
        if (t.compare(at, p.size(), p) != 0) continue;
        const size_t after = at + p.size();
        const bool left = word_at(p, 0) && at > 0 && (word_at(t, at - 1) || t[at - 1] == '\'');
        const bool right = word_at(p, p.size() - 1) && after < t.size() && word_at(t, after);
        if (!left && !right) expected = at;
      }
    ASSERT_EQ(find_phrase(t, p), expected) << t << " / " << p;
  }
}

TEST(Tidy, CollapsesWhiteSpaceAndMendsBytes) {
  for (const auto& c : {
           FoldCase{"", ""},
           FoldCase{"  a \r\n\t b  ", "a b"},
           FoldCase{"a\u00A0\u2003b", "a b"},
           FoldCase{"第 1 段", "第 1 段"},
           FoldCase{"a\x01\x7F\u0085"
                    "b",
                    "a b"},
           FoldCase{"a\xFF"
                    "b",
                    "a\uFFFDb"},
           FoldCase{"a\uFFFEb", "ab"},
           FoldCase{"“A”", "“A”"},
           FoldCase{"\n \u3000", ""},
       }) {
    EXPECT_EQ(tidy(c.original), c.folded) << c.original;
    EXPECT_EQ(tidy(tidy(c.original)), tidy(c.original));
  }
  EXPECT_EQ(tidy(std::string("a\0b", 3)), "ab");
  std::mt19937 random(9);
  for (int i = 0; i < 20000; ++i) {
    const auto s = random_text(random, 20);
    ASSERT_EQ(tidy(tidy(s)), tidy(s));
    ASSERT_EQ(fold(tidy(s)), fold(s)) << testing::PrintToString(s);
  }
}

}  // namespace
}  // namespace resolute::text
