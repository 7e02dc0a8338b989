#include "indexer/wording_writer.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "schemas/error.h"
#include "text/normalize.h"
#include "text/wording.h"

namespace resolute::indexer {
namespace {

// Wordings of one part: fewer are faster to insert, more are smaller once joined (docs/performance.md).
constexpr size_t kBatchWordings = 12288;
constexpr size_t kBatchBytes = 6 << 20;

// What is left at the end is not parted into fewer.
constexpr size_t kLeastPiece = 1024;

// Places in memory that are fetched before they are needed.
constexpr size_t kAhead = 8;

}  // namespace

WrittenBatch WordingWriter::write(const WordingBatch& batch, const SharedEncoder& encoder, Spill& spill) {
  WrittenBatch out;
  out.part = batch.part;
  EntryPart part(batch.part);
  codes_.clear();
  folded_.clear();
  edits_.clear();
  std::vector<size_t> ends;  // of the folded texts
  for (const auto& text : batch.texts) {
    const auto folded = text::fold_with_edits(text);
    ++wording_;
    const uint32_t length = analyzer_.analyze_ids(folded.text, ids_, terms_, characters_);
    if (ids_.size() > seen_.size()) {
      seen_.resize(std::max(ids_.size(), seen_.size() * 2));
      of_character_.resize(seen_.size());
    }
    for (const uint32_t c : characters_)
      if (auto& seen = of_character_[c]; seen.wording != wording_) seen = {wording_, seen.frequency + 1};
    counted_.clear();
    for (size_t t = 0; t < terms_.size(); ++t) {
      if (t + kAhead < terms_.size()) __builtin_prefetch(&seen_[terms_[t + kAhead]]);
      auto& seen = seen_[terms_[t]];
      if (seen.wording == wording_) {
        ++counted_[seen.place].second;
        continue;
      }
      seen = {wording_, static_cast<uint32_t>(counted_.size())};
      counted_.emplace_back(terms_[t], 1);
    }
    entry_.clear();
    for (const auto& [id, count] : counted_) entry_.push_back({ids_.term(id), count});
    // Xapian keeps an entry's terms in a tree: in their order they go in faster.
    std::sort(entry_.begin(), entry_.end(), [](const auto& a, const auto& b) { return a.term < b.term; });
    part.add_wording(entry_);
    out.lengths.push_back(std::min<uint32_t>(length, 65535));
    out.repeats.push_back(text::repeat_key(folded.text));
    folded_ += folded.text;
    ends.push_back(folded_.size());
    edits_ += folded.edits;
    out.edit_bytes.push_back(static_cast<uint32_t>(folded.edits.size()));
  }
  part.commit();
  // The dictionary may still be learned while the first batches are analysed.
  for (size_t i = 0, from = 0; i < ends.size(); from = ends[i++]) {
    const size_t before = codes_.size();
    encoder.get()->encode(std::string_view(folded_).substr(from, ends[i] - from), codes_);
    out.code_counts.push_back(static_cast<uint32_t>(codes_.size() - before));
  }
  out.codes_at = spill.append({reinterpret_cast<const char*>(codes_.data()), codes_.size() * sizeof(uint16_t)});
  out.edits_at = spill.append(edits_);
  return out;
}

void WordingWriter::add_characters(std::map<std::string, uint32_t>& frequencies) const {
  for (uint32_t id = 0; id < of_character_.size(); ++id)
    if (of_character_[id].frequency) frequencies[std::string(ids_.term(id))] += of_character_[id].frequency;
}

uint32_t& WordingNumbers::operator[](const std::array<uint64_t, 2>& hash) {
  if (++used_ * 2 > slots_.size()) grow();
  auto& slot = slots_[place(hash)];
  if (slot.number) --used_;
  slot.hash = hash;
  return slot.number;
}

size_t WordingNumbers::place(const std::array<uint64_t, 2>& hash) const {
  size_t i = hash[0] & (slots_.size() - 1);
  while (slots_[i].number && slots_[i].hash != hash) i = (i + 1) & (slots_.size() - 1);
  return i;
}

void WordingNumbers::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const auto& slot : old)
    if (slot.number) slots_[place(slot.hash)] = slot;
}

WordingCollector::WordingCollector(std::string folder, size_t jobs, SharedEncoder encoder)
    : folder_(std::move(folder)), jobs_(jobs), encoder_(std::move(encoder)) {}

uint32_t WordingCollector::add(const std::array<uint64_t, 2>& hash, std::string&& text, Language language) {
  auto& number = numbers_[hash];
  if (number) return number - 1;
  const auto lang = static_cast<size_t>(language);
  if (numbers_.size() >= (1u << 31) - 1) throw Error(ErrorKind::invalid, "more than 2^31 distinct paragraphs in one segment");
  const uint32_t wording = count_[lang]++ | (lang ? kEnglish : 0);
  number = wording + 1;
  auto& b = batch_[lang];
  b.bytes += text.size();
  b.texts.push_back(std::move(text));
  if (b.texts.size() >= kBatchWordings || b.bytes >= kBatchBytes) dispatch(lang);
  return wording;
}

