// The page of a search: the collector that keeps the best.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "search/matches.h"
#include "search/scores.h"

namespace resolute::search {

// Where a hit stands: higher first, then lower tie, then lower ordinal. Ties name the
// document, so no two hits are equal.
struct Key {
  double primary;
  uint32_t tie, ordinal;
  bool before(const Key& o) const {
    if (primary != o.primary) return primary > o.primary;
    if (tie != o.tie) return tie < o.tie;
    return ordinal < o.ordinal;
  }
};

struct Hit {
  Key key;
  ParagraphRef at;
  double score;
};

// With Dedupe::on: paragraphs that repeat each other.
struct Group {
  Hit best;
  uint32_t count = 0;
  ParagraphRef first, last;  // by date
};

struct Hits {
  std::vector<Hit> best;                       // in their order
  std::unordered_map<uint64_t, Group> groups;  // everything that matches, by group_of(), where groups are asked for
  std::vector<std::string> notices;
};

// What a paragraph's repeats have in common, across segments; in those that an older program wrote, its wording.
uint64_t group_of(const Generation& generation, const ParagraphRef& at);

// The best `limit` hits after the request's cursor. With unit=document, one a document: its best paragraph, of
// either language where versions are together; with dedupe=on,
// one of those that repeat each other: the best of all, so that no later page shows another. Throws Error(invalid) for a
// cursor that is none, or another query's.
Hits collect(const Generation& generation, const Plan& plan, const Matches& matches, const Scores& scores, size_t limit);

}  // namespace resolute::search
