#include "text/phrase.h"

#include <algorithm>
#include <array>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

// Words that lean on the next one, and those that lean on the one before.
constexpr std::array<std::string_view, 38> kLeaning = {"the",    "a",      "an",    "of",      "to",    "in",      "on",     "for",   "by",   "with",
                                                       "at",     "from",   "as",    "and",     "or",    "its",     "their",  "his",   "that", "which",
                                                       "this",   "these",  "those", "between", "into",  "under",   "such",   "other", "all",  "including",
                                                       "twenty", "thirty", "forty", "fifty",   "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<std::string_view, 13> kTrailing = {"of", "and", "or", "which", "that", "its", "by", "to", "with", "from", "on", "in", "for"};
constexpr std::array<std::string_view, 16> kLeaningHan = {"的", "和", "与", "及", "或", "在", "对", "向", "以", "第", "其", "该", "各", "此", "于", "将"};
constexpr std::array<std::string_view, 12> kTrailingHan = {"的", "和", "与", "及", "或", "等", "了", "中", "上", "者", "届", "号"};
constexpr std::array<std::string_view, 11> kNumeralsHan = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
constexpr double kIncomplete = 0.15;

}  // namespace

void phrase_tokens(std::string_view s, std::vector<PhraseToken>& tokens) {
  tokens.clear();
  size_t after = 0;  // the last word
  bool after_latin = false;
  const auto add = [&](size_t begin, size_t end, PhraseTokenKind kind, bool han, uint64_t key) {
    if (!tokens.empty()) {
      const auto gap = s.substr(after, begin - after);
      const bool usual = after_latin && !han ? gap == " " : gap.empty();
      if (!usual)
        tokens.push_back({XXH3_64bits(gap.data(), gap.size()), static_cast<uint32_t>(after), static_cast<uint32_t>(begin), PhraseTokenKind::gap, false});
    }
    tokens.push_back({key, static_cast<uint32_t>(begin), static_cast<uint32_t>(end), kind, han});
    after = end;
    after_latin = !han;
  };
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i;
    const auto ascii = static_cast<unsigned char>(s[i]);
    if (ascii < 0x80 && !is_word(ascii)) {
      ++i;
      continue;
    }
    const char32_t c = next_code_point(s, i);
    if (is_han(c)) {
      add(begin, i, PhraseTokenKind::word, true, (uint64_t{c} + 1) * 0x9E3779B97F4A7C15ull);
    } else if (is_word(c)) {
      bool letters = c > '9';
      while (i < s.size()) {
        if (s[i] >= 'a' && s[i] <= 'z') {
          letters = true;
          ++i;
          continue;
        }
        size_t k = i;
        const char32_t next = next_code_point(s, k);
        if (!is_word(next)) break;
        letters = letters || next > '9';
        i = k;
      }
      i = clitic_end(s, i);
      add(begin, i, letters ? PhraseTokenKind::word : PhraseTokenKind::number, false, XXH3_64bits(s.data() + begin, i - begin) ^ 1);
    }
  }
}

double completeness(std::string_view s) {
  thread_local std::vector<PhraseToken> tokens;
  phrase_tokens(s, tokens);
  if (tokens.empty()) return 0;
  const auto holds = [](const auto& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); };
  const auto word = [&](const PhraseToken& t) { return s.substr(t.begin, t.end - t.begin); };
  const auto &first = tokens.front(), &last = tokens.back();
  double whole = 1;
  if (last.han ? holds(kLeaningHan, word(last)) : holds(kLeaning, word(last))) whole *= kIncomplete;
  if (first.han ? holds(kTrailingHan, word(first)) : holds(kTrailing, word(first))) whole *= kIncomplete;
  const auto telling =
      std::count_if(tokens.begin(), tokens.end(), [&](const PhraseToken& t) { return t.kind != PhraseTokenKind::gap && (t.han || !is_stop_word(word(t))); });
  // An ordinal without what it counts.
  size_t n = tokens.size();
  while (n > 0 && tokens[n - 1].han && holds(kNumeralsHan, word(tokens[n - 1]))) --n;
  if (n > 0 && n < tokens.size() && word(tokens[n - 1]) == "第") whole *= kIncomplete;
  if (telling < 2) whole *= kIncomplete;
  return whole;
}

std::string phrase_as_written(const std::string& text, std::string_view folded) {
  const auto spans = fold_with_spans(text);
  const size_t from = find_phrase(spans.text, folded);
  if (from == std::string_view::npos) return std::string(folded);
  Span span = spans.original(from, from + folded.size());
  // Marks that quotes leave out: one whose other half is within belongs to it.
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"《", "》"}, {"“", "”"}, {"「", "」"}}) {
    const std::string_view within = std::string_view(text).substr(span.begin, span.end - span.begin);
    const size_t first_open = within.find(open), last_open = within.rfind(open), first_close = within.find(close), last_close = within.rfind(close);
    if (first_close != std::string_view::npos && (first_open == std::string_view::npos || first_close < first_open) &&
        std::string_view(text).substr(0, span.begin).ends_with(open))
      span.begin -= static_cast<uint32_t>(open.size());
    if (last_open != std::string_view::npos && (last_close == std::string_view::npos || last_close < last_open) &&
        std::string_view(text).substr(span.end).starts_with(close))
      span.end += static_cast<uint32_t>(close.size());
  }
  return text.substr(span.begin, span.end - span.begin);
}

}  // namespace resolute::text
