// Ways into the collection: by organ, session and committee; a series clause by clause; what there is; how to
// ask.
#include <algorithm>
#include <map>
#include <tuple>

#include "http/cite.h"
#include "http/html_filters.h"
#include "http/html_notices.h"
#include "http/html_pages.h"
#include "http/html_text.h"
#include "schemas/ascii.h"
#include "search/drafting/clause_history.h"
#include "search/drafting/paragraph_citations.h"
#include "search/drafting/phrases.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

using search::Unit;
using search::Versions;

constexpr double kLeastShownAgreement = 0.6;  // of a phrase and its translation: below, what stands beside it is as often another phrase
constexpr size_t kMostRows = 100,
                 kMostGridQuery = 200;  // bytes of a query that a grid is made of: it asks once an organ

SearchResult count(const Page& page, const std::map<Field, std::string>& filters, std::vector<Field> facets, size_t limit = 0,
                   search::Sort sort = search::Sort::newest, const std::string& q = {}) {
  search::SearchRequest r;
  r.q = q;
  r.unit = Unit::document;
  r.versions = Versions::together;
  r.limit = limit;
  r.sort = sort;
  r.facet_values = 500;
  r.facets = std::move(facets);
  for (const auto& [field, value] : filters) r.filters[field].any.push_back(value);
  return page.searcher->search(r);
}

