#include "text/wording.h"

#define XXH_INLINE_ALL
#include <unicode/uchar.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <set>
#include <utility>

#include "schemas/months.h"
#include "text/normalize.h"
#include "text/tokenize.h"

namespace resolute::text {
namespace {

// Cells of the table by which a diff is found, in bits; beyond it the middle is one change.
constexpr size_t kMostDiffCells = size_t{1} << 28;

// What Tokenizer takes for a letter of another script.
bool is_other_letter(char32_t c) { return c >= 0x80 && u_isalnum(static_cast<UChar32>(c)); }
bool is_mark(char32_t c) { return c >= 0x80 && u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK; }
// Within a word of a text as written.
bool is_letter(char32_t c) { return is_word(c) || (c >= 'A' && c <= 'Z') || is_other_letter(c); }

uint64_t mixed(uint64_t v) {
  v ^= v >> 33;
  v *= 0xFF51AFD7ED558CCDull;
  v ^= v >> 33;
  v *= 0xC4CEB9FE1A85EC53ull;
  return v ^ v >> 33;
}

// Letters below which a wording is repeated only by itself, in bytes.
constexpr size_t kFewestRepeatedBytes = 24;

// "Seventy-fifth" is two words here.
bool is_ordinal(std::string_view word) {
  static const std::set<std::string_view> kOrdinals = {
      "first",    "second",     "third",      "fourth",    "fifth",     "sixth",       "seventh",    "eighth",     "ninth",     "tenth",     "eleventh",
      "twelfth",  "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "thirtieth", "fortieth",
      "fiftieth", "sixtieth",   "seventieth", "eightieth", "ninetieth", "hundredth",   "twenty",     "thirty",     "forty",     "fifty",     "sixty",
      "seventy",  "eighty",     "ninety",     "one",       "hundred",   "st",          "nd",         "rd",         "th"};
  return kOrdinals.count(word) != 0;
}
// A text in pieces that a diff does not break: words, Han words, single marks and spaces.
std::vector<std::string_view> diff_units(std::string_view s) {
  thread_local Tokenizer tokenizer;
  std::vector<std::string_view> out;
  std::vector<Token> words;
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i;
    const char32_t c = next_code_point(s, i);
    if (is_han(c)) {
      for (size_t k = i; k < s.size() && is_han(next_code_point(s, k)); i = k) {}
      words.clear();
      tokenizer.break_han(s, {static_cast<uint32_t>(begin), static_cast<uint32_t>(i)}, words);
      for (const auto& w : words) out.push_back(s.substr(w.begin, w.end - w.begin));
      continue;
    }
    if (is_letter(c)) {
      for (size_t k = i; k < s.size(); i = k) {
        const char32_t next = next_code_point(s, k);
        if (is_han(next) || !(is_letter(next) || is_mark(next))) break;
      }
    }
    out.push_back(s.substr(begin, i - begin));
  }
  return out;
}

void add(std::vector<DiffPart>& out, DiffOp op, std::string_view text) {
  if (text.empty()) return;
  if (!out.empty() && out.back().op == op)
    out.back().text += text;
  else
    out.push_back({op, std::string(text)});
}

bool is_thin(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c == ' '; });
}

// A change as one deletion and one insertion, spaces between two changes within them.
std::vector<DiffPart> settle(std::vector<DiffPart> raw) {
  std::vector<DiffPart> out;
  std::string removed, inserted;
  const auto flush = [&] {
    add(out, DiffOp::remove, removed);
    add(out, DiffOp::insert, inserted);
    removed.clear();
    inserted.clear();
  };
  for (size_t i = 0; i < raw.size(); ++i) {
    auto& part = raw[i];
    if (part.op == DiffOp::remove)
      removed += part.text;
    else if (part.op == DiffOp::insert)
      inserted += part.text;
    else if (i > 0 && i + 1 < raw.size() && is_thin(part.text) && !removed.empty() && !inserted.empty()) {
      removed += part.text;
      inserted += part.text;
    } else {
      flush();
      add(out, DiffOp::equal, part.text);
    }
  }
  flush();
  return out;
}

}  // namespace

