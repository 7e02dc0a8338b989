// Numbers as resolutions write them beside figures: Roman and Han.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace resolute {

// "XXI" -> 21; nullopt where it is no roman number below 100.
std::optional<int> parse_roman(std::string_view text);
// 21 -> "XXI", of 1 to 99; "" of others.
std::string print_roman(int number);

// 十八, 一百零八 -> 18, 108; nullopt where it is no Han number below 1000.
std::optional<int> parse_han(std::string_view text);
// 21 -> 二十一, of 0 to 999; "" of others.
std::string print_han(int number);

}  // namespace resolute
