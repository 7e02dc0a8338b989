#include "http/handler.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "http/api_json.h"
#include "http/assets.h"
#include "http/draft_json.h"
#include "http/history_json.h"
#include "http/parameters.h"
#include "http/phrases_json.h"
#include "http/suggest_json.h"
#include "schemas/ascii.h"
#include "schemas/document_json.h"
#include "schemas/error.h"
#include "schemas/segment.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

constexpr const char* kJson = "application/json; charset=utf-8";
constexpr const char* kProblem = "application/problem+json; charset=utf-8";
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

Response json(const nlohmann::ordered_json& body) { return {200, kJson, {}, dump(body)}; }

Response print(const Problem& p) {
  // A page of another origin may read what was wrong as it reads results.
  Response r{p.status, kProblem, {{"Access-Control-Allow-Origin", "*"}}, dump(print_problem(p))};
  r.headers.emplace_back("Cache-Control", "no-store");
  return r;
}

Problem not_found(const std::string& detail) { return {404, "not-found", "There is nothing here", detail, ""}; }

std::string as_text(const Document& d) {
  std::string out = d.identifier + (d.title.empty() ? "" : "\n" + d.title) + (d.date.empty() ? "" : "\n" + d.date) + "\n";
  for (const auto& p : d.paragraphs) {
    if (p.kind == ParagraphKind::heading && p.text == d.title) continue;
    out += "\n" + (p.number.empty() || p.kind == ParagraphKind::heading ? "" : p.number + ". ") + p.text + "\n";
  }
  return out;
}

// Each element of a comma-separated field, until one makes visit(element) true.
template <typename Visit>
bool any_element(std::string_view field, Visit&& visit) {
  for (size_t at = 0; at < field.size();) {
    const size_t end = std::min(field.find(',', at), field.size());
    if (visit(trimmed(field.substr(at, end - at)))) return true;
    at = end + 1;
  }
  return false;
}

// If-None-Match compares weakly: W/ does not count (RFC 9110, 13.1.2).
bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  return any_element(if_none_match, [&](std::string_view tag) { return tag == "*" || opaque(tag) == opaque(etag); });
}

// How much an Accept field wants a media type, 0 to 1000: the most specific range decides
// (RFC 9110, 12.5.1). Without a field, everything is wanted.
int wanted(std::string_view accept, std::string_view type) {
  if (trimmed(accept).empty()) return 1000;
  const auto group = std::string(type.substr(0, type.find('/'))) + "/*";
  int best = 0, specific = -1;
  any_element(accept, [&](std::string_view range) {
    const size_t semicolon = std::min(range.find(';'), range.size());
    std::string name(trimmed(range.substr(0, semicolon)));
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    const int how = name == type ? 2 : name == group ? 1 : name == "*/*" ? 0 : -1;
    int quality = 1000;
    for (size_t at = semicolon; at < range.size();) {
      const size_t end = std::min(range.find(';', at + 1), range.size());
      const auto parameter = trimmed(range.substr(at + 1, end - at - 1));
      if (parameter.starts_with("q=") || parameter.starts_with("Q=")) {
        quality = 0;
        int unit = 1000;
        for (const char c : parameter.substr(2)) {
          if (c >= '0' && c <= '9') quality += (c - '0') * unit, unit /= 10;
        }
        quality = std::min(quality, 1000);
      }
      at = end;
    }
    if (how > specific || (how == specific && how >= 0 && quality > best)) {
      specific = how;
      best = quality;
    }
    return false;
  });
  return best;
}

// One parameter that may stand once; a Problem where another stands beside it.
std::optional<Problem> read_once(const Parameters& given, std::initializer_list<std::pair<const char*, std::string*>> known) {
  std::set<std::string_view> seen;
  for (const auto& [name, value] : given) {
    bool found = false;
    for (const auto& [known_name, into] : known)
      if (name == known_name) {
        if (!seen.insert(known_name).second) return Problem{400, "invalid-parameter", "A parameter cannot be used", "it is given more than once", name};
        if (value.empty()) return Problem{400, "invalid-parameter", "A parameter cannot be used", "it is empty", name};
        *into = value;
        found = true;
      }
    if (!found) {
      std::string list;
      for (const auto& [known_name, into] : known) list += (list.empty() ? "" : ", ") + std::string(known_name);
      return Problem{400, "unknown-parameter", "A parameter is unknown", list.empty() ? "this takes none" : "known are: " + list, text::tidy(name).substr(0, 80)};
    }
  }
  return std::nullopt;
}

