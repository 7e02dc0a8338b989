// The addresses of the service, in one table: it says what is answered, by which method, under which name metrics count it.
// schemas/openapi.json lists the same ones; a test compares them.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/answer_cache.h"
#include "http/handler.h"
#include "http/parameters.h"

namespace resolute::http {

// A request on its way to its answer. Valid while it is answered.
struct Call {
  const Request& request;
  const std::string& named;                          // what stands for {...} in the route's pattern; else empty
  const Parameters& given;                           // of the query string
  std::shared_ptr<const search::Searcher> searcher;  // of the published index; set where the route needs one
  const search::LiveIndex& index;
  AnswerCache& cache;
  std::string base;           // before addresses of this service, where they must be whole; empty where it is not known
  std::atomic<int>& streams;  // answers that are being made piece by piece
  int most_streams = 1;
  const ReadDraft& read_draft;
  bool draining = false;  // the service stops
  std::chrono::steady_clock::time_point begin;
};

struct Route {
  const char* method;   // "GET", which answers HEAD too, or "POST", whose body is read
  const char* pattern;  // "/v1/documents/{symbol}/history": {...} stands for whatever is there, slashes included
  const char* name;     // label of metrics
  bool needs_index;     // where there is none, 503 is answered
  Response (*answer)(const Call& call);
};

// Every one; of two that fit a path the first is meant.
std::span<const Route> routes();

struct Routed {
  const Route* route = nullptr;  // nullptr where there is no such address
  std::string named;
};
// `path` is percent-decoded.
Routed find_route(std::string_view path);

}  // namespace resolute::http
