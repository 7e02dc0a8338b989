#include "http/handler.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <new>
#include <nlohmann/json.hpp>

#include "http/answers.h"
#include "http/api_json.h"
#include "http/assets.h"
#include "http/compress.h"
#include "http/html_pages.h"
#include "http/negotiation.h"
#include "http/routes.h"
#include "schemas/clock.h"
#include "schemas/segment.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

// How long an answer stays true: as long as the program runs, or as its address names it.
enum class Keep : uint8_t { asked_again, for_ever };

// The file at a path, and whether the path names its content: "/static/NAME/style.css".
std::pair<const Asset*, Keep> find_file(std::string_view path) {
  constexpr std::string_view kFolder = "/static/";
  if (!path.starts_with(kFolder))
    return {path == "/opensearch.xml" || path == "/openapi.json" || path == "/favicon.svg" ? find_asset(path) : nullptr, Keep::asked_again};
  const size_t slash = path.find('/', kFolder.size());
  if (slash == std::string_view::npos) return {nullptr, Keep::asked_again};
  return {find_asset(path.substr(slash)), path.substr(1, slash) == asset_folder() ? Keep::for_ever : Keep::asked_again};
}

// A file of the page, or of the contract.
Response print(const Asset& asset, const Request& request, Keep keep) {
  Response r{200, asset.content_type, {}, std::string(asset.content)};
  const std::string etag = "W/\"" + std::to_string(checksum(asset.content)) + "\"";
  r.headers.emplace_back("ETag", etag);
  r.headers.emplace_back("Cache-Control", keep == Keep::for_ever ? "public, max-age=31536000, immutable" : "no-cache");
  r.headers.emplace_back("Content-Security-Policy", kPagePolicy);
  if (matches_etag(request.if_none_match, etag)) {
    r.status = 304;
    r.body.clear();
  }
  return r;
}

// A path as it was meant; nullopt where escapes are broken or the bytes are no UTF-8.
std::variant<std::string, Problem> read_path(std::string_view raw) {
  const Problem ill{400, "invalid-encoding", "The address is not well formed", "", ""};
  auto path = decode(raw, false);
  if (!path || path->find('\0') != std::string::npos) return ill;
  for (size_t i = 0; i < path->size();) {
    const size_t before = i;
    if (text::next_code_point(*path, i) == 0xFFFD && path->compare(before, 3, "\xEF\xBF\xBD") != 0)
      return Problem{400, "invalid-encoding", "The address is not well formed", "the bytes are not UTF-8", ""};
  }
  return std::move(*path);
}

// Whether a method is answered where `allowed` is.
bool allows(std::string_view allowed, std::string_view method) { return method == allowed || (allowed == "GET" && method == "HEAD"); }

// Another method than is answered. OPTIONS says which are, to pages of other origins too (CORS): they may read everything, as anyone may.
Response answer_other_method(std::string_view allowed, std::string_view method) {
  const bool get = allowed == "GET";
  const std::string methods = get ? "GET, HEAD" : std::string(allowed);
  if (method == "OPTIONS")
    return {204,
            "",
            {{"Allow", methods},
             {"Access-Control-Allow-Origin", "*"},
             {"Access-Control-Allow-Methods", methods},
             {"Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-None-Match"},
             {"Access-Control-Max-Age", "3600"}},
            ""};
  auto r =
      print(Problem{405, "method-not-allowed", get ? "Only GET and HEAD are answered here" : "Only " + std::string(allowed) + " is answered here", "", ""});
  r.headers.emplace_back("Allow", methods);
  return r;
}

}  // namespace

struct Handler::Metrics {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter().Name("resolute_http_requests_total").Help("Requests answered, by route and status.").Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram().Name("resolute_http_request_seconds").Help("Time to answer, by route.").Register(registry);
  prometheus::Family<prometheus::Gauge>& load = prometheus::BuildGauge()
                                                    .Name("resolute_http_load")
                                                    .Help("What the server is at: requests worked on and waiting, connections, bytes that wait for clients.")
                                                    .Register(registry);
  prometheus::Family<prometheus::Gauge>& index =
      prometheus::BuildGauge()
          .Name("resolute_index")
          .Help("The published index: revision, documents, paragraphs; trouble is 1 where its newest state cannot be opened.")
          .Register(registry);
};

