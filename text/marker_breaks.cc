#include "text/marker_breaks.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "schemas/ascii.h"
#include "text/line.h"

namespace resolute::text {
namespace {

constexpr size_t kFewestLines = 8, kMostPieces = 6;
constexpr int kMostSkipped = 3;              // markers that end no line
constexpr int kNarrowest = 40;               // columns of a full line
constexpr double kShort = .06, kOver = .04;  // shares of a full line that the pieces may lack, or have too many

// "规定，2", "resolution,12": the number glued to what is none, else 0.
int marker_at_end(std::string_view s) {
  size_t at = s.size();
  while (at > 0 && is_digit(s[at - 1])) --at;
  const size_t n = s.size() - at;
  if (n == 0 || n > 3 || at < 6 || s[at] == '0') return 0;
  const char before = s[at - 1];
  const bool glued = (before & 0x80) || before == ',' || before == ';' || before == ')' || before == '"' || is_lower(before);
  return glued ? std::stoi(std::string(s.substr(at))) : 0;
}

// In English a new paragraph opens with a capital or a number that a mark follows; in Chinese only the widths tell.
bool may_go_on(std::string_view s) { return !is_upper(s[0]) && s[0] != '(' && find_numeral(s).bytes == 0; }

// Where lines end, 0 where they are not broken at one width.
int full_width(const std::vector<Line>& lines) {
  std::vector<int> widths;
  for (const auto& l : lines)
    if (!l.row) widths.push_back(l.width);
  if (widths.size() < kFewestLines) return 0;
  std::sort(widths.begin(), widths.end());
  const int full = widths[widths.size() * 9 / 10];
  const auto near = std::count_if(widths.begin(), widths.end(), [&](int w) { return w >= full * (1 - kShort) && w <= full * (1 + kOver); });
  return full >= kNarrowest && static_cast<size_t>(near) * 4 >= widths.size() ? full : 0;
}

bool goes_beside(const Line& first, const Line& next) {
  return !next.blank_before && !next.page_before && !next.row && next.indent <= first.indent && may_go_on(next.text);
}

}  // namespace

void rejoin_at_markers(std::vector<Line>& lines, const Joiner& join) {
  const int full = full_width(lines);
  if (full == 0) return;
  std::vector<Line> out;
  int note = 0;  // the last marker: they count up
  const auto breaks = [&](const Line& line) {
    const int marker = line.row || is_cover_line(line.text) ? 0 : marker_at_end(line.text);
    if (marker <= note || marker > note + kMostSkipped) return false;
    note = marker;
    return true;
  };
  for (size_t i = 0; i < lines.size();) {
    // The pieces up to the first that ends in none.
    size_t last = i;
    int width = lines[i].width;
    while (last - i < kMostPieces && breaks(lines[last]) && last + 1 < lines.size() && width < full && goes_beside(lines[i], lines[last + 1]))
      width += lines[++last].width;
    const bool whole = last > i && width >= full * (1 - kShort) && width <= full * (1 + kOver);
    out.push_back(std::move(lines[i]));
    if (whole) {
      for (size_t k = i + 1; k <= last; ++k) join.add(out.back().text, lines[k].text);
      out.back().width = width;
      out.back().trailing = lines[last].trailing;
      i = last;
    }
    ++i;
  }
  lines = std::move(out);
}

}  // namespace resolute::text
