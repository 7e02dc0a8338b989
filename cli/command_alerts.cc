#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "cli/alerts.h"
#include "cli/commands.h"

namespace resolute::cli {

void add_alerts(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string file, index = default_index(), state;
    uint64_t since = 0;
    bool check = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("alerts", "saved searches: what is new since the last time, handed to a program");
  c->add_option("FILE", f->file, "the searches, as TOML")->required();
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("--state", f->state, "where it is kept what was told (FILE.state)");
  c->add_option("--since", f->since, "for searches looked at for the first time: what came with this revision or later is new");
  c->add_flag("--check", f->check, "only look whether FILE is right");
  c->footer(
      "FILE holds tables:\n  [[search]]\n  name = \"lighthouses\"\n  note = \"for the drafting group\"\n  query = \"q=lighthouse&committee=C2\"    # as "
      "after the ? of a "
      "page of results\n  format = \"text\"                            # or csv, jsonl, ris, ...\n  run = [\"mail\", \"-s\", \"New on lighthouses\", "
      "\"staff@example.org\"]\n"
      "and may begin with url = \"https://search.example.org\", which stands before addresses. A program that fails is told the same again.\n\nExample:\n  "
      "resolute "
      "alerts searches.toml --index /srv/un\n");
  c->callback([f, &exit_code] {
    const auto alerts = read_alerts(f->file);
    if (f->check) {
      fmt::print("{} searches\n", alerts.searches.size());
      if (std::filesystem::exists(f->index + "/CURRENT")) doubt_alerts(alerts, f->index, [](const std::string& line) { fmt::print(stderr, "{}\n", line); });
      return;
    }
    const auto say = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
    const auto run = tell_alerts(alerts, f->index, f->state.empty() ? f->file + ".state" : f->state, f->since, say);
    exit_code = run.failed ? kPartly : kDone;
  });
}

}  // namespace resolute::cli
