#include "search/suggest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>

#include "schemas/ascii.h"
#include "search/searcher.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

// Phrases that are looked through, of each segment's the most worthy; beyond it a key takes too long.
constexpr size_t kMostPhrases = 30'000;
// What is added to the logarithm of the documents that have it.
constexpr double kBegins = 4, kSymbol = 14, kCommittee = 3, kSubject = 3, kPhrase = 1;

// Each document once, in English where it is there in both languages.
template <typename Visit>
void each_document(const Generation& g, Visit&& visit) {
  for (const auto& s : g.segments())
    for (uint32_t d = 0; d < s->documents(); ++d)
      if (!s->deleted[d]) visit(*s, d);
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at < folded.size();) {
    const size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) out.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// A phrase that begins or ends in the middle of a construction: no one searches for "the secretary-general to".
bool is_cut(std::string_view phrase, Language lang) {
  if (lang == Language::en) {
    const size_t last = phrase.rfind(' ');
    return last == std::string_view::npos || text::is_stop_word(phrase.substr(last + 1)) || text::is_stop_word(phrase.substr(0, phrase.find(' ')));
  }
  static constexpr std::array<std::string_view, 12> kParticles = {"的", "和", "及", "与", "或", "以", "所", "其", "在", "是", "为", "了"};
  return std::any_of(kParticles.begin(), kParticles.end(), [&](std::string_view p) { return phrase.starts_with(p) || phrase.ends_with(p); });
}

// Whether a word may begin at `at`: Han characters are no letters of a word.
bool begins_word(std::string_view text, size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c >= 0x80 || at == 0) return true;
  const char before = text[at - 1];
  return !is_alnum(before);
}

}  // namespace

const char* print_suggestion_kind(SuggestionKind kind) {
  static constexpr std::array kNames = {"symbol", "title", "subject", "committee", "concerns", "phrase"};
  return kNames[static_cast<size_t>(kind)];
}

const SuggestTable& Searcher::suggestions() const {
  std::call_once(suggestions_made_, [&] { suggestions_ = std::make_shared<const SuggestTable>(*g_); });
  return *suggestions_;
}

void SuggestTable::add(Suggestion suggestion, std::string_view also) {
  std::string key = text::fold(suggestion.text);
  if (!also.empty()) key += "\t" + text::fold(also);
  std::replace(key.begin(), key.end(), '\n', ' ');
  keys_ += '\n';
  entries_.push_back({std::move(suggestion), static_cast<uint32_t>(keys_.size())});
  keys_ += key;
}

