// Matches the paragraphs of the two language versions of a document.
#pragma once

#include "schemas/document.h"

namespace resolute::text {

// Sets `parallel` and `parallel_confidence` of both documents' paragraphs, one to one
// and in order; paragraphs without a sure counterpart stay unaligned. What counts:
// kind, printed number, documents cited, figures, length (Gale and Church 1993).
void align(Document& zh, Document& en);

}  // namespace resolute::text
