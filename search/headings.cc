#include "search/headings.h"

#include <algorithm>

#include "search/matcher.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {

using Kind = Node::Kind;

namespace {

// Headings are short.
constexpr size_t kMostAsked = 8, kMostTerms = 12;  // words

// The terms of a heading's words, sorted.
std::vector<std::string> heading_terms(std::string_view heading) {
  thread_local text::Analyzer analyzer;
  std::vector<text::Token> tokens;
  std::string folded = text::fold(heading);
  std::replace(folded.begin(), folded.end(), '_', ' ');
  analyzer.tokenizer().tokenize(folded, tokens);
  std::vector<std::string> out;
  for (const auto& t : tokens) {
    const std::string word = folded.substr(t.begin, t.end - t.begin);
    if (t.kind == text::TokenKind::word && !text::is_stop_word(word)) out.push_back(analyzer.plain_term(word));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool holds(const std::vector<std::string>& sorted, const std::vector<std::string>& terms) {
  return std::all_of(terms.begin(), terms.end(), [&](const auto& t) { return std::binary_search(sorted.begin(), sorted.end(), t); });
}

// Whether the words are the heading: each is in it, and together they are all of it.
bool is_heading(const HeadingWords& words, const std::vector<std::string>& heading) {
  std::vector<bool> covered(heading.size(), false);
  for (const auto& word : words) {
    bool any = false;
    for (const auto& terms : word) {
      if (terms.empty() || !holds(heading, terms)) continue;
      any = true;
      for (const auto& t : terms) covered[static_cast<size_t>(std::lower_bound(heading.begin(), heading.end(), t) - heading.begin())] = true;
    }
    if (!any) return false;
  }
  return std::all_of(covered.begin(), covered.end(), [](bool c) { return c; });
}

}  // namespace

HeadingWords heading_words(const Node& root) {
  HeadingWords out;
  if (root.kind != Kind::words || root.children.size() > kMostAsked) return out;
  for (const auto& n : root.children) {
    if (n.kind == Kind::word && text::is_stop_word(n.text)) continue;
    std::vector<std::vector<std::string>> any;
    if (n.kind == Kind::translated) {
      for (const auto& c : n.children)
        if (c.kind == Kind::rendering) any.push_back(c.terms);
    } else if (n.kind == Kind::word && !n.from_han) {
      any.push_back({word_term(n.text)});
    }
    if (any.empty()) return {};
    out.push_back(std::move(any));
  }
  return out;
}

std::vector<DocumentId> documents_under(const Segment& segment, const HeadingWords& words, const std::vector<float>& among) {
  std::vector<DocumentId> out;
  if (words.empty() || among.empty()) return out;
  const auto& subjects = segment.column(Field::subject);
  enum : uint8_t { unknown, yes, no };
  std::vector<uint8_t> is(subjects.values().size(), unknown);
  for (const DocumentId d : segment.all_documents()) {
    if (among[d] <= 0) continue;
    for (const uint32_t id : subjects.of(d)) {
      if (is[id] == unknown) {
        const auto terms = heading_terms(subjects.values()[id]);
        is[id] = !terms.empty() && terms.size() <= kMostTerms && is_heading(words, terms) ? yes : no;
      }
      if (is[id] != yes) continue;
      out.push_back(d);
      break;
    }
  }
  return out;
}

}  // namespace resolute::search
