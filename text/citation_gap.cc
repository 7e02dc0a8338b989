#include "text/citation_gap.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schemas/ascii.h"
#include "text/scan.h"

namespace resolute::text {
namespace {

constexpr size_t kLongestAside = 160, kLongestNamed = 300;  // bytes
constexpr int kMostSteps = 16;

constexpr std::array<std::string_view, 36> kPlaces = {"sections",
                                                      "section",
                                                      "sects.",
                                                      "sect.",
                                                      "paragraphs",
                                                      "paragraph",
                                                      "paras.",
                                                      "para.",
                                                      "paras",
                                                      "para",
                                                      "annexes",
                                                      "annex",
                                                      "chapters",
                                                      "chapter",
                                                      "chaps.",
                                                      "chap.",
                                                      "parts",
                                                      "part",
                                                      "appendices",
                                                      "appendix",
                                                      "articles",
                                                      "article",
                                                      "arts.",
                                                      "art.",
                                                      "volumes",
                                                      "volume",
                                                      "vols.",
                                                      "vol.",
                                                      "operative paragraphs",
                                                      "operative paragraph",
                                                      "preambular paragraphs",
                                                      "preambular paragraph",
                                                      "pp.",
                                                      "p.",
                                                      "ops",
                                                      "op"};
constexpr std::array<std::string_view, 9> kSeparators = {"and/or ", "and ", "or ", "as well as ", "along with ", "together with ", "plus ", "to ", "through "};
constexpr std::array<std::string_view, 11> kAsides = {"its ",       "in particular", "particularly ", "especially ", "notably ", "including ",
                                                      "inter alia", "also ",         "No. ",          "Nos. ",       "nos. "};

// A year in parentheses: what stands before is a number of the Security Council's.
bool year_after_number(std::string_view s, size_t p) {
  p = skip_spaces(s, p);
  return p < s.size() && s[p] == '(' && skip_digits(s, skip_spaces(s, p + 1)) == skip_spaces(s, p + 1) + 4;
}

// "9", "B", "III", "(a)": what a place is told by. After it, or `p`.
size_t skip_designator(std::string_view s, size_t p) {
  const auto ends = [&](size_t q) { return q >= s.size() || !is_alnum(s[q]); };
  if (p < s.size() && s[p] == '(') {
    size_t q = p + 1;
    while (q < s.size() && is_alnum(s[q]) && q - p < 6) ++q;
    return q < s.size() && s[q] == ')' && !(q - p == 5 && is_digit(s[p + 1])) ? q + 1 : p;
  }
  if (const size_t q = skip_digits(s, p); q > p) return q - p <= 3 && ends(q) && !(q < s.size() && s[q] == '/') && !year_after_number(s, q) ? q : p;
  size_t q = p;
  while (q < s.size() && is_upper(s[q])) ++q;
  if (q == p || !ends(q) || (q < s.size() && (s[q] == '/' || s[q] == '-'))) return p;
  const auto word = s.substr(p, q - p);
  return word.size() == 1 || word.find_first_not_of("IVX") == std::string_view::npos ? q : p;
}

size_t skip_date(std::string_view s, size_t p) {
  for (const std::string_view lead : {"of ", "dated ", "adopted on ", "on ", "("})
    if (is_at(s, p, lead))
      if (const auto day = spoken_day(s, p + lead.size()); day.end && day.year) return lead == "(" && is_at(s, day.end, ")") ? day.end + 1 : day.end;
  return p;
}

size_t skip_enclosed(std::string_view s, size_t p, std::string_view open, std::string_view close, size_t most) {
  if (!is_at(s, p, open)) return p;
  const size_t end = s.substr(0, std::min(s.size(), p + most)).find(close, p + open.size());
  return end == std::string_view::npos ? p : end + close.size();
}

size_t skip_title(std::string_view s, size_t p) {
  if (is_at(s, p, "entitled ")) p = skip_spaces(s, p + 9);
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"“", "”"}, {"\"", "\""}, {"《", "》"}, {"‘", "’"}, {"「", "」"}})
    if (const size_t end = skip_enclosed(s, p, open, close, kLongestNamed); end > p) return end;
  return p;
}

