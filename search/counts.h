// Totals and facets over everything that matches: the collector that looks at each paragraph. Facets count paragraphs;
// where versions are together, documents, both languages of a symbol once.
#pragma once

#include <cstdint>
#include <vector>

#include "schemas/result.h"
#include "search/matches.h"

namespace resolute::search {

struct Counts {
  uint64_t total = 0, total_documents = 0;  // paragraphs, and documents that have one
  uint64_t total_works = 0;                 // the documents, both languages of a symbol counted once
  std::vector<Facet> facets;                // those that the request names, in its order; each leaves its own filter out
  // By segment, of each wording that matches: whether a paragraph of it passes the filters.
  std::vector<std::vector<uint8_t>> live;
};

Counts count(const Generation& generation, const Plan& plan, const Matches& matches);

}  // namespace resolute::search
