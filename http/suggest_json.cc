#include "http/suggest_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "http/api_json.h"

namespace resolute::http {
using nlohmann::ordered_json;

std::variant<SuggestRequest, Problem> parse_suggest(const Parameters& parameters) {
  SuggestRequest out;
  ParameterReader reader(parameters);
  out.q = reader.query("q", search::kMostSuggestBytes);
  out.lang = reader.language("lang");
  out.own = reader.language("ui");
  out.limit = reader.number("limit", 1, search::kMostSuggestions).value_or(out.limit);
  if (auto p = reader.problem()) return *p;
  return out;
}

std::variant<search::SearchRequest, Problem> parse_related(const Parameters& parameters) {
  search::SearchRequest out;
  ParameterReader reader(parameters);
  out.q = reader.query("q", search::kMostQueryBytes);
  reader.filters(out);
  out.limit = reader.number("limit", 1, search::kMostRelated).value_or(8);
  if (auto p = reader.problem()) return *p;
  return out;
}

ordered_json print_suggestions(std::string_view q, const std::vector<search::Suggestion>& suggestions) {
  ordered_json o = {{"q", q}, {"suggestions", ordered_json::array()}};
  for (const auto& s : suggestions)
    o["suggestions"].push_back({{"kind", search::print_suggestion_kind(s.kind)},
                                {"text", s.text},
                                {"value", text_or_null(s.value)},
                                {"lang", s.lang ? ordered_json(print_language(*s.lang)) : ordered_json(nullptr)},
                                {"documents", s.documents},
                                {"title", text_or_null(s.title)},
                                {"date", text_or_null(s.date)}});
  return o;
}

ordered_json print_related(std::string_view q, const search::Related& related) {
  ordered_json o = {{"q", q}};
  const auto print = [](const std::vector<search::RelatedSearch>& list) {
    auto out = ordered_json::array();
    for (const auto& r : list) out.push_back({{"text", r.text}, {"count", r.count}, {"strength", std::round(r.strength * 10) / 10}});
    return out;
  };
  o["subjects"] = print(related.subjects);
  o["phrases"] = print(related.phrases);
  return o;
}

}  // namespace resolute::http
