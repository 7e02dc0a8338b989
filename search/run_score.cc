// What the matches are worth.
#include <algorithm>
#include <cmath>

#include "search/parallel.h"
#include "search/proximity.h"
#include "search/run.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {

using Kind = Node::Kind;

namespace {

// Wordings whose words are looked at for being near each other.
constexpr size_t kReranked = 150;
constexpr size_t kMostPhraseScores = 4;
constexpr size_t kMostTitleBytes = 1000;  // of a query that may be a title
// Headings of subjects are short: longer queries are not looked for among them in translation.
constexpr size_t kMostHeadingWords = 8;

// A query of so many tokens may be a clause that someone pasted: what is like it as a whole comes first.
constexpr size_t kFewestPasted = 12, kMostPasted = 2000;
constexpr double kLeastAlike = 0.5;

// BM25 of the words of documents under a prefix, times `share`, by document; of those that have all terms, or any. Empty where
// no document has.
std::vector<float> score_documents(const Segment& segment, std::string_view prefix, const std::vector<std::string>& terms, Words words, double share) {
  constexpr double kDocumentK1 = 1, kDocumentB = 0.5, kLeastNorm = 0.5;
  const auto n = static_cast<double>(segment.documents());
  std::vector<double> sums(segment.documents(), 0);
  std::vector<uint32_t> had(segment.documents(), 0);
  TermLists lists(segment);
  for (const auto& t : terms) {
    std::vector<std::pair<uint32_t, uint32_t>> found;
    auto list = lists.documents(prefix, t);
    for (uint32_t d = list.next(); d != TermList::kEnd; d = list.next()) found.emplace_back(d, list.count());
    // As Xapian's BM25Weight: a term that half of the documents have still tells a little.
    const auto df = static_cast<double>(found.size());
    double odds = (n - df + 0.5) / (df + 0.5);
    if (odds < 2) odds = odds * 0.5 + 1;
    const double weight = std::log(odds) * (kDocumentK1 + 1);
    for (const auto& [d, count] : found) {
      const double length = std::max(segment.words_of[d] / std::max(segment.mean_words, 1e-9), kLeastNorm);
      sums[d] += weight * count / (kDocumentK1 * (length * kDocumentB + 1 - kDocumentB) + count);
      ++had[d];
    }
  }
  std::vector<float> out;
  for (uint32_t d = 0; d < segment.documents(); ++d) {
    if (had[d] == 0 || (words == Words::all && had[d] < terms.size())) continue;
    if (out.empty()) out.assign(segment.documents(), 0);
    out[d] = static_cast<float>(sums[d] * share);
  }
  return out;
}

}  // namespace

void Run::score() {
  for (auto& m : m_) m.scores.assign(m.wordings.size(), 0);
  if (r_.sort != Sort::relevance && r_.explain == Explain::no) return;
  terms_ = scoring_terms(query_.root);
  const auto n = static_cast<double>(g_.wordings());
  const auto idf_of = [&](const WeightedTerm& t) {
    double df = 0;
    for (const auto& segment : g_.segments()) df += TermLists(*segment).frequency(t.term);
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
    for (const auto& segment : g_.segments()) df += TermLists(*segment).frequency(t);
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
  TermLists lists(segment);
  const size_t wanted_hits = std::max(page_size_, kReranked + 1);
  for (size_t t = 0; t < terms_.size(); ++t) {
    const double weight = terms_[t].weight * idf_[t];
    to_come -= weight * (kK1 + 1);
    auto list = lists.wordings(terms_[t].term);
    if (list.empty()) continue;
    for (size_t k = 0; k < active.size(); ++k) {
      const uint32_t i = active[k], wanted = m.wordings[i];
      const uint32_t id = list.seek(wanted);
      if (id == wanted) {
        m.scores[i] += weight * bm25(list.count(), norm[i]);
      } else if (id == TermList::kEnd) {
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
  std::vector<std::string> terms;
  for (const auto& t : terms_)
    if (const auto kind = text::kind_of(t.term); kind == text::TermKind::stem || kind == text::TermKind::han_pair) terms.push_back(t.term);
  for (size_t s = 0; s < m_.size(); ++s) {
    if (m_[s].wordings.empty()) continue;
    m_[s].title = score_documents(*g_.segments()[s], kTitlePrefix, terms, Words::any, kTitleShare);
    if (r_.unit == Unit::document) find_entitled(s);
    // Indexers' headings say what a document is about only where they say all that is asked for.
    m_[s].subject = score_documents(*g_.segments()[s], kSubjectPrefix, terms, Words::all, kSubjectShare);
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

}  // namespace resolute::search
