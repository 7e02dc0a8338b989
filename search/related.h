// What else one might search for: subjects and phrases that stand where the matches are more often than elsewhere.
#pragma once

#include <string>
#include <vector>

#include "search/searcher.h"

namespace resolute::search {

struct RelatedSearch {
  std::string text;     // a subject as the index spells it, or a phrase as a text has it
  uint64_t count = 0;   // of a subject the documents, of a phrase the distinct paragraphs that match and have it
  double strength = 0;  // Dunning's log-likelihood ratio ("Accurate Methods for the Statistics of Surprise and
                        // Coincidence", 1993): how surely it is more frequent there than in the rest
};

struct Related {
  std::vector<RelatedSearch> subjects, phrases;  // strongest first
};

inline constexpr size_t kMostRelated = 20;

// Of what the request matches (words, filters); at most `limit` of each kind. What the query itself says is left out.
Related related_searches(const Searcher& searcher, const SearchRequest& request, size_t limit);

}  // namespace resolute::search
