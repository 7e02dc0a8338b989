// AKN4UN, the UN's Akoma Ntoso: looks at its elements, and what a document says of itself.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/xml.h"
#include "schemas/document.h"

namespace resolute::indexer::akn {

// A footnote, or what refers to one again, and where in a text its marker stands.
struct Note {
  static constexpr size_t kNowhere = static_cast<size_t>(-1);
  const XmlNode* node = nullptr;  // of one that is referred to again none
  std::string marker;             // then its marker
  size_t at = kNowhere;           // byte of the text
  size_t paragraph = kNowhere;    // of the document, whose text it is
};

struct Notes {
  std::vector<Note> list;
  std::set<std::string> markers;  // of the document's footnotes
  // Fills `markers` from below `root`.
  void find_markers(const XmlNode* root);
};

// The text of a node without its footnotes, which go to `notes`, and without what refers to one of them again.
void inline_text(const XmlNode* node, std::string& out, Notes* notes);
// The same, tidied.
std::string text_of(const XmlNode* node, Notes* notes = nullptr);

// The footnotes as the last paragraphs, and where they are referred to.
void add_footnotes(const Notes& notes, Document& document);

// "2.", "(a)", "第3段" as numbers are kept: without stop and brackets.
std::string number_text(std::string_view printed);

// What read_metadata() finds beside the document's own fields.
struct Marks {
  std::string language;  // as tagged: "zho", "eng"; empty where it is not
  std::string part;      // number in the preface, of a part of a publication
};

// Symbol, title, dates, body, vote and the like of a <statement>, <documentCollection> or <doc>. `path`: of the file, for its
// name may give the symbol; empty for a part.
Marks read_metadata(const XmlNode* root, const std::string& path, Document& document);

}  // namespace resolute::indexer::akn
