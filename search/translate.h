// A query's words in the other language, by a bilingual lexicon.
//
// Each word stands for a group of its likely renderings, whose counts and frequencies are pooled by how
// probable each is: probabilistic structured queries (Darwish and Oard, "Probabilistic Structured Query
// Methods", 2003, after Pirkola's structured queries, 1998).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "schemas/lexicon.h"
#include "search/query.h"

namespace resolute::search {

// What a word may be in the other language.
struct Rendering {
  std::string text;                // as the lexicon spells it
  std::vector<std::string> terms;  // all of which a text that has it has
  double share = 0;                // of the word; those of a group are 1 in sum
};

// A word of the query, or several that are one term of the lexicon.
struct TranslatedWord {
  std::string text;
  Language to = Language::zh;
  double weight = 1;                  // beside other words
  std::vector<Rendering> renderings;  // most probable first
};

// A translated query: its tree, where a word may stand as written or as one of its likely renderings, and
// what the matches are scored by.
struct TranslatedQuery {
  Node root;
  std::vector<TranslatedWord> words;  // empty where nothing is known in the other language
};

// Renderings that are as likely as this can count as matches; the others only as evidence.
inline constexpr double kLikelyShare = 0.1;

// Whether a rendering (of those of one word, most probable first) counts as a match: it is likely, and no part of a likelier
// one, such as 军 of 雇佣军. Alone a part means more than the word.
bool is_match(const std::vector<Rendering>& renderings, size_t i);

// What becomes of quotes.
enum class Quotes : uint8_t { as_they_stand, as_words };

// Translates the plain words of a tree (not fields, NEAR and what is excluded) that are of the languages named:
// [0] Han, [1] Latin.
TranslatedQuery translate(const Node& root, const Lexicon& lexicon, std::array<bool, 2> of, Quotes quotes = Quotes::as_they_stand);

// Whether a tree has words (in quotes or not) of a language to translate.
bool has_words(const Node& root, Language lang);

}  // namespace resolute::search
