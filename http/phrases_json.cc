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
  ParameterReader reader(parameters);
  out.q = reader.query("q", search::kMostPhraseQueryBytes);
  reader.filters(out.filters);
  out.limit = reader.number("limit", 0, search::kMostPhrasesShown).value_or(out.limit);
  if (auto p = reader.problem()) return *p;
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
