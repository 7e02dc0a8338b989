#include "search/drafting/suggest.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "search/related.h"
#include "search/spelling.h"
#include "tests/search/sample_index.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

using test::sample_searcher;

std::vector<Suggestion> suggest(std::string_view typed, std::optional<Language> lang = std::nullopt) {
  return sample_searcher().suggestions().find(typed, lang, kMostSuggestions);
}

TEST(Suggest, CompletesEachTitleFromItsBeginning) {
  const auto& g = sample_searcher().generation();
  size_t titles = 0;
  for (const auto& s : g.segments())
    for (const DocumentId d : s->all_documents()) {
      const std::string title(s->title(d));
      if (title.empty() || title.size() > kMostSuggestBytes) continue;
      ++titles;
      const auto found = suggest(title, s->lang(d));
      EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const Suggestion& f) { return f.kind == SuggestionKind::title && f.text == title; })) << title;
    }
  EXPECT_GT(titles, 50u);
}

TEST(Suggest, CompletesSymbolsFirstWhereDigitsAreTyped) {
  const auto found = suggest("S/RES/39");
  ASSERT_FALSE(found.empty());
  for (const auto& f : found) {
    EXPECT_EQ(f.kind, SuggestionKind::symbol);
    EXPECT_TRUE(f.text.starts_with("S/RES/39")) << f.text;
  }
  const auto number = suggest("3901");
  ASSERT_FALSE(number.empty());
  EXPECT_EQ(number[0].value, "S/RES/3901(2036)");
}

TEST(Suggest, GivesTheDocumentThatIsTypedFirst) {
  for (const char* typed : {"91/12", "A/RES/91/12", "resolution 91/12", "第91/12号决议"}) {
    const auto found = suggest(typed);
    ASSERT_FALSE(found.empty()) << typed;
    EXPECT_EQ(found[0].value, "A/RES/91/12") << typed;
    EXPECT_FALSE(found[0].title.empty());
    EXPECT_EQ(found[0].date, "2036-12-04");
  }
}

TEST(Suggest, ShowsPhrasesAsTheTextsHaveThem) {
  const auto& g = sample_searcher().generation();
  size_t phrases = 0;
  for (const char* typed : {"li", "ke", "th", "灯", "国", "委员"})
    for (const auto& f : suggest(typed)) {
      if (f.kind != SuggestionKind::phrase) continue;
      ++phrases;
      bool stands = false;
      for (const auto& s : g.segments())
        for (const WordingId w : s->all_wordings()) stands = stands || s->text(w).find(f.text) != std::string::npos;
      EXPECT_TRUE(stands) << f.text;
      EXPECT_EQ(std::count(f.text.begin(), f.text.end(), '('), std::count(f.text.begin(), f.text.end(), ')')) << f.text;
    }
  EXPECT_GT(phrases, 0u);
}

TEST(Suggest, PutsTheReadersLanguageFirst) {
  const auto names = [](std::optional<Language> own) { return sample_searcher().suggestions().find("第二委员会", std::nullopt, 5, own); };
  const auto english = names(Language::en), chinese = names(Language::zh);
  ASSERT_FALSE(chinese.empty());
  EXPECT_TRUE(std::any_of(chinese.begin(), chinese.end(), [](const Suggestion& f) { return f.value == "C2" && f.text == "第二委员会"; }));
  EXPECT_TRUE(std::any_of(english.begin(), english.end(), [](const Suggestion& f) { return f.value == "C2" && f.text == "Second Committee"; }));
}

TEST(Suggest, HasEveryWordThatWasTypedAsABeginning) {
  for (const char* typed : {"li", "lighthouse ke", "keep light", "灯塔", "第二委员会", "second"})
    for (const auto& f : suggest(typed)) {
      const std::string all = text::fold(f.text);
      if (f.kind == SuggestionKind::committee || f.kind == SuggestionKind::concerns) continue;  // found by either name
      const std::string first = text::fold(typed).substr(0, text::fold(typed).find(' '));
      EXPECT_NE(all.find(first), std::string::npos) << typed << ": " << f.text;
    }
  const auto chinese = suggest("第二委员会");
  EXPECT_TRUE(std::any_of(chinese.begin(), chinese.end(), [](const Suggestion& f) { return f.kind == SuggestionKind::committee && f.value == "C2"; }));
}

