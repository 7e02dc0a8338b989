#include "http/keys.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "schemas/ascii.h"

namespace resolute::http {
namespace {

bool is_name(std::string_view s) {
  return !s.empty() && s.size() <= 64 && std::all_of(s.begin(), s.end(), [](char c) { return is_alpha(c) || is_digit(c) || c == '-'; });
}

std::string hash_of(std::string_view key) {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return out;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) out += {kDigits[static_cast<unsigned char>(c) >> 4], kDigits[static_cast<unsigned char>(c) & 15]};
  return out;
}

}  // namespace

std::optional<std::vector<Key>> parse_keys(std::string_view list) {
  std::vector<Key> out;
  for (size_t at = 0; at < list.size();) {
    const size_t end = std::min(list.find(',', at), list.size());
    const auto entry = trimmed(list.substr(at, end - at));
    at = end + 1;
    const size_t colon = entry.find(':');
    if (colon == std::string_view::npos || !is_name(entry.substr(0, colon))) return std::nullopt;
    Key key{std::string(entry.substr(0, colon)), std::string(crypto_hash_sha256_BYTES, '\0')};
    const auto digits = entry.substr(colon + 1);
    size_t bytes = 0;
    if (digits.size() != 2 * key.hash.size() ||
        sodium_hex2bin(reinterpret_cast<unsigned char*>(key.hash.data()), key.hash.size(), digits.data(), digits.size(), nullptr, &bytes, nullptr) != 0 ||
        bytes != key.hash.size())
      return std::nullopt;
    if (std::any_of(out.begin(), out.end(), [&](const Key& other) { return other.name == key.name; })) return std::nullopt;
    out.push_back(std::move(key));
  }
  return out;
}

const Key* find_key(const std::vector<Key>& keys, std::string_view shown) {
  const auto hash = hash_of(shown);
  const Key* found = nullptr;
  for (const auto& key : keys)
    if (sodium_memcmp(key.hash.data(), hash.data(), hash.size()) == 0) found = &key;
  return found;
}

std::string_view bearer_of(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  return lowered(authorization.substr(0, kScheme.size())) == kScheme ? trimmed(authorization.substr(kScheme.size())) : std::string_view();
}

std::optional<NewKey> make_key(std::string_view name) {
  if (!is_name(name) || sodium_init() < 0) return std::nullopt;
  std::array<unsigned char, 32> random{};
  randombytes_buf(random.data(), random.size());
  NewKey out;
  out.key = hex({reinterpret_cast<const char*>(random.data()), random.size()});
  out.entry = std::string(name) + ":" + hex(hash_of(out.key));
  return out;
}

}  // namespace resolute::http
