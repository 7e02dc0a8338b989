// Requests to responses, without sockets: what the server says to each.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/answer_cache.h"
#include "schemas/error.h"
#include "search/live_index.h"

namespace resolute::http {

struct Request {
  std::string method;
  std::string target;         // as sent: path and query string, percent-encoded
  std::string if_none_match;  // header, or empty; several joined by commas
  std::string accept;         // likewise
  std::string accept_encoding, accept_language, cookie;  // likewise
  std::string body;           // of a POST to an address that takes one
};

struct Response {
  int status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

// For any number of threads.
class Handler {
 public:
  // `cache_bytes` of answers to searches are kept; 0 computes each anew.
  explicit Handler(const search::LiveIndex& index, size_t cache_bytes = 0);
  ~Handler();

  // Never throws: what goes wrong is a problem+json answer.
  Response handle(const Request& request) const;
  // Whether the request's body is to be read: it is a POST to an address that takes one.
  static bool takes_body(const Request& request);
  // The answer for a status that the server itself comes to (a line that is no HTTP).
  static Response problem(int status, const std::string& detail = "");
  // The answer for what a search threw. What lies behind a failure of ours goes to stderr:
  // paths and details of the server are not for the network.
  static Response problem(const Error& error);

  void draining() { draining_ = true; }  // /readyz says no from now on

 private:
  Response answer(const Request& request, std::string& route) const;
  Response metrics() const;
  const search::LiveIndex& index_;
  std::atomic<bool> draining_{false};
  mutable AnswerCache cache_;
  struct Metrics;
  std::unique_ptr<Metrics> metrics_;
};

}  // namespace resolute::http
