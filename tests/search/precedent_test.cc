#include "search/drafting/precedent.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "tests/search/sample_index.h"
#include "tests/search/wording_oracle.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

using test::sample_searcher;

TEST(WordingFinder, FindsWhatALinearScanFinds) {
  const auto& g = sample_searcher().generation();
  const oracle::WordingScan scan(g);
  WordingFinder finder(g);
  std::mt19937 random(5);
  for (const Language lang : {Language::zh, Language::en})
    for (std::string text : scan.random_paragraphs(random, lang, 300)) {
      // Some as they stand, some with a word or two less.
      for (size_t n = random() % 4; n > 0 && text.size() > 20; --n)
        text.erase(text.begin(), text.begin() + static_cast<ptrdiff_t>(text.find_first_of(" ", 1) == std::string::npos ? 3 : text.find(' ')));
      for (const double least : {0.5, kSimilar, 0.95}) {
        const auto found = finder.similar(text, least), expected = scan.similar(text, least);
        const auto agreement = oracle::compare(found, expected);
        EXPECT_EQ(agreement.both, expected.size()) << text;
        EXPECT_EQ(agreement.both, found.size()) << text;
      }
    }
}

TEST(WordingFinder, FindsTheNearestChineseWordingByPairs) {
  const auto& g = sample_searcher().generation();
  const oracle::WordingScan scan(g);
  WordingFinder finder(g);
  std::mt19937 random(7);
  size_t tried = 0, same = 0;
  for (std::string text : scan.random_paragraphs(random, Language::zh, 200)) {
    // Some characters of each are others.
    for (size_t i = 0; i + 3 <= text.size(); i += 3 * (3 + random() % 8)) text.replace(i, 3, "鹦");
    const auto expected = scan.similar(text, 0.55);
    if (expected.empty() || text.size() < 30) continue;
    const auto found = finder.likely(text);
    ++tried;
    same += !found.empty() && found[0].similarity == expected[0].similarity;
  }
  EXPECT_GT(tried, 50u);
  EXPECT_GE(same * 100, tried * 90) << same << " of " << tried;
}

TEST(WordingFinder, FindsEveryRunOfTheLength) {
  const auto& g = sample_searcher().generation();
  const oracle::WordingScan scan(g);
  WordingFinder finder(g);
  std::mt19937 random(6);
  std::string buffer;
  for (const auto& text : scan.random_paragraphs(random, Language::en, 40)) {
    std::vector<text::WordingToken> tokens, other;
    text::wording_tokens(text, tokens);
    text::WordingComparison comparison(tokens);
    size_t expected = 0;
    for (uint32_t s = 0; s < g.segments().size(); ++s)
      for (const WordingId w : g.segment(s).all_wordings()) {
        text::wording_tokens(g.segment(s).folded(w, buffer), other);
        expected += comparison.longest_run(other).size >= kRunWords;
      }
    if (expected > kMostRunCandidates) continue;
    EXPECT_EQ(finder.runs(text, kRunWords).size(), expected) << text;
  }
}

// A paragraph of the samples with its other language.
Match any_paragraph(Language lang, const std::string& q) {
  SearchRequest request;
  request.q = q;
  request.filters[Field::lang].any = {print_language(lang)};
  const auto found = sample_searcher().search(request);
  return found.matches.at(0);
}

TEST(FindPrecedents, ShowsUsesChangesAndTheOtherLanguage) {
  const auto match = any_paragraph(Language::en, "\"former keeper\"");
  ASSERT_TRUE(match.parallel);
  PrecedentRequest request;
  request.text = "7. " + match.text + "\n\nzzyzx quux";
  const auto result = find_precedents(sample_searcher(), request);
  ASSERT_EQ(result.paragraphs.size(), 2u);
  const auto& p = result.paragraphs[0];
  EXPECT_EQ(p.paragraph.number, "7");
  ASSERT_FALSE(p.similar.empty());
  EXPECT_EQ(p.similar[0].text, match.text);
  EXPECT_EQ(p.similar[0].similarity, 1);
  EXPECT_EQ(p.similar[0].diff.size(), 1u);
  ASSERT_TRUE(p.similar[0].parallel);
  EXPECT_EQ(p.similar[0].parallel->lang, Language::zh);
  ASSERT_FALSE(p.translations.empty());
  EXPECT_EQ(p.translations[0].lang, Language::zh);
  EXPECT_GE(p.uses, p.documents);
  ASSERT_TRUE(p.first && p.last);
  EXPECT_LE(p.first->date, p.last->date);
  ASSERT_TRUE(p.counts.count(Field::body));
  uint64_t by_year = 0;
  for (const auto& v : p.counts.at(Field::year)) by_year += v.count;
  EXPECT_EQ(by_year, p.documents);
  EXPECT_EQ(result.paragraphs[1].uses, 0u);
  EXPECT_FALSE(result.paragraphs[1].first);
  EXPECT_TRUE(p.near.empty() && result.paragraphs[1].near.empty());
}

