#include "search/drafting/numbering.h"

#include <algorithm>

#include "schemas/ascii.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"

namespace resolute::search {
namespace {

// Bounds that no organ has come near (the most so far: 348 resolutions of a session of the Assembly, though one is numbered 56/509;
// 93 of the Security Council in a year, 50 of a session of the Human Rights Council).
constexpr int kMostOfAssembly = 600, kMostDecisions = 999, kMostOfCouncilYear = 110, kMostOfRightsCouncil = 80, kMostOfEconomicCouncil = 99,
              kMostStatements = 110;
constexpr int kLastRomanNumber = 3541;  // A/RES/3541(XXX)

int year_of(int days) { return std::stoi(print_date(days).substr(0, 4)); }

// A session of the Assembly opens in the second or third week of September and ends on the eve of the next.
int session_of(int days) {
  const std::string date = print_date(days);
  return year_of(days) - 1945 - (date.substr(5) < "09-08" ? 1 : 0);
}

}  // namespace

int number_after(std::string_view s, size_t at) {
  int n = 0;
  size_t i = at;
  for (; i < s.size() && is_digit(s[i]) && i - at < 6; ++i) n = n * 10 + (s[i] - '0');
  return i == at ? -1 : n;
}

Numbering::Numbering(const Generation& generation, int today) : generation_(generation), now_(today) {
  for (const auto& segment : generation_.segments())
    for (const DocumentId d : segment->all_documents())
      if (const auto date = segment->date(d); date && !segment->deleted(d)) now_ = std::max(now_, *date);
  for (const auto& id : generation_.identifiers())
    if (id.starts_with("S/RES/"))
      if (const auto symbol = parse_symbol(id); symbol && symbol->year()) council_.emplace_back(number_after(id, 6), *symbol->year());
  std::sort(council_.begin(), council_.end());
}

std::string Numbering::impossible(const std::string& symbol) const {
  if (symbol.starts_with("S/RES/") && symbol.find('(') == std::string::npos) {
    const int number = number_after(symbol, 6);
    return !council_.empty() && number > council_.back().first + kMostOfCouncilYear ? "the last known number is " + std::to_string(council_.back().first) : "";
  }
  const auto parsed = parse_symbol(symbol);
  if (!parsed) return "";
  const int year = year_of(now_), session = session_of(now_);
  // A year is followed by a number, or stands in parentheses; CD/2067 is the 2,067th document.
  if (const auto y = parsed->year();
      y && *y > year && (symbol.find(std::to_string(*y) + "/") != std::string::npos || symbol.find("(" + std::to_string(*y)) != std::string::npos))
    return "its year, " + std::to_string(*y) + ", is yet to come";
  if (symbol.starts_with("S/RES/")) {
    const int number = number_after(symbol, 6), y = parsed->year().value_or(0);
    if (number == 0) return "resolutions are numbered from 1";
    if (y && y < 1946) return "the Security Council first met in 1946";
    if (!council_.empty()) {
      const auto [last, of] = council_.back();
      if (number > last + kMostOfCouncilYear * (year - of + 1)) return "the last known number is " + std::to_string(last);
    }
    return "";
  }
  if (symbol.starts_with("S/PRST/")) return number_after(symbol, symbol.rfind('/') + 1) > kMostStatements ? "no year has so many statements" : "";
  const bool resolution = symbol.starts_with("A/RES/"), decision = symbol.starts_with("A/DEC/");
  if (resolution || decision) {
    const std::string s = parsed->session();
    const size_t slash = symbol.find('/', 6);
    if (slash == std::string::npos) {  // A/RES/2200(XXI)A
      const auto roman = parse_roman(s);
      const int number = number_after(symbol, 6);
      if ((roman && *roman > 30) || (is_digit(s.empty() ? 'x' : s[0]) && std::stoi(s.substr(0, 4)) > 30))
        return "the thirtieth session was the last to number so";
      return number == 0 || number > kLastRomanNumber ? "the last number of that kind is " + std::to_string(kLastRomanNumber) : "";
    }
    const int number = number_after(symbol, slash + 1);
    if (number == 0) return "numbers begin with 1";
    if (!s.empty() && is_digit(s[0])) {
      const int of = std::stoi(s.substr(0, 4));
      if (of > session) return "session " + s + " of the General Assembly opens in " + std::to_string(1945 + of);
      if (of < kFirstSlashed) return "the General Assembly numbers so since its thirty-first session";
    } else if (const size_t dash = s.find('-'); dash != std::string::npos) {
      const int of = number_after(s, dash + 1), most = last_special(s.substr(0, dash + 1)) + 3 * std::max(1, year - 2025);
      if (of > most) return "there has been no special session " + s;
    }
    return number > (resolution ? kMostOfAssembly : kMostDecisions) ? "no session has so many" : "";
  }
  if (symbol.starts_with("A/HRC/RES/")) {
    const size_t slash = symbol.find('/', 10);
    const int of = number_after(symbol, 10);
    if (of > 3 * (year - 2006) + 3) return "session " + std::to_string(of) + " of the Human Rights Council is yet to come";
    if (of == 0) return "sessions are numbered from 1";
    return slash != std::string::npos && number_after(symbol, slash + 1) > kMostOfRightsCouncil ? "no session has so many" : "";
  }
  if (symbol.starts_with("E/RES/") && parsed->year()) return number_after(symbol, symbol.rfind('/') + 1) > kMostOfEconomicCouncil ? "no year has so many" : "";
  // A/79/123: any document of a session.
  // A/5700 and A/5497/Add.1 are older than that.
  const size_t second = symbol.find('/', 2);
  if (symbol.starts_with("A/") && is_digit(symbol[2]) && second != std::string::npos && second + 1 < symbol.size() && is_digit(symbol[second + 1]))
    if (const int of = number_after(symbol, 2); of > session)
      return "session " + std::to_string(of) + " of the General Assembly opens in " + std::to_string(1945 + of);
  return "";
}

int Numbering::last_special(const std::string& kind) const {
  int last = kind == "ES-" ? 11 : 32;
  const std::string prefix = "A/RES/" + kind;
  for (const auto& id : generation_.identifiers())
    if (id.starts_with(prefix)) last = std::max(last, number_after(id, prefix.size()));
  return last;
}

}  // namespace resolute::search
