#include "indexer/learning/phrase_builder.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <future>
#include <utility>

#include "schemas/manifest.h"
#include "schemas/phrase_store.h"
#include "schemas/store.h"
#include "text/phrase.h"

namespace resolute::indexer {
namespace {

constexpr uint32_t kLeastDocuments = 3, kOneIn = 300;
// Of pairs of aligned wordings that have one of two phrases, so many have both, and Dice's measure is so high.
constexpr uint32_t kLeastPairs = 3;
constexpr double kLeastAgreement = 0.5;
constexpr double kLonger = 0.02;  // a word more is worth

class Builder {
 public:
  Builder(const std::string& index, const std::string& segment)
      : file_(segment_path(index, segment), SectionReader::Check::layout),
        store_(file_, entries_path(index, segment)),
        sibling_(file_.array<uint32_t>("document.sibling")),
        parallel_(file_, "paragraph.parallel", store_.paragraphs()) {
    const Strings languages(file_, "field.lang.value");
    const Groups lang_of(file_, "field.lang", static_cast<uint32_t>(languages.size()));
    for (uint32_t d = 0; d < store_.size(); ++d) {
      lang_.push_back(languages[lang_of[d][0]] == "zh" ? Language::zh : Language::en);
      ++documents_[static_cast<size_t>(lang_.back())];
    }
    begin_.assign(store_.wordings() + 1, 0);
    occurrences_.resize(store_.paragraphs());
    document_of_.resize(store_.paragraphs());
    for (uint32_t d = 0; d < store_.size(); ++d)
      for (uint32_t p = store_.first_paragraph(d); p < store_.first_paragraph(d + 1); ++p) document_of_[p] = d, ++begin_[store_.wording(p) + 1];
    for (size_t w = 1; w < begin_.size(); ++w) begin_[w] += begin_[w - 1];
    auto next = begin_;
    for (uint32_t p = 0; p < store_.paragraphs(); ++p) occurrences_[next[store_.wording(p)]++] = p;
  }

  std::vector<StoredPhrase> build(int jobs) {
    // The languages side by side where that is allowed.
    auto english = std::async(jobs > 1 ? std::launch::async : std::launch::deferred, [this] { return mine(Language::en); });
    auto out = mine(Language::zh);
    auto others = english.get();
    std::move(others.begin(), others.end(), std::back_inserter(out));
    translate(out);
    return out;
  }

 private:
  template <typename Visit>
  void each_use(uint32_t wording, Language lang, Visit&& visit) const {
    for (uint32_t i = begin_[wording]; i < begin_[wording + 1]; ++i)
      if (const uint32_t d = document_of_[occurrences_[i]]; lang_[d] == lang) visit(occurrences_[i], d);
  }

