#include "search/proximity.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "search/matcher.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

constexpr size_t kMostPaired = 24, kMostPlaces = 24;
// Of a pair's weight, where its words stand side by side. Who looks for a paragraph has words of it in mind, who looks for documents
// a subject: measured on known items and on headings of subjects.
constexpr double kShare = 0.9, kShareOfDocuments = 0.4;
constexpr double kBackwards = 0.2;  // of that, where they stand in the other order
constexpr double kHalfway = 60;     // bytes between two words that halve it

// What the forms of an English word have in common.
std::string root_of(const std::string& word) {
  if (word.find_first_of("-.,/ ") != std::string::npos) return word;  // written in pieces
  const std::string term = word_term(word);
  std::string_view stem = text::bare(term);
  size_t n = 0;
  while (n < stem.size() && n < word.size() && stem[n] == word[n]) ++n;
  if (n > 3 && n == stem.size() && (stem[n - 1] == 'i' || stem[n - 1] == 'y')) --n;
  return word.substr(0, n ? n : word.size());
}

}  // namespace

Proximity::Proximity(const Node& root, const std::function<double(const Node&)>& idf_of, Unit unit) : unit_(unit) { collect(root, idf_of); }

void Proximity::collect(const Node& node, const std::function<double(const Node&)>& idf_of) {
  switch (node.kind) {
    case Node::Kind::word:
      if (words_.size() < kMostPaired && is_telling(node)) words_.push_back({node.from_han ? node.text : root_of(node.text), node.from_han, idf_of(node)});
      break;
    case Node::Kind::words:
    case Node::Kind::both:
      for (const auto& c : node.children) collect(c, idf_of);
      break;
    default: break;  // quotes are exact, NEAR has its own distance
  }
}

double Proximity::bonus(std::string_view folded) const {
  // First and last byte of each place of each word, a few of them.
  struct Places {
    std::array<std::pair<uint32_t, uint32_t>, kMostPlaces> at;
    size_t n = 0;
  };
  thread_local std::vector<Places> places;
  places.assign(words_.size(), {});
  for (size_t w = 0; w < words_.size(); ++w) {
    const auto& word = words_[w];
    auto& p = places[w];
    for (size_t from = 0; p.n < kMostPlaces && from + word.text.size() <= folded.size();) {
      const void* hit = memmem(folded.data() + from, folded.size() - from, word.text.data(), word.text.size());
      if (!hit) break;
      const auto at = static_cast<size_t>(static_cast<const char*>(hit) - folded.data());
      size_t end = at + word.text.size();
      from = end;
      const auto inside = [&](size_t i) { return (folded[i] >= 'a' && folded[i] <= 'z') || (folded[i] >= '0' && folded[i] <= '9') || (folded[i] & 0x80); };
      if (!word.han) {
        if (at > 0 && inside(at - 1)) continue;
        while (end < folded.size() && inside(end)) ++end;
      }
      p.at[p.n++] = {static_cast<uint32_t>(at), static_cast<uint32_t>(end)};
    }
  }
  const double share = unit_ == Unit::document ? kShareOfDocuments : kShare;
  // Words that the text lacks are passed over: those around them are neighbours here.
  double sum = 0;
  for (size_t w = 0, next = 1; next < words_.size(); w = next++) {
    while (next < words_.size() && places[next].n == 0) ++next;
    if (next == words_.size()) break;
    double best = 0;
    for (size_t i = 0; i < places[w].n; ++i)
      for (size_t k = 0; k < places[next].n; ++k) {
        const auto &a = places[w].at[i], &b = places[next].at[k];
        const bool forwards = b.first >= a.second;
        if (!forwards && a.first < b.second) continue;  // one within the other
        const double gap = forwards ? b.first - a.second : a.first - b.second;
        best = std::max(best, (forwards ? 1 : kBackwards) / (1 + gap / kHalfway));
      }
    sum += share * std::min(words_[w].weight, words_[next].weight) * best;
  }
  return sum;
}

}  // namespace resolute::search
