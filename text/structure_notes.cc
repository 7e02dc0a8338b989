#include "text/structurer.h"

#include <algorithm>
#include <set>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/normalize.h"

namespace resolute::text {

void Structurer::footnotes() {
  std::vector<std::pair<std::string, std::string>> found;
  place_note_numbers();
  for (const auto& line : notes_) {
    const std::string f = ascii_fold(line.text);
    // "[1] See A/78/562."
    if (const size_t close = f.starts_with('[') ? f.find(']') : std::string::npos; close <= 4 && all_digits(std::string_view(f).substr(1, close - 1))) {
      found.emplace_back(f.substr(1, close - 1), std::string(trimmed(std::string_view(line.text).substr(close + 1))));
      continue;
    }
    size_t n = 0;
    while (n < f.size() && is_digit(f[n])) ++n;
    const bool star = n == 0 && f[0] == '*';
    while (star && n < f.size() && f[n] == '*') ++n;
    // A note follows the one before; a year or a page at the start of a line does not.
    const bool after_number = !found.empty() && !found.back().first.empty() && is_digit(found.back().first[0]);
    const size_t slash = slashed_note(f) ? 1 : 0;
    slashed_ |= slash > 0;
    const bool next = n > 0 && n <= 3 && n < f.size() && (slash || star || f[n] == ' ' || (f[n] & 0x80) || is_upper(f[n])) &&
                      (star || !after_number || std::stoi(f.substr(0, n)) == std::stoi(found.back().first) + 1);
    if (next)
      found.emplace_back(f.substr(0, n), std::string(trimmed(std::string_view(line.text).substr(n + slash))));
    else if (!found.empty())
      join_.add(found.back().second, line.text);
    else
      found.emplace_back("", line.text);
  }
  for (auto& note : given_notes_) found.push_back(std::move(note));
  for (auto& [number, text] : found) add(ParagraphKind::footnote, number, zh_ ? close_han(text) : text);
}

void Structurer::find_stars() {
  for (const auto& b : blocks_)
    for (size_t i = b.text.find_first_not_of('*'); (i = b.text.find('*', i)) != std::string::npos;) {
      const size_t end = std::min(b.text.find_first_not_of('*', i), b.text.size());
      stars_.insert(b.text.substr(i, end - i));
      i = end;
    }
}

std::pair<std::string, size_t> Structurer::note_opening(const std::string& s, bool after_closing) const {
  size_t n = s.starts_with("[") ? 1 : 0;
  const size_t from = n;
  while (n < s.size() && is_digit(s[n]) && n - from < 3) ++n;
  std::string number = s.substr(from, n - from);
  // "¹ See ..."
  if (std::string raised; number.empty() && from == 0) {
    size_t k = 0;
    while (const size_t width = raised_figure(std::string_view(s).substr(k), raised)) k += width;
    if (const size_t at = s.find_first_not_of(' ', k); k > 0 && at != std::string::npos) return {raised, at};
  }
  const auto text = [&](size_t at) {
    while (at < s.size() && s[at] == ' ') ++at;
    return at < s.size() ? at : 0;
  };
  if (number.empty()) {
    const std::string stars = s.substr(0, std::min(s.find_first_not_of('*'), s.size()));
    // A decision's list of members is explained in its own text.
    const bool explained = doc_.type != DocumentType::decision && stars_.count(stars) > 0;
    return from == 0 && !stars.empty() && text(stars.size()) && (after_closing || explained) ? std::pair{stars, text(stars.size())}
                                                                                             : std::pair{std::string(), size_t{0}};
  }
  if (from == 1) return n < s.size() && s[n] == ']' ? std::pair{number, text(n + 1)} : std::pair{std::string(), size_t{0}};
  if (slashed_note(s)) return {number, text(n + 1)};
  // "1《大会正式记录》": closing Chinese up took the space.
  if (after_closing && n + 3 < s.size() && (s[n] & 0x80)) {
    const auto rest = std::string_view(s).substr(n);
    const bool counted = measured(rest) || !find_date(s.substr(0, 40)).empty() || !find_meeting(s.substr(0, 40)).empty();
    return counted || rest.starts_with("、") || rest.starts_with("．") ? std::pair{std::string(), size_t{0}} : std::pair{number, n};
  }
  if (!after_closing || n + 1 >= s.size() || s[n] != ' ' || (s.size() < 30 && !find_date(s).empty())) return {};
  return is_upper(s[n + 1]) || s[n + 1] == '"' || (s[n + 1] & 0x80) ? std::pair{number, n + 1} : std::pair{std::string(), size_t{0}};
}

std::string Structurer::marked_number(std::string_view marker) {
  std::string out;
  for (size_t i = 0; i < marker.size();) {
    if (const size_t width = raised_figure(marker.substr(i), out)) {
      i += width;
      continue;
    }
    if (is_digit(marker[i])) out += marker[i];
    ++i;
  }
  return out;
}

void Structurer::mark_note(Paragraph& p, size_t at, const std::string& number) {
  if (note_places_.empty())
    for (size_t i = 0; i < doc_.paragraphs.size(); ++i)
      if (doc_.paragraphs[i].kind == ParagraphKind::footnote) note_places_.emplace(doc_.paragraphs[i].number, i);
  if (const auto note = note_places_.find(number); note != note_places_.end())
    p.notes.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(note->second)});
}

