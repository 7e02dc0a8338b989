#include "text/citation.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/citation_gap.h"
#include "text/normalize.h"
#include "text/organ.h"
#include "text/scan.h"
#include "text/treatment.h"

namespace resolute::text {
namespace {

// The text with width and dashes folded and traditional characters simplified, and where its characters stood.
struct View {
  std::string s;

  explicit View(std::string_view original) {
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
    const auto behind = std::upper_bound(shifts_.begin(), shifts_.end(), i, [](size_t place, const auto& shift) { return place < shift.first; });
    return static_cast<uint32_t>(behind == shifts_.begin() ? i : std::prev(behind)->second + (i - std::prev(behind)->first));
  }

 private:
  std::vector<std::pair<size_t, size_t>> shifts_;  // places of s behind a character of another length, and of the text
};

enum class Series { resolution, decision };

class Finder {
 public:
  Finder(std::string_view text, Body home) : view_(text), s_(view_.s), organs_(s_, home) {}

  // `others` gets the mentions that name no document here.
  std::vector<Citation> find(std::vector<Mention>* others) {
    others_ = others;
    static constexpr const char* kOrdinal = "第";
    for (size_t i = 0; i < s_.size();) {
      const char c = s_[i];
      size_t next = 0;
      if (c & 0x80) {
        if (c == kOrdinal[0] && s_.compare(i, 3, kOrdinal) == 0) next = chinese_list(i + 3, i);
        i = next ? std::max(next, i + 1) : i + 1;
        continue;
      }
      const bool edge = is_alnum(c) && (i == 0 || !(is_alnum(s_[i - 1]) || s_[i - 1] == '/' || s_[i - 1] == '-') || begins_path(i));
      if (edge && i + 1 < s_.size() && (s_[i + 1] == '/' || s_[i + 1] == ' ' || s_[i + 1] == '_' || s_[i + 1] == '%')) next = loose_symbol_at(i);
      if (!next && edge && is_upper(c)) next = symbol_at(i);
      if (!next && edge && (c == 'r' || c == 'R' || c == 'd' || c == 'D' || c == 'U' || c == 'S')) next = keyword_at(i);
      if (!next && edge && is_digit(c) && spoken_of_) next = bare_council(i);
      if (!next && edge && (is_digit(c) || c == 'E' || c == 'S') && !(i > 0 && s_[i - 1] == '.')) next = chinese_list(i, i);
      if (next) {
        i = std::max(next, i + 1);
      } else {
        // Nothing begins within a word.
        ++i;
        while (i < s_.size() && is_alnum(s_[i]) && is_alnum(s_[i - 1])) ++i;
      }
    }
    std::sort(out_.begin(), out_.end(), [](const Citation& a, const Citation& b) { return a.span.begin < b.span.begin; });
    if (others_) std::sort(others_->begin(), others_->end(), [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; });
    return std::move(out_);
  }

 private:
  struct Number {
    std::string symbol;  // spelling for parse_symbol; empty where it names no single document
    size_t end = 0;
    std::string likely;  // with an empty symbol: what it would name by its form alone
  };

  // Behind the address of the United Nations' documents: "https://undocs.org/A/RES/91/12", "docs.un.org/en/...".
  bool begins_path(size_t i) const {
    std::string_view before = std::string_view(s_).substr(i > 16 ? i - 16 : 0, std::min<size_t>(i, 16));
    if (before.size() > 4 && before[before.size() - 4] == '/') before.remove_suffix(3);  // a language
    return before.ends_with("undocs.org/") || before.ends_with("docs.un.org/");
  }
  size_t spaces(size_t i) const { return skip_spaces(s_, i); }
  bool is(size_t i, std::string_view word) const { return s_.compare(i, word.size(), word) == 0; }
  size_t digits(size_t i) const { return skip_digits(s_, i); }

  void add(size_t from, size_t to, const std::string& spelling) {
    const auto symbol = parse_symbol(spelling);
    if (!symbol || symbol->text().size() > 60) return;
    Citation c;
    c.span = {view_.at(from), view_.at(to)};
    if (!out_.empty() && c.span.begin < out_.back().span.end && c.span.end > out_.back().span.begin) return;
    c.symbol = symbol->text();
    c.treatment = find_treatment(s_, from, to, treated_end_, treated_);
    treated_end_ = to;
    treated_ = c.treatment;
    out_.push_back(std::move(c));
  }

  void add_other(size_t from, size_t to, const std::string& likely, std::string number = "") {
    if (others_) others_->push_back({{view_.at(from), view_.at(to)}, likely, std::move(number)});
  }

