// Which documents and paragraphs the filters of a request keep out, and why. Immutable, so for any number of threads.
#pragma once

#include <array>
#include <vector>

#include "search/searcher.h"

namespace resolute::search {

// Bits of what keeps a document or paragraph out: a filter on a field, and the rest.
constexpr uint32_t bit(Field f) { return 1u << static_cast<unsigned>(f); }
inline constexpr uint32_t kOutByLanguage = 1u << 29, kOutByRange = 1u << 30, kOutDeleted = 1u << 31;

// Spells a symbol canonically where the index can make out what is meant. False where it is none.
bool spell_symbol(const Searcher& searcher, std::string& value);
// Why no document can match a field's value: no list or no document of the index knows it; empty where one can.
std::string doubt_value(const Generation& generation, Field field, const std::string& value);
// Spells the symbols of the filters; gives notices of what is no symbol, of values to doubt and of ranges that end before they begin.
std::vector<std::string> spell_filters(const Searcher& searcher, SearchRequest& request);

class Selection {
 public:
  // Of a request the filters, dates and citation range count, symbols as spell_filters() spells them; with `lang`
  // only documents of that language are in.
  Selection(const Generation& generation, const SearchRequest& request, std::optional<Language> lang = std::nullopt);

  // Bits that keep documents out, by document.
  const std::vector<uint32_t>& documents_out(size_t segment) const { return document_out_[segment]; }
  // Bits that keep a paragraph out, its document's included.
  uint32_t out(size_t segment, ParagraphId paragraph) const {
    const auto& s = generation_.segment(segment);
    return document_out_[segment][s.document_of(paragraph)] | kind_out_[static_cast<size_t>(s.kind(paragraph))] |
           (action_out_[segment].empty() ? 0 : action_out_[segment][s.action_place(paragraph)]);
  }
  bool holds(const ParagraphRef& at) const { return out(at.segment, at.paragraph) == 0; }
  // Whether a filter looks at paragraphs, not only at their documents.
  bool restricts_paragraphs() const { return by_paragraph_; }
  // Whether every document of the segment (of the language, where one is given) is in, whole.
  bool everything(size_t segment) const { return everything_[segment]; }

 private:
  void restrict_documents(size_t segment, Field field, const Filter& filter);
  void restrict_paragraphs(Field field, const Filter& filter);
  const Generation& generation_;
  bool by_paragraph_ = false;
  std::vector<bool> everything_;
  std::vector<std::vector<uint32_t>> document_out_;  // by segment and document
  std::array<uint32_t, 16> kind_out_{};
  std::vector<std::vector<uint32_t>> action_out_;  // by segment and action; empty where none is filtered
};

}  // namespace resolute::search
