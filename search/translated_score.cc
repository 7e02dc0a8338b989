#include "search/translated_score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>

#include "search/score.h"
#include "text/analyze.h"

namespace resolute::search {
namespace {

// Titles say nothing but what a document is about: their length counts for more than that of texts.
constexpr double kTitleB = 0.75;

// An unlikely rendering that stands in more of the texts says nothing and costs most.
constexpr double kMostCommon = 0.1;

// A word that is pooled from very unlikely renderings is never rarer than one text.
double pooled_idf(double n, double df) { return idf(n, std::max(df, 1.0)); }

// The texts that have all terms of a rendering, ascending, and how often: visit(wording, count).
template <typename Visit>
void each_text(TermLists& lists, const Rendering& rendering, Visit&& visit) {
  std::vector<TermList> all;
  for (const auto& t : rendering.terms) {
    all.push_back(lists.wordings(t));
    if (all.back().empty()) return;
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at_most() < b.at_most(); });
  for (uint32_t w = all[0].next(); w != TermList::kEnd; w = all[0].next()) {
    uint32_t count = all[0].count();
    bool every = true;
    for (size_t i = 1; i < all.size() && every; ++i) {
      every = all[i].seek(w) == w;
      if (every) count = std::min(count, all[i].count());
    }
    if (every) visit(w, count);
  }
}

}  // namespace

TranslatedScore::TranslatedScore(const Generation& generation, const TranslatedQuery& query) : generation_(generation), query_(query) {
  const auto n = static_cast<double>(generation_.wordings());
  for (auto word : query_.words) {
    double df = 0;
    std::erase_if(word.renderings, [&](const Rendering& r) {
      const double of = frequency(r);
      if (r.share < kLikelyShare && of > kMostCommon * n) return true;
      df += r.share * of;
      return false;
    });
    words_.push_back(std::move(word));
    idf_.push_back(pooled_idf(n, df));
  }
}

// At most: texts that have the rarest term.
double TranslatedScore::frequency(const Rendering& rendering) const {
  double sum = 0;
  for (const auto& segment : generation_.segments()) {
    uint32_t least = std::numeric_limits<uint32_t>::max();
    TermLists lists(*segment);
    for (const auto& t : rendering.terms) least = std::min(least, lists.frequency(t));
    sum += least;
  }
  return sum;
}

void TranslatedScore::add_to_texts(size_t s, const std::vector<WordingId>& wordings, const std::vector<uint8_t>& live, std::vector<double>& scores) const {
  const auto& segment = generation_.segment(s);
  if (wordings.empty()) return;
  TermLists lists(segment);
  std::vector<double> counts(wordings.size(), 0);
  std::vector<uint32_t> touched;
  for (size_t i = 0; i < words_.size(); ++i) {
    touched.clear();
    for (const auto& r : words_[i].renderings) {
      size_t at = 0;
      each_text(lists, r, [&](uint32_t w, uint32_t count) {
        while (at < wordings.size() && wordings[at] < w) ++at;
        if (at == wordings.size() || wordings[at] != w || (!live.empty() && !live[at])) return;
        if (counts[at] == 0) touched.push_back(static_cast<uint32_t>(at));
        counts[at] += r.share * count;
      });
    }
    const double weight = kTranslatedShare * words_[i].weight * idf_[i];
    for (const uint32_t at : touched) {
      scores[at] += weight * bm25(counts[at], length_norm(segment.length(wordings[at]), generation_.mean_length()));
      counts[at] = 0;
    }
  }
}

std::vector<std::pair<std::string, double>> TranslatedScore::explain(size_t s, WordingId wording) const {
  const auto& segment = generation_.segment(s);
  const double norm = length_norm(segment.length(wording), generation_.mean_length());
  TermLists lists(segment);
  std::vector<std::pair<std::string, double>> out;
  for (size_t i = 0; i < words_.size(); ++i) {
    const auto& word = words_[i];
    double count = 0;
    std::string what;
    for (const auto& r : word.renderings) {
      uint32_t here = std::numeric_limits<uint32_t>::max();
      for (const auto& t : r.terms) {
        auto list = lists.wordings(t);
        here = list.seek(wording) == wording ? std::min(here, list.count()) : 0;
        if (here == 0) break;
      }
      if (here == 0) continue;
      count += r.share * here;
      what += (what.empty() ? "" : ", ") + r.text + " (" + std::to_string(std::lround(100 * r.share)) + "%, " + std::to_string(here) + " here)";
    }
    if (count > 0) out.emplace_back("translation of " + word.text + ": " + what, kTranslatedShare * word.weight * idf_[i] * bm25(count, norm));
  }
  return out;
}

