#include "text/page.h"

#include <algorithm>
#include <set>

#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/line_evidence.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

// A page's foot is a few words. Longer lines are not looked at, else the time for one line grows with its square.
constexpr size_t kMostFootBytes = 200;

constexpr size_t kWideGap = 4;     // spaces between columns; justified lines have fewer
constexpr size_t kMostCells = 12;  // of a line; more are one cell

// Where the cell that begins at `from` ends: before a wide gap, but not after a number at the line's start.
size_t end_of_cell(const std::string& s, size_t from) {
  size_t cells = 0;
  for (size_t at = from; (at = s.find("    ", at)) != std::string::npos;) {
    const size_t next = s.find_first_not_of(' ', at);
    if (next == std::string::npos) return s.size();
    const auto label = std::string_view(s).substr(from, at - from);
    bool number = label.size() <= 12;
    if (number) {
      const std::string probe = std::string(label) + " X";
      number = find_numeral(probe).bytes + 1 >= probe.size() || title_number(probe) + 2 >= probe.size() || label == "–" || label == "•" ||
               (label.size() <= 2 && is_digit(label[0]));
    }
    if (!number && next - at >= kWideGap && ++cells <= kMostCells) return at;
    at = next;
  }
  return s.size();
}

}  // namespace

std::vector<Line> split_lines(std::string_view s) {
  std::vector<Line> lines;
  bool blank = false, page = false;
  for (size_t at = 0; at <= s.size();) {
    size_t end = s.find('\n', at);
    if (end == std::string_view::npos) end = s.size();
    const std::string_view raw = s.substr(at, end - at);
    at = end + 1;
    // Every kind of space counts as one.
    std::string spaced;
    spaced.reserve(raw.size());
    for (size_t i = 0; i < raw.size();) {
      const size_t b = i;
      while (i < raw.size() && raw[i] >= 0x20) ++i;  // most of English
      spaced.append(raw, b, i - b);
      if (i == raw.size()) break;
      const size_t other = i;
      const char32_t c = next_code_point(raw, i);
      if (c == '\f')
        page = true;
      else if (c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F)
        spaced += ' ';
      else if (c == '\r' || c == 0xFEFF || c == 0x200B) {
      } else if (c >= 0x20)
        spaced.append(raw, other, i - other);
    }
    if (trimmed(spaced).empty()) {
      blank = true;
      continue;
    }
    const bool trailing = spaced.back() == ' ';
    bool beside = false;
    for (size_t from = spaced.find_first_not_of(' '); from < spaced.size();) {
      const size_t to = end_of_cell(spaced, from);
      Line line;
      const auto body = trimmed(std::string_view(spaced).substr(from, to - from));
      line.indent = static_cast<int>(std::count_if(spaced.begin(), spaced.begin() + static_cast<long>(from), [](char c) { return (c & 0xC0) != 0x80; }));
      line.text = body;
      line.trailing = trailing;
      line.width = static_cast<int>(ascii_end(body));
      for (size_t i = ascii_end(body); i < body.size();) line.width += next_code_point(body, i) >= 0x2E80 ? 2 : 1;
      line.blank_before = blank;
      line.page_before = page;
      line.beside = beside;
      blank = page = false;
      beside = true;
      lines.push_back(std::move(line));
      from = std::min(spaced.find_first_not_of(' ', to), spaced.size());
    }
  }
  return lines;
}

bool is_rule(std::string_view s) {
  size_t n = 0;
  for (const char c : s) {
    if (c == '_' || c == '-')
      ++n;
    else if (c != ' ')
      return false;
  }
  return n >= 6;
}

bool is_page_number(std::string_view s) {
  for (const std::string_view lead : {"Page ", "page "})
    if (s.starts_with(lead)) s.remove_prefix(lead.size());
  bool any = false;
  for (const char c : s) {
    if (is_digit(c))
      any = true;
    else if (c != '/' && c != '-' && c != ' ')
      return false;
  }
  return any && s.size() <= 9;
}

bool is_job_number(std::string_view s) {
  const auto belongs = [](char c) { return is_digit(c) || c == '-' || c == ' ' || c == '*' || c == '(' || c == ')' || c == 'E' || c == 'C'; };
  if (s.size() > kMostFootBytes || s.empty() || !(belongs(s[0]) || (s[0] & 0x80))) return false;
  const std::string f = ascii_fold(s);
  if (!std::all_of(f.begin(), f.end(), belongs)) return false;
  const auto digits = std::count_if(f.begin(), f.end(), is_digit);
  return digits >= 7 && (f.find('-') == 2 || f.front() == '*' || f.find('(') != std::string::npos);
}

