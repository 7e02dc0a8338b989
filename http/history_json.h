// Clause histories as the JSON of the API (contract: schemas/openapi.json).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "search/drafting/clause_history.h"

namespace resolute::http {

nlohmann::ordered_json print_clause_history(const search::ClauseHistory& history);
nlohmann::ordered_json print_clause_table(const search::ClauseTable& table);

}  // namespace resolute::http
