// Which wordings, and which documents, have a term: the lists that the index keeps, and those that it tells by others.
//
// Of text/analyze.h's terms the index keeps no list of a stem for the word that is its own stem, and none of a Han character
// where a pair begins with it. What has the stem "report" is what has the word, or the term "Zreport"; what has a character
// is what has the character's term or one of the pairs that begin with it.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schemas/entries.h"

namespace resolute::search {

class Segment;

// Frequencies that were looked up or counted once. For any number of threads.
class KnownFrequencies {
 public:
  std::optional<uint32_t> find(std::string_view term) const;
  void add(std::string_view term, uint32_t frequency);

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, uint32_t> known_;
};

// Walks the wordings (or documents) that have a term forwards. Begins before the first. Valid as long as the TermLists it
// came from; of the same thread.
class TermList {
 public:
  static constexpr uint32_t kEnd = Postings::kEnd;

  // At most so many; 0 where there are none.
  uint32_t at_most() const { return at_most_; }
  bool empty() const { return at_most_ == 0; }
  uint32_t id() const { return id_; }
  // Times the term stands there; requires that the walk stands on an entry.
  uint32_t count() const;
  // The first at or after `target`, never before where the walk stands; kEnd where there is none.
  uint32_t seek(uint32_t target);
  uint32_t next();

 private:
  friend class TermLists;
  static constexpr uint32_t kBefore = 0xFFFFFFFE;
  enum class Form : uint8_t { one, two, listed };
  Form form_ = Form::one;
  Postings first_, second_;                          // Form::two: what has either
  std::vector<std::pair<uint32_t, uint32_t>> list_;  // Form::listed: id, count
  size_t place_ = 0;
  uint32_t at_most_ = 0, id_ = kBefore;
};

// For one thread; holds a handle of the segment's database meanwhile.
class TermLists {
 public:
  explicit TermLists(const Segment& segment);

  TermList wordings(std::string_view term);
  // Wordings that have the term: exactly, and a bound that costs less.
  uint32_t frequency(std::string_view term);
  uint32_t at_most(std::string_view term);
  // Of documents, by a term of their title or subjects; `prefix` of schemas/field.h.
  TermList documents(std::string_view prefix, std::string_view term);
  // Each word of letters and figures that begins with `prefix` and stands in a text, in byte order: visit(word).
  void each_word(std::string_view prefix, const std::function<void(std::string_view)>& visit) const;

 private:
  enum class Of : uint8_t { wordings, documents };
  TermList kept(Of of, const std::string& term);  // the index's own list
  uint32_t kept_frequency(const std::string& term);
  uint32_t of_character(std::string_view character) const;
  TermList find(Of of, std::string_view prefix, std::string_view term);
  // The terms that tell where a Han character stands.
  std::vector<std::string> terms_with(std::string_view prefix, std::string_view character) const;

  const Segment& segment_;
  EntryReader reader_;
};

}  // namespace resolute::search
