// Lines of plain text to a Document: masthead, preamble, operative part, annexes,
// footnotes, closing. For files and for pasted drafts alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::text {

// Whether something beside the text says that it is a UN document, such as a symbol in its file's name: then it is read
// whatever it looks like.
enum class Source { unknown, named };

// What the text says of itself, without fragments, actions and citations (complete()
// adds those). nullopt where nothing in it looks like a UN resolution, decision or
// statement. The identifier stays empty where the text does not give it.
//
// Mends what extraction from PDF does: lines broken inside words and sentences, blank
// lines between physical lines, spaces around digits, hyphens at line ends, page
// breaks, running heads, page and job numbers, footnotes under a rule.
std::optional<Document> structure_text(std::string_view utf8, Source source = Source::unknown);

// A paragraph as its format marks it off, before its kind is known.
struct Piece {
  enum class Role { text, row, note };
  Role role = Role::text;
  std::string text;    // of a row: cells joined by " | "
  std::string number;  // a note's marker: "1", "*"
  // Where notes are referred to in a text.
  struct Mark {
    size_t at = 0;                          // byte
    std::string number;                     // of the note
    size_t note = static_cast<size_t>(-1);  // the note's place among the pieces, where it is one
  };
  std::vector<Mark> marks = {};
};

// The same of a document whose format tells paragraphs apart (Word, HTML, PDF by position).
// Running heads, page numbers and the like are left out by the caller.
std::optional<Document> structure_pieces(const std::vector<Piece>& pieces);

struct Line;

// Whether lines' places on pages are known, as those of a PDF are, or only their order.
enum class Places { known, unknown };

// The same of lines that a format gives one by one, and of notes that stood apart from them. Running heads that
// the caller has left in are found here.
std::optional<Document> structure_lines(std::vector<Line> lines, const std::vector<Piece>& notes, Places places);

// "Farland, Bosnia and Herzegovina and Midland", "甲国、乙国和丙国" -> who submits a draft.
std::vector<std::string> split_sponsors(std::string_view list);

// Whether more than one letter in two hundred of the text is in no paragraph and no field.
bool leaves_text(const Document& document);

// Fills in what follows from the rest, for documents of any format: body and type
// from the symbol, opening actions, citations, bodies concerned, unique fragments.
// What a reader has set stays.
void complete(Document& document);

}  // namespace resolute::text
