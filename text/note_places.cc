#include "text/note_places.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "text/normalize.h"

namespace resolute::text {
namespace {

constexpr size_t kLettersBefore = 48, kLettersAfter = 12;  // letters that a place is known by
constexpr size_t kFewestBefore = 2;                        // before it
constexpr size_t kWindow = 1 << 15;                        // letters that are looked through for a place
constexpr size_t kMostMarks = 20'000;

// The letters of texts in a row, in lower case, and where each ends.
struct LettersOfText {
  struct Place {
    size_t text, end;  // which text; byte behind the letter
  };
  std::u32string letters;
  std::vector<Place> places;

  void add(size_t text, std::string_view s) {
    for (size_t i = 0; i < s.size();) {
      const char32_t c = next_code_point(s, i);
      if (!u_isalpha(static_cast<UChar32>(c))) continue;
      letters += static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
      places.push_back({text, i});
    }
  }
};

// Of the places where `part` stands, the one nearest to the expected one: lists say the same again and again. npos where there is none.
size_t nearest(std::u32string_view in, std::u32string_view part, size_t expected) {
  const size_t next = in.find(part, std::min(expected, in.size())), last = in.rfind(part, expected);
  if (next == std::u32string_view::npos || last == std::u32string_view::npos) return std::min(next, last);
  return next - expected < expected - last ? next : last;
}

// Behind `at`, over what else stands before the mark in the piece: "lamps,¹" is behind the comma.
size_t behind_rest(std::string_view text, size_t at, std::string_view rest) {
  for (size_t i = 0; i < rest.size();) {
    const char32_t wanted = next_code_point(rest, i);
    if (u_isUWhiteSpace(static_cast<UChar32>(wanted))) continue;
    size_t next = at;
    while (next < text.size() && text[next] == ' ') ++next;
    if (next >= text.size() || next_code_point(text, next) != wanted) break;
    at = next;
  }
  return at;
}

// The paragraphs of notes, by number and letters; of some that are the same, each is taken once.
class Footnotes {
 public:
  explicit Footnotes(const Document& document) {
    for (size_t i = 0; i < document.paragraphs.size(); ++i) {
      const auto& p = document.paragraphs[i];
      if (p.kind != ParagraphKind::footnote) continue;
      LettersOfText own;
      own.add(i, p.text);
      by_text_[{p.number, own.letters}].push_back(i);
      by_number_.emplace(p.number, i);
    }
  }
  // npos where there is none.
  size_t find(const std::string& number, const Piece* piece) {
    if (piece) {
      LettersOfText own;
      own.add(0, piece->text);
      const auto it = by_text_.find({number, own.letters});
      if (it == by_text_.end() || it->second.empty()) return std::string::npos;
      const size_t out = it->second.front();
      if (it->second.size() > 1) it->second.erase(it->second.begin());
      return out;
    }
    const auto it = by_number_.find(number);
    return it == by_number_.end() ? std::string::npos : it->second;
  }

 private:
  std::map<std::pair<std::string, std::u32string>, std::vector<size_t>> by_text_;
  std::map<std::string, size_t> by_number_;
};

}  // namespace

void place_notes(const std::vector<Piece>& pieces, Document& document) {
  size_t marks = 0;
  LettersOfText given, made;
  for (size_t i = 0; i < pieces.size(); ++i)
    if (pieces[i].role == Piece::Role::text) given.add(i, pieces[i].text), marks += pieces[i].marks.size();
  if (marks == 0 || marks > kMostMarks) return;
  for (size_t i = 0; i < document.paragraphs.size(); ++i)
    if (const auto kind = document.paragraphs[i].kind; kind != ParagraphKind::footnote && kind != ParagraphKind::table)
      made.add(i, document.paragraphs[i].text);
  Footnotes footnotes(document);
  size_t here = 0, done = 0, first = 0;  // letters of the pieces and of the paragraphs that are behind us; letters before this piece
  for (size_t i = 0; i < pieces.size(); ++i) {
    const auto& piece = pieces[i];
    if (piece.role != Piece::Role::text) continue;
    while (first < given.places.size() && given.places[first].text < i) ++first;
    for (const auto& mark : piece.marks) {
      const size_t note = footnotes.find(mark.number, mark.note < pieces.size() ? &pieces[mark.note] : nullptr);
      size_t at = std::max(first, here);
      while (at < given.places.size() && given.places[at].text == i && given.places[at].end <= mark.at) ++at;
      const size_t before = std::min(at - first, kLettersBefore);
      size_t after = 0;
      while (after < kLettersAfter && at + after < given.places.size() && given.places[at + after].text == i) ++after;
      if (note == std::string::npos || before < kFewestBefore) continue;
      const auto context = std::u32string_view(given.letters).substr(at - before, before + after);
      const size_t from = done > before ? done - before : 0;
      const auto window = std::u32string_view(made.letters).substr(from, std::min(at - here + kWindow, 2 * kWindow));
      const size_t found = nearest(window, context, std::max(done + at - here, from + before) - from - before);
      if (found == std::u32string_view::npos) continue;
      const size_t last = from + found + before;  // letters of the paragraphs before the mark
      const auto& place = made.places[last - 1];
      auto& p = document.paragraphs[place.text];
      const size_t end = given.places[at - 1].end;
      const size_t offset = behind_rest(p.text, place.end, std::string_view(piece.text).substr(end, mark.at - std::min(mark.at, end)));
      p.notes.push_back({static_cast<uint32_t>(offset), static_cast<uint32_t>(note)});
      here = at;
      done = last;
    }
  }
  for (auto& p : document.paragraphs) std::stable_sort(p.notes.begin(), p.notes.end(), [](const NoteMark& a, const NoteMark& b) { return a.at < b.at; });
}

}  // namespace resolute::text
