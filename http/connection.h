// One client's connection: requests in, answers out, at the client's pace and within limits.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/clients.h"
#include "http/handler.h"
#include "http/head.h"
#include "http/workers.h"

namespace resolute::http {

// What all connections of a server have in common.
struct Shared {
  Handler& handler;
  const Limits& limits;
  Workers& workers;
  Rates rates{};
  std::atomic<bool> stopping{false};
  std::atomic<int> open{0};         // connections
  std::atomic<size_t> arriving{0};  // bytes of bodies that are being read or worked on
  std::atomic<size_t> unsent{0};    // bytes of answers that wait for their clients
  std::shared_ptr<const std::vector<Network>> trusted() const {
    const std::lock_guard lock(mutex);
    return trusted_proxies;
  }
  // Takes new limits, also while it serves.
  void take(const ClientLimits& clients) {
    rates.set(clients.rate, clients.burst);
    const std::lock_guard lock(mutex);
    trusted_proxies = std::make_shared<const std::vector<Network>>(clients.trusted_proxies);
  }
  mutable std::mutex mutex{};
  std::shared_ptr<const std::vector<Network>> trusted_proxies{};
  // Patience holds a thread: there is less of it where few are left.
  bool crowded() const { return open.load() * 4 > limits.connections * 3; }
};

// Not for several threads. Reads and writes on the thread that serves it, and has requests worked on there or by the workers.
class Connection {
 public:
  // `roomy`: the thread that serves it has the stack that a search wants.
  Connection(int socket, std::string client, Shared& shared, bool roomy)
      : socket_(socket), client_(std::move(client)), shared_(shared), l_(shared.limits), roomy_(roomy) {}
  // Until the client has gone or is to go. Closes nothing.
  void serve();

 private:
  using Clock = std::chrono::steady_clock;
  bool readable(Clock::time_point until) const;
  std::optional<size_t> read_some();
  std::optional<std::variant<Head, Malformed>> read_head();
  std::optional<Malformed> read_body(Head& head);
  Response answer(const Head& head, const std::optional<Malformed>& fault);
  bool send_answer(Response answer, const Head& head, bool keep_alive);
  bool send_stream(const BodyStream& stream, bool chunks);
  bool write(std::string_view bytes);
  bool gone() const;
  void drain();

  int socket_;
  std::string client_;
  Shared& shared_;
  const Limits& l_;
  const bool roomy_;
  std::string buffer_;       // read, and not yet a request
  Clock::time_point begun_;  // when the first byte of the request came
};

}  // namespace resolute::http
