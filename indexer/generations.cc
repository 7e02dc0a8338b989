#include "indexer/generations.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <set>
#include <vector>

#include "schemas/error.h"
#include "schemas/manifest.h"

namespace resolute::indexer {
namespace fs = std::filesystem;

WriterLock::WriterLock(const std::string& index) {
  std::error_code error;
  fs::create_directories(index + "/segments", error);
  fs::create_directories(index + "/generations", error);
  if (error) throw Error(ErrorKind::unavailable, "cannot make " + index + ": " + error.message());
  fd_ = ::open((index + "/LOCK").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) throw Error(ErrorKind::unavailable, "cannot write to " + index + ": " + std::strerror(errno));
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd_);
    throw Error(ErrorKind::unavailable, "another process is writing to " + index);
  }
}

WriterLock::~WriterLock() { ::close(fd_); }

namespace {

// Whether a segment, a lexicon or a generation may bear the name: figures, parted by dashes. What bears another is somebody else's.
bool is_own_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
}

// Removes what is ours in a folder and not named.
void remove_unnamed(const std::string& folder, const std::set<std::string>& named) {
  std::error_code error;
  for (const auto& e : fs::directory_iterator(folder, error))
    if (const auto name = e.path().filename().string(); is_own_name(name) && !named.count(name)) fs::remove_all(e.path(), error);
}

}  // namespace

std::vector<uint64_t> revisions_on_disk(const std::string& index) {
  std::error_code error;
  std::vector<uint64_t> revisions;
  for (const auto& e : fs::directory_iterator(index + "/generations", error)) {
    const auto name = e.path().filename().string();
    if (!name.empty() && name.size() < 20 && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }))
      revisions.push_back(std::stoull(name));
  }
  std::sort(revisions.begin(), revisions.end());
  return revisions;
}

void collect_garbage(const std::string& index, uint64_t current, size_t keep) {
  std::error_code error;
  std::set<std::string> named, lexicons;
  const auto now = fs::file_time_type::clock::now();
  const auto revisions = revisions_on_disk(index);
  const auto published = static_cast<size_t>(std::upper_bound(revisions.begin(), revisions.end(), current) - revisions.begin());
  for (size_t i = 0; i < revisions.size(); ++i) {
    const auto path = generation_path(index, revisions[i]);
    if (revisions[i] != current) {
      // Superseded when its successor was written. One that is newer than CURRENT was never published.
      bool expired = revisions[i] > current;
      if (!expired && i + keep < published && i + 1 < revisions.size()) {
        const auto since = fs::last_write_time(generation_path(index, revisions[i + 1]) + "/manifest.json", error);
        expired = !error && now - since > std::chrono::seconds(kKeepSeconds);
      }
      if (expired) {
        fs::remove_all(path, error);
        continue;
      }
    }
    try {
      const auto manifest = read_manifest(index, revisions[i], Formats::upgradable);
      for (const auto& s : manifest.segments) named.insert(s.name);
      if (manifest.lexicon) lexicons.insert(manifest.lexicon->name);
    } catch (const Error&) {
      if (revisions[i] != current) fs::remove_all(path, error);
    }
  }
  remove_unnamed(index + "/segments", named);
  remove_unnamed(index + "/lexicons", lexicons);
}

}  // namespace resolute::indexer
