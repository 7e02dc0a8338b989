#include "http/routes.h"

#include "http/answers.h"

namespace resolute::http {
namespace {

// /metrics and the files of the page are the handler's own: it counts, and it knows them by their bytes.
constexpr Route kRoutes[] = {
    {"GET", "/healthz", "healthz", false, answer_health},
    {"GET", "/readyz", "readyz", false, answer_ready},
    {"GET", "/v1/search", "search", true, answer_search},
    {"GET", "/v1/search.{format}", "export", true, answer_export},
    {"GET", "/v1/facets", "facets", true, answer_facets},
    {"GET", "/v1/phrases", "phrases", true, answer_phrases},
    {"GET", "/v1/suggest", "suggest", true, answer_suggest},
    {"GET", "/v1/related", "related", true, answer_related},
    {"GET", "/v1/resolve", "resolve", true, answer_resolve},
    {"GET", "/v1/documents/{symbol}/citations", "citations", true, answer_citations},
    {"GET", "/v1/documents/{symbol}/cited-by", "cited-by", true, answer_cited_by},
    {"GET", "/v1/documents/{symbol}/history", "document-history", true, answer_document_history},
    {"GET", "/v1/documents/{symbol}/source", "source", true, answer_source},
    {"GET", "/v1/documents/{symbol}.atom", "document-feed", true, answer_document_feed},
    {"GET", "/v1/documents/{symbol}", "documents", true, answer_document},
    {"GET", "/v1/paragraphs/{id}/history", "paragraph-history", true, answer_paragraph_history},
    {"GET", "/v1/paragraphs/{id}/history.atom", "history-feed", true, answer_history_feed},
    {"GET", "/v1/paragraphs/{id}/cited-by", "paragraph-cited-by", true, answer_paragraph_cited_by},
    {"GET", "/v1/paragraphs/{id}", "paragraph", true, answer_paragraph},
    {"GET", "/llms.txt", "guide", true, answer_guide},
    {"POST", "/mcp", "mcp", true, answer_mcp},
    {"POST", "/v1/precedents", "precedents", true, answer_precedents},
    {"POST", "/v1/citations/check", "citation-check", true, answer_citation_check},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

Routed find_route(std::string_view path) {
  for (const auto& route : kRoutes) {
    const std::string_view pattern = route.pattern;
    const size_t open = pattern.find('{');
    if (open == std::string_view::npos) {
      if (path == pattern) return {&route, ""};
      continue;
    }
    const auto before = pattern.substr(0, open), after = pattern.substr(pattern.find('}') + 1);
    if (path.size() >= before.size() + after.size() && path.starts_with(before) && path.ends_with(after))
      return {&route, std::string(path.substr(before.size(), path.size() - before.size() - after.size()))};
  }
  return {};
}

}  // namespace resolute::http
