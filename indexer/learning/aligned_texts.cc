#include "indexer/learning/aligned_texts.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "schemas/action.h"
#include "schemas/body.h"
#include "schemas/error.h"
#include "schemas/lexicon.h"
#include "schemas/segment.h"
#include "schemas/state.h"
#include "schemas/store.h"
#include "text/lexical_unit.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

constexpr size_t kMostUnitsOfText = 300;  // of a longer one, the beginning
// Units of a single pair say little, and are most of a vocabulary.
constexpr uint32_t kFewestPairs = 2;

// One segment, as far as it is needed here.
struct AlignedSegment {
  std::unique_ptr<SectionReader> file;
  DocumentStore store;
  Strings title;
  std::vector<std::array<uint32_t, 2>> wordings;  // distinct aligned ones: zh, en
  std::vector<std::array<uint32_t, 2>> titles;    // documents: zh, en
};

AlignedSegment read_segment(const LexiconInput& input, const SegmentEntry& entry) {
  AlignedSegment s;
  s.file = std::make_unique<SectionReader>(segment_path(input.index, entry.name), SectionReader::Check::layout);
  s.store = DocumentStore(*s.file, entries_path(input.index, entry.name));
  s.title = Strings(*s.file, "document.title");
  const auto sibling = s.file->array<uint32_t>("document.sibling");
  const Narrow parallel(*s.file, "paragraph.parallel", s.store.paragraphs());
  const Strings languages(*s.file, "field.lang.value");
  const Groups lang(*s.file, "field.lang", static_cast<uint32_t>(languages.size()));
  const auto deleted = [&](uint32_t d) { return std::binary_search(entry.deleted.begin(), entry.deleted.end(), d); };
  for (uint32_t d = 0; d < s.store.size(); ++d) {
    const uint32_t other = sibling[d];
    if (other == kNone || other >= s.store.size() || lang[d].empty() || languages[lang[d][0]] != "zh" || deleted(d) || deleted(other)) continue;
    s.titles.push_back({d, other});
    const uint32_t places = s.store.first_paragraph(other + 1) - s.store.first_paragraph(other);
    for (uint32_t p = s.store.first_paragraph(d); p < s.store.first_paragraph(d + 1); ++p)
      if (const uint32_t place = parallel[p]; place && place <= places)
        s.wordings.push_back({s.store.wording(p), s.store.wording(s.store.first_paragraph(other) + place - 1)});
  }
  std::sort(s.wordings.begin(), s.wordings.end());
  s.wordings.erase(std::unique(s.wordings.begin(), s.wordings.end()), s.wordings.end());
  return s;
}

// Numbers units and counts how they are written; of one language.
class UnitTable {
 public:
  explicit UnitTable(AlignedSide& side, std::vector<bool>& joined) : side_(side), joined_(joined) {}

  void add(std::string_view folded) {
    size_t n = 0;
    for (auto& u : text::lexical_units(folded, analyzer_)) {
      if (++n > kMostUnitsOfText) break;
      const auto [it, fresh] = numbers_.try_emplace(std::move(u.text), static_cast<uint32_t>(numbers_.size()));
      side_.units.push_back(it->second);
      joined_.push_back(n > 1 && u.joined);
      if (u.han) continue;
      auto& form = forms_[std::string(folded.substr(u.begin, u.end - u.begin))];
      form = {it->second, form.second + 1};
    }
    side_.at.push_back(static_cast<uint32_t>(side_.units.size()));
  }
  void repeat_last() {
    const size_t i = side_.pairs() - 1;
    for (uint32_t k = side_.at[i]; k < side_.at[i + 1]; ++k) {
      side_.units.push_back(side_.units[k]);
      joined_.push_back(joined_[k]);
    }
    side_.at.push_back(static_cast<uint32_t>(side_.units.size()));
  }
  // The term as one unit, and how many it is of.
  std::pair<std::string, size_t> join(std::string_view folded, Language lang) {
    std::string out;
    size_t n = 0;
    for (const auto& u : text::lexical_units(folded, analyzer_)) {
      if (!out.empty() && (lang == Language::en || !u.han)) out += ' ';
      out += u.text;
      ++n;
    }
    return {out.size() <= kMostUnitBytes ? out : "", n};
  }

