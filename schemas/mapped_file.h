// A file mapped for reading, that may be damaged in place meanwhile.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace resolute {

// Which file it is, and how it was when it was looked at.
struct FileStamp {
  uint64_t device = 0, inode = 0, size = 0;
  int64_t modified = 0, changed = 0;  // nanoseconds
  bool operator==(const FileStamp&) const = default;
};
// An empty one where nothing is there.
FileStamp stamp_of(int file);
FileStamp stamp_of(const std::string& path);
// Whether an open file is as it was, or was deleted since, which changes nothing of what is open.
bool as_stamped(int file, const FileStamp& stamp);

// Immutable but for broken(), so for any number of threads.
class MappedFile {
 public:
  // Throws Error: corrupt where there is none, unavailable where it cannot be opened or mapped.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return {data_, size_}; }
  // Whether a page of it could not be read, and was given as zeros (survive_lost_pages).
  bool broken() const;
  // Whether nobody has written to it, as far as its size and times say.
  bool intact() const { return !broken() && as_stamped(file_, stamp_); }
  // Whether the path leads to this file, and it is intact.
  bool is(const std::string& path) const { return intact() && stamp_of(path) == stamp_; }

 private:
  int file_ = -1;
  FileStamp stamp_;
  const char* data_ = nullptr;
  size_t size_ = 0;
  size_t slot_ = 0;
};

// From now on a page of a mapped file that cannot be read, because the file was cut or its disk fails, is read as zeros, and the file
// counts as broken(); without this the process ends by SIGBUS. For programs that serve on; may be called again.
void survive_lost_pages();

}  // namespace resolute
