// A paragraph that bears a wording, as answers name it.
#pragma once

#include <string>

#include "search/generation.h"

namespace resolute::search {

struct WordingUse {
  std::string id, symbol, date, fragment, number;
  ParagraphKind kind = ParagraphKind::plain;
};

// A paragraph's ordinal in its segment.
struct Place {
  uint32_t segment, paragraph;
};

WordingUse describe_use(const Generation& generation, const Place& at);
// Of uses that are not none: the oldest one, by date and then symbol.
Place first_use(const Generation& generation, const std::vector<Place>& uses);
// The newest first.
void sort_uses(const Generation& generation, std::vector<Place>& uses);

}  // namespace resolute::search
