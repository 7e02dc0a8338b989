#include "http/draft_json.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "http/api_json.h"
#include "text/draft.h"
#include "text/encoding.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

using nlohmann::ordered_json;

constexpr size_t kMostWordings = 200;  // shown of a paragraph

ordered_json print_precedent(const search::Precedent& p, const std::string& draft) {
  ordered_json o;
  o["id"] = p.last.id;
  o["similarity"] = rounded(p.similarity);
  o["lang"] = print_language(p.lang);
  o["text"] = p.text;
  o["uses"] = p.uses;
  o["documents"] = p.documents;
  o["first"] = print_use(p.first);
  o["last"] = print_use(p.last);
  auto& newest = o["newest"] = ordered_json::array();
  for (const auto& u : p.newest) newest.push_back(print_use(u));
  if (p.run) {
    o["run"] = p.run;
    o["span"] = print_spans(draft, {p.run_here})[0];
    o["text_span"] = print_spans(p.text, {p.run_there})[0];
  }
  o["diff"] = print_diff(p.diff);
  o["parallel"] =
      p.parallel ? ordered_json{{"id", p.parallel->id}, {"lang", print_language(p.parallel->lang)}, {"text", p.parallel->text}} : ordered_json(nullptr);
  return o;
}

// A member of the body that filters: a value or a list of values, as parameters.
std::optional<Problem> add_filter(const std::string& name, const ordered_json& value, Parameters& into) {
  const bool known = parse_field(name) || name == "date_from" || name == "date_to" || name == "cited_by";
  if (!known) {
    std::string list;
    for (const auto& f : fields()) list += std::string(f.name) + ", ";
    return Problem{400, "unknown-parameter", "A parameter is unknown", "filters are: " + list + "date_from, date_to, cited_by", text::tidy(name).substr(0, 80)};
  }
  const auto add = [&](const ordered_json& v) {
    if (v.is_string())
      into.emplace_back(name, v.get<std::string>());
    else if (v.is_number_integer())
      into.emplace_back(name, v.dump());
    else
      return false;
    return true;
  };
  bool good = true;
  if (value.is_array()) {
    for (const auto& v : value) good = good && add(v);
  } else {
    good = add(value);
  }
  if (!good) return invalid_parameter(name, "expected a text or a list of texts");
  return std::nullopt;
}

std::variant<ordered_json, Problem> answer_precedents(const search::Searcher& searcher, const ordered_json& body) {
  search::PrecedentRequest request;
  for (const auto& [name, value] : body.items()) {
    if (name == "text") {
      continue;
    } else if (name == "lang") {
      if (value.is_null()) continue;
      request.lang = value.is_string() ? parse_language(value.get<std::string>()) : std::nullopt;
      if (!request.lang) return invalid_parameter(name, "expected zh or en");
    } else if (name == "limit") {
      if (!value.is_number_unsigned() || value.get<uint64_t>() > kMostWordings)
        return invalid_parameter(name, "expected a number from 0 to " + std::to_string(kMostWordings));
      request.limit = value.get<size_t>();
    } else if (name == "filters") {
      if (value.is_null()) continue;
      if (!value.is_object()) return invalid_parameter(name, "expected an object of filters");
      Parameters parameters;
      for (const auto& [filter, values] : value.items())
        if (auto p = add_filter(filter, values, parameters)) return *p;
      auto parsed = parse_search(parameters);
      if (auto* p = std::get_if<Problem>(&parsed)) return *p;
      request.filters = std::move(std::get<search::SearchRequest>(parsed));
    } else {
      return Problem{400, "unknown-parameter", "A parameter is unknown", "known are: text, lang, filters, limit", text::tidy(name).substr(0, 80)};
    }
  }
  request.text = body["text"].get<std::string>();
  return print_precedents(search::find_precedents(searcher, request), request.text);
}

}  // namespace

ordered_json print_use(const search::WordingUse& u) {
  return {{"id", u.id},
          {"symbol", u.symbol},
          {"date", text_or_null(u.date)},
          {"kind", print_kind(u.kind)},
          {"number", text_or_null(u.number)},
          {"label", print_label(u.kind, u.fragment, u.number)}};
}

ordered_json print_counts(Field field, const std::vector<FacetCount>& counts) {
  ordered_json out = ordered_json::array();
  for (const auto& v : counts)
    out.push_back({{"value", v.value}, {"label", {{"en", label(field, v.value, false)}, {"zh", label(field, v.value, true)}}}, {"count", v.count}});
  return out;
}

