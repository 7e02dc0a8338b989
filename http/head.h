// What stands before a request's body, read strictly (RFC 9112).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/handler.h"

namespace resolute::http {

// Every limit of the server. What exceeds one is answered with a problem or cut off.
struct Limits {
  int threads = 8;                    // requests worked on at once
  size_t waiting = 256;               // requests that wait for one; more are answered 503 at once
  int connections = 2000;             // each has a thread of its own; more are answered 503 at once
  int read_seconds = 5;               // for a whole request to arrive, from its first byte; 1 where most connections are taken
  int write_seconds = 10;             // for an answer to be taken, and one more for each 100 kB
  int keep_alive_seconds = 60;        // idle on a connection; 1 where most are taken
  int stop_seconds = 4;               // for what runs to end, once the server is to stop
  size_t keep_alive_requests = 1000;  // on one connection
  size_t target_bytes = 20480;        // path and query string
  size_t head_bytes = 32768;          // request line and header fields
  size_t header_fields = 100;
  size_t body_bytes = 256 << 10;     // of a POST
  size_t draft_bytes = 10 << 20;     // of a POST that is a file
  size_t arriving_bytes = 64 << 20;  // of bodies that are on their way, over all connections; more are answered 503
  size_t unsent_bytes = 128 << 20;   // of answers that wait for their clients, over all connections; more are answered 503
  size_t cache_bytes = 32 << 20;     // answers to searches that are kept while the index does not change
  int streams = 4;                   // lists that are being written at once
};

// What a request says before its body.
struct Head {
  Request request;
  bool body = false;               // one follows, or may
  std::optional<uint64_t> length;  // of the body, where the head gives it
  bool awaits_continue = false;    // the client waits for "100 Continue" before it sends the body
  bool chunks = false;             // the client understands an answer in chunks
  bool keep_alive = false;         // the client would ask more on this connection
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

}  // namespace resolute::http