  void add_number(size_t from, size_t to, const Number& number) {
    if (number.symbol.empty())
      add_other(from, to, number.likely);
    else
      add(from, to, number.symbol);
  }

  // "(Part I)", "(Vol. II)", "(Sect. 3)", "(Introduction)": what a document's volumes are told apart by. Behind it, or `from`.
  size_t volume(size_t from) const {
    const size_t p = spaces(from);
    if (p >= s_.size() || s_[p] != '(') return from;
    const size_t close = s_.find(')', p);
    if (close == std::string::npos || close - p > 24) return from;
    for (const std::string_view word : {"Part", "Vol.", "Sect.", "Introduction"})
      if (is(p + 1, word)) return close + 1;
    return from;
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
      if (is_alnum(c) || c == '/' || c == '.')
        ++end;
      else if (c == '-' && end + 1 < s_.size() && (is_alnum(s_[end + 1])))
        ++end;
      else if (c == '(' && open == 0 && volume(end) > end)
        end = volume(end);
      else if (c == '(' && open == 0 && end + 1 < s_.size() && (is_digit(s_[end + 1]) || is_upper(s_[end + 1]))) {
        ++open;
        ++end;
      } else if (c == ')' && open == 1) {
        --open;
        ++end;
      }
      // A volume may stand apart, and so may "Add.1" behind a line's break at its slash.
      else if (c == ' ' && open == 0 && volume(end) > end)
        end = volume(end);
      else if (c == ' ' && s_[end - 1] == '/' && (is(end + 1, "Add.") || is(end + 1, "Corr.") || is(end + 1, "Rev.")))
        ++end;
      else
        break;
    }
    while (end > k && (s_[end - 1] == '.' || s_[end - 1] == '/' || s_[end - 1] == '(')) {
      open -= s_[end - 1] == '(';
      --end;
    }
    if (open) end = s_.rfind('(', end);
    const std::string_view head(s_.data() + i, end - i);
    // S/RES/1373 (2001): the year stands apart.
    if (head.starts_with("S/RES/") && head.find('(') == std::string_view::npos) {
      const size_t paren = spaces(end);
      if (paren + 5 < s_.size() && s_[paren] == '(' && digits(paren + 1) == paren + 5 && s_[paren + 5] == ')') end = paren + 6;
    }
    const size_t before = out_.size();
    std::string spelling = s_.substr(i, end - i);
    // A/RES/2200 (XXI), A/RES/2200 ( XXI ): so does the session.
    if ((head.starts_with("A/RES/") || head.starts_with("E/RES/")) && digits(i + 6) == end) {
      if (const auto [behind, session] = roman_session(end); behind) {
        spelling += session;
        end = behind;
      }
    }
    // A resolution of the Security Council without its year.
    if (spelling.starts_with("S/RES/") && spelling.size() <= 10 && digits(i + 6) == end) {
      add_other(i, end, spelling);
      return end;
    }
    if (!parse_symbol(spelling) || !lower_only_in_words(spelling)) return 0;
    // One document of two organs bears two symbols: A/67/65-E/2012/48.
    for (const std::string_view second : {"-E/", "-S/", "-A/"}) {
      const size_t dash = spelling.find(second);
      if (dash == std::string::npos || !parse_symbol(spelling.substr(0, dash)) || !parse_symbol(spelling.substr(dash + 1))) continue;
      add(i, i + dash, spelling.substr(0, dash));
      add(i + dash + 1, end, spelling.substr(dash + 1));
      return end;
    }
    // A/RES/74/232 A, A/RES/75/290 A and B.
    size_t tail = end;
    if (spelling.find("/RES/") != std::string::npos || spelling.find("/DEC/") != std::string::npos) {
      const std::string letters = part_letters(end, tail);
      if (!letters.empty() && !is_upper(spelling.back()))
        spelling += letters;
      else
        tail = end;
    }
    add(i, tail, spelling);
    if (out_.size() == before) return end;
    end = tail;
    // "and Add.1", "和Corr.1"
    const std::string base = spelling;
    for (;;) {
      size_t p = spaces(end);
      if (is(p, "and "))
        p = spaces(p + 4);
      else if (is(p, "、") || is(p, "和") || is(p, "及"))
        p = spaces(p + 3);
      else if (p < s_.size() && s_[p] == ',')
        p = spaces(p + 1);
      else
        break;
      size_t word = 0;
      for (const std::string_view kind : {"Add.", "Corr.", "Rev."})
        if (is(p, kind)) word = kind.size();
      if (!word || p + word >= s_.size() || !is_digit(s_[p + word])) break;
      const size_t stop = digits(p + word);
      add(p, stop, base + "/" + s_.substr(p, stop - p));
      end = stop;
    }
    return list_behind(end, base);
  }