ordered_json print_diff(const std::vector<text::DiffPart>& diff) {
  ordered_json out = ordered_json::array();
  for (const auto& part : diff) out.push_back({{"op", text::print_diff_op(part.op)}, {"text", part.text}});
  return out;
}

ordered_json print_precedents(const search::PrecedentResult& result, const std::string& draft) {
  ordered_json o;
  o["notices"] = result.notices;
  auto& paragraphs = o["paragraphs"] = ordered_json::array();
  std::vector<Span> spans;
  for (const auto& p : result.paragraphs) spans.push_back(p.paragraph.span);
  const auto printed = print_spans(draft, spans);
  for (size_t i = 0; i < result.paragraphs.size(); ++i) {
    const auto& p = result.paragraphs[i];
    ordered_json j;
    j["span"] = printed[i];
    j["number"] = text_or_null(p.paragraph.number);
    j["lang"] = print_language(p.paragraph.lang);
    j["text"] = p.paragraph.text;
    j["total"] = {{"wordings", p.wordings}, {"uses", p.uses}, {"documents", p.documents}};
    j["first"] = p.first ? print_use(*p.first) : ordered_json(nullptr);
    j["last"] = p.last ? print_use(*p.last) : ordered_json(nullptr);
    auto& counts = j["counts"] = ordered_json::object();
    for (const Field field : {Field::body, Field::committee, Field::year, Field::vote}) {
      const auto it = p.counts.find(field);
      counts[info(field).name] = it == p.counts.end() ? ordered_json::array() : print_counts(field, it->second);
    }
    auto& wordings = j["wordings"] = ordered_json::array();
    for (const auto& w : p.similar) wordings.push_back(print_precedent(w, p.paragraph.text));
    auto& runs = j["runs"] = ordered_json::array();
    for (const auto& w : p.runs) runs.push_back(print_precedent(w, p.paragraph.text));
    auto& near = j["near"] = ordered_json::array();
    for (const auto& w : p.near) near.push_back(print_precedent(w, p.paragraph.text));
    auto& translations = j["translations"] = ordered_json::array();
    for (const auto& t : p.translations)
      translations.push_back({{"lang", print_language(t.lang)},
                              {"text", t.text},
                              {"id", t.id},
                              {"date", text_or_null(t.date)},
                              {"uses", t.uses},
                              {"similarity", rounded(t.similarity)}});
    paragraphs.push_back(std::move(j));
  }
  return o;
}

int today() { return static_cast<int>(std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch()).count() / 24); }

ordered_json print_checked(const search::Searcher& searcher, const std::vector<search::CheckedCitation>& checked, const std::string& draft) {
  ordered_json o;
  std::vector<Span> spans;
  for (const auto& c : checked) spans.push_back(c.span);
  const auto printed = print_spans(draft, spans);
  // A draft may name the same document on every page.
  std::map<std::string, ordered_json> printed_references;
  const auto reference = [&](const std::string& symbol) -> const ordered_json& {
    const auto [it, fresh] = printed_references.try_emplace(symbol);
    if (fresh) it->second = symbol.empty() ? ordered_json(nullptr) : print_reference(searcher, symbol);
    return it->second;
  };
  auto& list = o["citations"] = ordered_json::array();
  for (size_t i = 0; i < checked.size(); ++i) {
    const auto& c = checked[i];
    list.push_back({{"span", printed[i]},
                    {"text", c.text},
                    {"symbol", text_or_null(c.symbol)},
                    {"status", search::print_status(c.status)},
                    {"detail", text_or_null(c.detail)},
                    {"candidates", c.candidates},
                    {"newer", text_or_null(c.newer)},
                    {"address", text_or_null(c.address)},
                    {"cited_by", c.cited_by},
                    {"document", reference(c.symbol)}});
  }
  o["total"] = checked.size();
  o["notices"] = ordered_json::array();
  if (checked.size() >= search::kMostCheckedReferences)
    o["notices"].push_back("Only the first " + std::to_string(search::kMostCheckedReferences) + " references are checked");
  return o;
}

// The JSON of a body, discarded where it is none; `twice` gets the name of a member that an object has twice.
ordered_json parse_json(const std::string& body, std::string& twice) {
  std::vector<std::set<std::string>> names;
  return ordered_json::parse(
      body,
      [&](int, ordered_json::parse_event_t event, ordered_json& value) {
        using E = ordered_json::parse_event_t;
        if (event == E::object_start) names.emplace_back();
        if (event == E::object_end) names.pop_back();
        if (event == E::key && !names.back().insert(value.get<std::string>()).second) twice = value.get<std::string>();
        return true;
      },
      false);
}

