#include "text/several.h"

#include <algorithm>
#include <set>
#include <utility>

#include "schemas/ascii.h"
#include "text/line.h"
#include "text/line_evidence.h"
#include "text/normalize.h"
#include "text/page.h"

namespace resolute::text {
namespace {

constexpr size_t kMostLines = 200'000;   // longer texts are one document
constexpr size_t kFormulaWithin = 10;    // lines after the title's first
constexpr size_t kLongestOpening = 300;  // bytes of a line that a number opens

std::vector<std::string_view> lines_of(std::string_view s) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at < s.size() && out.size() <= kMostLines;) {
    const size_t end = std::min(s.find('\n', at), s.size());
    out.push_back(s.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string_view without_edges(std::string_view line) {
  while (!line.empty() && (static_cast<unsigned char>(line.back()) <= ' ')) line.remove_suffix(1);
  while (!line.empty() && (static_cast<unsigned char>(line.front()) <= ' ')) line.remove_prefix(1);
  return line;
}

bool is_formula(std::string_view line) { return line.size() < 60 && (line.ends_with(',') || line.ends_with("，")) && enacting_body(line); }

bool is_foreign_formula(std::string_view line) {
  if (line.size() > 60 || !line.ends_with(',')) return false;
  for (const std::string_view organ : {"L'Assemblée générale", "L’Assemblée générale", "Le Conseil de sécurité", "Le Conseil économique et social",
                                       "La Asamblea General", "El Consejo de Seguridad", "El Consejo Económico y Social"})
    if (line.starts_with(organ)) return true;
  return false;
}

// "83/901" of "83/901. Title", "3985 (2041)" of "Resolution 3985 (2041)"; a part's letter does not count.
std::string head_number(std::string_view line) {
  if (line.size() > kLongestOpening) return "";
  if (const size_t n = title_number(line)) {
    std::string number;
    for (const char c : line.substr(0, n))
      if (is_digit(c) || c == '/' || c == '(' || c == ')' || c == '-' || (is_upper(c) && line.find('(') < n)) number += c;
    if (const size_t open = number.find('('); open != std::string::npos)
      while (open > 0 && number.find('(') > 0 && is_upper(number[number.find('(') - 1])) number.erase(number.find('(') - 1, 1);
    return number;
  }
  static constexpr std::string_view kWord = "Resolution ";
  if (line.size() > 70 || !line.starts_with(kWord)) return "";
  size_t i = kWord.size();
  while (i < line.size() && is_digit(line[i])) ++i;
  const size_t open = line.find_first_not_of(' ', i);
  if (i == kWord.size() || open == std::string_view::npos || line[open] != '(' || line.substr(open).find(')') != 5) return "";
  return std::string(line.substr(kWord.size(), i - kWord.size()));
}

// Where each document but the first begins.
std::vector<size_t> beginnings(const std::vector<std::string_view>& lines) {
  std::vector<size_t> out;
  std::set<std::string> seen;
  size_t head = lines.size(), after = 0;  // the last line that may open one; lines with text since
  std::string number;
  for (size_t i = 0; i < lines.size(); ++i) {
    const auto line = without_edges(lines[i]);
    if (line.empty()) continue;
    ++after;
    if (line[0] >= '0' && line[0] <= '9' ? true : line[0] == 'R' || line[0] == 'S' || line[0] == 'E')
      if (auto n = head_number(line); !n.empty()) {
        head = i, after = 0, number = std::move(n);
        continue;
      }
    if (head == lines.size() || !(is_formula(line) || opens_decision(line))) continue;
    if (after <= kFormulaWithin && seen.insert(number).second) out.push_back(head);
    head = lines.size();
  }
  if (!out.empty()) out.erase(out.begin());
  return out;
}

enum class Tongue { read, foreign, unknown };

// Of Latin letters: English, or a language of the other columns.
Tongue tongue_of(std::string_view s) {
  static const std::set<std::string_view> kEnglish = {"the", "of",   "and", "to", "in",   "by", "its",        "with",    "at",     "for",
                                                      "on",  "that", "is",  "be", "this", "as", "resolution", "meeting", "adopted"};
  static const std::set<std::string_view> kForeign = {"le",  "la",  "les", "des", "du",   "de",  "un",   "une",  "et",  "au",  "aux",
                                                      "par", "que", "qu",  "en",  "dans", "sur", "pour", "avec", "est", "ce",  "séance",
                                                      "el",  "los", "las", "del", "y",    "con", "por",  "para", "su",  "sus", "se"};
  int english = 0, foreign = 0;
  std::string word;
  const std::string low = lowered(s);
  for (size_t i = 0; i <= low.size(); ++i) {
    const char c = i < low.size() ? low[i] : ' ';
    if (is_lower(c) || (c & 0x80)) {
      word += c;
      continue;
    }
    english += static_cast<int>(kEnglish.count(word));
    foreign += static_cast<int>(kForeign.count(word));
    word.clear();
  }
  for (size_t i = 0; i + 1 < s.size(); ++i)  // é, à, ç, ñ ...
    if (static_cast<unsigned char>(s[i]) == 0xC3 && static_cast<unsigned char>(s[i + 1]) >= 0xA0) {
      ++foreign;
      break;
    }
  return english > foreign ? Tongue::read : foreign > english ? Tongue::foreign : Tongue::unknown;
}

bool holds_han(std::string_view s) {
  for (size_t i = 0; i < s.size();)
    if (is_han(next_code_point(s, i))) return true;
  return false;
}

bool holds_words(std::string_view s) {
  size_t letters = 0;
  for (const char c : s) letters += is_alpha(c);
  return letters >= 4 && s.find(' ') != std::string_view::npos;
}

// Paragraphs as blank lines part them, of lines [begin, end); where there are none, lines.
std::vector<std::pair<size_t, size_t>> units_of(const std::vector<std::string_view>& lines) {
  std::vector<std::pair<size_t, size_t>> out;
  const auto blank = static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [](auto l) { return without_edges(l).empty(); }));
  const bool spaced = blank * 8 > lines.size();
  for (size_t i = 0; i < lines.size(); ++i) {
    if (spaced && !out.empty() && !without_edges(lines[i]).empty() && !without_edges(lines[i - 1]).empty())
      ++out.back().second;
    else
      out.emplace_back(i, i + 1);
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& lines, size_t begin, size_t end) {
  std::string out;
  for (size_t i = begin; i < end; ++i) {
    out += lines[i];
    out += '\n';
  }
  return out;
}

// Of an English page with French or Spanish beside: the English.
TextPart english_of(const std::vector<std::string_view>& lines) {
  TextPart out;
  Tongue last = Tongue::read;
  for (const auto& [begin, end] : units_of(lines)) {
    const auto text = joined(lines, begin, end);
    if (const Tongue t = tongue_of(text); t != Tongue::unknown || !holds_words(text)) last = t == Tongue::unknown ? Tongue::read : t;
    if (last == Tongue::foreign) out.foreign.push_back(tidy(text));
    out.text += last == Tongue::foreign ? "\n" : text;
  }
  return out;
}

// Of a page in Chinese and English: each by itself. What is in neither, symbols and figures, stands in both.
std::vector<TextPart> both_of(const std::vector<std::string_view>& lines) {
  TextPart zh, en;
  for (const auto& line : lines) {
    const bool han = holds_han(line), words = holds_words(line);
    if (han || !words) zh.text += line;
    if (!han) en.text += line;
    zh.text += '\n';
    en.text += '\n';
  }
  return {std::move(zh), std::move(en)};
}

}  // namespace

std::vector<TextPart> split_documents(std::string_view utf8) {
  const auto lines = lines_of(utf8);
  if (lines.size() > kMostLines) return {{std::string(utf8), {}}};
  bool zh = false, en = false, foreign = false;
  for (const auto& line : lines) {
    if (line.size() > 80) continue;
    const auto s = without_edges(line);
    if (!s.ends_with(',') && !s.ends_with("，")) continue;
    foreign |= is_foreign_formula(s);
    if (is_formula(s)) (s[0] & 0x80 ? zh : en) = true;
  }
  if (zh && en) return both_of(lines);
  if (en && foreign) return {english_of(lines)};
  std::vector<TextPart> out;
  size_t begin = 0;
  auto ends = beginnings(lines);
  if (ends.empty()) return {{std::string(utf8), {}}};
  ends.push_back(lines.size());
  for (const size_t end : ends) {
    out.push_back({joined(lines, begin, end), {}});
    begin = end;
  }
  return out;
}

}  // namespace resolute::text
