// Words in the other language: what a query becomes, what it finds, how it is counted and explained.
#include "search/translate.h"

#include <gtest/gtest.h>

#include "search/searcher.h"
#include "tests/samples.h"
#include "tests/search/sample_index.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

// lamp = 灯 (.8), 灯具 (.2); lighthouse = 灯塔; lighthouse keeper = 守塔人; 7-Han word by its parts.
std::shared_ptr<const Lexicon> lexicon() {
  static const auto made = [] {
    LexiconDraft d;
    d.pairs = 100;
    d.units[0] = {{"灯", "", 9, {{0, 1, 1, 9, kLearned}}},
                  {"灯具", "", 3, {{0, 1, 0.04f, 3, kLearned}}},
                  {"灯塔", "", 5, {{1, 1, 1, 5, kLearned}}},
                  {"守塔人", "", 2, {{2, 1, 1, 2, kLearned}}}};
    d.units[1] = {{"lamp", "lamps", 9, {{0, 0.8f, 1, 9, kLearned}, {1, 0.2f, 1, 3, kLearned}}},
                  {"lighthous", "lighthouse", 5, {{2, 1, 1, 5, kLearned}}},
                  {"lighthous keeper", "lighthouse keeper", 2, {{3, 1, 1, 2, kLearned}}}};
    static const test::TemporaryFolder folder;
    write_lexicon(folder / "l", std::move(d));
    return std::make_shared<const Lexicon>(folder / "l");
  }();
  return made;
}

std::string translated(const std::string& q, std::array<bool, 2> of = {true, true}, Quotes quotes = Quotes::as_they_stand) {
  return print_query(translate(parse_query(q).root, *lexicon(), of, quotes).root);
}

TEST(Translate, PutsRenderingsBesideWords) {
  EXPECT_EQ(translated("the lamps"), "the (lamps OR 灯 OR 灯具)");
  EXPECT_EQ(translated("lighthouse keeper"), "(lighthouse OR 守塔人 OR 灯塔) (keeper OR 守塔人)");
  EXPECT_EQ(translated("lighthouse of the keeper"), "(lighthouse OR 守塔人 OR 灯塔) of the (keeper OR 守塔人)");
  EXPECT_EQ(translated("灯塔"), "(灯塔 OR lighthouse)");
  EXPECT_EQ(translated("astrolabe 7"), "astrolabe 7");
  EXPECT_EQ(translated("lamp 灯塔", {false, true}), "(lamp OR 灯 OR 灯具) 灯塔");
  EXPECT_EQ(translated("lamp 灯塔", {true, false}), "lamp (灯塔 OR lighthouse)");
}

TEST(Translate, APartOfALikelierRenderingIsNoMatch) {
  const auto matches = [](std::vector<std::pair<const char*, double>> of) {
    std::vector<Rendering> renderings;
    for (const auto& [text, share] : of) renderings.push_back({text, {}, share});
    std::vector<bool> out;
    for (size_t i = 0; i < renderings.size(); ++i) out.push_back(is_match(renderings, i));
    return out;
  };
  using Flags = std::vector<bool>;
  EXPECT_EQ(matches({{"守塔人", 0.6}, {"塔", 0.2}, {"灯", 0.15}, {"守", 0.05}}), (Flags{true, false, true, false}));
  EXPECT_EQ(matches({{"塔", 0.6}, {"守塔人", 0.4}}), (Flags{true, true}));
  EXPECT_EQ(matches({{"lighthouse keeper", 0.6}, {"keeper", 0.2}, {"keep", 0.2}}), (Flags{true, false, true}));  // whole words
}

TEST(Translate, LeavesAloneWhatIsExact) {
  EXPECT_EQ(translated("\"lamp\" lamp"), "(lamp OR 灯 OR 灯具) AND \"lamp\"");
  EXPECT_EQ(translated("\"lamp\" lamp", {true, true}, Quotes::as_words), "(lamp OR 灯 OR 灯具) AND (lamp OR 灯 OR 灯具)");
  EXPECT_EQ(translated("title:lamp"), "title:\"lamp\"");
  EXPECT_EQ(translated("lamp*"), "lamp*");
  EXPECT_EQ(translated("lamp NEAR/3 lighthouse"), "lamp NEAR/3 lighthouse");
  EXPECT_EQ(translated("rope -lamp"), "rope AND NOT lamp");
  EXPECT_EQ(translated("+lamp rope"), "+(lamp OR 灯 OR 灯具) rope");
}

TEST(Translate, SharesAreOneInSum) {
  const auto q = translate(parse_query("lamp lighthouse lamp").root, *lexicon(), {true, true});
  ASSERT_EQ(q.words.size(), 2u);  // a word said twice counts once
  for (const auto& w : q.words) {
    double sum = 0;
    for (const auto& r : w.renderings) sum += r.share;
    EXPECT_NEAR(sum, 1, 1e-9);
  }
}

TEST(Translate, KnowsAWordByItsParts) {
  const auto q = translate(parse_query("灯塔灯具").root, *lexicon(), {true, false});
  EXPECT_GE(q.words.size(), 1u);
  EXPECT_FALSE(q.root.children.empty());
}

SearchRequest request(const std::string& q, const std::string& lang = "") {
  SearchRequest r;
  r.q = q;
  r.limit = 100;
  if (!lang.empty()) r.filters[Field::lang].any = {lang};
  return r;
}

