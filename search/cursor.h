// Where a page of results ended, as an opaque token of the API.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/manifest.h"

namespace resolute::search {

struct Cursor {
  StateName state;        // the generation that gave the page
  uint64_t question = 0;  // checksum of what was asked: a cursor of another query is refused
  double primary = 0;     // of the last hit's order
  uint32_t ordinal = 0;   // of the last hit within its document
  std::string id;         // of the last hit's document, "S/RES/1963(2010)@en"
};

// In letters that need no escape in a URL, with a checksum.
std::string print_cursor(const Cursor& cursor);
// nullopt for anything that print_cursor did not make.
std::optional<Cursor> parse_cursor(std::string_view text);

}  // namespace resolute::search
