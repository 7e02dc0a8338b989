// What people see while and after a command works.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/collect.h"
#include "schemas/document.h"

namespace resolute::cli {

bool is_terminal(int fd);
int terminal_width();  // columns of stdout, 100 where it is none

// A bar with rate and time left on a terminal, a line every few seconds otherwise.
// Writes to stderr only.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  void show(const indexer::Progress& progress);

 private:
  bool terminal_;
  const char* phase_ = "";
  std::chrono::steady_clock::time_point begin_, phase_begin_, shown_;
  bool drawn_ = false;
};

std::string human_bytes(uint64_t bytes);
std::string with_commas(uint64_t n);

// Text with spans between escape codes, or unchanged where `color` is off.
std::string mark(std::string_view text, const std::vector<Span>& spans, bool color);
// Broken to lines of at most `width` columns, Han characters counting two.
std::string wrap(std::string_view text, int width, std::string_view indent);

}  // namespace resolute::cli
