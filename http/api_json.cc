#include "http/api_json.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "http/html_page.h"
#include "schemas/document_json.h"
#include "search/drafting/paragraph_citations.h"
#include "text/treatment.h"

namespace resolute::http {

using nlohmann::ordered_json;

ordered_json text_or_null(const std::string& s) { return s.empty() ? ordered_json(nullptr) : ordered_json(s); }

double rounded(double similarity) { return std::round(similarity * 10000) / 10000; }

ordered_json print_reference(const search::Searcher& searcher, const std::string& symbol) {
  ordered_json o;
  o["symbol"] = symbol;
  const auto& g = searcher.generation();
  auto at = searcher.find(symbol, Language::en);
  if (!at) at = searcher.find(symbol, std::nullopt);
  o["known"] = at.has_value();
  if (at) {
    o["title"] = text_or_null(std::string(g.segment(*at).title(at->document)));
    o["date"] = text_or_null(print_date(g.date(*at)));
    o["cited_by"] = g.standing(*at).cited_by;
  } else {
    o["title"] = nullptr;
    o["date"] = nullptr;
  }
  return o;
}

// Bytes to code points, in one pass over the text for all spans.
ordered_json print_spans(const std::string& text, const std::vector<Span>& spans) {
  ordered_json out = ordered_json::array();
  size_t byte = 0, point = 0;
  const auto advance = [&](size_t to) {
    for (; byte < to && byte < text.size(); ++byte) point += (text[byte] & 0xC0) != 0x80;
    return point;
  };
  for (const auto& s : spans) {
    const size_t begin = advance(s.begin);
    out.push_back({begin, advance(s.end)});
  }
  return out;
}

std::string dump(const ordered_json& json) { return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

ordered_json print_facets(const std::vector<Facet>& facets) {
  ordered_json out = ordered_json::object();
  for (const auto& facet : facets) {
    auto& list = out[info(facet.field).name] = ordered_json::array();
    for (const auto& v : facet.values)
      list.push_back({{"value", v.value},
                      {"label", {{"en", label(facet.field, v.value, false)}, {"zh", label(facet.field, v.value, true)}}},
                      {"count", v.count},
                      {"selected", v.selected}});
  }
  return out;
}

ordered_json print_result(const SearchResult& r, double took_ms) {
  ordered_json o;
  o["query"] = {{"understood", r.understood}, {"notices", r.notices}};
  if (!r.did_you_mean.empty()) o["query"]["did_you_mean"] = r.did_you_mean;
  if (!r.near_symbols.empty()) o["query"]["near_symbols"] = r.near_symbols;
  o["index"] = {{"revision", r.revision}, {"documents", r.documents}, {"paragraphs", r.paragraphs}};
  o["total"] = {{"value", r.total}, {"relation", r.partial ? "at-least" : "exact"}, {"documents", r.total_documents}, {"works", r.total_works}};
  if (r.partial) o["partial"] = {"time"};
  o["took_ms"] = std::round(took_ms * 100) / 100;
  auto& matches = o["matches"] = ordered_json::array();
  for (const auto& m : r.matches) {
    ordered_json j;
    j["id"] = m.id;
    j["symbol"] = m.symbol;
    j["lang"] = print_language(m.lang);
    j["title"] = text_or_null(m.title);
    j["date"] = text_or_null(m.date);
    j["body"] = text_or_null(print_body(m.body));
    j["type"] = print_type(m.type);
    j["committee"] = m.committee;
    j["score"] = m.score;
    j["url"] = paragraph_address("", m.symbol, m.lang, m.fragment);
    j["paragraph"] = {{"id", m.id},
                      {"kind", print_kind(m.kind)},
                      {"number", text_or_null(m.number)},
                      {"label", print_label(m.kind, m.fragment, m.number)},
                      {"action", text_or_null(m.action)},
                      {"text", m.text}};
    auto& snippets = j["snippets"] = ordered_json::array();
    for (const auto& s : m.snippets) snippets.push_back({{"text", s.text}, {"highlights", print_spans(s.text, s.highlights)}});
    if (m.parallel)
      j["parallel"] = {{"id", m.parallel->id}, {"lang", print_language(m.parallel->lang)}, {"text", m.parallel->text}};
    else
      j["parallel"] = nullptr;
    j["cited_by"] = m.cited_by;
    if (m.repeats) {
      const auto use = [](const Match::Repeats::Use& u) { return ordered_json{{"id", u.id}, {"date", text_or_null(u.date)}}; };
      j["repeats"] = {{"count", m.repeats->count}, {"first", use(m.repeats->first)}, {"last", use(m.repeats->last)}};
    }
    if (m.paragraphs_matched) j["paragraphs_matched"] = m.paragraphs_matched;
    if (!m.also.empty()) {
      auto& also = j["paragraphs"] = ordered_json::array();
      for (const auto& a : m.also)
        also.push_back({{"id", a.id},
                        {"kind", print_kind(a.kind)},
                        {"label", print_label(a.kind, a.id.substr(a.id.rfind('#') + 1), a.number)},
                        {"snippets", {{{"text", a.snippet.text}, {"highlights", print_spans(a.snippet.text, a.snippet.highlights)}}}}});
    }
    if (!m.explanation.empty()) {
      auto& parts = j["explanation"] = ordered_json::array();
      for (const auto& p : m.explanation) parts.push_back({{"what", p.what}, {"value", p.value}});
    }
    matches.push_back(std::move(j));
  }
  o["facets"] = print_facets(r.facets);
  if (!r.next.empty()) o["next"] = r.next;
  return o;
}

ordered_json print_problem(const Problem& p) {
  ordered_json o;
  o["type"] = "urn:resolute:problem:" + p.type;
  o["title"] = p.title;
  o["status"] = p.status;
  if (!p.detail.empty()) o["detail"] = p.detail;
  if (!p.parameter.empty()) o["parameter"] = p.parameter;
  return o;
}

ordered_json print_document_answer(const search::Searcher& searcher, const search::DocumentRef& at, std::optional<Language> parallel) {
  const Document d = searcher.document(at);
  ordered_json base = print_document(d);
  ordered_json o;
  o["id"] = d.id();
  for (auto& [key, value] : base.items())
    if (key != "path" && key != "paragraphs") o[key] = std::move(value);  // where a file lay is the server's own business
  auto& languages = o["languages"] = ordered_json::array();
  for (const auto& version : searcher.generation().find(d.identifier)) languages.push_back(print_language(searcher.generation().lang(version)));
  o["cited_by"] = searcher.generation().standing(at).cited_by;
  std::map<std::string, const Paragraph*> others;
  Document sibling;
  const bool with_other = parallel && *parallel == other_language(d.lang);
  if (with_other)
    if (const auto there = searcher.find(d.identifier, *parallel)) {
      sibling = searcher.document(*there);
      for (const auto& p : sibling.paragraphs) others[p.fragment] = &p;
      o["parallel_id"] = sibling.id();
      o["parallel_title"] = text_or_null(sibling.title);
    }
  auto& paragraphs = base["paragraphs"];
  for (size_t i = 0; i < d.paragraphs.size(); ++i) {
    auto& p = paragraphs[i];
    p["label"] = print_label(d.paragraphs[i].kind, d.paragraphs[i].fragment, d.paragraphs[i].number);
    if (with_other) {
      const auto it = others.find(d.paragraphs[i].parallel);
      if (it == others.end()) {
        p["parallel"] = nullptr;
      } else {
        p["parallel"] = {{"id", sibling.id() + "#" + it->first},
                         {"lang", print_language(sibling.lang)},
                         {"text", it->second->text},
                         {"confidence", d.paragraphs[i].parallel_confidence / 100.0}};
        it->second = nullptr;
      }
    }
    for (auto& c : p["citations"]) c["known"] = !searcher.generation().find(c["symbol"].get<std::string>()).empty();
  }
  o["paragraphs"] = std::move(paragraphs);
  if (with_other) {
    // What stands only in the other language.
    auto& rest = o["parallel_only"] = ordered_json::array();
    for (const auto& p : sibling.paragraphs)
      if (const auto it = others.find(p.fragment); it != others.end() && it->second)
        rest.push_back(
            {{"id", sibling.id() + "#" + p.fragment}, {"kind", print_kind(p.kind)}, {"label", print_label(p.kind, p.fragment, p.number)}, {"text", p.text}});
  }
  return o;
}

namespace {

// One paragraph's use of a document: how, in both languages.
ordered_json print_use(const std::string& id, const std::string& treatment) {
  ordered_json o = {{"id", id}, {"treatment", text_or_null(treatment)}};
  if (!treatment.empty()) o["label"] = {{"en", text::treatment_label(treatment, false)}, {"zh", text::treatment_label(treatment, true)}};
  return o;
}

}  // namespace

ordered_json print_links(const search::Searcher& searcher, const std::string& symbol, search::Direction direction, int depth) {
  ordered_json o;
  o["symbol"] = symbol;
  auto& list = o["citations"] = ordered_json::array();
  for (const auto& link : search::citation_links(searcher, symbol, direction)) {
    auto r = print_reference(searcher, link.symbol);
    r["treatments"] = link.treatments;
    auto &paragraphs = r["paragraphs"] = ordered_json::array(), &uses = r["uses"] = ordered_json::array();
    for (const auto& use : link.uses) {
      paragraphs.push_back(use.id);
      uses.push_back(print_use(use.id, use.treatment));
    }
    list.push_back(std::move(r));
  }
  o["total"] = list.size();
  if (depth == 1) return o;
  const auto closure = search::citation_closure(searcher.generation(), symbol, direction, depth);
  auto& further = o["further"] = ordered_json::array();
  for (const auto& reached : closure.further) {
    auto r = print_reference(searcher, reached.symbol);
    r["depth"] = reached.depth;
    r["through"] = reached.through;
    further.push_back(std::move(r));
  }
  o["depth"] = depth;
  o["complete"] = closure.complete;
  return o;
}

ordered_json print_paragraph_cited_by(const search::Searcher& searcher, const std::string& symbol, Language lang, const std::string& fragment) {
  const auto& g = searcher.generation();
  const auto at = *g.find(symbol, lang);
  std::string number;
  for (const ParagraphId p : g.segment(at).paragraphs_of(at.document))
    if (g.segment(at).fragment(p) == fragment) number = g.segment(at).number(p);
  ordered_json o;
  o["id"] = symbol + "@" + print_language(lang) + "#" + fragment;
  o["symbol"] = symbol;
  o["number"] = text_or_null(number);
  auto& list = o["paragraphs"] = ordered_json::array();
  for (const auto& c : search::paragraph_citations(searcher, symbol, number))
    list.push_back({{"id", c.id}, {"treatment", text_or_null(c.treatment)}, {"text", c.text}});
  o["total"] = list.size();
  return o;
}

ordered_json print_resolved(const search::Searcher& searcher, const std::string& ref) {
  const auto r = searcher.resolve(ref);
  ordered_json o;
  o["ref"] = ref;
  o["symbol"] = text_or_null(r.symbol);
  o["known"] = r.known;
  o["candidates"] = r.candidates;
  if (!r.fragment.empty()) o["fragment"] = r.fragment;
  if (!r.also.empty()) o["also"] = r.also;
  if (r.known) {
    o["document"] = print_reference(searcher, r.symbol);
    auto& languages = o["languages"] = ordered_json::array();
    for (const auto& version : searcher.generation().find(r.symbol)) languages.push_back(print_language(searcher.generation().lang(version)));
  }
  return o;
}

}  // namespace resolute::http
