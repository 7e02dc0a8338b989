// The start page and the results of a search.
#include <algorithm>
#include <map>
#include <optional>
#include <variant>

#include "http/html_filters.h"
#include "http/html_notices.h"
#include "http/html_pages.h"
#include "schemas/ascii.h"
#include "search/drafting/citation_check.h"
#include "search/related.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

using search::Sort;
using search::Unit;

constexpr size_t kPageOfResults = 20;
constexpr size_t kWordingBytes = 40;
// Facets in the order in which people narrow down.
constexpr Field kFacets[] = {Field::body,    Field::year, Field::committee, Field::type,     Field::vote,
                             Field::subject, Field::kind, Field::action,    Field::concerns, Field::lang};

bool has_han(std::string_view s) { return std::string_view(language_tag_of(s)) == "zh-Hans"; }
bool has_latin(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::variant<Asked, Problem> read_search(const Page& page) {
  Asked out;
  for (const auto& [name, value] : page.given)
    if (name != "text" && name != "as" && name != "after" && name != "turned" && !value.empty()) out.parameters.emplace_back(name, value);
  auto parsed = parse_search(out.parameters);
  if (auto* p = std::get_if<Problem>(&parsed)) return *p;
  out.request = std::move(std::get<search::SearchRequest>(parsed));
  auto& r = out.request;
  out.words = !text::tidy(r.q).empty();
  // Filters alone choose documents; so does who asks for them.
  if (page.value("unit").empty() && !out.words) r.unit = Unit::document;
  if (r.unit == Unit::document) r.versions = search::Versions::together;
  if (page.value("sort").empty() && !out.words) r.sort = Sort::newest;
  if (page.value("dedupe").empty()) r.dedupe = search::Dedupe::on;
  r.limit = kPageOfResults;
  r.facets.assign(std::begin(kFacets), std::end(kFacets));
  if (const auto body = r.filters.find(Field::body); body != r.filters.end() && body->second.any.size() == 1)
    r.facets.insert(r.facets.begin() + 2, Field::session);
  for (const Field more : {Field::session, Field::agenda, Field::sponsor, Field::cites})
    if (r.filters.count(more) && std::find(r.facets.begin(), r.facets.end(), more) == r.facets.end() && info(more).facet) r.facets.push_back(more);
  // Numbers and symbols stand in both languages: paragraphs are then those of the reader's.
  if (out.words && r.unit == Unit::paragraph && !r.filters.count(Field::lang) && r.q.find("lang:") == std::string::npos && !has_han(r.q) && !has_latin(r.q))
    r.filters[Field::lang].any.emplace_back(print_language(page.lang()));
  return out;
}

Html select(const Page& page, const char* name, Word legend, const std::vector<WordRow<std::string, bool>>& options) {
  Html items;
  for (const auto& [value, word, current] : options)
    items += link(page.here({{name, value}}), {{"aria-current", current ? "true" : "false"}, {"data-key", std::string(name) + value}}, page.say(word));
  return element("nav", {{"class", "segmented"}, {"aria-label", page.say(legend)}}, items);
}

// Paragraphs of a match with what was found marked.
Html snippet_html(const std::vector<Snippet>& snippets) {
  Html out;
  for (const auto& s : snippets) {
    std::vector<Wrapped> marks;
    for (const auto& h : s.highlights) marks.push_back({h.begin, h.end, "mark", {}});
    if (!out.empty()) out += " ";
    // The next one begins with the same points.
    std::string_view text = s.text;
    if (&s != &snippets.back() && text.ends_with("…")) text.remove_suffix(std::string_view("…").size());
    out += wrap_spans(text, std::move(marks));
  }
  return out;
}

std::string cut(const std::string& text, size_t points) {
  size_t n = 0;
  for (size_t i = 0; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80 && n++ == points) return text.substr(0, i) + " …";
  return text;
}

// A paragraph that matches, in the language of the reader where it has one.
Html paragraph_hit(const Page& page, const Match& m) {
  const bool both = page.reading == Reading::both;
  const bool foreign = !both && m.lang != page.lang() && m.parallel;
  const auto query = Parameters{{"q", page.value("q")}};
  Html texts;
  const auto quote = [&](Language lang, const char* kind, const Html& content) {
    texts += element("p", {{"class", kind}, {"lang", language_tag(lang)}}, content);
  };
  const Html found = m.snippets.empty() ? Html(cut(m.text, 360)) : snippet_html(m.snippets);
  if (foreign) {
    quote(m.parallel->lang, "quote", cut(m.parallel->text, m.parallel->lang == Language::zh ? 160 : 360));
    quote(m.lang, "quote original", found);
  } else {
    quote(m.lang, "quote", found);
    if (both && m.parallel) quote(m.parallel->lang, "quote counterpart", cut(m.parallel->text, m.parallel->lang == Language::zh ? 180 : 420));
  }
  Html more;
  if (m.repeats)
    more += link(page.to("agreed-language", {{"of", m.id}}), {{"class", "quiet"}, {"rel", "nofollow"}},
                 page.say(m.repeats->count == 1 ? Word("repeat-one") : Word("repeats"), {print_number(m.repeats->count), m.repeats->first.date.substr(0, 4)}));
  return element("li", {{"class", both && m.parallel ? "paragraph pair" : "paragraph"}, {"data-id", m.id}},
                 element("p", {{"class", "where"}},
                         link(page.to_document(m.symbol, foreign ? m.parallel->id.substr(m.parallel->id.find('#') + 1) : m.fragment, query), {},
                              paragraph_label(page.say, m.kind, m.number, m.fragment)),
                         more),
                 element("div", {{"class", "texts"}}, texts));
}

// Matches of one document together, where the best of them stands.
Html hits(const Page& page, const SearchResult& result, bool documents) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<const Match*>> by_symbol;
  std::vector<std::string> counterparts;
  for (const auto& m : result.matches) {
    if (std::find(counterparts.begin(), counterparts.end(), m.id) != counterparts.end()) continue;  // shown beside the one before
    if (m.parallel) counterparts.push_back(m.parallel->id);
    auto& list = by_symbol[m.symbol];
    if (list.empty()) order.push_back(m.symbol);
    list.push_back(&m);
  }
  Html out;
  const auto query = Parameters{{"q", page.value("q")}};
  for (const auto& symbol : order) {
    const auto& matches = by_symbol[symbol];
    // The title leads to the paragraph that matches best, in the reader's language.
    const auto& first = *matches.front();
    const bool turned = first.lang != page.lang() && first.parallel && page.reading != Reading::both;
    const std::string best = page.value("q").empty() ? "" : turned ? first.parallel->id.substr(first.parallel->id.find('#') + 1) : first.fragment;
    const auto title = headline(*page.searcher, symbol, page.lang());
    Html body = element("h2", {{"class", "title"}}, link(page.to_document(symbol, best, query), {{"lang", title.lang}}, cut(title.text, 180)),
                        subject_line(page, title));
    body += element("p", {{"class", "source"}}, link(page.to_document(symbol), {{"class", "symbol"}}, symbol), document_line(page, symbol));
    Html paragraphs;
    if (!documents) {
      for (const auto* m : matches) paragraphs += paragraph_hit(page, *m);
    } else if (!page.value("q").empty()) {
      const auto& m = *matches.front();
      paragraphs += paragraph_hit(page, m);
      for (const auto& also : m.also)
        paragraphs +=
            element("li", {{"class", "paragraph also"}, {"data-id", also.id}},
                    element("p", {{"class", "where"}},
                            link(page.to_document(symbol, also.id.substr(also.id.find('#') + 1), query), {},
                                 paragraph_label(page.say, also.kind, also.number, also.id.substr(also.id.find('#') + 1)))),
                    element("div", {{"class", "texts"}}, element("p", {{"class", "quote"}, {"lang", language_tag(m.lang)}}, snippet_html({also.snippet}))));
      if (m.paragraphs_matched > 1 + m.also.size())
        paragraphs += element("li", {{"class", "rest"}},
                              link(page.to_document(symbol, "", query), {}, page.say("paragraphs-match", {print_number(m.paragraphs_matched)})));
    }
    if (!paragraphs.empty()) body += element("ol", {{"class", "paragraphs"}}, paragraphs);
    out += element("li", {{"class", "hit"}}, element("article", {}, body));
  }
  return element("ol", {{"class", documents && page.value("q").empty() ? "hits list" : "hits"}, {"id", "hits"}}, out);
}

