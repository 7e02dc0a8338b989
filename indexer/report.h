// What became of every input file: counted once each, and printed as JSON (schemas/report.schema.json).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "indexer/collect.h"
#include "indexer/existing.h"
#include "indexer/sources.h"
#include "schemas/manifest.h"

namespace resolute::indexer {

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

// Adds to a report each file that the paths name. `unchanged` are containers that were not read; `table` has every file the index knows,
// `winners` who has each document of it; `old` is the index as it was.
void account(const std::vector<InputFile>& inputs, const std::unordered_set<std::string>& unchanged, const std::vector<FileRecord>& table,
             const Winners& winners, const Existing& old, IndexReport& report);

nlohmann::ordered_json print_report(const IndexReport& report);

}  // namespace resolute::indexer
