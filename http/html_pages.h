// The pages of the service, in the order of html_pages.cc: which address shows which.
#pragma once

#include <optional>

#include "http/html_page.h"

namespace resolute::http {

// The page at a request's address; nullopt where there can be none (then the API's own "not found" is right).
std::optional<Response> answer_page(const Request& request, const search::Searcher* searcher, const ReadDraft& read_draft = {});
// Whether a page may stand at a path.
bool may_be_page(std::string_view path);
// Whether a POST to a path is a page's: its body is a form.
bool page_takes_body(std::string_view path);
// A problem of the API as a page.
Response print_problem_page(const Page& page, const Problem& problem);
// The answer to a problem for a client that reads HTML.
Response problem_page(const Request& request, const search::Searcher* searcher, const Problem& problem);

Response show_home(const Page& page);
Response show_search(const Page& page);
Response show_document(const Page& page, const std::string& reference);
Response show_series(const Page& page, const std::string& reference);
// Who names a paragraph by its number: SYMBOL, and its fragment in `para`.
Response show_citing(const Page& page, const std::string& reference);
Response show_browse(const Page& page, const std::string& place);
Response show_phrases(const Page& page);
Response show_about(const Page& page);
Response show_help(const Page& page);
Response show_draft(const Page& page);

}  // namespace resolute::http
