// Answers as the JSON of the API (contract: schemas/openapi.json).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "http/addresses.h"
#include "http/parameters.h"
#include "schemas/result.h"
#include "search/drafting/citation_graph.h"
#include "search/searcher.h"

namespace resolute::http {

nlohmann::ordered_json print_result(const SearchResult& result, double took_ms);
nlohmann::ordered_json print_facets(const std::vector<Facet>& facets);
nlohmann::ordered_json print_problem(const Problem& problem);
// A document, with the aligned paragraphs of another language where asked for.
nlohmann::ordered_json print_document_answer(const search::Searcher& searcher, const search::DocumentRef& at, std::optional<Language> parallel);
// What a document cites, or what cites it; from a depth of 2 on also what is reached in so many steps.
nlohmann::ordered_json print_links(const search::Searcher& searcher, const std::string& symbol, search::Direction direction, int depth);
// The paragraphs that name a paragraph, by its number, beside a reference to its document (which is there).
nlohmann::ordered_json print_paragraph_cited_by(const search::Searcher& searcher, const std::string& symbol, Language lang, const std::string& fragment);
nlohmann::ordered_json print_resolved(const search::Searcher& searcher, const std::string& reference);

// A text, null where it is empty.
nlohmann::ordered_json text_or_null(const std::string& s);
// A similarity as answers give it: to four places.
double rounded(double similarity);
// A document as others refer to it.
nlohmann::ordered_json print_reference(const search::Searcher& searcher, const std::string& symbol);
// Spans of bytes of a text as [begin, end) in code points.
nlohmann::ordered_json print_spans(const std::string& text, const std::vector<Span>& spans);

// JSON as bytes; what is no UTF-8 in it is replaced.
std::string dump(const nlohmann::ordered_json& json);

}  // namespace resolute::http
