// The rows of a table as CSV and TSV have them, and what its head line names.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace resolute::indexer {

enum class Column : unsigned char {
  symbol,
  date,
  year,
  session,
  meeting,
  topic,
  title,
  subject,
  draft,
  vote,
  yes,
  no,
  abstain,
  state,
  state_name,
  state_vote,
  outcome,
  en,
  zh,
  other
};
inline constexpr size_t kColumns = static_cast<size_t>(Column::other) + 1;

// One record after another; a quoted field may hold the mark, quotes and line ends.
class Rows {
 public:
  Rows(std::string_view s, char mark) : text_(s), mark_(mark) {}

  // Lines that stand before these bytes.
  void count_from(size_t line) { line_ = line; }
  size_t line() const { return line_; }

  // False at the end. `line`: where the record began.
  bool next(std::vector<std::string>& fields, size_t& line);

 private:
  // Whether the quote at the field's start has an end that a mark or line end follows. TSV has no quoting of its own: there a
  // field in quotes over several lines must be as RFC 4180 has it, and one within a line may hold quotes that are not doubled.
  bool closes();
  void quoted(std::string& field);

  std::string_view text_;
  char mark_;
  size_t at_ = 0, line_ = 1;
  bool unclosed_ = false;  // a quote without an end was met: no later one has any
};

// What parts the fields: a tab, a comma or a semicolon, whichever the first line has most of.
char mark_of(std::string_view s);

// Where the columns stand.
struct Head {
  std::array<int, kColumns> at;  // -1 where there is none
  size_t columns = 0, known = 0;
  bool has(Column c) const { return at[static_cast<size_t>(c)] >= 0; }
};

Head read_head(const std::vector<std::string>& fields);
// A table of terms in both languages, as thesauri and glossaries give.
bool of_terms(const Head& head);
// That, or a table that says of which document and at least one thing of it.
bool usable(const Head& head);

}  // namespace resolute::indexer