// A footnote's digits may be glued after a comma: "2011,3 S-17/1".
size_t skip_marker(std::string_view s, size_t p) {
  const size_t marker = skip_digits(s, p);
  return marker > p && marker - p <= 3 && marker < s.size() && s[marker] == ' ' && !year_after_number(s, marker) ? marker : p;
}

bool begins_number(std::string_view s, size_t p) { return p < s.size() && (is_digit(s[p]) || is_at(s, p, "S-") || is_at(s, p, "ES-")); }

}  // namespace

size_t skip_place(std::string_view s, size_t from) {
  size_t p = skip_spaces(s, from);
  if (p < s.size() && s[p] == ',') p = skip_spaces(s, p + 1);
  const auto word = std::find_if(kPlaces.begin(), kPlaces.end(),
                                 [&](std::string_view w) { return is_at(s, p, w) && !(p + w.size() < s.size() && is_alnum(s[p + w.size()])); });
  if (word == kPlaces.end()) return from;
  p += word->size();
  for (size_t at = skip_spaces(s, p);;) {
    const size_t end = skip_designator(s, at);
    if (end == at) return p;
    p = end;
    at = skip_spaces(s, p);
    for (const std::string_view join : {",", "and ", "or ", "to ", "-"})
      if (is_at(s, at, join)) at = skip_spaces(s, at + join.size());
  }
}

size_t next_listed(std::string_view s, size_t from) {
  size_t p = from;
  bool separated = false;
  for (int step = 0; step < kMostSteps; ++step) {
    p = skip_spaces(s, p);
    if (p >= s.size()) return from;
    if (begins_number(s, p)) return separated ? p : from;
    if (s[p] == ',' || s[p] == ';' || s[p] == '&' || s[p] == '-' || (s[p] == '/' && p > from && s[p - 1] == ' ')) {
      if (const size_t place = s[p] == ',' ? skip_place(s, p) : p; place > p) {
        p = place;
        continue;
      }
      p = s[p] == ',' ? skip_marker(s, p + 1) : p + 1;
      separated = true;
      continue;
    }
    const auto step_over = [&](const auto& words) {
      for (const std::string_view w : words)
        if (is_at(s, p, w)) {
          p += w.size();
          return true;
        }
      return false;
    };
    if (step_over(kSeparators)) {
      separated = true;
      continue;
    }
    size_t next = skip_place(s, p);
    if (next == p) next = skip_date(s, p);
    if (next == p) next = skip_title(s, p);
    if (next == p) next = skip_enclosed(s, p, "(", ")", kLongestAside);
    if (next == p && separated && step_over(kAsides)) continue;
    if (next == p) return from;
    p = next;
  }
  return from;
}

size_t next_listed_chinese(std::string_view s, size_t from) {
  size_t p = from;
  bool separated = false;
  for (int step = 0; step < kMostSteps; ++step) {
    p = skip_spaces(s, p);
    size_t next = p;
    for (const std::string_view join : {"、", "以及", "和", "及", "至", "，", "与", "或者", "或", "；", "暨", "并", "·", ",", ";", "&", "and ", "or "})
      if (is_at(s, p, join)) {
        next = p + join.size();
        break;
      }
    separated |= next > p;
    if (next == p) next = skip_enclosed(s, p, "(见", ")", kLongestAside);
    if (next == p) next = skip_enclosed(s, p, "《", "》", kLongestNamed);
    if (next == p) next = skip_enclosed(s, p, "“", "”", kLongestNamed);
    if (next == p) break;
    p = next;
  }
  return separated ? p : from;
}

}  // namespace resolute::text
