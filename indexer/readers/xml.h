// What the markup readers share: guarded parsing with libxml2 into a small tree of our own.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/document.h"

struct _xmlDict;  // NOLINT(bugprone-reserved-identifier): libxml2's

namespace resolute::indexer {

struct XmlAttribute {
  std::string_view name, value;  // the name without its namespace
  const XmlAttribute* next = nullptr;
};

// An element or a run of text (CDATA too). Comments and processing instructions are left out.
struct XmlNode {
  std::string_view name;  // of an element, without its namespace; empty for text
  std::string_view text;  // empty for an element
  const XmlAttribute* attributes = nullptr;
  const XmlNode* children = nullptr;
  const XmlNode* next = nullptr;

  bool is_element() const { return !name.empty(); }
  // Empty where there is none.
  std::string_view attribute(std::string_view key) const;
  // The first child element of that name; null where there is none.
  const XmlNode* child(std::string_view wanted) const;
  // The text that stands directly in it.
  std::string content() const;
};

// A file's tree, alive as long as this is.
struct ParsedXml {
  const XmlNode* root = nullptr;  // null where nothing could be read
  bool well_formed = true;
  bool crowded = false;       // it was not read on: kMostAttributes, kMostNames
  bool too_deep = false;      // it was not read on: kMostDepth
  std::string error;          // libxml2's last, empty where none
  int line = 0;               // of the error
  bool entity_error = false;  // it is of an entity
  int entity_line = 0;        // where the text names an entity that the file itself defines (other than "nbsp"); 0: nowhere

  struct FreeDict {
    void operator()(_xmlDict* dict) const;
  };
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory;  // of nodes, values and texts
  std::unique_ptr<_xmlDict, FreeDict> names;
};

// libxml2 compares every attribute of an element with all others, and keeps every name: beyond these a file takes minutes.
inline constexpr size_t kMostAttributes = 1'000;  // of an element
inline constexpr int kMostNames = 50'000;         // distinct ones of a file
inline constexpr int kMostDepth = 256;            // elements in each other; libxml2 would end there, too

// Reads what can be read of ill-formed XML too. No entity is parsed or substituted (but "nbsp" gives
// its space), nothing is loaded, depth and sizes stay at libxml2's guarded limits.
ParsedXml parse_xml(std::string_view bytes);
// Closes what was left open, drops end tags that close nothing and characters that XML does not allow, so that no text is lost.
std::string mend_xml(std::string_view bytes);
// HTML as browsers read it, under the same guards. `encoding`: an IANA name, or empty to
// believe the file.
ParsedXml parse_html(std::string_view bytes, const std::string& encoding);

// Why a file is not read, mended or not: nested too deep, or what it says hangs on entities that it defines.
std::optional<Rejection> hostile_xml(const std::string& path, std::string_view bytes, const ParsedXml& parsed);

}  // namespace resolute::indexer
