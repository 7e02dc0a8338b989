// Learns the bilingual lexicon of an index from its aligned paragraphs and titles, and
// joins it with thesauri and the engine's own lists.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "indexer/readers/glossary.h"
#include "schemas/manifest.h"

namespace resolute::indexer {

struct LexiconInput {
  std::string index;  // whose segments are read
  std::vector<SegmentEntry> segments;
  std::vector<TermPair> terms;              // of thesauri
  const std::atomic<bool>* stop = nullptr;  // set: give up with Error(unavailable)
};

// Distinct aligned pairs beyond which further ones are left out: bounds memory and time.
inline constexpr size_t kMostLexiconPairs = 400'000;

// Writes lexicons/NAME of the index. nullopt where no text is aligned and no terms are
// given. Two threads. Throws Error: unavailable, corrupt.
std::optional<LexiconEntry> build_lexicon(const LexiconInput& input, const std::string& name);

// Takes over the lexicon of index `from` as lexicons/NAME of `index`. nullopt where it has none. Throws Error.
std::optional<LexiconEntry> borrow_lexicon(const std::string& from, const std::string& index, const std::string& name);
// Whether an index has the lexicon that was taken over from it still. Throws Error.
bool is_lexicon_of(const std::string& from, const LexiconEntry& entry);

}  // namespace resolute::indexer
