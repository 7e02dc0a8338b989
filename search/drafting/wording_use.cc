#include "search/drafting/wording_use.h"

#include <algorithm>

#include "schemas/document.h"

namespace resolute::search {

WordingUse describe_use(const Generation& g, const ParagraphRef& at) {
  const auto& segment = g.segment(at);
  const DocumentRef document = g.document_of(at);
  WordingUse u;
  u.fragment = segment.fragment(at.paragraph);
  u.id = g.id(at);
  u.symbol = g.identifier(document);
  u.date = print_date(g.date(document));
  u.number = segment.number(at.paragraph);
  u.kind = segment.kind(at.paragraph);
  return u;
}

ParagraphRef first_use(const Generation& g, const std::vector<ParagraphRef>& uses) {
  const auto place = [&](const ParagraphRef& at) { return g.standing(g.document_of(at)).oldest_first; };
  return *std::min_element(uses.begin(), uses.end(), [&](const ParagraphRef& a, const ParagraphRef& b) { return place(a) < place(b); });
}

void sort_uses(const Generation& g, std::vector<ParagraphRef>& uses) {
  const auto place = [&](const ParagraphRef& at) { return g.standing(g.document_of(at)).newest_first; };
  std::sort(uses.begin(), uses.end(), [&](const ParagraphRef& a, const ParagraphRef& b) {
    const uint32_t x = place(a), y = place(b);
    return x != y ? x < y : a.paragraph < b.paragraph;
  });
}

}  // namespace resolute::search