bool is_foot(std::string_view s) {
  if (s.size() > kMostFootBytes) return false;
  const std::string f = ascii_fold(s);
  if (!has(f, "/")) return false;  // of "3/7"
  for (size_t at = f.find(' '); at != std::string::npos; at = f.find(' ', at + 1)) {
    const auto left = trimmed(std::string_view(f).substr(0, at)), right = trimmed(std::string_view(f).substr(at));
    if ((is_page_number(left) && left.find('/') != std::string_view::npos && is_job_number(right)) ||
        (is_job_number(left) && is_page_number(right) && right.find('/') != std::string_view::npos))
      return true;
  }
  return false;
}

size_t slashed_note(std::string_view s) {
  size_t n = 0;
  while (n < s.size() && is_digit(s[n])) ++n;
  return n >= 1 && n <= 2 && n + 2 < s.size() && s[n] == '/' && s[n + 1] == ' ' ? n : 0;
}

std::string letters_of(std::string_view s) {
  std::string out;
  for (const char c : ascii_fold(s))
    if (is_alnum(c) || (c & 0x80)) out += is_upper(c) ? static_cast<char>(c + 32) : c;
  return out;
}

std::optional<Body> enacting_body(std::string_view s) {
  if (s.size() > 60 || s.empty() || (s[0] != 'T' && s[0] != 't' && !(s[0] & 0x80))) return std::nullopt;
  const std::string f = lowered(plain(s));
  std::string_view v = f;
  while (!v.empty() && (v.back() == ',' || v.back() == ' ' || v.back() == ':')) v.remove_suffix(1);
  if (v.ends_with("，")) v.remove_suffix(3);
  if (v == "the general assembly" || v == "大会") return Body::ga;
  if (v == "the security council" || v == "安全理事会") return Body::sc;
  if (v == "the economic and social council" || v == "经济及社会理事会") return Body::ecosoc;
  if (v == "the human rights council" || v == "人权理事会") return Body::hrc;
  return std::nullopt;
}

Body body_named(std::string_view s) {
  const std::string f = lowered(s);
  if (has(f, "security council") || has(f, "安全理事会")) return Body::sc;
  if (has(f, "human rights council") || has(f, "人权理事会")) return Body::hrc;
  if (has(f, "economic and social council") || has(f, "经济及社会理事会")) return Body::ecosoc;
  if (has(f, "general assembly") || has(f, "大会")) return Body::ga;
  return Body::none;
}

bool ends_sentence(std::string_view s) {
  s = without_note_mark(s);
  while (!s.empty() && (is_digit(s.back()) || s.back() == ')' || s.back() == '"')) s.remove_suffix(1);
  for (const std::string_view mark : {".", ";", ",", ":", "。", "；", "，", "：", "”", "、", "’"})
    if (s.ends_with(mark)) return true;
  return false;
}

bool is_annex_head(std::string_view s) {
  if (s.empty() || (s[0] != 'A' && s[0] != ' ' && !(s[0] & 0x80)) || (opens_with_han(s) && !s.starts_with("附"))) return false;
  const std::string f = plain(s);
  if (f.size() > 60) return false;
  for (const std::string_view word : {"Annex", "Appendix", "ANNEX", "附件", "附录", "附文"}) {
    if (!f.starts_with(word)) continue;
    const auto rest = trimmed(std::string_view(f).substr(word.size()));
    if (rest.empty() || (rest.size() <= 12 && (is_upper(rest[0]) || is_digit(rest[0]) || (rest[0] & 0x80)))) return true;
  }
  return false;
}

bool is_part_head(std::string_view s) {
  std::string_view v = trimmed(s);
  if (v.ends_with(".")) v.remove_suffix(1);
  // "B1", "B [1]", "B 1/": a part's letter with the number of its note.
  if (v.size() > 1 && is_upper(v[0]) && !parse_roman(v.substr(0, 1))) {
    auto mark = trimmed(v.substr(1));
    if (mark.starts_with('[') && mark.ends_with(']'))
      mark = mark.substr(1, mark.size() - 2);
    else if (mark.ends_with('/'))
      mark.remove_suffix(1);
    if (mark.size() <= 2 && all_digits(mark)) return true;
  }
  return v.size() <= 5 && !v.empty() && (parse_roman(v) || (v.size() == 1 && is_upper(v[0])));
}

