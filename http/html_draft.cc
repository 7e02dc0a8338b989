// Agreed language: where the wording of a draft was used before. A form that is posted, so that it works
// without script.
#include <algorithm>

#include "http/draft_json.h"
#include "http/draft_word.h"
#include "http/html_notices.h"
#include "http/html_pages.h"
#include "http/html_text.h"
#include "http/multipart.h"
#include "http/word_file.h"
#include "schemas/ascii.h"
#include "schemas/clock.h"
#include "search/drafting/citation_check.h"
#include "search/drafting/precedent.h"
#include "text/encoding.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

constexpr size_t kWordings = 5, kMostBases = 5;

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

// Each paragraph in a line: how often it was used, how like the best wording is, when.
Html overview(const Page& page, const search::PrecedentResult& result) {
  Years years;
  for (const auto& p : result.paragraphs)
    if (const auto at = p.counts.find(Field::year); at != p.counts.end()) years.take(at->second);
  Html rows;
  for (size_t i = 0; i < result.paragraphs.size(); ++i) {
    const auto& p = result.paragraphs[i];
    const auto& found = p.similar.empty() ? p.near : p.similar;
    const int alike = found.empty() ? 0 : static_cast<int>(found[0].similarity * 100);
    const std::string number = std::to_string(i + 1);
    // As many bytes as fit a line, but no part of a character.
    size_t cut = std::min<size_t>(p.paragraph.text.size(), p.paragraph.lang == Language::zh ? 90 : 80);
    while (cut < p.paragraph.text.size() && (p.paragraph.text[cut] & 0xC0) == 0x80) --cut;
    // Nor of a word.
    if (const size_t space = p.paragraph.text.rfind(' ', cut); cut < p.paragraph.text.size() && space != std::string::npos && space + 20 > cut) cut = space;
    const std::string start = p.paragraph.text.substr(0, cut);
    rows += element(
        "tr", {}, element("th", {{"scope", "row"}}, link("#draft-" + number, number)),
        element("td", {{"lang", language_tag(p.paragraph.lang)}}, link("#draft-" + number, start + (start.size() < p.paragraph.text.size() ? "…" : ""))),
        element("td", {{"class", "figure"}}, print_number(p.uses)), element("td", {{"class", "figure"}}, alike ? std::to_string(alike) + "%" : "–"),
        element("td", {{"class", "figure"}}, p.first ? p.first->date.substr(0, 4) : "–"),
        element("td", {}, p.counts.contains(Field::year) ? line_of_time(p.counts.at(Field::year), years) : Html()),
        element("td", {{"class", "figure"}}, p.last ? p.last->date.substr(0, 4) : "–"));
  }
  Html head;
  for (const Word w :
       {Word("number-sign"), Word("draft-paragraph"), Word("earlier-uses"), Word("most-alike"), Word("first-use"), Word("when-used"), Word("last-use")})
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

// The beginning of a paragraph as a query of its words.
std::string words_of(const std::string& text) {
  size_t bytes = std::min<size_t>(text.size(), 240);
  while (bytes < text.size() && (text[bytes] & 0xC0) == 0x80) --bytes;
  std::string out = text.substr(0, bytes);
  if (const size_t space = out.rfind(' '); bytes < text.size() && space != std::string::npos && space > 120) out.resize(space);
  for (char& c : out)
    if (std::string_view("\"():;*?+-").find(c) != std::string_view::npos) c = ' ';
  return text::tidy(out);
}

Html paragraph(const Page& page, const search::ParagraphPrecedents& p, size_t number) {
  const std::string n = std::to_string(number);
  Html body = element("h2", {{"id", "draft-" + n}, {"tabindex", "-1"}}, page.say("paragraph-n", {n}));
  body += element("p", {{"class", "quote own"}, {"lang", language_tag(p.paragraph.lang)}}, p.paragraph.text);
  if (p.uses == 0)
    body += element("p", {{"class", "none"}},
                    page.say(!p.near.empty()  ? Word("only-near")
                             : p.runs.empty() ? Word("no-precedent")
                                              : Word("only-parts")),
                    " ", link(page.to("search", {{"q", words_of(p.paragraph.text)}, {"as", "words"}}), page.say("search-these-words")));
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
  for (const auto* found : {&p.similar, &p.near})
    if (!found->empty()) body += list(*found, false);
  if (!p.runs.empty())
    body += element("details", {{"class", "runs"}, {"open", p.similar.empty() && p.near.empty()}},
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

// What was sent.
struct DraftForm {
  std::string text;
  std::string notes;    // footnotes of a file, whose references are checked, too
  std::string from;     // the file that the text was read from; empty where it was typed
  std::string refused;  // why a file was not read
  std::string base;     // the resolution to compare with, as typed
  bool as_word = false;
  Parameters filters;

  std::string filter(std::string_view name) const {
    for (const auto& [n, v] : filters)
      if (n == name) return v;
    return "";
  }
};

// Whether a footnote is one that a Word file of this page has of itself (http/draft_word.cc).
bool is_own_note(const std::string& note) {
  for (const bool zh : {false, true}) {
    const Words say{zh};
    const auto alike = say("alike");
    const size_t hole = alike.find("{}");
    if (note.find(alike.substr(0, hole)) != std::string::npos && note.find(alike.substr(hole + 2)) != std::string::npos) return true;
    for (const Word said : {Word("no-precedent"), Word("only-parts")})
      if (note.find(say(said)) != std::string::npos) return true;
    for (const Word status : {Word("status-impossible"), Word("status-ambiguous"), Word("status-inconsistent")})
      if (note.find((zh ? "”：" : "”: ") + std::string(say(status))) != std::string::npos) return true;
  }
  return false;
}

// A draft that is a file: plain text, or what `read_draft` makes of it.
void take_file(const Page& page, const FormPart& part, DraftForm& form) {
  form.from = text::tidy(part.filename).substr(0, 200);
  DraftFile file;
  if (page.read_draft) {
    file = page.read_draft(std::string(part.content));
  } else if (auto decoded = text::decode(std::string(part.content))) {
    file.text = std::move(decoded->utf8);
  } else {
    file.reason = page.say("draft-only-text");
  }
  if (file.reason.empty() && file.text.size() > kMostDraftText) file.reason = page.say("draft-too-long", {std::to_string(kMostDraftText >> 10)});
  form.refused = file.reason;
  if (!file.reason.empty()) return;
  form.text = std::move(file.text);
  for (size_t at = 0; at < file.notes.size();) {
    const size_t end = std::min(file.notes.find("\n\n", at), file.notes.size());
    if (const auto note = file.notes.substr(at, end - at); !is_own_note(note)) form.notes += "\n\n" + note;
    at = end + 2;
  }
}

std::variant<DraftForm, Problem> read_form(const Page& page) {
  DraftForm out;
  const auto take = [&](const std::string& name, const std::string& value) {
    if (name == "draft")
      out.text = value;
    else if (name == "base")
      out.base = text::tidy(value);
    else if (name == "as")
      out.as_word = value == "docx";
    else if (!value.empty())
      out.filters.emplace_back(name, value);
  };
  if (!page.request.content_type.starts_with("multipart/")) {
    auto fields = parse_query_string(page.request.body);
    if (auto* p = std::get_if<Problem>(&fields)) return std::move(*p);
    for (const auto& [name, value] : std::get<Parameters>(fields)) take(name, value);
    return out;
  }
  const auto parts = parse_multipart(page.request.content_type, page.request.body);
  if (!parts) return Problem{400, "invalid-body", "The body is not well formed", "expected multipart/form-data", ""};
  const FormPart* file = nullptr;
  for (const auto& part : *parts) {
    if (part.name == "file") {
      if (!part.content.empty()) file = &part;
    } else if (text::first_invalid_utf8(part.content) != std::string::npos) {
      return Problem{400, "invalid-body", "The body is not well formed", "a field is not UTF-8", part.name};
    } else {
      take(part.name, std::string(part.content));
    }
  }
  if (file) take_file(page, *file, out);
  return out;
}

// What the draft was compared with, or can be.
struct Bases {
  std::optional<search::DraftBase> nearest;
  std::vector<std::string> others;
  std::string refused;  // what was asked for and is not held
};

// Which resolution the Word file is against, before it is asked for.
Html print_bases(const Page& page, const Bases& bases) {
  const auto& say = page.say;
  Html options, others;
  if (!bases.refused.empty())
    options += element("p", {{"class", "notice"}, {"role", "alert"}},
                       page.searcher->resolve(bases.refused).symbol.empty() ? say("no-symbol", {bases.refused}) : say("not-held", {bases.refused}));
  const auto entry = [&](const std::string& symbol) {
    const auto title = headline(*page.searcher, symbol, page.lang());
    return link(page.to_document(symbol), symbol) += element("span", {{"lang", title.lang}}, " " + title.text);
  };
  if (bases.nearest)
    options += element("p", {{"class", "muted"}}, say("draft-base-is"), " ", entry(bases.nearest->document.identifier), ". ",
                       bases.nearest->whole ? Html() : Html(say("draft-excerpt")));
  else if (bases.refused.empty())
    options += element("p", {{"class", "muted"}}, say("draft-name-base"));
  for (const auto& s : bases.others) others += element("li", {}, entry(s));
  if (!others.empty()) options += element("details", {{"class", "muted"}}, element("summary", {}, say("draft-base-others")), element("ul", {}, others));
  return options;
}

Html print_form(const Page& page, const DraftForm& form, const Bases* bases) {
  const bool answered = bases != nullptr;
  const auto& say = page.say;
  Html choices;
  for (const Field field : {Field::body, Field::committee}) {
    search::SearchRequest all;
    all.limit = 0;
    all.facets = {field};
    const auto counted = page.searcher->search(all);
    Html options = element("option", {{"value", ""}}, say("any"));
    for (const auto& v : counted.facets[0].values)
      options += element("option", {{"value", v.value}, {"selected", v.value == form.filter(info(field).name)}}, value_label(field, v.value, page.zh()));
    choices += element("label", {}, element("span", {}, say(facet_word(field))), element("select", {{"name", info(field).name}}, options));
  }
  for (const auto& [name, word] : {std::pair{"date_from", Word("from")}, {"date_to", Word("to")}})
    choices += element("label", {}, element("span", {}, say(word)),
                       element("input", {{"name", name},
                                         {"value", form.filter(name)},
                                         {"inputmode", "numeric"},
                                         {"size", "10"},
                                         {"maxlength", "10"},
                                         {"placeholder", name == std::string_view("date_to") ? "2025" : "2019"}}));
  Html out = element("label", {{"for", "draft"}}, say("draft-label"));
  out += element("textarea",
                 {{"id", "draft"},
                  {"name", "draft"},
                  {"rows", answered ? "6" : "10"},
                  {"maxlength", "200000"},
                  {"spellcheck", "false"},
                  {"aria-describedby", "draft-help"},
                  {"lang", language_tag_of(form.text)},
                  {"data-of", form.from.empty() ? page.value("of") : form.from}},
                 form.text);
  out += element("p", {{"class", "muted"}, {"id", "draft-help"}}, say("draft-help"), " ", element("span", {{"id", "draft-state"}, {"role", "status"}}, ""));
  out += element("p", {{"class", "draft-file"}}, element("label", {{"for", "draft-file"}}, say("draft-file")), " ",
                 element("input", {{"type", "file"}, {"id", "draft-file"}, {"name", "file"}, {"accept", ".docx,.pdf,.txt,.html,.htm,.xml,.md"}}));
  out += element("div", {{"class", "draft-filters"}}, choices);
  Html go = element("button", {{"type", "submit"}, {"class", "button strong"}}, say("draft-go"));
  out += element("p", {{"class", "offers"}}, go);
  // Where there is a draft, it can be taken along.
  if (answered) {
    Html known;
    if (bases->nearest) known += element("option", {{"value", bases->nearest->document.identifier}});
    for (const auto& s : bases->others) known += element("option", {{"value", s}});
    out += element("datalist", {{"id", "bases"}}, known);
    out += element("p", {{"class", "draft-word"}},
                   element("label", {}, element("span", {}, say("draft-base")), " ",
                           element("input", {{"name", "base"},
                                             {"value", form.base},
                                             {"size", "22"},
                                             {"maxlength", "80"},
                                             {"list", "bases"},
                                             {"placeholder", bases->nearest ? bases->nearest->document.identifier : std::string(say("draft-base-chosen"))}})),
                   " ", element("button", {{"type", "submit"}, {"class", "button"}, {"name", "as"}, {"value", "docx"}}, say("draft-as-word")));
    out += print_bases(page, *bases);
  }
  return element(
      "form", {{"class", "draft"}, {"method", "post"}, {"action", page.to("agreed-language")}, {"enctype", "multipart/form-data"}, {"id", "draft-form"}}, out);
}

// The resolution that a form names; nullopt where it is not held, or not in the draft's language.
std::optional<search::DraftBase> named_base(const Page& page, const DraftForm& form, const search::PrecedentRequest& request,
                                            const search::PrecedentResult& result) {
  const auto resolved = page.searcher->resolve(form.base);
  return resolved.known ? search::find_base(*page.searcher, request, result, resolved.symbol) : std::nullopt;
}

Response word_answer(const Page& page, const search::PrecedentResult& result, const search::DraftBase* base,
                     const std::vector<search::CheckedCitation>& checked) {
  Response r{200, kWordType, {}, print_draft_word(page.say, *page.searcher, result, base, checked, now_iso())};
  std::string name = "agreed-language";
  if (base)
    for (const char c : "-" + base->document.identifier) name += is_alnum(c) ? c : '-';
  r.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + ".docx\"");
  r.headers.emplace_back("Cache-Control", "no-store");
  return r;
}

}  // namespace

Response show_draft(const Page& page) {
  const auto& say = page.say;
  DraftForm form;
  const bool posted = page.request.method == "POST";
  if (posted) {
    auto read = read_form(page);
    if (const auto* p = std::get_if<Problem>(&read)) return print_problem_page(page, *p);
    form = std::move(std::get<DraftForm>(read));
  } else {
    form.text = text_of(page, page.value("of"));
  }
  const bool asked = !text::tidy(form.text).empty() && (posted || !page.value("of").empty());
  Html found;
  Bases bases;
  if (asked) {
    search::PrecedentRequest request;
    request.text = form.text;
    request.limit = 20;
    auto parsed = parse_search(form.filters);
    if (auto* p = std::get_if<Problem>(&parsed)) return print_problem_page(page, *p);
    request.filters = std::move(std::get<search::SearchRequest>(parsed));
    const auto result = search::find_precedents(*page.searcher, request);
    const auto checked = search::check_citations(*page.searcher, form.text + form.notes, today());
    if (!form.base.empty()) {
      bases.nearest = named_base(page, form, request, result);
      if (!bases.nearest) bases.refused = form.base;
    } else {
      bases.nearest = search::find_base(*page.searcher, request, result, "");
    }
    if (form.as_word && bases.refused.empty()) return word_answer(page, result, bases.nearest ? &*bases.nearest : nullptr, checked);
    for (const auto& s : search::near_documents(result, kMostBases))
      if (!bases.nearest || s != bases.nearest->document.identifier) bases.others.push_back(s);
    if (!form.from.empty() && form.refused.empty())
      found += element("p", {{"class", "muted"}}, say("draft-read", {form.from, print_count(say, result.paragraphs.size(), "one-paragraph", "n-paragraphs")}));
    for (const auto& n : result.notices) found += element("p", {{"class", "notice"}}, print_notice(n, page.zh()));
    found += overview(page, result);
    found += references(page, checked);
    found += element("p", {{"class", "legend"}}, element("ins", {}, say("legend-yours")), " ", element("del", {}, say("legend-earlier")));
    for (size_t i = 0; i < result.paragraphs.size(); ++i) found += paragraph(page, result.paragraphs[i], i + 1);
  }
  Html main = element("h1", {}, say("agreed-language"));
  main += element("p", {{"class", "lead"}}, say("way-draft-text"));
  main += print_form(page, form, asked ? &bases : nullptr);
  if (!form.refused.empty())
    main += element("p", {{"class", "notice"}, {"role", "alert"}}, say("draft-unread", {form.from}), " ", print_trouble(form.refused, page.zh()));
  if (asked)
    main += element("div", {{"id", "precedents"}, {"tabindex", "-1"}, {"role", "region"}, {"aria-label", say("results")}}, found);
  else if (posted && form.refused.empty())
    main += element("p", {{"class", "notice"}}, say("draft-empty"));
  return print_page(page, {"draft",
                           std::string(say("agreed-language")),
                           std::string(say("way-draft-text")),
                           element("div", {{"class", "precedents plain"}}, main),
                           bases.refused.empty() ? 200 : 404,
                           posted ? "" : "/agreed-language",
                           {},
                           true});
}

}  // namespace resolute::http
