// One published state of an index, opened for searching. Immutable, so for any number
// of threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schemas/lexicon.h"
#include "schemas/manifest.h"
#include "search/segment.h"

namespace resolute::search {

// A document, paragraph or wording of a generation: its segment and its ordinal there.
struct DocumentRef {
  uint32_t segment;
  DocumentId document;
  auto operator<=>(const DocumentRef&) const = default;
};
struct ParagraphRef {
  uint32_t segment;
  ParagraphId paragraph;
  auto operator<=>(const ParagraphRef&) const = default;
};
struct WordingRef {
  uint32_t segment;
  WordingId wording;
  auto operator<=>(const WordingRef&) const = default;  // NOLINT(modernize-use-nullptr): it takes what <=> is compared with for a pointer
};

class Generation {
 public:
  // The published one, or that of a revision that is still kept. Throws Error.
  // With `before`, what it has in common with that generation is shared, not opened again.
  static std::shared_ptr<const Generation> open(const std::string& index, const Generation* before = nullptr);
  static std::shared_ptr<const Generation> open(const std::string& index, uint64_t revision);

  // The lexicon of an index, for another to use; nullptr where it has none. Throws Error.
  static std::shared_ptr<const Lexicon> open_lexicon(const std::string& index);

  const Manifest& manifest() const { return manifest_; }
  // Whether nobody has written to its files; whether a page of them could not be read any more, so that what is read is not what it was.
  bool intact() const;
  bool broken() const;
  const std::vector<std::unique_ptr<const Segment>>& segments() const { return segments_; }
  const Segment& segment(size_t number) const { return *segments_[number]; }
  const Segment& segment(const DocumentRef& at) const { return *segments_[at.segment]; }
  const Segment& segment(const ParagraphRef& at) const { return *segments_[at.segment]; }
  const Segment& segment(const WordingRef& at) const { return *segments_[at.segment]; }
  // Its own; nullptr where nothing was learned.
  const std::shared_ptr<const Lexicon>& lexicon() const { return lexicon_; }
  uint64_t wordings() const { return wordings_; }
  double mean_length() const { return mean_length_; }  // of wordings, in terms

  // Every language version of a symbol, zh before en.
  std::vector<DocumentRef> find(const std::string& identifier) const;
  // The version in a language.
  std::optional<DocumentRef> find(const std::string& identifier, Language lang) const;
  // Every identifier, sorted naturally.
  const std::vector<std::string>& identifiers() const { return identifiers_; }
  // Documents (by identifier) that cite a symbol.
  std::vector<std::string> citing(const std::string& symbol) const;

  // What a segment says of its own, for a reference.
  DocumentRef document_of(const ParagraphRef& at) const { return {at.segment, segment(at).document_of(at.paragraph)}; }
  std::string id(const DocumentRef& at) const { return segment(at).id(at.document); }
  std::string id(const ParagraphRef& at) const { return segment(at).id(at.paragraph); }
  std::string_view identifier(const DocumentRef& at) const { return segment(at).identifier(at.document); }
  Language lang(const DocumentRef& at) const { return segment(at).lang(at.document); }
  std::optional<Day> date(const DocumentRef& at) const { return segment(at).date(at.document); }
  const Standing& standing(const DocumentRef& at) const { return segment(at).standing(at.document); }
  std::string text(const ParagraphRef& at) const { return segment(at).text(at.paragraph); }
  std::string text(const WordingRef& at) const { return segment(at).text(at.wording); }
  std::optional<ParagraphRef> parallel(const ParagraphRef& at) const;
  // Throws Error(corrupt).
  Document document(const DocumentRef& at) const { return segment(at).document(at.document); }
  // The bytes of its file, where they are kept. Throws Error(corrupt).
  std::optional<std::string> source(const DocumentRef& at) const { return segment(at).source(at.document); }
  bool has_source(const DocumentRef& at) const { return segment(at).has_source(at.document); }

 private:
  Generation() = default;
  static std::shared_ptr<const Generation> open(const std::string& index, Manifest manifest, const Generation* before);
  void rank_documents(const std::vector<std::unique_ptr<Segment>>& segments);

  Manifest manifest_;
  std::shared_ptr<const Lexicon> lexicon_;
  std::vector<std::unique_ptr<const Segment>> segments_;
  std::unordered_map<std::string, std::vector<DocumentRef>> by_identifier_;
  std::vector<std::string> identifiers_;
  uint64_t wordings_ = 0;
  double mean_length_ = 1;
};

}  // namespace resolute::search