// Resolutions of a year by an organ, of a query where there is one: each figure leads to them.
Html grid(const Page& page, const std::vector<FacetCount>& bodies, const std::string& q = {}) {
  std::map<std::string, std::map<std::string, uint64_t>> cells;  // year, organ
  for (const auto& b : bodies) {
    const auto years = count(page, {{Field::body, b.value}}, {Field::year}, 0, search::Sort::newest, q);
    for (const auto& y : years.facets[0].values) cells[y.value][b.value] = y.count;
  }
  Html head = element("th", {{"scope", "col"}}, page.say("year"));
  for (const auto& b : bodies) head += element("th", {{"scope", "col"}}, value_label(Field::body, b.value, page.zh()));
  Html rows;
  for (auto it = cells.rbegin(); it != cells.rend(); ++it) {
    Html row = element("th", {{"scope", "row"}}, it->first);
    for (const auto& b : bodies) {
      const uint64_t n = it->second[b.value];
      row += element(
          "td", {{"class", "figure"}},
          n ? link(page.to("search", {{"q", q}, {"body", b.value}, {"year", it->first}, {"unit", q.empty() ? "" : "document"}}), print_number(n)) : Html("–"));
    }
    rows += element("tr", {}, row);
  }
  return element("div", {{"class", "table-scroll"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", page.say("by-year-and-organ")}},
                 element("table", {{"class", "grid"}}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
}

Html documents(const Page& page, const SearchResult& result) {
  Html out;
  for (const auto& m : result.matches) {
    const auto title = headline(*page.searcher, m.symbol, page.lang());
    out += element(
        "li", {{"class", "hit"}},
        element("h3", {{"class", "title"}}, element("a", {{"href", page.to_document(m.symbol)}, {"lang", title.lang}}, title.text), subject_line(page, title)),
        element("p", {{"class", "source"}}, element("a", {{"href", page.to_document(m.symbol)}, {"class", "symbol"}}, m.symbol),
                document_line(page, m.symbol)));
  }
  return element("ol", {{"class", "hits list"}}, out);
}

const Facet* facet_of(SearchResult&&, Field) = delete;  // it would point into what is gone
const Facet* facet_of(const SearchResult& result, Field field) {
  for (const auto& f : result.facets)
    if (f.field == field) return &f;
  return nullptr;
}

// A facet's values, each a link.
template <typename Address>
Html links(const Page& page, const Facet* facet, const std::string& body, Address&& address, const char* kind) {
  Html out;
  if (facet)
    for (const auto& v : facet->values) {
      const auto name = facet->field == Field::session ? print_session(v.value, body, page.zh()) : value_label(facet->field, v.value, page.zh());
      out += element("li", {}, link(address(v.value), name), " ", element("span", {{"class", "count"}}, print_number(v.count)));
    }
  return element("ul", {{"class", kind}}, out);
}

std::string clause_start(const std::string& text, bool zh) {
  size_t n = 0;
  for (size_t i = 0; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80 && n++ == (zh ? 30 : 70)) return text.substr(0, i) + "…";
  return text;
}

// `first`: in the earliest document of the series that the collection has, which says nothing of what was before.
Word event_word(search::ClauseEvent event, bool first) {
  using E = search::ClauseEvent;
  switch (event) {
    case E::appeared: return first ? Word("event-first") : Word("event-new");
    case E::unchanged: return "event-unchanged";
    case E::changed: return "event-changed";
    case E::split: return "event-split";
    case E::merged: return "event-merged";
    case E::dropped: break;
  }
  return "event-dropped";
}

// The same as a class of the style sheet.
std::string event_class(search::ClauseEvent event, bool first) {
  return event == search::ClauseEvent::appeared && first ? "first" : search::print_event(event);
}

// Sessions between those of a series, at its usual step, of which there is no document: "76, 78". Empty where fewer than three tell of a step.
std::string sessions_left_out(const std::vector<search::SeriesDocument>& series, bool zh) {
  std::vector<int> held;
  for (const auto& d : series)
    if (all_digits(d.session) && d.session.size() < 4) held.push_back(std::stoi(d.session));
  int step = 1000;
  for (size_t i = 1; i < held.size(); ++i)
    if (held[i] > held[i - 1]) step = std::min(step, held[i] - held[i - 1]);
  std::string out;
  if (held.size() < 3) return out;
  for (size_t i = 1; i < held.size(); ++i)
    for (int s = held[i - 1] + step; s < held[i]; s += step) out += (out.empty() ? "" : zh ? "、" : ", ") + std::to_string(s);
  return out;
}

// One clause through its series, newest first.
Html clause_history(const Page& page, const search::ClauseHistory& h) {
  Html out;
  for (auto it = h.states.rbegin(); it != h.states.rend(); ++it) {
    const auto& d = h.series[it->document];
    Html body = element("p", {{"class", "source"}},
                        element("a", {{"href", page.to_document(d.symbol, it->clauses.empty() ? "" : it->clauses[0].fragment)}, {"class", "symbol"}}, d.symbol),
                        element("time", {}, print_day(d.date, page.zh())),
                        element("span", {{"class", "key " + event_class(it->event, it->document == 0)}}, page.say(event_word(it->event, it->document == 0))));
    for (const auto& c : it->clauses)
      body += element("p", {{"class", "quote"}, {"lang", language_tag(h.lang)}},
                      element("span", {{"class", "where"}}, paragraph_label(page.say, c.kind, c.number, c.fragment)), " ",
                      it->diff.empty() || it->clauses.size() > 1 ? Html(c.text) : print_diff_html(page.say, it->diff));
    out += element("li", {}, body);
  }
  return element("ol", {{"class", "clause-history"}}, out);
}

Html clause_table(const Page& page, const search::ClauseTable& t, const std::string& own) {
  Html head = element("th", {{"scope", "col"}}, page.say("clause"));
  for (size_t i = t.series.size(); i-- > 0;)
    head += element("th", {{"scope", "col"}, {"class", t.series[i].symbol == own ? "own" : ""}}, link(page.to_document(t.series[i].symbol), t.series[i].symbol),
                    element("span", {{"class", "muted"}}, t.series[i].date.substr(0, 4)));
  Html rows;
  for (const auto& row : t.rows) {
    const search::Clause* last = nullptr;
    size_t in = 0;
    for (size_t i = 0; i < row.size(); ++i)
      if (row[i] && !row[i]->clause.fragment.empty()) last = &row[i]->clause, in = i;
    if (!last) continue;
    Html cells =
        element("th", {{"scope", "row"}, {"lang", language_tag(t.lang)}},
                link(page.to("series/" + own, {{"of", t.series[in].symbol}, {"para", last->fragment}}), clause_start(last->text, t.lang == Language::zh)));
    for (size_t i = row.size(); i-- > 0;) {
      if (!row[i]) {
        cells += element("td", {}, "");
        continue;
      }
      const auto& c = *row[i];
      const auto said = page.say(event_word(c.event, i == 0));
      Html content = c.clause.fragment.empty() ? Html(said)
                                               : element("a", {{"href", page.to_document(t.series[i].symbol, c.clause.fragment)}, {"title", said}},
                                                         paragraph_label(page.say, c.clause.kind, c.clause.number, c.clause.fragment),
                                                         element("span", {{"class", "vh"}}, " " + std::string(said)));
      const int much = c.event == search::ClauseEvent::changed ? c.similarity < 0.6 ? 3 : c.similarity < 0.85 ? 2 : 1 : 0;
      cells += element("td", {{"class", event_class(c.event, i == 0) + (much ? " much" + std::to_string(much) : "")}}, content);
    }
    rows += element("tr", {}, cells);
  }
  return element("div", {{"class", "table-scroll wide"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", page.say("clauses-by-year")}},
                 element("table", {{"class", "clauses"}}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
}

}  // namespace

Html print_diff_html(const Words& say, const std::vector<text::DiffPart>& diff) {
  Html out;
  for (const auto& part : diff) {
    if (part.op == text::DiffOp::equal) {
      out += part.text;
      continue;
    }
    const bool inserted = part.op == text::DiffOp::insert;
    out += element(inserted ? "ins" : "del", {}, element("span", {{"class", "vh"}}, std::string(say(inserted ? Word("inserted") : Word("deleted"))) + " "),
                   part.text);
  }
  return out;
}

Response show_series(const Page& page, const std::string& reference) {
  const auto resolved = page.searcher->resolve(reference);
  if (!resolved.known) return redirect(page, page.to_document(resolved.symbol.empty() ? reference : resolved.symbol));
  const auto& own = resolved.symbol;
  Language lang = page.lang();
  if (!page.searcher->find(own, lang)) lang = other_language(lang);
  const auto title = headline(*page.searcher, own, lang);
  Html main = element("p", {{"class", "back"}}, link(page.to_document(own), "← " + own));
  main += element("h1", {}, page.say("clauses-by-year"));
  main += element("p", {{"class", "list-title"}, {"lang", title.lang}}, title.text);
  if (const auto para = page.value("para"); !para.empty()) {
    const auto of = page.value("of").empty() ? own : page.value("of");
    const auto history = page.searcher->find(of, lang) ? search::clause_history(*page.searcher, of, lang, para) : std::nullopt;
    main += element("section", {{"class", "box"}, {"id", "history"}}, element("h2", {}, page.say("paragraph-history")),
                    history ? element("p", {{"class", "muted"}}, element("ins", {}, page.say("inserted")), " ", element("del", {}, page.say("deleted")), " – ",
                                      page.say("beside-the-one-before")) += clause_history(page, *history)
                            : element("p", {}, page.say("no-such-paragraph")));
  }
  const auto table = search::clause_table(*page.searcher, own, lang);
  if (!table || table->series.size() < 2)
    main += element("p", {{"class", "muted"}}, page.say("no-series"));
  else {
    Html legend;
    for (const auto& [name, word] : {std::pair{"first", Word("event-first")},
                                     {"appeared", Word("event-new")},
                                     {"changed much1", Word("event-changed")},
                                     {"changed much2", Word("event-changed-more")},
                                     {"changed much3", Word("event-changed-much")},
                                     {"dropped", Word("event-dropped")}})
      legend += element("span", {{"class", std::string("key ") + name}}, page.say(word)) += " ";
    main += element("p", {{"class", "legend"}}, legend);
    if (const auto missing = sessions_left_out(table->series, page.zh()); !missing.empty())
      main += element("p", {{"class", "muted"}}, page.say("no-resolution-of-session", {missing}));
    main += clause_table(page, *table, own);
  }
  return print_page(page, {"series",
                           own + " " + std::string(page.say("clauses-by-year")),
                           std::string(page.say("series-description")),
                           element("div", {{"class", "plain"}}, main),
                           200,
                           "/series/" + own,
                           {},
                           true});
}

Response show_citing(const Page& page, const std::string& reference) {
  const auto& say = page.say;
  const auto resolved = page.searcher->resolve(reference);
  const auto at = resolved.known ? page.searcher->find(resolved.symbol, page.lang()) : std::nullopt;
  const auto held = at ? at : resolved.known ? page.searcher->find(resolved.symbol, std::nullopt) : std::nullopt;
  if (!held) return print_problem_page(page, {404, "not-found", "", "", ""});
  const auto& g = page.searcher->generation();
  const auto& segment = g.segment(*held);
  const std::string fragment = page.value("para");
  std::optional<ParagraphId> paragraph;
  for (const ParagraphId p : segment.paragraphs_of(held->document))
    if (segment.fragment(p) == fragment) paragraph = p;
  if (!paragraph) return print_problem_page(page, {404, "not-found", "", std::string(say("no-such-paragraph")), ""});
  const std::string number(segment.number(*paragraph));
  const auto citing = number.empty() ? std::vector<search::ParagraphCitation>{} : search::paragraph_citations(*page.searcher, resolved.symbol, number);
  Html main = element("p", {{"class", "back"}}, link(page.to_document(resolved.symbol, fragment), "← " + resolved.symbol));
  main += element("h1", {}, say("who-cites-paragraph"));
  main += element("p", {{"class", "quote"}, {"lang", language_tag(segment.lang(held->document))}},
                  element("span", {{"class", "where"}}, paragraph_label(say, segment.kind(*paragraph), number, fragment)), " ",
                  clause_start(segment.text(*paragraph), segment.lang(held->document) == Language::zh));
  // In the reader's language; what is held in the other alone, too.
  Html rows;
  size_t shown = 0;
  for (const auto& c : citing) {
    const size_t mark = c.id.find('@'), place = c.id.find('#');
    const std::string symbol = c.id.substr(0, mark), lang = c.id.substr(mark + 1, place - mark - 1);
    if (lang != print_language(page.lang()) && g.find(symbol, page.lang())) continue;
    if (++shown > kMostRows) continue;
    rows += element("li", {{"class", "hit"}},
                    element("p", {{"class", "source"}}, element("a", {{"href", page.to_document(symbol, c.id.substr(place + 1))}, {"class", "symbol"}}, symbol),
                            document_line(page, symbol)),
                    element("p", {{"class", "quote"}, {"lang", lang == "zh" ? "zh-Hans" : "en"}}, c.text));
  }
  main += element("p", {{"role", "status"}, {"class", "muted"}},
                  shown ? print_count(say, shown, "one-paragraph", "n-paragraphs") : std::string(say("no-one-cites-paragraph")));
  // Most name no paragraph.
  if (const auto whole = g.citing(resolved.symbol).size(); whole > 0)
    main += element("p", {}, link(page.to("search", {{"cites", resolved.symbol}}), print_count(say, whole, "one-cites-whole", "n-cite-whole")));
  main += element("ol", {{"class", "hits list"}}, rows);
  return print_page(page, {"citing",
                           resolved.symbol + " " + std::string(say("who-cites-paragraph")),
                           "",
                           element("div", {{"class", "plain"}}, main),
                           200,
                           "/citing/" + resolved.symbol,
                           {},
                           true});
}

Response show_browse(const Page& page, const std::string& place) {
  const auto& say = page.say;
  std::vector<std::string> steps;
  for (size_t at = 0; at < place.size();) {
    const size_t end = std::min(place.find('/', at), place.size());
    if (end > at) steps.push_back(place.substr(at, end - at));
    at = end + 1;
  }
  if (steps.size() > 3 || (!steps.empty() && !parse_body(steps[0]))) return print_problem_page(page, {404, "not-found", "", "", ""});
  const std::string body = steps.empty() ? "" : steps[0], session = steps.size() > 1 ? steps[1] : "", committee = steps.size() > 2 ? steps[2] : "";
  Html crumbs = element("li", {}, link(page.to("browse"), say("browse")));
  if (!body.empty()) crumbs += element("li", {}, link(page.to("browse/" + body), value_label(Field::body, body, page.zh())));
  if (!session.empty()) crumbs += element("li", {}, link(page.to("browse/" + body + "/" + session), print_session(session, body, page.zh())));
  std::map<Field, std::string> filters;
  std::string title(say("browse"));
  if (!body.empty()) filters[Field::body] = body, title = value_label(Field::body, body, page.zh());
  if (!session.empty()) filters[Field::session] = session, title += (page.zh() ? "" : ", ") + print_session(session, body, page.zh());
  if (!committee.empty()) filters[Field::committee] = committee, title += (page.zh() ? "，" : ", ") + value_label(Field::committee, committee, page.zh());
  auto result = count(page, filters, {Field::body, Field::session, Field::committee, Field::type, Field::subject, Field::year}, session.empty() ? 0 : kMostRows,
                      search::Sort::oldest);
  for (auto& f : result.facets)
    if (f.field == Field::session) newest_sessions_first(f);
  if (!steps.empty() && result.total_works == 0) return print_problem_page(page, {404, "not-found", "", "", ""});
  Html main = element("nav", {{"class", "crumbs"}, {"aria-label", say("you-are-here")}}, element("ol", {}, crumbs));
  main += element("h1", {}, title);
  main += element("p", {{"class", "muted"}}, print_count(say, result.total_works, "one-document", "n-documents"));
  const auto part = [&](Word name, const Html& content) { return element("section", {}, element("h2", {}, say(name)), content); };
  Parameters query;
  for (const auto& [field, value] : filters) query.emplace_back(info(field).name, value);
  const auto with = [&](const char* name) {
    return [&, name](const std::string& value) {
      Parameters all = query;
      all.emplace_back(name, value);
      return page.to("search", all);
    };
  };
  if (steps.empty()) {
    const auto q = page.value("q");
    if (q.size() > kMostGridQuery) return print_problem_page(page, {414, "query-too-long", "", "q may have at most 200 bytes", "q"});
    main += element("form", {{"class", "draft-filters"}, {"action", page.to("browse")}, {"method", "get"}},
                    element("label", {}, element("span", {}, say("grid-query")), element("input", {{"name", "q"}, {"value", q}, {"maxlength", "200"}})),
                    element("p", {{"class", "apply"}}, element("button", {{"class", "button"}, {"type", "submit"}}, say("count-these"))));
    const auto counted = q.empty() ? std::optional<SearchResult>() : count(page, {}, {Field::body}, 0, search::Sort::newest, q);
    if (counted)
      main += element("p", {{"role", "status"}}, print_count(say, counted->total_works, "one-document", "n-documents"), " – ",
                      link(page.to("search", {{"q", q}, {"unit", "document"}}), q));
    main += part("by-year-and-organ", grid(page, facet_of(counted ? *counted : result, Field::body)->values, q));
    main += part("voter", element("form", {{"class", "draft-filters"}, {"action", page.to("search")}, {"method", "get"}}, choose_vote(page, Among::nothing)));
    main += element("p", {}, link(page.to("phrases"), say("frequent-phrases")));
    main += part("most-cited", documents(page, count(page, {}, {}, 10, search::Sort::most_cited)));
  } else if (session.empty()) {
    if (body != "SC")
      main += part("session",
                   links(
                       page, facet_of(result, Field::session), body, [&](const std::string& v) { return page.to("browse/" + body + "/" + v); }, "tiles"));
    main += part("year", links(page, facet_of(result, Field::year), body, with("year"), "years"));
    main += part("committee", links(page, facet_of(result, Field::committee), body, with("committee"), "values"));
    main += part("most-cited", documents(page, count(page, filters, {}, 10, search::Sort::most_cited)));
  } else {
    if (committee.empty())
      main += part("committee", links(
                                    page, facet_of(result, Field::committee), body,
                                    [&](const std::string& v) { return page.to("browse/" + body + "/" + session + "/" + v); }, "tiles"));
    main += element("p", {}, link(page.to("search", query), say("search-within")));
    main += part("resolutions", documents(page, result));
    if (result.total_works > kMostRows) main += element("p", {}, link(page.to("search", query), say("all-n", {print_number(result.total_works)})));
  }
  return print_page(page, {"browse",
                           title,
                           std::string(say("tagline")),
                           element("div", {{"class", "plain"}}, main),
                           200,
                           "/browse" + (place.empty() ? "" : "/" + place),
                           {},
                           true});
}

Response show_about(const Page& page) {
  const auto& say = page.say;
  const auto result = count(page, {}, {Field::body, Field::year, Field::lang, Field::type});
  Html main = element("h1", {}, say("about"));
  main += element("p", {}, say("about-text"));
  main += element("p", {}, say("index-size", {print_number(result.total_works), print_number(page.searcher->generation().manifest().paragraphs)}));
  const auto with = [&](const char* name) { return [&, name](const std::string& v) { return page.to("search", {{name, v}}); }; };
  main += element("h2", {}, say("language")) += links(page, facet_of(result, Field::lang), "", with("lang"), "values");
  main += element("h2", {}, say("type")) += links(page, facet_of(result, Field::type), "", with("type"), "values");
  main += element("h2", {}, say("by-year-and-organ")) += grid(page, facet_of(result, Field::body)->values);
  main += element("h2", {}, say("limits")) += element("p", {}, say("limits-text"));
  return print_page(page,
                    {"about", std::string(say("about")), std::string(say("about-text")), element("div", {{"class", "plain"}}, main), 200, "/about", {}, true});
}

Response show_phrases(const Page& page) {
  const auto& say = page.say;
  search::PhraseRequest request;
  request.q = page.value("q");
  request.limit = search::kMostPhrasesShown;
  if (request.q.size() > search::kMostPhraseQueryBytes) return print_problem_page(page, {414, "query-too-long", "", "q", "q"});
  const auto body = page.value("body");
  if (!body.empty() && !parse_body(body)) return print_problem_page(page, {400, "invalid-parameter", "", "", "body"});
  // Words say of which language the phrases are; without any it is the reader's.
  const auto words = language_tag_of(request.q);
  const bool latin = std::any_of(request.q.begin(), request.q.end(), is_alpha);
  const Language lang = std::string_view(words) == language_tag(Language::zh) ? Language::zh : latin ? Language::en : page.lang();
  request.filters.filters[Field::lang].any.push_back(print_language(lang));
  if (!body.empty()) request.filters.filters[Field::body].any.push_back(body);
  const auto found = search::find_phrases(*page.searcher, request);
  Html options = element("option", {{"value", ""}}, say("any"));
  const auto all = count(page, {}, {Field::body});
  for (const auto& v : facet_of(all, Field::body)->values)
    options += element("option", {{"value", v.value}, {"selected", v.value == body}}, value_label(Field::body, v.value, page.zh()));
  Html form = element("label", {}, element("span", {}, say("phrases-with")), element("input", {{"name", "q"}, {"value", request.q}, {"maxlength", "200"}}));
  form += element("label", {}, element("span", {}, say("organ")), element("select", {{"name", "body"}}, options));
  form += element("p", {{"class", "apply"}}, element("button", {{"class", "button"}, {"type", "submit"}}, say("search")));
  Years years;
  for (const auto& p : found.phrases) years.take(p.years);
  Html rows;
  for (const auto& p : found.phrases) {
    Parameters query = {{"q", "\"" + p.text + "\""}, {"body", body}, {"lang", print_language(p.lang)}};
    Html phrase = element("span", {{"lang", language_tag(p.lang)}}, link(page.to("search", query), p.text));
    if (p.translation && p.translation->agreement >= kLeastShownAgreement)
      phrase += element("span", {{"class", "muted"}, {"lang", language_tag(other_language(p.lang))}}, " ", p.translation->text);
    rows += element("tr", {}, element("th", {{"scope", "row"}}, phrase), element("td", {{"class", "figure"}}, print_number(p.documents)),
                    element("td", {{"class", "figure"}}, p.first.date.substr(0, 4)), element("td", {}, line_of_time(p.years, years)),
                    element("td", {{"class", "figure"}}, p.last.date.substr(0, 4)));
  }
  Html head;
  for (const Word w : {Word("phrase"), Word("resolutions"), Word("first-use"), Word("when-used"), Word("last-use")})
    head += element("th", {{"scope", "col"}}, say(w));
  Html main = element("h1", {}, say("frequent-phrases"));
  main += element("p", {{"class", "lead"}}, say("phrases-text"));
  main += element("form", {{"class", "draft-filters"}, {"action", page.to("phrases")}, {"method", "get"}}, form);
  main += reading_switch(page);
  for (const auto& n : found.notices) main += element("p", {{"class", "notice"}}, print_notice(n, page.zh()));
  main += element("p", {{"role", "status"}, {"class", "muted"}}, print_count(say, found.total, "one-phrase", "n-phrases"),
                  found.total > found.phrases.size() ? (page.zh() ? "，" : ", ") + say("first-n-shown", {print_number(found.phrases.size())}) : std::string());
  if (!found.phrases.empty())
    main += element("div", {{"class", "overview table-scroll"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", say("frequent-phrases")}},
                    element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows)));
  return print_page(page, {"phrases",
                           std::string(say("frequent-phrases")),
                           std::string(say("phrases-text")),
                           element("div", {{"class", "plain"}}, main),
                           200,
                           "/phrases",
                           {},
                           true});
}

Response show_help(const Page& page) {
  const auto& say = page.say;
  Html rows;
  for (const auto& [q, word] : {std::pair{Word("help-q1"), Word("help-1")},
                                {Word("help-q2"), Word("help-2")},
                                {Word("help-q3"), Word("help-3")},
                                {Word("help-q4"), Word("help-4")},
                                {Word("help-q5"), Word("help-5")},
                                {Word("help-q6"), Word("help-6")},
                                {Word("help-q7"), Word("help-7")},
                                {Word("help-q8"), Word("help-8")},
                                {Word("help-q9"), Word("help-9")}})
    rows +=
        element("div", {}, element("dt", {}, link(page.to("search", {{"q", std::string(say(q))}}), element("code", {}, say(q)))), element("dd", {}, say(word)));
  Html keys;
  for (const auto& [key, word] : {std::pair{"/", Word("key-search")}, {"n, p", Word("key-next")}, {"−", Word("key-exclude")}, {"Esc", Word("key-close")}})
    keys += element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, say(word)));
  Html main = element("h1", {}, say("help"));
  main += element("p", {}, say("help-text"));
  main += element("dl", {{"class", "help"}}, rows);
  Html beyond;
  for (const auto& [title, word, place] : {std::tuple{Word("agreed-language"), Word("help-draft"), "agreed-language"},
                                           {Word("series"), Word("help-series"), ""},
                                           {Word("help-menu-title"), Word("help-menu"), ""},
                                           {Word("take-along"), Word("help-export"), ""},
                                           {Word("voter"), Word("help-votes"), "browse"},
                                           {Word("frequent-phrases"), Word("phrases-text"), "phrases"}})
    beyond += element("div", {}, element("dt", {}, *place ? link(page.to(place), say(title)) : Html(say(title))), element("dd", {}, say(word)));
  main += element("h2", {}, say("help-beyond")) += element("dl", {{"class", "help"}}, beyond);
  main += element("h2", {}, say("keyboard")) += element("dl", {{"class", "help"}}, keys);
  return print_page(page,
                    {"help", std::string(say("help")), std::string(say("help-text")), element("div", {{"class", "plain"}}, main), 200, "/help", {}, true});
}

}  // namespace resolute::http
