#include "search/searcher.h"

#include <algorithm>

#include "search/cursor.h"
#include "search/run.h"
#include "search/spelling.h"

namespace resolute::search {

using Kind = Node::Kind;

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
