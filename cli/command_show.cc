#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "http/api_json.h"
#include "schemas/error.h"
#include "schemas/result.h"
#include "text/normalize.h"

namespace resolute::cli {
namespace {

// Columns of a line: Han and full-width characters take two.
int columns(std::string_view s) {
  int n = 0;
  for (size_t i = 0; i < s.size();) n += text::next_code_point(s, i) >= 0x2E80 ? 2 : 1;
  return n;
}

std::vector<std::string> lines(const std::string& text, int width) {
  std::vector<std::string> out;
  const std::string wrapped = wrap(text, width, "");
  for (size_t at = 0; at <= wrapped.size();) {
    const size_t end = std::min(wrapped.find('\n', at), wrapped.size());
    out.push_back(wrapped.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string numbered(const Paragraph& p) { return (p.number.empty() || p.kind == ParagraphKind::heading ? "" : p.number + ". ") + p.text; }

// What is known of a document, above its text.
void print_metadata(const Document& d, int64_t cited_by) {
  const bool color = is_terminal(STDOUT_FILENO);
  const auto bold = [&](const std::string& s) { return color ? "\x1b[1m" + s + "\x1b[0m" : s; };
  fmt::print("{}\n{}\n", bold(d.id()), d.title);
  const auto list = [](const std::vector<std::string>& v) { return fmt::format("{}", fmt::join(v, ", ")); };
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, std::string>>{{"adopted", d.date},
                                                                                              {"body", print_body(d.body)},
                                                                                              {"type", print_type(d.type)},
                                                                                              {"session", d.session},
                                                                                              {"meeting", d.meeting},
                                                                                              {"agenda", list(d.agenda)},
                                                                                              {"committee", list(d.committee)},
                                                                                              {"concerns", list(d.concerns)},
                                                                                              {"vote", d.vote.outcome ? print_outcome(*d.vote.outcome) : ""},
                                                                                              {"subjects", list(d.subjects)},
                                                                                              {"cites", list(cited_symbols(d))},
                                                                                              {"cited by", std::to_string(cited_by)}})
    if (!value.empty()) fmt::print("{}\n", wrap(fmt::format("{:10}{}", name, value), std::min(terminal_width(), 120), ""));
  if (d.vote.yes) fmt::print("{:10}{} yes, {} no, {} abstaining\n", "", *d.vote.yes, d.vote.no.value_or(0), d.vote.abstain.value_or(0));
  fmt::print("\n");
}

// A document's paragraphs, each beside its counterpart; what only the other has stands last.
void print_sides(const Document& d, std::map<std::string, Paragraph> others) {
  const int half = (std::min(terminal_width(), 160) - 3) / 2;
  const auto row = [&](const std::string& left, const std::string& right) {
    const auto a = lines(left, half), b = lines(right, half);
    for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      const std::string l = i < a.size() ? a[i] : "";
      fmt::print("{}{} | {}\n", l, std::string(static_cast<size_t>(std::max(0, half - columns(l))), ' '), i < b.size() ? b[i] : "");
    }
    fmt::print("\n");
  };
  for (const auto& p : d.paragraphs) {
    const auto it = others.find(p.parallel);
    row(numbered(p), it == others.end() ? "" : numbered(it->second));
    if (it != others.end()) others.erase(it);
  }
  for (const auto& [fragment, p] : others) row("", numbered(p));
}

void print_document(const search::Searcher& searcher, search::DocumentRef at, std::optional<Language> parallel) {
  const Document d = searcher.document(at);
  print_metadata(d, searcher.generation().standing(at).cited_by);
  std::map<std::string, Paragraph> others;
  if (parallel && *parallel != d.lang) {
    if (const auto there = searcher.find(d.identifier, parallel))
      for (auto& p : searcher.document(*there).paragraphs) others[p.fragment] = p;
    else
      fmt::print(stderr, "resolute: {} is not there in {}\n", d.identifier, print_language(*parallel));
  }
  if (!others.empty()) return print_sides(d, std::move(others));
  for (const auto& p : d.paragraphs)
    fmt::print("{}\n\n", wrap(numbered(p), std::min(terminal_width(), 100), p.kind == ParagraphKind::footnote ? "      " : ""));
}

}  // namespace

void add_show(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string index = default_index(), symbol, lang, parallel;
    bool json = false, source = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("show", "one document, or both languages side by side");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("--lang", f->lang, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  c->add_option("--parallel", f->parallel, "the language to show beside it")->check(CLI::IsMember({"zh", "en"}));
  auto* json = c->add_flag("--json", f->json, "the API's answer");
  c->add_flag("--source", f->source, "the bytes of the file that it was read from, where `resolute index --keep-sources` kept them")->excludes(json);
  c->add_option("SYMBOL", f->symbol, "in any spelling")->required();
  c->footer("Examples:\n  resolute show 'S/RES/1963 (2010)' --lang zh --parallel en\n  resolute show 75/1 --json\n");
  c->callback([f, &exit_code] {
    const search::Searcher searcher(search::Generation::open(f->index));
    std::optional<Language> lang = parse_language(f->lang), parallel = parse_language(f->parallel);
    // "A/RES/91/12@en", as identifiers are printed.
    std::string symbol = f->symbol;
    if (const size_t at = symbol.rfind('@'); at != std::string::npos) {
      const auto named = parse_language(symbol.substr(at + 1));
      if (!named) throw Error(ErrorKind::invalid, "there is no language " + symbol.substr(at + 1) + ": @zh or @en");
      if (lang && lang != named) throw Error(ErrorKind::invalid, f->symbol + " and --lang " + f->lang + " name two languages");
      lang = named;
      symbol.resize(at);
    }
    const auto resolved = searcher.resolve(symbol);
    const auto at = resolved.known ? searcher.find(resolved.symbol, lang) : std::nullopt;
    if (!at) {
      std::string message = "the index has no document " + f->symbol + (resolved.known && lang ? std::string(" in ") + print_language(*lang) : "");
      for (size_t i = 0; i < resolved.candidates.size(); ++i) message += (i ? ", " : "; near it: ") + resolved.candidates[i];
      fmt::print(stderr, "resolute: {}\n", message);
      exit_code = kPartly;
      return;
    }
    if (f->source) {
      const auto bytes = searcher.generation().source(*at);
      if (!bytes)
        throw Error(ErrorKind::not_found, "the file of " + searcher.generation().id(*at) +
                                              " was not kept: `resolute index --keep-sources PATH...` reads it again, and keeps it from then on");
      std::fwrite(bytes->data(), 1, bytes->size(), stdout);
      return;
    }
    if (f->json) {
      fmt::print("{}\n", http::dump(http::print_document_answer(searcher, *at, parallel)));
      return;
    }
    print_document(searcher, *at, parallel);
  });
}

}  // namespace resolute::cli
