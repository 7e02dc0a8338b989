// What stands in the other language where a phrase stands, read off aligned paragraphs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/wording_use.h"

namespace resolute::search {

struct PhraseTranslation {
  std::string folded;
  Place at{};            // a paragraph that has it
  double agreement = 0;  // Dice's measure: of distinct texts that have the one or the other
};

// The run of words that agrees best with a phrase, of those in the counterparts of its uses: up to kSampledTexts of
// them are read, evenly over `uses`. nullopt where nothing agrees enough.
inline constexpr size_t kSampledTexts = 16;
inline constexpr double kLeastAgreement = 0.5;
std::optional<PhraseTranslation> translate_phrase(const Generation& generation, const std::vector<Place>& uses);

}  // namespace resolute::search
