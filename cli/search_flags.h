// The filters that search, run and export share: the API's parameters as flags.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "http/parameters.h"
#include "search/searcher.h"

namespace resolute::cli {

class SearchFlags {
 public:
  // Adds --lang, --body, ... (repeat one for OR, a leading - excludes), --date-from, --date-to, --cited-by.
  static std::shared_ptr<SearchFlags> add(CLI::App& command);
  void set(const std::string& name, const std::string& value) { values_.emplace_back(name, value); }
  // Throws Error(invalid) that names the flag.
  search::SearchRequest request() const;
  // The index, with the lexicon that is named. Throws Error.
  search::Searcher open() const;
  std::shared_ptr<const search::Searcher> open_shared() const;
  const http::Parameters& values() const { return values_; }
  std::string index, lexicon_index;

 private:
  http::Parameters values_;
};

}  // namespace resolute::cli
