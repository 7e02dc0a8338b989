// Folded text to tokens: ICU word breaks plus overlapping Han n-grams.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace resolute::text {

enum class TokenKind : uint8_t {
  word,      // a maximal run of Latin letters and digits (is_word)
  other,     // a maximal run of letters of other scripts
  han_char,  // one Han character
  han_pair,  // two neighbouring Han characters
  han_word,  // two or more Han characters that ICU's dictionary holds for a word
};

// Bytes [begin, end) of the folded text.
struct Token {
  TokenKind kind;
  uint32_t begin;
  uint32_t end;
};

// A run of Han characters: what stands between two others.
struct HanRun {
  uint32_t begin;
  uint32_t end;
};

// Holds ICU's break iterator, which is costly to make: one for each thread.
class Tokenizer {
 public:
  Tokenizer();
  ~Tokenizer();
  Tokenizer(Tokenizer&&) noexcept;

  // Tokens in the order of their first byte; of one Han position, the character,
  // then the pair, then the word. Every byte that is a letter or digit is in a token, but
  // for the s of "women's".
  void tokenize(std::string_view folded, std::vector<Token>& tokens);
  // ICU's cut of one Han run, single characters included: the words of a query.
  void break_han(std::string_view folded, HanRun run, std::vector<Token>& words);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace resolute::text
