// Agreed language: where the wording of a draft was used before. A form that is posted, so that it works
// without script.
#include <algorithm>

#include "http/cite.h"
#include "http/draft_json.h"
#include "http/html_notices.h"
#include "http/html_pages.h"
#include "http/html_text.h"
#include "search/drafting/citation_check.h"
#include "search/drafting/precedent.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

constexpr size_t kWordings = 5;

Html link(const std::string& href, const Html& content) { return element("a", {{"href", href}}, content); }

Word status_word(search::CitationStatus status) {
  using S = search::CitationStatus;
  switch (status) {
    case S::known: return "status-known";
    case S::not_held: return "status-not-held";
    case S::impossible: return "status-impossible";
    case S::ambiguous: return "status-ambiguous";
    case S::inconsistent: return "status-inconsistent";
    case S::newer_in_series: break;
  }
  return "status-newer";
}

bool is_fault(search::CitationStatus s) {
  return s == search::CitationStatus::impossible || s == search::CitationStatus::ambiguous || s == search::CitationStatus::inconsistent;
}

Html use_link(const Page& page, const search::WordingUse& use) {
  return link(page.to_document(use.symbol, use.fragment), use.symbol + " " + paragraph_label(page.say, use.kind, use.number, use.fragment)) +=
         element("time", {{"class", "muted"}}, " " + print_day(use.date, page.zh()));
}

// One reference that was checked.
Html reference(const Page& page, const search::CheckedCitation& c) {
  Html row = element("b", {{"class", std::string("status ") + search::print_status(c.status)}}, page.say(status_word(c.status)));
  row += element("q", {{"class", "said"}}, c.text);
  if (!c.symbol.empty()) row += link(page.to_document(c.symbol), element("span", {{"class", "symbol"}}, c.symbol));
  if (const auto detail = print_notice(c.detail, page.zh()); !detail.empty())
    row += element("span", {{"class", "muted"}, {"lang", language_tag_of(detail)}}, detail);
  // A number that is merely not held needs no guesses.
  if (is_fault(c.status) && !c.candidates.empty()) {
    row += element("span", {}, page.say("perhaps"));
    for (size_t i = 0; i < std::min<size_t>(3, c.candidates.size()); ++i) row += link(page.to_document(c.candidates[i]), c.candidates[i]);
  }
  return element("li", {}, row);
}

Html references(const Page& page, const std::vector<search::CheckedCitation>& checked) {
  using S = search::CitationStatus;
  if (checked.empty()) return {};
  Html faulty, others, newer;
  uint64_t faults = 0;
  for (const auto& c : checked) {
    if (is_fault(c.status)) {
      ++faults;
      faulty += reference(page, c);
    } else if (c.status == S::newer_in_series && !c.newer.empty()) {
      // To recall the one before the latest is usual: for information, all in one line.
      newer += element("span", {}, element("q", {{"class", "said"}}, c.text), " → ", link(page.to_document(c.newer), c.newer));
    } else {
      others += reference(page, c);
    }
  }
  if (!newer.empty()) others += element("li", {}, element("b", {{"class", "status newer-in-series"}}, page.say("status-newer")), newer);
  const std::string summary = print_count(page.say, checked.size(), "one-reference", "n-references") +
                              (faults ? " · " + print_count(page.say, faults, "one-fault", "n-faults") : std::string());
  return element("details", {{"class", "references"}, {"open", faults > 0}}, element("summary", {}, element("h2", {}, summary)),
                 element("ol", {}, faulty, others));
}

// Each paragraph in a line: how often it was used, how like the best wording is.
Html overview(const Page& page, const search::PrecedentResult& result) {
  Html rows;
  for (size_t i = 0; i < result.paragraphs.size(); ++i) {
    const auto& p = result.paragraphs[i];
    const int alike = p.similar.empty() ? 0 : static_cast<int>(p.similar[0].similarity * 100);
    const std::string number = std::to_string(i + 1);
    const auto shown = p.paragraph.text.substr(0, p.paragraph.lang == Language::zh ? 90 : 80);
    std::string start = shown;
    while (!start.empty() && (start.back() & 0xC0) == 0x80) start.pop_back();
    if (!start.empty() && static_cast<unsigned char>(start.back()) >= 0xC0) start.pop_back();
    rows += element(
        "tr", {}, element("th", {{"scope", "row"}}, link("#draft-" + number, number)),
        element("td", {{"lang", language_tag(p.paragraph.lang)}}, link("#draft-" + number, start + (start.size() < p.paragraph.text.size() ? "…" : ""))),
        element("td", {{"class", "figure"}}, print_number(p.uses)), element("td", {{"class", "figure"}}, alike ? std::to_string(alike) + " %" : "–"),
        element("td", {{"class", "figure"}}, p.first ? p.first->date.substr(0, 4) : "–"),
        element("td", {{"class", "figure"}}, p.last ? p.last->date.substr(0, 4) : "–"));
  }
  Html head;
  for (const Word w : {Word("number-sign"), Word("draft-paragraph"), Word("earlier-uses"), Word("most-alike"), Word("first-use"), Word("last-use")})
    head += element("th", {{"scope", "col"}}, page.say(w));
  return element("section", {{"class", "overview"}}, element("h2", {}, page.say("overview")),
                 element("div", {{"class", "table-scroll"}, {"tabindex", "0"}, {"role", "group"}, {"aria-label", page.say("overview")}},
                         element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows))));
}

