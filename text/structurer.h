// How structure_text reads a page, in parts: its lines (page.cc), paragraphs (structure_lines.cc), masthead
// (structure_masthead.cc), body (structure_body.cc) and notes (structure_notes.cc).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/document.h"
#include "text/form.h"
#include "text/line.h"
#include "text/page.h"
#include "text/structure.h"

namespace resolute::text {

class Structurer {
 public:
  Structurer(std::string_view utf8, Language lang);
  Structurer(const std::vector<Piece>& pieces, Language lang);
  Structurer(std::vector<Line> lines, const std::vector<Piece>& notes, Places places, Language lang);
  std::optional<Document> run(Source source = Source::unknown);

 private:
  // The document's own symbol stands first, on the cover.
  template <typename Items>
  void find_cover(const Items& items);
  // The line that ends the cover, "The General Assembly,"; where there is none at most `most`.
  size_t find_formula(size_t most) const;
  // Finds what belongs to pages: running heads and titles, page and job numbers, rules. kept: running text.
  enum class Sheet : unsigned char { kept, head, page_number, job_number, rule };
  std::vector<Sheet> find_furniture() const;
  // Takes it out, and the notes at the feet of pages.
  void strip_furniture();
  // Cells side by side: rows of tables in running text, lines of their own on the cover.
  void join_cells();
  // The number a note opens with, "12 See ..."; 0 for "*" and what is no note's first line.
  static int note_number(std::string_view s);
  // A full stop that ends a note, not "chap." or "No." at a line's end.
  static bool ends_note(std::string_view s);
  // Where the notes at the foot of a page begin, that no rule parts from the text: lines [begin, end) are a page's.
  size_t notes_begin(const std::vector<Line>& lines, size_t begin, size_t end, int last) const;
  // Takes them out of a page's lines, which are those from `begin` on. `highest`: the number of the last note.
  void take_page_notes(std::vector<Line>& lines, size_t begin, int& highest);
  // "1" "2" alone, then the texts of both: each number goes in front of its text.
  void place_note_numbers();
  void place_note_numbers(size_t begin, size_t end, std::vector<Line>& out);
  // "[1] See ...", "1/ See ...": the number and the bytes in front of the text; after the closing also "73 See ...".
  std::pair<std::string, size_t> note_opening(const std::string& s, bool after_closing) const;
  // Stars within the text, which notes may explain.
  void find_stars();
  void join_lines();
  void number_in_figures();
  void masthead();
  static bool ends_comma(std::string_view s) { return s.ends_with(",") || s.ends_with("，"); }
  // Decisions and statements have no formula: "At its 54th plenary meeting, on 15 December 2022, ..."
  // opens them, and says when and on whose recommendation.
  bool opens_without_formula(const std::string& s);
  // On whose report: a Main Committee's, else nobody's but the plenary's where it says so, whoever else is named beside.
  static std::vector<std::string> reporting(const std::string& line);
  // The body's name on the cover opens nothing: the formula comes later, with its comma.
  bool named_on_cover(size_t at) const;
  void masthead_line(const std::string& s, size_t at);
  // A line of the masthead: as it is, without marks, in small letters, its date, its place. Each of these is true where the line is of its
  // kind, and has then been taken.
  struct MastheadLine {
    const std::string& text;
    std::string plain, low, date;
    size_t at;
  };
  bool names_document(const MastheadLine& line);
  bool tells_kind(const MastheadLine& line);
  bool tells_adoption(const MastheadLine& line);
  bool tells_place(const MastheadLine& line);
  bool tells_title(const MastheadLine& line);
  // What a block of the cover is, that no paragraph holds: "title", "adoption", "agenda title" ...; empty where nothing knows it.
  std::string cover_class(const std::string& s, const std::string& before) const;
  // Without its number a title is what stands, unclassed, between the cover's lines and the formula.
  void find_bare_title();
  static bool is_agenda_line(const std::string& s);
  // "九百四十四(二〇四八).二〇四八年四月一日決議案": how old Chinese texts head a resolution.
  bool old_heading(const std::string& plain_text);
  // "联合国安理会第3985号决议", "Resolution 1948 (XXI)": a heading that says the document's own number. Of plain text.
  bool names_itself(const std::string& plain_text) const;
  // Gives every block of the cover its class; what has none is unplaced, and told.
  void place_cover();
  // Who submits a draft, and of what kind it is: "Farland and Midland: draft resolution", "Draft resolution submitted by
  // the Chair ...". Reads sponsors and the drafts named; false where the block says neither.
  bool submission(const std::string& s);
  // "Draft resolution" alone, of lowered text.
  static bool is_draft_line(const std::string& low);
  // The blocks from `at` on that are a draft's title: one past the last.
  size_t draft_title(size_t at);
  void add(ParagraphKind kind, std::string number, std::string_view text);
  // Warns where leaves_text().
  void find_decision();
  void tell_unplaced();
  void tell_mixed_columns();
  // Sets the symbol from the number and the body that the masthead gave.
  void name();
  void closing(const std::string& s);
  void read_vote(const std::string& f);
  void body();
  // Where body() stands.
  struct Place {
    bool operative = false, annex = false, closed = false;
    bool headed = false;      // a heading stands between the last number and here
    std::string parent, sub;  // the numbers of the paragraph and of its part that were met last: "3", "a"
    void begin_anew() { *this = {}; }
  };
  // A block that is no running paragraph; true where it is one and has been added.
  bool add_apart(size_t i, Place& place);
  // The paragraph's whole number, "3(a)(ii)".
  static std::string full_number(const Numeral& numeral, Place& place);
  bool add_heading(size_t i, const Place& place);
  // The unnumbered operative paragraphs of a text end it: where numbered ones or preambular ones (they end in a comma) follow,
  // what looks like one is preambular all the same.
  bool nothing_numbered_after(size_t at) const;
  // "4 Calls upon ...": the full stop was left out, where the number is the next.
  Numeral bare_numeral(const std::string& s, const std::string& parent) const;
  // Cells joined by " | ": closing Chinese up took the spaces.
  static std::string row(std::string_view s);
  static size_t code_points_of(std::string_view s);
  // "Notes" above them.
  static bool names_notes(std::string_view s);
  // A single operative paragraph bears no number: "Decides to ..." that ends the text.
  bool starts_operative(const std::string& s) const;
  void footnotes();
  // Takes the footnotes' markers out of the text, where it says them glued to a word: "the Convention17 and", "2015,3 S-17/1".
  // They stand in the order of the notes; a marker met again names the note once more.
  void drop_markers();
  // The same where marks set them off: "[1]", "1/", raised figures.
  void drop_set_markers();
  void drop_glued_markers();
  // The number of a marker, without its marks.
  static std::string marked_number(std::string_view marker);
  // A marker stood there.
  void mark_note(Paragraph& p, size_t at, const std::string& number);
  std::map<std::string, size_t> note_places_;  // of the footnotes' paragraphs, by number; made when it is first asked, once all of them are there
  size_t set_marker(std::string_view s, size_t at, const std::set<std::string>& known) const;
  static size_t raised_figure(std::string_view s, std::string& number);
  // How surely a number between spaces is a marker, in a list of dated resolutions.
  static int apart(std::string_view s, size_t at, size_t end);
  // How surely the digits at `at` are a footnote's marker: 0 not at all, 1 by their number only, 2 by their place.
  int glued(std::string_view s, size_t at, std::string_view marker) const;
  // "个", "年", "项": what is counted.
  static bool measured(std::string_view s);
  static bool is_han_start(std::string_view s);
  static bool is_han_end(std::string_view s);

  bool zh_;
  std::vector<Line> lines_, notes_;
  std::vector<std::pair<std::string, std::string>> given_notes_;  // marker, text
  Joiner join_;
  std::set<std::string> stars_;  // that refer to notes
  std::vector<Block> blocks_;
  Document doc_;
  std::string number_, issued_, part_, subtitle_;
  bool cover_ = false, adopted_ = false, committee_line_ = false, started_ = false, page_break_ = false, met_ = false;
  bool bracketed_ = false, slashed_ = false;  // how notes are numbered: "[1]", "1/"
  bool unformed_ = false;                     // no formula, no adoption: only the file's name says whose it is
  bool paged_ = false;                        // the text tells where pages end
  bool placed_ = false;                       // lines and notes by their places
  std::set<std::string> told_markers_;        // those that the format places: no figure of the text is one of these
  Form form_ = Form::lines;
  size_t begin_ = 0, title_at_ = 0;
};

}  // namespace resolute::text