Handler::Handler(const search::LiveIndex& index, HandlerOptions options)
    : index_(index),
      options_(std::move(options)),
      settings_(std::make_shared<const HandlerSettings>(options_.settings)),
      cache_(options_.cache_bytes),
      metrics_(std::make_unique<Metrics>()) {}
Handler::~Handler() = default;

void Handler::take(HandlerSettings settings) {
  auto taken = std::make_shared<const HandlerSettings>(std::move(settings));
  const std::lock_guard lock(settings_mutex_);
  settings_ = std::move(taken);
}

std::shared_ptr<const HandlerSettings> Handler::settings() const {
  const std::lock_guard lock(settings_mutex_);
  return settings_;
}

Response Handler::problem(int status, const std::string& detail) {
  const char* title = status == 400   ? "The request is not well formed"
                      : status == 401 ? "A key is wanted"
                      : status == 404 ? "There is nothing here"
                      : status == 413 ? "The request is too large"
                      : status == 414 ? "The address is too long"
                      : status == 408 ? "The request took too long to arrive"
                      : status == 411 ? "The length of the body is missing"
                      : status == 431 ? "The header is too large"
                      : status == 505 ? "This version of HTTP is not spoken here"
                      : status == 429 ? "Too many requests"
                      : status == 503 ? "Too much is asked at once"
                      : status >= 500 ? "Something went wrong here"
                                      : "The request cannot be served";
  const char* type = status == 413 || status == 431 ? "too-large"
                     : status == 414                ? "address-too-long"
                     : status == 401                ? "key-wanted"
                     : status == 404                ? "not-found"
                     : status == 408                ? "too-slow"
                     : status == 411                ? "length-required"
                     : status == 505                ? "version-not-supported"
                     : status == 429                ? "too-many-requests"
                     : status == 499                ? "client-left"
                     : status == 503                ? "busy"
                     : status >= 500                ? "internal"
                                                    : "malformed-request";
  auto r = print({status, type, title, detail, ""});
  if (status == 503) r.headers.emplace_back("Retry-After", "2");
  if (status == 401) r.headers.emplace_back("WWW-Authenticate", "Bearer");
  return r;
}

Response Handler::refuse(int status, const std::string& detail) const {
  metrics_->requests.Add({{"route", "refused"}, {"status", std::to_string(status)}}).Increment();
  return problem(status, detail);
}

void Handler::observe(std::function<Load()> load) {
  const std::lock_guard lock(load_mutex_);
  load_ = std::move(load);
}

Response Handler::problem(const Error& e) {
  switch (e.kind()) {
    case ErrorKind::not_found: return print(not_found(e.what()));
    case ErrorKind::invalid: return print({400, "invalid-parameter", "A parameter cannot be used", e.what(), e.parameter()});
    case ErrorKind::unavailable:
    case ErrorKind::corrupt: break;
  }
  std::fprintf(stderr, "resolute: %s\n", e.what());
  auto r = print({503, "unavailable", "The index cannot be read now", "", ""});
  r.headers.emplace_back("Retry-After", "5");
  return r;
}

bool Handler::takes_body(const Request& request) {
  if (request.method != "POST") return false;
  const auto path = read_path(std::string_view(request.target).substr(0, request.target.find('?')));
  const auto* text = std::get_if<std::string>(&path);
  const auto* route = text ? find_route(*text).route : nullptr;
  return route ? std::string_view(route->method) == "POST" : text && page_takes_body(*text);
}

bool Handler::takes_file(const Request& request) {
  const auto kind = media_type(request.content_type);
  return takes_body(request) && !kind.empty() && kind != "application/json" && kind != "application/x-www-form-urlencoded";
}

Response Handler::metrics() const {
  if (const auto searcher = index_.current()) {
    const auto& m = searcher->generation().manifest();
    metrics_->index.Add({{"what", "revision"}}).Set(static_cast<double>(m.revision));
    metrics_->index.Add({{"what", "documents"}}).Set(static_cast<double>(m.documents));
    metrics_->index.Add({{"what", "paragraphs"}}).Set(static_cast<double>(m.paragraphs));
  }
  // 1 where there is no index, it is damaged, or a newer state cannot be opened: the log says which.
  metrics_->index.Add({{"what", "trouble"}}).Set(index_.trouble() ? 1 : 0);
  {
    const std::lock_guard lock(load_mutex_);
    const auto load = load_ ? load_() : Load{};
    for (const auto& [what, value] :
         {std::pair("working", load.busy), {"waiting", load.waiting}, {"connections", load.connections}, {"unsent_bytes", load.unsent_bytes}})
      metrics_->load.Add({{"what", what}}).Set(static_cast<double>(value));
  }
  return {
      200, "text/plain; version=0.0.4; charset=utf-8", {{"Cache-Control", "no-store"}}, prometheus::TextSerializer().Serialize(metrics_->registry.Collect())};
}

