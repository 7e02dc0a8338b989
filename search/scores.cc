#include "search/scores.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "schemas/ascii.h"
#include "search/headings.h"
#include "search/matcher.h"
#include "search/parallel.h"
#include "search/proximity.h"
#include "text/analyze.h"
#include "text/normalize.h"
#include "text/wording.h"

namespace resolute::search {

using Kind = Node::Kind;

namespace {

// Texts in which Han characters are counted, of those that have some of the other terms.
constexpr size_t kMostCounted = 200, kMostCountedToFill = 3000;
// Wordings whose words are looked at for being near each other.
constexpr size_t kReranked = 150;
constexpr size_t kRerankedForNames = 20'000;  // of a query with a name in capitals
constexpr size_t kMostPhraseScores = 4;
constexpr size_t kMostTypedBytes = 120;   // of a query that is looked for as it was typed too
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
      const double length = std::max(segment.words(DocumentId(d)) / std::max(segment.mean_words(), 1e-9), kLeastNorm);
      sums[d] += weight * count / (kDocumentK1 * (length * kDocumentB + 1 - kDocumentB) + count);
      ++had[d];
    }
  }
  std::vector<float> out;
  for (const DocumentId d : segment.all_documents()) {
    if (had[d] == 0 || (words == Words::all && had[d] < terms.size())) continue;
    if (out.empty()) out.assign(segment.documents(), 0);
    out[d] = static_cast<float>(sums[d] * share);
  }
  return out;
}

// Adds what a term is worth to each of the active wordings that have it, and what it weighs to `had`, unless that is empty.
void add_list(TermList list, double weight, const std::vector<WordingId>& wordings, const std::vector<uint32_t>& active, const std::vector<double>& norm,
              std::vector<double>& scores, std::vector<double>& had) {
  if (list.empty()) return;
  for (size_t k = 0; k < active.size(); ++k) {
    const uint32_t i = active[k], wanted = wordings[i];
    const uint32_t id = list.seek(wanted);
    if (id == wanted) {
      scores[i] += weight * bm25(list.count(), norm[i]);
      if (!had.empty()) had[i] += weight;
    } else if (id == TermList::kEnd) {
      break;
    } else {
      // Skip the matches before the next posting.
      while (k + 1 < active.size() && wordings[active[k + 1]] < id) ++k;
    }
  }
}

// How like a pasted clause a text is as a whole.
struct Likeness {
  text::WordingComparison comparison;
  double most;  // what the words of the query can add up to
  double bonus(std::string_view folded);
};

// A word in capitals, and what having it in capitals is worth.
struct Name {
  std::string capitals;
  double worth;
};

bool has_word(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    if ((at == 0 || !is_alnum(text[at - 1])) && (at + word.size() == text.size() || !is_alnum(text[at + word.size()]))) return true;
  return false;
}

// How often a Han character stands in a text. Each place is looked at, sixteen at once: nearly every character of a Chinese text begins with
// one of five bytes, where a search for the first byte stops.
uint32_t count_character(std::string_view text, std::string_view character) {
  uint32_t n = 0;
  if (character.size() != 3) {
    for (size_t at = text.find(character); at != std::string_view::npos; at = text.find(character, at + character.size())) ++n;
    return n;
  }
  const size_t places = text.size() < 3 ? 0 : text.size() - 2;
  for (size_t begin = 0; begin < places; begin += 255) {
    uint8_t some = 0;
    for (size_t i = begin; i < std::min(begin + 255, places); ++i) {
      const auto differs = static_cast<uint8_t>((text[i] ^ character[0]) | (text[i + 1] ^ character[1]) | (text[i + 2] ^ character[2]));
      some = static_cast<uint8_t>(some + (differs == 0 ? 1 : 0));
    }
    n += some;
  }
  return n;
}

// The steps that lead to Scores.
class Scorer {
 public:
  Scorer(const Generation& g, const Lexicon* lexicon, const Plan& plan, const Matches& matches, const Counts* counts, size_t page_size)
      : generation_(g), lexicon_(lexicon), plan_(plan), matches_(matches), counts_(counts), page_size_(page_size) {}
  Scores score() &&;

