#include "search/drafting/suggest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>

#include "schemas/ascii.h"
#include "search/drafting/phrases.h"
#include "search/reference.h"
#include "search/searcher.h"
#include "text/analyze.h"
#include "text/normalize.h"
#include "text/phrase.h"

namespace resolute::search {
namespace {

// Phrases that are looked through, of each segment's the most worthy; beyond it a key takes too long.
constexpr size_t kMostPhrases = 30'000;
// What is added to the logarithm of the documents that have it.
constexpr double kBegins = 4, kNamed = 100, kOwnLanguage = 8, kSymbol = 14, kCommittee = 3, kSubject = 3, kPhrase = 1;

// Each document once, in English where it is there in both languages.
template <typename Visit>
void each_document(const Generation& g, Visit&& visit) {
  for (const auto& s : g.segments())
    for (const DocumentId d : s->all_documents())
      if (!s->deleted(d)) visit(*s, d);
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

// Of a longer phrase that stands nearly wherever this one does, by so few words more: it is the whole.
constexpr double kNearlyWherever = 0.95;
constexpr size_t kFewMoreWords = 3, kFewHanBytes = 12, kMostLonger = 30;

// Whether every bracket has its other half.
bool balanced(std::string_view s) {
  for (const auto& [open, close] : {std::pair{'(', ')'}, {'[', ']'}}) {
    int depth = 0;
    for (const char c : s) {
      depth += (c == open) - (c == close);
      if (depth < 0) return false;
    }
    if (depth) return false;
  }
  return true;
}

// A phrase that begins or ends in the middle of a construction: no one searches for "the secretary-general to".
bool is_cut(std::string_view phrase, Language lang) {
  if (!balanced(phrase) || text::completeness(phrase) < 1) return true;
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
  std::call_once(suggestions_made_, [&] { suggestions_ = std::make_shared<const SuggestTable>(*generation_); });
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

SuggestTable::SuggestTable(const Generation& g) : generation_(g) {
  for (auto it = g.identifiers().rbegin(); it != g.identifiers().rend(); ++it) add({SuggestionKind::symbol, *it, *it, std::nullopt, 1, "", ""});
  std::map<std::pair<std::string_view, Language>, uint32_t> titles;
  std::array<std::map<std::string_view, uint32_t>, 3> values;  // of the fields below
  static constexpr std::array kFields = {Field::subject, Field::committee, Field::concerns};
  static constexpr std::array kKinds = {SuggestionKind::subject, SuggestionKind::committee, SuggestionKind::concerns};
  each_document(g, [&](const Segment& s, DocumentId d) {
    if (!s.title(d).empty()) ++titles[{s.title(d), s.lang(d)}];
    if (const auto other = s.sibling(d); other && s.lang(d) != Language::en && !s.deleted(*other)) return;
    for (size_t f = 0; f < kFields.size(); ++f) {
      const auto& column = s.column(kFields[f]);
      for (const uint32_t id : column.of(d)) ++values[f][column.values()[id]];
    }
  });
  for (const auto& [title, n] : titles) add({SuggestionKind::title, std::string(title.first), "", title.second, n, "", ""});
  for (size_t f = 0; f < kFields.size(); ++f)
    for (const auto& [value, n] : values[f]) {
      const std::string english = label(kFields[f], value, false), chinese = label(kFields[f], value, true);
      add({kKinds[f], english, std::string(value), std::nullopt, n, "", ""}, chinese == english ? "" : chinese);
    }
  add_phrases();
}

void SuggestTable::add_phrases() {
  struct Stands {
    uint32_t documents = 0, segment = 0, phrase = 0;
  };
  std::map<std::pair<std::string_view, Language>, Stands> phrases;
  for (uint32_t s = 0; s < generation_.segments().size(); ++s) {
    const auto* table = generation_.segment(s).phrases();
    for (uint32_t i = 0; table && i < table->size(); ++i) {
      if (is_cut(table->text(i), table->lang(i))) continue;
      auto& at = phrases[{table->text(i), table->lang(i)}];
      at = {at.documents + table->documents(i), s, i};
    }
  }
  std::vector<std::pair<uint32_t, decltype(phrases)::const_iterator>> worthy;
  for (auto it = phrases.cbegin(); it != phrases.cend(); ++it) {
    const auto& [text, lang] = it->first;
    bool whole = true;
    size_t looked = 0;
    // Those that begin with it follow it.
    for (auto longer = std::next(it); whole && looked < kMostLonger && longer != phrases.cend() && longer->first.first.starts_with(text); ++longer, ++looked) {
      if (longer->first.second != lang) continue;
      const auto rest = longer->first.first.substr(text.size());
      const bool few = lang == Language::en ? static_cast<size_t>(std::count(rest.begin(), rest.end(), ' ')) <= kFewMoreWords : rest.size() <= kFewHanBytes;
      whole = !few || longer->second.documents < kNearlyWherever * it->second.documents;
    }
    if (whole) worthy.emplace_back(it->second.documents, it);
  }
  std::stable_sort(worthy.begin(), worthy.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (worthy.size() > kMostPhrases) worthy.resize(kMostPhrases);
  for (const auto& [n, it] : worthy) {
    add({SuggestionKind::phrase, std::string(it->first.first), "", it->first.second, n, "", ""});
    entries_.back().segment = it->second.segment;
    entries_.back().phrase = it->second.phrase;
  }
}

// As the texts have it, and with what tells a symbol's document.
Suggestion SuggestTable::show(const Entry& entry, std::optional<Language> own) const {
  Suggestion out = entry.suggestion;
  if (out.kind == SuggestionKind::phrase) {
    const auto& segment = generation_.segment(entry.segment);
    std::vector<WordingId> wordings;
    segment.phrases()->wordings(entry.phrase, wordings);
    if (!wordings.empty()) out.text = text::phrase_as_written(segment.text(wordings.back()), out.text);
  } else if (out.kind == SuggestionKind::symbol) {
    for (const auto& at : generation_.find(out.value)) {
      const auto& segment = generation_.segment(at);
      if (!out.title.empty() && segment.lang(at.document) != own.value_or(Language::en)) continue;
      out.title = segment.title(at.document);
      if (const auto date = generation_.date(at)) out.date = print_date(*date);
    }
  } else if (own == Language::zh) {
    const std::string label = resolute::label(out.kind == SuggestionKind::subject     ? Field::subject
                                              : out.kind == SuggestionKind::committee ? Field::committee
                                                                                      : Field::concerns,
                                              out.value, true);
    if (out.kind != SuggestionKind::title && !label.empty()) out.text = label;
  }
  return out;
}

std::vector<Suggestion> SuggestTable::find(std::string_view typed, std::optional<Language> lang, size_t limit, std::optional<Language> own) const {
  const std::string folded = text::fold(typed);
  const auto words = words_of(folded);
  size_t told = 0;
  for (const char c : folded) told += is_alnum(c) || (c & 0x80);
  if (told < 2 || limit == 0) return {};
  // The longest word is looked for, the others where it stands.
  const auto longest = *std::max_element(words.begin(), words.end(), [](auto a, auto b) { return a.size() < b.size(); });
  const bool numeric = std::any_of(folded.begin(), folded.end(), is_digit) || folded.find('/') != std::string::npos;
  const Reference named = read_reference(typed);
  const auto names = [&](const std::string& symbol) {
    return std::find(named.symbols.begin(), named.symbols.end(), symbol) != named.symbols.end() ||
           (!named.council_number.empty() && symbol.starts_with("S/RES/" + named.council_number + "("));
  };
  struct Found {
    double score;
    size_t entry;
  };
  std::vector<Found> found;
  for (size_t i = 0; !named.empty() && i < entries_.size(); ++i)
    if (entries_[i].suggestion.kind == SuggestionKind::symbol && names(entries_[i].suggestion.value)) found.push_back({kNamed, i});
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
    if (s.kind == SuggestionKind::symbol && !named.empty() && names(s.value)) continue;  // stands first
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
    if (own && s.lang == own) score += kOwnLanguage;
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
  std::vector<Suggestion> out;
  std::vector<size_t> rest;
  std::array<size_t, 6> taken{};
  for (const auto& f : found) {
    if (out.size() == limit) break;
    const auto& entry = entries_[f.entry];
    if (taken[static_cast<size_t>(entry.suggestion.kind)]++ < (limit + 1) / 2)
      out.push_back(show(entry, own ? own : lang));
    else if (rest.size() < limit)
      rest.push_back(f.entry);
  }
  for (const size_t entry : rest)
    if (out.size() < limit) out.push_back(show(entries_[entry], own ? own : lang));
  return out;
}

}  // namespace resolute::search
