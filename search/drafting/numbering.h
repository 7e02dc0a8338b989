// How the organs number what they adopt, and which numbers there can be.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "search/generation.h"

namespace resolute::search {

inline constexpr int kFirstSlashed = 31;  // session of the Assembly: A/RES/31/1

// The number at `at`, of six digits at most; -1 where none is.
int number_after(std::string_view s, size_t at);

// What is known of the numbers on a day, by the documents of an index. It must live as long as this.
class Numbering {
 public:
  // The day is today's or the newest document's, whichever is later.
  Numbering(const Generation& generation, int today);

  // Why there can be no such document; empty where there can.
  std::string impossible(const std::string& symbol) const;
  // Numbers and years of the Security Council's resolutions that are held, ascending.
  const std::vector<std::pair<int, int>>& council() const { return council_; }

 private:
  // The last special ("S-") or emergency special ("ES-") session that the index or history knows.
  int last_special(const std::string& kind) const;

  const Generation& generation_;
  int now_;
  std::vector<std::pair<int, int>> council_;
};

}  // namespace resolute::search
