// The passage of a text that shows why it was found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemas/result.h"
#include "search/query.h"

namespace resolute::search {

// What is to be marked: the phrases and words of a query.
class Highlighter {
 public:
  explicit Highlighter(const Query& query);
  // Spans of the original text, ascending, not overlapping.
  std::vector<Span> find(std::string_view original) const;
  // The best passages, about `width` code points each, cut at sentences or words.
  std::vector<Snippet> snippets(std::string_view original, size_t width, size_t most) const;

 private:
  void collect(const Node& node, bool quoted);
  std::vector<std::string> phrases_, prefixes_;
  std::vector<std::string> terms_;  // sorted
};

}  // namespace resolute::search
