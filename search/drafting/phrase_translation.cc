#include "search/drafting/phrase_translation.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "search/matcher.h"
#include "text/analyze.h"
#include "text/lexical_unit.h"
#include "text/normalize.h"
#include "text/phrase.h"
#include "text/tokenize.h"

namespace resolute::search {
namespace {

constexpr size_t kLeastTexts = 5;
constexpr double kLeastShareOfTexts = 0.6;  // of the texts read that have a run
constexpr size_t kMostRunWords = 20;
constexpr size_t kMostExact = 6;  // runs whose texts are counted
constexpr size_t kMostCut = 16;   // runs whose ends are looked at

struct Run {
  std::string text;
  uint32_t texts = 0, last = 0;  // of those read; number of the last one, from 1
  double estimate = 0, meaning = 1;
};

// Distinct texts of the index that have a run, at most: those that have its rarest word or pair of Han characters.
uint64_t most_texts(const Generation& g, const std::string& folded) {
  uint64_t least = ~uint64_t{0};
  for (const auto& term : phrase_terms(folded).terms) {
    uint64_t n = 0;
    for (const auto& segment : g.segments()) n += TermLists(*segment).at_most(term);
    least = std::min(least, n);
  }
  return least;
}

uint64_t texts_with(const Generation& g, const std::string& folded, bool by_use) {
  Node quote;
  quote.kind = Node::Kind::phrase;
  quote.text = folded;
  // The older texts of a language may have no counterparts, and say nothing of the other language's use.
  uint64_t n = 0;
  for (const auto& segment : g.segments())
    for (const WordingId w : Matcher(*segment, Words::all).wordings(quote)) {
      const auto all = segment->paragraphs_with(w);
      const auto paired = static_cast<uint64_t>(std::count_if(all.begin(), all.end(), [&](ParagraphId p) { return segment->parallel(p).has_value(); }));
      n += by_use ? paired : std::min<uint64_t>(paired, 1);
    }
  return n;
}

// Whether a run says something and is a whole.
bool is_whole(const std::string& folded, size_t words) {
  return text::completeness(folded) >= (words > 1 ? 1.0 : 0.2) && !(words == 1 && text::is_stop_word(folded));
}

// Whether a run begins or ends within a word of a text that has it.
bool cuts_words(std::string_view folded, std::string_view run) {
  const size_t begin = text::find_phrase(folded, run), end = begin + run.size();
  if (begin == std::string_view::npos) return true;
  thread_local text::Tokenizer tokenizer;
  thread_local std::vector<text::Token> tokens;
  tokenizer.tokenize(folded, tokens);
  return std::any_of(tokens.begin(), tokens.end(), [&](const text::Token& t) {
    return t.kind == text::TokenKind::han_word && ((t.begin < begin && begin < t.end) || (t.begin < end && end < t.end));
  });
}

constexpr size_t kMostTermUnits = 4;
constexpr double kLeastForward = 0.1;  // what is less probable says nothing

// The units of a text one by one, and neighbours joined to terms as the lexicon spells them.
struct Units {
  std::vector<std::string> single;
  std::vector<std::vector<std::string>> terms;  // by place: of one unit, of two, ...

