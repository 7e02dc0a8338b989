// Drafts from the network, read in a process of their own: what a reader of PDF or Word cannot stop doing, the system stops.
#pragma once

#include <string>

#include "http/draft_file.h"

namespace resolute::cli {

// Reads a file's bytes by `resolute read-draft`, which may take 10 seconds of processor time, 15 of the clock, 1.5 GiB of memory.
http::DraftFile read_draft_apart(const std::string& bytes);

}  // namespace resolute::cli
