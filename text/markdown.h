// Markdown to the plain text that it stands for.
#pragma once

#include <string>
#include <string_view>

namespace resolute::text {

// Whether a text bears marks of Markdown: heads with #, numbers escaped as "1\\.", words set in *stars*, links.
bool is_markdown(std::string_view text);

// Without the marks: heads are lines, "*Recalling*" is "Recalling", "[text](address)" is "text", "1\\." is "1.".
// Stars of notes, which stand on one side of a word only, stay.
std::string without_markdown(std::string_view text);

}  // namespace resolute::text
