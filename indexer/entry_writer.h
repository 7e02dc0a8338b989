// The Xapian database of a segment, written: parts side by side, then one file of them.
//
// Xapian's table of new postings costs what its size costs (each posting is looked up among all terms): parts of some
// thousand entries are several times as fast as one database, and compaction only strings their lists together.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace resolute::indexer {

// One part: entries in the order of their numbers. Used from one thread; any number of parts at once.
// Throws Error(unavailable) where the disk fails.
class EntryPart {
 public:
  explicit EntryPart(const std::string& folder);
  ~EntryPart();
  EntryPart(const EntryPart&) = delete;
  EntryPart& operator=(const EntryPart&) = delete;

  struct Term {
    std::string_view term;
    uint32_t count;
  };
  // An entry of a wording. The terms are distinct.
  void add_wording(std::span<const Term> terms);

  struct DocumentEntry {
    std::vector<std::string> boolean_terms;                // distinct or not
    std::vector<std::string> words;                        // each as often as it stands there
    std::vector<std::pair<unsigned, std::string>> values;  // slot, value
    std::string data;
  };
  void add_document(const DocumentEntry& entry);
  // Flushes; nothing may follow.
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Joins parts, in this order, to one compacted file at `target`, flushed to the disk. There is one part at least.
void join_entry_parts(const std::vector<std::string>& folders, const std::string& target);

}  // namespace resolute::indexer
