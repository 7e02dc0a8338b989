#include "text/line_evidence.h"

#include <algorithm>
#include <cstdlib>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/months.h"
#include "schemas/numerals.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/page.h"

namespace resolute::text {
namespace {

std::string_view last_word(std::string_view s) {
  size_t at = s.size();
  while (at > 0 && (is_alpha(s[at - 1]) || s[at - 1] == '.')) --at;
  return s.substr(at);
}

// Words that never end a paragraph, with what stands before a number.
bool dangles(std::string_view word) {
  static constexpr std::string_view kWords[] = {"of",     "the",        "and",   "to",     "in",        "for",  "on",   "by",       "with",    "its",
                                                "a",      "an",         "that",  "which",  "or",        "as",   "at",   "from",     "their",   "this",
                                                "these",  "resolution", "para.", "paras.", "paragraph", "No.",  "Nos.", "chap.",    "chaps.",  "sect.",
                                                "sects.", "vol.",       "art.",  "arts.",  "article",   "p.",   "pp.",  "under",    "between", "through",
                                                "into",   "is",         "are",   "be",     "has",       "have", "all",  "including"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// "on 15 July": a day goes before the month.
bool ends_with_month(std::string_view s) {
  const auto word = last_word(s);
  if (word.size() < 3 || s.size() < word.size() + 2) return false;
  const auto before = trimmed(s.substr(0, s.size() - word.size()));
  return !before.empty() && is_digit(before.back()) &&
         !find_date(std::string(before.substr(before.size() - std::min<size_t>(before.size(), 2))) + " " + std::string(word) + " 2000").empty();
}

}  // namespace

int open_brackets(std::string_view s, int depth) {
  for (size_t i = 0; i < s.size();) {
    const char32_t c = next_code_point(s, i);
    if (c == '(' || c == '[' || c == U'（' || c == U'《' || c == U'〔')
      ++depth;
    else if (c == ')' || c == ']' || c == U'）' || c == U'》' || c == U'〕')
      depth = std::max(0, depth - 1);
  }
  return depth;
}

End end_of(std::string_view s, bool zh) {
  if (s.ends_with('-') && s.size() > 1 && is_alpha(s[s.size() - 2])) return End::open;
  // "...; and": the last but one of a list.
  for (const std::string_view link : {"; and", "; or", "; and/or"})
    if (!zh && s.ends_with(link)) return End::stop;
  if (!zh && dangles(last_word(s))) return End::open;
  // Markers of notes and closing marks stand after the mark that ends a sentence.
  size_t stripped = 0;
  for (bool more = true; more;) {
    more = false;
    if (s.size() > 1 && (is_digit(s.back()) || s.back() == ']' || s.back() == '[' || s.back() == ' ') && stripped < 6)
      s.remove_suffix(1), ++stripped, more = true;
    for (const std::string_view mark : {"”", "’", "\"", ")", "）", "』", "」"})
      if (s.size() > mark.size() && s.ends_with(mark)) s.remove_suffix(mark.size()), more = true;
  }
  for (const std::string_view mark : {".", ";", ":", "。", "；", "：", "!", "?", "！", "？"})
    if (s.ends_with(mark)) return End::stop;
  if (s.ends_with("、")) return End::open;
  for (const std::string_view mark : {",", "，"})
    if (s.ends_with(mark)) return End::comma;
  return End::none;
}

int opens_note(std::string_view s, bool after_closing, int last) {
  size_t n = s.starts_with("[") ? 1 : 0;
  const size_t from = n;
  while (n < s.size() && is_digit(s[n]) && n - from < 3) ++n;
  if (n == from) return 0;
  const bool bracketed = from == 1 && n < s.size() && s[n] == ']' && n + 1 < s.size();
  const bool slashed = from == 0 && n + 2 < s.size() && s[n] == '/' && s[n + 1] == ' ';
  const int number = std::stoi(std::string(s.substr(from, n - from)));
  if (bracketed || slashed) return number;
  const bool plain = from == 0 && n + 1 < s.size() && s[n] == ' ' && (is_upper(s[n + 1]) || (s[n + 1] & 0x80));
  return after_closing && plain && (last == 0 || number == last + 1) && (s.size() >= 30 || find_date(s).empty()) ? number : 0;
}

bool goes_on(std::string_view s) {
  for (const std::string_view word : {"并", "和", "及", "以及", "而", "但", "或", "与", "的", "等", "之"})
    if (s.starts_with(word)) return true;
  return false;
}

bool cuts_number(std::string_view before, std::string_view line) {
  if (before.ends_with("第")) return true;
  // "15 July" "1948".
  if (is_digit(line[0]) && ends_with_month(before)) return true;
  if (!is_digit(before.back()) && !before.ends_with("年") && !before.ends_with("月")) return false;
  const auto opens_line = [&](std::string_view word) { return line.starts_with(word); };
  if (std::any_of(kMonths.begin(), kMonths.end(), opens_line)) return true;
  for (const std::string_view unit : {"年", "月", "日", "号", "次", "段", "届"})
    if (opens_line(unit)) return true;
  return !is_digit(before.back()) && is_digit(line[0]);
}

bool ends_submission(std::string_view s) {
  while (s.ends_with('*')) s.remove_suffix(1);
  const std::string low = lowered(s.substr(s.size() > 60 ? s.size() - 60 : 0));
  for (const std::string_view kind : {"draft resolution", "draft decision", "amendment", "决议草案", "决定草案", "修正案"}) {
    if (!low.ends_with(kind)) continue;
    const auto lead = trimmed(std::string_view(low).substr(0, low.size() - kind.size()));
    if (lead.empty() || lead.ends_with(":") || lead.ends_with("*") || lead.ends_with("：") || lead.ends_with("revised") || has(kind, "案")) return true;
  }
  return false;
}

bool lists_states(std::string_view s) {
  size_t known = 0, names = 0;
  for (const auto& name : split_states(s)) ++names, known += find_state(name).has_value();
  return known > 0 && known * 2 >= names;
}

bool is_participle(std::string_view s) {
  size_t n = 0;
  while (n < s.size() && is_alpha(s[n])) ++n;
  return n >= 5 && n < s.size() && s[n] == ' ' && is_upper(s[0]) && is_lower(s[1]) && (s.substr(0, n).ends_with("ing") || s.substr(0, n).ends_with("ed"));
}

std::string_view without_note_mark(std::string_view s) {
  if (const size_t open = s.rfind('['); s.ends_with(']') && open != std::string_view::npos && all_digits(s.substr(open + 1, s.size() - open - 2)))
    s = s.substr(0, open);
  return trimmed(s);
}

bool is_recital(std::string_view s, bool zh) {
  // Without the mark of a note that has no brackets: ",3".
  size_t end = s.size();
  while (end > 0 && is_digit(s[end - 1])) --end;
  if (const auto without = s.substr(0, end); without.ends_with(',') || without.ends_with("，")) s = without;
  s = without_note_mark(s);
  if (!(s.ends_with(',') || s.ends_with("，")) || find_action(zh ? std::string_view(simplify(s.substr(0, 120))) : s, zh).empty()) return false;
  size_t n = 0;
  while (n < s.size() && is_alpha(s[n])) ++n;
  return zh || !s.substr(0, n).ends_with('s') || s.starts_with("Conscious");
}

bool opens_decision(std::string_view s) {
  if (s.empty()) return false;
  if (s.starts_with("At its ") || s.starts_with("At the ")) return s.size() > 8 && is_digit(s[7]);
  if (opens_with_han(s) ? !s.starts_with("在") : !is_digit(s[0]) && !(s[0] & 0x80)) return false;
  const std::string f = plain(s.substr(0, 200));
  if (f.starts_with("在") && f.size() > 30) return !find_meeting(f).empty();
  return is_digit(f[0]) && f.size() > 60 && !find_date(f.substr(0, 24)).empty() && has(f, "次全体会议") && !f.ends_with("会议");
}

size_t first_token_width(std::string_view s) {
  size_t i = 0, width = 0;
  while (i < s.size() && s[i] != ' ') {
    const char32_t c = next_code_point(s, i);
    if (c >= 0x2E80) return width + 2;
    ++width;
  }
  return width;
}

bool follows(const std::string& now, const std::string& before) {
  if (now == "a" || now == "i" || now == "一" || now == "1") return true;
  if (before.empty()) return false;
  if (is_digit(now[0])) return is_digit(before[0]) && std::stoi(now) == std::stoi(before) + 1;
  if (now[0] & 0x80) {
    const auto value = [](const std::string& numeral) { return std::atoi(with_figures("(" + numeral + ")").c_str() + 1); };
    return value(now) > 1 && value(now) == value(before) + 1;
  }
  if (now.size() == 1 && before.size() == 1 && now[0] == before[0] + 1) return true;
  const auto roman = [](std::string s) {
    for (char& c : s) c = static_cast<char>(c - 32);
    return parse_roman(s).value_or(-9);
  };
  return is_lower(now[0]) && is_lower(before[0]) && roman(now) == roman(before) + 1 && roman(now) > 0;
}

}  // namespace resolute::text
