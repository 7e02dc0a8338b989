// How a posting list is written: the one codec of both sides of the index.
//
// A list is strictly ascending ordinals with a count each. Blocks of 128 are packed
// with as many bits as their largest gap and count need, behind a table of (last
// ordinal, offset) for skipping; what remains follows as variable-length integers.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace resolute {

struct Posting {
  uint32_t id;     // ordinal of the wording
  uint32_t count;  // times the term stands in it, at least 1
};

inline constexpr size_t kPostingBlock = 128;
// Bytes that a decoder may read beyond a list's end: pad the section by as many.
inline constexpr size_t kPostingPadding = 8;

namespace postings_detail {

inline void put_varint(std::string& out, uint32_t v) {
  for (; v >= 0x80; v >>= 7) out += static_cast<char>(v | 0x80);
  out += static_cast<char>(v);
}

inline uint32_t take_varint(const char*& at, const char* end) {
  uint32_t v = 0;
  for (int shift = 0; at < end && shift < 35; shift += 7) {
    const auto c = static_cast<unsigned char>(*at++);
    v |= static_cast<uint32_t>(c & 0x7F) << shift;
    if (c < 0x80) break;
  }
  return v;
}

inline void pack(std::string& out, const std::array<uint32_t, kPostingBlock>& values, unsigned bits) {
  uint64_t word = 0;
  unsigned filled = 0;
  for (const uint32_t v : values) {
    word |= static_cast<uint64_t>(v) << filled;
    filled += bits;
    while (filled >= 8) {
      out += static_cast<char>(word);
      word >>= 8;
      filled -= 8;
    }
  }
}

inline void unpack(const char* from, unsigned bits, std::array<uint32_t, kPostingBlock>& values) {
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  size_t bit = 0;
  for (auto& v : values) {
    uint64_t word;
    std::memcpy(&word, from + (bit >> 3), 8);
    v = static_cast<uint32_t>(word >> (bit & 7) & mask);
    bit += bits;
  }
}

}  // namespace postings_detail

inline void encode_postings(const std::vector<Posting>& list, std::string& out) {
  using namespace postings_detail;
  const size_t blocks = list.size() / kPostingBlock;
  const size_t table = out.size();
  out.resize(out.size() + blocks * 8 + (blocks ? 4 : 0));
  const size_t data = out.size();
  uint32_t previous = 0xFFFFFFFF;  // so that the first gap is id + 1 - 1 = id
  std::array<uint32_t, kPostingBlock> gaps, counts;
  for (size_t b = 0; b < blocks; ++b) {
    uint32_t most_gap = 0, most_count = 0;
    for (size_t i = 0; i < kPostingBlock; ++i) {
      const auto& p = list[b * kPostingBlock + i];
      gaps[i] = p.id - previous - 1;
      counts[i] = p.count - 1;
      previous = p.id;
      most_gap |= gaps[i];
      most_count |= counts[i];
    }
    const uint32_t entry[2] = {previous, static_cast<uint32_t>(out.size() - data)};
    std::memcpy(out.data() + table + b * 8, entry, 8);
    const auto gap_bits = static_cast<unsigned>(std::bit_width(most_gap));
    const auto count_bits = static_cast<unsigned>(std::bit_width(most_count));
    out += static_cast<char>(gap_bits);
    out += static_cast<char>(count_bits);
    pack(out, gaps, gap_bits);
    pack(out, counts, count_bits);
  }
  if (blocks) {
    const auto tail = static_cast<uint32_t>(out.size() - data);
    std::memcpy(out.data() + table + blocks * 8, &tail, 4);
  }
  for (size_t i = blocks * kPostingBlock; i < list.size(); ++i) {
    const uint32_t gap = list[i].id - previous - 1;
    previous = list[i].id;
    // The lowest bit says that a count follows. Ordinals stay below 2^31.
    put_varint(out, gap << 1 | (list[i].count > 1));
    if (list[i].count > 1) put_varint(out, list[i].count - 2);
  }
}

