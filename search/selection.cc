#include "search/selection.h"

#include <algorithm>
#include <limits>

namespace resolute::search {

Selection::Selection(const Searcher& searcher, const SearchRequest& r, std::optional<Language> lang) : g_(searcher.generation()) {
  auto filters = r.filters;
  for (const Field field : {Field::cites, Field::symbol})
    if (const auto it = filters.find(field); it != filters.end())
      for (auto* list : {&it->second.any, &it->second.none})
        for (auto& v : *list)
          if (const auto resolved = searcher.resolve(v); !resolved.symbol.empty()) v = resolved.symbol;
  for (uint32_t s = 0; s < g_.segments().size(); ++s) {
    const auto& segment = *g_.segments()[s];
    auto& in = document_in_.emplace_back(segment.documents(), true);
    for (uint32_t d = 0; d < segment.documents(); ++d) {
      const int32_t date = segment.date[d];
      const bool undated = date == std::numeric_limits<int32_t>::min();
      const auto cited = static_cast<int64_t>(segment.cited_by[d]);
      in[d] = !segment.deleted[d] && (!lang || segment.lang(d) == *lang) &&
              !((r.date_from || r.date_to) && undated) && !(r.date_from && date < *r.date_from) && !(r.date_to && date > *r.date_to) &&
              !(r.cited_from && cited < *r.cited_from) && !(r.cited_to && cited > *r.cited_to);
    }
    action_out_.emplace_back();
    for (const auto& [field, filter] : filters) restrict(s, field, filter);
  }
}

void Selection::restrict(uint32_t s, Field field, const Filter& filter) {
  const auto& segment = *g_.segments()[s];
  std::vector<std::string> any, none;
  for (const auto& v : filter.any) any.push_back(canonical_value(field, v));
  for (const auto& v : filter.none) none.push_back(canonical_value(field, v));
  // A State alone stands for each of its votes.
  const auto in = [field](const std::vector<std::string>& list, std::string_view v) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& l) { return v == l || (field == Field::voter && v.starts_with(l + ":")); });
  };
  const auto out = [&](std::string_view v) { return (!any.empty() && !in(any, v)) || in(none, v); };
  if (field == Field::kind) {
    for (size_t k = 0; k <= static_cast<size_t>(ParagraphKind::plain); ++k) kind_out_[k] = out(print_kind(static_cast<ParagraphKind>(k)));
    return;
  }
  if (field == Field::action) {
    for (size_t i = 0; i < segment.action.values.size(); ++i) action_out_[s].push_back(out(segment.action.values[i]));
    return;
  }
  const auto& column = segment.columns[static_cast<size_t>(field)];
  std::vector<uint8_t> how(column.values.size());  // 1 wanted, 2 unwanted
  for (size_t i = 0; i < column.values.size(); ++i) how[i] = static_cast<uint8_t>((in(any, column.values[i]) ? 1 : 0) | (in(none, column.values[i]) ? 2 : 0));
  for (uint32_t d = 0; d < segment.documents(); ++d) {
    bool wanted = any.empty(), unwanted = false;
    for (const uint32_t id : column.of[d]) {
      wanted = wanted || (how[id] & 1);
      unwanted = unwanted || (how[id] & 2);
    }
    if (!wanted || unwanted) document_in_[s][d] = false;
  }
}

}  // namespace resolute::search
