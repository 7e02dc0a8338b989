// What stands in the other language where a phrase stands, read off aligned paragraphs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/drafting/wording_use.h"

namespace resolute::search {

struct PhraseTranslation {
  std::string folded;
  ParagraphRef at{};     // a paragraph that has it
  double agreement = 0;  // Dice's measure: of distinct texts that have the one or the other, and a counterpart
  double meaning = 1;    // shared_meaning
};

// How much of what one says the other says too, by the lexicon of the index: the harmonic mean of both ways, rare words
// counting more. 1 where there is no lexicon. Both folded.
double shared_meaning(const Generation& generation, Language lang, const std::string& phrase, const std::string& other);

// What a translation is worth: where use alone is not sure of it, meaning counts too. 0 where neither is enough.
double translation_worth(double agreement, double meaning);
inline constexpr double kSureAgreement = 0.9, kLeastMeaning = 0.7;

// The run of words that agrees best with a phrase, in use and in meaning, of those in the counterparts of its uses: up
// to kSampledTexts of them are read, evenly over `uses`. nullopt where nothing agrees enough.
inline constexpr size_t kSampledTexts = 16;
inline constexpr double kLeastAgreement = 0.5;
std::optional<PhraseTranslation> translate_phrase(const Generation& generation, Language lang, const std::string& phrase,
                                                  const std::vector<ParagraphRef>& uses);

}  // namespace resolute::search
