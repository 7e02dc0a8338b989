#include "http/answers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "http/api_json.h"
#include "http/document_formats.h"
#include "http/draft_json.h"
#include "http/export.h"
#include "http/history_json.h"
#include "http/mcp.h"
#include "http/negotiation.h"
#include "http/phrases_json.h"
#include "http/suggest_json.h"
#include "schemas/segment.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

constexpr const char* kJson = "application/json; charset=utf-8";
constexpr const char* kProblem = "application/problem+json; charset=utf-8";

Response json(const nlohmann::ordered_json& body) { return {200, kJson, {}, dump(body)}; }

// Of the moment: never kept.
Response passing(Response r) {
  r.headers.emplace_back("Cache-Control", "no-store");
  return r;
}

Response not_ready(const std::string& title, const std::string& detail = "") {
  auto r = print({503, "not-ready", title, detail, ""});
  r.headers.emplace_back("Retry-After", "5");
  return r;
}

// A replica that lags: another may have it, and this one soon.
Response not_yet(const search::Searcher& searcher, uint64_t wanted) {
  return not_ready("This server has not got that state yet",
                   "revision " + std::to_string(wanted) + "; the index here is of " + std::to_string(searcher.generation().manifest().revision));
}

// At once instead of waiting.
Response busy(const std::string& why) {
  auto r = print(Problem{503, "busy", "Too much is asked at once", why, ""});
  r.headers.emplace_back("Retry-After", "2");
  return r;
}

// One of the places for answers that are made piece by piece, as long as it is held.
class StreamPlace {
 public:
  // nullptr where none is free.
  static std::shared_ptr<const StreamPlace> take(const Call& call) {
    if (call.streams.fetch_add(1) < call.most_streams) return std::shared_ptr<const StreamPlace>(new StreamPlace(call.streams));
    --call.streams;
    return nullptr;
  }
  ~StreamPlace() { --taken_; }
  StreamPlace(const StreamPlace&) = delete;
  StreamPlace& operator=(const StreamPlace&) = delete;

 private:
  explicit StreamPlace(std::atomic<int>& taken) : taken_(taken) {}
  std::atomic<int>& taken_;
};

const Manifest& state_of(const Call& call) { return call.searcher->generation().manifest(); }

// An answer of a state of the index: it may be kept and asked for again by its ETag.
Response of_state(const Call& call, Response r, const Manifest& state) {
  // A lexicon of another index is configuration.
  const auto lexicon = call.searcher->lexicon();
  const auto by = lexicon ? std::to_string(lexicon->bytes()) + "-" + std::to_string(lexicon->pairs()) : "";
  const std::string etag = "W/\"" + std::to_string(state.revision) + "-" +
                           std::to_string(checksum(std::string(RESOLUTE_VERSION) + "\n" + std::to_string(state.id) + "\n" + by + "\n" + r.content_type + "\n" +
                                                   call.base + "\n" + call.request.target)) +
                           "\"";
  r.headers.emplace_back("ETag", etag);
  r.headers.emplace_back("Vary", "Accept");
  r.headers.emplace_back("Cache-Control", "no-cache");
  r.headers.emplace_back("Access-Control-Allow-Origin", "*");
  if (r.status == 200 && matches_etag(call.request.if_none_match, etag)) {
    r.status = 304;
    r.body.clear();
  }
  return r;
}

Response of_revision(const Call& call, const nlohmann::ordered_json& body) { return of_state(call, json(body), state_of(call)); }

// The documents that the index learned of with a revision or later, by segment.
std::shared_ptr<const std::vector<std::vector<bool>>> documents_since(const search::LiveIndex& index, const search::Generation& g, uint64_t revision) {
  const auto arrivals = index.arrivals(g.manifest().revision);
  const auto out = std::make_shared<std::vector<std::vector<bool>>>();
  for (const auto& segment : g.segments()) {
    auto& among = out->emplace_back(segment->documents());
    for (const DocumentId d : segment->all_documents())
      if (const auto* arrival = segment->deleted(d) ? nullptr : arrivals->find(segment->id(d))) among[d] = arrival->number >= revision;
  }
  return out;
}

// What takes no parameters.
std::optional<Problem> no_parameters(const Call& call) { return ParameterReader(call.given).problem(); }

// Where a document or a paragraph is asked for by its address.
struct Named {
  std::string symbol;  // of a document that is there
  std::optional<Language> lang;
};

