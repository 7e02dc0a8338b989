#include "indexer/learning/translation_model.h"

#include <algorithm>

namespace resolute::indexer {
namespace {

// After the first round little is known yet: more is kept.
constexpr size_t kMostAtFirst = 256;

}  // namespace

Whereabouts::Whereabouts(const AlignedSide& side) : begin(side.vocabulary + 1, 0) {
  std::vector<uint32_t> last(side.vocabulary, 0);  // the last pair that was counted, from 1
  const auto each = [&](auto&& visit) {
    std::fill(last.begin(), last.end(), 0);
    for (uint32_t i = 0; i < side.pairs(); ++i)
      for (const uint32_t u : side.pair(i))
        if (last[u] != i + 1) {
          last[u] = i + 1;
          visit(u, i);
        }
  };
  each([&](uint32_t u, uint32_t) { ++begin[u + 1]; });
  for (size_t u = 0; u < side.vocabulary; ++u) begin[u + 1] += begin[u];
  pairs.resize(begin.back());
  auto next = begin;
  each([&](uint32_t u, uint32_t i) { pairs[next[u]++] = i; });
}

std::vector<std::vector<Likely>> learn_translations(const AlignedSide& from, const AlignedSide& to) {
  const Whereabouts where(from);
  std::vector<std::vector<Likely>> table(from.vocabulary);
  std::vector<float> empty(to.vocabulary, 1.0f);  // the empty word's own
  std::vector<float> total(to.units.size());      // of each place: what all units of the pair give it
  std::vector<float> given(to.vocabulary, 0), gathered(to.vocabulary, 0);
  std::vector<uint32_t> touched;
  for (int round = 0; round < kIterations; ++round) {
    const bool first = round == 0;
    // In the first round everything is as likely as anything else.
    for (size_t i = 0; i < to.pairs(); ++i)
      for (size_t k = to.at[i]; k < to.at[i + 1]; ++k) total[k] = empty[to.units[k]] + (first ? static_cast<float>(from.pair(i).size()) : 0.0f);
    for (uint32_t u = 0; u < from.vocabulary && !first; ++u) {
      for (const auto& t : table[u]) given[t.to] = t.probability;
      for (const uint32_t i : where.of(u))
        for (size_t k = to.at[i]; k < to.at[i + 1]; ++k) total[k] += given[to.units[k]];
      for (const auto& t : table[u]) given[t.to] = 0;
    }
    for (uint32_t u = 0; u < from.vocabulary; ++u) {
      for (const auto& t : table[u]) given[t.to] = t.probability;
      touched.clear();
      double sum = 0;
      for (const uint32_t i : where.of(u))
        for (size_t k = to.at[i]; k < to.at[i + 1]; ++k) {
          const uint32_t f = to.units[k];
          const float weight = first ? 1.0f : given[f];
          if (weight == 0) continue;
          const float share = weight / total[k];
          if (gathered[f] == 0) touched.push_back(f);
          gathered[f] += share;
          sum += share;
        }
      for (const auto& t : table[u]) given[t.to] = 0;
      auto& out = table[u];
      out.clear();
      const auto least = static_cast<float>(sum) * (round < 2 ? kLeastProbability / 10 : kLeastProbability);
      for (const uint32_t f : touched) {
        if (gathered[f] >= least) out.push_back({f, gathered[f] / static_cast<float>(sum)});
        gathered[f] = 0;
      }
      const size_t most = round < 2 ? kMostAtFirst : kMostLikely;
      const auto better = [](const Likely& a, const Likely& b) { return a.probability != b.probability ? a.probability > b.probability : a.to < b.to; };
      if (out.size() > most) {
        std::nth_element(out.begin(), out.begin() + static_cast<long>(most), out.end(), better);
        out.resize(most);
      }
      std::sort(out.begin(), out.end(), better);
      out.shrink_to_fit();
    }
    // The empty word takes part in every pair.
    std::vector<double> share(to.vocabulary, 0);
    double sum = 0;
    for (size_t k = 0; k < to.units.size(); ++k) {
      const double s = static_cast<double>(empty[to.units[k]]) / static_cast<double>(total[k]);
      share[to.units[k]] += s;
      sum += s;
    }
    for (size_t f = 0; f < share.size(); ++f) empty[f] = sum > 0 ? static_cast<float>(share[f] / sum) : 0;
  }
  return table;
}

}  // namespace resolute::indexer
