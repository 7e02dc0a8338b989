#include "search/generation.h"

#include <algorithm>
#include <set>

#include "schemas/error.h"
#include "schemas/result.h"
#include "schemas/symbol.h"
#include "search/score.h"

namespace resolute {

std::string print_label(ParagraphKind kind, const std::string& fragment, const std::string& number) {
  std::string n = number;
  if (n.empty()) {
    size_t i = 0;
    while (i < fragment.size() && !(fragment[i] >= '0' && fragment[i] <= '9')) ++i;
    n = fragment.substr(i);
  }
  return std::string(print_kind(kind)) + (n.empty() ? "" : " " + n);
}

namespace search {

std::shared_ptr<const Generation> Generation::open(const std::string& index, const Generation* before) {
  // A writer may replace CURRENT and clear away what it named between our two looks.
  for (int attempt = 0;; ++attempt) {
    const uint64_t revision = read_current(index);
    try {
      return open(index, read_published(index), before);
    } catch (const Error& e) {
      if (attempt < 3 && read_current(index) != revision) continue;
      // CURRENT names what is not there.
      if (e.kind() == ErrorKind::not_found) damaged(e.what());
      throw;
    }
  }
}

std::shared_ptr<const Generation> Generation::open(const std::string& index, uint64_t revision) { return open(index, read_manifest(index, revision), nullptr); }

std::shared_ptr<const Generation> Generation::open(const std::string& index, Manifest manifest, const Generation* before) {
  std::shared_ptr<Generation> g(new Generation);
  g->manifest_ = std::move(manifest);
  uint64_t length = 0;
  std::vector<std::unique_ptr<Segment>> segments;
  for (const auto& entry : g->manifest_.segments) {
    const Segment* same = nullptr;
    if (before)
      for (const auto& s : before->segments_)
        if (s->is(index, entry)) same = s.get();
    segments.push_back(same ? std::make_unique<Segment>(*same, entry) : std::make_unique<Segment>(index, entry));
    g->wordings_ += segments.back()->wordings();
    length += segments.back()->total_length();
  }
  if (const auto& l = g->manifest_.lexicon) {
    const auto path = lexicon_path(index, l->name);
    const bool same = before && before->lexicon_ && before->lexicon_->bytes() == l->bytes && before->lexicon_->file().is(path);
    g->lexicon_ = same ? before->lexicon_ : std::make_shared<const Lexicon>(path);
    if (g->lexicon_->bytes() != l->bytes) damaged("the lexicon has another size than the manifest says");
  }
  if (g->wordings_) g->mean_length_ = static_cast<double>(length) / static_cast<double>(g->wordings_);
  g->rank_documents(segments);
  for (auto& segment : segments) g->segments_.push_back(std::move(segment));
  return g;
}

bool Generation::intact() const {
  return (!lexicon_ || lexicon_->file().intact()) && std::all_of(segments_.begin(), segments_.end(), [](const auto& s) { return s->intact(); });
}

bool Generation::broken() const {
  return (lexicon_ && lexicon_->file().broken()) || std::any_of(segments_.begin(), segments_.end(), [](const auto& s) { return s->broken(); });
}

// Says of each document how it stands among all, and finds them by identifier.
void Generation::rank_documents(const std::vector<std::unique_ptr<Segment>>& segments) {
  struct Row {
    DocumentRef at;
    std::optional<Day> date;
    std::string_view identifier;
    Language lang;
  };
  std::vector<Row> rows;
  std::unordered_map<std::string_view, std::set<std::string_view>> citing;
  for (uint32_t s = 0; s < segments.size(); ++s) {
    const auto& segment = *segments[s];
    const auto& cites = segment.column(Field::cites);
    for (const DocumentId d : segment.all_documents()) {
      if (segment.deleted(d)) continue;
      rows.push_back({{s, d}, segment.date(d), segment.identifier(d), segment.lang(d)});
      by_identifier_[std::string(segment.identifier(d))].push_back({s, d});
      for (const uint32_t place : cites.of(d)) citing[cites.values()[place]].insert(segment.identifier(d));
    }
  }
  const auto standing = [&](const Row& row) -> Standing& { return segments[row.at.segment]->standing_[row.at.document]; };
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a.date != b.date) return a.date > b.date;  // unknown dates are least, so last
    if (a.identifier != b.identifier)
      return Symbol::natural_less(a.identifier, b.identifier) || (!Symbol::natural_less(b.identifier, a.identifier) && a.identifier < b.identifier);
    return a.lang < b.lang;
  });
  const Day newest = rows.empty() ? 0 : rows.front().date.value_or(0);
  for (uint32_t i = 0; i < rows.size(); ++i) standing(rows[i]).newest_first = i;
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.date && b.date ? *a.date < *b.date : a.date.has_value() && !b.date; });
  for (uint32_t i = 0; i < rows.size(); ++i) {
    auto& s = standing(rows[i]);
    s.oldest_first = i;
    if (const auto it = citing.find(rows[i].identifier); it != citing.end()) s.cited_by = static_cast<uint32_t>(it->second.size());
    if (rows[i].date) s.newer = static_cast<float>(newer_bonus(newest - *rows[i].date));
    s.score = s.newer + static_cast<float>(cited_bonus(s.cited_by));
  }
  for (auto& [identifier, versions] : by_identifier_) {
    std::sort(versions.begin(), versions.end(),
              [&](const DocumentRef& a, const DocumentRef& b) { return segments[a.segment]->lang(a.document) < segments[b.segment]->lang(b.document); });
    identifiers_.push_back(identifier);
  }
  std::sort(identifiers_.begin(), identifiers_.end(), [](const std::string& a, const std::string& b) { return Symbol::natural_less(a, b); });
}

std::shared_ptr<const Lexicon> Generation::open_lexicon(const std::string& index) {
  const auto manifest = read_published(index);
  return manifest.lexicon ? std::make_shared<const Lexicon>(lexicon_path(index, manifest.lexicon->name)) : nullptr;
}

std::vector<DocumentRef> Generation::find(const std::string& identifier) const {
  const auto it = by_identifier_.find(identifier);
  return it == by_identifier_.end() ? std::vector<DocumentRef>{} : it->second;
}

std::optional<DocumentRef> Generation::find(const std::string& identifier, Language wanted) const {
  for (const auto& at : find(identifier))
    if (lang(at) == wanted) return at;
  return std::nullopt;
}

std::optional<ParagraphRef> Generation::parallel(const ParagraphRef& at) const {
  const auto other = segment(at).parallel(at.paragraph);
  return other ? std::optional<ParagraphRef>({at.segment, *other}) : std::nullopt;
}

std::vector<std::string> Generation::citing(const std::string& symbol) const {
  std::set<std::string> out;
  for (const auto& segment : segments_) {
    const auto& cites = segment->column(Field::cites);
    const size_t place = cites.values().find(symbol);
    if (place == cites.values().size()) continue;
    for (const DocumentId d : segment->all_documents()) {
      const auto places = cites.of(d);
      if (!segment->deleted(d) && std::binary_search(places.begin(), places.end(), static_cast<uint32_t>(place))) out.emplace(segment->identifier(d));
    }
  }
  return {out.begin(), out.end()};
}

}  // namespace search
}  // namespace resolute
