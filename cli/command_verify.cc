#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "indexer/index_writer.h"
#include "schemas/error.h"
#include "search/generation.h"
#include "search/verify.h"

namespace resolute::cli {
void add_verify(CLI::App& app, int& exit_code) {
  const auto index = std::make_shared<std::string>(default_index());
  auto* c = app.add_subcommand("verify", "integrity of every generation");
  c->add_option("--index", *index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->callback([index, &exit_code] {
    const uint64_t current = read_current(*index);
    std::vector<uint64_t> revisions;
    std::error_code error;
    for (const auto& e : std::filesystem::directory_iterator(*index + "/generations", error)) {
      const auto name = e.path().filename().string();
      if (!name.empty() && std::all_of(name.begin(), name.end(), [](char ch) { return ch >= '0' && ch <= '9'; })) revisions.push_back(std::stoull(name));
    }
    std::sort(revisions.begin(), revisions.end());
    if (!std::binary_search(revisions.begin(), revisions.end(), current))
      throw Error(ErrorKind::corrupt, "the published generation is missing; build the index anew with `resolute index --rebuild`");
    for (const uint64_t r : revisions) {
      if (r > current) continue;  // of a writer at work
      try {
        const auto g = search::Generation::open(*index, r);
        search::verify_generation(*g);
        if (r == current) read_published(*index);
        indexer::verify_sources(*index, g->manifest());
        fmt::print("generation {}{}: {} documents, {} paragraphs: ok\n", r, r == current ? " (published)" : "", with_commas(g->manifest().documents),
                   with_commas(g->manifest().paragraphs));
      } catch (const Error& e) {
        const std::string what = e.what();
        fmt::print("generation {}{}: {}\n", r, r == current ? " (published)" : "",
                   r == current ? what : what.substr(0, what.find("; build it anew")) + "; it is an older one, and goes by itself");
        // An older one only serves pages of answers that began with it.
        if (r == current) exit_code = kFailed;
      }
    }
  });
}

}  // namespace resolute::cli
