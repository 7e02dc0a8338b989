// One text's walk for mentions of documents: what text/citation.cc, citation_numbers.cc and citation_chinese.cc share.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/citation.h"
#include "text/normalize.h"
#include "text/organ.h"
#include "text/scan.h"

namespace resolute::text {

// The text with width and dashes folded and traditional characters simplified, and where its characters stood.
struct CitationView {
  std::string s;

  explicit CitationView(std::string_view original) {
    const std::string text = simplify(original);  // as long, character by character
    const auto changes = [&](size_t i) {
      return (text[i] >= 0 && text[i] < ' ') || text[i] == '\xC2' || text[i] == '\xE2' || text[i] == '\xE3' || text[i] == '\xEF';
    };
    s.reserve(text.size());
    for (size_t i = 0; i < text.size();) {
      const size_t begin = i;
      while (i < text.size() && !changes(i)) ++i;
      s.append(text, begin, i - begin);
      if (i == text.size()) break;
      const auto c = static_cast<unsigned char>(text[i]);
      const size_t n = std::min<size_t>(c < 0x80 ? 1 : c < 0xE0 ? 2 : 3, text.size() - i);
      const size_t before = s.size();
      if (c < 0x80)
        s += c == '\t' || c == '\n' ? ' ' : text[i];
      else
        s += ascii_fold(std::string_view(text).substr(i, n));
      i += n;
      if (s.size() - before != n) shifts_.emplace_back(s.size(), i);
    }
  }
  // The byte of the text at which the character at s[i] begins.
  uint32_t at(size_t i) const {
    const auto after = std::upper_bound(shifts_.begin(), shifts_.end(), i, [](size_t place, const auto& shift) { return place < shift.first; });
    return static_cast<uint32_t>(after == shifts_.begin() ? i : std::prev(after)->second + (i - std::prev(after)->first));
  }

 private:
  std::vector<std::pair<size_t, size_t>> shifts_;  // places of s after a character of another length, and of the text
};

enum class NumberSeries { resolution, decision };

class CitationFinder {
 public:
  CitationFinder(std::string_view text, Body home) : view_(text), text_(view_.s), organs_(text_, home) {}

  // `others` gets the mentions that name no document here.
  std::vector<Citation> find(std::vector<Mention>* others);

 private:
  struct Number {
    std::string symbol;  // spelling for parse_symbol; empty where it names no single document
    size_t end = 0;
    std::string likely;  // with an empty symbol: what it would name by its form alone
  };

  // After the address of the United Nations' documents: "https://undocs.org/A/RES/91/12", "docs.un.org/en/...".
  bool begins_path(size_t i) const;
  size_t spaces(size_t i) const { return skip_spaces(text_, i); }
  bool is(size_t i, std::string_view word) const { return text_.compare(i, word.size(), word) == 0; }
  size_t digits(size_t i) const { return skip_digits(text_, i); }
  // No series has numbers of five digits; where slips are looked for, they are seen.
  size_t most_digits() const { return others_ ? 5 : 4; }

  void add(size_t from, size_t to, const std::string& spelling);

  void add_other(size_t from, size_t to, const std::string& likely, std::string number = "") {
    if (others_) others_->push_back({{view_.at(from), view_.at(to)}, likely, std::move(number)});
  }

  void add_number(size_t from, size_t to, const Number& number);

  // "(Part I)", "(Vol. II)", "(Sect. 3)", "(Introduction)": what a document's volumes are told apart by. After it, or `from`.
  size_t volume(size_t from) const;

  // Of resolutions or decisions, whose numbers have no dash: "A/RES/75/1-3" is a range.
  bool of_series(size_t i) const {
    return is(i, "A/RES/") || is(i, "A/DEC/") || is(i, "E/RES/") || is(i, "E/DEC/") || is(i, "A/HRC/RES/") || is(i, "A/HRC/DEC/");
  }

  // A full symbol: its end, or 0.
  size_t symbol_at(size_t i);
  // Where the characters of a symbol end, of which the first part ends at the slash `k`.
  size_t symbol_end(size_t i, size_t k) const;
  // "and Add.1", "和Corr.1" after a symbol: the end.
  size_t parts_after(size_t end, const std::string& base);

  // After a sign of a symbol at `p`, which links have escaped and names of files as underscores; else 0.
  size_t sign(size_t p, char c, std::string_view escaped) const;

  // "(XXI)" or "( xxi )" after a number, as "(XXI)": where it ends, else 0.
  std::pair<size_t, std::string> roman_session(size_t from) const;

  // A resolution's, decision's or statement's symbol in small letters, with the spaces that readers of PDF leave, or as links and
  // names of files have it: "s/res/1888(2009)", "S/RES/ 1888 ( 2009 )", "A / RES / 75 / 1", "A%2FRES%2F75%2F1", "A_RES_75_1.pdf".
  // Its end; 0 where none is, or where it is written as symbols are.
  size_t loose_symbol_at(size_t i);