void wording_tokens(std::string_view folded, std::vector<WordingToken>& tokens) {
  tokens.clear();
  for (size_t i = 0; i < folded.size();) {
    const auto begin = static_cast<uint32_t>(i);
    const char32_t c = next_code_point(folded, i);
    if (is_han(c)) {
      tokens.push_back({mixed(c), begin, static_cast<uint32_t>(i)});
    } else if (is_word(c)) {
      for (size_t k = i; k < folded.size() && is_word(next_code_point(folded, k)); i = k) {}
      tokens.push_back({XXH3_64bits(folded.data() + begin, i - begin), begin, static_cast<uint32_t>(i)});
      i = clitic_end(folded, i);
    } else if (is_other_letter(c)) {
      for (size_t k = i; k < folded.size(); i = k) {
        const char32_t next = next_code_point(folded, k);
        if (is_han(next) || is_word(next) || !(is_other_letter(next) || is_mark(next))) break;
      }
      tokens.push_back({XXH3_64bits(folded.data() + begin, i - begin), begin, static_cast<uint32_t>(i)});
    }
  }
}

uint64_t repeat_key(std::string_view folded) {
  static constexpr std::string_view kHanNumbers = "〇零一二三四五六七八九十百";
  thread_local std::string letters;
  thread_local std::vector<size_t> begins;  // of the English words at the end of `letters`
  letters.clear();
  begins.clear();
  const bool sessions = folded.find("session") != std::string_view::npos;
  for (size_t i = 0; i < folded.size();) {
    const size_t begin = i;
    // Most of what is not English is three bytes from U+5000 to U+9FFF, where all but 届 goes as it comes.
    while (i + 2 < folded.size() && folded[i] >= '\xE5' && folded[i] <= '\xE9' && std::memcmp(folded.data() + i, "届", 3) != 0) i += 3;
    if (i > begin) {
      begins.clear();
      letters += folded.substr(begin, i - begin);
      continue;
    }
    const char32_t c = next_code_point(folded, i);
    if (c >= 'a' && c <= 'z') {
      while (i < folded.size() && folded[i] >= 'a' && folded[i] <= 'z') ++i;
      const auto word = folded.substr(begin, i - begin);
      if (month_of(word)) continue;
      if (sessions && word.starts_with("session") && (word.size() == 7 || word == "sessions"))
        for (; !begins.empty() && is_ordinal(std::string_view(letters).substr(begins.back())); begins.pop_back()) letters.resize(begins.back());
      if (sessions) begins.push_back(letters.size());
      letters += word;
    } else if (is_han(c)) {
      // "第七十五届": its number goes.
      if (c == U'届')
        while (letters.size() >= 3 && kHanNumbers.find(std::string_view(letters).substr(letters.size() - 3)) != std::string_view::npos)
          letters.resize(letters.size() - 3);
      begins.clear();
      letters += folded.substr(begin, i - begin);
    } else if (is_other_letter(c) && !u_isdigit(static_cast<UChar32>(c))) {
      begins.clear();
      letters += folded.substr(begin, i - begin);
    }
  }
  const std::string_view by = letters.size() < kFewestRepeatedBytes ? folded : std::string_view(letters);
  return XXH3_64bits(by.data(), by.size());
}

std::vector<uint64_t> shingles(const std::vector<WordingToken>& tokens, size_t size) {
  std::vector<uint64_t> out;
  if (tokens.empty() || size == 0) return out;
  size = std::min(size, tokens.size());
  for (size_t i = 0; i + size <= tokens.size(); ++i) {
    uint64_t h = 0;
    for (size_t k = i; k < i + size; ++k) h = mixed(h * 31 + tokens[k].key);
    out.push_back(h);
  }
  return out;
}

