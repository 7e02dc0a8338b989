// A Document as the JSON of `resolute lint`, of JSON Lines files and of the API.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "schemas/document.h"

namespace resolute {

// Spans are printed in Unicode code points of the paragraph's text (contract.md).
nlohmann::ordered_json print_document(const Document& document);

// Accepts what print_document prints; only symbol, lang and text or paragraphs are
// required. A Rejection says what is wrong with it.
std::variant<Document, Rejection> parse_document(const nlohmann::json& json);

// Code points before byte `at` of UTF-8 `text`, and back.
size_t code_points(std::string_view text, size_t at);
size_t byte_offset(std::string_view text, size_t code_point);

}  // namespace resolute
