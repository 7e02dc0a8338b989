#include "schemas/symbol.h"
#include "schemas/ascii.h"
#include "schemas/numerals.h"

#include <algorithm>
#include <array>
#include <vector>

namespace resolute {
namespace {

char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

std::vector<std::string_view> split(std::string_view s, char by) {
  std::vector<std::string_view> out;
  for (size_t at = 0;;) {
    const size_t next = s.find(by, at);
    out.push_back(s.substr(at, next == std::string_view::npos ? next : next - at));
    if (next == std::string_view::npos) return out;
    at = next + 1;
  }
}

// First components of UN symbols: organs, then bodies with series of their own.
constexpr std::array kSeries = {"A",     "S",    "E",    "ST",     "T",   "CCPR", "CEDAW", "CRC",   "CAT",  "CERD", "CRPD",    "CMW",   "CED",
                                "NPT",   "FCCC", "UNEP", "ICCD",   "TD",  "DP",   "ID",    "CD",    "BWC",  "CCW",  "APLC",    "PBC",   "LC",
                                "SPLOS", "ISBA", "CBD",  "PCNICC", "ICC", "CLCS", "HRI",   "HS",    "CTOC", "CAC",  "INFCIRC", "OPCAT", "JIU",
                                "TPNW",  "CCM",  "DC",   "AC",     "HSP", "PCN",  "UNW",   "SAICM", "WHC",  "NPDEC"};

// One organ's symbol in upper case without spaces, "A/RES/60/288".
bool well_formed(std::string_view s) {
  const auto parts = split(s, '/');
  if (parts.size() < 2 || parts.size() > 10) return false;
  if (std::find(kSeries.begin(), kSeries.end(), parts[0]) == kSeries.end()) return false;
  bool digit = false;
  for (size_t i = 1; i < parts.size(); ++i) {
    const auto p = parts[i];
    if (p.empty() || p.size() > 24) return false;
    int open = 0;
    for (size_t k = 0; k < p.size(); ++k) {
      const char c = p[k];
      if (is_digit(c))
        digit = true;
      else if (c == '(') {
        if (++open > 1 || k == 0) return false;
      } else if (c == ')') {
        if (--open < 0 || p[k - 1] == '(') return false;
      } else if (!is_upper(c) && c != '.' && c != '-' && c != '_')
        return false;
    }
    if (open != 0 || p.front() == '.' || p.back() == '.' || p.front() == '-' || p.back() == '-') return false;
  }
  return digit;
}

void replace_word(std::string& s, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = s.find(from, at)) != std::string::npos; at += to.size()) s.replace(at, from.size(), to);
}

// Where a trailing part ("B", "A-C") begins, or npos.
size_t part_position(std::string_view s) {
  size_t end = s.size();
  if (end >= 3 && is_upper(s[end - 1]) && s[end - 2] == '-' && is_upper(s[end - 3]))
    end -= 3;
  else if (end >= 1 && is_upper(s[end - 1]))
    end -= 1;
  else
    return std::string_view::npos;
  if (end > 0 && (is_digit(s[end - 1]) || s[end - 1] == ')')) return end;
  return std::string_view::npos;
}

// Drops spaces, all but those that keep words apart: "A/RES/60/288 of 2006" is no symbol.
// nullopt where one of these stands. Upper case.
std::optional<std::string> close_spaces(std::string_view s) {
  const auto alnum = [](char c) { return is_digit(c) || is_upper(c); };
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    const bool space = s[i] == ' ' || s[i] == '\t';
    if (!space) {
      out += to_upper(s[i]);
      continue;
    }
    size_t next = i + 1;
    while (next < s.size() && (s[next] == ' ' || s[next] == '\t')) ++next;
    if (next < s.size() && !out.empty() && alnum(out.back()) && alnum(to_upper(s[next]))) {
      // Only a part letter stands apart: "A/RES/74/232 B", "A/RES/2200 A (XXI)".
      const bool letter = is_upper(to_upper(s[next])) && (next + 1 == s.size() || s[next + 1] == ' ' || s[next + 1] == '-');
      if (!letter || !is_digit(out.back())) return std::nullopt;
    }
    i = next - 1;
  }
  return out;
}

// The letter of a part stands after the session: "A/RES/2200A(XXI)" is A/RES/2200(XXI)A.
void move_part_after_session(std::string& s) {
  const size_t open = s.find('(');
  if (open == std::string::npos || s.find("/RES/") == std::string::npos || s.back() != ')') return;
  size_t begin = open;
  while (begin > 0 && (is_upper(s[begin - 1]) || s[begin - 1] == '-')) --begin;
  const size_t letters = open - begin;
  const bool part = (letters == 1 && is_upper(s[begin])) || (letters == 3 && is_upper(s[begin]) && s[begin + 1] == '-' && is_upper(s[begin + 2]));
  if (!part || begin == 0 || !is_digit(s[begin - 1]) || !parse_roman(std::string_view(s).substr(open + 1, s.size() - open - 2))) return;
  s += s.substr(begin, open - begin);
  s.erase(begin, open - begin);
}

