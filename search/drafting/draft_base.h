// The resolution that a draft rests on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/drafting/clause_history.h"
#include "search/drafting/precedent.h"

namespace resolute::search {

struct DraftBase {
  DocumentRef at{};
  Document document;
  std::vector<size_t> clauses;    // its paragraphs that a draft would have: places in document.paragraphs, ascending
  std::vector<ClauseLink> links;  // of kind same: from places in `clauses` to places in PrecedentResult::paragraphs
  bool whole = false;             // the draft goes on at least half of them: what it lacks, it has dropped
};

// Documents whose wording stands in the draft's, the nearest first, at most `most`.
std::vector<std::string> near_documents(const PrecedentResult& draft, size_t most);

// What `request` asked for is `draft`. That of the symbol, or where it is empty the one whose wording most of the draft is nearest to. nullopt where the index has none such in
// the language of the draft.
std::optional<DraftBase> find_base(const Searcher& searcher, const PrecedentRequest& request, const PrecedentResult& draft, const std::string& symbol);

}  // namespace resolute::search
