// Tools for assistants: the Model Context Protocol, stateless, a JSON-RPC message at a time ("Model Context Protocol", 2025-06-18).
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "http/parameters.h"

namespace resolute::http {

// How a tool asks the service: a route by its name, what stands for {...} in its pattern, the parameters, and a body. Gives the
// answer's JSON, or the problem.
struct Asked {
  int status = 200;
  nlohmann::ordered_json body;
};
using Ask = std::function<Asked(const char* route, const std::string& named, const Parameters& given, const std::string& body)>;

// The answer to a message; nullopt where it wants none (a notification, a response). `base` stands before addresses. Every tool only
// reads; what it answers carries the id, the address and the text of each paragraph that it tells of.
std::optional<nlohmann::ordered_json> answer_message(const nlohmann::ordered_json& message, const std::string& base, const Ask& ask);
// The answer to what is no JSON.
nlohmann::ordered_json refuse_message();

}  // namespace resolute::http
