#include "text/issue.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

constexpr size_t kLongestReissueNote = 200;  // bytes

std::string_view after_stars(std::string_view s) {
  while (!s.empty() && (s[0] == '*' || s[0] == ' ')) s.remove_prefix(1);
  return s;
}

// The last part of a symbol that says which issue: "Corr.1", "Rev.2"; the parts before it in `of`.
std::string issue_part(const std::string& symbol, std::string_view kind, std::string& of) {
  const size_t slash = symbol.rfind('/');
  if (slash == std::string::npos || !std::string_view(symbol).substr(slash + 1).starts_with(kind)) return "";
  of = symbol.substr(0, slash);
  return symbol.substr(slash + 1);
}

bool has_part(const std::string& symbol, std::string_view start) {
  for (size_t at = symbol.find('/'); at != std::string::npos; at = symbol.find('/', at + 1)) {
    const auto part = std::string_view(symbol).substr(at + 1);
    if (part.starts_with(start) && part.size() > start.size() && is_digit(part[start.size()])) return true;
  }
  return false;
}

// What may follow "Ibid.": a place in the same document. Any other words name another one of a series.
bool names_place(std::string_view rest) {
  const std::string f = lowered(ascii_fold(rest));
  std::string_view s = f;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view mark : {",", " ", ".", "，", "。", "、", "；", ";"})
      if (s.starts_with(mark)) s.remove_prefix(mark.size()), more = true;
  }
  if (s.empty()) return true;
  for (const std::string_view place :
       {"annex", "appendi", "enclosure", "chap", "sect", "para", "art", "p. ", "pp. ", "part ", "rule", "附件", "附录", "附文", "附表", "章节"})
    if (s.starts_with(place)) return true;
  if (!s.starts_with("第")) return false;
  // "第三章", "第5段", not "第1771卷".
  const auto unit = [&](std::string_view u) { return s.find(u) < 18; };
  return (unit("章") || unit("段") || unit("节") || unit("条") || unit("页") || unit("部分")) && !unit("卷") && !unit("号");
}

}  // namespace

bool is_reissue_note(std::string_view paragraph) {
  if (paragraph.size() > kLongestReissueNote) return false;
  const std::string f = lowered(ascii_fold(after_stars(paragraph)));
  for (const std::string_view start :
       {"reissued for technical reasons", "reissued as received", "reissued on ", "re-issued for technical reasons", "second reissue", "third reissue"})
    if (f.starts_with(start)) return true;
  const auto has = [&](std::string_view part) { return f.find(part) != std::string::npos; };
  return (f.starts_with("由于技术原因") || f.starts_with("因技术原因") || f.starts_with("出于技术原因")) &&
         (has("重发") || has("重新印发") || has("重新分发") || has("再次印发"));
}

void tell_issue(Document& d) {
  const auto symbol = parse_symbol(d.identifier);
  std::string of;
  if (symbol) {
    const auto& text = symbol->text();
    const auto named = symbol->type();
    if (const auto part = issue_part(text, "Corr.", of); !part.empty()) {
      d.type = DocumentType::other;
      warn(d.warnings, {WarningCode::corrigendum, {part, of}});
    } else if (named == DocumentType::statement && d.type == DocumentType::resolution) {
      // Mark-up may call a statement a resolution; its symbol knows better.
      d.type = DocumentType::statement;
      for (auto& p : d.paragraphs)
        if (p.kind == ParagraphKind::operative || p.kind == ParagraphKind::preambular) p.kind = ParagraphKind::statement;
    } else if (d.type == DocumentType::other && (has_part(text, "L."))) {
      d.type = DocumentType::draft;
    }
    if (const auto part = issue_part(text, "Rev.", of); !part.empty()) warn(d.warnings, {WarningCode::revision, {part, of}});
  }
  for (auto& p : d.paragraphs) {
    if (!is_reissue_note(p.text)) continue;
    if (p.kind != ParagraphKind::footnote) {
      p.kind = ParagraphKind::footnote;
      if (p.number.empty() || !is_digit(p.number[0])) p.number = "*";
      p.text = std::string(after_stars(p.text));
      p.action.clear();
    }
    const auto date = find_date(ascii_fold(p.text));
    warn(d.warnings, date.empty() ? Warning{WarningCode::reissue, {}} : Warning{WarningCode::reissue_of, {date}});
  }
}

void resolve_ibid(Document& d) {
  std::string before;  // what the note before cites, where it is one document
  for (auto& p : d.paragraphs) {
    if (p.kind != ParagraphKind::footnote) continue;
    size_t length = 0;
    for (const std::string_view word : {"Ibid", "ibid", "See ibid", "同上", "见同上"})
      if (p.text.starts_with(word)) length = word.size();
    if (length > 0 && p.citations.empty() && !before.empty() && names_place(std::string_view(p.text).substr(length))) {
      const size_t from = p.text.starts_with("See ") ? 4 : p.text.starts_with("见") ? 3 : 0;
      p.citations.push_back({{static_cast<uint32_t>(from), static_cast<uint32_t>(length)}, before, ""});
    }
    std::set<std::string> cited;
    for (const auto& c : p.citations) cited.insert(c.symbol);
    // A document and its corrigenda are one.
    std::erase_if(cited, [&](const std::string& s) {
      const size_t corrigendum = s.find("/Corr.");
      return corrigendum != std::string::npos && cited.count(s.substr(0, corrigendum)) != 0;
    });
    before = cited.size() == 1 ? *cited.begin() : "";
  }
}

}  // namespace resolute::text