  // Behind a sign of a symbol at `p`, which links have escaped and names of files as underscores; else 0.
  size_t sign(size_t p, char c, std::string_view escaped) const {
    if (p < s_.size() && s_[p] == c) return p + 1;
    return lowered(std::string_view(s_).substr(std::min(p, s_.size()), escaped.size())) == escaped ? p + escaped.size() : 0;
  }

  // "(XXI)" or "( xxi )" behind a number, as "(XXI)": where it ends, else 0.
  std::pair<size_t, std::string> roman_session(size_t from) const {
    const size_t open = sign(spaces(from), '(', "%28");
    if (!open) return {};
    const size_t begin = spaces(open);
    size_t end = begin;
    std::string session = "(";
    for (; end < s_.size() && is_alpha(s_[end]) && end - begin < 8; ++end) session += static_cast<char>(s_[end] & ~0x20);
    const size_t close = sign(spaces(end), ')', "%29");
    if (!close || !parse_roman(std::string_view(session).substr(1))) return {};
    return {close, session + ")"};
  }

  // A resolution's, decision's or statement's symbol in small letters, with the spaces that readers of PDF leave, or as links and
  // names of files have it: "s/res/1888(2009)", "S/RES/ 1888 ( 2009 )", "A / RES / 75 / 1", "A%2FRES%2F75%2F1", "A_RES_75_1.pdf".
  // Its end; 0 where none is, or where it is written as symbols are.
  size_t loose_symbol_at(size_t i) {
    size_t p = i;
    const bool file = i + 1 < s_.size() && s_[i + 1] == '_';
    const auto slash = [&] {
      const size_t at = spaces(p), behind = file ? sign(p, '_', "_") : sign(at, '/', "%2f");
      if (!behind || at - p > 1) return false;
      p = behind;
      if (p < s_.size() && s_[p] == ' ') ++p;
      return true;
    };
    const auto word = [&](std::string_view w) {
      if (lowered(std::string_view(s_).substr(p, w.size())) != w) return false;
      p += w.size();
      return true;
    };
    const char organ = static_cast<char>(s_[i] & ~0x20);
    ++p;
    if ((organ != 'A' && organ != 'S' && organ != 'E') || !slash()) return 0;
    std::string spelling = std::string(1, organ) + "/";
    if (organ == 'A' && word("hrc")) {
      if (!slash()) return 0;
      spelling += "HRC/";
    }
    if (word("res"))
      spelling += "RES/";
    else if (word("dec"))
      spelling += "DEC/";
    else if (word("prst"))
      spelling += "PRST/";
    else
      return 0;
    if (!slash()) return 0;
    const bool council = spelling == "S/RES/";
    for (const std::string_view special : {"es-", "s-"})
      if (word(special)) {
        spelling += special == "es-" ? "ES-" : "S-";
        break;
      }
    size_t end = digits(p);
    if (end == p || end - p > 5) return 0;
    spelling.append(s_, p, end - p);
    if (council) {
      size_t gap = spaces(end);
      if (file || is(gap, "%20")) gap = std::max(sign(gap, '_', "%20"), gap);
      const size_t open = sign(gap, '(', "%28"), year = open ? spaces(open) : end,
                   close = open && digits(year) == year + 4 ? sign(spaces(year + 4), ')', "%29") : 0;
      if (!close) {
        if (s_.compare(i, 6, "S/RES/") == 0 && digits(i + 6) == end) return 0;
        add_other(i, end, spelling);
        return end;
      }
      spelling += "(" + s_.substr(year, 4) + ")";
      end = close;
    } else if (const auto [behind, session] = roman_session(end); behind) {
      spelling += session;
      end = behind;
    } else {
      p = end;
      if (!slash()) return 0;
      end = digits(p);
      if (end == p || end - p > 4) return 0;
      spelling += "/" + s_.substr(p, end - p);
    }
    // A part's letter, small where all is.
    if (!council && end < s_.size() && is_alpha(s_[end]) && (is_upper(s_[end]) || is_lower(s_[i])) && (end + 1 == s_.size() || !is_alnum(s_[end + 1])))
      spelling += static_cast<char>(s_[end++] & ~0x20);
    if (end < s_.size() && (is_alnum(s_[end]) || (s_[end] == '/' && end + 1 < s_.size() && is_alnum(s_[end + 1])))) return 0;
    if (s_.compare(i, end - i, spelling) == 0) return 0;  // as symbols are written
    size_t tail = end;
    if (!council && !is_alpha(spelling.back())) spelling += part_letters(end, tail);
    add(i, tail, spelling);
    return list_behind(tail, spelling);
  }

