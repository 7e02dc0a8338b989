#include "search/drafting/citation_check.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>

#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/symbol.h"
#include "search/drafting/citation_context.h"
#include "search/drafting/numbering.h"
#include "search/series.h"
#include "text/citation.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/scan.h"
#include "text/wording.h"

namespace resolute::search {
namespace {

constexpr int kFarYears = 3;  // a date so far from a session is no slip: the number is another organ's
constexpr double kTitleFits = 0.8, kTitlePart = 0.9;
constexpr size_t kMostProposed = 10, kMostCiting = 5;

bool session_may_have_met(int session, const std::string& date) {
  const auto day = [&](int years, const char* rest) { return std::to_string(session + years) + rest; };
  return date >= day(1945, "-09-01") && date <= day(1946, "-09-30");
}

// The Economic and Social Council begins the session of a year in the July before.
bool year_may_have_met(const std::string& symbol, int year, const SaidDate& date) {
  return date.year == year || (symbol.starts_with("E/") && date.year == year - 1 && (date.month == 0 || date.month >= 7));
}

// Whose series a symbol is of.
Body organ_of(const std::string& symbol) {
  if (symbol.starts_with("A/HRC/")) return Body::hrc;
  if (symbol.starts_with("A/RES/") || symbol.starts_with("A/DEC/")) return Body::ga;
  if (symbol.starts_with("S/RES/") || symbol.starts_with("S/PRST/")) return Body::sc;
  return symbol.starts_with("E/RES/") || symbol.starts_with("E/DEC/") ? Body::ecosoc : Body::none;
}

class Checker {
 public:
  Checker(const Searcher& searcher, std::string_view draft, int today)
      : searcher_(searcher),
        generation_(searcher.generation()),
        draft_(draft),
        numbering_(generation_, today),
        by_name_(generation_.identifiers().begin(), generation_.identifiers().end()),
        council_(numbering_.council()) {
    std::sort(by_name_.begin(), by_name_.end());
  }