size_t part_numeral(std::string_view s) {
  size_t i = 0;
  while (i < s.size() && is_upper(s[i])) ++i;
  if (i > 0 && i < s.size() && (parse_roman(s.substr(0, i)) || i == 1)) {
    if (s[i] != '.') return 0;
    size_t k = i + 1;
    while (k < s.size() && s[k] == ' ') ++k;
    return k < s.size() && !is_lower(s[k]) ? k : 0;
  }
  size_t k = 0, numerals = 0;
  while (k < s.size()) {
    size_t next = k;
    const char32_t c = next_code_point(s, next);
    if (std::u32string_view(U"一二三四五六七八九十").find(c) == std::u32string_view::npos) break;
    k = next;
    ++numerals;
  }
  if (numerals == 0 || numerals > 3 || k >= s.size()) return 0;
  size_t stop = 0;
  if (s[k] == '.')
    stop = k + 1;
  else if (s.substr(k).starts_with("、") || s.substr(k).starts_with("．"))
    stop = k + 3;
  else
    return 0;
  while (stop < s.size() && s[stop] == ' ') ++stop;
  return stop < s.size() ? stop : 0;
}

size_t title_number(std::string_view s) {
  size_t n = 0;
  for (const std::string_view special : {"ES-", "S-"})
    if (s.starts_with(special)) n = special.size();
  const size_t from = n;
  while (n < s.size() && is_digit(s[n])) ++n;
  if (n == from || n - from > 4) return 0;
  if (n < s.size() && s[n] == '/') {
    const size_t after = ++n;
    while (n < s.size() && is_digit(s[n])) ++n;
    if (n == after || n - after > 4) return 0;
  } else {
    // "1948 (XXI)", "217 A (III)"
    size_t k = n;
    if (k + 1 < s.size() && s[k] == ' ' && is_upper(s[k + 1]) && k + 2 < s.size() && s[k + 2] == ' ') k += 2;
    while (k < s.size() && s[k] == ' ') ++k;
    if (k >= s.size() || s[k] != '(') return 0;
    const size_t close = s.find(')', k);
    if (close == std::string_view::npos || close - k > 9) return 0;
    for (size_t i = k + 1; i < close; ++i)
      if (!is_upper(s[i]) && !is_digit(s[i]) && s[i] != '-') return 0;
    n = close + 1;
  }
  // The letter of a part.
  size_t k = n;
  while (k < s.size() && s[k] == ' ') ++k;
  if (k < s.size() && is_upper(s[k]) && k + 1 < s.size() && (s[k + 1] == '.' || s.substr(k + 1).starts_with("．"))) n = k + 1;
  for (const std::string_view stop : {".", "．", "。"})
    if (s.substr(n).starts_with(stop) && n + stop.size() < s.size() && !is_digit(s[n + stop.size()])) return n + stop.size();
  return 0;
}

bool is_cover_line(std::string_view s) {
  if (s.size() > 90 || s.empty() || is_lower(s[0])) return false;
  if (s.starts_with("Distr") || s.starts_with("Original:") || s.starts_with("Agenda item") || s.starts_with("议程项目")) return true;
  const std::string f = plain(s), low = lowered(f);
  static constexpr std::string_view kAlone[] = {"united nations",
                                                "nations unies",
                                                "general assembly",
                                                "security council",
                                                "economic and social council",
                                                "human rights council",
                                                "plenary",
                                                "联合国",
                                                "大会",
                                                "安全理事会",
                                                "经济及社会理事会",
                                                "人权理事会",
                                                "全会",
                                                "全体会议",
                                                "english",
                                                "chinese",
                                                "original: english",
                                                "original: chinese",
                                                "decision",
                                                "resolution",
                                                "决定",
                                                "决议",
                                                "general",
                                                "limited"};
  for (const auto name : kAlone)
    if (low == name) return true;
  if (f.size() < 60 && (low.ends_with(" session") && !is_lower(f[0]) && !has(f, ","))) return true;
  if (f.starts_with("第") && (f.ends_with("届会议") || f.ends_with("届特别会议") || f.ends_with("届紧急特别会议")) && f.size() < 60) return true;
  if (f.size() < 80 && names_committee(f)) return true;
  std::string_view symbol = f;
  while (symbol.ends_with('*')) symbol.remove_suffix(1);
  return (f[0] == 'A' || f[0] == 'S' || f[0] == 'E') && parse_symbol(symbol).has_value();
}

bool names_committee(std::string_view s) {
  const std::string f = plain(s), low = lowered(f);
  return (low.ends_with(" committee") || low.ends_with(" committee)") || f.ends_with("委员会") || f.ends_with("委员会)")) && !find_committees(f).empty();
}

