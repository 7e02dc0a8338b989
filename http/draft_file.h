// A draft that is a file: text, HTML, PDF or Word.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace resolute::http {

struct DraftFile {
  std::string format;  // "text", "html", "pdf", "docx", "akn"
  std::string text;    // UTF-8, paragraphs parted by blank lines, without footnotes
  std::string notes;   // likewise, the footnotes: their references want checking, too
  struct Block {
    std::string kind, number, text;
  };
  std::vector<Block> paragraphs;  // as they were understood; empty of plain text
  std::string reason;             // why it could not be read; else empty
};

// Reads a file's bytes, whatever they are; throws nothing.
using ReadDraft = std::function<DraftFile(const std::string& bytes)>;

// Between processes.
std::string print_draft_file(const DraftFile& file);
DraftFile parse_draft_file(const std::string& json);

}  // namespace resolute::http
