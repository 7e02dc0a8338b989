#include "search/cursor.h"

#include <bit>
#include <cmath>
#include <cstdio>

#include "schemas/segment.h"

namespace resolute::search {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64(std::string_view s) {
  std::string out;
  uint32_t bits = 0;
  int n = 0;
  for (const char c : s) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (n += 8; n >= 6; n -= 6) out += kAlphabet[bits >> (n - 6) & 63];
  }
  if (n) out += kAlphabet[bits << (6 - n) & 63];
  return out;
}

std::optional<std::string> unbase64(std::string_view s) {
  std::string out;
  uint32_t bits = 0;
  int n = 0;
  for (const char c : s) {
    const size_t v = kAlphabet.find(c);
    if (v == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(v);
    n += 6;
    if (n >= 8) {
      out += static_cast<char>(bits >> (n - 8));
      n -= 8;
    }
  }
  return out;
}

}  // namespace

// "r2", then revision and id of the state, question, primary (its bits) and ordinal in hex, then the id.
std::string print_cursor(const Cursor& c) {
  char buffer[120];
  std::snprintf(buffer, sizeof buffer, "r2 %llx %llx %llx %llx %x ", static_cast<unsigned long long>(c.state.revision),
                static_cast<unsigned long long>(c.state.id), static_cast<unsigned long long>(c.question),
                static_cast<unsigned long long>(std::bit_cast<uint64_t>(c.primary)), c.ordinal);
  const std::string body = buffer + c.id;
  std::snprintf(buffer, sizeof buffer, "%08x", static_cast<unsigned>(checksum(body) & 0xFFFFFFFF));
  return base64(buffer + body);
}

std::optional<Cursor> parse_cursor(std::string_view text) {
  if (text.empty() || text.size() > 600) return std::nullopt;
  const auto plain = unbase64(text);
  if (!plain || plain->size() < 16 || plain->find('\0') != std::string::npos) return std::nullopt;
  const std::string body = plain->substr(8);
  char sum[16];
  std::snprintf(sum, sizeof sum, "%08x", static_cast<unsigned>(checksum(body) & 0xFFFFFFFF));
  if (plain->substr(0, 8) != sum || base64(*plain) != text) return std::nullopt;
  unsigned long long revision, id, question, primary;
  unsigned ordinal;
  int at = 0;
  if (std::sscanf(body.c_str(), "r2 %llx %llx %llx %llx %x %n", &revision, &id, &question, &primary, &ordinal, &at) != 5 || at == 0) return std::nullopt;
  Cursor c;
  c.state = {revision, id};
  c.question = question;
  c.primary = std::bit_cast<double>(static_cast<uint64_t>(primary));
  c.ordinal = ordinal;
  c.id = body.substr(static_cast<size_t>(at));
  if (std::isnan(c.primary) || c.id.rfind('@') == std::string::npos) return std::nullopt;
  return c;
}

}  // namespace resolute::search
