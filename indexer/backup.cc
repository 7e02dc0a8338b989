// A generation as one tar archive, and back.
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>

#include "indexer/copies.h"
#include "indexer/generations.h"
#include "schemas/error.h"

namespace resolute::indexer {
namespace fs = std::filesystem;
namespace {

struct CloseFile {
  void operator()(std::FILE* f) const { std::fclose(f); }
};
using Stream = std::unique_ptr<std::FILE, CloseFile>;

void expect_going_on(const std::atomic<bool>* stop) {
  if (stop && stop->load()) throw Error(ErrorKind::unavailable, "stopped");
}

// The files of a published generation, all opened before the first is read: a writer may remove their names, not them.
struct OpenGeneration {
  Manifest manifest;
  std::vector<std::pair<std::string, Stream>> files;  // and the path within the index
};

OpenGeneration open_all(const std::string& index) {
  for (;;) {
    OpenGeneration out;
    out.manifest = read_published(index);
    for (const auto& f : files_of(out.manifest)) {
      Stream file(std::fopen((index + "/" + f.path).c_str(), "rbe"));
      if (file)
        out.files.emplace_back(f.path, std::move(file));
      else if (!f.optional)
        break;
    }
    if (!out.files.empty() && out.files.back().first == files_of(out.manifest).back().path) return out;
    if (read_current(index) == out.manifest.revision) throw Error(ErrorKind::corrupt, index + " is not whole: a file that its manifest names cannot be read");
  }
}

// segments/S/FILE, lexicons/L, generations/N/FILE: what a generation is made of, and nothing else.
bool is_of_an_index(const std::string& path) {
  static const std::set<std::string> kFiles = {"entries", "segment.bin", "phrases.bin", "sources.bin", "manifest.json", "sources.json", "arrivals"};
  const auto figures = [](const std::string& name) { return !name.empty() && name.size() < 40 && name.find_first_not_of("0123456789-") == std::string::npos; };
  std::vector<std::string> parts;
  for (const auto& p : fs::path(path)) parts.push_back(p.string());
  if (parts.size() == 2) return parts[0] == "lexicons" && figures(parts[1]);
  return parts.size() == 3 && (parts[0] == "segments" || parts[0] == "generations") && figures(parts[1]) && kFiles.count(parts[2]);
}

std::string text_of(archive* a) {
  const char* message = archive_error_string(a);
  return message ? message : "unknown";
}

}  // namespace

CopyReport write_backup(const std::string& index, const std::string& path, const std::atomic<bool>* stop) {
  const auto open = open_all(index);
  const bool out = path == "-";
  const std::string beside = path + ".new";
  const auto fail = [&](archive* a) { throw Error(ErrorKind::unavailable, "cannot write " + path + ": " + text_of(a)); };
  const std::unique_ptr<archive, decltype(&archive_write_free)> tar(archive_write_new(), archive_write_free);
  archive_write_set_format_pax_restricted(tar.get());
  if ((out ? archive_write_open_fd(tar.get(), STDOUT_FILENO) : archive_write_open_filename(tar.get(), beside.c_str())) != ARCHIVE_OK) fail(tar.get());
  CopyReport report;
  report.revision = open.manifest.revision;
  std::vector<char> buffer(1 << 20);
  for (const auto& [name, file] : open.files) {
    std::fseek(file.get(), 0, SEEK_END);
    const auto size = std::ftell(file.get());
    std::rewind(file.get());
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), size);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    if (archive_write_header(tar.get(), entry.get()) != ARCHIVE_OK) fail(tar.get());
    for (size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), file.get())) > 0;) {
      expect_going_on(stop);
      if (archive_write_data(tar.get(), buffer.data(), n) != static_cast<la_ssize_t>(n)) fail(tar.get());
    }
    if (std::ferror(file.get())) throw Error(ErrorKind::unavailable, "cannot read " + index + "/" + name);
    ++report.files;
    ++report.copied;
    report.bytes += static_cast<uint64_t>(size);
  }
  if (archive_write_close(tar.get()) != ARCHIVE_OK) fail(tar.get());
  report.copied_bytes = report.bytes;
  if (out) return report;
  const int fd = ::open(beside.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!flushed || ::rename(beside.c_str(), path.c_str()) != 0) throw Error(ErrorKind::unavailable, "cannot write " + path + ": " + std::strerror(errno));
  return report;
}

CopyReport read_backup(const std::string& path, const std::string& index, const std::atomic<bool>* stop) {
  std::error_code error;
  if (fs::exists(index + "/CURRENT", error)) throw Error(ErrorKind::invalid, index + " holds an index: restore into a new folder, then serve that");
  const WriterLock lock(index);
  const std::unique_ptr<archive, decltype(&archive_read_free)> tar(archive_read_new(), archive_read_free);
  archive_read_support_format_tar(tar.get());
  archive_read_support_filter_all(tar.get());
  if ((path == "-" ? archive_read_open_fd(tar.get(), STDIN_FILENO, 1 << 16) : archive_read_open_filename(tar.get(), path.c_str(), 1 << 16)) != ARCHIVE_OK)
    throw Error(fs::exists(path, error) || path == "-" ? ErrorKind::invalid : ErrorKind::not_found, path + " is no backup: " + text_of(tar.get()));
  CopyReport report;
  std::vector<char> buffer(1 << 20);
  archive_entry* entry = nullptr;
  int status;
  while ((status = archive_read_next_header(tar.get(), &entry)) == ARCHIVE_OK) {
    const char* raw = archive_entry_pathname(entry);
    const std::string name = raw ? raw : "";
    if (archive_entry_filetype(entry) != AE_IFREG || !is_of_an_index(name))
      throw Error(ErrorKind::invalid, path + " is no backup: it has a member '" + name.substr(0, 200) + "'");
    const std::string to = index + "/" + name;
    fs::create_directories(fs::path(to).parent_path(), error);
    Stream file(std::fopen(to.c_str(), "wbe"));
    if (!file) throw Error(ErrorKind::unavailable, "cannot write " + to + ": " + std::strerror(errno));
    for (la_ssize_t n; (n = archive_read_data(tar.get(), buffer.data(), buffer.size())) != 0;) {
      expect_going_on(stop);
      if (n < 0) throw Error(ErrorKind::corrupt, path + " is not whole: " + text_of(tar.get()));
      if (std::fwrite(buffer.data(), 1, static_cast<size_t>(n), file.get()) != static_cast<size_t>(n))
        throw Error(ErrorKind::unavailable, "cannot write " + to + ": " + std::strerror(errno));
      report.copied_bytes += static_cast<uint64_t>(n);
    }
    if (std::fflush(file.get()) != 0 || ::fsync(fileno(file.get())) != 0)
      throw Error(ErrorKind::unavailable, "cannot write " + to + ": " + std::strerror(errno));
    ++report.copied;
  }
  if (status != ARCHIVE_EOF) throw Error(ErrorKind::corrupt, path + " is not whole: " + text_of(tar.get()));
  const auto revisions = revisions_on_disk(index);
  if (revisions.size() != 1) throw Error(ErrorKind::invalid, path + " is no backup: it holds " + std::to_string(revisions.size()) + " generations");
  report.revision = revisions[0];
  report.files = report.copied;
  report.bytes = report.copied_bytes;
  for (const auto& f : files_of(read_manifest(index, report.revision)))
    if ((!f.optional && !fs::exists(index + "/" + f.path, error)) || (f.bytes && fs::file_size(index + "/" + f.path, error) != f.bytes))
      throw Error(ErrorKind::corrupt, path + " is not whole: " + f.path + " is missing or too short");
  return report;
}

}  // namespace resolute::indexer
