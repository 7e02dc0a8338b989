// The text of a query cut into what the parser reads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace resolute::search {

struct Lexeme {
  enum class Type { word, phrase, open, close, and_, or_, not_, near, plus, minus, field } type;
  std::string text;  // of a word as written, of a phrase its inside; the field's name
  int distance = 0;
  bool curled = false;  // of a phrase: between “ and ”
};

// Every text cuts; what was not understood is words, and said in the notices.
std::vector<Lexeme> cut_query(std::string_view query, std::vector<std::string>& notices);

}  // namespace resolute::search