// Downloads of the whole list: the same question to the API.
Html take_along(const Page& page, const Asked& asked) {
  Parameters query = asked.parameters;
  std::erase_if(query, [](const auto& p) { return p.first == "cursor"; });
  if (asked.request.unit == Unit::document && page.value("unit").empty()) query.emplace_back("unit", "document");
  Html items;
  for (const auto& [name, place] : result_formats()) {
    auto asks = query;
    if (name != "JSON") asks.emplace_back("ui", page.zh() ? "zh" : "en");
    items += element("li", {}, link(page.base + std::string(place) + encode_query(asks), {{"rel", "nofollow"}}, std::string(name)));
  }
  return element("details", {{"class", "menu"}, {"id", "take"}}, element("summary", {}, page.say("take-along")), element("ul", {}, items));
}

Html offers(const Page& page, const SearchResult& result) {
  Html out;
  for (const auto& notice : result.notices) {
    const auto said = print_notice(notice, page.zh());
    if (!said.empty()) out += element("p", {{"class", "notice"}}, said);
  }
  if (!result.did_you_mean.empty())
    out += element("p", {{"class", "offer"}}, page.say("did-you-mean"), " ", link(page.here({{"q", result.did_you_mean}}), {}, result.did_you_mean), "?");
  return out;
}

