#include "search/translate.h"

#include <algorithm>
#include <cmath>

#include "search/matcher.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

using Kind = Node::Kind;

constexpr size_t kMostRenderings = 10;
constexpr double kLeastShareInSum = 0.01;
constexpr size_t kMostTermWords = 6;  // of a term of several words
constexpr double kTermWeight = 0.5;   // of such a term beside its words
constexpr double kPartWeight = 0.5;   // of a part of a Han word that the lexicon does not have whole

bool translatable(const Node& n) { return n.kind == Kind::word && (n.from_han || !text::is_stop_word(n.text)); }
Language language_of(const Node& word) { return word.from_han ? Language::zh : Language::en; }

bool has_han(std::string_view folded) {
  for (size_t i = 0; i < folded.size();)
    if (text::is_han(text::next_code_point(folded, i))) return true;
  return false;
}

// Numbers are written alike in both.
bool has_letters(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80); });
}

// The terms of one unit of the lexicon.
std::vector<std::string> terms_of(std::string_view unit) {
  std::vector<std::string> out;
  for (size_t i = 0; i < unit.size();) {
    if (unit[i] == ' ') {
      ++i;
      continue;
    }
    size_t end = i;
    const bool han = text::is_han(text::next_code_point(unit, end));
    while (end < unit.size() && unit[end] != ' ') {
      size_t next = end;
      if (text::is_han(text::next_code_point(unit, next)) != han) break;
      end = next;
    }
    const auto part = unit.substr(i, end - i);
    i = end;
    if (han) {
      const auto found = phrase_terms(part).terms;
      out.insert(out.end(), found.begin(), found.end());
    } else {
      const bool digits = std::any_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
      out.push_back(std::string(digits ? "" : kStemPrefix) + std::string(part.substr(0, text::kLongestTerm)));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

class Translator {
 public:
  Translator(const Lexicon& lexicon, std::array<bool, 2> of, Quotes quotes, std::vector<TranslatedWord>& words)
      : lexicon_(lexicon), of_(of), quotes_(quotes), words_(words) {}

  void visit(Node& node) {
    switch (node.kind) {
      case Kind::words: sequence(node.children); break;
      case Kind::phrase:
        if (quotes_ == Quotes::as_words && (of_[has_han(node.text) ? 0 : 1])) {
          node = plain_words(node.text);
          sequence(node.children);
        }
        break;
      case Kind::both:
      case Kind::either:
        for (auto& c : node.children) visit(c);
        break;
      default: break;
    }
  }

 private:
  bool wanted(const Node& n) const { return translatable(n) && of_[language_of(n) == Language::zh ? 0 : 1] && (n.from_han || has_letters(n.text)); }

  static std::string unit_of(const Node& word) { return word.from_han ? word.text : std::string(text::bare(word_term(word.text))); }

  // The renderings of a unit; empty where it is not known.
  std::vector<Rendering> renderings(Language from, const std::string& unit) const {
    const auto place = lexicon_.find(from, unit);
    if (!place) return {};
    std::vector<Rendering> out;
    double sum = 0;
    for (const auto& t : lexicon_.translations(from, *place)) {
      const double weight = t.forward * std::sqrt(t.back);
      if (weight <= 0 || out.size() == kMostRenderings) continue;
      const Language to = other_language(from);
      out.push_back({std::string(lexicon_.form(to, t.to)), terms_of(lexicon_.unit(to, t.to)), weight});
      sum += weight;
    }
    std::erase_if(out, [&](const Rendering& r) { return r.share < kLeastShareInSum * sum || r.terms.empty(); });
    sum = 0;
    for (const auto& r : out) sum += r.share;
    for (auto& r : out) r.share /= sum;
    std::sort(out.begin(), out.end(), [](const Rendering& a, const Rendering& b) { return a.share > b.share; });
    return out;
  }

  void add(const std::string& text, Language from, double weight, std::vector<Rendering> renderings) {
    for (auto& w : words_)
      if (w.text == text) return;  // said twice
    words_.push_back({text, other_language(from), weight, std::move(renderings)});
  }

  // Renderings that count as matches stand beside the word.
  static void offer(std::vector<Node>& list, const std::vector<Rendering>& renderings) {
    for (size_t i = 0; i < renderings.size(); ++i) {
      if (!is_match(renderings, i)) continue;
      const auto& r = renderings[i];
      if (std::any_of(list.begin(), list.end(), [&](const Node& n) { return n.text == r.text; })) continue;
      Node n{.kind = Kind::rendering};
      n.text = r.text;
      n.terms = r.terms;
      list.push_back(std::move(n));
    }
  }

  // The longest known parts of a Han word that is not known itself.
  void parts(const std::string& word, std::vector<Node>& likely) {
    std::vector<size_t> edges;
    for (size_t i = 0; i < word.size(); text::next_code_point(word, i)) edges.push_back(i);
    edges.push_back(word.size());
    for (size_t i = 0; i + 1 < edges.size();) {
      size_t next = i + 1;
      for (size_t k = edges.size() - 1; k > i; --k) {
        const auto part = word.substr(edges[i], edges[k] - edges[i]);
        auto found = renderings(Language::zh, part);
        if (found.empty()) continue;
        offer(likely, found);
        add(part, Language::zh, kPartWeight, std::move(found));
        next = k;
        break;
      }
      i = next;
    }
  }

  void sequence(std::vector<Node>& children) {
    std::vector<std::vector<Node>> likely(children.size());
    // Terms of several words: the longest that begins at each word and does not end within another.
    std::vector<size_t> places;
    for (size_t i = 0; i < children.size(); ++i)
      if (wanted(children[i])) places.push_back(i);
    for (size_t i = 0; i + 1 < places.size();) {
      size_t next = i + 1;
      for (size_t n = std::min(kMostTermWords, places.size() - i); n > 1; --n) {
        const Language from = language_of(children[places[i]]);
        std::string unit, shown;
        bool whole = true;
        for (size_t k = i; k < i + n; ++k) {
          const auto& child = children[places[k]];
          whole = whole && language_of(child) == from;
          if (from == Language::en && k > i) unit += ' ', shown += ' ';
          unit += unit_of(child);
          shown += child.text;
        }
        // Nothing but stop words may stand between.
        for (size_t k = places[i]; whole && k < places[i + n - 1]; ++k)
          whole = children[k].kind == Kind::word && (wanted(children[k]) || !translatable(children[k]));
        if (!whole) continue;
        auto found = renderings(from, unit);
        if (found.empty()) continue;
        for (size_t k = i; k < i + n; ++k) offer(likely[places[k]], found);
        add(shown, from, kTermWeight, std::move(found));
        next = i + n;
        break;
      }
      i = next;
    }
    for (const size_t i : places) {
      const auto& word = children[i];
      auto found = renderings(language_of(word), unit_of(word));
      if (!found.empty()) {
        offer(likely[i], found);
        add(word.text, language_of(word), 1, std::move(found));
      } else if (word.from_han) {
        parts(word.text, likely[i]);
      }
    }
    for (const size_t i : places) {
      if (likely[i].empty()) continue;
      Node n{.kind = Kind::translated};
      n.text = children[i].text;
      n.required = children[i].required;
      n.from_han = children[i].from_han;
      children[i].required = false;
      n.children.push_back(std::move(children[i]));
      for (auto& r : likely[i]) n.children.push_back(std::move(r));
      children[i] = std::move(n);
    }
  }

  const Lexicon& lexicon_;
  std::array<bool, 2> of_;
  Quotes quotes_;
  std::vector<TranslatedWord>& words_;
};

}  // namespace

bool is_match(const std::vector<Rendering>& renderings, size_t i) {
  const auto& r = renderings[i];
  if (r.share < kLikelyShare) return false;
  return std::none_of(renderings.begin(), renderings.begin() + static_cast<std::ptrdiff_t>(i), [&](const Rendering& likelier) {
    return r.text.size() < likelier.text.size() && text::find_phrase(likelier.text, r.text) != std::string_view::npos;
  });
}

bool has_words(const Node& root, Language lang) {
  switch (root.kind) {
    case Kind::words:
      return std::any_of(root.children.begin(), root.children.end(),
                         [&](const Node& n) { return translatable(n) && language_of(n) == lang && (n.from_han || has_letters(n.text)); });
    case Kind::phrase: return has_han(root.text) ? lang == Language::zh : lang == Language::en && has_letters(root.text);
    case Kind::both:
    case Kind::either: return std::any_of(root.children.begin(), root.children.end(), [&](const Node& n) { return has_words(n, lang); });
    default: return false;
  }
}

TranslatedQuery translate(const Node& root, const Lexicon& lexicon, std::array<bool, 2> of, Quotes quotes) {
  TranslatedQuery out;
  out.root = root;
  Translator(lexicon, of, quotes, out.words).visit(out.root);
  return out;
}

}  // namespace resolute::search