std::optional<Problem> read_language(const std::string& name, const std::string& value, std::optional<Language>& into) {
  if (value.empty()) return std::nullopt;
  into = parse_language(value);
  if (!into) return Problem{400, "invalid-parameter", "A parameter cannot be used", "expected zh or en", name};
  return std::nullopt;
}

}  // namespace

struct Handler::Metrics {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter().Name("resolute_http_requests_total").Help("Requests answered, by route and status.").Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram().Name("resolute_http_request_seconds").Help("Time to answer, by route.").Register(registry);
  prometheus::Family<prometheus::Gauge>& index = prometheus::BuildGauge().Name("resolute_index").Help("The published index: revision, documents, paragraphs.").Register(registry);
};

Handler::Handler(const search::LiveIndex& index, size_t cache_bytes) : index_(index), cache_(cache_bytes), metrics_(std::make_unique<Metrics>()) {}
Handler::~Handler() = default;

Response Handler::problem(int status, const std::string& detail) {
  const char* title = status == 400   ? "The request is not well formed"
                      : status == 404 ? "There is nothing here"
                      : status == 413 ? "The request is too large"
                      : status == 414 ? "The address is too long"
                      : status == 408 ? "The request took too long to arrive"
                      : status == 411 ? "The length of the body is missing"
                      : status == 431 ? "The header is too large"
                      : status == 505 ? "This version of HTTP is not spoken here"
                      : status >= 500 ? "Something went wrong here"
                                      : "The request cannot be served";
  const char* type = status == 413 || status == 431 ? "too-large"
                     : status == 414                ? "address-too-long"
                     : status == 404                ? "not-found"
                     : status == 408                ? "too-slow"
                     : status == 411                ? "length-required"
                     : status == 505                ? "version-not-supported"
                     : status >= 500                ? "internal"
                                                    : "malformed-request";
  return print({status, type, title, detail, ""});
}

Response Handler::problem(const Error& e) {
  switch (e.kind()) {
    case ErrorKind::not_found: return print(not_found(e.what()));
    case ErrorKind::invalid: return print({400, "invalid-parameter", "A parameter cannot be used", e.what(), std::string(e.what()).starts_with("cursor") ? "cursor" : ""});
    case ErrorKind::unavailable:
    case ErrorKind::corrupt: break;
  }
  std::fprintf(stderr, "resolute: %s\n", e.what());
  auto r = print({503, "unavailable", "The index cannot be read now", "", ""});
  r.headers.emplace_back("Retry-After", "5");
  return r;
}

bool Handler::takes_body(const Request& request) {
  return request.method == "POST" && is_draft_address(std::string_view(request.target).substr(0, request.target.find('?')));
}

Response Handler::metrics() const {
  if (const auto searcher = index_.current()) {
    const auto& m = searcher->generation().manifest();
    metrics_->index.Add({{"what", "revision"}}).Set(static_cast<double>(m.revision));
    metrics_->index.Add({{"what", "documents"}}).Set(static_cast<double>(m.documents));
    metrics_->index.Add({{"what", "paragraphs"}}).Set(static_cast<double>(m.paragraphs));
  }
  return {200, "text/plain; version=0.0.4; charset=utf-8", {{"Cache-Control", "no-store"}}, prometheus::TextSerializer().Serialize(metrics_->registry.Collect())};
}

Response Handler::handle(const Request& request) const {
  const auto begin = std::chrono::steady_clock::now();
  std::string route = "other";
  Response r;
  try {
    r = answer(request, route);
  } catch (const Error& e) {
    r = problem(e);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "resolute: %s\n", e.what());
    r = problem(500);
  }
  metrics_->requests.Add({{"route", route}, {"status", std::to_string(r.status)}}).Increment();
  metrics_->seconds
      .Add({{"route", route}}, prometheus::Histogram::BucketBoundaries{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5})
      .Observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  return r;
}

