#include "http/cite.h"

#include <optional>
#include <set>
#include <string_view>

#include "http/html_page.h"
#include "schemas/numerals.h"

namespace resolute::http {
namespace {

// "Article 18", "第十八条", "Annex II", 附件二: what stands after the word; nullopt for another heading.
std::optional<std::string> numbered(std::string_view text, std::string_view en, std::string_view zh_before, std::string_view zh_after) {
  if (text.starts_with(en)) {
    auto rest = text.substr(en.size());
    if (rest.empty()) return "";
    if (rest[0] != ' ') return std::nullopt;
    rest.remove_prefix(1);
    const size_t end = rest.find_first_of(" .:");
    const auto number = rest.substr(0, end);
    if (number.empty() || number.size() > 8) return std::nullopt;
    return std::string(number);
  }
  if (text.starts_with(zh_before)) {
    const auto rest = text.substr(zh_before.size());
    const size_t end = zh_after.empty() ? rest.find(' ') : rest.find(zh_after);
    if (!zh_after.empty() && end == std::string_view::npos) return std::nullopt;
    const auto number = rest.substr(0, end);
    if (number.size() > 15) return std::nullopt;
    return std::string(number);
  }
  return std::nullopt;
}

// 十八 -> 18; the text itself where it is no number.
std::string arabic(const std::string& text) {
  const auto n = parse_han(text);
  return n ? std::to_string(*n) : text;
}

// The number of an annex as a language writes it: "annex II", 附件二; figures and letters stay.
std::string annex_number(const std::string& printed, bool zh) {
  const auto roman = parse_roman(printed), n = roman ? roman : parse_han(printed);
  return !n ? printed : zh ? print_han(*n) : print_roman(*n);
}

// "25(a)" -> "25 (a)".
std::string spaced(const std::string& number) {
  std::string out;
  for (const char c : number) {
    if (c == '(' && !out.empty() && out.back() != ' ') out += ' ';
    out += c;
  }
  return out;
}

std::string shortened(const std::string& text) {
  size_t n = 0;
  for (size_t i = 0; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80 && n++ == 40) return text.substr(0, i) + "…";
  return text;
}

// A heading, or what was read as a paragraph and heads an article all the same: a line that is 第三条 and no
// more.
bool is_heading(const Paragraph& p) {
  if (p.kind == ParagraphKind::heading) return true;
  return p.kind == ParagraphKind::annex && p.number.empty() && p.text.size() < 30 &&
         (numbered(p.text, "Article", "第", "条") || numbered(p.text, "Chapter", "第", "章"));
}

// Where one stands among headings.
struct Place {
  std::string annex, article, heading;
  bool in_annex = false;
};

std::string print_place(const Paragraph& p, const Place& place, size_t preambular, size_t table, bool with_heading, bool zh) {
  std::string out;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) out += (out.empty() ? "" : zh ? "，" : ", ") + part;
  };
  if (place.in_annex && p.kind != ParagraphKind::footnote)
    add(place.annex.empty() ? zh ? "附件" : "annex" : (zh ? "附件" : "annex ") + annex_number(place.annex, zh));
  if (!place.article.empty() && p.kind != ParagraphKind::footnote) add(zh ? "第" + place.article + "条" : "art. " + place.article);
  if (with_heading && !place.heading.empty() && p.kind != ParagraphKind::heading)
    add(zh ? "“" + shortened(place.heading) + "”" : "“" + shortened(place.heading) + "”");
  switch (p.kind) {
    case ParagraphKind::heading: add(zh ? "标题“" + shortened(p.text) + "”" : "heading “" + shortened(p.text) + "”"); break;
    case ParagraphKind::enacting: add(zh ? "起始语" : "opening formula"); break;
    case ParagraphKind::closing: add(zh ? "结语" : "closing line"); break;
    case ParagraphKind::footnote: add((zh ? "脚注" : "footnote ") + p.number); break;
    case ParagraphKind::preambular: add(zh ? "序言部分第" + std::to_string(preambular) + "段" : "preambular para. " + std::to_string(preambular)); break;
    case ParagraphKind::table: add((zh ? "表" : "table ") + std::to_string(table)); break;
    default:
      if (!p.number.empty()) add(zh ? "第" + spaced(p.number) + "段" : "para. " + spaced(p.number));
  }
  return out;
}

}  // namespace

std::vector<std::string> cite_paragraphs(const Document& d, bool zh) {
  std::vector<Place> places;
  std::vector<size_t> preambular, tables;
  Place place;
  size_t pp = 0, table = 0;
  bool in_table = false;
  for (const auto& p : d.paragraphs) {
    if (is_heading(p)) {
      if (const auto annex = numbered(p.text, "Annex", "附件", ""))
        place = {*annex, "", "", true};
      else if (const auto article = numbered(p.text, "Article", "第", "条"))
        place.article = arabic(*article), place.heading.clear();
      else
        place.heading = p.text;
      // Chapters end the article before them.
      if (p.text.starts_with("Chapter") || (p.text.starts_with("第") && p.text.find("章") != std::string::npos)) place.article.clear();
    }
    if (p.kind == ParagraphKind::annex) place.in_annex = true;
    if (p.kind == ParagraphKind::preambular) ++pp;
    if (p.kind == ParagraphKind::table && !in_table) ++table;
    in_table = p.kind == ParagraphKind::table;
    places.push_back(place);
    preambular.push_back(pp);
    tables.push_back(table);
  }
  std::vector<std::string> out;
  std::multiset<std::string> seen;
  for (const bool with_heading : {false, true}) {
    for (size_t i = 0; i < d.paragraphs.size(); ++i) {
      const auto& p = d.paragraphs[i];
      if (!with_heading) {
        out.push_back(print_place(p, places[i], preambular[i], tables[i], false, zh));
      } else if (out[i].empty() || seen.count(out[i]) > 1) {
        out[i] = print_place(p, places[i], preambular[i], tables[i], true, zh);
      }
    }
    seen = {out.begin(), out.end()};
  }
  for (size_t i = 0; i < out.size(); ++i)
    if (out[i].empty() || seen.count(out[i]) > 1) out[i] += (out[i].empty() ? "[" : " [") + d.paragraphs[i].fragment + "]";
  return out;
}

std::string cite(const Document& d, const std::string& where, bool zh) {
  std::string name = work_name(d.identifier, zh);
  const std::string day = print_day(d.date, zh);
  if (!day.empty() && name != d.identifier) {
    if (!zh) {
      name += " of " + day;
    } else if (const size_t number = name.find("第"); number != std::string::npos) {
      name.insert(number, day);
    }
  }
  return where.empty() ? name : name + (zh ? "，" : ", ") + where;
}

}  // namespace resolute::http
