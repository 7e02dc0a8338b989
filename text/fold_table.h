// What single characters fold to (text/normalize.h, whose part this is): NFKC with case folding, Traditional to Simplified, look-alikes as
// one, quotation marks and apostrophes gone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "text/normalize.h"

namespace resolute::text {

// What people type or print for an apostrophe. Where it begins no clitic it is dropped, as quotation marks are.
bool is_apostrophe(char32_t c);

// UTF-16 units of a character and the marks upon it.
inline constexpr size_t kLongestCluster = 256;
// A character, no surrogate, in UTF-16.
std::u16string utf16(char32_t c);

// What one character folds to, once for all. Characters that combine with their
// neighbours are folded together by ICU instead.
class FoldTable {
 public:
  static const FoldTable& instance() {
    static const FoldTable table;
    return table;
  }

  // Folding of a BMP character: UTF-8, maybe empty.
  std::string_view of(char32_t c) const { return {pool_.data() + at_[c], static_cast<size_t>(at_[c + 1] - at_[c])}; }
  // Whether c folds to nothing: what stands before and after it may combine.
  bool vanishes(char32_t c) const { return c < 0x10000 && at_[c] == at_[c + 1] && (c < 0xD800 || c > 0xDFFF); }
  // Whether c never combines with what stands before it.
  bool starts(char32_t c) const { return c < 0x10000 ? starts_[c] : starts_beyond(c); }

  // The first character that c folds to by itself; nullopt where it folds to nothing.
  std::optional<char32_t> first(char32_t c) const;
  // Folds characters that belong together, UTF-16, and adds them to `out`.
  void fold(std::u16string_view cluster, std::string& out) const;

  // Whether c is a Han character of three bytes that folds to itself.
  bool is_plain_han(char32_t c) const { return c >= kFirstHan && c < kEndHan && plain_han_[c - kFirstHan]; }

  char32_t simplified(char32_t c) const { return c >= kFirstHan && c < kEndHan ? simple_[c - kFirstHan] : c; }

 private:
  static constexpr char32_t kFirstHan = 0x3400, kEndHan = 0xA000;  // what ICU's table changes

  FoldTable();
  static bool starts_beyond(char32_t c);
  void settle(const std::unordered_map<char32_t, char32_t>& simplified);
  void append(char32_t c, std::string& out) const;

  static constexpr char32_t kFirstRadical = 0x2E80, kEndRadical = 0x2F00;
  std::array<char16_t, kEndHan - kFirstHan> simple_{};
  std::array<char32_t, kEndRadical - kFirstRadical> radicals_{};
  std::string pool_;
  std::array<uint32_t, 0x10001> at_{};
  std::array<bool, 0x10000> starts_{};
  std::array<bool, kEndHan - kFirstHan> plain_han_{};
};

}  // namespace resolute::text
