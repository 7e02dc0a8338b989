#include "text/columns.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "text/normalize.h"

namespace resolute::text {
namespace {

constexpr size_t kFewestLines = 5;  // of a column
constexpr int kSlack = 5;           // places that the right column's lines begin apart, indents of paragraphs included

// Extraction aligns characters, whatever their width.
int places(const std::string& s) {
  int n = 0;
  for (const char c : s) n += (c & 0xC0) != 0x80;
  return n;
}

struct Region {
  size_t begin = 0, end = 0;  // lines
  int middle = 0;             // where the right column begins
};

bool is_right(const Line& line, int middle) { return line.indent >= middle - 1; }
bool crosses(const Line& line, int middle) { return !is_right(line, middle) && line.indent + places(line.text) > middle - 2; }

// Most lines of a column go to its edge, or nearly.
bool fills(const std::vector<int>& lengths) {
  if (lengths.size() < kFewestLines) return false;
  const int longest = *std::max_element(lengths.begin(), lengths.end());
  const auto full = std::count_if(lengths.begin(), lengths.end(), [&](int n) { return n * 4 >= longest * 3; });
  return longest >= 12 && static_cast<size_t>(full) * 2 >= lengths.size();
}

// Where right columns may begin: places that several lines begin at or little behind.
std::vector<int> middles(const std::vector<Line>& lines, size_t begin, size_t end) {
  std::map<int, size_t> starts;
  for (size_t i = begin; i < end; ++i)
    if (lines[i].indent >= 18) ++starts[lines[i].indent];
  std::vector<int> out;
  for (const auto& [at, n] : starts) {
    size_t near = 0;
    for (auto it = starts.lower_bound(at); it != starts.end() && it->first <= at + kSlack; ++it) near += it->second;
    if (near >= kFewestLines) out.push_back(at);
  }
  return out;
}

// The longest run of lines in [begin, end) that stands in two columns.
Region find_region(const std::vector<Line>& lines, size_t begin, size_t end) {
  Region best;
  for (const int middle : middles(lines, begin, end)) {
    for (size_t i = begin; i < end;) {
      if (crosses(lines[i], middle)) {
        ++i;
        continue;
      }
      size_t stop = i;
      bool beside = false;
      std::vector<int> left, right;
      while (stop < end && !crosses(lines[stop], middle)) {
        beside |= is_right(lines[stop], middle);
        (is_right(lines[stop], middle) ? right : left).push_back(places(lines[stop].text));
        ++stop;
      }
      if (beside && stop - i > best.end - best.begin && fills(left) && fills(right)) best = {i, stop, middle};
      i = stop;
    }
  }
  return best;
}

}  // namespace

void untangle_columns(std::vector<Line>& lines) {
  if (std::none_of(lines.begin(), lines.end(), [](const Line& l) { return l.beside; })) return;
  for (size_t begin = 0, end; begin < lines.size(); begin = end) {
    end = begin + 1;
    while (end < lines.size() && !lines[end].page_before) ++end;
    const auto region = find_region(lines, begin, end);
    if (region.end == region.begin) continue;
    std::vector<Line> left, right;
    const bool page = lines[region.begin].page_before;
    for (size_t i = region.begin; i < region.end; ++i) {
      Line line = std::move(lines[i]);
      const bool to_right = is_right(line, region.middle);
      if (to_right) line.indent -= region.middle - 1;
      // What was blank was a row of both.
      line.blank_before = line.beside = line.page_before = false;
      (to_right ? right : left).push_back(std::move(line));
    }
    if (!right.empty()) right.front().page_before = true;
    if (!left.empty()) left.front().page_before = page;
    std::move(right.begin(), right.end(), std::back_inserter(left));
    std::move(left.begin(), left.end(), lines.begin() + static_cast<long>(region.begin));
  }
}

}  // namespace resolute::text
