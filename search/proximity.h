// How near each other, and in what order, the words of a query stand in a text.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/query.h"
#include "search/searcher.h"

namespace resolute::search {

// Neighbours among those words of the query that a text has are looked for close together in it, as the sequential dependence
// model does (Metzler and Croft, "A Markov Random Field Model for Term Dependencies", 2005). Immutable.
class Proximity {
 public:
  // `idf_of` gives the weight of a word node.
  Proximity(const Node& root, const std::function<double(const Node&)>& idf_of, Unit unit = Unit::paragraph);
  // Whether there are two words to be near each other.
  bool applies() const { return words_.size() > 1; }
  // Never negative.
  double bonus(std::string_view folded) const;

 private:
  Unit unit_;
  struct Word {
    std::string text;  // Han as it stands; of others what all their forms begin with
    bool han;
    double weight;
  };
  void collect(const Node& node, const std::function<double(const Node&)>& idf_of);
  std::vector<Word> words_;
};

}  // namespace resolute::search
