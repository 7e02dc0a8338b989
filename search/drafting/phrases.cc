#include "search/drafting/phrases.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "search/drafting/phrase_translation.h"
#include "search/matcher.h"
#include "search/selection.h"
#include "text/normalize.h"
#include "text/phrase.h"

namespace resolute::search {
namespace {

constexpr uint32_t kMostWords = 20;  // of a phrase whose translation is looked for

// A phrase of one of the segments' tables.
struct Candidate {
  uint32_t segment = 0;
  size_t phrase = 0;
  uint64_t documents = 0;
  double worth = 0;
};

class PhraseFinder {
 public:
  PhraseFinder(const Generation& generation, const PhraseRequest& request)
      : generation_(generation),
        request_(request),
        selections_{Selection(generation_, request_.filters, Language::zh), Selection(generation_, request_.filters, Language::en)} {
    const std::string folded = text::fold(request_.q);
    for (size_t at = 0; at < folded.size();) {
      const size_t end = std::min(folded.find(' ', at), folded.size());
      if (end > at) words_.push_back(folded.substr(at, end - at));
      at = end + 1;
    }
  }

  PhraseResult find() {
    PhraseResult out;
    std::vector<Candidate> found;
    std::unordered_map<std::string_view, size_t> by_text;  // segments may have the same phrase
    for (uint32_t s = 0; s < generation_.segments().size(); ++s) {
      const auto* phrases = generation_.segment(s).phrases();
      if (!phrases) {
        out.notices = {"Phrases of a part of the index are missing: they follow within a minute of indexing, or with the next run of `resolute index`"};
        continue;
      }
      for (size_t i = 0; i < phrases->size(); ++i) {
        if (!wanted(phrases->text(i))) continue;
        const uint64_t documents = count(s, i);
        if (!documents) continue;
        size_t place = found.size();
        if (generation_.segments().size() > 1) place = by_text.emplace(phrases->text(i), found.size()).first->second;
        if (place == found.size()) found.push_back({s, i, 0, 0});
        found[place].documents += documents;
      }
    }
    for (auto& c : found) {
      const auto& table = *generation_.segment(c.segment).phrases();
      c.worth = phrase_worth(c.documents, table.words(c.phrase), table.own(c.phrase));
    }
    out.total = found.size();
    const size_t shown = std::min({found.size(), request_.limit, kMostPhrasesShown});
    std::partial_sort(found.begin(), found.begin() + static_cast<ptrdiff_t>(shown), found.end(), [&](const Candidate& a, const Candidate& b) {
      return a.worth != b.worth ? a.worth > b.worth
                                : generation_.segment(a.segment).phrases()->text(a.phrase) < generation_.segment(b.segment).phrases()->text(b.phrase);
    });
    for (size_t i = 0; i < shown; ++i) out.phrases.push_back(show(found[i]));
    return out;
  }

 private:
  bool wanted(std::string_view text) const {
    return std::all_of(words_.begin(), words_.end(), [&](const std::string& w) { return text::find_phrase(text, w) != std::string_view::npos; });
  }
  const Selection& selection(Language lang) const { return selections_[static_cast<size_t>(lang)]; }

  // Documents of the selection that have a phrase of a segment's table.
  uint64_t count(uint32_t s, size_t i) {
    const auto& segment = generation_.segment(s);
    const auto& chosen = selection(segment.phrases()->lang(i));
    if (chosen.everything(s)) return segment.phrases()->documents(i);
    seen_.resize(std::max<size_t>(seen_.size(), segment.documents()), 0);
    ++serial_;
    uint64_t documents = 0;
    segment.phrases()->wordings(i, wordings_);
    for (const WordingId w : wordings_)
      for (const ParagraphId p : segment.paragraphs_with(w)) {
        auto& seen = seen_[segment.document_of(p)];
        if (seen != serial_ && chosen.holds({s, p})) seen = serial_, ++documents;
      }
    return documents;
  }

