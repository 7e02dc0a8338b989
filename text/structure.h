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

}  // namespace resolute::text
