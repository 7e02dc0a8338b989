// Lines of a page as extraction leaves them, what they are by themselves, and how they join.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::text {

struct Line {
  std::string text;  // trimmed, width and dashes as they are
  int indent = 0;    // spaces in front
  bool blank_before = false;
  bool page_before = false;
  bool beside = false;    // stands on the line before, after a wide gap: another column or cell
  bool trailing = false;  // a space after: extraction leaves one at the end of a paragraph
  bool parted = false;    // the format says that a paragraph begins
  bool row = false;       // of a table, its cells joined by " | "
  int width = 0;          // columns, Han characters two
  int edge = 0;           // column where a full line ends, where the format tells it
};

// A wide gap parts a line in two, but for one after a paragraph's number.
std::vector<Line> split_lines(std::string_view s);
bool is_rule(std::string_view s);
// "2/5", "20", "- 3 -", "Page 2": a page number alone.
bool is_page_number(std::string_view s);
// "23-24542 (E)", "*2324542*"
bool is_job_number(std::string_view s);
// "4/10 21-18626", "21-18626 (E) 3/8": a page and a job number side by side.
bool is_foot(std::string_view s);
// "1/ S/2036/254.": a note as old texts set it at the foot of a page. Its number's digits, else 0.
size_t slashed_note(std::string_view s);
// Letters and digits, in lower case: what two spellings of a line share.
std::string letters_of(std::string_view s);
// A line of the cover that stands for itself: the organization, an organ, a committee, the symbol, the session, the
// agenda item, the distribution.
bool is_cover_line(std::string_view s);
// "Third Committee", "Special Political and Decolonization Committee (Fourth Committee)": a line that ends so, of a committee that is known.
bool names_committee(std::string_view s);
// A line that opens a part of the head: the number with the title, who adopted it and when, on whose report.
bool opens_masthead(std::string_view s);
// The meeting, its day and the vote: "60th plenary meeting", "20 December 2028", "Adopted unanimously at the 9th meeting".
bool is_closing_line(std::string_view s);
// "83/901. ", "1948 (XXI). ", "ES-10/21. ", "83/901 B. ": bytes of the number that a title follows, with its stop; else 0.
size_t title_number(std::string_view s);
// A line that opens the text proper: "The General Assembly,", "安全理事会，".
std::optional<Body> enacting_body(std::string_view s);
Body body_named(std::string_view s);
bool ends_sentence(std::string_view s);
bool is_annex_head(std::string_view s);
// "II. Means of implementation", "B. Follow-up", "三. 气候资金", "一、导言": the bytes of a heading's own number, else 0.
size_t part_numeral(std::string_view s);
// One to four short parts: "I", "A.", "Part II", "B", "一、"
bool is_part_head(std::string_view s);

// Joins what a paragraph's lines were broken into.
class Joiner {
 public:
  Joiner(bool zh, std::string_view whole);
  void add(std::string& paragraph, std::string_view line) const;

 private:
  bool zh_;
  std::string whole_;
};

// A block of lines that belong together, before its kind is known.
struct Block {
  std::string text;
  bool row = false;      // of a table
  bool heading = false;  // of lines that end without a mark, as far as the lines say
};

}  // namespace resolute::text