size_t least_common(size_t a, size_t b, double least) {
  // A hair below, so that rounding never asks for one too many.
  return static_cast<size_t>(std::ceil(least * static_cast<double>(a + b) / 2 - 1e-9));
}

double similarity(size_t common, size_t a, size_t b) { return a + b == 0 ? 0 : 2.0 * static_cast<double>(common) / static_cast<double>(a + b); }

WordingComparison::WordingComparison(std::vector<WordingToken> tokens) : tokens_(std::move(tokens)) {
  size_t size = 16;
  while (size < tokens_.size() * 3) size *= 2;
  slots_.assign(size, 0);
  places_.assign(size, kAbsent);
  words_ = (tokens_.size() + 63) / 64;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    size_t slot = tokens_[i].key & (size - 1);
    while (places_[slot] != kAbsent && slots_[slot] != tokens_[i].key) slot = (slot + 1) & (size - 1);
    if (places_[slot] == kAbsent) {
      slots_[slot] = tokens_[i].key;
      places_[slot] = static_cast<uint32_t>(times_.size());
      times_.push_back(0);
      masks_.resize(masks_.size() + words_, 0);
      positions_.emplace_back();
    }
    const uint32_t p = places_[slot];
    ++times_[p];
    masks_[p * words_ + i / 64] |= uint64_t{1} << (i % 64);
    positions_[p].push_back(static_cast<uint32_t>(i));
  }
}

uint32_t WordingComparison::place(uint64_t key) const {
  size_t slot = key & (slots_.size() - 1);
  while (places_[slot] != kAbsent && slots_[slot] != key) slot = (slot + 1) & (slots_.size() - 1);
  return places_[slot];
}

size_t WordingComparison::common(const std::vector<WordingToken>& other, size_t least) {
  if (std::min(size(), other.size()) < least || tokens_.empty()) return 0;
  // Order aside, the LCS has at most what both have.
  other_places_.clear();
  seen_.assign(times_.size(), 0);
  size_t most = 0;
  for (const auto& t : other) {
    const uint32_t p = place(t.key);
    if (p == kAbsent) continue;
    other_places_.push_back(p);
    if (seen_[p] < times_[p]) {
      ++seen_[p];
      ++most;
    }
  }
  if (most < least) return 0;
  state_.assign(words_, ~uint64_t{0});
  for (const uint32_t p : other_places_) {
    const uint64_t* mask = &masks_[p * words_];
    uint64_t carry = 0;
    for (size_t w = 0; w < words_; ++w) {
      const uint64_t v = state_[w], u = v & mask[w];
      const uint64_t sum = v + u, with = sum + carry;
      carry = (sum < v) | (with < sum);
      state_[w] = with | (v & ~u);
    }
  }
  size_t found = 0;
  for (size_t w = 0; w < words_; ++w) {
    uint64_t zeros = ~state_[w];
    if (w + 1 == words_ && size() % 64) zeros &= (uint64_t{1} << (size() % 64)) - 1;
    found += static_cast<size_t>(__builtin_popcountll(zeros));
  }
  return found < least ? 0 : found;
}

double WordingComparison::similarity(const std::vector<WordingToken>& other, double least) {
  const size_t found = common(other, least_common(size(), other.size(), least));
  const double s = text::similarity(found, size(), other.size());
  return s + 1e-9 < least ? 0 : s;
}

SharedRun WordingComparison::longest_run(const std::vector<WordingToken>& other) {
  // Lengths of the runs that end at each place of this one, by the one token of the other.
  std::vector<uint32_t> now(size() + 1, 0), before(size() + 1, 0);
  std::vector<uint32_t> touched, touched_before;
  SharedRun best;
  for (size_t j = 0; j < other.size(); ++j) {
    const uint32_t p = place(other[j].key);
    if (p != kAbsent)
      for (const uint32_t i : positions_[p]) {
        now[i + 1] = before[i] + 1;
        touched.push_back(i + 1);
        if (now[i + 1] > best.size) best = {i + 1 - now[i + 1], j + 1 - now[i + 1], now[i + 1]};
      }
    for (const uint32_t i : touched_before) before[i] = 0;
    std::swap(now, before);
    std::swap(touched, touched_before);
    touched.clear();
  }
  return best;
}

