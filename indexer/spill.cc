#include "indexer/spill.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "schemas/error.h"

namespace resolute::indexer {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error(ErrorKind::unavailable, std::string("cannot ") + what + " a temporary file (TMPDIR): " + std::strerror(errno));
}

}  // namespace

Spill::Spill() {
  const char* folder = std::getenv("TMPDIR");
  std::string name = std::string(folder && *folder ? folder : "/tmp") + "/resolute-XXXXXX";
  fd_ = mkostemp(name.data(), O_CLOEXEC);
  if (fd_ < 0) fail("make");
  ::unlink(name.c_str());
}

Spill::~Spill() {
  unmap();
  ::close(fd_);
}

uint64_t Spill::append(std::string_view bytes) {
  uint64_t begin;
  {
    const std::lock_guard lock(mutex_);
    begin = end_;
    end_ += bytes.size();
  }
  for (size_t at = 0; at < bytes.size();) {
    const auto n = ::pwrite(fd_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(begin + at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("write");
    at += static_cast<size_t>(n);
  }
  return begin;
}

std::string Spill::read(uint64_t from, uint64_t count) const {
  std::string bytes(count, '\0');
  for (size_t at = 0; at < bytes.size();) {
    const auto n = ::pread(fd_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(from + at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("read");
    at += static_cast<size_t>(n);
  }
  return bytes;
}

std::string_view Spill::map() {
  unmap();
  if (end_ == 0) return {};
  void* map = mmap(nullptr, end_, PROT_READ, MAP_SHARED, fd_, 0);
  if (map == MAP_FAILED) fail("map");
  mapped_ = static_cast<char*>(map);
  mapped_bytes_ = end_;
  return {mapped_, mapped_bytes_};
}

void Spill::unmap() {
  if (mapped_) munmap(mapped_, mapped_bytes_);
  mapped_ = nullptr;
}

}  // namespace resolute::indexer
