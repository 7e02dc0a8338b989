// The form of a file of lines, found over the whole file, and its lines mended into paragraphs.
//
// One model decides where paragraphs begin. What a line says in words (what ends the line before, what opens
// this one) has fixed weights; what its layout says (blank lines, room left on the line before, indents,
// trailing spaces, page turns) is weighed by how each file itself uses it: learned from the lines whose words
// leave no doubt, then from all. The best path over the lines, of running text and of headings, is found by
// dynamic programming. Chinese and English run through the same code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/page.h"

namespace resolute::text {

// How lines stand for paragraphs.
enum class Form : unsigned char {
  lines,           // a paragraph a line
  lines_spaced,    // the same, blank lines between
  wrapped,         // lines broken at a width, nothing between paragraphs
  wrapped_spaced,  // lines broken at a width, blank lines between paragraphs
  scattered,       // blank lines between the lines of paragraphs too
};
// "paragraph-a-line", "paragraph-a-line, blank lines between", "wrapped", ...
const char* print_form(Form form);

struct Mended {
  Form form = Form::lines;
  int full = 0;  // columns of a full line; 0 where lines are not broken
  std::vector<Block> blocks;
};

// Every line's text goes into exactly one block, in order.
Mended mend_lines(const std::vector<Line>& lines, const Joiner& join, bool zh);

}  // namespace resolute::text