// The numbers of resolutions, decisions and statements begin with no 0: "A/RES/75/001" is A/RES/75/1.
void drop_leading_zeros(std::string& s) {
  size_t at = std::string::npos;
  for (const std::string_view series : {"/RES/", "/DEC/", "/PRST/"})
    if (at == std::string::npos && (at = s.find(series)) != std::string::npos) at += series.size() - 1;
  for (; at != std::string::npos; at = s.find('/', at + 1))
    while (at + 2 < s.size() && s[at + 1] == '0' && is_digit(s[at + 2])) s.erase(at + 1, 1);
}

// "A/RES/75/1-3" and "A/RES/75/1-A/RES/75/3" are three documents.
bool is_range(std::string_view s) {
  const size_t series = std::min(s.find("/RES/"), s.find("/DEC/"));
  if (series == std::string_view::npos) return false;
  if (s.find(s.substr(series, 5), series + 5) != std::string_view::npos) return true;
  const size_t dash = s.rfind('-');
  return dash != std::string_view::npos && dash > 0 && dash + 1 < s.size() && is_digit(s[dash - 1]) && is_digit(s[dash + 1]);
}

// S/RES/1963(2010), with or without what follows it; no resolution of the Council has another form.
bool council_resolution(std::string_view s) {
  size_t i = 6;
  while (i < s.size() && is_digit(s[i])) ++i;
  return i > 6 && i + 5 < s.size() && s[i] == '(' && s[i + 5] == ')' && std::all_of(s.begin() + i + 1, s.begin() + i + 5, is_digit);
}

bool starts(std::string_view s, std::string_view prefix) { return s.substr(0, prefix.size()) == prefix; }

}  // namespace

std::string ascii_fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (c < 0x80 || i + n > text.size()) {
      const size_t end = ascii_end(text, i + 1);  // a run of ASCII goes over at once
      out.append(text, i, end - i);
      i = end;
      continue;
    }
    // Nothing between U+3001 and U+FE62 changes: it goes over at once too.
    const auto unchanged = [&](size_t at) {
      return at + 3 <= text.size() && static_cast<unsigned char>(text[at]) >= 0xE4 && static_cast<unsigned char>(text[at]) <= 0xEE;
    };
    if (unchanged(i)) {
      size_t end = i + 3;
      while (unchanged(end)) end += 3;
      out.append(text, i, end - i);
      i = end;
      continue;
    }
    uint32_t cp = n == 2 ? c & 0x1F : n == 3 ? c & 0x0F : c & 0x07;
    for (size_t k = 1; k < n; ++k) cp = cp << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    if (cp >= 0xFF01 && cp <= 0xFF5E)
      out += static_cast<char>(cp - 0xFEE0);
    else if (cp == 0xA0 || cp == 0x3000 || cp == 0x202F || cp == 0x205F || (cp >= 0x2000 && cp <= 0x200A))
      out += ' ';
    else if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xFE63)
      out += '-';
    else if (cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2064) ||
             (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF) {
    } else if (cp == 0x2044 || cp == 0x2215)
      out += '/';
    else
      out.append(text.substr(i, n));
    i += n;
  }
  return out;
}

std::optional<Symbol> parse_symbol(std::string_view input) {
  if (input.size() > 200) return std::nullopt;
  std::string folded = ascii_fold(input);
  // In "(Part I)", "(Parts I and II)", "(Part I和II)" spaces join nothing.
  for (size_t open = folded.find('('); open != std::string::npos; open = folded.find('(', open + 1)) {
    const size_t close = folded.find(')', open);
    if (close == std::string::npos || to_upper(folded[open + 1]) != 'P') continue;
    std::string inside = folded.substr(open, close - open);
    std::erase(inside, ' ');
    if (inside.find("和") != std::string::npos && inside.size() > 5) {
      replace_word(inside, "和", "and");
      if (inside[5] != 's') inside.insert(5, "s");
    }
    folded.replace(open, close - open, inside);
  }
  // "A and B", "A和B" join two part letters.
  replace_word(folded, " and ", "-");
  replace_word(folded, " AND ", "-");
  replace_word(folded, "和", "-");
  const auto closed = close_spaces(folded);
  if (!closed) return std::nullopt;
  std::string s = *closed;
  while (!s.empty() && (s.back() == '.' || s.back() == ',')) s.pop_back();
  // An unbracketed year: S/RES/1963/2010 is not written by anyone; S/RES/1963 alone names no year.
  if (!well_formed(s)) {
    // A double symbol is one document of two organs: A/67/65-E/2012/48.
    const size_t dash = s.find("-E/") != std::string::npos ? s.find("-E/") : s.find("-S/") != std::string::npos ? s.find("-S/") : s.find("-A/");
    if (dash == std::string::npos || !well_formed(s.substr(0, dash)) || !well_formed(s.substr(dash + 1))) return std::nullopt;
  }
  for (const std::string_view word : {"(PARTS", "(PART", "(INTRODUCTION", "SECT.", "SUB.", "AMEND.", "/RES.", "/DEC."}) {
    const size_t at = s.find(word);
    if (at == std::string::npos) continue;
    for (size_t i = at + (is_upper(word[0]) ? 1 : 2); i < at + word.size(); ++i) s[i] = static_cast<char>(is_upper(s[i]) ? s[i] + 32 : s[i]);
    if (word == "(PARTS") replace_word(s, "AND", "and");
    if (word == "(PARTS") break;
  }
  replace_word(s, "OZL.PRO.", "OzL.Pro.");
  replace_word(s, "CORR.", "Corr.");
  replace_word(s, "ADD.", "Add.");
  replace_word(s, "REV.", "Rev.");
  replace_word(s, "VOL.", "Vol.");
  if (starts(s, "S/RES/") && !council_resolution(s)) return std::nullopt;  // without a year it names no single document
  if (is_range(s)) return std::nullopt;
  drop_leading_zeros(s);
  move_part_after_session(s);
  return Symbol(std::move(s));
}

