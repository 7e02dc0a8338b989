// The filters of a search on its page: what is chosen, what can be, and a form that works without script.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "http/html_page.h"

namespace resolute::http {

// What a search asks for, as its page shows it.
struct Asked {
  search::SearchRequest request;
  Parameters parameters;  // of /v1/search
  bool words = false;     // there is a query, not only filters
};

// A link with more attributes.
Html link(const std::string& href, const Attributes& more, const Html& content);

// The label of a value of a facet: a session is that of the body that is chosen.
std::string facet_label(const Asked& asked, Field field, std::string_view value, bool zh);

// Chosen filters: each can be taken away, or turned round.
Html chips(const Page& page, const Asked& asked);

// Every filter in one form.
Html filters(const Page& page, const Asked& asked, const SearchResult& result);

// A State and how it voted, for a form whose answer form_address() understands: among the filters, or by itself.
enum class Among : uint8_t { filters, nothing };
Html choose_vote(const Page& page, Among among);

// Where a form's own fields lead: "state" and "voted" are values of `voter`, and dates that are the wrong way round are turned. Empty where the
// address is as it should be.
std::string form_address(const Page& page);

}  // namespace resolute::http
