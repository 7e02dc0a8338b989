#include "schemas/document_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "schemas/body.h"
#include "schemas/symbol.h"

namespace resolute {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// A field of another type is an input error, not a reason to throw.
struct Fault {
  std::string detail;
};

std::string text_of(const json& o, const char* key) {
  const auto it = o.find(key);
  if (it == o.end() || it->is_null()) return "";
  if (it->is_string()) return it->get<std::string>();
  if (it->is_number_integer()) return std::to_string(it->get<long long>());
  throw Fault{std::string(key) + " is not a string"};
}

std::vector<std::string> texts_of(const json& o, const char* key) {
  const auto it = o.find(key);
  if (it == o.end() || it->is_null()) return {};
  if (it->is_string()) return {it->get<std::string>()};
  if (!it->is_array()) throw Fault{std::string(key) + " is not a list of strings"};
  std::vector<std::string> out;
  for (const auto& v : *it) {
    if (!v.is_string()) throw Fault{std::string(key) + " is not a list of strings"};
    out.push_back(v.get<std::string>());
  }
  return out;
}

// {"code", "text", "values"}, or a sentence alone.
std::vector<Warning> warnings_of(const json& o) {
  const auto it = o.find("warnings");
  if (it == o.end() || it->is_null()) return {};
  if (it->is_string()) return {{WarningCode::other, {it->get<std::string>()}}};
  if (!it->is_array()) throw Fault{"warnings is not a list"};
  std::vector<Warning> out;
  for (const auto& w : *it) {
    if (w.is_string())
      out.push_back({WarningCode::other, {w.get<std::string>()}});
    else if (w.is_object())
      out.push_back(make_warning(text_of(w, "code"), texts_of(w, "values"), text_of(w, "text")));
    else
      throw Fault{"a warning is no object"};
  }
  return out;
}

std::optional<int> number_of(const json& o, const char* key) {
  const auto it = o.find(key);
  if (it == o.end() || it->is_null()) return std::nullopt;
  if (!it->is_number_integer() || it->get<long long>() < 0 || it->get<long long>() > 1000) throw Fault{std::string(key) + " is not a count"};
  return it->get<int>();
}

ordered_json vote_json(const Vote& vote) {
  ordered_json o = ordered_json::object();
  if (vote.outcome) o["outcome"] = print_outcome(*vote.outcome);
  if (vote.yes) o["yes"] = *vote.yes;
  if (vote.no) o["no"] = *vote.no;
  if (vote.abstain) o["abstain"] = *vote.abstain;
  if (!vote.voters.empty()) o["voters"] = vote.voters;
  return o;
}

Vote read_vote(const json& o) {
  Vote vote;
  const auto it = o.find("vote");
  if (it == o.end() || it->is_null()) return vote;
  if (!it->is_object()) throw Fault{"vote is not an object"};
  const auto outcome = text_of(*it, "outcome");
  if (!outcome.empty()) {
    vote.outcome = parse_outcome(outcome);
    if (!vote.outcome) throw Fault{"vote.outcome \"" + outcome + "\" is unknown"};
  }
  vote.yes = number_of(*it, "yes");
  vote.no = number_of(*it, "no");
  vote.abstain = number_of(*it, "abstain");
  if (const auto v = it->find("voters"); v != it->end() && !v->is_null()) {
    if (!v->is_object()) throw Fault{"vote.voters is not an object"};
    for (const auto& [state, how] : v->items()) {
      if (!how.is_string()) throw Fault{"vote.voters has a value that is no string"};
      const auto h = how.get<std::string>();
      if (h != "yes" && h != "no" && h != "abstain") throw Fault{"vote.voters has \"" + h + "\""};
      vote.voters.emplace(state, h);
    }
  }
  return vote;
}

bool has_bad_identifier_character(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](unsigned char c) { return c <= 0x20 || c == '@' || c == '#' || c == 0x7F; });
}

// Where a paragraph's footnotes are referred to; `places` has the paragraphs by their fragments. Of what is not there nothing is kept.
void read_notes(const json& o, const std::map<std::string, size_t>& places, Paragraph& p) {
  const auto it = o.find("notes");
  if (it == o.end() || it->is_null()) return;
  if (!it->is_array()) throw Fault{"notes is not a list"};
  size_t characters = 0, bytes = 0;
  for (const auto& n : *it) {
    if (!n.is_object() || !n.contains("at") || !n["at"].is_number_unsigned()) throw Fault{"a note is not {\"at\", \"id\"}"};
    const auto id = text_of(n, "id");
    const auto at = n["at"].get<size_t>();
    if (at < characters) throw Fault{"notes are not in their order"};
    bytes += byte_offset(std::string_view(p.text).substr(bytes), at - characters);
    characters = at;
    if (const auto place = places.find(id.substr(id.rfind('#') + 1)); place != places.end())
      p.notes.push_back({static_cast<uint32_t>(bytes), static_cast<uint32_t>(place->second)});
  }
}

