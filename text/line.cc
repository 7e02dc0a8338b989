#include "text/line.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_map>

#include "schemas/ascii.h"
#include "schemas/months.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

std::string iso_date(int y, int m, int d) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", y, m, d);
  return parse_date(buffer) ? buffer : "";
}

// Of plain text.
std::string date_in(const std::string& f);
std::string meeting_in(const std::string& f);

// Han, and marks and digits as wide as Han; letters of that width are English.
bool is_wide(char32_t c) {
  if ((c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A)) return false;
  return is_han(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
}

}  // namespace

std::string close_han(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  bool after_han = false;
  for (size_t i = 0; i < s.size();) {
    const size_t at = i;
    const char32_t c = next_code_point(s, i);
    if (c == ' ') {
      size_t k = i;
      while (k < s.size() && s[k] == ' ') ++k;
      size_t peek = k;
      const char32_t next = k < s.size() ? next_code_point(s, peek) : U' ';
      const bool wide = is_wide(next);
      if (!after_han && !wide && k < s.size()) out += ' ';
      i = k;
      continue;
    }
    // Up to the next space all goes over as it stands.
    i = std::min(s.find(' ', i), s.size());
    out += s.substr(at, i - at);
    size_t last = i - 1;
    while (last > at && (s[last] & 0xC0) == 0x80) --last;
    after_han = is_wide(next_code_point(s, last));
  }
  return out;
}

namespace {

// 0 to 9 of a Han numeral, 10, 100, 1000 of one that multiplies; -1 of other characters.
int numeral_value(char32_t c) {
  switch (c) {
    case U'〇':
    case U'零':
    case U'○': return 0;
    case U'一': return 1;
    case U'二':
    case U'两': return 2;
    case U'三': return 3;
    case U'四': return 4;
    case U'五': return 5;
    case U'六': return 6;
    case U'七': return 7;
    case U'八': return 8;
    case U'九': return 9;
    case U'十': return 10;
    case U'百': return 100;
    case U'千': return 1000;
    default: return -1;
  }
}

// "二〇四八" is a row of figures, "九百四十四" a sum. -1 where it is too long for a number.
long value_of(const std::vector<int>& numerals) {
  if (numerals.empty() || numerals.size() > 8) return -1;
  if (std::all_of(numerals.begin(), numerals.end(), [](int n) { return n < 10; })) {
    long v = 0;
    for (const int n : numerals) v = v * 10 + n;
    return v;
  }
  long sum = 0, figure = -1;
  for (const int n : numerals) {
    if (n < 10) {
      figure = n;
      continue;
    }
    sum += (figure <= 0 ? 1 : figure) * n;
    figure = -1;
  }
  return sum + std::max(figure, 0L);
}

}  // namespace

std::string with_figures(std::string_view s) {
  static constexpr std::string_view kAfter[] = {"年", "月", "日", "次", "票", "号", "段", "届", "(", ")"};
  static constexpr std::string_view kBefore[] = {"第", "案", "对", "者", "("};
  std::string out;
  for (size_t i = 0; i < s.size();) {
    size_t end = i;
    std::vector<int> numerals;
    for (size_t k = i; k < s.size();) {
      const int n = (s[k] & 0x80) ? numeral_value(next_code_point(s, k)) : -1;
      if (n < 0) break;
      numerals.push_back(n);
      end = k;
    }
    const auto after = s.substr(end);
    const bool counts = std::any_of(std::begin(kAfter), std::end(kAfter), [&](auto w) { return after.starts_with(w); }) ||
                        std::any_of(std::begin(kBefore), std::end(kBefore), [&](auto w) { return out.ends_with(w); });
    if (const long v = numerals.empty() || !counts ? -1 : value_of(numerals); v >= 0) {
      out += std::to_string(v);
      i = end;
      continue;
    }
    const size_t at = i;
    if (end > i)
      i = end;
    else
      next_code_point(s, i);
    out += s.substr(at, i - at);
  }
  return out;
}

