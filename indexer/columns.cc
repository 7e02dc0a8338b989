// The sections it writes are listed in docs/index-format.md.
#include "indexer/columns.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace resolute::indexer {
namespace {

// Puts a dictionary in byte order; the ids into it are renumbered.
void sort_values(std::vector<std::string>& values, std::vector<uint32_t>& ids) {
  std::vector<uint32_t> order(values.size()), rank(values.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return values[a] < values[b]; });
  std::vector<std::string> sorted;
  for (uint32_t i = 0; i < order.size(); ++i) {
    rank[order[i]] = i;
    sorted.push_back(std::move(values[order[i]]));
  }
  values = std::move(sorted);
  for (auto& id : ids) id = rank[id];
}

// One value, or none where it is empty.
std::vector<std::string> some(std::string value) { return value.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::move(value)}; }

std::vector<std::string> field_values(const Document& d, Field field) {
  switch (field) {
    case Field::lang: return {print_language(d.lang)};
    case Field::body: return some(print_body(d.body));
    case Field::committee: return d.committee;
    case Field::concerns: return d.concerns;
    case Field::type: return {print_type(d.type)};
    case Field::session: return some(d.session);
    case Field::agenda: return d.agenda;
    case Field::subject: return d.subjects;
    case Field::year: return some(d.date.substr(0, 4));
    case Field::vote: return some(d.vote.outcome ? print_outcome(*d.vote.outcome) : "");
    case Field::voter: {
      std::vector<std::string> out;
      for (const auto& [state, how] : d.vote.voters) out.push_back(state + ":" + how);
      return out;
    }
    case Field::cites: return cited_symbols(d);
    case Field::symbol: return {d.identifier};
    case Field::kind:
    case Field::action: return {};
  }
  return {};
}

}  // namespace

void ValueColumn::add(const std::vector<std::string>& values) {
  const size_t from = of_owner_.size();
  for (const auto& v : values) {
    const auto [it, fresh] = ids_.try_emplace(v, static_cast<uint32_t>(values_.size()));
    if (fresh) values_.push_back(v);
    if (std::find(of_owner_.begin() + static_cast<long>(from), of_owner_.end(), it->second) == of_owner_.end()) of_owner_.push_back(it->second);
  }
  begin_.push_back(static_cast<uint32_t>(of_owner_.size()));
}

void ValueColumn::sort() {
  sort_values(values_, of_owner_);
  for (size_t i = 0; i + 1 < begin_.size(); ++i) std::sort(of_owner_.begin() + begin_[i], of_owner_.begin() + begin_[i + 1]);
}

void ValueColumn::write(SectionWriter& file, const std::string& name) const {
  file.add_strings(name + ".value", values_);
  file.add(name, of_owner_);
  file.add(name + ".begin", begin_);
}

void InternedColumn::add(const std::string& value) {
  const auto [it, fresh] = ids_.try_emplace(value, static_cast<uint32_t>(values_.size()));
  if (fresh) values_.push_back(value);
  of_owner_.push_back(it->second);
}

void InternedColumn::sort() { sort_values(values_, of_owner_); }

void InternedColumn::write(SectionWriter& file, const std::string& name) const {
  file.add_strings(name + ".value", values_);
  file.add_narrow(name, of_owner_);
}

void Columns::add(const std::vector<const Document*>& versions, const std::vector<std::vector<uint32_t>>& wordings) {
  const auto base = static_cast<uint32_t>(documents());
  std::vector<std::unordered_map<std::string_view, uint32_t>> by_fragment(versions.size());
  for (size_t v = 0; v < versions.size(); ++v) {
    const Document& d = *versions[v];
    for (size_t i = 0; i < d.paragraphs.size(); ++i) {
      const auto& p = d.paragraphs[i];
      if (versions.size() > 1) by_fragment[v].emplace(p.fragment, static_cast<uint32_t>(i));
      wording_.push_back(wordings[v][i]);
      kind_.push_back(static_cast<uint8_t>(p.kind));
      parallel_.push_back(0);
      fragments_.add(p.fragment);
      numbers_.add(p.number);
      actions_.add(p.action);
    }
    first_.push_back(static_cast<uint32_t>(wording_.size()));
    identifiers_.push_back(d.identifier);
    titles_.push_back(d.title);
    date_.push_back(parse_date(d.date).value_or(std::numeric_limits<int32_t>::min()));
    uint32_t sibling = kNone;
    for (size_t o = 0; o < versions.size(); ++o)
      if (o != v && versions[o]->identifier == d.identifier) sibling = base + static_cast<uint32_t>(o);
    sibling_.push_back(sibling);
    records_.add(encode_document(d, Texts::without));
    for (const auto& f : fields())
      if (f.scope == Scope::document) fields_[static_cast<size_t>(f.field)].add(field_values(d, f.field));
  }
  for (size_t v = 0; v < versions.size(); ++v) {
    const uint32_t sibling = sibling_[base + v];
    if (sibling == kNone) continue;
    for (size_t i = 0; i < versions[v]->paragraphs.size(); ++i) {
      const auto& there = by_fragment[sibling - base];
      if (const auto it = there.find(versions[v]->paragraphs[i].parallel); it != there.end()) parallel_[first_[base + v] + i] = it->second + 1;
    }
  }
}

void Columns::sort() {
  fragments_.sort();
  numbers_.sort();
  actions_.sort();
  for (const auto& f : fields())
    if (f.scope == Scope::document) fields_[static_cast<size_t>(f.field)].sort();
}

void Columns::write(SectionWriter& file) {
  file.add("paragraph.kind", kind_);
  file.add_narrow("paragraph.parallel", parallel_);
  fragments_.write(file, "paragraph.fragment");
  numbers_.write(file, "paragraph.number");
  actions_.write(file, "field.action");
  file.add("document.first", first_);
  file.add("document.sibling", sibling_);
  file.add("document.date", date_);
  file.add_strings("document.identifier", identifiers_);
  file.add_strings("document.title", titles_);
  records_.finish(file, "document.record");
  for (const auto& f : fields())
    if (f.scope == Scope::document) fields_[static_cast<size_t>(f.field)].write(file, std::string("field.") + f.name);
}

}  // namespace resolute::indexer
