#include <archive.h>
#include <archive_entry.h>

#include <ctime>
#include <memory>

#include "indexer/readers/reader.h"
#include "schemas/ascii.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

// libarchive speaks of what is wrong in its own words; ours are these.
Rejection rejection(const std::string& path, archive* a, const char* member) {
  const char* message = archive_error_string(a);
  const std::string text = message ? message : "unreadable";
  const std::string low = lowered(text);
  const bool encrypted = low.find("passphrase") != std::string::npos || low.find("encrypt") != std::string::npos;
  return {path, encrypted ? "encrypted" : "damaged-archive", encrypted ? "the archive is protected by a password" : text,
          member ? std::string("member ") + text::tidy(member) : ""};
}

int64_t processor_seconds() {
  timespec t{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec;
}

// What the outermost archive may come to, with all that lie in it.
struct Unpacked {
  size_t packed = 0;  // bytes of the outermost one
  uint64_t total = 0;
  size_t members = 0;
  int64_t begun = processor_seconds();  // of the thread: what waits for others costs nothing
  bool stopped = false;
};

void unpack(const std::string& path, std::string_view bytes, int depth, Unpacked& all, const std::function<void(Source&&)>& member,
            const std::function<void(Rejection&&)>& reject) {
  if (depth > kMostArchiveDepth) {
    reject({path, "nested-too-deep", "archives lie in archives more than " + std::to_string(kMostArchiveDepth) + " deep", ""});
    return;
  }
  const std::unique_ptr<archive, decltype(&archive_read_free)> a(archive_read_new(), archive_read_free);
  archive_read_support_format_zip_seekable(a.get());
  archive_read_support_format_zip_streamable(a.get());
  archive_read_support_format_tar(a.get());
  archive_read_support_filter_gzip(a.get());
  if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    reject(rejection(path, a.get(), nullptr));
    return;
  }
  const auto stop = [&](const char* reason, const std::string& why) {
    reject({path, reason, why, ""});
    all.stopped = true;
  };
  while (!all.stopped) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(a.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status < ARCHIVE_WARN) {
      reject(rejection(path, a.get(), nullptr));
      return;
    }
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    const char* raw = archive_entry_pathname_utf8(entry);
    if (!raw) raw = archive_entry_pathname(entry);
    // The name is only a label: it is never opened, so "../" can do no harm.
    const std::string name = raw ? text::tidy(raw) : "member-" + std::to_string(all.members + 1);
    if (++all.members > kMostArchiveMembers) return stop("too-many-members", "the archive has more than " + std::to_string(kMostArchiveMembers) + " members");
    if (archive_entry_is_encrypted(entry)) {
      reject({path + "/" + name, "encrypted", "the member is protected by a password", ""});
      continue;
    }
    Source source;
    source.path = path + "/" + name;
    source.member = true;
    bool ok = true;
    char buffer[65536];
    for (;;) {
      const auto n = archive_read_data(a.get(), buffer, sizeof buffer);
      if (n == 0) break;
      if (n < 0) {
        auto r = rejection(path + "/" + name, a.get(), nullptr);
        reject(std::move(r));
        ok = false;
        break;
      }
      all.total += static_cast<uint64_t>(n);
      if (source.bytes.size() + static_cast<size_t>(n) > kMostFileBytes) {
        reject({source.path, "too-large", "the member unpacks to more than " + std::to_string(kMostFileBytes >> 20) + " MiB", ""});
        ok = false;
        break;
      }
      if (all.total > kMostArchiveBytes || (all.total > (16u << 20) && all.total / kMostArchiveRatio > all.packed))
        return stop("archive-bomb", "the archive unpacks to an unreasonable size");
      if (processor_seconds() - all.begun > kMostArchiveSeconds) return stop("too-slow", "the archive takes too long to unpack");
      source.bytes.append(buffer, static_cast<size_t>(n));
    }
    if (!ok) continue;
    const auto position = archive_filter_bytes(a.get(), -1);
    source.archive_bytes = position > 0 ? static_cast<uint64_t>(position) : 0;
    if (detect_format(source.bytes) == Format::archive) {
      const auto inner = [&](Source&& s) {
        s.archive_bytes = source.archive_bytes;
        member(std::move(s));
      };
      unpack(source.path, source.bytes, depth + 1, all, inner, reject);
    } else {
      member(std::move(source));
    }
  }
}

}  // namespace

void read_archive(const std::string& path, std::string_view bytes, int depth, const std::function<void(Source&&)>& member,
                  const std::function<void(Rejection&&)>& reject) {
  Unpacked all;
  all.packed = bytes.size();
  unpack(path, bytes, depth, all, member, reject);
}

}  // namespace resolute::indexer