std::vector<std::pair<DocumentId, double>> TranslatedScore::in_documents(size_t s, const TranslatedWord& word, std::string_view prefix) const {
  TermLists lists(generation_.segment(s));
  std::map<DocumentId, double> counts;
  for (const auto& r : word.renderings) {
    std::vector<std::pair<uint32_t, uint32_t>> all;
    for (size_t t = 0; t < r.terms.size(); ++t) {
      std::vector<std::pair<uint32_t, uint32_t>> more;
      auto list = lists.documents(prefix, r.terms[t]);
      for (uint32_t d = list.next(); d != TermList::kEnd; d = list.next()) more.emplace_back(d, list.count());
      if (t == 0) {
        all = more;
        continue;
      }
      std::vector<std::pair<uint32_t, uint32_t>> both;
      for (size_t i = 0, k = 0; i < all.size() && k < more.size();) {
        if (all[i].first == more[k].first)
          both.emplace_back(all[i].first, std::min(all[i].second, more[k].second)), ++i, ++k;
        else if (all[i].first < more[k].first)
          ++i;
        else
          ++k;
      }
      all = std::move(both);
    }
    for (const auto& [d, count] : all) counts[DocumentId(d)] += r.share * count;
  }
  return {counts.begin(), counts.end()};
}

std::vector<float> TranslatedScore::of_titles(size_t s) const {
  const auto& segment = generation_.segment(s);
  // Bytes are lengths enough within a language.
  std::array<double, 2> bytes{}, titles{};
  for (const DocumentId d : segment.all_documents()) {
    const size_t lang = segment.lang(d) == Language::zh ? 0 : 1;
    bytes[lang] += static_cast<double>(segment.title(d).size());
    titles[lang] += segment.title(d).empty() ? 0 : 1;
  }
  TermLists lists(segment);
  std::vector<float> out;
  for (const auto& word : words_) {
    const auto found = in_documents(s, word, kTitlePrefix);
    if (found.empty()) continue;
    out.resize(segment.documents(), 0);
    double df = 0;
    for (const auto& r : word.renderings) {
      double least = static_cast<double>(segment.documents());
      for (const auto& t : r.terms) least = std::min(least, static_cast<double>(lists.documents(kTitlePrefix, t).at_most()));
      df += r.share * least;
    }
    const double weight = kTranslatedTitleShare * word.weight * pooled_idf(static_cast<double>(segment.documents()), df);
    for (const auto& [d, count] : found) {
      const size_t lang = segment.lang(d) == Language::zh ? 0 : 1;
      const double length = static_cast<double>(segment.title(d).size()), mean = bytes[lang] / std::max(1.0, titles[lang]);
      out[d] += static_cast<float>(weight * count * (kK1 + 1) / (count + kK1 * (1 - kTitleB + kTitleB * length / mean)));
    }
  }
  return out;
}

std::vector<float> TranslatedScore::of_subjects(size_t s) const {
  const auto& segment = generation_.segment(s);
  std::vector<const Node*> needed;
  bool all = true;
  const auto look = [&](auto&& self, const Node& n) -> void {
    if (n.kind == Node::Kind::translated)
      needed.push_back(&n);
    else if (n.kind == Node::Kind::word && (n.from_han || !text::is_stop_word(n.text)))
      all = false;
    else
      for (const auto& c : n.children) self(self, c);
  };
  look(look, query_.root);
  std::vector<float> out;
  if (!all || needed.empty()) return out;
  // Documents that have a likely rendering of each word; mostly there are none soon.
  std::vector<DocumentId> left;
  for (const auto* word : needed) {
    std::vector<DocumentId> found, both;
    for (const auto& c : word->children)
      if (c.kind == Node::Kind::rendering)
        for (const auto& [d, count] : in_documents(s, {c.text, Language::en, 1, {{c.text, c.terms, 1}}}, kSubjectPrefix)) found.push_back(d);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (word == needed.front())
      both = std::move(found);
    else
      std::set_intersection(left.begin(), left.end(), found.begin(), found.end(), std::back_inserter(both));
    left = std::move(both);
    if (left.empty()) return out;
  }
  out.assign(segment.documents(), 0);
  for (const auto& word : words_) {
    const auto found = in_documents(s, word, kSubjectPrefix);
    const double weight = kTranslatedSubjectShare * word.weight * pooled_idf(static_cast<double>(segment.documents()), static_cast<double>(found.size()));
    for (const auto& [d, count] : found)
      if (std::binary_search(left.begin(), left.end(), d)) out[d] += static_cast<float>(weight * bm25(count, kK1));
  }
  return out;
}

}  // namespace resolute::search
