// The nouns: a UN document in one language, its paragraphs and what is known of it.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schemas/warning.h"

namespace resolute {

// The numbers of these are stored in indexes: append only, and the last one is the one that kLast names.
enum class Language : uint8_t { zh, en };
inline Language other_language(Language lang) { return lang == Language::zh ? Language::en : Language::zh; }
enum class Body : uint8_t { none, ga, sc, ecosoc, hrc };
enum class DocumentType : uint8_t { resolution, decision, statement, draft, publication, other, report };
enum class ParagraphKind : uint8_t { heading, enacting, preambular, operative, annex, footnote, statement, decision, closing, table, plain };
enum class VoteOutcome : uint8_t { without_vote, recorded, unanimous, acclamation, not_adopted };

template <typename Enum>
inline constexpr Enum kLast{};
template <>
inline constexpr auto kLast<Language> = Language::en;
template <>
inline constexpr auto kLast<Body> = Body::hrc;
template <>
inline constexpr auto kLast<DocumentType> = DocumentType::report;
template <>
inline constexpr auto kLast<ParagraphKind> = ParagraphKind::plain;
template <>
inline constexpr auto kLast<VoteOutcome> = VoteOutcome::not_adopted;

// Bytes [begin, end) of the original text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

// A mention of a UN document in running text.
struct Citation {
  Span span;              // of the paragraph's text
  std::string symbol;     // canonical; never empty: a mention that names no single document is no Citation
  std::string treatment;  // "recalling", "reaffirming", ... or empty
  bool operator==(const Citation&) const = default;
};

// Where a footnote is referred to.
struct NoteMark {
  uint32_t at = 0;    // its marker stands before this byte of the paragraph's text, which leaves markers out
  uint32_t note = 0;  // the footnote's place among the document's paragraphs
  bool operator==(const NoteMark&) const = default;
};

// The unit of retrieval.
struct Paragraph {
  std::string fragment;  // "op2", unique within the document
  ParagraphKind kind = ParagraphKind::plain;
  std::string number;  // as printed, without stop or brackets: "2", "2(a)", "*"; empty where none
  std::string text;    // UTF-8, white space collapsed, its own number left out
  std::string action;  // id of the opening action ("decides"), empty where none
  std::vector<Citation> citations;
  std::vector<NoteMark> notes;      // in their order; empty where the file does not say
  std::string parallel;             // fragment of the aligned paragraph in the other language, empty where none
  uint8_t parallel_confidence = 0;  // percent
};

struct Vote {
  std::optional<VoteOutcome> outcome;
  std::optional<int> yes, no, abstain;
  std::map<std::string, std::string> voters;  // ISO 3166 alpha-3 -> "yes" | "no" | "abstain"
  bool empty() const { return !outcome && !yes && !no && !abstain && voters.empty(); }
};

// "131-55-0": in favour, against, abstaining; empty where the figures are not known.
std::string print_votes(const Vote& vote);

// Text of a file that belongs to its pages or its head and to no paragraph, and what it is: "running head", "page
// number", "job number", "rule", "cover", "title", "adoption", "agenda", "sponsors", ...
struct Furniture {
  std::string name, text;
  bool operator==(const Furniture&) const = default;
};

// A UN document in one language. What its file does not say and cannot be
// inferred stays empty, never invented.
struct Document {
  std::string identifier;  // canonical symbol where it parses as one, else as given
  Language lang = Language::en;
  std::string title;
  std::string date;  // adoption, YYYY-MM-DD
  Body body = Body::none;
  DocumentType type = DocumentType::other;
  std::string session;                           // "75", "ES-11", ECOSOC: the year
  std::string meeting;                           // number
  std::vector<std::string> agenda;               // "16(a)"
  std::vector<std::string> committee;            // ids of schemas/body, the originating ones
  std::vector<std::string> subjects;             // as the library wrote them
  std::vector<std::string> concerns;             // ids of schemas/body, subsidiary bodies the text is about
  std::vector<std::string> drafts;               // symbols of the drafts it was adopted from
  std::vector<std::string> sponsors;             // of a draft, as printed: States, or who submitted it
  std::vector<std::string> additional_sponsors;  // who joined them later
  std::string based_on;                          // symbol of the draft that this one rests on
  std::string amends;                            // symbol of the draft that this one amends
  std::string issued;                            // day of issue, YYYY-MM-DD, where it is printed
  Vote vote;
  std::vector<Paragraph> paragraphs;
  std::vector<Warning> warnings;

  std::string path;                   // where it was read from, archive members as "archive.zip/member.xml"
  std::string format;                 // "akn", "text", "jsonl"
  std::string form;                   // how its paragraphs were told apart: "wrapped", "marked up", ...
  std::vector<std::string> unplaced;  // text of the file that is in no paragraph, note or field
  std::vector<Furniture> furniture;   // of a text or PDF; with paragraphs and unplaced all its letters. The index drops it

  std::string id() const { return identifier + (lang == Language::zh ? "@zh" : "@en"); }
};

// Why a file, or a part of one, could not be read. The run goes on.
struct Rejection {
  std::string path;
  std::string reason;    // "unsupported-language", "empty", "encrypted", ...
  std::string detail;    // one sentence for people
  std::string location;  // "line 3", "member x.xml", or empty
};

// Fixed spellings of the contract, both ways. parse_ gives nullopt for others.
const char* print_language(Language v);
const char* print_body(Body v);  // "" for none
const char* print_type(DocumentType v);
const char* print_kind(ParagraphKind v);
const char* print_outcome(VoteOutcome v);
std::optional<Language> parse_language(std::string_view s);
std::optional<Body> parse_body(std::string_view s);
std::optional<DocumentType> parse_type(std::string_view s);
std::optional<ParagraphKind> parse_kind(std::string_view s);
std::optional<VoteOutcome> parse_outcome(std::string_view s);

// "op2", "pp1", ... the prefix of a fragment for a kind.
const char* fragment_prefix(ParagraphKind v);

// Every symbol that the paragraphs cite but the document's own, sorted, each once.
std::vector<std::string> cited_symbols(const Document& document);

// The works among them, part letters left out: a resolution's part is cited as part of it.
std::vector<std::string> cited_works(const Document& document);

// Days since 1970-01-01. Where one is stored, kNoDay stands for an unknown one.
using Day = int32_t;
inline constexpr Day kNoDay = std::numeric_limits<Day>::min();
// Of a YYYY-MM-DD that exists and lies in 1945..2100; else nullopt.
std::optional<Day> parse_date(std::string_view s);
std::string print_date(Day day);
std::string print_date(std::optional<Day> day);  // empty where there is none

}  // namespace resolute
