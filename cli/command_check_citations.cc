#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/draft_input.h"
#include "cli/terminal.h"
#include "http/api_json.h"
#include "http/draft_json.h"
#include "search/drafting/citation_check.h"

namespace resolute::cli {
namespace {

// The others are for information.
bool is_fault(search::CitationStatus status) {
  using search::CitationStatus;
  return status == CitationStatus::impossible || status == CitationStatus::ambiguous || status == CitationStatus::inconsistent;
}

}  // namespace

void add_check_citations(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string index = default_index(), file = "-";
    bool json = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("check-citations", "the references of a draft, and what is wrong with them");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_flag("--json", f->json, "the API's answer");
  c->add_option("FILE", f->file, "the draft; - or nothing: standard input");
  c->footer(
      "Exit status 1: a reference is impossible, ambiguous or does not fit what stands beside it.\nExamples:\n  resolute check-citations draft.txt\n  echo "
      "'回顾第3901(2036)号决议' | resolute check-citations\n");
  c->callback([f, &exit_code] {
    const auto file = read_draft(f->file);
    const std::string draft = file.text + file.notes;
    const search::Searcher searcher(search::Generation::open(f->index));
    const auto checked = search::check_citations(searcher, draft, http::today());
    for (const auto& one : checked)
      if (is_fault(one.status)) exit_code = kPartly;
    if (f->json) {
      fmt::print("{}\n", http::dump(http::print_checked(searcher, checked, draft)));
      return;
    }
    const bool color = is_terminal(STDOUT_FILENO);
    for (const auto& one : checked) {
      const auto line = 1 + std::count(draft.begin(), draft.begin() + one.span.begin, '\n');
      const char* tint = one.status == search::CitationStatus::known ? "\x1b[32m" : is_fault(one.status) ? "\x1b[31m" : "\x1b[33m";
      const std::string status = fmt::format("{:15}", search::print_status(one.status));
      fmt::print("{:>4}  {}  {}  {}{}\n", line, color ? tint + status + "\x1b[0m" : status, one.text, one.symbol, one.detail.empty() ? "" : ": " + one.detail);
      for (const auto& candidate : one.candidates) fmt::print("        {:15}  {}\n", "", candidate);
      if (one.status == search::CitationStatus::not_held && !one.address.empty()) fmt::print("        {:15}  {}\n", "", one.address);
      for (const auto& citing : one.cited_by) fmt::print("        {:15}  cited by {}\n", "", citing);
    }
    fmt::print("{} references\n", checked.size());
  });
}

}  // namespace resolute::cli
