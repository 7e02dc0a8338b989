// The folder of generations: one writer at a time, and what nobody needs any more goes.
#pragma once

#include <cstdint>
#include <string>

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

// Old generations go once nobody can count on them; segments and lexicons that no generation names go with them.
void collect_garbage(const std::string& index, uint64_t current);

}  // namespace resolute::indexer
