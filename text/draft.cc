#include "text/draft.h"

#include <algorithm>

#include "schemas/ascii.h"
#include "text/line.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

bool closes(std::string_view line) {
  for (const std::string_view mark : {",", ";", ".", ":", "，", "；", "。", "：", "、", "”", "\""})
    if (line.ends_with(mark)) return true;
  return false;
}

Language language_of(std::string_view s) {
  size_t han = 0, latin = 0;
  for (size_t i = 0; i < s.size();) {
    const char32_t c = next_code_point(s, i);
    if (is_han(c))
      ++han;
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
      ++latin;
  }
  // A Han character says as much as several letters.
  return han * 4 > latin ? Language::zh : Language::en;
}

// A number that people put in front of a paragraph, beyond those that documents print: "1)", "2）", "OP1.", "PP 3:", "[1.]", "1.2.",
// "§ 5", "a)", "一、", and marks of lists. With the space after; 0 bytes where none is.
Numeral draft_numeral(std::string_view s) {
  Numeral out;
  size_t i = 0;
  const auto take = [&](std::string_view word) {
    if (!s.substr(i).starts_with(word)) return false;
    i += word.size();
    return true;
  };
  const auto take_any = [&](std::initializer_list<std::string_view> words) { return std::any_of(words.begin(), words.end(), take); };
  const auto spaces = [&] {
    while (take(" ")) {}
  };
  // Of ASCII or of full width.
  const auto digit = [&](std::string& to) {
    const bool wide = s.substr(i).starts_with("\xEF\xBC") && i + 2 < s.size() && s[i + 2] >= '\x90' && s[i + 2] <= '\x99';
    if (!wide && (i >= s.size() || !is_digit(s[i]))) return false;
    to += wide ? static_cast<char>(s[i + 2] - '\x90' + '0') : s[i];
    i += wide ? 3 : 1;
    return true;
  };
  const auto end_here = [&] {
    spaces();
    if (i < s.size()) out.bytes = i;
    return out;
  };
  if (take_any({"- ", "– ", "— ", "* ", "• ", "· ", "● ", "○ ", "◦ "})) return end_here();
  const bool bracket = take_any({"[", "【", "〔"});
  const size_t word = i;
  const bool named = take_any({"OP", "PP", "Op", "Pp", "op", "pp", "¶", "§", "Para.", "para.", "Paragraph", "paragraph", "第"});
  spaces();
  const size_t begin = i;
  std::string figures;
  while (figures.size() < 4 && digit(figures)) {}
  // "1.2.": a number of several levels.
  while (i > begin && i + 1 < s.size() && s[i] == '.' && is_digit(s[i + 1])) {
    figures += s[i++];
    while (digit(figures)) {}
  }
  if (i == begin && !named)
    while (i < s.size() && i - begin < 4 && is_lower(s[i])) ++i;
  if (i == begin && word == begin)
    while (i - begin < 9 && take_any({"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"})) {}
  if (i == begin) return out;
  const bool letters = is_lower(s[begin]), han = figures.empty() && !letters;
  if (letters && i - begin > 1 && s.substr(begin, i - begin).find_first_not_of("ivx") != std::string_view::npos) return out;
  out.number = figures.empty() ? std::string(s.substr(begin, i - begin)) : figures;
  const bool several = out.number.find('.') != std::string::npos;
  bool marked = take_any({")", "）"}) || (!letters && take_any({".", "．", "、", ":", "："})) ||
                (several && !bracket && i + 1 < s.size() && s[i] == ' ' && (is_upper(s[i + 1]) || (s[i + 1] & 0x80)));
  if (named) marked |= take_any({"段", "."}) || (i < s.size() && s[i] == ' ');
  if (bracket) marked = take_any({"]", "】", "〕"});
  // A figure in front of a point is a number only where a word follows: "3.5 per cent", "一、" but not "一".
  if (!marked || (i < s.size() && is_digit(s[i]) && !han)) return {};
  take_any({".", ":", "："});
  return end_here();
}

}  // namespace

std::vector<DraftParagraph> split_draft(std::string_view text) {
  std::vector<DraftParagraph> out;
  std::string open;
  Span span;
  const auto close = [&] {
    const std::string tidied = close_han(tidy(open));
    open.clear();
    if (tidied.empty()) return;
    DraftParagraph p;
    p.span = span;
    std::string_view rest = tidied;
    for (int k = 0; k < 3; ++k) {  // "- [OP1.]"
      auto numeral = find_numeral(rest);
      if (!numeral.bytes || numeral.bytes >= rest.size()) numeral = draft_numeral(rest);
      if (!numeral.bytes || numeral.bytes >= rest.size()) break;
      if (p.number.empty()) p.number = numeral.number;
      rest.remove_prefix(numeral.bytes);
      if (!numeral.number.empty()) break;
    }
    p.text = std::string(rest);
    p.lang = language_of(p.text);
    out.push_back(std::move(p));
  };
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const auto raw = text.substr(at, end - at);
    const auto line = tidy(raw);
    if (line.empty()) {
      close();
    } else {
      if (!open.empty() && (closes(open) || find_numeral(line).bytes)) close();
      if (open.empty())
        span.begin = static_cast<uint32_t>(at + std::min(raw.find_first_not_of(" \t\r"), raw.size()));
      else if (open.ends_with('-') && open.size() > 1 && open[open.size() - 2] >= 'a' && open[open.size() - 2] <= 'z' && line[0] >= 'a' && line[0] <= 'z')
        open.pop_back();
      else
        open += ' ';
      open += line;
      const size_t last = raw.find_last_not_of(" \t\r");
      span.end = static_cast<uint32_t>(at + (last == std::string_view::npos ? 0 : last + 1));
    }
    at = end + 1;
  }
  close();
  return out;
}

}  // namespace resolute::text
