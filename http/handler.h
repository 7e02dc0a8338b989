// Requests to responses, without sockets: what the server says to each.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/answer_cache.h"
#include "http/draft_file.h"
#include "schemas/error.h"
#include "search/live_index.h"

namespace resolute::http {

struct Request {
  std::string method;
  std::string target;                                    // as sent: path and query string, percent-encoded
  std::string if_none_match;                             // header, or empty; several joined by commas
  std::string accept;                                    // likewise
  std::string accept_encoding, accept_language, cookie;  // likewise
  std::string body;                                      // of a POST to an address that takes one
  std::string content_type;                              // of the body, or empty
  std::string host;                                      // header, or empty
  std::string forwarded_for;                             // header, or empty
  std::string authorization;                             // header, or empty
  std::string client;                                    // its address, or the name of its key, for limits and the log
  std::function<void()> takes_long;                      // to be told once that answering takes long; may be empty; for any thread
  std::function<bool()> gone;                            // whether the client has left; empty where nobody knows; for any thread
};

// A body made piece by piece: appends a piece (or nothing yet) to `out`; false where it was the last. Throws where it cannot go on.
using BodyStream = std::function<bool(std::string& out)>;

struct Response {
  int status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  BodyStream stream;  // what follows `body`, where it is set
};

// What the server is at.
struct Load {
  size_t busy = 0, waiting = 0, connections = 0, unsent_bytes = 0;
};

// What may change while it answers.
struct HandlerSettings {
  std::string public_url;    // before addresses in answers; empty: http:// and the request's host
  int streams = 4;           // lists that are written at once
  bool log_requests = true;  // where there is a log
  bool log_queries = false;  // with what was asked for
};

struct HandlerOptions {
  size_t cache_bytes = 0;                                   // of answers to searches that are kept; 0 computes each anew
  ReadDraft read_draft;                                     // drafts that are files; empty: only text is read
  std::function<void(const std::string& line)> access_log;  // gets a line of JSON for each request; for any thread
  HandlerSettings settings;
};

// For any number of threads.
class Handler {
 public:
  explicit Handler(const search::LiveIndex& index, HandlerOptions options = {});
  ~Handler();

  // Never throws: what goes wrong is a problem+json answer.
  Response handle(const Request& request) const;
  // Whether the request's body is to be read: it is a POST to an address that takes one.
  static bool takes_body(const Request& request);
  // Whether it may be a file: as large as a draft may be, not as a message.
  static bool takes_file(const Request& request);
  // The answer for a status that the server itself comes to (a line that is no HTTP).
  static Response problem(int status, const std::string& detail = "");
  // The same, counted.
  Response refuse(int status, const std::string& detail) const;
  // The answer for what a search threw. What caused a failure of ours goes to stderr:
  // paths and details of the server are not for the network.
  static Response problem(const Error& error);

  void draining() { draining_ = true; }  // /readyz says no from now on
  // From the next request on.
  void take(HandlerSettings settings);
  // What /metrics asks for the load; may be empty.
  void observe(std::function<Load()> load);

 private:
  Response answer(const Request& request, std::string& route) const;
  void log(const Request& request, const std::string& route, Response& response, double seconds) const;
  Response metrics() const;
  const search::LiveIndex& index_;
  std::shared_ptr<const HandlerSettings> settings() const;
  HandlerOptions options_;
  mutable std::mutex settings_mutex_;
  std::shared_ptr<const HandlerSettings> settings_;
  mutable std::atomic<int> streams_{0};
  std::atomic<bool> draining_{false};
  mutable std::mutex load_mutex_;
  std::function<Load()> load_;
  mutable AnswerCache cache_;
  struct Metrics;
  std::unique_ptr<Metrics> metrics_;
};

}  // namespace resolute::http
