// Ranges among mentions of documents: "resolutions 75/1 to 75/4", "A/RES/75/1-3", 第75/1至75/4号决议.
#pragma once

#include <string_view>
#include <vector>

#include "text/citation.h"

namespace resolute::text {

// Adds the members that stand between the two ends of each range and are not spelled out, in their places. They share the
// span between the ends. `found` and `others` are those of `text`, in order.
void fill_ranges(std::string_view text, std::vector<Citation>& found, std::vector<Mention>& others);

}  // namespace resolute::text
