#include "schemas/symbol.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/samples.h"

namespace resolute {
namespace {

struct Spelling {
  const char* given;
  const char* canonical;  // nullptr: no symbol
};

TEST(ParseSymbol, AcceptsAnySpelling) {
  for (const auto& c : {
           Spelling{"S/RES/1963(2010)", "S/RES/1963(2010)"},
           Spelling{"s/res/1963 (2010)", "S/RES/1963(2010)"},
           Spelling{"S/RES/1963\u00A0(2010)", "S/RES/1963(2010)"},
           Spelling{"S/RES/1963\u202F(2010)", "S/RES/1963(2010)"},
           Spelling{"S/RES/4(1946)", "S/RES/4(1946)"},
           Spelling{"  A/RES/60/288  ", "A/RES/60/288"},
           Spelling{"A / RES / 60 / 288", "A/RES/60/288"},
           Spelling{"a/res/60/288", "A/RES/60/288"},
           Spelling{"Ａ／ＲＥＳ／６０／２８８", "A/RES/60/288"},
           Spelling{"Ｓ／ＲＥＳ／１９６３（２０１０）", "S/RES/1963(2010)"},
           Spelling{"Ａ／ＲＥＳ／６０／２８８　", "A/RES/60/288"},
           Spelling{"A∕RES⁄60∕288", "A/RES/60/288"},
           // Marks that nobody sees.
           Spelling{"\u200EA/RES/60/288\u200F", "A/RES/60/288"},
           Spelling{"\u202AA/RES/\u200B60/288\u202C", "A/RES/60/288"},
           Spelling{"\uFEFFA/RES/60\u00AD/288", "A/RES/60/288"},
           Spelling{"\u2066A/RES/60/288\u2069", "A/RES/60/288"},
           // Every dash.
           Spelling{"A/RES/ES-10/15", "A/RES/ES-10/15"},
           Spelling{"A/RES/ES\u201110/15", "A/RES/ES-10/15"},
           Spelling{"A/RES/S\u201310/2", "A/RES/S-10/2"},
           Spelling{"A/RES/S\u221210/2", "A/RES/S-10/2"},
           Spelling{"A/RES/S－10/2", "A/RES/S-10/2"},
           Spelling{"A/HRC/RES/S-32/1", "A/HRC/RES/S-32/1"},
           // Parts.
           Spelling{"A/RES/74/232 B", "A/RES/74/232B"},
           Spelling{"a/res/74/232 b", "A/RES/74/232B"},
           Spelling{"A/RES/75/290 A-B", "A/RES/75/290A-B"},
           Spelling{"A/RES/75/290 A and B", "A/RES/75/290A-B"},
           Spelling{"A/RES/75/290A和B", "A/RES/75/290A-B"},
           Spelling{"A/RES/75/290 A\u2013C", "A/RES/75/290A-C"},
           Spelling{"A/RES/2200(XXI)A", "A/RES/2200(XXI)A"},
           Spelling{"A/RES/2200 (XXI) A", "A/RES/2200(XXI)A"},
           Spelling{"A/RES/2200 A (XXI)", "A/RES/2200(XXI)A"},
           Spelling{"A/RES/1514(XV)", "A/RES/1514(XV)"},
           Spelling{"A/RES/377(V)A", "A/RES/377(V)A"},
           Spelling{"A/RES/1004(ES-II)", "A/RES/1004(ES-II)"},
           // Other series.
           Spelling{"A/64/297", "A/64/297"},
           Spelling{"A/DEC/77/501", "A/DEC/77/501"},
           Spelling{"A/HRC/RES/55/29", "A/HRC/RES/55/29"},
           Spelling{"E/RES/2023/1", "E/RES/2023/1"},
           Spelling{"S/PRST/2010/19", "S/PRST/2010/19"},
           Spelling{"S/2003/529", "S/2003/529"},
           Spelling{"A/C.3/60/L.5", "A/C.3/60/L.5"},
           Spelling{"A/60/509/Add.2", "A/60/509/Add.2"},
           Spelling{"a/60/509/add.2", "A/60/509/Add.2"},
           Spelling{"A/60/509/ADD. 2", "A/60/509/Add.2"},
           Spelling{"S/PRST/2009/15/corr.1", "S/PRST/2009/15/Corr.1"},
           Spelling{"ST/SG/AC.10/30/Rev.7", "ST/SG/AC.10/30/Rev.7"},
           Spelling{"A/60/7 (Vol.I)", "A/60/7(Vol.I)"},
           Spelling{"A/67/65-E/2012/48", "A/67/65-E/2012/48"},
           Spelling{"A/64/881\u2013S/2010/359", "A/64/881-S/2010/359"},
           // Stops of the sentence around it.
           Spelling{"A/RES/60/288.", "A/RES/60/288"},
           Spelling{"A/RES/60/288,", "A/RES/60/288"},
       }) {
    const auto symbol = parse_symbol(c.given);
    ASSERT_TRUE(symbol) << c.given;
    EXPECT_EQ(symbol->text(), c.canonical) << c.given;
  }
}

TEST(ParseSymbol, RejectsWhatIsNoSymbol) {
  for (const char* given : {
           "",
           " ",
           "/",
           "A",
           "A/",
           "/A",
           "A/RES",
           "A/RES/",
           "A//60",
           "A/RES/60/",
           "60/288",
           "RES/60/288",
           "X/RES/60/288",
           "1963(2010)",
           "S/RES/1963",  // no year: not one document
           "S/RES/1963()",
           "S/RES/(2010)",
           "S/RES/1963(2010",
           "S/RES/1963)2010(",
           "S/RES/1963((2010))",
           "S/RES/1963(20)",
           "S/RES/(2010)1963",
           "A/RES/-1/2",
           "A/RES/1-/2",
           "A/RES/.1/2",
           "A/RES/60/288?",
           "A/RES/60#288",
           "A/RES/60@288",
           "A/RES/六十/288",
           "A/RES/60/288 terrorism",  // a symbol and more
           "A/RES/60/288 of 2006",
           "see A/RES/60/288",
           "A/RES/60/288 A/RES/60/289",
           "A/RES/60/288; A/RES/60/289",
           "and/or",
           "A/AND/OR",
           "N/A",
           "km/h",
           "http://undocs.org/A/RES/60/288",
           "A/RES/60/2 88",
           "A/RES/1- A-/2",
       })
    EXPECT_FALSE(parse_symbol(given)) << given << " -> " << parse_symbol(given)->text();
  EXPECT_FALSE(parse_symbol("A/" + std::string(300, '1')));
  EXPECT_FALSE(parse_symbol("A/1/2/3/4/5/6/7/8/9/10/11"));
  EXPECT_FALSE(parse_symbol(std::string("A/RES/60\0/288", 13)));
  EXPECT_FALSE(parse_symbol("A/RES/60/288\xFF"));
  EXPECT_FALSE(parse_symbol("A/RES/60/288\xE2\x80"));
}

// Found by fuzzing: the letters moved after the session took a dash along.
TEST(ParseSymbol, MovesOnlyPartLettersAfterTheSession) {
  const auto symbol = parse_symbol("A/R0/RES/2205- A-(XI)");
  EXPECT_TRUE(!symbol || parse_symbol(symbol->text()));
  EXPECT_EQ(parse_symbol("A/RES/2205 A and B (XXI)")->text(), "A/RES/2205(XXI)A-B");
}

TEST(ParseSymbol, GivesBackWhatItPrints) {
  std::vector<std::string> symbols;
  for (const auto& d : test::sample_documents()) {
    symbols.push_back(d.identifier);
    for (const auto& s : cited_symbols(d)) symbols.push_back(s);
  }
  ASSERT_GT(symbols.size(), 100u);
  size_t parsed = 0;
  for (const auto& s : symbols)
    if (const auto symbol = parse_symbol(s)) {
      ++parsed;
      EXPECT_EQ(symbol->text(), s);
      EXPECT_EQ(*parse_symbol(symbol->text()), *symbol);
    }
  EXPECT_GT(parsed, symbols.size() - 4);  // lamp-room-notebook-7 is none
}

TEST(ParseSymbol, IsSettledAfterOneTurn) {
  const std::vector<std::string> pieces = {"A", "S", "E",   "RES",  "/",     "60", "(", ")",      "XXI",    "2010", "-",
                                           " ", "B", "and", "Add.", "corr.", "1",  ".", "\u2011", "\u200E", "和",   "（"};
  unsigned state = 12345;
  const auto random = [&] { return state = state * 1664525 + 1013904223, state >> 16; };
  size_t accepted = 0;
  for (int i = 0; i < 200000; ++i) {
    std::string s = i % 3 ? "A/RES/" : "";
    for (size_t n = random() % 8; n > 0; --n) s += pieces[random() % pieces.size()];
    if (const auto symbol = parse_symbol(s)) {
      ++accepted;
      const auto again = parse_symbol(symbol->text());
      ASSERT_TRUE(again) << s << " -> " << symbol->text();
      ASSERT_EQ(again->text(), symbol->text()) << s;
      for (const char c : symbol->text()) ASSERT_TRUE(c > ' ' && c < 0x7F && c != '@' && c != '#') << s;
    }
  }
  EXPECT_GT(accepted, 1000u);
}

TEST(Symbol, KnowsBodyTypeSessionYearAndPart) {
  struct Case {
    const char* symbol;
    Body body;
    std::optional<DocumentType> type;
    const char* session;
    std::optional<int> year;
    const char* part;
    const char* whole;
  };
  constexpr auto kResolution = DocumentType::resolution;
  for (const auto& c : {
           Case{"A/RES/60/288", Body::ga, kResolution, "60", {}, "", "A/RES/60/288"},
           Case{"A/RES/75/290A-B", Body::ga, kResolution, "75", {}, "A-B", "A/RES/75/290"},
           Case{"A/RES/74/232B", Body::ga, kResolution, "74", {}, "B", "A/RES/74/232"},
           Case{"A/RES/2200(XXI)A", Body::ga, kResolution, "21", {}, "A", "A/RES/2200(XXI)"},
           Case{"A/RES/1514(XV)", Body::ga, kResolution, "15", {}, "", "A/RES/1514(XV)"},
           Case{"A/RES/1004(ES-II)", Body::ga, kResolution, "ES-2", {}, "", "A/RES/1004(ES-II)"},
           Case{"A/RES/ES-10/15", Body::ga, kResolution, "ES-10", {}, "", "A/RES/ES-10/15"},
           Case{"A/RES/S-10/2", Body::ga, kResolution, "S-10", {}, "", "A/RES/S-10/2"},
           Case{"A/DEC/77/501", Body::ga, DocumentType::decision, "77", {}, "", "A/DEC/77/501"},
           Case{"A/HRC/RES/55/29", Body::hrc, kResolution, "55", {}, "", "A/HRC/RES/55/29"},
           Case{"A/HRC/RES/S-32/1", Body::hrc, kResolution, "S-32", {}, "", "A/HRC/RES/S-32/1"},
           Case{"A/HRC/DEC/2/101", Body::hrc, DocumentType::decision, "2", {}, "", "A/HRC/DEC/2/101"},
           Case{"E/RES/2023/1", Body::ecosoc, kResolution, "2023", 2023, "", "E/RES/2023/1"},
           Case{"S/RES/1963(2010)", Body::sc, kResolution, "", 2010, "", "S/RES/1963(2010)"},
           Case{"S/PRST/2010/19", Body::sc, DocumentType::statement, "", 2010, "", "S/PRST/2010/19"},
           Case{"S/2003/529", Body::sc, {}, "", 2003, "", "S/2003/529"},
           Case{"A/64/297", Body::ga, {}, "64", {}, "", "A/64/297"},
           Case{"A/C.3/60/L.5", Body::ga, {}, "60", {}, "", "A/C.3/60/L.5"},
           Case{"ST/SG/AC.10/30", Body::none, {}, "", {}, "", "ST/SG/AC.10/30"},
       }) {
    const auto s = parse_symbol(c.symbol);
    ASSERT_TRUE(s) << c.symbol;
    EXPECT_EQ(s->body(), c.body) << c.symbol;
    EXPECT_EQ(s->type(), c.type) << c.symbol;
    EXPECT_EQ(s->session(), c.session) << c.symbol;
    EXPECT_EQ(s->year(), c.year) << c.symbol;
    EXPECT_EQ(s->part(), c.part) << c.symbol;
    EXPECT_EQ(s->without_part().text(), c.whole) << c.symbol;
  }
}

TEST(Symbol, OrdersAsPeopleCount) {
  const std::vector<std::string> sorted = {"A/DEC/9/2",  "A/RES/60/9",  "A/RES/60/10",  "A/RES/60/10A",  "A/RES/60/10B",  "A/RES/60/100",
                                           "A/RES/61/1", "A/RES/100/1", "E/RES/2023/2", "E/RES/2023/10", "S/RES/4(1946)", "S/RES/1963(2010)"};
  auto shuffled = sorted;
  std::reverse(shuffled.begin(), shuffled.end());
  std::sort(shuffled.begin(), shuffled.end(), Symbol::natural_less);
  EXPECT_EQ(shuffled, sorted);
  for (const auto& s : sorted) EXPECT_FALSE(Symbol::natural_less(s, s));
  EXPECT_TRUE(Symbol::natural_less("", "A"));
  EXPECT_TRUE(Symbol::natural_less("A", "A1"));
  EXPECT_TRUE(Symbol::natural_less("A99999999999999999999", "A100000000000000000000"));  // beyond any integer
  EXPECT_FALSE(Symbol::natural_less("A/007", "A/7"));
  EXPECT_FALSE(Symbol::natural_less("A/7", "A/007"));
}

TEST(AsciiFold, TouchesOnlyFormsOfAsciiDashesAndSpaces) {
  EXPECT_EQ(ascii_fold("（１２３）ＡＢ～"), "(123)AB~");
  EXPECT_EQ(ascii_fold("a\u00A0b\u3000c\u2009d"), "a b c d");
  EXPECT_EQ(ascii_fold("1\u20102\u20113\u20124\u20135\u20146\u2212"), "1-2-3-4-5-6-");
  EXPECT_EQ(ascii_fold("a\u200Eb\u00ADc\u2060d"), "abcd");
  EXPECT_EQ(ascii_fold("灯塔é€😀"), "灯塔é€😀");
  EXPECT_EQ(ascii_fold("\xE7\x81"), "\xE7\x81");  // cut off: as it is
  EXPECT_EQ(ascii_fold(""), "");
}

}  // namespace
}  // namespace resolute
