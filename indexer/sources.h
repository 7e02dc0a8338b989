// The table of input files that an index keeps: what each held, what became of it, who wins a document that several claim.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/collect.h"
#include "indexer/readers/record.h"

namespace resolute::indexer {

// What joined documents know of themselves, by id: joining starts from there again.
using OwnMetadata = std::map<std::string, Metadata>;

struct Sources {
  std::vector<FileRecord> files;
  OwnMetadata own;
};

// One JSON object, a line a file: a tree of all of them would be many times their size.
std::string print_sources(const std::vector<FileRecord>& files, const OwnMetadata& own);
// Throws Error(corrupt) where the file at `path` is no such table, or its bytes have not the checksum `sum`.
Sources read_sources(const std::string& path, uint64_t sum);

// The best claim to a document: higher rank, then the first path.
struct Claim {
  size_t file = 0;
  size_t nth = 0;  // among the file's documents
  int rank = -1;
};

using Winners = std::unordered_map<std::string, Claim>;

Winners settle(const std::vector<FileRecord>& files);

}  // namespace resolute::indexer
