// The table of input files that an index keeps: what each held, what became of it, who wins a document that several claim.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
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

// The best claim to a document: of a file that is there, of higher rank, of the first path, in that order.
struct Claim {
  size_t file = 0;
  size_t nth = 0;  // among the file's documents
  int rank = -1;
};

// Whether the file on disk that holds it is gone.
bool is_missing(const FileRecord& file);

using Winners = std::unordered_map<std::string, Claim>;

// A file that is still there wins over one that is not.
Winners settle(const std::vector<FileRecord>& files);

// A document whose winning file changes or goes may fall to a file that lost: the ids of such, of which all files are to be read again.
// `present` and `unchanged` are containers; `drops` says of a file whether its documents go.
std::unordered_set<std::string> disturbed_ids(const std::vector<FileRecord>& known, const std::unordered_set<std::string>& present,
                                              const std::unordered_set<std::string>& unchanged, const std::function<bool(const FileRecord&)>& drops);

}  // namespace resolute::indexer