 private:
  void weigh_terms();
  void find_names(const Node& node);
  void score_texts(size_t s);
  void score_characters(size_t s, size_t t, const std::vector<uint32_t>& active, const std::vector<double>& norm);
  void finish_texts(size_t s);
  void add_all_words(size_t s);
  double characters_worth(std::string_view folded, size_t t, double norm) const;
  void score_titles();
  void score_translated_titles();
  void find_entitled(size_t s);
  void add_headed(size_t s, const HeadingWords& words);
  void look_closer();
  std::optional<Likeness> pasted() const;
  std::string typed_whole() const;
  double word_idf(const Node& word) const;
  size_t reranked() const { return names_.empty() ? kReranked : kRerankedForNames; }
  const std::vector<uint8_t>* live(size_t s) const { return counts_ ? &counts_->live[s] : nullptr; }

  const Generation& generation_;
  const Lexicon* lexicon_;
  const Plan& plan_;
  const Matches& matches_;
  const Counts* counts_;
  size_t page_size_;
  double most_ = 0;  // what the words of the query can add up to
  std::vector<Name> names_;
  Scores out_;
};

Scores Scorer::score() && {
  const auto& r = plan_.request;
  const size_t n = matches_.segments.size();
  out_.segments.resize(n);
  for (size_t s = 0; s < n; ++s) out_.segments[s].wordings.assign(matches_.segments[s].wordings.size(), 0);
  if (r.sort != Sort::relevance && r.explain == Explain::no) return std::move(out_);
  weigh_terms();
  find_names(plan_.query.root);
  if (!out_.terms.empty() && r.sort == Sort::relevance)
    for (size_t s = 0; s < n; ++s) out_.segments[s].standing = &generation_.segment(s);
  for (const auto& t : out_.terms) most_ += t.weight * t.idf * (kK1 + 1);
  out_.all_words = (r.unit == Unit::document ? kAllWordsOfDocuments : kAllWords) * most_;
  score_titles();
  if (matches_.translated) out_.translated = std::make_unique<const TranslatedScore>(generation_, *matches_.translated);
  parallel(n, [&](size_t s) {
    score_texts(s);
    if (out_.translated)
      out_.translated->add_to_texts(s, matches_.segments[s].wordings, counts_ ? counts_->live[s] : std::vector<uint8_t>{}, out_.segments[s].wordings);
  });
  score_translated_titles();
  if (r.sort == Sort::relevance) look_closer();
  return std::move(out_);
}

// The terms of the query; what can add most comes first.
void Scorer::weigh_terms() {
  const auto n = static_cast<double>(generation_.wordings());
  for (auto& t : scoring_terms(plan_.query.root)) {
    double df = 0;
    for (const auto& segment : generation_.segments()) df += TermLists(*segment).frequency(t.term);
    out_.terms.push_back({std::move(t.term), t.weight, idf(n, df)});
  }
  std::stable_sort(out_.terms.begin(), out_.terms.end(), [](const auto& a, const auto& b) { return a.weight * a.idf > b.weight * b.idf; });
  // What has a quote has all its terms: the most telling ones say how it ranks.
  if (plan_.query.root.kind == Kind::phrase && out_.terms.size() > kMostPhraseScores) out_.terms.resize(kMostPhraseScores);
  // Han characters, which have no lists of their own, are counted in the texts of what is left.
  std::stable_partition(out_.terms.begin(), out_.terms.end(), [](const auto& t) { return text::kind_of(t.term) != text::TermKind::han_char; });
}

void Scorer::find_names(const Node& node) {
  if (node.kind == Kind::without) return;
  for (const auto& c : node.children) {
    if (c.kind == Kind::word && c.name) {
      std::string capitals = c.text;
      for (char& letter : capitals) letter = is_lower(letter) ? static_cast<char>(letter - 32) : letter;
      names_.push_back({std::move(capitals), kName * word_idf(c)});
    }
    find_names(c);
  }
}

// Of a word: how rare its rarest term is.
double Scorer::word_idf(const Node& word) const {
  const auto terms = word.from_han ? phrase_terms(word.text).terms : std::vector<std::string>{word_term(word.text)};
  double most = 0;
  for (const auto& t : terms) {
    double df = 0;
    for (const auto& segment : generation_.segments()) df += TermLists(*segment).frequency(t);
    most = std::max(most, idf(static_cast<double>(generation_.wordings()), df));
  }
  return most;
}

