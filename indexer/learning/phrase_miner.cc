#include "indexer/learning/phrase_miner.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "schemas/phrase_store.h"

namespace resolute::indexer {
namespace {

constexpr size_t kCounters = size_t{1} << 22;  // of beginnings, by hash: those that share one only cost time
constexpr size_t kBuckets = size_t{1} << 12;
constexpr int kBucketBits = 12;
constexpr int kCounterShift = 64 - 22, kBucketShift = 64 - kBucketBits;
constexpr uint64_t kFactor = 0x9E3779B97F4A7C15ull;

enum Kind : uint32_t { kGap = 0, kLetters = 1, kDigits = 2, kHan = 3 };
uint32_t kind(uint32_t token) { return token & 3; }

}  // namespace

PhraseMiner::PhraseMiner(PhraseLimits limits) : limits_(limits), keys_(1 << 16, 0), ids_(1 << 16, 0), tokens_{0}, owners_{0} {}

uint32_t PhraseMiner::intern(uint64_t key) {
  if (size_t{distinct_} * 2 >= keys_.size()) {
    std::vector<uint64_t> keys(keys_.size() * 4, 0);
    std::vector<uint32_t> ids(keys.size(), 0);
    for (size_t i = 0; i < keys_.size(); ++i) {
      if (!ids_[i]) continue;
      size_t at = (keys_[i] * kFactor) & (keys.size() - 1);
      while (ids[at]) at = (at + 1) & (keys.size() - 1);
      keys[at] = keys_[i];
      ids[at] = ids_[i];
    }
    keys_ = std::move(keys);
    ids_ = std::move(ids);
  }
  size_t at = (key * kFactor) & (keys_.size() - 1);
  while (ids_[at] && keys_[at] != key) at = (at + 1) & (keys_.size() - 1);
  if (!ids_[at]) {
    keys_[at] = key;
    ids_[at] = ++distinct_;
  }
  return ids_[at];
}

void PhraseMiner::add(std::string_view folded, uint32_t documents) {
  text::phrase_tokens(folded, buffer_);
  const auto number = static_cast<uint32_t>(starts_.size());
  starts_.push_back(static_cast<uint32_t>(tokens_.size()));
  weights_.push_back(documents);
  for (const auto& t : buffer_) {
    const Kind of = t.kind == text::PhraseTokenKind::gap ? kGap : t.han ? kHan : t.kind == text::PhraseTokenKind::number ? kDigits : kLetters;
    tokens_.push_back(intern(t.key) << 2 | of);
  }
  tokens_.push_back(0);
  owners_.resize(tokens_.size(), number);
}

// Calls visit(position, hash) for each word that the least number of words begins with; the hash is of these.
template <typename Visit>
void PhraseMiner::each_beginning(Visit&& visit) const {
  // Polynomial hashes of what stands before each token: one multiplication gives that of any run.
  std::vector<uint64_t> before, power = {1};
  for (size_t t = 0; t < starts_.size(); ++t) {
    const uint32_t begin = starts_[t], end = t + 1 < starts_.size() ? starts_[t + 1] - 1 : static_cast<uint32_t>(tokens_.size()) - 1;
    before.assign(1, 0);
    for (uint32_t i = begin; i < end; ++i) before.push_back(before.back() * kFactor + tokens_[i]);
    while (power.size() < before.size()) power.push_back(power.back() * kFactor);
    uint32_t to = begin, words = 0;  // of the run that begins here
    for (uint32_t from = begin; from < end; ++from) {
      if (kind(tokens_[from]) == kGap) continue;
      for (; to < end && words < limits_.least_words; ++to) words += kind(tokens_[to]) != kGap;
      if (words < limits_.least_words) break;
      const uint64_t hash = before[to - begin] - before[from - begin] * power[to - from];
      visit(from, (hash ^ hash >> 32) * kFactor);
      --words;
    }
  }
}

// Tokens from a word to the last of the least number of words.
uint32_t PhraseMiner::tokens_of_seed(uint32_t position) const {
  uint32_t words = 0, i = position;
  for (; words < limits_.least_words; ++i) words += kind(tokens_[i]) != kGap;
  return i - position;
}

// Positions where a phrase with a frequent beginning begins, those of equal beginnings together; then parts them.
void PhraseMiner::seed() {
  // By the hash's highest bits first, the rest is sorted in the cache: 32 further bits of it above the position.
  const auto packed = [](uint64_t hash, uint32_t position) { return (hash << kBucketBits & ~uint64_t{0xFFFFFFFF}) | position; };
  std::vector<size_t> bucket(kBuckets + 1, 0);
  std::vector<uint64_t> found;
  {
    std::vector<uint16_t> counters(kCounters, 0);
    each_beginning([&](uint32_t p, uint64_t h) {
      auto& counter = counters[h >> kCounterShift];
      counter = static_cast<uint16_t>(std::min<uint32_t>(0xFFFF, counter + weights_[owners_[p]]));
    });
    const auto least = static_cast<uint16_t>(std::min<uint32_t>(0xFFFF, limits_.least_documents));
    std::vector<uint64_t> all;
    std::vector<uint16_t> buckets;  // of each
    each_beginning([&](uint32_t p, uint64_t h) {
      if (counters[h >> kCounterShift] < least) return;
      all.push_back(packed(h, p));
      buckets.push_back(static_cast<uint16_t>(h >> kBucketShift));
    });
    for (const uint16_t b : buckets) ++bucket[b + 1];
    for (size_t i = 0; i < kBuckets; ++i) bucket[i + 1] += bucket[i];
    found.resize(all.size());
    auto next = bucket;
    for (size_t i = 0; i < all.size(); ++i) found[next[buckets[i]]++] = all[i];
  }
  std::vector<std::pair<uint32_t, uint32_t>> groups;
  for (size_t b = 0; b < kBuckets; ++b) {
    const auto last = found.begin() + static_cast<ptrdiff_t>(bucket[b + 1]);
    auto at = found.begin() + static_cast<ptrdiff_t>(bucket[b]);
    std::sort(at, last);
    while (at != last) {
      const auto begin = static_cast<uint32_t>(positions_.size());
      const uint64_t hash = *at >> 32;
      for (; at != last && *at >> 32 == hash; ++at) positions_.push_back(static_cast<uint32_t>(*at));
      auto end = static_cast<uint32_t>(positions_.size());
      if (documents_of(begin, end) >= limits_.least_documents) {
        // Another beginning may have the same hash.
        const uint32_t* first = tokens_.data() + positions_[begin];
        const uint32_t size = tokens_of_seed(positions_[begin]);
        const auto other = [&](uint32_t p) { return !std::equal(first, first + size, tokens_.data() + p); };
        positions_.erase(std::remove_if(positions_.begin() + begin, positions_.end(), other), positions_.end());
        end = static_cast<uint32_t>(positions_.size());
      }
      if (documents_of(begin, end) >= limits_.least_documents)
        groups.emplace_back(begin, end);
      else
        positions_.resize(begin);
    }
  }
  found = {};
  for (const auto& [begin, end] : groups) {
    const uint32_t size = tokens_of_seed(positions_[begin]);
    part(begin, end, size, limits_.least_words, size);
  }
}

// Positions ascend, so those of one text stand together.
uint32_t PhraseMiner::documents_of(uint32_t begin, uint32_t end) const {
  uint32_t documents = 0, last = kNone;
  for (uint32_t i = begin; i < end; ++i)
    if (const uint32_t owner = owners_[positions_[i]]; owner != last) documents += weights_[owner], last = owner;
  return documents;
}

// Positions [begin, end) have `depth` tokens in common, of them `words` words; the phrase goes up to `whole`, after
// a word: 0 where the part above has kept it. Gives the documents of the commonest phrase here that is longer
// than that.
uint32_t PhraseMiner::part(uint32_t begin, uint32_t end, uint32_t depth, uint32_t words, uint32_t whole) {
  const uint32_t documents = documents_of(begin, end);
  for (bool same = true; same && words < limits_.most_words;) {
    const uint32_t token = tokens_[positions_[begin] + depth];
    for (uint32_t i = begin + 1; same && i < end; ++i) same = tokens_[positions_[i] + depth] == token;
    if (!token || !same) break;
    ++depth;
    if (kind(token) != kGap) ++words, whole = depth;
  }
  uint32_t extended = 0;
  if (words < limits_.most_words) {
    order_.clear();
    for (uint32_t i = begin; i < end; ++i) order_.push_back(uint64_t{tokens_[positions_[i] + depth]} << 32 | positions_[i]);
    std::sort(order_.begin(), order_.end());
    for (uint32_t i = begin; i < end; ++i) positions_[i] = static_cast<uint32_t>(order_[i - begin]);
    for (uint32_t i = begin; i < end;) {
      const uint32_t token = tokens_[positions_[i] + depth];
      uint32_t to = i;
      while (to < end && tokens_[positions_[to] + depth] == token) ++to;
      if (token) {
        uint32_t of = documents_of(i, to);
        if (of >= limits_.least_documents) {
          const bool gap = kind(token) == kGap;
          of = part(i, to, depth + 1, words + !gap, gap ? 0 : depth + 1);
        }
        extended = std::max(extended, of);
      }
      i = to;
    }
  }
  if (whole == 0) return extended;
  keep(begin, end, whole, documents, extended);
  return documents;
}

// Documents of the commonest word that stands before the positions, with what is between.
uint32_t PhraseMiner::commonest_before(uint32_t begin, uint32_t end) {
  before_.clear();
  for (uint32_t i = begin; i < end; ++i) {
    const uint32_t p = positions_[i];
    uint64_t key = tokens_[p - 1];
    if (!key) continue;
    if (kind(tokens_[p - 1]) == kGap)
      key = (key << 32 | tokens_[p - 2]) * kFactor;
    else
      key *= kFactor;
    before_.push_back((key & ~uint64_t{0xFFFFFFFF}) | owners_[p]);
  }
  std::sort(before_.begin(), before_.end());
  uint32_t most = 0, documents = 0;
  for (size_t i = 0; i < before_.size(); ++i) {
    if (i > 0 && before_[i] == before_[i - 1]) continue;
    if (i == 0 || before_[i] >> 32 != before_[i - 1] >> 32) documents = 0;
    documents += weights_[static_cast<uint32_t>(before_[i])];
    most = std::max(most, documents);
  }
  return most;
}

void PhraseMiner::keep(uint32_t begin, uint32_t end, uint32_t depth, uint32_t documents, uint32_t extended) {
  if (extended >= documents) return;
  uint32_t han = 0, letters = 0, words = 0;
  for (uint32_t i = positions_[begin]; i < positions_[begin] + depth; ++i) {
    words += kind(tokens_[i]) != kGap;
    han += kind(tokens_[i]) == kHan;
    letters += kind(tokens_[i]) == kLetters;
  }
  if ((han ? han : letters) < limits_.least_words) return;
  extended = std::max(extended, commonest_before(begin, end));
  if (extended >= documents) return;
  const double own = 1 - static_cast<double>(extended) / static_cast<double>(documents);
  nodes_.push_back({begin, end, depth, words, documents, static_cast<float>(own), static_cast<float>(phrase_worth(documents, words, own))});
}

std::vector<MinedPhrase> PhraseMiner::mine(const std::function<std::string_view(uint32_t)>& text) {
  seed();
  const auto by_worth = [](const auto& a, const auto& b) { return a.worth != b.worth ? a.worth > b.worth : a.begin < b.begin; };
  // What stands at its ends can only lower a phrase.
  const size_t most = std::min(nodes_.size(), limits_.most_phrases * 3);
  std::partial_sort(nodes_.begin(), nodes_.begin() + static_cast<ptrdiff_t>(most), nodes_.end(), by_worth);
  nodes_.resize(most);
  std::vector<std::pair<uint32_t, uint32_t>> in_text;  // text and node, to read each text once
  for (uint32_t n = 0; n < nodes_.size(); ++n) in_text.emplace_back(owners_[positions_[nodes_[n].begin]], n);
  std::sort(in_text.begin(), in_text.end());
  std::vector<std::string> texts(nodes_.size());
  std::string_view folded;
  for (size_t i = 0; i < in_text.size(); ++i) {
    const auto& [owner, n] = in_text[i];
    if (i == 0 || in_text[i - 1].first != owner) {
      folded = text(owner);
      text::phrase_tokens(folded, buffer_);
    }
    const uint32_t first = positions_[nodes_[n].begin] - starts_[owner];
    texts[n] = folded.substr(buffer_[first].begin, buffer_[first + nodes_[n].depth - 1].end - buffer_[first].begin);
    const double whole = text::completeness(texts[n]);
    nodes_[n].own *= static_cast<float>(whole);
    nodes_[n].worth *= static_cast<float>(whole);
  }
  std::vector<uint32_t> order(nodes_.size());
  for (uint32_t n = 0; n < order.size(); ++n) order[n] = n;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return by_worth(nodes_[a], nodes_[b]); });
  if (order.size() > limits_.most_phrases) order.resize(limits_.most_phrases);
  std::vector<MinedPhrase> out;
  out.reserve(order.size());
  for (const uint32_t n : order) {
    MinedPhrase m{std::move(texts[n]), nodes_[n].words, nodes_[n].own, nodes_[n].worth, {}};
    for (uint32_t i = nodes_[n].begin; i < nodes_[n].end; ++i) m.wordings.push_back(owners_[positions_[i]]);
    std::sort(m.wordings.begin(), m.wordings.end());
    m.wordings.erase(std::unique(m.wordings.begin(), m.wordings.end()), m.wordings.end());
    out.push_back(std::move(m));
  }
  nodes_ = {};
  positions_ = tokens_ = owners_ = {};
  return out;
}

}  // namespace resolute::indexer