void Structurer::drop_set_markers() {
  std::set<std::string> known;
  for (const auto& p : doc_.paragraphs)
    if (p.kind == ParagraphKind::footnote && !told_markers_.count(p.number)) known.insert(p.number);
  if (known.empty()) return;
  for (auto& p : doc_.paragraphs) {
    if (p.kind == ParagraphKind::footnote || p.kind == ParagraphKind::table) continue;
    for (size_t i = 0; i < p.text.size();) {
      const bool raised = p.text[i] == '\xC2' || p.text[i] == '\xE2';  // the first byte of every raised figure
      const size_t length = raised || bracketed_ || slashed_ ? set_marker(p.text, i, known) : 0;
      if (length == 0) {
        ++i;
        continue;
      }
      const std::string number = marked_number(std::string_view(p.text).substr(i, length));
      p.text.erase(i, length);
      // "lamp, 1/ and": one space stays.
      if (i > 0 && p.text[i - 1] == ' ' && (i == p.text.size() || p.text[i] == ' ' || p.text[i] == ',' || p.text[i] == ';')) p.text.erase(--i, 1);
      mark_note(p, i, number);
    }
    if (p.text.empty()) p.text = "*";
  }
}

size_t Structurer::set_marker(std::string_view s, size_t at, const std::set<std::string>& known) const {
  const auto rest = s.substr(at);
  const auto digits = [&](size_t from) {
    size_t n = from;
    while (n < rest.size() && is_digit(rest[n]) && n - from < 3) ++n;
    return n;
  };
  if (bracketed_ && rest.starts_with("[")) {
    const size_t n = digits(1);
    return n > 1 && n < rest.size() && rest[n] == ']' && known.count(std::string(rest.substr(1, n - 1))) ? n + 1 : 0;
  }
  if (slashed_ && at > 1 && s[at - 1] == ' ' && is_digit(rest[0])) {
    const size_t n = digits(0);
    const bool ends = n + 1 >= rest.size() || rest[n + 1] == ' ' || rest[n + 1] == ',' || rest[n + 1] == ';' || rest[n + 1] == '.';
    return n < rest.size() && rest[n] == '/' && ends && known.count(std::string(rest.substr(0, n))) ? n + 1 : 0;
  }
  if ((rest[0] != '\xC2' && rest[0] != '\xE2') || raises_power(s.substr(0, at))) return 0;
  std::string number;
  size_t n = 0;
  while (const size_t width = raised_figure(rest.substr(n), number)) n += width;
  return n > 0 && known.count(number) ? n : 0;
}

size_t Structurer::raised_figure(std::string_view s, std::string& number) {
  static constexpr std::string_view kRaised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  for (size_t d = 0; d < std::size(kRaised); ++d)
    if (s.starts_with(kRaised[d])) {
      number += static_cast<char>('0' + d);
      return kRaised[d].size();
    }
  return 0;
}

void Structurer::drop_markers() {
  drop_set_markers();
  drop_glued_markers();
  for (auto& p : doc_.paragraphs) std::stable_sort(p.notes.begin(), p.notes.end(), [](const NoteMark& a, const NoteMark& b) { return a.at < b.at; });
}

void Structurer::drop_glued_markers() {
  std::vector<std::string> markers;
  std::set<std::string> known;
  for (const auto& p : doc_.paragraphs)
    if (p.kind == ParagraphKind::footnote && !p.number.empty() && is_digit(p.number[0]) && !told_markers_.count(p.number)) markers.push_back(p.number);
  size_t next = 0;
  for (auto& p : doc_.paragraphs) {
    if (p.kind == ParagraphKind::footnote || p.kind == ParagraphKind::table) continue;
    for (size_t i = 1; i < p.text.size(); ++i) {
      if (!is_digit(p.text[i])) continue;
      std::string marker;
      // The one expected, or one soon after it where its own place was not seen.
      for (size_t k = next; k < std::min(markers.size(), next + 8) && marker.empty(); ++k) {
        const int glue = glued(p.text, i, markers[k]);
        if (glue == 0 || (glue == 1 && k > next)) continue;
        marker = markers[k];
        known.insert(marker);
        next = k + 1;
      }
      if (marker.empty() && !is_digit(p.text[i - 1]))
        for (const auto& m : known)
          if (glued(p.text, i, m) == 2) marker = m;
      if (marker.empty()) continue;
      const size_t length = p.text.size(), from = i;
      p.text.erase(i, marker.size());
      // One that stood between spaces leaves one of them.
      if (p.text[i - 1] == ' ' && (i == p.text.size() || p.text[i] == ' ' || p.text[i] == ',' || p.text[i] == ';' || p.text[i] == '.')) p.text.erase(--i, 1);
      if (zh_ && i < p.text.size() && p.text[i] == ' ') p.text.erase(i, 1);
      for (auto& n : p.notes)
        if (n.at > from) n.at -= static_cast<uint32_t>(length - p.text.size());
      mark_note(p, i, marker);
      --i;
    }
  }
}