  // "A/RES/75/1, 75/2 and 75/3", "S/RES/1325(2000) and 1820 (2008)": the numbers that follow a symbol of the series. The end.
  size_t list_after(size_t end, const std::string& symbol);

  // Lower case after a digit is a footnote's or a plural's: not the symbol's, but in words that symbols have.
  static bool lower_only_in_words(std::string_view s);

  // Part letters after a number: " A", " A and B", " A to C", " A-C". Canonical "A", "A-B"; `end` moves after them.
  std::string part_letters(size_t from, size_t& end) const;

  // Sessions of the Assembly begin in September: the 60th ran from 2005 to 2006.
  static bool assembly_met(int session, int year) { return year == 1945 + session || year == 1946 + session; }
  // Three sessions of the Human Rights Council a year since 2006.
  static bool rights_council_met(int session, int year) { return year == 2006 + (session - 1) / 3; }

  // One number of a list: "1373 (2001)", "60/288", "36/87 A and B", "2200 A (XXI)", "S-10/2", "2023/1".
  // `year` is the one it was adopted in, 0 where that is not said.
  std::optional<Number> number_at(size_t i, const Organ& organ, NumberSeries series, int year) const;
  // Its two forms: "75/1", of which the second number begins at `m0`; and 2200 A (XXI), 1373 (2001), 1514 (XV), of which the first ends at `p`.
  std::optional<Number> number_of_session(const std::string& prefix, const std::string& first, size_t m0, const Organ& organ, NumberSeries series,
                                          int year) const;
  std::optional<Number> number_before_bracket(const std::string& first, size_t p, const Organ& organ, NumberSeries series) const;

  // "resolution", "resolutions", "decision(s)" and the numbers after: the end, or 0.
  size_t keyword_at(size_t i);

  // "1325" of "resolutions 1325, 1820 and 1888": its end, or 0.
  size_t bare_at(size_t p) const;

  // A list of numbers, of which the first stands at `p`: the end, or 0.
  size_t numbers_from(size_t p, const Organ& organ, NumberSeries series, bool plural, bool council);

  void add_bare(size_t from, size_t to, const Organ& organ, bool council);

  // A list may say what each is about: "63/71 of 2 December 2008 on the Convention and 70/54 of 7 December 2015". The next
  // number that a date follows within the clause, or `from`. What is cited otherwise in between ends the list.
  size_t next_dated(size_t from) const;

  // "resolutions 2151 (2014) on security sector reform and 2282 (2016)", "especially 2139 (2014)": where resolutions are
  // spoken of, a number with a year can be nothing else. The end, or 0.
  size_t bare_council(size_t i);

  // The year of " of 6 August 1990" right after a number, or after its ", section VI,"; else 0.
  int year_after(size_t p) const;

  // The year of "2006年3月15日" that ends right before `at`, else 0.
  int year_before(size_t at) const;

  // "第七十五届会议" or "第75届会议通过的" right before `at`: where it begins and its number; else empty.
  std::pair<size_t, std::string> session_before(size_t at) const;

  // The year of the day that the organ's name and the title follow: "2021年12月17日关于...的第76/196号决议"; else 0.
  int year_of_clause(size_t at) const;

  // Chinese: numbers joined by 、和及, dates between, closed by 号 and 决议 or 决定. `from` is where the first number
  // stands, `at` where the mention begins. The end, or 0.
  size_t chinese_list(size_t from, size_t at);
  struct Listed {
    size_t number, end;  // where it stands
    size_t stop;         // where its mention ends: after 号, of the last
    int year;            // 0 where none is said
    bool bare;           // "1325", with neither session nor year
  };
  // After the number at `p`, its letters and bracket, or `p`.
  size_t chinese_number(size_t p, bool& bare) const;
  // After the day at `k`, whose year goes to `year`, or `k`.
  size_t after_chinese_day(size_t k, int& year) const;
  // By the word at `word`, after the list; none where the numbers are of something else.
  std::optional<NumberSeries> series_of_chinese(const std::vector<Listed>& items, size_t at, size_t word) const;
  void add_listed(const std::vector<Listed>& items, size_t at, const Organ& organ, NumberSeries series, size_t met, const std::string& session);

  CitationView view_;
  const std::string& text_;
  OrganFinder organs_;
  bool spoken_of_ = false;  // the last of the words "resolution" and "decision" was the former
  size_t treated_end_ = 0;  // of the last mention
  std::string treated_;     // and its treatment
  std::vector<Citation> out_;
  std::vector<Mention>* others_ = nullptr;
};

}  // namespace resolute::text
