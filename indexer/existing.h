// What an index holds before an update: read to carry documents over, and to go on where a part of it is gone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "indexer/collect.h"
#include "schemas/manifest.h"
#include "schemas/source_store.h"
#include "schemas/store.h"

namespace resolute::indexer {

// A generation, as far as updating needs it. Its files stay open, so what is read stays what it was.
struct Existing {
  Manifest manifest;
  std::vector<std::unique_ptr<SectionReader>> files;
  std::vector<DocumentStore> stores;
  std::vector<std::unique_ptr<SourceStore>> sources;  // nullptr where a segment keeps none
  std::vector<Strings> titles;
  std::vector<std::vector<std::string>> ids;                          // SYMBOL@LANG of each document
  std::unordered_map<std::string, std::pair<size_t, uint32_t>> live;  // id -> segment, ordinal

  // Opens the segments that the manifest names. Throws Error(corrupt).
  void open(const std::string& index);
};

// Sets a manifest's documents and paragraphs to those of its segments that count. Throws Error(corrupt).
void count_documents(const std::string& index, Manifest& manifest);

// The newest generation all of whose files are there; nullopt where there is none.
std::optional<Manifest> newest_whole(const std::string& index);

// What the documents themselves say of the files that they came from, in place of the table. None counts as unchanged, and whatever is
// read again has the better claim. A file that cannot be found from here has no container. Throws Error(corrupt).
std::vector<FileRecord> sources_of_documents(const Existing& existing);

}  // namespace resolute::indexer
