#include "search/spelling.h"

#include <algorithm>
#include <bit>

#include "schemas/ascii.h"
#include "search/matcher.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

constexpr size_t kShortestWord = 4;  // of which a slip can be told
constexpr size_t kLongestWord = 40;
constexpr size_t kShortestTwice = 7;  // letters of a word that may have two slips
constexpr uint64_t kFewestUses = 3;   // paragraphs that have what is offered
constexpr size_t kMostMended = 4;     // looked for in one query

// Which letters a word has, a bit each: words that differ in n places differ in at most 2n bits.
uint32_t letters_of(std::string_view word) {
  uint32_t bits = 0;
  for (const char c : word) bits |= 1u << (static_cast<unsigned char>(c) & 31);
  return bits;
}

uint64_t frequency(const Generation& g, std::string_view term) {
  uint64_t n = 0;
  for (const auto& s : g.segments()) n += TermLists(*s).frequency(term);
  return n;
}

// The word of the index nearest to one that it does not have; of equally near ones the most frequent.
std::string nearest(const Generation& g, std::string_view word) {
  const size_t most = word.size() >= kShortestTwice ? 2 : 1;
  const uint32_t letters = letters_of(word);
  std::string best;
  size_t best_distance = most + 1;
  uint64_t best_uses = 0;
  for (const auto& s : g.segments()) {
    const auto look = [&](std::string_view other) {
      if (other.size() + most < word.size() || other.size() > word.size() + most) return;
      if (static_cast<size_t>(std::popcount(letters ^ letters_of(other))) > 2 * most) return;
      if (!std::all_of(other.begin(), other.end(), is_lower)) return;
      const size_t distance = edit_distance(word, other, best_distance < most ? best_distance : most);
      if (distance > most || distance > best_distance) return;
      // Two slips and another beginning are another word.
      if (distance == 2 && other[0] != word[0]) return;
      const uint64_t uses = frequency(g, other);
      if (uses < kFewestUses || (distance == best_distance && uses <= best_uses)) return;
      best = other;
      best_distance = distance;
      best_uses = uses;
    };
    const TermLists lists(*s);
    for (char first = 'a'; first <= 'z'; ++first) lists.each_word(std::string(1, first), look);
  }
  return best;
}

// Each plain word that is looked for.
template <typename Visit>
void each_word(const Node& n, Visit&& visit) {
  if (n.kind == Node::Kind::without) return;
  if (n.kind == Node::Kind::word && !n.from_han) visit(n.text);
  for (const auto& c : n.children) each_word(c, visit);
}

}  // namespace

size_t edit_distance(std::string_view a, std::string_view b, size_t most) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > most) return most + 1;
  std::vector<size_t> two(a.size() + 1), one(a.size() + 1), now(a.size() + 1);
  for (size_t i = 0; i <= a.size(); ++i) one[i] = i;
  for (size_t j = 1; j <= b.size(); ++j) {
    now[0] = j;
    size_t least = j;
    for (size_t i = 1; i <= a.size(); ++i) {
      now[i] = std::min({one[i] + 1, now[i - 1] + 1, one[i - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[i] = std::min(now[i], two[i - 2] + 1);
      least = std::min(least, now[i]);
    }
    if (least > most) return most + 1;
    std::swap(two, one);
    std::swap(one, now);
  }
  return std::min(one[a.size()], most + 1);
}

std::optional<std::string> did_you_mean(const Generation& g, const Query& query, std::string_view q) {
  std::vector<std::pair<std::string, std::string>> offers;
  size_t looked = 0;
  each_word(query.root, [&](const std::string& word) {
    if (word.size() < kShortestWord || word.size() > kLongestWord || !std::all_of(word.begin(), word.end(), is_lower)) return;
    if (frequency(g, word) || frequency(g, word_term(word))) return;
    if (std::any_of(offers.begin(), offers.end(), [&](const auto& o) { return o.first == word; }) || ++looked > kMostMended) return;
    if (const auto other = nearest(g, word); !other.empty()) offers.emplace_back(word, other);
  });
  if (offers.empty()) return std::nullopt;
  // Word by word, what stands between left as it is.
  std::string out;
  for (size_t i = 0; i < q.size();) {
    size_t end = i;
    while (end < q.size() && is_alnum(q[end])) ++end;
    if (end == i) {
      out += q[i++];
      continue;
    }
    const auto word = q.substr(i, end - i);
    const auto it = std::find_if(offers.begin(), offers.end(), [&](const auto& o) { return o.first == lowered(word); });
    out += it == offers.end() ? word : std::string_view(it->second);
    i = end;
  }
  return out == q ? std::nullopt : std::optional(out);
}

std::optional<std::string> written_together(const Generation& g, const Query& query, std::string_view q, uint64_t wordings) {
  if (query.root.kind != Node::Kind::words) return std::nullopt;
  const auto plain = [](const Node& n) {
    return n.kind == Node::Kind::word && !n.from_han && n.text.size() >= 2 && std::all_of(n.text.begin(), n.text.end(), is_lower) &&
           !text::is_stop_word(n.text);
  };
  const auto& words = query.root.children;
  const std::string low = lowered(q);
  for (size_t i = 0; i + 1 < words.size() && i < kMostMended; ++i) {
    if (!plain(words[i]) || !plain(words[i + 1])) continue;
    const std::string together = words[i].text + words[i + 1].text, apart = words[i].text + " " + words[i + 1].text;
    const size_t at = low.find(apart);
    if (at == std::string::npos || frequency(g, word_term(together)) < std::max(kFewestUses, wordings + 1)) continue;
    return std::string(q.substr(0, at)) + together + std::string(q.substr(at + apart.size()));
  }
  return std::nullopt;
}

std::vector<std::string> near_symbols(const Generation& g, std::string_view symbol, size_t limit) {
  const bool dated = symbol.find('(') != std::string_view::npos;  // the Council's have their year
  struct Near {
    bool longer_or_shorter;
    size_t differs_at;
    std::string_view id;
  };
  std::vector<Near> found;
  for (const auto& id : g.identifiers()) {
    const auto compared = dated ? std::string_view(id) : std::string_view(id).substr(0, id.find('('));
    if (id == symbol || id.substr(0, 2) != symbol.substr(0, 2) || edit_distance(symbol, compared, 1) > 1) continue;
    const auto differs = std::mismatch(symbol.begin(), symbol.end(), compared.begin(), compared.end()).first - symbol.begin();
    found.push_back({compared.size() != symbol.size(), static_cast<size_t>(differs), id});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Near& a, const Near& b) { return a.longer_or_shorter != b.longer_or_shorter ? b.longer_or_shorter : a.differs_at > b.differs_at; });
  std::vector<std::string> out;
  for (size_t i = 0; i < found.size() && i < limit; ++i) out.emplace_back(found[i].id);
  return out;
}

}  // namespace resolute::search
