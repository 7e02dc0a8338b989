#include "search/citation_check.h"

#include <algorithm>
#include <limits>
#include <set>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "search/series.h"
#include "text/citation.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/wording.h"

namespace resolute::search {
namespace {

// Bounds that no organ has come near (the most so far: 348 resolutions of a session of the Assembly,
// 93 of the Security Council in a year, 50 of a session of the Human Rights Council).
constexpr int kMostOfAssembly = 450, kMostDecisions = 999, kMostOfCouncilYear = 110, kMostOfRightsCouncil = 80, kMostOfEconomicCouncil = 99, kMostStatements = 110;
constexpr int kLastRomanNumber = 3541;       // A/RES/3541(XXX)
constexpr double kTitleFits = 0.7, kTitlePart = 0.9;
constexpr size_t kMostCandidates = 10;

int number_behind(std::string_view s, size_t at) {
  int n = 0;
  size_t i = at;
  for (; i < s.size() && is_digit(s[i]) && i - at < 6; ++i) n = n * 10 + (s[i] - '0');
  return i == at ? -1 : n;
}

int year_of(int days) { return std::stoi(print_date(days).substr(0, 4)); }

// A session of the Assembly opens in the second week of September.
int session_of(int days) {
  const std::string date = print_date(days);
  return year_of(days) - 1945 - (date.substr(5) < "09-08" ? 1 : 0);
}

class Checker {
 public:
  Checker(const Searcher& searcher, std::string_view draft, int today) : searcher_(searcher), g_(searcher.generation()), draft_(draft), now_(today) {
    for (const auto& segment : g_.segments())
      for (uint32_t d = 0; d < segment->documents(); ++d)
        if (!segment->deleted[d] && segment->date[d] != std::numeric_limits<int32_t>::min()) now_ = std::max(now_, segment->date[d]);
    for (const auto& id : g_.identifiers())
      if (id.starts_with("S/RES/"))
        if (const auto symbol = parse_symbol(id); symbol && symbol->year()) council_.emplace_back(number_behind(id, 6), *symbol->year());
    std::sort(council_.begin(), council_.end());
  }

