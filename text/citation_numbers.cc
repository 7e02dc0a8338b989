#include <algorithm>
#include <string>

#include "schemas/ascii.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"
#include "text/citation_finder.h"
#include "text/citation_gap.h"

namespace resolute::text {

std::string CitationFinder::part_letters(size_t from, size_t& end) const {
  const auto letter = [&](size_t p) { return p < text_.size() && is_upper(text_[p]) && (p + 1 >= text_.size() || !is_alnum(text_[p + 1])); };
  const size_t p = spaces(from);
  // After Z comes AA.
  if (p + 1 < text_.size() && is_upper(text_[p]) && text_[p + 1] == text_[p] && (p + 2 >= text_.size() || !(is_alnum(text_[p + 2]) || text_[p + 2] == '/'))) {
    end = p + 2;
    return text_.substr(p, 2);
  }
  if (!letter(p) || (p + 1 < text_.size() && text_[p + 1] == '/')) return "";
  std::string out(1, text_[p]);
  end = p + 1;
  for (;;) {
    size_t q = spaces(end);
    if (is(q, "and "))
      q = spaces(q + 4);
    else if (is(q, "to "))
      q = spaces(q + 3);
    else if (is(q, "和") || is(q, "至") || is(q, "、") || is(q, "及"))
      q = spaces(q + 3);
    else if (q < text_.size() && (text_[q] == '-' || text_[q] == ','))
      q = spaces(q + 1);
    else
      break;
    if (!letter(q) || text_[q] <= out[0]) break;
    out = out.substr(0, 1) + '-' + text_[q];
    end = q + 1;
  }
  return out;
}

std::optional<CitationFinder::Number> CitationFinder::number_at(size_t i, const Organ& organ, NumberSeries series, int year) const {
  size_t p = i;
  std::string prefix;
  if (is(p, "ES-"))
    prefix = "ES-", p += 3;
  else if (is(p, "S-"))
    prefix = "S-", p += 2;
  const size_t n0 = p;
  p = digits(p);
  if (p == n0 || p - n0 > most_digits()) return std::nullopt;
  const std::string first = text_.substr(n0, p - n0);
  // Readers of PDF leave spaces beside the slash.
  const size_t slash = p + 1 < text_.size() && text_[p] == ' ' && text_[p + 1] == '/' ? p + 1 : p;
  const size_t m0 = slash + 2 < text_.size() && text_[slash + 1] == ' ' && (slash == p || is_digit(text_[slash + 2])) ? slash + 2 : slash + 1;
  if (slash < text_.size() && text_[slash] == '/' && m0 < text_.size() && is_digit(text_[m0])) return number_of_session(prefix, first, m0, organ, series, year);
  return number_before_bracket(first, p, organ, series);
}

std::optional<CitationFinder::Number> CitationFinder::number_of_session(const std::string& prefix, const std::string& first, size_t m0, const Organ& organ,
                                                                        NumberSeries series, int year) const {
  if (first.size() > 4) return std::nullopt;
  size_t end = digits(m0);
  if (end - m0 > 4 || (end + 1 < text_.size() && text_[end] == '/' && is_digit(text_[end + 1]))) return std::nullopt;
  const std::string second = text_.substr(m0, end - m0);
  std::string letters = part_letters(end, end);
  const int a = std::stoi(first);
  Number out{"", end, ""};
  if (organ.foreign) return out;
  const char* word = series == NumberSeries::resolution ? "RES" : "DEC";
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

std::optional<CitationFinder::Number> CitationFinder::number_before_bracket(const std::string& first, size_t p, const Organ& organ, NumberSeries series) const {
  size_t end = p;
  std::string letters = part_letters(p, end);
  if (letters.empty()) end = p;
  const size_t paren = spaces(end);
  if (paren < text_.size() && text_[paren] == '(') {
    const size_t close = text_.find(')', paren);
    if (close != std::string::npos && close - paren <= 12) {
      const std::string inside(trimmed(std::string_view(text_).substr(paren + 1, close - paren - 1)));
      if (inside.size() == 4 && all_digits(inside)) {
        const int adopted = std::stoi(inside);
        if (adopted >= 1946 && adopted <= 2100 && letters.empty() && series == NumberSeries::resolution)
          return Number{"S/RES/" + first + "(" + inside + ")", close + 1, ""};
        return std::nullopt;
      }
      std::string_view roman = inside;
      for (const std::string_view special : {"ES-", "S-"})
        if (roman.starts_with(special)) {
          roman.remove_prefix(special.size());
          break;
        }
      if (parse_roman(roman) && series == NumberSeries::resolution) {
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

size_t CitationFinder::keyword_at(size_t i) {
  NumberSeries series = NumberSeries::resolution;
  size_t p = 0;
  bool plural = false;
  const auto word = [&](std::string_view w) {
    if (text_.size() - i < w.size() || (text_[i] | 0x20) != w[0] || text_.compare(i + 1, w.size() - 1, w.substr(1)) != 0) return false;
    p = i + w.size();
    plural = p < text_.size() && text_[p] == 's';
    if (plural) ++p;
    return p >= text_.size() || !is_alpha(text_[p]);
  };
  std::optional<Organ> named;  // "UNSCR 2462 (2019)"
  if (word("resolution")) {
  } else if (word("decision")) {
    series = NumberSeries::decision;
  } else if (is(i, "DECISION ") && others_) {
    series = NumberSeries::decision;
    p = i + 9;
  } else if (is(i, "SCR ")) {
    named = Organ{Body::sc, false, false, true};
    p = i + 4;
  } else if ((text_[i] | 0x20) == 'r' && (is(i + 1, "es.") || is(i + 1, "es ") || is(i + 1, "ESOLUTION "))) {
    p = i + (is(i + 1, "ESOLUTION ") ? 11 : 4);
    if (p < text_.size() && text_[p - 1] != '.' && text_[i] == 'R' && is(i + 1, "ESOLUTION ") && !others_) return 0;
  } else if (is(i, "UNSCR")) {
    named = Organ{Body::sc, false, false, true};
    p = i + 5;
  } else if (is(i, "UNSC ") || is(i, "UNGA ")) {
    named = Organ{text_[i + 2] == 'S' ? Body::sc : Body::ga, false, false, true};
    p = i + 5;
    if (p >= text_.size() || !is_digit(text_[p])) return 0;
  } else {
    return 0;
  }
  spoken_of_ = series == NumberSeries::resolution;
  p = spaces(p);
  for (const std::string_view no : {"No. ", "Nos. ", "no. ", "nos. ", "No.", "no.", "Nos.", "nos.", "No ", "no ", "numbers ", "number ", "№", "#"})
    if (is(p, no)) {
      p = spaces(p + no.size());
      break;
    }
  return numbers_from(p, named ? *named : organs_.before(i), series, plural, named && named->body == Body::sc);
}

size_t CitationFinder::bare_at(size_t p) const {
  const size_t end = digits(p);
  if (end == p || end - p > most_digits() || text_[p] == '0') return 0;
  if (end + 1 < text_.size() && (text_[end] == '.' || text_[end] == '/' || text_[end] == ',' || text_[end] == '-') && is_digit(text_[end + 1])) return 0;
  return end < text_.size() && is_alnum(text_[end]) ? 0 : end;
}

size_t CitationFinder::numbers_from(size_t p, const Organ& organ, NumberSeries series, bool plural, bool council) {
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
    const size_t bare = number || !others_ || series == NumberSeries::decision ? 0 : bare_at(p);
    const bool listed = found.empty() || found.front().bare || (plural && bare - p >= 3 && !(text_.compare(p, 2, "19") == 0 || text_.compare(p, 2, "20") == 0));
    if (!number && (!bare || !listed)) break;
    end = number ? number->end : bare;
    found.push_back({p, end, year_after(end), !number});
    size_t q = !number && !plural && !council ? end : next_listed(text_, end);
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
        if (is_upper(text_[at]) && !is_alnum(text_[at - 1])) symbol_at(at);
  }
  return end;
}

void CitationFinder::add_bare(size_t from, size_t to, const Organ& organ, bool council) {
  if (organ.foreign) return;
  const std::string number = text_.substr(from, to - from);
  add_other(from, to, council || (organ.named && organ.body == Body::sc) ? "S/RES/" + number : "", number);
}

size_t CitationFinder::next_dated(size_t from) const {
  const size_t stop = std::min(text_.size(), from + 400);
  for (size_t p = from; p < stop; ++p) {
    if (text_[p] == ';' || ((text_[p] | 0x20) == 'r' && is(p + 1, "esolution")) || ((text_[p] | 0x20) == 'd' && is(p + 1, "ecision"))) return from;
    if (text_[p] == '.' && p + 1 < text_.size() && text_[p + 1] == ' ') return from;
    if (text_[p] != ' ' || p + 1 >= stop || !(is_digit(text_[p + 1]) || is(p + 1, "S-") || is(p + 1, "ES-"))) continue;
    const std::string_view before = std::string_view(text_).substr(0, p);
    if (!before.ends_with(",") && !before.ends_with(" and") && !before.ends_with("\"") && !before.ends_with("”")) continue;
    const auto number = number_at(p + 1, {Body::ga, false, false, true}, NumberSeries::resolution, 0);
    if (!number || number->symbol.empty()) continue;
    // The date, perhaps after those of the same list and after a section: "59/276, section XI, of 23 December 2004".
    size_t q = number->end;
    for (size_t next; (next = next_listed(text_, q)) != q;) {
      const auto more = number_at(next, {Body::ga, false, false, true}, NumberSeries::resolution, 0);
      if (!more) break;
      q = more->end;
    }
    if (year_after(q)) return p + 1;
  }
  return from;
}

size_t CitationFinder::bare_council(size_t i) {
  const size_t d = digits(i);
  if (d - i < 3 || d - i > 4) return 0;
  const size_t paren = spaces(d);
  if (paren >= text_.size() || text_[paren] != '(' || digits(paren + 1) != paren + 5 || !is(paren + 5, ")")) return 0;
  std::string_view before = std::string_view(text_).substr(0, i);
  if (!before.ends_with(' ')) return 0;
  before.remove_suffix(1);
  bool listed = false;
  for (const std::string_view word : {",", ";", ":", " and", " or", " to", " through", "specially", "including", "particularly", "particular", "notably", ")"})
    listed |= before.ends_with(word);
  const auto number = listed ? number_at(i, {Body::sc, false, false, true}, NumberSeries::resolution, 0) : std::nullopt;
  if (!number || !number->symbol.starts_with("S/RES/")) return 0;
  add(i, number->end, number->symbol);
  return number->end;
}

int CitationFinder::year_after(size_t p) const {
  if (is(p, ", sect")) {
    const size_t of = text_.find(", of ", p);
    if (of != std::string::npos && of < p + 24) p = of + 1;
  }
  return is(p, " of ") ? spoken_day(text_, p + 4).year : 0;
}

}  // namespace resolute::text
