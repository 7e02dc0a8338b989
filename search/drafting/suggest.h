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
  std::string text;              // to show, as the texts have it
  std::string value;             // what a filter takes: a symbol, a subject, an id; empty of titles and phrases
  std::optional<Language> lang;  // of titles and phrases
  uint32_t documents = 0;        // that have it
  std::string title, date;       // of a symbol, where known
};

inline constexpr size_t kMostSuggestions = 20;
inline constexpr size_t kMostSuggestBytes = 200;

// What one generation can complete. Immutable, so for any number of threads.
class SuggestTable {
 public:
  // The generation must live as long.
  explicit SuggestTable(const Generation& generation);

  // Entries that have every word of `typed`, the last one or more as beginnings of words; best first, each kind in
  // turn. With `lang`, titles and phrases of that language. A document of which `typed` is a reference comes before all;
  // what is in the reader's language, `own`, before what is in the other. Empty for less than two bytes of letters or digits.
  std::vector<Suggestion> find(std::string_view typed, std::optional<Language> lang, size_t limit, std::optional<Language> own = std::nullopt) const;
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Suggestion suggestion;
    uint32_t key = 0;                  // where its folded text begins in keys_
    uint32_t segment = 0, phrase = 0;  // of a phrase: where it stands
  };
  void add(Suggestion suggestion, std::string_view also = {});
  void add_phrases();
  Suggestion show(const Entry& entry, std::optional<Language> own) const;
  const Generation& generation_;
  std::vector<Entry> entries_;
  std::string keys_;  // folded texts, each after a line break
};

}  // namespace resolute::search
