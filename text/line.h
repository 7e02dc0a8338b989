// What one line of a document says: its date, meeting, agenda items, number, language.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::text {

// Without spaces beside Han characters and wide marks: extraction puts them there, Chinese has none.
std::string close_han(std::string_view utf8);

// What words are looked for in: width, dashes and Traditional characters folded, spaces beside Han closed.
std::string plain(std::string_view utf8);
// Whether a raised figure after this text is a power or a unit's, and no mark of a note: "10", "3 km", "cd/m".
bool raises_power(std::string_view before);
// Whether the first character is Han, which plain() may simplify and nothing else: by its first byte, U+4000 to U+9FFF.
inline bool opens_with_han(std::string_view s) { return !s.empty() && s[0] >= '\xE4' && s[0] <= '\xE9'; }

// Han numerals as figures where they stand for such, as old texts write them: "二〇四八年四月一日" is 2048年4月1日, "第二七七次" 第277次,
// "九票" 9票, "九百四十四(二〇四八)" 944(2048). Of plain text; what counts nothing stays.
std::string with_figures(std::string_view plain_text);

// The language of running text by its letters: nullopt where it is neither Chinese nor
// English (another language, or no letters).
std::optional<Language> detect_language(std::string_view utf8);

// The first date in a line, "4 December 2023" or "2023年12月4日", as YYYY-MM-DD; else empty.
std::string find_date(std::string_view line);

// The number of the meeting a line names: "at its 6459th meeting", "第 6459 次会议",
// "42nd plenary meeting"; else empty.
std::string find_meeting(std::string_view line);

// Agenda items of a cover line: "Agenda items 11 and 16 (a)" -> "11", "16(a)".
std::vector<std::string> find_agenda(std::string_view line);

// A paragraph's own number at its start ("2.", "(a)", "㈠", "12．"): the number as it is
// stored and the bytes it takes with the space after; 0 bytes where there is none.
struct Numeral {
  std::string number;
  size_t bytes = 0;
  int level = 0;  // 0 for "2.", 1 for "(a)", 2 for "(i)" under a letter
};
Numeral find_numeral(std::string_view paragraph);

}  // namespace resolute::text
