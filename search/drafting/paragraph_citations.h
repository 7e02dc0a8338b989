// Who cites a paragraph, not only its document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/searcher.h"

namespace resolute::search {

// The paragraphs that are named beside a reference, as they are printed: {"5", "6(a)"}. `span` in bytes of `text`.
//
// "paragraph 5 of General Assembly resolution 79/1", "paragraphs 3 to 5 and 7 of its resolution 79/1", "resolution 79/1, paragraph 6 (a)";
// 第79/1号决议第5段, 第79/1号决议第3至5段和第7段.
std::vector<std::string> numbers_beside(std::string_view text, Span span);

struct ParagraphCitation {
  std::string id, treatment;  // of the paragraph that cites, and how
  std::string text;
};

// Paragraphs that name one of the paragraphs numbered `number` beside a reference to `symbol`, in the order of documents, each once.
std::vector<ParagraphCitation> paragraph_citations(const Searcher& searcher, const std::string& symbol, const std::string& number);

}  // namespace resolute::search
