// The folder of generations: one writer at a time, and what nobody needs any more goes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace resolute::indexer {

// Makes the folders of an index and holds its lock, which ends with the process too. Throws Error(unavailable) where
// that cannot be done or another writes.
class WriterLock {
 public:
  explicit WriterLock(const std::string& index);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  int fd_;
};

// The generations that there are, published or not, ascending. Empty where there is no index.
std::vector<uint64_t> revisions_on_disk(const std::string& index);

// Old generations go once nobody can count on them, but for the last `keep` up to the current one; segments and lexicons
// that no generation names go with them.
void collect_garbage(const std::string& index, uint64_t current, size_t keep);

}  // namespace resolute::indexer
