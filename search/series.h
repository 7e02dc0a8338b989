// Which resolutions succeed each other on an item.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "search/generation.h"

namespace resolute::search {

// Resolutions with a title form a series where organ, type and title are the same, numbers and
// years aside, or where one cites the other under nearly the same title. Those of the Security
// Council have none: there each continues the resolution it cites whose text it shares most of.
// Texts are read when they are asked about, once. For any number of threads.
class SeriesTable {
 public:
  // The generation must outlive it.
  explicit SeriesTable(const Generation& generation);

  // Symbols on the way from the beginning of a document's series over it to the end: one for each session;
  // of the Security Council, those that continue each other. Empty where it is in none.
  std::vector<std::string> chain(const std::string& symbol) const;
  // The newest of the chain that surely stands in the document's place: every step on the way keeps so much
  // of the whole text that the next one is no answer to it but its renewal. Empty where there is none.
  std::string superseded_by(const std::string& symbol) const;
  // Share of the shorter text that the other has, by shingles; 0 where either is unknown.
  double shared(const std::string& a, const std::string& b) const;

 private:
  struct Member {
    std::string symbol, title, session;
    std::string group;  // organ and type
    int32_t date = 0;
    DocumentRef at;
    uint32_t series = kNone;                // index into series_, of those with a title
    std::vector<uint32_t> cites, cited_by;  // members of its group
  };
  // What is known of a text once it was read.
  struct Text {
    bool read = false, followed = false;
    std::vector<uint64_t> sketch;  // sorted: a sample of the shingles
    uint32_t predecessor = kNone;
  };
  size_t both(uint32_t a, uint32_t b) const;
  double shared(uint32_t a, uint32_t b) const;
  double alike(uint32_t a, uint32_t b) const;
  const std::vector<uint64_t>& sketch(uint32_t member) const;
  uint32_t predecessor(uint32_t member) const;
  std::vector<uint32_t> chain(uint32_t member) const;
  uint32_t find(const std::string& symbol) const;

  const Generation& generation_;
  std::vector<Member> members_;  // oldest first
  std::unordered_map<std::string, uint32_t> by_symbol_;
  std::vector<std::vector<uint32_t>> series_;
  mutable std::mutex mutex_;  // of texts_
  mutable std::vector<Text> texts_;
};

}  // namespace resolute::search
