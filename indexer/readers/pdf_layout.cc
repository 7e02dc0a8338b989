#include "indexer/readers/pdf_layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "text/line.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

using Word = PdfWord;
using Line = PdfLine;
using Row = std::vector<Word>;

// Rows of words whose heights overlap, top to bottom; within a row left to right.
std::vector<std::vector<Word>> rows_of(std::vector<Word> words) {
  std::stable_sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.bottom < b.bottom; });
  std::vector<std::vector<Word>> rows;
  std::vector<std::pair<double, double>> spans;
  for (auto& w : words) {
    bool placed = false;
    for (size_t k = rows.size(), tried = 0; k > 0 && tried < 6 && !placed; --k, ++tried) {
      auto& [top, bottom] = spans[k - 1];
      const double overlap = std::min(bottom, w.bottom) - std::max(top, w.top);
      if (overlap < 0.55 * std::min(bottom - top, w.bottom - w.top)) continue;
      if (w.size * 1.2 > rows[k - 1].front().size) top = std::min(top, w.top), bottom = std::max(bottom, w.bottom);
      rows[k - 1].push_back(std::move(w));  // NOLINT(bugprone-use-after-move): the last round
      placed = true;
    }
    if (!placed) {
      spans.emplace_back(w.top, w.bottom);
      rows.push_back({std::move(w)});
    }
  }
  for (auto& row : rows) std::stable_sort(row.begin(), row.end(), [](const Word& a, const Word& b) { return a.left < b.left; });
  return rows;
}

bool marker_text(std::string_view s) { return !s.empty() && s.size() <= 3 && s.find_first_not_of("0123456789*") == std::string_view::npos; }

