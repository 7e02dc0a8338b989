#include "text/citation_range.h"

#include <algorithm>
#include <optional>
#include <string>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/normalize.h"
#include "text/scan.h"

namespace resolute::text {
namespace {

constexpr int kLongestRange = 200;     // numbers of a series that one range may go over
constexpr size_t kMostMembers = 2000;  // of a text
constexpr size_t kLongestJoin = 40;    // bytes between the ends

// A symbol around the number that a series counts by: "A/RES/75/" 1 "", "S/RES/" 1325 "(2000)".
struct Counted {
  std::string lead;
  int number = 0;
  std::string tail;
};

std::optional<Counted> counted(const std::string& symbol) {
  Counted out;
  const size_t series = std::max({symbol.find("RES/") + 1, symbol.find("DEC/") + 1, symbol.find("PRST/") + 1});
  if (series == 0) return std::nullopt;
  const size_t name = symbol.find('/', series) + 1, paren = std::min(symbol.find('('), symbol.size());
  const size_t slash = symbol.rfind('/', paren) + 1;
  const size_t end = skip_digits(symbol, slash);
  if (end == slash || end - slash > 5 || end != paren || slash < name) return std::nullopt;
  out.lead = symbol.substr(0, slash);
  out.number = std::stoi(symbol.substr(slash, end - slash));
  out.tail = symbol.substr(paren);
  return out;
}

// "to", "-", 号至第: nothing but what makes a range of what stands before and after.
bool joins_range(std::string_view gap) {
  if (gap.size() > kLongestJoin) return false;
  std::string s = lowered(simplify(ascii_fold(gap)));
  for (const std::string_view word : {"resolutions", "resolution", "decisions", "decision", "nos.", "no.", "号", "第", "决议", "决定", " "})
    for (size_t at; (at = s.find(word)) != std::string::npos;) s.erase(at, word.size());
  for (const std::string_view join : {"to", "upto", "through", "-", "--", "~", "至", "到", "直至"})
    if (s == join) return true;
  return false;
}

// One mention, whichever of the two kinds.
struct Member {
  Span span;
  std::optional<Counted> counted;
  std::string treatment;
  bool citation = false;
  bool bare = false;  // a number alone
};

class Ranges {
 public:
  Ranges(std::string_view text, std::vector<Citation>& found, std::vector<Mention>& others) : text_(text), found_(found), others_(others) {}

  void fill() {
    gather();
    for (size_t i = 0; i < members_.size(); ++i) {
      if (!short_end(members_[i]) && i + 1 < members_.size()) between(members_[i], members_[i + 1]);
    }
    const auto earlier = [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; };
    std::stable_sort(found_.begin(), found_.end(), earlier);
    std::stable_sort(others_.begin(), others_.end(), earlier);
  }

 private:
  void gather() {
    for (const auto& c : found_) members_.push_back({c.span, counted(c.symbol), c.treatment, true, false});
    for (const auto& m : others_) {
      Member member{m.span, std::nullopt, "", false, !m.number.empty() && m.likely.empty()};
      if (!m.likely.empty()) {
        member.counted = m.likely.starts_with("S/RES/") && m.likely.find('(') == std::string::npos && is_digit(m.likely.back()) ? counted_council(m.likely)
                                                                                                                                : counted(m.likely);
      } else if (member.bare && m.number.size() <= 5) {
        member.counted = Counted{"", std::stoi(m.number), ""};
      }
      members_.push_back(std::move(member));
    }
    std::sort(members_.begin(), members_.end(), [](const Member& a, const Member& b) { return a.span.begin < b.span.begin; });
  }

  static std::optional<Counted> counted_council(const std::string& likely) {
    const size_t end = skip_digits(likely, 6);
    if (end == 6 || end - 6 > 5) return std::nullopt;
    return Counted{"S/RES/", std::stoi(likely.substr(6, end - 6)), ""};
  }

  void add(const Member& like, Span span, const Counted& member, bool certain) {
    if (added_ == kMostMembers) return;
    ++added_;
    const std::string number = std::to_string(member.number);
    if (like.citation && certain) {
      Citation c;
      c.span = span;
      c.symbol = member.lead + number + member.tail;
      c.treatment = like.treatment;
      found_.push_back(std::move(c));
    } else {
      others_.push_back({span, member.lead.empty() ? "" : member.lead + number, like.bare ? number : ""});
    }
  }

  // "75/1-3", "A/RES/75/1-3": the last member is its number alone.
  bool short_end(const Member& first) {
    if (!first.citation || !first.counted || !first.counted->tail.empty() || first.span.end >= text_.size()) return false;
    const std::string after = ascii_fold(text_.substr(first.span.end, 12));
    const size_t end = skip_digits(after, 1);
    if (after[0] != '-' || end == 1 || end > 4 || (end < after.size() && (is_alnum(after[end]) || after[end] == '/' || after[end] == '('))) return false;
    const int last = std::stoi(after.substr(1, end - 1));
    if (last <= first.counted->number || last > first.counted->number + kLongestRange) return false;
    size_t to = first.span.end;
    while (to < text_.size() && !is_digit(text_[to])) ++to;
    to = skip_digits(text_, to);
    for (int n = first.counted->number + 1; n <= last; ++n) add(first, {first.span.end, static_cast<uint32_t>(to)}, {first.counted->lead, n, ""}, true);
    return true;
  }

  void between(const Member& first, Member& last) {
    if (!first.counted || !last.counted || last.span.begin < first.span.end) return;
    if (!joins_range(text_.substr(first.span.end, last.span.begin - first.span.end))) return;
    if (last.bare && first.citation && first.counted->tail.empty()) complete(first, last);
    const auto &a = *first.counted, &b = *last.counted;
    if (a.lead != b.lead || b.number <= a.number || b.number > a.number + kLongestRange) return;
    for (int n = a.number + 1; n < b.number; ++n) add(first, {first.span.end, last.span.begin}, {a.lead, n, a.tail}, a.tail == b.tail);
  }

  // 第75/1至3号决议: the last member is of the first one's session.
  void complete(const Member& first, Member& last) {
    const auto at = std::find_if(others_.begin(), others_.end(), [&](const Mention& m) { return m.span.begin == last.span.begin; });
    if (at == others_.end()) return;
    others_.erase(at);
    last.bare = false;
    last.citation = true;
    last.counted->lead = first.counted->lead;
    add(first, last.span, *last.counted, true);
  }

  std::string_view text_;
  std::vector<Citation>& found_;
  std::vector<Mention>& others_;
  std::vector<Member> members_;
  size_t added_ = 0;
};

}  // namespace

void fill_ranges(std::string_view text, std::vector<Citation>& found, std::vector<Mention>& others) { Ranges(text, found, others).fill(); }

}  // namespace resolute::text
