// Numbers that stand alone on a line, and the paragraphs that they number.
#pragma once

#include <vector>

#include "text/page.h"

namespace resolute::text {

// "2." or "(a)" alone goes in front of the paragraph that it numbers: the next line's, or, where extraction printed it late, the
// line's before.
void place_numbers(std::vector<Line>& lines, bool zh);

}  // namespace resolute::text
