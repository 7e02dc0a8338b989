// What a request asks of a generation: the first of the values that a search goes through.
//
//   SearchRequest -> Plan -> Matches -> Counts -> Scores -> Hits -> SearchResult
//
// Each is made from those before it and changes no more: plan() understands, match() finds the paragraphs, count() makes totals and
// facets of them, score() says what they are worth, collect() takes a page, show() prints a hit. searcher.cc strings them together.
#pragma once

#include <string>
#include <vector>

#include "search/query.h"
#include "search/searcher.h"
#include "search/selection.h"

namespace resolute::search {

struct Plan {
  SearchRequest request;  // its symbols spelled canonically
  Query query;            // likewise
  std::vector<std::string> notices;
  Selection selection;

  // A query that is a way of writing a symbol:
  bool names_known = false;                     // of documents that are there
  bool names_unknown = false;                   // of one that is not
  std::vector<std::string> near_symbols;        // and those that are like it
  std::vector<std::vector<ParagraphId>> heads;  // by segment: the first paragraphs of the documents, ascending

  bool together() const { return request.unit == Unit::document && request.versions == Versions::together; }
  bool grouped() const { return request.dedupe == Dedupe::on && request.unit == Unit::paragraph; }
};

// The plan refers to the searcher's generation.
Plan plan(const Searcher& searcher, const SearchRequest& request);

// A checksum of what a request asks for, but for its page: a cursor goes on with nothing else.
uint64_t question_of(const SearchRequest& request);

}  // namespace resolute::search
