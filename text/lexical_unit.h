// The units that a bilingual lexicon speaks of: the same cut for learning and for queries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"
#include "text/analyze.h"

namespace resolute::text {

struct LexicalUnit {
  std::string text;     // an English stem, a word of other letters or figures, an ICU word of Han characters
  uint32_t begin, end;  // bytes of the folded text
  bool han = false;
  bool joined = false;  // nothing but spaces and stop words stands between it and the one before
};

// Of a folded text; stop words and single Latin letters are left out. A Han run is cut into
// ICU's words, single characters among them.
std::vector<LexicalUnit> lexical_units(std::string_view folded, Analyzer& analyzer);

}  // namespace resolute::text
