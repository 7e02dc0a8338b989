#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/indexing.h"
#include "cli/reader_process.h"
#include "cli/terminal.h"
#include "indexer/index_writer.h"
#include "schemas/error.h"

namespace resolute::cli {
namespace {

void tell(const indexer::IndexReport& report) {
  fmt::print(stderr, "{} files: {} added, {} replaced, {} unchanged, {} joined, {} duplicate, {} ignored, {} rejected ({} archives opened)\n", report.files,
             report.added, report.replaced, report.unchanged, report.joined, report.duplicate, report.ignored, report.rejected, report.archives);
  if (report.records > 0)
    fmt::print(stderr, "{} records, {} of them kept for documents that are not there yet; {} documents of the index are joined\n", with_commas(report.records),
               with_commas(report.records_waiting), with_commas(report.documents_joined));
  if (!report.unplaced.empty())
    fmt::print(stderr, "{} documents with text that is in no paragraph and no field: resolute lint prints it\n", report.unplaced.size());
  if (!report.removed.empty()) fmt::print(stderr, "{} documents removed\n", report.removed.size());
  fmt::print(stderr, "{} documents, {} paragraphs in revision {}{}; {} of text, {} of index; {:.1f} s (searchable after {:.1f})\n",
             with_commas(report.documents), with_commas(report.paragraphs), report.revision, report.published ? "" : " (nothing had changed)",
             human_bytes(report.text_bytes), human_bytes(report.index_bytes), report.seconds, report.searchable_seconds);
  if (report.lexicon && report.lexicon_seconds > 0)
    fmt::print(stderr, "lexicon of {} pairs of texts and {} terms, {}; {:.1f} s\n", with_commas(report.lexicon->pairs), with_commas(report.lexicon->terms),
               human_bytes(report.lexicon->bytes), report.lexicon_seconds);
}

}  // namespace

int index_and_tell(indexer::IndexOptions options, bool quiet, indexer::IndexReport* told) {
  indexer::IndexReport report;
  {
    ProgressBar bar;
    if (!quiet) options.progress = [&](const indexer::Progress& p) { bar.show(p); };
    options.read_apart = reader_processes();
    report = indexer::index_files(options);
  }
  for (const auto& r : report.rejections)
    fmt::print(stderr, "{}: {}{}{}\n", r.path, r.reason, r.detail.empty() ? "" : ": " + r.detail, r.location.empty() ? "" : " (" + r.location + ")");
  for (const auto& n : report.notices) fmt::print(stderr, "{}\n", n);
  if (!quiet) tell(report);
  const int status = report.rejections.empty() ? kDone : kPartly;
  if (told) *told = std::move(report);
  return status;
}

void add_index(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string index = default_index(), lexicon = default_lexicon(), report;
    std::vector<std::string> paths;
    int jobs = default_jobs();
    size_t keep = 1;
    bool prune = false, rebuild = false, upgrade = false, keep_sources = false, quiet = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("index", "read files, folders and archives into the index");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("--lexicon", f->lexicon, "index whose lexicon is taken over, instead of learning one ($RESOLUTE_LEXICON)");
  c->add_option("--jobs", f->jobs, "threads")->check(CLI::Range(1, 256))->capture_default_str();
  c->add_option("--keep", f->keep, "generations that stay to go back to (`resolute rollback`)")->check(CLI::Range(1, 1000))->capture_default_str();
  c->add_flag("--prune", f->prune, "drop documents whose file is gone");
  auto* rebuild = c->add_flag("--rebuild", f->rebuild, "start from nothing, also where the index is damaged");
  c->add_flag("--upgrade", f->upgrade,
              "where the index has the format of an older version: read the files that are named again, carry over what came from others")
      ->excludes(rebuild);
  c->add_flag("--keep-sources", f->keep_sources,
              "keep the files that documents are read from, byte for byte, to give them out again (`resolute show --source`); from then on too");
  c->add_option("--report", f->report, "write what became of every file as JSON to FILE (- for stdout)");
  c->add_flag("--quiet", f->quiet, "no progress, no summary");
  c->add_option("PATH", f->paths, "files, folders, zip archives; none is needed for --upgrade");
  c->footer("Examples:\n  resolute index samples\n  resolute index --index /srv/un --prune --report report.json /data/un\n");
  c->callback([f, &exit_code] {
    if (f->paths.empty() && !f->upgrade) throw CLI::RequiredError("PATH");
    if (f->paths.empty() && f->prune) throw Error(ErrorKind::invalid, "--prune drops documents whose file is gone: name the PATHs that are to be read");
    if (f->upgrade && f->paths.empty() && !std::filesystem::exists(f->index + "/CURRENT"))
      throw Error(ErrorKind::not_found, "there is no index in " + f->index);
    indexer::IndexOptions o;
    o.index = f->index;
    o.lexicon = f->lexicon;
    o.paths = f->paths;
    o.jobs = f->jobs;
    o.keep = f->keep;
    o.prune = f->prune ? indexer::Prune::yes : indexer::Prune::no;
    o.rebuild = f->rebuild ? indexer::Rebuild::yes : f->upgrade ? indexer::Rebuild::where_older : indexer::Rebuild::no;
    o.keep_sources = f->keep_sources ? indexer::KeepSources::yes : indexer::KeepSources::no;
    o.stop = &stop_requested;
    indexer::IndexReport report;
    exit_code = index_and_tell(o, f->quiet, &report);
    if (f->report.empty()) return;
    const std::string json = indexer::print_report(report).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    if (f->report == "-") {
      fmt::print("{}", json);
    } else {
      std::ofstream out(f->report, std::ios::binary);
      out << json;
      if (!out.flush()) throw Error(ErrorKind::unavailable, "cannot write " + f->report);
    }
  });
}

}  // namespace resolute::cli
