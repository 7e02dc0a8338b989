// Lines that extraction broke after the raised marker of a note, where the page has no break.
#pragma once

#include <vector>

#include "text/page.h"

namespace resolute::text {

// Puts the pieces of one printed line together again: those that end in a marker, with the piece after, where their widths
// add up to that of a full line.
void rejoin_at_markers(std::vector<Line>& lines, const Joiner& join);

}  // namespace resolute::text