  // "A/RES/75/1, 75/2 and 75/3", "S/RES/1325(2000) and 1820 (2008)": the numbers that follow a symbol of the series. The end.
  size_t list_behind(size_t end, const std::string& symbol) {
    const bool decision = symbol.find("/DEC/") != std::string::npos;
    if (!decision && symbol.find("/RES/") == std::string::npos) return end;
    const Body body = symbol[0] == 'S' ? Body::sc : symbol[0] == 'E' ? Body::ecosoc : symbol.starts_with("A/HRC/") ? Body::hrc : Body::ga;
    for (size_t next; (next = next_listed(s_, end)) != end;) {
      const auto number = number_at(next, {body, false, false, true}, decision ? Series::decision : Series::resolution, 0);
      if (!number || !number->symbol.starts_with(symbol.substr(0, symbol.rfind('/', symbol.find_first_of("0123456789")) + 1))) break;
      add(next, number->end, number->symbol);
      end = number->end;
    }
    return end;
  }

  // Lower case after a digit is a footnote's or a plural's: not the symbol's, but in words that symbols have.
  static bool lower_only_in_words(std::string_view s) {
    static constexpr std::array<std::string_view, 15> kWords = {"Add.", "Corr.",        "Rev.", "Vol.", "Res.", "Amend.", "Sect.", "Parts",
                                                                "Part", "Introduction", "OzL.", "Pro.", "Sub.", "and ",   "Dec."};
    for (size_t i = 0; i < s.size();) {
      size_t word = 0;
      for (const auto w : kWords)
        if (s.substr(i).starts_with(w)) {
          word = w.size();
          break;
        }
      if (!word && is_lower(s[i])) return false;
      i += std::max<size_t>(word, 1);
    }
    return true;
  }

  // Part letters behind a number: " A", " A and B", " A to C", " A-C". Canonical "A", "A-B"; `end` moves behind them.
  std::string part_letters(size_t from, size_t& end) const {
    const auto letter = [&](size_t p) { return p < s_.size() && is_upper(s_[p]) && (p + 1 >= s_.size() || !is_alnum(s_[p + 1])); };
    const size_t p = spaces(from);
    // Behind Z comes AA.
    if (p + 1 < s_.size() && is_upper(s_[p]) && s_[p + 1] == s_[p] && (p + 2 >= s_.size() || !(is_alnum(s_[p + 2]) || s_[p + 2] == '/'))) {
      end = p + 2;
      return s_.substr(p, 2);
    }
    if (!letter(p) || (p + 1 < s_.size() && s_[p + 1] == '/')) return "";
    std::string out(1, s_[p]);
    end = p + 1;
    for (;;) {
      size_t q = spaces(end);
      if (is(q, "and "))
        q = spaces(q + 4);
      else if (is(q, "to "))
        q = spaces(q + 3);
      else if (is(q, "和") || is(q, "至") || is(q, "、") || is(q, "及"))
        q = spaces(q + 3);
      else if (q < s_.size() && (s_[q] == '-' || s_[q] == ','))
        q = spaces(q + 1);
      else
        break;
      if (!letter(q) || s_[q] <= out[0]) break;
      out = out.substr(0, 1) + '-' + s_[q];
      end = q + 1;
    }
    return out;
  }

  // Sessions of the Assembly begin in September: the 60th ran from 2005 to 2006.
  static bool assembly_met(int session, int year) { return year == 1945 + session || year == 1946 + session; }
  // Three sessions of the Human Rights Council a year since 2006.
  static bool rights_council_met(int session, int year) { return year == 2006 + (session - 1) / 3; }