  std::vector<StoredPhrase> mine(Language lang) const {
    PhraseMiner miner(phrase_limits(lang, documents_[static_cast<size_t>(lang)]));
    std::vector<uint32_t> wordings;
    std::string buffer;
    for (uint32_t w = 0; w < store_.wordings(); ++w) {
      uint32_t documents = 0, last = kNone;
      each_use(w, lang, [&](uint32_t, uint32_t d) { documents += d != last, last = d; });
      if (!documents) continue;
      miner.add(store_.texts().folded(w, buffer), documents);
      wordings.push_back(w);
    }
    std::vector<StoredPhrase> out;
    std::vector<uint32_t> seen(store_.size(), 0);
    uint32_t serial = 0;
    for (auto& m : miner.mine([&](uint32_t i) { return store_.texts().folded(wordings[i], buffer); })) {
      StoredPhrase p;
      p.text = std::move(m.text);
      p.lang = lang;
      p.words = m.words;
      p.own = m.own;
      ++serial;
      for (const uint32_t i : m.wordings) {
        p.wordings.push_back(wordings[i]);
        each_use(wordings[i], lang, [&](uint32_t, uint32_t d) {
          ++p.paragraphs;
          if (seen[d] != serial) seen[d] = serial, ++p.documents;
        });
      }
      if (p.documents >= phrase_limits(lang, documents_[static_cast<size_t>(lang)]).least_documents) out.push_back(std::move(p));
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
    return out;
  }

  // Of each phrase the one of the other language that stands in the same pairs of aligned wordings.
  void translate(std::vector<StoredPhrase>& phrases) const {
    std::vector<std::pair<uint32_t, uint32_t>> pairs;  // wordings, Chinese and English
    for (uint32_t p = 0; p < store_.paragraphs(); ++p) {
      const uint32_t d = document_of_[p];
      if (lang_[d] != Language::zh || sibling_[d] == kNone || parallel_[p] == 0) continue;
      const uint32_t q = store_.first_paragraph(sibling_[d]) + parallel_[p] - 1;
      if (q < store_.paragraphs()) pairs.emplace_back(store_.wording(p), store_.wording(q));
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    std::vector<uint32_t> pair_begin(store_.wordings() + 1, 0), having(store_.wordings(), 0);  // having: pairs of an English wording
    for (const auto& [zh, en] : pairs) ++pair_begin[zh + 1], ++having[en];
    for (size_t w = 1; w < pair_begin.size(); ++w) pair_begin[w] += pair_begin[w - 1];
    // English phrases of each wording.
    std::vector<uint32_t> phrase_begin(store_.wordings() + 1, 0), phrase_of;
    uint32_t first_english = 0;
    while (first_english < phrases.size() && phrases[first_english].lang == Language::zh) ++first_english;
    std::vector<uint32_t> total(phrases.size(), 0);
    for (uint32_t i = first_english; i < phrases.size(); ++i)
      for (const uint32_t w : phrases[i].wordings) ++phrase_begin[w + 1], total[i] += having[w];
    for (size_t w = 1; w < phrase_begin.size(); ++w) phrase_begin[w] += phrase_begin[w - 1];
    phrase_of.resize(phrase_begin.back());
    auto next = phrase_begin;
    for (uint32_t i = first_english; i < phrases.size(); ++i)
      for (const uint32_t w : phrases[i].wordings) phrase_of[next[w]++] = i;
    std::vector<uint32_t> together(phrases.size(), 0), met;
    // Of phrases that agree as well, the longer; rather one with whole ends.
    std::vector<double> merit(phrases.size()), best(phrases.size(), 0);
    for (size_t i = 0; i < phrases.size(); ++i) merit[i] = text::completeness(phrases[i].text) * (1 + kLonger * phrases[i].words);
    const auto offer = [&](uint32_t i, uint32_t other, double agreement) {
      if (agreement * merit[other] <= best[i]) return;
      best[i] = agreement * merit[other];
      phrases[i].agreement = agreement;
      phrases[i].translation = other;
    };
    for (uint32_t i = 0; i < first_english; ++i) {
      for (const uint32_t w : phrases[i].wordings)
        for (uint32_t k = pair_begin[w]; k < pair_begin[w + 1]; ++k) {
          ++total[i];
          for (uint32_t e = phrase_begin[pairs[k].second]; e < phrase_begin[pairs[k].second + 1]; ++e)
            if (together[phrase_of[e]]++ == 0) met.push_back(phrase_of[e]);
        }
      for (const uint32_t e : met) {
        const double agreement = 2.0 * together[e] / (static_cast<double>(total[i]) + total[e]);
        if (together[e] >= kLeastPairs && agreement >= kLeastAgreement) {
          offer(i, e, agreement);
          offer(e, i, agreement);
        }
        together[e] = 0;
      }
      met.clear();
    }
  }

  SectionReader file_;
  DocumentStore store_;
  std::span<const uint32_t> sibling_;
  Narrow parallel_;
  std::vector<Language> lang_;         // by document
  std::array<size_t, 2> documents_{};  // by language
  std::vector<uint32_t> begin_, occurrences_, document_of_;
};

}  // namespace

PhraseLimits phrase_limits(Language lang, size_t documents) {
  PhraseLimits limits;
  limits.least_words = lang == Language::zh ? 6 : 4;
  limits.least_documents = std::max(kLeastDocuments, static_cast<uint32_t>(documents) / kOneIn);
  return limits;
}

uint64_t build_phrases(const std::string& index, const std::string& segment, int jobs) {
  const std::string path = phrases_path(index, segment);
  write_phrases(path, Builder(index, segment).build(jobs));
  return std::filesystem::file_size(path);
}

}  // namespace resolute::indexer
