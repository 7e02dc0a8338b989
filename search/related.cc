#include "search/related.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "schemas/field.h"
#include "text/normalize.h"
#include "text/phrase.h"

namespace resolute::search {
namespace {

constexpr uint64_t kFewest = 2;  // matches that have it
constexpr double kSure = 10.83;  // of the ratio: one in a thousand by chance

// k of n matches have it, and all of N.
double strength(double k, double n, double all, double total) {
  const auto term = [](double observed, double expected) { return observed > 0 ? observed * std::log(observed / expected) : 0; };
  const double rest = total - n, other = all - k;
  if (n <= 0 || rest <= 0 || k / n <= other / rest) return 0;  // no more frequent than elsewhere
  return 2 * (term(k, n * all / total) + term(n - k, n * (total - all) / total) + term(other, rest * all / total) +
              term(rest - other, rest * (total - all) / total));
}

std::set<std::string> set_of_words(std::string_view folded) {
  std::set<std::string> out;
  for (size_t at = 0; at < folded.size();) {
    const size_t end = std::min(folded.find_first_of(" -,()\"", at), folded.size());
    if (end > at) out.emplace(folded.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

struct Frequency {
  uint64_t here = 0, all = 0;
  size_t segment = 0, phrase = 0;  // of a phrase: where one stands
};

std::vector<RelatedSearch> strongest(const std::map<std::string_view, Frequency>& counts, double n, double total, std::string_view query, size_t limit) {
  const auto asked = set_of_words(query);
  std::vector<RelatedSearch> out;
  for (const auto& [text, c] : counts) {
    if (c.here < kFewest) continue;
    const double s = strength(static_cast<double>(c.here), n, static_cast<double>(c.all), total);
    if (s < kSure) continue;
    const std::string folded = text::fold(text);
    const auto words = set_of_words(folded);
    if (query.find(folded) != std::string_view::npos || std::includes(asked.begin(), asked.end(), words.begin(), words.end())) continue;
    out.push_back({std::string(text), c.here, s});
  }
  std::sort(out.begin(), out.end(),
            [](const RelatedSearch& a, const RelatedSearch& b) { return a.strength != b.strength ? a.strength > b.strength : a.text < b.text; });
  // A phrase that another one holds, or is held by, says nothing new.
  std::vector<RelatedSearch> kept;
  for (auto& r : out) {
    if (kept.size() == limit) break;
    if (std::none_of(kept.begin(), kept.end(),
                     [&](const RelatedSearch& k) { return k.text.find(r.text) != std::string::npos || r.text.find(k.text) != std::string::npos; }))
      kept.push_back(std::move(r));
  }
  return kept;
}

}  // namespace

Related related_searches(const Searcher& searcher, const SearchRequest& request, size_t limit) {
  const auto matched = searcher.matched(request);
  const auto& segments = searcher.generation().segments();
  std::map<std::string_view, Frequency> subjects, phrases;
  uint64_t documents = 0, matching_documents = 0, wordings = 0, matching_wordings = 0;
  std::vector<WordingId> list;
  for (size_t s = 0; s < segments.size(); ++s) {
    const auto& segment = *segments[s];
    const auto& column = segment.column(Field::subject);
    for (const DocumentId d : segment.all_documents()) {
      if (segment.deleted(d)) continue;
      ++documents;
      matching_documents += matched[s].documents[d];
      for (const uint32_t id : column.of(d)) {
        auto& c = subjects[column.values()[id]];
        ++c.all;
        c.here += matched[s].documents[d];
      }
    }
    wordings += segment.wordings();
    matching_wordings += static_cast<uint64_t>(std::count(matched[s].wordings.begin(), matched[s].wordings.end(), true));
    for (size_t i = 0; segment.phrases() && i < segment.phrases()->size(); ++i) {
      segment.phrases()->wordings(i, list);
      auto& c = phrases[segment.phrases()->text(i)];
      c.all += list.size();
      c.segment = s, c.phrase = i;
      for (const WordingId w : list) c.here += matched[s].wordings[w];
    }
  }
  const std::string query = text::fold(request.q);
  Related out;
  out.subjects = strongest(subjects, static_cast<double>(matching_documents), static_cast<double>(documents), query, limit);
  out.phrases = strongest(phrases, static_cast<double>(matching_wordings), static_cast<double>(wordings), query, limit);
  for (auto& p : out.phrases) {
    const auto& c = phrases.at(p.text);
    segments[c.segment]->phrases()->wordings(c.phrase, list);
    if (!list.empty()) p.text = text::phrase_as_written(segments[c.segment]->text(list.back()), p.text);
  }
  return out;
}

}  // namespace resolute::search
