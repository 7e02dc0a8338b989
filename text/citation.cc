#include "text/citation.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

// The text with width and dashes folded, each byte with its place in the original.
struct View {
  std::string s;
  std::vector<uint32_t> at;  // size s.size() + 1

  explicit View(std::string_view text) {
    s.reserve(text.size());
    at.reserve(text.size() + 1);
    for (size_t i = 0; i < text.size();) {
      const auto c = static_cast<unsigned char>(text[i]);
      const size_t n = std::min<size_t>(c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4, text.size() - i);
      if (c < 0x80) {
        s += text[i] == '\t' || text[i] == '\n' ? ' ' : text[i];
        at.push_back(static_cast<uint32_t>(i));
      } else {
        size_t next = i;
        const char32_t point = next_code_point(text, next);
        const std::string folded = point >= 0x3400 && point < 0xA000 ? simplify(text.substr(i, n)) : c == 0xC2 || c == 0xE2 || c == 0xE3 || c == 0xEF ? ascii_fold(text.substr(i, n)) : std::string(text.substr(i, n));
        s += folded;
        at.insert(at.end(), folded.size(), static_cast<uint32_t>(i));
      }
      i += n;
    }
    at.push_back(static_cast<uint32_t>(text.size()));
  }
};

enum class Series { resolution, decision };

class Finder {
 public:
  Finder(std::string_view text, Body home) : view_(text), s_(view_.s), home_(home) {}

  std::vector<Citation> find() {
    for (size_t i = 0; i < s_.size();) {
      const char c = s_[i];
      const bool edge = i == 0 || !(is_alnum(s_[i - 1]) || s_[i - 1] == '/' || s_[i - 1] == '-');
      size_t next = 0;
      if (edge && is_upper(c)) next = symbol_at(i);
      if (!next && edge && (c == 'r' || c == 'R' || c == 'd' || c == 'D')) next = keyword_at(i);
      if (!next && s_.compare(i, 3, "第") == 0) next = chinese_list(i + 3, i);
      if (!next && edge && (is_digit(c) || c == 'E' || c == 'S')) next = chinese_list(i, i);
      i = next ? std::max(next, i + 1) : i + 1;
    }
    std::sort(out_.begin(), out_.end(), [](const Citation& a, const Citation& b) { return a.span.begin < b.span.begin; });
    return std::move(out_);
  }

 private:
  size_t spaces(size_t i) const {
    while (i < s_.size() && s_[i] == ' ') ++i;
    return i;
  }
  bool is(size_t i, std::string_view word) const { return s_.compare(i, word.size(), word) == 0; }
  size_t digits(size_t i) const {
    while (i < s_.size() && is_digit(s_[i])) ++i;
    return i;
  }

  void add(size_t from, size_t to, const std::string& spelling) {
    const auto symbol = parse_symbol(spelling);
    if (!symbol || symbol->text().size() > 60) return;
    Citation c;
    c.span = {view_.at[from], view_.at[to]};
    if (!out_.empty() && c.span.begin < out_.back().span.end && c.span.end > out_.back().span.begin) return;
    c.symbol = symbol->text();
    c.treatment = treatment(from);
    out_.push_back(std::move(c));
  }

