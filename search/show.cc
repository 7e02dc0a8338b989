#include "search/show.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "text/analyze.h"

namespace resolute::search {
namespace {

// What the score is made of.
void explain(const Trail& trail, const Hit& hit, Match& m) {
  const auto& g = trail.generation;
  const auto& segment = g.segment(hit.at);
  const ParagraphId p = hit.at.paragraph;
  const DocumentId d = segment.document_of(p);
  const WordingId w = segment.wording_of(p);
  double told = 0;
  const auto tell = [&](std::string what, double value) {
    if (value == 0) return;
    m.explanation.push_back({std::move(what), value});
    told += value;
  };
  const auto& matches = trail.matches.segments[hit.at.segment];
  const auto& scores = trail.scores.segments[hit.at.segment];
  const bool by_text = std::binary_search(matches.wordings.begin(), matches.wordings.end(), w);
  const double norm = length_norm(segment.length(w), g.mean_length());
  TermLists lists(segment);
  for (const auto& [term, weight, term_idf] : trail.scores.terms) {
    if (!by_text) break;
    auto list = lists.wordings(term);
    if (list.seek(w) != w) continue;
    const double tf = list.count();
    uint64_t df = 0;
    for (const auto& other : g.segments()) df += TermLists(*other).frequency(term);
    const auto kind = text::kind_of(term);
    const char* what = kind == text::TermKind::stem       ? "word stem "
                       : kind == text::TermKind::han_pair ? "characters "
                       : kind == text::TermKind::han_char ? "character "
                                                          : "word ";
    tell(what + std::string(text::bare(term)) + ": " + std::to_string(list.count()) + " here, in " + std::to_string(df) + " distinct paragraphs",
         weight * term_idf * bm25(tf, norm));
  }
  if (by_text) {
    const auto place = static_cast<uint32_t>(std::lower_bound(matches.wordings.begin(), matches.wordings.end(), w) - matches.wordings.begin());
    if (const auto it = trail.scores.bonus.find({hit.at.segment, place}); it != trail.scores.bonus.end()) {
      tell("words near each other and in order", it->second.near);
      tell("like the query as a whole", it->second.alike);
      tell("in capitals as in the query", it->second.named);
    }
  }
  if (trail.scores.translated && by_text)
    for (auto& [what, value] : trail.scores.translated->explain(hit.at.segment, w)) tell(std::move(what), value);
  if (std::binary_search(matches.full.begin(), matches.full.end(), w)) tell("has all the words", trail.scores.all_words);
  if (by_text) {
    const auto place = static_cast<size_t>(std::lower_bound(matches.wordings.begin(), matches.wordings.end(), w) - matches.wordings.begin());
    if (const double aside = scores.aside(segment, p, scores.wordings[place], trail.plan.request.unit); aside != 0) tell("a heading or note", -aside);
  }
  if (!scores.title.empty()) tell("words in the title", scores.title[d]);
  if (!scores.subject.empty()) tell("all words in the subjects", scores.subject[d]);
  if (std::binary_search(scores.entitled.begin(), scores.entitled.end(), d)) tell("the query is the title of this document", kTitleBonus);
  if (scores.standing) {
    const Standing& standing = segment.standing(d);
    const uint32_t n = standing.cited_by;
    if (n > 0) tell("cited by " + std::to_string(n) + (n == 1 ? " document" : " documents"), cited_bonus(n));
    tell("newer", standing.newer);
  }
  if (std::binary_search(matches.heads.begin(), matches.heads.end(), p)) tell("the query names this document", kHeadBonus);
  const double rest = hit.score - told;
  if (std::abs(rest) > 1e-9) m.explanation.push_back({"rounding", rest});
}

}  // namespace

Match describe(const Generation& g, const ParagraphRef& at) {
  const auto& segment = g.segment(at);
  const ParagraphId p = at.paragraph;
  const DocumentId d = segment.document_of(p);
  Match m;
  m.symbol = segment.identifier(d);
  m.lang = segment.lang(d);
  m.id = segment.id(p);
  m.title = segment.title(d);
  m.date = print_date(segment.date(d));
  m.body = parse_body(segment.value(Field::body, d)).value_or(Body::none);
  m.type = parse_type(segment.value(Field::type, d)).value_or(DocumentType::other);
  const auto& committees = segment.column(Field::committee);
  for (const uint32_t place : committees.of(d)) m.committee.emplace_back(committees.values()[place]);
  m.cited_by = segment.standing(d).cited_by;
  m.kind = segment.kind(p);
  m.fragment = segment.fragment(p);
  m.number = segment.number(p);
  m.action = segment.action(p);
  m.text = segment.text(p);
  if (const auto other = g.parallel(at)) m.parallel = Match::Parallel{g.id(*other), g.text(*other), g.lang(g.document_of(*other))};
  return m;
}

Match show(const Trail& trail, const Hit& hit, const Highlighter& marks) {
  const auto& g = trail.generation;
  Match m = describe(g, hit.at);
  m.score = hit.score;
  m.snippets = marks.snippets(m.text, m.lang == Language::zh ? 160 : 360, 3);
  if (trail.plan.grouped())
    if (const auto& group = trail.hits.groups.at(group_of(g, hit.at)); group.count > 1) {
      const auto use = [&](const ParagraphRef& at) { return Match::Repeats::Use{g.id(at), print_date(g.date(g.document_of(at)))}; };
      m.repeats = Match::Repeats{group.count - 1, use(group.first), use(group.last)};
    }
  if (trail.plan.request.explain == Explain::yes) explain(trail, hit, m);
  return m;
}

void add_other_paragraphs(const Trail& trail, const Highlighter& marks, std::vector<Match>& matches) {
  const auto& g = trail.generation;
  const auto& hits = trail.hits.best;
  // Further paragraphs of each document on the page.
  std::map<DocumentRef, size_t> place;
  for (size_t i = 0; i < matches.size(); ++i) place[g.document_of(hits[i].at)] = i;
  std::vector<std::vector<std::pair<double, ParagraphId>>> more(matches.size());
  for (uint32_t s = 0; s < trail.matches.segments.size(); ++s)
    trail.matches.segments[s].each_paragraph(g.segment(s), [&](ParagraphId p, size_t i) {
      const auto it = place.find(g.document_of({s, p}));
      if (it == place.end() || !trail.plan.selection.holds({s, p})) return;
      ++matches[it->second].paragraphs_matched;
      if (p != hits[it->second].at.paragraph) more[it->second].emplace_back(i == SegmentMatches::kNoWording ? 0 : -trail.scores.segments[s].wordings[i], p);
    });
  for (size_t i = 0; i < matches.size(); ++i) {
    std::sort(more[i].begin(), more[i].end());
    const auto& segment = g.segment(hits[i].at);
    for (size_t k = 0; k < more[i].size() && k < 3; ++k) {
      const ParagraphId p = more[i][k].second;
      Match::Also also;
      also.id = segment.id(p);
      also.kind = segment.kind(p);
      also.number = segment.number(p);
      also.snippet = marks.snippets(segment.text(p), 160, 1).front();
      matches[i].also.push_back(std::move(also));
    }
  }
}

}  // namespace resolute::search
