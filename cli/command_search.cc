#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <tuple>

#include "cli/commands.h"
#include "cli/search_flags.h"
#include "cli/terminal.h"
#include "http/api_json.h"
#include "http/export.h"
#include "schemas/error.h"

namespace resolute::cli {

namespace {

struct ListFlags {
  std::string query, format, output, columns, base;
  bool parallel = false, bare = false;
};

// The whole list as a file. Gives the exit code.
int write_list(const SearchFlags& flags, const ListFlags& own) {
  auto more = flags.values();
  more.emplace_back("q", own.query);
  if (!own.columns.empty()) more.emplace_back("columns", own.columns);
  if (own.parallel) more.emplace_back("parallel", "on");
  if (own.bare) more.emplace_back("head", "off");
  auto parsed = http::parse_export(more);
  if (const auto* p = std::get_if<http::Problem>(&parsed)) throw Error(ErrorKind::invalid, "--" + p->parameter + ": " + p->detail);
  auto& request = std::get<http::ExportRequest>(parsed);
  request.base = own.base;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(own.output.empty() ? nullptr : std::fopen(own.output.c_str(), "wb"),
                                                             [](std::FILE* f) { return f ? std::fclose(f) : 0; });
  if (!own.output.empty() && !file) throw Error(ErrorKind::unavailable, own.output + " cannot be written");
  std::FILE* out = file ? file.get() : stdout;
  const auto next = http::export_list(flags.open_shared(), *http::find_export(own.format), request);
  std::string piece;
  for (bool going = true; going;) {
    piece.clear();
    going = next(piece);
    if (std::fwrite(piece.data(), 1, piece.size(), out) != piece.size()) throw Error(ErrorKind::unavailable, "the list cannot be written");
  }
  if (std::fflush(out)) throw Error(ErrorKind::unavailable, "the list cannot be written");
  return kDone;
}

// A page of results as people read it.
void print_page(const SearchResult& r, double ms) {
  const bool color = is_terminal(STDOUT_FILENO);
  const auto bold = [&](const std::string& s) { return color ? "\x1b[1m" + s + "\x1b[0m" : s; };
  const auto faint = [&](const std::string& s) { return color ? "\x1b[2m" + s + "\x1b[0m" : s; };
  for (const auto& n : r.notices) fmt::print("{}\n", faint(n + "."));
  if (!r.did_you_mean.empty()) fmt::print("Did you mean: {}\n", r.did_you_mean);
  if (!r.near_symbols.empty()) fmt::print("Near it: {}\n", fmt::join(r.near_symbols, ", "));
  fmt::print("{} paragraphs in {} documents ({:.1f} ms)\n", with_commas(r.total), with_commas(r.total_documents), ms);
  const int width = std::min(terminal_width(), 120) - 4;
  for (const auto& m : r.matches) {
    fmt::print("\n{}  {}  {}\n", bold(m.symbol), faint(m.date), print_label(m.kind, m.fragment, m.number));
    if (!m.title.empty()) fmt::print("{}\n", wrap(m.title, width, "  "));
    for (const auto& s : m.snippets) fmt::print("{}\n", wrap(mark(s.text, s.highlights, color), width, "    "));
    if (m.parallel) fmt::print("{}\n", wrap(faint(m.parallel->text.substr(0, 2000)), width, "    "));
    fmt::print("  {}\n",
               faint(m.id + (m.cited_by ? fmt::format("  cited by {}", m.cited_by) : "") +
                     (m.repeats ? fmt::format("  and {} similar, first {}, last {}", with_commas(m.repeats->count), m.repeats->first.date, m.repeats->last.date)
                                : "") +
                     fmt::format("  {:.2f}", m.score)));
    for (const auto& p : m.explanation) fmt::print("      {:8.3f}  {}\n", p.value, p.what);
  }
  if (!r.facets.empty() && r.total > 1) fmt::print("\n");
  for (const auto& f : r.facets) {
    if (f.values.size() < 2) continue;
    std::string line = fmt::format("{:10} ", info(f.field).name);
    for (size_t i = 0; i < f.values.size() && i < 8; ++i)
      line += fmt::format("{}{} ({})", i ? ", " : "", label(f.field, f.values[i].value, false), with_commas(f.values[i].count));
    if (f.values.size() > 8) line += fmt::format(", and {} more", f.values.size() - 8);
    fmt::print("{}\n", line);
  }
  if (!r.next.empty()) fmt::print("\n{}\n", faint("more: --cursor " + r.next));
}

}  // namespace

void add_search(CLI::App& app, int& exit_code) {
  auto* c = app.add_subcommand("search", "ranked hits for people; --json gives the API's answer");
  const auto flags = SearchFlags::add(*c);
  struct Own : ListFlags {
    bool json = false;
  };
  const auto own = std::make_shared<Own>();
  for (const auto& [flag, name, help] :
       {std::tuple("--limit", "limit", "matches, at most 100 (10)"), std::tuple("--sort", "sort", "relevance, newest, oldest or most-cited"),
        std::tuple("--unit", "unit", "paragraph or document"), std::tuple("--dedupe", "dedupe", "on: paragraphs that repeat each other once"),
        std::tuple("--cursor", "cursor", "go on where an answer ended"), std::tuple("--facets", "facets", "names separated by commas, or none"),
        std::tuple("--translate", "translate", "words by the lexicon: auto (where all that is asked for is in the other language), on, off")}) {
    const std::string parameter = name;
    c->add_option_function<std::string>(
         flag, [flags, parameter](const std::string& v) { flags->set(parameter, v); }, help)
        ->type_name("VALUE");
  }
  c->add_flag_callback(
      "--explain", [flags] { flags->set("explain", "1"); }, "say why each match ranks where it does");
  c->add_flag("--json", own->json, "the API's answer");
  std::vector<std::string> formats;
  for (const auto& f : http::export_formats())
    if (f.format != http::ExportFormat::atom) formats.emplace_back(f.name);
  c->add_option("--format", own->format, "the whole list of results as a file: csv, xlsx, docx, jsonl, marcxml, ris, bibtex, csl")
      ->check(CLI::IsMember(formats))
      ->type_name("FORMAT");
  c->add_option("--output", own->output, "where it is written; else to standard output")->type_name("FILE");
  c->add_option("--columns", own->columns, "of csv, xlsx and jsonl: names separated by commas (docs/api.md)")->type_name("NAMES");
  c->add_flag("--parallel", own->parallel, "with the counterpart of each paragraph in the other language");
  c->add_flag("--bare", own->bare, "without the lines before the rows that say what was asked");
  c->add_option("--base-url", own->base, "where this index is served, before each address: https://example.org/un")->type_name("URL");
  c->add_option("QUERY", own->query, "words, \"exact quotes\", AND OR NOT, title:..., a symbol");
  c->footer(
      "Examples:\n  resolute search '\"Counter-Terrorism Committee Executive Directorate\"'\n  resolute search --lang zh --body SC 反恐执行局\n"
      "  resolute search 'climate NEAR/5 security' --year 2021 --year 2022 --sort newest\n  resolute search 'S/RES/1963 (2010)'\n"
      "  resolute search --format csv --lang zh --parallel 反恐 > list.csv\n  resolute search --format xlsx --unit document --year 2021 --output 2021.xlsx\n");
  c->callback([flags, own, &exit_code] {
    auto request = flags->request();
    request.q = own->query;
    if (!own->format.empty()) {
      exit_code = write_list(*flags, *own);
      return;
    }
    const auto searcher = flags->open();
    const auto opened = std::chrono::steady_clock::now();
    const auto r = searcher.search(request);
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - opened).count();
    exit_code = r.total ? kDone : kPartly;
    if (own->json) {
      auto json = http::print_result(r, ms);
      json["query"]["q"] = own->query;
      fmt::print("{}\n", http::dump(json));
      return;
    }
    print_page(r, ms);
  });
}

}  // namespace resolute::cli
