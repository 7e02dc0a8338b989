// A query tree over one segment: which wordings (or paragraphs) match.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "search/budget.h"
#include "search/generation.h"
#include "search/query.h"
#include "search/term_lists.h"

namespace resolute::search {

// What plain words ask for: every one of them, or any.
enum class Words { all, any };

// Matching is by wording, as long as the tree speaks of text alone. Where fields of
// documents stand under OR or NOT, it is by paragraph.
class Matcher {
 public:
  // With a budget, what is not looked at when it is up does not match (and what is under a NOT matches), so that no match is a false one.
  // Asked in the thread that made it.
  Matcher(const Segment& segment, Words words, Budget* budget = nullptr) : segment_(segment), lists_(segment), words_(words), meter_(budget) {}

  // Wordings that match, ascending. Only for trees without fields (is_textual).
  std::vector<WordingId> wordings(const Node& node);
  // Paragraphs that match, one bit each. For any tree.
  std::vector<bool> paragraphs(const Node& node);

  static bool is_textual(const Node& node);

  // The list that was read last from its beginning to its end.
  struct Read {
    std::string term;
    std::vector<WordingId> wordings;  // ascending
    std::vector<uint32_t> counts;     // how often the term stands in each
  };
  Read take_read() { return std::move(read_); }

 private:
  using List = std::vector<WordingId>;
  struct Terms {
    std::vector<std::string> terms;  // all of which a match has
    bool exact = false;              // and having them is enough
  };

  uint64_t estimate(const Node& node);
  List evaluate(const Node& node);
  void restrict(const Node& node, List& candidates);  // keeps those that match
  List conjunction(const std::vector<const Node*>& nodes, const List* from);
  List of_terms(const Terms& terms, std::string_view phrase);
  void restrict_terms(const Terms& terms, std::string_view phrase, List& candidates);
  List prefix(std::string_view text);
  List rendering(std::vector<std::string> terms);
  bool near(const Node& node, WordingId wording);
  List unlooked() const;
  Terms terms_of(const Node& node);
  std::vector<const Node*> required(const Node& words) const;
  std::vector<bool> paragraphs_of_kind(const Node& node) const;
  std::vector<bool> values_of(const Node& node) const;
  std::vector<bool> documents_named(const Node& node);

  const Segment& segment_;
  TermLists lists_;
  std::string text_;  // that was looked at last
  Read read_;
  Words words_;
  Meter meter_;
  bool negated_ = false;  // within an odd number of NOTs
};

// Terms that a phrase's text must have, rarest first is up to the caller; `exact` where
// a text with the one term has the phrase.
struct PhraseTerms {
  std::vector<std::string> terms;
  bool exact = false;
};
PhraseTerms phrase_terms(std::string_view folded_phrase);

// The term by which a plain word is found: its stem, else itself.
std::string word_term(std::string_view folded_word);

}  // namespace resolute::search
