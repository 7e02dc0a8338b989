// Drafts that commands read, and how they show what changed in them.
#pragma once

#include <string>
#include <vector>

#include "http/draft_file.h"
#include "text/wording.h"

namespace resolute::cli {

inline constexpr size_t kMostDraftBytes = 16 << 20;

// What a file holds, or standard input for "-": text in any encoding that text/encoding.h knows, or a PDF, Word, HTML or AKN4UN file.
// Throws Error(not_found, invalid).
http::DraftFile read_draft(const std::string& file);

// The bytes of a file, or of standard input for "-". Throws Error(not_found, invalid).
std::string read_bytes(const std::string& file);
// What a file's bytes hold, in any of these forms. Throws Error(invalid), whose words follow the file's name and a colon.
http::DraftFile understand_draft(const std::string& bytes);

// Deletions and insertions in colour, else as [-gone-] and {+new+}.
std::string mark_diff(const std::vector<text::DiffPart>& diff, bool color);

}  // namespace resolute::cli
