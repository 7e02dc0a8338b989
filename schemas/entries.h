// The Xapian database of a segment, read: texts by their terms, documents by their metadata.
//
// One glass database in one file, immutable. Its entries are numbered from 1: first those of the
// wordings, in their order, then those of the documents, in theirs; the terms kWordingEntry and
// kDocumentEntry tell them apart. Prefixes and slots are in schemas/field.h; docs/xapian.md shows the
// whole to people who know Xapian. Every ordinal below counts from 0 within its kind.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/mapped_file.h"

namespace resolute {

// Walks the list of one term forwards. Begins before its first entry. Valid as long as the reader it came
// from; of the same thread.
class Postings {
 public:
  static constexpr uint32_t kEnd = 0xFFFFFFFF;

  Postings();
  ~Postings();
  Postings(Postings&&) noexcept;
  Postings& operator=(Postings&&) noexcept;

  bool empty() const { return !walk_; }
  // Where the walk stands, kEnd after the last; requires that next() or seek() was called.
  uint32_t id() const { return id_; }
  // Times the term stands in that entry (its wdf).
  uint32_t count() const;
  // Returns the first entry with id >= target, at or after the one where the walk stands; kEnd where there is none.
  uint32_t seek(uint32_t target);
  uint32_t next();

 private:
  friend class EntryReader;
  static constexpr uint32_t kBefore = 0xFFFFFFFE;
  struct Walk;
  std::unique_ptr<Walk> walk_;
  uint32_t id_ = kBefore;
};

class Entries;

// A handle of the database, for one thread at a time. Throws Error(corrupt) where the file is damaged.
class EntryReader {
 public:
  explicit EntryReader(const Entries& entries);
  ~EntryReader();  // gives the handle back, for the next one
  EntryReader(EntryReader&&) noexcept = default;
  EntryReader& operator=(EntryReader&&) = delete;

  // Entries that have the term, of either kind.
  uint32_t frequency(std::string_view term) const;
  // The wordings that have a term of texts; the documents that have one of theirs.
  Postings wordings(std::string_view term) const;
  Postings documents(std::string_view term) const;
  // Each term that begins with `prefix`, in byte order, until visit(term) returns false.
  void each_term(std::string_view prefix, const std::function<bool(std::string_view)>& visit) const;
  // Of every document, in order, how many words its title and subjects have: the sum of wdf over its terms.
  std::vector<uint32_t> document_lengths() const;
  // The document's data: JSON.
  std::string data(uint32_t document) const;
  // Of every document, in order, its value in a slot: visit(document, value) where it has one.
  void each_value(unsigned slot, const std::function<void(uint32_t, std::string_view)>& visit) const;

  struct Handle;

 private:
  Postings list(std::string_view term, uint32_t base, uint32_t limit) const;
  const Entries* entries_;
  std::unique_ptr<Handle> handle_;
};

// For any number of threads.
class Entries {
 public:
  // Throws Error(corrupt) where the file is no such database or has not the entries it should have.
  Entries(const std::string& path, uint32_t wordings, uint32_t documents);
  ~Entries();
  Entries(const Entries&) = delete;
  Entries& operator=(const Entries&) = delete;

  uint32_t wordings() const { return wordings_; }
  uint32_t documents() const { return documents_; }
  EntryReader reader() const { return EntryReader(*this); }
  // Whether the path leads to this file, and nobody has written to it; whether nobody has.
  bool is(const std::string& path) const { return intact() && stamp_of(path) == stamp_; }
  bool intact() const { return as_stamped(file_, stamp_); }

 private:
  friend class EntryReader;
  std::unique_ptr<EntryReader::Handle> take() const;
  void give(std::unique_ptr<EntryReader::Handle> handle) const;
  FileStamp stamp_;
  int file_;  // open as long as this is: handles need no name
  uint32_t wordings_, documents_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<EntryReader::Handle>> idle_;  // Xapian's handles are not for several threads
};

// The wordings of a document's paragraphs, in their order, as the value in kParagraphsSlot says: numbers of
// entries, runs of them as "7-12", with spaces between.
std::string print_wordings(const uint32_t* wordings, size_t count);
// Throws Error(corrupt) where it is none.
void parse_wordings(std::string_view value, std::vector<uint32_t>& wordings);

}  // namespace resolute
