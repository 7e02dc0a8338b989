// THE table of fields: what a document or paragraph can be filtered, counted and
// found by. Both sides of the index read it; nothing else names a field.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace resolute {

// A reader refuses an index of another format version.
//   1  segments of columns, postings and a Xapian catalogue of documents
//   2  texts as codes with edits; narrow columns; wordings of one language together; documents have
//      drafts; sources.json keeps records and what joined documents had before
//   3  one Xapian database a segment: terms of texts and of documents, values, data; no lists beside it;
//      possessives at a word edge, more forms of Han folded; documents have sponsors, based_on, amends, issued, form, unplaced
//   4  sponsors are a field
//   5  paragraphs say where their footnotes are referred to
inline constexpr int kFormatVersion = 5;
// The oldest one whose documents are carried over by `resolute index --upgrade`.
inline constexpr int kOldestFormat = 3;
// A reader accepts an older feature version; a rebuild improves answers.
//   1  words, stems, Han characters and bigrams, Han words
//   2  wordings that repeat each other
//   3  phrases that recur
inline constexpr int kFeatureVersion = 3;

enum class Field : uint8_t { lang, body, committee, concerns, type, session, agenda, subject, year, kind, action, vote, voter, sponsor, cites, symbol };
inline constexpr size_t kFieldCount = 16;

enum class Scope : uint8_t { document, paragraph };

struct FieldInfo {
  Field field;
  const char* name;    // as in the API and in the query language
  const char* prefix;  // of its boolean terms in the Xapian database; empty where there are none
  Scope scope;
  bool facet;      // counted in answers; `symbol` is not: every document has its own
  const char* en;  // label for people
  const char* zh;
};

std::span<const FieldInfo> fields();
const FieldInfo& info(Field field);
std::optional<Field> parse_field(std::string_view name);

// Terms of entries, beside those of fields. Prefixes follow Xapian's conventions; those that begin with X are our own.
// Texts have no prefix: folded words as they stand, Han characters, pairs and words; kStemPrefix and what English words
// come from.
inline constexpr std::string_view kStemPrefix = "Z";
inline constexpr std::string_view kWordingEntry = "XEwording", kDocumentEntry = "XEdocument";  // what an entry is
inline constexpr std::string_view kIdPrefix = "Q";                                             // SYMBOL@LANG, one entry
inline constexpr std::string_view kTitlePrefix = "S";                                          // words of the title
inline constexpr std::string_view kSubjectPrefix = "XSW";                                      // words of the subjects

// The term of a text under a prefix of documents: "S" and "climate" are "Sclimate", and "Zclimat" is "ZSclimat".
std::string prefixed_term(std::string_view prefix, std::string_view term);

// A boolean term: prefix + value, cut at a length Xapian takes (245 bytes) with a
// hash in place of what was cut, so that distinct values stay distinct.
std::string term(Field field, std::string_view value);

// Slots of a document's values: text whose byte order is the natural one. Do not change the numbers.
inline constexpr unsigned kDateSlot = 0;        // of adoption, "2020-09-21"
inline constexpr unsigned kNumberSlot = 1;      // the symbol, its numbers with leading zeros
inline constexpr unsigned kSessionSlot = 2;     // the session likewise
inline constexpr unsigned kParagraphsSlot = 3;  // the wordings of its paragraphs (schemas/entries.h)

// A text in which each number has seven figures at least: orders symbols and sessions as people do.
std::string sortable(std::string_view text);

// Labels of a value in both languages, the value itself where the list has none.
std::string label(Field field, std::string_view value, bool zh);

}  // namespace resolute