Response Handler::handle(const Request& request) const {
  const auto begin = std::chrono::steady_clock::now();
  std::string route = "other";
  Response r;
  try {
    r = answer(request, route);
    compress(request, r);
  } catch (const Error& e) { r = problem(e); } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "resolute: no memory for %s\n", route.c_str());
    r = problem(503, "there is no memory for it now");
  } catch (const std::exception& e) {
    std::fprintf(stderr, "resolute: %s\n", e.what());
    r = problem(500);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  log(request, route, r, seconds);
  metrics_->requests.Add({{"route", route}, {"status", std::to_string(r.status)}}).Increment();
  metrics_->seconds.Add({{"route", route}}, prometheus::Histogram::BucketBoundaries{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5})
      .Observe(seconds);
  return r;
}

// Without what was asked for, unless its operator wants to know.
void Handler::log(const Request& request, const std::string& route, Response& r, double seconds) const {
  static std::atomic<uint64_t> count{0};
  if (!options_.access_log) return;
  const auto set = settings();
  if (!set->log_requests) return;
  const auto id = std::to_string(++count);
  r.headers.emplace_back("X-Request-Id", id);
  nlohmann::ordered_json line = {{"time", now_iso()}, {"id", id},           {"client", request.client}, {"method", request.method.substr(0, 16)},
                                 {"route", route},    {"status", r.status}, {"bytes", r.body.size()},   {"ms", std::round(seconds * 1e5) / 100}};
  if (set->log_queries) line["target"] = request.target;
  options_.access_log(dump(line));
}

Response Handler::answer(const Request& request, std::string& name) const {
  const auto begin = std::chrono::steady_clock::now();
  const size_t mark = std::min(request.target.find('?'), request.target.size());
  const auto read = read_path(std::string_view(request.target).substr(0, mark));
  if (auto* p = std::get_if<Problem>(&read)) return print(*p);
  const auto& path = std::get<std::string>(read);
  const auto [asset, keep] = find_file(path);
  const bool metrics_asked = path == "/metrics";
  const auto [route, named] = find_route(path);
  if (!asset && !metrics_asked && !route) {
    const bool form = page_takes_body(path);
    if (may_be_page(path) && !allows("GET", request.method) && !(form && request.method == "POST")) return answer_other_method("GET", request.method);
    const auto searcher = index_.current();
    if (auto page = allows("GET", request.method) || form ? answer_page(request, searcher.get(), options_.read_draft) : std::nullopt) {
      name = "page";
      if (searcher && searcher->generation().broken()) return answer_broken();
      return *page;
    }
    const auto missing = not_found("no such address; /openapi.json lists them");
    return wanted(request.accept, "text/html") > wanted(request.accept, "application/json") ? problem_page(request, searcher.get(), missing) : print(missing);
  }
  name = asset ? "page" : metrics_asked ? "metrics" : route->name;
  if (const char* allowed = route ? route->method : "GET"; !allows(allowed, request.method)) return answer_other_method(allowed, request.method);
  if (asset) return print(*asset, request, keep);
  const auto parsed = parse_query_string(mark < request.target.size() ? std::string_view(request.target).substr(mark + 1) : std::string_view());
  if (auto* p = std::get_if<Problem>(&parsed)) return print(*p);
  const auto& given = std::get<Parameters>(parsed);
  if (metrics_asked) {
    if (auto p = ParameterReader(given).problem()) return print(*p);
    return metrics();
  }
  const auto searcher = route->needs_index ? index_.current() : nullptr;
  const auto set = settings();
  const auto base = !set->public_url.empty() ? set->public_url : request.host.empty() ? "" : "http://" + request.host;
  const Call call{request, named, given, searcher, index_, cache_, base, streams_, set->streams, options_.read_draft, draining_, begin};
  if (route->needs_index && !searcher) return answer_no_index(call);
  auto r = route->answer(call);
  return searcher && searcher->generation().broken() ? answer_broken() : r;
}

}  // namespace resolute::http