Html wording(const Page& page, const search::Precedent& w, bool run) {
  Html source = element("b", {{"class", "similar"}},
                        run ? page.say("words-in-a-row", {print_number(w.run)}) : page.say("alike", {std::to_string(static_cast<int>(w.similarity * 100))}));
  source += use_link(page, w.last);
  source += element("span", {}, print_count(page.say, w.uses, "one-use", "n-uses"));
  Html body = element("p", {{"class", "source"}}, source);
  body += element("p", {{"class", "quote"}, {"lang", language_tag(w.lang)}},
                  run ? wrap_spans(w.text, {{w.run_there.begin, w.run_there.end, "mark", {}}}) : print_diff_html(page.say, w.diff));
  if (w.parallel)
    body +=
        element("details", {{"class", "counter"}}, element("summary", {}, page.say(w.parallel->lang == Language::zh ? Word("in-chinese") : Word("in-english"))),
                element("p", {{"class", "quote"}, {"lang", language_tag(w.parallel->lang)}}, w.parallel->text));
  return element("li", {{"class", "wording"}, {"data-id", w.last.id}}, body);
}

Html paragraph(const Page& page, const search::ParagraphPrecedents& p, size_t number) {
  const std::string n = std::to_string(number);
  Html body = element("h2", {{"id", "draft-" + n}, {"tabindex", "-1"}}, page.say("paragraph-n", {n}));
  body += element("p", {{"class", "quote own"}, {"lang", language_tag(p.paragraph.lang)}}, p.paragraph.text);
  if (p.uses == 0)
    body += element("p", {{"class", "none"}}, page.say(p.runs.empty() ? Word("no-precedent") : Word("only-parts")));
  else {
    Html line = element("b", {}, print_count(page.say, p.uses, "one-use", "n-uses"));
    if (p.first) line += Html(" · ") += Html(page.say("first-use")) += Html(" ") += use_link(page, *p.first);
    if (p.last) line += Html(" · ") += Html(page.say("last-use")) += Html(" ") += use_link(page, *p.last);
    body += element("p", {{"class", "use-line"}}, line);
  }
  const auto list = [&](const std::vector<search::Precedent>& all, bool run) {
    Html first, rest;
    for (size_t i = 0; i < all.size(); ++i) (i < kWordings ? first : rest) += wording(page, all[i], run);
    Html out = element("ol", {{"class", "wordings"}}, first);
    if (!rest.empty())
      out += element("details", {}, element("summary", {}, page.say("more-values", {print_number(all.size() - kWordings)})),
                     element("ol", {{"class", "wordings"}}, rest));
    return out;
  };
  if (!p.similar.empty()) body += list(p.similar, false);
  if (!p.runs.empty())
    body += element("details", {{"class", "runs"}, {"open", p.similar.empty()}},
                    element("summary", {}, print_count(page.say, p.runs.size(), "one-shares", "n-share")), list(p.runs, true));
  if (!p.translations.empty()) {
    Html items;
    for (size_t i = 0; i < std::min(kWordings, p.translations.size()); ++i) {
      const auto& t = p.translations[i];
      const auto symbol = t.id.substr(0, t.id.find('@'));
      items += element("li", {}, element("p", {{"class", "quote"}, {"lang", language_tag(t.lang)}}, t.text),
                       element("p", {{"class", "source"}}, link(page.to_document(symbol, t.id.substr(t.id.find('#') + 1)), symbol),
                               element("time", {}, print_day(t.date, page.zh())), element("span", {}, print_count(page.say, t.uses, "one-use", "n-uses"))));
    }
    body +=
        element("details", {{"class", "translations"}, {"open", true}},
                element("summary", {}, page.say(p.translations[0].lang == Language::zh ? Word("in-chinese") : Word("in-english"))), element("ol", {}, items));
  }
  return element("section", {{"class", "precedent"}}, body);
}

