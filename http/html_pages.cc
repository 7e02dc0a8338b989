#include "http/html_pages.h"

#include "http/answers.h"
#include "http/html_notices.h"
#include "schemas/ascii.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

// A style sheet with what stands at the head of each page of paper: style sheets are files here (kPagePolicy), and this varies.
Response print_style(const Page& page) {
  std::string head = page.value("head").substr(0, 80);
  std::erase_if(head, [](char c) { return !is_alnum(c) && std::string_view("/().-_ ").find(c) == std::string_view::npos; });
  Response r{200, "text/css; charset=utf-8", {}, "@page { @top-left { content: \"" + head + "\"; font: 9pt sans-serif; } }\n"};
  r.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return r;
}

Response dispatch(const Page& page) {
  const std::string_view path = page.path;
  if (path == "/") return show_home(page);
  if (path == "/search") return show_search(page);
  if (path == "/agreed-language") return show_draft(page);
  if (path == "/help") return show_help(page);
  if (path == "/about") return show_about(page);
  if (path == "/phrases") return show_phrases(page);
  if (path == "/print.css") return print_style(page);
  if (path == "/browse") return show_browse(page, "");
  if (path.starts_with("/browse/")) return show_browse(page, std::string(path.substr(8)));
  if (path.starts_with("/series/")) return show_series(page, std::string(path.substr(8)));
  if (path.starts_with("/citing/")) return show_citing(page, std::string(path.substr(8)));
  return show_document(page, std::string(path.substr(1)));
}

// Whether a path may name a document: not where the API and the files are, nor anything without a digit.
bool may_be_document(std::string_view path) {
  for (const std::string_view taken : {"//", "/v1/", "/static/", "/openapi", "/metrics", "/healthz", "/readyz", "/."})
    if (path.starts_with(taken)) return false;
  return path.size() < 400 && path.find_first_of("0123456789") != std::string_view::npos;
}

// "/zh/help" -> "/help".
std::string_view without_language(std::string_view path) { return path.starts_with("/zh/") || path.starts_with("/en/") ? path.substr(3) : path; }

bool of_a_view(std::string_view path) { return path.starts_with("/browse/") || path.starts_with("/series/") || path.starts_with("/citing/"); }

bool is_page(std::string_view path) {
  for (const std::string_view known : {"/", "/search", "/agreed-language", "/help", "/about", "/browse", "/phrases", "/print.css"})
    if (path == known) return true;
  return of_a_view(path) || may_be_document(path);
}

}  // namespace

bool may_be_page(std::string_view path) { return is_page(without_language(path)); }

bool page_takes_body(std::string_view path) {
  path = without_language(path);
  return path == "/agreed-language";
}

std::optional<Response> answer_page(const Request& request, const search::Searcher* searcher, const ReadDraft& read_draft) {
  auto page = read_page(request, searcher);
  if (!page) return std::nullopt;
  page->read_draft = read_draft;
  // "/zh" alone: relative addresses need the slash.
  if (page->path == "/zh" || page->path == "/en") return redirect(*page, page->path.substr(1) + "/", 301);
  if (!is_page(page->path)) return std::nullopt;
  if (const auto p = parse_query_string(request.target.find('?') == std::string::npos ? std::string_view()
                                                                                      : std::string_view(request.target).substr(request.target.find('?') + 1));
      std::holds_alternative<Problem>(p))
    return print_problem_page(*page, std::get<Problem>(p));
  if (!searcher) return print_problem_page(*page, {503, "not-ready", "", "", ""});
  if (may_be_document(page->path) && !of_a_view(page->path)) {
    const auto resolved = searcher->resolve(page->path.substr(1));
    if (resolved.symbol.empty() && resolved.candidates.empty()) return std::nullopt;
  }
  return dispatch(*page);
}

Response print_problem_page(const Page& page, const Problem& problem) {
  const auto& say = page.say;
  const Word title = problem.status == 404 ? Word("not-there") : problem.status >= 500 ? Word("not-now") : Word("not-understood");
  Html detail;
  if (!problem.detail.empty() && problem.status < 500) detail += element("p", {{"class", "muted"}}, print_trouble(problem.detail, page.zh()));
  if (!problem.parameter.empty()) detail += element("p", {{"class", "muted"}}, say("parameter", {problem.parameter}));
  Html offers = element("a", {{"class", "button"}, {"href", page.to("")}}, say("start-page"));
  Shown shown{"problem",
              std::string(say(title)),
              "",
              element("section", {{"class", "box problem alone"}}, element("h1", {}, say(title)), detail, element("p", {{"class", "offers"}}, offers)),
              problem.status,
              "",
              {},
              true};
  auto r = print_page(page, shown);
  if (problem.status >= 500) r.headers.emplace_back("Retry-After", "5");
  return r;
}

Response problem_page(const Request& request, const search::Searcher* searcher, const Problem& problem) {
  if (const auto page = read_page(request, searcher)) return print_problem_page(*page, problem);
  return print(problem);
}

}  // namespace resolute::http
