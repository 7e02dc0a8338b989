#include "indexer/group.h"

#include <algorithm>

#include "indexer/readers/record.h"
#include "schemas/symbol.h"
#include "text/align.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

// Documents (of all languages together) that the dictionary of texts is learned from.
constexpr size_t kSampledGroups = 250;

}  // namespace

std::vector<Group> Grouping::order(std::vector<UpdatePlan::Group> planned, const std::vector<const Staged*>& chosen) const {
  std::vector<Group> groups;
  for (auto& p : planned) {
    Group group{std::move(p.symbol), "", {}, std::move(p.carried)};
    const auto entitle = [&](const std::string& id, std::string_view title) {
      if (group.title.empty() || id.ends_with("@en")) group.title = title;
    };
    for (const size_t f : p.fresh) {
      group.fresh.push_back(chosen[f]);
      entitle(chosen[f]->id, chosen[f]->title);
    }
    for (const auto& [segment, ordinal] : group.carried) entitle(old_.ids[segment][ordinal], old_.titles[segment][ordinal]);
    groups.push_back(std::move(group));
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.title != b.title ? a.title < b.title : Symbol::natural_less(a.symbol, b.symbol); });
  return groups;
}

std::vector<Document> Grouping::load(const Group& g) const {
  std::vector<Document> versions;
  for (const auto* s : g.fresh) versions.push_back(fresh_.load(*s));
  for (const auto& [segment, ordinal] : g.carried) versions.push_back(old_.stores[segment].document(ordinal));
  return versions;
}

// Where the bytes of its documents' files come from, by id, of those that are kept.
std::map<std::string, SourceBytes> Grouping::sources_of(const Group& g) const {
  static constexpr int kKeyBits = 48;  // of a place in the staging file, or of a number in a segment
  std::map<std::string, SourceBytes> out;
  for (const auto* s : g.fresh)
    if (s->source) out[s->id] = {s->source->offset, [this, s] { return fresh_.load_source(*s); }};
  for (const auto& [segment, ordinal] : g.carried) {
    const auto* store = old_.sources[segment].get();
    if (const auto n = store ? store->number(ordinal) : std::nullopt)
      out[old_.ids[segment][ordinal]] = {uint64_t{segment + 1} << kKeyBits | *n, [store, n] { return store->read(*n); }};
  }
  return out;
}

std::shared_ptr<const WordingEncoder> Grouping::learn_encoder(const std::vector<Group>& groups) const {
  const size_t step = std::max<size_t>(1, groups.size() / kSampledGroups);
  std::vector<std::string> sample;
  for (size_t g = 0; g < groups.size(); g += step)
    for (const auto& d : load(groups[g]))
      for (const auto& p : d.paragraphs) sample.push_back(text::fold(p.text));
  return std::make_shared<const WordingEncoder>(learn_entries(sample));
}

PreparedGroup Grouping::prepare(const Group& g, const OwnMetadata& before) const {
  auto versions = load(g);
  for (size_t v = g.fresh.size(); v < versions.size(); ++v)
    if (const auto it = before.find(versions[v].id()); it != before.end()) restore(versions[v], it->second);
  PreparedGroup out;
  const auto records = records_.find(g.symbol);
  for (auto& d : versions) {
    out.own.emplace_back(d.id(), std::nullopt);
    if (records == records_.end()) continue;
    out.own.back().second = metadata_of(d);
    join(d, records->second);
  }
  std::sort(versions.begin(), versions.end(), [](const Document& a, const Document& b) { return a.lang < b.lang; });
  if (versions.size() == 2 && versions[0].lang == Language::zh && versions[1].lang == Language::en) text::align(versions[0], versions[1]);
  auto sources = sources_of(g);
  for (auto& d : versions) {
    const auto source = sources.find(d.id());
    out.versions.push_back(indexer::prepare(std::move(d), source == sources.end() ? std::nullopt : std::optional(std::move(source->second))));
  }
  return out;
}

}  // namespace resolute::indexer
