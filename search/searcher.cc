#include "search/searcher.h"

#include <algorithm>

#include "search/counts.h"
#include "search/cursor.h"
#include "search/hits.h"
#include "search/matches.h"
#include "search/plan.h"
#include "search/scores.h"
#include "search/show.h"
#include "search/spelling.h"

namespace resolute::search {
namespace {

// The ids of the best matches, and of their counterparts in the other language.
struct Ranks {
  std::vector<Ranked> own, counterparts;  // of paragraphs or documents
  bool quoted = false, translated = false;
};

Ranks rank_once(const Searcher& searcher, const SearchRequest& request, size_t depth) {
  const auto& g = searcher.generation();
  const auto planned = plan(searcher, request);
  const auto matches = match(g, searcher.lexicon().get(), planned);
  const auto scores = score(g, searcher.lexicon().get(), planned, matches, nullptr, depth);
  Ranks out;
  out.quoted = planned.query.quoted;
  out.translated = matches.translated != nullptr;
  for (const auto& hit : collect(g, planned, matches, scores, depth).best) {
    const auto& segment = g.segment(hit.at);
    const DocumentId d = segment.document_of(hit.at.paragraph);
    const auto other = segment.sibling(d);
    if (request.unit == Unit::document) {
      out.own.push_back({segment.id(d), hit.score});
      if (other && !segment.deleted(*other)) out.counterparts.push_back({segment.id(*other), hit.score * kPivotShare});
    } else {
      out.own.push_back({g.id(hit.at), hit.score});
      if (const auto q = segment.parallel(hit.at.paragraph); q && !segment.deleted(*other))
        out.counterparts.push_back({segment.id(*q), hit.score * kPivotShare});
    }
  }
  return out;
}

void add_new(std::vector<std::string>& to, const std::vector<std::string>& more) {
  for (const auto& n : more)
    if (std::find(to.begin(), to.end(), n) == to.end()) to.push_back(n);
}

}  // namespace

std::vector<Field> default_facets() {
  return {Field::body,    Field::committee, Field::concerns, Field::type,   Field::lang, Field::year,
          Field::session, Field::subject,   Field::kind,     Field::action, Field::vote};
}

SearchResult Searcher::search(const SearchRequest& request) const {
  const auto& g = *generation_;
  const auto planned = plan(*this, request);
  const auto matches = match(g, lexicon_.get(), planned);
  auto counts = count(g, planned, matches);
  // One hit more says whether a page follows.
  const auto scores = score(g, lexicon_.get(), planned, matches, &counts, request.limit + 1);
  auto hits = collect(g, planned, matches, scores, request.limit + 1);

  SearchResult out;
  out.understood = matches.understood;
  out.revision = g.manifest().revision;
  out.documents = g.manifest().documents;
  out.paragraphs = g.manifest().paragraphs;
  out.total = counts.total;
  out.total_documents = counts.total_documents;
  out.total_works = counts.total_works;
  out.partial = matches.partial;
  out.some_words = matches.fell_back;
  out.facets = std::move(counts.facets);
  if (hits.best.size() > request.limit) {
    hits.best.resize(request.limit);
    if (!hits.best.empty()) {
      const Hit& last = hits.best.back();
      out.next = print_cursor(
          {{g.manifest().revision, g.manifest().id}, question_of(planned.request), last.key.primary, last.key.ordinal, g.id(g.document_of(last.at))});
    }
  }
  const Trail trail{g, planned, matches, scores, hits};
  const Highlighter marks(matches.shown(planned));
  for (const auto& hit : hits.best) out.matches.push_back(show(trail, hit, marks));
  if (request.unit == Unit::document) add_other_paragraphs(trail, marks, out.matches);
  add_new(out.notices, planned.notices);
  add_new(out.notices, matches.notices);
  add_new(out.notices, hits.notices);
  if (matches.partial)
    out.did_you_mean = "";  // what is missing may only not have been looked at
  else if (out.total == 0 || matches.fell_back)
    out.did_you_mean = did_you_mean(g, planned.query, request.q).value_or("");
  else if (const auto together = written_together(g, planned.query, request.q, matches.wordings()))
    out.did_you_mean = *together;
  out.near_symbols = planned.near_symbols;
  return out;
}

std::vector<Searcher::Matched> Searcher::matched(const SearchRequest& request) const {
  const auto planned = plan(*this, request);
  const auto matches = match(*generation_, lexicon_.get(), planned);
  std::vector<Matched> out;
  for (uint32_t s = 0; s < matches.segments.size(); ++s) {
    const auto& segment = generation_->segment(s);
    Matched m{std::vector<bool>(segment.documents()), std::vector<bool>(segment.wordings())};
    matches.segments[s].each_paragraph(segment, [&](ParagraphId p, size_t) {
      if (!planned.selection.holds({s, p})) return;
      m.documents[segment.document_of(p)] = true;
      m.wordings[segment.wording_of(p)] = true;
    });
    out.push_back(std::move(m));
  }
  return out;
}

std::vector<Ranked> Searcher::rank(const SearchRequest& request, size_t depth) const {
  auto ranks = rank_once(*this, request, depth);
  // A quote is found only where it stands; one in a foreign language stands in counterparts.
  if (request.pivot == Pivot::off || (ranks.quoted && !ranks.translated)) return std::move(ranks.own);
  auto counterparts = std::move(ranks.counterparts);
  const auto lang = request.filters.find(Field::lang);
  if (lang != request.filters.end()) {
    // What the other language finds, seen from here.
    SearchRequest wider = request;
    wider.filters.erase(Field::lang);
    counterparts = rank_once(*this, wider, depth).counterparts;
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
    if (!fresh) it->second = ranks.translated ? it->second + r.score : std::max(it->second, r.score);
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

std::optional<DocumentRef> Searcher::find(const std::string& identifier, std::optional<Language> lang) const {
  const auto all = generation_->find(identifier);
  if (all.empty()) return std::nullopt;
  if (lang)
    for (const auto& at : all)
      if (generation_->lang(at) == *lang) return at;
  if (lang) return std::nullopt;
  return all.front();
}

std::optional<StateName> Searcher::cursor_state(std::string_view cursor) {
  const auto c = parse_cursor(cursor);
  return c ? std::optional(c->state) : std::nullopt;
}

}  // namespace resolute::search
