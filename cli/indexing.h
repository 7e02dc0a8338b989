// What the commands that index have in common.
#pragma once

#include <string>

#include "indexer/index_writer.h"

namespace resolute::cli {

// Indexes and tells on stderr what became of the files: with a bar and a summary unless `quiet`, rejections always. Returns the exit
// status. Throws Error as index_files() does.
int index_and_tell(indexer::IndexOptions options, bool quiet, indexer::IndexReport* report = nullptr);

}  // namespace resolute::cli
