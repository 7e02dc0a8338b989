// One search from request to result: match, filter, count, rank, page, show. Longer than
// most: the steps share what was matched.
#include "search/searcher.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <unordered_map>

#include "schemas/body.h"
#include "schemas/error.h"
#include "schemas/symbol.h"
#include "search/catalogue.h"
#include "search/cursor.h"
#include "search/matcher.h"
#include "search/parallel.h"
#include "search/proximity.h"
#include "search/score.h"
#include "search/selection.h"
#include "search/snippet.h"
#include "search/spelling.h"
#include "search/translate.h"
#include "search/translated_score.h"
#include "text/analyze.h"
#include "text/citation.h"
#include "text/normalize.h"
#include "text/wording.h"

namespace resolute::search {
namespace {

using Kind = Node::Kind;

// ---- order --------------------------------------------------------------------------

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

// Keeps the best `size` hits.
class Best {
 public:
  explicit Best(size_t size) : size_(size) {}
  // Whether a hit with this key would be kept.
  bool wants(const Key& key) const { return size_ > 0 && (hits_.size() < size_ || key.before(hits_.front().key)); }
  void offer(const Hit& h) {
    if (size_ == 0) return;
    if (hits_.size() < size_) {
      hits_.push_back(h);
      if (hits_.size() == size_) std::make_heap(hits_.begin(), hits_.end(), worst_first);
    } else if (h.key.before(hits_.front().key)) {
      std::pop_heap(hits_.begin(), hits_.end(), worst_first);
      hits_.back() = h;
      std::push_heap(hits_.begin(), hits_.end(), worst_first);
    }
  }
  std::vector<Hit> take() {
    std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) { return a.key.before(b.key); });
    return std::move(hits_);
  }

 private:
  static bool worst_first(const Hit& a, const Hit& b) { return a.key.before(b.key); }
  size_t size_;
  std::vector<Hit> hits_;
};

uint64_t question_of(const SearchRequest& r) {
  std::string s = r.q;
  for (const auto& [field, filter] : r.filters) {
    s += '\1' + std::to_string(static_cast<int>(field));
    for (const auto& v : filter.any) s += "\2" + v;
    for (const auto& v : filter.none) s += "\3" + v;
  }
  const auto number = [&](const std::optional<int>& v) { s += "\4" + (v ? std::to_string(*v) : ""); };
  number(r.date_from);
  number(r.date_to);
  number(r.cited_from);
  number(r.cited_to);
  s += std::to_string(static_cast<int>(r.unit)) + std::to_string(static_cast<int>(r.sort)) + std::to_string(static_cast<int>(r.dedupe)) + std::to_string(static_cast<int>(r.translate));
  return checksum(s);
}

// ---- one search ---------------------------------------------------------------------

// Wordings whose words are looked at for being near each other.
constexpr size_t kReranked = 150;
constexpr size_t kMostPhraseScores = 4;
constexpr size_t kMostTitleBytes = 1000;  // of a query that may be a title
// Headings of subjects are short: longer queries are not looked for among them in translation.
constexpr size_t kMostHeadingWords = 8;

// A query of so many tokens may be a clause that someone pasted: what is like it as a whole comes first.
constexpr size_t kFewestPasted = 12, kMostPasted = 2000;
constexpr double kLeastAlike = 0.5;

constexpr double kOutOfReach = -std::numeric_limits<double>::infinity();

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

// Symbols to filter by may be spelled in any way that the index can make out; other values may be slips.
void Run::check_values() {
  const Searcher searcher(std::shared_ptr<const Generation>(std::shared_ptr<const Generation>(), &g_));
  for (auto& notice : spell_filters(searcher, r_)) notices_.push_back(std::move(notice));
  const auto walk = [&](auto&& self, Node& n) -> void {
    if (n.kind == Kind::value) {
      if (n.field != Field::symbol && n.field != Field::cites) {
        if (auto doubt = doubt_value(g_, n.field, n.text); !doubt.empty()) notices_.push_back(std::move(doubt));
      } else if (!spell_symbol(searcher, n.text)) {
        notices_.push_back("\"" + n.text + "\" is no symbol of a document");
      }
    }
    if ((n.kind == Kind::date || n.kind == Kind::cited_by) && n.from > n.to) notices_.push_back("A range ends before it begins");
    for (auto& c : n.children) self(self, c);
  };
  walk(walk, query_.root);
}

// A query that is a way of writing a symbol finds that document first.
void Run::name_documents() {
  if (r_.q.empty() || r_.q.size() > 200) return;
  const Resolved resolved = Searcher(std::shared_ptr<const Generation>(std::shared_ptr<const Generation>(), &g_)).resolve(r_.q);
  if (!resolved.known) {
    near_symbols_ = resolved.candidates;
    names_unknown_ = !resolved.symbol.empty();
    if (names_unknown_) notices_.push_back("The index has no document " + resolved.symbol);
    return;
  }
  named_.push_back(resolved.symbol);
  for (const auto& at : g_.find(resolved.symbol)) {
    const auto& segment = *g_.segments()[at.segment];
    uint32_t head = segment.store.first_paragraph(at.document);
    const uint32_t end = segment.store.first_paragraph(at.document + 1);
    for (uint32_t p = head; p < end; ++p) {
      const auto k = static_cast<ParagraphKind>(segment.kind[p]);
      if (k != ParagraphKind::enacting) { head = p; break; }
    }
    m_[at.segment].heads.push_back(head);
  }
  for (auto& m : m_) std::sort(m.heads.begin(), m.heads.end());
  notices_.push_back(resolved.symbol + " is shown first");
}

