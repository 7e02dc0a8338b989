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

// A paragraph with its document's data and its counterpart: no score, no snippets. Throws Error(corrupt).
Match describe(const Generation& generation, const ParagraphRef& at);

// A hit with its texts and snippets; with Explain::yes, what its score is made of.
Match show(const Trail& trail, const Hit& hit, const Highlighter& marks);

// With unit=document: of each of the first `matches.size()` hits, how many paragraphs of its document match, and the best three others.
void add_other_paragraphs(const Trail& trail, const Highlighter& marks, std::vector<Match>& matches);

}  // namespace resolute::search
