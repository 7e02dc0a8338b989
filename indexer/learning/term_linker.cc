#include "indexer/learning/term_linker.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "indexer/learning/aligned_texts.h"
#include "schemas/lexicon.h"

namespace resolute::indexer {
namespace {

constexpr std::array<size_t, 2> kLongestTerms = {5, 4};  // in units: zh, en
constexpr size_t kMostPairsRead = 400;                   // of one term
// Chinese words that only join others: no term begins or ends with one.
constexpr std::string_view kJoiners[] = {"的", "和", "在", "与", "及", "或", "以", "并", "于", "对",   "为",   "了",   "是",  "其",
                                         "该", "等", "之", "而", "由", "从", "向", "将", "中", "以及", "关于", "所有", "一个"};
constexpr size_t kMostPartners = 3;  // of one English term, before they compete

// The terms of one language.
struct TermList {
  struct Term {
    uint32_t begin, length, pairs;
  };  // where it stands first, in units; distinct pairs
  std::vector<Term> terms;
  AlignedSide found;  // of each pair: the terms in it, each once
};

// The frequent strings of one length.
struct Level {
  std::vector<uint32_t> at;  // of each place: the frequent string that begins there, or kNone
  std::vector<TermList::Term> strings;
  std::vector<uint8_t> swallowed;
};

// Those of `n` units; tells those of one fewer, `below`, which of them stand nearly always within one of these.
Level next_level(const AlignedTexts& texts, size_t s, size_t n, Level& below) {
  const auto& side = texts.sides[s];
  const auto& joined = texts.joined[s];
  Level level;
  level.at.assign(side.at[texts.texts], kNone);
  std::unordered_map<uint64_t, uint32_t> numbers;
  std::vector<uint32_t> last;
  std::vector<std::array<uint32_t, 2>> parts;
  for (uint32_t i = 0; i < texts.texts; ++i)
    for (uint32_t k = side.at[i]; k + n <= side.at[i + 1]; ++k) {
      uint64_t key = side.units[k];
      uint32_t a = kNone, b = kNone;
      if (n > 1) {
        if (!joined[k + n - 1]) continue;
        a = below.at[k];
        b = below.at[k + 1];
        if (a == kNone || b == kNone) continue;
        key = static_cast<uint64_t>(a) << 32 | b;
      }
      const auto [it, fresh] = numbers.try_emplace(key, static_cast<uint32_t>(level.strings.size()));
      if (fresh) {
        level.strings.push_back({k, static_cast<uint32_t>(n), 0});
        last.push_back(kNone);
        parts.push_back({a, b});
      }
      level.at[k] = it->second;
      if (last[it->second] != i) ++level.strings[it->second].pairs;
      last[it->second] = i;
    }
  std::vector<uint32_t> renamed(level.strings.size(), kNone);
  std::vector<TermList::Term> kept;
  for (uint32_t t = 0; t < level.strings.size(); ++t) {
    const auto& term = level.strings[t];
    if (term.pairs < kLeastTermPairs) continue;
    renamed[t] = static_cast<uint32_t>(kept.size());
    kept.push_back(term);
    if (n > 1)
      for (const uint32_t part : parts[t])
        if (term.pairs > kMostSwallowed * below.strings[part].pairs) below.swallowed[part] = 1;
  }
  level.strings = std::move(kept);
  level.swallowed.assign(level.strings.size(), 0);
  for (auto& t : level.at)
    if (t != kNone) t = renamed[t];
  return level;
}

// Level by level: a string is frequent only where both its parts that are one shorter are (Agrawal
// and Srikant, "Fast Algorithms for Mining Association Rules", 1994).
TermList find_terms(const AlignedTexts& texts, size_t s) {
  const auto& side = texts.sides[s];
  std::vector<Level> levels;
  for (size_t n = 1; n <= kLongestTerms[s]; ++n) {
    Level none;
    levels.push_back(next_level(texts, s, n, levels.empty() ? none : levels.back()));
  }
  TermList out;
  std::vector<std::vector<uint32_t>> number(levels.size());
  for (size_t n = 0; n < levels.size(); ++n) {
    for (size_t t = 0; t < levels[n].strings.size(); ++t) {
      const auto& term = levels[n].strings[t];
      // A single Han character is no term; a single word may be one, however it goes on.
      const bool character = s == 0 && n == 0 && texts.names[s][side.units[term.begin]].size() <= 3;
      const auto& first = texts.names[s][side.units[term.begin]];
      const auto& last = texts.names[s][side.units[term.begin + term.length - 1]];
      const bool joins = std::any_of(std::begin(kJoiners), std::end(kJoiners), [&](std::string_view j) { return first == j || last == j; });
      const bool whole = !character && !joins && (n == 0 || !levels[n].swallowed[t]);
      number[n].push_back(whole ? static_cast<uint32_t>(out.terms.size()) : kNone);
      if (whole) out.terms.push_back(term);
    }
  }
  out.found.vocabulary = static_cast<uint32_t>(out.terms.size());
  for (uint32_t i = 0; i < texts.texts; ++i) {
    const auto begin = static_cast<long>(out.found.units.size());
    for (uint32_t k = side.at[i]; k < side.at[i + 1]; ++k)
      for (size_t n = 0; n < levels.size(); ++n)
        if (const uint32_t t = levels[n].at[k]; t != kNone && number[n][t] != kNone) out.found.units.push_back(number[n][t]);
    std::sort(out.found.units.begin() + begin, out.found.units.end());
    out.found.units.erase(std::unique(out.found.units.begin() + begin, out.found.units.end()), out.found.units.end());
    out.found.at.push_back(static_cast<uint32_t>(out.found.units.size()));
  }
  return out;
}

std::string spell(const AlignedTexts& texts, size_t s, const TermList::Term& term, const std::vector<std::string>& names) {
  std::string out;
  for (uint32_t k = term.begin; k < term.begin + term.length; ++k) {
    const auto& name = names[texts.sides[s].units[k]];
    const bool latin = !name.empty() && static_cast<unsigned char>(name[0]) < 0x80;
    if (!out.empty() && (s == 1 || latin)) out += ' ';
    out += name;
  }
  return out;
}

std::vector<uint32_t> units_of(const AlignedTexts& texts, size_t s, const TermList::Term& term) {
  const auto begin = texts.sides[s].units.begin() + term.begin;
  return {begin, begin + term.length};
}

}  // namespace

std::vector<LinkedTerm> link_terms(const AlignedTexts& texts) {
  const TermList zh = find_terms(texts, 0), en = find_terms(texts, 1);
  const Whereabouts where(en.found);
  struct Link {
    double score;
    uint32_t en, zh, together;
  };
  std::vector<Link> links;
  std::vector<uint32_t> together(zh.terms.size(), 0), touched;
  for (uint32_t e = 0; e < en.terms.size(); ++e) {
    const auto pairs = where.of(e);
    // Of very frequent terms a sample says as much.
    const size_t step = std::max<size_t>(1, pairs.size() / kMostPairsRead);
    touched.clear();
    uint32_t read = 0;
    for (size_t i = 0; i < pairs.size(); i += step, ++read)
      for (const uint32_t z : zh.found.pair(pairs[i])) {
        if (together[z]++ == 0) touched.push_back(z);
      }
    std::vector<Link> best;
    for (const uint32_t z : touched) {
      const uint64_t both = static_cast<uint64_t>(together[z]) * pairs.size() / read;
      together[z] = 0;
      const uint32_t a = en.terms[e].pairs, b = zh.terms[z].pairs;
      if (en.terms[e].length == 1 && zh.terms[z].length == 1) continue;
      const auto k = std::min<uint64_t>(both, std::min(a, b));
      if (k < kLeastTogether || 2.0 * static_cast<double>(k) < kLeastDice * (a + b)) continue;
      best.push_back({log_likelihood(k, a, b, texts.texts), e, z, static_cast<uint32_t>(k)});
    }
    const auto better = [](const Link& x, const Link& y) { return x.score != y.score ? x.score > y.score : x.zh < y.zh; };
    std::sort(best.begin(), best.end(), better);
    if (best.size() > kMostPartners) best.resize(kMostPartners);
    links.insert(links.end(), best.begin(), best.end());
  }
  std::sort(links.begin(), links.end(), [](const Link& x, const Link& y) {
    if (x.score != y.score) return x.score > y.score;
    return x.en != y.en ? x.en < y.en : x.zh < y.zh;
  });
  std::vector<bool> taken_zh(zh.terms.size(), false), taken_en(en.terms.size(), false);
  std::vector<LinkedTerm> out;
  for (const auto& l : links) {
    if (taken_zh[l.zh] || taken_en[l.en]) continue;
    taken_zh[l.zh] = taken_en[l.en] = true;
    LinkedTerm t{spell(texts, 0, zh.terms[l.zh], texts.names[0]),
                 spell(texts, 1, en.terms[l.en], texts.names[1]),
                 spell(texts, 1, en.terms[l.en], texts.forms[1]),
                 units_of(texts, 0, zh.terms[l.zh]),
                 units_of(texts, 1, en.terms[l.en]),
                 zh.terms[l.zh].pairs,
                 en.terms[l.en].pairs,
                 l.together};
    if (t.zh.size() <= kMostUnitBytes && t.en.size() <= kMostUnitBytes && t.form.size() <= kMostUnitBytes) out.push_back(std::move(t));
  }
  return out;
}

}  // namespace resolute::indexer
