// PDF and Word files of an index run, read in processes that are kept for the next file: what their readers cannot stop doing, the system stops.
#pragma once

#include "cli/commands.h"
#include "indexer/apart.h"

namespace resolute::cli {

// Processes of `resolute read-files`, as many as ask at once. Each file may take 30 seconds of a processor, and 2 GiB of memory.
indexer::ReadApart reader_processes();
// The command that they run.
void add_read_files(CLI::App& app, int& exit_code);

}  // namespace resolute::cli
