#include "search/counts.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "schemas/symbol.h"
#include "search/parallel.h"

namespace resolute::search {
namespace {

constexpr size_t kParagraphKinds = static_cast<size_t>(ParagraphKind::plain) + 1;

// What matches in one segment.
struct Tally {
  std::vector<uint32_t> document;            // by document: paragraphs that no paragraph filter keeps out
  std::vector<uint64_t> kind, action;        // by value
  std::vector<uint64_t> kind_of, action_of;  // with unit=document: document << 32 | value
};

// What stands for both languages of a document.
DocumentId first_version(const Segment& segment, DocumentId d) {
  const auto sibling = segment.sibling(d);
  return sibling && *sibling < d && !segment.deleted(*sibling) ? *sibling : d;
}

// Adds to each value how many documents have it.
void count_each_once(std::vector<uint64_t>& pairs, std::vector<uint64_t>& values) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (const uint64_t pair : pairs) ++values[static_cast<uint32_t>(pair)];
}

// Fills the tallies, and Counts::live.
std::vector<Tally> tally(const Generation& g, const Plan& plan, const Matches& matches, Counts& out) {
  std::vector<Tally> tallies(matches.segments.size());
  out.live.resize(matches.segments.size());
  const bool want_action = std::find(plan.request.facets.begin(), plan.request.facets.end(), Field::action) != plan.request.facets.end();
  const bool want_kind = std::find(plan.request.facets.begin(), plan.request.facets.end(), Field::kind) != plan.request.facets.end();
  constexpr uint32_t kParagraphBits = bit(Field::kind) | bit(Field::action);
  const bool paragraph_filters = plan.selection.restricts_paragraphs();
  const bool by_document = plan.together();
  parallel(matches.segments.size(), [&](size_t s) {
    const auto& segment = g.segment(s);
    auto& t = tallies[s];
    t.document.assign(segment.documents(), 0);
    t.kind.assign(kParagraphKinds, 0);
    t.action.assign(segment.actions().size(), 0);
    const auto& m = matches.segments[s];
    auto& live = out.live[s];
    const auto& document_out = plan.selection.documents_out(s);
    live.assign(m.wordings.size(), 0);
    if (!want_kind && !want_action && !paragraph_filters) {
      if (m.everything) {
        for (const DocumentId d : segment.all_documents()) t.document[d] = segment.paragraphs_of(d).size();
      } else {
        m.each_paragraph(segment, [&](ParagraphId p, size_t i) {
          const DocumentId d = segment.document_of(p);
          ++t.document[d];
          if (i != SegmentMatches::kNoWording && !document_out[d]) live[i] = 1;
        });
      }
    } else {
      m.each_paragraph(segment, [&](ParagraphId p, size_t i) {
        const DocumentId d = segment.document_of(p);
        const uint32_t held = paragraph_filters ? plan.selection.out(s, p) : document_out[d];
        if (!held && i != SegmentMatches::kNoWording) live[i] = 1;
        if (!(held & kParagraphBits)) ++t.document[d];
        if (!(held & ~bit(Field::kind))) {
          if (by_document)
            t.kind_of.push_back(uint64_t{first_version(segment, d)} << 32 | static_cast<uint32_t>(segment.kind(p)));
          else
            ++t.kind[static_cast<size_t>(segment.kind(p))];
        }
        if (want_action && !(held & ~bit(Field::action))) {
          if (by_document)
            t.action_of.push_back(uint64_t{first_version(segment, d)} << 32 | segment.action_place(p));
          else
            ++t.action[segment.action_place(p)];
        }
      });
      count_each_once(t.kind_of, t.kind);
      count_each_once(t.action_of, t.action);
    }
  });
  return tallies;
}

using ValueCounts = std::unordered_map<std::string_view, uint64_t>;

// How often each value of a field stands among what passes the filters of all other fields.
ValueCounts count_values(const Generation& g, const Plan& plan, const std::vector<Tally>& tallies, Field field) {
  ValueCounts counts;
  for (size_t s = 0; s < tallies.size(); ++s) {
    const auto& segment = g.segment(s);
    const auto& t = tallies[s];
    if (field == Field::kind) {
      for (size_t k = 0; k < t.kind.size(); ++k)
        if (t.kind[k]) counts[print_kind(static_cast<ParagraphKind>(k))] += t.kind[k];
      continue;
    }
    const auto& column = segment.column(field);
    if (field == Field::action) {
      for (size_t i = 0; i < t.action.size(); ++i)
        if (const auto value = segment.actions()[i]; t.action[i] && !value.empty()) counts[value] += t.action[i];
      continue;
    }
    std::vector<uint64_t> by_value(column.values().size(), 0);
    const auto passes = [&](DocumentId d) { return t.document[d] && !(plan.selection.documents_out(s)[d] & ~bit(field)); };
    const bool by_document = plan.together();
    for (const DocumentId d : segment.all_documents()) {
      if (!passes(d)) continue;
      const DocumentId first = by_document ? first_version(segment, d) : d;
      const bool other = first != d && passes(first);  // whose values were counted
      for (const uint32_t id : column.of(d)) {
        if (other && std::ranges::binary_search(column.of(first), id)) continue;
        by_value[id] += by_document ? 1 : t.document[d];
      }
    }
    for (size_t i = 0; i < by_value.size(); ++i)
      if (by_value[i]) counts[column.values()[i]] += by_value[i];
  }
  return counts;
}

// The values of a facet in their order, the selected ones always.
Facet order_values(const Plan& plan, Field field, const ValueCounts& counts) {
  Facet facet{field, {}};
  std::vector<std::string> selected;
  if (const auto it = plan.request.filters.find(field); it != plan.request.filters.end())
    for (const auto& v : it->second.any) selected.push_back(canonical_value(field, v));
  // A State alone selects however it voted.
  const auto is_selected = [&](std::string_view value) {
    return std::any_of(selected.begin(), selected.end(),
                       [&](const std::string& v) { return value == v || (field == Field::voter && value.starts_with(v + ":")); });
  };
  for (const auto& [value, n] : counts) facet.values.push_back({std::string(value), n, is_selected(value)});
  std::erase_if(selected, [&](const std::string& v) { return field == Field::voter && v.find(':') == std::string::npos; });
  for (const auto& v : selected)
    if (!counts.count(v) && std::none_of(facet.values.begin(), facet.values.end(), [&](const FacetCount& c) { return c.value == v; }))
      facet.values.push_back({v, 0, true});
  if (field == Field::year) {
    std::sort(facet.values.begin(), facet.values.end(), [](const auto& a, const auto& b) { return a.value > b.value; });
  } else {
    std::sort(facet.values.begin(), facet.values.end(), [](const FacetCount& a, const FacetCount& b) {
      return a.count != b.count ? a.count > b.count : Symbol::natural_less(a.value, b.value) || (!Symbol::natural_less(b.value, a.value) && a.value < b.value);
    });
    std::vector<FacetCount> kept;
    for (auto& v : facet.values)
      if (kept.size() < plan.request.facet_values || v.selected) kept.push_back(std::move(v));
    facet.values = std::move(kept);
  }
  return facet;
}

}  // namespace

Counts count(const Generation& g, const Plan& plan, const Matches& matches) {
  Counts out;
  const auto tallies = tally(g, plan, matches, out);
  for (size_t s = 0; s < matches.segments.size(); ++s)
    for (const DocumentId d : g.segment(s).all_documents())
      if (tallies[s].document[d] && !plan.selection.documents_out(s)[d]) {
        out.total += tallies[s].document[d];
        ++out.total_documents;
        const DocumentId first = first_version(g.segment(s), d);
        if (first == d || !tallies[s].document[first] || plan.selection.documents_out(s)[first]) ++out.total_works;
      }
  for (const Field field : plan.request.facets) out.facets.push_back(order_values(plan, field, count_values(g, plan, tallies, field)));
  return out;
}

}  // namespace resolute::search
