// When an index learned of its documents: a file of each generation, for feeds. It outlives segments, which are merged.
//
//   R 12 2037-12-15T08:30:00Z     a revision that brought documents, and when
//   A/RES/91/12@en                one of those that it brought, and that are still there as it brought them
//   # 1234567890                  the checksum of all lines before
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace resolute {

class Arrivals {
 public:
  struct Revision {
    uint64_t number = 0;
    std::string time;  // UTC, ISO 8601
  };

  // Those of a generation; none where an older program wrote it. Throws Error(corrupt).
  static Arrivals read(const std::string& index, uint64_t revision);

  // What brought a document, by SYMBOL@LANG; nullptr where that is not known.
  const Revision* find(const std::string& id) const;
  // Of a generation after this one: `fresh` documents came with `revision`; of the others those stay that `is_there`.
  template <typename IsThere>
  Arrivals after(Revision revision, const std::vector<std::string>& fresh, IsThere&& is_there) const {
    Arrivals out;
    out.revisions_ = revisions_;
    for (const auto& [id, which] : of_)
      if (is_there(id)) out.of_.emplace(id, which);
    out.revisions_.push_back(std::move(revision));
    for (const auto& id : fresh) out.of_[id] = static_cast<uint32_t>(out.revisions_.size() - 1);
    return out;
  }
  // As the file has it; the same for the same arrivals.
  std::string print() const;

 private:
  std::vector<Revision> revisions_;  // ascending
  std::unordered_map<std::string, uint32_t> of_;
};

std::string arrivals_path(const std::string& index, uint64_t revision);

}  // namespace resolute
