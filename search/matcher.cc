#include "search/matcher.h"

#include <algorithm>
#include <iterator>

#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

using Kind = Node::Kind;

text::Analyzer& analyzer() {
  thread_local text::Analyzer a;
  return a;
}

// Phrases need few of their terms to narrow the texts down; the check does the rest.
constexpr size_t kMostPhraseTerms = 6;
// A list that takes fewer than one in so many of them away hardly narrows them down.
constexpr size_t kTellingShare = 8;

// What the budget weighs: a text that is looked at, and an entry of a list.
constexpr unsigned kText = 64, kEntry = 1;

}  // namespace

std::string word_term(std::string_view word) { return analyzer().plain_term(word); }

PhraseTerms phrase_terms(std::string_view phrase) {
  PhraseTerms out;
  std::vector<text::Token> tokens;
  analyzer().tokenizer().tokenize(phrase, tokens);
  for (const auto& t : tokens) {
    const auto bytes = phrase.substr(t.begin, t.end - t.begin);
    switch (t.kind) {
      case text::TokenKind::word:
        // Quotes begin and end at word edges, so a word at the end of one is whole.
        out.terms.push_back(std::string(bytes.substr(0, text::kLongestTerm)));
        break;
      case text::TokenKind::other:
        // Other scripts need no edge: at the ends it may be a part of a longer word.
        if (t.begin > 0 && t.end < phrase.size()) out.terms.push_back(std::string(bytes.substr(0, text::kLongestTerm)));
        break;
      case text::TokenKind::han_char:
      case text::TokenKind::han_pair: out.terms.emplace_back(bytes); break;
      case text::TokenKind::han_word: break;
    }
  }
  // A character alone tells little, and its list is put together from those of pairs.
  const auto is_character = [](const std::string& t) { return text::kind_of(t) == text::TermKind::han_char; };
  if (!std::all_of(out.terms.begin(), out.terms.end(), is_character)) std::erase_if(out.terms, is_character);
  std::sort(out.terms.begin(), out.terms.end());
  out.terms.erase(std::unique(out.terms.begin(), out.terms.end()), out.terms.end());
  out.exact = out.terms.size() == 1 && out.terms[0] == phrase;
  return out;
}

Matcher::Terms Matcher::terms_of(const Node& node) {
  if (node.kind == Kind::word && !node.from_han && node.text.size() <= text::kLongestTerm) return {{word_term(node.text)}, true};
  auto p = phrase_terms(node.text);
  return {std::move(p.terms), p.exact};
}

std::vector<const Node*> Matcher::required(const Node& words) const {
  std::vector<const Node*> out;
  for (const auto& w : words.children)
    if (w.required || (words_ == Words::all && is_telling(w))) out.push_back(&w);
  // Nothing but stop words: they are what is asked for.
  if (out.empty() && words_ == Words::all)
    for (const auto& w : words.children) out.push_back(&w);
  return out;
}

uint64_t Matcher::estimate(const Node& node) {
  switch (node.kind) {
    case Kind::word:
    case Kind::phrase: {
      const auto terms = terms_of(node);
      uint64_t least = segment_.wordings();
      for (const auto& t : terms.terms) least = std::min<uint64_t>(least, lists_.at_most(t));
      return least;
    }
    case Kind::rendering: {
      uint64_t least = segment_.wordings();
      for (const auto& t : node.terms) least = std::min<uint64_t>(least, lists_.at_most(t));
      return least;
    }
    case Kind::words: {
      const auto words = required(node);
      if (words.empty()) return segment_.wordings();
      uint64_t least = segment_.wordings();
      for (const auto* w : words) least = std::min(least, estimate(*w));
      return least;
    }
    case Kind::both: {
      uint64_t least = segment_.wordings();
      for (const auto& c : node.children) least = std::min(least, estimate(c));
      return least;
    }
    case Kind::translated:
    case Kind::either: {
      uint64_t sum = 0;
      for (const auto& c : node.children) sum += estimate(c);
      return std::min<uint64_t>(sum, segment_.wordings());
    }
    case Kind::near: return std::min(estimate(node.children[0]), estimate(node.children[1]));
    case Kind::none: return 0;
    default: return segment_.wordings();
  }
}

