// What the matches are worth.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "search/counts.h"
#include "search/matches.h"
#include "search/score.h"
#include "search/translated_score.h"

namespace resolute::search {

// Of a wording that cannot stand on the page.
inline constexpr double kOutOfReach = -std::numeric_limits<double>::infinity();

// Of one segment.
struct SegmentScores {
  std::vector<double> wordings;       // of each that matches; kOutOfReach where it cannot stand on the page
  std::vector<float> title, subject;  // by document; empty where nothing
  std::vector<DocumentId> entitled;   // documents whose title the query is, ascending
  const Segment* standing = nullptr;  // whose documents' static scores count; nullptr where nothing is ranked by words
  // What a document's title, subjects and standing add to each of its paragraphs.
  double of_document(DocumentId document) const;
  // What is taken from a heading's or footnote's `score` by words, where words rank paragraphs. Of a document its heading says much.
  double aside(const Segment& segment, ParagraphId paragraph, double score, Unit unit) const;
};

struct Scores {
  std::vector<SegmentScores> segments;
  struct Term {
    std::string term;
    double weight = 0, idf = 0;
  };
  std::vector<Term> terms;  // what can add most comes first
  double all_words = 0;     // for having all words; within the scores
  struct Bonus {
    double near = 0, alike = 0, named = 0;
  };
  std::map<std::pair<uint32_t, uint32_t>, Bonus> bonus;  // by segment and place among its matches; within their scores
  std::unique_ptr<const TranslatedScore> translated;     // refers to the matches
};

// With `counts`, wordings that the filters keep out, and those that cannot reach a first page of `page_size` hits, are left out
// of reach; without (nullptr), every match has its score.
Scores score(const Generation& generation, const Lexicon* lexicon, const Plan& plan, const Matches& matches, const Counts* counts, size_t page_size);

}  // namespace resolute::search
