// The columns that a list of results can have, and their cells.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/result_list.h"

namespace resolute::http {

// A hit of a list on its way into a row.
struct Row {
  const search::ResultList& list;
  size_t place;
  const Match& match;
  const std::string& base;  // what stands before addresses of this service: "https://example.org/un", or empty
};

struct Column {
  const char* name;                                // as in `columns=`, and at the head of CSV and JSON
  const char *label, *label_zh;                    // at the head of a sheet
  int width;                                       // there, in characters
  nlohmann::ordered_json (*cell)(const Row& row);  // a text, a number, a list of texts, or null
};

// Every one.
std::span<const Column> columns();
// nullptr where there is none.
const Column* find_column(std::string_view name);
// Those of a list where a request names none.
std::vector<const Column*> default_columns(search::Unit unit, bool with_parallel);

// A cell as text: a list's values joined, null empty.
std::string cell_text(const nlohmann::ordered_json& cell);
// A cell in the words of a reader's language: values of fields by their names, the place as the pages say it.
std::string cell_words(const Column& column, const Row& row, Language reader);
// A field of CSV (RFC 4180), a text in quotation marks; one that a spreadsheet could take for a formula begins with an apostrophe.
std::string csv_field(const nlohmann::ordered_json& cell);

}  // namespace resolute::http
