// The phrases that recur in the documents that filters leave.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/drafting/wording_use.h"
#include "search/searcher.h"

namespace resolute::search {

inline constexpr size_t kMostPhrasesShown = 50;
inline constexpr size_t kMostPhraseQueryBytes = 400;

struct PhraseRequest {
  std::string q;          // every word of it must stand in the phrase; empty: any phrase
  SearchRequest filters;  // only its filters, dates and citation range count
  size_t limit = 20;
};

struct RecurringPhrase {
  std::string text;  // as it stands in its last use
  Language lang = Language::en;
  uint32_t words = 0;                      // words, numbers, Han characters
  double worth = 0;                        // what ranks it (schemas/phrase_store.h)
  uint64_t documents = 0, paragraphs = 0;  // of the selection, as `lang` and the phrase in quotes find them
  WordingUse first, last;
  std::vector<FacetCount> years, bodies;  // of documents; newest year first, most documents first
  struct Translation {
    std::string text;      // as it stands in its last use
    double agreement = 0;  // Dice's measure of standing together in aligned paragraphs, over the whole index
  };
  std::optional<Translation> translation;
};

struct PhraseResult {
  size_t total = 0;  // phrases that fit
  std::vector<RecurringPhrase> phrases;
  std::vector<std::string> notices;
};

// Best first. Phrases are those of the segments' tables: a segment too small to have one still counts.
PhraseResult find_phrases(const Searcher& searcher, const PhraseRequest& request);

}  // namespace resolute::search
