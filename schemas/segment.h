// The file of a segment: named sections of bytes, mapped whole, checked on open. What says where something lies is copied then, so that
// damage done in place afterwards changes letters, not places.
//
// indexer/ writes it, search/ reads it; docs/index-format.md lists the sections.
// Layout: sections one after the other, each at a multiple of 8; then a table of
// contents as JSON {name: [offset, bytes, XXH3]}; then its length, its XXH3 and the
// magic. All numbers little-endian.
#pragma once

#include <bit>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/mapped_file.h"

namespace resolute {

static_assert(std::endian::native == std::endian::little, "the index is little-endian");

// XXH3, 64 bits: finds damage, not malice.
uint64_t checksum(std::string_view bytes);
// Of all bytes of a file. Throws Error(corrupt) where it cannot be read.
uint64_t checksum_of_file(const std::string& path);

// Writes one segment file. Not for several threads.
class SectionWriter {
 public:
  // Throws Error(unavailable) where the file cannot be made.
  explicit SectionWriter(const std::string& path);
  ~SectionWriter();
  SectionWriter(const SectionWriter&) = delete;
  SectionWriter& operator=(const SectionWriter&) = delete;

  void begin(const std::string& name);
  void write(std::string_view bytes);
  void end();

  template <typename T>
  void add(const std::string& name, const std::vector<T>& values) {
    begin(name);
    write({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
    end();
  }
  // A list of strings: section NAME holds the bytes, NAME.at their ends (u32, first 0).
  void add_strings(const std::string& name, const std::vector<std::string>& values);
  // Numbers in two bytes each where all fit, else in four.
  void add_narrow(const std::string& name, const std::vector<uint32_t>& values);

  // Table of contents, flush to the disk. Nothing may follow.
  void finish();

 private:
  struct Entry {
    uint64_t offset, bytes, sum;
  };
  std::string path_;
  std::FILE* file_;
  uint64_t at_ = 0;
  std::string open_;
  uint64_t begin_ = 0;
  void* state_;  // XXH3_state_t
  std::map<std::string, Entry> toc_;
};

// A file mapped for reading. Throws Error: corrupt where it is missing or anything at
// all does not fit, unavailable where it cannot be opened. Immutable, so for any number of threads.
class SectionReader {
 public:
  enum class Check { contents, layout };  // layout: trust the bytes, see that they are all there
  explicit SectionReader(const std::string& path, Check check = Check::contents);

  // Throws Error(corrupt) where the section is missing or its size no multiple of T's.
  std::string_view bytes(const std::string& name) const;
  // Numbers, copied: they stay what they were found to be.
  template <typename T>
  std::span<const T> array(const std::string& name) const {
    return as<T>(name, copied(name));
  }
  // Numbers where they lie, of which any may become any other.
  template <typename T>
  std::span<const T> mapped(const std::string& name) const {
    return as<T>(name, bytes(name));
  }
  bool has(const std::string& name) const { return toc_.count(name) != 0; }
  // That a section is what was written. Throws Error(corrupt).
  void check(const std::string& name) const;
  uint64_t size() const { return file_.bytes().size(); }
  const MappedFile& file() const { return file_; }
  std::vector<std::pair<std::string, uint64_t>> sizes() const;  // of each section, bytes

 private:
  struct Section {
    uint64_t offset, bytes, sum;
  };
  template <typename T>
  std::span<const T> as(const std::string& name, std::string_view b) const {
    if (b.size() % sizeof(T)) fail("section " + name + " has an odd size");
    return {reinterpret_cast<const T*>(b.data()), b.size() / sizeof(T)};
  }
  const Section& find(const std::string& name) const;
  std::string_view copied(const std::string& name) const;
  [[noreturn]] void fail(const std::string& why) const;
  std::string path_;
  Check check_;
  MappedFile file_;
  std::map<std::string, Section> toc_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::unique_ptr<uint64_t[]>> copies_;
};

// A list of strings of a segment, by ordinal.
class Strings {
 public:
  Strings() = default;
  Strings(const SectionReader& file, const std::string& name);
  size_t size() const { return ends_.empty() ? 0 : ends_.size() - 1; }
  std::string_view operator[](size_t i) const { return bytes_.substr(ends_[i], ends_[i + 1] - ends_[i]); }
  // The ordinal of a string in a sorted list, or size().
  size_t find(std::string_view s) const;
  // The first ordinal not less than s in a sorted list.
  size_t lower_bound(std::string_view s) const;

 private:
  std::string_view bytes_;
  std::span<const uint32_t> ends_;
};

// Numbers of a segment that are mostly small, as add_narrow wrote them.
class Narrow {
 public:
  Narrow() = default;
  // Throws Error(corrupt) where there are not `size` of them.
  Narrow(const SectionReader& file, const std::string& name, size_t size);
  size_t size() const { return size_; }
  uint32_t operator[](size_t i) const {
    if (two_) return two_[i];
    return four_[i];
  }

 private:
  const uint16_t* two_ = nullptr;
  const uint32_t* four_ = nullptr;
  size_t size_ = 0;
};

// Strings of which few are distinct: sorted values NAME.value, and NAME, the value of each.
class Interned {
 public:
  Interned() = default;
  Interned(const SectionReader& file, const std::string& name, size_t size);
  size_t size() const { return ids_.size(); }
  std::string_view operator[](size_t i) const { return values[ids_[i]]; }
  uint32_t id(size_t i) const { return ids_[i]; }
  Strings values;

 private:
  Narrow ids_;
};

// Ordinals grouped by owner: owner i has ids[begin[i]] to ids[begin[i + 1]].
class Groups {
 public:
  Groups() = default;
  Groups(const SectionReader& file, const std::string& name, uint32_t limit);
  Groups(std::span<const uint32_t> begin, std::span<const uint32_t> ids) : begin_(begin), ids_(ids) {}
  size_t size() const { return begin_.empty() ? 0 : begin_.size() - 1; }
  std::span<const uint32_t> operator[](size_t i) const { return ids_.subspan(begin_[i], begin_[i + 1] - begin_[i]); }
  uint32_t begin(size_t i) const { return begin_[i]; }
  size_t total() const { return ids_.size(); }

 private:
  std::span<const uint32_t> begin_, ids_;
};

inline constexpr uint32_t kNone = 0xFFFFFFFF;

}  // namespace resolute
