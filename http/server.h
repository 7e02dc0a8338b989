// The HTTP front end: sockets, limits, stopping. Wraps cpp-httplib, which nothing else sees.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "http/clients.h"
#include "http/head.h"

namespace resolute::http {

struct ServerOptions {
  std::string index;
  std::string lexicon;  // an index whose lexicon translates the words; empty: its own
  std::string address = "127.0.0.1";
  int port = 8080;                                          // 0: any free one
  std::string public_url;                                   // before addresses in answers, "https://example.org/un"; empty: http:// and the request's Host
  ReadDraft read_draft;                                     // drafts that are files
  std::function<void(const std::string& line)> access_log;  // of each request, where it is set
  bool log_requests = false, log_queries = false;
  ClientLimits clients;
  std::atomic<bool>* reload = nullptr;  // set: `reread` is asked for new ones, and it is unset
  // What can change while it serves is taken from them, from the next request or connection on. Throws Error where they cannot be read:
  // those before stay.
  std::function<ServerOptions()> reread;
  Limits limits;
  std::function<void(int port)> listening;  // called once requests are taken
  const std::atomic<bool>* stop = nullptr;  // set: finish what runs and return
  std::function<void()> stuck;              // called where something runs on though it was cut off; may end the process
};

// Serves until stopped. Throws Error(unavailable) where the address cannot be had.
void serve(const ServerOptions& options);

}  // namespace resolute::http
