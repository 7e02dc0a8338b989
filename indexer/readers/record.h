// What libraries and tables know of a document beside its text: a Record, and how it
// joins the document of the same symbol.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::indexer {

// What can be known of a document without its text. Empty: not known.
struct Metadata {
  std::string title, date, session, meeting;
  std::vector<std::string> agenda, committee, subjects, drafts;
  Vote vote;
  std::vector<Warning> warnings;
  std::vector<std::string> sponsors, additional_sponsors;
};

// Where metadata comes from, least trusted first. THE order of trust: where sources
// disagree on a date, a meeting, agenda items or a vote, the later one is taken.
enum class Trust : unsigned char {
  text,     // inferred from running text: Word, HTML, PDF, plain text, JSON Lines
  table,    // a row of a CSV or TSV table
  library,  // a library record (MARCXML)
  markup,   // a document's own mark-up: AKN4UN
};
inline constexpr const char* kTrustRule = "AKN4UN mark-up before library records before tables before what is read from running text";

struct Record {
  Trust trust = Trust::library;
  std::string symbol;            // canonical
  std::optional<Language> lang;  // of its title; nullopt: neither Chinese nor English
  Metadata data;
};

// What the document knows of itself, and the way back.
Metadata metadata_of(const Document& document);
void restore(Document& document, const Metadata& own);

// Joins records to a document of their symbol, in the order given among equals. Title,
// session and committee are only filled in (a title of the document's own language);
// subjects and drafts are added to; the rest follows kTrustRule, and a warning names
// every disagreement. The same records join to the same result, whatever came first.
void join(Document& document, const std::vector<const Record*>& records);

// "adopted unanimously", "Without vote", "14-0-1", "Adopted 130-2-48, 66th plenary
// meeting", "Draft resolution not adopted 2-0-9", "vetoed by ..." -> the vote; empty
// where it says none of these.
Vote find_vote(std::string_view text, Body body);
// Sets the outcome of counts, by body: unanimous only in the Security Council.
void conclude_vote(Vote& vote, Body body);

nlohmann::json print_metadata(const Metadata& data);
Metadata parse_metadata(const nlohmann::json& json);  // throws nlohmann::json::exception
nlohmann::json print_record(const Record& record);
Record parse_record(const nlohmann::json& json);  // throws nlohmann::json::exception

}  // namespace resolute::indexer