TEST(FindPrecedents, ShowsWhatIsNearWhereNothingIsNearlyTheSame) {
  for (const auto& [lang, query, more] : {std::tuple{Language::en, "\"former keeper\"", " zzyzx"}, {Language::zh, "灯塔", "鹦鹉"}}) {
    const auto match = any_paragraph(lang, query);
    const auto words = static_cast<size_t>(std::count(match.text.begin(), match.text.end(), ' ')) + match.text.size() / (lang == Language::zh ? 3 : 1000);
    PrecedentRequest request;
    request.text = match.text;
    for (size_t i = 0; i < words * (lang == Language::zh ? 2 : 4) / 5; ++i) request.text += more;
    const auto p = find_precedents(sample_searcher(), request).paragraphs.at(0);
    EXPECT_EQ(p.uses, 0u) << request.text;
    ASSERT_FALSE(p.near.empty()) << request.text;
    EXPECT_LE(p.near.size(), kMostNearWordings);
    EXPECT_EQ(p.near[0].text, match.text);
    for (const auto& w : p.near) EXPECT_TRUE(w.similarity >= kNearWording && w.similarity < kSimilar) << w.similarity;
    request.limit = 0;
    EXPECT_TRUE(find_precedents(sample_searcher(), request).paragraphs.at(0).near.empty());
  }
}

TEST(FindPrecedents, ShowsWhatHoldsMostOfADraftsWords) {
  const auto match = any_paragraph(Language::en, "\"former keeper\"");
  // Its first half, with a word of another's in it.
  PrecedentRequest request;
  request.text = match.text.substr(0, match.text.find(' ', match.text.size() / 2)) + " zzyzx";
  const auto p = find_precedents(sample_searcher(), request).paragraphs.at(0);
  EXPECT_EQ(p.uses, 0u) << request.text;
  ASSERT_FALSE(p.near.empty()) << request.text;
  EXPECT_NE(p.near[0].text.find(match.text.substr(0, 40)), std::string::npos) << p.near[0].text;
}

TEST(FindPrecedents, KeepsToFiltersAndLanguage) {
  const auto match = any_paragraph(Language::zh, "灯塔");
  PrecedentRequest request;
  request.text = match.text;
  EXPECT_GT(find_precedents(sample_searcher(), request).paragraphs.at(0).uses, 0u);
  request.filters.filters[Field::symbol].none = {match.symbol};
  const auto others = find_precedents(sample_searcher(), request);
  for (const auto& w : others.paragraphs.at(0).similar)
    for (const auto& use : w.newest) EXPECT_NE(use.symbol, match.symbol);
  request.filters.filters.clear();
  request.filters.date_to = 0;
  EXPECT_EQ(find_precedents(sample_searcher(), request).paragraphs.at(0).uses, 0u);
  request.filters.date_to.reset();
  request.lang = Language::en;
  EXPECT_EQ(find_precedents(sample_searcher(), request).paragraphs.at(0).uses, 0u);
}

TEST(FindPrecedents, BoundsTheDraft) {
  PrecedentRequest request;
  for (size_t i = 0; i < kMostDraftParagraphs + 5; ++i) request.text += "lamp\n\n";
  auto result = find_precedents(sample_searcher(), request);
  EXPECT_EQ(result.paragraphs.size(), kMostDraftParagraphs);
  EXPECT_EQ(result.notices.size(), 1u);
  request.text.clear();
  while (request.text.size() < kMostDraftParagraphBytes + 10) request.text += "灯塔";
  result = find_precedents(sample_searcher(), request);
  ASSERT_EQ(result.paragraphs.size(), 1u);
  EXPECT_LE(result.paragraphs[0].paragraph.text.size(), kMostDraftParagraphBytes);
  EXPECT_EQ(result.notices.size(), 1u);
}

}  // namespace
}  // namespace resolute::search