bool Run::match_words(const Node& root, Words words) {
  parallel(m_.size(), [&](size_t s) {
    const auto& segment = *g_.segments()[s];
    Matcher matcher(segment, words);
    auto& m = m_[s];
    m.everything = root.kind == Kind::all;
    if (m.everything) return;
    m.by_paragraph = !Matcher::is_textual(root);
    if (m.by_paragraph) {
      m.paragraphs = matcher.paragraphs(root);
      std::vector<bool> seen(segment.wordings(), false);
      for (uint32_t p = 0; p < segment.paragraphs(); ++p)
        if (m.paragraphs[p]) seen[segment.store.wording(p)] = true;
      m.wordings.clear();
      for (uint32_t w = 0; w < segment.wordings(); ++w)
        if (seen[w]) m.wordings.push_back(w);
    } else {
      m.wordings = matcher.wordings(root);
    }
  });
  for (size_t s = 0; s < m_.size(); ++s) {
    const auto& segment = *g_.segments()[s];
    const auto& m = m_[s];
    if (m.everything) return true;
    for (const uint32_t w : m.wordings)
      for (const uint32_t p : segment.occurrences[w])
        if ((!m.by_paragraph || m.paragraphs[p]) && !segment.deleted[segment.document_of[p]]) return true;
  }
  return false;
}

// Says which words and quotes stand nowhere, behind a sentence on what is shown instead.
void Run::tell_missing(std::string notice) {
  std::vector<std::string> missing;
  const auto look = [&](auto&& self, const Node& n) -> void {
    if ((n.kind == Kind::word && !text::is_stop_word(n.text)) || n.kind == Kind::phrase || n.kind == Kind::prefix) {
      const auto shown = n.kind == Kind::phrase ? "\"" + n.text + "\"" : n.kind == Kind::prefix ? n.text + "*" : n.text;
      const bool found = std::any_of(g_.segments().begin(), g_.segments().end(), [&](const auto& segment) { return !Matcher(*segment, Words::all).wordings(n).empty(); });
      if (!found && std::find(missing.begin(), missing.end(), shown) == missing.end()) missing.push_back(shown);
    }
    if (n.kind != Kind::without)
      for (const auto& c : n.children) self(self, c);
  };
  look(look, query_.root);
  if (!missing.empty()) {
    notice += (notice.empty() ? "" : ". ") + std::string("In no paragraph at all:");
    for (size_t i = 0; i < missing.size() && i < 10; ++i) notice += (i ? ", " : " ") + missing[i];
  }
  if (!notice.empty()) notices_.push_back(std::move(notice));
}

void Run::match() {
  m_.resize(g_.segments().size());
  selection_.emplace(g_, r_);
  name_documents();
  const bool found = match_words(query_.root, Words::all);
  const bool always = r_.translate == Translate::on;
  const auto of = !lexicon_ || r_.translate == Translate::off ? std::array{false, false} : always ? std::array{true, true} : foreign();
  if ((of[0] || of[1]) && (always || r_.fallback == Fallback::fill || !found || !found_where_asked())) {
    auto translated = std::make_unique<TranslatedQuery>(translate(query_.root, *lexicon_, of, r_.fallback == Fallback::fill ? Quotes::as_words : Quotes::as_they_stand));
    if (!translated->words.empty()) {
      translated_ = std::move(translated);
      match_translated();
      return;
    }
  }
  const auto has_words = [](auto&& self, const Node& n) -> bool {
    if (n.kind == Kind::words && n.children.size() > 1) return true;
    return std::any_of(n.children.begin(), n.children.end(), [&](const Node& c) { return self(self, c); });
  };
  if (r_.fallback == Fallback::fill) {
    if (!has_words(has_words, query_.root)) return;
    for (auto& m : m_) m.full = m.wordings;
    match_words(query_.root, Words::any);
    return;
  }
  if (found || !named_.empty()) return;
  // A symbol's letters and figures mean nothing by themselves.
  if (!names_unknown_ && has_words(has_words, query_.root) && match_words(query_.root, Words::any)) {
    fell_back_ = true;
    tell_missing("No paragraph has all the words; these have some of them");
  } else if (!names_unknown_) {
    tell_missing("");
  }
}

// Languages whose words are foreign: another one is asked for, or is the only one there is. What is excluded
// says nothing of what is wanted: counts of the other values stay what they are.
std::array<bool, 2> Run::foreign() const {
  std::array<bool, 2> out{true, true};
  if (const auto it = r_.filters.find(Field::lang); it != r_.filters.end() && !it->second.any.empty()) {
    for (const auto& v : it->second.any)
      if (const auto lang = parse_language(canonical_value(Field::lang, v))) out[*lang == Language::zh ? 0 : 1] = false;
  } else {
    for (const auto& segment : g_.segments())
      for (uint32_t d = 0; d < segment->documents() && (out[0] || out[1]); ++d)
        if (!segment->deleted[d]) out[segment->lang(d) == Language::zh ? 0 : 1] = false;
  }
  if (out[0] && out[1]) return {false, false};
  return {out[0] && has_words(query_.root, Language::zh), out[1] && has_words(query_.root, Language::en)};
}

// Whether any match is in a language that is asked for.
bool Run::found_where_asked() const {
  for (size_t s = 0; s < m_.size(); ++s) {
    bool found = false;
    const auto& segment = *g_.segments()[s];
    each_paragraph(s, [&](uint32_t p, size_t) { found = found || !(selection_->documents_out(s)[segment.document_of[p]] & (kOutDeleted | bit(Field::lang))); });
    if (found) return true;
  }
  return false;
}

// Every word as written or translated, else any.
void Run::match_translated() {
  const auto told = [&](const char* how) {
    std::string words;
    for (const auto& w : translated_->words) {
      if (words.size() > 300) break;
      words += (words.empty() ? "" : "; ") + w.text + " = ";
      for (size_t i = 0; i < w.renderings.size() && i < 3; ++i)
        if (i == 0 || is_match(w.renderings, i)) words += (i ? ", " : "") + w.renderings[i].text;
    }
    notices_.push_back(how + words);
  };
  query_.understood = print_query(translated_->root);
  if (r_.fallback == Fallback::fill) {
    for (auto& m : m_) m.full = m.wordings;
    match_words(translated_->root, Words::any);
  } else if (match_words(translated_->root, Words::all)) {
    told("Words are also looked for in translation: ");
  } else if (match_words(translated_->root, Words::any)) {
    told("No paragraph has all the words, nor their translations; these have some of them: ");
  } else {
    tell_missing("");
  }
}

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

