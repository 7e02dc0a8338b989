#include "indexer/update_plan.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace resolute::indexer {
namespace {

constexpr size_t kTimesLarger = 4, kSmall = 64;  // than what is written
constexpr size_t kLeastAlive = 4;                // one in so many may be deleted

}  // namespace

std::string identifier_of(std::string_view id) { return std::string(id.substr(0, id.rfind('@'))); }

bool segment_stays(uint32_t documents, size_t deleted, size_t written) {
  return documents - deleted > kTimesLarger * written + kSmall && deleted * kLeastAlive < documents;
}

UpdatePlan plan_update(const UpdateInput& in) {
  std::map<std::string, UpdatePlan::Group> groups;
  for (size_t f = 0; f < in.fresh.size(); ++f) groups[identifier_of(in.fresh[f])].fresh.push_back(f);
  const std::unordered_set<std::string> fresh(in.fresh.begin(), in.fresh.end());
  std::set<std::string> rewritten = in.rejoined;
  for (const auto& [symbol, group] : groups) rewritten.insert(symbol);
  for (const auto& id : in.dropped) rewritten.insert(identifier_of(id));

  std::vector<std::vector<uint32_t>> deleted;
  for (const auto& s : in.segments) deleted.push_back(s.deleted);
  for (const auto& d : in.live)
    if (const auto symbol = identifier_of(d.id); rewritten.count(symbol)) {
      deleted[d.at.first].push_back(d.at.second);
      if (!fresh.count(d.id) && !in.dropped.count(d.id)) groups[symbol].carried.push_back(d.at);
    }
  std::vector<bool> stays;
  for (size_t s = 0; s < in.segments.size(); ++s)
    stays.push_back(!in.rewrite_all && segment_stays(in.segments[s].documents, deleted[s].size(), in.fresh.size() + in.rejoined.size()));
  for (const auto& d : in.live)
    if (const auto symbol = identifier_of(d.id); !stays[d.at.first] && !rewritten.count(symbol)) groups[symbol].carried.push_back(d.at);

  UpdatePlan out;
  for (auto& [symbol, group] : groups) {
    group.symbol = symbol;
    std::sort(group.carried.begin(), group.carried.end());
    out.groups.push_back(std::move(group));
  }
  for (size_t s = 0; s < stays.size(); ++s) {
    std::sort(deleted[s].begin(), deleted[s].end());
    out.deleted.push_back(stays[s] ? std::optional(std::move(deleted[s])) : std::nullopt);
  }
  return out;
}

}  // namespace resolute::indexer
