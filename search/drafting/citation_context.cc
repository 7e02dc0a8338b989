#include "search/drafting/citation_context.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "schemas/ascii.h"
#include "schemas/months.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/scan.h"

namespace resolute::search {
namespace {

constexpr size_t kReach = 600;     // bytes looked at on either side
constexpr size_t kAdoptedBy = 60;  // between "adopted" and "on": by whom, how

// A step through what stands after a reference.
class Ahead {
 public:
  explicit Ahead(std::string_view s) : text_(s) {}

  bool take(std::string_view word) {
    if (!text::is_at(text_, at_, word)) return false;
    at_ += word.size();
    return true;
  }
  bool take_any(std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return take(w); });
  }
  void skip_spaces() { at_ = text::skip_spaces(text_, at_); }
  std::string_view rest() const { return text_.substr(std::min(at_, text_.size())); }
  void jump(size_t bytes) { at_ += bytes; }

  std::optional<int> number(size_t most_digits) {
    const size_t end = text::skip_digits(text_, at_);
    if (end == at_ || end - at_ > most_digits) return std::nullopt;
    const int n = std::stoi(std::string(text_.substr(at_, std::min<size_t>(end - at_, 4))));
    at_ = end;
    return n;
  }
  // A footnote's digits may be glued after a year: "20243".
  std::optional<int> year() { return text::skip_digits(text_, at_) - at_ < 4 ? std::nullopt : number(7); }

  // In full or cut short, with a point or without: "September", "Sept.", "sep".
  std::optional<int> month() {
    size_t end = at_;
    while (end < text_.size() && is_alpha(text_[end])) ++end;
    const auto word = text_.substr(at_, end - at_);
    const auto month = month_of(word, MonthNames::short_too);
    if (month) at_ = end < text_.size() && text_[end] == '.' && !month_of(word) ? end + 1 : end;
    return month;
  }

  // A number in figures or in Han numerals: 9, 二十二, 廿二, 〇九. Up to 99.
  std::optional<int> han_number() {
    if (const auto n = number(2)) return n;
    static constexpr std::array<std::string_view, 10> kDigits = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    const auto one = [&]() -> std::optional<int> {
      for (size_t d = 0; d < kDigits.size(); ++d)
        if (take(kDigits[d])) return static_cast<int>(d);
      return take("零") ? std::optional(0) : take("元") ? std::optional(1) : std::nullopt;
    };
    int tens = take("廿") ? 2 : take("卅") ? 3 : 0;
    if (tens) return 10 * tens + one().value_or(0);
    const auto first = one();
    if (take("十")) return 10 * first.value_or(1) + one().value_or(0);
    if (!first) return std::nullopt;
    const auto second = one();
    return second ? 10 * *first + *second : *first;
  }
  // 2020, 二〇二〇, 二零二零.
  std::optional<int> han_year() {
    const size_t begin = at_;
    if (const auto y = number(7)) return y;
    int year = 0;
    for (int i = 0; i < 4; ++i) {
      const auto rest = this->rest();
      static constexpr std::array<std::string_view, 10> kDigits = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
      const auto digit = std::find_if(kDigits.begin(), kDigits.end(), [&](std::string_view d) { return rest.starts_with(d); });
      if (digit == kDigits.end() && !rest.starts_with("零")) {
        at_ = begin;
        return std::nullopt;
      }
      year = year * 10 + (digit == kDigits.end() ? 0 : static_cast<int>(digit - kDigits.begin()));
      at_ += 3;
    }
    return year;
  }

