#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "indexer/copies.h"

namespace resolute::cli {

void add_generations(CLI::App& app, int&) {
  struct Flags {
    std::string index = default_index();
    bool json = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("generations", "states of the index that are kept, the published one last");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_flag("--json", f->json, "as JSON");
  c->footer(
      "Each `resolute index` that changes anything publishes one or two. Older ones stay for 15 minutes, and the last\n`index --keep N` of them for longer. "
      "`resolute rollback N` goes back to one.\n");
  c->callback([f] {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const auto& g : indexer::kept_generations(f->index)) {
      if (f->json) {
        nlohmann::ordered_json one = {{"revision", g.revision},     {"created", g.created}, {"documents", g.documents},
                                      {"paragraphs", g.paragraphs}, {"bytes", g.bytes},     {"published", g.published}};
        if (!g.trouble.empty()) one["trouble"] = g.trouble;
        all.push_back(std::move(one));
      } else if (!g.trouble.empty()) {
        fmt::print("{:>6}  {}\n", g.revision, g.trouble);
      } else {
        fmt::print("{:>6}  {}  {} documents, {} paragraphs, {}{}\n", g.revision, g.created, with_commas(g.documents), with_commas(g.paragraphs),
                   human_bytes(g.bytes), g.published ? "  (published)" : "");
      }
    }
    if (f->json) fmt::print("{}\n", all.dump(2));
  });
}

void add_rollback(CLI::App& app, int&) {
  struct Flags {
    std::string index = default_index();
    uint64_t revision = 0;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("rollback", "publish again what an older generation held");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("REVISION", f->revision, "one that `resolute generations` lists")->required();
  c->footer(
      "It becomes a new generation, so that a revision never means two things. The next `resolute index` reads the files\nthat have changed since then. A "
      "server takes it up within a second.\n\nExample:\n  resolute rollback 41\n");
  c->callback([f] { fmt::print("revision {} holds what revision {} held\n", indexer::roll_back(f->index, f->revision), f->revision); });
}

}  // namespace resolute::cli
