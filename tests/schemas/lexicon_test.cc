// A lexicon comes back as it was written; damaged files and values beyond the limits say so.
#include "schemas/lexicon.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/samples.h"
#include "tests/thrown.h"

namespace resolute {
namespace {

using test::slurp;
using test::spill;
using test::TemporaryFolder;

LexiconDraft draft() {
  LexiconDraft d;
  d.pairs = 40;
  d.terms = 2;
  d.units[0] = {{"灯塔", "", 12, {{1, 0.75f, 0.5f, 9, kLearned}, {0, 0.25f, 0.125f, 3, kLearned | kThesaurus}}},
                {"绳", "", 4, {{2, 1, 1, 4, kListed}}},
                {"无", "", 9, {}}};
  d.units[1] = {
      {"lamp", "lamps", 5, {{0, 0.125f, 0.25f, 3, kLearned}}}, {"lighthous", "lighthouse", 10, {{0, 0.5f, 0.75f, 9, kLearned}}}, {"rope", "rope", 4, {}}};
  return d;
}

TEST(Lexicon, ComesBackAsWritten) {
  TemporaryFolder folder;
  write_lexicon(folder / "l", draft());
  const Lexicon l(folder / "l");
  EXPECT_EQ(l.pairs(), 40u);
  EXPECT_EQ(l.terms(), 2u);
  EXPECT_EQ(l.size(Language::zh), 2u);  // what has no translation and is none goes
  EXPECT_EQ(l.size(Language::en), 3u);
  const auto tower = l.find(Language::zh, "灯塔");
  ASSERT_TRUE(tower);
  EXPECT_EQ(l.count(Language::zh, *tower), 12u);
  const auto list = l.translations(Language::zh, *tower);
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(l.unit(Language::en, list[0].to), "lighthous");
  EXPECT_EQ(l.form(Language::en, list[0].to), "lighthouse");
  EXPECT_NEAR(list[0].forward, 0.75, 1e-4);
  EXPECT_NEAR(list[0].back, 0.5, 1e-4);
  EXPECT_EQ(list[0].together, 9u);
  EXPECT_EQ(list[1].sources, kLearned | kThesaurus);
  EXPECT_EQ(l.form(Language::en, list[1].to), "lamps");
  EXPECT_FALSE(l.find(Language::zh, "无"));
  EXPECT_FALSE(l.find(Language::en, "灯塔"));
}

TEST(Lexicon, KeepsTheBestTranslationsOnly) {
  LexiconDraft d;
  d.pairs = 1;
  d.units[0] = {{"水", "", 1, {}}};
  for (uint32_t i = 0; i < 40; ++i) {
    d.units[1].push_back({"w" + std::to_string(100 + i), "", 1, {}});
    d.units[0][0].translations.push_back({i, static_cast<float>(i) / 100, 1, 1, kLearned});
  }
  TemporaryFolder folder;
  write_lexicon(folder / "l", std::move(d));
  const Lexicon l(folder / "l");
  const auto list = l.translations(Language::zh, 0);
  ASSERT_EQ(list.size(), kMostTranslations);
  EXPECT_EQ(l.unit(Language::en, list[0].to), "w139");
  EXPECT_EQ(l.size(Language::en), kMostTranslations);
}

TEST(Lexicon, SaysWhereItIsDamaged) {
  TemporaryFolder folder;
  write_lexicon(folder / "l", draft());
  const std::string whole = slurp(folder / "l");
  size_t silent = 0;  // in padding
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1 << (at % 8));
    spill(folder / "flip", damaged);
    const auto kind = thrown([&] { const Lexicon l(folder / "flip"); });
    ASSERT_TRUE(!kind || *kind == ErrorKind::corrupt) << at;
    silent += !kind;
  }
  EXPECT_LT(silent, whole.size() / 8);
  for (size_t n = 0; n < whole.size(); n += 7) {
    spill(folder / "cut", whole.substr(0, n));
    ASSERT_EQ(thrown([&] { const Lexicon l(folder / "cut"); }), ErrorKind::corrupt) << n;
  }
}

// What has a right sum may still not fit.
TEST(Lexicon, RefusesWhatDoesNotFit) {
  TemporaryFolder folder;
  const auto write = [&](const std::vector<std::string>& zh, uint32_t to, std::vector<uint32_t> begin, uint64_t pairs = 1) {
    SectionWriter file(folder / "l");
    for (const std::string name : {"zh", "en"}) {
      const auto units = name == "zh" ? zh : std::vector<std::string>{"rope"};
      file.add_strings(name + ".unit", units);
      file.add_strings(name + ".form", std::vector<std::string>(units.size()));
      file.add(name + ".count", std::vector<uint32_t>(units.size(), 1));
      file.add(name + ".begin", name == "zh" ? begin : std::vector<uint32_t>{0, 0});
      const size_t n = name == "zh" ? begin.back() : 0;
      file.add(name + ".to", std::vector<uint32_t>(n, to));
      file.add(name + ".together", std::vector<uint32_t>(n, 1));
      file.add(name + ".forward", std::vector<uint16_t>(n, 1));
      file.add(name + ".back", std::vector<uint16_t>(n, 1));
      file.add(name + ".source", std::vector<uint8_t>(n, 1));
    }
    file.add("statistics", std::vector<uint64_t>{pairs, 0});
    file.finish();
    return thrown([&] { const Lexicon l(folder / "l"); });
  };
  EXPECT_EQ(write({"绳"}, 0, {0, 1}), std::nullopt);
  EXPECT_EQ(write({"绳"}, 0, {0, 1}, 0), ErrorKind::corrupt);        // more than there are
  EXPECT_EQ(write({"绳"}, 1, {0, 1}), ErrorKind::corrupt);           // names no unit
  EXPECT_EQ(write({"绳", "灯"}, 0, {0, 1, 1}), ErrorKind::corrupt);  // out of order
  EXPECT_EQ(write({"灯", "绳"}, 0, {0, 2, 1}), ErrorKind::corrupt);  // goes back
  EXPECT_EQ(write({""}, 0, {0, 1}), ErrorKind::corrupt);
  EXPECT_EQ(write({std::string(kMostUnitBytes + 1, 'x')}, 0, {0, 1}), ErrorKind::corrupt);
  EXPECT_EQ(write({"绳"}, 0, {0, static_cast<uint32_t>(kMostTranslations + 1)}), ErrorKind::corrupt);
}

TEST(LogLikelihood, MeasuresSurprise) {
  EXPECT_NEAR(log_likelihood(10, 100, 100, 1000), 0, 1e-9);  // as chance would have it
  EXPECT_GT(log_likelihood(50, 100, 100, 1000), log_likelihood(20, 100, 100, 1000));
  EXPECT_NEAR(log_likelihood(1, 1, 1, 2), 4 * std::log(2.0), 1e-9);
  EXPECT_EQ(log_likelihood(5, 3, 9, 100), 0);  // impossible counts
  EXPECT_EQ(log_likelihood(0, 0, 0, 0), 0);
}

}  // namespace
}  // namespace resolute
