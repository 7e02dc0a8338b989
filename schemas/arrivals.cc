#include "schemas/arrivals.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "schemas/error.h"
#include "schemas/manifest.h"
#include "schemas/segment.h"

namespace resolute {
namespace {

[[noreturn]] void fail() { throw Error(ErrorKind::corrupt, "the table of arrivals is damaged; build the index anew with `resolute index --rebuild`"); }

}  // namespace

std::string arrivals_path(const std::string& index, uint64_t revision) { return generation_path(index, revision) + "/arrivals"; }

Arrivals Arrivals::read(const std::string& index, uint64_t revision) {
  Arrivals out;
  std::ifstream in(arrivals_path(index, revision), std::ios::binary);
  if (!in) return out;
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const size_t sum = bytes.rfind("# ");
  if (sum == std::string::npos || bytes.substr(sum) != "# " + std::to_string(checksum(std::string_view(bytes).substr(0, sum))) + "\n") fail();
  for (size_t at = 0; at < sum;) {
    const size_t end = std::min(bytes.find('\n', at), sum);
    const std::string line = bytes.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("R ")) {
      const size_t space = line.find(' ', 2);
      if (space == std::string::npos) fail();
      out.revisions_.push_back({std::strtoull(line.c_str() + 2, nullptr, 10), line.substr(space + 1)});
    } else if (out.revisions_.empty()) {
      fail();
    } else {
      out.of_.emplace(line, static_cast<uint32_t>(out.revisions_.size() - 1));
    }
  }
  return out;
}

const Arrivals::Revision* Arrivals::find(const std::string& id) const {
  const auto it = of_.find(id);
  return it == of_.end() ? nullptr : &revisions_[it->second];
}

std::string Arrivals::print() const {
  std::vector<std::vector<std::string>> by_revision(revisions_.size());
  for (const auto& [id, which] : of_) by_revision[which].push_back(id);
  std::string out;
  for (size_t r = 0; r < revisions_.size(); ++r) {
    if (by_revision[r].empty()) continue;
    out += "R " + std::to_string(revisions_[r].number) + " " + revisions_[r].time + "\n";
    std::sort(by_revision[r].begin(), by_revision[r].end());
    for (const auto& id : by_revision[r]) out += id + "\n";
  }
  return out + "# " + std::to_string(checksum(out)) + "\n";
}

}  // namespace resolute
