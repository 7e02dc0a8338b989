#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/search_flags.h"
#include "cli/terminal.h"
#include "http/api_json.h"
#include "http/phrases_json.h"

namespace resolute::cli {

void add_phrases(CLI::App& app, int& exit_code) {
  auto* c = app.add_subcommand("phrases", "the frequent formulae of the documents that filters leave");
  const auto flags = SearchFlags::add(*c);
  struct Own {
    std::string query;
    size_t limit = 20;
    bool json = false;
  };
  const auto own = std::make_shared<Own>();
  c->add_option("--limit", own->limit, "phrases shown")->check(CLI::Range(size_t{0}, search::kMostPhrasesShown))->capture_default_str();
  c->add_flag("--json", own->json, "the API's answer");
  c->add_option("QUERY", own->query, "only phrases that hold every word of it");
  c->footer("Examples:\n  resolute phrases --lang en --body SC\n  resolute phrases --lang zh 秘书长 --date-from 2020\n  resolute phrases 'remain seized'\n");
  c->callback([flags, own, &exit_code] {
    search::PhraseRequest request;
    request.filters = flags->request();
    request.q = own->query;
    request.limit = own->limit;
    const search::Searcher searcher(search::Generation::open(flags->index));
    const auto result = search::find_phrases(searcher, request);
    exit_code = result.total ? kDone : kPartly;
    if (own->json) {
      fmt::print("{}\n", http::dump(http::print_phrases(result, request)));
      return;
    }
    const bool color = is_terminal(STDOUT_FILENO);
    const auto bold = [&](const std::string& s) { return color ? "\x1b[1m" + s + "\x1b[0m" : s; };
    const auto faint = [&](const std::string& s) { return color ? "\x1b[2m" + s + "\x1b[0m" : s; };
    const int width = std::min(terminal_width(), 120) - 4;
    for (const auto& n : result.notices) fmt::print("{}\n", faint(n + "."));
    fmt::print("{} phrases\n", with_commas(result.total));
    const auto when = [](const search::WordingUse& u) { return u.symbol + (u.date.empty() ? "" : " of " + u.date); };
    for (const auto& p : result.phrases) {
      fmt::print("\n{}\n", wrap(bold(p.text), width + 4, ""));
      if (p.translation) fmt::print("{}\n", wrap(p.translation->text + faint(fmt::format("  {:.0f}%", p.translation->agreement * 100)), width, "    "));
      fmt::print("  {} documents, {} paragraphs; first {}, last {}\n", with_commas(p.documents), with_commas(p.paragraphs), when(p.first), when(p.last));
      std::string line;
      for (const auto& v : p.bodies) line += fmt::format("{}{} ({})", line.empty() ? "" : ", ", v.value, v.count);
      for (size_t i = 0; i < p.years.size() && i < 8; ++i) line += fmt::format("{}{} ({})", i ? ", " : "; ", p.years[i].value, p.years[i].count);
      fmt::print("  {}\n", faint(line + (p.years.size() > 8 ? ", ..." : "")));
    }
  });
}

}  // namespace resolute::cli