  // A full symbol: its end, or 0.
  size_t symbol_at(size_t i) {
    size_t k = i;
    while (k < s_.size() && is_upper(s_[k]) && k - i < 8) ++k;
    if (k >= s_.size() || s_[k] != '/' || k + 1 >= s_.size() || !(is_upper(s_[k + 1]) || is_digit(s_[k + 1]))) return 0;
    size_t end = k;
    int open = 0;
    while (end < s_.size()) {
      const char c = s_[end];
      if (is_alnum(c) || c == '/' || c == '.') ++end;
      else if (c == '-' && end + 1 < s_.size() && (is_alnum(s_[end + 1]))) ++end;
      else if (c == '(' && open == 0 && end + 1 < s_.size() && (is_digit(s_[end + 1]) || is_upper(s_[end + 1]))) { ++open; ++end; }
      else if (c == ')' && open == 1) { --open; ++end; }
      else break;
    }
    while (end > k && (s_[end - 1] == '.' || s_[end - 1] == '/' || s_[end - 1] == '(')) { open -= s_[end - 1] == '('; --end; }
    if (open) end = s_.rfind('(', end);
    const std::string_view head(s_.data() + i, end - i);
    // S/RES/1373 (2001): the year stands apart.
    if (head.starts_with("S/RES/") && head.find('(') == std::string_view::npos) {
      const size_t paren = spaces(end);
      if (paren + 5 < s_.size() && s_[paren] == '(' && digits(paren + 1) == paren + 5 && s_[paren + 5] == ')') end = paren + 6;
    }
    const size_t before = out_.size();
    std::string spelling = s_.substr(i, end - i);
    // Lower case after a digit is a footnote's or a plural's: not the symbol's, but for Add., Corr., Rev.
    if (!parse_symbol(spelling)) return 0;
    for (const char c : spelling)
      if (is_lower(c) && spelling.find("Add.") == std::string::npos && spelling.find("Corr.") == std::string::npos &&
          spelling.find("Rev.") == std::string::npos && spelling.find("Vol.") == std::string::npos)
        return 0;
    // A/RES/74/232 A, A/RES/75/290 A and B.
    size_t tail = end;
    if (spelling.find("/RES/") != std::string::npos || spelling.find("/DEC/") != std::string::npos) {
      const std::string letters = part_letters(end, tail);
      if (!letters.empty() && !is_upper(spelling.back())) spelling += letters;
      else tail = end;
    }
    add(i, tail, spelling);
    if (out_.size() == before) return end;
    end = tail;
    // "and Add.1", "和Corr.1"
    const std::string base = spelling;
    for (;;) {
      size_t p = spaces(end);
      if (is(p, "and ")) p = spaces(p + 4);
      else if (is(p, "、") || is(p, "和") || is(p, "及")) p = spaces(p + 3);
      else if (p < s_.size() && s_[p] == ',') p = spaces(p + 1);
      else break;
      size_t word = 0;
      for (const std::string_view kind : {"Add.", "Corr.", "Rev."})
        if (is(p, kind)) word = kind.size();
      if (!word || p + word >= s_.size() || !is_digit(s_[p + word])) break;
      const size_t stop = digits(p + word);
      add(p, stop, base + "/" + s_.substr(p, stop - p));
      end = stop;
    }
    return end;
  }

  // Part letters behind a number: " A", " A and B", " A to C", " A-C". Canonical "A", "A-B"; `end` moves behind them.
  std::string part_letters(size_t from, size_t& end) const {
    const auto letter = [&](size_t p) { return p < s_.size() && is_upper(s_[p]) && (p + 1 >= s_.size() || !is_alnum(s_[p + 1])); };
    const size_t p = spaces(from);
    if (!letter(p) || (p + 1 < s_.size() && s_[p + 1] == '/')) return "";
    std::string out(1, s_[p]);
    end = p + 1;
    for (;;) {
      size_t q = spaces(end);
      if (is(q, "and ")) q = spaces(q + 4);
      else if (is(q, "to ")) q = spaces(q + 3);
      else if (is(q, "和") || is(q, "至") || is(q, "、") || is(q, "及")) q = spaces(q + 3);
      else if (q < s_.size() && (s_[q] == '-' || s_[q] == ',')) q = spaces(q + 1);
      else break;
      if (!letter(q) || s_[q] <= out[0]) break;
      out = out.substr(0, 1) + '-' + s_[q];
      end = q + 1;
    }
    return out;
  }

  struct Number {
    std::string symbol;  // spelling for parse_symbol; empty where it names no single document
    size_t end = 0;
  };