  // "22 September 2024", "22nd of Sept., 2024", "September 22, 2024", "September 2024", "2024-09-22", "22.9.2024", "2024年9月22日",
  // 二〇二四年九月二十二日; the place stays where there is none.
  SaidDate date() {
    const size_t begin = at_;
    const auto fail = [&] {
      at_ = begin;
      return SaidDate{};
    };
    if (const auto m = month()) {
      skip_spaces();
      const size_t here = at_;
      if (const auto day = number(2)) {
        take_any({"st", "nd", "rd", "th"});
        take(",");
        skip_spaces();
        if (const auto y = year()) return {*y, *m, *day};
        at_ = here;
      }
      const auto y = year();
      if (!y) return fail();
      return {*y, *m, 0};
    }
    const auto first = han_year();
    if (!first) {
      // 九月 without a year is no date.
      return fail();
    }
    if (const SaidDate figures = in_figures(*first, at_ - begin); !figures.empty()) return figures;
    skip_spaces();
    if (take("年")) {
      skip_spaces();
      const auto m = han_number();
      if (!m) return fail();
      skip_spaces();
      if (!take("月")) return fail();
      skip_spaces();
      const auto day = han_number();
      if (!day) return {*first, *m, 0};
      skip_spaces();
      if (!take("日") && !take("号")) return fail();
      return {*first, *m, *day};
    }
    if (take_any({"st", "nd", "rd", "th", "."})) skip_spaces();
    if (take("of ")) skip_spaces();
    const auto m = *first <= 99 ? month() : std::nullopt;
    if (!m) return fail();
    take(",");
    skip_spaces();
    const auto y = year();
    if (!y) return fail();
    return {*y, *m, *first};
  }

  // After the first number of `digits` digits: "-09-22" of a year, ".9.2024" of a day. Days and months by strokes are not told apart.
  SaidDate in_figures(int first, size_t digits) {
    const size_t begin = at_;
    const auto part = [&](std::string_view by, size_t most) { return take(by) ? number(most) : std::nullopt; };
    if (digits == 4)
      for (const std::string_view by : {"-", "/", "."}) {
        at_ = begin;
        const auto m = part(by, 2), d = m ? part(by, 2) : std::nullopt;
        if (m && d && *m >= 1 && *m <= 12 && *d >= 1) return {first, *m, *d};
      }
    if (digits <= 2)
      for (const std::string_view by : {".", "/"}) {
        at_ = begin;
        const auto m = part(by, 2), y = m ? part(by, 4) : std::nullopt;
        if (m && y && *y > 1900 && *m <= 12 && (by == "." || first > 12)) return {*y, *m, first};
      }
    at_ = begin;
    return {};
  }

  // What stands in quotation marks right here.
  std::string quoted() {
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"“", "”"}, {"\"", "\""}, {"《", "》"}, {"「", "」"}})
      if (rest().starts_with(open))
        if (const size_t end = rest().find(close, open.size()); end != std::string_view::npos) {
          std::string out(rest().substr(open.size(), end - open.size()));
          at_ += end + close.size();
          return out;
        }
    return "";
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// Simplified, of half width, and ○ as the numeral it stands for.
std::string plain(std::string_view s) {
  std::string out = text::close_han(text::simplify(ascii_fold(text::tidy(s))));
  for (const std::string_view circle : {"○", "◯"})
    for (size_t at = 0; (at = out.find(circle, at)) != std::string::npos;) out.replace(at, circle.size(), "〇");
  return out;
}

std::string after(std::string_view paragraph, Span span) { return plain(paragraph.substr(span.end, kReach)); }

std::string before(std::string_view paragraph, Span span) {
  size_t from = span.begin > kReach ? span.begin - kReach : 0;
  while (from < span.begin && (static_cast<unsigned char>(paragraph[from]) & 0xC0) == 0x80) ++from;
  std::string out = plain(paragraph.substr(from, span.begin - from));
  if (span.begin > 0 && paragraph[span.begin - 1] == ' ' && !out.empty() && static_cast<unsigned char>(out.back()) < 0x80) out += ' ';
  return out;
}

bool drop(std::string_view& s, std::string_view tail) {
  if (!s.ends_with(tail)) return false;
  s.remove_suffix(tail.size());
  return true;
}
bool drop_any(std::string_view& s, std::initializer_list<std::string_view> tails) {
  return std::any_of(tails.begin(), tails.end(), [&](std::string_view t) { return drop(s, t); });
}

