// A text as a Word file (.docx: Office Open XML, ISO/IEC 29500), zipped by libarchive, which nothing else here sees.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::http {

inline constexpr const char* kWordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// As Word tracks it: what reviewing accepts or rejects.
enum class Change : uint8_t { none, inserted, deleted };

// Some text of a paragraph. A footnote, where there is one, stands after it.
struct WordRun {
  std::string text, footnote;
  Change change = Change::none;
  bool italic = false, bold = false;
  std::string link;  // an address; only where nothing is tracked
};

enum class WordStyle : uint8_t { normal, title, heading, quote, note };

struct WordParagraph {
  std::vector<WordRun> runs;
  WordStyle style = WordStyle::normal;
  Change change = Change::none;  // of the paragraph as a whole: it is new, or gone
  Language lang = Language::en;
};

// Bytes come out as paragraphs go in: memory is bounded by a paragraph, a table and the footnotes. Not for several threads.
// ((add | add_row)* take)* close take
class WordFile {
 public:
  // Tracked changes are of this author and time ("2026-11-30T12:00:00Z"). Throws Error(unavailable), as the others do.
  WordFile(const std::string& title, const std::string& author, const std::string& time);
  ~WordFile();
  WordFile(const WordFile&) = delete;
  WordFile& operator=(const WordFile&) = delete;

  void add(const WordParagraph& paragraph);
  // A row of a table, which ends where a paragraph is added.
  void add_row(const std::vector<std::string>& cells);
  void close();
  // What was made since the last time.
  std::string take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace resolute::http
