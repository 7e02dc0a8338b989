#include "text/analyze.h"

#include <libstemmer.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "schemas/error.h"
#include "text/normalize.h"
#include "text/plain_form.h"

namespace resolute::text {
namespace {

// Sorted. Short on purpose: "not", "no", "all", "must", "shall" carry meaning in a resolution.
constexpr std::array<std::string_view, 45> kStopWords = {"a",    "an",  "and",  "are",  "as",   "at",   "be",    "been",  "but",  "by",    "did",   "do",
                                                         "does", "for", "from", "had",  "has",  "have", "how",   "if",    "in",   "into",  "is",    "it",
                                                         "its",  "of",  "on",   "or",   "such", "that", "the",   "their", "then", "there", "these", "they",
                                                         "this", "to",  "was",  "were", "what", "when", "which", "will",  "with"};
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

// Words that ask, as ICU cuts them out of a question.
constexpr std::array<std::string_view, 36> kQuestionWords = {"为什么", "为何",   "什么",   "什么样", "什么样的", "什么时候", "什么时间", "何",   "何人",
                                                             "何地",   "何处",   "何时",   "何种",   "几",       "几个",     "吗",       "呢",   "哪",
                                                             "哪一",   "哪个",   "哪些",   "哪儿",   "哪几",     "哪里",     "哪种",     "多少", "怎么",
                                                             "怎样",   "怎么样", "怎么说", "怎么办", "谁",       "谁是",     "是谁",     "何谓", "是什么"};

// What "of", "and" and the perfect are in Chinese.
constexpr std::array<std::string_view, 5> kParticles = {"的", "了", "和", "与", "及"};

constexpr size_t kMostCachedWords = 200'000;

}  // namespace

TermKind kind_of(std::string_view term) {
  if (term.starts_with(kStemPrefix)) return TermKind::stem;
  size_t i = 0;
  if (term.empty() || !is_han(next_code_point(term, i))) return TermKind::word;
  if (i >= term.size()) return TermKind::han_char;
  next_code_point(term, i);
  return i >= term.size() ? TermKind::han_pair : TermKind::han_word;
}

bool is_stop_word(std::string_view word) {
  const auto is_one_of = [&](const auto& list) { return std::find(list.begin(), list.end(), word) != list.end(); };
  if (!word.empty() && word[0] & 0x80) return is_one_of(kQuestionWords) || is_one_of(kParticles);
  return std::binary_search(kStopWords.begin(), kStopWords.end(), word);
}

TermIds::TermIds() : slots_(1 << 12) {}

uint64_t TermIds::hashed_key(Kind kind, std::string_view bytes) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), static_cast<uint64_t>(kind)) | uint64_t{1} << 63;
}

bool TermIds::is(uint32_t id, Kind kind, std::string_view bytes) const {
  const auto have = term(id);
  return kind == Kind::plain ? have == bytes : have.starts_with(kStemPrefix) && have.substr(kStemPrefix.size()) == bytes;
}

uint32_t TermIds::intern(uint64_t key, Kind kind, std::string_view bytes) {
  if (ends_.size() * 2 >= slots_.size()) grow();
  for (size_t i = place(key);; i = (i + 1) & (slots_.size() - 1)) {
    auto& slot = slots_[i];
    if (slot.next == 0) {
      slot = {key, static_cast<uint32_t>(ends_.size() + 1)};
      if (kind == Kind::stem) bytes_ += kStemPrefix;
      bytes_ += bytes;
      ends_.push_back(static_cast<uint32_t>(bytes_.size()));
      stems_.push_back(kUnasked);
      return slot.next - 1;
    }
    if (slot.key == key && (bytes.size() <= kOwnKeyBytes || is(slot.next - 1, kind, bytes))) return slot.next - 1;
  }
}

void TermIds::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const auto& slot : old) {
    if (slot.next == 0) continue;
    size_t i = place(slot.key);
    while (slots_[i].next) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
}

struct Analyzer::Stemmer {
  sb_stemmer* handle = sb_stemmer_new("english", "UTF_8");
  Stemmer() {
    if (!handle) throw Error(ErrorKind::unavailable, "libstemmer has no English");
  }
  ~Stemmer() { sb_stemmer_delete(handle); }
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;
};

Analyzer::Analyzer() : stemmer_(std::make_unique<Stemmer>()) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;