// Walks one list forwards. Begins before the first entry.
class PostingCursor {
 public:
  static constexpr uint32_t kEnd = 0xFFFFFFFF;

  PostingCursor() = default;
  PostingCursor(std::string_view bytes, uint32_t size) : bytes_(bytes), size_(size), blocks_(size / kPostingBlock) {
    data_ = bytes.data() + (blocks_ ? blocks_ * 8 + 4 : 0);
  }

  uint32_t size() const { return size_; }
  uint32_t id() const { return id_; }
  uint32_t count() const { return counts_[at_] + 1; }

  // The first entry with id >= target, kEnd where there is none.
  uint32_t seek(uint32_t target) {
    if (id_ != kBefore && id_ >= target) return id_;
    if (block_ == kNoBlock || last_ < target) {
      if (!load(find_block(target))) return id_ = kEnd;
      at_ = 0;
    }
    while (ids_[at_] < target) {
      if (++at_ == filled_) return id_ = kEnd;  // only in the tail: a full block's last id is >= target
    }
    return id_ = ids_[at_];
  }
  uint32_t next() { return seek(id_ == kBefore ? 0 : id_ == kEnd ? kEnd : id_ + 1); }

 private:
  static constexpr uint32_t kBefore = 0xFFFFFFFE;
  static constexpr size_t kNoBlock = static_cast<size_t>(-1);

  uint32_t last_of(size_t b) const {
    uint32_t v;
    std::memcpy(&v, bytes_.data() + b * 8, 4);
    return v;
  }
  size_t find_block(uint32_t target) const {
    size_t low = block_ == kNoBlock ? 0 : block_ + 1, step = 1, high = low;
    while (high < blocks_ && last_of(high) < target) { low = high + 1; high += step; step *= 2; }
    high = std::min(high, blocks_);
    while (low < high) {
      const size_t mid = (low + high) / 2;
      if (last_of(mid) < target) low = mid + 1;
      else high = mid;
    }
    return low;
  }
  bool load(size_t b) {
    using namespace postings_detail;
    const uint32_t before = b == 0 ? 0xFFFFFFFF : last_of(b - 1);
    if (b < blocks_) {
      uint32_t offset;
      std::memcpy(&offset, bytes_.data() + b * 8 + 4, 4);
      const char* from = data_ + offset;
      const unsigned gap_bits = static_cast<unsigned char>(from[0]), count_bits = static_cast<unsigned char>(from[1]);
      unpack(from + 2, gap_bits, ids_);
      unpack(from + 2 + gap_bits * 16, count_bits, counts_);
      uint32_t id = before;
      for (auto& v : ids_) v = id += v + 1;
      filled_ = kPostingBlock;
      last_ = ids_[kPostingBlock - 1];
    } else {
      filled_ = b == blocks_ ? size_ % kPostingBlock : 0;
      if (b > blocks_ || filled_ == 0) return false;
      uint32_t offset = 0;
      if (blocks_) std::memcpy(&offset, bytes_.data() + blocks_ * 8, 4);
      const char *from = data_ + offset, *end = bytes_.data() + bytes_.size();
      uint32_t id = before;
      for (size_t i = 0; i < filled_; ++i) {
        const uint32_t v = take_varint(from, end);
        ids_[i] = id += (v >> 1) + 1;
        counts_[i] = v & 1 ? take_varint(from, end) + 1 : 0;
      }
      last_ = kEnd;  // nothing follows
    }
    block_ = b;
    return true;
  }

  std::string_view bytes_;
  uint32_t size_ = 0;
  size_t blocks_ = 0;
  const char* data_ = nullptr;
  size_t block_ = kNoBlock;
  size_t at_ = 0, filled_ = 0;
  uint32_t id_ = kBefore, last_ = 0;
  std::array<uint32_t, kPostingBlock> ids_{}, counts_{};
};

}  // namespace resolute
