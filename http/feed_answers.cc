// Feeds, as routes answer them (http/answers.h).
#include <algorithm>

#include "http/addresses.h"
#include "http/answers.h"
#include "http/feed.h"
#include "schemas/clock.h"
#include "schemas/result.h"
#include "search/drafting/citation_graph.h"
#include "search/drafting/clause_history.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

constexpr size_t kEntries = 50;  // where no limit is given

std::string title_of_search(const search::SearchRequest& r, const std::string& filters) {
  std::string out = "Resolute";
  if (!r.q.empty()) out += ": " + text::tidy(r.q);
  if (!filters.empty()) out += " (" + filters + ")";
  return out;
}

Feed feed_of(const Call& call, std::string id, std::string title, std::string page) {
  return {std::move(id), std::move(title), call.base + call.request.target, std::move(page), call.searcher->generation().manifest().created, {}};
}

Response atom(const Call& call, const Feed& feed) { return of_revision(call, {200, "application/atom+xml; charset=utf-8", {}, print_atom(feed)}); }

struct Window {
  uint64_t since = 0;
  size_t most = kEntries;
};

std::variant<Window, Problem> read_window(const Call& call) {
  ParameterReader reader(call.given);
  Window out;
  out.since = reader.revision("since_revision");
  out.most = reader.number("limit", 0, search::kMostMatches).value_or(kEntries);
  if (auto p = reader.problem()) return *p;
  return out;
}

}  // namespace

// Texts are read of those entries alone that the feed shows.
Response answer_search_feed(const Call& call, const ExportRequest& request) {
  const search::ResultList list(call.searcher, request.search);
  const bool documents = request.search.unit == search::Unit::document;
  const auto& g = call.searcher->generation();
  struct Place {
    uint64_t revision;
    size_t place;
  };
  std::vector<Place> places;
  search::DocumentRef last{};
  uint64_t revision = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    const auto document = list.document(i);
    if (i == 0 || document != last) {
      const auto* arrival = request.arrivals->find(g.id(document));
      revision = arrival ? arrival->number : 0;
      last = document;
    }
    if (revision >= request.since) places.push_back({revision, i});
  }
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.revision > b.revision; });
  places.resize(std::min(places.size(), request.limit.value_or(kEntries)));
  const auto query = call.request.target.substr(std::min(call.request.target.find('?'), call.request.target.size()));
  auto feed = feed_of(call, "urn:resolute:search:" + percent_encode(query), title_of_search(request.search, request.filters), call.base + "/search" + query);
  for (const auto& p : places) feed.entries.push_back(entry_of(*request.arrivals, call.base, list.match(p.place), documents));
  return atom(call, std::move(feed));
}

Response answer_document_feed(const Call& call) {
  const auto window = read_window(call);
  if (auto* p = std::get_if<Problem>(&window)) return print(*p);
  const auto resolved = call.searcher->resolve(call.named);
  if (!resolved.known) return print(not_found("the index has no document " + text::tidy(call.named).substr(0, 100)));
  const auto& g = call.searcher->generation();
  const auto arrivals = call.index.arrivals(g.manifest().revision);
  auto feed = feed_of(call, urn(resolved.symbol) + ":cited-by", "What cites " + resolved.symbol, document_address(call.base, resolved.symbol, Language::en));
  for (const auto& link : search::citation_links(*call.searcher, resolved.symbol, search::Direction::cited_by)) {
    if (link.uses.empty()) continue;
    const auto& use = link.uses.back().id;  // in English where there is English
    const size_t at = use.rfind('@'), hash = use.rfind('#');
    const auto lang = parse_language(use.substr(at + 1, hash - at - 1)).value_or(Language::en);
    const auto document = g.find(link.symbol, lang);
    if (!document) continue;
    FeedEntry e;
    e.id = urn(link.symbol) + ":cites:" + percent_encode(resolved.symbol);
    std::string how;
    for (const auto& t : link.treatments) how += (how.empty() ? "" : ", ") + t;
    e.title = link.symbol + (how.empty() ? "" : " (" + how + ")") + ": " + std::string(g.segment(*document).title(document->document));
    e.url = paragraph_address(call.base, link.symbol, lang, use.substr(hash + 1));
    e.lang = print_language(lang);
    e.published = print_date(g.date(*document));
    const auto& segment = g.segment(*document);
    for (const ParagraphId p : segment.paragraphs_of(document->document))
      if (segment.fragment(p) == use.substr(hash + 1)) e.text = segment.text(p);
    if (const auto* arrival = arrivals->find(g.id(*document))) {
      e.revision = arrival->number;
      e.updated = arrival->time;
    }
    feed.entries.push_back(std::move(e));
  }
  std::stable_sort(feed.entries.begin(), feed.entries.end(), [](const FeedEntry& a, const FeedEntry& b) { return a.published > b.published; });
  newest_first(feed.entries, std::get<Window>(window).since, std::get<Window>(window).most);
  return atom(call, std::move(feed));
}

Response answer_history_feed(const Call& call) {
  const auto window = read_window(call);
  if (auto* p = std::get_if<Problem>(&window)) return print(*p);
  const size_t hash = call.named.rfind('#'), at = call.named.rfind('@', hash);
  const auto lang = hash == std::string::npos || at == std::string::npos ? std::nullopt : parse_language(call.named.substr(at + 1, hash - at - 1));
  const auto resolved = lang ? call.searcher->resolve(call.named.substr(0, at)) : search::Resolved{};
  const auto history = resolved.known ? search::clause_history(*call.searcher, resolved.symbol, *lang, call.named.substr(hash + 1)) : std::nullopt;
  if (!history) return print(not_found("there is no such paragraph; one is SYMBOL@LANG#FRAGMENT, its # written %23"));
  const auto arrivals = call.index.arrivals(call.searcher->generation().manifest().revision);
  const auto id = history->symbol + "@" + print_language(*lang);
  auto feed = feed_of(call, urn(id) + ":" + percent_encode(history->fragment) + ":history", "What becomes of " + history->symbol + ", " + history->fragment,
                      paragraph_address(call.base, history->symbol, *lang, history->fragment));
  for (auto state = history->states.rbegin(); state != history->states.rend(); ++state) {
    const auto& document = history->series[state->document];
    FeedEntry e;
    e.id = urn(document.symbol + "@" + print_language(*lang)) + ":in:" + percent_encode(id + "#" + history->fragment);
    e.title = document.symbol + ": " + search::print_event(state->event);
    e.url = paragraph_address(call.base, document.symbol, *lang, state->clauses.empty() ? "" : state->clauses.front().fragment);
    for (const auto& clause : state->clauses) e.text += (e.text.empty() ? "" : "\n") + (clause.number.empty() ? "" : clause.number + ". ") + clause.text;
    e.published = document.date;
    e.lang = print_language(*lang);
    if (const auto* arrival = arrivals->find(document.symbol + "@" + print_language(*lang))) {
      e.revision = arrival->number;
      e.updated = arrival->time;
    }
    feed.entries.push_back(std::move(e));
  }
  newest_first(feed.entries, std::get<Window>(window).since, std::get<Window>(window).most);
  return atom(call, std::move(feed));
}

}  // namespace resolute::http
