#include "search/drafting/paragraph_citations.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>

#include "schemas/ascii.h"

namespace resolute::search {
namespace {

constexpr size_t kNear = 120;   // bytes between a paragraph's number and the reference
constexpr int kMostRange = 50;  // paragraphs of "3 to 50"

bool take(std::string_view& s, std::string_view what) {
  if (!s.starts_with(what)) return false;
  s.remove_prefix(what.size());
  return true;
}

bool take_any(std::string_view& s, std::initializer_list<std::string_view> all) {
  return std::any_of(all.begin(), all.end(), [&](std::string_view one) { return take(s, one); });
}

void skip_blanks(std::string_view& s) {
  while (take(s, " ")) {}
}

// "6 (a)" -> "6(a)"; empty where none begins here.
std::string take_number(std::string_view& s) {
  std::string out;
  while (!s.empty() && is_digit(s[0]) && out.size() < 4) {
    out += s[0];
    s.remove_prefix(1);
  }
  if (out.empty() || (!s.empty() && (s[0] == '/' || is_digit(s[0])))) return "";
  auto rest = s;
  skip_blanks(rest);
  if (rest.size() > 2 && rest[0] == '(' && is_lower(rest[1]) && rest[2] == ')') {
    out += rest.substr(0, 3);
    s = rest.substr(3);
  }
  return out;
}

// "3 to 5, 7 and 8 (a)", "3至5段和第7"; what follows stays in `s`.
std::vector<std::string> take_list(std::string_view& s) {
  std::vector<std::string> out;
  for (;;) {
    auto rest = s;
    skip_blanks(rest);
    const auto number = take_number(rest);
    if (number.empty()) return out;
    out.push_back(number);
    s = rest;
    skip_blanks(rest);
    if (take_any(rest, {"to ", "-", "–", "至第", "至"})) {
      skip_blanks(rest);
      const auto last = take_number(rest);
      for (int n = std::atoi(number.c_str()) + 1, end = std::min(std::atoi(last.c_str()), n + kMostRange); n <= end; ++n) out.push_back(std::to_string(n));
      if (!last.empty()) s = rest;
    }
    rest = s;
    skip_blanks(rest);
    bool more = false;
    while (take_any(rest, {", ", "and ", "or ", "段", "、", "和", "及", "第"})) more = true;
    if (!more) return out;
    skip_blanks(rest);
    if (rest.empty() || !is_digit(rest[0])) return out;
    s = rest;
  }
}

constexpr std::array<std::string_view, 4> kWords = {"paragraphs ", "paragraph ", "paras. ", "para. "};

// Between the list and the reference: "of General Assembly resolution ", without an end of a clause.
bool leads_to(std::string_view between) {
  skip_blanks(between);
  if (!take_any(between, {"of ", "above of "})) return false;
  return between.find_first_of(".;:") == std::string_view::npos && between.find("paragraph") == std::string_view::npos;
}

}  // namespace

std::vector<std::string> numbers_beside(std::string_view text, Span span) {
  std::vector<std::string> out;
  if (span.end > text.size() || span.begin > span.end) return out;
  const auto before = text.substr(span.begin - std::min<size_t>(span.begin, kNear), std::min<size_t>(span.begin, kNear));
  const std::string low = lowered(before);
  for (const auto word : kWords) {
    const size_t at = low.rfind(word);
    if (at == std::string::npos) continue;
    auto rest = before.substr(at + word.size());
    auto numbers = take_list(rest);
    if (!numbers.empty() && leads_to(rest)) return numbers;
    break;
  }
  auto after = text.substr(span.end, kNear);
  take_any(after, {"号决议", "号决定", "号主席声明"});
  skip_blanks(after);
  auto chinese = after;
  take_any(chinese, {"，", "执行部分", "序言部分"});
  if (take(chinese, "第")) {
    auto numbers = take_list(chinese);
    if (!numbers.empty() && chinese.starts_with("段")) return numbers;
  }
  if (!take(after, ",")) return out;
  skip_blanks(after);
  for (const auto word : kWords)
    if (take(after, word)) return take_list(after);
  return out;
}

std::vector<ParagraphCitation> paragraph_citations(const Searcher& searcher, const std::string& symbol, const std::string& number) {
  const auto& g = searcher.generation();
  std::vector<ParagraphCitation> out;
  if (number.empty()) return out;
  const size_t bracket = number.find('(');
  const auto whole = number.substr(0, bracket);
  for (const auto& by : g.citing(symbol))
    for (const auto& at : g.find(by)) {
      const Document d = g.document(at);
      for (const auto& p : d.paragraphs)
        for (const auto& c : p.citations) {
          if (c.symbol != symbol) continue;
          const auto named = numbers_beside(p.text, c.span);
          // Who names the paragraph names its sub-paragraphs.
          if (std::find(named.begin(), named.end(), number) == named.end() && std::find(named.begin(), named.end(), whole) == named.end()) continue;
          out.push_back({d.id() + "#" + p.fragment, c.treatment, p.text});
          break;
        }
    }
  return out;
}

}  // namespace resolute::search
