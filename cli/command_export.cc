#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/search_flags.h"
#include "http/api_json.h"
#include "schemas/document_json.h"

namespace resolute::cli {

void add_export(CLI::App& app, int& exit_code) {
  auto* c = app.add_subcommand("export", "the index's documents as JSON Lines");
  const auto flags = SearchFlags::add(*c);
  c->footer("Examples:\n  resolute export > all.jsonl\n  resolute export --body SC --year 2020 | resolute index --index copy /dev/stdin\n");
  c->callback([flags, &exit_code] {
    const search::Searcher searcher(search::Generation::open(flags->index));
    auto request = flags->request();
    request.unit = search::Unit::document;
    request.sort = search::Sort::newest;
    size_t n = 0;
    for (const auto& r : searcher.rank(request, static_cast<size_t>(-1) / 2)) {
      const size_t at = r.id.rfind('@');
      const auto where = searcher.find(r.id.substr(0, at), parse_language(r.id.substr(at + 1)));
      if (!where) continue;
      fmt::print("{}\n", http::dump(print_document(searcher.document(*where))));
      ++n;
    }
    exit_code = n ? kDone : kPartly;
  });
}

}  // namespace resolute::cli
