#include "search/clause_history.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "search/series.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

constexpr double kSameClause = 0.5;      // similarity of one clause in two years at least
constexpr double kOtherKind = 0.75;      // where it moved between preamble and operative part
constexpr double kWholeClause = 0.95;    // a clause that is still so much like itself has lost no part of weight
constexpr double kPartOf = 0.6;          // of a part's tokens, in order, in the clause it was parted from
constexpr size_t kLeastRun = 6;          // tokens in a row that a part shares with it
constexpr size_t kMostClauses = 600;     // of a document
constexpr size_t kMostGap = 2;           // documents of the series a clause may be missing from and return

bool is_clause(ParagraphKind kind) {
  return kind == ParagraphKind::preambular || kind == ParagraphKind::operative || kind == ParagraphKind::statement || kind == ParagraphKind::decision || kind == ParagraphKind::annex ||
         kind == ParagraphKind::plain;
}

std::vector<text::WordingToken> tokens_of(const std::string& text) {
  std::vector<text::WordingToken> out;
  text::wording_tokens(text::fold(text), out);
  return out;
}

bool equal(const std::vector<text::WordingToken>& a, const std::vector<text::WordingToken>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.key == y.key; });
}

std::vector<Clause> clauses_of(const Document& d) {
  std::vector<Clause> out;
  for (const auto& p : d.paragraphs)
    if (is_clause(p.kind) && out.size() < kMostClauses) out.push_back({p.fragment, p.number, p.text, p.kind, p.parallel});
  return out;
}

// The documents of a series that are there in a language, and their clauses.
struct Series {
  std::vector<SeriesDocument> documents;
  std::vector<std::vector<Clause>> clauses;
  size_t place = 0;  // of the one asked for
};

std::optional<Series> open_series(const Searcher& searcher, const std::string& symbol, Language lang) {
  const auto& g = searcher.generation();
  const auto version = [&](const std::string& s) -> std::optional<Location> {
    for (const auto& at : g.find(s))
      if (g.segments()[at.segment]->lang(at.document) == lang) return at;
    return std::nullopt;
  };
  if (!version(symbol)) return std::nullopt;
  auto chain = searcher.series().chain(symbol);
  if (chain.empty()) chain = {symbol};
  Series out;
  for (const auto& member : chain) {
    const auto at = version(member);
    if (!at) continue;
    if (member == symbol) out.place = out.documents.size();
    const Document d = searcher.document(*at);
    out.documents.push_back({d.identifier, d.date, d.session, d.title});
    out.clauses.push_back(clauses_of(d));
  }
  return out;
}

// Equal but for marks.
bool same_words(const Clause& a, const Clause& b) { return equal(tokens_of(a.text), tokens_of(b.text)); }

}  // namespace

const char* print_event(ClauseEvent event) {
  switch (event) {
    case ClauseEvent::appeared: return "appeared";
    case ClauseEvent::unchanged: return "unchanged";
    case ClauseEvent::changed: return "changed";
    case ClauseEvent::split: return "split";
    case ClauseEvent::merged: return "merged";
    case ClauseEvent::dropped: return "dropped";
  }
  return "";
}

