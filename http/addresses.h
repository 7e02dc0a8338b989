// Addresses of documents and paragraphs: this service's own, and the official ones.
#pragma once

#include <string>
#include <string_view>

#include "schemas/document.h"

namespace resolute::http {

// A component of a URL; the marks of `also` stay as they are.
std::string percent_encode(std::string_view s, std::string_view also = {});
// The same for a path: / and what may stand in a path stay as they are.
std::string percent_encode_path(std::string_view s);

// Where people read it. `base` stands before it: "https://example.org/un", or empty for an address within this service.
std::string document_address(const std::string& base, const std::string& symbol, Language lang);
std::string paragraph_address(const std::string& base, const std::string& symbol, Language lang, const std::string& fragment);
// Where programs read it: /v1/documents/SYMBOL@LANG; `suffix` is ".json" or the like.
std::string api_address(const std::string& base, const std::string& symbol, Language lang, std::string_view suffix = "");
// The United Nations' own address of a document.
std::string official_address(const std::string& symbol, Language lang);
// A name for ever, whatever serves it: of a document SYMBOL@LANG or of a paragraph.
std::string urn(std::string_view id);

}  // namespace resolute::http
