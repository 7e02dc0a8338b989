// The slow and obvious way to find similar wordings: compare each with every other. Tests and
// bench/precedents compare the index with it.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "search/drafting/wording_finder.h"

namespace resolute::oracle {

// The longest common subsequence by the textbook's table.
size_t plain_lcs(const std::vector<text::WordingToken>& a, const std::vector<text::WordingToken>& b);

struct Agreement {
  size_t expected = 0, found = 0, both = 0;
  double recall() const { return expected ? static_cast<double>(both) / static_cast<double>(expected) : 1; }
  double precision() const { return found ? static_cast<double>(both) / static_cast<double>(found) : 1; }
  Agreement& operator+=(const Agreement& other);
};

// Reads every wording once; then compares with all of them.
class WordingScan {
 public:
  explicit WordingScan(const search::Generation& generation);
  // Bit-parallel, but without any bound but the lengths.
  std::vector<search::SimilarWording> similar(const std::string& folded, double least) const;
  // Folded texts of paragraphs of a language, by chance: a text counts as often as it stands there.
  std::vector<std::string> random_paragraphs(std::mt19937& random, Language lang, size_t n) const;

 private:
  struct Row {
    search::WordingRef at;
    std::vector<text::WordingToken> tokens;
  };
  const search::Generation& generation_;
  std::vector<Row> rows_;
};

Agreement compare(const std::vector<search::SimilarWording>& found, const std::vector<search::SimilarWording>& expected);

}  // namespace resolute::oracle