  // One number of a list: "1373 (2001)", "60/288", "36/87 A and B", "2200 A (XXI)", "S-10/2", "2023/1".
  std::optional<Number> number_at(size_t i, Body organ, Series series) const {
    size_t p = i;
    std::string prefix;
    if (is(p, "ES-")) prefix = "ES-", p += 3;
    else if (is(p, "S-")) prefix = "S-", p += 2;
    const size_t n0 = p;
    p = digits(p);
    if (p == n0 || p - n0 > 4) return std::nullopt;
    const std::string first = s_.substr(n0, p - n0);
    const char* word = series == Series::resolution ? "RES" : "DEC";
    if (p < s_.size() && s_[p] == '/' && p + 1 < s_.size() && is_digit(s_[p + 1])) {
      const size_t m0 = p + 1;
      size_t end = digits(m0);
      if (end - m0 > 4) return std::nullopt;
      const std::string second = s_.substr(m0, end - m0);
      std::string letters = part_letters(end, end);
      const int a = std::stoi(first);
      Number out{"", end};
      if (prefix.empty() && first.size() == 4 && a >= 1945 && a <= 2100) {
        // Only the Economic and Social Council and its commissions number by year; what a commission numbered has no symbol here.
        if (!commission_) out.symbol = "E/" + std::string(word) + "/" + first + "/" + second + letters;
      } else if (organ == Body::hrc) {
        out.symbol = std::string("A/HRC/") + word + "/" + prefix + first + "/" + second + letters;
      } else if (organ == Body::ga || organ == Body::none || organ == Body::sc || organ == Body::ecosoc) {
        if (a <= 150) out.symbol = std::string("A/") + word + "/" + prefix + first + "/" + second + letters;
      }
      return out;
    }
    // Letters before the session: 2200 A (XXI); or a year or session alone: 1373 (2001), 1514 (XV).
    size_t end = p;
    std::string letters = part_letters(p, end);
    if (letters.empty()) end = p;
    const size_t paren = spaces(end);
    if (paren < s_.size() && s_[paren] == '(') {
      const size_t close = s_.find(')', paren);
      if (close != std::string::npos && close - paren <= 10) {
        const std::string inside = s_.substr(paren + 1, close - paren - 1);
        if (inside.size() == 4 && std::all_of(inside.begin(), inside.end(), is_digit)) {
          const int year = std::stoi(inside);
          if (year >= 1946 && year <= 2100 && letters.empty() && series == Series::resolution)
            return Number{"S/RES/" + first + "(" + inside + ")", close + 1};
          return std::nullopt;
        }
        std::string_view roman = inside;
        for (const std::string_view special : {"ES-", "S-"})
          if (roman.starts_with(special)) { roman.remove_prefix(special.size()); break; }
        if (parse_roman(roman) && series == Series::resolution) {
          size_t stop = close + 1;
          if (letters.empty()) {
            size_t after = stop;
            if (const auto tail = part_letters(stop, after); !tail.empty()) { letters = tail; stop = after; }
          }
          const char* organ_prefix = organ == Body::ecosoc ? "E/RES/" : "A/RES/";
          return Number{organ_prefix + first + "(" + inside + ")" + letters, stop};
        }
      }
    }
    return std::nullopt;
  }

  // The organ named last before `at` within the clause, where the words name it for the number that follows.
  Body organ_before(size_t at) {
    commission_ = false;
    const size_t from = at > 60 ? at - 60 : 0;
    const std::string_view before(s_.data() + from, at - from);
    struct Name { std::string_view text; Body body; bool commission; };
    static constexpr std::array kNames = {
        Name{"General Assembly", Body::ga, false},     Name{"Security Council", Body::sc, false},
        Name{"Human Rights Council", Body::hrc, false}, Name{"Economic and Social Council", Body::ecosoc, false},
        Name{"Commission", Body::none, true},           Name{"Conference", Body::none, true},
        Name{"Assembly", Body::ga, false},              Name{"Council", Body::none, false},
        Name{"大会", Body::ga, false},                  Name{"安全理事会", Body::sc, false},
        Name{"安理会", Body::sc, false},                Name{"人权理事会", Body::hrc, false},
        Name{"经济及社会理事会", Body::ecosoc, false},  Name{"委员会", Body::none, true}};
    size_t best = std::string_view::npos;
    Body organ = Body::none;
    size_t length = 0;
    for (const auto& name : kNames) {
      const size_t where = before.rfind(name.text);
      if (where == std::string_view::npos) continue;
      const size_t stop = where + name.text.size();
      if (best != std::string_view::npos && (stop < best || (stop == best && name.text.size() <= length))) continue;
      best = stop;
      length = name.text.size();
      organ = name.body;
      commission_ = name.commission;
      if (name.text == "Council") organ = home_ == Body::ga ? Body::none : home_;
    }
    if (best == std::string_view::npos) return home_;
    // "its" after the organ's name points home: "the Assembly, in its resolution" too, so only a clause break loses it.
    const auto between = before.substr(best);
    const bool own = between.find("its ") != std::string_view::npos || between.find("其") != std::string_view::npos;
    // A Chinese committee counts only right before the number, or the number's date.
    if (commission_ && (static_cast<unsigned char>(s_[from + best - 1]) & 0x80)) {
      std::string rest(between);
      for (const std::string_view part : {"年", "月", "日", "第", "通过的"})
        for (size_t at_part; (at_part = rest.find(part)) != std::string::npos;) rest.erase(at_part, part.size());
      std::erase_if(rest, [](char c) { return is_digit(c) || c == ' '; });
      if (!rest.empty()) {
        commission_ = false;
        return home_;
      }
    }
    if (between.find(';') != std::string_view::npos || between.find("；") != std::string_view::npos || between.find("。") != std::string_view::npos || (between.size() > 34 && !own)) {
      commission_ = false;
      return home_;
    }
    return organ;
  }