Body Symbol::body() const {
  if (starts(text_, "A/HRC/")) return Body::hrc;
  if (starts(text_, "A/")) return Body::ga;
  if (starts(text_, "S/")) return Body::sc;
  if (starts(text_, "E/")) return Body::ecosoc;
  return Body::none;
}

std::optional<DocumentType> Symbol::type() const {
  for (const auto prefix : {"A/RES/", "S/RES/", "E/RES/", "A/HRC/RES/"})
    if (starts(text_, prefix)) return DocumentType::resolution;
  for (const auto prefix : {"A/DEC/", "E/DEC/", "A/HRC/DEC/"})
    if (starts(text_, prefix)) return DocumentType::decision;
  if (starts(text_, "S/PRST/") || starts(text_, "A/HRC/PRST/")) return DocumentType::statement;
  return std::nullopt;
}

std::string Symbol::session() const {
  const auto parts = split(text_, '/');
  if (parts[0] == "S") return "";
  if (const size_t open = text_.find('('); open != std::string::npos && text_.find("RES") != std::string::npos) {
    std::string_view roman = std::string_view(text_).substr(open + 1, text_.find(')', open) - open - 1);
    std::string prefix;
    for (const auto p : {"ES-", "S-"})
      if (starts(roman, p)) {
        prefix = p;
        roman.remove_prefix(prefix.size());
        break;
      }
    if (const auto v = parse_roman(roman)) return prefix + std::to_string(*v);
  }
  for (size_t i = 1; i + 1 < parts.size(); ++i) {
    const auto p = parts[i];
    if (p == "RES" || p == "DEC" || p == "HRC" || p == "PRST" || starts(p, "C.") || starts(p, "AC.") || starts(p, "CN.")) continue;
    size_t at = starts(p, "ES-") ? 3 : starts(p, "S-") ? 2 : 0;
    if (at < p.size() && p.size() - at <= 4 && std::all_of(p.begin() + static_cast<long>(at), p.end(), is_digit)) return std::string(p);
    return "";
  }
  return "";
}

std::optional<int> Symbol::year() const {
  const auto four = [](std::string_view s) -> std::optional<int> {
    if (s.size() != 4 || !all_digits(s)) return std::nullopt;
    const int v = std::stoi(std::string(s));
    return v >= 1945 && v <= 2100 ? std::optional(v) : std::nullopt;
  };
  const size_t open = text_.find('(');
  if (open != std::string::npos) return four(std::string_view(text_).substr(open + 1, text_.find(')', open) - open - 1));
  for (const auto part : split(text_, '/'))
    if (const auto y = four(part)) return y;
  return std::nullopt;
}

Symbol Symbol::without_part() const {
  const size_t at = part_position(text_);
  return at == std::string::npos ? *this : Symbol(text_.substr(0, at));
}

std::string Symbol::part() const {
  const size_t at = part_position(text_);
  return at == std::string::npos ? "" : text_.substr(at);
}

bool Symbol::natural_less(std::string_view a, std::string_view b) {
  size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    if (is_digit(a[i]) && is_digit(b[k])) {
      const size_t i0 = i, k0 = k;
      while (i < a.size() && is_digit(a[i])) ++i;
      while (k < b.size() && is_digit(b[k])) ++k;
      auto x = a.substr(i0, i - i0), y = b.substr(k0, k - k0);
      while (x.size() > 1 && x[0] == '0') x.remove_prefix(1);
      while (y.size() > 1 && y[0] == '0') y.remove_prefix(1);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      continue;
    }
    if (a[i] != b[k]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[k]);
    ++i;
    ++k;
  }
  return a.size() - i < b.size() - k;
}

}  // namespace resolute
