// Two columns of running text that extraction set side by side, line by line: each is read by itself.
#pragma once

#include <vector>

#include "text/page.h"

namespace resolute::text {

// Where lines of a page stand in two columns, left and right of a strip that no line crosses, and fill them as running text
// does: the left column's lines, then the right one's. Tables stay.
void untangle_columns(std::vector<Line>& lines);

}  // namespace resolute::text
