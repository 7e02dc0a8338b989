#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/commands.h"
#include "cli/reader_process.h"
#include "cli/terminal.h"
#include "indexer/collect.h"
#include "schemas/document_json.h"
#include "text/align.h"

namespace resolute::cli {

void add_lint(CLI::App& app, int& exit_code) {
  struct Flags {
    std::vector<std::string> paths;
    int jobs = default_jobs();
    bool quiet = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("lint", "read without indexing: what was understood of each file, as JSON lines");
  c->add_option("--jobs", f->jobs, "threads")->check(CLI::Range(1, 256))->capture_default_str();
  c->add_flag("--quiet", f->quiet, "no progress");
  c->add_option("PATH", f->paths, "files, folders, zip archives")->required();
  c->footer("Examples:\n  resolute lint samples > samples.jsonl\n  resolute lint A_RES_75_1.xml | jq .paragraphs\n");
  c->callback([f, &exit_code] {
    indexer::Collection read;
    indexer::CollectOptions o;
    o.jobs = f->jobs;
    o.stop = &stop_requested;
    o.read_apart = reader_processes();
    {
      ProgressBar bar;
      if (!f->quiet) o.progress = [&](const indexer::Progress& p) { bar.show(p); };
      indexer::collect(indexer::list_files(f->paths), o, read);
    }
    // The other language of a document, where one of the files holds it.
    std::map<std::string, const indexer::Staged*> best;
    for (const auto& s : read.documents) {
      auto& now = best[s.id];
      if (!now || s.rank > now->rank) now = &s;
    }
    bool rejected = false;
    // Library records and tables among the files join their documents, as they do in the index.
    const auto records = indexer::records_by_symbol(read.files);
    std::set<std::string> present;
    for (const auto& s : read.documents) {
      Document d = read.load(s);
      present.insert(d.identifier);
      if (const auto it = records.find(d.identifier); it != records.end()) indexer::join(d, it->second);
      const std::string other = d.identifier + (d.lang == Language::zh ? "@en" : "@zh");
      if (const auto it = best.find(other); it != best.end()) {
        Document sibling = read.load(*it->second);
        if (d.lang == Language::zh)
          text::align(d, sibling);
        else
          text::align(sibling, d);
      }
      fmt::print("{}\n", print_document(d).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    for (const auto& file : read.files) {
      for (const auto& r : file.rejections) {
        rejected = true;
        fmt::print(stderr, "{}: {}{}{}\n", r.path, r.reason, r.detail.empty() ? "" : ": " + r.detail, r.location.empty() ? "" : " (" + r.location + ")");
      }
      if (file.outcome == indexer::Outcome::ignored) fmt::print(stderr, "{}: ignored ({})\n", file.path, file.note);
      if (file.outcome == indexer::Outcome::records) {
        const auto joined = std::count_if(file.records.begin(), file.records.end(), [&](const indexer::Record& r) { return present.count(r.symbol) != 0; });
        fmt::print(stderr, "{}: {} records, {} of them of documents among these files\n", file.path, file.records.size(), joined);
      }
    }
    exit_code = (read.documents.empty() && records.empty()) || rejected ? kPartly : kDone;
  });
}

}  // namespace resolute::cli
