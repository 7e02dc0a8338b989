// Hits as people and programs read them.
#pragma once

#include "schemas/result.h"
#include "search/hits.h"
#include "search/snippet.h"

namespace resolute::search {

// The values of one search, each made from those before it.
struct Trail {
  const Generation& generation;
  const Plan& plan;
  const Matches& matches;
  const Scores& scores;
  const Hits& hits;
};

// A hit with its texts and snippets; with Explain::yes, what its score is made of.
Match show(const Trail& trail, const Hit& hit, const Highlighter& marks);

// With unit=document: of each of the first `matches.size()` hits, how many paragraphs of its document match, and the best three others.
void add_other_paragraphs(const Trail& trail, const Highlighter& marks, std::vector<Match>& matches);

}  // namespace resolute::search
