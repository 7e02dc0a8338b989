// How a paragraph of a document is cited by people.
#pragma once

#include <string>
#include <vector>

#include "schemas/document.h"

namespace resolute::http {

// Where each paragraph stands, in the words of one language: "para. 3 (a)", "preambular para. 2", "annex,
// art. 18, para. 4". A number is given only where the document prints one; no two paragraphs have the same
// words: where number and headings do not tell them apart, the fragment does: "annex [an7~3]".
std::vector<std::string> cite_paragraphs(const Document& document, bool zh);

// "General Assembly resolution 79/7 of 30 October 2024, para. 3"; 大会2024年10月30日第79/7号决议，第3段.
std::string cite(const Document& document, const std::string& where, bool zh);

}  // namespace resolute::http
