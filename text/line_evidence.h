// What a line's own words say of the paragraphs around it: evidence for text/form.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace resolute::text {

// What the end of a line says of the paragraph it stands in.
enum class End : unsigned char { stop, comma, none, open };
// What the start of a line says.
enum class Start : unsigned char { plain, lower, forbidden, number, loose_number, item, loose_item, dash, action, formula, cover, head, closing, note, row };

// How many brackets are open after the line, that had `depth` open before it.
int open_brackets(std::string_view s, int depth);
End end_of(std::string_view s, bool zh);
// "[1] See ...", "1/ See ...", "¹ See ...": the note's number, else 0.
int opens_note(std::string_view s, bool after_closing, int last);
// "并强调", "以及": Chinese words that go on, as small letters do.
bool goes_on(std::string_view s);
// A date or a Chinese number that the line end cuts: "on 9" "June 2038", "2038年6" "月9日", "第" "3905号".
bool cuts_number(std::string_view before, std::string_view line);
// "Farland and Midland:* draft resolution": a draft's title comes next.
bool ends_submission(std::string_view s);
// "Austria, Bosnia and Herzegovina, Croatia,": most of its names are States.
bool lists_states(std::string_view s);
// "Having", "Wishing", "Alarmed": what may open a preambular paragraph, known or not.
bool is_participle(std::string_view s);
// Without the mark of a note at its end: "[3]".
std::string_view without_note_mark(std::string_view s);
// "Recalling its resolution 74/262,", "又回顾……，": a preambular paragraph by its opening action and its comma, whatever part it stands in.
bool is_recital(std::string_view s, bool zh);
// "At its 54th plenary meeting, on 15 December 2022, ...": opens a decision.
bool opens_decision(std::string_view s);
size_t first_token_width(std::string_view s);
// Successor of the last letter or figure of a list: "(b)" after "(a)", "(ii)" after "(i)", "二" after "一".
bool follows(const std::string& now, const std::string& before);

}  // namespace resolute::text
