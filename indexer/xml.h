// What the XML readers share: guarded parsing with libxml2, and small looks at its nodes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/document.h"

struct _xmlDoc;
struct _xmlNode;

namespace resolute::indexer {

struct FreeXml {
  void operator()(_xmlDoc* doc) const;
};

struct ParsedXml {
  std::unique_ptr<_xmlDoc, FreeXml> doc;  // null where nothing could be read
  bool well_formed = true;
  std::string error;  // libxml2's last, empty where none
  int line = 0;       // of the error
};

// Reads what can be read of ill-formed XML too. No entity is substituted, nothing is
// loaded, depth and sizes stay at libxml2's guarded limits.
ParsedXml parse_xml(std::string_view bytes);
// HTML as browsers read it, under the same guards. `encoding`: an IANA name, or empty to
// believe the file.
ParsedXml parse_html(std::string_view bytes, const std::string& encoding);

// Why an ill-formed file is not mended: nested too deep, or it defines entities.
std::optional<Rejection> hostile_xml(const std::string& path, std::string_view bytes, const ParsedXml& parsed);

// An element's name without its namespace; empty for other nodes.
std::string_view name(const _xmlNode* node);
std::string attribute(const _xmlNode* node, const char* key);

}  // namespace resolute::indexer
