// Completions and related searches as the JSON of the API (contract: schemas/openapi.json).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <variant>

#include "http/parameters.h"
#include "search/drafting/suggest.h"
#include "search/related.h"

namespace resolute::http {

struct SuggestRequest {
  std::string q;
  std::optional<Language> lang, own;  // own: of the reader, whose comes first
  size_t limit = 10;
};

// The request of a query string: q, lang and limit.
std::variant<SuggestRequest, Problem> parse_suggest(const Parameters& parameters);
// The request of a query string: q, the filters of a search and limit, of each kind.
std::variant<search::SearchRequest, Problem> parse_related(const Parameters& parameters);
nlohmann::ordered_json print_suggestions(std::string_view q, const std::vector<search::Suggestion>& suggestions);
nlohmann::ordered_json print_related(std::string_view q, const search::Related& related);

}  // namespace resolute::http