// In the order in which they were handed on; with `wait` all, else those that are written.
void WordingCollector::settle(bool wait) {
  for (; !pending_.empty(); pending_.pop_front()) {
    auto& [lang, future] = pending_.front();
    if (!wait && future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return;
    written_[lang].push_back(future.get());
  }
}

// One that had the language, where there is one: it knows its terms and the cuts of its Han runs.
WordingWriter* WordingCollector::take_writer(size_t lang) {
  const auto it = std::find_if(idle_.begin(), idle_.end(), [&](const auto& i) { return i.second == lang; });
  if (it == idle_.end() && writers_.size() <= jobs_) return writers_.emplace_back(std::make_unique<WordingWriter>()).get();
  const auto mine = it == idle_.end() ? idle_.back() : *it;
  idle_.erase(it == idle_.end() ? idle_.end() - 1 : it);
  return mine.first;
}

void WordingCollector::dispatch(size_t lang) { dispatch(lang, std::exchange(batch_[lang], {})); }

void WordingCollector::dispatch(size_t lang, WordingBatch&& batch) {
  if (batch.texts.empty()) return;
  settle(false);
  std::unique_lock lock(mutex_);
  written_one_.wait(lock, [&] { return at_work_ <= jobs_; });  // one more than there are threads: none waits for this one
  ++at_work_;
  auto* mine = take_writer(lang);
  lock.unlock();
  batch.part = folder_ + "/" + std::to_string(parts_++);
  pending_.emplace_back(lang, std::async(std::launch::async, [this, lang, mine, b = std::move(batch)] {
                          const auto done = [&] {
                            const std::lock_guard held(mutex_);
                            idle_.emplace_back(mine, lang);
                            --at_work_;
                            written_one_.notify_one();
                          };
                          try {
                            auto out = mine->write(b, encoder_, spill_);
                            done();
                            return out;
                          } catch (...) {
                            done();
                            throw;
                          }
                        }));
}

// In pieces, so that all threads are at work to the end.
void WordingCollector::close() {
  for (const size_t lang : {0, 1}) {
    auto& texts = batch_[lang].texts;
    const size_t piece = std::max(kLeastPiece, texts.size() / jobs_ + 1);
    for (size_t from = 0; from < texts.size(); from += piece) {
      WordingBatch part;
      std::move(texts.begin() + from, texts.begin() + std::min(texts.size(), from + piece), std::back_inserter(part.texts));
      dispatch(lang, std::move(part));
    }
    batch_[lang] = {};
  }
}

std::vector<WrittenBatch> WordingCollector::finish() {
  settle(true);
  auto out = std::move(written_[0]);
  std::move(written_[1].begin(), written_[1].end(), std::back_inserter(out));
  return out;
}

void WordingCollector::write_texts(const std::vector<WrittenBatch>& batches, SectionWriter& file) {
  const auto spilled = spill_.map();
  const auto write = [&](const std::string& name, uint64_t WrittenBatch::*at, std::vector<uint32_t> WrittenBatch::*counts, size_t unit) {
    std::vector<uint32_t> ends = {0};
    uint64_t total = 0;
    file.begin(name);
    for (const auto& b : batches) {
      const uint64_t before = total;
      for (const uint32_t n : b.*counts) {
        total += n;
        if (total > 0xFFFFFFFFu) throw Error(ErrorKind::invalid, "more than 4 GiB of texts in one segment");
        ends.push_back(static_cast<uint32_t>(total));
      }
      file.write(spilled.substr(b.*at, (total - before) * unit));
    }
    file.end();
    file.add(name + ".at", ends);
  };
  file.add_strings("wording.entry", encoder_.get()->entries());
  write("wording.code", &WrittenBatch::codes_at, &WrittenBatch::code_counts, sizeof(uint16_t));
  write("wording.edit", &WrittenBatch::edits_at, &WrittenBatch::edit_bytes, 1);
  std::vector<uint32_t> lengths;
  std::vector<uint64_t> repeats;
  uint64_t total_length = 0;
  for (const auto& b : batches) {
    lengths.insert(lengths.end(), b.lengths.begin(), b.lengths.end());
    repeats.insert(repeats.end(), b.repeats.begin(), b.repeats.end());
  }
  for (const uint32_t n : lengths) total_length += n;
  file.add_narrow("wording.length", lengths);
  file.add("wording.repeat", repeats);
  std::map<std::string, uint32_t> frequencies;
  for (const auto& w : writers_) w->add_characters(frequencies);
  std::vector<std::string> characters;
  std::vector<uint32_t> counts;
  for (const auto& [character, n] : frequencies) {
    characters.push_back(character);
    counts.push_back(n);
  }
  file.add_strings("character", characters);
  file.add("character.df", counts);
  file.add("statistics", std::vector<uint64_t>{lengths.size(), total_length});
}

}  // namespace resolute::indexer
