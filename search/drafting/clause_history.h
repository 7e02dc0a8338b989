// A clause through the resolutions of its series.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/searcher.h"
#include "text/wording.h"

namespace resolute::search {

enum class ClauseEvent : uint8_t { appeared, unchanged, changed, split, merged, dropped };
const char* print_event(ClauseEvent event);

// A clause in one document.
struct Clause {
  std::string fragment, number, text;
  ParagraphKind kind = ParagraphKind::plain;
  std::string parallel;  // fragment in the other language, empty where none
  std::string action;    // id of the opening action, empty where none
};

struct SeriesDocument {
  std::string symbol, date, session, title;
};

// What became of the clause in a document, beside the one before it.
struct ClauseState {
  size_t document = 0;  // index into the series
  ClauseEvent event = ClauseEvent::appeared;
  std::vector<Clause> clauses;       // several where it was split; none where it was dropped
  double similarity = 0;             // to the one before
  std::vector<text::DiffPart> diff;  // from the one before, where it changed
};

struct ClauseHistory {
  std::string symbol, fragment;
  Language lang = Language::en;
  std::vector<SeriesDocument> series;  // oldest first; those there are in the language
  std::vector<ClauseState> states;     // from where it appeared to where it was dropped, or the end
};

// Of a paragraph: SYMBOL@LANG#FRAGMENT. nullopt where the index has none such.
std::optional<ClauseHistory> clause_history(const Searcher& searcher, const std::string& symbol, Language lang, const std::string& fragment);

// Every clause of the series, a row each.
struct ClauseTable {
  std::string symbol;
  Language lang = Language::en;
  std::vector<SeriesDocument> series;
  struct Cell {
    ClauseEvent event = ClauseEvent::appeared;
    Clause clause;  // empty where it was dropped or merged
    double similarity = 0;
    size_t other = 0;  // of split and merged: the row it came from or went into
  };
  // A cell for each document of the series; nullopt before it appeared and after it was dropped.
  std::vector<std::vector<std::optional<Cell>>> rows;
};
std::optional<ClauseTable> clause_table(const Searcher& searcher, const std::string& symbol, Language lang);

// How the clauses of a document go on in another. Indices into the two lists.
struct ClauseLink {
  enum class Kind { same, split, merged };  // split: a further clause of one that has another; merged: into one that has another
  size_t before, after;
  double similarity;
  Kind kind = Kind::same;
};
std::vector<ClauseLink> link_clauses(const std::vector<Clause>& before, const std::vector<Clause>& after);

}  // namespace resolute::search
