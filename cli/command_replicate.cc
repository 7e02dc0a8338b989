#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "cli/commands.h"
#include "cli/process.h"
#include "cli/terminal.h"
#include "indexer/copies.h"
#include "indexer/generations.h"
#include "indexer/index_writer.h"
#include "schemas/error.h"
#include "search/generation.h"
#include "search/verify.h"

namespace resolute::cli {
namespace {
namespace fs = std::filesystem;

// HOST:PATH or USER@HOST:PATH, as rsync and scp read it: a colon before any slash.
bool is_remote(const std::string& place) {
  const size_t colon = place.find(':');
  return colon != std::string::npos && place.find('/') > colon;
}

// A folder that goes with its contents.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "resolute-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw Error(ErrorKind::unavailable, "cannot make a folder in " + fs::temp_directory_path().string());
    path_ = name;
  }
  ~Scratch() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void rsync(std::vector<std::string> options, const std::string& from, const std::string& to) {
  // Its own checksum covers each file on the way, and a file appears under its name when it is whole.
  std::vector<std::string> all = {"rsync", "--times", "--partial", "--fsync"};
  all.insert(all.end(), options.begin(), options.end());
  all.insert(all.end(), {"--", from, to});
  if (const int status = run_program(all))
    throw Error(ErrorKind::unavailable, "rsync from " + from + " failed (exit status " + std::to_string(status) + "); what has been copied is taken up again");
}

// Only what the manifest names, by --files-from: data first, then what names it.
void rsync_files(const Manifest& m, bool data, const std::string& from, const std::string& to) {
  const Scratch scratch;
  {
    std::ofstream list(scratch.path() + "/files");
    for (const auto& f : indexer::files_of(m))
      if ((f.bytes > 0) == data && (!f.optional || fs::exists(from + "/" + f.path))) list << f.path << "\n";
    if (!list.flush()) throw Error(ErrorKind::unavailable, "cannot write " + scratch.path());
  }
  rsync({"--relative", "--files-from=" + scratch.path() + "/files"}, from + "/", to + "/");
}

// To a host: data, then the generation, CURRENT last.
indexer::CopyReport push(const std::string& from, const std::string& to) {
  const Manifest m = read_published(from);
  rsync_files(m, true, from, to);
  rsync_files(m, false, from, to);
  const Scratch scratch;
  write_file_atomically(scratch.path() + "/CURRENT", print_current(m));
  rsync({}, scratch.path() + "/CURRENT", to + "/CURRENT");
  indexer::CopyReport report;
  report.revision = m.revision;
  return report;
}

// From a host: what it has published now. Nothing is published here yet.
indexer::CopyReport pull(const std::string& from, const std::string& to) {
  const Scratch scratch;
  rsync({}, from + "/CURRENT", scratch.path() + "/CURRENT");
  indexer::CopyReport report;
  report.revision = read_current(scratch.path());
  const std::string folder = generation_path("", report.revision).substr(1);
  rsync({"--recursive"}, from + "/" + folder, scratch.path() + "/generations/");
  const Manifest m = read_published(scratch.path());
  indexer::expect_ancestor(to, m);
  const indexer::WriterLock lock(to);
  rsync_files(m, true, from, to);
  rsync({"--recursive"}, scratch.path() + "/" + folder, to + "/generations/");
  for (const auto& f : indexer::files_of(m)) {
    ++report.files;
    report.bytes += f.bytes;
  }
  return report;
}

// That every byte of a copy is what it was.
void check_copy(const std::string& index, uint64_t revision) {
  const auto generation = search::Generation::open(index, revision);
  search::verify_kept_sources(*generation);
  indexer::verify_sources(index, generation->manifest());
}

bool is_published(const std::string& index, uint64_t revision) {
  try {
    return read_current(index) == revision;
  } catch (const Error&) { return false; }
}

indexer::CopyReport replicate(const std::string& from, const std::string& to) {
  if (is_remote(from) && is_remote(to)) throw Error(ErrorKind::invalid, "one of the two must be a folder of this machine");
  if (is_remote(to)) return push(from, to);
  auto report = is_remote(from) ? pull(from, to) : indexer::copy_generation(from, to, false, &stop_requested);
  if (is_published(to, report.revision) && report.copied == 0 && !is_remote(from)) return report;
  try {
    check_copy(to, report.revision);
  } catch (const Error& e) {
    // Of the right length, and yet not what it was: once more, all of it.
    if (e.kind() != ErrorKind::corrupt || is_remote(from)) throw;
    report = indexer::copy_generation(from, to, true, &stop_requested);
    check_copy(to, report.revision);
  }
  report.published = !is_published(to, report.revision);
  indexer::publish_copy(to, report.revision);
  return report;
}

}  // namespace