  // Drops rare units and gives the names of the rest.
  void finish(std::vector<std::string>& names, std::vector<std::string>& forms) {
    side_.vocabulary = static_cast<uint32_t>(numbers_.size());
    const Whereabouts where(side_);
    std::vector<uint32_t> renamed(side_.vocabulary, kNone);
    uint32_t kept = 0;
    for (uint32_t u = 0; u < side_.vocabulary; ++u)
      if (where.of(u).size() >= kFewestPairs) renamed[u] = kept++;
    names.resize(kept);
    forms.resize(kept);
    std::vector<uint32_t> most(kept, 0);
    for (auto& [text, u] : numbers_)
      if (renamed[u] != kNone) names[renamed[u]] = text;
    for (const auto& [text, use] : forms_) {
      const uint32_t u = renamed[use.first];
      if (u == kNone || use.second < most[u] || (use.second == most[u] && text > forms[u])) continue;
      most[u] = use.second;
      forms[u] = text;
    }
    for (uint32_t u = 0; u < kept; ++u)
      if (forms[u].empty()) forms[u] = names[u];
    std::vector<bool> joined;
    uint32_t to = 0;
    for (size_t i = 0; i < side_.pairs(); ++i) {
      const uint32_t begin = side_.at[i], end = side_.at[i + 1];
      side_.at[i] = to;
      bool whole = true;  // since the last unit that is kept
      for (uint32_t k = begin; k < end; ++k) {
        const bool follows = joined_[k];
        if (renamed[side_.units[k]] == kNone) {
          whole = false;
          continue;
        }
        side_.units[to++] = renamed[side_.units[k]];
        joined.push_back(whole && follows);
        whole = true;
      }
    }
    side_.at.back() = to;
    side_.units.resize(to);
    side_.vocabulary = kept;
    joined_ = std::move(joined);
  }

 private:
  text::Analyzer analyzer_;
  AlignedSide& side_;
  std::vector<bool>& joined_;
  std::unordered_map<std::string, uint32_t> numbers_;
  std::unordered_map<std::string, std::pair<uint32_t, uint32_t>> forms_;  // -> unit, times
};

}  // namespace

AlignedTexts read_aligned_texts(const LexiconInput& input) {
  std::vector<AlignedSegment> sources;
  for (const auto& entry : input.segments) sources.push_back(read_segment(input, entry));
  struct Pair {
    uint32_t source;
    std::array<uint32_t, 2> place;
    bool title;
  };
  std::vector<Pair> pairs;
  std::unordered_set<uint64_t> seen;
  std::string buffer;
  const auto text_of = [&](const Pair& p, size_t side, std::string& to) -> std::string_view {
    const auto& s = sources[p.source];
    if (!p.title) return s.store.texts().folded(p.place[side], to);
    return to = text::fold(s.title[p.place[side]]);
  };
  for (uint32_t s = 0; s < sources.size(); ++s) {
    const auto offer = [&](const std::array<uint32_t, 2>& place, bool title) {
      if (pairs.size() >= kMostLexiconPairs) return;
      const Pair pair{s, place, title};
      // Wordings are distinct within a segment; titles and those of other segments may be the same again.
      const uint64_t zh = checksum(text_of(pair, 0, buffer)), en = checksum(text_of(pair, 1, buffer));
      if (seen.insert(zh * 31 + en).second) pairs.push_back(pair);
    };
    for (const auto& w : sources[s].wordings) offer(w, false);
    for (const auto& t : sources[s].titles)
      if (!sources[s].title[t[0]].empty() && !sources[s].title[t[1]].empty()) offer(t, true);
  }
  seen.clear();

  struct Given {
    std::array<std::string, 2> folded;
    uint8_t source;
  };
  std::vector<Given> given;
  const auto give = [&](std::string_view zh, std::string_view en, uint8_t source) {
    if (!zh.empty() && !en.empty()) given.push_back({{text::fold(zh), text::fold(en)}, source});
  };
  for (const auto& t : input.terms) give(t.zh, t.en, kThesaurus);
  for (const auto& b : bodies()) give(b.zh, b.en, kListed);
  for (const auto& s : states()) give(s.zh, s.en, kListed);
  for (const auto& a : actions()) give(a.zh, a.en, kListed);

  AlignedTexts out;
  out.texts = pairs.size();
  std::array<std::vector<std::pair<std::string, size_t>>, 2> joined;
  // Each language in a thread of its own.
  std::array<std::exception_ptr, 2> failure;
  const auto read = [&](size_t side) {
    try {
      UnitTable table(out.sides[side], out.joined[side]);
      std::string folded;
      for (size_t i = 0; i < pairs.size(); ++i) {
        if (i % 1024 == 0 && input.stop && input.stop->load()) throw Error(ErrorKind::unavailable, "interrupted");
        table.add(text_of(pairs[i], side, folded));
      }
      for (const auto& g : given) {
        table.add(g.folded[side]);
        for (int i = 1; i < kTermShare; ++i) table.repeat_last();
        joined[side].push_back(table.join(g.folded[side], static_cast<Language>(side)));
      }
      table.finish(out.names[side], out.forms[side]);
    } catch (...) { failure[side] = std::current_exception(); }
  };
  std::thread english(read, 1);
  read(0);
  english.join();
  for (const auto& f : failure)
    if (f) std::rethrow_exception(f);
  for (size_t i = 0; i < given.size(); ++i)
    if (!joined[0][i].first.empty() && !joined[1][i].first.empty())
      out.terms.push_back({{std::move(joined[0][i].first), std::move(joined[1][i].first)},
                           {joined[0][i].second, joined[1][i].second},
                           given[i].source,
                           {std::move(given[i].folded[0]), std::move(given[i].folded[1])}});
  return out;
}

}  // namespace resolute::indexer
