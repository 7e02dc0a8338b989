#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/draft_input.h"
#include "cli/terminal.h"
#include "http/api_json.h"
#include "http/history_json.h"
#include "schemas/error.h"
#include "schemas/result.h"
#include "search/drafting/clause_history.h"

namespace resolute::cli {
namespace {

char letter(search::ClauseEvent e) {
  switch (e) {
    case search::ClauseEvent::appeared: return '+';
    case search::ClauseEvent::unchanged: return '=';
    case search::ClauseEvent::changed: return '~';
    case search::ClauseEvent::split: return '<';
    case search::ClauseEvent::merged: return '>';
    case search::ClauseEvent::dropped: return '-';
  }
  return ' ';
}

// "pp3", "2", "4(a)": how a cell of the table names a clause.
std::string short_name(const search::Clause& c) { return c.kind == ParagraphKind::operative && !c.number.empty() ? c.number : c.fragment; }

void print_table(const search::ClauseTable& t) {
  for (const auto& d : t.series) fmt::print("{}  {}  {}\n", d.date, d.symbol, d.title);
  fmt::print("\n+ appeared  = unchanged  ~ changed  < split  > merged  - dropped\n\n");
  for (const auto& d : t.series) fmt::print("{:>12}", d.session.empty() ? d.date.substr(0, 4) : d.session);
  fmt::print("\n");
  for (const auto& row : t.rows) {
    std::string opening;
    for (const auto& cell : row) {
      fmt::print("{:>12}", cell ? fmt::format("{} {}", short_name(cell->clause), letter(cell->event)) : "");
      if (cell && !cell->clause.text.empty()) opening = cell->clause.text;
    }
    size_t cut = 0;
    for (int n = 0; cut < opening.size() && n < 40; ++cut) n += (opening[cut] & 0xC0) != 0x80;
    while (cut < opening.size() && (opening[cut] & 0xC0) == 0x80) ++cut;
    fmt::print("  {}\n", opening.substr(0, cut));
  }
}

void print_states(const search::ClauseHistory& h) {
  const bool color = is_terminal(STDOUT_FILENO);
  const int width = std::min(terminal_width(), 120) - 4;
  for (const auto& s : h.states) {
    const auto& d = h.series[s.document];
    std::string labels;
    for (const auto& c : s.clauses) labels += (labels.empty() ? "" : ", ") + print_label(c.kind, c.fragment, c.number);
    fmt::print("{}  {}  {}  {}\n", d.date, d.symbol, labels, search::print_event(s.event));
    if (s.event == search::ClauseEvent::unchanged) continue;
    if (!s.diff.empty())
      fmt::print("{}\n", wrap(mark_diff(s.diff, color), width, "    "));
    else
      for (const auto& c : s.clauses) fmt::print("{}\n", wrap(c.text, width, "    "));
  }
}

}  // namespace

void add_history(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string index = default_index(), id, lang;
    bool json = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("history", "a paragraph through its series, or a resolution's clauses by year");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("--lang", f->lang, "zh or en, where ID does not say")->check(CLI::IsMember({"zh", "en"}));
  c->add_flag("--json", f->json, "the API's answer");
  c->add_option("ID", f->id, "a paragraph (A/RES/95/30@en#op4), or a symbol for the table of all its clauses")->required();
  c->footer("Examples:\n  resolute history 'A/RES/95/30@en#op4'\n  resolute history A/RES/95/30 --lang zh\n");
  c->callback([f, &exit_code] {
    const search::Searcher searcher(search::Generation::open(f->index));
    const size_t mark = f->id.rfind('#');
    std::string name = f->id.substr(0, mark);
    std::optional<Language> lang = parse_language(f->lang);
    if (const size_t at = name.rfind('@'); at != std::string::npos)
      if (const auto told = parse_language(name.substr(at + 1))) {
        lang = told;
        name.resize(at);
      }
    const auto resolved = searcher.resolve(name);
    const auto at = resolved.known ? searcher.find(resolved.symbol, lang) : std::nullopt;
    if (at && !lang) {  // English where it is there, as titles are
      lang = searcher.find(resolved.symbol, Language::en) ? Language::en : Language::zh;
    }
    exit_code = kPartly;
    if (!at) {
      fmt::print(stderr, "resolute: the index has no document {}\n", f->id);
      return;
    }
    if (mark == std::string::npos) {
      const auto table = search::clause_table(searcher, resolved.symbol, *lang);
      exit_code = kDone;
      if (f->json)
        fmt::print("{}\n", http::dump(http::print_clause_table(*table)));
      else
        print_table(*table);
      return;
    }
    const auto history = search::clause_history(searcher, resolved.symbol, *lang, f->id.substr(mark + 1));
    if (!history) {
      fmt::print(stderr, "resolute: {} has no paragraph {}\n", resolved.symbol, f->id.substr(mark + 1));
      return;
    }
    exit_code = kDone;
    if (f->json)
      fmt::print("{}\n", http::dump(http::print_clause_history(*history)));
    else
      print_states(*history);
  });
}

}  // namespace resolute::cli
