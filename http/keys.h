// Keys that clients may show: of each the service knows a name and a hash, never the key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resolute::http {

struct Key {
  std::string name;  // letters, figures, dashes
  std::string hash;  // SHA-256, 32 bytes: enough for keys that are random
};

// "NAME:HASH,NAME:HASH", hashes in hexadecimal; nullopt where it is something else, or a name stands twice.
std::optional<std::vector<Key>> parse_keys(std::string_view list);
// The one that is shown. Takes as long for every text of a length: who measures learns nothing.
const Key* find_key(const std::vector<Key>& keys, std::string_view shown);
// What "Authorization: Bearer KEY" shows; empty for anything else.
std::string_view bearer_of(std::string_view authorization);

// A new key of 256 random bits, and what the configuration says of it: NAME:HASH.
struct NewKey {
  std::string key, entry;
};
// nullopt where the name cannot be one.
std::optional<NewKey> make_key(std::string_view name);

}  // namespace resolute::http
