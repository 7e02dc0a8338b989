// The paragraphs that a plan matches, and how: filters aside, so that facets count without them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "search/plan.h"
#include "search/translate.h"

namespace resolute::search {

// Of one segment.
struct SegmentMatches {
  static constexpr size_t kNoWording = static_cast<size_t>(-1);

  bool everything = false;          // every paragraph matches: no wordings are listed
  std::vector<WordingId> wordings;  // that match by their text, ascending
  bool by_paragraph = false;        // of their paragraphs only those match that `paragraphs` says
  std::vector<bool> paragraphs;
  // Of one term that was read anyway: how often it stands in each of `wordings`; empty where none was.
  std::string counted_term;
  std::vector<uint32_t> counts;
  std::vector<WordingId> full;     // with Fallback::fill: wordings with all words, ascending
  std::vector<ParagraphId> heads;  // first paragraphs of documents that the query names: they match too

  // Every paragraph that matches: visit(paragraph, place of its wording among `wordings` or kNoWording where everything matches or
  // only the query's symbol names it).
  template <typename Visit>
  void each_paragraph(const Segment& segment, Visit&& visit) const {
    if (everything) {
      for (const ParagraphId p : segment.all_paragraphs()) visit(p, kNoWording);
      return;
    }
    for (size_t i = 0; i < wordings.size(); ++i)
      for (const ParagraphId p : segment.paragraphs_with(wordings[i]))
        if (!by_paragraph || paragraphs[p]) visit(p, i);
    for (const ParagraphId p : heads) {
      const auto it = std::lower_bound(wordings.begin(), wordings.end(), segment.wording_of(p));
      const bool matched = it != wordings.end() && *it == segment.wording_of(p) && (!by_paragraph || paragraphs[p]);
      if (!matched) visit(p, kNoWording);
    }
  }
};

struct Matches {
  std::vector<SegmentMatches> segments;
  std::unique_ptr<const TranslatedQuery> translated;  // where words are looked for in the other language
  bool partial = false;                               // the request's time was up before every text was looked at
  bool fell_back = false;                             // nothing has all the words: what has some of them matches
  std::string understood;
  std::vector<std::string> notices;

  // Distinct texts that match, filters aside.
  uint64_t wordings() const;
  // The query as it was looked for.
  Query shown(const Plan& plan) const;
};

// `lexicon`: nullptr where nothing is translated; it outlives what is made from it.
Matches match(const Generation& generation, const Lexicon* lexicon, const Plan& plan);

}  // namespace resolute::search
