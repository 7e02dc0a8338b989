// Query text to a tree. Every input parses; what was not understood is searched as
// words and said in the notices.
//
//   words rank              climate change          "..."   exact
//   AND OR NOT ( ) + -      word*                   a NEAR/5 b
//   title: subject: agenda: symbol: cites: committee: body: year: ... date:2000..2010
//   cited_by:10..
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/field.h"

namespace resolute::search {

struct Node {
  enum class Kind {
    all,     // every paragraph
    none,    // no paragraph
    words,   // plain words: `children` are word nodes; a Han run is several
    word,    // text: one folded word; from_han: of a Han run, found as a substring
    phrase,  // text: folded; exact
    prefix,  // text: folded word that others begin with
    near,    // two children (word, prefix or phrase), at most `distance` words apart
    title,
    subject,   // text: folded; documents whose title or subjects have all its words
    value,     // field, text: documents or paragraphs with that value
    date,      // from, to: days
    cited_by,  // from, to
    both,
    either,
    without,     // AND; OR; NOT of the one child
    translated,  // a word and its renderings in the other language (search/translate.h): any of `children`
    rendering,   // text: as the lexicon has it; `terms` are what a match has
  };
  Kind kind = Kind::all;
  std::string text;
  bool from_han = false;
  bool begins_run = false;  // of a Han word: nothing was written together with it before
  bool required = false;    // of a word: + or AND
  bool name = false;        // of a word: written in capitals among others that are not (WHO, IT, US); never a stop word
  int distance = 0;
  Field field = Field::lang;
  int from = 0, to = 0;
  std::vector<std::string> terms;
  std::vector<Node> children;
};

struct Query {
  Node root;
  std::vector<std::string> notices;
  std::string understood;  // the tree in words
  bool quoted = false;     // holds a phrase: only phrases are marked
  bool empty = false;      // nothing was asked for: everything matches
};

inline constexpr size_t kMostQueryBytes = 20'000;
inline constexpr size_t kMostWords = 512;  // further words of a query are left out, with a notice
inline constexpr int kMostNear = 8;        // each looks into the texts
inline constexpr int kMostDepth = 24;      // deeper parentheses are read as words

Query parse_query(std::string_view text);
// Whether a word is looked for: no stop word, or a name.
bool is_telling(const Node& word);
// Folded text as plain words, whatever marks it holds.
Node plain_words(std::string_view folded);
// Words that are written in pieces (non-proliferation) become their pieces.
void split_compounds(Node& node);
std::string print_query(const Node& node);

// The first and last day, of those since 1970, of "2000", "2000-05" or "2000-05-17", from 1945 to 2100; else nullopt.
std::optional<std::pair<int, int>> day_range(std::string_view s);

// How pages and tools spell a value: years, codes and ids as they stand, symbols in
// canonical form, bodies and committees by id or by name in either language.
std::string canonical_value(Field field, std::string_view given);

}  // namespace resolute::search
