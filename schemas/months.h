// The names of the months in English.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "schemas/ascii.h"

namespace resolute {

inline constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                             "July",    "August",   "September", "October", "November", "December"};

enum class MonthNames : unsigned char { whole, short_too };  // "Sep", "Sept": its first three or four letters

// 1 to 12, in letters of any case; nullopt where the word is no month.
inline std::optional<int> month_of(std::string_view word, MonthNames names = MonthNames::whole) {
  for (size_t m = 0; m < kMonths.size(); ++m) {
    const auto month = kMonths[m];
    const bool is_short = names == MonthNames::short_too && (word.size() == 3 || word.size() == 4);
    if (word.size() > month.size() || (word.size() < month.size() && !is_short)) continue;
    if (std::equal(word.begin(), word.end(), month.begin(), [](char a, char b) { return (a | 0x20) == (b | 0x20) && is_alpha(a); }))
      return static_cast<int>(m) + 1;
  }
  return std::nullopt;
}

}  // namespace resolute
