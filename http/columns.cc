#include "http/columns.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "http/addresses.h"
#include "http/api_json.h"
#include "http/html_notices.h"
#include "http/html_page.h"
#include "schemas/field.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

using nlohmann::ordered_json;

template <Field field>
ordered_json values(const Row& row) {
  return row.list.values(row.place, field);
}

constexpr Column kColumns[] = {
    {"id", "Paragraph", "段落标识", 28, [](const Row& r) -> ordered_json { return r.match.id; }},
    {"symbol", "Symbol", "文号", 18, [](const Row& r) -> ordered_json { return r.match.symbol; }},
    {"lang", "Language", "语言", 9, [](const Row& r) -> ordered_json { return print_language(r.match.lang); }},
    {"title", "Title", "标题", 40, [](const Row& r) { return text_or_null(r.match.title); }},
    {"date", "Date", "日期", 11, [](const Row& r) { return text_or_null(r.match.date); }},
    {"body", "Body", "机关", 8, [](const Row& r) { return text_or_null(print_body(r.match.body)); }},
    {"type", "Type", "类型", 11, [](const Row& r) -> ordered_json { return print_type(r.match.type); }},
    {"committee", "Committee", "委员会", 11, [](const Row& r) -> ordered_json { return r.match.committee; }},
    {"concerns", "Concerns", "相关机构", 16, values<Field::concerns>},
    {"session", "Session", "届会", 8, values<Field::session>},
    {"agenda", "Agenda item", "议程项目", 11, values<Field::agenda>},
    {"subject", "Subjects", "主题", 30, values<Field::subject>},
    {"vote", "Vote", "表决", 13, values<Field::vote>},
    {"votes", "Votes", "票数", 11,
     [](const Row& r) {
       const auto at = r.list.document(r.place);
       return text_or_null(print_votes(r.list.searcher().generation().segment(at).record(at.document).vote));
     }},
    {"sponsor", "Sponsors", "提案方", 20, values<Field::sponsor>},
    {"cites", "Cites", "引用", 20, values<Field::cites>},
    {"kind", "Kind", "段落类别", 12, [](const Row& r) -> ordered_json { return print_kind(r.match.kind); }},
    {"number", "Number", "编号", 8, [](const Row& r) { return text_or_null(r.match.number); }},
    {"label", "Where", "位置", 16, [](const Row& r) -> ordered_json { return print_label(r.match.kind, r.match.fragment, r.match.number); }},
    {"action", "Action", "起首动词", 14, [](const Row& r) { return text_or_null(r.match.action); }},
    {"text", "Text", "文本", 90, [](const Row& r) -> ordered_json { return r.match.text; }},
    {"parallel_id", "Counterpart", "对应段落标识", 28, [](const Row& r) { return text_or_null(r.match.parallel ? r.match.parallel->id : ""); }},
    {"parallel_text", "Text in the other language", "另一语言文本", 90,
     [](const Row& r) { return text_or_null(r.match.parallel ? r.match.parallel->text : ""); }},
    {"cited_by", "Cited by", "被引次数", 9, [](const Row& r) -> ordered_json { return r.match.cited_by; }},
    {"repeats", "Similar ones", "相似段落", 11, [](const Row& r) -> ordered_json { return r.match.repeats ? r.match.repeats->count : 0; }},
    {"paragraphs_matched", "Paragraphs", "相符段落数", 11, [](const Row& r) -> ordered_json { return std::max(r.match.paragraphs_matched, 1u); }},
    {"score", "Score", "相关度", 8, [](const Row& r) -> ordered_json { return std::round(r.match.score * 1000) / 1000; }},
    {"url", "Address", "地址", 40, [](const Row& r) -> ordered_json { return paragraph_address(r.base, r.match.symbol, r.match.lang, r.match.fragment); }},
    {"official_url", "Official address", "正式文本地址", 34, [](const Row& r) -> ordered_json { return official_address(r.match.symbol, r.match.lang); }},
};

constexpr const char* kOfParagraphs[] = {"symbol", "lang",      "date",     "body",  "title", "label",       "text", "parallel_text", "kind", "action",
                                         "type",   "committee", "cited_by", "score", "id",    "parallel_id", "url"};
constexpr const char* kOfDocuments[] = {
    "symbol", "lang", "date",          "body",  "type", "title", "session", "committee", "subject", "vote", "votes", "cited_by", "paragraphs_matched",
    "label",  "text", "parallel_text", "score", "id",   "url"};

// Whether a spreadsheet could take a text for a formula: it begins, but for what nobody sees, with one of these or their full-width
// forms (OWASP, "CSV Injection").
bool formula_like(std::string_view s) {
  for (size_t i = 0; i < s.size();) {
    const char32_t c = text::next_code_point(s, i);
    if (c == ' ' || c == 0xA0 || c == 0x3000 || c == 0xFEFF || (c >= 0x2000 && c <= 0x200F) || (c >= 0x202A && c <= 0x202F) || (c >= 0x2060 && c <= 0x2064))
      continue;
    return c == '=' || c == '+' || c == '-' || c == '@' || c < 0x20 || c == 0xFF1D || c == 0xFF0B || c == 0xFF0D || c == 0xFF20;
  }
  return false;
}

}  // namespace

std::span<const Column> columns() { return kColumns; }

const Column* find_column(std::string_view name) {
  for (const auto& c : kColumns)
    if (name == c.name) return &c;
  return nullptr;
}

std::vector<const Column*> default_columns(search::Unit unit, bool with_parallel) {
  std::vector<const Column*> out;
  const auto add = [&](const char* name) {
    if (with_parallel || !std::string_view(name).starts_with("parallel_")) out.push_back(find_column(name));
  };
  if (unit == search::Unit::document) {
    for (const char* name : kOfDocuments) add(name);
  } else {
    for (const char* name : kOfParagraphs) add(name);
  }
  return out;
}

std::string cell_text(const ordered_json& cell) {
  if (cell.is_string()) return cell.get<std::string>();
  if (cell.is_null()) return "";
  if (!cell.is_array()) return cell.dump();
  std::string out;
  for (const auto& v : cell) out += (out.empty() ? "" : "; ") + v.get<std::string>();
  return out;
}

std::string cell_words(const Column& column, const Row& row, Language reader) {
  const bool zh = reader == Language::zh;
  const std::string_view name = column.name;
  if (name == "label") return paragraph_label(Words{zh}, row.match.kind, row.match.number, row.match.fragment);
  const auto cell = column.cell(row);
  const auto field = parse_field(name);
  if (!field || !(cell.is_string() || cell.is_array())) return cell_text(cell);
  if (cell.is_string()) return value_label(*field, cell.get<std::string>(), zh);
  std::string out;
  for (const auto& v : cell) out += (out.empty() ? "" : zh ? "；" : "; ") + value_label(*field, v.get<std::string>(), zh);
  return out;
}

std::string csv_field(const ordered_json& cell) {
  if (cell.is_null()) return "";
  if (cell.is_number()) return cell.dump();
  const std::string s = cell_text(cell);
  std::string out = formula_like(s) ? "\"'" : "\"";
  for (const char c : s) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace resolute::http