Matcher::List Matcher::of_terms(const Terms& terms, std::string_view phrase) {
  List out;
  if (terms.terms.empty()) {
    // Nothing but punctuation: every text is looked at.
    for (const WordingId w : segment_.all_wordings())
      if (meter_.over(kText) ? negated_ : text::find_phrase(segment_.folded(w, text_), phrase) != std::string_view::npos) out.push_back(w);
    return out;
  }
  std::vector<std::pair<uint32_t, const std::string*>> rarest;
  for (const auto& t : terms.terms) rarest.emplace_back(lists_.at_most(t), &t);
  std::sort(rarest.begin(), rarest.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (rarest[0].first == 0) return out;
  auto list = lists_.wordings(*rarest[0].second);
  read_ = {*rarest[0].second, {}, {}};
  read_.wordings.reserve(list.at_most());
  read_.counts.reserve(list.at_most());
  for (uint32_t id = list.next(); id != TermList::kEnd; id = list.next()) {
    if (meter_.over(kEntry)) {
      read_ = {};
      return unlooked();
    }
    read_.wordings.push_back(WordingId(id));
    read_.counts.push_back(list.count());
  }
  out = read_.wordings;
  Terms rest{{}, terms.exact};
  for (size_t i = 1; i < rarest.size() && i < kMostPhraseTerms; ++i) rest.terms.push_back(*rarest[i].second);
  if (terms.exact) return out;
  restrict_terms(rest, phrase, out);
  return out;
}

void Matcher::restrict_terms(const Terms& terms, std::string_view phrase, List& candidates) {
  for (const auto& t : terms.terms) {
    auto list = lists_.wordings(t);
    if (list.empty()) {
      candidates.clear();
      return;
    }
    const size_t gone = std::erase_if(candidates, [&](WordingId w) { return meter_.over(kEntry) ? !negated_ : list.seek(w) != w; });
    // The texts are looked at anyhow: where a term hardly narrows them down, the commoner ones after it are not worth reading.
    if (!terms.exact && gone * kTellingShare < candidates.size()) break;
  }
  if (terms.exact) return;
  // Where ICU found the phrase as a word, it stands there; the other texts are looked at.
  const bool maybe_word = phrase.size() <= text::kLongestTerm && text::kind_of(phrase) == text::TermKind::han_word;
  auto word = maybe_word ? lists_.wordings(phrase) : TermList();
  std::erase_if(candidates, [&](WordingId w) {
    if (meter_.over(kText)) return !negated_;
    if (!word.empty() && word.seek(w) == w) return false;
    return text::find_phrase(segment_.folded(w, text_), phrase) == std::string_view::npos;
  });
}

// Texts that have all the terms.
Matcher::List Matcher::rendering(std::vector<std::string> terms) {
  if (terms.empty()) return {};
  std::sort(terms.begin(), terms.end(), [&](const auto& a, const auto& b) { return lists_.at_most(a) < lists_.at_most(b); });
  List out = of_terms({{terms[0]}, true}, "");
  restrict_terms({{terms.begin() + 1, terms.end()}, true}, "", out);
  return out;
}

Matcher::List Matcher::prefix(std::string_view text) {
  std::vector<bool> seen(segment_.wordings(), false);
  lists_.each_word(text, [&](std::string_view word) {
    auto list = lists_.wordings(word);
    for (uint32_t id = list.next(); id != TermList::kEnd && !meter_.over(kEntry); id = list.next()) seen[id] = true;
  });
  if (meter_.over_now()) return unlooked();
  List out;
  for (const WordingId w : segment_.all_wordings())
    if (seen[w]) out.push_back(w);
  return out;
}

Matcher::List Matcher::conjunction(const std::vector<const Node*>& nodes, const List* from) {
  std::vector<const Node*> positive, negative;
  for (const auto* n : nodes) (n->kind == Kind::without ? negative : positive).push_back(n);
  std::vector<std::pair<uint64_t, const Node*>> order;
  for (const auto* n : positive) order.emplace_back(estimate(*n), n);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  List out;
  size_t next = 0;
  if (from)
    out = *from;
  else if (!order.empty())
    out = evaluate(*order[next++].second);
  else { out.assign(segment_.all_wordings().begin(), segment_.all_wordings().end()); }
  for (; next < order.size() && !out.empty(); ++next) restrict(*order[next].second, out);
  for (const auto* n : negative) {
    if (out.empty()) break;
    List gone = out;
    negated_ = !negated_;
    restrict(n->children[0], gone);
    negated_ = !negated_;
    List left;
    std::set_difference(out.begin(), out.end(), gone.begin(), gone.end(), std::back_inserter(left));
    out = std::move(left);
  }
  return out;
}

void Matcher::restrict(const Node& node, List& candidates) {
  switch (node.kind) {
    case Kind::all: return;
    case Kind::word:
    case Kind::phrase: {
      auto terms = terms_of(node);
      std::sort(terms.terms.begin(), terms.terms.end(), [&](const auto& a, const auto& b) { return lists_.at_most(a) < lists_.at_most(b); });
      if (terms.terms.size() > kMostPhraseTerms) terms.terms.resize(kMostPhraseTerms);
      restrict_terms(terms, node.text, candidates);
      return;
    }
    case Kind::both: {
      std::vector<const Node*> nodes;
      for (const auto& c : node.children) nodes.push_back(&c);
      candidates = conjunction(std::move(nodes), &candidates);
      return;
    }
    case Kind::words:
      if (words_ == Words::all) {
        candidates = conjunction(required(node), &candidates);
        return;
      }
      [[fallthrough]];
    default: {
      const List matches = evaluate(node);
      List out;
      std::set_intersection(candidates.begin(), candidates.end(), matches.begin(), matches.end(), std::back_inserter(out));
      candidates = std::move(out);
    }
  }
}

bool Matcher::near(const Node& node, WordingId wording) {
  // Positions count words and Han characters.
  const auto folded = segment_.folded(wording, text_);
  std::vector<text::Token> tokens;
  for (size_t i = 0; i < folded.size();) {
    const auto begin = static_cast<uint32_t>(i);
    const char32_t c = text::next_code_point(folded, i);
    if (text::is_han(c)) {
      tokens.push_back({text::TokenKind::han_char, begin, static_cast<uint32_t>(i)});
    } else if (text::is_word(c)) {
      for (size_t k = i; k < folded.size() && text::is_word(text::next_code_point(folded, k)); i = k) {}
      tokens.push_back({text::TokenKind::word, begin, static_cast<uint32_t>(i)});
    }
  }
  struct Place {
    size_t begin, end;
  };
  const auto places = [&](const Node& side) {
    std::vector<Place> out;
    const auto position = [&](size_t byte) {
      return static_cast<size_t>(std::lower_bound(tokens.begin(), tokens.end(), byte, [](const text::Token& t, size_t b) { return t.begin < b; }) -
                                 tokens.begin());
    };
    if (side.kind == Kind::word && !side.from_han) {
      const auto wanted = word_term(side.text);
      for (size_t i = 0; i < tokens.size(); ++i)
        // A stem begins as its word does: most words need not be stemmed.
        if (tokens[i].kind != text::TokenKind::han_char && folded[tokens[i].begin] == side.text[0] &&
            word_term(folded.substr(tokens[i].begin, tokens[i].end - tokens[i].begin)) == wanted)
          out.push_back({i, i});
    } else if (side.kind == Kind::prefix) {
      for (size_t i = 0; i < tokens.size(); ++i)
        if (folded.substr(tokens[i].begin, tokens[i].end - tokens[i].begin).starts_with(side.text)) out.push_back({i, i});
    } else if (side.kind == Kind::phrase || side.kind == Kind::word) {
      for (size_t at = text::find_phrase(folded, side.text); at != std::string_view::npos; at = text::find_phrase(folded, side.text, at + 1)) {
        const size_t last = position(at + side.text.size());
        out.push_back({position(at), last ? last - 1 : 0});
      }
    }
    return out;
  };
  const auto& left = node.children[0];
  const auto a = places(left.kind == Kind::near ? left.children[1] : left), b = places(node.children[1]);
  const auto distance = static_cast<size_t>(node.distance);
  for (const auto& x : a)
    for (const auto& y : b) {
      const size_t gap = y.begin > x.end ? y.begin - x.end : x.begin > y.end ? x.begin - y.end : 0;
      if (gap <= distance && gap > 0) return true;
    }
  return false;
}

// What stands for the texts that were not looked at.
Matcher::List Matcher::unlooked() const { return negated_ ? List{segment_.all_wordings().begin(), segment_.all_wordings().end()} : List{}; }

Matcher::List Matcher::evaluate(const Node& node) {
  if (meter_.over_now()) return unlooked();
  switch (node.kind) {
    case Kind::none: return {};
    case Kind::word:
    case Kind::phrase: return of_terms(terms_of(node), node.text);
    case Kind::prefix: return prefix(node.text);
    case Kind::rendering: return rendering(node.terms);
    case Kind::words: {
      auto must = required(node);
      if (words_ == Words::all) return conjunction(std::move(must), nullptr);
      if (!must.empty()) return conjunction(std::move(must), nullptr);
      std::vector<bool> seen(segment_.wordings(), false);
      bool any = false;
      for (const auto& w : node.children) {
        if (!is_telling(w)) continue;
        any = true;
        for (const WordingId id : evaluate(w)) seen[id] = true;
      }
      if (!any)
        for (const auto& w : node.children)
          for (const WordingId id : evaluate(w)) seen[id] = true;
      List out;
      for (const WordingId w : segment_.all_wordings())
        if (seen[w]) out.push_back(w);
      return out;
    }
    case Kind::both: {
      std::vector<const Node*> nodes;
      for (const auto& c : node.children) nodes.push_back(&c);
      return conjunction(std::move(nodes), nullptr);
    }
    case Kind::translated:
    case Kind::either: {
      List out;
      for (const auto& c : node.children) {
        const List more = evaluate(c);
        List both;
        std::set_union(out.begin(), out.end(), more.begin(), more.end(), std::back_inserter(both));
        out = std::move(both);
      }
      return out;
    }
    case Kind::without: return conjunction({&node}, nullptr);
    case Kind::near: {
      const auto& left = node.children[0];
      List out = conjunction({&left, &node.children[1]}, nullptr);
      std::erase_if(out, [&](WordingId w) { return meter_.over(4 * kText) ? !negated_ : !near(node, w); });
      return out;
    }
    default: return {segment_.all_wordings().begin(), segment_.all_wordings().end()};
  }
}

std::vector<WordingId> Matcher::wordings(const Node& node) { return evaluate(node); }

bool Matcher::is_textual(const Node& node) {
  switch (node.kind) {
    case Kind::title:
    case Kind::subject:
    case Kind::value:
    case Kind::date:
    case Kind::cited_by: return false;
    default: return std::all_of(node.children.begin(), node.children.end(), is_textual);
  }
}

// Whether each paragraph is of the kind, or begins with the action, that is asked for.
std::vector<bool> Matcher::paragraphs_of_kind(const Node& node) const {
  std::vector<bool> out(segment_.paragraphs(), false);
  if (node.field == Field::kind) {
    if (const auto k = parse_kind(node.text))
      for (const ParagraphId p : segment_.all_paragraphs()) out[p] = segment_.kind(p) == *k;
    return out;
  }
  const size_t wanted = node.text.empty() ? segment_.actions().size() : segment_.actions().find(node.text);
  for (const ParagraphId p : segment_.all_paragraphs()) out[p] = segment_.action_place(p) == wanted;
  return out;
}

// Whether each value of the field's column is the one that is asked for; of voters with any vote.
std::vector<bool> Matcher::values_of(const Node& node) const {
  const auto& values = segment_.column(node.field).values();
  std::vector<bool> wanted(values.size(), false);
  for (size_t i = values.lower_bound(node.text); i < values.size(); ++i) {
    const auto v = values[i];
    if (v == node.text || (node.field == Field::voter && v.starts_with(node.text + ":")))
      wanted[i] = true;
    else if (!v.starts_with(node.text))
      break;
  }
  return wanted;
}

// Whether each document's title, or subjects, have the words.
std::vector<bool> Matcher::documents_named(const Node& node) {
  std::vector<std::string> terms;
  std::vector<text::Token> tokens;
  analyzer().tokenizer().tokenize(node.text, tokens);
  for (const auto& t : tokens) {
    const auto bytes = std::string_view(node.text).substr(t.begin, t.end - t.begin);
    if (t.kind == text::TokenKind::word || t.kind == text::TokenKind::other)
      terms.push_back(word_term(bytes));
    else if (t.kind == text::TokenKind::han_pair || (t.kind == text::TokenKind::han_char && tokens.size() == 1))
      terms.emplace_back(bytes);
  }
  std::vector<bool> found(segment_.documents(), !terms.empty());
  for (const auto& t : terms) {
    auto list = lists_.documents(node.kind == Kind::title ? kTitlePrefix : kSubjectPrefix, t);
    for (const DocumentId d : segment_.all_documents()) found[d] = found[d] && list.seek(d) == d;
  }
  return found;
}

std::vector<bool> Matcher::paragraphs(const Node& node) {
  std::vector<bool> out(segment_.paragraphs(), false);
  const auto documents = [&](auto&& matches) {
    for (const DocumentId d : segment_.all_documents())
      if (matches(d))
        for (const ParagraphId p : segment_.paragraphs_of(d)) out[p] = true;
  };
  if (is_textual(node)) {
    for (const WordingId w : evaluate(node))
      for (const ParagraphId p : segment_.paragraphs_with(w)) out[p] = true;
    return out;
  }
  switch (node.kind) {
    case Kind::title:
    case Kind::subject: {
      const auto found = documents_named(node);
      documents([&](DocumentId d) { return found[d]; });
      return out;
    }
    case Kind::value: {
      if (node.field == Field::kind || node.field == Field::action) return paragraphs_of_kind(node);
      const auto wanted = values_of(node);
      const auto& column = segment_.column(node.field);
      documents([&](DocumentId d) {
        const auto ids = column.of(d);
        return std::any_of(ids.begin(), ids.end(), [&](uint32_t id) { return wanted[id]; });
      });
      return out;
    }
    case Kind::date:
      documents([&](DocumentId d) {
        const auto date = segment_.date(d);
        return date && *date >= node.from && *date <= node.to;
      });
      return out;
    case Kind::cited_by:
      documents([&](DocumentId d) {
        const int64_t n = segment_.standing(d).cited_by;
        return n >= node.from && n <= node.to;
      });
      return out;
    case Kind::both: {
      out.assign(segment_.paragraphs(), true);
      for (const auto& c : node.children) {
        const auto more = paragraphs(c);
        for (size_t p = 0; p < out.size(); ++p) out[p] = out[p] && more[p];
      }
      return out;
    }
    case Kind::either:
      for (const auto& c : node.children) {
        const auto more = paragraphs(c);
        for (size_t p = 0; p < out.size(); ++p) out[p] = out[p] || more[p];
      }
      return out;
    case Kind::without: {
      negated_ = !negated_;
      out = paragraphs(node.children[0]);
      negated_ = !negated_;
      out.flip();
      return out;
    }
    default: return out;  // near with a field inside does not parse
  }
}

}  // namespace resolute::search
