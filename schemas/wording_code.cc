#include "schemas/wording_code.h"

#include <algorithm>
#include <cstring>

#include "schemas/error.h"

namespace resolute {
namespace {

// A map of 32-bit keys by open addressing; grows at a load of a half.
class Table {
 public:
  explicit Table(size_t slots) : keys_(slots, kFree), values_(slots, 0) {}
  // The value of a key, 0 where it is new.
  uint32_t& operator[](uint32_t key) {
    if (used_ * 2 >= keys_.size()) grow();
    const size_t i = slot(key);
    if (keys_[i] == kFree) {
      keys_[i] = key;
      ++used_;
    }
    return values_[i];
  }
  uint32_t find(uint32_t key) const { return values_[slot(key)]; }

 private:
  static constexpr uint32_t kFree = 0xFFFFFFFF;
  size_t slot(uint32_t key) const {
    size_t i = (key * 0x9E3779B97F4A7C15ull >> 32) & (keys_.size() - 1);
    while (keys_[i] != key && keys_[i] != kFree) i = (i + 1) & (keys_.size() - 1);
    return i;
  }
  void grow() {
    Table larger(keys_.size() * 2);
    for (size_t i = 0; i < keys_.size(); ++i)
      if (keys_[i] != kFree) larger[keys_[i]] = values_[i];
    *this = std::move(larger);
  }
  std::vector<uint32_t> keys_, values_;
  size_t used_ = 0;
};

// Entries while they are learned: a tree with children in a table, keyed by node and byte.
class GrowingTree {
 public:
  GrowingTree() : children_(1 << 18), codes_(257, -1) {
    for (int c = 0; c < 256; ++c) codes_[static_cast<size_t>(c) + 1] = c;
  }
  void insert(std::string_view entry, int code) {
    uint32_t node = 1u + static_cast<unsigned char>(entry[0]);
    for (size_t i = 1; i < entry.size(); ++i) {
      uint32_t& child = children_[node << 8 | static_cast<unsigned char>(entry[i])];
      if (!child) {
        child = static_cast<uint32_t>(codes_.size());
        codes_.push_back(-1);
      }
      node = child;
    }
    codes_[node] = code;
  }
  // The longest entry that s begins with: its code, and how many bytes it has.
  std::pair<int, size_t> longest(std::string_view s) const {
    uint32_t node = 1u + static_cast<unsigned char>(s[0]);
    int code = codes_[node];
    size_t length = 1;
    for (size_t i = 1; i < std::min(s.size(), kLongestEntry); ++i) {
      node = children_.find(node << 8 | static_cast<unsigned char>(s[i]));
      if (!node) break;
      if (codes_[node] >= 0) {
        code = codes_[node];
        length = i + 1;
      }
    }
    return {code, length};
  }

 private:
  Table children_;
  std::vector<int> codes_;
};

enum EditKind : unsigned { kCapital, kWide, kInsert, kReplace };

void put_number(std::string& out, uint64_t v) {
  for (; v >= 0x80; v >>= 7) out += static_cast<char>(v | 0x80);
  out += static_cast<char>(v);
}

uint64_t take_number(std::string_view s, size_t& at) {
  uint64_t v = 0;
  for (int shift = 0; shift < 63 && at < s.size(); shift += 7) {
    const auto c = static_cast<unsigned char>(s[at++]);
    v |= static_cast<uint64_t>(c & 0x7F) << shift;
    if (c < 0x80) return v;
  }
  damaged("edits of a text");
}

// The full-width form of an ASCII character, as UTF-8.
std::array<char, 3> wide(char c) {
  const unsigned point = 0xFEE0u + static_cast<unsigned char>(c);
  return {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3F)), static_cast<char>(0x80 | (point & 0x3F))};
}

}  // namespace

std::vector<std::string> learn_entries(const std::vector<std::string>& sample) {
  std::vector<std::string> entries;
  for (int c = 0; c < 256; ++c) entries.emplace_back(1, static_cast<char>(c));
  size_t bytes = 0;
  for (const auto& s : sample) bytes += s.size();
  // Rare pairs do not pay for their place in the dictionary.
  const auto enough = static_cast<uint32_t>(3 + std::min<size_t>(bytes >> 20, 5));
  GrowingTree tree;
  Table pairs(1 << 16);
  for (const auto& s : sample) {
    int before = -1;
    for (size_t i = 0; i < s.size();) {
      const auto [code, length] = tree.longest(std::string_view(s).substr(i));
      i += length;
      if (before >= 0 && entries.size() < kMostEntries && entries[static_cast<size_t>(before)].size() + length <= kLongestEntry) {
        uint32_t& seen = pairs[static_cast<uint32_t>(before) << 16 | static_cast<uint32_t>(code)];
        if (++seen == enough) {
          const auto next = static_cast<int>(entries.size());
          entries.push_back(entries[static_cast<size_t>(before)] + entries[static_cast<size_t>(code)]);
          tree.insert(entries.back(), next);
          before = next;
          continue;
        }
      }
      before = code;
    }
  }
  return entries;
}