void Run::score() {
  for (auto& m : m_) m.scores.assign(m.wordings.size(), 0);
  if (r_.sort != Sort::relevance && r_.explain == Explain::no) return;
  terms_ = scoring_terms(query_.root);
  const auto n = static_cast<double>(g_.wordings());
  const auto idf_of = [&](const WeightedTerm& t) {
    double df = 0;
    for (const auto& segment : g_.segments()) df += segment->frequency(t.term);
    return idf(n, df);
  };
  // What can add most comes first.
  std::vector<std::pair<double, size_t>> order;
  for (size_t t = 0; t < terms_.size(); ++t) {
    idf_.push_back(idf_of(terms_[t]));
    order.emplace_back(-terms_[t].weight * idf_[t], t);
  }
  std::sort(order.begin(), order.end());
  std::vector<WeightedTerm> terms;
  std::vector<double> idfs;
  for (const auto& [most, t] : order) {
    terms.push_back(std::move(terms_[t]));
    idfs.push_back(idf_[t]);
  }
  // What has a quote has all its terms: the most telling ones say how it ranks.
  if (query_.root.kind == Kind::phrase && terms.size() > kMostPhraseScores) {
    terms.resize(kMostPhraseScores);
    idfs.resize(kMostPhraseScores);
  }
  terms_ = std::move(terms);
  idf_ = std::move(idfs);
  if (!terms_.empty() && r_.sort == Sort::relevance)
    for (size_t s = 0; s < m_.size(); ++s) m_[s].standing = g_.segments()[s]->standing;
  titles();
  if (translated_) translated_score_ = std::make_unique<TranslatedScore>(g_, *translated_);
  parallel(m_.size(), [&](size_t s) {
    score_segment(s);
    if (translated_score_) translated_score_->add_to_texts(s, m_[s].wordings, m_[s].live, m_[s].scores);
  });
  translated_titles();
  if (r_.sort == Sort::relevance) rerank();
}

// Of a word: how rare its rarest term is.
double Run::word_idf(const Node& word) const {
  const auto terms = word.from_han ? phrase_terms(word.text).terms : std::vector<std::string>{word_term(word.text)};
  double most = 0;
  for (const auto& t : terms) {
    double df = 0;
    for (const auto& segment : g_.segments()) df += segment->frequency(t);
    most = std::max(most, idf(static_cast<double>(g_.wordings()), df));
  }
  return most;
}

