#include "search/term_lists.h"

#include <algorithm>

#include "search/generation.h"
#include "text/analyze.h"

namespace resolute::search {
namespace {

constexpr size_t kMostKnown = 200'000;

bool is_own_stem(std::string_view word) {
  thread_local text::Analyzer analyzer;
  return analyzer.is_own_stem(word);
}

}  // namespace

std::optional<uint32_t> KnownFrequencies::find(std::string_view term) const {
  const std::lock_guard lock(mutex_);
  const auto it = known_.find(std::string(term));
  return it == known_.end() ? std::nullopt : std::optional(it->second);
}

void KnownFrequencies::add(std::string_view term, uint32_t frequency) {
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(term, frequency);
}

uint32_t TermList::count() const {
  switch (form_) {
    case Form::one: return first_.count();
    case Form::two: return (first_.id() == id_ ? first_.count() : 0) + (second_.id() == id_ ? second_.count() : 0);
    case Form::listed: return list_[place_].second;
  }
  return 0;
}

uint32_t TermList::seek(uint32_t target) {
  if (id_ == kEnd || (id_ != kBefore && id_ >= target)) return id_;
  switch (form_) {
    case Form::one: return id_ = first_.seek(target);
    case Form::two: return id_ = std::min(first_.seek(target), second_.seek(target));
    case Form::listed:
      place_ = static_cast<size_t>(std::lower_bound(list_.begin() + static_cast<ptrdiff_t>(place_), list_.end(), std::pair(target, 0u)) - list_.begin());
      return id_ = place_ == list_.size() ? kEnd : list_[place_].first;
  }
  return id_;
}

uint32_t TermList::next() {
  if (id_ == kEnd) return kEnd;
  switch (form_) {
    case Form::one: return id_ = first_.next();
    case Form::two: {
      const uint32_t at = id_;
      if (at == kBefore || first_.id() == at) first_.next();
      if (at == kBefore || second_.id() == at) second_.next();
      return id_ = std::min(first_.id(), second_.id());
    }
    case Form::listed:
      if (id_ != kBefore) ++place_;
      return id_ = place_ == list_.size() ? kEnd : list_[place_].first;
  }
  return kEnd;
}

TermLists::TermLists(const Segment& segment) : segment_(segment), reader_(segment.entries().reader()) {}

TermList TermLists::kept(Of of, const std::string& term) {
  TermList out;
  out.at_most_ = kept_frequency(term);
  if (out.at_most_) out.first_ = of == Of::wordings ? reader_.wordings(term) : reader_.documents(term);
  return out;
}

uint32_t TermLists::kept_frequency(const std::string& term) {
  if (const auto known = segment_.frequencies().find(term)) return *known;
  const uint32_t n = reader_.frequency(term);
  segment_.frequencies().add(term, n);
  return n;
}

std::vector<std::string> TermLists::terms_with(std::string_view prefix, std::string_view character) const {
  std::vector<std::string> out;
  reader_.each_term(std::string(prefix) + std::string(character), [&](std::string_view name) {
    const auto kind = text::kind_of(name.substr(prefix.size()));
    if (kind == text::TermKind::han_char || kind == text::TermKind::han_pair) out.emplace_back(name);
    return true;
  });
  return out;
}

TermList TermLists::find(Of of, std::string_view prefix, std::string_view term) {
  const auto kind = text::kind_of(term);
  if (kind != text::TermKind::han_char) {
    auto out = kept(of, prefixed_term(prefix, term));
    const auto word = text::bare(term);
    if (kind != text::TermKind::stem || !is_own_stem(word)) return out;
    auto own = kept(of, prefixed_term(prefix, word));
    if (own.empty()) return out;
    if (out.empty()) return own;
    out.form_ = TermList::Form::two;
    out.second_ = std::move(own.first_);
    out.at_most_ += own.at_most_;
    return out;
  }
  TermList out;
  out.form_ = TermList::Form::listed;
  const auto names = terms_with(prefix, term);
  for (const auto& name : names) {
    auto list = of == Of::wordings ? reader_.wordings(name) : reader_.documents(name);
    for (uint32_t id = list.next(); id != kNone; id = list.next()) out.list_.emplace_back(id, list.count());
  }
  if (names.size() > 1) {
    std::sort(out.list_.begin(), out.list_.end());
    size_t kept_entries = 0;
    for (size_t i = 0; i < out.list_.size(); ++i) {
      if (kept_entries && out.list_[kept_entries - 1].first == out.list_[i].first)
        out.list_[kept_entries - 1].second += out.list_[i].second;
      else
        out.list_[kept_entries++] = out.list_[i];
    }
    out.list_.resize(kept_entries);
  }
  out.at_most_ = static_cast<uint32_t>(out.list_.size());
  return out;
}

TermList TermLists::wordings(std::string_view term) { return find(Of::wordings, "", term); }
TermList TermLists::documents(std::string_view prefix, std::string_view term) { return find(Of::documents, prefix, term); }

uint32_t TermLists::of_character(std::string_view character) const {
  const size_t place = segment_.characters().find(character);
  return place == segment_.characters().size() ? 0 : segment_.wordings_with(place);
}

uint32_t TermLists::frequency(std::string_view term) {
  const auto kind = text::kind_of(term);
  if (kind == text::TermKind::han_char) return of_character(term);
  if (kind != text::TermKind::stem) return kept_frequency(std::string(term));
  if (const auto known = segment_.told_frequencies().find(term)) return *known;
  auto list = wordings(term);
  uint32_t n = list.at_most();
  if (list.form_ == TermList::Form::two)
    for (n = 0; list.next() != TermList::kEnd;) ++n;
  segment_.told_frequencies().add(term, n);
  return n;
}

uint32_t TermLists::at_most(std::string_view term) {
  const auto kind = text::kind_of(term);
  if (kind == text::TermKind::han_char) return of_character(term);
  const auto word = text::bare(term);
  return kept_frequency(std::string(term)) + (kind == text::TermKind::stem && is_own_stem(word) ? kept_frequency(std::string(word)) : 0);
}

void TermLists::each_word(std::string_view prefix, const std::function<void(std::string_view)>& visit) const {
  reader_.each_term(prefix, [&](std::string_view term) {
    // Capitals begin what is no text.
    if ((term[0] < 'A' || term[0] > 'Z') && text::kind_of(term) == text::TermKind::word) visit(term);
    return true;
  });
}

}  // namespace resolute::search
