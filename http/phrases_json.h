// Repeated phrases as the JSON of the API (contract: schemas/openapi.json).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <variant>

#include "http/parameters.h"
#include "search/drafting/phrases.h"

namespace resolute::http {

// The request of a query string: q, the filters of a search and limit.
std::variant<search::PhraseRequest, Problem> parse_phrases(const Parameters& parameters);
nlohmann::ordered_json print_phrases(const search::PhraseResult& result, const search::PhraseRequest& request);

}  // namespace resolute::http
