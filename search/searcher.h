// Answers searches over one generation. Immutable and shared by threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "schemas/result.h"
#include "search/budget.h"
#include "search/generation.h"
#include "search/query.h"

namespace resolute::search {

class SeriesTable;
class SuggestTable;

enum class Unit : uint8_t { paragraph, document };
// With unit=document: whether both languages of a symbol are one match, and facets count documents, not paragraphs.
enum class Versions : uint8_t { apart, together };
enum class Sort : uint8_t { relevance, newest, oldest, most_cited };
enum class Explain : uint8_t { no, yes };
// What plain words ask for when not every one is found together.
enum class Fallback : uint8_t {
  when_empty,  // any of them, only where nothing has all
  fill,        // those with any; having all is evidence that weighs (`resolute run`)
};

// Whether paragraphs that repeat each other (text::repeat_key) are one match, the first of them in the order asked for.
enum class Dedupe : uint8_t { off, on };
// When plain words are also looked for in the other language, by the lexicon.
enum class Translate : uint8_t {
  when_foreign,  // words of a language in which nothing is asked for, where nothing has all words as written
  on,
  off,
};

// Whether what matches in one language is found in the other as well, through alignment.
enum class Pivot : uint8_t { off, on };

// Values of one field: any of `any` (where there are some), none of `none`.
struct Filter {
  std::vector<std::string> any, none;
};

inline constexpr size_t kMostMatches = 100;  // on a page of the API

struct SearchRequest {
  std::string q;
  std::map<Field, Filter> filters;
  std::optional<int> date_from, date_to;    // days
  std::optional<int> cited_from, cited_to;  // documents that cite
  Unit unit = Unit::paragraph;
  Versions versions = Versions::apart;
  Sort sort = Sort::relevance;
  Dedupe dedupe = Dedupe::off;  // of paragraphs; totals and facets count each
  size_t limit = 10;            // matches; 0 gives counts only
  std::string cursor;
  std::vector<Field> facets;  // to count, in this order
  size_t facet_values = 50;   // of each facet at most; years all; selected ones always
  Explain explain = Explain::no;
  Fallback fallback = Fallback::when_empty;
  Translate translate = Translate::when_foreign;
  // Only documents that are marked, by segment; with what marked them, which is a part of the question.
  std::shared_ptr<const std::vector<std::vector<bool>>> among;
  uint64_t since_revision = 0;
  std::shared_ptr<Budget> budget;  // of the processor's time; what is not looked at when it is up does not match; nullptr: no end
  Pivot pivot = Pivot::off;        // of rank() only: totals and facets count what matches itself
};

// Facets counted where a request names none.
std::vector<Field> default_facets();

// What a way of writing a reference comes to.
struct Resolved {
  std::string symbol;                   // empty where it is not one
  bool known = false;                   // the index has it
  std::vector<std::string> candidates;  // where several fit, or near ones that the index has
  std::string fragment;                 // of the paragraph that is named beside it, "op5"; else empty
  std::string last_fragment;            // where a range of them is named, "paras. 5-7", of its last; else empty
  std::vector<std::string> also;        // further symbols of a list, held or not
};

// A match as tools want it: `resolute run`.
struct Ranked {
  std::string id;  // of a paragraph or a document
  double score = 0;
};

class Searcher {
 public:
  // Words are translated by `lexicon`, else by the generation's own.
  explicit Searcher(std::shared_ptr<const Generation> generation, std::shared_ptr<const Lexicon> lexicon = nullptr)
      : generation_(std::move(generation)), lexicon_(std::move(lexicon)) {
    if (!lexicon_) lexicon_ = generation_->lexicon();
  }

  // Throws Error(invalid) for a cursor that is none, or another query's. `older` gives
  // the generation a cursor names, where it is still there.
  SearchResult search(const SearchRequest& request) const;
  // The best `depth` of a query, without texts and facets. With Pivot::on the counterparts of what matches
  // stand among them, a little lower; a quote is found only where it stands.
  std::vector<Ranked> rank(const SearchRequest& request, size_t depth) const;

  // What a request matches, by segment: the documents with a matching paragraph and the wordings of those paragraphs.
  struct Matched {
    std::vector<bool> documents, wordings;
  };
  std::vector<Matched> matched(const SearchRequest& request) const;

  // Every facet over the whole index.
  std::vector<Facet> facets() const;
  Resolved resolve(std::string_view reference) const;

  // The version in a language, else the one there is. nullopt for an unknown symbol.
  std::optional<DocumentRef> find(const std::string& identifier, std::optional<Language> lang) const;
  Document document(const DocumentRef& at) const { return generation_->document(at); }
  const Generation& generation() const { return *generation_; }
  const std::shared_ptr<const Generation>& shared_generation() const { return generation_; }
  // nullptr where there is none.
  const std::shared_ptr<const Lexicon>& lexicon() const { return lexicon_; }
  // Which resolutions succeed each other; made when first asked for (search/series.h).
  const SeriesTable& series() const;
  // What can be completed; made when first asked for (search/drafting/suggest.h).
  const SuggestTable& suggestions() const;

  // The generation that a cursor was made for; nullopt where it is no cursor.
  static std::optional<StateName> cursor_state(std::string_view cursor);

 private:
  std::shared_ptr<const Generation> generation_;
  std::shared_ptr<const Lexicon> lexicon_;
  mutable std::once_flag series_made_, suggestions_made_;
  mutable std::shared_ptr<const SeriesTable> series_;
  mutable std::shared_ptr<const SuggestTable> suggestions_;
};

}  // namespace resolute::search
