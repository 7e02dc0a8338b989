// One segment of a published index, opened for searching: columns, texts, terms. Generations share what they have in common: each has
// a Segment of its own that knows what is deleted and how documents stand, over the same files. Immutable once it is opened, so for any number
// of threads; what it returns is valid as long as it lives.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/field.h"
#include "schemas/ids.h"
#include "schemas/manifest.h"
#include "schemas/phrase_store.h"
#include "schemas/segment.h"
#include "schemas/source_store.h"
#include "schemas/store.h"
#include "search/term_lists.h"

namespace resolute::search {

// The values of a field of documents.
class Column {
 public:
  Column() = default;
  // Throws Error(corrupt).
  Column(const SectionReader& file, const std::string& name);
  const Strings& values() const { return values_; }  // sorted
  size_t documents() const { return of_.size(); }
  // Places among values(), ascending.
  std::span<const uint32_t> of(DocumentId document) const { return of_[document]; }

 private:
  Strings values_;
  Groups of_;
};

// Where a document stands among all of a generation. Nothing of it is said of deleted ones.
struct Standing {
  uint32_t newest_first = 0, oldest_first = 0;  // its place
  uint32_t cited_by = 0;                        // distinct documents that cite it
  float newer = 0;                              // newer_bonus (search/score.h)
  float score = 0;                              // static score: what its age and the documents that cite it add
};

class Segment {
 public:
  // Throws Error(corrupt).
  Segment(const std::string& index, const SegmentEntry& entry);
  // The same files with what `entry` says is deleted; requires that same.is(index, entry). Throws Error(corrupt).
  Segment(const Segment& same, const SegmentEntry& entry);
  ~Segment();
  Segment& operator=(const Segment&) = delete;
  // Whether an entry means these very files, and nobody has written to them.
  bool is(const std::string& index, const SegmentEntry& entry) const;
  // Whether nobody has; and whether a page of them could not be read any more (schemas/mapped_file.h).
  bool intact() const {
    return file_->file().intact() && entries().intact() && (!phrases_ || phrases_->file().intact()) && (!sources_ || sources_->file().intact());
  }
  bool broken() const { return file_->file().broken() || (phrases_ && phrases_->file().broken()) || (sources_ && sources_->file().broken()); }

  uint32_t documents() const { return static_cast<uint32_t>(date_.size()); }
  uint32_t paragraphs() const { return static_cast<uint32_t>(document_of_.size()); }
  uint32_t wordings() const { return static_cast<uint32_t>(length_.size()); }
  IdRange<DocumentId> all_documents() const { return {0, documents()}; }
  IdRange<ParagraphId> all_paragraphs() const { return {0, paragraphs()}; }
  IdRange<WordingId> all_wordings() const { return {0, wordings()}; }

  // Of documents.
  bool deleted(DocumentId d) const { return deleted_[d]; }
  std::string id(DocumentId d) const;  // SYMBOL@LANG
  std::string_view identifier(DocumentId d) const { return identifier_[d]; }
  std::string_view title(DocumentId d) const { return title_[d]; }
  Language lang(DocumentId d) const;
  std::optional<Day> date(DocumentId d) const;
  std::optional<DocumentId> sibling(DocumentId d) const;  // the version in the other language
  std::string value(Field field, DocumentId d) const;     // the first one, or empty
  IdRange<ParagraphId> paragraphs_of(DocumentId d) const { return {store_.first_paragraph(d), store_.first_paragraph(d + 1)}; }
  const Standing& standing(DocumentId d) const { return standing_[d]; }
  // Words of its title and subjects, and how many documents of the segment have on average.
  uint32_t words(DocumentId d) const { return words_.empty() ? 0 : words_[d]; }
  double mean_words() const { return mean_words_; }
  // Throws Error(corrupt).
  Document document(DocumentId d) const { return store_.document(d); }
  Document record(DocumentId d) const { return store_.record(d); }  // without texts
  // The bytes of the file that it was read from; nullopt where they were not kept. Throws Error(corrupt).
  std::optional<std::string> source(DocumentId d) const;
  bool has_source(DocumentId d) const { return sources_ && sources_->number(d); }

