// The bytes of the files that a segment's documents were read from, as they were read: sources.bin, which is there where
// `resolute index --keep-sources` read one of them (docs/index-format.md).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schemas/segment.h"

namespace resolute {

inline constexpr uint64_t kMostSourceBytes = 64u << 20;  // of one source

// Where the bytes of a document's source come from while a segment is written.
struct SourceBytes {
  uint64_t key = 0;                   // equal for documents of one source
  std::function<std::string()> read;  // called once for each key
};

// Writes them one by one, so that memory holds one. Used from one thread; the protocol: (add)* finish.
class SourceWriter {
 public:
  // The file is made with the first source.
  explicit SourceWriter(std::string path) : path_(std::move(path)) {}
  // The source of the next document; nullopt where it is not kept. Throws Error(unavailable), and what `read` throws.
  void add(const std::optional<SourceBytes>& source);
  // Returns the bytes of the file: 0 where no document has a source, and no file was made.
  uint64_t finish();

 private:
  std::string path_;
  std::unique_ptr<SectionWriter> file_;
  std::map<uint64_t, uint32_t> numbers_;  // of the keys
  std::vector<uint32_t> of_document_;
  std::vector<uint64_t> at_ = {0}, sum_;
};

// Immutable, so for any number of threads.
class SourceStore {
 public:
  // Of a segment of so many documents. What says where something lies is checked here, the sources when they are read: there
  // may be gigabytes of them. Throws Error(corrupt).
  SourceStore(const std::string& path, size_t documents);
  uint64_t bytes() const { return file_.size(); }
  const MappedFile& file() const { return file_.file(); }
  // Equal for documents of one source; nullopt where it was not kept.
  std::optional<uint32_t> number(size_t document) const;
  // The bytes of source `number`. Throws Error(corrupt).
  std::string read(uint32_t number) const;
  // That every byte of the file is what was written. Throws Error(corrupt).
  void verify() const;

 private:
  std::string path_;
  SectionReader file_;
  std::string_view packed_;
  std::span<const uint32_t> of_document_;
  std::span<const uint64_t> at_, sum_;
};

}  // namespace resolute
