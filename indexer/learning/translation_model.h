// Translation probabilities from aligned texts: IBM model 1.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace resolute::indexer {

// One language's side of aligned pairs: pair i has the units [at[i], at[i + 1]).
struct AlignedSide {
  std::vector<uint32_t> at = {0};
  std::vector<uint32_t> units;  // numbers below `vocabulary`
  uint32_t vocabulary = 0;
  size_t pairs() const { return at.size() - 1; }
  std::span<const uint32_t> pair(size_t i) const { return std::span(units).subspan(at[i], at[i + 1] - at[i]); }
};

struct Likely {
  uint32_t to;
  float probability;
};

// For each unit of `from` what it is in `to`, most probable first: expectation
// maximisation as Brown et al., "The Mathematics of Statistical Machine Translation"
// (1993), with an empty word. Probabilities below kLeastProbability are let go.
// Memory: at most kMostLikely pairs a unit, and 4 bytes for each unit of `to`.
std::vector<std::vector<Likely>> learn_translations(const AlignedSide& from, const AlignedSide& to);

inline constexpr int kIterations = 5;
inline constexpr float kLeastProbability = 1e-3f;
inline constexpr size_t kMostLikely = 64;

// The pairs that have each unit of a side, ascending.
struct Whereabouts {
  std::vector<uint32_t> begin, pairs;
  explicit Whereabouts(const AlignedSide& side);
  std::span<const uint32_t> of(uint32_t unit) const { return std::span(pairs).subspan(begin[unit], begin[unit + 1] - begin[unit]); }
};

}  // namespace resolute::indexer
