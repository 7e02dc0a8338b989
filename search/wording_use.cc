#include "search/wording_use.h"

#include <algorithm>
#include <limits>

#include "schemas/document.h"

namespace resolute::search {

WordingUse describe_use(const Generation& g, const Place& at) {
  const auto& s = *g.segments()[at.segment];
  const uint32_t d = s.document_of[at.paragraph];
  WordingUse u;
  u.fragment = s.fragment[at.paragraph];
  u.id = s.id(d) + "#" + u.fragment;
  u.symbol = s.identifier[d];
  if (s.date[d] != std::numeric_limits<int32_t>::min()) u.date = print_date(s.date[d]);
  u.number = s.number[at.paragraph];
  u.kind = static_cast<ParagraphKind>(s.kind[at.paragraph]);
  return u;
}

Place first_use(const Generation& g, const std::vector<Place>& uses) {
  const auto rank = [&](const Place& p) { return g.segments()[p.segment]->oldest_rank[g.segments()[p.segment]->document_of[p.paragraph]]; };
  return *std::min_element(uses.begin(), uses.end(), [&](const Place& a, const Place& b) { return rank(a) < rank(b); });
}

void sort_uses(const Generation& g, std::vector<Place>& uses) {
  const auto rank = [&](const Place& p) { return g.segments()[p.segment]->rank[g.segments()[p.segment]->document_of[p.paragraph]]; };
  std::sort(uses.begin(), uses.end(), [&](const Place& a, const Place& b) {
    const uint32_t x = rank(a), y = rank(b);
    return x != y ? x < y : a.paragraph < b.paragraph;
  });
}

}  // namespace resolute::search