bool opens_masthead(std::string_view s) {
  if (title_number(s)) return true;
  // "Resolution", "Decision", "Adopted", "Statement", "Note", "Report", a date, a remark.
  if (s.empty() || (!is_digit(s[0]) && !has("RDASN[", s.substr(0, 1)) && !(s[0] & 0x80)) || (opens_with_han(s) && !s.starts_with("第"))) return false;
  const std::string f = plain(s.substr(0, 400)), low = lowered(f);
  for (const std::string_view lead : {"resolution adopted by", "decision adopted by", "resolutions adopted by", "adopted by the", "statement by the president",
                                      "note by the", "report of the "})
    if (low.starts_with(lead)) return true;
  if (low.starts_with("resolution ") && low.size() > 11 && is_digit(low[11]) && low.size() < 60 && (f.ends_with(")") || has(f, " of "))) return true;
  if (f[0] == '[' && (has(low, "report of") || has(low, "main committee") || has(low, "on the ") || has(f, "通过") || has(f, "根据") || has(f, "未经")))
    return true;
  if (f.size() > 200) return false;
  if (f.starts_with("第") && (f.ends_with("号决议") || f.ends_with("号决定"))) return f.size() < 60;
  if (is_digit(f[0]) && !find_date(f).empty())
    for (const std::string_view tail : {"决议", "决定", "通过", "通过的决议", "通过的决定"})
      if (f.ends_with(tail)) return true;
  return false;
}

bool is_closing_line(std::string_view s) {
  // What is longer opens with one of these.
  if (s.size() >= 60 && s[0] != 'A' && s[0] != 'a' && s[0] != '[' && !(s[0] & 0x80) && (s.size() > 120 || is_ascii(s))) return false;
  if (s.size() > 180 && opens_with_han(s) && !s.starts_with("第")) return false;
  const std::string f = plain(s.substr(0, 900));
  const std::string low = lowered(f);
  if (f.empty() || f.size() > 600) return false;
  if (low.starts_with("adopted ") && (has(low, "meeting") || has(low, "vote") || low.starts_with("adopted unanimously"))) return true;
  if (f.size() < 60 && (has(low, "plenary meeting") || has(f, "次全体会议") || (f.starts_with("第") && f.ends_with("次会议")))) return true;
  if (f.size() < 200 && f.starts_with("第") && has(f, "次会议以") && has(f, "通过")) return true;
  if ((f.size() < 24 || (f.size() < 40 && with_figures(f).size() < 24)) && !f.ends_with(";") && !f.ends_with(",") && !f.ends_with("，") && !f.ends_with("；") &&
      !find_date(f).empty())
    return true;
  if (f.size() < 40 && has(low, "meeting") && is_digit(f[0])) return true;
  return f[0] == '[' && (has(low, "adopted") || has(f, "通过"));
}

Joiner::Joiner(bool zh, std::string_view whole) : zh_(zh), whole_(lowered(whole)) {}

void Joiner::add(std::string& paragraph, std::string_view line) const {
  if (paragraph.empty()) {
    paragraph = line;
    return;
  }
  if (!zh_ && paragraph.size() > 2 && paragraph.back() == '-' && is_alpha(paragraph[paragraph.size() - 2]) && !line.empty() && is_lower(line[0])) {
    const size_t from = paragraph.find_last_of(" (", paragraph.size() - 2) == std::string::npos ? 0 : paragraph.find_last_of(" (", paragraph.size() - 2) + 1;
    const std::string left = lowered(std::string_view(paragraph).substr(from, paragraph.size() - 1 - from));
    size_t n = 0;
    while (n < line.size() && is_alpha(line[n])) ++n;
    const std::string right = lowered(line.substr(0, n));
    // The document itself says how the word is written elsewhere.
    const bool whole_known = has(whole_, left + right), hyphen_known = has(whole_, left + "-" + right);
    static const std::set<std::string> kPrefixes = {"non",    "self",  "co",    "long",    "well",      "high",     "low",   "follow", "inter",
                                                    "multi",  "post",  "pre",   "counter", "cross",     "decision", "peace", "early",  "gender",
                                                    "age",    "human", "small", "vice",    "secretary", "sub",      "socio", "mid",    "twenty",
                                                    "thirty", "forty", "fifty", "sixty",   "seventy",   "eighty",   "ninety"};
    if (!hyphen_known && (whole_known || !kPrefixes.count(left))) paragraph.pop_back();
    paragraph += line;
    return;
  }
  // "Secretary-|General", "2020-|2025".
  if (!zh_ && paragraph.size() > 1 && paragraph.back() == '-' && is_alnum(paragraph[paragraph.size() - 2]) && !line.empty() && is_alnum(line[0])) {
    paragraph += line;
    return;
  }
  const bool han = zh_;
  if (!han || (is_alpha(paragraph.back()) && !line.empty() && is_alpha(line[0]))) paragraph += ' ';
  paragraph += line;
}

}  // namespace resolute::text
