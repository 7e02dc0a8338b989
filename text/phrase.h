// A folded text as phrases are made of: words and what stands between them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace resolute::text {

enum class PhraseTokenKind : uint8_t {
  gap,     // marks and letters of other scripts between two words, where it is not just the space (Han: nothing) one expects
  word,    // of Latin letters; a Han character
  number,  // digits alone
};

// Bytes [begin, end) of the text; equal tokens have equal keys. Words and numbers are runs as
// exact quotes see them, so from one to another a run of equal tokens is the same folded text
// and is found as a quote wherever it stands.
struct PhraseToken {
  uint64_t key;
  uint32_t begin, end;
  PhraseTokenKind kind;
  bool han;
};

// Replaces what `tokens` holds. Begins and ends with words: gaps at the ends are left out. Thread-safe.
void phrase_tokens(std::string_view folded, std::vector<PhraseToken>& tokens);

// How much a phrase is a whole, above 0 to 1: "of the" at an end wants something that stands
// beside it, and "as well as the" says nothing.
double completeness(std::string_view folded_phrase);

// A folded phrase as it stands in a text, with the other halves of marks within it; as it is where it does not stand there.
std::string phrase_as_written(const std::string& text, std::string_view folded);

}  // namespace resolute::text
