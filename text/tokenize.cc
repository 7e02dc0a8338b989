#include "text/tokenize.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>
#include <string>

#include "schemas/error.h"
#include "text/normalize.h"

namespace resolute::text {

namespace {

// Of a Han character by its first byte.
uint32_t han_bytes(char lead) { return static_cast<unsigned char>(lead) < 0xF0 ? 3 : 4; }

// ICU's cuts of runs: resolutions repeat their clauses, and a cut costs more than a look. Not for long runs, which rarely repeat.
class KnownCuts {
 public:
  static constexpr size_t kLongestRun = 120;  // bytes, so that a place in it is one

  // Where each word of the run ends; nullptr where it is not known.
  const uint8_t* find(std::string_view run, uint64_t hash, size_t& words) const {
    for (size_t i = hash & (slots_.size() - 1); slots_[i].at; i = (i + 1) & (slots_.size() - 1)) {
      const uint8_t* record = bytes_.data() + slots_[i].at;
      if (slots_[i].hash != hash || record[0] != run.size() || std::memcmp(record + 2 + record[1], run.data(), run.size()) != 0) continue;
      words = record[1];
      return record + 2;
    }
    return nullptr;
  }

  void add(std::string_view run, uint64_t hash, const Token* words, size_t count) {
    if (known_ >= kMost) *this = KnownCuts();
    if (++known_ * 2 >= slots_.size()) grow();
    place({hash, static_cast<uint32_t>(bytes_.size())});
    bytes_.push_back(static_cast<uint8_t>(run.size()));
    bytes_.push_back(static_cast<uint8_t>(count));
    for (size_t i = 0; i < count; ++i) bytes_.push_back(static_cast<uint8_t>(words[i].end - words[0].begin));
    bytes_.insert(bytes_.end(), run.begin(), run.end());
  }

 private:
  static constexpr size_t kMost = 200'000;  // some 15 MB
  struct Slot {
    uint64_t hash = 0;
    uint32_t at = 0;  // of bytes_; 0 where free
  };

  void place(Slot slot) {
    size_t i = slot.hash & (slots_.size() - 1);
    while (slots_[i].at) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const auto& slot : old)
      if (slot.at) place(slot);
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1 << 8);
  std::vector<uint8_t> bytes_ = {0};  // records: bytes of the run, words, the end of each, the run
  size_t known_ = 0;
};

}  // namespace

struct Tokenizer::State {
  std::unique_ptr<icu::BreakIterator> breaks;
  std::u16string run;             // the Han run
  icu::UnicodeString view;        // of run
  std::vector<uint32_t> offsets;  // folded byte of each UTF-16 unit of it, and the end
  KnownCuts known;
  std::vector<Token> words;
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
  const auto text = folded.substr(run.begin, run.end - run.begin);
  const auto add = [&](uint32_t begin, uint32_t end) {
    words.push_back({end - begin == han_bytes(folded[begin]) ? TokenKind::han_char : TokenKind::han_word, begin, end});
  };
  const bool short_enough = text.size() <= KnownCuts::kLongestRun;
  const uint64_t hash = short_enough ? XXH3_64bits(text.data(), text.size()) : 0;
  if (short_enough) {
    size_t count = 0;
    if (const uint8_t* ends = s.known.find(text, hash, count)) {
      for (uint32_t i = 0, begin = run.begin; i < count; ++i) {
        add(begin, run.begin + ends[i]);
        begin = run.begin + ends[i];
      }
      return;
    }
  }
  const size_t before = words.size();
  s.run.clear();
  s.offsets.clear();
  for (size_t i = run.begin; i < run.end;) {
    const auto at = static_cast<uint32_t>(i);
    const char32_t c = next_code_point(folded, i);
    s.offsets.push_back(at);
    if (c > 0xFFFF) {
      s.run += static_cast<char16_t>(U16_LEAD(c));
      s.offsets.push_back(at);
    }
    s.run += static_cast<char16_t>(c > 0xFFFF ? U16_TRAIL(c) : c);
  }
  s.offsets.push_back(run.end);
  s.view.setTo(false, s.run.data(), static_cast<int32_t>(s.run.size()));
  s.breaks->setText(s.view);
  int32_t from = s.breaks->first();
  for (int32_t to = s.breaks->next(); to != icu::BreakIterator::DONE; from = to, to = s.breaks->next())
    add(s.offsets[static_cast<size_t>(from)], s.offsets[static_cast<size_t>(to)]);
  if (short_enough && words.size() > before) s.known.add(text, hash, words.data() + before, words.size() - before);
}

void Tokenizer::tokenize(std::string_view folded, std::vector<Token>& tokens) {
  tokens.clear();
  auto& words = state_->words;
  for (size_t i = 0; i < folded.size();) {
    const auto begin = static_cast<uint32_t>(i);
    const char32_t c = next_code_point(folded, i);
    if (is_word(c)) {
      for (size_t k = i; k < folded.size() && is_word(next_code_point(folded, k)); i = k) {}
      tokens.push_back({TokenKind::word, begin, static_cast<uint32_t>(i)});
      i = clitic_end(folded, i);
    } else if (is_han(c)) {
      HanRun run{begin, static_cast<uint32_t>(i)};
      for (size_t k = i; k < folded.size() && is_han(next_code_point(folded, k)); i = k) {}
      run.end = static_cast<uint32_t>(i);
      words.clear();
      break_han(folded, run, words);
      auto word = words.begin();
      for (uint32_t first = run.begin, second; first < run.end; first = second) {
        second = first + han_bytes(folded[first]);
        tokens.push_back({TokenKind::han_char, first, second});
        if (second < run.end) tokens.push_back({TokenKind::han_pair, first, second + han_bytes(folded[second])});
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
