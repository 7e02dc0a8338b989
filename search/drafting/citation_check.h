// What is wrong with the references of a draft.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/searcher.h"

namespace resolute::search {

enum class CitationStatus : uint8_t {
  known,
  not_held,         // not in this collection; its number is a possible one
  impossible,       // there is no such session yet, or no such number
  ambiguous,        // several documents fit
  inconsistent,     // the date, year or title beside it is another one's
  newer_in_series,  // for information: a later resolution of its series exists, which the draft does not cite
};
// "known", "not-held", "newer-in-series"
const char* print_status(CitationStatus status);

struct CheckedCitation {
  Span span;           // bytes of the draft
  std::string text;    // what stands there
  std::string symbol;  // empty where it names no single document
  CitationStatus status = CitationStatus::known;
  std::string detail;  // one sentence, empty where nothing is to be said
  std::vector<std::string> candidates;
  std::string newer;                  // the latest of its series
  std::string address;                // of the document at the United Nations; empty without a symbol
  std::vector<std::string> cited_by;  // of one that is not held: some of the documents that cite it, newest first
};

// Where the United Nations publish a document.
std::string official_address(std::string_view symbol);

inline constexpr size_t kMostCheckedReferences = 2000;  // of a draft, the first ones

// Every reference of a draft (kMostCheckedReferences at most), in its order. `today` in days: what lies after it and after the
// newest document of the index has not happened yet.
std::vector<CheckedCitation> check_citations(const Searcher& searcher, std::string_view draft, int today);

}  // namespace resolute::search
