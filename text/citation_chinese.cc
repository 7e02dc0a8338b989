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

size_t CitationFinder::chinese_list(size_t from, size_t at) {
  struct Item {
    size_t begin, end, number;
    int year;
    bool bare = false;
  };
  std::vector<Item> items;
  size_t p = spaces(from), end = 0;
  int year = year_before(at);
  bool closed = false;
  for (int guard = 0; guard < 200; ++guard) {
    const size_t number = p;
    size_t q = p;
    if (is(q, "ES-"))
      q += 3;
    else if (is(q, "S-"))
      q += 2;
    const size_t d = digits(q);
    if (d == q || d - q > most_digits()) break;
    q = d;
    bool bare = false;
    const size_t slash = spaces(q), second = slash < text_.size() && text_[slash] == '/' ? spaces(slash + 1) : slash;
    if (second > slash && slash - q <= 1 && second < text_.size() && is_digit(text_[second])) {
      q = digits(second);
      size_t tail = q;
      if (!part_letters(q, tail).empty()) q = tail;
    } else {
      size_t tail = q;
      if (!part_letters(q, tail).empty()) q = tail;
      const size_t paren = spaces(q);
      const size_t close = paren < text_.size() && text_[paren] == '(' ? text_.find(')', paren) : std::string::npos;
      if (close == std::string::npos || close - paren > 12) {
        // "第1325、1820和1888号决议"
        if (!others_ || q != d) break;
        bare = true;
      } else {
        q = close + 1;
        tail = q;
        if (!part_letters(q, tail).empty()) q = tail;
      }
    }
    items.push_back({items.empty() ? at : number, q, number, year, bare});
    year = 0;
    end = q;
    p = spaces(q);
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
    size_t y = digits(k);
    if (y - k == 4 && is(spaces(y), "年")) {
      year = std::stoi(text_.substr(k, 4));
      k = spaces(spaces(y) + 3);
      size_t m = digits(k);
      if (m > k && is(spaces(m), "月")) k = spaces(spaces(m) + 3);
      m = digits(k);
      if (m > k && is(spaces(m), "日")) k = spaces(spaces(m) + 3);
    }
    if (is(k, "其")) k = spaces(k + 3);
    if (is(k, "第")) k = spaces(k + 3);
    p = k;
  }
  if (items.empty() || !closed) return 0;
  const size_t word = spaces(end);
  NumberSeries series = NumberSeries::resolution;
  if (is(word, "决定"))
    series = NumberSeries::decision;
  else if (!is(word, "决议")) {
    // A list may end in a number that is no resolution's; 号 without 决议 counts only for unmistakable forms.
    const auto& first = items.front();
    const std::string_view body(text_.data() + first.number, first.end - first.number);
    if (is(word, "法") || is(word, "商定结论") || is(word, "报告") || is(word, "文件") || is(word, "一般性") || is(word, "议定书") || is(word, "来文"))
      return 0;
    if (first.bare || (body.find('/') == std::string_view::npos && body.find('(') == std::string_view::npos)) return 0;
    if (text_.compare(at, 3, "第") != 0 && body.find("ES-") == std::string_view::npos) return 0;
  }
  const auto [met, session] = items.size() == 1 && items.front().bare ? session_before(at) : std::pair<size_t, std::string>();
  const Organ organ = organs_.before(session.empty() ? at : met);
  if (!items.front().year) items.front().year = year_of_clause(at);
  // "2019年9月26日第42/20和42/22号": the second is of the same day.
  for (size_t k = 1; k < items.size(); ++k)
    if (!items[k].year) items[k].year = items[k - 1].year;
  organs_.remember(organ, word + 6);
  for (const auto& item : items) {
    const size_t stop = &item == &items.back() ? end : item.end;
    if (!session.empty() && !organ.foreign && (organ.body == Body::ga || organ.body == Body::hrc)) {
      const std::string series_name = series == NumberSeries::resolution ? "RES/" : "DEC/";
      add(met, stop, (organ.body == Body::ga ? "A/" : "A/HRC/") + series_name + session + "/" + text_.substr(item.number, item.end - item.number));
      continue;
    }
    if (item.bare) {
      if (series == NumberSeries::resolution && !organ.foreign)
        add_other(item.begin, stop, organ.named && organ.body == Body::sc ? "S/RES/" + text_.substr(item.number, item.end - item.number) : "",
                  text_.substr(item.number, item.end - item.number));
      continue;
    }
    const auto number = number_at(item.number, organ, series, item.year);
    if (number) add_number(item.begin, stop, *number);
  }
  return end;
}

}  // namespace resolute::text
