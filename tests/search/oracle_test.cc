#include "tests/search/oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "schemas/error.h"
#include "tests/search/sample_index.h"
#include "text/normalize.h"
#include "text/wording.h"

namespace resolute {
namespace {

std::vector<Field> all_facets() {
  std::vector<Field> out;
  for (const auto& f : fields())
    if (f.facet) out.push_back(f.field);
  return out;
}

class OracleTest : public testing::Test {
 protected:
  const search::Searcher& searcher() { return test::sample_searcher(); }
  static const oracle::LinearScan& scan() {
    static const oracle::LinearScan s(test::sample_searcher().generation());
    return s;
  }
};

TEST_F(OracleTest, QuotedChineseFindsExactlyTheParagraphsThatHoldIt) {
  std::mt19937 random(20260101);
  for (int i = 0; i < 400; ++i) {
    const oracle::Question q{scan().random_han(random, 1, 12), {}};
    ASSERT_FALSE(q.phrase.empty());
    ASSERT_EQ(oracle::compare(searcher(), scan(), q, {Field::lang, Field::year}), "");
  }
}

TEST_F(OracleTest, QuotedEnglishFindsExactlyTheParagraphsThatHoldIt) {
  std::mt19937 random(20260102);
  for (int i = 0; i < 400; ++i) {
    const oracle::Question q{scan().random_english(random, 1, 6), {}};
    ASSERT_FALSE(q.phrase.empty());
    ASSERT_EQ(oracle::compare(searcher(), scan(), q, {Field::lang, Field::year}), "");
  }
}

TEST_F(OracleTest, QuotedPossessivesFindExactlyTheParagraphsThatHoldThem) {
  std::mt19937 random(20260104);
  for (int i = 0; i < 200; ++i) {
    const oracle::Question q{scan().random_possessive(random, 1, 4), {}};
    ASSERT_FALSE(q.phrase.empty());
    ASSERT_EQ(oracle::compare(searcher(), scan(), q, {Field::lang, Field::year}), "") << q.phrase;
  }
}

TEST_F(OracleTest, FiltersAndFacetsCountWhatALinearScanCounts) {
  std::mt19937 random(20260103);
  for (int i = 0; i < 400; ++i) {
    oracle::Question q;
    if (random() % 3 == 0)
      q.phrase = scan().random_han(random, 1, 3);
    else if (random() % 2 == 0)
      q.phrase = scan().random_english(random, 1, 1);
    q.filters = scan().random_filters(random);
    ASSERT_EQ(oracle::compare(searcher(), scan(), q, all_facets()), "");
  }
}

TEST_F(OracleTest, PunctuationAloneIsFoundByLookingAtEveryText) {
  for (const char* phrase : {";", "(", "，", "%", "、", "-", "第", "2036年", "(a", "’s"})
    EXPECT_EQ(oracle::compare(searcher(), scan(), {phrase, {}}, {Field::lang}), "") << phrase;
}

TEST_F(OracleTest, QuotesFoldWidthCaseDashesAndTraditionalCharacters) {
  EXPECT_EQ(oracle::compare(searcher(), scan(), {"第３９０１（２０３６）号", {}}, {Field::lang}), "");
  const auto count = [&](const std::string& q) {
    search::SearchRequest r;
    r.q = q;
    r.limit = 0;
    return searcher().search(r).total;
  };
  EXPECT_GT(count("\"燈塔\""), 0u);
  EXPECT_EQ(count("\"燈塔\""), count("\"灯塔\""));
  EXPECT_EQ(count("\"WIDOW light\""), count("\"Widow Light\""));
  EXPECT_EQ(count("\"第３９０１（２０３６）号\""), count("\"第3901(2036)号\""));
}

TEST_F(OracleTest, PagesOfEverySortAndUnitNeitherSkipNorRepeat) {
  for (const auto sort : {search::Sort::relevance, search::Sort::newest, search::Sort::oldest, search::Sort::most_cited})
    for (const auto unit : {search::Unit::paragraph, search::Unit::document}) {
      search::SearchRequest r;
      r.q = "lighthouse";
      r.sort = sort;
      r.unit = unit;
      r.limit = 7;
      std::set<std::string> seen;
      size_t shown = 0;
      uint64_t want = 0;
      for (int page = 0; page < 1000; ++page) {
        const auto result = searcher().search(r);
        want = unit == search::Unit::paragraph ? result.total : result.total_documents;
        for (const auto& m : result.matches) {
          ++shown;
          EXPECT_TRUE(seen.insert(unit == search::Unit::paragraph ? m.id : m.id.substr(0, m.id.find('#'))).second) << m.id;
        }
        if (result.next.empty()) break;
        r.cursor = result.next;
      }
      EXPECT_GT(want, 7u);
      EXPECT_EQ(shown, want);
    }
}

TEST_F(OracleTest, PagesOfGroupsShowEachOnceAndCountAllThatMatch) {
  for (const auto& q : {"lighthouse", "", "灯塔", "kind:operative lamps"})
    for (const auto sort : {search::Sort::relevance, search::Sort::newest, search::Sort::oldest, search::Sort::most_cited}) {
      search::SearchRequest r;
      r.q = q;
      r.sort = sort;
      r.dedupe = search::Dedupe::on;
      r.limit = 9;
      std::set<uint64_t> groups;
      uint64_t total = 0, counted = 0, repeated = 0;
      for (int page = 0; page < 10000; ++page) {
        const auto result = searcher().search(r);
        total = result.total;
        for (const auto& m : result.matches) {
          EXPECT_TRUE(groups.insert(text::repeat_key(text::fold(m.text))).second) << q << ": " << m.id;
          counted += 1 + (m.repeats ? m.repeats->count : 0);
          if (!m.repeats) continue;
          ++repeated;
          if (m.date.empty()) continue;
          EXPECT_LE(m.repeats->first.date, m.repeats->last.date);
          EXPECT_LE(m.repeats->first.date, m.date);
          EXPECT_LE(m.date, m.repeats->last.date);
          if (sort == search::Sort::newest) { EXPECT_EQ(m.date, m.repeats->last.date); }
          if (sort == search::Sort::oldest) { EXPECT_EQ(m.date, m.repeats->first.date); }
        }
        if (result.next.empty()) break;
        r.cursor = result.next;
      }
      EXPECT_EQ(counted, total) << q;
      if (*q == 0) { EXPECT_GT(repeated, 0u); }
    }
}

TEST_F(OracleTest, PlainWordsCountParagraphsThatHaveEveryWord) {
  search::SearchRequest r;
  r.q = "the keepers of lighthouses";
  r.facets = {Field::lang};
  const auto all = searcher().search(r);
  r.q = "keeper AND lighthouse";
  EXPECT_EQ(all.total, searcher().search(r).total);
  r.q = "keeper NOT lighthouse";
  const auto without = searcher().search(r);
  r.q = "keeper";
  EXPECT_EQ(searcher().search(r).total, all.total + without.total);
}

TEST_F(OracleTest, WhenNothingHasAllTheWordsItSaysSoAndShowsSome) {
  search::SearchRequest r;
  r.q = "lighthouse zyxwvut";
  const auto result = searcher().search(r);
  EXPECT_GT(result.total, 0u);
  ASSERT_FALSE(result.notices.empty());
  EXPECT_NE(result.notices.back().find("zyxwvut"), std::string::npos);
}

TEST_F(OracleTest, ASymbolInAnySpellingFindsThatDocumentFirst) {
  for (const char* q : {"3901", "S/RES/3901 (2036)", "第3901(2036)号决议", "res 3901", "resolution 3901 (2036)", "Ｓ／ＲＥＳ／３９０１（２０３６）",
                        "s/res/3901(2036)", "Security Council resolution 3901 (2036)", "第 3901 (2036) 号"}) {
    search::SearchRequest r;
    r.q = q;
    const auto result = searcher().search(r);
    ASSERT_FALSE(result.matches.empty()) << q;
    EXPECT_EQ(result.matches[0].symbol, "S/RES/3901(2036)") << q;
  }
  for (const char* q : {"91/12", "A/RES/91/12", "第91/12号决议", "resolution 91/12"}) {
    search::SearchRequest r;
    r.q = q;
    EXPECT_EQ(searcher().search(r).matches.at(0).symbol, "A/RES/91/12") << q;
  }
}

TEST_F(OracleTest, FieldsUnderOrAndNotAreAnsweredByParagraph) {
  const auto total = [&](const std::string& q) {
    search::SearchRequest r;
    r.q = q;
    r.limit = 0;
    return searcher().search(r).total;
  };
  const auto everything = total("*");
  EXPECT_EQ(total("body:SC OR NOT body:SC"), everything);
  EXPECT_EQ(total("NOT (body:SC OR lighthouse)"), everything - total("body:SC OR lighthouse"));
  EXPECT_EQ(total("body:SC OR lighthouse"), total("body:SC") + total("lighthouse NOT body:SC"));
  EXPECT_EQ(total("date:2036..2037 lighthouse"), total("lighthouse") - total("lighthouse NOT date:2036..2037"));
  EXPECT_GT(total("title:lighthouses"), 0u);
  EXPECT_EQ(total("kind:operative") + total("NOT kind:operative"), everything);
}

TEST_F(OracleTest, NearAsksForDistance) {
  const auto total = [&](const std::string& q) {
    search::SearchRequest r;
    r.q = q;
    r.limit = 0;
    return searcher().search(r).total;
  };
  EXPECT_GT(total("widow NEAR/2 light"), 0u);
  EXPECT_EQ(total("widow NEAR/1 light"), total("\"widow light\""));
  EXPECT_LE(total("widow NEAR/2 light"), total("widow AND light"));
  EXPECT_GE(total("light*"), total("light"));
}

TEST_F(OracleTest, ExplanationsAddUpToTheScore) {
  for (const char* q : {"lighthouse keepers", "灯塔看守人", "\"Widow Light\"", "3901", "lighthouse OR ferry"}) {
    search::SearchRequest r;
    r.q = q;
    r.explain = search::Explain::yes;
    for (const auto& m : searcher().search(r).matches) {
      double sum = 0;
      for (const auto& p : m.explanation) {
        sum += p.value;
        EXPECT_NE(p.what, "rounding") << q << ": " << p.value;
      }
      EXPECT_NEAR(sum, m.score, 1e-6) << q;
    }
  }
}

TEST_F(OracleTest, ACursorOfAnotherQueryIsRefused) {
  search::SearchRequest r;
  r.q = "lighthouse";
  r.limit = 1;
  r.cursor = searcher().search(r).next;
  ASSERT_FALSE(r.cursor.empty());
  r.q = "ferry";
  EXPECT_THROW(searcher().search(r), Error);
}

}  // namespace
}  // namespace resolute
