// How alike two wordings are, and what changed between them.
//
// Wordings are compared as sequences of tokens of the folded text: words of Latin letters
// and digits, words of other scripts, single Han characters. Marks and spaces do not count.
// Similarity is the longest common subsequence, normalised: 2 LCS(a, b) / (|a| + |b|).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace resolute::text {

// A token of a folded text: equal tokens have equal keys. Bytes [begin, end).
struct WordingToken {
  uint64_t key;
  uint32_t begin, end;
};

// Replaces what `tokens` holds. Thread-safe.
void wording_tokens(std::string_view folded, std::vector<WordingToken>& tokens);

// Wordings that differ in numbers, dates, marks and spaces alone have the same key: that of their letters, without
// months and the number of a session. Of few letters it is that of the whole. Of a folded text; thread-safe.
uint64_t repeat_key(std::string_view folded);

// Hashes of every run of `size` tokens; one hash of all where there are fewer, none of nothing.
std::vector<uint64_t> shingles(const std::vector<WordingToken>& tokens, size_t size);

// The least LCS that two lengths need for a similarity of `least`.
size_t least_common(size_t a, size_t b, double least);
double similarity(size_t common, size_t a, size_t b);

// A run of tokens that two wordings share: tokens [a, a + size) of the one, [b, b + size) of the other.
struct SharedRun {
  size_t a = 0, b = 0, size = 0;
};

// One wording to be compared with many. Not for several threads at a time.
class WordingComparison {
 public:
  explicit WordingComparison(std::vector<WordingToken> tokens);
  const std::vector<WordingToken>& tokens() const { return tokens_; }
  size_t size() const { return tokens_.size(); }

  // The length of the longest common subsequence, bit-parallel (Hyyrö, "Bit-Parallel LCS-length
  // Computation Revisited", 2004); 0 where it is seen early that it is below `least`.
  size_t common(const std::vector<WordingToken>& other, size_t least = 0);
  // The similarity, 0 where it is below `least`.
  double similarity(const std::vector<WordingToken>& other, double least = 0);
  // The longest run that stands in both; the first one of several.
  SharedRun longest_run(const std::vector<WordingToken>& other);

 private:
  static constexpr uint32_t kAbsent = 0xFFFFFFFF;
  uint32_t place(uint64_t key) const;
  std::vector<WordingToken> tokens_;
  std::vector<uint64_t> slots_;                   // open addressing: keys
  std::vector<uint32_t> places_;                  // of each slot: number of the distinct token
  std::vector<uint32_t> times_;                   // of each distinct token: how often it stands here
  std::vector<uint64_t> masks_;                   // of each distinct token: where it stands
  std::vector<std::vector<uint32_t>> positions_;  // likewise, ascending
  size_t words_ = 0;                              // of 64 bits, a mask has
  std::vector<uint64_t> state_;
  std::vector<uint32_t> seen_, other_places_;
};

enum class DiffOp : uint8_t { equal, remove, insert };
const char* print_diff_op(DiffOp op);  // "equal", "delete", "insert"

struct DiffPart {
  DiffOp op;
  std::string text;
  bool operator==(const DiffPart&) const = default;
};

// What makes `after` of `before`, by words; Chinese characters are grouped to words. The parts
// that are not inserted, joined, are `before`; those not deleted `after`. Neighbouring parts
// differ in kind, and of one change the deletion comes first. Thread-safe.
std::vector<DiffPart> word_diff(std::string_view before, std::string_view after);

}  // namespace resolute::text