// The best matches by words are looked at more closely. The bonus is never negative and those
// behind get none, so the order stays one order for all pages.
void Run::rerank() {
  const Proximity proximity(query_.root, [&](const Node& n) { return word_idf(n); });
  auto likeness = pasted();
  if (!proximity.applies() && !likeness) return;
  struct Candidate { double score; uint32_t segment, place; };
  std::vector<Candidate> best;
  for (uint32_t s = 0; s < m_.size(); ++s) {
    const auto& m = m_[s];
    const auto& segment = *g_.segments()[s];
    for (uint32_t i = 0; i < m.wordings.size(); ++i) {
      if (m.scores[i] == kOutOfReach) continue;
      double more = 0;
      for (const uint32_t p : segment.occurrences[m.wordings[i]]) more = std::max(more, m.of_document(segment.document_of[p]));
      best.push_back({m.scores[i] + more, s, i});
    }
  }
  double least = kOutOfReach;
  if (best.size() > kReranked) {
    std::nth_element(best.begin(), best.begin() + kReranked, best.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    least = best[kReranked].score;  // the best of those left out; equal ones are left out together
  }
  for (const auto& c : best)
    if (c.score > least || best.size() <= kReranked) {
      const auto folded = g_.segments()[c.segment]->folded(m_[c.segment].wordings[c.place]);
      auto& bonus = bonus_[{c.segment, c.place}];
      bonus.near = proximity.bonus(folded);
      if (likeness) bonus.alike = likeness->bonus(folded);
    }
  for (const auto& [where, bonus] : bonus_) m_[where.first].scores[where.second] += bonus.near + bonus.alike;
}

// A query as long as a clause is looked for as a whole too.
std::optional<Run::Likeness> Run::pasted() const {
  if (query_.root.kind != Kind::words) return std::nullopt;
  std::vector<text::WordingToken> tokens;
  text::wording_tokens(text::fold(r_.q), tokens);
  if (tokens.size() < kFewestPasted || tokens.size() > kMostPasted) return std::nullopt;
  double most = 0;
  for (size_t t = 0; t < terms_.size(); ++t) most += terms_[t].weight * idf_[t] * (kK1 + 1);
  return Likeness{text::WordingComparison(std::move(tokens)), most};
}

double Run::Likeness::bonus(std::string_view folded) {
  std::vector<text::WordingToken> tokens;
  text::wording_tokens(folded, tokens);
  return most * comparison.similarity(tokens, kLeastAlike);
}

void Run::score_segment(size_t s) {
  const auto& segment = *g_.segments()[s];
  auto& m = m_[s];
  if (m.wordings.empty()) return;
  std::vector<uint32_t> active;  // places in m.wordings that may still stand on the page
  active.reserve(m.wordings.size());
  for (uint32_t i = 0; i < m.wordings.size(); ++i)
    if (m.live.empty() || m.live[i]) active.push_back(i);
  // On a first page of paragraphs, what cannot reach the last place any more is left out (Turtle and Flood,
  // "Query Evaluation: Strategies and Optimizations", 1995); totals and facets are counted before.
  const bool prune = !m.live.empty() && r_.unit == Unit::paragraph && !grouped() && r_.sort == Sort::relevance && r_.cursor.empty() && m.heads.empty() && m.full.empty() && !translated_;
  double to_come = kMostCited + kNewest;
  for (const auto* evidence : {&m.title, &m.subject})
    if (!evidence->empty()) to_come += *std::max_element(evidence->begin(), evidence->end());
  for (size_t t = 0; t < terms_.size(); ++t) to_come += terms_[t].weight * idf_[t] * (kK1 + 1);
  const double mean = g_.mean_length();
  std::vector<double> norm(m.wordings.size());
  for (const uint32_t i : active) norm[i] = length_norm(segment.length[m.wordings[i]], mean);
  std::vector<double> best;
  const size_t wanted_hits = std::max(page_size_, kReranked + 1);
  for (size_t t = 0; t < terms_.size(); ++t) {
    const double weight = terms_[t].weight * idf_[t];
    to_come -= weight * (kK1 + 1);
    auto cursor = segment.postings(terms_[t].term);
    if (cursor.size() == 0) continue;
    for (size_t k = 0; k < active.size(); ++k) {
      const uint32_t i = active[k], wanted = m.wordings[i];
      const uint32_t id = cursor.seek(wanted);
      if (id == wanted) {
        m.scores[i] += weight * bm25(cursor.count(), norm[i]);
      } else if (id == PostingCursor::kEnd) {
        break;
      } else {
        // Skip the matches before the next posting.
        while (k + 1 < active.size() && m.wordings[active[k + 1]] < id) ++k;
      }
    }
    if (!prune || t + 1 == terms_.size() || active.size() <= wanted_hits * 2) continue;
    best.clear();
    for (const uint32_t i : active) best.push_back(m.scores[i]);
    std::nth_element(best.begin(), best.begin() + static_cast<long>(wanted_hits - 1), best.end(), std::greater<>());
    const double least = best[wanted_hits - 1] - to_come * (1 + 1e-9) - 1e-9;  // rounding never loses a hit
    std::erase_if(active, [&](uint32_t i) {
      if (m.scores[i] >= least) return false;
      m.scores[i] = kOutOfReach;
      return true;
    });
  }
  for (size_t i = 0; i < m.live.size(); ++i)
    if (!m.live[i]) m.scores[i] = kOutOfReach;
  size_t k = 0;
  for (size_t i = 0; !m.full.empty() && i < m.wordings.size(); ++i) {
    while (k < m.full.size() && m.full[k] < m.wordings[i]) ++k;
    if (k < m.full.size() && m.full[k] == m.wordings[i]) m.scores[i] += kAllWords;
  }
}

void Run::titles() {
  if (terms_.empty() || terms_.size() > 200) return;
  std::vector<std::string> of_title, of_subject;
  for (const auto& t : terms_)
    if (t.term[0] == text::kStem || t.term[0] == text::kHanPair) {
      of_title.push_back(std::string(kTitlePrefix) + t.term);
      of_subject.push_back(std::string(kSubjectPrefix) + t.term);
    }
  for (size_t s = 0; s < m_.size(); ++s) {
    if (m_[s].wordings.empty()) continue;
    const auto add = [&](std::vector<float>& to, const std::vector<std::string>& terms, Catalogue::Mode mode, double share) {
      const auto found = g_.segments()[s]->catalogue->search(terms, mode);
      if (!found.empty()) to.assign(g_.segments()[s]->documents(), 0);
      for (const auto& [d, weight] : found) to[d] = static_cast<float>(weight * share);
    };
    add(m_[s].title, of_title, Catalogue::Mode::any, kTitleShare);
    if (r_.unit == Unit::document) find_entitled(s);
    // Indexers' headings say what a document is about only where they say all that is asked for.
    add(m_[s].subject, of_subject, Catalogue::Mode::all, kSubjectShare);
  }
}

// A query that is the whole title of a document means that document.
void Run::find_entitled(size_t s) {
  auto& m = m_[s];
  if (m.title.empty() || r_.q.size() > kMostTitleBytes) return;
  const auto& segment = *g_.segments()[s];
  const std::string wanted = text::fold(r_.q);
  for (uint32_t d = 0; d < segment.documents(); ++d) {
    if (m.title[d] <= 0) continue;
    const auto title = segment.title[d];
    // Folding changes a length little: most titles need no look.
    if (title.size() > wanted.size() * 2 || title.size() * 2 < wanted.size()) continue;
    if (text::fold(title) == wanted) m.entitled.push_back(d);
  }
}

// Titles in the other language; subjects always: indexers' headings stand in one language alone.
void Run::translated_titles() {
  if (!lexicon_ || r_.translate == Translate::off) return;
  const auto add = [](std::vector<float>& to, const std::vector<float>& more) {
    if (to.empty()) to = more;
    else for (size_t d = 0; d < more.size(); ++d) to[d] += more[d];
  };
  const bool short_enough = !query_.root.children.empty() && query_.root.kind == Kind::words && query_.root.children.size() <= kMostHeadingWords;
  const auto headings = short_enough && has_words(query_.root, Language::zh) ? translate(query_.root, *lexicon_, {true, false}) : TranslatedQuery{};
  const TranslatedScore of_headings(g_, headings);
  for (size_t s = 0; s < m_.size(); ++s) {
    if (m_[s].wordings.empty()) continue;
    if (translated_score_) add(m_[s].title, translated_score_->of_titles(s));
    if (!headings.words.empty()) add(m_[s].subject, of_headings.of_subjects(s));
  }
}

// What a document's title, subjects and standing add to each of its paragraphs.
double SegmentMatches::of_document(uint32_t d) const {
  return (title.empty() ? 0 : title[d]) + (subject.empty() ? 0 : subject[d]) + (std::binary_search(entitled.begin(), entitled.end(), d) ? kTitleBonus : 0) + (standing.empty() ? 0 : standing[d]);
}

Key Run::key_of(size_t s, uint32_t p, double score) const {
  const auto& segment = *g_.segments()[s];
  const uint32_t d = segment.document_of[p];
  switch (r_.sort) {
    case Sort::relevance: return {score, segment.rank[d], segment.ordinal(p)};
    case Sort::newest: return {0, segment.rank[d], segment.ordinal(p)};
    case Sort::oldest: return {0, segment.oldest_rank[d], segment.ordinal(p)};
    case Sort::most_cited: return {static_cast<double>(segment.cited_by[d]), segment.rank[d], segment.ordinal(p)};
  }
  return {};
}

// The place behind which a page begins.
std::optional<Key> Run::resume() {
  if (r_.cursor.empty()) return std::nullopt;
  const auto c = parse_cursor(r_.cursor);
  if (!c) throw Error(ErrorKind::invalid, "cursor is not one that this service gave");
  if (c->question != question_of(r_)) throw Error(ErrorKind::invalid, "cursor belongs to another query");
  const size_t at = c->id.rfind('@');
  const auto lang = parse_language(c->id.substr(at + 1));
  if (c->revision != g_.manifest().revision)
    notices_.push_back("The index has changed since the last page: it goes on behind the last match");
  for (const auto& location : g_.find(c->id.substr(0, at))) {
    const auto& segment = *g_.segments()[location.segment];
    if (lang && segment.lang(location.document) == *lang) {
      const uint32_t tie = r_.sort == Sort::oldest ? segment.oldest_rank[location.document] : segment.rank[location.document];
      return Key{c->primary, tie, c->ordinal};
    }
  }
  // The document is gone: behind everything with a better score.
  return Key{c->primary, 0, 0};
}

// What repeats each other across segments; in those that an older program wrote, one wording.
uint64_t Run::group_of(size_t s, uint32_t p) const {
  const auto& segment = *g_.segments()[s];
  const uint32_t w = segment.store.wording(p);
  return segment.repeat.empty() ? s << 32 | w : segment.repeat[w];
}

// The best hits behind the cursor. With unit=document, one a document: its best paragraph; with dedupe=on, one of
// those that repeat each other: the best of all, so that no later page shows another.
std::vector<Hit> Run::page(size_t limit) {
  const auto after = resume();
  Best best(limit);
  const auto offer_of_group = [&](const Hit& hit) {
    auto& group = groups_[group_of(hit.segment, hit.paragraph)];
    // A document without a date is neither the first nor the last use where another has one.
    constexpr int32_t kUndated = std::numeric_limits<int32_t>::min();
    const auto place = [&](const std::pair<uint32_t, uint32_t>& at, int32_t undated) {
      const auto& segment = *g_.segments()[at.first];
      const uint32_t d = segment.document_of[at.second];
      return std::tuple(segment.date[d] == kUndated ? undated : segment.date[d], segment.oldest_rank[d], segment.ordinal(at.second));
    };
    const std::pair at(hit.segment, hit.paragraph);
    if (group.count++ == 0) {
      group.best = hit;
      group.first = group.last = at;
      return;
    }
    if (hit.key.before(group.best.key)) group.best = hit;
    if (place(at, std::numeric_limits<int32_t>::max()) < place(group.first, std::numeric_limits<int32_t>::max())) group.first = at;
    if (place(group.last, kUndated) < place(at, kUndated)) group.last = at;
  };
  for (size_t s = 0; s < m_.size(); ++s) {
    const auto& segment = *g_.segments()[s];
    const auto& m = m_[s];
    std::vector<Hit> of_document;
    if (r_.unit == Unit::document) of_document.assign(segment.documents(), Hit{{-std::numeric_limits<double>::infinity(), 0, 0}, 0, kNone, 0});
    if (m.everything && r_.unit == Unit::paragraph && !grouped() && m.heads.empty()) {
      // Of equal scores the order is that of documents: few paragraphs need a look.
      for (uint32_t d = 0; d < segment.documents(); ++d) {
        if (selection_->documents_out(s)[d]) continue;
        for (uint32_t p = segment.store.first_paragraph(d); p < segment.store.first_paragraph(d + 1); ++p) {
          const Key key = key_of(s, p, 0);
          if (!best.wants(key)) break;
          if (selection_->holds(s, p) && (!after || after->before(key))) best.offer({key, static_cast<uint32_t>(s), p, 0});
        }
      }
      continue;
    }
    each_paragraph(s, [&](uint32_t p, size_t i) {
      if (i != static_cast<size_t>(-1) && m.scores[i] == kOutOfReach) return;
      if (!selection_->holds(s, p)) return;
      double score = i == static_cast<size_t>(-1) ? 0 : m.scores[i];
      score += m.of_document(segment.document_of[p]);
      if (!m.heads.empty() && std::binary_search(m.heads.begin(), m.heads.end(), p)) score += kHeadBonus;
      const Hit hit{key_of(s, p, score), static_cast<uint32_t>(s), p, score};
      if (r_.unit == Unit::document) {
        auto& now = of_document[segment.document_of[p]];
        if (now.paragraph == kNone || hit.score > now.score || (hit.score == now.score && hit.key.ordinal < now.key.ordinal)) now = hit;
        return;
      }
      if (grouped()) offer_of_group(hit);
      else if (!after || after->before(hit.key)) best.offer(hit);
    });
    for (auto& hit : of_document) {
      if (hit.paragraph == kNone) continue;
      hit.key.ordinal = 0;
      if (!after || after->before(hit.key)) best.offer(hit);
    }
  }
  for (const auto& [key, group] : groups_)
    if (!after || after->before(group.best.key)) best.offer(group.best);
  return best.take();
}

// Totals and facets over everything that matches. A facet leaves its own filter out.
void Run::count(SearchResult& out) {
  struct Tally {
    std::vector<uint32_t> document;       // by document: paragraphs that no paragraph filter keeps out
    std::vector<uint64_t> kind, action;   // by value
  };
  std::vector<Tally> tallies(m_.size());
  const bool want_action = std::find(r_.facets.begin(), r_.facets.end(), Field::action) != r_.facets.end();
  const bool want_kind = std::find(r_.facets.begin(), r_.facets.end(), Field::kind) != r_.facets.end();
  constexpr uint32_t kParagraphBits = bit(Field::kind) | bit(Field::action);
  const bool paragraph_filters = selection_->restricts_paragraphs();
  parallel(m_.size(), [&](size_t s) {
    const auto& segment = *g_.segments()[s];
    const auto& actions = segment.action;
    auto& t = tallies[s];
    t.document.assign(segment.documents(), 0);
    t.kind.assign(11, 0);
    t.action.assign(actions.values.size(), 0);
    auto& m = m_[s];
    const auto& document_out = selection_->documents_out(s);
    m.live.assign(m.wordings.size(), 0);
    if (!want_kind && !want_action && !paragraph_filters) {
      if (m.everything) {
        for (uint32_t d = 0; d < segment.documents(); ++d) t.document[d] = segment.store.first_paragraph(d + 1) - segment.store.first_paragraph(d);
      } else {
        each_paragraph(s, [&](uint32_t p, size_t i) {
          const uint32_t d = segment.document_of[p];
          ++t.document[d];
          if (i != static_cast<size_t>(-1) && !document_out[d]) m.live[i] = 1;
        });
      }
    } else {
      each_paragraph(s, [&](uint32_t p, size_t i) {
        const uint32_t d = segment.document_of[p];
        const uint32_t held = paragraph_filters ? selection_->out(s, p) : document_out[d];
        if (!held && i != static_cast<size_t>(-1)) m.live[i] = 1;
        if (!(held & kParagraphBits)) ++t.document[d];
        if (!(held & ~bit(Field::kind)) && segment.kind[p] < 11) ++t.kind[segment.kind[p]];
        if (want_action && !(held & ~bit(Field::action))) ++t.action[actions.id(p)];
      });
    }
  });
  for (size_t s = 0; s < m_.size(); ++s)
    for (uint32_t d = 0; d < g_.segments()[s]->documents(); ++d)
      if (tallies[s].document[d] && !selection_->documents_out(s)[d]) {
        out.total += tallies[s].document[d];
        ++out.total_documents;
      }
  for (const Field field : r_.facets) {
    std::unordered_map<std::string_view, uint64_t> counts;
    for (size_t s = 0; s < m_.size(); ++s) {
      const auto& segment = *g_.segments()[s];
      const auto& t = tallies[s];
      if (field == Field::kind) {
        for (size_t k = 0; k < t.kind.size(); ++k)
          if (t.kind[k]) counts[print_kind(static_cast<ParagraphKind>(k))] += t.kind[k];
        continue;
      }
      const auto& column = segment.columns[static_cast<size_t>(field)];
      if (field == Field::action) {
        for (size_t i = 0; i < t.action.size(); ++i)
          if (const auto value = segment.action.values[i]; t.action[i] && !value.empty()) counts[value] += t.action[i];
        continue;
      }
      std::vector<uint64_t> by_value(column.values.size(), 0);
      for (uint32_t d = 0; d < segment.documents(); ++d)
          if (t.document[d] && !(selection_->documents_out(s)[d] & ~bit(field)))
            for (const uint32_t id : column.of[d]) by_value[id] += t.document[d];
      for (size_t i = 0; i < by_value.size(); ++i)
        if (by_value[i]) counts[column.values[i]] += by_value[i];
    }
    Facet facet{field, {}};
    std::vector<std::string> selected;
    if (const auto it = r_.filters.find(field); it != r_.filters.end())
      for (const auto& v : it->second.any) selected.push_back(canonical_value(field, v));
    // A State alone selects however it voted.
    const auto is_selected = [&](std::string_view value) {
      return std::any_of(selected.begin(), selected.end(), [&](const std::string& v) { return value == v || (field == Field::voter && value.starts_with(v + ":")); });
    };
    for (const auto& [value, n] : counts) facet.values.push_back({std::string(value), n, is_selected(value)});
    std::erase_if(selected, [&](const std::string& v) { return field == Field::voter && v.find(':') == std::string::npos; });
    for (const auto& v : selected)
      if (!counts.count(v) && std::none_of(facet.values.begin(), facet.values.end(), [&](const FacetCount& c) { return c.value == v; })) facet.values.push_back({v, 0, true});
    if (field == Field::year) {
      std::sort(facet.values.begin(), facet.values.end(), [](const auto& a, const auto& b) { return a.value > b.value; });
    } else {
      std::sort(facet.values.begin(), facet.values.end(), [](const FacetCount& a, const FacetCount& b) {
        return a.count != b.count ? a.count > b.count : Symbol::natural_less(a.value, b.value) || (!Symbol::natural_less(b.value, a.value) && a.value < b.value);
      });
      std::vector<FacetCount> kept;
      for (auto& v : facet.values)
        if (kept.size() < r_.facet_values || v.selected) kept.push_back(std::move(v));
      facet.values = std::move(kept);
    }
    out.facets.push_back(std::move(facet));
  }
}

void Run::explain(const Hit& hit, Match& m) const {
  const auto& segment = *g_.segments()[hit.segment];
  const uint32_t w = segment.store.wording(hit.paragraph);
  double told = 0;
  const auto tell = [&](std::string what, double value) {
    if (value == 0) return;
    m.explanation.push_back({std::move(what), value});
    told += value;
  };
  const auto& matches = m_[hit.segment];
  const bool by_text = std::binary_search(matches.wordings.begin(), matches.wordings.end(), w);
  const double norm = length_norm(segment.length[w], g_.mean_length());
  for (size_t t = 0; t < terms_.size() && by_text; ++t) {
    auto cursor = segment.postings(terms_[t].term);
    if (cursor.size() == 0 || cursor.seek(w) != w) continue;
    const double tf = cursor.count();
    uint64_t df = 0;
    for (const auto& other : g_.segments()) df += other->frequency(terms_[t].term);
    const char* what = terms_[t].term[0] == text::kExact     ? "word "
                       : terms_[t].term[0] == text::kStem    ? "word stem "
                       : terms_[t].term[0] == text::kHanPair ? "characters "
                       : terms_[t].term[0] == text::kHanChar ? "character "
                                                             : "word ";
    tell(what + terms_[t].term.substr(1) + ": " + std::to_string(cursor.count()) + " here, in " + std::to_string(df) + " distinct paragraphs",
         terms_[t].weight * idf_[t] * bm25(tf, norm));
  }
  if (by_text) {
    const auto place = static_cast<uint32_t>(std::lower_bound(matches.wordings.begin(), matches.wordings.end(), w) - matches.wordings.begin());
    if (const auto it = bonus_.find({hit.segment, place}); it != bonus_.end()) {
      tell("words near each other and in order", it->second.near);
      tell("like the query as a whole", it->second.alike);
    }
  }
  if (translated_score_ && by_text)
    for (auto& [what, value] : translated_score_->explain(hit.segment, w)) tell(std::move(what), value);
  if (std::binary_search(matches.full.begin(), matches.full.end(), w)) tell("has all the words", kAllWords);
  if (!matches.title.empty()) tell("words in the title", matches.title[segment.document_of[hit.paragraph]]);
  if (!matches.subject.empty()) tell("all words in the subjects", matches.subject[segment.document_of[hit.paragraph]]);
  if (std::binary_search(matches.entitled.begin(), matches.entitled.end(), segment.document_of[hit.paragraph])) tell("the query is the title of this document", kTitleBonus);
  if (!matches.standing.empty()) {
    const uint32_t d = segment.document_of[hit.paragraph], n = segment.cited_by[d];
    if (n > 0) tell("cited by " + std::to_string(n) + (n == 1 ? " document" : " documents"), cited_bonus(n));
    tell("newer", segment.newer[d]);
  }
  if (std::binary_search(matches.heads.begin(), matches.heads.end(), hit.paragraph)) tell("the query names this document", kHeadBonus);
  const double rest = hit.score - told;
  if (std::abs(rest) > 1e-9) m.explanation.push_back({"rounding", rest});
}

Match Run::show(const Hit& hit, const Highlighter& marks) const {
  const auto& segment = *g_.segments()[hit.segment];
  const uint32_t p = hit.paragraph, d = segment.document_of[p];
  Match m;
  m.symbol = segment.identifier[d];
  m.lang = segment.lang(d);
  m.id = segment.id(d) + "#" + std::string(segment.fragment[p]);
  m.title = segment.title[d];
  if (segment.date[d] != std::numeric_limits<int32_t>::min()) m.date = print_date(segment.date[d]);
  m.body = parse_body(segment.value(Field::body, d)).value_or(Body::none);
  m.type = parse_type(segment.value(Field::type, d)).value_or(DocumentType::other);
  const auto& committees = segment.columns[static_cast<size_t>(Field::committee)];
  for (const uint32_t id : committees.of[d]) m.committee.emplace_back(committees.values[id]);
  m.score = hit.score;
  m.cited_by = segment.cited_by[d];
  m.kind = static_cast<ParagraphKind>(segment.kind[p]);
  m.fragment = segment.fragment[p];
  m.number = segment.number[p];
  m.action = segment.action[p];
  m.text = segment.store.text(segment.store.wording(p));
  m.snippets = marks.snippets(m.text, m.lang == Language::zh ? 160 : 360, 3);
  if (const uint32_t q = segment.parallel(p); q != kNone) {
    const uint32_t other = segment.document_of[q];
    m.parallel = Match::Parallel{segment.id(other) + "#" + std::string(segment.fragment[q]), segment.store.text(segment.store.wording(q)), segment.lang(other)};
  }
  if (grouped())
    if (const auto& group = groups_.at(group_of(hit.segment, p)); group.count > 1) {
      const auto use = [&](const std::pair<uint32_t, uint32_t>& at) {
        const auto& of = *g_.segments()[at.first];
        const uint32_t document = of.document_of[at.second];
        return Match::Repeats::Use{of.id(document) + "#" + std::string(of.fragment[at.second]),
                                   of.date[document] == std::numeric_limits<int32_t>::min() ? "" : print_date(of.date[document])};
      };
      m.repeats = Match::Repeats{group.count - 1, use(group.first), use(group.last)};
    }
  if (r_.explain == Explain::yes) explain(hit, m);
  return m;
}

SearchResult Run::search() {
  SearchResult out;
  match();
  out.understood = query_.understood;
  out.revision = g_.manifest().revision;
  out.documents = g_.manifest().documents;
  out.paragraphs = g_.manifest().paragraphs;
  count(out);
  const size_t limit = r_.limit;
  page_size_ = limit + 1;
  score();
  auto hits = page(page_size_);
  if (limit > 0 && hits.size() > limit) {
    const Hit& last = hits[limit - 1];
    const auto& segment = *g_.segments()[last.segment];
    out.next = print_cursor({g_.manifest().revision, question_of(r_), last.key.primary, last.key.ordinal, segment.id(segment.document_of[last.paragraph])});
  }
  if (hits.size() > limit) hits.resize(limit);
  Query shown = query_;
  if (translated_) shown.root = translated_->root;
  const Highlighter marks(shown);
  for (const auto& hit : hits) out.matches.push_back(show(hit, marks));
  if (r_.unit == Unit::document) {
    // Further paragraphs of each document on the page.
    std::unordered_map<uint64_t, size_t> place;
    for (size_t i = 0; i < hits.size(); ++i) place[static_cast<uint64_t>(hits[i].segment) << 32 | g_.segments()[hits[i].segment]->document_of[hits[i].paragraph]] = i;
    std::vector<std::vector<std::pair<double, uint32_t>>> more(hits.size());
    for (size_t s = 0; s < m_.size(); ++s)
      each_paragraph(s, [&](uint32_t p, size_t i) {
        const auto it = place.find(static_cast<uint64_t>(s) << 32 | g_.segments()[s]->document_of[p]);
        if (it == place.end() || !selection_->holds(s, p)) return;
        ++out.matches[it->second].paragraphs_matched;
        if (p != hits[it->second].paragraph) more[it->second].emplace_back(i == static_cast<size_t>(-1) ? 0 : -m_[s].scores[i], p);
      });
    for (size_t i = 0; i < hits.size(); ++i) {
      std::sort(more[i].begin(), more[i].end());
      const auto& segment = *g_.segments()[hits[i].segment];
      for (size_t k = 0; k < more[i].size() && k < 3; ++k) {
        const uint32_t p = more[i][k].second;
        Match::Also also;
        also.id = segment.id(segment.document_of[p]) + "#" + std::string(segment.fragment[p]);
        also.kind = static_cast<ParagraphKind>(segment.kind[p]);
        also.number = segment.number[p];
        also.snippet = marks.snippets(segment.store.text(segment.store.wording(p)), 160, 1).front();
        out.matches[i].also.push_back(std::move(also));
      }
    }
  }
  for (auto& n : notices_)
    if (std::find(out.notices.begin(), out.notices.end(), n) == out.notices.end()) out.notices.push_back(std::move(n));
  if (out.matches.empty() || fell_back_) out.did_you_mean = did_you_mean(g_, query_, r_.q).value_or("");
  out.near_symbols = std::move(near_symbols_);
  return out;
}

std::vector<Searcher::Matched> Run::matched() {
  match();
  std::vector<Searcher::Matched> out;
  for (size_t s = 0; s < m_.size(); ++s) {
    const auto& segment = *g_.segments()[s];
    Searcher::Matched m{std::vector<bool>(segment.documents()), std::vector<bool>(segment.wordings())};
    each_paragraph(s, [&](uint32_t p, size_t) {
      if (!selection_->holds(s, p)) return;
      m.documents[segment.document_of[p]] = true;
      m.wordings[segment.store.wording(p)] = true;
    });
    out.push_back(std::move(m));
  }
  return out;
}

Run::Ranks Run::rank(size_t depth) {
  match();
  score();
  Ranks out;
  for (const auto& hit : page(depth)) {
    const auto& segment = *g_.segments()[hit.segment];
    const uint32_t d = segment.document_of[hit.paragraph];
    const bool whole = r_.unit == Unit::document;
    out.own.push_back({segment.id(d) + (whole ? "" : "#" + std::string(segment.fragment[hit.paragraph])), hit.score});
    const uint32_t q = segment.parallel(hit.paragraph);
    const uint32_t other = whole ? segment.sibling[d] : q == kNone ? kNone : segment.document_of[q];
    if (other == kNone || segment.deleted[other]) continue;
    out.counterparts.push_back({segment.id(other) + (whole ? "" : "#" + std::string(segment.fragment[q])), hit.score * kPivotShare});
  }
  return out;
}

}  // namespace

