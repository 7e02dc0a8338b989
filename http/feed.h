// Atom feeds (RFC 4287): of a search, of what cites a document, of a clause's history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/arrivals.h"
#include "search/result_list.h"

namespace resolute::http {

struct FeedEntry {
  std::string id;  // an IRI for ever
  std::string title, url, text;
  std::string published;  // a day, or empty
  std::string lang;
  uint64_t revision = 0;  // in which the index learned of it; 0 where that is not known
  std::string updated;    // and when; empty where it is not known
};

struct Feed {
  std::string id, title, self, page;  // page: where people read it
  std::string updated;                // of the index, where no entry says when
  std::vector<FeedEntry> entries;
};

std::string print_atom(const Feed& feed);

// Newest first, by when the index learned of them; those that came together stay as they are. Without those before `since`, and at
// most so many.
void newest_first(std::vector<FeedEntry>& entries, uint64_t since, size_t most);

// An entry of a document or a paragraph (its fragment and number), with when the index learned of it.
FeedEntry entry_of(const Arrivals& arrivals, const std::string& base, const Match& match, bool of_document);

}  // namespace resolute::http