// SYMBOL or SYMBOL@LANG, the symbol in any spelling.
std::variant<Named, Response> find_named(const Call& call, std::string name, std::optional<Language> lang) {
  if (const size_t at = name.rfind('@'); at != std::string::npos) {
    // A paragraph of it may be named.
    const auto named = parse_language(name.substr(at + 1, std::min(name.find('#', at), name.size()) - at - 1));
    if (!named) return print(not_found("after @ stands zh or en, then perhaps the ending of a format, not " + text::tidy(name.substr(at + 1)).substr(0, 60)));
    if (lang && lang != named) return print(invalid_parameter("lang", "the address names another language: " + name.substr(at)));
    lang = named;
    name.resize(at);
  }
  const auto resolved = call.searcher->resolve(name);
  if (resolved.known) return Named{resolved.symbol, lang};
  nlohmann::ordered_json o = print_problem(not_found("the index has no document " + text::tidy(name).substr(0, 100)));
  if (!resolved.candidates.empty()) o["candidates"] = resolved.candidates;
  return Response{404, kProblem, {{"Cache-Control", "no-store"}, {"Access-Control-Allow-Origin", "*"}}, dump(o)};
}

Response missing_version(const Named& named) { return print(not_found(named.symbol + " is not there in " + print_language(*named.lang))); }

struct NamedParagraph {
  std::string symbol;  // of a document that is there in the language
  Language lang;
  std::string fragment;  // as it was asked for
};

std::variant<NamedParagraph, Response> find_paragraph(const Call& call) {
  const size_t hash = call.named.rfind('#'), at = call.named.rfind('@', hash);
  if (hash == std::string::npos || at == std::string::npos || !parse_language(call.named.substr(at + 1, hash - at - 1)))
    return print(not_found("a paragraph is SYMBOL@LANG#FRAGMENT, its # written %23"));
  auto found = find_named(call, call.named.substr(0, hash), std::nullopt);
  if (auto* r = std::get_if<Response>(&found)) return std::move(*r);
  const auto& named = std::get<Named>(found);
  if (!call.searcher->find(named.symbol, *named.lang)) return missing_version(named);
  return NamedParagraph{named.symbol, *named.lang, call.named.substr(hash + 1)};
}

Response missing_paragraph(const std::string& symbol, const std::string& fragment) {
  return print(not_found(symbol + " has no paragraph " + text::tidy(fragment).substr(0, 60)));
}

// What a route answers to a question from within: the address is made of what is asked, so that equal questions are equal.
Asked ask_within(const Call& call, const char* name, const std::string& named, const Parameters& given, const std::string& body) {
  for (const auto& route : routes()) {
    if (std::string_view(route.name) != name) continue;
    Request request;
    request.method = route.method;
    request.target = std::string(route.pattern) + "/" + percent_encode(named) + "?";
    for (const auto& [parameter, value] : given) request.target += percent_encode(parameter) + "=" + percent_encode(value) + "&";
    request.accept = "application/json";
    request.body = body;
    const Call within{request,           named,           given,         call.searcher, call.index, call.cache, call.base, call.streams,
                      call.most_streams, call.read_draft, call.draining, call.begin};
    const auto r = route.answer(within);
    return {r.status, nlohmann::ordered_json::parse(r.body, nullptr, false)};
  }
  return {404, print_problem(not_found("no such route"))};
}

Response answer_links(const Call& call, search::Direction direction) {
  ParameterReader reader(call.given);
  const auto depth = static_cast<int>(reader.number("depth", 1, search::kMostCitationSteps).value_or(1));
  if (auto p = reader.problem()) return print(*p);
  auto found = find_named(call, call.named, std::nullopt);
  if (auto* r = std::get_if<Response>(&found)) return std::move(*r);
  const auto& symbol = std::get<Named>(found).symbol;
  return of_revision(call, print_links(*call.searcher, symbol, direction, depth));
}

Response answer_draft(const Call& call, DraftQuestion question) {
  const auto type = media_type(call.request.content_type);
  // curl calls what it is given by -d a form.
  const bool message = type.empty() || type == "application/json" || type == "application/x-www-form-urlencoded";
  if (message)
    if (auto p = no_parameters(call)) return print(*p);
  auto answered = message ? answer_draft(*call.searcher, question, call.request.body)
                          : answer_draft_file(*call.searcher, question, type, call.request.body, call.given, call.read_draft);
  if (auto* p = std::get_if<Problem>(&answered)) return print(*p);
  auto r = passing(json(std::get<nlohmann::ordered_json>(answered)));
  r.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return r;
}

}  // namespace