SuggestTable::SuggestTable(const Generation& g) {
  for (auto it = g.identifiers().rbegin(); it != g.identifiers().rend(); ++it) add({SuggestionKind::symbol, *it, *it, std::nullopt, 1});
  std::map<std::pair<std::string_view, Language>, uint32_t> titles;
  std::array<std::map<std::string_view, uint32_t>, 3> values;  // of the fields below
  static constexpr std::array kFields = {Field::subject, Field::committee, Field::concerns};
  static constexpr std::array kKinds = {SuggestionKind::subject, SuggestionKind::committee, SuggestionKind::concerns};
  each_document(g, [&](const Segment& s, uint32_t d) {
    if (!s.title[d].empty()) ++titles[{s.title[d], s.lang(d)}];
    if (s.sibling[d] != kNone && s.lang(d) != Language::en && !s.deleted[s.sibling[d]]) return;
    for (size_t f = 0; f < kFields.size(); ++f) {
      const auto& column = s.columns[static_cast<size_t>(kFields[f])];
      for (const uint32_t id : column.of[d]) ++values[f][column.values[id]];
    }
  });
  for (const auto& [title, n] : titles) add({SuggestionKind::title, std::string(title.first), "", title.second, n});
  for (size_t f = 0; f < kFields.size(); ++f)
    for (const auto& [value, n] : values[f]) {
      const std::string english = label(kFields[f], value, false), chinese = label(kFields[f], value, true);
      add({kKinds[f], english, std::string(value), std::nullopt, n}, chinese == english ? "" : chinese);
    }
  std::map<std::pair<std::string_view, Language>, uint32_t> phrases;
  for (const auto& s : g.segments())
    for (size_t i = 0; s->phrases && i < s->phrases->size(); ++i)
      if (!is_cut(s->phrases->text(i), s->phrases->lang(i))) phrases[{s->phrases->text(i), s->phrases->lang(i)}] += s->phrases->documents(i);
  std::vector<std::pair<uint32_t, const std::pair<std::string_view, Language>*>> worthy;
  for (const auto& [phrase, n] : phrases) worthy.emplace_back(n, &phrase);
  std::stable_sort(worthy.begin(), worthy.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (worthy.size() > kMostPhrases) worthy.resize(kMostPhrases);
  for (const auto& [n, phrase] : worthy) add({SuggestionKind::phrase, std::string(phrase->first), "", phrase->second, n});
}

std::vector<Suggestion> SuggestTable::find(std::string_view typed, std::optional<Language> lang, size_t limit) const {
  const std::string folded = text::fold(typed);
  const auto words = words_of(folded);
  size_t told = 0;
  for (const char c : folded) told += is_alnum(c) || (c & 0x80);
  if (told < 2 || limit == 0) return {};
  // The longest word is looked for, the others where it stands.
  const auto longest = *std::max_element(words.begin(), words.end(), [](auto a, auto b) { return a.size() < b.size(); });
  const bool numeric = std::any_of(folded.begin(), folded.end(), is_digit) || folded.find('/') != std::string::npos;
  struct Found { double score; size_t entry; };
  std::vector<Found> found;
  const std::string_view keys = keys_;
  for (size_t at = 0; at < keys.size();) {
    const void* hit = memmem(keys.data() + at, keys.size() - at, longest.data(), longest.size());
    if (!hit) break;
    at = static_cast<size_t>(static_cast<const char*>(hit) - keys.data());
    if (!begins_word(keys, at)) {
      ++at;
      continue;
    }
    const auto next = std::upper_bound(entries_.begin(), entries_.end(), at, [](size_t place, const Entry& e) { return place < e.key; });
    const auto& entry = *(next - 1);
    const size_t end = next == entries_.end() ? keys.size() : next->key - 1;
    at = end;
    const auto& s = entry.suggestion;
    if (lang && s.lang && s.lang != *lang) continue;
    const auto key = keys.substr(entry.key, end - entry.key);
    bool all = true;
    for (const auto word : words) {
      bool here = false;
      for (size_t k = key.find(word); k != std::string_view::npos && !here; k = key.find(word, k + 1)) here = begins_word(key, k);
      all = all && here;
      if (!all) break;
    }
    if (!all) continue;
    double score = std::log2(1.0 + s.documents);
    if (key.starts_with(folded) || key.find("\t" + folded) != std::string_view::npos) score += kBegins;
    switch (s.kind) {
      case SuggestionKind::symbol: score += numeric ? kSymbol : 0; break;
      case SuggestionKind::committee:
      case SuggestionKind::concerns: score += kCommittee; break;
      case SuggestionKind::subject: score += kSubject; break;
      case SuggestionKind::phrase: score += kPhrase; break;
      case SuggestionKind::title: break;
    }
    found.push_back({score, static_cast<size_t>(&entry - entries_.data())});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.score != b.score ? a.score > b.score : a.entry < b.entry; });
  // Half of the places at most for one kind while others have something.
  std::vector<Suggestion> out, rest;
  std::array<size_t, 6> taken{};
  for (const auto& f : found) {
    const auto& s = entries_[f.entry].suggestion;
    if (out.size() == limit) break;
    if (taken[static_cast<size_t>(s.kind)]++ < (limit + 1) / 2) out.push_back(s);
    else if (rest.size() < limit) rest.push_back(s);
  }
  for (auto& s : rest)
    if (out.size() < limit) out.push_back(std::move(s));
  return out;
}

}  // namespace resolute::search
