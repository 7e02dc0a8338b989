// One published state of an index, opened for searching. Immutable, so for any number
// of threads.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schemas/field.h"
#include "schemas/lexicon.h"
#include "schemas/manifest.h"
#include "schemas/phrase_store.h"
#include "schemas/segment.h"
#include "schemas/store.h"
#include "search/term_lists.h"

namespace resolute::search {

// Values of a field by document (or paragraph, for the fields of paragraphs).
struct Column {
  Strings values;  // sorted
  Groups of;       // ids into values, ascending
};

// One segment's columns. All ordinals are of this segment.
class Segment {
 public:
  // Throws Error(corrupt).
  Segment(const std::string& index, const SegmentEntry& entry);
  ~Segment();

  // Holds until the thread's next call.
  std::string_view folded(uint32_t wording) const {
    thread_local std::string buffer;
    return store.texts().folded(wording, buffer);
  }
  uint32_t wordings() const { return static_cast<uint32_t>(length.size()); }
  uint32_t paragraphs() const { return static_cast<uint32_t>(document_of.size()); }
  uint32_t documents() const { return static_cast<uint32_t>(date.size()); }
  // Position of a paragraph within its document.
  uint32_t ordinal(uint32_t paragraph) const { return paragraph - store.first_paragraph(document_of[paragraph]); }
  // The aligned paragraph of the other language, or kNone.
  uint32_t parallel(uint32_t paragraph) const {
    const uint32_t place = parallel_[paragraph];
    return place ? store.first_paragraph(sibling[document_of[paragraph]]) + place - 1 : kNone;
  }
  std::string id(uint32_t document) const;            // SYMBOL@LANG
  std::string paragraph_id(uint32_t paragraph) const;  // SYMBOL@LANG#FRAGMENT
  Language lang(uint32_t document) const;
  std::string value(Field field, uint32_t document) const;  // the first one, or empty

  DocumentStore store;
  Strings identifier, title;
  Strings character;                        // each Han character of the texts, sorted
  std::span<const uint32_t> character_df;   // and how many wordings have it
  Interned fragment, number, action;  // by paragraph
  std::vector<uint32_t> document_of;  // by paragraph
  std::span<const uint32_t> sibling;
  Narrow length;                      // by wording
  std::span<const uint64_t> repeat;   // by wording: equal ones repeat each other (text::repeat_key); empty in older segments
  std::span<const uint8_t> kind;
  std::span<const int32_t> date;  // INT32_MIN where unknown
  Groups occurrences;
  std::array<Column, kFieldCount> columns;  // of document fields; `kind` and `action` are those of paragraphs
  std::vector<bool> deleted;                // by document
  uint64_t total_length = 0;                // of the wordings
  std::unique_ptr<PhraseStore> phrases;  // none where an older program wrote the segment
  std::vector<uint32_t> rank;         // by document: place among all, newest first
  std::vector<uint32_t> oldest_rank;  // oldest first
  std::vector<uint32_t> cited_by;     // by document: distinct documents that cite it
  std::vector<float> newer;           // by document: newer_bonus (search/score.h)
  std::vector<float> standing;        // by document: what its age and the documents that cite it add to a score
  std::vector<uint32_t> words_of;     // by document: how many words its title and subjects have
  double mean_words = 0;
  mutable KnownFrequencies frequencies, told_frequencies;  // of search/term_lists.h

 private:
  SectionReader file_;
  Narrow parallel_;  // place within the sibling, from 1; 0 none
  std::vector<uint32_t> occurrence_begin_, occurrence_;
};

// Where a document lies.
struct Location {
  uint32_t segment;
  uint32_t document;
};

class Generation {
 public:
  // The published one, or that of a revision that is still kept. Throws Error.
  static std::shared_ptr<const Generation> open(const std::string& index);
  static std::shared_ptr<const Generation> open(const std::string& index, uint64_t revision);

  // The lexicon of an index, for another to use; nullptr where it has none. Throws Error.
  static std::shared_ptr<const Lexicon> open_lexicon(const std::string& index);

  const Manifest& manifest() const { return manifest_; }
  const std::vector<std::unique_ptr<Segment>>& segments() const { return segments_; }
  // Its own; nullptr where nothing was learned.
  const std::shared_ptr<const Lexicon>& lexicon() const { return lexicon_; }
  uint64_t wordings() const { return wordings_; }
  double mean_length() const { return mean_length_; }
  // Every language version of a symbol, zh before en.
  std::vector<Location> find(const std::string& identifier) const;
  // Documents that have a symbol in common form, for near misses: all identifiers, sorted naturally.
  const std::vector<std::string>& identifiers() const { return identifiers_; }
  // Documents (by identifier) that cite a symbol.
  std::vector<std::string> citing(const std::string& symbol) const;

 private:
  Generation() = default;
  static std::shared_ptr<const Generation> open(const std::string& index, Manifest manifest);
  Manifest manifest_;
  std::shared_ptr<const Lexicon> lexicon_;
  std::vector<std::unique_ptr<Segment>> segments_;
  std::unordered_map<std::string, std::vector<Location>> by_identifier_;
  std::vector<std::string> identifiers_;
  uint64_t wordings_ = 0;
  double mean_length_ = 1;
};

}  // namespace resolute::search