  // Of paragraphs.
  DocumentId document_of(ParagraphId p) const { return document_of_[p]; }
  WordingId wording_of(ParagraphId p) const { return WordingId(store_.wording(p)); }
  // Its place within its document, from 0.
  uint32_t ordinal(ParagraphId p) const { return p - store_.first_paragraph(document_of(p)); }
  std::string id(ParagraphId p) const;  // SYMBOL@LANG#FRAGMENT
  ParagraphKind kind(ParagraphId p) const { return static_cast<ParagraphKind>(kind_[p]); }
  std::string_view fragment(ParagraphId p) const { return fragment_[p]; }
  std::string_view number(ParagraphId p) const { return number_[p]; }
  std::string_view action(ParagraphId p) const { return action_[p]; }
  // The place of its action among actions().
  uint32_t action_place(ParagraphId p) const { return action_.id(p); }
  // The aligned paragraph of the other language.
  std::optional<ParagraphId> parallel(ParagraphId p) const;

  // Of wordings.
  std::span<const ParagraphId> paragraphs_with(WordingId w) const {
    return occurrence_.subspan(occurrence_begin_[w], occurrence_begin_[w + 1] - occurrence_begin_[w]);
  }
  uint32_t length(WordingId w) const { return length_[w]; }  // terms
  // Equal ones repeat each other (text::repeat_key); nullopt in segments that an older program wrote.
  std::optional<uint64_t> repeat_key(WordingId w) const { return repeat_.empty() ? std::nullopt : std::optional(repeat_[w]); }
  std::string text(WordingId w) const { return store_.text(w); }
  std::string text(ParagraphId p) const { return text(wording_of(p)); }
  // Folded; the view is of `buffer`.
  std::string_view folded(WordingId w, std::string& buffer) const { return store_.texts().folded(w, buffer); }

  // Of the whole segment.
  const Column& column(Field field) const { return columns_[static_cast<size_t>(field)]; }  // requires a field of documents
  const Strings& actions() const { return action_.values; }                                 // sorted
  const Strings& characters() const { return character_; }                                  // each Han character of the texts, sorted
  uint32_t wordings_with(size_t character) const { return character_df_[character]; }       // by place among characters()
  uint64_t total_length() const { return total_length_; }                                   // of the wordings
  const Entries& entries() const { return store_.entries(); }
  const PhraseStore* phrases() const { return phrases_.get(); }  // nullptr where an older program wrote the segment
  const SourceStore* sources() const { return sources_.get(); }  // nullptr where it keeps none
  // What search/term_lists.h has counted once.
  KnownFrequencies& frequencies() const { return counted_->frequencies; }
  KnownFrequencies& told_frequencies() const { return counted_->told; }

 private:
  Segment(const Segment&) = default;
  friend class Generation;  // says how documents stand, before anyone searches
  void read_paragraphs();
  void check(const SegmentEntry& entry) const;
  void take_deletions(const SegmentEntry& entry);

  // What is made once for all generations.
  struct Made {
    std::vector<uint32_t> words;
    std::vector<DocumentId> document_of;
    std::vector<uint32_t> occurrence_begin;
    std::vector<ParagraphId> occurrence;
  };
  struct Counted {
    KnownFrequencies frequencies, told;
  };

  SegmentEntry entry_;
  std::shared_ptr<const SectionReader> file_;
  std::shared_ptr<const Made> made_;
  DocumentStore store_;
  Strings identifier_, title_;
  std::span<const int32_t> date_;  // kNoDay where unknown
  std::span<const uint32_t> sibling_;
  std::array<Column, kFieldCount> columns_;
  std::vector<bool> deleted_;
  std::vector<Standing> standing_;
  std::span<const uint32_t> words_;
  double mean_words_ = 0;

  std::span<const DocumentId> document_of_;
  std::span<const uint8_t> kind_;
  Interned fragment_, number_, action_;
  Narrow parallel_;  // place within the sibling, from 1; 0 none

  Narrow length_;
  std::span<const uint64_t> repeat_;
  std::span<const uint32_t> occurrence_begin_;
  std::span<const ParagraphId> occurrence_;  // by wording
  uint64_t total_length_ = 0;

  Strings character_;
  std::span<const uint32_t> character_df_;
  std::shared_ptr<const PhraseStore> phrases_;
  std::shared_ptr<const SourceStore> sources_;
  std::shared_ptr<Counted> counted_ = std::make_shared<Counted>();
};

}  // namespace resolute::search
