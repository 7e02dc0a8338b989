// The form in which plain words are compared: one for what people write in several ways.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/tokenize.h"

namespace resolute::text {

// Of a folded word: without marks on its letters (yaoundé, yaounde), British spelling as American (organisation, labour,
// programme), ordinals in figures (fifth, 5th). The word itself where it has no other.
std::string plain_form(std::string_view folded_word);

// A word that is written in pieces, `tokens` of them, and as one: "non-proliferation" (nonproliferation), "u.n." (un), "1,000" and
// "1 000" (1000), "13.2", "2005/06", "per cent" (percent), "seventy-fifth" (75th). No tokens where none begins here.
struct Compound {
  size_t tokens = 0;
  std::string form;
};

// Whether one may begin at tokens[i], a word: cheap, and true for few.
inline bool may_begin_compound(std::string_view folded, const std::vector<Token>& tokens, size_t i) {
  if (i + 1 >= tokens.size() || tokens[i + 1].begin != tokens[i].end + 1 || tokens[i + 1].kind != TokenKind::word) return false;
  const char gap = folded[tokens[i].end];
  if (gap != ' ') return gap == '-' || gap == '.' || gap == ',' || gap == '/';
  const char first = folded[tokens[i].begin];
  return (first >= '0' && first <= '9') || (first == 'p' && tokens[i].end - tokens[i].begin == 3);
}
Compound find_compound(std::string_view folded, const std::vector<Token>& tokens, size_t i);

}  // namespace resolute::text