Html related(const Page& page, const Asked& asked) {
  if (!asked.words) return {};
  const auto found = search::related_searches(*page.searcher, asked.request, 6);
  Html items;
  for (const auto& s : found.subjects)
    items += element("li", {},
                     link(page.to("search", {{"q", page.value("q")}, {"subject", s.text}}), {{"class", "chip"}, {"lang", language_tag_of(s.text)}},
                          value_label(Field::subject, s.text, page.zh())));
  for (const auto& p : found.phrases)
    items += element(
        "li", {}, link(page.to("search", {{"q", "\"" + p.text + "\""}}), {{"class", "chip"}, {"lang", language_tag_of(p.text)}}, page.say("quoted", {p.text})));
  if (items.empty()) return {};
  return element("section", {{"class", "related"}, {"aria-labelledby", "related"}}, element("h2", {{"id", "related"}}, page.say("related")),
                 element("ul", {{"class", "chips"}}, items));
}

std::string search_title(const Page& page, const Asked& asked) {
  if (asked.words) return page.say("results-for", {asked.request.q});
  std::string parts;
  for (const auto& [name, value] : page.given)
    if (const auto field = parse_field(name); field && !value.empty() && value[0] != '-')
      parts += (parts.empty() ? "" : ", ") + facet_label(asked, *field, value, page.zh());
  return parts.empty() ? std::string(page.say("all-resolutions")) : parts;
}

// The address of a paragraph, or of a range of them; where the document has none such, one that says so.
std::string to_place(const Page& page, const std::string& symbol, const std::string& fragment, const std::string& last) {
  const auto& g = page.searcher->generation();
  auto at = g.find(symbol, page.lang());
  if (!at) at = page.searcher->find(symbol, std::nullopt);
  if (fragment.empty() || !at) return page.to_document(symbol);
  const auto& segment = g.segment(*at);
  for (const ParagraphId p : segment.paragraphs_of(at->document))
    if (segment.fragment(p) == fragment) return page.to_document(symbol, fragment, last.empty() ? Parameters{} : Parameters{{"range", fragment + ".." + last}});
  return page.to_document(symbol, "", {{"para", fragment}});
}

// A query with its quotation marks taken off.
std::string without_quotes(std::string q) {
  for (const std::string_view mark : {"\"", "“", "”", "＂", "„", "‟"})
    for (size_t at; (at = q.find(mark)) != std::string::npos;) q.replace(at, mark.size(), " ");
  return std::string(text::tidy(q));
}

// A query that is long enough to be wording: where it stands nearly so is asked elsewhere.
Html as_draft(const Page& page, const std::string& q) {
  const auto words = without_quotes(q);
  if (words.size() < kWordingBytes) return {};
  return element("form", {{"method", "post"}, {"action", page.to("agreed-language")}},
                 element("input", {{"type", "hidden"}, {"name", "draft"}, {"value", words}}),
                 element("p", {}, page.say("wording-nearly"), " ", element("button", {{"type", "submit"}, {"class", "button"}}, page.say("draft-go"))));
}

// Of a page that goes on after others, how many results stood on those.
uint64_t results_before(const Page& page) {
  const auto after = page.value("after");
  return all_digits(after) && after.size() < 8 && !page.value("cursor").empty() ? std::stoull(after) : 0;
}

// Where a query that is a number leads, unless its words are asked for.
std::optional<Response> open_number(const Page& page) {
  const bool alone = std::all_of(page.given.begin(), page.given.end(), [](const auto& p) { return p.first == "q" || p.first == "text"; });
  const auto q = page.value("q");
  if (!alone || q.empty() || q.size() >= 400) return std::nullopt;
  const auto r = page.searcher->resolve(q);
  if (r.symbol.empty() || !r.also.empty() || (!r.known && r.candidates.size() == 1)) return std::nullopt;
  return redirect(page, to_place(page, r.symbol, r.fragment, r.last_fragment));
}

// A parameter that was left out, for it was wrong.
struct LeftOut {
  std::string value;
  Problem problem;
};

