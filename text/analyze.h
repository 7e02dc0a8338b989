// The policy: which terms a text is found by. One place for documents and queries.
//
// A term says by itself what it is: kStemPrefix and what an English word comes from, or else folded text as it stands:
// one Han character, two neighbouring ones, a word of three or more that ICU's dictionary holds, or a word of letters and
// digits. The index keeps no list that others tell: a stem's is of the words that differ from it (the word that is its
// own stem has its own), a Han character's is of the places where no pair begins with it (search/term_lists.h).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schemas/field.h"
#include "text/plain_form.h"
#include "text/tokenize.h"

namespace resolute::text {

enum class TermKind : uint8_t { word, stem, han_char, han_pair, han_word };
TermKind kind_of(std::string_view term);
// A term without the prefix that tells a stem.
inline std::string_view bare(std::string_view term) { return term.starts_with(kStemPrefix) ? term.substr(kStemPrefix.size()) : term; }

// Longer words are indexed by their first 60 bytes; exact checks use the whole.
inline constexpr size_t kLongestTerm = 60;

// Words that no reader looks for, such as "of" and 什么: not required of a match, not scored, not stemmed.
bool is_stop_word(std::string_view folded_word);

// Terms by number, in order of arrival. Numbers are this object's own.
class TermIds {
 public:
  TermIds();
  enum class Kind : uint8_t { plain, stem };
  // What a term is looked up by. `bytes`: at most kLongestTerm of them, none 0; from their first on `readable` may be read.
  static uint64_t key(Kind kind, std::string_view bytes, size_t readable) {
    static_assert(std::endian::native == std::endian::little);
    const size_t n = bytes.size();
    if (n > kOwnKeyBytes) return hashed_key(kind, bytes);
    // No byte is 0, so the length tells itself.
    uint64_t key = 0;
    if (readable >= sizeof key) {
      std::memcpy(&key, bytes.data(), sizeof key);
      key &= (uint64_t{1} << 8 * n) - 1;
    } else {
      std::memcpy(&key, bytes.data(), n);
    }
    return key | static_cast<uint64_t>(kind) << 56;
  }
  // Fetches where a key is, for an intern() soon.
  void expect(uint64_t key) const { __builtin_prefetch(&slots_[place(key)]); }
  // The number of a term, of which `key` is the key.
  uint32_t intern(uint64_t key, Kind kind, std::string_view bytes);
  size_t size() const { return ends_.size(); }
  // The term as the index has it.
  std::string_view term(uint32_t id) const { return std::string_view(bytes_).substr(id ? ends_[id - 1] : 0, ends_[id] - (id ? ends_[id - 1] : 0)); }

 private:
  friend class Analyzer;
  // Terms of up to so many bytes are their own key: a look-up touches one slot and nothing else. Longer ones have a hash
  // with the highest bit, and are compared.
  static constexpr size_t kOwnKeyBytes = 7;
  static uint64_t hashed_key(Kind kind, std::string_view bytes);
  struct Slot {
    uint64_t key = 0;
    uint32_t next = 0;  // a number and one; 0 where free
  };
  size_t place(uint64_t key) const { return static_cast<size_t>((key * 0x9E3779B97F4A7C15u) >> 32) & (slots_.size() - 1); }
  void grow();
  bool is(uint32_t id, Kind kind, std::string_view bytes) const;
  std::string bytes_;
  std::vector<uint32_t> ends_;
  std::vector<Slot> slots_;
  static constexpr uint32_t kUnasked = 0xFFFFFFFE, kNoStem = 0xFFFFFFFF;
  std::vector<uint32_t> stems_;  // of each word: the number of its stem's term
};

// One for each thread.
class Analyzer {
 public:
  Analyzer();
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;

  // The terms of one token, most telling last; a stop word or number has no stem, a Han word of two characters is
  // their pair. Each is a term whether or not the index keeps its list. Views hold until the next call.
  void terms_of(std::string_view folded, const Token& token, std::vector<std::string>& terms);

