// The lexicon of an index: learned from what is aligned, joined with what is given.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "indexer/index_writer.h"
#include "indexer/learning/translation_model.h"
#include "schemas/error.h"
#include "search/generation.h"
#include "tests/samples.h"
#include "tests/thrown.h"

namespace resolute::indexer {
namespace {

using test::slurp;
using test::spill;
using test::TemporaryFolder;

AlignedSide side(const std::vector<std::vector<uint32_t>>& pairs, uint32_t vocabulary) {
  AlignedSide s;
  for (const auto& p : pairs) {
    s.units.insert(s.units.end(), p.begin(), p.end());
    s.at.push_back(static_cast<uint32_t>(s.units.size()));
  }
  s.vocabulary = vocabulary;
  return s;
}

// Brown et al.'s own kind of example: each word alone with the others in turn.
TEST(LearnTranslations, TellsWordsApartByTheirCompany) {
  const auto from = side({{0, 1}, {0, 2}, {1, 2}, {0}, {2, 3}}, 4), to = side({{10, 11}, {10, 12}, {11, 12}, {10}, {12, 13}}, 14);
  const auto table = learn_translations(from, to);
  for (uint32_t u = 0; u < 4; ++u) {
    ASSERT_FALSE(table[u].empty());
    EXPECT_EQ(table[u][0].to, u + 10);
    float sum = 0;
    for (const auto& t : table[u]) sum += t.probability;
    EXPECT_LE(sum, 1.001f);
    EXPECT_TRUE(std::is_sorted(table[u].begin(), table[u].end(), [](const Likely& a, const Likely& b) { return a.probability > b.probability; }));
  }
  EXPECT_GT(table[0][0].probability, 0.8f);
}

TEST(Whereabouts, ListsEachPairOnce) {
  const Whereabouts where(side({{0, 1, 0}, {}, {1}}, 3));
  EXPECT_EQ(std::vector<uint32_t>(where.of(0).begin(), where.of(0).end()), (std::vector<uint32_t>{0}));
  EXPECT_EQ(std::vector<uint32_t>(where.of(1).begin(), where.of(1).end()), (std::vector<uint32_t>{0, 2}));
  EXPECT_TRUE(where.of(2).empty());
}

class LexiconOfIndex : public testing::Test {
 protected:
  IndexReport index(const std::string& name, std::vector<std::string> paths, const std::string& lexicon = "") {
    IndexOptions o;
    o.index = folder_ / name;
    o.paths = std::move(paths);
    o.jobs = 2;
    o.lexicon = lexicon.empty() ? "" : folder_ / lexicon;
    return index_files(o);
  }
  // The best translation of a unit, "" where there is none.
  std::string best(const std::string& name, Language lang, const std::string& unit, uint8_t* sources = nullptr) {
    const auto l = search::Generation::open_lexicon(folder_ / name);
    if (!l) return "";
    const auto place = l->find(lang, unit);
    if (!place) return "";
    const auto list = l->translations(lang, *place);
    if (sources) *sources = list.empty() ? 0 : list[0].sources;
    return list.empty() ? "" : std::string(l->unit(other_language(lang), list[0].to));
  }
  TemporaryFolder folder_;
};

TEST_F(LexiconOfIndex, IsLearnedFromAlignedParagraphs) {
  const auto report = index("i", {RESOLUTE_SAMPLES});
  ASSERT_TRUE(report.lexicon);
  EXPECT_GT(report.lexicon->pairs, 300u);
  EXPECT_GT(report.lexicon_seconds, 0);
  EXPECT_EQ(best("i", Language::en, "committe"), "委员会");
  EXPECT_EQ(best("i", Language::zh, "决议"), "resolut");
  uint8_t sources = 0;
  EXPECT_EQ(best("i", Language::en, "secur council", &sources), "安全理事会");
  EXPECT_TRUE(sources & kListed);
  // Again: nothing has changed.
  const auto again = index("i", {RESOLUTE_SAMPLES});
  EXPECT_FALSE(again.published);
  EXPECT_EQ(again.lexicon_seconds, 0);
  ASSERT_TRUE(again.lexicon);
  EXPECT_EQ(again.lexicon->name, report.lexicon->name);
}

TEST_F(LexiconOfIndex, IsTheSameForTheSameInput) {
  index("a", {RESOLUTE_SAMPLES});
  index("b", {RESOLUTE_SAMPLES});
  const auto path = [&](const std::string& name) {
    return lexicon_path(folder_ / name, read_manifest(folder_ / name, read_current(folder_ / name)).lexicon->name);
  };
  EXPECT_EQ(slurp(path("a")), slurp(path("b")));
}

TEST_F(LexiconOfIndex, JoinsTablesOfTerms) {
  spill(folder_ / "terms.tsv", "en\tzh\nkelp forest\t海藻林\nastrolabe\t星盘\nnot translated\t\n" + std::string(kMostTermBytes + 1, 'x') + "\t长\n");
  const auto report = index("i", {std::string(RESOLUTE_SAMPLES) + "/text", folder_ / "terms.tsv"});
  EXPECT_EQ(report.joined, 1u);
  ASSERT_EQ(report.rejections.size(), 1u);
  EXPECT_EQ(report.rejections[0].location, "line 5");
  uint8_t sources = 0;
  EXPECT_EQ(best("i", Language::en, "kelp forest", &sources), "海藻林");
  EXPECT_EQ(sources & kThesaurus, kThesaurus);
  EXPECT_EQ(best("i", Language::zh, "星盘"), "astrolab");
  // Another table alone makes another lexicon.
  spill(folder_ / "more.tsv", "英文,中文\nsextant,六分仪\n");
  const auto more = index("i", {folder_ / "more.tsv"});
  EXPECT_TRUE(more.published);
  EXPECT_EQ(best("i", Language::en, "sextant"), "六分仪");
  EXPECT_EQ(best("i", Language::en, "kelp forest"), "海藻林");
}

TEST_F(LexiconOfIndex, IsNoneWhereNothingIsAligned) {
  spill(folder_ / "one.jsonl", R"({"symbol": "p1", "lang": "en", "text": "A lighthouse without a lamp"})"
                               "\n");
  const auto report = index("i", {folder_ / "one.jsonl"});
  EXPECT_FALSE(report.lexicon);
  EXPECT_EQ(search::Generation::open_lexicon(folder_ / "i"), nullptr);
}

TEST_F(LexiconOfIndex, IsTakenOverFromAnother) {
  index("i", {RESOLUTE_SAMPLES});
  spill(folder_ / "one.jsonl", R"({"symbol": "p1", "lang": "en", "text": "A lighthouse without a lamp"})"
                               "\n");
  const auto report = index("j", {folder_ / "one.jsonl"}, "i");
  ASSERT_TRUE(report.lexicon);
  EXPECT_EQ(best("j", Language::en, "committe"), "委员会");
  EXPECT_FALSE(index("j", {folder_ / "one.jsonl"}, "i").published);
  // It stays where nothing can be learned, and goes with nobody else's index.
  spill(folder_ / "one.jsonl", R"({"symbol": "p1", "lang": "en", "text": "A lighthouse with a lamp"})"
                               "\n");
  EXPECT_TRUE(index("j", {folder_ / "one.jsonl"}).published);
  std::filesystem::remove_all(folder_ / "i");
  EXPECT_EQ(best("j", Language::en, "committe"), "委员会");
  EXPECT_EQ(thrown([&] { index("k", {folder_ / "one.jsonl"}, "nowhere"); }), ErrorKind::not_found);
}

TEST_F(LexiconOfIndex, IsLearnedByTheIndexItselfWhereThatIsNamed) {
  const auto report = index("i", {RESOLUTE_SAMPLES}, "i");
  ASSERT_TRUE(report.lexicon);
  EXPECT_FALSE(report.lexicon->borrowed);
}

TEST_F(LexiconOfIndex, IsCheckedWithItsGeneration) {
  index("i", {RESOLUTE_SAMPLES});
  const auto path = lexicon_path(folder_ / "i", read_manifest(folder_ / "i", read_current(folder_ / "i")).lexicon->name);
  const auto whole = slurp(path);
  auto damaged = whole;
  damaged[damaged.size() / 2] ^= 4;
  spill(path, damaged);
  EXPECT_EQ(thrown([&] { search::Generation::open(folder_ / "i"); }), ErrorKind::corrupt);
  std::filesystem::remove(path);
  EXPECT_EQ(thrown([&] { search::Generation::open(folder_ / "i"); }), ErrorKind::corrupt);
}

}  // namespace
}  // namespace resolute::indexer