  explicit Units(const std::string& folded) {
    thread_local text::Analyzer analyzer;
    const auto units = text::lexical_units(folded, analyzer);
    for (size_t i = 0; i < units.size(); ++i) {
      single.push_back(units[i].text);
      auto& at = terms.emplace_back();
      std::string term;
      for (size_t n = 0; n < kMostTermUnits && i + n < units.size() && (n == 0 || units[i + n].joined); ++n) {
        if (n > 0 && !units[i + n].han) term += ' ';
        term += units[i + n].text;
        at.push_back(term);
      }
    }
  }
};

// The share of `one` that `other` says too. A term that was only learned may be more or less than what it is made of: its
// words count one by one.
double coverage(const Lexicon& lexicon, Language lang, const Units& one, const Units& other) {
  std::set<std::string_view> there;
  for (const auto& at : other.terms) there.insert(at.begin(), at.end());
  std::vector<bool> said(one.single.size(), false);
  for (size_t i = 0; i < one.terms.size(); ++i)
    for (size_t n = one.terms[i].size(); n-- > 0;) {
      const auto unit = lexicon.find(lang, one.terms[i][n]);
      if (!unit) continue;
      const auto translations = lexicon.translations(lang, *unit);
      const bool any = std::any_of(translations.begin(), translations.end(), [&](const UnitTranslation& t) {
        return ((n == 0 && t.forward >= kLeastForward) || t.sources != kLearned) && there.count(lexicon.unit(other_language(lang), t.to));
      });
      if (any) std::fill_n(said.begin() + static_cast<long>(i), n + 1, true);
    }
  double all = 0, covered = 0;
  for (size_t i = 0; i < one.single.size(); ++i) {
    const auto unit = lexicon.find(lang, one.single[i]);
    const double weight = std::log1p(static_cast<double>(lexicon.pairs()) / (unit ? lexicon.count(lang, *unit) + 1.0 : 1.0));
    all += weight;
    if (said[i]) covered += weight;
  }
  return all > 0 ? covered / all : 1;
}

}  // namespace

double shared_meaning(const Generation& g, Language lang, const std::string& phrase, const std::string& other) {
  if (!g.lexicon()) return 1;
  const Units one(phrase), two(other);
  const double a = coverage(*g.lexicon(), lang, one, two), b = coverage(*g.lexicon(), other_language(lang), two, one);
  return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

double translation_worth(double agreement, double meaning) {
  if (agreement >= kSureAgreement) return agreement;
  return meaning >= kLeastMeaning && agreement >= kLeastAgreement ? agreement * meaning : 0;
}

std::optional<PhraseTranslation> translate_phrase(const Generation& g, Language lang, const std::string& phrase, const std::vector<ParagraphRef>& uses) {
  std::set<WordingRef> texts;
  std::vector<ParagraphRef> distinct, counterparts;  // of distinct texts of the phrase; of all its uses
  for (const auto& at : uses) {
    const auto other = g.parallel(at);
    if (!other) continue;
    counterparts.push_back(*other);
    if (texts.insert({at.segment, g.segment(at).wording_of(at.paragraph)}).second) distinct.push_back(*other);
  }
  // A phrase that is a whole paragraph has few texts: then each use counts.
  const bool by_use = distinct.size() < kLeastTexts;
  if (!by_use) counterparts.swap(distinct);
  const auto here = static_cast<double>(counterparts.size());
  if (counterparts.size() < kLeastTexts) return std::nullopt;
  const size_t read = std::min(counterparts.size(), kSampledTexts);
  std::unordered_map<uint64_t, Run> runs;
  std::vector<text::PhraseToken> tokens;
  std::vector<ParagraphRef> sample;
  std::string buffer;
  for (size_t k = 0; k < read; ++k) sample.push_back(counterparts[k * counterparts.size() / read]);
  for (uint32_t k = 0; k < read; ++k) {
    const auto& segment = g.segment(sample[k]);
    const auto folded = segment.folded(segment.wording_of(sample[k].paragraph), buffer);
    text::phrase_tokens(folded, tokens);
    // A run that most texts have begins in the first of them that may lack it.
    const bool may_be_new = k <= static_cast<uint32_t>(static_cast<double>(read) * (1 - kLeastShareOfTexts));
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind == text::PhraseTokenKind::gap) continue;
      uint64_t hash = 0;
      size_t words = 0;
      for (size_t j = i; j < tokens.size() && words < kMostRunWords; ++j) {
        hash = (hash ^ tokens[j].key) * 0x9E3779B97F4A7C15ull;
        hash ^= hash >> 29;
        if (tokens[j].kind == text::PhraseTokenKind::gap) continue;
        if (++words == 1 && tokens[j].han) continue;
        auto it = runs.find(hash);
        if (it == runs.end()) {
          if (!may_be_new) break;  // nor is a longer one known
          it = runs.emplace(hash, Run{}).first;
          it->second.text = folded.substr(tokens[i].begin, tokens[j].end - tokens[i].begin);
        }
        if (it->second.last != k + 1) it->second.last = k + 1, ++it->second.texts;
      }
    }
  }
  std::vector<Run> good;
  const auto dice = [&](const Run& r, uint64_t there) {
    const double together = static_cast<double>(r.texts) / static_cast<double>(read) * here;
    return 2 * together / (here + std::max(together, static_cast<double>(there)));
  };
  for (auto& [hash, run] : runs) {
    if (run.texts < kLeastTexts || static_cast<double>(run.texts) < kLeastShareOfTexts * static_cast<double>(read)) continue;
    text::phrase_tokens(run.text, tokens);
    if (!is_whole(run.text, tokens.size())) continue;
    // Of runs that agree as well, the longer.
    run.meaning = shared_meaning(g, lang, phrase, run.text);
    run.estimate = dice(run, most_texts(g, run.text)) * run.meaning * (1 + 0.02 * static_cast<double>(tokens.size()));
    good.push_back(std::move(run));
  }
  std::sort(good.begin(), good.end(), [](const Run& a, const Run& b) { return a.estimate != b.estimate ? a.estimate > b.estimate : a.text < b.text; });
  if (good.size() > kMostCut) good.resize(kMostCut);
  std::erase_if(good, [&](const Run& r) {
    const auto& at = sample[r.last - 1];
    const auto& segment = g.segment(at);
    return cuts_words(segment.folded(segment.wording_of(at.paragraph), buffer), r.text);
  });
  if (good.size() > kMostExact) good.resize(kMostExact);
  const Run* best = nullptr;
  double most = 0, agreement = 0;
  for (auto& run : good) {
    text::phrase_tokens(run.text, tokens);
    const double exact = std::min(1.0, dice(run, texts_with(g, run.text, by_use)));
    const double worth = translation_worth(exact, run.meaning) * (1 + 0.02 * static_cast<double>(tokens.size()));
    if (worth > most) most = worth, agreement = exact, best = &run;
  }
  if (!best) return std::nullopt;
  return PhraseTranslation{best->text, sample[best->last - 1], agreement, best->meaning};
}

}  // namespace resolute::search
