#include "indexer/copies.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>

#include "indexer/generations.h"
#include "schemas/arrivals.h"
#include "schemas/clock.h"
#include "schemas/error.h"

namespace resolute::indexer {
namespace fs = std::filesystem;
namespace {

// How often another generation is begun with because the source's writer has removed the one that was being copied.
constexpr int kMostRestarts = 5;

uint64_t bytes_of(const Manifest& m) {
  uint64_t bytes = 0;
  for (const auto& f : files_of(m)) bytes += f.bytes;
  return bytes;
}

// An open file that is closed.
class File {
 public:
  File(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

enum class Copied { done, source_gone };

// Beside, flushed, then renamed: a file of the target is whole or not there.
Copied copy_file(const std::string& from, const std::string& to, const std::atomic<bool>* stop, uint64_t& bytes) {
  const auto fail = [&] { throw Error(ErrorKind::unavailable, "cannot write " + to + ": " + std::strerror(errno)); };
  const File source(from, O_RDONLY);
  if (source.fd() < 0) {
    if (errno == ENOENT) return Copied::source_gone;
    throw Error(ErrorKind::unavailable, "cannot read " + from + ": " + std::strerror(errno));
  }
  std::error_code error;
  fs::create_directories(fs::path(to).parent_path(), error);
  const std::string beside = to + ".new";
  const File target(beside, O_WRONLY | O_CREAT | O_TRUNC);
  if (target.fd() < 0) fail();
  std::vector<char> buffer(1 << 20);
  for (;;) {
    if (stop && stop->load()) throw Error(ErrorKind::unavailable, "stopped; what has been copied is taken up again");
    const auto n = ::read(source.fd(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw Error(ErrorKind::unavailable, "cannot read " + from + ": " + std::strerror(errno));
    if (n == 0) break;
    for (ssize_t at = 0; at < n;) {
      const auto written = ::write(target.fd(), buffer.data() + at, static_cast<size_t>(n - at));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) fail();
      at += written;
    }
    bytes += static_cast<uint64_t>(n);
  }
  if (::fsync(target.fd()) != 0 || ::rename(beside.c_str(), to.c_str()) != 0) fail();
  flush_folder(fs::path(to).parent_path().string());
  return Copied::done;
}

// Whether a file of the target can stay: one whose length is not told only where it `may`.
bool is_there(const std::string& path, uint64_t bytes, bool may = false) {
  std::error_code error;
  const auto have = fs::file_size(path, error);
  return !error && (bytes > 0 ? have == bytes : may);
}

bool publishes(const std::string& index, const Manifest& manifest) {
  try {
    return print_current(read_published(index)) == print_current(manifest);
  } catch (const Error&) { return false; }
}

}  // namespace

std::vector<KeptGeneration> kept_generations(const std::string& index) {
  const uint64_t current = read_current(index);
  std::vector<KeptGeneration> out;
  for (const uint64_t revision : revisions_on_disk(index)) {
    if (revision > current) continue;  // of a writer at work
    KeptGeneration g;
    g.revision = revision;
    g.published = revision == current;
    try {
      const auto m = read_manifest(index, revision);
      g.created = m.created;
      g.documents = m.documents;
      g.paragraphs = m.paragraphs;
      g.bytes = bytes_of(m);
    } catch (const Error& e) { g.trouble = e.what(); }
    out.push_back(std::move(g));
  }
  return out;
}

uint64_t roll_back(const std::string& index, uint64_t revision) {
  const uint64_t current = read_current(index);  // before anything is made
  const WriterLock lock(index);
  Manifest m = read_manifest(index, revision);
  if (revision >= current)
    throw Error(ErrorKind::invalid, revision == current ? "revision " + std::to_string(revision) + " is the published one"
                                                        : "there is no published revision " + std::to_string(revision));
  for (const auto& f : files_of(m))
    if (f.bytes > 0 && !is_there(index + "/" + f.path, f.bytes))
      throw Error(ErrorKind::corrupt, "revision " + std::to_string(revision) + " is not whole: " + f.path + " is missing");
  const std::string sources = generation_path(index, revision) + "/sources.json";
  m.revision = current + 1;
  m.created = now_iso();
  const std::string folder = generation_path(index, m.revision);
  std::error_code error;
  fs::remove_all(folder, error);  // of a writer that ended before publishing
  uint64_t bytes = 0;
  if (copy_file(sources, folder + "/sources.json", nullptr, bytes) != Copied::done)
    throw Error(ErrorKind::corrupt, "revision " + std::to_string(revision) + " is not whole: its table of input files is missing");
  static_cast<void>(copy_file(arrivals_path(index, revision), arrivals_path(index, m.revision), nullptr, bytes));  // an older program wrote none
  write_file_atomically(folder + "/manifest.json", print_manifest(m));
  flush_folder(index + "/generations");
  write_file_atomically(index + "/CURRENT", print_current(m));
  return m.revision;
}

std::vector<GenerationFile> files_of(const Manifest& m) {
  std::vector<GenerationFile> out;
  // Without the index before them.
  const auto add = [&](const std::string& path, uint64_t bytes) { out.push_back({path.substr(1), bytes}); };
  for (const auto& s : m.segments) {
    add(entries_path("", s.name), s.entries_bytes);
    add(segment_path("", s.name), s.segment_bytes);
    if (s.phrase_bytes) add(phrases_path("", s.name), s.phrase_bytes);
    if (s.source_bytes) add(kept_sources_path("", s.name), s.source_bytes);
  }
  if (m.lexicon) add(lexicon_path("", m.lexicon->name), m.lexicon->bytes);
  add(generation_path("", m.revision) + "/sources.json", 0);
  add(arrivals_path("", m.revision), 0);
  out.back().optional = true;
  add(generation_path("", m.revision) + "/manifest.json", 0);
  return out;
}

void expect_ancestor(const std::string& to, const Manifest& manifest) {
  uint64_t there = 0;
  try {
    there = read_current(to);
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::not_found) throw;
    return;
  }
  if (there > manifest.revision)
    throw Error(ErrorKind::invalid, to + " is at revision " + std::to_string(there) + ", newer than " + std::to_string(manifest.revision) +
                                        ": nothing goes back by copying (`resolute rollback` does)");
  if (there < manifest.revision) return;
  if (print_current(read_manifest(to, there)) != print_current(manifest))
    throw Error(ErrorKind::invalid, to + " holds another index, which has a revision " + std::to_string(there) + " too: copy into an empty folder");
}

CopyReport copy_generation(const std::string& from, const std::string& to, bool anew, const std::atomic<bool>* stop) {
  std::error_code error;
  if (fs::equivalent(from, to, error)) throw Error(ErrorKind::invalid, "an index cannot be copied onto itself");
  for (int attempt = 0;; ++attempt) {
    const Manifest manifest = read_published(from);
    expect_ancestor(to, manifest);
    const WriterLock lock(to);
    CopyReport report;
    report.revision = manifest.revision;
    bool gone = false;
    const bool there = publishes(to, manifest);
    for (const auto& f : files_of(manifest)) {
      ++report.files;
      report.bytes += f.bytes;
      if (!anew && is_there(to + "/" + f.path, f.bytes, there)) continue;
      if (copy_file(from + "/" + f.path, to + "/" + f.path, stop, report.copied_bytes) == Copied::source_gone) {
        if (f.optional) continue;
        gone = true;
        break;
      }
      ++report.copied;
    }
    if (!gone) {
      flush_folder(to + "/segments");
      flush_folder(to + "/generations");
      return report;
    }
    if (attempt == kMostRestarts || read_current(from) == manifest.revision)
      throw Error(ErrorKind::corrupt, from + " is not whole: a file that its manifest names is missing");
  }
}

void publish_copy(const std::string& to, uint64_t revision) {
  const WriterLock lock(to);
  const auto manifest = read_manifest(to, revision);
  write_file_atomically(to + "/CURRENT", print_current(manifest));
  collect_garbage(to, revision, 1);
}

}  // namespace resolute::indexer