// The text of a paragraph that the reader came from: SYMBOL@LANG#FRAGMENT.
std::string text_of(const Page& page, const std::string& id) {
  const size_t at = id.rfind('@'), hash = id.find('#', at == std::string::npos ? 0 : at);
  if (at == std::string::npos || hash == std::string::npos) return {};
  const auto lang = parse_language(id.substr(at + 1, hash - at - 1));
  const auto there = lang ? page.searcher->find(id.substr(0, at), *lang) : std::nullopt;
  if (!there) return {};
  for (const auto& p : page.searcher->document(*there).paragraphs)
    if (p.fragment == id.substr(hash + 1)) return p.text;
  return {};
}

}  // namespace

Response show_draft(const Page& page) {
  const auto& say = page.say;
  std::string text;
  Parameters filters;
  const bool posted = page.request.method == "POST";
  if (posted) {
    const auto form = parse_query_string(page.request.body);
    if (const auto* p = std::get_if<Problem>(&form)) return print_problem_page(page, *p);
    for (const auto& [name, value] : std::get<Parameters>(form))
      if (name == "draft")
        text = value;
      else if (!value.empty())
        filters.emplace_back(name, value);
  } else {
    text = text_of(page, page.value("of"));
  }
  const auto filter = [&](const char* name) {
    for (const auto& [n, v] : filters)
      if (n == name) return v;
    return std::string();
  };
  Html choices;
  for (const Field field : {Field::body, Field::committee}) {
    search::SearchRequest all;
    all.limit = 0;
    all.facets = {field};
    const auto counted = page.searcher->search(all);
    Html options = element("option", {{"value", ""}}, say("any"));
    for (const auto& v : counted.facets[0].values)
      options += element("option", {{"value", v.value}, {"selected", v.value == filter(info(field).name)}}, value_label(field, v.value, page.zh()));
    choices += element("label", {}, element("span", {}, say(facet_word(field))), element("select", {{"name", info(field).name}}, options));
  }
  for (const auto& [name, word] : {std::pair{"date_from", Word("from")}, {"date_to", Word("to")}})
    choices += element(
        "label", {}, element("span", {}, say(word)),
        element("input", {{"name", name}, {"value", filter(name)}, {"inputmode", "numeric"}, {"size", "10"}, {"maxlength", "10"}, {"placeholder", "2019"}}));
  Html form = element("label", {{"for", "draft"}}, say("draft-label"));
  form += element("textarea",
                  {{"id", "draft"},
                   {"name", "draft"},
                   {"rows", posted ? "6" : "10"},
                   {"maxlength", "80000"},
                   {"spellcheck", "false"},
                   {"aria-describedby", "draft-help"},
                   {"lang", language_tag_of(text)},
                   {"data-of", page.value("of")}},
                  text);
  form += element("p", {{"class", "muted"}, {"id", "draft-help"}}, say("draft-help"), " ", element("span", {{"id", "draft-state"}, {"role", "status"}}, ""));
  form += element("div", {{"class", "draft-filters"}}, choices);
  form += element("p", {{"class", "offers"}}, element("button", {{"type", "submit"}, {"class", "button strong"}}, say("draft-go")));
  Html main = element("h1", {}, say("agreed-language"));
  main += element("p", {{"class", "lead"}}, say("way-draft-text"));
  main += element("form", {{"class", "draft"}, {"method", "post"}, {"action", page.to("agreed-language")}, {"id", "draft-form"}}, form);
  if (!text::tidy(text).empty() && (posted || !page.value("of").empty())) {
    search::PrecedentRequest request;
    request.text = text;
    request.limit = 20;
    auto parsed = parse_search(filters);
    if (auto* p = std::get_if<Problem>(&parsed)) return print_problem_page(page, *p);
    request.filters = std::move(std::get<search::SearchRequest>(parsed));
    const auto result = search::find_precedents(*page.searcher, request);
    Html found;
    for (const auto& n : result.notices) found += element("p", {{"class", "notice"}}, print_notice(n, page.zh()));
    found += overview(page, result);
    found += references(page, search::check_citations(*page.searcher, text, today()));
    found += element("p", {{"class", "legend"}}, element("ins", {}, say("legend-yours")), " ", element("del", {}, say("legend-earlier")));
    for (size_t i = 0; i < result.paragraphs.size(); ++i) found += paragraph(page, result.paragraphs[i], i + 1);
    main += element("div", {{"id", "precedents"}, {"tabindex", "-1"}, {"role", "region"}, {"aria-label", say("results")}}, found);
  } else if (posted) {
    main += element("p", {{"class", "notice"}}, say("draft-empty"));
  }
  return print_page(page, {"draft",
                           std::string(say("agreed-language")),
                           std::string(say("way-draft-text")),
                           element("div", {{"class", "precedents plain"}}, main),
                           200,
                           posted ? "" : "/agreed-language",
                           {},
                           true});
}

}  // namespace resolute::http
