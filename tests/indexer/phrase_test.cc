#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "indexer/learning/phrase_builder.h"
#include "indexer/learning/phrase_miner.h"
#include "schemas/error.h"
#include "schemas/phrase_store.h"
#include "tests/thrown.h"

namespace resolute::indexer {
namespace {

struct Counted {
  uint32_t documents = 0;
  std::set<uint32_t> texts;
};

// Every run of words with the texts that have it, and of those of enough documents the ones that no extension by a word always has.
std::map<std::string, Counted> brute_force(const std::vector<std::string>& texts, const std::vector<uint32_t>& weights, const PhraseLimits& limits) {
  std::map<std::string, Counted> all;
  std::map<std::string, std::set<std::string>> longer;
  std::vector<text::PhraseToken> tokens;
  for (uint32_t t = 0; t < texts.size(); ++t) {
    text::phrase_tokens(texts[t], tokens);
    std::vector<std::pair<uint32_t, uint32_t>> words;
    for (const auto& k : tokens)
      if (k.kind != text::PhraseTokenKind::gap) words.emplace_back(k.begin, k.end);
    for (size_t i = 0; i < words.size(); ++i)
      for (size_t j = i; j < words.size(); ++j) {
        const std::string run = texts[t].substr(words[i].first, words[j].second - words[i].first);
        if (all[run].texts.insert(t).second) all[run].documents += weights[t];
        if (i > 0) longer[run].insert(texts[t].substr(words[i - 1].first, words[j].second - words[i - 1].first));
        if (j + 1 < words.size()) longer[run].insert(texts[t].substr(words[i].first, words[j + 1].second - words[i].first));
      }
  }
  std::map<std::string, Counted> out;
  for (const auto& [run, counted] : all) {
    text::phrase_tokens(run, tokens);
    uint32_t han = 0, letters = 0;
    for (const auto& k : tokens)
      if (k.kind == text::PhraseTokenKind::word) ++(k.han ? han : letters);
    if ((han ? han : letters) < limits.least_words || counted.documents < limits.least_documents) continue;
    bool whole = true;
    for (const auto& l : longer[run]) whole = whole && all[l].documents < counted.documents;
    if (whole) out[run] = counted;
  }
  return out;
}

void expect_same(const std::vector<std::string>& texts, const std::vector<uint32_t>& weights, const PhraseLimits& limits) {
  PhraseMiner miner(limits);
  for (size_t i = 0; i < texts.size(); ++i) miner.add(texts[i], weights[i]);
  const auto mined = miner.mine([&](uint32_t i) { return std::string_view(texts[i]); });
  const auto expected = brute_force(texts, weights, limits);
  std::set<std::string> found;
  double last = 1e300;
  for (const auto& m : mined) {
    EXPECT_TRUE(found.insert(m.text).second) << m.text << " is there twice";
    const auto it = expected.find(m.text);
    ASSERT_NE(it, expected.end()) << m.text << " does not stand for itself";
    EXPECT_EQ(m.wordings, std::vector<uint32_t>(it->second.texts.begin(), it->second.texts.end())) << m.text;
    EXPECT_GT(m.own, 0);
    EXPECT_LE(m.worth, last);
    last = m.worth;
  }
  EXPECT_EQ(found.size(), expected.size());
}

TEST(PhraseMiner, FindsWhatBruteForceFinds) {
  std::mt19937 random(8);
  const std::vector<std::string> words = {"keeps", "the", "lamp", "lit", "at", "dusk", "12"}, han = {"灯", "塔", "管", "理", "员", ",", "7"};
  for (int round = 0; round < 150; ++round) {
    std::vector<std::string> texts;
    std::vector<uint32_t> weights;
    const bool chinese = round % 2;
    for (int t = 0; t < 12; ++t) {
      std::string text;
      for (size_t n = 3 + random() % 10; n > 0; --n) {
        if (chinese)
          text += han[random() % (round % 3 ? 3 : han.size())];
        else
          text += (text.empty() ? "" : random() % 8 ? " " : ", ") + words[random() % (round % 3 ? 3 : words.size())];
      }
      if (std::find(texts.begin(), texts.end(), text) != texts.end()) continue;
      texts.push_back(text);
      weights.push_back(static_cast<uint32_t>(1 + random() % 3));
    }
    PhraseLimits limits;
    limits.least_words = chinese ? 3 : 2;
    limits.least_documents = 3;
    expect_same(texts, weights, limits);
  }
}

TEST(PhraseMiner, KeepsTheBestOnly) {
  PhraseLimits limits;
  limits.least_words = 2;
  limits.least_documents = 3;
  limits.most_phrases = 1;
  PhraseMiner miner(limits);
  const std::vector<std::string> texts = {"keeps the lamp lit", "so keeps the lamp lit now", "he keeps the lamp lit here",
                                          "rare oil",           "the rare oil here",         "more rare oil"};
  for (const auto& t : texts) miner.add(t, 2);
  const auto mined = miner.mine([&](uint32_t i) { return std::string_view(texts[i]); });
  ASSERT_EQ(mined.size(), 1u);
  EXPECT_EQ(mined[0].text, "keeps the lamp lit");
}

TEST(PhraseLimits, GrowWithTheSegment) {
  EXPECT_EQ(phrase_limits(Language::en, 10).least_documents, 3u);
  EXPECT_EQ(phrase_limits(Language::en, 3000).least_documents, 10u);
  EXPECT_EQ(phrase_limits(Language::zh, 10).least_words, 6u);
}

class PhraseFile : public testing::Test {
 protected:
  PhraseFile() : path_((std::filesystem::temp_directory_path() / ("resolute-phrases-" + std::to_string(::getpid()))).string()) {}
  ~PhraseFile() override { std::filesystem::remove(path_); }
  std::vector<StoredPhrase> phrases() const {
    StoredPhrase zh{"决定继续处理此案", Language::zh, 8, 0.5, {1, 4, 5}, 3, 4, 1, 0.75}, en{"decides to remain seized", Language::en, 4, 1, {7}, 1, 1, 0, 0.75};
    return {zh, en};
  }
  void expect_corrupt(const std::vector<StoredPhrase>& phrases, uint32_t wordings) {
    write_phrases(path_, phrases);
    EXPECT_EQ(thrown([&] {
                const PhraseStore store(path_, wordings);
                std::vector<WordingId> list;
                for (size_t i = 0; i < store.size(); ++i) store.wordings(i, list);
              }),
              ErrorKind::corrupt);
  }
  std::string path_;
};

TEST_F(PhraseFile, GivesBackWhatWasWritten) {
  write_phrases(path_, phrases());
  const PhraseStore store(path_, 8);
  ASSERT_EQ(store.size(), 2u);
  EXPECT_EQ(store.text(0), "决定继续处理此案");
  EXPECT_EQ(store.lang(0), Language::zh);
  EXPECT_EQ(store.lang(1), Language::en);
  EXPECT_EQ(store.words(0), 8u);
  EXPECT_NEAR(store.own(0), 0.5, 1e-4);
  EXPECT_EQ(store.documents(0), 3u);
  EXPECT_EQ(store.paragraphs(0), 4u);
  EXPECT_EQ(store.translation(0), 1u);
  EXPECT_NEAR(store.agreement(1), 0.75, 1e-4);
  std::vector<WordingId> list;
  store.wordings(0, list);
  EXPECT_EQ(list, (std::vector{WordingId(1), WordingId(4), WordingId(5)}));
  EXPECT_EQ(store.find(Language::en, "decides to remain seized"), 1u);
  EXPECT_EQ(store.find(Language::zh, "decides to remain seized"), store.size());
  EXPECT_EQ(store.bytes(), std::filesystem::file_size(path_));
}

TEST_F(PhraseFile, IsRefusedWhereItContradictsItself) {
  expect_corrupt(phrases(), 7);  // a wording that the segment does not have
  auto bad = phrases();
  bad[1].translation = 2;
  expect_corrupt(bad, 8);
  bad = phrases();
  bad[1].translation = 1;  // of its own language
  expect_corrupt(bad, 8);
  bad = phrases();
  bad[0].text.clear();
  expect_corrupt(bad, 8);
  bad = phrases();
  bad.push_back(bad[1]);  // not in order
  expect_corrupt(bad, 8);
  bad = phrases();
  bad[0].wordings = {1, 1};
  expect_corrupt(bad, 8);
  write_phrases(path_, phrases());
  std::fstream(path_, std::ios::in | std::ios::out | std::ios::binary).put('x');
  EXPECT_EQ(thrown([&] { PhraseStore(path_, 8); }), ErrorKind::corrupt);
}

}  // namespace
}  // namespace resolute::indexer
