// How the texts of wordings are kept: folded, as codes that any one can be read by
// itself; the original as edits upon the folded text.
//
// Codes are those of a byte-pair dictionary of at most 65,536 entries of up to 16 bytes,
// learned from a sample by joining neighbours that recur (Gargiulo and Venturini, "OnPair:
// Short Strings Compression for Fast Random Access", 2025). Decoding is one 16-byte copy a code.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resolute {

inline constexpr size_t kMostEntries = 65'536;
inline constexpr size_t kLongestEntry = 16;

// The dictionary that a sample of texts teaches: the 256 single bytes, then what recurs. The same
// sample in the same order teaches the same.
std::vector<std::string> learn_entries(const std::vector<std::string>& sample);

// Texts to codes, by longest entries. Immutable, so for any number of threads.
class WordingEncoder {
 public:
  // `entries` as learn_entries gives them.
  explicit WordingEncoder(std::vector<std::string> entries);
  const std::vector<std::string>& entries() const { return entries_; }
  void encode(std::string_view text, std::vector<uint16_t>& codes) const;

 private:
  // A double array: the child of node n by byte b is at base + b where its parent is n.
  struct Node {
    int32_t base = 0, parent = -1, code = -1;
  };
  std::vector<std::string> entries_;
  std::vector<Node> nodes_;
};

// Codes to texts. Immutable, so for any number of threads.
class WordingDecoder {
 public:
  WordingDecoder() = default;
  // Throws Error(corrupt) where there are too many entries or one is too long.
  explicit WordingDecoder(const std::vector<std::string_view>& entries);
  size_t entries() const { return entries_; }
  // A code that is not below entries() is an empty text. `out` is grown where needed; the view is of it.
  std::string_view decode(std::span<const uint16_t> codes, std::string& out) const;

 private:
  std::vector<std::array<char, kLongestEntry>> bytes_;
  std::vector<uint8_t> lengths_;
  size_t entries_ = 0;
};

// Notes what must change in a folded text to give the original.
class EditWriter {
 public:
  // At byte `at` of the folded text, `folded` (which stands there) is `original` in the
  // original. In order, without overlap; either may be empty.
  void replace(size_t at, std::string_view folded, std::string_view original);
  std::string take() {
    done_ = 0;
    return std::move(out_);
  }

 private:
  void head(size_t at, unsigned kind);
  std::string out_;
  size_t done_ = 0;  // folded bytes after the last edit
};

// The original of a folded text. Throws Error(corrupt) where the edits do not fit it.
std::string restore(std::string_view folded, std::string_view edits);

}  // namespace resolute
