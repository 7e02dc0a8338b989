// The phrases that recur in a segment, as its file phrases.bin keeps them (docs/index-format.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/document.h"
#include "schemas/ids.h"
#include "schemas/segment.h"

namespace resolute {

// What ranks phrases: documents that have it by itself, and its length. `own` is the share of its
// uses that stand for themselves.
double phrase_worth(uint64_t documents, uint32_t words, double own);

struct StoredPhrase {
  std::string text;  // folded
  Language lang = Language::en;
  uint32_t words = 0;                      // words, numbers, Han characters
  double own = 0;                          // above 0, to 1
  std::vector<uint32_t> wordings;          // that have it, ascending
  uint32_t documents = 0, paragraphs = 0;  // of its language, in the whole segment
  uint32_t translation = kNone;            // the phrase of the other language that stands where it does
  double agreement = 0;                    // Dice's measure of how surely
};

// `phrases` sorted by language, then text.
void write_phrases(const std::string& path, const std::vector<StoredPhrase>& phrases);

// Immutable, so for any number of threads.
class PhraseStore {
 public:
  // Throws Error(corrupt). `wordings` are those of the segment.
  PhraseStore(const std::string& path, uint32_t wordings);
  size_t size() const { return texts_.size(); }
  uint64_t bytes() const { return file_.size(); }
  const MappedFile& file() const { return file_.file(); }
  std::string_view text(size_t i) const { return texts_[i]; }
  Language lang(size_t i) const { return i < chinese_ ? Language::zh : Language::en; }
  // The phrases of a language: [first, second).
  std::pair<size_t, size_t> of(Language lang) const { return lang == Language::zh ? std::pair{size_t{0}, chinese_} : std::pair{chinese_, size()}; }
  uint32_t words(size_t i) const { return words_[i]; }
  double own(size_t i) const { return own_[i] / 65535.0; }
  uint32_t documents(size_t i) const { return documents_[i]; }
  uint32_t paragraphs(size_t i) const { return paragraphs_[i]; }
  uint32_t translation(size_t i) const { return translation_[i]; }
  double agreement(size_t i) const { return agreement_[i] / 65535.0; }
  // Replaces what `out` holds. Throws Error(corrupt).
  void wordings(size_t i, std::vector<WordingId>& out) const;
  // The phrase of a language with a folded text, or size().
  size_t find(Language lang, std::string_view folded) const;

 private:
  SectionReader file_;
  size_t chinese_ = 0;
  uint32_t most_ = 0;
  Strings texts_;
  std::span<const uint8_t> words_;
  std::span<const uint16_t> own_, agreement_;
  std::span<const uint32_t> documents_, paragraphs_, translation_, at_;
  std::string_view wordings_;
};

}  // namespace resolute
