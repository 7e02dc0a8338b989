#include "text/plain_form.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

TEST(PlainForm, IsOneForWhatIsWrittenInSeveralWays) {
  struct Case {
    const char *one, *other;
  };
  Analyzer analyzer;
  for (const auto& c : {Case{"Yaoundé", "Yaounde"},
                        {"Türkiye", "Turkiye"},
                        {"Curaçao", "Curacao"},
                        {"Côte", "Cote"},
                        {"São", "Sao"},
                        {"Malmø", "Malmo"},
                        {"Perú", "Peru"},
                        {"organisation", "organization"},
                        {"organised", "organizing"},
                        {"recognising", "recognizes"},
                        {"analyse", "analyze"},
                        {"colour", "colors"},
                        {"labour", "labor"},
                        {"neighbouring", "neighboring"},
                        {"programme", "programs"},
                        {"centre", "center"},
                        {"defence", "defense"},
                        {"travelled", "traveled"},
                        {"fulfilment", "fulfillment"},
                        {"paediatric", "pediatric"},
                        {"judgement", "judgment"},
                        {"non-proliferation", "nonproliferation"},
                        {"sub-regional", "subregional"},
                        {"co-operation", "cooperation"},
                        {"policy-makers", "policymaker"},
                        {"peace-keeping", "peacekeeping"},
                        {"U.N.", "UN"},
                        {"u.n.", "un"},
                        {"E.U.", "EU"},
                        {"U.N.E.P.", "UNEP"},
                        {"1,000", "1000"},
                        {"12 345", "12345"},
                        {"1,234,567", "1234567"},
                        {"per cent", "percent"},
                        {"percents", "per cent"},
                        {"fifth", "5th"},
                        {"seventy-fifth", "75th"},
                        {"twentieth", "20th"},
                        {"twenty-first", "21st"},
                        {"eleventh", "11th"}})
    EXPECT_EQ(analyzer.plain_term(fold(c.one)), analyzer.plain_term(fold(c.other))) << c.one << " " << c.other;
  for (const auto& c : {Case{"advise", "advize"},
                        {"rise", "rize"},
                        {"four", "for"},
                        {"hour", "hor"},
                        {"13.2", "132"},
                        {"1,00", "100"},
                        {"2018", "201"},
                        {"a-b", "a"},
                        {"75/1", "751"},
                        {"exercise", "exercize"},
                        {"resume", "rest"}})
    EXPECT_NE(analyzer.plain_term(fold(c.one)), analyzer.plain_term(fold(c.other))) << c.one << " " << c.other;
}

TEST(PlainForm, TextsAndQueriesAgree) {
  // A text has the term by which each of its words and compounds is found.
  Analyzer analyzer;
  for (const char* text : {"the U.N. and its 1,000 non-proliferation policy-makers", "12 345 women in the seventy-fifth year, 5% or 5 per cent",
                           "Côte d’Ivoire’s co-operation programme of 13.2 or 2005/06", "state-of-the-art peace-keeping", "1,234,567.5 and 1.2.3"}) {
    const std::string folded = fold(text);
    std::vector<std::string> terms;
    analyzer.analyze(folded, [&](std::string_view t) { terms.emplace_back(t); });
    TermIds ids;
    std::vector<uint32_t> numbers, characters;
    for (const char* word : {"un", "1000", "nonproliferation", "policymakers", "12345", "75th", "percent", "cooperation", "program", "cote", "divoire", "13.2",
                             "2005/06", "peacekeeping", "1234567"}) {
      const auto term = analyzer.plain_term(word);
      const auto bare_word = std::string(bare(term));
      const bool there = std::find(terms.begin(), terms.end(), term) != terms.end() || std::find(terms.begin(), terms.end(), bare_word) != terms.end();
      if (folded.find(word) != std::string::npos) { EXPECT_TRUE(there) << word << " in " << text; }
    }
  }
}

TEST(FindCompound, TakesAnyText) {
  std::mt19937 random(17);
  const std::string pieces[] = {"a", "per", "cent", "1", "000", "12", "-", ".", ",", "/", " ", "seventy", "fifth", "é", "灯", "'s", "%"};
  Tokenizer tokenizer;
  Analyzer analyzer;
  for (int i = 0; i < 20000; ++i) {
    std::string s;
    for (size_t n = random() % 14; n > 0; --n) s += pieces[random() % std::size(pieces)];
    s = fold(s);
    std::vector<Token> tokens;
    tokenizer.tokenize(s, tokens);
    for (size_t k = 0; k < tokens.size(); ++k) {
      if (tokens[k].kind != TokenKind::word) continue;
      const auto c = find_compound(s, tokens, k);
      ASSERT_LE(k + c.tokens, tokens.size());
      ASSERT_EQ(c.tokens == 0, c.form.empty());
      if (c.tokens) { ASSERT_TRUE(may_begin_compound(s, tokens, k)); }
    }
    analyzer.plain_term(s);
  }
}

}  // namespace
}  // namespace resolute::text
