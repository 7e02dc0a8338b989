// A PDF page's words, by their places, to lines in reading order: columns and tables told from
// running text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace resolute::indexer {

struct PdfWord {
  double left, top, right, bottom, size;  // points, y downward
  bool space_after;
  std::string text;
};

// Words side by side on one base line, of one column; or a row of a table, its cells joined by " | ".
struct PdfLine {
  double left = 0, right = 0, top = 0, bottom = 0, size = 0;
  double first = 0;             // width of its first word, of two characters of Chinese
  double edge = 0, margin = 0;  // right and left edge of its column
  std::string text;
  std::string marker;  // a raised number at its start
  size_t page = 0;
  bool column_start = false;  // first of a column or page
  bool row = false;           // of a table

  bool indented() const { return left - margin > size * 0.9; }
};

// The lines of a page of this width. Above `head` stands the cover's head, whose words
// far from each other are lines of their own.
std::vector<PdfLine> pdf_lines(std::vector<PdfWord> words, double width, size_t page, double head);

}  // namespace resolute::indexer
