// Documents and paragraphs as catalogues and reference managers take them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "schemas/document.h"

namespace resolute::http {

// What is said of a document, or of one paragraph of it.
struct Citable {
  const Document& document;           // its paragraphs are not looked at
  std::string url;                    // where it is read, absolute or within this service
  std::string label, text, fragment;  // of the paragraph; empty where the document is meant
};

// RIS, as Zotero, EndNote and others read it ("RIS Format Specifications", 2011): one record, of type RPRT, its symbol as number.
std::string print_ris(const Citable& what);
// A BibTeX entry of type techreport; its key is the identifier, other characters than letters and digits written "-".
std::string print_bibtex(const Citable& what);
// An item of CSL-JSON 1.0.2.
nlohmann::ordered_json print_csl(const Citable& what);
// schema.org/Legislation as JSON-LD.
nlohmann::ordered_json print_jsonld(const Citable& what);
// A record of MARCXML without the collection around it; fields as the United Nations Digital Library uses them, so that
// indexer/reader_marcxml reads it again.
std::string print_marcxml(const Citable& what);
inline constexpr const char* kMarcxmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<collection xmlns=\"http://www.loc.gov/MARC21/slim\">\n";
inline constexpr const char* kMarcxmlTail = "</collection>\n";

// Who adopted it, for people: "United Nations General Assembly", 联合国大会.
std::string author_of(const Document& document);
// "Resolution", "决议".
std::string genre_of(const Document& document);
// Its title, else its symbol.
std::string title_of(const Document& document);

}  // namespace resolute::http
