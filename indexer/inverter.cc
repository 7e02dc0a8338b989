#include "indexer/inverter.h"

#include <algorithm>
#include <unordered_map>

#include "schemas/error.h"
#include "text/normalize.h"

namespace resolute::indexer {

using postings_detail::put_varint;
using postings_detail::take_varint;

Inverted Inverter::invert(const Batch& batch, const WordingEncoder& encoder, Spill& spill) {
  Inverted out;
  out.by = this;
  struct Entry { uint32_t term, wording, count; };
  std::vector<Entry> entries;
  entries.reserve(batch.bytes / 4);
  std::vector<uint16_t> codes;
  std::string edits;
  for (size_t i = 0; i < batch.texts.size(); ++i) {
    const auto folded = text::fold_with_edits(batch.texts[i]);
    ++wording_;
    const uint32_t length = analyzer_.analyze_ids(folded.text, ids_, [&](uint32_t term) {
      if (term >= seen_.size()) seen_.resize(std::max<size_t>(term + 1, seen_.size() * 2));
      auto& seen = seen_[term];
      if (seen.wording == wording_) {
        auto& count = entries[seen.place].count;
        if (count < 255) ++count;
        return;
      }
      seen = {wording_, static_cast<uint32_t>(entries.size())};
      entries.push_back({term, static_cast<uint32_t>(i), 1});
    });
    out.lengths.push_back(std::min<uint32_t>(length, 65535));
    const size_t before = codes.size();
    encoder.encode(folded.text, codes);
    out.code_counts.push_back(static_cast<uint32_t>(codes.size() - before));
    edits += folded.edits;
    out.edit_bytes.push_back(static_cast<uint32_t>(folded.edits.size()));
  }
  // By term, and within a term by wording, as they came.
  std::vector<uint32_t> begin(ids_.size() + 1, 0);
  for (const auto& e : entries) ++begin[e.term + 1];
  for (size_t t = 1; t < begin.size(); ++t) begin[t] += begin[t - 1];
  std::vector<Posting> postings(entries.size());
  for (const auto& e : entries) postings[begin[e.term]++] = {e.wording, e.count};
  std::string bytes;
  bytes.reserve(entries.size() * 2);
  for (uint32_t t = 0, from = 0; t < ids_.size(); from = begin[t], ++t) {
    if (from == begin[t]) continue;
    out.lists.push_back({t, begin[t] - from, static_cast<uint32_t>(bytes.size())});
    uint32_t previous = 0;
    for (uint32_t i = from; i < begin[t]; ++i) {
      put_varint(bytes, (postings[i].id - previous) << 1 | (postings[i].count > 1));
      if (postings[i].count > 1) put_varint(bytes, postings[i].count);
      previous = postings[i].id;
    }
  }
  out.postings_at = spill.append(bytes);
  out.codes_at = spill.append({reinterpret_cast<const char*>(codes.data()), codes.size() * sizeof(uint16_t)});
  out.edits_at = spill.append(edits);
  return out;
}

namespace {

// The terms of all inverters in byte order, each once; the numbers in the lists become ranks.
std::vector<std::string_view> rank_terms(std::vector<Inverted>& batches) {
  std::vector<const Inverter*> inverters;
  for (const auto& b : batches)
    if (std::find(inverters.begin(), inverters.end(), b.by) == inverters.end()) inverters.push_back(b.by);
  struct Named { std::string_view term; uint32_t inverter, id; };
  std::vector<Named> all;
  for (uint32_t v = 0; v < inverters.size(); ++v)
    for (uint32_t id = 0; id < inverters[v]->terms().size(); ++id) all.push_back({inverters[v]->terms().term(id), v, id});
  std::sort(all.begin(), all.end(), [](const Named& a, const Named& b) { return a.term < b.term; });
  std::vector<std::string_view> terms;
  std::vector<std::vector<uint32_t>> rank(inverters.size());
  for (uint32_t v = 0; v < inverters.size(); ++v) rank[v].resize(inverters[v]->terms().size());
  for (const auto& n : all) {
    if (terms.empty() || terms.back() != n.term) terms.push_back(n.term);
    rank[n.inverter][n.id] = static_cast<uint32_t>(terms.size() - 1);
  }
  for (auto& b : batches) {
    const auto& of = rank[static_cast<size_t>(std::find(inverters.begin(), inverters.end(), b.by) - inverters.begin())];
    for (auto& list : b.lists) list.term = of[list.term];
    std::sort(b.lists.begin(), b.lists.end(), [](const auto& x, const auto& y) { return x.term < y.term; });
  }
  return terms;
}

}  // namespace

void write_postings(std::vector<Inverted>& batches, std::string_view spilled, SectionWriter& file) {
  const auto terms = rank_terms(batches);
  std::vector<uint32_t> term_ends = {0}, df, begin = {0};
  std::vector<size_t> next(batches.size(), 0);
  std::vector<Posting> list;
  std::string bytes;
  uint64_t written = 0, term_bytes = 0;
  file.begin("posting");
  for (uint32_t rank = 0; rank < terms.size(); ++rank) {
    list.clear();
    uint32_t base = 0;
    for (size_t b = 0; b < batches.size(); base += static_cast<uint32_t>(batches[b].wordings()), ++b) {
      const auto& lists = batches[b].lists;
      if (next[b] == lists.size() || lists[next[b]].term != rank) continue;
      const auto& l = lists[next[b]++];
      const char *at = spilled.data() + batches[b].postings_at + l.begin, *end = spilled.data() + spilled.size();
      uint32_t id = base;
      for (uint32_t i = 0; i < l.size; ++i) {
        const uint32_t v = take_varint(at, end);
        id += v >> 1;
        list.push_back({id, v & 1 ? take_varint(at, end) : 1});
      }
    }
    bytes.clear();
    encode_postings(list, bytes);
    file.write(bytes);
    written += bytes.size();
    term_bytes += terms[rank].size();
    if (written > 0xFFFFFFFFu || term_bytes > 0xFFFFFFFFu) throw Error(ErrorKind::invalid, "more than 4 GiB of postings or terms in one segment");
    df.push_back(static_cast<uint32_t>(list.size()));
    begin.push_back(static_cast<uint32_t>(written));
    term_ends.push_back(static_cast<uint32_t>(term_bytes));
  }
  file.write(std::string(kPostingPadding, '\0'));
  file.end();
  file.begin("term");
  for (const auto& t : terms) file.write(t);
  file.end();
  file.add("term.at", term_ends);
  file.add("term.df", df);
  file.add("term.begin", begin);
}

}  // namespace resolute::indexer