Response print(const Problem& p) {
  // A page of another origin may read what was wrong as it reads results.
  return {p.status, kProblem, {{"Access-Control-Allow-Origin", "*"}, {"Cache-Control", "no-store"}}, dump(print_problem(p))};
}

Problem not_found(const std::string& detail) { return {404, "not-found", "There is nothing here", detail, ""}; }

Response answer_no_index(const Call& call) {
  const auto trouble = call.index.trouble();
  if (trouble && trouble->kind == ErrorKind::invalid) return not_ready("The index has another format: the log says what helps");
  if (!trouble || trouble->kind != ErrorKind::corrupt) return not_ready("There is no index yet");
  auto r = print({503, "unavailable", "The index cannot be read now", "it is damaged; the log says how", ""});
  r.headers.emplace_back("Retry-After", "5");
  return r;
}

Response answer_broken() {
  auto r = print({503, "unavailable", "The index cannot be read now", "a file of it was damaged while it was read", ""});
  r.headers.emplace_back("Retry-After", "2");
  return r;
}

Response of_revision(const Call& call, Response r) { return of_state(call, std::move(r), state_of(call)); }

Response answer_health(const Call& call) {
  if (auto p = no_parameters(call)) return print(*p);
  return passing({200, kJson, {}, "{\"status\":\"ok\"}"});
}

Response answer_ready(const Call& call) {
  ParameterReader reader(call.given);
  const auto wanted = reader.revision("min_revision");
  if (auto p = reader.problem()) return print(*p);
  const auto searcher = call.index.current();
  if (call.draining) return not_ready("The service is stopping");
  if (!searcher) return answer_no_index(call);
  if (searcher->generation().manifest().revision < wanted) return not_yet(*searcher, wanted);
  return passing(json({{"status", "ready"}, {"revision", searcher->generation().manifest().revision}}));
}

Response answer_search(const Call& call) {
  auto parsed = parse_search(call.given, Since::taken);
  if (auto* p = std::get_if<Problem>(&parsed)) return print(*p);
  auto& r = std::get<search::SearchRequest>(parsed);
  r.budget->end_when(call.request.gone);
  r.budget->when_long(call.request.takes_long);
  std::shared_ptr<const search::Searcher> searcher = call.searcher;
  // What a cursor names may be an older one.
  if (const auto wanted = search::Searcher::cursor_state(r.cursor)) {
    searcher = call.index.of_state(*wanted);
    if (!searcher) return answer_no_index(call);
    if (wanted->revision > searcher->generation().manifest().revision) return not_yet(*searcher, wanted->revision);
  } else if (const auto body = call.cache.find(state_of(call).id, call.request.target)) {
    return of_state(call, {200, kJson, {}, *body}, state_of(call));
  }
  if (r.since_revision) r.among = documents_since(call.index, searcher->generation(), r.since_revision);
  const auto result = searcher->search(r);
  auto body = print_result(result, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - call.begin).count());
  auto& query = body["query"];
  nlohmann::ordered_json with_q = {{"q", r.q}};
  with_q.update(query);
  query = std::move(with_q);
  auto answer = json(body);
  const auto& generation = searcher->generation();
  if (generation.broken()) return answer_broken();
  if (result.partial) {  // another time there may be more of it
    answer.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return passing(std::move(answer));
  }
  if (r.cursor.empty()) call.cache.put(generation.manifest().id, call.request.target, answer.body);
  return of_state(call, std::move(answer), generation.manifest());
}

Response answer_export(const Call& call) {
  const auto* format = find_export(call.named);
  if (!format) {
    std::string list;
    for (const auto& f : export_formats()) list += (list.empty() ? "" : ", ") + std::string(f.name);
    return print(not_found("results are written as: " + list));
  }
  auto parsed = parse_export(call.given);
  if (auto* p = std::get_if<Problem>(&parsed)) return print(*p);
  auto& request = std::get<ExportRequest>(parsed);
  request.base = call.base;
  request.self = call.request.target;
  auto r = of_state(call, {200, format->media_type, {}, ""}, state_of(call));
  if (r.status == 304) return r;
  if (request.since || format->format == ExportFormat::atom) request.arrivals = call.index.arrivals(state_of(call).revision);
  if (format->format == ExportFormat::atom) return answer_search_feed(call, request);
  const auto place = StreamPlace::take(call);
  if (!place) return busy("as many lists as may be are being written");
  r.headers.emplace_back("Content-Disposition", "attachment; filename=\"resolute-search." + std::string(format->extension) + "\"");
  r.stream = [place, searcher = call.searcher, next = export_list(call.searcher, *format, request)](std::string& out) {
    const bool more = next(out);
    if (searcher->generation().broken()) damaged("a file of it was cut while it was read");
    return more;
  };
  return r;
}

