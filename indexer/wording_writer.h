// Distinct paragraph texts in, their entries and codes out: batches of them, several at once.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "indexer/entry_writer.h"
#include "indexer/spill.h"
#include "schemas/document.h"
#include "schemas/segment.h"
#include "schemas/wording_code.h"
#include "text/analyze.h"

namespace resolute::indexer {

using SharedEncoder = std::shared_future<std::shared_ptr<const WordingEncoder>>;

// Wordings that are analysed together, all of one language.
struct WordingBatch {
  std::string part;  // the folder of its entries
  std::vector<std::string> texts;
  size_t bytes = 0;
};

// What became of a batch, but for its entries. The large parts lie in the spill.
struct WrittenBatch {
  std::string part;
  uint64_t codes_at = 0, edits_at = 0;            // of the spill
  std::vector<uint32_t> code_counts, edit_bytes;  // of each wording
  std::vector<uint32_t> lengths;                  // words and Han characters, at most 65,535
  std::vector<uint64_t> repeats;                  // text::repeat_key
};

// One for each thread; keeps its terms from batch to batch.
class WordingWriter {
 public:
  WrittenBatch write(const WordingBatch& batch, const SharedEncoder& encoder, Spill& spill);
  // Adds to each Han character how many of the wordings written so far have it.
  void add_characters(std::map<std::string, uint32_t>& frequencies) const;

 private:
  text::Analyzer analyzer_;
  text::TermIds ids_;
  struct Seen {
    uint32_t wording = 0, place = 0;
  };
  std::vector<Seen> seen_;  // of each term: the last wording that had it, and its place among that one's terms
  uint32_t wording_ = 0;    // counts through all batches, from 1
  std::vector<uint32_t> terms_, characters_;
  struct Character {
    uint32_t wording = 0, frequency = 0;
  };
  std::vector<Character> of_character_;                 // of each term that is one: the last wording that had it, and how many have
  std::vector<std::pair<uint32_t, uint32_t>> counted_;  // distinct terms of one wording, and how often
  std::vector<EntryPart::Term> entry_;
  // Of one batch, kept from batch to batch: the allocator gives so large ones back at once, and new pages cost more than what is done in them.
  std::vector<uint16_t> codes_;
  std::string folded_, edits_;
};

// Numbers by the hash of a wording, open addressing: a look-up touches one place.
class WordingNumbers {
 public:
  // The number of a hash; 0 where it is new, to be set.
  uint32_t& operator[](const std::array<uint64_t, 2>& hash);
  void expect(const std::array<uint64_t, 2>& hash) const { __builtin_prefetch(&slots_[hash[0] & (slots_.size() - 1)]); }
  size_t size() const { return used_; }

 private:
  struct Slot {
    std::array<uint64_t, 2> hash{};
    uint32_t number = 0;
  };
  size_t place(const std::array<uint64_t, 2>& hash) const;
  void grow();
  std::vector<Slot> slots_ = std::vector<Slot>(1 << 10);
  size_t used_ = 0;
};

// Tells texts apart, gives each its number, and has them written in batches by `jobs` threads.
// Wordings of one language are numbered together, Chinese first, so that neighbours are alike: until all are known, a number
// is provisional (the language is its highest bit); final_number() gives the one in the segment, after close().
class WordingCollector {
 public:
  WordingCollector(std::string folder, size_t jobs, SharedEncoder encoder);

  void expect(const std::array<uint64_t, 2>& hash) const { numbers_.expect(hash); }
  // The provisional number of a text with this hash.
  uint32_t add(const std::array<uint64_t, 2>& hash, std::string&& text, Language language);
  size_t size() const { return numbers_.size(); }
  uint32_t final_number(uint32_t provisional) const { return provisional & kEnglish ? (provisional & ~kEnglish) + count_[0] : provisional; }
  // Hands on what is still here: every final number is known. Nothing may be added after it.
  void close();
  // Waits for every batch; in the order of their numbers. Requires close().
  std::vector<WrittenBatch> finish();
  // Sections wording.entry, .code, .edit, .length and .repeat, character, and the statistics.
  void write_texts(const std::vector<WrittenBatch>& batches, SectionWriter& file);

 private:
  static constexpr uint32_t kEnglish = 1u << 31;
  void settle(bool wait);
  WordingWriter* take_writer(size_t lang);  // under the lock
  void dispatch(size_t lang);
  void dispatch(size_t lang, WordingBatch&& batch);

  std::string folder_;
  size_t jobs_, parts_ = 0;
  SharedEncoder encoder_;
  WordingNumbers numbers_;  // numbers and one
  std::array<uint32_t, 2> count_{};
  std::array<WordingBatch, 2> batch_;
  Spill spill_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<WordingWriter>> writers_;
  std::vector<std::pair<WordingWriter*, size_t>> idle_;  // and the language each had last
  std::array<std::vector<WrittenBatch>, 2> written_;
  std::condition_variable written_one_;
  size_t at_work_ = 0;
  std::deque<std::pair<size_t, std::future<WrittenBatch>>> pending_;  // last: waited for before anything else goes
};

}  // namespace resolute::indexer