// The words of a Chinese mention after its number.
void skip_noun(Ahead& a) {
  a.take("号");
  a.take_any({"决议", "决定", "文件", "主席声明"});
}

// The date that `s` ends with, "2024年9月22日" or "22 September 2024"; it is cut off.
SaidDate drop_date(std::string_view& s) {
  const bool chinese = s.ends_with("日");
  // The longest tail that is one.
  for (size_t size = std::min<size_t>(s.size(), 54); size >= 8; --size) {
    const size_t from = s.size() - size;
    const bool han = chinese && (s[from] & 0x80) && (static_cast<unsigned char>(s[from]) & 0xC0) != 0x80;
    if ((chinese ? !is_digit(s[from]) && !han : !is_alnum(s[from])) || (from > 0 && is_alnum(s[from - 1]))) continue;
    Ahead a(s.substr(from));
    const SaidDate d = a.date();
    if (d.empty() || !a.rest().empty()) continue;
    // "extended until 17 March": no day of adoption.
    if (s.substr(0, from).ends_with("至")) return {};
    s.remove_suffix(size);
    return d;
  }
  return {};
}

// 题为“...”的第79/1号: the title, with all of it cut off.
std::string drop_chinese_title(std::string_view& s) {
  std::string_view rest = s;
  if (!drop(rest, "的")) return "";
  const size_t at = rest.rfind("题为");
  if (at == std::string_view::npos) return "";
  Ahead a(rest.substr(at + std::string_view("题为").size()));
  std::string title = a.quoted();
  if (title.empty() || !a.rest().empty()) return "";
  s = rest.substr(0, at);
  return title;
}

// 关于...的第79/1号: what it is about is cut off. No other number may stand there.
void drop_chinese_subject(std::string_view& s) {
  if (!s.ends_with("的")) return;
  const size_t at = s.rfind("关于");
  if (at == std::string_view::npos) return;
  const auto subject = s.substr(at);
  for (const std::string_view other : {"号", "；", "。", ";"})
    if (subject.find(other) != std::string_view::npos) return;
  // The date stands right before it.
  if (s.substr(0, at).ends_with("日")) s = s.substr(0, at);
}

constexpr std::string_view kOrdinal = "第";

}  // namespace

std::string SaidDate::text() const {
  char out[40];
  if (day)
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
  else
    std::snprintf(out, sizeof out, "%04d-%02d", year, month);
  return out;
}

namespace {

// What stands before "resolution" and the number: "adopted" of "adopted its resolution 75/1 on 21 September 2020".
std::string last_words(std::string_view paragraph, Span span) {
  const std::string last = lowered(before(paragraph, span));
  std::string_view s = last;
  while (drop_any(s, {" ", "resolution", "resolutions", "decision", "its", "general assembly", "security council", "the"})) {}
  return std::string(s);
}

}  // namespace

