// What must hold of any document that a reader gives, whatever the bytes.
#pragma once

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "schemas/document_json.h"
#include "schemas/store.h"
#include "text/normalize.h"

namespace resolute {

inline void check_document(const Document& d) {
  if (d.identifier.empty() || d.paragraphs.empty()) std::abort();
  std::set<std::string> fragments;
  for (const auto& p : d.paragraphs) {
    if (p.fragment.empty() || p.fragment.find_first_of(" @#") != std::string::npos || !fragments.insert(p.fragment).second) std::abort();
    if (p.text.empty() || text::tidy(p.text) != p.text) std::abort();
    for (const auto& c : p.citations)
      if (c.span.begin > c.span.end || c.span.end > p.text.size() || c.symbol.empty()) std::abort();
  }
  if (encode_document(decode_document(encode_document(d, Texts::with)), Texts::with) != encode_document(d, Texts::with)) std::abort();
  print_document(d).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace resolute
