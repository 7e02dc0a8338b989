// Files whose readers cannot be stopped (poppler, Word's numbering) are read in processes of their own; this is what passes between.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/readers/reader.h"

namespace resolute::indexer {

// Reads a file elsewhere; nullopt where that took more time or memory than a file may, and was ended. For any number of threads.
using ReadApart = std::function<std::optional<Reading>(const std::string& path, std::string_view bytes)>;

// Whether a file is to be read so.
bool is_read_apart(Format format);
// What the reader of its format makes of such a file.
Reading read_here(const std::string& path, std::string_view bytes);

// Documents and rejections as bytes, and back. Throws Error(corrupt).
std::string encode_reading(const Reading& reading);
Reading decode_reading(std::string_view bytes);

}  // namespace resolute::indexer