// The paragraphs of a language that have, of each word, one of what it may be: by looking at every text.
size_t scan(Language lang, const std::vector<std::vector<std::string>>& words) {
  size_t n = 0;
  std::string buffer;
  for (const auto& s : test::sample_searcher().generation().segments())
    for (const DocumentId d : s->all_documents()) {
      if (s->deleted(d) || s->lang(d) != lang) continue;
      for (const ParagraphId p : s->paragraphs_of(d)) {
        const std::string folded(s->folded(s->wording_of(p), buffer));
        n += std::all_of(words.begin(), words.end(), [&](const auto& any) {
          return std::any_of(any.begin(), any.end(), [&](const auto& w) { return folded.find(w) != std::string::npos; });
        });
      }
    }
  return n;
}

Searcher translating_searcher() {
  return Searcher(std::shared_ptr<const Generation>(std::shared_ptr<const Generation>(), &test::sample_searcher().generation()), lexicon());
}

TEST(SearchInTranslation, CountsExactly) {
  const auto r = translating_searcher().search(request("lighthouse lamp", "zh"));
  EXPECT_EQ(r.total, scan(Language::zh, {{"灯塔"}, {"灯"}}));
  EXPECT_GT(r.total, 0u);
  ASSERT_FALSE(r.notices.empty());
  EXPECT_NE(r.notices[0].find("lighthouse = 灯塔"), std::string::npos);
  for (const auto& m : r.matches) {
    EXPECT_EQ(m.lang, Language::zh);
    EXPECT_FALSE(m.snippets[0].highlights.empty());
  }
  // Where nothing has all the words, those that have any.
  const auto any = translating_searcher().search(request("lighthouse astrolabe", "zh"));
  EXPECT_EQ(any.total, scan(Language::zh, {{"灯塔"}}));
  EXPECT_NE(any.notices[0].find("nor their translations"), std::string::npos);
}

TEST(SearchInTranslation, IsOnlyForWhatIsForeign) {
  auto off = request("lighthouse", "zh");
  off.translate = Translate::off;
  EXPECT_EQ(translating_searcher().search(off).total, 0u);
  // No language is asked for: words count as written.
  const auto both = translating_searcher().search(request("lighthouse"));
  EXPECT_EQ(both.total, translating_searcher().search(request("lighthouse", "en")).total);
  auto excluded = request("lighthouse");
  excluded.filters[Field::lang].none = {"en"};
  EXPECT_EQ(translating_searcher().search(excluded).total, 0u);
  // A quote stands only where it stands.
  EXPECT_EQ(translating_searcher().search(request("\"lighthouse\"", "zh")).total, 0u);
  // Without a lexicon everything is as it was.
  auto on = request("lighthouse");
  on.translate = Translate::on;
  EXPECT_EQ(translating_searcher().search(on).total, both.total + scan(Language::zh, {{"灯塔"}}));
}

TEST(SearchInTranslation, ScoresAreTheSumOfTheirParts) {
  auto r = request("lighthouse lamp", "zh");
  r.explain = Explain::yes;
  r.limit = 5;
  const auto result = translating_searcher().search(r);
  ASSERT_FALSE(result.matches.empty());
  bool told = false;
  for (const auto& m : result.matches) {
    double sum = 0;
    for (const auto& p : m.explanation) {
      sum += p.value;
      told = told || p.what.starts_with("translation of lighthouse: 灯塔 (100%");
      EXPECT_NE(p.what, "rounding");
    }
    EXPECT_NEAR(sum, m.score, 1e-6);
  }
  EXPECT_TRUE(told);
}

TEST(SearchInTranslation, PagesGoOn) {
  auto r = request("lighthouse", "zh");
  r.limit = 2;
  std::vector<std::string> ids;
  for (int page = 0; page < 200; ++page) {
    const auto result = translating_searcher().search(r);
    for (const auto& m : result.matches) ids.push_back(m.id);
    if (result.next.empty()) break;
    r.cursor = result.next;
  }
  EXPECT_EQ(ids.size(), translating_searcher().search(request("lighthouse", "zh")).total);
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST(RankInTranslation, FillsAndPivots) {
  auto r = request("\"lighthouse\"", "zh");
  r.fallback = Fallback::fill;
  const auto direct = translating_searcher().rank(r, 50);
  ASSERT_FALSE(direct.empty());
  for (const auto& hit : direct) EXPECT_NE(hit.id.find("@zh"), std::string::npos);
  r.pivot = Pivot::on;
  const auto both = translating_searcher().rank(r, 50);
  EXPECT_GE(both.front().score, direct.front().score);
  r.translate = Translate::off;
  r.pivot = Pivot::off;
  EXPECT_TRUE(translating_searcher().rank(r, 50).empty());
}

TEST(RankDocuments, TheOneWhoseTitleIsAsked) {
  for (const auto& d : test::sample_documents()) {
    if (d.title.empty() || d.title.find('"') != std::string::npos || d.title.find(':') != std::string::npos) continue;
    SearchRequest r = request(d.title, print_language(d.lang));
    r.unit = Unit::document;
    const auto result = test::sample_searcher().search(r);
    ASSERT_FALSE(result.matches.empty()) << d.title;
    EXPECT_EQ(text::fold(result.matches[0].title), text::fold(d.title)) << d.id();
  }
}

}  // namespace
}  // namespace resolute::search
