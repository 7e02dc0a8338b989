// A draft as a Word file: tracked changes against the resolution that it rests on, footnotes that say where each paragraph's wording was
// agreed before.
#pragma once

#include <string>

#include "http/words.h"
#include "search/drafting/citation_check.h"
#include "search/drafting/draft_base.h"

namespace resolute::http {

// `base` may be null: nothing is tracked then. In the words of `say`. `time`: when the changes were made. Throws Error(unavailable).
std::string print_draft_word(const Words& say, const search::Searcher& searcher, const search::PrecedentResult& draft, const search::DraftBase* base,
                             const std::vector<search::CheckedCitation>& checked, const std::string& time);

}  // namespace resolute::http
