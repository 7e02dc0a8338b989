#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/draft_input.h"
#include "cli/search_flags.h"
#include "cli/terminal.h"
#include "http/api_json.h"
#include "http/draft_json.h"

namespace resolute::cli {
namespace {

std::string print_counts(const search::ParagraphPrecedents& p) {
  std::string out;
  for (const auto& [field, values] : p.counts) {
    std::string line;
    for (size_t i = 0; i < values.size() && i < 8; ++i) line += fmt::format("{}{} ({})", i ? ", " : "", values[i].value, values[i].count);
    if (values.size() > 8) line += ", ...";
    if (!line.empty()) out += fmt::format("  {:10} {}\n", info(field).name, line);
  }
  return out;
}

}  // namespace

void add_precedents(CLI::App& app, int& exit_code) {
  auto* c = app.add_subcommand("precedents", "earlier wording for each paragraph of a draft, with what changed");
  const auto flags = SearchFlags::add(*c);
  struct Own {
    std::string file = "-";
    size_t limit = 5;
    bool json = false;
  };
  const auto own = std::make_shared<Own>();
  c->add_option("--limit", own->limit, "wordings shown of each paragraph")->check(CLI::Range(0, 1000))->capture_default_str();
  c->add_flag("--json", own->json, "the API's answer");
  c->add_option("FILE", own->file, "the draft; - or nothing: standard input");
  c->footer(
      "--lang is the draft's language; without it each paragraph tells its own.\n"
      "Examples:\n  resolute precedents draft.txt\n  resolute precedents --body SC --date-from 2020 draft.txt\n  echo '决定继续处理此案。' | resolute "
      "precedents --json\n");
  c->callback([flags, own, &exit_code] {
    search::PrecedentRequest request;
    request.filters = flags->request();
    if (const auto it = request.filters.filters.find(Field::lang);
        it != request.filters.filters.end() && it->second.any.size() == 1 && it->second.none.empty()) {
      request.lang = parse_language(search::canonical_value(Field::lang, it->second.any[0]));
      request.filters.filters.erase(it);
    }
    request.limit = own->limit;
    request.text = read_draft(own->file).text;
    const search::Searcher searcher(search::Generation::open(flags->index));
    const auto result = search::find_precedents(searcher, request);
    exit_code = kPartly;
    for (const auto& p : result.paragraphs)
      if (p.uses || !p.runs.empty()) exit_code = kDone;
    if (own->json) {
      fmt::print("{}\n", http::dump(http::print_precedents(result, request.text)));
      return;
    }
    const bool color = is_terminal(STDOUT_FILENO);
    const int width = std::min(terminal_width(), 120) - 4;
    const auto bold = [&](const std::string& s) { return color ? "\x1b[1m" + s + "\x1b[0m" : s; };
    const auto faint = [&](const std::string& s) { return color ? "\x1b[2m" + s + "\x1b[0m" : s; };
    const auto when = [](const search::WordingUse& u) {
      return u.symbol + " " + print_label(u.kind, u.fragment, u.number) + (u.date.empty() ? "" : " of " + u.date);
    };
    for (const auto& n : result.notices) fmt::print("{}\n", faint(n + "."));
    for (const auto& p : result.paragraphs) {
      fmt::print("{}\n", wrap(bold((p.paragraph.number.empty() ? "" : p.paragraph.number + ". ") + p.paragraph.text), width + 4, ""));
      if (p.uses)
        fmt::print("  {} paragraphs in {} documents, {} wordings; first {}, last {}\n{}", with_commas(p.uses), with_commas(p.documents),
                   with_commas(p.wordings), when(*p.first), when(*p.last), print_counts(p));
      else
        fmt::print("  no near-identical wording\n");
      for (const auto& w : p.uses ? p.similar : p.near) {
        fmt::print("\n  {:3.0f}%  {}  {}\n", w.similarity * 100, bold(when(w.last)),
                   faint(fmt::format("{} {}, first {}", w.uses, w.uses == 1 ? "use" : "uses", when(w.first))));
        fmt::print("{}\n", wrap(w.similarity < 1 || w.diff.size() > 1 ? mark_diff(w.diff, color) : w.text, width, "    "));
        if (w.parallel) fmt::print("{}\n", wrap(faint(w.parallel->text.substr(0, 2000)), width, "    "));
      }
      for (const auto& w : p.runs) {
        fmt::print("\n  {} {} in a row  {}  {}\n", w.run, w.lang == Language::zh ? "characters" : "words", bold(when(w.last)),
                   faint(fmt::format("{} {}", w.uses, w.uses == 1 ? "use" : "uses")));
        fmt::print("{}\n", wrap(mark(w.text, {w.run_there}, color), width, "    "));
      }
      fmt::print("\n");
    }
  });
}

}  // namespace resolute::cli
