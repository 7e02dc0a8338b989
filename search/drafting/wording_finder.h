// Which wordings of an index are like a given one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/generation.h"
#include "text/wording.h"

namespace resolute::search {

inline constexpr double kSimilar = 0.8;  // of near-identical wording, by text/wording.h
inline constexpr size_t kMostRunCandidates = 400;
inline constexpr size_t kMostLikely = 60;  // of a segment

// A wording of a segment that is like one asked for.
struct SimilarWording {
  WordingRef at;
  double similarity;
  bool operator==(const SimilarWording&) const = default;
};
struct RunWording {
  WordingRef at;
  text::SharedRun run;  // tokens: `a` of the one asked for
};

// Finds wordings among those of a generation. One for each thread.
class WordingFinder {
 public:
  explicit WordingFinder(const Generation& generation) : generation_(generation) {}

  // Every wording whose similarity to the tokens of `folded` is at least `least`, whatever its
  // language; most similar first. None is missed: a wording that is so similar shares at least
  // so many tokens (of which the LCS is a part), so one of the rarest (prefix filtering as in
  // Chaudhuri, Ganti and Kaushik, "A Primitive Operator for Similarity Joins", 2006); what the
  // postings then leave is compared.
  std::vector<SimilarWording> similar(std::string_view folded, double least = kSimilar);
  // Chinese wordings that are likely to be similar: of those that share its rarest pairs of characters the kMostLikely that share most. Lists of single
  // characters, which tell surely, are long.
  std::vector<SimilarWording> likely(std::string_view folded);
  // Wordings that share a run of at least `least` tokens, longest first; of those with many words
  // in common the likeliest kMostRunCandidates are looked at.
  std::vector<RunWording> runs(std::string_view folded, size_t least);

 private:
  const Generation& generation_;
  std::vector<text::WordingToken> tokens_;
  std::vector<uint16_t> counts_;  // by wording; all 0 between calls
  std::vector<WordingId> touched_;
};

}  // namespace resolute::search
