#include "search/score.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "text/analyze.h"

namespace resolute::search {
namespace {

using Kind = Node::Kind;

constexpr double kWeightExact = 0.45, kWeightStem = 0.7, kWeightPair = 1.0, kWeightChar = 0.3,
                 kWeightHanWord = 0.35, kWeightParticlePair = 0.3;
constexpr double kWeightPhrase = 1.0;  // a quote counts as its terms do

// A pair with such a character lies across words.
bool has_particle(std::string_view pair) {
  static constexpr std::array<std::string_view, 6> kParticles = {"的", "是", "了", "在", "有", "被"};
  return std::any_of(kParticles.begin(), kParticles.end(),
                     [&](std::string_view p) { return pair.find(p) != std::string_view::npos; });
}

void add_terms(const Node& node, std::vector<WeightedTerm>& out) {
  thread_local text::Analyzer analyzer;
  std::vector<text::Token> tokens;
  std::vector<std::string> terms;
  const auto add_text = [&](std::string_view folded, double share) {
    analyzer.tokenizer().tokenize(folded, tokens);
    const auto copy = tokens;
    for (const auto& t : copy) {
      analyzer.terms_of(folded, t, terms);
      for (const auto& term : terms) {
        double w = 0;
        switch (term[0]) {
          case text::kExact:
            w = kWeightExact;
            break;
          case text::kStem:
            w = kWeightStem;
            break;
          case text::kHanPair:
            w = has_particle(std::string_view(term).substr(1)) ? kWeightParticlePair : kWeightPair;
            break;
          case text::kHanChar:
            w = kWeightChar;
            break;
          case text::kHanWord:
            w = kWeightHanWord;
            break;
          default:
            break;
        }
        out.push_back({term, w * share});
      }
    }
  };
  switch (node.kind) {
    case Kind::words: {
      // Neighbouring Han words are one run again, so that the pairs across their borders count.
      std::string run;
      const bool telling = std::any_of(node.children.begin(), node.children.end(),
                                       [](const Node& w) { return !text::is_stop_word(w.text); });
      for (const auto& w : node.children) {
        const bool counts = !telling || !text::is_stop_word(w.text);
        if (w.from_han && counts) {
          run += w.text;
          continue;
        }
        if (!run.empty()) add_text(run, 1);
        run.clear();
        if (counts) add_text(w.text, 1);
      }
      if (!run.empty()) add_text(run, 1);
      break;
    }
    case Kind::word:
      add_text(node.text, 1);
      break;
    case Kind::phrase:
      add_text(node.text, kWeightPhrase);
      break;
    case Kind::without:
      break;
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

double newer_bonus(int days_behind_newest) { return kNewest * std::exp2(-static_cast<double>(days_behind_newest) / kHalfAge); }

double idf(double n, double df) {
  return std::log(1 + (n - df + 0.5) / (df + 0.5));
}

}  // namespace resolute::search
