// Which of the indexers' headings a query is.
#pragma once

#include <string>
#include <vector>

#include "search/query.h"
#include "search/segment.h"

namespace resolute::search {

// What each word of a query may be in a heading: any of several sets of terms.
using HeadingWords = std::vector<std::vector<std::vector<std::string>>>;

// Of plain words as written, or of a translated tree (search/translate.h) its likely renderings; empty where it is no heading:
// quotes, fields and operators name none, and neither do many words.
HeadingWords heading_words(const Node& root);

// Documents of a segment, ascending, one of whose subjects is those words and no others; of those with something in `among`.
std::vector<DocumentId> documents_under(const Segment& segment, const HeadingWords& words, const std::vector<float>& among);

}  // namespace resolute::search
