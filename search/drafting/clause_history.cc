#include "search/drafting/clause_history.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>

#include "search/series.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

constexpr double kSameClause = 0.5;    // similarity of one clause in two years at least
constexpr double kOtherAction = 0.55;  // where it opens with another action
constexpr double kOtherKind = 0.75;    // where it moved between preamble and operative part
constexpr double kWholeClause = 0.95;  // a clause that is still so much like itself has lost no part of weight
constexpr double kPartOf = 0.6;        // of a part's tokens, in order, in the clause it was parted from
constexpr double kInRuns = 0.55;       // of them, in runs
constexpr size_t kLeastRun = 4;        // tokens
constexpr double kOneRun = 0.8;        // of a part's tokens in the one run they share, where it is not so long
constexpr size_t kLongRun = 20;
constexpr double kContained = 0.7;     // of the shorter's tokens, in runs, where a clause has grown or shrunk a lot
constexpr size_t kLeastContained = 8;  // tokens
constexpr double kBeyondRest = 0.25;   // of a part's tokens, in runs, at least that only the whole has: not what else became of it
constexpr size_t kMostClauses = 600;   // of a document
constexpr size_t kMostGap = 2;         // documents of the series a clause may be missing from and return

bool is_clause(ParagraphKind kind) {
  return kind == ParagraphKind::preambular || kind == ParagraphKind::operative || kind == ParagraphKind::statement || kind == ParagraphKind::decision ||
         kind == ParagraphKind::annex || kind == ParagraphKind::plain;
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
    if (is_clause(p.kind) && out.size() < kMostClauses) out.push_back({p.fragment, p.number, p.text, p.kind, p.parallel, p.action});
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
  if (!g.find(symbol, lang)) return std::nullopt;
  auto chain = searcher.series().chain(symbol);
  if (chain.empty()) chain = {symbol};
  Series out;
  for (const auto& member : chain) {
    const auto at = g.find(member, lang);
    if (!at) continue;
    if (member == symbol) out.place = out.documents.size();
    const Document d = searcher.document(*at);
    out.documents.push_back({d.identifier, d.date, d.session, d.title});
    out.clauses.push_back(clauses_of(d));
  }
  return out;
}

// Tokens that two wordings share in runs: the longest one, then those on either side of it.
struct Runs {
  size_t tokens = 0, longest = 0, number = 0;
};

void add_runs(std::span<const text::WordingToken> a, std::span<const text::WordingToken> b, Runs& runs) {
  if (a.size() < kLeastRun || b.size() < kLeastRun) return;
  const auto run = text::WordingComparison({a.begin(), a.end()}).longest_run({b.begin(), b.end()});
  if (run.size < kLeastRun) return;
  runs.tokens += run.size;
  runs.longest = std::max(runs.longest, run.size);
  ++runs.number;
  add_runs(a.first(run.a), b.first(run.b), runs);
  add_runs(a.subspan(run.a + run.size), b.subspan(run.b + run.size), runs);
}

Runs shared_runs(const std::vector<text::WordingToken>& a, const std::vector<text::WordingToken>& b) {
  Runs runs;
  add_runs(a, b, runs);
  return runs;
}

