// The Xapian side of a segment: words of titles and subjects, boolean terms of every
// field, one entry a document.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace resolute::search {

class Catalogue {
 public:
  // Throws Error(corrupt).
  explicit Catalogue(std::string path);
  ~Catalogue();

  // Documents that have all terms, and their BM25 score; any of them where `all` is off.
  // Ordinals from 0, ascending.
  enum class Mode { all, any };
  std::vector<std::pair<uint32_t, double>> search(const std::vector<std::string>& terms, Mode mode) const;
  // Documents that have a term, and how often. Ordinals from 0, ascending.
  std::vector<std::pair<uint32_t, uint32_t>> postings(const std::string& term) const;
  // Entries with a term.
  uint64_t frequency(const std::string& term) const;
  uint64_t size() const;

 private:
  struct Handle;
  std::unique_ptr<Handle> take() const;
  void give(std::unique_ptr<Handle> handle) const;
  std::string path_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Handle>> idle_;  // Xapian's are not for several threads
};

}  // namespace resolute::search