  // One number of a list: "1373 (2001)", "60/288", "36/87 A and B", "2200 A (XXI)", "S-10/2", "2023/1".
  // `year` is the one it was adopted in, 0 where that is not said.
  std::optional<Number> number_at(size_t i, const Organ& organ, Series series, int year) const {
    size_t p = i;
    std::string prefix;
    if (is(p, "ES-"))
      prefix = "ES-", p += 3;
    else if (is(p, "S-"))
      prefix = "S-", p += 2;
    const size_t n0 = p;
    p = digits(p);
    if (p == n0 || p - n0 > 4) return std::nullopt;
    const std::string first = s_.substr(n0, p - n0);
    const char* word = series == Series::resolution ? "RES" : "DEC";
    // Readers of PDF leave spaces beside the slash.
    const size_t slash = p + 1 < s_.size() && s_[p] == ' ' && s_[p + 1] == '/' ? p + 1 : p;
    const size_t m0 = slash + 2 < s_.size() && s_[slash + 1] == ' ' && (slash == p || is_digit(s_[slash + 2])) ? slash + 2 : slash + 1;
    if (slash < s_.size() && s_[slash] == '/' && m0 < s_.size() && is_digit(s_[m0])) {
      size_t end = digits(m0);
      if (end - m0 > 4 || (end + 1 < s_.size() && s_[end] == '/' && is_digit(s_[end + 1]))) return std::nullopt;
      const std::string second = s_.substr(m0, end - m0);
      std::string letters = part_letters(end, end);
      const int a = std::stoi(first);
      Number out{"", end, ""};
      if (organ.foreign) return out;
      const auto in_series = [&](std::string_view name) { return std::string(name) + word + "/" + prefix + first + "/" + second + letters; };
      if (second.size() > 3) {
        // No series has so many: a slip, unless it is a year.
        if (const int b = std::stoi(second); b < 1945 || b > 2100) out.likely = in_series(organ.body == Body::hrc || organ.council ? "A/HRC/" : "A/");
        return out;
      }
      if (prefix.empty() && first.size() == 4 && a >= 1945 && a <= 2100) {
        // Only the Economic and Social Council and its commissions number by year; what a commission numbered has no symbol here.
        if (organ.body == Body::ecosoc || organ.council)
          out.symbol = in_series("E/");
        else
          out.likely = in_series(!organ.named ? "E/" : organ.body == Body::hrc ? "A/HRC/" : "A/");
        return out;
      }
      Body body = organ.council ? Body::hrc : organ.body == Body::hrc || organ.body == Body::ga ? organ.body : Body::ga;
      if (prefix.empty() && year) {
        // The date says whose session it was.
        if (body == Body::hrc && !rights_council_met(a, year) && assembly_met(a, year))
          body = Body::ga;
        else if (body == Body::ga && !assembly_met(a, year) && rights_council_met(a, year))
          body = Body::hrc;
        // Neither's: of an organ that the words do not name.
        else if (body == Body::ga && !organ.named && !assembly_met(a, year)) {
          out.likely = in_series("A/");
          return out;
        }
      }
      // The Assembly numbers by session since its thirty-first; the Council's sessions have few resolutions each.
      if (body == Body::hrc && prefix.empty() && std::stoi(second) > 120) body = Body::ga;
      if (body == Body::hrc)
        out.symbol = in_series("A/HRC/");
      else if (a <= 150 && (!prefix.empty() || a >= 31))
        out.symbol = in_series("A/");
      else
        out.likely = in_series("A/");
      return out;
    }
    // Letters before the session: 2200 A (XXI); or a year or session alone: 1373 (2001), 1514 (XV).
    size_t end = p;
    std::string letters = part_letters(p, end);
    if (letters.empty()) end = p;
    const size_t paren = spaces(end);
    if (paren < s_.size() && s_[paren] == '(') {
      const size_t close = s_.find(')', paren);
      if (close != std::string::npos && close - paren <= 12) {
        const std::string inside(trimmed(std::string_view(s_).substr(paren + 1, close - paren - 1)));
        if (inside.size() == 4 && std::all_of(inside.begin(), inside.end(), is_digit)) {
          const int adopted = std::stoi(inside);
          if (adopted >= 1946 && adopted <= 2100 && letters.empty() && series == Series::resolution)
            return Number{"S/RES/" + first + "(" + inside + ")", close + 1, ""};
          return std::nullopt;
        }
        std::string_view roman = inside;
        for (const std::string_view special : {"ES-", "S-"})
          if (roman.starts_with(special)) {
            roman.remove_prefix(special.size());
            break;
          }
        if (parse_roman(roman) && series == Series::resolution) {
          size_t stop = close + 1;
          if (letters.empty()) {
            size_t after = stop;
            if (const auto tail = part_letters(stop, after); !tail.empty()) {
              letters = tail;
              stop = after;
            }
          }
          // The Assembly's thirtieth session was the last with a Roman number; the Economic and Social Council had more.
          const bool economic = organ.body == Body::ecosoc || organ.council || parse_roman(roman).value_or(0) > 30;
          if (organ.foreign) return Number{"", stop, ""};
          return Number{(economic ? "E/RES/" : "A/RES/") + first + "(" + inside + ")" + letters, stop, ""};
        }
      }
    }
    return std::nullopt;
  }

