// What an update writes anew and what stays as it is: a pure function of what the index holds and what was read.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace resolute::indexer {

// Where a document lies in the index as it is: segment, ordinal.
using OldPlace = std::pair<size_t, uint32_t>;

struct UpdateInput {
  struct Segment {
    uint32_t documents = 0;
    std::vector<uint32_t> deleted;  // ascending
  };
  std::vector<Segment> segments;
  struct Live {
    std::string id;
    OldPlace at;
  };
  std::vector<Live> live;          // documents that count, SYMBOL@LANG
  std::vector<std::string> fresh;  // ids of documents that are new or changed, each once
  std::set<std::string> dropped;   // ids that nobody claims any more
  std::set<std::string> rejoined;  // symbols of which library records say something else now
  bool rewrite_all = false;        // no segment stays
};

struct UpdatePlan {
  // The language versions of one symbol, which are written together: for their alignment, and so that a segment has both.
  struct Group {
    std::string symbol;
    std::vector<size_t> fresh;      // places in UpdateInput::fresh
    std::vector<OldPlace> carried;  // versions written again as they are
  };
  std::vector<Group> groups;  // by symbol, in byte order
  // Of each segment that stays, the documents that count no more, ascending; nullopt where the segment goes.
  std::vector<std::optional<std::vector<uint32_t>>> deleted;
};

// The merge policy: a segment stays while it is much larger than what is written now and mostly alive. Others are written
// again into the new one, so that few remain: each document is written again a logarithmic number of times.
bool segment_stays(uint32_t documents, size_t deleted, size_t written);

UpdatePlan plan_update(const UpdateInput& input);

// "A/RES/75/1" of "A/RES/75/1@en".
std::string identifier_of(std::string_view id);

}  // namespace resolute::indexer
