// How a match is scored: the terms of a query, what each kind of term weighs, BM25.
#pragma once

#include <string>
#include <vector>

#include "search/query.h"

namespace resolute::search {

// BM25 as Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).
inline constexpr double kK1 = 0.8, kB = 0.35;
inline constexpr double kTitleShare = 0.12;   // of the title's own BM25
inline constexpr double kSubjectShare = 0.5;  // of the subjects' own BM25, where they have all the words
inline constexpr double kHeadBonus = 1000;    // the document that a symbol names stands first
inline constexpr double kTitleBonus = 25;     // with Unit::document, for the document whose whole title the query is
inline constexpr double kAllWords = 500;      // with Fallback::fill, those with all words of a list (lists_words) stand before those with any
inline constexpr double kPivotShare = 0.9;    // of a match's score, for its counterpart in the other language

struct WeightedTerm {
  std::string term;
  double weight = 0;
};

// The terms by which matches of a tree are scored, each once, in order of the terms.
std::vector<WeightedTerm> scoring_terms(const Node& root);

// Of a term in `df` of `n` distinct paragraphs; never negative.
double idf(double n, double df);

// The share of a term that occurs `count` times; `norm` is length_norm of its paragraph.
inline double bm25(double count, double norm) { return count * (kK1 + 1) / (count + norm); }
inline double length_norm(double length, double mean) { return kK1 * (1 - kB + kB * length / mean); }

}  // namespace resolute::search