  // "resolution", "resolutions", "decision(s)" and the numbers behind: the end, or 0.
  size_t keyword_at(size_t i) {
    Series series;
    size_t p;
    const auto word = [&](std::string_view w) {
      if (s_.size() - i < w.size() || (s_[i] | 0x20) != w[0] || s_.compare(i + 1, w.size() - 1, w.substr(1)) != 0) return false;
      p = i + w.size();
      if (p < s_.size() && s_[p] == 's') ++p;
      return p >= s_.size() || !is_alnum(s_[p]);
    };
    if (word("resolution")) series = Series::resolution;
    else if (word("decision")) series = Series::decision;
    else return 0;
    p = spaces(p);
    if (is(p, "No. ") || is(p, "Nos. ")) p = spaces(p + (is(p, "No. ") ? 4 : 5));
    const Body organ = organ_before(i);
    bool any = false;
    size_t end = p;
    Body current = organ;
    for (;;) {
      const auto number = number_at(p, current, series);
      if (!number) break;
      if (!number->symbol.empty() && !commission_) add(p, number->end, number->symbol);
      any = true;
      end = number->end;
      size_t q = separator(end);
      if (q == end) break;
      p = q;
    }
    return any ? end : 0;
  }

  // Behind a number: "of 6 August 1990", notes in parentheses, commas and "and"; the next number's place, or `from`.
  size_t separator(size_t from) const {
    size_t p = from;
    if (p < s_.size() && s_[p] == ' ' && is(p + 1, "of ")) {
      size_t q = date(p + 4);
      if (q) p = q;
    }
    // A footnote's digits may be glued behind the date: "1999,1".
    bool separated = false;
    for (int step = 0; step < 4; ++step) {
      p = spaces(p);
      if (p < s_.size() && s_[p] == ',') { ++p; separated = true; continue; }
      if (is(p, "and ")) { p += 4; separated = true; continue; }
      if (is(p, "or ")) { p += 3; separated = true; continue; }
      if (is(p, "as well as ")) { p += 11; separated = true; continue; }
      if (is(p, "to ") && separated) { p += 3; continue; }
      if (is(p, "its ") && separated) { p += 4; continue; }
      break;
    }
    if (!separated) return from;
    p = spaces(p);
    return p < s_.size() && (is_digit(s_[p]) || is(p, "S-") || is(p, "ES-")) ? p : from;
  }

  // "6 August 1990": behind it, or 0.
  size_t date(size_t p) const {
    size_t q = digits(p);
    if (q == p || q - p > 2) return 0;
    q = spaces(q);
    size_t m = q;
    while (m < s_.size() && (is_upper(s_[m]) || is_lower(s_[m]))) ++m;
    if (m - q < 3) return 0;
    const size_t y = spaces(m), e = digits(y);
    return e - y == 4 ? e : m;
  }

