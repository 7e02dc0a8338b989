// Brings an index up to date with files: what `resolute index` does.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "indexer/collect.h"
#include "schemas/manifest.h"

namespace resolute::indexer {

enum class Prune : uint8_t { no, yes };                 // drop documents whose file is gone
enum class Rebuild : uint8_t { no, yes, where_older };  // start from nothing; only where an older format is there

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
  KeepSources keep_sources = KeepSources::no;
  ReadApart read_apart;  // of PDF and Word files; empty: they are read here, and may take as long and as much as they want
  // Distinct paragraphs after which a segment is closed and the next begun: bounds memory, and queries look at
  // large segments side by side.
  size_t most_wordings = 400'000;
  // A larger segment gets its phrases (some 10 us a wording) in a generation that follows.
  size_t most_wordings_at_once = 10'000;
};

// What became of every file; the numbers add up (contract.md).
struct IndexReport {
  size_t files = 0, archives = 0;
  size_t added = 0, replaced = 0, unchanged = 0, joined = 0, duplicate = 0, ignored = 0, rejected = 0;
  struct Duplicate {
    std::string path, winner, id;
  };
  std::vector<Duplicate> duplicates;
  std::vector<std::string> ignored_paths;
  std::vector<std::string> ignored_reasons;  // of each
  size_t records = 0, records_waiting = 0;   // of files that joined; those whose document is not there yet
  struct Unplaced {
    std::string path, id;
  };
  std::vector<Unplaced> unplaced;     // documents read with text that is in no paragraph or field
  std::vector<Rejection> rejections;  // of whole files and of parts of files
  struct Change {
    const char* what;  // added, replaced, joined
    std::string path;
    std::vector<std::string> ids;
  };
  std::vector<Change> changes;       // of files that were read: what they brought
  std::vector<std::string> removed;  // ids of documents dropped
  size_t documents_added = 0, documents_replaced = 0, documents_joined = 0;
  uint64_t documents = 0, paragraphs = 0, revision = 0;  // of the published index
  uint64_t input_bytes = 0, text_bytes = 0, index_bytes = 0;
  double seconds = 0, searchable_seconds = 0;  // in all; until words, quotes, filters and facets could be searched
  double lexicon_seconds = 0;                  // learning the lexicon; 0 where it was not due
  std::optional<LexiconEntry> lexicon;
  bool published = false;            // false: nothing had changed
  std::vector<std::string> notices;  // of the run as a whole, sentences
};

// Builds beside what is there and publishes at the end, so that a stop at any moment
// leaves the last state. Throws Error: not_found (a path), unavailable (another
// writer, disk), corrupt (the old index; --rebuild helps).
IndexReport index_files(const IndexOptions& options);

// Reads a generation's table of input files. Throws Error(corrupt).
void verify_sources(const std::string& index, const Manifest& manifest);

nlohmann::ordered_json print_report(const IndexReport& report);

}  // namespace resolute::indexer
