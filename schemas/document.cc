#include "schemas/document.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <set>
#include <string_view>

#include "schemas/symbol.h"

namespace resolute {
namespace {

constexpr std::array kLanguages = {"zh", "en"};
constexpr std::array kBodies = {"", "GA", "SC", "ECOSOC", "HRC"};
constexpr std::array kTypes = {"resolution", "decision", "statement", "draft", "publication", "other", "report"};
constexpr std::array kKinds = {"heading", "enacting", "preambular", "operative", "annex", "footnote", "statement", "decision", "closing", "table", "plain"};
constexpr std::array kFragments = {"hd", "en", "pp", "op", "an", "fn", "st", "dc", "cl", "tb", "p"};
constexpr std::array kOutcomes = {"without-vote", "recorded", "unanimous", "acclamation", "not-adopted"};

template <typename Enum, size_t N>
std::optional<Enum> parse_in(const std::array<const char*, N>& names, std::string_view s) {
  for (size_t i = 0; i < N; ++i)
    if (s == names[i]) return static_cast<Enum>(i);
  return std::nullopt;
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

std::optional<Day> parse_date(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  const auto number = [&](size_t at, size_t n) {
    int v = 0;
    for (size_t i = at; i < at + n; ++i) {
      if (s[i] < '0' || s[i] > '9') return 0;
      v = v * 10 + (s[i] - '0');
    }
    return v;
  };
  const std::chrono::year_month_day date{std::chrono::year(number(0, 4)), std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!date.ok() || date.year() < std::chrono::year(1945) || date.year() > std::chrono::year(2100)) return std::nullopt;
  return static_cast<Day>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::string print_date(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer;
}

std::string print_date(std::optional<Day> day) { return day ? print_date(*day) : ""; }

std::string print_votes(const Vote& vote) {
  if (!vote.yes) return "";
  return std::to_string(*vote.yes) + "-" + std::to_string(vote.no.value_or(0)) + "-" + std::to_string(vote.abstain.value_or(0));
}

}  // namespace resolute