int Structurer::glued(std::string_view s, size_t at, std::string_view marker) const {
  if (s.substr(at, marker.size()) != marker) return 0;
  const size_t end = at + marker.size();
  if (end < s.size() &&
      (is_alnum(s[end]) || s[end] == '/' || s[end] == '-' || s[end] == '%' || s[end] == '(' || (s[end] == '.' && end + 1 < s.size() && is_digit(s[end + 1]))))
    return 0;
  const std::string_view before = s.substr(0, at), after = s.substr(end);
  const auto year_ends = [&](size_t stop) {
    if (stop < 4 || (stop > 4 && is_digit(s[stop - 5]))) return false;
    const auto year = s.substr(stop - 4, 4);
    return std::all_of(year.begin(), year.end(), is_digit) && (year.starts_with("19") || year.starts_with("20"));
  };
  // After a year: "in 201317 recognized".
  if (is_digit(s[at - 1])) return year_ends(at) ? 1 : 0;
  for (const std::string_view mark : {"”", "》", "’", "»"})
    if (before.ends_with(mark)) return 2;
  if (zh_) {
    for (const std::string_view mark : {"，", "；", "。", "、", "："})
      if (before.ends_with(mark)) return after.empty() || after[0] == ' ' || is_han_start(after) ? (measured(after) ? 0 : 2) : after.starts_with("《") ? 2 : 0;
    if (!is_han_end(before) && !before.ends_with(")") && !before.ends_with("）")) return 0;
    for (const std::string_view counted :
         {"第", "至", "共", "约", "达", "到", "近", "超过", "年", "月", "的", "有", "为", "和", "及", "后", "前", "下", "上", "于"})
      if (before.ends_with(counted)) return 0;
    for (const std::string_view mark : {"，", "；", "。", "、"})
      if (after.starts_with(mark)) return 1;
    return after.empty() || (is_han_start(after) && !measured(after)) ? 1 : 0;
  }
  if (s[at - 1] == ' ') return apart(s, at, end);
  const char c = s[at - 1], earlier = at >= 2 ? s[at - 2] : ' ';
  const bool free = after.empty() || after[0] == ' ';
  if (c == ',' || c == ';' || c == ':') return free && (is_digit(earlier) ? year_ends(at - 1) : earlier != ' ') ? (is_digit(earlier) ? 1 : 2) : 0;
  if (c == '.') return free && (is_lower(earlier) || earlier == ')') && (after.empty() || (after.size() > 1 && is_upper(after[1]))) ? 2 : 0;
  if (c == ')') return 2;
  // After a word.
  size_t word = at;
  while (word > 0 && is_lower(s[word - 1])) --word;
  return at - word >= 2 ? 2 : 0;
}

int Structurer::apart(std::string_view s, size_t at, size_t end) {
  // "of 13 June 2013, 1 29/11 of 2 July 2015 2 and": a list of resolutions, a marker after each date.
  size_t k = at - 1;
  if (k > 0 && (s[k - 1] == ',' || s[k - 1] == ';')) --k;
  if (k < 5 || !std::all_of(s.begin() + static_cast<long>(k) - 4, s.begin() + static_cast<long>(k), is_digit) || s[k - 5] != ' ' ||
      (s[k - 4] != '1' && s[k - 4] != '2'))
    return 0;
  const auto after = s.substr(end);
  if (after.empty() || after == "," || after == ";" || after == "." || after.starts_with(" and ") || after.starts_with(", ") || after.starts_with("; "))
    return 1;
  size_t n = 1;
  while (n < after.size() && is_digit(after[n])) ++n;
  return n > 1 && n < after.size() && after[n] == '/' ? 1 : 0;
}

bool Structurer::measured(std::string_view s) {
  for (const std::string_view unit :
       {"个",   "年",   "月", "日", "名", "项", "段", "条", "款", "次", "号", "届", "国", "人", "位", "岁",   "周",   "天", "小时", "分",
        "秒",   "万",   "亿", "千", "百", "十", "多", "所", "类", "种", "级", "期", "份", "张", "件", "章",   "节",   "页", "卷",   "美元",
        "欧元", "英镑", "度", "倍", "至", "组", "点", "处", "家", "起", "场", "批", "里", "公", "吨", "平方", "世纪", "和", "或"})
    if (s.starts_with(unit)) return true;
  return false;
}

bool Structurer::is_han_start(std::string_view s) {
  size_t i = 0;
  return !s.empty() && is_han(next_code_point(s, i));
}

bool Structurer::is_han_end(std::string_view s) {
  size_t i = s.size();
  while (i > 0 && (s[i - 1] & 0xC0) == 0x80) --i;
  if (i == 0) return false;
  --i;
  return is_han(next_code_point(s, i));
}

}  // namespace resolute::text
