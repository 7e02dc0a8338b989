// Whole lists of results as files: CSV, XLSX, DOCX, JSON Lines, MARCXML, RIS, BibTeX, CSL-JSON; a feed as Atom.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/columns.h"
#include "http/handler.h"
#include "http/parameters.h"
#include "schemas/arrivals.h"

namespace resolute::http {

enum class ExportFormat : uint8_t { csv, xlsx, docx, jsonl, marcxml, ris, bibtex, csl, atom };

struct ExportInfo {
  ExportFormat format;
  const char* name;       // as in /v1/search.csv and --format csv
  const char* extension;  // of a file of it
  const char* media_type;
  bool whole;  // it holds everything, whatever `limit` says
};

// Every one.
std::span<const ExportInfo> export_formats();
const ExportInfo* find_export(std::string_view name);  // nullptr where there is none

struct ExportRequest {
  search::SearchRequest search;
  std::vector<const Column*> columns;
  bool head = true;                          // what was asked, of which revision, how many there are and when: before the rows
  std::optional<size_t> limit;               // of formats that follow one
  std::string filters;                       // as they were given, for the head
  uint64_t since = 0;                        // only what the index learned of in this revision or later
  std::shared_ptr<const Arrivals> arrivals;  // needed where `since` is set, and by feeds
  std::optional<Language> reader;            // of files for people: in the words of this language
  std::string base;                          // before addresses
  std::string self;                          // the address asked for
};

// The parameters of a search, since_revision, and columns=NAME,NAME, parallel=on|off, head=on|off, ui=zh|en. limit, cursor, facets and explain of a page may
// stand; formats that hold everything do not look at them.
std::variant<ExportRequest, Problem> parse_export(const Parameters& parameters);

// The file, piece by piece. Memory is bounded by the list, some 16 bytes a hit, and a piece. Throws Error before the first piece;
// pieces throw Error where the index is damaged.
BodyStream export_list(std::shared_ptr<const search::Searcher> searcher, const ExportInfo& format, const ExportRequest& request);

}  // namespace resolute::http
