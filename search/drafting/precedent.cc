#include "search/drafting/precedent.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "search/selection.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

constexpr size_t kMostRuns = 10;  // shown of a paragraph
constexpr size_t kMostTranslations = 3;
constexpr double kShortPart = 0.5;   // similarity below which a wording is not compared, in parts of kNearPart: it is some four times as long
constexpr double kPartWorth = 0.65;  // of all of a draft's words in a longer wording, as a similarity
constexpr size_t kFewestTokens = 8;  // of a draft's paragraph that may be a part of another
constexpr Field kCounted[] = {Field::body, Field::committee, Field::year, Field::vote};

class PrecedentFinder {
 public:
  PrecedentFinder(const Searcher& searcher, const PrecedentRequest& request) : generation_(searcher.generation()), request_(request), wordings_(generation_) {
    SearchRequest filters = request_.filters;
    notices_ = spell_filters(searcher, filters);
    for (const Language l : {Language::zh, Language::en})
      if (!request_.lang || *request_.lang == l) selections_.emplace(l, Selection(generation_, filters, l));
  }

  // About the filters.
  const std::vector<std::string>& notices() const { return notices_; }

  ParagraphPrecedents find(const text::DraftParagraph& draft) {
    ParagraphPrecedents out;
    out.paragraph = draft;
    const auto& selection = selections_.at(draft.lang);
    const std::string folded = text::fold(draft.text);
    const auto groups = gather(selection, wordings_.similar(folded), [](const SimilarWording& w) { return w.similarity; });
    out.wordings = static_cast<uint32_t>(groups.size());
    std::vector<ParagraphRef> all;
    for (const auto& group : groups) {
      if (out.similar.size() < request_.limit) out.similar.push_back(show(draft, group));
      all.insert(all.end(), group.uses.begin(), group.uses.end());
    }
    translate(groups, out);
    out.uses = static_cast<uint32_t>(all.size());
    count(all, out);
    if (all.empty()) find_near(draft, folded, selection, out);
    find_runs(draft, folded, selection, groups, out);
    return out;
  }

 private:
  struct Group {
    double value = 0;  // similarity, or length of the run
    std::string text;
    WordingRef at{};
    text::SharedRun run;
    std::vector<ParagraphRef> uses;  // newest first
  };

  // Wordings that are near as a whole, or that hold most of the draft's words in their order.
  void find_near(const text::DraftParagraph& draft, const std::string& folded, const Selection& selection, ParagraphPrecedents& out) {
    std::vector<text::WordingToken> tokens;
    text::wording_tokens(folded, tokens);
    const auto n = static_cast<double>(tokens.size());
    const auto part = [&](const SimilarWording& w) { return w.similarity * (n + static_cast<double>(generation_.segment(w.at).length(w.at.wording))) / 2 / n; };
    auto found = draft.lang == Language::zh ? wordings_.likely(folded) : wordings_.similar(folded, kNearPart * kShortPart);
    std::erase_if(found, [&](const SimilarWording& w) { return w.similarity < kNearWording && (tokens.size() < kFewestTokens || part(w) < kNearPart); });
    const auto groups = gather(selection, found, [&](const SimilarWording& w) { return std::max(w.similarity, part(w) * kPartWorth); });
    for (const auto& group : groups) {
      if (out.near.size() >= std::min(kMostNearWordings, request_.limit)) break;
      out.near.push_back(show(draft, group));
      const auto w = std::find_if(found.begin(), found.end(), [&](const SimilarWording& s) { return s.at == group.at; });
      out.near.back().similarity = w->similarity;
    }
  }

  uint32_t rank(const ParagraphRef& at) const { return generation_.standing(generation_.document_of(at)).newest_first; }

  // The uses of wordings that the filters leave; one group a text, best first, then newest.
  template <typename Found, typename Value>
  std::vector<Group> gather(const Selection& selection, const std::vector<Found>& found, Value&& value) {
    std::vector<Group> groups;
    std::unordered_map<std::string, size_t> by_text;  // segments may hold the same text
    for (const auto& w : found) {
      const auto& segment = generation_.segment(w.at);
      Group group;
      group.value = value(w);
      group.at = w.at;
      if constexpr (requires { w.run; }) group.run = w.run;
      for (const ParagraphId p : segment.paragraphs_with(w.at.wording))
        if (selection.holds({w.at.segment, p})) group.uses.push_back({w.at.segment, p});
      if (group.uses.empty()) continue;
      if (generation_.segments().size() > 1) {
        const auto [it, is_new] = by_text.emplace(segment.text(w.at.wording), groups.size());
        if (!is_new) {
          auto& uses = groups[it->second].uses;
          uses.insert(uses.end(), group.uses.begin(), group.uses.end());
          continue;
        }
      }
      groups.push_back(std::move(group));
    }
    for (auto& group : groups) sort_uses(generation_, group.uses);
    std::stable_sort(groups.begin(), groups.end(),
                     [&](const Group& a, const Group& b) { return a.value != b.value ? a.value > b.value : rank(a.uses[0]) < rank(b.uses[0]); });
    return groups;
  }

  Precedent show(const text::DraftParagraph& draft, const Group& group) const {
    Precedent p;
    p.similarity = group.value;
    p.text = generation_.text(group.at);
    p.lang = draft.lang;
    p.uses = static_cast<uint32_t>(group.uses.size());
    std::unordered_set<std::string_view> documents;
    for (const auto& at : group.uses) documents.insert(generation_.identifier(generation_.document_of(at)));
    p.documents = static_cast<uint32_t>(documents.size());
    p.last = describe_use(generation_, group.uses[0]);
    p.first = describe_use(generation_, first_use(generation_, group.uses));
    for (size_t i = 0; i < group.uses.size() && i < kMostUses; ++i) p.newest.push_back(describe_use(generation_, group.uses[i]));
    p.diff = text::word_diff(p.text, draft.text);
    for (const auto& at : group.uses) {
      const auto other = generation_.parallel(at);
      if (!other) continue;
      p.parallel = Precedent::Parallel{generation_.id(*other), generation_.text(*other), generation_.lang(generation_.document_of(*other))};
      break;
    }
    return p;
  }