TEST(Suggest, GivesNothingForOneKeyOrNothing) {
  for (const char* typed : {"", "l", " ", "\n", "-", "qzx qzx"}) EXPECT_TRUE(suggest(typed).empty()) << typed;
  EXPECT_TRUE(sample_searcher().suggestions().find("light", std::nullopt, 0).empty());
  EXPECT_EQ(sample_searcher().suggestions().find("li", std::nullopt, 3).size(), 3u);
}

TEST(Suggest, KeepsToALanguage) {
  for (const auto& f : suggest("li", Language::zh)) EXPECT_NE(f.lang, Language::en) << f.text;
  for (const auto& f : suggest("灯塔", Language::en)) EXPECT_NE(f.lang, Language::zh) << f.text;
}

TEST(EditDistance, CountsSlips) {
  EXPECT_EQ(edit_distance("keeper", "keeper", 2), 0u);
  EXPECT_EQ(edit_distance("keeper", "keper", 2), 1u);
  EXPECT_EQ(edit_distance("keeper", "kepeer", 2), 1u);  // swapped
  EXPECT_EQ(edit_distance("keeper", "kiepr", 2), 2u);
  EXPECT_EQ(edit_distance("keeper", "kettle", 2), 3u);  // more than two
  EXPECT_EQ(edit_distance("", "ab", 2), 2u);
  EXPECT_EQ(edit_distance("ab", "", 1), 2u);
}

TEST(DidYouMean, OffersTheNearestWordAndSearchesNothingElse) {
  SearchRequest r;
  r.q = "lighthuose keeper";
  const auto found = sample_searcher().search(r);
  EXPECT_EQ(found.did_you_mean, "lighthouse keeper");
  EXPECT_EQ(found.understood.find("lighthouse"), std::string::npos);
  r.q = "Lighthuose";
  EXPECT_EQ(sample_searcher().search(r).did_you_mean, "lighthouse");
  for (const char* right : {"lighthouse keeper", "", "灯塔", "qqqqzzzzxx", "-lighthuose keeper", "lamp"}) {
    r.q = right;
    EXPECT_EQ(sample_searcher().search(r).did_you_mean, "") << right;
  }
}

TEST(NearSymbols, AreOfferedForOneThatIsNotThere) {
  SearchRequest r;
  r.q = "S/RES/3901(2037)";
  auto found = sample_searcher().search(r);
  EXPECT_EQ(found.near_symbols, std::vector<std::string>{"S/RES/3901(2036)"});
  r.q = "S/RES/3901(2036)";
  EXPECT_TRUE(sample_searcher().search(r).near_symbols.empty());
  r.q = "lighthouse";
  EXPECT_TRUE(sample_searcher().search(r).near_symbols.empty());
  const auto near = near_symbols(sample_searcher().generation(), "A/RES/91/1", 5);
  EXPECT_LE(near.size(), 5u);
  for (const auto& s : near) EXPECT_EQ(edit_distance("A/RES/91/1", s, 1), 1u) << s;
}

TEST(NearSymbols, ASymbolThatIsNotThereIsNoBagOfLetters) {
  SearchRequest r;
  for (const char* q : {"A/RES/93/9999", "S/RES/9999(2036)", "S/RES/9999"}) {
    r.q = q;
    const auto found = sample_searcher().search(r);
    EXPECT_EQ(found.total, 0u) << q;
    EXPECT_EQ(found.notices, std::vector<std::string>{std::string("The index has no document ") + q});
  }
  r.translate = Translate::on;
  for (const char* q : {"resolution 9999 (2036)", "第9999(2036)号决议"}) {
    r.q = q;
    EXPECT_EQ(sample_searcher().search(r).total, 0u) << q;
  }
  r.q = "S/RES/3921";  // without its year
  EXPECT_EQ(sample_searcher().search(r).near_symbols, (std::vector<std::string>{"S/RES/3920(2040)", "S/RES/3901(2036)", "S/RES/3912(2038)"}));
}

