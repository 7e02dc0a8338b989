// How a match is scored: the terms of a query, what each kind of term weighs, BM25.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/query.h"

namespace resolute::search {

// BM25 as Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).
inline constexpr double kK1 = 0.8, kB = 0.35;
inline constexpr double kTitleShare = 0.12;   // of the title's own BM25
inline constexpr double kSubjectShare = 0.5;  // of the subjects' own BM25, where they have all the words
inline constexpr double kHeadingShare = 0.5;  // with Unit::document, for having a heading that the query is: of what the words can add up to
inline constexpr double kName = 2.0;          // of a name's rarity, for having it in capitals too
inline constexpr double kHeadBonus = 1000;    // the document that a symbol names stands first
inline constexpr double kTitleBonus = 25;     // with Unit::document, for the document whose whole title the query is
// With Fallback::fill, for having all words: of what the words can add up to. Little for documents, which are asked for by what they
// are about: their headings say it, and questions have words that their answers lack.
inline constexpr double kAllWords = 0.5, kAllWordsOfDocuments = 0.07;
inline constexpr double kCoverage =
    0.6;                                // with Fallback::fill and Unit::paragraph, of what the words weigh, for the share of it that a text has, to the fourth
inline constexpr double kWhole = 0.3;   // for having words and figures just as they were typed: of what they can add up to
inline constexpr double kAside = 0.12;  // of its words' score, taken from a heading or footnote: it is short, not better
inline constexpr double kPivotShare = 0.9;  // of a match's score, for its counterpart in the other language

// What a document's standing adds to its paragraphs: so little that only matches as good as each other change places.
inline constexpr double kCitedShare = 0.01;  // of the logarithm of how many documents cite it
inline constexpr double kMostCited = 0.1;
inline constexpr double kNewest = 0.05;      // of the newest document of the index; half as much for one eight years older
inline constexpr double kHalfAge = 8 * 365;  // days
double cited_bonus(uint32_t cited_by);
double newer_bonus(int days_before_newest);

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
