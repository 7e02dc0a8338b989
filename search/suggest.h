// Completions of what someone types: symbols, titles, subjects, committees and bodies, phrases that recur.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/generation.h"

namespace resolute::search {

enum class SuggestionKind : uint8_t { symbol, title, subject, committee, concerns, phrase };
const char* print_suggestion_kind(SuggestionKind kind);  // "symbol", ...

struct Suggestion {
  SuggestionKind kind = SuggestionKind::title;
  std::string text;                // to show
  std::string value;               // what a filter takes: a symbol, a subject, an id; empty of titles and phrases
  std::optional<Language> lang;    // of titles and phrases
  uint32_t documents = 0;          // that have it
};

inline constexpr size_t kMostSuggestions = 20;
inline constexpr size_t kMostSuggestBytes = 200;

// What one generation can complete. Immutable, so for any number of threads.
class SuggestTable {
 public:
  explicit SuggestTable(const Generation& generation);

  // Entries that have every word of `typed`, the last one or more as beginnings of words; best first, each kind in
  // turn. With `lang`, titles and phrases of that language. Empty for less than two bytes of letters or digits.
  std::vector<Suggestion> find(std::string_view typed, std::optional<Language> lang, size_t limit) const;
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Suggestion suggestion;
    uint32_t key = 0;  // where its folded text begins in keys_
  };
  void add(Suggestion suggestion, std::string_view also = {});
  std::vector<Entry> entries_;
  std::string keys_;  // folded texts, each behind a line break
};

}  // namespace resolute::search