  // Every paragraph of the selection that has a phrase.
  std::vector<ParagraphRef> uses(Language lang, std::string_view folded, const Selection* chosen) {
    std::vector<ParagraphRef> out;
    for (uint32_t s = 0; s < generation_.segments().size(); ++s) {
      const auto& segment = generation_.segment(s);
      const size_t i = segment.phrases() ? segment.phrases()->find(lang, folded) : 0;
      if (segment.phrases() && i < segment.phrases()->size()) {
        segment.phrases()->wordings(i, wordings_);
      } else {
        Node quote;
        quote.kind = Node::Kind::phrase;
        quote.text = folded;
        wordings_ = Matcher(segment, Words::all).wordings(quote);
      }
      for (const WordingId w : wordings_)
        for (const ParagraphId p : segment.paragraphs_with(w)) {
          const DocumentId d = segment.document_of(p);
          if (chosen ? chosen->holds({s, p}) : !segment.deleted(d) && segment.lang(d) == lang) out.push_back({s, p});
        }
    }
    return out;
  }

  // The phrase as it stands in a paragraph.
  std::string as_it_stands(const ParagraphRef& at, std::string_view folded) const { return text::phrase_as_written(generation_.text(at), folded); }

  RecurringPhrase show(const Candidate& c) {
    const auto& table = *generation_.segment(c.segment).phrases();
    const auto folded = table.text(c.phrase);
    RecurringPhrase out;
    out.lang = table.lang(c.phrase);
    out.words = table.words(c.phrase);
    auto all = uses(out.lang, folded, &selection(out.lang));
    sort_uses(generation_, all);
    out.paragraphs = all.size();
    out.last = describe_use(generation_, all.front());
    out.first = describe_use(generation_, first_use(generation_, all));
    out.text = as_it_stands(all.front(), folded);
    std::unordered_map<std::string_view, uint64_t> years, bodies;
    for (size_t i = 0; i < all.size(); ++i) {
      const auto& segment = generation_.segment(all[i]);
      const DocumentId d = segment.document_of(all[i].paragraph);
      // Uses of one document stand together.
      if (i > 0 && generation_.document_of(all[i - 1]) == DocumentRef{all[i].segment, d}) continue;
      ++out.documents;
      const auto add = [&](Field field, auto& to) {
        const auto& column = segment.column(field);
        for (const uint32_t id : column.of(d)) ++to[column.values()[id]];
      };
      add(Field::year, years);
      add(Field::body, bodies);
    }
    out.worth = phrase_worth(out.documents, out.words, table.own(c.phrase));
    for (const auto& [value, n] : years) out.years.push_back({std::string(value), n, false});
    for (const auto& [value, n] : bodies) out.bodies.push_back({std::string(value), n, false});
    std::sort(out.years.begin(), out.years.end(), [](const auto& a, const auto& b) { return a.value > b.value; });
    std::sort(out.bodies.begin(), out.bodies.end(), [](const auto& a, const auto& b) { return a.count != b.count ? a.count > b.count : a.value < b.value; });
    const uint32_t other = table.translation(c.phrase);
    const double agreement = other == kNone ? 0 : table.agreement(c.phrase);
    const double meaning = other == kNone ? 0 : shared_meaning(generation_, out.lang, std::string(folded), std::string(table.text(other)));
    // What translates it may be too short or too rare for the table.
    const double worth = other == kNone ? 0 : translation_worth(agreement, meaning);
    if (worth < kSureAgreement && out.words <= kMostWords)
      if (const auto found = translate_phrase(generation_, out.lang, std::string(folded), all);
          found && translation_worth(found->agreement, found->meaning) > worth) {
        out.translation = RecurringPhrase::Translation{as_it_stands(found->at, found->folded), found->agreement};
        return out;
      }
    if (worth > 0) {
      auto there = uses(table.lang(other), table.text(other), nullptr);
      if (!there.empty()) {
        sort_uses(generation_, there);
        out.translation = RecurringPhrase::Translation{as_it_stands(there.front(), table.text(other)), agreement};
      }
    }
    return out;
  }

  const Generation& generation_;
  const PhraseRequest& request_;
  std::array<Selection, 2> selections_;  // by language
  std::vector<std::string> words_;
  std::vector<uint32_t> seen_;  // by document, the last phrase counted
  std::vector<WordingId> wordings_;
  uint32_t serial_ = 0;
};

}  // namespace

PhraseResult find_phrases(const Searcher& searcher, const PhraseRequest& request) {
  PhraseRequest spelled = request;
  auto notices = spell_filters(searcher, spelled.filters);
  auto out = PhraseFinder(searcher.generation(), spelled).find();
  out.notices.insert(out.notices.begin(), notices.begin(), notices.end());
  return out;
}

}  // namespace resolute::search