Paragraph read_paragraph(const json& o, size_t ordinal, std::string_view own) {
  if (!o.is_object()) throw Fault{"paragraph " + std::to_string(ordinal) + " is not an object"};
  Paragraph p;
  p.text = text_of(o, "text");
  if (p.text.empty()) throw Fault{"paragraph " + std::to_string(ordinal) + " has no text"};
  const auto id = text_of(o, "id");
  const auto hash = id.rfind('#');
  p.fragment = hash == std::string::npos ? id : id.substr(hash + 1);
  if (has_bad_identifier_character(p.fragment)) throw Fault{"paragraph id \"" + p.fragment + "\" has a space, @ or #"};
  const auto kind = text_of(o, "kind");
  if (!kind.empty()) {
    const auto k = parse_kind(kind);
    if (!k) throw Fault{"paragraph kind \"" + kind + "\" is unknown"};
    p.kind = *k;
  }
  p.number = text_of(o, "number");
  p.action = text_of(o, "action");
  if (const auto it = o.find("parallel"); it != o.end() && !it->is_null()) {
    std::string parallel = it->is_object() ? text_of(*it, "id") : text_of(o, "parallel");
    const auto at = parallel.rfind('#');
    p.parallel = at == std::string::npos ? parallel : parallel.substr(at + 1);
    if (const auto c = o.find("parallel_confidence"); !p.parallel.empty() && c != o.end() && c->is_number())
      p.parallel_confidence = static_cast<uint8_t>(std::lround(std::clamp(c->get<double>(), 0.0, 1.0) * 100));
  }
  if (const auto it = o.find("citations"); it != o.end() && it->is_array())
    for (const auto& c : *it) {
      if (!c.is_object()) throw Fault{"a citation is not an object"};
      Citation citation;
      const auto symbol = text_of(c, "symbol");
      const auto parsed = parse_symbol(symbol);
      citation.symbol = parsed ? parsed->text() : symbol;
      if (citation.symbol.empty() || citation.symbol == own) continue;
      citation.treatment = text_of(c, "treatment");
      if (const auto s = c.find("span"); s != c.end() && s->is_array() && s->size() == 2 && (*s)[0].is_number_unsigned() && (*s)[1].is_number_unsigned()) {
        citation.span.begin = static_cast<uint32_t>(byte_offset(p.text, (*s)[0].get<size_t>()));
        citation.span.end = static_cast<uint32_t>(byte_offset(p.text, (*s)[1].get<size_t>()));
        if (citation.span.begin > citation.span.end) throw Fault{"a citation's span ends before it begins"};
      }
      p.citations.push_back(std::move(citation));
    }
  return p;
}

}  // namespace

size_t code_points(std::string_view text, size_t at) {
  size_t n = 0;
  for (size_t i = 0; i < std::min(at, text.size()); ++i) n += (text[i] & 0xC0) != 0x80;
  return n;
}

size_t byte_offset(std::string_view text, size_t code_point) {
  size_t i = 0;
  for (; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80 && code_point-- == 0) break;
  return i;
}

ordered_json print_document(const Document& d) {
  ordered_json o;
  o["path"] = d.path;
  o["symbol"] = d.identifier;
  o["lang"] = print_language(d.lang);
  const auto put = [&](const char* key, const std::string& value) { o[key] = value.empty() ? ordered_json(nullptr) : ordered_json(value); };
  put("title", d.title);
  put("date", d.date);
  put("body", print_body(d.body));
  o["type"] = print_type(d.type);
  put("session", d.session);
  put("meeting", d.meeting);
  o["agenda"] = d.agenda;
  o["committee"] = d.committee;
  o["subjects"] = d.subjects;
  o["vote"] = vote_json(d.vote);
  auto& paragraphs = o["paragraphs"] = ordered_json::array();
  for (const auto& p : d.paragraphs) {
    ordered_json q;
    q["id"] = d.id() + "#" + p.fragment;
    q["kind"] = print_kind(p.kind);
    q["number"] = p.number.empty() ? ordered_json(nullptr) : ordered_json(p.number);
    q["text"] = p.text;
    q["action"] = p.action.empty() ? ordered_json(nullptr) : ordered_json(p.action);
    if (p.parallel.empty()) {
      q["parallel"] = nullptr;
    } else {
      q["parallel"] = d.identifier + (d.lang == Language::zh ? "@en#" : "@zh#") + p.parallel;
      q["parallel_confidence"] = p.parallel_confidence / 100.0;
    }
    auto& citations = q["citations"] = ordered_json::array();
    for (const auto& c : p.citations) {
      ordered_json e;
      e["symbol"] = c.symbol;
      e["span"] = {code_points(p.text, c.span.begin), code_points(p.text, c.span.end)};
      e["treatment"] = c.treatment.empty() ? ordered_json(nullptr) : ordered_json(c.treatment);
      citations.push_back(std::move(e));
    }
    for (const auto& n : p.notes)
      if (n.note < d.paragraphs.size()) q["notes"].push_back({{"at", code_points(p.text, n.at)}, {"id", d.id() + "#" + d.paragraphs[n.note].fragment}});
    paragraphs.push_back(std::move(q));
  }
  o["citations"] = cited_works(d);
  o["concerns"] = d.concerns;
  o["drafts"] = d.drafts;
  o["sponsors"] = d.sponsors;
  o["additional_sponsors"] = d.additional_sponsors;
  put("based_on", d.based_on);
  put("amends", d.amends);
  put("issued", d.issued);
  put("form", d.form);
  o["unplaced"] = d.unplaced;
  if (!d.furniture.empty()) {
    auto& furniture = o["furniture"] = ordered_json::array();
    for (const auto& f : d.furniture) furniture.push_back({{"class", f.name}, {"text", f.text}});
  }
  auto& warnings = o["warnings"] = ordered_json::array();
  for (const auto& w : d.warnings) warnings.push_back({{"code", name_of(w.code)}, {"text", say(w)}, {"values", w.values}});
  return o;
}