// What is wrong with one filter costs no more than it: `page` is left without what is listed then.
std::variant<Asked, Problem> read_what_can_be(Page& page, std::vector<LeftOut>& left_out) {
  auto read = read_search(page);
  while (auto* p = std::get_if<Problem>(&read)) {
    const auto wrong = std::find_if(page.given.begin(), page.given.end(), [&](const auto& g) { return g.first == p->parameter; });
    if (wrong == page.given.end() || p->parameter == "q" || page.given.size() < 2 || left_out.size() > 8) return *p;
    left_out.push_back({wrong->second.substr(0, 80), *p});
    page.given.erase(wrong);
    read = read_search(page);
  }
  return read;
}

// How many there are, and what can be done with them.
Html results_bar(const Page& page, const Asked& asked, const SearchResult& result) {
  const auto& say = page.say;
  const bool documents = asked.request.unit == Unit::document, some = result.some_words && !documents;
  const auto sort = asked.request.sort;
  Html count = some ? element("span", {}, say("none-has-all")) += Html(" ") : Html();
  count += element(
      "strong", {},
      documents ? print_count(say, result.total_works, "one-document", "n-documents") : print_count(say, result.total, "one-paragraph", "n-paragraphs"));
  std::string more;
  if (some)
    more = say("have-some");
  else if (!documents)
    more = print_count(say, result.total_works, "in-one-resolution", "in-n-resolutions");
  else if (asked.words)
    more = print_count(say, result.total, "with-one-paragraph", "with-n-paragraphs");
  count += element("span", {}, more);
  Html controls = select(page, "unit", "show", {{"paragraph", "paragraphs", !documents}, {"document", "resolutions", documents}});
  const auto sorts = std::vector<WordRow<std::string, bool>>{{"relevance", "by-relevance", sort == Sort::relevance},
                                                             {"newest", "newest", sort == Sort::newest},
                                                             {"oldest", "oldest", sort == Sort::oldest},
                                                             {"most-cited", "most-cited", sort == Sort::most_cited}};
  controls += select(page, "sort", "sort", {sorts.begin() + (asked.words ? 0 : 1), sorts.end()});
  controls += reading_switch(page);
  controls += take_along(page, asked);
  return element("div", {{"class", "bar-top"}}, element("p", {{"class", "count-line"}, {"id", "count"}, {"tabindex", "-1"}}, count),
                 element("div", {{"class", "controls"}}, controls));
}

// What is to be known of the list before it is read.
Html remarks(const Page& page, const Asked& asked, const SearchResult& result, const std::vector<LeftOut>& left_out) {
  const auto& say = page.say;
  Html out;
  for (const auto& l : left_out)
    out += element("p", {{"class", "notice"}, {"role", "alert"}}, say("left-out", {l.value}), " ", print_trouble(l.problem.detail, page.zh()));
  if (!page.value("turned").empty()) out += element("p", {{"class", "notice"}}, say("dates-turned"));
  if (asked.request.filters.count(Field::voter)) out += element("p", {{"class", "muted"}}, say("votes-held"), " ", link(page.to("about"), say("about")));
  out += offers(page, result);
  if (const uint64_t before = results_before(page); before > 0 && !result.matches.empty())
    out += element("p", {{"class", "muted"}}, say("results-n-to-m", {print_number(before + 1), print_number(before + result.matches.size())}), " ",
                   link(page.here({}), say("first-page")));
  return out;
}

Html nothing_found(const Page& page, const Asked& asked, const SearchResult& result) {
  const auto& say = page.say;
  Html actions;
  if (asked.parameters.size() > 1) actions += link(page.to("search", {{"q", asked.request.q}}), {{"class", "button"}}, say("without-filters"));
  if (const auto words = without_quotes(asked.request.q); words != asked.request.q)
    actions += link(page.here({{"q", words}}), {{"class", "button"}}, say("without-quotes"));
  for (const auto& s : result.near_symbols) actions += link(page.to_document(s), {{"class", "button"}}, s);
  actions += link(page.to("help"), {{"class", "button"}}, say("help"));
  return element("section", {{"class", "box"}}, element("h2", {}, say("nothing-found")), element("p", {}, say("none-help")),
                 element("p", {{"class", "offers"}}, actions), as_draft(page, asked.request.q));
}

}  // namespace

