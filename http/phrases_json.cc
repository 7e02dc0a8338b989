#include "http/phrases_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "http/api_json.h"
#include "http/draft_json.h"
#include "text/normalize.h"

namespace resolute::http {

using nlohmann::ordered_json;

std::variant<search::PhraseRequest, Problem> parse_phrases(const Parameters& parameters) {
  search::PhraseRequest out;
  bool limited = false;
  for (const auto& [name, value] : parameters) {
    limited = limited || name == "limit";
    if (parse_field(name) || name == "q" || name == "date_from" || name == "date_to" || name == "cited_by" || name == "limit") continue;
    std::string list = "q";
    for (const auto& f : fields()) list += std::string(", ") + f.name;
    return Problem{400, "unknown-parameter", "A parameter is unknown", "known are: " + list + ", date_from, date_to, cited_by, limit", text::tidy(name).substr(0, 80)};
  }
  auto parsed = parse_search(parameters);
  const Problem bad_limit{400, "invalid-parameter", "A parameter cannot be used", "expected a number from 0 to " + std::to_string(search::kMostPhrasesShown), "limit"};
  if (auto* p = std::get_if<Problem>(&parsed)) return p->parameter == "limit" ? bad_limit : *p;
  out.filters = std::move(std::get<search::SearchRequest>(parsed));
  out.q = out.filters.q;
  if (out.q.size() > search::kMostPhraseQueryBytes)
    return Problem{414, "query-too-long", "The query is too long", "q may have at most " + std::to_string(search::kMostPhraseQueryBytes) + " bytes", "q"};
  if (limited && out.filters.limit > search::kMostPhrasesShown) return bad_limit;
  if (limited) out.limit = out.filters.limit;
  return out;
}

ordered_json print_phrases(const search::PhraseResult& result, const search::PhraseRequest& request) {
  const auto share = [](double v) { return std::round(v * 100) / 100; };
  ordered_json o;
  o["q"] = request.q;
  o["notices"] = result.notices;
  o["total"] = result.total;
  auto& list = o["phrases"] = ordered_json::array();
  for (const auto& p : result.phrases) {
    ordered_json j;
    j["text"] = p.text;
    j["lang"] = print_language(p.lang);
    j["words"] = p.words;
    j["documents"] = p.documents;
    j["paragraphs"] = p.paragraphs;
    j["first"] = print_use(p.first);
    j["last"] = print_use(p.last);
    j["counts"] = {{"body", print_counts(Field::body, p.bodies)}, {"year", print_counts(Field::year, p.years)}};
    j["translation"] = p.translation ? ordered_json{{"text", p.translation->text}, {"agreement", share(p.translation->agreement)}} : ordered_json(nullptr);
    j["worth"] = share(p.worth);
    list.push_back(std::move(j));
  }
  return o;
}

}  // namespace resolute::http
