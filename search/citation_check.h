// What is wrong with the references of a draft.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/searcher.h"

namespace resolute::search {

enum class CitationStatus : uint8_t {
  known,
  unknown,       // the index does not have it
  impossible,    // there is no such session yet, or no such number
  ambiguous,     // several documents fit
  inconsistent,  // the date, year or title beside it is another one's
  superseded,    // a later resolution of its series exists, which the draft does not cite
};
const char* print_status(CitationStatus status);

struct CheckedCitation {
  Span span;           // bytes of the draft
  std::string text;    // what stands there
  std::string symbol;  // empty where it names no single document
  CitationStatus status = CitationStatus::known;
  std::string detail;  // one sentence, empty where it is known
  std::vector<std::string> candidates;
  std::string superseded_by;
};

// Every reference of a draft, in its order. `today` in days: what lies behind it and behind the
// newest document of the index has not happened yet.
std::vector<CheckedCitation> check_citations(const Searcher& searcher, std::string_view draft, int today);

}  // namespace resolute::search
