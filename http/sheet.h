// A table as an XLSX file, by libxlsxwriter, which nothing else sees.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/columns.h"

namespace resolute::http {

// Rows go to a file in $TMPDIR as they come, so memory is bounded; the file is removed when the object is. Not for several threads.
// (add)* close read*
class Sheet {
 public:
  // `about` stands above the head: what the table is, line by line. Heads and values are in the words of `reader`'s language; where nobody is named,
  // heads are English and values are codes. Throws Error(unavailable) where no file can be made.
  Sheet(const std::vector<std::pair<std::string, std::string>>& about, std::vector<const Column*> columns, std::optional<Language> reader = std::nullopt);
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  // A row; further sheets are begun where one is full (1,048,576 rows). A text keeps 32,767 letters, as many as a cell holds.
  void add(const Row& row);
  // Throws Error(unavailable) where it cannot be written.
  void close();
  // Appends a next piece of the file; false at its end.
  bool read(std::string& out, size_t most);

 private:
  struct State;
  void begin_sheet();
  std::unique_ptr<State> state_;
};

}  // namespace resolute::http
