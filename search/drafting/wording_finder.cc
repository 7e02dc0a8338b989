#include "search/drafting/wording_finder.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

// Fewer candidates than this are compared at once, without reading further postings.
constexpr size_t kFewCandidates = 48;
// A list is searched for each candidate where it is so many times longer than their number.
constexpr size_t kSeekFactor = 12;
// A window of a run begins at every so many-th token.
constexpr size_t kStride = 4;
constexpr size_t kWindowTerms = 4;
// Pairs of characters that candidates are found by, and how long their lists may be together.
constexpr size_t kMostPairs = 32;
constexpr uint64_t kLongestPairs = 60'000;

struct Term {
  std::string term;
  uint32_t times = 0, frequency = 0;
};

std::string term_of(std::string_view folded, const text::WordingToken& token) {
  return std::string(folded.substr(token.begin, std::min<size_t>(token.end - token.begin, text::kLongestTerm)));
}

}  // namespace

std::vector<SimilarWording> WordingFinder::similar(std::string_view folded, double least) {
  std::vector<SimilarWording> out;
  text::wording_tokens(folded, tokens_);
  const size_t n = tokens_.size();
  if (n == 0 || n > 60'000) return out;
  std::map<std::string, uint32_t> bag;
  for (const auto& t : tokens_) ++bag[term_of(folded, t)];
  text::WordingComparison comparison(tokens_);
  // LCS <= min(n, m) bounds the length m of what can be similar.
  const auto shortest = static_cast<size_t>(std::ceil(static_cast<double>(n) * least / (2 - least) - 1e-9));
  const auto longest = static_cast<size_t>(std::floor(static_cast<double>(n) * (2 - least) / least + 1e-9));
  const size_t needed = text::least_common(n, shortest, least);
  std::vector<text::WordingToken> other;
  std::string buffer;
  std::vector<WordingId> candidates;
  for (uint32_t s = 0; s < generation_.segments().size(); ++s) {
    const auto& segment = generation_.segment(s);
    TermLists lists(segment);
    std::vector<Term> terms;
    for (const auto& [term, times] : bag) terms.push_back({term, times, lists.at_most(term)});
    std::sort(terms.begin(), terms.end(),
              [](const Term& a, const Term& b) { return a.frequency != b.frequency ? a.frequency < b.frequency : a.term < b.term; });
    if (counts_.size() < segment.wordings()) counts_.resize(segment.wordings(), 0);
    touched_.clear();
    // The rarest terms, until what is left could not make a wording similar by itself.
    size_t left = n, next = 0;
    for (; next < terms.size() && left >= needed; left -= terms[next++].times) {
      if (terms[next].frequency == 0) continue;
      auto list = lists.wordings(terms[next].term);
      for (uint32_t w = list.next(); w != TermList::kEnd; w = list.next()) {
        if (counts_[w] == 0) touched_.push_back(WordingId(w));
        counts_[w] = static_cast<uint16_t>(counts_[w] + std::min(list.count(), terms[next].times));
      }
    }
    // Of a wording with m tokens, `count` of those seen and at most all that are left.
    const auto possible = [&](WordingId w) {
      const size_t m = segment.length(w);
      return m >= shortest && m <= longest && counts_[w] + left >= text::least_common(n, m, least);
    };
    candidates.clear();
    for (const WordingId w : touched_)
      if (possible(w)) candidates.push_back(w);
    std::sort(candidates.begin(), candidates.end());
    for (; next < terms.size() && candidates.size() > kFewCandidates; ++next) {
      // A Han character's list is put together from those of pairs: a look at the texts costs less.
      if (text::kind_of(terms[next].term) == text::TermKind::han_char) break;
      if (terms[next].frequency) {
        auto list = lists.wordings(terms[next].term);
        const auto add = [&](uint32_t w) { counts_[w] = static_cast<uint16_t>(counts_[w] + std::min(list.count(), terms[next].times)); };
        if (candidates.size() * kSeekFactor < terms[next].frequency) {
          for (const WordingId w : candidates)
            if (list.seek(w) == w) add(w);
        } else {
          size_t i = 0;
          for (uint32_t w = list.next(); w != TermList::kEnd && i < candidates.size(); w = list.next()) {
            while (i < candidates.size() && candidates[i] < w) ++i;
            if (i < candidates.size() && candidates[i] == w) add(w);
          }
        }
      }
      left -= terms[next].times;
      std::erase_if(candidates, [&](WordingId w) { return !possible(w); });
    }
    for (const WordingId w : touched_) counts_[w] = 0;
    for (const WordingId w : candidates) {
      text::wording_tokens(segment.folded(w, buffer), other);
      if (const double similarity = comparison.similarity(other, least); similarity > 0) out.push_back({{s, w}, similarity});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.similarity > b.similarity; });
  return out;
}

std::vector<SimilarWording> WordingFinder::likely(std::string_view folded) {
  std::vector<SimilarWording> out;
  text::wording_tokens(folded, tokens_);
  if (tokens_.empty() || tokens_.size() > 60'000) return out;
  text::WordingComparison comparison(tokens_);
  std::set<std::string> pairs;
  for (size_t i = 1; i < tokens_.size(); ++i)
    if (const auto pair = term_of(folded, tokens_[i - 1]) + term_of(folded, tokens_[i]); text::kind_of(pair) == text::TermKind::han_pair) pairs.insert(pair);
  std::vector<text::WordingToken> other;
  std::string buffer;
  for (uint32_t s = 0; s < generation_.segments().size(); ++s) {
    const auto& segment = generation_.segment(s);
    TermLists lists(segment);
    std::vector<std::pair<uint32_t, std::string_view>> rare;
    for (const auto& pair : pairs)
      if (const uint32_t n = lists.at_most(pair)) rare.emplace_back(n, pair);
    std::sort(rare.begin(), rare.end());
    if (counts_.size() < segment.wordings()) counts_.resize(segment.wordings(), 0);
    touched_.clear();
    uint64_t read = 0;
    for (size_t i = 0; i < std::min(kMostPairs, rare.size()) && (read += rare[i].first) <= kLongestPairs; ++i) {
      auto list = lists.wordings(rare[i].second);
      for (uint32_t w = list.next(); w != TermList::kEnd; w = list.next())
        if (counts_[w]++ == 0) touched_.push_back(WordingId(w));
    }
    std::sort(touched_.begin(), touched_.end(), [&](WordingId a, WordingId b) { return counts_[a] != counts_[b] ? counts_[a] > counts_[b] : a < b; });
    for (const WordingId w : touched_) counts_[w] = 0;
    if (touched_.size() > kMostLikely) touched_.resize(kMostLikely);
    for (const WordingId w : touched_) {
      text::wording_tokens(segment.folded(w, buffer), other);
      out.push_back({{s, w}, comparison.similarity(other)});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.similarity > b.similarity; });
  return out;
}

std::vector<RunWording> WordingFinder::runs(std::string_view folded, size_t least) {
  std::vector<RunWording> out;
  text::wording_tokens(folded, tokens_);
  const size_t n = tokens_.size();
  if (least < kStride || n < least || n > 60'000) return out;
  text::WordingComparison comparison(tokens_);
  // A run of `least` tokens holds one of the windows whole, whatever its place.
  const size_t window = least - kStride + 1;
  std::vector<std::string> names;
  for (const auto& t : tokens_) names.push_back(term_of(folded, t));
  std::vector<text::WordingToken> other;
  std::string buffer;
  for (uint32_t s = 0; s < generation_.segments().size(); ++s) {
    const auto& segment = generation_.segment(s);
    if (counts_.size() < segment.wordings()) counts_.resize(segment.wordings(), 0);
    TermLists lists(segment);
    std::map<std::string, uint32_t> frequency;
    for (const auto& name : names)
      if (!frequency.count(name)) frequency[name] = lists.at_most(name);
    touched_.clear();
    std::vector<std::string> last;
    std::vector<WordingId> found;
    for (size_t at = 0; at + window <= n; at += kStride) {
      std::vector<std::string> terms(names.begin() + static_cast<ptrdiff_t>(at), names.begin() + static_cast<ptrdiff_t>(at + window));
      std::sort(terms.begin(), terms.end(), [&](const auto& a, const auto& b) {
        const uint32_t x = frequency[a], y = frequency[b];
        return x != y ? x < y : a < b;
      });
      terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
      if (terms.size() > kWindowTerms) terms.resize(kWindowTerms);
      if (terms != last) {
        found.clear();
        last = terms;
        if (frequency[terms[0]] > 0) {
          std::vector<TermList> of;
          for (const auto& t : terms) of.push_back(lists.wordings(t));
          for (uint32_t w = of[0].next(); w != TermList::kEnd;) {
            uint32_t agreed = w;
            for (size_t i = 1; i < of.size() && agreed == w; ++i) agreed = of[i].seek(w);
            if (agreed == w) found.push_back(WordingId(w));
            if (agreed == TermList::kEnd) break;
            w = agreed == w ? of[0].next() : of[0].seek(agreed);
          }
        }
      }
      for (const WordingId w : found) {
        if (counts_[w]++ == 0) touched_.push_back(w);
      }
    }
    std::sort(touched_.begin(), touched_.end(), [&](WordingId a, WordingId b) { return counts_[a] != counts_[b] ? counts_[a] > counts_[b] : a < b; });
    for (const WordingId w : touched_) counts_[w] = 0;
    if (touched_.size() > kMostRunCandidates) touched_.resize(kMostRunCandidates);
    for (const WordingId w : touched_) {
      text::wording_tokens(segment.folded(w, buffer), other);
      if (const auto run = comparison.longest_run(other); run.size >= least) out.push_back({{s, w}, run});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.run.size > b.run.size; });
  return out;
}

}  // namespace resolute::search