  // "resolution", "resolutions", "decision(s)" and the numbers behind: the end, or 0.
  size_t keyword_at(size_t i) {
    Series series = Series::resolution;
    size_t p = 0;
    bool plural = false;
    const auto word = [&](std::string_view w) {
      if (s_.size() - i < w.size() || (s_[i] | 0x20) != w[0] || s_.compare(i + 1, w.size() - 1, w.substr(1)) != 0) return false;
      p = i + w.size();
      plural = p < s_.size() && s_[p] == 's';
      if (plural) ++p;
      return p >= s_.size() || !is_alpha(s_[p]);
    };
    std::optional<Organ> named;  // "UNSCR 2462 (2019)"
    if (word("resolution")) {
    } else if (word("decision")) {
      series = Series::decision;
    } else if (is(i, "DECISION ") && others_) {
      series = Series::decision;
      p = i + 9;
    } else if (is(i, "SCR ")) {
      named = Organ{Body::sc, false, false, true};
      p = i + 4;
    } else if ((s_[i] | 0x20) == 'r' && (is(i + 1, "es.") || is(i + 1, "es ") || is(i + 1, "ESOLUTION "))) {
      p = i + (is(i + 1, "ESOLUTION ") ? 11 : 4);
      if (p < s_.size() && s_[p - 1] != '.' && s_[i] == 'R' && is(i + 1, "ESOLUTION ") && !others_) return 0;
    } else if (is(i, "UNSCR")) {
      named = Organ{Body::sc, false, false, true};
      p = i + 5;
    } else if (is(i, "UNSC ") || is(i, "UNGA ")) {
      named = Organ{s_[i + 2] == 'S' ? Body::sc : Body::ga, false, false, true};
      p = i + 5;
      if (p >= s_.size() || !is_digit(s_[p])) return 0;
    } else {
      return 0;
    }
    spoken_of_ = series == Series::resolution;
    p = spaces(p);
    for (const std::string_view no : {"No. ", "Nos. ", "no. ", "nos. ", "No.", "no.", "Nos.", "nos.", "No ", "no ", "numbers ", "number ", "№", "#"})
      if (is(p, no)) {
        p = spaces(p + no.size());
        break;
      }
    return numbers_from(p, named ? *named : organs_.before(i), series, plural, named && named->body == Body::sc);
  }

  // "1325" of "resolutions 1325, 1820 and 1888": its end, or 0.
  size_t bare_at(size_t p) const {
    const size_t end = digits(p);
    if (end == p || end - p > 4 || s_[p] == '0') return 0;
    if (end + 1 < s_.size() && (s_[end] == '.' || s_[end] == '/' || s_[end] == ',' || s_[end] == '-') && is_digit(s_[end + 1])) return 0;
    return end < s_.size() && is_alnum(s_[end]) ? 0 : end;
  }

  // A list of numbers, of which the first stands at `p`: the end, or 0.
  size_t numbers_from(size_t p, const Organ& organ, Series series, bool plural, bool council) {
    struct Found {
      size_t begin, end;
      int year;
      bool bare;
    };
    std::vector<Found> found;
    size_t end = p;
    while (found.size() < 200) {
      const auto number = number_at(p, organ, series, 0);
      // A number by itself may be meant where the first is one, or of the Security Council's size.
      const size_t bare = number || !others_ || series == Series::decision ? 0 : bare_at(p);
      const bool listed = found.empty() || found.front().bare || (plural && bare - p >= 3 && !(s_.compare(p, 2, "19") == 0 || s_.compare(p, 2, "20") == 0));
      if (!number && (!bare || !listed)) break;
      end = number ? number->end : bare;
      found.push_back({p, end, year_behind(end), !number});
      size_t q = !number && !plural && !council ? end : next_listed(s_, end);
      if (q == end && number) q = next_dated(end);
      if (q == end) break;
      p = q;
    }
    if (found.empty()) return 0;
    end = found.back().end;
    // "58/269 and 58/270 of 23 December 2003" share their date.
    for (size_t k = found.size() - 1; k-- > 0;)
      if (!found[k].year) found[k].year = found[k + 1].year;
    const Organ whose = organs_.after(end, organ);
    for (size_t k = 0; k < found.size(); ++k) {
      const auto& f = found[k];
      if (f.bare)
        add_bare(f.begin, f.end, whose, council);
      else if (const auto number = number_at(f.begin, whose, series, f.year))
        add_number(f.begin, f.end, *number);
      // What is cited in between, as in "(see A/48/700)".
      if (k + 1 < found.size())
        for (size_t at = f.end; at < found[k + 1].begin; ++at)
          if (is_upper(s_[at]) && !is_alnum(s_[at - 1])) symbol_at(at);
    }
    return end;
  }

