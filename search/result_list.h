// Everything that a search finds, in its order, of one generation: for downloads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schemas/result.h"
#include "search/searcher.h"

namespace resolute::search {

// Keeps a place and a score for each hit, some 16 bytes, and the generation open; texts are read when they are asked for. What is
// published meanwhile changes nothing. Immutable, so for any number of threads.
class ResultList {
 public:
  // The first `most` hits of a request, whose limit, cursor and facets do not count. Throws Error.
  ResultList(std::shared_ptr<const Searcher> searcher, const SearchRequest& request, size_t most = static_cast<size_t>(-1));

  // Totals, notices and the index's size; no matches, no facets.
  const SearchResult& summary() const { return summary_; }
  size_t size() const { return hits_.size(); }
  // All hits of the unit that was asked for; size() is `most` where they are more.
  uint64_t found() const { return found_; }
  // Without snippets; with Dedupe::on `repeats` has its count alone, with Unit::document `paragraphs_matched` is set. Throws Error(corrupt).
  // Of documents that are a list by their filters alone, the version in `reader`'s language where there is one.
  Match match(size_t place, std::optional<Language> reader = std::nullopt) const;
  // Every value of a field of documents that the hit's document has.
  std::vector<std::string> values(size_t place, Field field) const;
  DocumentRef document(size_t place) const { return searcher_->generation().document_of(hits_[place].at); }
  const Searcher& searcher() const { return *searcher_; }

 private:
  struct Listed {
    ParagraphRef at;
    float score;
    uint32_t count;  // of the paragraphs that it stands for
  };
  std::shared_ptr<const Searcher> searcher_;
  Unit unit_;
  bool words_;  // the request has a query
  SearchResult summary_;
  uint64_t found_ = 0;
  std::vector<Listed> hits_;
};

}  // namespace resolute::search
