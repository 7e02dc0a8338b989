// A temporary file in $TMPDIR, without a name, for what need not stay in memory.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace resolute::indexer {

// For any number of threads. Throws Error(unavailable) where the disk fails.
class Spill {
 public:
  Spill();
  ~Spill();
  Spill(const Spill&) = delete;
  Spill& operator=(const Spill&) = delete;

  // Where the bytes lie from now on. Appends of one thread stand in their order.
  uint64_t append(std::string_view bytes);
  std::string read(uint64_t at, uint64_t bytes) const;
  // Everything appended so far, mapped until the next call; `at` as append gave it.
  std::string_view map();

 private:
  void unmap();
  std::mutex mutex_;
  int fd_;
  uint64_t end_ = 0;
  char* mapped_ = nullptr;
  uint64_t mapped_bytes_ = 0;
};

}  // namespace resolute::indexer