std::vector<ClauseLink> link_clauses(const std::vector<Clause>& before, const std::vector<Clause>& after) {
  std::vector<std::vector<text::WordingToken>> a, b;
  for (const auto& c : before) a.push_back(tokens_of(c.text));
  for (const auto& c : after) b.push_back(tokens_of(c.text));
  struct Pair { size_t i, j; double similarity, score; };
  std::vector<Pair> pairs;
  std::vector<text::WordingComparison> comparisons;
  comparisons.reserve(a.size());
  for (const auto& tokens : a) comparisons.emplace_back(tokens);
  const double rows = static_cast<double>(std::max<size_t>(1, a.size())), columns = static_cast<double>(std::max<size_t>(1, b.size()));
  for (size_t i = 0; i < a.size(); ++i)
    for (size_t j = 0; j < b.size(); ++j) {
      if (a[i].empty() || b[j].empty()) continue;
      const bool same_kind = before[i].kind == after[j].kind;
      const double similarity = comparisons[i].similarity(b[j], same_kind ? kSameClause : kOtherKind);
      if (similarity <= 0) continue;
      // Of equals, those that stand in about the same place.
      const double apart = std::abs(static_cast<double>(i) / rows - static_cast<double>(j) / columns);
      pairs.push_back({i, j, similarity, similarity + (same_kind ? 0.05 : 0) - 0.1 * apart});
    }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return x.score != y.score ? x.score > y.score : x.i != y.i ? x.i < y.i : x.j < y.j; });
  std::vector<ClauseLink> out;
  std::vector<size_t> partner_a(a.size(), a.size() + b.size()), partner_b(b.size(), a.size() + b.size());
  const size_t none = a.size() + b.size();
  std::vector<double> kept_a(a.size(), 0), kept_b(b.size(), 0);
  for (const auto& p : pairs) {
    if (partner_a[p.i] != none || partner_b[p.j] != none) continue;
    partner_a[p.i] = p.j;
    partner_b[p.j] = p.i;
    kept_a[p.i] = kept_b[p.j] = p.similarity;
    out.push_back({p.i, p.j, p.similarity, ClauseLink::Kind::same});
  }
  // What is new may be a part of an old clause that is shorter now; what is gone a part of a new one
  // that is longer. Of the part, so much stands in the whole, and not only there in what the whole kept.
  const auto part_of = [](const std::vector<text::WordingToken>& part, text::WordingComparison& whole, const std::vector<text::WordingToken>* rest) {
    if (part.size() < kLeastRun || part.size() >= whole.size()) return 0.0;
    const double share = static_cast<double>(whole.common(part)) / static_cast<double>(part.size());
    if (share < kPartOf) return 0.0;
    const auto run = whole.longest_run(part);
    if (run.size < std::max(kLeastRun, part.size() / 3)) return 0.0;
    if (rest) {
      text::WordingComparison other(*rest);
      if (other.longest_run(part).size >= run.size) return 0.0;
    }
    return share;
  };
  for (size_t j = 0; j < b.size(); ++j) {
    if (partner_b[j] != none) continue;
    double best = 0;
    size_t from = none;
    for (size_t i = 0; i < a.size(); ++i) {
      if (partner_a[i] == none || kept_a[i] >= kWholeClause) continue;
      if (const double share = part_of(b[j], comparisons[i], &b[partner_a[i]]); share > best) best = share, from = i;
    }
    if (from != none) out.push_back({from, j, best, ClauseLink::Kind::split});
  }
  std::vector<std::optional<text::WordingComparison>> wholes(b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    if (partner_a[i] != none) continue;
    double best = 0;
    size_t into = none;
    for (size_t j = 0; j < b.size(); ++j) {
      if (partner_b[j] == none || kept_b[j] >= kWholeClause) continue;
      if (!wholes[j]) wholes[j].emplace(b[j]);
      if (const double share = part_of(a[i], *wholes[j], &a[partner_b[j]]); share > best) best = share, into = j;
    }
    if (into != none) out.push_back({i, into, best, ClauseLink::Kind::merged});
  }
  return out;
}

