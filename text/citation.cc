#include "text/citation.h"

#include <algorithm>
#include <array>
#include <string>

#include "schemas/ascii.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"
#include "text/citation_finder.h"
#include "text/citation_gap.h"
#include "text/citation_range.h"
#include "text/normalize.h"
#include "text/treatment.h"

namespace resolute::text {

std::vector<Citation> CitationFinder::find(std::vector<Mention>* others) {
  others_ = others;
  static constexpr const char* kOrdinal = "第";
  size_t ended = text_.size();  // of the last mention: a range goes on after its dash
  for (size_t i = 0; i < text_.size();) {
    const char c = text_[i];
    size_t next = 0;
    if (c & 0x80) {
      if (c == kOrdinal[0] && text_.compare(i, 3, kOrdinal) == 0) next = chinese_list(i + 3, i);
      i = next ? std::max(next, i + 1) : i + 1;
      continue;
    }
    const bool edge = is_alnum(c) && (i == 0 || !(is_alnum(text_[i - 1]) || text_[i - 1] == '/' || text_[i - 1] == '-') || i == ended + 1 || begins_path(i));
    if (edge && i + 1 < text_.size() && (text_[i + 1] == '/' || text_[i + 1] == ' ' || text_[i + 1] == '_' || text_[i + 1] == '%')) next = loose_symbol_at(i);
    if (!next && edge && is_upper(c)) next = symbol_at(i);
    if (!next && edge && (c == 'r' || c == 'R' || c == 'd' || c == 'D' || c == 'U' || c == 'S')) next = keyword_at(i);
    if (!next && edge && is_digit(c) && spoken_of_) next = bare_council(i);
    if (!next && edge && (is_digit(c) || c == 'E' || c == 'S') && !(i > 0 && text_[i - 1] == '.')) next = chinese_list(i, i);
    if (next) {
      ended = i = std::max(next, i + 1);
    } else {
      // Nothing begins within a word.
      ++i;
      while (i < text_.size() && is_alnum(text_[i]) && is_alnum(text_[i - 1])) ++i;
    }
  }
  std::sort(out_.begin(), out_.end(), [](const Citation& a, const Citation& b) { return a.span.begin < b.span.begin; });
  if (others_) std::sort(others_->begin(), others_->end(), [](const Mention& a, const Mention& b) { return a.span.begin < b.span.begin; });
  return std::move(out_);
}

bool CitationFinder::begins_path(size_t i) const {
  std::string_view before = std::string_view(text_).substr(i > 16 ? i - 16 : 0, std::min<size_t>(i, 16));
  if (before.size() > 4 && before[before.size() - 4] == '/') before.remove_suffix(3);  // a language
  return before.ends_with("undocs.org/") || before.ends_with("docs.un.org/");
}

void CitationFinder::add(size_t from, size_t to, const std::string& spelling) {
  const auto symbol = parse_symbol(spelling);
  if (!symbol || symbol->text().size() > 60) return;
  Citation c;
  c.span = {view_.at(from), view_.at(to)};
  if (!out_.empty() && c.span.begin < out_.back().span.end && c.span.end > out_.back().span.begin) return;
  c.symbol = symbol->text();
  c.treatment = find_treatment(text_, from, to, treated_end_, treated_);
  treated_end_ = to;
  treated_ = c.treatment;
  out_.push_back(std::move(c));
}

void CitationFinder::add_number(size_t from, size_t to, const Number& number) {
  if (number.symbol.empty())
    add_other(from, to, number.likely);
  else
    add(from, to, number.symbol);
}

size_t CitationFinder::volume(size_t from) const {
  const size_t p = spaces(from);
  if (p >= text_.size() || text_[p] != '(') return from;
  const size_t close = text_.find(')', p);
  if (close == std::string::npos || close - p > 24) return from;
  for (const std::string_view word : {"Part", "Vol.", "Sect.", "Introduction"})
    if (is(p + 1, word)) return close + 1;
  return from;
}

size_t CitationFinder::symbol_end(size_t i, size_t k) const {
  size_t end = k;
  int open = 0;
  while (end < text_.size()) {
    const char c = text_[end];
    if (is_alnum(c) || c == '/' || c == '.')
      ++end;
    else if (c == '-' && end + 1 < text_.size() && is_alnum(text_[end + 1]) && !(is_digit(text_[end - 1]) && of_series(i)))
      ++end;
    else if (c == '(' && open == 0 && volume(end) > end)
      end = volume(end);
    else if (c == '(' && open == 0 && end + 1 < text_.size() && (is_digit(text_[end + 1]) || is_upper(text_[end + 1]))) {
      ++open;
      ++end;
    } else if (c == ')' && open == 1) {
      --open;
      ++end;
    }
    // A volume may stand apart, and so may "Add.1" after a line's break at its slash.
    else if (c == ' ' && open == 0 && volume(end) > end)
      end = volume(end);
    else if (c == ' ' && text_[end - 1] == '/' && (is(end + 1, "Add.") || is(end + 1, "Corr.") || is(end + 1, "Rev.")))
      ++end;
    else
      break;
  }
  while (end > k && (text_[end - 1] == '.' || text_[end - 1] == '/' || text_[end - 1] == '(')) {
    open -= text_[end - 1] == '(';
    --end;
  }
  return open ? text_.rfind('(', end) : end;
}

size_t CitationFinder::parts_after(size_t end, const std::string& base) {
  for (;;) {
    size_t p = spaces(end);
    if (is(p, "and "))
      p = spaces(p + 4);
    else if (is(p, "、") || is(p, "和") || is(p, "及"))
      p = spaces(p + 3);
    else if (p < text_.size() && text_[p] == ',')
      p = spaces(p + 1);
    else
      break;
    size_t word = 0;
    for (const std::string_view kind : {"Add.", "Corr.", "Rev."})
      if (is(p, kind)) word = kind.size();
    if (!word || p + word >= text_.size() || !is_digit(text_[p + word])) break;
    const size_t stop = digits(p + word);
    add(p, stop, base + "/" + text_.substr(p, stop - p));
    end = stop;
  }
  return end;
}

size_t CitationFinder::symbol_at(size_t i) {
  size_t k = i;
  while (k < text_.size() && is_upper(text_[k]) && k - i < 8) ++k;
  if (k >= text_.size() || text_[k] != '/' || k + 1 >= text_.size() || !(is_upper(text_[k + 1]) || is_digit(text_[k + 1]))) return 0;
  size_t end = symbol_end(i, k);
  const std::string_view head(text_.data() + i, end - i);
  // S/RES/1373 (2001): the year stands apart.
  if (head.starts_with("S/RES/") && head.find('(') == std::string_view::npos) {
    const size_t paren = spaces(end);
    if (paren + 5 < text_.size() && text_[paren] == '(' && digits(paren + 1) == paren + 5 && text_[paren + 5] == ')') end = paren + 6;
  }
  const size_t before = out_.size();
  std::string spelling = text_.substr(i, end - i);
  // A/RES/2200 (XXI), A/RES/2200 ( XXI ): so does the session.
  if ((head.starts_with("A/RES/") || head.starts_with("E/RES/")) && digits(i + 6) == end) {
    if (const auto [after, session] = roman_session(end); after) {
      spelling += session;
      end = after;
    }
  }
  // A resolution of the Security Council without its year.
  if (spelling.starts_with("S/RES/") && spelling.size() <= 11 && digits(i + 6) == end) {
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
  return list_after(parts_after(tail, spelling), spelling);
}

size_t CitationFinder::sign(size_t p, char c, std::string_view escaped) const {
  if (p < text_.size() && text_[p] == c) return p + 1;
  return lowered(std::string_view(text_).substr(std::min(p, text_.size()), escaped.size())) == escaped ? p + escaped.size() : 0;
}

std::pair<size_t, std::string> CitationFinder::roman_session(size_t from) const {
  const size_t open = sign(spaces(from), '(', "%28");
  if (!open) return {};
  const size_t begin = spaces(open);
  size_t end = begin;
  std::string session = "(";
  for (; end < text_.size() && is_alpha(text_[end]) && end - begin < 8; ++end) session += static_cast<char>(text_[end] & ~0x20);
  const size_t close = sign(spaces(end), ')', "%29");
  if (!close || !parse_roman(std::string_view(session).substr(1))) return {};
  return {close, session + ")"};
}

size_t CitationFinder::loose_symbol_at(size_t i) {
  size_t p = i;
  const bool file = i + 1 < text_.size() && text_[i + 1] == '_';
  const auto slash = [&] {
    const size_t at = spaces(p), after = file ? sign(p, '_', "_") : sign(at, '/', "%2f");
    if (!after || at - p > 1) return false;
    p = after;
    if (p < text_.size() && text_[p] == ' ') ++p;
    return true;
  };
  const auto word = [&](std::string_view w) {
    if (lowered(std::string_view(text_).substr(p, w.size())) != w) return false;
    p += w.size();
    return true;
  };
  const char organ = static_cast<char>(text_[i] & ~0x20);
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
  spelling.append(text_, p, end - p);
  if (council) {
    size_t gap = spaces(end);
    if (file || is(gap, "%20")) gap = std::max(sign(gap, '_', "%20"), gap);
    const size_t open = sign(gap, '(', "%28"), year = open ? spaces(open) : end,
                 close = open && digits(year) == year + 4 ? sign(spaces(year + 4), ')', "%29") : 0;
    if (!close) {
      if (text_.compare(i, 6, "S/RES/") == 0 && digits(i + 6) == end) return 0;
      add_other(i, end, spelling);
      return end;
    }
    spelling += "(" + text_.substr(year, 4) + ")";
    end = close;
  } else if (const auto [after, session] = roman_session(end); after) {
    spelling += session;
    end = after;
  } else {
    p = end;
    if (!slash()) return 0;
    end = digits(p);
    if (end == p || end - p > 4) return 0;
    spelling += "/" + text_.substr(p, end - p);
  }
  // A part's letter, small where all is.
  if (!council && end < text_.size() && is_alpha(text_[end]) && (is_upper(text_[end]) || is_lower(text_[i])) &&
      (end + 1 == text_.size() || !is_alnum(text_[end + 1])))
    spelling += static_cast<char>(text_[end++] & ~0x20);
  if (end < text_.size() && (is_alnum(text_[end]) || (text_[end] == '/' && end + 1 < text_.size() && is_alnum(text_[end + 1])))) return 0;
  if (text_.compare(i, end - i, spelling) == 0) return 0;  // as symbols are written
  size_t tail = end;
  if (!council && !is_alpha(spelling.back())) spelling += part_letters(end, tail);
  add(i, tail, spelling);
  return list_after(tail, spelling);
}

size_t CitationFinder::list_after(size_t end, const std::string& symbol) {
  const bool decision = symbol.find("/DEC/") != std::string::npos;
  if (!decision && symbol.find("/RES/") == std::string::npos) return end;
  const Body body = symbol[0] == 'S' ? Body::sc : symbol[0] == 'E' ? Body::ecosoc : symbol.starts_with("A/HRC/") ? Body::hrc : Body::ga;
  for (size_t next; (next = next_listed(text_, end)) != end;) {
    const auto number = number_at(next, {body, false, false, true}, decision ? NumberSeries::decision : NumberSeries::resolution, 0);
    if (!number || !number->symbol.starts_with(symbol.substr(0, symbol.rfind('/', symbol.find_first_of("0123456789")) + 1))) break;
    add(next, number->end, number->symbol);
    end = number->end;
  }
  return end;
}

bool CitationFinder::lower_only_in_words(std::string_view s) {
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

std::vector<Citation> find_citations(std::string_view text, Body home, std::vector<Mention>* others) {
  // Whatever names a document has a digit, of ASCII or of full width.
  bool digit = false;
  for (size_t i = 0; i < text.size() && !digit; ++i)
    digit = is_digit(text[i]) || (text[i] == '\xEF' && i + 2 < text.size() && text[i + 1] == '\xBC' && text[i + 2] >= '\x90' && text[i + 2] <= '\x99');
  if (!digit) return {};
  auto found = CitationFinder(text, home).find(others);
  if (others) fill_ranges(text, found, *others);
  return found;
}

}  // namespace resolute::text
