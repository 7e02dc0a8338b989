// The parameters of a search, from a query string or from the command line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "search/searcher.h"

namespace resolute::http {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// What is wrong with a request: an RFC 9457 problem.
struct Problem {
  int status = 400;
  std::string type;       // "invalid-parameter", stable
  std::string title;      // one line
  std::string detail;     // what was wrong and what is allowed
  std::string parameter;  // the one at fault, or empty
};

// "a=1&b=%E5%A4%A7" -> pairs. A Problem where an escape is broken, the bytes are not
// UTF-8 or hold a control character.
std::variant<Parameters, Problem> parse_query_string(std::string_view raw);
// One percent-encoded component; nullopt where it is broken.
std::optional<std::string> decode(std::string_view raw, bool plus_is_space);

std::variant<search::SearchRequest, Problem> parse_search(const Parameters& parameters);

}  // namespace resolute::http
