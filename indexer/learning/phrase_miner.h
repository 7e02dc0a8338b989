// Which phrases recur in many documents and stand for themselves.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "text/phrase.h"

namespace resolute::indexer {

struct PhraseLimits {
  uint32_t least_words = 4;  // Han characters where it has any, else words with a letter
  uint32_t least_documents = 10;
  uint32_t most_words = 64;      // a longer one is known by its beginning
  size_t most_phrases = 20'000;  // the best ones
};

struct MinedPhrase {
  std::string text;                // folded
  uint32_t words = 0;              // words, numbers, Han characters
  double own = 0;                  // share of its uses outside its commonest extension by a word, above 0
  double worth = 0;                // phrase_worth() of the documents, own and completeness
  std::vector<uint32_t> wordings;  // that have it, ascending
};

// Finds maximal repeats in texts of one language: phrases of which no extension by a word stands wherever
// they do. Positions of the texts are parted by ever longer beginnings, as a suffix tree branches, and a
// part with too few documents is left (after Nagao and Mori, "A New Method of N-gram Statistics for Large
// Number of n", 1994). Nested phrases are weighed as by the C-value of Frantzi, Ananiadou and Mima (2000),
// with the commonest extension for all of them. Not for several threads.
class PhraseMiner {
 public:
  explicit PhraseMiner(PhraseLimits limits);
  // A distinct text and the number of documents that have it; texts are numbered from 0.
  void add(std::string_view folded, uint32_t documents);
  // Best first; a document that has a phrase in two texts counts twice. `text` gives what was added,
  // by its number; the view need not last. Uses up what was added.
  std::vector<MinedPhrase> mine(const std::function<std::string_view(uint32_t)>& text);

 private:
  struct Node {
    uint32_t begin, end;  // of positions_
    uint32_t depth, words, documents;
    float own, worth;
  };
  uint32_t intern(uint64_t key);
  uint32_t tokens_of_seed(uint32_t position) const;
  template <typename Visit>
  void each_beginning(Visit&& visit) const;
  void seed();
  uint32_t part(uint32_t begin, uint32_t end, uint32_t depth, uint32_t words, uint32_t whole);
  void keep(uint32_t begin, uint32_t end, uint32_t depth, uint32_t documents, uint32_t extended);
  uint32_t documents_of(uint32_t begin, uint32_t end) const;
  uint32_t commonest_before(uint32_t begin, uint32_t end);

  PhraseLimits limits_;
  std::vector<uint64_t> keys_;  // open addressing
  std::vector<uint32_t> ids_;
  uint32_t distinct_ = 0;
  std::vector<uint32_t> tokens_;   // a number for each key and the kind in two bits; 0 before and after each text
  std::vector<uint32_t> owners_;   // of each token: its text
  std::vector<uint32_t> starts_;   // of each text: its first token
  std::vector<uint32_t> weights_;  // of each text: documents
  std::vector<uint32_t> positions_;
  std::vector<Node> nodes_;
  std::vector<text::PhraseToken> buffer_;
  std::vector<uint64_t> order_, before_;
};

}  // namespace resolute::indexer
