#include "search/selection.h"

#include <algorithm>

#include "schemas/body.h"
#include "schemas/symbol.h"

namespace resolute::search {

bool spell_symbol(const Searcher& searcher, std::string& value) {
  if (parse_symbol(value) || !searcher.generation().find(value).empty()) return true;
  const auto resolved = searcher.resolve(value);
  if (!parse_symbol(resolved.symbol)) return false;
  value = resolved.symbol;
  return true;
}

std::string doubt_value(const Generation& g, Field field, const std::string& given) {
  const auto value = canonical_value(field, given);
  if (field == Field::symbol) return g.find(value).empty() ? "The index has no document " + value : "";
  if (field == Field::committee || field == Field::concerns)  // an id that no list knows is more often a slip
    if (std::none_of(bodies().begin(), bodies().end(), [&](const auto& b) { return value == b.id; })) return "\"" + given + "\" is no committee or body";
  const auto has = [&](const Segment& s) {
    if (field == Field::kind) return parse_kind(value).has_value();
    const auto& values = field == Field::action ? s.actions() : s.column(field).values();
    const size_t at = values.lower_bound(value);
    return at < values.size() && (values[at] == value || (field == Field::voter && values[at].starts_with(value + ":")));
  };
  if (std::any_of(g.segments().begin(), g.segments().end(), [&](const auto& s) { return has(*s); })) return "";
  return std::string("No ") + (info(field).scope == Scope::document ? "document" : "paragraph") + " of the index has " + info(field).name + ":" + given;
}

std::vector<std::string> spell_filters(const Searcher& searcher, SearchRequest& r) {
  std::vector<std::string> notices;
  for (auto& [field, filter] : r.filters) {
    std::vector<std::string> no_symbols;
    if (field == Field::symbol || field == Field::cites)
      for (auto* list : {&filter.any, &filter.none})
        for (auto& value : *list)
          if (!spell_symbol(searcher, value)) no_symbols.push_back(value);
    for (const auto& value : no_symbols) notices.push_back("\"" + value + "\" is no symbol of a document");
    for (const auto& value : filter.any) {
      if (std::find(no_symbols.begin(), no_symbols.end(), value) != no_symbols.end()) continue;
      if (auto doubt = doubt_value(searcher.generation(), field, value); !doubt.empty()) notices.push_back(std::move(doubt));
    }
  }
  if (r.date_from && r.date_to && *r.date_from > *r.date_to) notices.push_back("The range of dates ends before it begins");
  if (r.cited_from && r.cited_to && *r.cited_from > *r.cited_to) notices.push_back("The range of citations ends before it begins");
  return notices;
}

Selection::Selection(const Generation& generation, const SearchRequest& r, std::optional<Language> lang)
    : generation_(generation), action_out_(generation.segments().size()) {
  const bool filtered = !r.filters.empty() || r.date_from || r.date_to || r.cited_from || r.cited_to;
  for (size_t s = 0; s < generation_.segments().size(); ++s) {
    const auto& segment = generation_.segment(s);
    auto& out = document_out_.emplace_back(segment.documents(), 0);
    bool all = !filtered;
    for (const DocumentId d : segment.all_documents()) {
      if (segment.deleted(d) || (r.among && !(*r.among)[s][d])) out[d] |= kOutDeleted, all = false;
      if (lang && segment.lang(d) != *lang) out[d] |= kOutByLanguage;
      if (r.date_from || r.date_to) {
        const auto date = segment.date(d);
        if (!date || (r.date_from && *date < *r.date_from) || (r.date_to && *date > *r.date_to)) out[d] |= kOutByRange;
      }
      const auto cited = static_cast<int64_t>(segment.standing(d).cited_by);
      if ((r.cited_from && cited < *r.cited_from) || (r.cited_to && cited > *r.cited_to)) out[d] |= kOutByRange;
    }
    everything_.push_back(all);
    for (const auto& [field, filter] : r.filters)
      if (info(field).scope == Scope::document) restrict_documents(s, field, filter);
  }
  for (const auto& [field, filter] : r.filters)
    if (info(field).scope == Scope::paragraph) restrict_paragraphs(field, filter);
}

void Selection::restrict_documents(size_t s, Field field, const Filter& filter) {
  const auto& segment = generation_.segment(s);
  const auto& column = segment.column(field);
  std::vector<uint8_t> how(column.values().size(), 0);  // 1 wanted, 2 unwanted
  const auto mark = [&](const std::string& given, uint8_t as) {
    const auto value = canonical_value(field, given);
    for (size_t i = column.values().lower_bound(value); i < column.values().size(); ++i) {
      const auto v = column.values()[i];
      // A State alone stands for each of its votes.
      if (v == value || (field == Field::voter && v.starts_with(value + ":")))
        how[i] |= as;
      else if (!v.starts_with(value))
        break;
    }
  };
  for (const auto& v : filter.any) mark(v, 1);
  for (const auto& v : filter.none) mark(v, 2);
  for (const DocumentId d : segment.all_documents()) {
    bool wanted = filter.any.empty(), unwanted = false;
    for (const uint32_t id : column.of(d)) {
      wanted = wanted || (how[id] & 1);
      unwanted = unwanted || (how[id] & 2);
    }
    if (!wanted || unwanted) document_out_[s][d] |= bit(field);
  }
}

void Selection::restrict_paragraphs(Field field, const Filter& filter) {
  by_paragraph_ = true;
  std::vector<std::string> any, none;
  for (const auto& v : filter.any) any.push_back(canonical_value(field, v));
  for (const auto& v : filter.none) none.push_back(canonical_value(field, v));
  const auto in = [](const std::vector<std::string>& list, std::string_view v) { return std::find(list.begin(), list.end(), v) != list.end(); };
  const auto out = [&](std::string_view v) { return (!any.empty() && !in(any, v)) || in(none, v) ? bit(field) : 0; };
  if (field == Field::kind) {
    for (size_t k = 0; k <= static_cast<size_t>(ParagraphKind::plain); ++k) kind_out_[k] = out(print_kind(static_cast<ParagraphKind>(k)));
    return;
  }
  for (size_t s = 0; s < generation_.segments().size(); ++s) {
    const auto& values = generation_.segment(s).actions();
    for (size_t i = 0; i < values.size(); ++i) action_out_[s].push_back(out(values[i]));
  }
}

}  // namespace resolute::search
