// What translated words add to the scores of texts, titles and subjects.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "search/generation.h"
#include "search/translate.h"

namespace resolute::search {

inline constexpr double kTranslatedShare = 0.7;         // of a word as written, for its renderings
inline constexpr double kTranslatedTitleShare = 0.6;    // of the title's own score
inline constexpr double kTranslatedSubjectShare = 0.5;  // of the subjects' own score, where they have all the words

// Of one query over one generation, both of which outlive it. Immutable, so for any number of threads.
class TranslatedScore {
 public:
  TranslatedScore(const Generation& generation, const TranslatedQuery& query);

  // Adds to scores[i] of wordings[i], ascending; `live` says which count (empty: all).
  void add_to_texts(size_t segment, const std::vector<WordingId>& wordings, const std::vector<uint8_t>& live, std::vector<double>& scores) const;
  // By document; empty where nothing.
  std::vector<float> of_titles(size_t segment) const;
  // The same, of documents whose subjects have every word of the query.
  std::vector<float> of_subjects(size_t segment) const;
  // What add_to_texts gives one wording, in words.
  std::vector<std::pair<std::string, double>> explain(size_t segment, WordingId wording) const;

 private:
  double frequency(const Rendering& rendering) const;
  // Pooled counts of a word under a prefix of documents, by document.
  std::vector<std::pair<DocumentId, double>> in_documents(size_t segment, const TranslatedWord& word, std::string_view prefix) const;
  const Generation& generation_;
  const TranslatedQuery& query_;
  std::vector<TranslatedWord> words_;  // of the query, without what says nothing
  std::vector<double> idf_;            // of each
};

}  // namespace resolute::search
