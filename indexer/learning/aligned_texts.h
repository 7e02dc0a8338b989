// The aligned texts of an index as units by number: what its lexicon is learned from.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "indexer/learning/lexicon_builder.h"
#include "indexer/learning/translation_model.h"

namespace resolute::indexer {

struct AlignedTexts {
  // By Language (zh, en). Pairs of texts stand once each; those of terms follow, kTermShare times each.
  std::array<AlignedSide, 2> sides;
  std::array<std::vector<std::string>, 2> names;  // of the units, by number
  std::array<std::vector<std::string>, 2> forms;  // as they are written most often
  // Of every unit of a side: whether it follows the one before with nothing but spaces and stop words between.
  std::array<std::vector<bool>, 2> joined;
  size_t texts = 0;  // pairs of texts, without terms

  // A term as units: joined by a space in English, by nothing in Chinese.
  struct Term {
    std::array<std::string, 2> text;
    std::array<size_t, 2> units;
    uint8_t source;
    std::array<std::string, 2> form;
  };
  std::vector<Term> terms;
};

// Aligned texts weigh by being many, terms by this.
inline constexpr int kTermShare = 3;

// Throws Error: corrupt, unavailable (stopped).
AlignedTexts read_aligned_texts(const LexiconInput& input);

}  // namespace resolute::indexer
