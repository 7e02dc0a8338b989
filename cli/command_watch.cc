#include <algorithm>

#include <fmt/format.h>

#include "cli/alerts.h"
#include "cli/commands.h"
#include "cli/folder_watch.h"
#include "cli/indexing.h"
#include "cli/reader_process.h"
#include "cli/terminal.h"
#include "schemas/clock.h"
#include "schemas/error.h"

namespace resolute::cli {
namespace {

struct WatchFlags {
  std::string index = default_index();
  std::vector<std::string> paths;
  std::string alerts;
  int jobs = default_jobs();
  size_t keep = 1;
  double poll = 60, settle = 1;
};

void tell(const std::string& what) { fmt::print(stderr, "{} {}\n", now_iso(), what); }

std::chrono::milliseconds milliseconds(double seconds) { return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000)); }

// What goes wrong here is told, and no reason to stop watching.
void alert(const WatchFlags& f) {
  try {
    tell_alerts(read_alerts(f.alerts), f.index, f.alerts + ".state", 0, [](const std::string& line) { tell("alert " + line); });
  } catch (const Error& e) { tell(std::string("alerts: ") + e.what()); }
}

// One look at everything. A rejection is told once, not at every look.
void index_once(const WatchFlags& f, std::vector<Rejection>& told) {
  indexer::IndexOptions o;
  o.index = f.index;
  o.paths = f.paths;
  o.jobs = f.jobs;
  o.keep = f.keep;
  o.prune = indexer::Prune::yes;
  o.stop = &stop_requested;
  o.read_apart = reader_processes();
  const auto report = indexer::index_files(o);
  for (const auto& c : report.changes) tell(fmt::format("{} {}: {}", c.what, c.path, fmt::join(c.ids, ", ")));
  for (const auto& id : report.removed) tell("removed " + id);
  for (const auto& r : report.rejections)
    if (std::none_of(told.begin(), told.end(),
                     [&](const Rejection& old) { return old.path == r.path && old.reason == r.reason && old.location == r.location; }))
      tell(fmt::format("rejected {}: {}{}{}", r.path, r.reason, r.detail.empty() ? "" : ": " + r.detail, r.location.empty() ? "" : " (" + r.location + ")"));
  told = report.rejections;
  if (report.published) {
    tell(fmt::format("revision {}: {} documents, {} paragraphs; {:.1f} s", report.revision, with_commas(report.documents), with_commas(report.paragraphs),
                     report.seconds));
    if (!f.alerts.empty()) alert(f);
  }
}

void watch(const WatchFlags& f) {
  FolderWatch folders(f.paths);
  if (!folders.trouble().empty()) tell(folders.trouble() + fmt::format("; looking every {} s", f.poll));
  std::vector<Rejection> told;
  std::string trouble;
  for (bool first = true; !stop_requested.load(); first = false) {
    try {
      index_once(f, told);
      if (first) tell("watching " + fmt::format("{}", fmt::join(f.paths, ", ")));
      trouble.clear();
    } catch (const Error& e) {
      if (stop_requested.load()) break;
      // Another writer, a full disk, a folder that is gone for the moment: the next look may go better.
      if (first && e.kind() != ErrorKind::unavailable) throw;
      if (trouble != e.what()) tell(trouble = e.what());
    }
    if (stop_requested.load()) break;
    if (folders.wait(milliseconds(trouble.empty() ? f.poll : std::min(f.poll, 5.0)))) folders.settle(milliseconds(f.settle), milliseconds(f.settle * 10));
  }
  tell("stopped");
}

}  // namespace

void add_watch(CLI::App& app, int&) {
  const auto f = std::make_shared<WatchFlags>();
  auto* c = app.add_subcommand("watch", "index files as they come, change and go");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("--jobs", f->jobs, "threads")->check(CLI::Range(1, 256))->capture_default_str();
  c->add_option("--keep", f->keep, "generations that stay to go back to (`resolute rollback`)")->check(CLI::Range(1, 1000))->capture_default_str();
  c->add_option("--settle", f->settle, "seconds without a change before it indexes; it waits ten times that at most")
      ->check(CLI::Range(0.05, 3600.0))
      ->capture_default_str();
  c->add_option("--poll", f->poll, "seconds after which it looks in any case: network folders tell of nothing")
      ->check(CLI::Range(0.1, 86400.0))
      ->capture_default_str();
  c->add_option("--alerts", f->alerts, "saved searches to look at after each change (`resolute alerts --help`)");
  c->add_option("PATH", f->paths, "files, folders, zip archives")->required();
  c->footer(
      "A line a change on stderr. Documents whose file is gone are dropped. SIGTERM stops it; what is published stays.\n\nExample:\n  resolute watch /data/un "
      "--index /srv/un\n");
  c->callback([f] { watch(*f); });
}

}  // namespace resolute::cli
