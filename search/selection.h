// Which paragraphs the filters of a request leave. Immutable, so for any number of threads.
#pragma once

#include <array>
#include <vector>

#include "search/searcher.h"

namespace resolute::search {

class Selection {
 public:
  // Of a request the filters, dates and citation range count; symbols may be spelled in any way.
  Selection(const Searcher& searcher, const SearchRequest& request, std::optional<Language> lang = std::nullopt);

  bool holds(uint32_t segment, uint32_t paragraph) const {
    const auto& s = *g_.segments()[segment];
    if (!document_in_[segment][s.document_of[paragraph]] || kind_out_[s.kind[paragraph]]) return false;
    return action_out_[segment].empty() || !action_out_[segment][s.action.id(paragraph)];
  }
  bool holds_document(uint32_t segment, uint32_t document) const { return document_in_[segment][document]; }

 private:
  void restrict(uint32_t segment, Field field, const Filter& filter);
  const Generation& g_;
  std::vector<std::vector<bool>> document_in_;  // by segment and document
  std::array<bool, 16> kind_out_{};
  std::vector<std::vector<bool>> action_out_;   // by segment and action; empty where none is filtered
};

}  // namespace resolute::search