  void add_bare(size_t from, size_t to, const Organ& organ, bool council) {
    if (organ.foreign) return;
    const std::string number = s_.substr(from, to - from);
    add_other(from, to, council || (organ.named && organ.body == Body::sc) ? "S/RES/" + number : "", number);
  }

  // A list may say what each is about: "63/71 of 2 December 2008 on the Convention and 70/54 of 7 December 2015". The next
  // number that a date follows within the clause, or `from`. What is cited otherwise in between ends the list.
  size_t next_dated(size_t from) const {
    const size_t stop = std::min(s_.size(), from + 400);
    for (size_t p = from; p < stop; ++p) {
      if (s_[p] == ';' || ((s_[p] | 0x20) == 'r' && is(p + 1, "esolution")) || ((s_[p] | 0x20) == 'd' && is(p + 1, "ecision"))) return from;
      if (s_[p] == '.' && p + 1 < s_.size() && s_[p + 1] == ' ') return from;
      if (s_[p] != ' ' || p + 1 >= stop || !(is_digit(s_[p + 1]) || is(p + 1, "S-") || is(p + 1, "ES-"))) continue;
      const std::string_view before = std::string_view(s_).substr(0, p);
      if (!before.ends_with(",") && !before.ends_with(" and") && !before.ends_with("\"") && !before.ends_with("”")) continue;
      const auto number = number_at(p + 1, {Body::ga, false, false, true}, Series::resolution, 0);
      if (!number || number->symbol.empty()) continue;
      // The date, perhaps behind those of the same list and behind a section: "59/276, section XI, of 23 December 2004".
      size_t q = number->end;
      for (size_t next; (next = next_listed(s_, q)) != q;) {
        const auto more = number_at(next, {Body::ga, false, false, true}, Series::resolution, 0);
        if (!more) break;
        q = more->end;
      }
      if (year_behind(q)) return p + 1;
    }
    return from;
  }

  // "resolutions 2151 (2014) on security sector reform and 2282 (2016)", "especially 2139 (2014)": where resolutions are
  // spoken of, a number with a year can be nothing else. The end, or 0.
  size_t bare_council(size_t i) {
    const size_t d = digits(i);
    if (d - i < 3 || d - i > 4) return 0;
    const size_t paren = spaces(d);
    if (paren >= s_.size() || s_[paren] != '(' || digits(paren + 1) != paren + 5 || !is(paren + 5, ")")) return 0;
    std::string_view before = std::string_view(s_).substr(0, i);
    if (!before.ends_with(' ')) return 0;
    before.remove_suffix(1);
    bool listed = false;
    for (const std::string_view word :
         {",", ";", ":", " and", " or", " to", " through", "specially", "including", "particularly", "particular", "notably", ")"})
      listed |= before.ends_with(word);
    const auto number = listed ? number_at(i, {Body::sc, false, false, true}, Series::resolution, 0) : std::nullopt;
    if (!number || !number->symbol.starts_with("S/RES/")) return 0;
    add(i, number->end, number->symbol);
    return number->end;
  }

  // The year of " of 6 August 1990" right behind a number, or behind its ", section VI,"; else 0.
  int year_behind(size_t p) const {
    if (is(p, ", sect")) {
      const size_t of = s_.find(", of ", p);
      if (of != std::string::npos && of < p + 24) p = of + 1;
    }
    return is(p, " of ") ? spoken_day(s_, p + 4).year : 0;
  }

  // The year of "2006年3月15日" that ends right before `at`, else 0.
  int year_before(size_t at) const {
    while (at > 0 && s_[at - 1] == ' ') --at;
    const std::string_view before = std::string_view(s_).substr(at > 30 ? at - 30 : 0, std::min<size_t>(at, 30));
    if (!before.ends_with("日")) return 0;
    const size_t mark = before.rfind("年");
    if (mark == std::string_view::npos) return 0;
    size_t k = mark;
    while (k > 0 && before[k - 1] == ' ') --k;
    if (k < 4 || !std::all_of(before.begin() + static_cast<long>(k - 4), before.begin() + static_cast<long>(k), is_digit)) return 0;
    return std::stoi(std::string(before.substr(k - 4, 4)));
  }

