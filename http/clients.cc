#include "http/clients.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>

#include "schemas/ascii.h"

namespace resolute::http {
namespace {

// 4 or 16 bytes; empty where it is no address.
std::string parse_address(std::string_view text) {
  const std::string s(text);
  unsigned char bytes[16];
  if (::inet_pton(AF_INET, s.c_str(), bytes) == 1) return {reinterpret_cast<char*>(bytes), 4};
  if (::inet_pton(AF_INET6, s.c_str(), bytes) != 1) return "";
  const std::string all(reinterpret_cast<char*>(bytes), 16);
  const std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12);
  return all.starts_with(mapped) ? all.substr(12) : all;
}

std::string bucket_of(const std::string& client) {
  const auto bytes = parse_address(client);
  return bytes.size() == 16 ? bytes.substr(0, 8) : bytes.empty() ? client : bytes;
}

}  // namespace

std::optional<Network> parse_network(std::string_view text) {
  const size_t slash = text.find('/');
  Network out{parse_address(text.substr(0, slash)), 0};
  if (out.bytes.empty()) return std::nullopt;
  out.bits = static_cast<unsigned>(out.bytes.size() * 8);
  if (slash == std::string_view::npos) return out;
  const auto bits = text.substr(slash + 1);
  if (bits.size() > 3 || !all_digits(bits)) return std::nullopt;
  const auto n = static_cast<unsigned>(std::stoul(std::string(bits)));
  if (n > out.bits) return std::nullopt;
  out.bits = n;
  return out;
}

bool is_of(const std::vector<Network>& networks, std::string_view address) {
  const auto bytes = parse_address(address);
  if (bytes.empty()) return false;
  return std::any_of(networks.begin(), networks.end(), [&](const Network& n) {
    if (n.bytes.size() != bytes.size()) return false;
    for (unsigned bit = 0; bit < n.bits; ++bit)
      if ((static_cast<unsigned char>(n.bytes[bit / 8]) ^ static_cast<unsigned char>(bytes[bit / 8])) >> (7 - bit % 8) & 1) return false;
    return true;
  });
}

std::string client_of(const std::string& peer, std::string_view forwarded_for, const std::vector<Network>& trusted) {
  std::string client = peer;
  while (is_of(trusted, client) && !forwarded_for.empty()) {
    const size_t comma = forwarded_for.rfind(',');
    const auto named = trimmed(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
    forwarded_for = comma == std::string_view::npos ? std::string_view() : forwarded_for.substr(0, comma);
    if (parse_address(named).empty()) break;
    client = named;
  }
  return client;
}

void Rates::set(double per_second, double burst) {
  const std::lock_guard lock(mutex_);
  per_second_ = per_second;
  burst_ = std::max(1.0, burst);
}

std::optional<int> Rates::refuse(const std::string& client, std::chrono::steady_clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (per_second_ <= 0) return std::nullopt;
  const auto name = bucket_of(client);
  auto it = of_.find(name);
  if (it == of_.end()) {
    buckets_.push_front({name, burst_, now});
    it = of_.emplace(name, buckets_.begin()).first;
    if (buckets_.size() > kMostClients) {
      of_.erase(buckets_.back().client);
      buckets_.pop_back();
    }
  } else {
    buckets_.splice(buckets_.begin(), buckets_, it->second);
  }
  auto& bucket = *it->second;
  const double passed = std::chrono::duration<double>(now - bucket.at).count();
  bucket.tokens = std::min(burst_, bucket.tokens + std::max(0.0, passed) * per_second_);
  bucket.at = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / per_second_)));
}

}  // namespace resolute::http
