#include "search/drafting/phrases.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/search/sample_index.h"

namespace resolute::search {
namespace {

using test::sample_searcher;

// Every phrase listed, whatever the filters, counts what the phrase in quotes finds with them.
TEST(FindPhrases, CountsWhatAQuotedSearchCounts) {
  size_t seen = 0;
  for (const char* lang : {"zh", "en"})
    for (const auto& [field, value] :
         {std::pair{Field::lang, ""}, {Field::body, "GA"}, {Field::kind, "operative"}, {Field::action, "requests"}, {Field::year, "2038"}}) {
      PhraseRequest request;
      request.limit = kMostPhrasesShown;
      if (*value) request.filters.filters[field].any = {value};
      request.filters.filters[Field::lang].any = {lang};
      const auto result = find_phrases(sample_searcher(), request);
      double last = 1e300;
      for (const auto& p : result.phrases) {
        SearchRequest quote = request.filters;
        quote.q = "\"" + p.text + "\"";
        const auto found = sample_searcher().search(quote);
        EXPECT_EQ(p.paragraphs, found.total) << p.text;
        EXPECT_EQ(p.documents, found.total_documents) << p.text;
        EXPECT_EQ(print_language(p.lang), std::string(lang));
        EXPECT_LE(p.first.date, p.last.date);
        uint64_t years = 0;
        for (const auto& y : p.years) years += y.count;
        EXPECT_LE(years, p.documents);  // a document may have no date
        if (field == Field::year) { EXPECT_EQ(years, p.documents); }
        EXPECT_LE(p.worth, last);
        last = p.worth;
        ++seen;
      }
    }
  EXPECT_GT(seen, 20u);
}

TEST(FindPhrases, HoldsTheWordsAskedFor) {
  PhraseRequest request;
  request.q = "Secretary the";
  const auto result = find_phrases(sample_searcher(), request);
  ASSERT_FALSE(result.phrases.empty());
  for (const auto& p : result.phrases) {
    EXPECT_NE(p.text.find("ecretary"), std::string::npos) << p.text;
    EXPECT_NE(p.text.find("he"), std::string::npos) << p.text;
  }
  request.q = "zzyzx";
  EXPECT_EQ(find_phrases(sample_searcher(), request).total, 0u);
  request.q = "";
  request.limit = 0;
  const auto none = find_phrases(sample_searcher(), request);
  EXPECT_GT(none.total, 0u);
  EXPECT_TRUE(none.phrases.empty());
}

TEST(FindPhrases, SaysWhatIsWrongWithAFilter) {
  PhraseRequest request;
  request.filters.filters[Field::cites].any = {"nothing of the kind"};
  EXPECT_EQ(find_phrases(sample_searcher(), request).notices.size(), 1u);
}

}  // namespace
}  // namespace resolute::search
