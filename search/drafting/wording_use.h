// A paragraph that bears a wording, as answers name it.
#pragma once

#include <string>

#include "search/generation.h"

namespace resolute::search {

struct WordingUse {
  std::string id, symbol, date, fragment, number;
  ParagraphKind kind = ParagraphKind::plain;
};

WordingUse describe_use(const Generation& generation, const ParagraphRef& at);
// Of uses that are not none: the oldest one, by date and then symbol.
ParagraphRef first_use(const Generation& generation, const std::vector<ParagraphRef>& uses);
// The newest first.
void sort_uses(const Generation& generation, std::vector<ParagraphRef>& uses);

}  // namespace resolute::search
