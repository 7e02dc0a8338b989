// Brings an index up to date with files: what `resolute index` does.
#pragma once

#include <string>
#include <vector>

#include "indexer/collect.h"
#include "indexer/report.h"
#include "schemas/manifest.h"

namespace resolute::indexer {

enum class Prune : uint8_t { no, yes };  // drop documents whose file is gone
// Start from nothing; or, of an older format, write anew what the index holds (from kOldestFormat on, else from nothing too).
enum class Rebuild : uint8_t { no, yes, where_older };

struct IndexOptions {
  std::string index;
  std::string lexicon;  // another index whose lexicon is taken over; empty: one is learned
  std::vector<std::string> paths;
  int jobs = 1;
  Prune prune = Prune::no;
  Rebuild rebuild = Rebuild::no;
  size_t keep = 1;  // generations that stay, the published one among them; each stays for kKeepSeconds in any case
  ProgressSink progress;
  const std::atomic<bool>* stop = nullptr;
  KeepSources keep_sources = KeepSources::no;  // an index that has once kept them goes on in any case
  ReadApart read_apart;                        // of PDF and Word files; empty: they are read here, and may take as long and as much as they want
  // Distinct paragraphs after which a segment is closed and the next begun: bounds memory, and queries look at
  // large segments side by side.
  size_t most_wordings = 400'000;
  // A larger segment gets its phrases (some 10 us a wording) in a generation that follows.
  size_t most_wordings_at_once = 10'000;
};

// Builds beside what is there and publishes at the end, so that a stop at any moment
// leaves the last state. Throws Error: not_found (a path), unavailable (another
// writer, disk), corrupt (the old index; --rebuild helps).
IndexReport index_files(const IndexOptions& options);

// Reads a generation's table of input files. Throws Error(corrupt).
void verify_sources(const std::string& index, const Manifest& manifest);

}  // namespace resolute::indexer