  // The year of the day that the organ's name and the title follow: "2021年12月17日关于...的第76/196号决议"; else 0.
  int year_of_clause(size_t at) const {
    const size_t from = organs_.clause_begin(at);
    for (size_t k = at; k-- > from;) {
      if (is(k, "号") || is(k, "；") || is(k, "。")) return 0;
      if (!is(k, "日")) continue;
      const size_t behind = spaces(k + 3);
      return is(behind, "关于") || is(behind, "题为") || is(behind, "通过") ? year_before(k + 3) : 0;
    }
    return 0;
  }

  // Chinese: numbers joined by 、和及, dates between, closed by 号 and 决议 or 决定. `from` is where the first number
  // stands, `at` where the mention begins. The end, or 0.
  size_t chinese_list(size_t from, size_t at) {
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
      if (d == q || d - q > 4) break;
      q = d;
      bool bare = false;
      const size_t slash = spaces(q), second = slash < s_.size() && s_[slash] == '/' ? spaces(slash + 1) : slash;
      if (second > slash && slash - q <= 1 && second < s_.size() && is_digit(s_[second])) {
        q = digits(second);
        size_t tail = q;
        if (!part_letters(q, tail).empty()) q = tail;
      } else {
        size_t tail = q;
        if (!part_letters(q, tail).empty()) q = tail;
        const size_t paren = spaces(q);
        const size_t close = paren < s_.size() && s_[paren] == '(' ? s_.find(')', paren) : std::string::npos;
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
      size_t k = next_listed_chinese(s_, p);
      if (k == p) break;
      size_t y = digits(k);
      if (y - k == 4 && is(spaces(y), "年")) {
        year = std::stoi(s_.substr(k, 4));
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
    if (is(word, "决定"))
      series = Series::decision;
    else if (!is(word, "决议")) {
      // A list may end in a number that is no resolution's; 号 without 决议 counts only for unmistakable forms.
      const auto& first = items.front();
      const std::string_view body(s_.data() + first.number, first.end - first.number);
      if (is(word, "法") || is(word, "商定结论") || is(word, "报告") || is(word, "文件") || is(word, "一般性") || is(word, "议定书") || is(word, "来文"))
        return 0;
      if (first.bare || (body.find('/') == std::string_view::npos && body.find('(') == std::string_view::npos)) return 0;
      if (s_.compare(at, 3, "第") != 0 && body.find("ES-") == std::string_view::npos) return 0;
    }
    const Organ organ = organs_.before(at);
    if (!items.front().year) items.front().year = year_of_clause(at);
    // "2019年9月26日第42/20和42/22号": the second is of the same day.
    for (size_t k = 1; k < items.size(); ++k)
      if (!items[k].year) items[k].year = items[k - 1].year;
    organs_.remember(organ, word + 6);
    for (const auto& item : items) {
      const size_t stop = &item == &items.back() ? end : item.end;
      if (item.bare) {
        if (series == Series::resolution && !organ.foreign)
          add_other(item.begin, stop, organ.named && organ.body == Body::sc ? "S/RES/" + s_.substr(item.number, item.end - item.number) : "",
                    s_.substr(item.number, item.end - item.number));
        continue;
      }
      const auto number = number_at(item.number, organ, series, item.year);
      if (number) add_number(item.begin, stop, *number);
    }
    return end;
  }

  View view_;
  const std::string& s_;
  OrganFinder organs_;
  bool spoken_of_ = false;  // the last of the words "resolution" and "decision" was the former
  size_t treated_end_ = 0;  // of the last mention
  std::string treated_;     // and its treatment
  std::vector<Citation> out_;
  std::vector<Mention>* others_ = nullptr;
};

}  // namespace

std::vector<Citation> find_citations(std::string_view text, Body home, std::vector<Mention>* others) {
  // Whatever names a document has a digit, of ASCII or of full width.
  bool digit = false;
  for (size_t i = 0; i < text.size() && !digit; ++i)
    digit = is_digit(text[i]) || (text[i] == '\xEF' && i + 2 < text.size() && text[i + 1] == '\xBC' && text[i + 2] >= '\x90' && text[i + 2] <= '\x99');
  if (!digit) return {};
  return Finder(text, home).find(others);
}

}  // namespace resolute::text