std::variant<Document, Rejection> parse_document(const json& o) {
  try {
    if (!o.is_object()) throw Fault{"not a JSON object"};
    Document d;
    d.path = text_of(o, "path");
    const auto symbol = text_of(o, "symbol");
    if (symbol.empty()) throw Fault{"symbol is missing"};
    const auto parsed = parse_symbol(symbol);
    d.identifier = parsed ? parsed->text() : symbol;
    if (has_bad_identifier_character(d.identifier)) throw Fault{"identifier \"" + symbol + "\" has a space, @ or #"};
    if (d.identifier.size() > 200) throw Fault{"identifier is longer than 200 bytes"};
    const auto lang = text_of(o, "lang");
    if (lang.empty()) throw Fault{"lang is missing"};
    const auto language = parse_language(lang);
    if (!language) return Rejection{d.path, "unsupported-language", "lang \"" + lang + "\" is not zh or en", ""};
    d.lang = *language;
    d.title = text_of(o, "title");
    d.date = text_of(o, "date");
    if (!d.date.empty() && !parse_date(d.date)) throw Fault{"date \"" + d.date + "\" is not a date"};
    const auto body = text_of(o, "body");
    if (!body.empty()) {
      const auto b = parse_body(body);
      if (!b) throw Fault{"body \"" + body + "\" is unknown"};
      d.body = *b;
    } else if (parsed) {
      d.body = parsed->body();
    }
    const auto type = text_of(o, "type");
    if (!type.empty()) {
      const auto t = parse_type(type);
      if (!t) throw Fault{"type \"" + type + "\" is unknown"};
      d.type = *t;
    } else if (parsed) {
      d.type = parsed->type().value_or(DocumentType::other);
    }
    d.session = text_of(o, "session");
    d.meeting = text_of(o, "meeting");
    d.agenda = texts_of(o, "agenda");
    d.committee = texts_of(o, "committee");
    d.subjects = texts_of(o, "subjects");
    d.concerns = texts_of(o, "concerns");
    d.drafts = texts_of(o, "drafts");
    d.sponsors = texts_of(o, "sponsors");
    d.additional_sponsors = texts_of(o, "additional_sponsors");
    d.based_on = text_of(o, "based_on");
    d.amends = text_of(o, "amends");
    d.issued = text_of(o, "issued");
    if (!d.issued.empty() && !parse_date(d.issued)) throw Fault{"issued \"" + d.issued + "\" is not a date"};
    d.form = text_of(o, "form");
    d.unplaced = texts_of(o, "unplaced");
    d.warnings = warnings_of(o);
    d.vote = read_vote(o);
    std::set<std::string> fragments;
    if (const auto it = o.find("paragraphs"); it != o.end() && !it->is_null()) {
      if (!it->is_array()) throw Fault{"paragraphs is not a list"};
      for (const auto& p : *it) d.paragraphs.push_back(read_paragraph(p, d.paragraphs.size() + 1, d.identifier));
      for (const auto& p : d.paragraphs)
        if (!p.fragment.empty() && !fragments.insert(p.fragment).second) throw Fault{"paragraph id \"" + p.fragment + "\" stands twice"};
      for (size_t i = 0; i < d.paragraphs.size(); ++i) {
        auto& p = d.paragraphs[i];
        if (!p.fragment.empty()) continue;
        p.fragment = fragment_prefix(p.kind) + std::to_string(i + 1);
        const std::string taken = p.fragment;
        for (int n = 2; !fragments.insert(p.fragment).second; ++n) p.fragment = taken + "~" + std::to_string(n);
      }
      std::map<std::string, size_t> places;
      for (size_t i = 0; i < d.paragraphs.size(); ++i) places.emplace(d.paragraphs[i].fragment, i);
      for (size_t i = 0; i < d.paragraphs.size(); ++i) read_notes((*it)[i], places, d.paragraphs[i]);
    } else {
      Paragraph p;
      p.fragment = "p1";
      p.text = text_of(o, "text");
      if (p.text.empty()) throw Fault{"neither text nor paragraphs"};
      d.paragraphs.push_back(std::move(p));
    }
    if (d.paragraphs.empty()) throw Fault{"no paragraphs"};
    return d;
  } catch (const Fault& fault) { return Rejection{"", "malformed", fault.detail, ""}; }
}

}  // namespace resolute