// One line of words. Raised numbers are markers of notes: the first is kept as the line's, the others are no part of the text.
Line make_line(const std::vector<Word>& words, size_t begin, size_t end) {
  Line line;
  std::map<int, size_t> sizes;
  for (size_t i = begin; i < end; ++i) sizes[static_cast<int>(words[i].size * 10)] += words[i].text.size();
  line.size = std::max_element(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first / 10.0;
  double base = 0;
  for (size_t i = begin; i < end; ++i)
    if (words[i].size > line.size * 0.9) base = std::max(base, words[i].bottom);
  bool any = false;
  for (size_t i = begin; i < end; ++i) {
    const auto& w = words[i];
    if (w.size < line.size * 0.86 && w.bottom < base - line.size * 0.08 && marker_text(w.text)) {
      if (!any && line.marker.empty())
        line.marker = w.text;
      else if (!line.text.empty() && line.text.back() != ' ')
        line.text += ' ';
      continue;
    }
    if (!any) {
      line.left = w.left;
      line.first = w.right - w.left;
      size_t at = 0;
      if (text::is_han(text::next_code_point(w.text, at))) line.first = std::min(line.first, w.size * 2);
      line.top = w.top;
      line.bottom = w.bottom;
    }
    const bool gap = any && w.left - line.right > w.size * 0.12;
    if (any && (gap || words[i - 1].space_after) && !line.text.empty() && line.text.back() != ' ') line.text += ' ';
    any = true;
    line.text += w.text;
    line.right = std::max(line.right, w.right);
    line.top = std::min(line.top, w.top);
    line.bottom = std::max(line.bottom, w.bottom);
  }
  if (!any) { line.left = words[begin].left, line.right = words[end - 1].right, line.top = words[begin].top, line.bottom = words[begin].bottom; }
  line.text = text::tidy(line.text);
  return line;
}

// Two columns of running text: where they part, from where to where they go.
struct Columns {
  double middle = 0, top = 0, bottom = 0;
};

// Whether the words of one side stand as running text does: lines that fill their column, without holes.
bool runs(const std::vector<Row>& rows) {
  if (rows.size() < 4) return false;
  double left = rows[0].front().left, right = 0;
  for (const auto& row : rows) left = std::min(left, row.front().left), right = std::max(right, row.back().right);
  size_t full = 0, holed = 0;
  for (const auto& row : rows) {
    full += row.back().right > right - (right - left) * 0.2;
    for (size_t i = 1; i < row.size(); ++i)
      if (row[i].left - row[i - 1].right > row[i].size * 2 && row[i - 1].left - left > row[i].size * 3) {
        ++holed;
        break;
      }
  }
  return full * 2 >= rows.size() && holed * 5 <= rows.size();
}

// The tallest pair of columns: a strip near the middle that no word crosses, with running text on both sides.
Columns find_columns(const std::vector<Word>& words, double width) {
  Columns best;
  size_t most = 3, wide = 0;  // lines of the shorter side; how many places give as many
  std::vector<std::pair<double, double>> crossing;
  for (double x = width * 0.35; x < width * 0.65; x += 4) {
    crossing.clear();
    for (const auto& w : words)
      if (w.left < x + 3 && w.right > x - 3) crossing.emplace_back(w.top, w.bottom);
    crossing.emplace_back(1e6, 1e6);
    std::sort(crossing.begin(), crossing.end());
    double from = -1e6;
    for (const auto& [top, bottom] : crossing) {
      if (top - from > 40) {
        std::map<int, int> left, right;
        for (const auto& w : words)
          if (w.top > from - 3 && w.bottom < top + 3) ++(w.right < x ? left : right)[static_cast<int>(w.bottom / 4)];
        const size_t lines = std::min(left.size(), right.size());
        if (lines > most) most = lines, best = {x, from, top}, wide = 1;
        // The middle of the strip.
        else if (lines == most && best.top == from && best.bottom == top)
          best.middle += (x - best.middle) / static_cast<double>(++wide);
      }
      from = std::max(from, bottom);
    }
  }
  if (best.middle == 0) return best;
  // What stands on the left above the right column's first line is read before both.
  double first = 1e6;
  for (const auto& w : words)
    if (w.top > best.top - 3 && w.bottom < best.bottom + 3 && w.right >= best.middle) first = std::min(first, w.top);
  best.top = std::max(best.top, first - 12);
  std::vector<Word> left, right;
  for (const auto& w : words)
    if (w.top > best.top - 3 && w.bottom < best.bottom + 3) (w.right < best.middle ? left : right).push_back(w);
  if (!runs(rows_of(std::move(left))) || !runs(rows_of(std::move(right)))) return {};
  return best;
}

using Strip = std::pair<double, double>;  // from left to right

// What of the strips a row's words leave free, where it is wide enough to part cells.
std::vector<Strip> left_free(const std::vector<Strip>& strips, const Row& row) {
  std::vector<Strip> out;
  for (const auto& strip : strips) {
    double from = strip.first;
    for (const auto& w : row) {
      if (w.right <= from || w.left >= strip.second) continue;
      if (w.left - from > w.size * 0.5) out.emplace_back(from, w.left);
      from = std::max(from, w.right);
    }
    if (strip.second - from > row.front().size * 0.5) out.emplace_back(from, strip.second);
  }
  return out;
}

std::vector<Strip> gaps_of(const Row& row) {
  std::vector<Strip> out;
  for (size_t i = 1; i < row.size(); ++i)
    if (row[i].left - row[i - 1].right > row[i].size * 0.9) out.emplace_back(row[i - 1].right, row[i].left);
  return out;
}

// The words of a row by the strips between cells.
std::vector<std::pair<size_t, size_t>> cells_of(const Row& row, const std::vector<Strip>& strips) {
  std::vector<std::pair<size_t, size_t>> out;
  size_t at = 0;
  for (const auto& s : strips) {
    const size_t begin = at;
    while (at < row.size() && row[at].right <= (s.first + s.second) / 2) ++at;
    out.emplace_back(begin, at);
  }
  out.emplace_back(at, row.size());
  return out;
}

// "1.", "(a)", "–", "12": what may stand in a column of its own before running text.
bool labels(const Row& row, size_t begin, size_t end) {
  std::string s;
  for (size_t i = begin; i < end; ++i) s += row[i].text;
  if (s.size() <= 3) return true;
  s += " x";
  return text::find_numeral(s).bytes + 1 >= s.size();
}

// Whether lines fill their column from edge to edge and part at narrow gaps alone: text set out to the width.
bool justified(const std::vector<Row>& rows, size_t at, size_t end, const std::vector<Strip>& strips) {
  double left = 1e6, right = 0;
  for (size_t r = at; r < end; ++r) left = std::min(left, rows[r].front().left), right = std::max(right, rows[r].back().right);
  size_t filled = 0;
  for (size_t r = at; r < end; ++r) filled += rows[r].back().right > right - rows[r].front().size && rows[r].front().left < left + rows[r].front().size * 4;
  const bool narrow = std::all_of(strips.begin(), strips.end(), [&](const Strip& s) { return s.second - s.first < rows[at].front().size * 1.5; });
  return narrow && filled * 4 >= (end - at) * 3;
}

// The table that begins at a row: one past its last row, and its strips; `at` where none begins there.
size_t find_table(const std::vector<Row>& rows, size_t at, std::vector<Strip>& strips) {
  const auto bottom = [&](size_t r) {
    double b = 0;
    for (const auto& w : rows[r]) b = std::max(b, w.bottom);
    return b;
  };
  strips = gaps_of(rows[at]);
  if (strips.empty()) return at;
  size_t end = at + 1;
  for (; end < rows.size(); ++end) {
    if (bottom(end) - bottom(end - 1) > rows[end].front().size * 3.2 || std::abs(rows[end].front().size - rows[at].front().size) > 0.8) break;
    auto next = left_free(strips, rows[end]);
    if (next.empty()) break;
    strips = std::move(next);
  }
  // Strips with words on both sides in at least three rows, and not only labels on the left.
  std::vector<Strip> kept;
  for (const auto& s : strips) {
    const double x = (s.first + s.second) / 2;
    size_t both = 0, labelled = 0;
    for (size_t r = at; r < end; ++r) {
      const auto split = std::find_if(rows[r].begin(), rows[r].end(), [&](const Word& w) { return w.left >= x; });
      if (split == rows[r].begin() || split == rows[r].end()) continue;
      ++both;
      labelled += labels(rows[r], 0, static_cast<size_t>(split - rows[r].begin()));
    }
    if (both >= 3 && labelled * 2 < both) kept.push_back(s);
  }
  strips = std::move(kept);
  if (strips.empty() || justified(rows, at, end, strips)) return at;
  size_t several = 0;
  for (size_t r = at; r < end; ++r) {
    size_t filled = 0;
    for (const auto& [b, e] : cells_of(rows[r], strips)) filled += b < e;
    several += filled > 1;
  }
  return several >= 3 && several * (strips.size() > 1 ? 4 : 2) >= end - at ? end : at;
}

// A table's rows, each of one line or several: where the step is larger than within cells, the next begins.
void table_lines(const std::vector<Row>& rows, size_t begin, size_t end, const std::vector<Strip>& strips, std::vector<Line>& out) {
  std::vector<double> steps;
  const auto bottom = [&](size_t r) {
    double b = 0;
    for (const auto& w : rows[r]) b = std::max(b, w.bottom);
    return b;
  };
  for (size_t r = begin + 1; r < end; ++r) steps.push_back(bottom(r) - bottom(r - 1));
  std::vector<double> sorted = steps;
  std::sort(sorted.begin(), sorted.end());
  const double least = sorted[sorted.size() / 10], size = rows[begin].front().size;
  const bool steady = sorted.back() < least * 1.12;
  std::vector<std::string> cells(strips.size() + 1);
  Line line;
  const auto finish = [&] {
    if (line.size == 0) return;
    for (size_t c = 0; c < cells.size(); ++c) line.text += (c ? " | " : "") + cells[c];
    line.text = text::tidy(line.text);
    line.row = true;
    out.push_back(std::move(line));
    line = {};
    for (auto& c : cells) c.clear();
  };
  for (size_t r = begin; r < end; ++r) {
    const auto spans = cells_of(rows[r], strips);
    const auto filled = static_cast<size_t>(std::count_if(spans.begin(), spans.end(), [](const auto& c) { return c.first < c.second; }));
    // Lines of one row stand closer than rows do; where all are as far, a full one begins a row.
    const bool close = r > begin && !steady && steps[r - begin - 1] <= least * 1.1 && (filled < spans.size() || least < size * 1.32);
    if (r > begin && !close && (!steady || spans[0].first < spans[0].second)) finish();
    for (size_t c = 0; c < spans.size(); ++c) {
      if (spans[c].first == spans[c].second) continue;
      const Line part = make_line(rows[r], spans[c].first, spans[c].second);
      if (!cells[c].empty() && !part.text.empty()) cells[c] += ' ';
      cells[c] += part.text;
      if (line.size == 0) line.size = part.size, line.left = part.left, line.top = part.top;
      line.right = std::max(line.right, part.right);
      line.bottom = std::max(line.bottom, part.bottom);
    }
  }
  finish();
}

// A part of a page without columns.
void read_rows(std::vector<Word> words, double head, std::vector<Line>& out) {
  const auto rows = rows_of(std::move(words));
  std::vector<Strip> strips;
  for (size_t i = 0; i < rows.size();) {
    if (rows[i].front().top < head) {
      size_t begin = 0;
      for (size_t k = 1; k <= rows[i].size(); ++k)
        if (k == rows[i].size() || rows[i][k].left - rows[i][k - 1].right > std::max(rows[i][k].size, rows[i][k - 1].size) * 2) {
          out.push_back(make_line(rows[i], begin, k));
          begin = k;
        }
      ++i;
      continue;
    }
    if (const size_t end = find_table(rows, i, strips); end > i) {
      table_lines(rows, i, end, strips, out);
      i = end;
      continue;
    }
    out.push_back(make_line(rows[i], 0, rows[i].size()));
    ++i;
  }
}

void read_part(std::vector<Word> words, double width, double head, int depth, std::vector<Line>& out) {
  const auto columns = depth > 0 ? find_columns(words, width) : Columns{};
  const size_t first = out.size();
  if (columns.middle == 0) {
    read_rows(std::move(words), head, out);
  } else {
    std::vector<Word> above, left, right, below;
    for (auto& w : words) {
      if (w.top <= columns.top - 3)
        above.push_back(std::move(w));
      else if (w.bottom >= columns.bottom + 3)
        below.push_back(std::move(w));
      else
        (w.right < columns.middle ? left : right).push_back(std::move(w));
    }
    if (!above.empty()) read_part(std::move(above), width, head, depth - 1, out);
    read_part(std::move(left), width, head, 0, out);
    read_part(std::move(right), width, head, 0, out);
    if (!below.empty()) read_part(std::move(below), width, head, depth - 1, out);
  }
  if (first < out.size()) out[first].column_start = true;
}

}  // namespace

std::vector<PdfLine> pdf_lines(std::vector<PdfWord> words, double width, size_t page, double head) {
  std::vector<Line> out;
  read_part(std::move(words), width, head, 3, out);
  std::erase_if(out, [](const Line& l) { return l.text.empty() && l.marker.empty(); });
  for (auto& l : out) l.page = page;
  return out;
}

}  // namespace resolute::indexer