std::string plain(std::string_view s) {
  // Most lines of English: only runs of spaces and those at the end go.
  if (is_ascii(s)) {
    while (s.ends_with(' ')) s.remove_suffix(1);
    if (s.find("  ") == std::string_view::npos) return std::string(s);
    std::string out;
    for (const char c : s)
      if (c != ' ' || !out.ends_with(' ')) out += c;
    return out;
  }
  return close_han(ascii_fold(simplify(s)));
}

bool raises_power(std::string_view before) {
  size_t n = before.size();
  while (n > 0 && is_alnum(before[n - 1])) --n;
  const auto word = before.substr(n);
  return word == "10" || word == "m" || word == "cm" || word == "km" || word == "mm";
}

std::string find_date(std::string_view line) {
  if (is_ascii(line) && std::none_of(line.begin(), line.end(), is_digit)) return "";
  const std::string f = plain(line);
  if (auto date = date_in(f); !date.empty()) return date;
  // A year in Han numerals.
  const size_t year = f.find("年");
  return year != std::string::npos && year > 0 && !is_digit(f[year - 1]) ? date_in(with_figures(f)) : "";
}

namespace {

std::string date_in(const std::string& f) {
  for (size_t i = 0; i < f.size(); ++i) {
    if (!is_digit(f[i]) || (i > 0 && is_digit(f[i - 1]))) continue;
    size_t k = i;
    while (k < f.size() && is_digit(f[k])) ++k;
    const int first = k - i <= 4 ? std::stoi(f.substr(i, k - i)) : 0;
    if (k - i == 4 && f.compare(k, 3, "年") == 0) {
      size_t m = k + 3, e = m;
      while (e < f.size() && is_digit(f[e])) ++e;
      if (e > m && e - m <= 2 && f.compare(e, 3, "月") == 0) {
        const int month = std::stoi(f.substr(m, e - m));
        size_t d = e + 3, x = d;
        while (x < f.size() && is_digit(f[x])) ++x;
        if (x > d && x - d <= 2 && f.compare(x, 3, "日") == 0) return iso_date(first, month, std::stoi(f.substr(d, x - d)));
      }
    } else if (k - i <= 2) {
      size_t m = k;
      while (m < f.size() && f[m] == ' ') ++m;
      size_t e = m;
      while (e < f.size() && is_alpha(f[e])) ++e;
      const auto month = month_of(std::string_view(f).substr(m, e - m));
      if (!month) continue;
      size_t y = e;
      while (y < f.size() && (f[y] == ' ' || f[y] == ',')) ++y;
      size_t x = y;
      while (x < f.size() && is_digit(f[x])) ++x;
      if (x - y >= 4) return iso_date(std::stoi(f.substr(y, 4)), *month, first);
    }
  }
  return "";
}

}  // namespace

std::string find_meeting(std::string_view line) {
  if (is_ascii(line) && std::none_of(line.begin(), line.end(), is_digit)) return "";
  const std::string f = plain(line);
  if (auto number = meeting_in(f); !number.empty()) return number;
  const size_t times = f.find("次");
  return times != std::string::npos && times > 0 && !is_digit(f[times - 1]) ? meeting_in(with_figures(f)) : "";
}

namespace {

std::string meeting_in(const std::string& f) {
  const std::string low = lowered(f);
  for (size_t i = 0; i < f.size(); ++i) {
    if (!is_digit(f[i]) || (i > 0 && is_digit(f[i - 1]))) continue;
    size_t k = i;
    while (k < f.size() && is_digit(f[k])) ++k;
    if (k - i > 5) {
      i = k;
      continue;
    }
    std::string number = f.substr(i, k - i);
    std::string_view rest = std::string_view(low).substr(k);
    if (rest.starts_with("次会议") || rest.starts_with("次全体会议") || rest.starts_with("次(") || (rest.starts_with("次") && has(rest.substr(0, 30), "会议")))
      return number;
    for (const std::string_view suffix : {"th", "st", "nd", "rd"})
      if (rest.starts_with(suffix) && has(rest.substr(0, 45), "meeting")) return number;
  }
  return "";
}

}  // namespace

