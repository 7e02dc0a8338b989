#include "http/suggest_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "schemas/ascii.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

using nlohmann::ordered_json;

Problem invalid(const std::string& parameter, const std::string& why) { return {400, "invalid-parameter", "A parameter cannot be used", why, parameter}; }

ordered_json text_or_null(const std::string& s) { return s.empty() ? ordered_json(nullptr) : ordered_json(s); }

// A number from 1 to `most` of at most two digits; 0 where it is none.
size_t read_limit(const std::string& value, size_t most) {
  if (value.empty() || value.size() > 2 || !std::all_of(value.begin(), value.end(), is_digit)) return 0;
  const size_t n = std::stoul(value);
  return n <= most ? n : 0;
}

}  // namespace

std::variant<SuggestRequest, Problem> parse_suggest(const Parameters& parameters) {
  SuggestRequest out;
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : parameters) {
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) return invalid(name, "it is given more than once");
    seen.push_back(name);
    if (name == "q") {
      out.q = value;
      if (value.size() > search::kMostSuggestBytes) return Problem{414, "query-too-long", "The query is too long", "q may have at most " + std::to_string(search::kMostSuggestBytes) + " bytes", "q"};
    } else if (name == "lang") {
      out.lang = parse_language(value);
      if (!out.lang) return invalid(name, "expected zh or en");
    } else if (name == "ui") {
      out.own = parse_language(value);
      if (!out.own) return invalid(name, "expected zh or en");
    } else if (name == "limit") {
      out.limit = read_limit(value, search::kMostSuggestions);
      if (!out.limit) return invalid(name, "expected a number from 1 to " + std::to_string(search::kMostSuggestions));
    } else {
      return Problem{400, "unknown-parameter", "A parameter is unknown", "known are: q, lang, ui, limit", text::tidy(name).substr(0, 80)};
    }
  }
  return out;
}

std::variant<search::SearchRequest, Problem> parse_related(const Parameters& parameters) {
  bool limited = false;
  for (const auto& [name, value] : parameters) {
    if (name == "limit") {
      limited = true;
      if (!read_limit(value, search::kMostRelated)) return invalid(name, "expected a number from 1 to " + std::to_string(search::kMostRelated));
    } else if (!parse_field(name) && name != "q" && name != "date_from" && name != "date_to" && name != "cited_by") {
      std::string list = "q";
      for (const auto& f : fields()) list += std::string(", ") + f.name;
      return Problem{400, "unknown-parameter", "A parameter is unknown", "known are: " + list + ", date_from, date_to, cited_by, limit", text::tidy(name).substr(0, 80)};
    }
  }
  auto parsed = parse_search(parameters);
  if (auto* r = std::get_if<search::SearchRequest>(&parsed); r && !limited) r->limit = 8;
  return parsed;
}

ordered_json print_suggestions(std::string_view q, const std::vector<search::Suggestion>& suggestions) {
  ordered_json o = {{"q", q}, {"suggestions", ordered_json::array()}};
  for (const auto& s : suggestions)
    o["suggestions"].push_back({{"kind", search::print_suggestion_kind(s.kind)}, {"text", s.text}, {"value", text_or_null(s.value)},
                                {"lang", s.lang ? ordered_json(print_language(*s.lang)) : ordered_json(nullptr)}, {"documents", s.documents},
                                {"title", text_or_null(s.title)}, {"date", text_or_null(s.date)}});
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
