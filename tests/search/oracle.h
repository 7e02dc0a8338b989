// The slow and obvious way to answer a search: look at every paragraph. Tests and
// bench/oracle compare the index with it.
#pragma once

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "search/searcher.h"

namespace resolute::oracle {

struct Question {
  std::string phrase;  // as typed between quotes; empty: everything
  std::map<Field, search::Filter> filters;
};

struct Answer {
  std::set<std::string> ids;                                // of paragraphs
  std::map<Field, std::map<std::string, uint64_t>> facets;  // each without its own filter
};

// Reads every document once; then answers by walking over all paragraphs.
class LinearScan {
 public:
  explicit LinearScan(const search::Generation& generation);
  Answer answer(const Question& question, const std::vector<Field>& facets) const;
  size_t size() const { return rows_.size(); }

  // Random strings that stand in the texts.
  std::string random_han(std::mt19937& random, size_t least, size_t most) const;
  std::string random_english(std::mt19937& random, size_t least, size_t most) const;
  // The same around an apostrophe: as it stands, with another mark, the owner alone, or without the mark.
  std::string random_possessive(std::mt19937& random, size_t least, size_t most) const;
  // One or two random filters with values that occur, some of them excluded.
  std::map<Field, search::Filter> random_filters(std::mt19937& random) const;

 private:
  struct Row {
    std::string id, original, folded;
    std::vector<std::vector<std::string>> values;  // by field
  };
  std::vector<Row> rows_;
  std::vector<std::vector<std::string>> vocabulary_;  // values of each field that occur
};

// What is wrong with the searcher's answer; empty where nothing.
std::string compare(const search::Searcher& searcher, const LinearScan& scan, const Question& question, const std::vector<Field>& facets);

}  // namespace resolute::oracle