const char* print_diff_op(DiffOp op) { return op == DiffOp::equal ? "equal" : op == DiffOp::remove ? "delete" : "insert"; }

std::vector<DiffPart> word_diff(std::string_view before, std::string_view after) {
  const auto a = diff_units(before), b = diff_units(after);
  size_t head = 0, tail = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const size_t n = a.size() - head - tail, m = b.size() - head - tail;
  const auto joined = [](const std::vector<std::string_view>& units, size_t from, size_t to) {
    return from == to ? std::string_view()
                      : std::string_view(units[from].data(), static_cast<size_t>(units[to - 1].data() + units[to - 1].size() - units[from].data()));
  };
  std::vector<DiffPart> raw;
  add(raw, DiffOp::equal, joined(a, 0, head));
  if (n == 0 || m == 0 || n * m > kMostDiffCells) {
    add(raw, DiffOp::remove, joined(a, head, head + n));
    add(raw, DiffOp::insert, joined(b, head, head + m));
  } else {
    // The rows of the bit-parallel LCS, kept: a bit that is unset says that the LCS grows at
    // that place of `a`. They are walked back from the end.
    const size_t words = (n + 63) / 64;
    std::vector<WordingToken> keys;
    for (size_t i = 0; i < n; ++i) keys.push_back({XXH3_64bits(a[head + i].data(), a[head + i].size()), 0, 0});
    std::vector<std::pair<uint64_t, size_t>> sorted;
    for (size_t i = 0; i < n; ++i) sorted.emplace_back(keys[i].key, i);
    std::sort(sorted.begin(), sorted.end());
    std::vector<uint64_t> rows((m + 1) * words, ~uint64_t{0}), mask(words);
    for (size_t j = 0; j < m; ++j) {
      std::fill(mask.begin(), mask.end(), 0);
      const uint64_t key = XXH3_64bits(b[head + j].data(), b[head + j].size());
      for (auto it = std::lower_bound(sorted.begin(), sorted.end(), std::pair(key, size_t{0})); it != sorted.end() && it->first == key; ++it)
        mask[it->second / 64] |= uint64_t{1} << (it->second % 64);
      uint64_t carry = 0;
      for (size_t w = 0; w < words; ++w) {
        const uint64_t v = rows[j * words + w], u = v & mask[w];
        const uint64_t sum = v + u, with = sum + carry;
        carry = (sum < v) | (with < sum);
        rows[(j + 1) * words + w] = with | (v & ~u);
      }
    }
    const auto grows = [&](size_t row, size_t i) { return !(rows[row * words + i / 64] >> (i % 64) & 1); };
    std::vector<std::pair<DiffOp, std::string_view>> back;
    size_t i = n, j = m;
    while (i > 0 && j > 0) {
      if (!grows(j, i - 1)) {
        back.emplace_back(DiffOp::remove, a[head + --i]);
      } else if (j > 1 && grows(j - 1, i - 1)) {
        back.emplace_back(DiffOp::insert, b[head + --j]);
      } else {
        --i;
        --j;
        back.emplace_back(DiffOp::equal, a[head + i]);
      }
    }
    while (i > 0) back.emplace_back(DiffOp::remove, a[head + --i]);
    while (j > 0) back.emplace_back(DiffOp::insert, b[head + --j]);
    for (auto it = back.rbegin(); it != back.rend(); ++it) add(raw, it->first, it->second);
  }
  add(raw, DiffOp::equal, joined(a, a.size() - tail, a.size()));
  return settle(std::move(raw));
}

}  // namespace resolute::text
