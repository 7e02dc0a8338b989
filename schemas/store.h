// Documents and texts as a segment keeps them: the part of the index that both
// updating and searching read.
//
// A *wording* is a distinct paragraph text; its *occurrences* are the paragraphs that
// bear it. Wordings, paragraphs and documents are numbered from 0 within a segment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"
#include "schemas/segment.h"

namespace resolute {

// A document as bytes; `texts` off leaves the paragraphs' texts out.
enum class Texts : uint8_t { with, without };
std::string encode_document(const Document& document, Texts texts);
// Throws Error(corrupt).
Document decode_document(std::string_view bytes);

// Packs strings into blocks that are compressed one by one.
class TextBlocks {
 public:
  void add(std::string_view text);
  // Sections NAME, NAME.blocks, NAME.at.
  void finish(SectionWriter& file, const std::string& name);

 private:
  void close();
  std::string block_, packed_;
  std::vector<uint64_t> block_begin_ = {0}, block_text_ = {0};  // packed offset; text offset
  std::vector<uint64_t> at_ = {0};
  uint64_t total_ = 0;
};

// Reads what TextBlocks wrote. For any number of threads.
class TextStore {
 public:
  TextStore() = default;
  TextStore(const SectionReader& file, const std::string& name);
  size_t size() const { return at_.empty() ? 0 : at_.size() - 1; }
  // Throws Error(corrupt).
  std::string operator[](size_t i) const;

 private:
  std::string_view packed_;
  std::span<const uint64_t> blocks_, at_;
  uint64_t serial_ = 0;  // tells stores apart in the threads' caches
};

// The stored documents of a segment.
class DocumentStore {
 public:
  DocumentStore() = default;
  explicit DocumentStore(const SectionReader& file);
  size_t size() const { return records_.size(); }
  size_t paragraphs() const { return wording_.size(); }
  size_t wordings() const { return texts_.size(); }
  uint32_t first_paragraph(size_t document) const { return first_[document]; }
  uint32_t wording(size_t paragraph) const { return wording_[paragraph]; }
  std::string text(size_t wording) const { return texts_[wording]; }
  Document document(size_t ordinal) const;

 private:
  TextStore texts_, records_;
  std::span<const uint32_t> first_, wording_;
};

}  // namespace resolute
