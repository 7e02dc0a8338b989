// A document in the formats of its users.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/document.h"

namespace resolute::http {

enum class DocumentFormat : uint8_t { json, text, html, akn, marcxml, ris, bibtex, csl, jsonld, docx };

struct DocumentFormatInfo {
  DocumentFormat format;
  const char* name;        // as in format=
  const char* label;       // as people call it
  const char* ending;      // as in /v1/documents/A/RES/91/12.txt
  const char* media_type;  // as in Accept
  bool utf8;               // the type says its encoding
};

// Every one; of those that Accept wants alike the first is meant.
std::span<const DocumentFormatInfo> document_formats();
// That of an address's ending, which is taken off; nullptr where it has none.
const DocumentFormatInfo* take_ending(std::string& address);
// That which an Accept field wants most.
const DocumentFormatInfo& negotiated(std::string_view accept);
const DocumentFormatInfo& info(DocumentFormat format);

// All but JSON, which the API makes. `url` is where people read the document; `base` stands before addresses. Throws Error(unavailable)
// where a Word file cannot be made.
std::string print_document(const Document& document, DocumentFormat format, const std::string& url, const std::string& base);

// The media type of the file that a document was read from.
const char* source_type(const Document& document);

// The value of a Link field (RFC 8288): the document in its other formats and languages, and its file. `languages` has those that there are.
std::string print_links(const Document& document, const std::string& base, const std::vector<Language>& languages, bool has_source);

// Names and contents of the <meta> elements by which reference managers know a document: Highwire's citation_* and
// Dublin Core. `url` is absolute, or empty.
std::vector<std::pair<std::string, std::string>> citation_metas(const Document& document, const std::string& url);

}  // namespace resolute::http
