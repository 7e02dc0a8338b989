// The HTTP front end: sockets, limits, stopping. Wraps cpp-httplib, which nothing else sees.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/handler.h"

namespace resolute::http {

// Every limit of the server. What exceeds one is answered with a problem or cut off.
struct Limits {
  int threads = 32;                  // requests answered at once
  size_t waiting = 256;              // connections that wait for a thread; more wait in the kernel
  int read_seconds = 5;              // for a whole request to arrive, from its first byte; 1 where others wait
  int write_seconds = 10;            // for an answer to be taken, and one more for each 100 kB
  int keep_alive_seconds = 5;        // an idle connection holds a thread: a tenth of one where others wait
  size_t keep_alive_requests = 1000; // on one connection
  size_t target_bytes = 8192;        // path and query string
  size_t head_bytes = 32768;         // request line and header fields
  size_t header_fields = 100;
  size_t body_bytes = 256 << 10;     // of a POST
  size_t cache_bytes = 32 << 20;     // answers to searches that are kept while the index does not change
};

struct ServerOptions {
  std::string index;
  std::string lexicon;               // an index whose lexicon translates the words; empty: its own
  std::string address = "127.0.0.1";
  int port = 8080;                   // 0: any free one
  Limits limits;
  std::function<void(int port)> listening;   // called once requests are taken
  const std::atomic<bool>* stop = nullptr;   // set: finish what runs and return
};

// What a request says before its body.
struct Head {
  Request request;
  bool body = false;        // one follows, or may
  std::optional<uint64_t> length;  // of the body, where the head gives it
  bool awaits_continue = false;    // the client waits for "100 Continue" before it sends the body
  bool keep_alive = false;  // the client would ask more on this connection
};

// Why a head cannot be answered.
struct Malformed {
  int status = 400;
  std::string detail;
};

// A request's head, from its request line to the empty line (included), strictly as
// RFC 9112 has it: lines end in CRLF, no folded fields, one Host, one way of framing a body.
// What two readers could take for two different requests is refused.
std::variant<Head, Malformed> parse_head(std::string_view bytes, const Limits& limits);

// Serves until stopped. Throws Error(unavailable) where the address cannot be had.
void serve(const ServerOptions& options);

}  // namespace resolute::http
