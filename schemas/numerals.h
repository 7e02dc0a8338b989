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

// I, 一, A: what numbers a section, and seldom a paragraph.
bool is_section_number(std::string_view number);
// Whether `next` comes after `number`: II after I, 二 after 一, B after A.
bool follows_number(std::string_view number, std::string_view next);

}  // namespace resolute