  std::vector<CheckedCitation> check() {
    const Body home = home_body();
    // Paragraph by paragraph: a list does not go over an empty line.
    for (size_t at = 0; at < draft_.size();) {
      size_t end = draft_.find("\n\n", at);
      if (end == std::string_view::npos) end = draft_.size();
      const auto paragraph = draft_.substr(at, end - at);
      std::vector<Span> taken;
      for (const auto& c : text::find_citations(paragraph, home)) {
        taken.push_back(c.span);
        add(at, c.span, c.symbol);
      }
      bare_numbers(at, paragraph, taken);
      at = end + 2;
    }
    std::sort(out_.begin(), out_.end(), [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
    std::set<std::string> cited;
    for (const auto& c : out_) cited.insert(c.symbol);
    for (auto& c : out_) {
      if (c.status != CitationStatus::known) continue;
      const auto newest = searcher_.series().superseded_by(c.symbol);
      if (newest.empty() || cited.count(newest)) continue;
      c.status = CitationStatus::superseded;
      c.superseded_by = newest;
      c.detail = newest + " of " + date_of(newest) + " is the latest of its series";
    }
    return std::move(out_);
  }

 private:
  Body home_body() const {
    struct Name { std::string_view name; Body body; };
    Body found = Body::ga;
    size_t first = std::string_view::npos;
    for (const auto& n : {Name{"The Security Council", Body::sc}, Name{"安全理事会", Body::sc}, Name{"The Human Rights Council", Body::hrc}, Name{"人权理事会", Body::hrc},
                          Name{"The General Assembly", Body::ga}, Name{"大会", Body::ga}, Name{"The Economic and Social Council", Body::ecosoc}, Name{"经济及社会理事会", Body::ecosoc}})
      if (const size_t at = draft_.find(n.name); at < first) first = at, found = n.body;
    return first < 400 ? found : Body::ga;
  }

  std::string date_of(const std::string& symbol) const {
    for (const auto& at : g_.find(symbol))
      if (const int32_t date = g_.segments()[at.segment]->date[at.document]; date != std::numeric_limits<int32_t>::min()) return print_date(date);
    return "unknown date";
  }

  void add(size_t base, Span span, const std::string& symbol) {
    CheckedCitation c;
    c.span = {static_cast<uint32_t>(base + span.begin), static_cast<uint32_t>(base + span.end)};
    c.text = text::tidy(draft_.substr(c.span.begin, c.span.end - c.span.begin));
    c.symbol = symbol;
    const auto resolved = searcher_.resolve(symbol);
    const bool known = !g_.find(symbol).empty();
    c.detail = impossible(symbol);
    if (!known && !c.detail.empty()) {
      c.status = CitationStatus::impossible;
    } else if (std::string why = inconsistent(c, known); !why.empty()) {
      c.status = CitationStatus::inconsistent;
      c.detail = std::move(why);
    } else if (known) {
      c.detail.clear();
    } else {
      c.candidates = resolved.candidates;
      const auto parsed = parse_symbol(symbol);
      const auto parts = std::count_if(c.candidates.begin(), c.candidates.end(), [&](const std::string& id) {
        const auto other = parse_symbol(id);
        return parsed && other && parsed->part().empty() && other->without_part() == parsed->without_part();
      });
      c.status = parts > 1 ? CitationStatus::ambiguous : CitationStatus::unknown;
      c.detail = parts > 1 ? "it has several parts" : "the index does not have it";
    }
    out_.push_back(std::move(c));
  }

  // Why there can be no such document; empty where there can.
  std::string impossible(const std::string& symbol) const {
    const auto parsed = parse_symbol(symbol);
    if (!parsed) return "";
    const int year = year_of(now_), session = session_of(now_);
    if (const auto y = parsed->year(); y && *y > year) return "its year, " + std::to_string(*y) + ", is yet to come";
    if (symbol.starts_with("S/RES/")) {
      const int number = number_behind(symbol, 6), y = parsed->year().value_or(0);
      if (number == 0) return "resolutions are numbered from 1";
      if (y && y < 1946) return "the Security Council first met in 1946";
      if (!council_.empty()) {
        const auto [last, of] = council_.back();
        if (number > last + kMostOfCouncilYear * (year - of + 1)) return "the last known number is " + std::to_string(last);
      }
      return "";
    }
    if (symbol.starts_with("S/PRST/")) return number_behind(symbol, symbol.rfind('/') + 1) > kMostStatements ? "no year has so many statements" : "";
    const bool resolution = symbol.starts_with("A/RES/"), decision = symbol.starts_with("A/DEC/");
    if (resolution || decision) {
      const std::string s = parsed->session();
      const size_t slash = symbol.find('/', 6);
      if (slash == std::string::npos) {  // A/RES/2200(XXI)A
        const auto roman = parse_roman(s);
        const int number = number_behind(symbol, 6);
        if ((roman && *roman > 30) || (is_digit(s.empty() ? 'x' : s[0]) && std::stoi(s.substr(0, 4)) > 30)) return "the thirtieth session was the last to number so";
        return number == 0 || number > kLastRomanNumber ? "the last number of that kind is " + std::to_string(kLastRomanNumber) : "";
      }
      const int number = number_behind(symbol, slash + 1);
      if (number == 0) return "numbers begin with 1";
      if (!s.empty() && is_digit(s[0])) {
        const int of = std::stoi(s.substr(0, 4));
        if (of > session) return "session " + s + " of the General Assembly opens in " + std::to_string(1945 + of);
        if (of < 31) return "the General Assembly numbers so since its thirty-first session";
      } else if (const size_t dash = s.find('-'); dash != std::string::npos) {
        const int of = number_behind(s, dash + 1), most = last_special(s.substr(0, dash + 1)) + 3 * std::max(1, year - 2025);
        if (of > most) return "there has been no special session " + s;
      }
      return number > (resolution ? kMostOfAssembly : kMostDecisions) ? "no session has so many" : "";
    }
    if (symbol.starts_with("A/HRC/RES/")) {
      const size_t slash = symbol.find('/', 10);
      const int of = number_behind(symbol, 10);
      if (of > 3 * (year - 2006) + 3) return "session " + std::to_string(of) + " of the Human Rights Council is yet to come";
      if (of == 0) return "sessions are numbered from 1";
      return slash != std::string::npos && number_behind(symbol, slash + 1) > kMostOfRightsCouncil ? "no session has so many" : "";
    }
    if (symbol.starts_with("E/RES/") && parsed->year()) return number_behind(symbol, symbol.rfind('/') + 1) > kMostOfEconomicCouncil ? "no year has so many" : "";
    // A/79/123: any document of a session.
    if (symbol.starts_with("A/") && symbol.size() > 2 && is_digit(symbol[2]))
      if (const int of = number_behind(symbol, 2); of > session) return "session " + std::to_string(of) + " of the General Assembly opens in " + std::to_string(1945 + of);
    return "";
  }

  // The last special ("S-") or emergency special ("ES-") session that the index or history knows.
  int last_special(const std::string& kind) const {
    int last = kind == "ES-" ? 11 : 32;
    const std::string prefix = "A/RES/" + kind;
    for (const auto& id : g_.identifiers())
      if (id.starts_with(prefix)) last = std::max(last, number_behind(id, prefix.size()));
    return last;
  }

  // What does not fit the symbol; empty where all does.
  std::string inconsistent(CheckedCitation& c, bool known) const {
    const auto parsed = parse_symbol(c.symbol);
    if (!parsed) return "";
    if (c.symbol.starts_with("S/RES/") && parsed->year() && !known && !council_.empty()) {
      const int number = number_behind(c.symbol, 6), year = *parsed->year();
      const auto at = std::lower_bound(council_.begin(), council_.end(), std::pair(number, 0));
      if (at != council_.end() && at->first == number) {
        c.candidates = {"S/RES/" + std::to_string(number) + "(" + std::to_string(at->second) + ")"};
        return "resolution " + std::to_string(number) + " is of " + std::to_string(at->second);
      }
      // Numbers run on through the years.
      if (at != council_.end() && year > at->second) return "numbers so low are of " + std::to_string(at->second) + " or before";
      if (at != council_.begin() && year < std::prev(at)->second) return "numbers so high are of " + std::to_string(std::prev(at)->second) + " or after";
    }
    if (const auto date = date_beside(c.span); !date.empty()) {
      std::set<std::string> dates;
      for (const auto& at : g_.find(c.symbol))
        if (const int32_t day = g_.segments()[at.segment]->date[at.document]; day != std::numeric_limits<int32_t>::min()) dates.insert(print_date(day));
      if (!dates.empty() && !dates.count(date)) return "it is of " + *dates.begin() + ", not of " + date;
      const int year = std::stoi(date.substr(0, 4));
      if (dates.empty()) {
        if (const auto y = parsed->year(); y && *y != year) return "its year is " + std::to_string(*y) + ", not " + std::to_string(year);
        const std::string s = parsed->session();
        const bool assembly = c.symbol.starts_with("A/RES/") || c.symbol.starts_with("A/DEC/");
        if (const auto day = parse_date(date); day && assembly && !s.empty() && is_digit(s[0]) && c.symbol.find('(') == std::string::npos)
          if (session_of(*day) != std::stoi(s.substr(0, 4))) return "session " + s + " did not meet on " + date;
      }
    }
    if (const auto title = title_beside(c.span); !title.empty() && known) {
      std::string other;
      std::vector<text::WordingToken> given, has;
      text::wording_tokens(text::fold(title), given);
      const bool han = std::any_of(title.begin(), title.end(), [](char ch) { return static_cast<unsigned char>(ch) >= 0xE3; });
      for (const auto& at : g_.find(c.symbol)) {
        const auto& segment = *g_.segments()[at.segment];
        const std::string own(segment.title[at.document]);
        if (own.empty() || (segment.lang(at.document) == Language::zh) != han) continue;
        text::wording_tokens(text::fold(own), has);
        text::WordingComparison comparison(given);
        const size_t common = comparison.common(has);
        if (text::similarity(common, given.size(), has.size()) >= kTitleFits || static_cast<double>(common) >= kTitlePart * static_cast<double>(given.size())) return "";
        other = own;
      }
      if (!other.empty()) return "its title is \"" + other + "\"";
    }
    return "";
  }

  // " of 6 August 1990" behind a reference, "2001年9月28日" before it; YYYY-MM-DD, else empty.
  std::string date_beside(Span span) const {
    const std::string behind = text::tidy(draft_.substr(span.end, 60));
    if (behind.starts_with("of ") && behind.size() > 4 && is_digit(behind[3])) {
      const auto line = std::string_view(behind).substr(3);
      size_t i = 0;
      while (i < line.size() && is_digit(line[i])) ++i;
      const size_t word = line.find(' ', i + 1);
      if (i <= 2 && i < line.size() && line[i] == ' ' && word != std::string_view::npos) return text::find_date(line.substr(0, word + 5));
    }
    size_t from = span.begin > 60 ? span.begin - 60 : 0;
    while (from < span.begin && (draft_[from] & 0xC0) == 0x80) ++from;
    std::string before = text::close_han(text::tidy(draft_.substr(from, span.begin - from)));
    for (const std::string_view tail : {"第", "的", "通过", "大会", "安全理事会"})
      if (before.ends_with(tail)) before.resize(before.size() - tail.size());
    if (!before.ends_with("日")) return "";
    const size_t year = before.rfind("年");
    if (year == std::string::npos || before.size() - year > 20) return "";
    size_t begin = year;
    while (begin > 0 && is_digit(before[begin - 1])) --begin;
    return text::find_date(std::string_view(before).substr(begin));
  }

  // A title in quotes that is said to be the document's.
  std::string title_beside(Span span) const {
    const auto quoted = [](std::string_view s) -> std::string {
      for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"“", "”"}, {"\"", "\""}, {"《", "》"}})
        if (s.starts_with(open))
          if (const size_t end = s.find(close, open.size()); end != std::string_view::npos) return std::string(s.substr(open.size(), end - open.size()));
      return "";
    };
    const std::string behind = text::tidy(draft_.substr(span.end, 500));
    for (const std::string_view mark : {"entitled ", "题为"}) {
      const size_t at = behind.find(mark);
      // Nothing but a date, brackets and commas may stand between.
      if (at == std::string::npos || at > 40 || behind.substr(0, at).find_first_of(";:") != std::string::npos || behind.substr(0, at).find("resolution") != std::string::npos) continue;
      if (auto title = quoted(std::string_view(behind).substr(at + mark.size())); !title.empty()) return title;
    }
    size_t from = span.begin > 500 ? span.begin - 500 : 0;
    while (from < span.begin && (draft_[from] & 0xC0) == 0x80) ++from;
    std::string before = text::close_han(text::tidy(draft_.substr(from, span.begin - from)));
    if (before.ends_with("第")) before.resize(before.size() - std::string_view("第").size());
    if (before.ends_with("的"))
      if (const size_t at = before.rfind("题为"); at != std::string::npos) {
        const std::string rest = before.substr(at + std::string_view("题为").size());
        if (auto title = quoted(rest); !title.empty() && rest.size() <= title.size() + 12) return title;
      }
    return "";
  }

