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
  const Limits& limits;  // that it began with
  Workers& workers;
  Rates rates{}, key_rates{};
  std::atomic<bool> stopping{false};
  std::atomic<int> open{0};         // connections
  std::atomic<size_t> arriving{0};  // bytes of bodies that are being read or worked on
  std::atomic<size_t> unsent{0};    // bytes of answers that wait for their clients
  // What may change while it serves.
  struct Settings {
    Limits limits;
    ClientLimits clients;
  };
  std::shared_ptr<const Settings> settings() const {
    const std::lock_guard lock(mutex);
    return taken;
  }
  // Of `fresh` what can change while it serves; connections that are open keep their limits.
  void take(Limits fresh, const ClientLimits& clients) {
    rates.set(clients.rate, clients.burst);
    key_rates.set(clients.key_rate, clients.burst);
    fresh.threads = limits.threads;
    fresh.cache_bytes = limits.cache_bytes;
    workers.set_most_waiting(fresh.waiting);
    most_connections = fresh.connections;
    auto made = std::make_shared<const Settings>(Settings{fresh, clients});
    const std::lock_guard lock(mutex);
    taken = std::move(made);
  }
  mutable std::mutex mutex{};
  std::shared_ptr<const Settings> taken{};
  std::atomic<int> most_connections{0};
  // Patience holds a thread: there is less of it where few are left.
  bool crowded() const { return open.load() * 4 > most_connections.load() * 3; }
};

// Not for several threads. Reads and writes on the thread that serves it, and has requests worked on there or by the workers.
class Connection {
 public:
  // `roomy`: the thread that serves it has the stack that a search wants.
  Connection(int socket, std::string client, Shared& shared, bool roomy)
      : socket_(socket), client_(std::move(client)), shared_(shared), set_(shared.settings()), limits_(set_->limits), roomy_(roomy) {}
  // Until the client has gone or is to go. Closes nothing.
  void serve();

 private:
  using Clock = std::chrono::steady_clock;
  bool readable(Clock::time_point until) const;
  std::optional<size_t> read_some();
  std::optional<std::variant<Head, Malformed>> read_head();
  std::optional<Malformed> read_body(Head& head);
  Response answer(Head& head, const std::optional<Malformed>& fault);
  std::optional<Response> refuse_client(Head& head);
  bool send_answer(Response answer, const Head& head, bool keep_alive);
  bool send_stream(const BodyStream& stream, bool chunks);
  bool write(std::string_view bytes);
  bool gone() const;
  bool left() const;
  void drain();

  int socket_;
  std::string client_;
  Shared& shared_;
  std::shared_ptr<const Shared::Settings> set_;  // when it began
  const Limits& limits_;
  const bool roomy_;
  std::string buffer_;       // read, and not yet a request
  Clock::time_point begun_;  // when the first byte of the request came
};

}  // namespace resolute::http
