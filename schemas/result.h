// What a search answers. Spans are bytes of the text beside them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/document.h"
#include "schemas/field.h"

namespace resolute {

struct Snippet {
  std::string text;
  std::vector<Span> highlights;
};

// A part of a match's score, in plain words; the parts add up to the score.
struct ScorePart {
  std::string what;
  double value = 0;
};

// One paragraph found.
struct Match {
  std::string id;  // S/RES/1963(2010)@zh#op2
  std::string symbol, title, date;
  Language lang = Language::en;
  Body body = Body::none;
  DocumentType type = DocumentType::other;
  std::vector<std::string> committee;
  double score = 0;
  uint32_t cited_by = 0;  // documents that cite this one
  ParagraphKind kind = ParagraphKind::plain;
  std::string fragment, number, action, text;
  std::vector<Snippet> snippets;
  struct Parallel {
    std::string id, text;
    Language lang = Language::en;
  };
  std::optional<Parallel> parallel;
  struct Also {  // further paragraphs of the same document (unit=document)
    std::string id, number;
    ParagraphKind kind = ParagraphKind::plain;
    Snippet snippet;
  };
  std::vector<Also> also;
  struct Repeats {       // matching paragraphs that this one stands for (dedupe=on)
    uint32_t count = 0;  // but for this one
    struct Use {
      std::string id, date;
    } first, last;  // of all, by date
  };
  std::optional<Repeats> repeats;   // where there are others
  uint32_t paragraphs_matched = 0;  // of the document, in the language shown (unit=document)
  std::vector<ScorePart> explanation;
};

struct FacetCount {
  std::string value;
  uint64_t count = 0;
  bool selected = false;
};

struct Facet {
  Field field;
  std::vector<FacetCount> values;  // most first; years newest first
};

struct SearchResult {
  std::string understood;                                // the query as it was taken
  std::vector<std::string> notices;                      // sentences
  std::string did_you_mean;                              // the query with its slips mended, empty where nothing is offered
  std::vector<std::string> near_symbols;                 // where the query names a document that the index does not have
  uint64_t revision = 0, documents = 0, paragraphs = 0;  // of the index
  uint64_t total = 0;                                    // paragraphs that match, exact
  uint64_t total_documents = 0;                          // documents that hold them, exact
  uint64_t total_works = 0;                              // likewise, both languages of a symbol counted once
  bool some_words = false;                               // no paragraph has all the words: those that match have some of them
  bool partial = false;                                  // time was up: the totals are the least that there are
  std::vector<Match> matches;
  std::vector<Facet> facets;
  std::string next;  // cursor, empty at the end
};

// How a reference reads to a person: "operative 2(a)", "preambular 3".
std::string print_label(ParagraphKind kind, const std::string& fragment, const std::string& number);

}  // namespace resolute
