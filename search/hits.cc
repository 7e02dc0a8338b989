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

Key key_of(Sort sort, const Segment& segment, uint32_t p, double score) {
  const uint32_t d = segment.document_of[p];
  switch (sort) {
    case Sort::relevance: return {score, segment.rank[d], segment.ordinal(p)};
    case Sort::newest: return {0, segment.rank[d], segment.ordinal(p)};
    case Sort::oldest: return {0, segment.oldest_rank[d], segment.ordinal(p)};
    case Sort::most_cited: return {static_cast<double>(segment.cited_by[d]), segment.rank[d], segment.ordinal(p)};
  }
  return {};
}

// The place after which a page begins.
std::optional<Key> resume(const Generation& g, const Plan& plan, std::vector<std::string>& notices) {
  if (plan.request.cursor.empty()) return std::nullopt;
  const auto c = parse_cursor(plan.request.cursor);
  if (!c) throw Error(ErrorKind::invalid, "cursor is not one that this service gave");
  if (c->question != question_of(plan.request)) throw Error(ErrorKind::invalid, "cursor belongs to another query");
  const size_t at = c->id.rfind('@');
  const auto lang = parse_language(c->id.substr(at + 1));
  if (c->revision != g.manifest().revision)
    notices.push_back("The index has changed since the last page: it goes on behind the last match");
  for (const auto& location : g.find(c->id.substr(0, at))) {
    const auto& segment = *g.segments()[location.segment];
    if (lang && segment.lang(location.document) == *lang) {
      const uint32_t tie = plan.request.sort == Sort::oldest ? segment.oldest_rank[location.document] : segment.rank[location.document];
      return Key{c->primary, tie, c->ordinal};
    }
  }
  // The document is gone: behind everything with a better score.
  return Key{c->primary, 0, 0};
}

// Counts a hit in its group, and keeps the best, the first and the last of it.
void add_to_group(const Generation& g, const Hit& hit, Group& group) {
  // A document without a date is neither the first nor the last use where another has one.
  constexpr int32_t kUndated = std::numeric_limits<int32_t>::min();
  const auto place = [&](const std::pair<uint32_t, uint32_t>& at, int32_t undated) {
    const auto& segment = *g.segments()[at.first];
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
}

}  // namespace

uint64_t group_of(const Generation& g, size_t s, uint32_t p) {
  const auto& segment = *g.segments()[s];
  const uint32_t w = segment.store.wording(p);
  return segment.repeat.empty() ? s << 32 | w : segment.repeat[w];
}

Hits collect(const Generation& g, const Plan& plan, const Matches& matches, const Scores& scores, size_t limit) {
  Hits out;
  const auto after = resume(g, plan, out.notices);
  Best best(limit);
  for (size_t s = 0; s < matches.segments.size(); ++s) {
    const auto& segment = *g.segments()[s];
    const auto& m = matches.segments[s];
    const auto& worth = scores.segments[s];
    std::vector<Hit> of_document;
    if (plan.request.unit == Unit::document) of_document.assign(segment.documents(), Hit{{-std::numeric_limits<double>::infinity(), 0, 0}, 0, kNone, 0});
    if (m.everything && plan.request.unit == Unit::paragraph && !plan.grouped() && m.heads.empty()) {
      // Of equal scores the order is that of documents: few paragraphs need a look.
      for (uint32_t d = 0; d < segment.documents(); ++d) {
        if (plan.selection.documents_out(s)[d]) continue;
        for (uint32_t p = segment.store.first_paragraph(d); p < segment.store.first_paragraph(d + 1); ++p) {
          const Key key = key_of(plan.request.sort, segment, p, 0);
          if (!best.wants(key)) break;
          if (plan.selection.holds(s, p) && (!after || after->before(key))) best.offer({key, static_cast<uint32_t>(s), p, 0});
        }
      }
      continue;
    }
    m.each_paragraph(segment, [&](uint32_t p, size_t i) {
      if (i != SegmentMatches::kNoWording && worth.wordings[i] == kOutOfReach) return;
      if (!plan.selection.holds(s, p)) return;
      double score = i == SegmentMatches::kNoWording ? 0 : worth.wordings[i] - worth.aside(segment, p, worth.wordings[i], plan.request.unit);
      score += worth.of_document(segment.document_of[p]);
      if (!m.heads.empty() && std::binary_search(m.heads.begin(), m.heads.end(), p)) score += kHeadBonus;
      const Hit hit{key_of(plan.request.sort, segment, p, score), static_cast<uint32_t>(s), p, score};
      if (plan.request.unit == Unit::document) {
        auto& now = of_document[segment.document_of[p]];
        if (now.paragraph == kNone || hit.score > now.score || (hit.score == now.score && hit.key.ordinal < now.key.ordinal)) now = hit;
        return;
      }
      if (plan.grouped()) add_to_group(g, hit, out.groups[group_of(g, s, p)]);
      else if (!after || after->before(hit.key)) best.offer(hit);
    });
    for (auto& hit : of_document) {
      if (hit.paragraph == kNone) continue;
      hit.key.ordinal = 0;
      if (!after || after->before(hit.key)) best.offer(hit);
    }
  }
  for (const auto& [key, group] : out.groups)
    if (!after || after->before(group.best.key)) best.offer(group.best);
  out.best = best.take();
  return out;
}

}  // namespace resolute::search
