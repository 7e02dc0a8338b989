// A document to be read: its bar, its text in one or two languages, what stands beside it.
#include <algorithm>
#include <map>

#include "http/cite.h"
#include "http/document_formats.h"
#include "http/html_notices.h"
#include "http/html_pages.h"
#include "http/html_text.h"
#include "schemas/ascii.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "search/drafting/citation_check.h"
#include "search/drafting/citation_graph.h"
#include "search/reference.h"
#include "search/series.h"
#include "text/collate.h"
#include "text/normalize.h"
#include "text/treatment.h"

namespace resolute::http {
namespace {

constexpr size_t kShortList = 8, kContentsBytes = 200, kDescriptionBytes = 160;

// At most so many bytes of a text, whole characters.
std::string beginning(const std::string& text, size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (text[bytes] & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes) + "…";
}

// An address at the United Nations.
Html official(const Page& page, const std::string& symbol) {
  return element("a", {{"href", search::official_address(symbol)}, {"rel", "external"}}, page.say("official-text"));
}

// Documents that cite a symbol, newest first.
std::vector<std::string> newest_first(const search::Searcher& searcher, std::vector<std::string> symbols) {
  std::vector<std::pair<std::string, std::string>> dated;
  for (auto& s : symbols) {
    const auto at = searcher.find(s, std::nullopt);
    dated.emplace_back(at ? print_date(searcher.generation().date(*at)) : "", std::move(s));
  }
  std::stable_sort(dated.begin(), dated.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> out;
  for (auto& [date, s] : dated) out.push_back(std::move(s));
  return out;
}

// One line of a list of documents.
Html entry(const Page& page, const std::string& symbol, const Html& more) {
  const auto title = headline(*page.searcher, symbol, page.lang());
  const auto at = page.searcher->find(symbol, std::nullopt);
  const auto day = at ? print_date(page.searcher->generation().date(*at)) : std::string();
  return element("li", {}, link(page.to_document(symbol), element("span", {{"class", "symbol"}}, symbol)),
                 day.empty() ? Html() : element("time", {{"datetime", day}}, print_day(day, page.zh())),
                 at ? element("span", {{"class", "list-title"}, {"lang", title.lang}}, title.text, subject_line(page, title)) : Html(), more);
}

// Of a number that may be meant for a session, "A/RES/79", or of a draft, "A/C.3/79/L.5": the way to the session, where it is held.
Html session_of(const Page& page, const std::string& symbol) {
  std::string session;
  for (size_t at = 0; at < symbol.size() && session.empty();) {
    const size_t end = std::min(symbol.find('/', at), symbol.size());
    if (const auto part = symbol.substr(at, end - at); all_digits(part) && part.size() <= 3) session = part;
    at = end + 1;
  }
  if (!symbol.starts_with("A/") || symbol.starts_with("A/HRC") || session.empty()) return {};
  search::SearchRequest request;
  request.unit = search::Unit::document;
  request.limit = 0;
  request.filters[Field::body].any = {"GA"};
  request.filters[Field::session].any = {session};
  if (page.searcher->search(request).total_documents == 0) return {};
  return element("a", {{"class", "button"}, {"href", page.to("browse/GA/" + session)}}, page.say("browse-session", {print_session(session, "GA", page.zh())}));
}

// Which documents of its session were adopted from a draft.
std::vector<std::string> adopted_from(const Page& page, const std::string& draft) {
  std::vector<std::string> out;
  const auto& g = page.searcher->generation();
  const size_t series = draft.find("/L.");
  const size_t before = series == std::string::npos || series == 0 ? std::string::npos : draft.rfind('/', series - 1);
  if (before == std::string::npos) return out;
  const std::string session = draft.substr(before, series - before) + "/";
  for (const auto& symbol : g.identifiers()) {
    if (symbol.find(session) == std::string::npos) continue;
    const auto at = g.find(symbol).front();
    const auto drafts = g.segment(at).record(at.document).drafts;
    if (std::find(drafts.begin(), drafts.end(), draft) != drafts.end()) out.push_back(symbol);
  }
  return out;
}

// How often each organ is among symbols, each a link to a search.
Html by_organ(const Page& page, const std::vector<std::string>& symbols, const std::string& cited) {
  std::map<std::string, uint64_t> counts;
  for (const auto& s : symbols)
    if (const auto at = page.searcher->find(s, std::nullopt)) ++counts[page.searcher->generation().segment(*at).value(Field::body, at->document)];
  Html out;
  for (const auto& [body, n] : counts)
    if (!body.empty())
      out += element("li", {}, link(page.to("search", {{"cites", cited}, {"body", body}}), value_label(Field::body, body, page.zh())), " ",
                     element("span", {{"class", "count"}}, print_number(n)));
  return element("ul", {{"class", "organs"}}, out);
}

Response show_not_held(const Page& page, const std::string& symbol, const std::vector<std::string>& candidates) {
  const auto& say = page.say;
  const auto& g = page.searcher->generation();
  const auto citing = newest_first(*page.searcher, g.citing(symbol));
  Html main = element("p", {{"class", "symbol"}}, symbol);
  main += element("h1", {}, say("not-held", {work_name(symbol, page.zh())}));
  if (parse_symbol(symbol))
    main += element(
        "p", {{"class", "offers"}}, element("a", {{"class", "button"}, {"href", search::official_address(symbol)}, {"rel", "external"}}, say("official-text")),
        session_of(page, symbol), element("a", {{"class", "button"}, {"href", page.to("search", {{"q", symbol}, {"as", "words"}})}}, say("search-as-words")));
  if (const auto adopted = adopted_from(page, symbol); !adopted.empty()) {
    Html list;
    for (const auto& a : adopted) list += entry(page, a, {});
    main += element("section", {{"class", "list"}}, element("h2", {}, say("adopted-from-draft")), element("ol", {}, list));
  }
  if (!citing.empty()) {
    Html list;
    for (size_t i = 0; i < std::min(citing.size(), 2 * kShortList); ++i) list += entry(page, citing[i], {});
    main += element("section", {{"class", "list"}}, element("h2", {}, print_count(say, citing.size(), "cited-here-one", "cited-here")), element("ol", {}, list),
                    element("p", {}, link(page.to("search", {{"cites", symbol}}), say("all-citing"))));
  }
  if (!candidates.empty()) {
    Html list;
    for (const auto& c : candidates) list += entry(page, c, {});
    main += element("section", {{"class", "list"}}, element("h2", {}, say("similar-symbols")), element("ol", {}, list));
  }
  return print_page(page, {"problem", std::string(say("not-held", {symbol})), "", element("div", {{"class", "alone"}}, main), 404, "", {}, true});
}

// What is known of a document, beside its text.
class Beside {
 public:
  Beside(const Page& page, const Document& d) : page_(page), say_(page.say), document_(d) {}

  Html print() const {
    return element("aside", {{"class", "beside"}, {"id", "beside"}, {"aria-label", say_("about-document")}}, facts(), vote(), series(), cited_by(), cites(),
                   take_along(), notes());
  }

 private:
  Html section(const char* id, const Html& title, const Html& content, bool open) const {
    return element("details", {{"class", "card"}, {"id", id}, {"open", open}}, element("summary", {}, element("h2", {}, title)), content);
  }

  Html facts() const {
    Html rows;
    const auto row = [&](Word name, const Html& content) {
      if (!content.empty()) rows += element("div", {}, element("dt", {}, say_(name)), element("dd", {}, content));
    };
    const auto list = [&](Field field, const std::vector<std::string>& values, const Parameters& also = {}) {
      Html out;
      for (const auto& v : values) {
        Parameters query = {{info(field).name, v}};
        query.insert(query.end(), also.begin(), also.end());
        const auto name = value_label(field, v, page_.zh());
        out += element("li", {}, element("a", {{"href", page_.to("search", query)}, {"lang", language_tag_of(name)}}, name));
      }
      return out.empty() ? Html() : element("ul", {}, out);
    };
    const std::string body = print_body(document_.body);
    if (!document_.session.empty())
      row("session", element("span", {}, link(page_.to("browse/" + body + "/" + document_.session), print_session(document_.session, body, page_.zh())),
                             document_.meeting.empty() ? Html() : Html(page_.zh() ? "，" : ", ") += say_("meeting-n", {document_.meeting})));
    else if (!document_.meeting.empty())
      row("meeting", say_("meeting-n", {document_.meeting}));
    // What an item was differs from session to session.
    if (!document_.agenda.empty() && !document_.session.empty())
      row("agenda-item", list(Field::agenda, document_.agenda, {{"session", document_.session}, {"body", body}}));
    row("committee", list(Field::committee, document_.committee));
    row("concerns", list(Field::concerns, document_.concerns));
    row("subjects", list(Field::subject, document_.subjects));
    if (!document_.drafts.empty()) {
      Html drafts;
      for (const auto& s : document_.drafts) drafts += element("li", {}, element("a", {{"href", search::official_address(s)}, {"rel", "external"}}, s));
      row("drafts", element("ul", {}, drafts));
    }
    return rows.empty() ? Html() : section("facts", say_("about-document"), element("dl", {{"class", "meta"}}, rows), true);
  }

  Html vote() const {
    if (!document_.vote.outcome) return {};
    Html content = element("p", {}, value_label(Field::vote, print_outcome(*document_.vote.outcome), page_.zh()));
    Html groups;
    for (const auto& [how, word, n] : {WordRow{"yes", Word("vote-yes"), document_.vote.yes}, WordRow{"no", Word("vote-no"), document_.vote.no},
                                       WordRow{"abstain", Word("vote-abstain"), document_.vote.abstain}}) {
      std::vector<std::pair<std::string, std::string>> names;  // and codes
      for (const auto& [code, vote] : document_.vote.voters)
        if (vote == how) names.emplace_back(value_label(Field::voter, code, page_.zh()), code);
      if (names.empty() && !n.value_or(0)) continue;
      std::sort(names.begin(), names.end(),
                [&](const auto& a, const auto& b) { return text::in_order(a.first, b.first, page_.zh() ? Language::zh : Language::en); });
      Html all;
      for (const auto& [name, code] : names) {
        if (!all.empty()) all += page_.zh() ? "、" : ", ";
        all += link(page_.to("search", {{"voter", code + ":" + how}}), name);
      }
      const Html title = Html(say_(word)) +=
          element("span", {{"class", "count"}}, " " + print_number(static_cast<uint64_t>(n.value_or(static_cast<int>(names.size())))));
      groups += all.empty() ? element("p", {{"class", "voters"}}, title)
                            : element("details", {{"class", "voters"}, {"open", names.size() <= 20}}, element("summary", {}, title), element("p", {}, all));
    }
    return section("vote", say_("vote"), content += groups, true);
  }

  Html series() const {
    const auto chain = page_.searcher->series().chain(document_.identifier);
    if (chain.size() < 2) return {};
    Html list;
    const auto own = std::find(chain.begin(), chain.end(), document_.identifier) - chain.begin();
    const auto from = std::max<std::ptrdiff_t>(0, std::min<std::ptrdiff_t>(own - 2, static_cast<std::ptrdiff_t>(chain.size()) - 5));
    for (auto i = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(chain.size()), from + 5) - 1; i >= from; --i) {
      const auto& s = chain[static_cast<size_t>(i)];
      const auto at = page_.searcher->find(s, std::nullopt);
      list += element(
          "li", {},
          i == own ? element("b", {{"class", "symbol"}, {"aria-current", "true"}}, s) : link(page_.to_document(s), element("span", {{"class", "symbol"}}, s)),
          element("time", {}, at ? print_day(print_date(page_.searcher->generation().date(*at)), page_.zh()) : ""));
    }
    return section("series", Html(say_("series")) += element("span", {{"class", "count"}}, " " + print_number(chain.size())),
                   element("ol", {{"class", "dated"}}, list) += element("p", {}, link(page_.to("series/" + document_.identifier), say_("clauses-by-year"))),
                   true);
  }

  Html cited_by() const {
    const auto citing = newest_first(*page_.searcher, page_.searcher->generation().citing(document_.identifier));
    const Html title = Html(say_("cited-by")) += element("span", {{"class", "count"}}, " " + print_number(citing.size()));
    if (citing.empty()) return section("cited-by", title, element("p", {{"class", "muted"}}, say_("cited-by-none")), false);
    Html list;
    for (size_t i = 0; i < std::min(citing.size(), kShortList); ++i) list += entry(page_, citing[i], {});
    Html content = by_organ(page_, citing, document_.identifier);
    content += element("ol", {}, list);
    content += element("p", {}, link(page_.to("search", {{"cites", document_.identifier}}), say_("all-citing")));
    return section("cited-by", title, content, true);
  }

  Html cites() const {
    const auto links = search::citation_links(*page_.searcher, document_.identifier, search::Direction::cites);
    if (links.empty()) return {};
    Html first, rest;
    size_t n = 0;
    for (const auto& l : links) {
      Html how;
      std::vector<std::string> labels;
      for (const auto& t : l.treatments) {
        std::string label(text::treatment_label(t, page_.zh()));
        if (!label.empty() && std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(std::move(label));
      }
      for (const auto& label : labels) how += element("span", {{"class", "how"}}, label);
      std::vector<std::string> places;
      for (const auto& use : l.uses) {
        const auto fragment = use.id.substr(use.id.find('#') + 1);
        if (places.size() >= 4 || std::find(places.begin(), places.end(), fragment) != places.end()) continue;
        places.push_back(fragment);
        how += element("a", {{"href", "#" + fragment}, {"class", "at"}}, fragment_label(say_, fragment));
      }
      (n++ < kShortList ? first : rest) += page_.searcher->find(l.symbol, std::nullopt)
                                               ? entry(page_, l.symbol, element("span", {{"class", "uses"}}, how))
                                               : element("li", {}, element("a", {{"href", page_.to_document(l.symbol)}, {"class", "symbol absent"}}, l.symbol),
                                                         element("span", {{"class", "uses"}}, how));
    }
    Html content = element("ol", {}, first);
    if (!rest.empty()) content += element("details", {}, element("summary", {}, say_("more-values", {print_number(n - kShortList)})), element("ol", {}, rest));
    return section("cites", Html(say_("cites")) += element("span", {{"class", "count"}}, " " + print_number(links.size())), content,
                   links.size() <= kShortList);
  }

  Html take_along() const {
    Html items = element("li", {}, official(page_, document_.identifier));
    for (const auto& f : document_formats())
      items += element("li", {},
                       element("a",
                               {{"href", page_.base + "v1/documents/" + encode_path(document_.identifier) +
                                             encode_query({{"lang", print_language(document_.lang)}, {"format", f.name}})},
                                {"rel", "nofollow"}},
                               f.label));
    const auto at = page_.searcher->find(document_.identifier, document_.lang);
    if (at && page_.searcher->generation().has_source(*at))
      items += element("li", {},
                       element("a",
                               {{"href", page_.base + "v1/documents/" + encode_path(document_.identifier) + "/source" +
                                             encode_query({{"lang", print_language(document_.lang)}})},
                                {"rel", "nofollow"}},
                               say_("source-file")));
    return section("take", say_("take-along"), element("ul", {{"class", "formats"}}, items), true);
  }

  Html notes() const {
    if (document_.warnings.empty()) return {};
    Html items;
    for (const auto& w : document_.warnings) items += element("li", {}, say(w, page_.zh() ? WarningLanguage::zh : WarningLanguage::en));
    return section("notes", say_("notes-on-text"), element("ul", {}, items), false);
  }

  const Page& page_;
  const Words& say_;
  const Document& document_;
};

// The bar over the text: contents, a paragraph, find, languages, neighbours in the series.
Html bar(const Page& page, const Document& d, size_t marks) {
  const auto& say = page.say;
  Html contents;
  for (size_t i = 0; i < d.paragraphs.size(); ++i)
    if (const auto& p = d.paragraphs[i]; p.kind == ParagraphKind::heading && i > 0)
      contents += element("li", {}, element("a", {{"href", "#" + p.fragment}}, (p.number.empty() ? "" : p.number + ". ") + beginning(p.text, kContentsBytes)));
  for (const auto& [id, word] : {std::pair{"footnotes", Word("footnotes")}, {"beside", Word("about-document")}})
    if (std::string_view(id) != "footnotes" ||
        std::any_of(d.paragraphs.begin(), d.paragraphs.end(), [](const Paragraph& p) { return p.kind == ParagraphKind::footnote; }))
      contents += element("li", {{"class", "apart"}}, element("a", {{"href", std::string("#") + id}}, say(word)));
  Html out = element("details", {{"class", "menu contents"}, {"id", "contents"}}, element("summary", {}, say("contents")),
                     element("ol", {{"lang", language_tag(d.lang)}}, contents));
  const auto self = page.to_document(d.identifier);
  out += element("form", {{"action", self}, {"method", "get"}, {"class", "goto"}}, element("label", {{"class", "vh"}, {"for", "para"}}, say("go-to-paragraph")),
                 element("input", {{"id", "para"},
                                   {"name", "para"},
                                   {"inputmode", "text"},
                                   {"size", "6"},
                                   {"maxlength", "60"},
                                   {"placeholder", say("paragraph-short")},
                                   {"autocomplete", "off"}}));
  const auto q = page.value("q"), reading = page.value("text");
  out += element(
      "form", {{"action", self}, {"method", "get"}, {"class", "find"}, {"id", "find"}},
      reading.empty() ? Html() : element("input", {{"type", "hidden"}, {"name", "text"}, {"value", reading}}),
      element("label", {{"class", "vh"}, {"for", "find-q"}}, say("find-in-document")),
      element("input", {{"id", "find-q"},
                        {"name", "q"},
                        {"type", "search"},
                        {"value", q},
                        {"placeholder", say("find-in-document")},
                        {"maxlength", "400"},
                        {"autocomplete", "off"}}),
      element("span", {{"class", "position"}, {"id", "position"}, {"aria-live", "polite"}},
              q.empty() ? std::string() : print_count(say, marks, "one-place", "n-places")),
      marks > 0
          ? element("a",
                    {{"href", "#hit-1"}, {"id", "next-hit"}, {"class", "step"}, {"aria-label", say("next-place")}, {"data-previous", say("previous-place")}},
                    "↓")
          : Html());
  out += reading_switch(page);
  const auto chain = page.searcher->series().chain(d.identifier);
  const auto own = std::find(chain.begin(), chain.end(), d.identifier);
  Html steps;
  if (own != chain.end() && own != chain.begin())
    steps +=
        element("a", {{"href", page.to_document(*(own - 1))}, {"rel", "prev"}, {"aria-label", say("previous-x", {*(own - 1)})}, {"title", *(own - 1)}}, "←");
  if (own != chain.end() && own + 1 != chain.end())
    steps += element("a", {{"href", page.to_document(*(own + 1))}, {"rel", "next"}, {"aria-label", say("next-x", {*(own + 1)})}, {"title", *(own + 1)}}, "→");
  if (!steps.empty()) out += element("nav", {{"class", "steps"}, {"aria-label", say("series")}}, steps);
  return element("div", {{"class", "reading-bar"}, {"id", "bar"}}, out);
}

// The menu of a paragraph, once: the script brings it to the one that is chosen.
Html paragraph_menu(const Page& page) {
  const auto& say = page.say;
  Html items;
  for (const auto& [act, word] :
       {std::pair{"text", Word("copy-text")}, {"range", Word("copy-range")}, {"reference", Word("copy-reference")}, {"link", Word("copy-link")}})
    items += element("li", {}, element("button", {{"type", "button"}, {"data-copy", act}}, say(word)));
  for (const auto& [go, word] : {std::pair{"both", Word("both-languages")},
                                 {"history", Word("paragraph-history")},
                                 {"agreed", Word("agreed-language-of-this")},
                                 {"citing-paragraph", Word("who-cites-paragraph")},
                                 {"citing", Word("who-cites")}})
    items += element("li", {}, element("a", {{"href", "#"}, {"data-go", go}}, say(word)));
  return element("template", {{"id", "paragraph-menu"}}, element("ul", {{"class", "paragraph-menu"}}, items));
}

// The fragment of a paragraph by what a reader gives: "3", "3(a)", "pp 2", "annex I, para. 10", 附件一第10段, or as it is cited. Empty where there is
// none.
std::string fragment_of(const Document& d, const std::string& asked) {
  const std::string tidy = text::tidy(asked);
  for (const bool zh : {false, true}) {
    const auto cited = cite_paragraphs(d, zh);
    if (const auto at = std::find(cited.begin(), cited.end(), tidy); at != cited.end()) return d.paragraphs[static_cast<size_t>(at - cited.begin())].fragment;
  }
  std::string wanted;
  for (const char c : asked)
    if (c != ' ' && c != '.') wanted += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  for (const ParagraphKind kind : {ParagraphKind::operative, ParagraphKind::decision, ParagraphKind::statement, ParagraphKind::annex, ParagraphKind::plain})
    for (const auto& p : d.paragraphs)
      if (p.kind == kind && p.number == wanted) return p.fragment;
  const auto named = search::read_reference(d.identifier + ", " + tidy).fragment;
  for (const auto& p : d.paragraphs)
    if (p.fragment == wanted || (!named.empty() && p.fragment == named)) return p.fragment;
  return {};
}

// The range of paragraphs that a reader gives, "5-7", "paras. 5 to 7", 第5至7段, where the document has both in this order; else an empty one.
search::Reference range_of(const Document& d, const std::string& asked) {
  const auto place = [&](const std::string& fragment) {
    return std::find_if(d.paragraphs.begin(), d.paragraphs.end(), [&](const Paragraph& p) { return p.fragment == fragment; });
  };
  for (const char* unit : {"", "paras. "}) {
    if (asked.empty()) break;
    auto named = search::read_reference(d.identifier + ", " + unit + text::tidy(asked));
    if (!named.last_fragment.empty() && place(named.fragment) < place(named.last_fragment) && place(named.last_fragment) != d.paragraphs.end()) return named;
  }
  return {};
}

}  // namespace

Response show_document(const Page& page, const std::string& reference) {
  const auto& say = page.say;
  const auto& searcher = *page.searcher;
  const auto resolved = searcher.resolve(reference);
  if (resolved.symbol.empty() && resolved.candidates.empty()) return print_problem_page(page, {404, "not-found", "", "", ""});
  if (!resolved.known) return show_not_held(page, resolved.symbol.empty() ? text::tidy(reference).substr(0, 100) : resolved.symbol, resolved.candidates);
  if (resolved.symbol != reference) return redirect(page, page.to_document(resolved.symbol, resolved.fragment, page.given), 301);

  auto at = searcher.find(resolved.symbol, page.lang());
  const bool missing = !at;
  if (missing) at = searcher.find(resolved.symbol, std::nullopt);
  const Document d = searcher.document(*at);
  const auto para = page.value("para");
  if (const auto range = range_of(d, para); !range.last_fragment.empty())
    return redirect(page, page.to_document(d.identifier, range.fragment, {{"range", range.fragment + ".." + range.last_fragment}}));
  if (const auto fragment = para.empty() ? "" : fragment_of(d, para); !fragment.empty())
    return redirect(page, page.to_document(d.identifier, fragment, page.value("q").empty() ? Parameters{} : Parameters{{"q", page.value("q")}}));
  std::optional<Document> other;
  if (page.reading == Reading::both)
    if (const auto there = searcher.find(d.identifier, other_language(d.lang))) other = searcher.document(*there);
  const auto cited = cite_paragraphs(d, page.zh());
  TextPrinter printer(page, d, other ? &*other : nullptr, cited);
  const Html text = printer.print();

  const auto title = headline(searcher, d.identifier, d.lang);
  Html masthead = element("p", {{"class", "organ"}}, value_label(Field::body, print_body(d.body), page.zh()), " · ",
                          value_label(Field::type, print_type(d.type), page.zh()));
  masthead += element("h1", {}, element("span", {{"class", "doc-symbol"}}, d.identifier), " ",
                      element("span", {{"class", "doc-title"}, {"lang", title.lang}}, title.text));
  masthead += element("p", {{"class", "source"}}, document_line(page, d.identifier));
  if (missing) masthead += element("p", {{"class", "notice"}}, say(d.lang == Language::zh ? Word("only-chinese") : Word("only-english")));
  if (!para.empty()) masthead += element("p", {{"class", "notice"}, {"role", "alert"}}, say("no-such-paragraph"));
  Html article = element("header", {{"class", "masthead"}}, masthead);
  article += text;
  Html main = bar(page, d, printer.marks());
  main += element("div", {{"class", "reading-room"}},
                  element("article",
                          {{"class", other ? "document two" : "document"},
                           {"data-symbol", d.identifier},
                           {"data-lang", print_language(d.lang)},
                           {"data-name", cite(d, "", page.zh())},
                           {"data-separator", page.zh() ? "，" : ", "}},
                          article),
                  Beside(page, d).print());
  main += element("p", {{"class", "print-only"}}, say("printed-document", {cite(d, "", page.zh())}));
  main += paragraph_menu(page);
  std::string description = cite(d, "", page.zh()) + ". ";
  for (const auto& p : d.paragraphs)
    if (p.kind == ParagraphKind::operative || p.kind == ParagraphKind::preambular) {
      description += beginning(p.text, kDescriptionBytes);
      break;
    }
  std::vector<Alternate> alternates;
  for (const auto& f : document_formats())
    alternates.push_back({page.base + "v1/documents/" + encode_path(d.identifier) + encode_query({{"lang", print_language(d.lang)}, {"format", f.name}}),
                          f.media_type, language_tag(d.lang)});
  const std::string heading = title.text.find(d.identifier) == std::string::npos ? d.identifier + " " + title.text : title.text;
  return print_page(page, {"document", heading, description, main, 200, "/" + d.identifier, alternates, true, citation_metas(d, ""), d.identifier});
}

}  // namespace resolute::http