Response Handler::answer(const Request& request, std::string& route) const {
  const auto begin = std::chrono::steady_clock::now();
  const size_t mark = std::min(request.target.find('?'), request.target.size());
  const auto raw_path = std::string_view(request.target).substr(0, mark);
  const auto path = decode(raw_path, false);
  if (!path || path->find('\0') != std::string::npos) return print({400, "invalid-encoding", "The address is not well formed", "", ""});
  for (size_t i = 0; i < path->size();) {
    const size_t before = i;
    if (text::next_code_point(*path, i) == 0xFFFD && path->compare(before, 3, "\xEF\xBF\xBD") != 0) return print({400, "invalid-encoding", "The address is not well formed", "the bytes are not UTF-8", ""});
  }

  // What exists, whatever the index says.
  const Asset* asset = find_asset(*path);
  const bool documents = path->starts_with("/v1/documents/");
  const bool draft = is_draft_address(*path);
  const bool paragraphs = path->starts_with("/v1/paragraphs/") && path->ends_with("/history");
  const bool known = asset || documents || paragraphs || draft || *path == "/healthz" || *path == "/readyz" || *path == "/metrics" || *path == "/v1/search" || *path == "/v1/facets" || *path == "/v1/phrases" || *path == "/v1/related" || *path == "/v1/resolve" || *path == "/v1/suggest";
  if (!known) return print(not_found("no such address; /openapi.json lists them"));
  if (draft ? !takes_body(request) : request.method != "GET" && request.method != "HEAD") {
    auto r = print({405, "method-not-allowed", draft ? "Only POST is answered here" : "Only GET and HEAD are answered here", "", ""});
    r.headers.emplace_back("Allow", draft ? "POST" : "GET, HEAD");
    return r;
  }
  if (asset) {
    route = "page";
    Response r{200, asset->content_type, {}, std::string(asset->content)};
    const std::string etag = "W/\"" + std::to_string(checksum(asset->content)) + "\"";
    r.headers.emplace_back("ETag", etag);
    r.headers.emplace_back("Cache-Control", "no-cache");
    r.headers.emplace_back("Content-Security-Policy", kPolicy);
    if (matches_etag(request.if_none_match, etag)) {
      r.status = 304;
      r.body.clear();
    }
    return r;
  }
  auto parsed = parse_query_string(mark < request.target.size() ? std::string_view(request.target).substr(mark + 1) : std::string_view());
  if (auto* p = std::get_if<Problem>(&parsed)) return print(*p);
  const auto& given = std::get<Parameters>(parsed);

  if (*path == "/healthz") {
    route = "healthz";
    if (auto p = read_once(given, {})) return print(*p);
    return {200, kJson, {{"Cache-Control", "no-store"}}, "{\"status\":\"ok\"}"};
  }
  const auto searcher = index_.current();
  if (*path == "/readyz") {
    route = "readyz";
    if (auto p = read_once(given, {})) return print(*p);
    if (!searcher || draining_) {
      auto r = print({503, "not-ready", draining_ ? "The service is stopping" : "There is no index yet", "", ""});
      r.headers.emplace_back("Retry-After", "5");
      return r;
    }
    return {200, kJson, {{"Cache-Control", "no-store"}}, dump({{"status", "ready"}, {"revision", searcher->generation().manifest().revision}})};
  }
  if (*path == "/metrics") {
    route = "metrics";
    if (auto p = read_once(given, {})) return print(*p);
    return metrics();
  }
  if (!searcher) {
    auto r = print({503, "not-ready", "There is no index yet", "", ""});
    r.headers.emplace_back("Retry-After", "5");
    return r;
  }
  // A lexicon of another index is configuration.
  const auto lexicon = searcher->lexicon();
  const auto by = lexicon ? std::to_string(lexicon->bytes()) + "-" + std::to_string(lexicon->pairs()) : "";
  const auto finish = [&](Response r, uint64_t revision) {
    const std::string etag = "W/\"" + std::to_string(revision) + "-" + std::to_string(checksum(std::string(RESOLUTE_VERSION) + "\n" + by + "\n" + r.content_type + "\n" + request.target)) + "\"";
    r.headers.emplace_back("ETag", etag);
    r.headers.emplace_back("Vary", "Accept");
    r.headers.emplace_back("Cache-Control", "no-cache");
    r.headers.emplace_back("Access-Control-Allow-Origin", "*");
    if (r.status == 200 && matches_etag(request.if_none_match, etag)) {
      r.status = 304;
      r.body.clear();
    }
    return r;
  };
  const uint64_t revision = searcher->generation().manifest().revision;
  if (draft) {
    route = path->substr(std::string_view("/v1/").size());
    if (auto p = read_once(given, {})) return print(*p);
    auto answered = answer_draft(*searcher, *path, request.body);
    if (auto* p = std::get_if<Problem>(&answered)) return print(*p);
    auto r = json(std::get<nlohmann::ordered_json>(answered));
    r.headers.emplace_back("Cache-Control", "no-store");
    r.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return r;
  }

  if (*path == "/v1/search") {
    route = "search";
    auto search_request = parse_search(given);
    if (auto* p = std::get_if<Problem>(&search_request)) return print(*p);
    const auto& r = std::get<search::SearchRequest>(search_request);
    auto at = searcher;
    if (const auto wanted = search::Searcher::cursor_revision(r.cursor)) at = index_.of_revision(*wanted);
    else if (const auto body = cache_.find(revision, request.target)) return finish({200, kJson, {}, *body}, revision);
    const auto result = at->search(r);
    auto body = print_result(result, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    auto& query = body["query"];
    nlohmann::ordered_json with_q = {{"q", r.q}};
    with_q.update(query);
    query = std::move(with_q);
    auto answer = json(body);
    if (r.cursor.empty()) cache_.put(result.revision, request.target, answer.body);
    return finish(std::move(answer), result.revision);
  }
  if (*path == "/v1/facets") {
    route = "facets";
    if (auto p = read_once(given, {})) return print(*p);
    nlohmann::ordered_json o;
    const auto& m = searcher->generation().manifest();
    o["index"] = {{"revision", m.revision}, {"documents", m.documents}, {"paragraphs", m.paragraphs}};
    o["facets"] = print_facets(searcher->facets());
    return finish(json(o), revision);
  }
  if (*path == "/v1/phrases") {
    route = "phrases";
    const auto wanted_phrases = parse_phrases(given);
    if (auto* p = std::get_if<Problem>(&wanted_phrases)) return print(*p);
    const auto& r = std::get<search::PhraseRequest>(wanted_phrases);
    return finish(json(print_phrases(search::find_phrases(*searcher, r), r)), revision);
  }
  if (*path == "/v1/suggest") {
    route = "suggest";
    const auto asked = parse_suggest(given);
    if (auto* p = std::get_if<Problem>(&asked)) return print(*p);
    const auto& r = std::get<SuggestRequest>(asked);
    return finish(json(print_suggestions(r.q, searcher->suggestions().find(r.q, r.lang, r.limit, r.own))), revision);
  }
  if (*path == "/v1/related") {
    route = "related";
    const auto asked = parse_related(given);
    if (auto* p = std::get_if<Problem>(&asked)) return print(*p);
    const auto& r = std::get<search::SearchRequest>(asked);
    return finish(json(print_related(r.q, search::related_searches(*searcher, r, r.limit))), revision);
  }
  if (*path == "/v1/resolve") {
    route = "resolve";
    std::string ref;
    if (auto p = read_once(given, {{"ref", &ref}})) return print(*p);
    if (ref.empty()) return print({400, "invalid-parameter", "A parameter is missing", "ref: any way of writing a reference", "ref"});
    if (ref.size() > 400) return print({400, "invalid-parameter", "A parameter cannot be used", "at most 400 bytes", "ref"});
    return finish(json(print_resolved(*searcher, ref)), revision);
  }
  // /v1/documents/{symbol}[/citations|/cited-by|/history], /v1/paragraphs/{id}/history
  route = paragraphs ? "paragraphs" : "documents";
  std::string symbol = path->substr(std::string_view(paragraphs ? "/v1/paragraphs/" : "/v1/documents/").size()), fragment;
  enum class Part { document, citations, cited_by, history } part = Part::document;
  if (symbol.ends_with("/citations")) {
    part = Part::citations;
    symbol.resize(symbol.size() - 10);
  } else if (symbol.ends_with("/cited-by")) {
    part = Part::cited_by;
    symbol.resize(symbol.size() - 9);
  } else if (symbol.ends_with("/history")) {
    part = Part::history;
    symbol.resize(symbol.size() - 8);
  }
  std::string lang_text, parallel_text, format, depth_text = "1";
  if (part == Part::document) {
    if (auto p = read_once(given, {{"lang", &lang_text}, {"parallel", &parallel_text}, {"format", &format}})) return print(*p);
  } else if (part == Part::history && !paragraphs) {
    if (auto p = read_once(given, {{"lang", &lang_text}})) return print(*p);
  } else if (part == Part::citations || part == Part::cited_by) {
    if (auto p = read_once(given, {{"depth", &depth_text}})) return print(*p);
  } else if (auto p = read_once(given, {})) {
    return print(*p);
  }
  const int depth = depth_text.size() == 1 ? depth_text[0] - '0' : 0;
  if (depth < 1 || depth > kMostDepth) return print({400, "invalid-parameter", "A parameter cannot be used", "expected a number from 1 to " + std::to_string(kMostDepth), "depth"});
  if (paragraphs) {
    const size_t hash = symbol.rfind('#'), at = symbol.rfind('@', hash);
    if (hash == std::string::npos || at == std::string::npos || !parse_language(symbol.substr(at + 1, hash - at - 1)))
      return print(not_found("a paragraph is SYMBOL@LANG#FRAGMENT, its # written %23"));
    fragment = symbol.substr(hash + 1);
    symbol.resize(hash);
  }
  std::optional<Language> lang, parallel;
  if (auto p = read_language("lang", lang_text, lang)) return print(*p);
  if (auto p = read_language("parallel", parallel_text, parallel)) return print(*p);
  if (!format.empty() && format != "json" && format != "text") return print({400, "invalid-parameter", "A parameter cannot be used", "expected json or text", "format"});
  if (const size_t at = symbol.rfind('@'); at != std::string::npos && !lang) {
    lang = parse_language(symbol.substr(at + 1, 2));
    if (lang) symbol.resize(at);
  }
  const auto resolved = searcher->resolve(symbol);
  if (!resolved.known) {
    auto p = not_found("the index has no document " + text::tidy(symbol).substr(0, 100));
    nlohmann::ordered_json o = print_problem(p);
    if (!resolved.candidates.empty()) o["candidates"] = resolved.candidates;
    return {404, kProblem, {{"Cache-Control", "no-store"}, {"Access-Control-Allow-Origin", "*"}}, dump(o)};
  }
  if (part == Part::citations || part == Part::cited_by) {
    const bool out = part == Part::citations;
    auto answer = out ? print_citations(*searcher, resolved.symbol) : print_cited_by(*searcher, resolved.symbol);
    if (depth > 1) add_closure(answer, *searcher, resolved.symbol, out ? Direction::out : Direction::in, depth);
    return finish(json(answer), revision);
  }
  if (part == Part::history && !lang) lang = searcher->find(resolved.symbol, Language::en) ? Language::en : Language::zh;
  const auto at = searcher->find(resolved.symbol, lang);
  if (!at) return print(not_found(resolved.symbol + " is not there in " + print_language(*lang)));
  if (paragraphs) {
    const auto history = search::clause_history(*searcher, resolved.symbol, *lang, fragment);
    if (!history) return print(not_found(resolved.symbol + " has no paragraph " + text::tidy(fragment).substr(0, 60)));
    return finish(json(print_clause_history(*history)), revision);
  }
  if (part == Part::history) return finish(json(print_clause_table(*search::clause_table(*searcher, resolved.symbol, *lang))), revision);
  const bool text_wanted = wanted(request.accept, "text/plain") > wanted(request.accept, "application/json");
  if (format == "text" || (format.empty() && text_wanted)) return finish({200, "text/plain; charset=utf-8", {}, as_text(searcher->document(*at))}, revision);
  return finish(json(print_document_answer(*searcher, *at, parallel)), revision);
}

}  // namespace resolute::http