std::variant<ordered_json, Problem> answer_draft(const search::Searcher& searcher, DraftQuestion question, const std::string& body) {
  std::string twice;
  const auto parsed = parse_json(body, twice);
  if (parsed.is_discarded()) return Problem{400, "invalid-body", "The body is not well formed", "expected JSON in UTF-8: {\"text\": ...}", ""};
  if (!parsed.is_object()) return Problem{400, "invalid-body", "The body is not well formed", "expected an object: {\"text\": ...}", ""};
  if (!twice.empty()) return invalid_parameter(text::tidy(twice).substr(0, 80), "it is given twice");
  const auto text = parsed.find("text");
  if (text == parsed.end() || !text->is_string()) return Problem{400, "invalid-parameter", "A parameter is missing", "text: the draft, as text", "text"};
  if (text::tidy(text->get<std::string>()).empty()) return invalid_parameter("text", "it is empty");
  if (question == DraftQuestion::precedents) return answer_precedents(searcher, parsed);
  for (const auto& [name, value] : parsed.items())
    if (name != "text") return Problem{400, "unknown-parameter", "A parameter is unknown", "known is: text", text::tidy(name).substr(0, 80)};
  const auto draft = text->get<std::string>();
  return print_checked(searcher, search::check_citations(searcher, draft, today()), draft);
}

std::variant<ordered_json, Problem> answer_draft_file(const search::Searcher& searcher, DraftQuestion question, const std::string& type,
                                                      const std::string& bytes, const Parameters& given, const ReadDraft& read) {
  static constexpr const char* kFiles[] = {"text/html", "application/xhtml+xml", "application/pdf",
                                           "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/octet-stream"};
  DraftFile file;
  if (type == "text/plain") {
    auto decoded = text::decode(bytes);
    if (!decoded) return Problem{400, "invalid-body", "The body is not well formed", "it is no text in a known encoding", ""};
    file.format = "text";
    file.text = std::move(decoded->utf8);
  } else if (std::find(std::begin(kFiles), std::end(kFiles), type) == std::end(kFiles)) {
    return Problem{415, "unsupported-type", "Drafts of this type are not read",
                   "expected application/json, text/plain, text/html, application/pdf or the type of Word's .docx", ""};
  } else if (!read) {
    return Problem{415, "unsupported-type", "Drafts of this type are not read", "files are not read here; expected application/json or text/plain", ""};
  } else {
    file = read(bytes);
    if (!file.reason.empty()) return Problem{422, "unreadable-draft", "The draft cannot be read", file.reason, ""};
  }
  // Footnotes are no wording of the draft, but their references are its.
  if (question == DraftQuestion::citations) file.text += file.notes;
  if (file.text.size() > kMostDraftText)
    return Problem{413, "too-large", "The draft is too long", "its text may have at most " + std::to_string(kMostDraftText) + " bytes", ""};
  ordered_json body = {{"text", file.text}};
  for (const auto& [name, value] : given) {
    if (name == "lang" && question == DraftQuestion::precedents) {
      body[name] = value;
    } else if (name == "limit" && question == DraftQuestion::precedents) {
      const bool figures = !value.empty() && value.size() < 6 && value.find_first_not_of("0123456789") == std::string::npos;
      if (!figures) return invalid_parameter(name, "expected a number from 0 to " + std::to_string(kMostWordings));
      body[name] = std::stoul(value);
    } else if (question == DraftQuestion::precedents && name != "text") {
      body["filters"][name].push_back(value);
    } else {
      return Problem{400, "unknown-parameter", "A parameter is unknown", "this takes none", text::tidy(name).substr(0, 80)};
    }
  }
  auto answered = answer_draft(searcher, question, dump(body));
  if (auto* o = std::get_if<ordered_json>(&answered)) {
    auto& draft = (*o)["draft"] = {{"format", file.format}, {"text", file.text}};
    auto& list = draft["paragraphs"] = ordered_json::array();
    for (const auto& p : file.paragraphs) list.push_back({{"kind", p.kind}, {"number", text_or_null(p.number)}, {"text", p.text}});
    if (file.paragraphs.empty())
      for (const auto& p : text::split_draft(file.text)) list.push_back({{"kind", "plain"}, {"number", text_or_null(p.number)}, {"text", p.text}});
  }
  return answered;
}

}  // namespace resolute::http
