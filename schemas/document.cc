#include "schemas/document.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <string_view>

#include "schemas/symbol.h"

namespace resolute {
namespace {

constexpr std::array kLanguages = {"zh", "en"};
constexpr std::array kBodies = {"", "GA", "SC", "ECOSOC", "HRC"};
constexpr std::array kTypes = {"resolution", "decision", "statement", "draft", "publication", "other", "report"};
constexpr std::array kKinds = {"heading",   "enacting", "preambular", "operative", "annex", "footnote",
                               "statement", "decision", "closing",    "table",     "plain"};
constexpr std::array kFragments = {"hd", "en", "pp", "op", "an", "fn", "st", "dc", "cl", "tb", "p"};
constexpr std::array kOutcomes = {"without-vote", "recorded", "unanimous", "acclamation", "not-adopted"};

template <typename Enum, size_t N>
std::optional<Enum> parse_in(const std::array<const char*, N>& names, std::string_view s) {
  for (size_t i = 0; i < N; ++i)
    if (s == names[i]) return static_cast<Enum>(i);
  return std::nullopt;
}

// Howard Hinnant's days_from_civil, "chrono-Compatible Low-Level Date Algorithms".
int days_from_civil(int y, unsigned m, unsigned d) {
  y -= m <= 2;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const unsigned yoe = static_cast<unsigned>(y - era * 400);
  const unsigned doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + static_cast<int>(doe) - 719468;
}

}  // namespace

const char* print_language(Language v) { return kLanguages[static_cast<size_t>(v)]; }
const char* print_body(Body v) { return kBodies[static_cast<size_t>(v)]; }
const char* print_type(DocumentType v) { return kTypes[static_cast<size_t>(v)]; }
const char* print_kind(ParagraphKind v) { return kKinds[static_cast<size_t>(v)]; }
const char* print_outcome(VoteOutcome v) { return kOutcomes[static_cast<size_t>(v)]; }
const char* fragment_prefix(ParagraphKind v) { return kFragments[static_cast<size_t>(v)]; }
std::optional<Language> parse_language(std::string_view s) { return parse_in<Language>(kLanguages, s); }
std::optional<Body> parse_body(std::string_view s) { return parse_in<Body>(kBodies, s); }
std::optional<DocumentType> parse_type(std::string_view s) { return parse_in<DocumentType>(kTypes, s); }
std::optional<ParagraphKind> parse_kind(std::string_view s) { return parse_in<ParagraphKind>(kKinds, s); }
std::optional<VoteOutcome> parse_outcome(std::string_view s) { return parse_in<VoteOutcome>(kOutcomes, s); }

std::vector<std::string> cited_symbols(const Document& document) {
  std::set<std::string> symbols;
  for (const auto& paragraph : document.paragraphs)
    for (const auto& citation : paragraph.citations)
      if (citation.symbol != document.identifier) symbols.insert(citation.symbol);
  return {symbols.begin(), symbols.end()};
}

std::vector<std::string> cited_works(const Document& document) {
  std::set<std::string> works;
  for (const auto& cited : cited_symbols(document)) {
    const auto symbol = parse_symbol(cited);
    works.insert(symbol ? symbol->without_part().text() : cited);
  }
  return {works.begin(), works.end()};
}

std::optional<int> parse_date(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  const auto number = [&](size_t at, size_t n) {
    int v = 0;
    for (size_t i = at; i < at + n; ++i) {
      if (s[i] < '0' || s[i] > '9') return -1;
      v = v * 10 + (s[i] - '0');
    }
    return v;
  };
  const int y = number(0, 4), m = number(5, 2), d = number(8, 2);
  if (y < 1945 || y > 2100 || m < 1 || m > 12 || d < 1) return std::nullopt;
  constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  if (d > kDays[static_cast<size_t>(m) - 1] + (m == 2 && leap ? 1 : 0)) return std::nullopt;
  return days_from_civil(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
}

std::string print_date(int days) {
  days += 719468;
  const int era = (days >= 0 ? days : days - 146096) / 146097;
  const unsigned doe = static_cast<unsigned>(days - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const unsigned d = doy - (153 * mp + 2) / 5 + 1;
  const unsigned m = mp < 10 ? mp + 3 : mp - 9;
  const int y = static_cast<int>(yoe) + era * 400 + (m <= 2);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", y, m, d);
  return buffer;
}

}  // namespace resolute