SaidDate date_beside(std::string_view paragraph, Span span) {
  const std::string next = after(paragraph, span);
  {
    Ahead a(next);
    skip_noun(a);
    a.skip_spaces();
    if (a.take_any({"of ", "(", "dated ", "- ", "["})) {
      a.take_any({"adopted on ", "adopted ", "of ", "dated ", "the "});
      if (const SaidDate d = a.date(); !d.empty()) return d;
    } else {
      a.take(",");
      a.skip_spaces();
      const bool said = a.take_any({"dated ", "of "});
      // Right after a comma a day alone is its own: it goes on with no sentence.
      if (const SaidDate d = a.date(); d.day && (said || a.rest().empty() || a.rest().find_first_of(",;.)") == 0 || a.rest().starts_with("通过"))) return d;
      if (last_words(paragraph, span).ends_with("adopted") && a.take("on "))
        if (const SaidDate d = a.date(); !d.empty()) return d;
      a.take("which was ");
      if (a.take_any({"adopted", "passed", "approved"})) {
        a.skip_spaces();
        if (const SaidDate d = a.date(); !d.empty()) return d;
        const auto rest = a.rest().substr(0, kAdoptedBy + 4);
        const size_t on = rest.starts_with("on ") ? 0 : rest.find(" on ");
        if (on != std::string_view::npos && rest.substr(0, on).find_first_of(",;.") == std::string_view::npos) {
          a.jump(on + (on == 0 ? 3 : 4));
          if (const SaidDate d = a.date(); !d.empty()) return d;
        }
      }
    }
  }
  const std::string last = before(paragraph, span);
  std::string_view s = last;
  drop(s, kOrdinal);
  drop_chinese_title(s);
  drop_chinese_subject(s);
  // "the statement of 13 November 2010 (S/PRST/2010/23)": one of many documents may stand so, a letter with its own date too.
  const std::string_view symbol = paragraph.substr(span.begin, span.end - span.begin);
  const bool own =
      symbol.find("/RES/") != std::string_view::npos || symbol.find("/DEC/") != std::string_view::npos || symbol.find("/PRST/") != std::string_view::npos;
  const bool open = drop(s, "(");
  if (open && !own) return {};
  while (s.ends_with(' ')) s.remove_suffix(1);
  if (s.ends_with("日") || !open) {
    drop_any(s, {"的主席声明", "主席声明", "的决议", "决议", "的声明", "声明"});
    while (drop_any(s, {"的", "其", "通过", "于", "联合国大会", "大会", "安全理事会", "人权理事会", "经济及社会理事会"})) {}
    return s.ends_with("日") ? drop_date(s) : SaidDate{};
  }
  drop_any(s, {"的主席声明", "主席声明", "的决议", "决议", "的声明", "声明"});
  return drop_date(s);
}

std::string title_beside(std::string_view paragraph, Span span) {
  {
    const std::string next = after(paragraph, span);
    Ahead a(next);
    skip_noun(a);
    a.skip_spaces();
    if (a.take("of ")) a.date();
    if (a.take_any({",", "，", "(", "（"})) a.skip_spaces();
    if (a.take_any({"entitled ", "题为", "其题为", "标题为"})) {
      a.skip_spaces();
      if (auto title = a.quoted(); !title.empty()) return title;
    }
  }
  const std::string last = before(paragraph, span);
  std::string_view s = last;
  drop(s, kOrdinal);
  return drop_chinese_title(s);
}

Body organ_beside(std::string_view paragraph, Span span) {
  const std::string last = before(paragraph, span);
  std::string_view s = last;
  struct Name {
    std::string_view name;
    Body body;
  };
  while (s.ends_with(' ')) s.remove_suffix(1);
  if (drop_any(s, {" resolution", " resolutions", " decision", " decisions"})) {
    for (const auto& n : {Name{"General Assembly", Body::ga}, Name{"Security Council", Body::sc}, Name{"Human Rights Council", Body::hrc},
                          Name{"Economic and Social Council", Body::ecosoc}})
      if (s.ends_with(n.name)) return n.body;
    return Body::none;
  }
  // The words of a Chinese number stand around it.
  const std::string_view own = paragraph.substr(span.begin, span.end - span.begin);
  if (!drop(s, kOrdinal) && !own.starts_with(kOrdinal)) return Body::none;
  drop_chinese_title(s);
  drop_chinese_subject(s);
  drop_date(s);
  for (const auto& n : {Name{"安全理事会", Body::sc}, Name{"人权理事会", Body::hrc}, Name{"经济及社会理事会", Body::ecosoc}})
    if (s.ends_with(n.name)) return n.body;
  if (!drop(s, "大会")) return Body::none;
  // 缔约方大会, 卫生大会 are others' assemblies.
  for (const std::string_view other : {"缔约方", "卫生", "环境", "缔约国", "世界"})
    if (s.ends_with(other)) return Body::none;
  return Body::ga;
}

}  // namespace resolute::search