  void count(const std::vector<ParagraphRef>& uses, ParagraphPrecedents& out) const {
    if (uses.empty()) return;
    ParagraphRef newest = uses[0];
    std::unordered_set<std::string_view> documents;
    std::map<Field, std::unordered_map<std::string_view, uint64_t>> counts;
    for (const auto& at : uses) {
      if (rank(at) < rank(newest)) newest = at;
      const auto& s = generation_.segment(at);
      const DocumentId d = s.document_of(at.paragraph);
      if (!documents.insert(s.identifier(d)).second) continue;
      for (const Field field : kCounted) {
        const auto& column = s.column(field);
        for (const uint32_t value : column.of(d)) ++counts[field][column.values()[value]];
      }
    }
    out.documents = static_cast<uint32_t>(documents.size());
    out.last = describe_use(generation_, newest);
    out.first = describe_use(generation_, first_use(generation_, uses));
    for (const auto& [field, values] : counts) {
      auto& list = out.counts[field];
      for (const auto& [value, n] : values) list.push_back({std::string(value), n, false});
      const bool by_year = field == Field::year;
      std::sort(list.begin(), list.end(), [&](const FacetCount& a, const FacetCount& b) {
        if (!by_year && a.count != b.count) return a.count > b.count;
        return by_year ? a.value > b.value : a.value < b.value;
      });
    }
  }

  // The other language of the most similar wordings, the most used first.
  void translate(const std::vector<Group>& groups, ParagraphPrecedents& out) const {
    for (const auto& group : groups) {
      if (!out.translations.empty() && group.value < out.translations[0].similarity) break;
      for (const auto& at : group.uses) {
        const auto other = generation_.parallel(at);
        if (!other) continue;
        std::string text = generation_.text(*other);
        const auto it = std::find_if(out.translations.begin(), out.translations.end(), [&](const Translation& t) { return t.text == text; });
        if (it != out.translations.end()) {
          ++it->uses;
          continue;
        }
        if (out.translations.size() > 200) continue;
        const auto u = describe_use(generation_, *other);
        out.translations.push_back({std::move(text), u.id, u.date, generation_.lang(generation_.document_of(*other)), 1, group.value});
      }
    }
    std::stable_sort(out.translations.begin(), out.translations.end(), [](const auto& a, const auto& b) { return a.uses > b.uses; });
    if (out.translations.size() > kMostTranslations) out.translations.resize(kMostTranslations);
  }

  void find_runs(const text::DraftParagraph& draft, const std::string& folded, const Selection& selection, const std::vector<Group>& similar,
                 ParagraphPrecedents& out) {
    auto found = wordings_.runs(folded, draft.lang == Language::zh ? kRunCharacters : kRunWords);
    std::set<WordingRef> known;
    for (const auto& g : similar) known.insert(g.at);
    std::erase_if(found, [&](const RunWording& w) { return known.count(w.at) > 0; });
    auto groups = gather(selection, found, [](const RunWording& w) { return static_cast<double>(w.run.size); });
    if (const size_t most = std::min(kMostRuns, request_.limit); groups.size() > most) groups.resize(most);
    if (groups.empty()) return;
    const auto here = text::fold_with_spans(draft.text);
    std::vector<text::WordingToken> tokens, others;
    text::wording_tokens(here.text, tokens);
    text::WordingComparison comparison(tokens);
    for (const auto& group : groups) {
      auto p = show(draft, group);
      const auto there = text::fold_with_spans(p.text);
      text::wording_tokens(there.text, others);
      p.similarity = comparison.similarity(others);
      p.run = group.run.size;
      p.run_here = here.original(tokens[group.run.a].begin, tokens[group.run.a + group.run.size - 1].end);
      p.run_there = there.original(others[group.run.b].begin, others[group.run.b + group.run.size - 1].end);
      out.runs.push_back(std::move(p));
    }
  }

  const Generation& generation_;
  const PrecedentRequest& request_;
  WordingFinder wordings_;
  std::map<Language, Selection> selections_;
  std::vector<std::string> notices_;
};

}  // namespace

PrecedentResult find_precedents(const Searcher& searcher, const PrecedentRequest& request) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::seconds(kMostSeconds);
  PrecedentResult out;
  PrecedentFinder finder(searcher, request);
  out.notices = finder.notices();
  for (auto& draft : text::split_draft(request.text)) {
    const std::string rest = "from byte " + std::to_string(draft.span.begin) + " on was not looked for";
    if (out.paragraphs.size() == kMostDraftParagraphs) {
      out.notices.push_back("The text has more than " + std::to_string(kMostDraftParagraphs) + " paragraphs: what stands " + rest);
      break;
    }
    if (Clock::now() > until) {
      out.notices.push_back("It took longer than " + std::to_string(kMostSeconds) + " seconds: what stands " + rest);
      break;
    }
    if (draft.text.size() > kMostDraftParagraphBytes) {
      size_t cut = kMostDraftParagraphBytes;
      while (cut > 0 && (draft.text[cut] & 0xC0) == 0x80) --cut;
      draft.text.resize(cut);
      out.notices.push_back("A paragraph was cut to " + std::to_string(kMostDraftParagraphBytes) + " bytes");
    }
    if (request.lang) draft.lang = *request.lang;
    out.paragraphs.push_back(finder.find(draft));
  }
  return out;
}

}  // namespace resolute::search
