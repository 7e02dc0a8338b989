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
inline constexpr int kFormatVersion = 3;
// A reader accepts an older feature version; a rebuild improves answers.
//   1  words, stems, Han characters and bigrams, Han words
//   2  wordings that repeat each other
//   3  phrases that recur
inline constexpr int kFeatureVersion = 3;

enum class Field : uint8_t {
  lang, body, committee, concerns, type, session, agenda, subject, year, kind, action, vote, voter, cites, symbol
};
inline constexpr size_t kFieldCount = 15;

enum class Scope : uint8_t { document, paragraph };

struct FieldInfo {
  Field field;
  const char* name;    // as in the API and in the query language
  const char* prefix;  // of its boolean terms in the Xapian catalogue; empty where they would say too much:
                       // 190 voters of each recorded vote are in the column alone
  Scope scope;
  bool facet;          // counted in answers; `symbol` is not: every document has its own
  const char* en;      // label for people
  const char* zh;
};

std::span<const FieldInfo> fields();
const FieldInfo& info(Field field);
std::optional<Field> parse_field(std::string_view name);

// Prefixes of the catalogue's free-text terms.
inline constexpr std::string_view kIdPrefix = "Q";       // SYMBOL@LANG, one entry
inline constexpr std::string_view kTitlePrefix = "S";    // words of the title
inline constexpr std::string_view kSubjectPrefix = "XSW";  // words of the subjects
inline constexpr std::string_view kAgendaPrefix = "XAW";   // words of the agenda item

// A boolean term: prefix + value, cut at a length Xapian takes (245 bytes) with a
// hash in place of what was cut, so that distinct values stay distinct.
std::string term(Field field, std::string_view value);

// Slot of the adoption date (days, as text that sorts) in the catalogue.
inline constexpr unsigned kDateSlot = 0;

// Labels of a value in both languages, the value itself where the list has none.
std::string label(Field field, std::string_view value, bool zh);

}  // namespace resolute
