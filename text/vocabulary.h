// The words of a collection, and with them words that letter gaps broke: extraction from PDF leaves "contributi ons".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schemas/document.h"

namespace resolute::text {

// Pieces are joined only where none of them is a word of the collection and the whole is. A piece is no word where it
// stands by itself never, or once where the whole stands fifty times; what stands in a gap does not stand by itself.
// Count all documents first, then the gaps of those that may have some. English only: Chinese has no spaces to keep.
class Vocabulary {
 public:
  void count(const Document& document);
  void count_gaps(const Document& document);

  // Joins pieces in title and paragraphs; what was joined becomes a warning of the document, and what is known of the
  // paragraphs is worked out anew. False where nothing was broken.
  bool mend(Document& document) const;

 private:
  struct Word {
    uint32_t all = 0, in_gaps = 0;
  };
  struct Join;
  uint32_t times(const std::string& word) const;
  bool is_word(const std::string& piece, uint32_t whole) const;
  // The longest run of pieces from each word on that together may be one word.
  std::vector<Join> find_gaps(std::string_view text) const;
  bool mend(std::string& text, std::vector<std::string>& joined) const;

  std::unordered_map<std::string, Word> words_;
};

}  // namespace resolute::text
