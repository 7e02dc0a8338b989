// Terms of several words, and what they are in the other language.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace resolute::indexer {

struct AlignedTexts;

struct LinkedTerm {
  std::string zh, en;                           // units of the lexicon
  std::string form;                             // the English one as words
  std::vector<uint32_t> units_zh, units_en;     // that they are of, by number
  uint32_t of_zh = 0, of_en = 0, together = 0;  // distinct pairs of texts that have the one, the other, both
};

// Strings of words that stand in many distinct pairs and are no mere part of one longer string are
// terms. Terms of the two languages (one of them of several words) are linked by their log-likelihood
// ratio, the best first, each once: competitive linking (Melamed, "Models of Translational Equivalence
// among Words", 2000).
std::vector<LinkedTerm> link_terms(const AlignedTexts& texts);

inline constexpr uint32_t kLeastTermPairs = 6;  // of a term of several words
inline constexpr uint32_t kLeastTogether = 5;
inline constexpr double kLeastDice = 0.4;       // of two linked terms
inline constexpr double kMostSwallowed = 0.75;  // of a term's uses within one longer string

}  // namespace resolute::indexer
