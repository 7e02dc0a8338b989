#include "schemas/field.h"

#include <array>

#include "schemas/action.h"
#include "schemas/body.h"
#include "schemas/segment.h"
#include "schemas/state.h"

namespace resolute {
namespace {

constexpr std::array<FieldInfo, kFieldCount> kFields = {{
    {Field::lang, "lang", "L", Scope::document, true, "Language", "语言"},
    {Field::body, "body", "XB", Scope::document, true, "Body", "机关"},
    {Field::committee, "committee", "XC", Scope::document, true, "Committee", "委员会"},
    {Field::concerns, "concerns", "XN", Scope::document, true, "Concerns", "涉及机构"},
    {Field::type, "type", "T", Scope::document, true, "Type", "文件类型"},
    {Field::session, "session", "XS", Scope::document, true, "Session", "届会"},
    {Field::agenda, "agenda", "XA", Scope::document, true, "Agenda item", "议程项目"},
    {Field::subject, "subject", "K", Scope::document, true, "Subject", "主题"},
    {Field::year, "year", "Y", Scope::document, true, "Year", "年份"},
    {Field::kind, "kind", "XK", Scope::paragraph, true, "Paragraph kind", "段落类型"},
    {Field::action, "action", "XO", Scope::paragraph, true, "Action", "行动用语"},
    {Field::vote, "vote", "XV", Scope::document, true, "Vote", "表决结果"},
    {Field::voter, "voter", "", Scope::document, true, "Voter", "表决国"},
    {Field::cites, "cites", "XR", Scope::document, true, "Cites", "引用"},
    {Field::symbol, "symbol", "XY", Scope::document, false, "Symbol", "文号"},
}};

struct Label {
  Field field;
  const char* value;
  const char* en;
  const char* zh;
};

constexpr Label kLabels[] = {
    {Field::lang, "en", "English", "英文"},
    {Field::lang, "zh", "Chinese", "中文"},
    {Field::type, "resolution", "Resolution", "决议"},
    {Field::type, "decision", "Decision", "决定"},
    {Field::type, "statement", "Presidential statement", "主席声明"},
    {Field::type, "draft", "Draft", "草案"},
    {Field::type, "publication", "Publication (cover)", "封面文件"},
    {Field::type, "other", "Other", "其他"},
    {Field::kind, "heading", "Heading", "标题"},
    {Field::kind, "enacting", "Enacting formula", "起首语"},
    {Field::kind, "preambular", "Preambular", "序言段"},
    {Field::kind, "operative", "Operative", "执行段"},
    {Field::kind, "annex", "Annex", "附件"},
    {Field::kind, "footnote", "Footnote", "脚注"},
    {Field::kind, "statement", "Statement", "声明"},
    {Field::kind, "decision", "Decision", "决定"},
    {Field::kind, "closing", "Closing", "结尾"},
    {Field::kind, "table", "Table", "表格"},
    {Field::kind, "plain", "Plain", "正文"},
    {Field::vote, "without-vote", "Without a vote", "未经表决"},
    {Field::vote, "recorded", "Recorded vote", "记录表决"},
    {Field::vote, "unanimous", "Unanimous", "一致通过"},
    {Field::vote, "acclamation", "Acclamation", "鼓掌通过"},
    {Field::vote, "not-adopted", "Not adopted", "未获通过"},
};

}  // namespace

std::span<const FieldInfo> fields() { return kFields; }
const FieldInfo& info(Field field) { return kFields[static_cast<size_t>(field)]; }

std::optional<Field> parse_field(std::string_view name) {
  for (const auto& f : kFields)
    if (name == f.name) return f.field;
  return std::nullopt;
}

std::string term(Field field, std::string_view value) {
  constexpr size_t kMost = 200;  // of 245: glass escapes NUL bytes to two
  std::string out = info(field).prefix;
  out += ':';
  if (value.size() > kMost) {
    out += value.substr(0, kMost);
    out += '#' + std::to_string(checksum(value));
  } else {
    out += value;
  }
  return out;
}

std::string prefixed_term(std::string_view prefix, std::string_view term) {
  const bool stem = term.starts_with(kStemPrefix);
  std::string out(stem ? kStemPrefix : "");
  out += prefix;
  out += term.substr(stem ? kStemPrefix.size() : 0);
  return out;
}

std::string sortable(std::string_view text) {
  constexpr size_t kFigures = 7;
  const auto is_figure = [](char c) { return c >= '0' && c <= '9'; };
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && is_figure(text[end])) ++end;
    if (end == i) {
      out += text[i++];
      continue;
    }
    if (end - i < kFigures) out.append(kFigures - (end - i), '0');
    out += text.substr(i, end - i);
    i = end;
  }
  return out;
}

std::string label(Field field, std::string_view value, bool zh) {
  for (const auto& l : kLabels)
    if (l.field == field && value == l.value) return zh ? l.zh : l.en;
  if (field == Field::committee || field == Field::body || field == Field::concerns)
    if (const auto* b = body_of(value)) return zh ? b->zh : b->en;
  if (field == Field::action)
    if (const auto* a = action_of(value)) return zh ? a->zh : a->en;
  if (field == Field::voter) {
    const auto colon = value.find(':');
    if (const auto* s = state_of(value.substr(0, colon))) {
      std::string name = zh ? s->zh : s->en;
      if (colon == std::string_view::npos) return name;
      const auto how = value.substr(colon + 1);
      const auto word = how == "yes" ? (zh ? "赞成" : "yes") : how == "no" ? (zh ? "反对" : "no") : (zh ? "弃权" : "abstain");
      return name + (zh ? "：" : ": ") + word;
    }
  }
  return std::string(value);
}

}  // namespace resolute
