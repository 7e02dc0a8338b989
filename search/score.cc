#include "search/score.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "text/analyze.h"

namespace resolute::search {
namespace {

using Kind = Node::Kind;

constexpr double kWeightExact = 0.5, kWeightStem = 0.65, kWeightPair = 1.0, kWeightChar = 0.3, kWeightHanWord = 0.3, kWeightParticlePair = 0.15;
// Of a pair that lies across two words of a run. Measured on questions and known items.
constexpr double kWeightAcross = 0.6;
// Of what is written in pieces, as one: the pieces count by themselves besides.
constexpr double kWeightCompound = 0.7;
// Numbers and codes (1267, H5N1) have no stem to be found by: all the weight of a word is on how they are
// written.
constexpr double kWeightNumber = kWeightExact + kWeightStem;
// A word of one character has no pair within it, so the character weighs what a pair does.
constexpr double kWeightOneCharWord = kWeightPair;
// Of a Han word that stands by itself in the query: the reader said where it begins and ends. Measured on
// known items.
constexpr double kWeightLoneHanWord = 0.7;

// A pair with such a character lies across words.
bool has_particle(std::string_view han) {
  static constexpr std::array<std::string_view, 6> kParticles = {"的", "是", "了", "在", "有", "被"};
  return std::any_of(kParticles.begin(), kParticles.end(), [&](std::string_view p) { return han.find(p) != std::string_view::npos; });
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Text whose terms count, with the places where the Han words of a run end, as far as these are known.
struct Text {
  std::string folded;
  std::vector<size_t> ends;
  void clear() { folded.clear(), ends.clear(); }
  // Whether a word ends within these bytes.
  bool is_across(size_t begin, size_t end) const {
    return std::any_of(ends.begin(), ends.end(), [&](size_t e) { return e > begin && e < end; });
  }
  // Whether these bytes are one of the words.
  bool is_word(size_t begin, size_t end) const {
    const auto at = std::find(ends.begin(), ends.end(), end);
    return at != ends.end() && (at == ends.begin() ? 0 : *(at - 1)) == begin;
  }
};

double weight_of(const text::Token& token, std::string_view term, const Text& of) {
  switch (text::kind_of(term)) {
    case text::TermKind::word: return has_digit(term) ? kWeightNumber : kWeightExact;
    case text::TermKind::stem: return kWeightStem;
    case text::TermKind::han_pair: return has_particle(term) ? kWeightParticlePair : of.is_across(token.begin, token.end) ? kWeightAcross : kWeightPair;
    case text::TermKind::han_char: return of.is_word(token.begin, token.end) && !has_particle(term) ? kWeightOneCharWord : kWeightChar;
    case text::TermKind::han_word: return of.ends.size() == 1 ? kWeightLoneHanWord : kWeightHanWord;
  }
  return 0;
}

void add_text(const Text& text, std::vector<WeightedTerm>& out) {
  if (text.folded.empty()) return;
  thread_local text::Analyzer analyzer;
  std::vector<text::Token> tokens;
  std::vector<std::string> terms;
  analyzer.tokenizer().tokenize(text.folded, tokens);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const auto& t = tokens[i];
    if (t.kind == text::TokenKind::word)
      analyzer.each_compound_stem(text.folded, tokens, i, [&](std::string_view stem) {
        out.push_back({std::string(kStemPrefix) + std::string(stem), kWeightCompound});
      });
    analyzer.terms_of(text.folded, t, terms);
    for (const auto& term : terms) {
      const bool also_stem = terms.size() > 1 && t.kind == text::TokenKind::word;
      out.push_back({term, also_stem && text::kind_of(term) == text::TermKind::word ? kWeightExact : weight_of(t, term, text)});
    }
  }
}

// Han words that were written together are one run again, so that the pairs across their borders count; those
// across a space do not: nobody wrote them.
void add_words(const Node& words, std::vector<WeightedTerm>& out) {
  const bool telling = std::any_of(words.children.begin(), words.children.end(), is_telling);
  Text run;
  const auto end_run = [&] {
    add_text(run, out);
    run.clear();
  };
  for (const auto& w : words.children) {
    const bool counts = !telling || is_telling(w);
    if (!w.from_han || !counts || w.begins_run) end_run();
    if (!counts) continue;
    if (w.from_han) {
      run.folded += w.text;
      run.ends.push_back(run.folded.size());
    } else {
      add_text({w.text, {}}, out);
    }
  }
  end_run();
}

void add_terms(const Node& node, std::vector<WeightedTerm>& out) {
  switch (node.kind) {
    case Kind::words: add_words(node, out); break;
    case Kind::word:
    case Kind::phrase: add_text({node.text, {}}, out); break;  // a quote counts as its terms do
    case Kind::without: break;
    default:
      for (const auto& c : node.children) add_terms(c, out);
  }
}

}  // namespace

std::vector<WeightedTerm> scoring_terms(const Node& root) {
  std::vector<WeightedTerm> all;
  add_terms(root, all);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.term < b.term; });
  std::vector<WeightedTerm> out;
  for (auto& t : all) {
    if (!out.empty() && out.back().term == t.term)
      out.back().weight += t.weight;
    else
      out.push_back(std::move(t));
  }
  return out;
}

double cited_bonus(uint32_t cited_by) { return std::min(kMostCited, kCitedShare * std::log1p(static_cast<double>(cited_by))); }

double newer_bonus(int days_before_newest) { return kNewest * std::exp2(-static_cast<double>(days_before_newest) / kHalfAge); }

double idf(double n, double df) { return std::log(1 + (n - df + 0.5) / (df + 0.5)); }

}  // namespace resolute::search
