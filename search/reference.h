// A reference as people type or paste it, taken apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::search {

// What stands in the text that names documents, and nothing else of weight beside it.
struct Reference {
  std::vector<std::string> symbols;  // canonical, in order; of a list all
  std::string council_number;        // "1325": a resolution of the Security Council without its year
  std::string fragment;              // of a paragraph named beside the symbol, as ids have it: "op5", "pp3", "an1"; else empty
  std::string last_fragment;         // of a range, "paras. 5-7": its last, "op7"; else empty
  bool empty() const { return symbols.empty() && council_number.empty(); }
};

// Reads a whole text as a reference: a symbol or number in any spelling of either language, lists of them, with the organ, the
// date or "entitled" beside; links (undocs.org, docs.un.org, view_doc.asp), file names (A_RES_75_1.pdf), in brackets or
// quotation marks, after "UN Doc." and the like, with a paragraph before or after ("A/RES/75/1, para. 5", 第75/1号决议第5段).
// Empty where anything else stands there: words to search for.
Reference read_reference(std::string_view text);

}  // namespace resolute::search
