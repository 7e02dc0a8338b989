// What documents cite and what cites them: by document, by the paragraphs that do, and over several steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "search/searcher.h"

namespace resolute::search {

enum class Direction : uint8_t { cites, cited_by };

inline constexpr int kMostCitationSteps = 5;
inline constexpr size_t kMostClosure = 1000;  // documents of a closure

// A paragraph that cites, and how: "recalls", or empty.
struct CitingParagraph {
  std::string id, treatment;
};

// A document at the other end of citations.
struct CitationLink {
  std::string symbol;                   // held or not
  std::vector<CitingParagraph> uses;    // each paragraph once, in the order of documents
  std::vector<std::string> treatments;  // distinct, sorted
};

// What the versions of a document cite, or the documents that cite it; by symbol, in byte order. Throws Error(corrupt).
std::vector<CitationLink> citation_links(const Searcher& searcher, const std::string& symbol, Direction direction);

// What is reached in at most `depth` steps and not in the first: each document once, nearest first.
struct Reached {
  std::string symbol, through;  // through: the document it was come to from
  int depth = 0;
};
struct CitationClosure {
  std::vector<Reached> further;
  bool complete = true;  // false where there were more than kMostClosure
};
CitationClosure citation_closure(const Generation& generation, const std::string& symbol, Direction direction, int depth);

}  // namespace resolute::search
