// Small steps through a text, by places of bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "schemas/ascii.h"

namespace resolute::text {

// Whether `word` stands at `i`.
inline bool is_at(std::string_view s, size_t i, std::string_view word) { return i <= s.size() && s.substr(i).starts_with(word); }

// After the spaces, or the digits, at `i`.
inline size_t skip_spaces(std::string_view s, size_t i) {
  while (i < s.size() && s[i] == ' ') ++i;
  return i;
}
inline size_t skip_digits(std::string_view s, size_t i) {
  while (i < s.size() && is_digit(s[i])) ++i;
  return i;
}

struct Day {
  size_t end = 0;
  int year = 0;
};

// "6 August 1990" at `p`: where it ends, its year; a footnote's digits may be glued after the year. End 0 where none is.
Day spoken_day(std::string_view s, size_t p);

}  // namespace resolute::text
