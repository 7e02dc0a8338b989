// What each address answers (http/routes.h lists them; contract: schemas/openapi.json).
#pragma once

#include <cstddef>
#include <string>

#include "http/export.h"
#include "http/routes.h"

namespace resolute::http {

inline constexpr size_t kMostReferenceBytes = 400;

// A Problem as an answer, and the one for what is not there.
Response print(const Problem& problem);
Problem not_found(const std::string& detail);

// In place of a route's own answer where it needs an index and there is none.
Response answer_no_index(const Call& call);
// In place of an answer that was made of pages that could not be read.
Response answer_broken();

Response answer_health(const Call& call);
Response answer_ready(const Call& call);
Response answer_search(const Call& call);
Response answer_export(const Call& call);
Response answer_facets(const Call& call);
Response answer_phrases(const Call& call);
Response answer_suggest(const Call& call);
Response answer_related(const Call& call);
Response answer_resolve(const Call& call);
Response answer_document(const Call& call);
Response answer_source(const Call& call);
Response answer_citations(const Call& call);
Response answer_cited_by(const Call& call);
Response answer_document_history(const Call& call);
Response answer_paragraph(const Call& call);
Response answer_document_feed(const Call& call);
Response answer_history_feed(const Call& call);
Response answer_search_feed(const Call& call, const ExportRequest& request);
// An answer of the index's revision: it may be kept, and asked for again by its ETag.
Response of_revision(const Call& call, Response r);
Response answer_mcp(const Call& call);
Response answer_paragraph_history(const Call& call);
Response answer_paragraph_cited_by(const Call& call);
Response answer_guide(const Call& call);
Response answer_precedents(const Call& call);
Response answer_citation_check(const Call& call);

}  // namespace resolute::http
