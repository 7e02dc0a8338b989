#include "http/history_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "http/api_json.h"
#include "http/draft_json.h"
#include "schemas/result.h"

namespace resolute::http {
namespace {

using nlohmann::ordered_json;

ordered_json print_series(const std::vector<search::SeriesDocument>& series) {
  ordered_json out = ordered_json::array();
  for (const auto& d : series)
    out.push_back({{"symbol", d.symbol}, {"date", text_or_null(d.date)}, {"session", text_or_null(d.session)}, {"title", text_or_null(d.title)}});
  return out;
}

ordered_json print_clause(const search::Clause& c, const std::string& symbol, Language lang) {
  const std::string id = symbol + "@" + print_language(lang), other = symbol + "@" + print_language(other_language(lang));
  return {{"id", id + "#" + c.fragment},
          {"kind", print_kind(c.kind)},
          {"number", text_or_null(c.number)},
          {"label", print_label(c.kind, c.fragment, c.number)},
          {"text", c.text},
          {"parallel", c.parallel.empty() ? ordered_json(nullptr) : ordered_json(other + "#" + c.parallel)}};
}

}  // namespace

ordered_json print_clause_history(const search::ClauseHistory& h) {
  ordered_json o;
  o["id"] = h.symbol + "@" + print_language(h.lang) + "#" + h.fragment;
  o["lang"] = print_language(h.lang);
  o["series"] = print_series(h.series);
  auto& states = o["history"] = ordered_json::array();
  for (const auto& s : h.states) {
    const auto& d = h.series[s.document];
    ordered_json j;
    j["symbol"] = d.symbol;
    j["date"] = text_or_null(d.date);
    j["session"] = text_or_null(d.session);
    j["event"] = search::print_event(s.event);
    auto& paragraphs = j["paragraphs"] = ordered_json::array();
    for (const auto& c : s.clauses) paragraphs.push_back(print_clause(c, d.symbol, h.lang));
    if (s.similarity > 0) j["similarity"] = rounded(s.similarity);
    if (!s.diff.empty()) j["diff"] = print_diff(s.diff);
    states.push_back(std::move(j));
  }
  return o;
}

ordered_json print_clause_table(const search::ClauseTable& t) {
  ordered_json o;
  o["symbol"] = t.symbol;
  o["lang"] = print_language(t.lang);
  o["series"] = print_series(t.series);
  auto& rows = o["clauses"] = ordered_json::array();
  for (const auto& row : t.rows) {
    auto& cells = rows.emplace_back(ordered_json::array());
    for (size_t d = 0; d < row.size(); ++d) {
      if (!row[d]) {
        cells.push_back(nullptr);
        continue;
      }
      const auto& cell = *row[d];
      ordered_json j;
      j["event"] = search::print_event(cell.event);
      if (!cell.clause.fragment.empty()) j["paragraph"] = print_clause(cell.clause, t.series[d].symbol, t.lang);
      if (cell.similarity > 0) j["similarity"] = rounded(cell.similarity);
      if (cell.event == search::ClauseEvent::split || cell.event == search::ClauseEvent::merged) j["clause"] = cell.other;
      cells.push_back(std::move(j));
    }
  }
  return o;
}

}  // namespace resolute::http