Response answer_facets(const Call& call) {
  if (auto p = no_parameters(call)) return print(*p);
  nlohmann::ordered_json o;
  const auto& m = call.searcher->generation().manifest();
  o["index"] = {{"revision", m.revision}, {"documents", m.documents}, {"paragraphs", m.paragraphs}};
  o["facets"] = print_facets(call.searcher->facets());
  return of_revision(call, o);
}

Response answer_phrases(const Call& call) {
  const auto parsed = parse_phrases(call.given);
  if (auto* p = std::get_if<Problem>(&parsed)) return print(*p);
  const auto& r = std::get<search::PhraseRequest>(parsed);
  return of_revision(call, print_phrases(search::find_phrases(*call.searcher, r), r));
}

Response answer_suggest(const Call& call) {
  const auto parsed = parse_suggest(call.given);
  if (auto* p = std::get_if<Problem>(&parsed)) return print(*p);
  const auto& r = std::get<SuggestRequest>(parsed);
  return of_revision(call, print_suggestions(r.q, call.searcher->suggestions().find(r.q, r.lang, r.limit, r.own)));
}

Response answer_related(const Call& call) {
  const auto parsed = parse_related(call.given);
  if (auto* p = std::get_if<Problem>(&parsed)) return print(*p);
  const auto& r = std::get<search::SearchRequest>(parsed);
  return of_revision(call, print_related(r.q, search::related_searches(*call.searcher, r, r.limit)));
}

Response answer_resolve(const Call& call) {
  ParameterReader reader(call.given);
  const auto ref = reader.text("ref").value_or("");
  if (ref.empty()) reader.fail({400, "invalid-parameter", "A parameter is missing", "ref: any way of writing a reference", "ref"});
  if (ref.size() > kMostReferenceBytes) reader.fail(invalid_parameter("ref", "at most " + std::to_string(kMostReferenceBytes) + " bytes"));
  if (auto p = reader.problem()) return print(*p);
  return of_revision(call, print_resolved(*call.searcher, ref));
}

Response answer_document(const Call& call) {
  ParameterReader reader(call.given);
  const auto lang = reader.language("lang"), parallel = reader.language("parallel");
  using F = DocumentFormat;
  auto format = reader.choice("format", std::optional<F>(),
                              {{"json", F::json},
                               {"text", F::text},
                               {"html", F::html},
                               {"akn", F::akn},
                               {"marcxml", F::marcxml},
                               {"ris", F::ris},
                               {"bibtex", F::bibtex},
                               {"csl-json", F::csl},
                               {"jsonld", F::jsonld},
                               {"docx", F::docx}});
  if (auto p = reader.problem()) return print(*p);
  std::string name = call.named;
  const auto* ending = take_ending(name);
  auto found = find_named(call, name, lang);
  if (auto* r = std::get_if<Response>(&found)) return std::move(*r);
  const auto& named = std::get<Named>(found);
  const auto at = call.searcher->find(named.symbol, named.lang);
  if (!at) return missing_version(named);
  const auto& form = format ? info(*format) : ending ? *ending : negotiated(call.request.accept);
  Response r{200, std::string(form.media_type) + (form.utf8 ? "; charset=utf-8" : ""), {}, ""};
  const Document document = call.searcher->document(*at);
  if (form.format == F::json)
    r = json(print_document_answer(*call.searcher, *at, parallel));
  else
    r.body = print_document(document, form.format, document_address(call.base, document.identifier, document.lang), call.base);
  std::vector<Language> languages;
  for (const auto& version : call.searcher->generation().find(document.identifier)) languages.push_back(call.searcher->generation().lang(version));
  r.headers.emplace_back("Link", print_links(document, call.base, languages, call.searcher->generation().has_source(*at)));
  if (form.format == F::docx) {
    std::string file = document.identifier + "_" + print_language(document.lang);
    std::replace(file.begin(), file.end(), '/', '_');
    r.headers.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''" + percent_encode(file) + ".docx");
  }
  if (form.format == F::html) r.headers.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
  return of_state(call, std::move(r), state_of(call));
}

