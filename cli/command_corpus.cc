#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "cli/commands.h"
#include "cli/corpus_repositories.h"
#include "cli/indexing.h"
#include "cli/process.h"
#include "cli/terminal.h"
#include "schemas/error.h"

namespace resolute::cli {
namespace {
namespace fs = std::filesystem;

struct Repository {
  std::string name, url;
};

struct CorpusFlags {
  std::string folder = "./un-corpus", index = default_index(), repositories;
  int jobs = default_jobs(), attempts = 3;
  bool no_index = false;
};

// NAME URL a line; # begins a comment.
std::vector<Repository> read_repositories(const std::string& path) {
  std::vector<Repository> out;
  if (path.empty()) {
    for (const auto& r : kCorpusRepositories) out.push_back({r.name, r.url});
    return out;
  }
  std::ifstream in(path);
  if (!in) throw Error(ErrorKind::not_found, "no such file: " + path);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    std::istringstream words(line.substr(0, line.find('#')));
    Repository r;
    std::string more;
    if (!(words >> r.name)) continue;
    const bool names_folder = r.name.find('/') == std::string::npos && !r.name.starts_with('.') && !r.name.starts_with('-');
    if (!names_folder || !(words >> r.url) || r.url.starts_with('-') || words >> more)
      throw Error(ErrorKind::invalid, fmt::format("{}, line {}: NAME URL is wanted", path, number));
    out.push_back(std::move(r));
  }
  if (out.empty()) throw Error(ErrorKind::invalid, path + " names no repository");
  return out;
}

// Links in a repository are not followed, its hooks and our configuration's do not run, and nobody is asked for a password.
int git(const std::string& folder, std::vector<std::string> arguments) {
  std::vector<std::string> all = {"git", "-c", "core.symlinks=false", "-c", "core.hooksPath=/dev/null", "-c", "core.longpaths=true", "-C", folder};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return run_program(all);
}

uint64_t size_of(const std::string& folder) {
  uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (std::error_code e; it->is_regular_file(e)) bytes += it->file_size(e);
  return bytes;
}

// Its newest state, without the history. A new one is fetched beside and renamed when it is whole: a folder under its
// name is a whole one, and one that was left half is gone on with.
bool get(const Repository& r, const CorpusFlags& f) {
  const std::string folder = f.folder + "/" + r.name, part = f.folder + "/." + r.name + ".part";
  const bool there = fs::exists(folder + "/.git");
  const std::string at = there ? folder : part;
  if (!there) {
    fs::create_directories(part);
    if (!fs::exists(part + "/.git") && git(part, {"init", "--quiet"}) != 0) return false;
  }
  for (int attempt = 1;; ++attempt) {
    if (git(at, {"fetch", "--depth", "1", "--progress", "--no-tags", "--", r.url, "HEAD"}) == 0) break;
    if (attempt >= f.attempts || stop_requested.load()) return false;
    fmt::print(stderr, "{}: attempt {} of {}\n", r.name, attempt + 1, f.attempts);
    std::this_thread::sleep_for(std::chrono::seconds(attempt));
  }
  if (git(at, {"reset", "--quiet", "--hard", "FETCH_HEAD"}) != 0) return false;
  if (!there) fs::rename(part, folder);
  return true;
}

int get_corpus(const CorpusFlags& f) {
  const auto repositories = read_repositories(f.repositories);
  ::setenv("GIT_TERMINAL_PROMPT", "0", 1);
  fs::create_directories(f.folder);
  int status = kDone;
  indexer::IndexOptions o;
  for (size_t i = 0; i < repositories.size(); ++i) {
    const auto& r = repositories[i];
    const std::string folder = f.folder + "/" + r.name;
    fmt::print(stderr, "{} ({} of {}) from {}\n", r.name, i + 1, repositories.size(), r.url);
    const bool got = get(r, f);
    if (stop_requested.load()) throw Error(ErrorKind::unavailable, "stopped; what has been fetched is taken up again");
    if (!got) {
      status = kPartly;
      fmt::print(stderr, "{}: could not be fetched{}\n", r.name, fs::exists(folder) ? "; what is there of it is indexed" : "");
    }
    if (!fs::exists(folder)) continue;
    fmt::print(stderr, "{}: {}\n", r.name, human_bytes(size_of(folder)));
    o.paths.push_back(folder);
  }
  if (o.paths.empty()) throw Error(ErrorKind::unavailable, "nothing could be fetched");
  if (f.no_index) return status;
  o.index = f.index;
  o.jobs = f.jobs;
  o.prune = indexer::Prune::yes;
  o.rebuild = indexer::Rebuild::where_older;
  o.stop = &stop_requested;
  return std::max(status, index_and_tell(o, false));
}

}  // namespace

void add_corpus(CLI::App& app, int& exit_code) {
  const auto f = std::make_shared<CorpusFlags>();
  auto* corpus = app.add_subcommand("corpus", "the UN's own collection of resolutions");
  corpus->require_subcommand(1);
  auto* c = corpus->add_subcommand("get", "clone or update the UN's public AKN4UN repositories (git), then index them");
  c->add_option("DIR", f->folder, "folder of the files")->capture_default_str();
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("--repositories", f->repositories, "others: a file of lines NAME URL");
  c->add_option("--attempts", f->attempts, "tries for each repository")->check(CLI::Range(1, 100))->capture_default_str();
  c->add_option("--jobs", f->jobs, "threads")->check(CLI::Range(1, 256))->capture_default_str();
  c->add_flag("--no-index", f->no_index, "fetch only");
  c->footer(
      "Only the newest state is fetched, without history. Run again it fetches what is new, and goes on where it was stopped.\n\nExamples:\n  resolute corpus "
      "get\n  resolute corpus get /data/un --index /srv/un\n");
  c->callback([f, &exit_code] { exit_code = get_corpus(*f); });
}

}  // namespace resolute::cli