std::vector<Field> default_facets() {
  return {Field::body, Field::committee, Field::concerns, Field::type, Field::lang, Field::year, Field::session, Field::subject, Field::kind, Field::action, Field::vote};
}

SearchResult Searcher::search(const SearchRequest& request) const { return Run(*g_, lexicon_.get(), request).search(); }

std::vector<Searcher::Matched> Searcher::matched(const SearchRequest& request) const { return Run(*g_, lexicon_.get(), request).matched(); }

std::vector<Ranked> Searcher::rank(const SearchRequest& request, size_t depth) const {
  Run run(*g_, lexicon_.get(), request);
  auto ranks = run.rank(depth);
  // A quote is found only where it stands; one in a foreign language stands in counterparts.
  if (request.pivot == Pivot::off || (run.quoted() && !run.translated())) return std::move(ranks.own);
  auto counterparts = std::move(ranks.counterparts);
  const auto lang = request.filters.find(Field::lang);
  if (lang != request.filters.end()) {
    // What the other language finds, seen from here.
    SearchRequest wider = request;
    wider.filters.erase(Field::lang);
    counterparts = Run(*g_, lexicon_.get(), wider).rank(depth).counterparts;
    std::erase_if(counterparts, [&](const Ranked& r) {
      const size_t at = r.id.rfind('@') + 1;
      const std::string language = r.id.substr(at, r.id.find('#', at) - at);
      const auto has = [&](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), language) != list.end(); };
      return (!lang->second.any.empty() && !has(lang->second.any)) || has(lang->second.none);
    });
  }
  // Each once, with its better score; what translation and alignment both find is the surer for it.
  std::unordered_map<std::string, double> best;
  std::vector<Ranked> all = std::move(ranks.own);
  std::move(counterparts.begin(), counterparts.end(), std::back_inserter(all));
  for (const auto& r : all) {
    const auto [it, fresh] = best.try_emplace(r.id, r.score);
    if (!fresh) it->second = run.translated() ? it->second + r.score : std::max(it->second, r.score);
  }
  std::erase_if(all, [&](Ranked& r) {
    const auto it = best.find(r.id);
    if (it == best.end()) return true;
    r.score = it->second;
    best.erase(it);
    return false;
  });
  std::stable_sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
  if (all.size() > depth) all.resize(depth);
  return all;
}

std::vector<Facet> Searcher::facets() const {
  SearchRequest all;
  all.limit = 0;
  for (const auto& f : fields())
    if (f.facet) all.facets.push_back(f.field);
  all.facet_values = 200;
  return search(all).facets;
}

std::optional<Location> Searcher::find(const std::string& identifier, std::optional<Language> lang) const {
  const auto all = g_->find(identifier);
  if (all.empty()) return std::nullopt;
  if (lang)
    for (const auto& at : all)
      if (g_->segments()[at.segment]->lang(at.document) == *lang) return at;
  if (lang) return std::nullopt;
  return all.front();
}

std::optional<uint64_t> Searcher::cursor_revision(std::string_view cursor) {
  const auto c = parse_cursor(cursor);
  return c ? std::optional(c->revision) : std::nullopt;
}

}  // namespace resolute::search
