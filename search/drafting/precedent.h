// Earlier wording: where the paragraphs of a text stand in the index, word for word or nearly so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/drafting/wording_finder.h"
#include "search/drafting/wording_use.h"
#include "search/searcher.h"
#include "text/draft.h"
#include "text/wording.h"

namespace resolute::search {

inline constexpr size_t kRunWords = 12;         // of a shared run at least, in English
inline constexpr size_t kRunCharacters = 20;    // and in Chinese
inline constexpr double kNearWording = 0.55;    // of wording that is shown where none is near-identical
inline constexpr double kNearPart = 0.75;       // of the draft's words, in their order, in a longer wording that is shown then
inline constexpr size_t kMostNearWordings = 3;  // such wordings of a paragraph
inline constexpr size_t kMostDraftParagraphs = 200;
inline constexpr size_t kMostDraftParagraphBytes = 30'000;
inline constexpr int kMostSeconds = 5;  // for one request; what is left then is said in a notice

struct PrecedentRequest {
  std::string text;
  std::optional<Language> lang;  // of the text; absent: told for each paragraph. Wording is looked for in it
  SearchRequest filters;         // only its filters, dates and citation range count
  size_t limit = 50;             // wordings shown of each paragraph
};

// A wording found, with its uses among the paragraphs that the filters leave.
struct Precedent {
  double similarity = 0;
  std::string text;
  Language lang = Language::en;
  uint32_t uses = 0, documents = 0;  // paragraphs; the documents that hold them
  WordingUse first, last;
  std::vector<WordingUse> newest;    // up to kMostUses
  std::vector<text::DiffPart> diff;  // from this wording to the draft's
  size_t run = 0;                    // of a shared run: tokens
  Span run_here, run_there;          // bytes of the draft paragraph's text, of `text`
  struct Parallel {
    std::string id, text;
    Language lang = Language::en;
  };
  std::optional<Parallel> parallel;  // of the newest use that has one
};
inline constexpr size_t kMostUses = 10;

// What stands in the other language where the most similar wording stands.
struct Translation {
  std::string text, id, date;  // of the newest such paragraph
  Language lang = Language::en;
  uint32_t uses = 0;
  double similarity = 0;  // of the wording it translates to the draft's
};

struct ParagraphPrecedents {
  text::DraftParagraph paragraph;
  uint32_t wordings = 0, uses = 0, documents = 0;  // near-identical ones, all of them
  std::optional<WordingUse> first, last;
  std::map<Field, std::vector<FacetCount>> counts;  // of documents, by body, committee, year, vote
  std::vector<Precedent> similar, runs;
  std::vector<Precedent> near;  // where there are no uses: the most similar wordings below that, of kNearWording at least, or with kNearPart of its words
  std::vector<Translation> translations;
};

struct PrecedentResult {
  std::vector<ParagraphPrecedents> paragraphs;
  std::vector<std::string> notices;
};

PrecedentResult find_precedents(const Searcher& searcher, const PrecedentRequest& request);

}  // namespace resolute::search
