// Who asks, and how often: rates by client.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/keys.h"

namespace resolute::http {

// A network: "10.0.0.0/8", "2001:db8::/32", or one address.
struct Network {
  std::string bytes;  // 4 or 16
  unsigned bits = 0;
};
std::optional<Network> parse_network(std::string_view text);
// Whether an address, as print_client gives it, is of one of them.
bool is_of(const std::vector<Network>& networks, std::string_view address);

// The client that a request comes from: of what X-Forwarded-For lists the last that no trusted proxy is, where the peer is one;
// else the peer. What is no address in the list ends it.
std::string client_of(const std::string& peer, std::string_view forwarded_for, const std::vector<Network>& trusted);

// What is asked of clients.
struct ClientLimits {
  double rate = 0;                       // requests a second of one; 0 any number
  double burst = 20;                     // that it may make at once before
  std::vector<Network> trusted_proxies;  // whose X-Forwarded-For is believed
  std::string trusted_names;             // as they were given
  std::vector<Key> keys;                 // that clients may show
  std::string key_entries;               // as they were given
  bool keys_only = false;                // who shows none is refused
  double key_rate = 0;                   // as `rate`, of one who shows a key
};

// Lets each client have so many requests a second, and a few more at once (a token bucket, refilled evenly). An IPv6 client is its
// network of 64 bits. For any number of threads; of at most so many clients something is known, those that asked last.
class Rates {
 public:
  // 0 a second: no limit.
  void set(double per_second, double burst);
  // Seconds until it may ask again, 1 at least; nullopt where it may now.
  std::optional<int> refuse(const std::string& client, std::chrono::steady_clock::time_point now);

 private:
  struct Bucket {
    std::string client;
    double tokens;
    std::chrono::steady_clock::time_point at;
  };
  static constexpr size_t kMostClients = 100'000;
  std::mutex mutex_;
  double per_second_ = 0, burst_ = 0;
  std::list<Bucket> buckets_;  // who asked last comes first
  std::unordered_map<std::string, std::list<Bucket>::iterator> of_;
};

}  // namespace resolute::http
