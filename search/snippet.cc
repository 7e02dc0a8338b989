#include "search/snippet.h"

#include <algorithm>

#include "search/matcher.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

size_t code_points(std::string_view s) {
  return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Byte offset of the n-th code point from `at`, forwards.
size_t forward(std::string_view s, size_t at, size_t n) {
  while (at < s.size() && n > 0) {
    ++at;
    while (at < s.size() && (s[at] & 0xC0) == 0x80) ++at;
    --n;
  }
  return at;
}
size_t backward(std::string_view s, size_t at, size_t n) {
  while (at > 0 && n > 0) {
    --at;
    while (at > 0 && (s[at] & 0xC0) == 0x80) --at;
    --n;
  }
  return at;
}

// Whether a passage may well begin at byte `at`.
bool after_break(std::string_view s, size_t at) {
  if (at == 0) return true;
  const auto before = s.substr(0, at);
  for (const std::string_view mark : {"；", "。", "，", "：", "; ", ". ", ", ", ": "})
    if (before.ends_with(mark)) return true;
  return false;
}

}  // namespace

Highlighter::Highlighter(const Query& query) {
  collect(query.root, query.quoted);
  std::sort(terms_.begin(), terms_.end());
  terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
}

void Highlighter::collect(const Node& node, bool quoted) {
  switch (node.kind) {
    case Node::Kind::phrase: phrases_.push_back(node.text); break;
    case Node::Kind::rendering:
      // Han as it stands, other words by their terms.
      for (size_t i = 0; i < node.text.size();) {
        size_t end = i;
        if (!text::is_han(text::next_code_point(node.text, end))) {
          i = end;
          continue;
        }
        for (size_t k = end; k < node.text.size() && text::is_han(text::next_code_point(node.text, k));) end = k;
        phrases_.push_back(node.text.substr(i, end - i));
        i = end;
      }
      for (const auto& t : node.terms)
        if (const auto kind = text::kind_of(t); kind == text::TermKind::stem || kind == text::TermKind::word) terms_.push_back(t);
      break;
    case Node::Kind::prefix: prefixes_.push_back(node.text); break;
    case Node::Kind::word:
      if (!is_telling(node)) break;
      if (node.from_han)
        phrases_.push_back(node.text);
      else
        terms_.push_back(word_term(node.text));
      if (!node.from_han && node.text.find_first_of("-.,/ ") != std::string::npos) phrases_.push_back(node.text);
      break;
    case Node::Kind::without: break;
    case Node::Kind::words:
      // Neighbouring Han words are marked as one run where they stand together.
      for (size_t i = 0; i + 1 < node.children.size(); ++i)
        if (node.children[i].from_han && node.children[i + 1].from_han) phrases_.push_back(node.children[i].text + node.children[i + 1].text);
      for (const auto& c : node.children)
        // Single Han characters of a longer run would mark half the text.
        if (!(c.from_han && node.children.size() > 1 && code_points(c.text) == 1)) collect(c, quoted);
      break;
    default:
      for (const auto& c : node.children) collect(c, quoted);
  }
}

