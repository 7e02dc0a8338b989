// A pasted draft in paragraphs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::text {

// The span is bytes of the draft; the text is one line, its number apart.
struct DraftParagraph {
  Span span;
  std::string number, text;
  Language lang = Language::en;
};

// Blank lines part paragraphs; so does the end of a line after a mark that closes a paragraph
// (, ; . : and their wide forms), or before a number. Other lines belong together.
std::vector<DraftParagraph> split_draft(std::string_view text);

}  // namespace resolute::text