// The best matches by words are looked at more closely. The bonus is never negative and those
// after get none, so the order stays one order for all pages.
void Scorer::look_closer() {
  const Proximity proximity(
      plan_.query.root, [&](const Node& n) { return word_idf(n); }, plan_.request.unit);
  auto likeness = pasted();
  const std::string whole = typed_whole();
  if (!proximity.applies() && !likeness && whole.empty() && names_.empty()) return;
  struct Candidate {
    double score;
    uint32_t segment, place;
  };
  std::vector<Candidate> best;
  for (uint32_t s = 0; s < matches_.segments.size(); ++s) {
    const auto& m = matches_.segments[s];
    const auto& scores = out_.segments[s];
    const auto& segment = generation_.segment(s);
    for (uint32_t i = 0; i < m.wordings.size(); ++i) {
      if (scores.wordings[i] == kOutOfReach) continue;
      double more = 0;
      for (const ParagraphId p : segment.paragraphs_with(m.wordings[i])) more = std::max(more, scores.of_document(segment.document_of(p)));
      best.push_back({scores.wordings[i] + more, s, i});
    }
  }
  double least = kOutOfReach;
  const size_t most = reranked();
  if (best.size() > most) {
    std::nth_element(best.begin(), best.begin() + static_cast<long>(most), best.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    least = best[most].score;  // the best of those left out; equal ones are left out together
  }
  std::string buffer;
  for (const auto& c : best)
    if (c.score > least || best.size() <= most) {
      const auto folded = generation_.segment(c.segment).folded(matches_.segments[c.segment].wordings[c.place], buffer);
      auto& bonus = out_.bonus[{c.segment, c.place}];
      bonus.near = proximity.bonus(folded);
      if (!whole.empty() && text::find_phrase(folded, whole) != std::string_view::npos) bonus.near += kWhole * most_;
      if (likeness) bonus.alike = likeness->bonus(folded);
      if (names_.empty()) continue;
      const std::string text = generation_.segment(c.segment).text(matches_.segments[c.segment].wordings[c.place]);
      for (const auto& name : names_)
        if (has_word(text, name.capitals)) bonus.named += name.worth;
    }
  for (const auto& [where, bonus] : out_.bonus) out_.segments[where.first].wordings[where.second] += bonus.near + bonus.alike + bonus.named;
}

// Plain words with figures, a date or a number in pieces: what has them just as they were typed is meant. Else empty: of words
// without figures this says nothing (measured on headings of subjects, which it hurts, and on known items).
std::string Scorer::typed_whole() const {
  const auto& words = plan_.query.root.children;
  const auto& q = plan_.request.q;
  if (plan_.query.root.kind != Kind::words || q.size() > kMostTypedBytes || std::none_of(q.begin(), q.end(), is_digit)) return "";
  const bool pieces = words.size() == 1 && words[0].text.find_first_of("-.,/ ") != std::string::npos;
  return words.size() > 1 || pieces ? text::fold(plan_.request.q) : "";
}

// A query as long as a clause is looked for as a whole too.
std::optional<Likeness> Scorer::pasted() const {
  if (plan_.query.root.kind != Kind::words) return std::nullopt;
  std::vector<text::WordingToken> tokens;
  text::wording_tokens(text::fold(plan_.request.q), tokens);
  if (tokens.size() < kFewestPasted || tokens.size() > kMostPasted) return std::nullopt;
  return Likeness{text::WordingComparison(std::move(tokens)), most_};
}

double Likeness::bonus(std::string_view folded) {
  std::vector<text::WordingToken> tokens;
  text::wording_tokens(folded, tokens);
  return most * comparison.similarity(tokens, kLeastAlike);
}

void Scorer::score_texts(size_t s) {
  const auto& segment = generation_.segment(s);
  const auto& m = matches_.segments[s];
  auto& scores = out_.segments[s];
  if (m.wordings.empty()) return;
  const auto* passes = live(s);
  std::vector<uint32_t> active;  // places in m.wordings that may still stand on the page
  active.reserve(m.wordings.size());
  for (uint32_t i = 0; i < m.wordings.size(); ++i)
    if (!passes || (*passes)[i]) active.push_back(i);
  // On a first page of paragraphs, what cannot reach the last place any more is left out (Turtle and Flood,
  // "Query Evaluation: Strategies and Optimizations", 1995); totals and facets are counted before.
  const bool prune = passes && plan_.request.unit == Unit::paragraph && !plan_.grouped() && plan_.request.sort == Sort::relevance &&
                     plan_.request.cursor.empty() && m.heads.empty() && m.full.empty() && !matches_.translated;
  double to_come = kMostCited + kNewest;
  for (const auto* evidence : {&scores.title, &scores.subject})
    if (!evidence->empty()) to_come += *std::max_element(evidence->begin(), evidence->end());
  for (const auto& t : out_.terms) to_come += t.weight * t.idf * (kK1 + 1);
  const double mean = generation_.mean_length();
  std::vector<double> norm(m.wordings.size());
  for (const uint32_t i : active) norm[i] = length_norm(segment.length(m.wordings[i]), mean);
  const bool coverage = plan_.request.fallback == Fallback::fill && plan_.request.unit == Unit::paragraph;
  std::vector<double> had(coverage ? m.wordings.size() : 0, 0);  // of what the terms weigh
  double can_have = 0;
  for (const auto& t : out_.terms)
    if (text::kind_of(t.term) != text::TermKind::han_char) can_have += t.weight * t.idf;
  std::vector<double> best;
  TermLists lists(segment);
  const size_t wanted_hits = std::max(page_size_, reranked() + 1);
  const auto prune_to = [&](double rest) {
    if (!prune || active.size() <= wanted_hits * 2) return;
    best.clear();
    for (const uint32_t i : active) best.push_back(scores.wordings[i]);
    std::nth_element(best.begin(), best.begin() + static_cast<long>(wanted_hits - 1), best.end(), std::greater<>());
    const double least = best[wanted_hits - 1] * (1 - kAside) - rest * (1 + 1e-9) - 1e-9;  // rounding never loses a hit
    std::erase_if(active, [&](uint32_t i) {
      if (scores.wordings[i] >= least) return false;
      scores.wordings[i] = kOutOfReach;
      return true;
    });
  };
  size_t t = 0;
  for (; t < out_.terms.size() && text::kind_of(out_.terms[t].term) != text::TermKind::han_char; ++t) {
    const auto& term = out_.terms[t];
    const double weight = term.weight * term.idf;
    to_come -= weight * (kK1 + 1);
    if (term.term == m.counted_term) {
      for (const uint32_t i : active)
        if (m.counts[i]) {
          scores.wordings[i] += weight * bm25(m.counts[i], norm[i]);
          if (!had.empty()) had[i] += weight;
        }
    } else {
      add_list(lists.wordings(term.term), weight, m.wordings, active, norm, scores.wordings, had);
    }
    if (t + 1 < out_.terms.size()) prune_to(to_come);
  }
  if (!had.empty() && can_have > 0)
    for (const uint32_t i : active) {
      const double share = had[i] / can_have, square = share * share;
      scores.wordings[i] += kCoverage * can_have * square * square;
    }
  if (t == out_.terms.size()) return finish_texts(s);
  if (t == 0 && out_.terms.size() == 1 && out_.terms[0].term == m.counted_term) {
    for (const uint32_t i : active) scores.wordings[i] += out_.terms[0].weight * out_.terms[0].idf * bm25(m.counts[i], norm[i]);
    return finish_texts(s);
  }
  score_characters(s, t, active, norm);
  finish_texts(s);
}

// What single Han characters, the terms from `t` on, add: by looking at the texts of the places in `active`.
void Scorer::score_characters(size_t s, size_t t, const std::vector<uint32_t>& active, const std::vector<double>& norm) {
  const auto& segment = generation_.segment(s);
  const auto& wordings = matches_.segments[s].wordings;
  auto& scores = out_.segments[s].wordings;
  // Of very many, the best by their lists; what is left out stays after them.
  double least = kOutOfReach;
  std::string buffer;
  const size_t most = plan_.request.fallback == Fallback::fill ? kMostCountedToFill : kMostCounted;
  if (t > 0 && active.size() > most) {
    std::vector<double> best;
    for (const uint32_t i : active) best.push_back(scores[i]);
    std::nth_element(best.begin(), best.begin() + static_cast<long>(most), best.end(), std::greater<>());
    least = best[most];
  }
  for (const uint32_t i : active)
    if (least == kOutOfReach || scores[i] > least) scores[i] += characters_worth(segment.folded(wordings[i], buffer), t, norm[i]);
}

// What the filters keep out is out of reach; with Fallback::fill, what has all words is worth more.
void Scorer::finish_texts(size_t s) {
  const auto* passes = live(s);
  auto& scores = out_.segments[s];
  if (passes)
    for (size_t i = 0; i < passes->size(); ++i)
      if (!(*passes)[i]) scores.wordings[i] = kOutOfReach;
  add_all_words(s);
}

// What the terms from the t-th on, Han characters all, are worth in a text.
double Scorer::characters_worth(std::string_view folded, size_t t, double norm) const {
  double sum = 0;
  for (; t < out_.terms.size(); ++t) {
    const auto& term = out_.terms[t];
    const uint32_t count = count_character(folded, term.term);
    if (count) sum += term.weight * term.idf * bm25(count, norm);
  }
  return sum;
}

// With Fallback::fill, having all words is evidence that weighs, not a rule that comes first: questions have words that
// their answers lack, lists of words have none.
void Scorer::add_all_words(size_t s) {
  const auto& m = matches_.segments[s];
  size_t k = 0;
  for (size_t i = 0; !m.full.empty() && i < m.wordings.size(); ++i) {
    while (k < m.full.size() && m.full[k] < m.wordings[i]) ++k;
    if (k < m.full.size() && m.full[k] == m.wordings[i]) out_.segments[s].wordings[i] += out_.all_words;
  }
}

void Scorer::score_titles() {
  if (out_.terms.empty() || out_.terms.size() > 200) return;
  const auto written = heading_words(plan_.query.root);
  std::vector<std::string> terms;
  for (const auto& t : out_.terms)
    if (const auto kind = text::kind_of(t.term); kind == text::TermKind::stem || kind == text::TermKind::han_pair) terms.push_back(t.term);
  for (size_t s = 0; s < matches_.segments.size(); ++s) {
    if (matches_.segments[s].wordings.empty()) continue;
    out_.segments[s].title = score_documents(generation_.segment(s), kTitlePrefix, terms, Words::any, kTitleShare);
    if (plan_.request.unit == Unit::document) find_entitled(s);
    // Indexers' headings say what a document is about only where they say all that is asked for.
    out_.segments[s].subject = score_documents(generation_.segment(s), kSubjectPrefix, terms, Words::all, kSubjectShare);
    add_headed(s, written);
  }
}

// A query that is a heading by which indexers find documents means these.
void Scorer::add_headed(size_t s, const HeadingWords& words) {
  auto& subject = out_.segments[s].subject;
  if (plan_.request.unit != Unit::document) return;
  for (const DocumentId d : documents_under(generation_.segment(s), words, subject)) subject[d] += static_cast<float>(kHeadingShare * most_);
}

// A query that is the whole title of a document means that document.
void Scorer::find_entitled(size_t s) {
  auto& m = out_.segments[s];
  if (m.title.empty() || plan_.request.q.size() > kMostTitleBytes) return;
  const auto& segment = generation_.segment(s);
  const std::string wanted = text::fold(plan_.request.q);
  for (const DocumentId d : segment.all_documents()) {
    if (m.title[d] <= 0) continue;
    const auto title = segment.title(d);
    // Folding changes a length little: most titles need no look.
    if (title.size() > wanted.size() * 2 || title.size() * 2 < wanted.size()) continue;
    if (text::fold(title) == wanted) m.entitled.push_back(d);
  }
}

// Titles in the other language; subjects always: indexers' headings stand in one language alone.
void Scorer::score_translated_titles() {
  if (!lexicon_ || plan_.request.translate == Translate::off) return;
  const auto add = [](std::vector<float>& to, const std::vector<float>& more) {
    if (to.empty())
      to = more;
    else
      for (size_t d = 0; d < more.size(); ++d) to[d] += more[d];
  };
  const bool short_enough = !plan_.query.root.children.empty() && plan_.query.root.kind == Kind::words && plan_.query.root.children.size() <= kMostHeadingWords;
  const auto headings = short_enough && has_words(plan_.query.root, Language::zh) ? translate(plan_.query.root, *lexicon_, {true, false}) : TranslatedQuery{};
  const TranslatedScore of_headings(generation_, headings);
  const auto translated = heading_words(headings.root);
  for (size_t s = 0; s < matches_.segments.size(); ++s) {
    if (matches_.segments[s].wordings.empty()) continue;
    if (out_.translated) add(out_.segments[s].title, out_.translated->of_titles(s));
    if (headings.words.empty()) continue;
    add(out_.segments[s].subject, of_headings.of_subjects(s));
    add_headed(s, translated);
  }
}

}  // namespace

double SegmentScores::aside(const Segment& segment, ParagraphId p, double score, Unit unit) const {
  const auto kind = segment.kind(p);
  return unit == Unit::paragraph && standing && (kind == ParagraphKind::heading || kind == ParagraphKind::footnote) ? kAside * score : 0;
}

double SegmentScores::of_document(DocumentId d) const {
  return (title.empty() ? 0 : title[d]) + (subject.empty() ? 0 : subject[d]) + (std::binary_search(entitled.begin(), entitled.end(), d) ? kTitleBonus : 0) +
         (standing ? standing->standing(d).score : 0);
}

Scores score(const Generation& generation, const Lexicon* lexicon, const Plan& plan, const Matches& matches, const Counts* counts, size_t page_size) {
  return Scorer(generation, lexicon, plan, matches, counts, page_size).score();
}

}  // namespace resolute::search
