// Letters and digits of ASCII, whatever the locale.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace resolute {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
inline bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }

// Where the first byte that is not ASCII stands, from `from` on; the size where there is none. Eight bytes at a time.
inline size_t ascii_end(std::string_view s, size_t from = 0) {
  for (uint64_t eight; from + sizeof eight <= s.size(); from += sizeof eight) {
    std::memcpy(&eight, s.data() + from, sizeof eight);
    if (eight & 0x8080808080808080) break;
  }
  while (from < s.size() && !(s[from] & 0x80)) ++from;
  return from;
}
inline bool is_ascii(std::string_view s) { return ascii_end(s) == s.size(); }

inline bool all_digits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), is_digit); }

// A-Z become a-z; other bytes stay.
inline std::string lowered(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (is_upper(c)) c = static_cast<char>(c + 32);
  return out;
}

inline bool has(std::string_view s, std::string_view part) { return s.find(part) != std::string_view::npos; }

// Without spaces and tabs at both ends.
inline std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

}  // namespace resolute
