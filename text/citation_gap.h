// What may stand between two numbers of one list of resolutions.
#pragma once

#include <cstddef>
#include <string_view>

namespace resolute::text {

// After the number that ends at `from`: where the next one of its list begins, `from` where the list ends. All of these
// part them, in any order: , ; & - and or to, dates, places (", sect. B", ", paras. 9 and 10"), titles in quotation marks,
// "in particular", "(see A/48/700)". Of a text whose width and dashes are folded.
size_t next_listed(std::string_view s, size_t from);

// After ", para. 9", ", sects. B and C" or ", annex" at `p`, comma or none; `p` where no place is.
size_t skip_place(std::string_view s, size_t p);

// The same between two numbers of a Chinese list: 、 和 及 或 与 ； and marks of a list in any language, (见A/48/700).
size_t next_listed_chinese(std::string_view s, size_t from);

}  // namespace resolute::text
