#include "search/hits.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "schemas/error.h"
#include "search/cursor.h"

namespace resolute::search {
namespace {

// Keeps the best `size` hits.
class Best {
 public:
  explicit Best(size_t size) : size_(size) {}
  // Whether a hit with this key would be kept.
  bool wants(const Key& key) const { return size_ > 0 && (hits_.size() < size_ || key.before(hits_.front().key)); }
  // Whether a hit with this primary key might be kept.
  bool may_want(double primary) const { return size_ > 0 && (hits_.size() < size_ || primary >= hits_.front().key.primary); }
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

Key key_of(Sort sort, const Segment& segment, ParagraphId p, double score) {
  const DocumentId d = segment.document_of(p);
  const Standing& standing = segment.standing(d);
  switch (sort) {
    case Sort::relevance: return {score, standing.newest_first, segment.ordinal(p)};
    case Sort::newest: return {0, standing.newest_first, segment.ordinal(p)};
    case Sort::oldest: return {0, standing.oldest_first, segment.ordinal(p)};
    case Sort::most_cited: return {static_cast<double>(standing.cited_by), standing.newest_first, segment.ordinal(p)};
  }
  return {};
}

// The place after which a page begins.
std::optional<Key> resume(const Generation& g, const Plan& plan, std::vector<std::string>& notices) {
  if (plan.request.cursor.empty()) return std::nullopt;
  const auto c = parse_cursor(plan.request.cursor);
  if (!c) throw Error(ErrorKind::invalid, "cursor is not one that this service gave", "cursor");
  if (c->question != question_of(plan.request)) throw Error(ErrorKind::invalid, "cursor belongs to another query", "cursor");
  const size_t at = c->id.rfind('@');
  const auto lang = parse_language(c->id.substr(at + 1));
  if (c->state.id != g.manifest().id) notices.push_back("The index has changed since the last page: it goes on after the last match");
  if (const auto document = lang ? g.find(c->id.substr(0, at), *lang) : std::nullopt) {
    const Standing& standing = g.standing(*document);
    return Key{c->primary, plan.request.sort == Sort::oldest ? standing.oldest_first : standing.newest_first, c->ordinal};
  }
  // The document is gone: after everything with a better score.
  return Key{c->primary, 0, 0};
}

// Counts a hit in its group, and keeps the best, the first and the last of it.
void add_to_group(const Generation& g, const Hit& hit, Group& group) {
  // A document without a date is neither the first nor the last use where another has one.
  const auto place = [&](const ParagraphRef& at, Day undated) {
    const DocumentRef document = g.document_of(at);
    return std::tuple(g.date(document).value_or(undated), g.standing(document).oldest_first, g.segment(at).ordinal(at.paragraph));
  };
  if (group.count++ == 0) {
    group.best = hit;
    group.first = group.last = hit.at;
    return;
  }
  if (hit.key.before(group.best.key)) group.best = hit;
  constexpr Day kLast = std::numeric_limits<Day>::max();
  if (place(hit.at, kLast) < place(group.first, kLast)) group.first = hit.at;
  if (place(group.last, kNoDay) < place(hit.at, kNoDay)) group.last = hit.at;
}

// Of the two languages of a document, the one that has the better hit stays.
void keep_better_version(const Segment& segment, std::vector<std::optional<Hit>>& of_document) {
  for (uint32_t i = 0; i < of_document.size(); ++i) {
    const DocumentId d{i};
    const auto sibling = of_document[d] ? segment.sibling(d) : std::nullopt;
    if (!sibling || *sibling < d || !of_document[*sibling]) continue;
    const bool worse = of_document[d]->score < of_document[*sibling]->score;
    of_document[worse ? d : *sibling].reset();
  }
}

}  // namespace

uint64_t group_of(const Generation& g, const ParagraphRef& at) {
  const auto& segment = g.segment(at);
  const WordingId w = segment.wording_of(at.paragraph);
  return segment.repeat_key(w).value_or(uint64_t{at.segment} << 32 | w);
}

Hits collect(const Generation& g, const Plan& plan, const Matches& matches, const Scores& scores, size_t limit) {
  Hits out;
  const auto after = resume(g, plan, out.notices);
  Best best(limit);
  for (uint32_t s = 0; s < matches.segments.size(); ++s) {
    const auto& segment = g.segment(s);
    const auto& m = matches.segments[s];
    const auto& worth = scores.segments[s];
    std::vector<std::optional<Hit>> of_document(plan.request.unit == Unit::document ? segment.documents() : 0);
    if (m.everything && plan.request.unit == Unit::paragraph && !plan.grouped() && m.heads.empty()) {
      // Of equal scores the order is that of documents: few paragraphs need a look.
      for (const DocumentId d : segment.all_documents()) {
        if (plan.selection.documents_out(s)[d]) continue;
        for (const ParagraphId p : segment.paragraphs_of(d)) {
          const Key key = key_of(plan.request.sort, segment, p, 0);
          if (!best.wants(key)) break;
          if (plan.selection.holds({s, p}) && (!after || after->before(key))) best.offer({key, {s, p}, 0});
        }
      }
      continue;
    }
    const bool by_score = plan.request.sort == Sort::relevance && plan.request.unit == Unit::paragraph && !plan.grouped();
    m.each_paragraph(segment, [&](ParagraphId p, size_t i) {
      const double by_text = i == SegmentMatches::kNoWording ? 0 : worth.wordings[i];
      if (by_text == kOutOfReach) return;
      double score = by_text + worth.of_document(segment.document_of(p));
      if (!m.heads.empty() && std::binary_search(m.heads.begin(), m.heads.end(), p)) score += kHeadBonus;
      if (by_score && !best.may_want(score)) return;  // most end here: what follows only takes away
      if (!plan.selection.holds({s, p})) return;
      score -= worth.aside(segment, p, by_text, plan.request.unit);
      const Hit hit{key_of(plan.request.sort, segment, p, score), {s, p}, score};
      if (plan.request.unit == Unit::document) {
        auto& now = of_document[segment.document_of(p)];
        if (!now || hit.score > now->score || (hit.score == now->score && hit.key.ordinal < now->key.ordinal)) now = hit;
        return;
      }
      if (plan.grouped())
        add_to_group(g, hit, out.groups[group_of(g, hit.at)]);
      else if (!after || after->before(hit.key))
        best.offer(hit);
    });
    if (plan.together()) keep_better_version(segment, of_document);
    for (auto& hit : of_document) {
      if (!hit) continue;
      hit->key.ordinal = 0;
      if (!after || after->before(hit->key)) best.offer(*hit);
    }
  }
  for (const auto& [key, group] : out.groups)
    if (!after || after->before(group.best.key)) best.offer(group.best);
  out.best = best.take();
  return out;
}

}  // namespace resolute::search
