// What must hold of any record that a reader gives, whatever the bytes: it is printed and
// read again, and it joins a document and leaves it.
#pragma once

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "indexer/readers/record.h"
#include "schemas/document_json.h"
#include "schemas/symbol.h"

namespace resolute::indexer {

inline void check_record(const Record& r) {
  const auto printed = [](const nlohmann::json& json) { return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); };
  const auto symbol = parse_symbol(r.symbol);
  if (!symbol || symbol->text() != r.symbol) std::abort();
  if (!r.data.date.empty() && !parse_date(r.data.date)) std::abort();
  const auto json = printed(print_record(r));
  if (printed(print_record(parse_record(nlohmann::json::parse(json)))) != json) std::abort();
  Document d;
  d.identifier = r.symbol;
  d.format = "text";
  d.date = "2038-03-11";
  d.vote.yes = 3;
  const auto own = metadata_of(d);
  const auto before = print_document(d).dump();
  join(d, {&r, &r});
  restore(d, own);
  if (print_document(d).dump() != before) std::abort();
}

}  // namespace resolute::indexer