  // "resolution 1373", "第1373号决议": a number that names no single document.
  void bare_numbers(size_t base, std::string_view s, const std::vector<Span>& taken) {
    const auto add_bare = [&](size_t from, size_t to, const std::string& number) {
      for (const auto& t : taken)
        if (from < t.end && to > t.begin) return;
      CheckedCitation c;
      c.span = {static_cast<uint32_t>(base + from), static_cast<uint32_t>(base + to)};
      c.text = text::tidy(s.substr(from, to - from));
      for (const auto& id : g_.identifiers())
        if (c.candidates.size() < kMostCandidates && (id.starts_with("S/RES/" + number + "(") || id.starts_with("A/RES/" + number + "("))) c.candidates.push_back(id);
      c.status = CitationStatus::ambiguous;
      c.detail = "a number alone names no document: it wants a year, a session or a symbol";
      out_.push_back(std::move(c));
    };
    for (size_t i = 0; i < s.size(); ++i) {
      if (!is_digit(s[i]) || (i > 0 && (is_digit(s[i - 1]) || s[i - 1] == '/' || s[i - 1] == '-' || s[i - 1] == '.'))) continue;
      size_t end = i;
      while (end < s.size() && is_digit(s[end])) ++end;
      const std::string number(s.substr(i, end - i));
      if (number.size() > 4) continue;
      const auto before = s.substr(0, i), after = s.substr(end);
      const std::string lead = lowered(before.substr(before.size() > 12 ? before.size() - 12 : 0));
      std::string_view next = after;
      while (next.starts_with(" ")) next.remove_prefix(1);
      const bool more = next.starts_with("(") || next.starts_with("（") || after.starts_with("/");
      const bool spoken = lead.ends_with("resolution ") || lead.ends_with("resolutions "), chinese = before.ends_with("第");
      if (more && (spoken || chinese)) {
        // What is no reference by its numbers, but is meant as one: "resolution 0/12", "resolution 1373 (1901)".
        size_t to = end, digits = 0;
        const bool slash = after.starts_with("/");
        if (slash) ++to;
        else to = static_cast<size_t>(next.data() - s.data()) + (next.starts_with("(") ? 1 : std::string_view("（").size());
        const size_t second = to;
        while (to < s.size() && is_digit(s[to])) ++to, ++digits;
        const std::string other(s.substr(second, digits));
        const bool overlaps = std::any_of(taken.begin(), taken.end(), [&](const Span& t) { return i < t.end && to > t.begin; });
        if (!overlaps && digits > 0 && digits <= 4 && (slash || digits == 4)) {
          if (!slash) to += s.substr(to).starts_with(")") ? 1 : s.substr(to).starts_with("）") ? std::string_view("）").size() : 0;
          const auto symbol = parse_symbol(slash ? "A/RES/" + number + "/" + other : "S/RES/" + number + "(" + other + ")");
          if (symbol) add(base, {static_cast<uint32_t>(chinese ? i - std::string_view("第").size() : i), static_cast<uint32_t>(to)}, symbol->text());
        }
      }
      if (!more && spoken) add_bare(i, end, number);
      else if (!more && chinese && (next.starts_with("号决议") || next.starts_with("号決議"))) add_bare(i - std::string_view("第").size(), end + static_cast<size_t>(next.data() - after.data()) + std::string_view("号").size(), number);
      i = end - 1;
    }
  }

  const Searcher& searcher_;
  const Generation& g_;
  std::string_view draft_;
  int now_;
  std::vector<std::pair<int, int>> council_;  // numbers and years of the Security Council's resolutions
  std::vector<CheckedCitation> out_;
};

}  // namespace

const char* print_status(CitationStatus status) {
  switch (status) {
    case CitationStatus::known: return "known";
    case CitationStatus::unknown: return "unknown";
    case CitationStatus::impossible: return "impossible";
    case CitationStatus::ambiguous: return "ambiguous";
    case CitationStatus::inconsistent: return "inconsistent";
    case CitationStatus::superseded: return "superseded";
  }
  return "";
}

std::vector<CheckedCitation> check_citations(const Searcher& searcher, std::string_view draft, int today) { return Checker(searcher, draft, today).check(); }

}  // namespace resolute::search
