#include "text/vocabulary.h"

#include <algorithm>

#include "schemas/ascii.h"
#include "text/structure.h"

namespace resolute::text {
namespace {

constexpr uint32_t kFewestTimes = 3;  // times that a word of the collection stands in it
constexpr uint32_t kMostlyWhole = 50;
constexpr size_t kMostJoined = 4;
constexpr size_t kLongestWord = 40;
constexpr size_t kMostTold = 12;

struct Letters {
  size_t begin, end;
  bool free = true;  // of hyphens, apostrophes and figures
};

bool binds(std::string_view s, size_t at) {
  return at < s.size() && (s[at] == '-' || s[at] == '\'' || is_digit(s[at]) || s.substr(at).starts_with("’") || s.substr(at).starts_with("‑"));
}

std::vector<Letters> letters_in(std::string_view s) {
  std::vector<Letters> out;
  for (size_t i = 0; i < s.size();) {
    if (!is_alpha(s[i])) {
      ++i;
      continue;
    }
    Letters t{i, i};
    while (t.end < s.size() && is_alpha(s[t.end])) ++t.end;
    const bool foreign = (t.end < s.size() && (s[t.end] & 0x80) && !s.substr(t.end).starts_with("\xE2\x80")) ||
                         (i > 0 && (s[i - 1] & 0x80) && !(i > 2 && s.substr(i - 3).starts_with("\xE2\x80")));
    t.free = !foreign && !binds(s, t.end) && !(i > 0 && (s[i - 1] == '-' || s[i - 1] == '\'' || is_digit(s[i - 1]))) &&
             !(i > 2 && binds(s, i - 3) && (s[i - 3] & 0x80));
    i = t.end;
    out.push_back(t);
  }
  return out;
}

}  // namespace

struct Vocabulary::Join {
  size_t begin, end;
  std::vector<std::string> pieces;  // in lower case
};

uint32_t Vocabulary::times(const std::string& word) const {
  const auto it = words_.find(word);
  return it == words_.end() ? 0 : it->second.all;
}

bool Vocabulary::is_word(const std::string& piece, uint32_t whole) const {
  const auto it = words_.find(piece);
  if (it == words_.end()) return false;
  return (it->second.all - std::min(it->second.all, it->second.in_gaps)) * kMostlyWhole > whole;
}

void Vocabulary::count(const Document& d) {
  if (d.lang != Language::en) return;
  const auto add = [&](std::string_view s) {
    for (const auto& t : letters_in(s))
      if (t.free && t.end - t.begin <= kLongestWord) ++words_[lowered(s.substr(t.begin, t.end - t.begin))].all;
  };
  for (const auto& p : d.paragraphs) add(p.text);
}

std::vector<Vocabulary::Join> Vocabulary::find_gaps(std::string_view s) const {
  std::vector<Join> out;
  const auto tokens = letters_in(s);
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    Join join{tokens[i].begin, tokens[i].end, {}}, best;
    std::string whole;
    for (size_t k = i; k < tokens.size() && k < i + kMostJoined; ++k) {
      const auto& t = tokens[k];
      // One space between, and small letters after it.
      if (!t.free || (k > i && (t.begin != tokens[k - 1].end + 1 || s[t.begin - 1] != ' ' || !is_lower(s[t.begin])))) break;
      join.pieces.push_back(lowered(s.substr(t.begin, t.end - t.begin)));
      join.end = t.end;
      whole += join.pieces.back();
      if (whole.size() > kLongestWord) break;
      const uint32_t n = k > i ? times(whole) : 0;
      if (n >= kFewestTimes && std::none_of(join.pieces.begin(), join.pieces.end(), [&](const auto& piece) { return is_word(piece, n); })) best = join;
    }
    if (best.pieces.empty()) continue;
    i += best.pieces.size() - 1;
    out.push_back(std::move(best));
  }
  return out;
}

void Vocabulary::count_gaps(const Document& d) {
  if (d.lang != Language::en) return;
  // What may be broken, whether or not its pieces are words elsewhere: a piece of a common word, seen seldom.
  for (const auto& p : d.paragraphs) {
    const auto tokens = letters_in(p.text);
    for (size_t i = 0; i + 1 < tokens.size(); ++i) {
      const auto &a = tokens[i], &b = tokens[i + 1];
      if (!a.free || !b.free || b.begin != a.end + 1 || !is_lower(p.text[b.begin])) continue;
      const auto left = lowered(std::string_view(p.text).substr(a.begin, a.end - a.begin)), right = p.text.substr(b.begin, b.end - b.begin);
      const uint32_t whole = times(left + right);
      if (whole < kFewestTimes || times(left) * 2 > whole || times(right) * 2 > whole) continue;
      ++words_[left].in_gaps;
      ++words_[right].in_gaps;
    }
  }
}

bool Vocabulary::mend(std::string& s, std::vector<std::string>& joined) const {
  const auto gaps = find_gaps(s);
  for (size_t g = gaps.size(); g-- > 0;) {
    const std::string broken = s.substr(gaps[g].begin, gaps[g].end - gaps[g].begin);
    std::string whole = broken;
    std::erase(whole, ' ');
    s.replace(gaps[g].begin, broken.size(), whole);
    joined.push_back(broken);
  }
  return !gaps.empty();
}

bool Vocabulary::mend(Document& d) const {
  if (d.lang != Language::en) return false;
  std::vector<std::string> joined;
  mend(d.title, joined);
  joined.clear();  // stands in the first heading too
  for (auto& p : d.paragraphs) {
    if (!mend(p.text, joined)) continue;
    p.citations.clear();
    p.action.clear();
  }
  if (joined.empty()) return false;
  complete(d);
  std::string told;
  for (size_t i = 0; i < std::min(joined.size(), kMostTold); ++i) told += (i ? ", " : "") + joined[i];
  if (joined.size() > kMostTold) told += ", ...";
  d.warnings.push_back({WarningCode::joined_words, {std::to_string(joined.size()), std::move(told)}});
  return true;
}

}  // namespace resolute::text