// How much of a part stands in a whole, as far as it was parted from it; 0: it was not. `rest` is what else became of
// the whole, or was of it.
double part_of(const std::vector<text::WordingToken>& part, text::WordingComparison& whole, const std::vector<text::WordingToken>& rest) {
  if (part.empty() || part.size() >= whole.size()) return 0;
  const auto size = static_cast<double>(part.size());
  const double share = static_cast<double>(whole.common(part)) / size;
  if (share < kPartOf) return 0;
  const Runs runs = shared_runs(part, whole.tokens());
  if (static_cast<double>(runs.tokens) < kInRuns * size) return 0;
  if (runs.number < 2 && runs.longest < kLongRun && static_cast<double>(runs.longest) < kOneRun * size) return 0;
  if (static_cast<double>(runs.tokens) - static_cast<double>(shared_runs(part, rest).tokens) < kBeyondRest * size) return 0;
  return share;
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

namespace {

constexpr size_t kNoPartner = static_cast<size_t>(-1);

// Two resolutions' clauses, and which of them are the same clause: each has one partner at most.
class ClauseMatching {
 public:
  ClauseMatching(const std::vector<Clause>& before, const std::vector<Clause>& after)
      : before_(before),
        after_(after),
        partner_before_(before.size(), kNoPartner),
        partner_after_(after.size(), kNoPartner),
        kept_before_(before.size(), 0),
        kept_after_(after.size(), 0) {
    for (const auto& c : before) tokens_before_.push_back(tokens_of(c.text));
    for (const auto& c : after) tokens_after_.push_back(tokens_of(c.text));
    comparisons_.reserve(before.size());
    for (const auto& tokens : tokens_before_) comparisons_.emplace_back(tokens);
  }

  std::vector<ClauseLink> links() && {
    link_alike();
    link_contained();
    link_parts();
    return std::move(out_);
  }

 private:
  struct Pair {
    size_t i, j;  // of before_ and after_
    double similarity, score;
  };

  // The best pairs first.
  void link_best(std::vector<Pair> pairs) {
    std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
      return x.score != y.score ? x.score > y.score : x.i != y.i ? x.i < y.i : x.j < y.j;
    });
    for (const auto& p : pairs) {
      if (partner_before_[p.i] != kNoPartner || partner_after_[p.j] != kNoPartner) continue;
      partner_before_[p.i] = p.j;
      partner_after_[p.j] = p.i;
      kept_before_[p.i] = kept_after_[p.j] = p.similarity;
      out_.push_back({p.i, p.j, p.similarity, ClauseLink::Kind::same});
    }
  }

  void link_alike() {
    const double rows = static_cast<double>(std::max<size_t>(1, before_.size())), columns = static_cast<double>(std::max<size_t>(1, after_.size()));
    std::vector<Pair> pairs;
    for (size_t i = 0; i < before_.size(); ++i)
      for (size_t j = 0; j < after_.size(); ++j) {
        if (tokens_before_[i].empty() || tokens_after_[j].empty()) continue;
        const bool same_kind = before_[i].kind == after_[j].kind;
        const bool same_action = before_[i].action == after_[j].action || before_[i].action.empty() || after_[j].action.empty();
        const double similarity = comparisons_[i].similarity(tokens_after_[j], !same_kind ? kOtherKind : same_action ? kSameClause : kOtherAction);
        if (similarity <= 0) continue;
        // Of equals, those that stand in about the same place.
        const double apart = std::abs(static_cast<double>(i) / rows - static_cast<double>(j) / columns);
        pairs.push_back({i, j, similarity, similarity + (same_kind ? 0.05 : 0) + (same_action ? 0.02 : 0) - 0.1 * apart});
      }
    link_best(std::move(pairs));
  }

  // A clause may have grown or shrunk so much that little of the longer is shared, but all of the shorter.
  void link_contained() {
    std::vector<Pair> pairs;
    for (size_t i = 0; i < before_.size(); ++i)
      for (size_t j = 0; partner_before_[i] == kNoPartner && j < after_.size(); ++j) {
        if (partner_after_[j] != kNoPartner || before_[i].kind != after_[j].kind || before_[i].action != after_[j].action) continue;
        const auto& a = tokens_before_[i];
        const auto& b = tokens_after_[j];
        const size_t least = std::min(a.size(), b.size());
        if (least < kLeastContained || static_cast<double>(comparisons_[i].common(b)) < kContained * static_cast<double>(least)) continue;
        const double share = static_cast<double>(shared_runs(a, b).tokens) / static_cast<double>(least);
        if (share >= kContained) pairs.push_back({i, j, comparisons_[i].similarity(b), share});
      }
    link_best(std::move(pairs));
  }

  // What is new may be a part of an old clause that is shorter now; what is gone a part of a new one
  // that is longer. Of the part, so much stands in the whole, and not only there in what the whole kept.
  void link_parts() {
    for (size_t j = 0; j < after_.size(); ++j) {
      if (partner_after_[j] != kNoPartner) continue;
      double best = 0;
      size_t from = kNoPartner;
      for (size_t i = 0; i < before_.size(); ++i) {
        if (partner_before_[i] == kNoPartner || kept_before_[i] >= kWholeClause) continue;
        if (const double share = part_of(tokens_after_[j], comparisons_[i], tokens_after_[partner_before_[i]]); share > best) best = share, from = i;
      }
      if (from != kNoPartner) out_.push_back({from, j, best, ClauseLink::Kind::split});
    }
    std::vector<std::optional<text::WordingComparison>> wholes(after_.size());
    for (size_t i = 0; i < before_.size(); ++i) {
      if (partner_before_[i] != kNoPartner) continue;
      double best = 0;
      size_t into = kNoPartner;
      for (size_t j = 0; j < after_.size(); ++j) {
        if (partner_after_[j] == kNoPartner || kept_after_[j] >= kWholeClause) continue;
        if (!wholes[j]) wholes[j].emplace(tokens_after_[j]);
        if (const double share = part_of(tokens_before_[i], *wholes[j], tokens_before_[partner_after_[j]]); share > best) best = share, into = j;
      }
      if (into != kNoPartner) out_.push_back({i, into, best, ClauseLink::Kind::merged});
    }
  }

  const std::vector<Clause>&before_, &after_;
  std::vector<std::vector<text::WordingToken>> tokens_before_, tokens_after_;
  std::vector<text::WordingComparison> comparisons_;  // of tokens_before_
  std::vector<size_t> partner_before_, partner_after_;
  std::vector<double> kept_before_, kept_after_;  // how much of a clause its partner kept
  std::vector<ClauseLink> out_;
};

}  // namespace

std::vector<ClauseLink> link_clauses(const std::vector<Clause>& before, const std::vector<Clause>& after) { return ClauseMatching(before, after).links(); }

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
    out.states.push_back({series->place, ClauseEvent::appeared, {{p->fragment, p->number, p->text, p->kind, p->parallel, p->action}}, 0, {}});
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