std::vector<std::string> find_agenda(std::string_view line) {
  std::vector<std::string> out;
  const std::string f = lowered(ascii_fold(line));
  std::string item;
  const auto flush = [&] {
    if (!item.empty() && std::find(out.begin(), out.end(), item) == out.end()) out.push_back(item);
    item.clear();
  };
  bool sub = false;
  for (size_t i = 0; i < f.size();) {
    if (is_digit(f[i])) {
      size_t k = i;
      while (k < f.size() && is_digit(f[k]) && k - i < 3) ++k;
      if (!sub)
        flush();
      else
        item.clear();
      item = f.substr(i, k - i);
      sub = false;
      i = k;
      while (i < f.size() && is_digit(f[i])) ++i;
    } else if (f[i] == '(' && !item.empty()) {
      const size_t close = f.find(')', i);
      if (close == std::string::npos) break;
      const std::string letters = f.substr(i + 1, close - i - 1);
      if (!letters.empty() && letters.size() <= 2 && std::all_of(letters.begin(), letters.end(), is_lower)) {
        const std::string base = item.substr(0, item.find('('));
        item = base + "(" + letters + ")";
        if (std::find(out.begin(), out.end(), item) == out.end()) out.push_back(item);
        sub = true;
      }
      i = close + 1;
    } else {
      ++i;
    }
  }
  if (!sub) flush();
  return out;
}

Numeral find_numeral(std::string_view paragraph) {
  Numeral out;
  size_t i = 0;
  while (i < paragraph.size() && paragraph[i] == ' ') ++i;
  size_t at = i;
  const auto after = [&](size_t p) {
    while (p < paragraph.size() && (paragraph[p] == ' ' || paragraph[p] == '\t')) ++p;
    if (paragraph.compare(p, 2, "\xC2\xA0") == 0) p += 2;
    return p;
  };
  // 12. / 12． / 12、 and OCR's "1,", "ll.", "l.", "I0."
  size_t k = at;
  while (k < paragraph.size() && (is_digit(paragraph[k]) || ((paragraph[k] == 'l' || paragraph[k] == 'O') && k - at < 2)) && k - at < 3) ++k;
  if (k > at && k < paragraph.size()) {
    std::string number(paragraph.substr(at, k - at));
    bool any_digit = false;
    for (char& c : number) {
      any_digit |= is_digit(c);
      if (c == 'l') c = '1';
      if (c == 'O') c = '0';
    }
    const bool slip = number != paragraph.substr(at, k - at);
    size_t stop = 0;
    if (paragraph[k] == '.' && !(k + 1 < paragraph.size() && is_digit(paragraph[k + 1])))
      stop = k + 1;
    else if (paragraph.compare(k, 3, "．") == 0 || paragraph.compare(k, 3, "、") == 0)
      stop = k + 3;
    else if (paragraph[k] == ',' && k + 2 < paragraph.size() && paragraph[k + 1] == ' ' && is_upper(paragraph[k + 2]))
      stop = k + 1;
    if (stop && after(stop) < paragraph.size() && number != "0" &&
        (!slip || (paragraph[k] == '.' && is_upper(paragraph[after(stop)]) && (any_digit || k - at == 2 || paragraph[at] == 'l')))) {
      out.number = number;
      out.bytes = after(stop);
      return out;
    }
  }
  // (a) （一） ㈠ (i)
  size_t p = at;
  char32_t c = p < paragraph.size() ? next_code_point(paragraph, p) : 0;
  if (c >= 0x3220 && c <= 0x3229) {
    static constexpr std::array<const char*, 10> kHan = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    out.number = kHan[c - 0x3220];
    out.bytes = after(p);
    out.level = 1;
    return out;
  }
  if (c == '(' || c == 0xFF08) {
    std::string inside;
    for (int n = 0; n < 6 && p < paragraph.size(); ++n) {
      const size_t before = p;
      const char32_t d = next_code_point(paragraph, p);
      if (d == ')' || d == 0xFF09) {
        const bool letters = !inside.empty() && std::all_of(inside.begin(), inside.end(), is_lower);
        const bool digits = all_digits(inside);
        const bool han = !inside.empty() && (inside[0] & 0x80);
        if (!letters && !digits && !han) return out;
        if (letters && inside.size() > 4) return out;
        if (digits && inside.size() > 3) return out;  // a year
        out.number = inside;
        out.bytes = after(p);
        std::string up = inside;
        for (char& x : up)
          if (is_lower(x)) x = static_cast<char>(x - 32);
        out.level = letters && parse_roman(up) ? 2 : 1;
        return out;
      }
      if (d >= 0xFF41 && d <= 0xFF5A)
        inside += static_cast<char>(d - 0xFF41 + 'a');
      else if (d < 0x80 && (is_lower(static_cast<char>(d)) || is_digit(static_cast<char>(d))))
        inside += static_cast<char>(d);
      else if (d == U'一' || d == U'二' || d == U'三' || d == U'四' || d == U'五' || d == U'六' || d == U'七' || d == U'八' || d == U'九' || d == U'十')
        inside.append(paragraph.substr(before, p - before));
      else
        return out;
    }
  }
  return out;
}

