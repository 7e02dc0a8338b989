// Batches of wordings to posting lists and codes, several at once, and the lists of all
// batches to the segment's.
#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "indexer/spill.h"
#include "schemas/postings.h"
#include "schemas/segment.h"
#include "schemas/wording_code.h"
#include "text/analyze.h"

namespace resolute::indexer {

// Wordings that are analysed together; in all they share one language.
struct Batch {
  std::vector<std::string> texts;
  size_t bytes = 0;
};

class Inverter;

using SharedEncoder = std::shared_future<std::shared_ptr<const WordingEncoder>>;

// What became of a batch. The large parts lie in the spill.
struct Inverted {
  struct List {
    uint32_t term;   // the inverter's number, later the rank among all terms
    uint32_t size;   // postings
    uint32_t begin;  // within the batch's bytes
  };
  const Inverter* by = nullptr;
  std::vector<List> lists;
  uint64_t postings_at = 0, codes_at = 0, edits_at = 0;  // of the spill
  std::vector<uint32_t> code_counts, edit_bytes;         // of each wording
  std::vector<uint32_t> lengths;                         // words and Han characters, at most 65,535
  std::vector<uint64_t> repeats;                         // text::repeat_key
  size_t wordings() const { return lengths.size(); }
};

// One for each thread; keeps its terms from batch to batch.
class Inverter {
 public:
  static constexpr size_t kMostWordings = size_t{1} << 24;  // in a batch
  Inverted invert(const Batch& batch, const SharedEncoder& encoder, Spill& spill);
  const text::TermIds& terms() const { return ids_; }

 private:
  text::Analyzer analyzer_;
  text::TermIds ids_;
  struct Place { uint32_t wording : 24, count : 8; };  // a wording of the batch, and how often a term stands in it
  struct Entry { uint32_t term; Place at; };
  struct Seen { uint32_t wording = 0, place = 0; };
  std::vector<Seen> seen_;  // of each term: the last wording that had it, and its entry
  uint32_t wording_ = 0;    // counts through all batches, from 1
  // Of one batch, kept from batch to batch: the allocator gives so large ones back at once, and new pages cost more than what is done in them.
  std::vector<uint32_t> terms_;  // of one wording
  std::vector<Entry> entries_;
  std::vector<Place> postings_;  // the places of entries_, by term
  std::vector<uint16_t> codes_;
  std::string folded_, edits_, bytes_;
};

// Writes sections term, term.at, term.df, term.begin and posting, `jobs` threads at it. Wordings of
// `batches` are numbered one after the other.
void write_postings(std::vector<Inverted>& batches, std::string_view spilled, int jobs, SectionWriter& file);

}  // namespace resolute::indexer
