#include <algorithm>
#include <cstdlib>
#include <string>

#include "schemas/ascii.h"
#include "text/citation_finder.h"
#include "text/citation_gap.h"
#include "text/line.h"
#include "text/normalize.h"

namespace resolute::text {

int CitationFinder::year_before(size_t at) const {
  while (at > 0 && text_[at - 1] == ' ') --at;
  const std::string_view before = std::string_view(text_).substr(at > 30 ? at - 30 : 0, std::min<size_t>(at, 30));
  if (!before.ends_with("日")) return 0;
  const size_t mark = before.rfind("年");
  if (mark == std::string_view::npos) return 0;
  size_t k = mark;
  while (k > 0 && before[k - 1] == ' ') --k;
  if (k < 4 || !std::all_of(before.begin() + static_cast<long>(k - 4), before.begin() + static_cast<long>(k), is_digit)) return 0;
  return std::stoi(std::string(before.substr(k - 4, 4)));
}

std::pair<size_t, std::string> CitationFinder::session_before(size_t at) const {
  std::string_view before = std::string_view(text_).substr(0, at);
  for (const std::string_view word : {"通过的", "的", "上", "会议", "届"}) {
    while (before.ends_with(' ')) before.remove_suffix(1);
    if (before.ends_with(word))
      before.remove_suffix(word.size());
    else if (word == "会议" || word == "届")
      return {};
  }
  const size_t from = before.rfind("第");
  if (from == std::string_view::npos || before.size() - from > 24) return {};
  const std::string numeral(trimmed(before.substr(from + std::string_view("第").size())));
  const int number = std::atoi(is_digit(numeral.empty() ? 'x' : numeral[0]) ? numeral.c_str() : with_figures("(" + numeral + ")").c_str() + 1);
  if (number < 1 || number > 150) return {};
  return {from, std::to_string(number)};
}

int CitationFinder::year_of_clause(size_t at) const {
  const size_t from = organs_.clause_begin(at);
  for (size_t k = at; k-- > from;) {
    if (is(k, "号") || is(k, "；") || is(k, "。")) return 0;
    if (!is(k, "日")) continue;
    const size_t after = spaces(k + 3);
    return is(after, "关于") || is(after, "题为") || is(after, "通过") ? year_before(k + 3) : 0;
  }
  return 0;
}

size_t CitationFinder::chinese_number(size_t p, bool& bare) const {
  size_t q = is(p, "ES-") ? p + 3 : is(p, "S-") ? p + 2 : p;
  const size_t d = digits(q);
  if (d == q || d - q > most_digits()) return p;
  q = d;
  const auto take_letters = [&] {
    size_t tail = q;
    if (!part_letters(q, tail).empty()) q = tail;
  };
  const size_t slash = spaces(q), second = slash < text_.size() && text_[slash] == '/' ? spaces(slash + 1) : slash;
  if (second > slash && slash - q <= 1 && second < text_.size() && is_digit(text_[second])) {
    q = digits(second);
    take_letters();
    return q;
  }
  take_letters();
  const size_t paren = spaces(q);
  const size_t close = paren < text_.size() && text_[paren] == '(' ? text_.find(')', paren) : std::string::npos;
  if (close == std::string::npos || close - paren > 12) {
    // "第1325、1820和1888号决议"
    bare = others_ && q == d;
    return bare ? q : p;
  }
  q = close + 1;
  take_letters();
  return q;
}

size_t CitationFinder::after_chinese_day(size_t k, int& year) const {
  const size_t y = digits(k);
  if (y - k != 4 || !is(spaces(y), "年")) return k;
  year = std::stoi(text_.substr(k, 4));
  k = spaces(spaces(y) + 3);
  for (const std::string_view unit : {"月", "日"}) {
    const size_t m = digits(k);
    if (m > k && is(spaces(m), unit)) k = spaces(spaces(m) + 3);
  }
  return k;
}

std::optional<NumberSeries> CitationFinder::series_of_chinese(const std::vector<Listed>& items, size_t at, size_t word) const {
  if (is(word, "决定")) return NumberSeries::decision;
  if (is(word, "决议")) return NumberSeries::resolution;
  // A list may end in a number that is no resolution's; 号 without 决议 counts only for unmistakable forms.
  const auto& first = items.front();
  const std::string_view body(text_.data() + first.number, first.end - first.number);
  for (const std::string_view other : {"法", "商定结论", "报告", "文件", "一般性", "议定书", "来文"})
    if (is(word, other)) return std::nullopt;
  if (first.bare || (body.find('/') == std::string_view::npos && body.find('(') == std::string_view::npos)) return std::nullopt;
  if (text_.compare(at, 3, "第") != 0 && body.find("ES-") == std::string_view::npos) return std::nullopt;
  return NumberSeries::resolution;
}

void CitationFinder::add_listed(const std::vector<Listed>& items, size_t at, const Organ& organ, NumberSeries series, size_t met, const std::string& session) {
  for (const auto& item : items) {
    const std::string number = text_.substr(item.number, item.end - item.number);
    if (!session.empty() && !organ.foreign && (organ.body == Body::ga || organ.body == Body::hrc)) {
      const std::string series_name = series == NumberSeries::resolution ? "RES/" : "DEC/";
      add(met, item.stop, (organ.body == Body::ga ? "A/" : "A/HRC/") + series_name + session + "/" + number);
      continue;
    }
    const size_t from = &item == &items.front() ? at : item.number;
    if (item.bare) {
      if (series == NumberSeries::resolution && !organ.foreign)
        add_other(from, item.stop, organ.named && organ.body == Body::sc ? "S/RES/" + number : "", number);
      continue;
    }
    if (const auto known = number_at(item.number, organ, series, item.year)) add_number(from, item.stop, *known);
  }
}

size_t CitationFinder::chinese_list(size_t from, size_t at) {
  std::vector<Listed> items;
  size_t p = spaces(from), end = 0;
  int year = year_before(at);
  bool closed = false;
  for (int guard = 0; guard < 200; ++guard) {
    bool bare = false;
    const size_t stop = chinese_number(p, bare);
    if (stop == p) break;
    items.push_back({p, stop, stop, year, bare});
    year = 0;
    end = stop;
    p = spaces(stop);
    if (is(p, "号")) {
      p += 3;
      closed = true;
      end = p;
      // 第661(1990)号、1990年8月6日第986(1995)号决议: the list goes on after 号.
      const size_t word = spaces(p);
      if (is(word, "决议") || is(word, "决定")) break;
    }
    // What joins two numbers, a date and 第 included.
    size_t k = next_listed_chinese(text_, p);
    if (k == p) break;
    k = after_chinese_day(k, year);
    if (is(k, "其")) k = spaces(k + 3);
    if (is(k, "第")) k = spaces(k + 3);
    p = k;
  }
  if (items.empty() || !closed) return 0;
  items.back().stop = end;
  const size_t word = spaces(end);
  const auto series = series_of_chinese(items, at, word);
  if (!series) return 0;
  const auto [met, session] = items.size() == 1 && items.front().bare ? session_before(at) : std::pair<size_t, std::string>();
  const Organ organ = organs_.before(session.empty() ? at : met);
  if (!items.front().year) items.front().year = year_of_clause(at);
  // "2019年9月26日第42/20和42/22号": the second is of the same day.
  for (size_t k = 1; k < items.size(); ++k)
    if (!items[k].year) items[k].year = items[k - 1].year;
  organs_.remember(organ, word + 6);
  add_listed(items, at, organ, *series, met, session);
  return end;
}

}  // namespace resolute::text
