// Lines of plain text to a Document: masthead, preamble, operative part, annexes,
// footnotes, closing. For files and for pasted drafts alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/document.h"

namespace resolute::text {

// What the text says of itself, without fragments, actions and citations (complete()
// adds those). nullopt where nothing in it looks like a UN resolution, decision or
// statement. The identifier stays empty where the text does not give it.
//
// Mends what extraction from PDF does: lines broken inside words and sentences, blank
// lines between physical lines, spaces around digits, hyphens at line ends, page
// breaks, running heads, page and job numbers, footnotes under a rule.
std::optional<Document> structure_text(std::string_view utf8);

// Fills in what follows from the rest, for documents of any format: body and type
// from the symbol, opening actions, citations, bodies concerned, unique fragments.
// What a reader has set stays.
void complete(Document& document);

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
// stored and the bytes it takes with the space behind; 0 bytes where there is none.
struct Numeral {
  std::string number;
  size_t bytes = 0;
  int level = 0;  // 0 for "2.", 1 for "(a)", 2 for "(i)" under a letter
};
Numeral find_numeral(std::string_view paragraph);

}  // namespace resolute::text
