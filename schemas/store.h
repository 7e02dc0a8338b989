// Documents and texts as a segment keeps them: the part of the index that both
// updating and searching read.
//
// A *wording* is a distinct paragraph text; its *occurrences* are the paragraphs that
// bear it. Wordings, paragraphs and documents are numbered from 0 within a segment.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"
#include "schemas/entries.h"
#include "schemas/field.h"
#include "schemas/segment.h"
#include "schemas/wording_code.h"

namespace resolute {

// A document as bytes; `texts` off leaves the paragraphs' texts out.
enum class Texts : uint8_t { with, without };
std::string encode_document(const Document& document, Texts texts);
// Of an index of format `format`, kOldestFormat at least. Throws Error(corrupt).
Document decode_document(std::string_view bytes, int format = kFormatVersion);

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

// The texts of a segment's wordings (schemas/wording_code.h). For any number of threads.
class WordingStore {
 public:
  WordingStore() = default;
  // Throws Error(corrupt).
  explicit WordingStore(const SectionReader& file);
  size_t size() const { return code_at_.empty() ? 0 : code_at_.size() - 1; }
  // The view is of `buffer`.
  std::string_view folded(size_t wording, std::string& buffer) const {
    return decoder_->decode(codes_.subspan(code_at_[wording], code_at_[wording + 1] - code_at_[wording]), buffer);
  }
  // Throws Error(corrupt).
  std::string original(size_t wording) const;

 private:
  std::shared_ptr<const WordingDecoder> decoder_;
  std::span<const uint16_t> codes_;
  std::span<const uint32_t> code_at_, edit_at_;
  std::string_view edits_;
};

// The stored documents of a segment. For any number of threads; copies share what they hold.
class DocumentStore {
 public:
  DocumentStore() = default;
  // Of a segment's file and of the path of its entries, of an index of format `format`. Throws Error(corrupt).
  DocumentStore(const SectionReader& file, const std::string& entries, int format = kFormatVersion);
  size_t size() const { return records_.size(); }
  size_t paragraphs() const { return wording_.size(); }
  size_t wordings() const { return texts_.size(); }
  uint32_t first_paragraph(size_t document) const { return first_[document]; }
  uint32_t wording(size_t paragraph) const { return wording_[paragraph]; }
  std::string text(size_t wording) const { return texts_.original(wording); }
  const WordingStore& texts() const { return texts_; }
  const Entries& entries() const { return *entries_; }
  Document document(size_t ordinal) const;
  // The same but for the texts of its paragraphs, which are left empty.
  Document record(size_t ordinal) const;

 private:
  int format_ = kFormatVersion;
  WordingStore texts_;
  TextStore records_;
  std::span<const uint32_t> first_;
  std::shared_ptr<const Entries> entries_;
  std::shared_ptr<const std::vector<uint32_t>> kept_;
  std::span<const uint32_t> wording_;  // of each paragraph, as the documents' entries say
};

}  // namespace resolute
