// Which resolutions succeed each other on an item.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "search/generation.h"

namespace resolute::search {

// Resolutions with a title form a series where organ, type and title are the same, numbers and
// years aside, or where one cites the other under nearly the same title. Those of the Security
// Council have none: there each continues the resolution it cites whose text it shares most of.
// Immutable, so for any number of threads.
class SeriesTable {
 public:
  explicit SeriesTable(const Generation& generation);

  // Symbols of a document's series, oldest first, itself included; empty where it has none.
  std::vector<std::string> members(const std::string& symbol) const;
  // Those on the way from its beginning over `symbol` to its end: one for each session.
  std::vector<std::string> chain(const std::string& symbol) const;
  // The newest of the series where it is of a later session (a later day, in the Security Council); else empty.
  std::string superseded_by(const std::string& symbol) const;
  // Share of the one's text that the other has, by shingles; 0 where either is unknown.
  double shared(const std::string& a, const std::string& b) const;

 private:
  struct Member {
    std::string symbol, title, session;
    std::string group;        // organ and type
    int32_t date = 0;
    uint32_t series = 0;      // index into series_
    uint32_t predecessor = kNone;
    std::vector<uint64_t> sketch;  // sorted: a sample of the shingles
  };
  double shared(const Member& a, const Member& b) const;
  const Member* find(const std::string& symbol) const;

  std::vector<Member> members_;  // oldest first
  std::unordered_map<std::string, uint32_t> by_symbol_;
  std::vector<std::vector<uint32_t>> series_;
};

}  // namespace resolute::search
