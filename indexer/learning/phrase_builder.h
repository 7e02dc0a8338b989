// The recurring phrases of a finished segment.
#pragma once

#include <string>

#include "indexer/learning/phrase_miner.h"
#include "schemas/document.h"

namespace resolute::indexer {

// What a phrase of a language must be in a segment with so many documents of it: of at least 3 of them
// and of 1 in 300.
PhraseLimits phrase_limits(Language lang, size_t documents);

// Reads a segment of an index and writes the file of its phrases; returns the bytes written. Throws Error.
uint64_t build_phrases(const std::string& index, const std::string& segment, int jobs);

}  // namespace resolute::indexer