  // Chinese: numbers joined by 、和及, dates between, closed by 号 and 决议 or 决定. `from` is where the first number
  // stands, `at` where the mention begins. The end, or 0.
  size_t chinese_list(size_t from, size_t at) {
    struct Item { size_t begin, end, number; };
    std::vector<Item> items;
    size_t p = spaces(from), end = 0;
    bool closed = false;
    for (int guard = 0; guard < 200; ++guard) {
      const size_t number = p;
      size_t q = p;
      if (is(q, "ES-")) q += 3;
      else if (is(q, "S-")) q += 2;
      const size_t d = digits(q);
      if (d == q || d - q > 4) break;
      q = d;
      if (q < s_.size() && s_[q] == '/' && q + 1 < s_.size() && is_digit(s_[q + 1])) {
        q = digits(q + 1);
        size_t tail = q;
        if (!part_letters(q, tail).empty()) q = tail;
      } else {
        size_t tail = q;
        if (!part_letters(q, tail).empty()) q = tail;
        const size_t paren = spaces(q);
        if (paren >= s_.size() || s_[paren] != '(') break;
        const size_t close = s_.find(')', paren);
        if (close == std::string::npos || close - paren > 10) break;
        q = close + 1;
        tail = q;
        if (!part_letters(q, tail).empty()) q = tail;
      }
      items.push_back({items.empty() ? at : number, q, number});
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
      size_t k = spaces(p);
      bool joined = false;
      for (const std::string_view join : {"、", "和", "及", "以及", "至", "，", "与"})
        if (is(k, join)) { k = spaces(k + join.size()); joined = true; break; }
      if (!joined && k < s_.size() && s_[k] == ',') k = spaces(k + 1), joined = true;
      if (!joined) break;
      if (is(k, "以及")) k = spaces(k + 6);
      size_t y = digits(k);
      if (y - k == 4 && is(spaces(y), "年")) {
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
    Series series = Series::resolution;
    if (is(word, "决定")) series = Series::decision;
    else if (!is(word, "决议")) {
      // A list may end in a number that is no resolution's; 号 without 决议 counts only for unmistakable forms.
      const auto& first = items.front();
      const std::string_view body(s_.data() + first.number, first.end - first.number);
      if (is(word, "报告") || is(word, "文件") || is(word, "一般性") || is(word, "议定书") || is(word, "来文")) return 0;
      if (body.find('/') == std::string_view::npos && body.find('(') == std::string_view::npos) return 0;
      if (s_.compare(at, 3, "第") != 0 && body.find("ES-") == std::string_view::npos) return 0;
    }
    const Body organ = organ_before(at);
    for (const auto& item : items) {
      const auto number = number_at(item.number, organ, series);
      if (number && !number->symbol.empty() && !commission_) {
        size_t stop = item.end;
        if (&item == &items.back()) stop = end;
        add(item.begin, stop, number->symbol);
      }
    }
    return end;
  }

  // How the text uses what it cites: the verb that governs the mention.
  std::string treatment(size_t at) const {
    struct Word { std::string_view text; std::string_view id; };
    static constexpr std::array kWords = {
        Word{"recall", "recalling"}, Word{"reaffirm", "reaffirming"}, Word{"reiterat", "reiterating"},
        Word{"guided by", "guided-by"}, Word{"taking note of", "taking-note"}, Word{"takes note of", "taking-note"},
        Word{"noting", "taking-note"}, Word{"notes", "taking-note"}, Word{"pursuant to", "pursuant-to"},
        Word{"in accordance with", "in-accordance-with"}, Word{"as requested in", "pursuant-to"},
        Word{"as mandated", "pursuant-to"}, Word{"extend", "extending"}, Word{"renew", "extending"},
        Word{"welcom", "welcoming"}, Word{"endors", "endorsing"}, Word{"implement", "implementing"},
        Word{"bearing in mind", "bearing-in-mind"}, Word{"affirm", "affirming"}, Word{"supersed", "superseding"},
        Word{"established by", "established-by"}, Word{"established pursuant", "established-by"},
        Word{"contained in", "contained-in"}, Word{"set out in", "contained-in"}, Word{"set forth in", "contained-in"},
        Word{"adopted", "adopting"}, Word{"in its resolution", "recalling"}, Word{"considered", "considering"},
        Word{"回顾", "recalling"}, Word{"重申", "reaffirming"}, Word{"遵循", "guided-by"}, Word{"注意到", "taking-note"},
        Word{"根据", "pursuant-to"}, Word{"依照", "in-accordance-with"}, Word{"按照", "in-accordance-with"},
        Word{"延长", "extending"}, Word{"欢迎", "welcoming"}, Word{"欣见", "welcoming"}, Word{"认可", "endorsing"},
        Word{"执行", "implementing"}, Word{"铭记", "bearing-in-mind"}, Word{"申明", "affirming"},
        Word{"所设", "established-by"}, Word{"载于", "contained-in"}, Word{"载列", "contained-in"}, Word{"审议", "considering"}};
    const size_t from = at > 400 ? at - 400 : 0;
    std::string before = s_.substr(from, at - from);
    for (char& c : before)
      if (is_upper(c)) c = static_cast<char>(c + 32);
    const size_t stop = std::max({before.rfind("; ") == std::string::npos ? 0 : before.rfind("; "),
                                  before.rfind("；") == std::string::npos ? 0 : before.rfind("；"),
                                  before.rfind("。") == std::string::npos ? 0 : before.rfind("。")});
    size_t best = std::string::npos;
    std::string_view id;
    for (const auto& w : kWords) {
      size_t where = before.rfind(w.text);
      // "reaffirming" is not "affirming".
      while (where != std::string::npos && where > 0 && is_lower(w.text[0]) && is_lower(before[where - 1])) where = before.rfind(w.text, where - 1);
      if (where == std::string::npos || where < stop) continue;
      if (best == std::string::npos || where > best) { best = where; id = w.id; }
    }
    return std::string(id);
  }

  View view_;
  const std::string& s_;
  Body home_;
  bool commission_ = false;  // the organ before is one whose numbers we cannot name
  std::vector<Citation> out_;
};

}  // namespace

std::vector<Citation> find_citations(std::string_view text, Body home) { return Finder(text, home).find(); }

}  // namespace resolute::text