std::vector<Span> Highlighter::find(std::string_view original) const {
  std::vector<Span> spans;
  if (phrases_.empty() && prefixes_.empty() && terms_.empty()) return spans;
  const auto folded = text::fold_with_spans(original);
  std::vector<std::pair<size_t, size_t>> found;
  for (const auto& p : phrases_)
    for (size_t at = text::find_phrase(folded.text, p); at != std::string_view::npos; at = text::find_phrase(folded.text, p, at + 1))
      found.emplace_back(at, at + p.size());
  if (!terms_.empty() || !prefixes_.empty()) {
    for (size_t i = 0; i < folded.text.size();) {
      const size_t begin = i;
      const char32_t c = text::next_code_point(folded.text, i);
      const bool word = text::is_word(c);
      if (!word && (c < 0x80 || text::is_han(c))) continue;
      for (size_t k = i; k < folded.text.size(); i = k) {
        const char32_t next = text::next_code_point(folded.text, k);
        if (word ? !text::is_word(next) : (next < 0x80 || text::is_han(next) || text::is_word(next))) break;
      }
      const std::string_view w(folded.text.data() + begin, i - begin);
      const bool hit = std::binary_search(terms_.begin(), terms_.end(), word_term(w)) ||
                       std::any_of(prefixes_.begin(), prefixes_.end(), [&](const std::string& p) { return w.starts_with(p); });
      if (hit) found.emplace_back(begin, i);
    }
  }
  std::sort(found.begin(), found.end());
  for (const auto& [from, to] : found) {
    const Span s = folded.original(from, to);
    if (!spans.empty() && s.begin <= spans.back().end)
      spans.back().end = std::max(spans.back().end, s.end);
    else
      spans.push_back(s);
  }
  return spans;
}

std::vector<Snippet> Highlighter::snippets(std::string_view original, size_t width, size_t most) const {
  const auto spans = find(original);
  std::vector<Snippet> out;
  if (code_points(original) <= width + width / 3) {
    out.push_back({std::string(original), spans});
    return out;
  }
  // Windows that begin a little before a span; the one with the most marked bytes, different words counting more.
  std::vector<bool> used(spans.size(), false);
  while (out.size() < most) {
    size_t best = spans.size(), best_end = 0;
    double best_score = 0;
    for (size_t i = 0; i < spans.size(); ++i) {
      if (used[i]) continue;
      const size_t limit = forward(original, spans[i].begin, width * 4 / 5);
      double score = 0;
      std::vector<std::string_view> seen;
      size_t k = i;
      for (; k < spans.size() && spans[k].end <= limit && !used[k]; ++k) {
        const auto w = original.substr(spans[k].begin, spans[k].end - spans[k].begin);
        const bool again = std::find(seen.begin(), seen.end(), w) != seen.end();
        score += (again ? 0.2 : 1.0) * (1 + static_cast<double>(w.size()) / 20);
        seen.push_back(w);
      }
      if (score > best_score) {
        best_score = score;
        best = i;
        best_end = k;
      }
    }
    if (best == spans.size()) break;
    size_t from = backward(original, spans[best].begin, width / 5);
    // Back to where a clause begins, if that is near; else to a word.
    size_t clause = spans[best].begin;
    while (clause > from && !after_break(original, clause)) clause = backward(original, clause, 1);
    if (after_break(original, clause))
      from = clause;
    else
      while (from < spans[best].begin && from > 0 && (original[from - 1] & 0x80) == 0 && original[from - 1] != ' ') from = forward(original, from, 1);
    size_t to = forward(original, from, width);
    while (to < original.size() && (original[to] & 0x80) == 0 && original[to - 1] != ' ' && to > spans[best].end && (original[to - 1] & 0x80) == 0) --to;
    Snippet s;
    const std::string lead = from > 0 ? "… " : "", tail = to < original.size() ? " …" : "";
    s.text = lead + std::string(original.substr(from, to - from)) + tail;
    for (size_t i = 0; i < spans.size(); ++i)
      if (spans[i].begin >= from && spans[i].end <= to) {
        s.highlights.push_back({static_cast<uint32_t>(spans[i].begin - from + lead.size()), static_cast<uint32_t>(spans[i].end - from + lead.size())});
        used[i] = true;
      }
    for (size_t i = best; i < best_end; ++i) used[i] = true;
    out.push_back(std::move(s));
  }
  if (out.empty()) {
    size_t to = forward(original, 0, width);
    while (to < original.size() && to > 0 && (original[to] & 0x80) == 0 && original[to - 1] != ' ' && (original[to - 1] & 0x80) == 0) --to;
    out.push_back({std::string(original.substr(0, to)) + (to < original.size() ? " …" : ""), {}});
  }
  return out;
}

}  // namespace resolute::search