void add_replicate(CLI::App& app, int&) {
  struct Flags {
    std::string from, to;
    bool quiet = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("replicate", "copy the published generation to another index");
  c->add_option("FROM", f->from, "index directory, or HOST:DIRECTORY (rsync)")->required();
  c->add_option("TO", f->to, "index directory, made where it is missing, or HOST:DIRECTORY (rsync)")->required();
  c->add_flag("--quiet", f->quiet, "no summary");
  c->footer(
      "Files that are there stay. What names them comes after them, CURRENT last, once every byte has been checked: TO\n"
      "never shows a half state, and an interrupted copy goes on where it was. Both may be served and FROM written to meanwhile.\n"
      "To a HOST nothing is checked beyond rsync's own checksums, and nothing old is removed: better run it there, with HOST: as FROM.\n\n"
      "Examples:\n  resolute replicate /srv/un /mnt/replica/un\n  resolute replicate index.example:/srv/un /srv/un\n");
  c->callback([f] {
    const auto r = replicate(f->from, f->to);
    if (f->quiet) return;
    if (is_remote(f->from) || is_remote(f->to))
      fmt::print("{} is at revision {}\n", f->to, r.revision);
    else if (r.copied == 0 && !r.published)
      fmt::print("{} is at revision {} already\n", f->to, r.revision);
    else
      fmt::print("{} is at revision {}: {} of {} files copied, {}\n", f->to, r.revision, r.copied, r.files, human_bytes(r.copied_bytes));
  });
}

void add_backup(CLI::App& app, int&) {
  struct Flags {
    std::string index = default_index(), file;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("backup", "the published generation as one tar archive");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("FILE", f->file, "the archive, - for standard output")->required();
  c->footer(
      "Safe while the index is served and written to; every byte is checked first. `resolute restore` brings it back.\n\nExamples:\n  resolute backup un.tar\n "
      " resolute backup - | ssh "
      "vault.example 'cat > un.tar'\n");
  c->callback([f] {
    // What is damaged is no backup.
    check_copy(f->index, read_current(f->index));
    const auto r = indexer::write_backup(f->index, f->file, &stop_requested);
    fmt::print(stderr, "revision {}: {} files, {}\n", r.revision, r.files, human_bytes(r.bytes));
  });
}

void add_restore(CLI::App& app, int&) {
  struct Flags {
    std::string index = default_index(), file;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("restore", "make an index of a backup");
  c->add_option("--index", f->index, "a folder that holds no index ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("FILE", f->file, "the archive, - for standard input")->required();
  c->footer("Every byte is checked before it is published.\n\nExample:\n  resolute restore un.tar --index /srv/un-restored\n");
  c->callback([f] {
    const bool was_there = std::filesystem::exists(f->index);
    indexer::CopyReport r;
    try {
      r = indexer::read_backup(f->file, f->index, &stop_requested);
      check_copy(f->index, r.revision);
    } catch (const Error& e) {
      std::error_code error;
      if (!was_there) std::filesystem::remove_all(f->index, error);
      if (e.kind() != ErrorKind::corrupt) throw;
      const std::string what = e.what();
      throw Error(ErrorKind::corrupt, f->file + " is damaged, nothing was restored: " + what.substr(0, what.find("; build it anew")));
    }
    indexer::publish_copy(f->index, r.revision);
    fmt::print(stderr, "{} is at revision {}: {} files, {}\n", f->index, r.revision, r.files, human_bytes(r.bytes));
  });
}

}  // namespace resolute::cli