std::string Analyzer::stem(std::string_view word) {
  const auto* out = sb_stemmer_stem(stemmer_->handle, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (!out) return std::string(word);
  return {reinterpret_cast<const char*>(out), static_cast<size_t>(sb_stemmer_length(stemmer_->handle))};
}

const Analyzer::WordTerms& Analyzer::word_terms(std::string_view word) {
  word = word.substr(0, kLongestTerm);
  std::string key(word);
  if (const auto it = words_.find(key); it != words_.end()) return it->second;
  if (words_.size() >= kMostCachedWords) words_.clear();
  WordTerms terms;
  terms.exact = key;
  const bool digit = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool latin = std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80); });
  // Figures are found as they stand, but for those that are also written otherwise: 1,000 and 1000, fifth and 5th.
  const bool written_otherwise = digit && word.size() >= 3 && word[0] >= '1' && word[0] <= '9' &&
                                 (word.ends_with("st") || word.ends_with("nd") || word.ends_with("rd") || word.ends_with("th") ||
                                  (word.size() > 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })));
  if (written_otherwise)
    terms.stem = std::string(kStemPrefix) + key;
  else if (!digit && latin && !is_stop_word(word))
    terms.stem = std::string(kStemPrefix) + stem_of_form(plain_form(word));
  return words_.emplace(std::move(key), std::move(terms)).first->second;
}

std::string Analyzer::stem_of_form(std::string_view form) {
  const bool letters = std::none_of(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
  return letters ? stem(form) : std::string(form);
}

std::string Analyzer::plain_term(std::string_view word) {
  std::vector<Token> tokens;
  if (word.find_first_of("-.,/ ") != std::string_view::npos) tokenizer_.tokenize(word, tokens);
  if (const auto compound = tokens.empty() ? Compound{} : find_compound(word, tokens, 0); compound.tokens == tokens.size() && compound.tokens)
    return std::string(kStemPrefix) + stem_of_form(compound.form);
  const auto& terms = word_terms(word);
  return terms.stem.empty() ? terms.exact : terms.stem;
}

uint32_t Analyzer::stem_id(uint32_t exact, std::string_view word, TermIds& ids) {
  if (ids.stems_[exact] == TermIds::kUnasked) {
    const auto& terms = word_terms(word);
    uint32_t id = TermIds::kNoStem;
    if (!terms.stem.empty() && !is_own_stem(terms)) {
      const auto stem = std::string_view(terms.stem).substr(kStemPrefix.size());
      id = ids.intern(TermIds::key(TermIds::Kind::stem, stem, stem.size()), TermIds::Kind::stem, stem);
    }
    ids.stems_[exact] = id;
  }
  return ids.stems_[exact];
}

uint32_t Analyzer::analyze_ids(std::string_view folded, TermIds& ids, std::vector<uint32_t>& terms, std::vector<uint32_t>& characters) {
  tokenizer_.tokenize(folded, tokens_);
  terms.clear();
  characters.clear();
  keys_.clear();
  const auto bytes_of = [&](const Token& t) { return folded.substr(t.begin, std::min<size_t>(t.end - t.begin, kLongestTerm)); };
  for (const auto& t : tokens_) {
    keys_.push_back(TermIds::key(TermIds::Kind::plain, bytes_of(t), folded.size() - t.begin));
    ids.expect(keys_.back());
  }
  uint32_t length = 0;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const auto bytes = bytes_of(tokens_[i]);
    const auto kind = tokens_[i].kind;
    const bool word = kind == TokenKind::word || kind == TokenKind::other;
    length += word || kind == TokenKind::han_char;
    if (kind == TokenKind::han_word && !is_long(bytes)) continue;
    const uint32_t id = ids.intern(keys_[i], TermIds::Kind::plain, bytes);
    if (kind == TokenKind::han_char) {
      characters.push_back(id);
      if (begins_pair(i)) continue;
    }
    terms.push_back(id);
    if (!word) continue;
    if (const uint32_t stem = stem_id(terms.back(), bytes, ids); stem != TermIds::kNoStem) terms.push_back(stem);
    each_compound_stem(folded, i, [&](std::string_view stem) {
      terms.push_back(ids.intern(TermIds::key(TermIds::Kind::stem, stem, stem.size()), TermIds::Kind::stem, stem));
    });
  }
  return length;
}

void Analyzer::terms_of(std::string_view folded, const Token& token, std::vector<std::string>& terms) {
  terms.clear();
  const auto bytes = folded.substr(token.begin, std::min<size_t>(token.end - token.begin, kLongestTerm));
  switch (token.kind) {
    case TokenKind::word:
    case TokenKind::other: {
      const auto& word = word_terms(bytes);
      terms.push_back(word.exact);
      if (!word.stem.empty()) terms.push_back(word.stem);
      break;
    }
    case TokenKind::han_char:
    case TokenKind::han_pair: terms.emplace_back(bytes); break;
    case TokenKind::han_word:
      if (is_long(bytes)) terms.emplace_back(bytes);
      break;
  }
}

}  // namespace resolute::text
