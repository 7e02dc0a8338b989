// The page of hits, what is counted over all matches, and how a hit is shown.
#include <algorithm>
#include <cmath>

#include "schemas/error.h"
#include "schemas/symbol.h"
#include "search/cursor.h"
#include "search/parallel.h"
#include "search/run.h"
#include "text/analyze.h"

namespace resolute::search {

using Kind = Node::Kind;

namespace {

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

}  // namespace

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
  TermLists lists(segment);
  for (size_t t = 0; t < terms_.size() && by_text; ++t) {
    const std::string& term = terms_[t].term;
    auto list = lists.wordings(term);
    if (list.seek(w) != w) continue;
    const double tf = list.count();
    uint64_t df = 0;
    for (const auto& other : g_.segments()) df += TermLists(*other).frequency(term);
    const auto kind = text::kind_of(term);
    const char* what = kind == text::TermKind::stem       ? "word stem "
                       : kind == text::TermKind::han_pair ? "characters "
                       : kind == text::TermKind::han_char ? "character "
                                                          : "word ";
    tell(what + std::string(text::bare(term)) + ": " + std::to_string(list.count()) + " here, in " + std::to_string(df) + " distinct paragraphs",
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

}  // namespace resolute::search
