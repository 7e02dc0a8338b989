// Bytes of running text in any encoding to UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/warning.h"

namespace resolute::text {

struct Decoded {
  std::string utf8;
  std::string encoding;  // IANA name: "UTF-8", "GB18030", ...
  bool sure = true;      // UTF-8, or a byte-order mark says so; else guessed
  int confidence = 100;  // of a guess, percent, as ICU counts it

  // What to tell of a guess.
  std::optional<Warning> doubt() const {
    return sure ? std::nullopt : std::optional(Warning{WarningCode::guessed_encoding, {encoding, std::to_string(confidence)}});
  }
};

// A byte-order mark, valid UTF-8, then ICU's detection among UTF-16, GB18030, Big5 and the
// Windows code pages, narrowed to what reads as Chinese or English. nullopt where nothing
// fits, and for UTF-8 that is damaged in places.
std::optional<Decoded> decode(std::string_view bytes);

// Byte offset of the first byte that is no UTF-8; npos where all is.
size_t first_invalid_utf8(std::string_view bytes);

// UTF-8 without the byte-order mark that may open it.
inline std::string_view without_bom(std::string_view s) { return s.starts_with("\xEF\xBB\xBF") ? s.substr(3) : s; }

}  // namespace resolute::text
