// One search from request to result: match (run_match.cc), score (run_score.cc), page and count (run_page.cc), put
// together in searcher.cc. The steps share what was matched.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "search/matcher.h"
#include "search/query.h"
#include "search/score.h"
#include "search/searcher.h"
#include "search/selection.h"
#include "search/snippet.h"
#include "search/translate.h"
#include "search/translated_score.h"
#include "text/wording.h"

namespace resolute::search {

// Where a hit stands: higher first, then lower tie, then lower ordinal. Ties name the
// document, so no two hits are equal.
struct Key {
  double primary;
  uint32_t tie, ordinal;
  bool before(const Key& o) const {
    if (primary != o.primary) return primary > o.primary;
    if (tie != o.tie) return tie < o.tie;
    return ordinal < o.ordinal;
  }
};

struct Hit {
  Key key;
  uint32_t segment, paragraph;
  double score;
};

// What a request asks for, but for its page: a cursor goes on with nothing else.
uint64_t question_of(const SearchRequest& request);

// Of a wording that cannot stand on the page.
inline constexpr double kOutOfReach = -std::numeric_limits<double>::infinity();

struct SegmentMatches {
  bool everything = false;             // every paragraph matches: no wordings are listed
  std::vector<uint32_t> wordings;      // that match by their text
  std::vector<uint8_t> live;           // of each: whether a paragraph passes the filters; empty where nobody counted
  std::vector<double> scores;          // of each; kOutOfReach where it cannot stand on the page
  std::vector<bool> paragraphs;        // where matching is by paragraph
  bool by_paragraph = false;
  std::vector<uint32_t> full;          // with Fallback::fill: wordings with all words
  std::vector<uint32_t> heads;         // first paragraphs of documents that the query names
  std::vector<float> title, subject;   // by document; empty where nothing
  std::vector<uint32_t> entitled;      // documents whose title the query is, ascending
  std::span<const float> standing;     // by document; empty where nothing is ranked by words
  double of_document(uint32_t d) const;
};

class Run {
 public:
  Run(const Generation& g, const Lexicon* lexicon, const SearchRequest& r) : g_(g), lexicon_(lexicon), r_(r), query_(parse_query(r.q)) {
    notices_ = query_.notices;
    check_values();
  }

  SearchResult search();
  struct Ranks {
    std::vector<Ranked> own, counterparts;  // of paragraphs or documents
  };
  Ranks rank(size_t depth);
  std::vector<Searcher::Matched> matched();
  bool quoted() const { return query_.quoted; }
  bool translated() const { return translated_ != nullptr; }

 private:
  void check_values();
  void name_documents();
  void match();
  void match_translated();
  bool found_where_asked() const;
  std::array<bool, 2> foreign() const;
  bool match_words(const Node& root, Words words);  // whether any paragraph has them, filters aside: facets must not change what is asked
  void score();
  void score_segment(size_t s);
  void rerank();
  struct Likeness {
    text::WordingComparison comparison;
    double most;  // what the words of the query can add up to
    double bonus(std::string_view folded);
  };
  std::optional<Likeness> pasted() const;
  double word_idf(const Node& word) const;
  void titles();
  void translated_titles();
  void find_entitled(size_t s);
  template <typename Visit>
  void each_paragraph(size_t s, Visit&& visit) const;
  Key key_of(size_t s, uint32_t p, double score) const;
  std::optional<Key> resume();
  std::vector<Hit> page(size_t limit);
  bool grouped() const { return r_.dedupe == Dedupe::on && r_.unit == Unit::paragraph; }
  uint64_t group_of(size_t s, uint32_t p) const;
  void count(SearchResult& out);
  void tell_missing(std::string notice);
  Match show(const Hit& hit, const Highlighter& marks) const;
  void explain(const Hit& hit, Match& m) const;

  const Generation& g_;
  const Lexicon* lexicon_;  // nullptr: nothing is translated
  SearchRequest r_;  // as asked, its symbols spelled canonically
  Query query_;
  std::vector<std::string> notices_;
  std::vector<SegmentMatches> m_;
  std::vector<WeightedTerm> terms_;
  std::vector<double> idf_;
  struct Group {
    Hit best;
    uint32_t count = 0;
    std::pair<uint32_t, uint32_t> first, last;  // segment, paragraph
  };
  std::unordered_map<uint64_t, Group> groups_;         // with Dedupe::on: what matches, by group_of
  size_t page_size_ = 0;                               // hits that page() is asked for
  struct Bonus { double near = 0, alike = 0; };
  std::map<std::pair<uint32_t, uint32_t>, Bonus> bonus_;  // by segment and place among its matches
  std::optional<Selection> selection_;
  bool fell_back_ = false;                             // nothing has all the words
  bool names_unknown_ = false;                         // the query is a symbol of a document that is not there
  std::vector<std::string> near_symbols_;              // and those that are like it
  std::vector<std::string> named_;                     // symbols the query is a spelling of
  std::unique_ptr<const TranslatedQuery> translated_;  // where words are looked for in the other language
  std::unique_ptr<const TranslatedScore> translated_score_;
};

// Every paragraph that matches by text: visit(paragraph, index of its wording in the matches
// or npos where it is none: everything matches, or only the symbol names it).
template <typename Visit>
void Run::each_paragraph(size_t s, Visit&& visit) const {
  const auto& segment = *g_.segments()[s];
  const auto& m = m_[s];
  if (m.everything) {
    for (uint32_t p = 0; p < segment.paragraphs(); ++p) visit(p, static_cast<size_t>(-1));
    return;
  }
  for (size_t i = 0; i < m.wordings.size(); ++i)
    for (const uint32_t p : segment.occurrences[m.wordings[i]])
      if (!m.by_paragraph || m.paragraphs[p]) visit(p, i);
  for (const uint32_t p : m.heads) {
    const auto it = std::lower_bound(m.wordings.begin(), m.wordings.end(), segment.store.wording(p));
    const bool matched = it != m.wordings.end() && *it == segment.store.wording(p) && (!m.by_paragraph || m.paragraphs[p]);
    if (!matched) visit(p, static_cast<size_t>(-1));
  }
}

}  // namespace resolute::search