std::optional<ClauseHistory> clause_history(const Searcher& searcher, const std::string& symbol, Language lang, const std::string& fragment) {
  auto series = open_series(searcher, symbol, lang);
  if (!series) return std::nullopt;
  const auto& own = series->clauses[series->place];
  const auto at = std::find_if(own.begin(), own.end(), [&](const Clause& c) { return c.fragment == fragment; });
  ClauseHistory out;
  out.symbol = symbol;
  out.lang = lang;
  out.fragment = fragment;
  out.series = series->documents;
  std::map<size_t, std::set<size_t>> bears;  // document -> its clauses that are this one
  if (at == own.end()) {
    // A heading, a footnote: it is not followed, but it may be there.
    const auto where = searcher.find(symbol, lang);
    const Document d = searcher.document(*where);
    const auto p = std::find_if(d.paragraphs.begin(), d.paragraphs.end(), [&](const Paragraph& x) { return x.fragment == fragment; });
    if (p == d.paragraphs.end()) return std::nullopt;
    out.states.push_back({series->place, ClauseEvent::appeared, {{p->fragment, p->number, p->text, p->kind, p->parallel}}, 0, {}});
    return out;
  }
  bears[series->place] = {static_cast<size_t>(at - own.begin())};
  const auto follow = [&](int step) {
    size_t from = series->place, missing = 0;
    for (auto to = static_cast<ptrdiff_t>(from) + step; to >= 0 && to < static_cast<ptrdiff_t>(series->documents.size()); to += step) {
      const auto there = static_cast<size_t>(to);
      const size_t older = std::min(from, there), newer = std::max(from, there);
      std::set<size_t> found;
      for (const auto& link : link_clauses(series->clauses[older], series->clauses[newer])) {
        const size_t here = step > 0 ? link.before : link.after, other = step > 0 ? link.after : link.before;
        if (bears[from].count(here)) found.insert(other);
      }
      if (found.empty()) {
        if (++missing > kMostGap) break;
        continue;
      }
      missing = 0;
      bears[there] = found;
      from = there;
    }
  };
  follow(-1);
  follow(1);
  const size_t first = bears.begin()->first, last = bears.rbegin()->first;
  const ClauseState* previous = nullptr;
  out.states.reserve(series->documents.size());
  for (size_t d = first; d < series->documents.size(); ++d) {
    ClauseState state;
    state.document = d;
    const auto it = bears.find(d);
    if (it == bears.end()) {
      if (previous && previous->event == ClauseEvent::dropped) continue;
      state.event = ClauseEvent::dropped;
      out.states.push_back(std::move(state));
      previous = &out.states.back();
      if (d > last) break;
      continue;
    }
    for (const size_t c : it->second) state.clauses.push_back(series->clauses[d][c]);
    const ClauseState* before = nullptr;
    for (auto s = out.states.rbegin(); s != out.states.rend() && !before; ++s)
      if (!s->clauses.empty()) before = &*s;
    if (before && previous && previous->event != ClauseEvent::dropped) {
      std::string old_text, new_text;
      for (const auto& c : before->clauses) old_text += (old_text.empty() ? "" : "\n") + c.text;
      for (const auto& c : state.clauses) new_text += (new_text.empty() ? "" : "\n") + c.text;
      const size_t was = before->clauses.size(), is = state.clauses.size();
      text::WordingComparison comparison(tokens_of(old_text));
      state.similarity = comparison.similarity(tokens_of(new_text));
      const bool same = equal(comparison.tokens(), tokens_of(new_text));
      state.event = is > was ? ClauseEvent::split : is < was ? ClauseEvent::merged : same ? ClauseEvent::unchanged : ClauseEvent::changed;
      if (old_text != new_text) state.diff = text::word_diff(old_text, new_text);
    }
    out.states.push_back(std::move(state));
    previous = &out.states.back();
  }
  return out;
}

std::optional<ClauseTable> clause_table(const Searcher& searcher, const std::string& symbol, Language lang) {
  const auto series = open_series(searcher, symbol, lang);
  if (!series) return std::nullopt;
  ClauseTable out;
  out.symbol = symbol;
  out.lang = lang;
  out.series = series->documents;
  const size_t n = series->documents.size();
  std::vector<size_t> row_of;  // of each clause of the document before
  for (size_t d = 0; d < n; ++d) {
    const auto& clauses = series->clauses[d];
    std::vector<size_t> rows(clauses.size(), static_cast<size_t>(-1));
    if (d > 0) {
      const auto& before = series->clauses[d - 1];
      std::vector<bool> went_on(before.size(), false);
      const auto links = link_clauses(before, clauses);
      for (const auto& link : links) {
        if (link.kind != ClauseLink::Kind::same) continue;
        went_on[link.before] = true;
        rows[link.after] = row_of[link.before];
        const bool same = same_words(before[link.before], clauses[link.after]);
        out.rows[row_of[link.before]][d] = ClauseTable::Cell{same ? ClauseEvent::unchanged : ClauseEvent::changed, clauses[link.after], link.similarity, 0};
      }
      for (const auto& link : links) {
        if (link.kind == ClauseLink::Kind::split) {
          rows[link.after] = out.rows.size();
          out.rows.emplace_back(n);
          out.rows.back()[d] = ClauseTable::Cell{ClauseEvent::split, clauses[link.after], link.similarity, row_of[link.before]};
        } else if (link.kind == ClauseLink::Kind::merged) {
          went_on[link.before] = true;
          out.rows[row_of[link.before]][d] = ClauseTable::Cell{ClauseEvent::merged, {}, link.similarity, rows[link.after]};
        }
      }
      for (size_t c = 0; c < before.size(); ++c)
        if (!went_on[c]) out.rows[row_of[c]][d] = ClauseTable::Cell{ClauseEvent::dropped, {}, 0, 0};
    }
    for (size_t c = 0; c < clauses.size(); ++c) {
      if (rows[c] != static_cast<size_t>(-1)) continue;
      rows[c] = out.rows.size();
      out.rows.emplace_back(n);
      out.rows.back()[d] = ClauseTable::Cell{ClauseEvent::appeared, clauses[c], 0, 0};
    }
    row_of = rows;
  }
  return out;
}

}  // namespace resolute::search
