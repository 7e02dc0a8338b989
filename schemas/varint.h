// Numbers in as many bytes as they need: seven bits each, the lowest first, the highest bit where more follow.
#pragma once

#include <cstdint>
#include <string>

namespace resolute {

inline void put_varint(std::string& out, uint32_t v) {
  for (; v >= 0x80; v >>= 7) out += static_cast<char>(v | 0x80);
  out += static_cast<char>(v);
}

// Reads one and moves `at` after it; stops at `end`.
inline uint32_t take_varint(const char*& at, const char* end) {
  uint32_t v = 0;
  for (int shift = 0; at < end && shift < 35; shift += 7) {
    const auto c = static_cast<unsigned char>(*at++);
    v |= static_cast<uint32_t>(c & 0x7F) << shift;
    if (c < 0x80) break;
  }
  return v;
}

}  // namespace resolute
