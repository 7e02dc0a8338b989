#include "schemas/mapped_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>

#include "schemas/error.h"

namespace resolute {
namespace {

// What the signal handler looks at: no lock, no memory.
struct Slot {
  std::atomic<uintptr_t> begin{0}, end{0};  // 0 while it is free
  std::atomic<bool> broken{false};
};
constexpr size_t kSlots = 4096;
std::array<Slot, kSlots> slots;
std::mutex slots_mutex;

// The first free slot, taken for a mapping; kSlots where none is: then a lost page ends the process, as without a guard.
size_t take_slot(const char* data, size_t size) {
  const std::lock_guard lock(slots_mutex);
  for (size_t i = 0; i < kSlots; ++i) {
    if (slots[i].end.load() != 0) continue;
    slots[i].broken = false;
    slots[i].begin = reinterpret_cast<uintptr_t>(data);
    slots[i].end = reinterpret_cast<uintptr_t>(data) + size;
    return i;
  }
  return kSlots;
}

void on_lost_page(int signal, siginfo_t* info, void*) {
  const int before = errno;
  const auto address = reinterpret_cast<uintptr_t>(info->si_addr);
  static const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (auto& slot : slots) {
    if (address < slot.begin.load() || address >= slot.end.load()) continue;
    const uintptr_t start = address & ~(page - 1);
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the page that was touched
    if (::mmap(reinterpret_cast<void*>(start), page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) break;
    slot.broken = true;
    errno = before;
    return;
  }
  // Not of ours: it ends as it would have.
  ::signal(signal, SIG_DFL);
}

int64_t nanoseconds(const timespec& t) { return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec; }

FileStamp stamp_from(const struct stat& st) {
  return {static_cast<uint64_t>(st.st_dev), static_cast<uint64_t>(st.st_ino), static_cast<uint64_t>(st.st_size), nanoseconds(st.st_mtim),
          nanoseconds(st.st_ctim)};
}

}  // namespace

FileStamp stamp_of(int file) {
  struct stat st {};
  return ::fstat(file, &st) == 0 ? stamp_from(st) : FileStamp{};
}

FileStamp stamp_of(const std::string& path) {
  struct stat st {};
  return ::stat(path.c_str(), &st) == 0 ? stamp_from(st) : FileStamp{};
}

bool as_stamped(int file, const FileStamp& stamp) {
  struct stat st {};
  if (::fstat(file, &st) != 0) return false;
  auto now = stamp_from(st);
  if (st.st_nlink == 0) now.changed = stamp.changed;
  return now == stamp;
}

MappedFile::MappedFile(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  if (file_ < 0)
    throw Error(errno == ENOENT ? ErrorKind::corrupt : ErrorKind::unavailable, "cannot open " + path.substr(path.rfind('/') + 1) + ": " + std::strerror(errno));
  stamp_ = stamp_of(file_);
  size_ = stamp_.size;
  if (size_ == 0) {
    ::close(file_);
    throw Error(ErrorKind::corrupt, path.substr(path.rfind('/') + 1) + " is empty");
  }
  void* map = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file_, 0);
  if (map == MAP_FAILED) {
    const int why = errno;
    ::close(file_);
    throw Error(ErrorKind::unavailable, std::string("cannot map the index: ") + std::strerror(why));
  }
  data_ = static_cast<const char*>(map);
  slot_ = take_slot(data_, size_);
}

MappedFile::~MappedFile() {
  // Before the addresses may be another's.
  if (slot_ != kSlots) {
    slots[slot_].begin = 0;
    slots[slot_].end = 0;
  }
  ::munmap(const_cast<char*>(data_), size_);
  ::close(file_);
}

bool MappedFile::broken() const { return slot_ != kSlots && slots[slot_].broken; }

void survive_lost_pages() {
  struct sigaction action {};
  action.sa_sigaction = on_lost_page;
  action.sa_flags = SA_SIGINFO;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace resolute