WordingEncoder::WordingEncoder(std::vector<std::string> entries) : entries_(std::move(entries)) {
  std::vector<uint32_t> order(entries_.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return entries_[a] < entries_[b]; });
  nodes_.assign(1024, {});
  nodes_[0].parent = 0;
  size_t first_free = 1;
  // Entries order[from, to) share their first `depth` bytes, which lead to `node`.
  struct Part {
    size_t from, to, depth;
    size_t node;
  };
  std::vector<Part> open = {{0, order.size(), 0, 0}};
  std::vector<std::pair<unsigned, std::pair<size_t, size_t>>> children;
  while (!open.empty()) {
    Part part = open.back();
    open.pop_back();
    if (part.from < part.to && entries_[order[part.from]].size() == part.depth) {
      if (part.depth) nodes_[part.node].code = static_cast<int32_t>(order[part.from]);
      ++part.from;
    }
    children.clear();
    for (size_t i = part.from; i < part.to;) {
      const auto byte = static_cast<unsigned char>(entries_[order[i]][part.depth]);
      size_t end = i;
      while (end < part.to && static_cast<unsigned char>(entries_[order[end]][part.depth]) == byte) ++end;
      children.push_back({byte, {i, end}});
      i = end;
    }
    if (children.empty()) continue;
    while (first_free < nodes_.size() && nodes_[first_free].parent >= 0) ++first_free;
    size_t base = first_free > children[0].first ? first_free - children[0].first : 1;
    for (size_t tries = 0;; ++base, ++tries) {
      if (base + 256 >= nodes_.size()) nodes_.resize(nodes_.size() * 2);
      if (std::all_of(children.begin(), children.end(), [&](const auto& c) { return nodes_[base + c.first].parent < 0; })) break;
      // A region that is nearly full is not worth trying again.
      if (tries == 64) first_free = base;
    }
    nodes_[part.node].base = static_cast<int32_t>(base);
    for (const auto& [byte, range] : children) {
      nodes_[base + byte].parent = static_cast<int32_t>(part.node);
      open.push_back({range.first, range.second, part.depth + 1, base + byte});
    }
  }
  nodes_.resize(nodes_.size() + 256);
}

void WordingEncoder::encode(std::string_view text, std::vector<uint16_t>& codes) const {
  const Node* nodes = nodes_.data();
  for (size_t i = 0; i < text.size();) {
    int32_t node = 0, code = 0;
    size_t length = 1;
    const size_t most = std::min(text.size() - i, kLongestEntry);
    for (size_t k = 0; k < most; ++k) {
      const int32_t next = nodes[node].base + static_cast<unsigned char>(text[i + k]);
      if (nodes[next].parent != node || next == 0) break;
      node = next;
      if (nodes[node].code >= 0) {
        code = nodes[node].code;
        length = k + 1;
      }
    }
    codes.push_back(static_cast<uint16_t>(code));
    i += length;
  }
}

WordingDecoder::WordingDecoder(const std::vector<std::string_view>& entries) : bytes_(kMostEntries), lengths_(kMostEntries), entries_(entries.size()) {
  if (entries.size() > kMostEntries) damaged("too many entries of texts");
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].empty() || entries[i].size() > kLongestEntry) damaged("an entry of texts");
    std::memcpy(bytes_[i].data(), entries[i].data(), entries[i].size());
    lengths_[i] = static_cast<uint8_t>(entries[i].size());
  }
}

std::string_view WordingDecoder::decode(std::span<const uint16_t> codes, std::string& out) const {
  if (out.size() < (codes.size() + 1) * kLongestEntry) out.resize((codes.size() + 1) * kLongestEntry);
  char* to = out.data();
  for (const uint16_t code : codes) {
    std::memcpy(to, bytes_[code].data(), kLongestEntry);
    to += lengths_[code];
  }
  return {out.data(), static_cast<size_t>(to - out.data())};
}

void EditWriter::head(size_t at, unsigned kind) {
  put_number(out_, (at - done_) << 2 | kind);
  done_ = at;
}

void EditWriter::replace(size_t at, std::string_view folded, std::string_view original) {
  if (folded.size() == 1 && original.size() == 1 && folded[0] >= 'a' && folded[0] <= 'z' && original[0] == folded[0] - 32) {
    head(at, kCapital);
  } else if (folded.size() == 1 && folded[0] > ' ' && folded[0] < '\x7F' && original == std::string_view(wide(folded[0]).data(), 3)) {
    head(at, kWide);
  } else if (original.size() > folded.size() && original.ends_with(folded)) {
    head(at, kInsert);
    const auto added = original.substr(0, original.size() - folded.size());
    put_number(out_, added.size());
    out_ += added;
    return;  // what was folded stands as it is
  } else {
    head(at, kReplace);
    put_number(out_, folded.size());
    put_number(out_, original.size());
    out_ += original;
  }
  done_ = at + folded.size();
}

std::string restore(std::string_view folded, std::string_view edits) {
  std::string out;
  out.reserve(folded.size() + folded.size() / 16 + 64);
  size_t at = 0;  // of the folded text
  for (size_t i = 0; i < edits.size();) {
    const uint64_t head = take_number(edits, i);
    const uint64_t gap = head >> 2;
    if (gap > folded.size() - at) damaged("edits of a text");
    out.append(folded, at, gap);
    at += gap;
    switch (head & 3) {
      case kCapital:
      case kWide: {
        if (at >= folded.size()) damaged("edits of a text");
        const char c = folded[at++];
        if ((head & 3) == kCapital)
          out += static_cast<char>(c - 32);
        else
          out.append(wide(c).data(), 3);
        break;
      }
      default: {
        const uint64_t gone = (head & 3) == kReplace ? take_number(edits, i) : 0;
        const uint64_t added = take_number(edits, i);
        if (gone > folded.size() - at || added > edits.size() - i) damaged("edits of a text");
        at += gone;
        out.append(edits, i, added);
        i += added;
      }
    }
  }
  out.append(folded, at);
  return out;
}

}  // namespace resolute