  // Calls sink(term) for each term that the index keeps of the text, as often as it stands there. Returns the text's
  // length: words and Han characters.
  template <typename Sink>
  uint32_t analyze(std::string_view folded, Sink&& sink) {
    tokenizer_.tokenize(folded, tokens_);
    uint32_t length = 0;
    for (size_t i = 0; i < tokens_.size(); ++i) {
      const auto& token = tokens_[i];
      const auto bytes = folded.substr(token.begin, token.end - token.begin);
      switch (token.kind) {
        case TokenKind::word:
        case TokenKind::other: {
          ++length;
          const auto& word = word_terms(bytes);
          sink(std::string_view(word.exact));
          if (!word.stem.empty() && !is_own_stem(word)) sink(std::string_view(word.stem));
          each_compound_stem(folded, i, [&](std::string_view stem) { sink(std::string_view(std::string(kStemPrefix) + std::string(stem))); });
          break;
        }
        case TokenKind::han_char:
          ++length;
          if (!begins_pair(i)) sink(bytes);
          break;
        case TokenKind::han_pair: sink(bytes); break;
        case TokenKind::han_word:
          if (is_long(bytes)) sink(bytes.substr(0, kLongestTerm));
          break;
      }
    }
    return length;
  }

  // The same with the numbers of the terms; `characters` are those of its Han characters, kept or not. In two passes, so that
  // the first fetches what the second needs.
  uint32_t analyze_ids(std::string_view folded, TermIds& ids, std::vector<uint32_t>& terms, std::vector<uint32_t>& characters);

  Tokenizer& tokenizer() { return tokenizer_; }
  // The stem of a folded English word; the word itself where it has no other.
  std::string stem(std::string_view word);
  // The term by which a plain word is found, in whatever way it is written (text/plain_form.h): its stem, else itself.
  std::string plain_term(std::string_view folded_word);
  // The stems of the compounds in a text that begin at token i: "non-proliferation" is also found as nonproliferation, 5% as percent.
  template <typename Visit>
  void each_compound_stem(std::string_view folded, const std::vector<Token>& tokens, size_t i, Visit&& visit) {
    if (tokens[i].end < folded.size() && folded[tokens[i].end] == '%') visit(std::string_view("percent"));
    if (!may_begin_compound(folded, tokens, i)) return;
    const auto compound = find_compound(folded, tokens, i);
    if (compound.tokens) visit(std::string_view(stem_of_form(compound.form)));
  }
  // Whether a folded word is its own stem, so that the word's list is a part of the stem's.
  bool is_own_stem(std::string_view word) { return is_own_stem(word_terms(word)); }

 private:
  struct WordTerms {
    std::string exact, stem;
  };
  const WordTerms& word_terms(std::string_view word);
  std::string stem_of_form(std::string_view form);
  template <typename Visit>
  void each_compound_stem(std::string_view folded, size_t i, Visit&& visit) {
    each_compound_stem(folded, tokens_, i, visit);
  }
  static bool is_own_stem(const WordTerms& word) { return !word.stem.empty() && std::string_view(word.stem).substr(kStemPrefix.size()) == word.exact; }
  // Whether a pair begins where the character of token i stands.
  bool begins_pair(size_t i) const { return i + 1 < tokens_.size() && tokens_[i + 1].kind == TokenKind::han_pair && tokens_[i + 1].begin == tokens_[i].begin; }
  // Whether a Han word has more characters than a pair.
  static bool is_long(std::string_view han_word) { return han_word.size() > 8; }  // two take four bytes each at most
  uint32_t stem_id(uint32_t exact, std::string_view word, TermIds& ids);

  Tokenizer tokenizer_;
  struct Stemmer;
  std::unique_ptr<Stemmer> stemmer_;
  std::unordered_map<std::string, WordTerms> words_;  // texts repeat their words
  std::vector<Token> tokens_;
  std::vector<uint64_t> keys_;  // of tokens_
};

}  // namespace resolute::text
