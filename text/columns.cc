#include "text/columns.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "schemas/ascii.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

constexpr size_t kFewestOfColumn = 5;  // of a column
constexpr int kNarrowGap = 2;          // spaces between columns where a line of the left one is long
constexpr int kSlack = 5;              // places that the right column's lines begin apart, indents of paragraphs included

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

// Where the right column's text begins in a line that has both, parted by few spaces: bytes of the text, 0 where it has not.
size_t right_part(const Line& line, int middle) {
  int at = line.indent, gap = 0;
  for (size_t i = 0; i < line.text.size(); ++i) {
    const char c = line.text[i];
    if ((c & 0xC0) == 0x80) continue;
    if (c != ' ' && gap >= kNarrowGap && at >= middle - 1 && at <= middle + kSlack) return i;
    gap = c == ' ' ? gap + 1 : 0;
    if (++at > middle + kSlack + 1) break;
  }
  return 0;
}

bool crosses(const Line& line, int middle) { return !is_right(line, middle) && line.indent + places(line.text) > middle - 2 && right_part(line, middle) == 0; }

// Most lines of a column go to its edge, or nearly. Of widths.
bool fills(const std::vector<int>& lengths) {
  if (lengths.size() < kFewestOfColumn) return false;
  const int longest = *std::max_element(lengths.begin(), lengths.end());
  const auto full = std::count_if(lengths.begin(), lengths.end(), [&](int n) { return n * 4 >= longest * 3; });
  return longest >= 12 && static_cast<size_t>(full) * 2 >= lengths.size();
}

// Where right columns may begin: places that several lines begin at or little after.
std::vector<int> middles(const std::vector<Line>& lines, size_t begin, size_t end) {
  std::map<int, size_t> starts;
  for (size_t i = begin; i < end; ++i)
    if (lines[i].indent >= 18) ++starts[lines[i].indent];
  std::vector<int> out;
  for (const auto& [at, n] : starts) {
    size_t near = 0;
    for (auto it = starts.lower_bound(at); it != starts.end() && it->first <= at + kSlack; ++it) near += it->second;
    if (near >= kFewestOfColumn) out.push_back(at);
  }
  return out;
}

// From line `i` on the first that has something right of it, or in the right column.
size_t first_row(const std::vector<Line>& lines, size_t i, int middle) {
  while (!is_right(lines[i], middle) && right_part(lines[i], middle) == 0 && !(lines[i + 1].beside && is_right(lines[i + 1], middle))) ++i;
  return i;
}

// A line that has both columns parted by few spaces, as two.
void part_rows(std::vector<Line>& lines, Region& region) {
  for (size_t i = region.begin; i < region.end; ++i) {
    const size_t at = is_right(lines[i], region.middle) ? 0 : right_part(lines[i], region.middle);
    if (at == 0) continue;
    Line right = lines[i];
    right.indent += places(lines[i].text.substr(0, at));
    right.text.erase(0, at);
    lines[i].text = trimmed(std::string_view(lines[i].text).substr(0, at));
    for (Line* part : {&lines[i], &right}) {
      part->width = 0;
      for (size_t k = 0; k < part->text.size();) part->width += next_code_point(part->text, k) >= 0x2E80 ? 2 : 1;
    }
    lines.insert(lines.begin() + static_cast<long>(i) + 1, std::move(right));
    ++i;
    ++region.end;
  }
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
        if (const bool to_right = is_right(lines[stop], middle); to_right || right_part(lines[stop], middle) == 0)
          (to_right ? right : left).push_back(lines[stop].width), beside |= to_right;
        ++stop;
      }
      if (beside && stop - i > best.end - best.begin && fills(left) && fills(right)) best = {first_row(lines, i, middle), stop, middle};
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
    auto region = find_region(lines, begin, end);
    if (region.end == region.begin) continue;
    const size_t had = lines.size();
    part_rows(lines, region);
    end += lines.size() - had;
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