Response show_search(const Page& given) {
  const auto& say = given.say;
  if (given.value("as") != "words")
    if (auto opened = open_number(given)) return std::move(*opened);
  if (const auto address = form_address(given); !address.empty()) return redirect(given, address);
  Page page = given;
  std::vector<LeftOut> left_out;
  auto read = read_what_can_be(page, left_out);
  if (const auto* p = std::get_if<Problem>(&read)) return print_problem_page(given, *p);
  auto& asked = std::get<Asked>(read);
  if (page.given.empty()) return redirect(page, page.to(""));
  asked.request.budget->end_when(page.request.gone);
  asked.request.budget->when_long(page.request.takes_long);
  const auto result = page.searcher->search(asked.request);

  Html inside = results_bar(page, asked, result);
  inside += chips(page, asked);
  inside += remarks(page, asked, result, left_out);
  inside += result.total == 0 ? nothing_found(page, asked, result) : hits(page, result, asked.request.unit == Unit::document);
  if (!result.next.empty())
    inside += element("p", {{"class", "more-line"}},
                      link(page.here({{"after", std::to_string(results_before(page) + result.matches.size())}, {"cursor", result.next}}),
                           {{"class", "button"}, {"id", "more"}, {"rel", "next nofollow"}}, say("more-results")));
  inside += related(page, asked);
  inside += element("p", {{"class", "print-only"}}, say("printed-from", {search_title(page, asked), print_number(result.revision)}));
  const auto title = search_title(page, asked);
  Html main = element("h1", {{"class", "vh"}}, title);
  main += element("div", {{"class", "layout"}}, filters(page, asked, result),
                  element("section", {{"class", "results"}, {"id", "results"}, {"tabindex", "-1"}, {"aria-label", say("results")}}, inside));
  return print_page(page, {"search",
                           title,
                           say("results-description", {title}),
                           main,
                           left_out.empty() ? 200 : left_out.front().problem.status,
                           "",
                           {{page.base + "v1/search" + encode_query(asked.parameters), "application/json", ""}},
                           true});
}

Response show_home(const Page& page) {
  const auto& say = page.say;
  // Addresses of the page as it was before.
  if (const auto symbol = page.value("doc"); !symbol.empty())
    return redirect(page, page.to_document(symbol, "", {{"text", page.value("parallel").empty() ? page.value("lang") : "both"}}), 301);
  if (!page.value("precedents").empty()) return redirect(page, page.to("agreed-language"), 301);
  Parameters kept = page.given;
  std::erase_if(kept, [](const auto& p) { return p.first == "text"; });
  if (!kept.empty()) return redirect(page, page.to("search", page.given), 301);

  const auto& g = page.searcher->generation();
  Html examples;
  for (const auto& [word, q] :
       {std::pair{Word("example-1"), Word("example-1")}, {Word("example-2"), Word("example-2")}, {Word("example-3"), Word("example-3")}})
    examples += element("li", {}, link(page.to("search", {{"q", std::string(say(q))}}), {}, say(word)));
  Html intro = element("h1", {}, say("tagline"));
  intro += search_form(page, true);
  intro += element("div", {{"class", "examples"}}, element("h2", {}, say("try")), element("ul", {}, examples));
  Html ways;
  const auto way = [&](Word title, Word text, const std::string& href) {
    ways += element("li", {}, element("h2", {}, link(href, {}, say(title))), element("p", {}, say(text)));
  };
  way("way-search", "way-search-text", page.to("search", {{"q", std::string(say("example-2"))}}));
  way("agreed-language", "way-draft-text", page.to("agreed-language"));
  way("browse", "way-browse-text", page.to("browse"));
  search::SearchRequest all;
  all.unit = Unit::document;
  all.versions = search::Versions::together;
  all.limit = 0;
  all.facets = {Field::body, Field::year};
  const auto counted = page.searcher->search(all);
  Html lists;
  for (const auto& f : counted.facets) {
    Html items;
    size_t n = 0;
    for (const auto& v : f.values) {
      if (++n > 12) break;
      items +=
          element("li", {},
                  link(page.to(f.field == Field::body ? "browse/" + v.value : "search", f.field == Field::body ? Parameters{} : Parameters{{"year", v.value}}),
                       {}, value_label(f.field, v.value, page.zh())),
                  element("span", {{"class", "count"}}, print_number(v.count)));
    }
    lists +=
        element("section", {}, element("h2", {}, say(facet_word(f.field))), element("ul", {{"class", f.field == Field::year ? "years" : "values"}}, items));
  }
  Html main = element("section", {{"class", "intro"}}, intro);
  main += element("ul", {{"class", "ways"}}, ways);
  main += element("section", {{"class", "browse-lists"}}, lists);
  main += element("p", {{"class", "size muted"}}, say("index-size", {print_number(counted.total_works), print_number(g.manifest().paragraphs)}));
  return print_page(page, {"home", "", std::string(say("tagline")), main, 200, "/", {}, false});
}

}  // namespace resolute::http
