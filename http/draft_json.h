// What is asked of drafts by POST, and the answers (contract: schemas/openapi.json).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "http/draft_file.h"
#include "http/parameters.h"
#include "search/drafting/citation_check.h"
#include "search/drafting/precedent.h"

namespace resolute::http {

// What is asked of a draft.
enum class DraftQuestion : uint8_t { precedents, citations };
// The answer to a body: JSON with the draft as its text.
std::variant<nlohmann::ordered_json, Problem> answer_draft(const search::Searcher& searcher, DraftQuestion question, const std::string& body);
// The answer to a draft that is a file, by its media type; `given` has lang, limit and the filters. With the paragraphs understood.
std::variant<nlohmann::ordered_json, Problem> answer_draft_file(const search::Searcher& searcher, DraftQuestion question, const std::string& type,
                                                                const std::string& bytes, const Parameters& given, const ReadDraft& read);
inline constexpr size_t kMostDraftText = 256 << 10;  // of what is read from a file

nlohmann::ordered_json print_precedents(const search::PrecedentResult& result, const std::string& draft);
nlohmann::ordered_json print_checked(const search::Searcher& searcher, const std::vector<search::CheckedCitation>& checked, const std::string& draft);
nlohmann::ordered_json print_use(const search::WordingUse& use);
// Values of a field with their labels.
nlohmann::ordered_json print_counts(Field field, const std::vector<FacetCount>& counts);
int today();  // in days, UTC
nlohmann::ordered_json print_diff(const std::vector<text::DiffPart>& diff);

}  // namespace resolute::http
