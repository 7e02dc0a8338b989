#include "text/tokenize.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>

#include <string>
#include <unordered_map>

#include "schemas/error.h"
#include "text/normalize.h"

namespace resolute::text {

namespace {

// Runs whose breaks are remembered: resolutions repeat their clauses, and a break costs more than a look.
constexpr size_t kMostRemembered = 50'000;
constexpr size_t kLongestRemembered = 120;  // bytes

}  // namespace

struct Tokenizer::State {
  std::unique_ptr<icu::BreakIterator> breaks;
  icu::UnicodeString run;         // the Han run, UTF-16
  std::vector<uint32_t> offsets;  // folded byte of each UTF-16 unit of it, and the end
  std::unordered_map<std::string, std::vector<Token>> remembered;  // runs -> words, from the run's first byte
};

Tokenizer::Tokenizer() : state_(std::make_unique<State>()) {
  UErrorCode status = U_ZERO_ERROR;
  state_->breaks.reset(icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), status));
  if (U_FAILURE(status)) throw Error(ErrorKind::unavailable, std::string("ICU has no word breaks: ") + u_errorName(status));
}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;

void Tokenizer::break_han(std::string_view folded, HanRun run, std::vector<Token>& words) {
  auto& s = *state_;
  const bool remember = run.end - run.begin <= kLongestRemembered;
  std::string key;
  if (remember) {
    key = folded.substr(run.begin, run.end - run.begin);
    if (const auto it = s.remembered.find(key); it != s.remembered.end()) {
      for (const auto& t : it->second) words.push_back({t.kind, t.begin + run.begin, t.end + run.begin});
      return;
    }
  }
  const size_t before = words.size();
  s.run.remove();
  s.offsets.clear();
  for (size_t i = run.begin; i < run.end;) {
    const auto at = static_cast<uint32_t>(i);
    const char32_t c = next_code_point(folded, i);
    s.run.append(static_cast<UChar32>(c));
    s.offsets.push_back(at);
    if (c > 0xFFFF) s.offsets.push_back(at);
  }
  s.offsets.push_back(run.end);
  s.breaks->setText(s.run);
  int32_t from = s.breaks->first();
  for (int32_t to = s.breaks->next(); to != icu::BreakIterator::DONE; from = to, to = s.breaks->next()) {
    const Token token{TokenKind::han_word, s.offsets[static_cast<size_t>(from)],
                      s.offsets[static_cast<size_t>(to)]};
    // A character beyond the BMP is two units, and one character.
    size_t i = token.begin;
    next_code_point(folded, i);
    words.push_back({i == token.end ? TokenKind::han_char : TokenKind::han_word, token.begin, token.end});
  }
  if (!remember) return;
  if (s.remembered.size() >= kMostRemembered) s.remembered.clear();
  auto& list = s.remembered[std::move(key)];
  for (size_t i = before; i < words.size(); ++i) list.push_back({words[i].kind, words[i].begin - run.begin, words[i].end - run.begin});
}

void Tokenizer::tokenize(std::string_view folded, std::vector<Token>& tokens) {
  tokens.clear();
  std::vector<Token> words;
  for (size_t i = 0; i < folded.size();) {
    const auto begin = static_cast<uint32_t>(i);
    const char32_t c = next_code_point(folded, i);
    if (is_word(c)) {
      for (size_t k = i; k < folded.size() && is_word(next_code_point(folded, k)); i = k) {}
      tokens.push_back({TokenKind::word, begin, static_cast<uint32_t>(i)});
    } else if (is_han(c)) {
      HanRun run{begin, static_cast<uint32_t>(i)};
      for (size_t k = i; k < folded.size() && is_han(next_code_point(folded, k)); i = k) {}
      run.end = static_cast<uint32_t>(i);
      words.clear();
      break_han(folded, run, words);
      auto word = words.begin();
      for (size_t at = run.begin; at < run.end;) {
        const auto first = static_cast<uint32_t>(at);
        next_code_point(folded, at);
        tokens.push_back({TokenKind::han_char, first, static_cast<uint32_t>(at)});
        if (at < run.end) {
          size_t second = at;
          next_code_point(folded, second);
          tokens.push_back({TokenKind::han_pair, first, static_cast<uint32_t>(second)});
        }
        while (word != words.end() && word->begin < first) ++word;
        if (word != words.end() && word->begin == first && word->kind == TokenKind::han_word) tokens.push_back(*word);
      }
    } else if (u_isalnum(static_cast<UChar32>(c))) {
      for (size_t k = i; k < folded.size();) {
        const char32_t next = next_code_point(folded, k);
        if (is_word(next) || is_han(next) || !(u_isalnum(static_cast<UChar32>(next)) || u_charType(static_cast<UChar32>(next)) == U_NON_SPACING_MARK)) break;
        i = k;
      }
      tokens.push_back({TokenKind::other, begin, static_cast<uint32_t>(i)});
    }
  }
}

}  // namespace resolute::text
