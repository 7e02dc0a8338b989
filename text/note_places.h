// Where the notes of a document are referred to, where its format tells the places but the paragraphs were made of its text.
#pragma once

#include <vector>

#include "schemas/document.h"
#include "text/structure.h"

namespace resolute::text {

// Gives paragraphs their `notes` by the marks of the pieces that they were made of. A place is found by the letters before and after it, in the
// order of the text, whatever was joined, parted or left out; a mark whose letters or whose note are not found is left out.
void place_notes(const std::vector<Piece>& pieces, Document& document);

}  // namespace resolute::text