TEST(Notices, SayWhyNothingOrOtherThingsAreFound) {
  using Notices = std::vector<std::string>;
  const auto notices = [](const char* q) {
    SearchRequest r;
    r.q = q;
    return sample_searcher().search(r).notices;
  };
  EXPECT_EQ(notices("qqqqzz"), Notices{"In no paragraph at all: qqqqzz"});
  EXPECT_EQ(notices("\"lighthouse qqqqzz\""), Notices{"In no paragraph at all: \"lighthouse qqqqzz\""});
  EXPECT_EQ(notices("lighthouse qqqqzz"), Notices{"No paragraph has all the words; these have some of them. In no paragraph at all: qqqqzz"});
  EXPECT_EQ(notices("body:XX lighthouse"), Notices{"No document of the index has body:XX"});
  EXPECT_EQ(notices("body:XX body:XX"), Notices{"No document of the index has body:XX"});  // once
  EXPECT_EQ(notices("committee:XX"), Notices{"\"XX\" is no committee or body"});
  EXPECT_EQ(notices("kind:XX"), Notices{"No paragraph of the index has kind:xx"});
  EXPECT_EQ(notices("date:2040..2030"), Notices{"A range ends before it begins"});
  EXPECT_EQ(notices("lighthouse NEAR/0 keeper"), Notices{"NEAR/0 is read as NEAR/1"});
  EXPECT_EQ(notices("lighthouse -body:XX"), Notices{});
  EXPECT_EQ(notices("symbol:S/RES/99999"), Notices{"\"S/RES/99999\" is no symbol of a document"});
  EXPECT_EQ(notices("symbol:A/RES/999/1"), Notices{"The index has no document A/RES/999/1"});
  EXPECT_EQ(notices("cites:A/RES/999/1"), Notices{"No document of the index has cites:A/RES/999/1"});
  EXPECT_EQ(notices("lighthouse"), Notices{});
  SearchRequest r;
  r.filters[Field::year].any = {"1800"};
  r.date_from = 10, r.date_to = 9;
  EXPECT_EQ(sample_searcher().search(r).notices, (Notices{"No document of the index has year:1800", "The range of dates ends before it begins"}));
}

TEST(Related, CountsWhatMatches) {
  SearchRequest r;
  r.q = "lighthouse";
  const auto related = related_searches(sample_searcher(), r, 5);
  EXPECT_LE(related.subjects.size(), 5u);
  EXPECT_LE(related.phrases.size(), 5u);
  EXPECT_FALSE(related.subjects.empty() && related.phrases.empty());
  for (const auto& s : related.subjects) {
    SearchRequest narrow = r;
    narrow.filters[Field::subject].any = {s.text};
    EXPECT_EQ(sample_searcher().search(narrow).total_documents, s.count) << s.text;
    EXPECT_GT(s.strength, 10);
  }
  // A phrase is as a text has it: names keep their capitals.
  size_t capitals = 0;
  for (const char* q : {"lighthouse", "light", "keeper"}) {
    r.q = q;
    for (const auto& p : related_searches(sample_searcher(), r, 20).phrases) {
      capitals += std::any_of(p.text.begin(), p.text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      SearchRequest quote;
      quote.q = "\"" + p.text + "\"";
      EXPECT_GT(sample_searcher().search(quote).total, 0u) << p.text;
    }
  }
  EXPECT_GT(capitals, 0u);
  // Of everything nothing is more frequent than elsewhere.
  const auto none = related_searches(sample_searcher(), SearchRequest{}, 5);
  EXPECT_TRUE(none.subjects.empty() && none.phrases.empty());
}

}  // namespace
}  // namespace resolute::search