  std::vector<CheckedCitation> check() {
    const Body home = home_body();
    // Paragraph by paragraph: a list does not go over an empty line.
    for (size_t at = 0; at < draft_.size() && out_.size() < kMostCheckedReferences;) {
      size_t end = draft_.find("\n\n", at);
      if (end == std::string_view::npos) end = draft_.size();
      const auto paragraph = draft_.substr(at, end - at);
      base_ = at;
      paragraph_ = paragraph;
      std::vector<Span> taken;
      std::vector<text::Mention> others;
      for (const auto& c : text::find_citations(paragraph, home, &others)) {
        if (out_.size() >= kMostCheckedReferences) break;
        taken.push_back(c.span);
        add(c.span, c.symbol);
      }
      for (const auto& m : others) {
        if (out_.size() >= kMostCheckedReferences) break;
        taken.push_back(m.span);
        add_likely(m);
      }
      if (out_.size() < kMostCheckedReferences) malformed_numbers(taken);
      at = end + 2;
    }
    std::sort(out_.begin(), out_.end(), [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
    if (out_.size() > kMostCheckedReferences) out_.resize(kMostCheckedReferences);
    std::set<std::string> cited;
    for (const auto& c : out_) cited.insert(c.symbol);
    for (auto& c : out_) {
      if (c.status != CitationStatus::known) continue;
      const auto newest = searcher_.series().superseded_by(c.symbol);
      if (newest.empty() || cited.count(newest)) continue;
      c.status = CitationStatus::newer_in_series;
      c.newer = newest;
      c.detail = newest + " of " + date_of(newest) + " is the latest of its series";
    }
    return std::move(out_);
  }

 private:
  Body home_body() const {
    struct Name {
      std::string_view name;
      Body body;
    };
    Body found = Body::ga;
    size_t first = std::string_view::npos;
    for (const auto& n : {Name{"The Security Council", Body::sc}, Name{"安全理事会", Body::sc}, Name{"The Human Rights Council", Body::hrc},
                          Name{"人权理事会", Body::hrc}, Name{"The General Assembly", Body::ga}, Name{"大会", Body::ga},
                          Name{"The Economic and Social Council", Body::ecosoc}, Name{"经济及社会理事会", Body::ecosoc}})
      if (const size_t at = draft_.find(n.name); at < first) first = at, found = n.body;
    return first < 400 ? found : Body::ga;
  }

  std::string date_of(const std::string& symbol) const {
    for (const auto& at : generation_.find(symbol))
      if (const auto date = generation_.date(at)) return print_date(*date);
    return "unknown date";
  }

  CheckedCitation begin(Span span) const {
    CheckedCitation c;
    c.span = {static_cast<uint32_t>(base_ + span.begin), static_cast<uint32_t>(base_ + span.end)};
    c.text = text::tidy(draft_.substr(c.span.begin, c.span.end - c.span.begin));
    return c;
  }

  // "chap. I, resolution 1, annex II", "第四节，第43号决议": of the report that stands before.
  static bool of_report(std::string_view before) {
    if (before.ends_with("bid., ")) return true;
    if (!before.ends_with(", ") && !before.ends_with("，")) return false;
    const auto last = before.substr(before.size() - std::min<size_t>(before.size(), 80));
    for (const std::string_view word : {"chap.", "sect.", "publication", "corrigend", "annex", "Vol.", "vol.", "章", "节", "卷", "附件", "出售品", "号文件"})
      if (last.find(word) != std::string_view::npos) return true;
    return false;
  }

  // What stands before the word that a mention begins with.
  static std::string_view before_word(std::string_view s, size_t at) {
    s = s.substr(0, at);
    for (const std::string_view word : {"第", "resolution ", "resolutions ", "decision ", "decisions "})
      if (s.ends_with(word)) return s.substr(0, s.size() - word.size());
    return s;
  }

  // A mention whose form alone says what it may be, or its number.
  void add_likely(const text::Mention& m) {
    if (of_report(before_word(paragraph_, m.span.begin))) return;  // another organ's
    if (!m.number.empty()) {
      add_bare(m.span, m.number, m.likely.starts_with("S/RES/"));
      return;
    }
    if (m.likely.empty()) return;
    if (m.likely.starts_with("S/RES/")) {  // without its year
      const auto all = candidates(m.likely.substr(6), "S/RES/", date_beside(paragraph_, m.span));
      add(m.span, all.size() == 1 ? all.front() : m.likely);
      return;
    }
    const bool known = !generation_.find(m.likely).empty();
    const bool by_year = m.likely.starts_with("E/");
    const int session = m.likely.starts_with("A/") ? number_after(m.likely, 6) : 0;
    const SaidDate date = date_beside(paragraph_, m.span);
    const bool elsewhere = (session > 0 && session < kFirstSlashed) || (session > 0 && !date.empty() && std::abs(date.year - 1945 - session) > kFarYears);
    if (known || organ_beside(paragraph_, m.span) != Body::none || !(by_year || elsewhere)) {
      add(m.span, m.likely);
      return;
    }
    auto c = begin(m.span);
    c.status = CitationStatus::ambiguous;
    c.detail = elsewhere ? "it is not of the General Assembly, and the words do not say whose it is" : "the words do not say whose it is";
    if (const std::string other = "A/HRC/" + m.likely.substr(2); elsewhere && !generation_.find(other).empty()) c.candidates.push_back(other);
    out_.push_back(std::move(c));
  }

  // Documents that a number alone may name, of a series and a date where they are said.
  std::vector<std::string> candidates(const std::string& number, const std::string& series, const SaidDate& date) const {
    std::vector<std::string> out;
    for (const auto id_view : beginning_with(series + number + "(")) {
      const std::string id(id_view);
      if (!date.empty() && !dates_of(id).count(date.text())) continue;
      out.push_back(id);
    }
    std::sort(out.begin(), out.end(), [](const std::string& a, const std::string& b) { return Symbol::natural_less(a, b); });
    return out;
  }

  // Identifiers of the index that begin so, in byte order.
  std::span<const std::string_view> beginning_with(const std::string& prefix) const {
    const auto first = std::lower_bound(by_name_.begin(), by_name_.end(), prefix);
    auto last = first;
    while (last != by_name_.end() && last->starts_with(prefix)) ++last;
    return {first, last};
  }

  // What is looked up of a symbol once, however often the draft has it.
  struct Lookup {
    std::vector<std::string> parts;   // of one without a part
    std::vector<std::string> citing;  // the newest documents that cite one that is not held
    size_t citing_count = 0;
  };
  const Lookup& look_up(const std::string& symbol) {
    const auto [it, fresh] = looked_up_.try_emplace(symbol);
    auto& l = it->second;
    if (!fresh) return l;
    if (const auto parsed = parse_symbol(symbol); parsed && parsed->part().empty())
      for (const auto id : beginning_with(symbol))
        if (const auto other = parse_symbol(id); other && !other->part().empty() && other->without_part() == *parsed) l.parts.emplace_back(id);
    std::sort(l.parts.begin(), l.parts.end(), [](const std::string& a, const std::string& b) { return Symbol::natural_less(a, b); });
    l.citing = generation_.citing(symbol);
    l.citing_count = l.citing.size();
    std::stable_sort(l.citing.begin(), l.citing.end(), [&](const std::string& a, const std::string& b) { return date_of(a) > date_of(b); });
    if (l.citing.size() > kMostCiting) l.citing.resize(kMostCiting);
    return l;
  }

  std::set<std::string> dates_of(const std::string& symbol) const {
    std::set<std::string> dates;
    for (const auto& at : generation_.find(symbol))
      if (const auto date = generation_.date(at)) dates.insert(print_date(*date));
    return dates;
  }

  // Whether a source of the index gave another date than was taken: it is no fault to use that.
  bool some_source_says(const std::string& symbol, const std::string& date) const {
    for (const auto& at : generation_.find(symbol))
      for (const auto& warning : searcher_.document(at).warnings)
        if (warning.code == WarningCode::sources_disagree && warning.values[0] == "date" && (warning.values[2] == date || warning.values[4] == date))
          return true;
    return false;
  }

  bool held(const std::string& symbol) const { return !generation_.find(symbol).empty(); }

  // A reference with the letters of several parts is one to each: "75/254 B and C", "36/87 A to D".
  void add(Span span, const std::string& symbol) {
    const auto parsed = parse_symbol(symbol);
    const std::string part = parsed ? parsed->part() : "";
    if (part.size() != 3 || held(symbol)) {
      add_one(span, symbol);
      return;
    }
    const std::string_view text = std::string_view(paragraph_).substr(span.begin, span.end - span.begin);
    std::vector<uint32_t> places;  // of the letters
    for (size_t i = 1; i < text.size(); ++i)
      if (is_upper(text[i]) && !is_alpha(text[i - 1]) && (i + 1 == text.size() || !is_alpha(text[i + 1])) &&
          (is_digit(text[i - 1]) || !places.empty() || text[i - 1] == ' '))
        places.push_back(span.begin + static_cast<uint32_t>(i));
    const std::string whole = parsed->without_part().text();
    if (places.size() < 2) {
      for (char letter = part[0]; letter <= part[2]; ++letter) add_one(span, whole + letter);
      return;
    }
    const bool range = places.size() == 2 && (text.find(" to ") != std::string_view::npos || text.find("至") != std::string_view::npos ||
                                              text.find('-', places[0] - span.begin) != std::string_view::npos);
    for (size_t i = 0; i < places.size(); ++i) {
      add_one({i == 0 ? span.begin : places[i], i + 1 == places.size() ? span.end : places[i] + 1}, whole + paragraph_[places[i]]);
      if (range && i == 0)
        for (char letter = static_cast<char>(part[0] + 1); letter < part[2]; ++letter) add_one({places[0] + 1, places[1]}, whole + letter);
    }
  }

  // The part that a number without a letter means: the one of the day that is said; else empty.
  std::string part_of(const std::vector<std::string>& parts, const SaidDate& said) const {
    std::string fit;
    for (const auto& id : parts) {
      if (said.empty() || !dates_of(id).count(said.text())) continue;
      if (!fit.empty()) return "";
      fit = id;
    }
    return fit;
  }

  void add_one(Span span, std::string symbol) {
    // A list may go on with another organ's number: 人权理事会第57/32号决议和第79/1号决议.
    if (symbol.starts_with("A/HRC/RES/") && !held(symbol) && organ_beside(paragraph_, span) != Body::hrc && !numbering_.impossible(symbol).empty())
      if (const std::string other = "A/RES/" + symbol.substr(10); held(other)) symbol = other;
    auto c = begin(span);
    std::string renamed;
    std::vector<std::string> parts;
    if (const auto parsed = parse_symbol(symbol); parsed && !held(symbol)) {
      if (parsed->part().empty()) {
        parts = look_up(symbol).parts;
        renamed = part_of(parts, date_beside(paragraph_, span));
        if (!renamed.empty()) c.detail = "of its parts it is " + renamed;
      } else if (parsed->part() == "A" && held(parsed->without_part().text())) {
        renamed = parsed->without_part().text();
        c.detail = "held as " + renamed + ", without parts";
      }
    }
    if (!renamed.empty()) symbol = renamed;
    c.symbol = symbol;
    c.address = official_address(symbol);
    const bool known = held(symbol);
    if (std::string why = known ? "" : numbering_.impossible(symbol); !why.empty()) {
      c.status = CitationStatus::impossible;
      c.detail = std::move(why);
    } else if (why = inconsistent(c, span, known); !why.empty()) {
      c.status = CitationStatus::inconsistent;
      c.detail = std::move(why);
    } else if (!known && parts.size() > 1) {
      c.status = CitationStatus::ambiguous;
      c.detail = "it has several parts";
      c.candidates = std::move(parts);
      if (c.candidates.size() > kMostProposed) c.candidates.resize(kMostProposed);
    } else if (!known) {
      c.status = CitationStatus::not_held;
      c.detail = "not in this collection";
      const auto& known_of = look_up(symbol);
      c.cited_by = known_of.citing;
      if (const size_t n = known_of.citing_count)
        c.detail += "; " + std::to_string(n) + (n == 1 ? " document" : " documents") + " of it cite" + (n == 1 ? "s" : "") + " it";
    }
    out_.push_back(std::move(c));
  }

  // What does not fit the symbol; empty where all does.
  std::string inconsistent(CheckedCitation& c, Span span, bool known) const {
    const auto parsed = parse_symbol(c.symbol);
    if (!parsed) return "";
    if (const Body said = organ_beside(paragraph_, span), of = organ_of(c.symbol); said != Body::none && of != Body::none && said != of)
      return "it is of the " + std::string(body_of(print_body(of))->en) + ", not of the " + std::string(body_of(print_body(said))->en);
    if (c.symbol.starts_with("S/RES/") && parsed->year() && !known && !council_.empty()) {
      const int number = number_after(c.symbol, 6), year = *parsed->year();
      const auto at = std::lower_bound(council_.begin(), council_.end(), std::pair(number, 0));
      if (at != council_.end() && at->first == number) {
        c.candidates = {"S/RES/" + std::to_string(number) + "(" + std::to_string(at->second) + ")"};
        return "resolution " + std::to_string(number) + " is of " + std::to_string(at->second);
      }
      // Numbers run on through the years.
      if (at != council_.end() && year > at->second) return "numbers so low are of " + std::to_string(at->second) + " or before";
      if (at != council_.begin() && year < std::prev(at)->second) return "numbers so high are of " + std::to_string(std::prev(at)->second) + " or after";
    }
    if (const SaidDate said = date_beside(paragraph_, span); !said.empty()) {
      const std::string date = said.text();
      if (said.day && !parse_date(date)) return "there is no such day: " + date;
      const auto dates = dates_of(c.symbol);
      const bool fits = std::any_of(dates.begin(), dates.end(), [&](const std::string& d) { return d.starts_with(date); });
      if (!dates.empty() && !fits && !some_source_says(c.symbol, date)) return "it is of " + *dates.begin() + ", not of " + date;
      if (dates.empty()) {
        if (const auto y = parsed->year(); y && !year_may_have_met(c.symbol, *y, said))
          return "its year is " + std::to_string(*y) + ", not " + std::to_string(said.year);
        const std::string s = parsed->session();
        const bool assembly = organ_of(c.symbol) == Body::ga;
        if (said.day && assembly && !s.empty() && is_digit(s[0]) && c.symbol.find('(') == std::string::npos &&
            !session_may_have_met(std::stoi(s.substr(0, 4)), date))
          return "session " + s + " did not meet on " + date;
      }
    }
    if (const auto title = title_beside(paragraph_, span); !title.empty() && known) return other_title(c.symbol, title);
    return "";
  }

  // Of a document in the language of the title given, where that is not it; else empty.
  std::string other_title(const std::string& symbol, const std::string& title) const {
    std::vector<text::WordingToken> given, has;
    text::wording_tokens(text::fold(title), given);
    const bool han = std::any_of(title.begin(), title.end(), [](char ch) { return static_cast<unsigned char>(ch) >= 0xE3; });
    std::string other;
    for (const auto& at : generation_.find(symbol)) {
      const auto& segment = generation_.segment(at);
      const std::string own(segment.title(at.document));
      if (own.empty() || (segment.lang(at.document) == Language::zh) != han) continue;
      text::wording_tokens(text::fold(own), has);
      text::WordingComparison comparison(given);
      const size_t common = comparison.common(has);
      const bool alike =
          text::similarity(common, given.size(), has.size()) >= kTitleFits || static_cast<double>(common) >= kTitlePart * static_cast<double>(given.size());
      // "resolution 2686 (2023)" is not "resolution 2719 (2023)".
      if (alike && numbers_of(title, own)) return "";
      other = own;
    }
    return other.empty() ? "" : "its title is \"" + other + "\"";
  }

  // Whether every number of `one` stands in `other` too.
  static bool numbers_of(std::string_view one, std::string_view other) {
    const auto numbers = [](std::string_view s) {
      std::set<std::string> out;
      for (size_t i = 0; i < s.size();) {
        const size_t end = text::skip_digits(s, i);
        if (end > i) out.emplace(s.substr(i, end - i));
        i = std::max(end, i + 1);
      }
      return out;
    };
    const auto in_one = numbers(one), in_other = numbers(other);
    return std::includes(in_other.begin(), in_other.end(), in_one.begin(), in_one.end());
  }

  // A number that names no single document: "resolution 1373", "UNSCR 1325", "第1325、1820和1888号决议".
  void add_bare(Span span, const std::string& number, bool council) {
    // Short for one that the draft has in full: "resolution 1596" after "resolution 1596 (2005)".
    for (const auto& full : out_)
      if (full.span.end <= base_ + span.begin && full.status == CitationStatus::known && full.symbol.starts_with("S/RES/" + number + "(")) {
        add(span, full.symbol);
        return;
      }
    const SaidDate date = date_beside(paragraph_, span);
    auto found = candidates(number, "S/RES/", date);
    if ((council || !date.empty()) && found.size() == 1) {
      add(span, found.front());
      return;
    }
    if (council && found.empty() && date.empty()) {
      add(span, "S/RES/" + number);
      return;
    }
    if (!council)
      for (auto& id : candidates(number, "A/RES/", date)) found.push_back(std::move(id));
    if (found.size() > kMostProposed) found.resize(kMostProposed);
    auto c = begin(span);
    c.candidates = std::move(found);
    c.status = CitationStatus::ambiguous;
    c.detail = "a number alone names no document: it wants a year, a session or a symbol";
    out_.push_back(std::move(c));
  }

  // What is no reference by its numbers, but is meant as one: "resolution 0/12", "resolution 1373 (1901)".
  void malformed_numbers(const std::vector<Span>& taken) {
    const std::string_view s = paragraph_;
    for (size_t i = 0; i < s.size(); ++i) {
      if (!is_digit(s[i]) || (i > 0 && (is_digit(s[i - 1]) || s[i - 1] == '/' || s[i - 1] == '-' || s[i - 1] == '.'))) continue;
      size_t end = i;
      while (end < s.size() && is_digit(s[end])) ++end;
      const std::string number(s.substr(i, end - i));
      if (number.size() > 4) continue;
      // "resolution 75.17" is the World Health Assembly's.
      if (end + 1 < s.size() && s[end] == '.' && is_digit(s[end + 1])) continue;
      const auto before = s.substr(0, i), after = s.substr(end);
      const std::string lead = lowered(before.substr(before.size() > 12 ? before.size() - 12 : 0));
      std::string_view next = after;
      while (next.starts_with(" ")) next.remove_prefix(1);
      const bool more = next.starts_with("(") || next.starts_with("（") || after.starts_with("/");
      const bool spoken = lead.ends_with("resolution ") || lead.ends_with("resolutions "), chinese = before.ends_with("第");
      if (of_report(before_word(s, i))) continue;
      if (more && (spoken || chinese)) {
        size_t to = end, digits = 0;
        const bool slash = after.starts_with("/");
        if (slash)
          ++to;
        else
          to = static_cast<size_t>(next.data() - s.data()) + (next.starts_with("(") ? 1 : std::string_view("（").size());
        const size_t second = to;
        while (to < s.size() && is_digit(s[to])) ++to, ++digits;
        const std::string other(s.substr(second, digits));
        const bool overlaps = std::any_of(taken.begin(), taken.end(), [&](const Span& t) { return i < t.end && to > t.begin; });
        const auto rest = s.substr(to + (slash ? 0 : s.substr(to).starts_with(")") ? 1 : s.substr(to).starts_with("）") ? std::string_view("）").size() : 0));
        const bool named = !chinese || rest.starts_with("号决") || rest.starts_with("号決");
        if (!overlaps && named && digits > 0 && digits <= 4 && (slash || digits == 4)) {
          if (!slash) to += s.substr(to).starts_with(")") ? 1 : s.substr(to).starts_with("）") ? std::string_view("）").size() : 0;
          const auto symbol = parse_symbol(slash ? "A/RES/" + number + "/" + other : "S/RES/" + number + "(" + other + ")");
          if (symbol) add({static_cast<uint32_t>(chinese ? i - std::string_view("第").size() : i), static_cast<uint32_t>(to)}, symbol->text());
        }
      }
      i = end - 1;
    }
  }

  const Searcher& searcher_;
  const Generation& generation_;
  std::string_view draft_, paragraph_;
  size_t base_ = 0;  // of the paragraph in the draft
  Numbering numbering_;
  std::vector<std::string_view> by_name_;  // identifiers of the index, in byte order
  std::map<std::string, Lookup> looked_up_;
  const std::vector<std::pair<int, int>>& council_;
  std::vector<CheckedCitation> out_;
};

}  // namespace

const char* print_status(CitationStatus status) {
  switch (status) {
    case CitationStatus::known: return "known";
    case CitationStatus::not_held: return "not-held";
    case CitationStatus::impossible: return "impossible";
    case CitationStatus::ambiguous: return "ambiguous";
    case CitationStatus::inconsistent: return "inconsistent";
    case CitationStatus::newer_in_series: return "newer-in-series";
  }
  return "";
}

std::string official_address(std::string_view symbol) { return symbol.empty() ? "" : "https://docs.un.org/" + std::string(symbol); }

std::vector<CheckedCitation> check_citations(const Searcher& searcher, std::string_view draft, int today) { return Checker(searcher, draft, today).check(); }

}  // namespace resolute::search
