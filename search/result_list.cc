#include "search/result_list.h"

#include <algorithm>
#include <map>

#include "search/counts.h"
#include "search/hits.h"
#include "search/matches.h"
#include "search/plan.h"
#include "search/scores.h"
#include "search/show.h"

namespace resolute::search {
namespace {

// How many paragraphs of each document match, by segment and document.
std::vector<std::vector<uint32_t>> paragraphs_by_document(const Generation& g, const Plan& plan, const Matches& matches) {
  std::vector<std::vector<uint32_t>> out;
  for (uint32_t s = 0; s < matches.segments.size(); ++s) {
    const auto& segment = g.segment(s);
    auto& counts = out.emplace_back(segment.documents());
    matches.segments[s].each_paragraph(segment, [&](ParagraphId p, size_t) {
      if (plan.selection.holds({s, p})) ++counts[segment.document_of(p)];
    });
  }
  return out;
}

}  // namespace

ResultList::ResultList(std::shared_ptr<const Searcher> searcher, const SearchRequest& asked, size_t most)
    : searcher_(std::move(searcher)), unit_(asked.unit), words_(asked.q.find_first_not_of(' ') != std::string::npos) {
  const auto& g = searcher_->generation();
  SearchRequest request = asked;
  request.cursor.clear();
  request.facets.clear();
  request.explain = Explain::no;
  const auto planned = plan(*searcher_, request);
  const auto matches = search::match(g, searcher_->lexicon().get(), planned);
  const auto counts = count(g, planned, matches);
  summary_.understood = matches.understood;
  summary_.revision = g.manifest().revision;
  summary_.documents = g.manifest().documents;
  summary_.paragraphs = g.manifest().paragraphs;
  summary_.total = counts.total;
  summary_.total_documents = counts.total_documents;
  summary_.total_works = counts.total_works;
  summary_.partial = matches.partial;
  found_ = planned.together() ? counts.total_works : unit_ == Unit::document ? counts.total_documents : counts.total;
  const auto wanted = static_cast<size_t>(std::min<uint64_t>(most, found_));
  const auto scores = score(g, searcher_->lexicon().get(), planned, matches, &counts, wanted + 1);
  const auto hits = collect(g, planned, matches, scores, wanted);
  for (const auto* notices : {&planned.notices, &matches.notices})
    for (const auto& n : *notices)
      if (std::find(summary_.notices.begin(), summary_.notices.end(), n) == summary_.notices.end()) summary_.notices.push_back(n);
  const auto by_document = unit_ == Unit::document ? paragraphs_by_document(g, planned, matches) : std::vector<std::vector<uint32_t>>{};
  hits_.reserve(hits.best.size());
  for (const auto& hit : hits.best) {
    uint32_t stands_for = 1;
    if (planned.grouped())
      stands_for = hits.groups.at(group_of(g, hit.at)).count;
    else if (unit_ == Unit::document)
      stands_for = by_document[hit.at.segment][g.document_of(hit.at).document];
    hits_.push_back({hit.at, static_cast<float>(hit.score), stands_for});
  }
}

Match ResultList::match(size_t place, std::optional<Language> reader) const {
  const auto& listed = hits_[place];
  auto at = listed.at;
  if (reader && unit_ == Unit::document && !words_) {
    const auto& g = searcher_->generation();
    const auto own = document(place);
    if (g.lang(own) != *reader)
      if (const auto other = g.find(std::string(g.identifier(own)), *reader))
        at = g.parallel(at).value_or(ParagraphRef{other->segment, *g.segment(*other).paragraphs_of(other->document).begin()});
  }
  Match m = describe(searcher_->generation(), at);
  m.score = listed.score;
  if (unit_ == Unit::document)
    m.paragraphs_matched = listed.count;
  else if (listed.count > 1)
    m.repeats = Match::Repeats{listed.count - 1, {}, {}};
  return m;
}

std::vector<std::string> ResultList::values(size_t place, Field field) const {
  const auto at = document(place);
  const auto& column = searcher_->generation().segment(at).column(field);
  std::vector<std::string> out;
  for (const uint32_t value : column.of(at.document)) out.emplace_back(column.values()[value]);
  return out;
}

}  // namespace resolute::search