std::optional<Language> detect_language(std::string_view utf8) {
  size_t han = 0, latin = 0, foreign = 0, letters = 0;
  for (size_t i = 0; i < utf8.size();) {
    if (const char byte = utf8[i]; !(byte & 0x80)) {
      ++i;
      if (is_alpha(byte)) ++latin, ++letters;
      continue;
    }
    const char32_t c = next_code_point(utf8, i);
    if (is_han(c))
      ++han, ++letters;
    else if ((c >= 0x400 && c <= 0x4FF) || (c >= 0x600 && c <= 0x6FF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7AF))
      ++foreign, ++letters;
  }
  if (letters == 0 || foreign * 10 > letters * 3) return std::nullopt;
  if (han * 8 > letters) return Language::zh;
  if (latin == 0) return std::nullopt;
  // English by its small words, against the other languages the UN writes in Latin letters. Words of at most
  // four letters are numbers: their bytes.
  const auto number = [](std::string_view word) {
    uint32_t n = 0;
    for (const char c : word) n = n << 8 | static_cast<unsigned char>(c);
    return n;
  };
  static const auto kinds = [&] {
    std::unordered_map<uint32_t, bool> out;  // whether it is English
    for (const char* w : {"the", "and", "of", "to", "in", "its", "with", "by"}) out[number(w)] = true;
    for (const char* w : {"les", "des", "dans", "pour", "los", "las", "del", "para", "que", "une", "el", "y", "der", "die", "und", "et", "du", "sur"})
      out[number(w)] = false;
    return out;
  }();
  size_t en = 0, other = 0;
  uint32_t word = 0;
  size_t length = 0;
  const std::string_view begin = utf8.substr(0, 200'000);
  for (size_t i = 0; i <= begin.size(); ++i) {
    const char c = i < begin.size() ? begin[i] : ' ';
    if (is_alpha(c)) {
      word = word << 8 | static_cast<unsigned char>(c | 0x20);
      ++length;
      continue;
    }
    if (length > 0 && length <= 4)
      if (const auto it = kinds.find(word); it != kinds.end()) ++(it->second ? en : other);
    word = 0;
    length = 0;
  }
  if (other > en && other > 2) return std::nullopt;
  return Language::en;
}

}  // namespace resolute::text