Response answer_source(const Call& call) {
  ParameterReader reader(call.given);
  const auto lang = reader.language("lang");
  if (auto p = reader.problem()) return print(*p);
  auto found = find_named(call, call.named, lang);
  if (auto* r = std::get_if<Response>(&found)) return std::move(*r);
  const auto& named = std::get<Named>(found);
  const auto at = call.searcher->find(named.symbol, named.lang);
  if (!at) return missing_version(named);
  std::optional<std::string> bytes;
  try {
    bytes = call.searcher->generation().source(*at);
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::corrupt) throw;
    return print({503, "unavailable", "The file cannot be read", "the bytes that were kept of " + call.searcher->generation().id(*at) + " are damaged", ""});
  }
  if (!bytes)
    return print(not_found("the file of " + call.searcher->generation().id(*at) +
                           " was not kept: `resolute index --keep-sources PATH...` reads it again, and keeps it from then on"));
  const Document document = call.searcher->document(*at);
  Response r{200, source_type(document), {}, std::move(*bytes)};
  // It is whatever somebody wrote: to be stored, not to be shown as a page of this service.
  const std::string name = document.path.substr(document.path.rfind('/') + 1);
  r.headers.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''" + percent_encode(name));
  r.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
  return of_state(call, std::move(r), state_of(call));
}

Response answer_citations(const Call& call) { return answer_links(call, search::Direction::cites); }
Response answer_cited_by(const Call& call) { return answer_links(call, search::Direction::cited_by); }

Response answer_document_history(const Call& call) {
  ParameterReader reader(call.given);
  const auto lang = reader.language("lang");
  if (auto p = reader.problem()) return print(*p);
  auto found = find_named(call, call.named, lang);
  if (auto* r = std::get_if<Response>(&found)) return std::move(*r);
  auto& named = std::get<Named>(found);
  if (!named.lang) named.lang = call.searcher->find(named.symbol, Language::en) ? Language::en : Language::zh;
  const auto table = search::clause_table(*call.searcher, named.symbol, *named.lang);
  return table ? of_revision(call, print_clause_table(*table)) : missing_version(named);
}

Response answer_paragraph_history(const Call& call) {
  if (auto p = no_parameters(call)) return print(*p);
  const auto found = find_paragraph(call);
  if (auto* r = std::get_if<Response>(&found)) return *r;
  const auto& [symbol, lang, fragment] = std::get<NamedParagraph>(found);
  const auto history = search::clause_history(*call.searcher, symbol, lang, fragment);
  return history ? of_revision(call, print_clause_history(*history)) : missing_paragraph(symbol, fragment);
}

Response answer_paragraph(const Call& call) {
  if (auto p = no_parameters(call)) return print(*p);
  const auto found = find_paragraph(call);
  if (auto* r = std::get_if<Response>(&found)) return *r;
  const auto& [symbol, lang, fragment] = std::get<NamedParagraph>(found);
  const auto at = *call.searcher->find(symbol, lang);
  auto document = print_document_answer(*call.searcher, at, other_language(lang));
  for (auto& p : document["paragraphs"])
    if (p["id"] == symbol + "@" + print_language(lang) + "#" + fragment) {
      for (const char* name : {"symbol", "lang", "title", "date"}) p[name] = document[name];
      p["url"] = paragraph_address("", symbol, lang, fragment);
      return of_revision(call, p);
    }
  return missing_paragraph(symbol, fragment);
}

Response answer_paragraph_cited_by(const Call& call) {
  if (auto p = no_parameters(call)) return print(*p);
  const auto found = find_paragraph(call);
  if (auto* r = std::get_if<Response>(&found)) return *r;
  const auto& [symbol, lang, fragment] = std::get<NamedParagraph>(found);
  const auto& g = call.searcher->generation();
  const auto at = *g.find(symbol, lang);
  bool there = false;
  for (const ParagraphId p : g.segment(at).paragraphs_of(at.document)) there = there || g.segment(at).fragment(p) == fragment;
  return there ? of_revision(call, print_paragraph_cited_by(*call.searcher, symbol, lang, fragment)) : missing_paragraph(symbol, fragment);
}

Response answer_mcp(const Call& call) {
  if (auto p = no_parameters(call)) return print(*p);
  const auto message = nlohmann::ordered_json::parse(call.request.body, nullptr, false);
  const Ask ask = [&](const char* route, const std::string& named, const Parameters& given, const std::string& body) {
    return ask_within(call, route, named, given, body);
  };
  const auto answer = message.is_discarded() ? refuse_message() : answer_message(message, call.base, ask);
  Response r = answer ? json(*answer) : Response{202, kJson, {}, ""};
  r.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return passing(std::move(r));
}

Response answer_precedents(const Call& call) { return answer_draft(call, DraftQuestion::precedents); }
Response answer_citation_check(const Call& call) { return answer_draft(call, DraftQuestion::citations); }

}  // namespace resolute::http
