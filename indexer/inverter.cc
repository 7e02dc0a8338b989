#include "indexer/inverter.h"

#include <algorithm>

#include "indexer/pipeline.h"
#include "schemas/error.h"
#include "text/normalize.h"
#include "text/wording.h"

namespace resolute::indexer {
namespace {

// Places in memory that are fetched before they are needed.
constexpr size_t kAhead = 8;

}  // namespace

using postings_detail::put_varint;
using postings_detail::take_varint;

Inverted Inverter::invert(const Batch& batch, const SharedEncoder& encoder, Spill& spill) {
  Inverted out;
  out.by = this;
  entries_.clear();
  codes_.clear();
  for (auto* s : {&folded_, &edits_, &bytes_}) s->clear();
  std::vector<size_t> ends;  // of the folded texts
  for (size_t i = 0; i < batch.texts.size(); ++i) {
    const auto folded = text::fold_with_edits(batch.texts[i]);
    ++wording_;
    const uint32_t length = analyzer_.analyze_ids(folded.text, ids_, terms_);
    if (ids_.size() > seen_.size()) seen_.resize(std::max(ids_.size(), seen_.size() * 2));
    for (size_t t = 0; t < terms_.size(); ++t) {
      if (t + kAhead < terms_.size()) __builtin_prefetch(&seen_[terms_[t + kAhead]]);
      auto& seen = seen_[terms_[t]];
      if (seen.wording == wording_) {
        auto& at = entries_[seen.place].at;
        if (at.count < 255) ++at.count;
        continue;
      }
      seen = {wording_, static_cast<uint32_t>(entries_.size())};
      entries_.push_back({terms_[t], {static_cast<uint32_t>(i) & 0xFFFFFF, 1}});
    }
    out.lengths.push_back(std::min<uint32_t>(length, 65535));
    out.repeats.push_back(text::repeat_key(folded.text));
    folded_ += folded.text;
    ends.push_back(folded_.size());
    edits_ += folded.edits;
    out.edit_bytes.push_back(static_cast<uint32_t>(folded.edits.size()));
  }
  // The dictionary may still be learned while the first batches are analysed.
  for (size_t i = 0, from = 0; i < ends.size(); from = ends[i++]) {
    const size_t before = codes_.size();
    encoder.get()->encode(std::string_view(folded_).substr(from, ends[i] - from), codes_);
    out.code_counts.push_back(static_cast<uint32_t>(codes_.size() - before));
  }
  // By term, and within a term by wording, as they came.
  std::vector<uint32_t> begin(ids_.size() + 1, 0);
  const auto ahead = [&](size_t i) { return &begin[entries_[std::min(i + 2 * kAhead, entries_.size() - 1)].term + 1]; };
  for (size_t i = 0; i < entries_.size(); ++i) {
    __builtin_prefetch(ahead(i));
    ++begin[entries_[i].term + 1];
  }
  for (size_t t = 1; t < begin.size(); ++t) begin[t] += begin[t - 1];
  postings_.resize(entries_.size());
  for (size_t i = 0; i < entries_.size(); ++i) {
    __builtin_prefetch(ahead(i));
    if (i + kAhead < entries_.size()) __builtin_prefetch(&postings_[begin[entries_[i + kAhead].term]], 1);
    postings_[begin[entries_[i].term]++] = entries_[i].at;
  }
  for (uint32_t t = 0, from = 0; t < ids_.size(); from = begin[t], ++t) {
    if (from == begin[t]) continue;
    out.lists.push_back({t, begin[t] - from, static_cast<uint32_t>(bytes_.size())});
    uint32_t previous = 0;
    for (uint32_t i = from; i < begin[t]; ++i) {
      const auto [wording, count] = postings_[i];
      put_varint(bytes_, (wording - previous) << 1 | (count > 1));
      if (count > 1) put_varint(bytes_, count);
      previous = wording;
    }
  }
  out.postings_at = spill.append(bytes_);
  out.codes_at = spill.append({reinterpret_cast<const char*>(codes_.data()), codes_.size() * sizeof(uint16_t)});
  out.edits_at = spill.append(edits_);
  return out;
}

namespace {

// The first eight bytes, as a number of the same order: most terms differ there.
uint64_t head_of(std::string_view term) {
  uint64_t head = 0;
  for (size_t i = 0; i < 8; ++i) head = head << 8 | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0u);
  return head;
}

// The terms of all inverters in byte order, each once; the numbers in the lists become ranks.
std::vector<std::string_view> rank_terms(std::vector<Inverted>& batches, int jobs) {
  std::vector<const Inverter*> inverters;
  for (const auto& b : batches)
    if (std::find(inverters.begin(), inverters.end(), b.by) == inverters.end()) inverters.push_back(b.by);
  struct Named { uint64_t head; uint32_t inverter, id; };
  std::vector<Named> all;
  for (uint32_t v = 0; v < inverters.size(); ++v)
    for (uint32_t id = 0; id < inverters[v]->terms().size(); ++id) all.push_back({head_of(inverters[v]->terms().term(id)), v, id});
  const auto term = [&](const Named& n) { return inverters[n.inverter]->terms().term(n.id); };
  std::sort(all.begin(), all.end(), [&](const Named& a, const Named& b) { return a.head != b.head ? a.head < b.head : term(a) < term(b); });
  std::vector<std::string_view> terms;
  std::vector<std::vector<uint32_t>> rank(inverters.size());
  for (uint32_t v = 0; v < inverters.size(); ++v) rank[v].resize(inverters[v]->terms().size());
  for (const auto& n : all) {
    if (terms.empty() || terms.back() != term(n)) terms.push_back(term(n));
    rank[n.inverter][n.id] = static_cast<uint32_t>(terms.size() - 1);
  }
  run_ordered<Inverted*, bool>(
      jobs, batches.size() + 1,
      [&](auto&& push) {
        for (auto& b : batches) push(&b);
      },
      [&](Inverted*&& b, int) {
        const auto& of = rank[static_cast<size_t>(std::find(inverters.begin(), inverters.end(), b->by) - inverters.begin())];
        for (auto& list : b->lists) list.term = of[list.term];
        std::sort(b->lists.begin(), b->lists.end(), [](const auto& x, const auto& y) { return x.term < y.term; });
        return true;
      },
      [](bool&&) {});
  return terms;
}

// Terms whose lists one task puts together.
constexpr uint32_t kTaskTerms = 4096;

// The lists of the terms [from, to), encoded one after the other.
struct EncodedLists {
  std::string bytes;
  std::vector<uint32_t> df, sizes;
};

EncodedLists encode_lists(const std::vector<Inverted>& batches, std::string_view spilled, uint32_t from, uint32_t to) {
  std::vector<size_t> next;
  for (const auto& b : batches)
    next.push_back(static_cast<size_t>(std::lower_bound(b.lists.begin(), b.lists.end(), from, [](const auto& list, uint32_t term) { return list.term < term; }) - b.lists.begin()));
  EncodedLists out;
  std::vector<Posting> list;
  for (uint32_t rank = from; rank < to; ++rank) {
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
    const size_t before = out.bytes.size();
    encode_postings(list, out.bytes);
    out.df.push_back(static_cast<uint32_t>(list.size()));
    out.sizes.push_back(static_cast<uint32_t>(out.bytes.size() - before));
  }
  return out;
}

}  // namespace

void write_postings(std::vector<Inverted>& batches, std::string_view spilled, int jobs, SectionWriter& file) {
  const auto terms = rank_terms(batches, jobs);
  const auto count = static_cast<uint32_t>(terms.size());
  std::vector<uint32_t> df, begin = {0};
  uint64_t written = 0;
  file.begin("posting");
  run_ordered<uint32_t, EncodedLists>(
      jobs, static_cast<size_t>(jobs) * 2,
      [&](auto&& push) {
        for (uint32_t from = 0; from < count; from += kTaskTerms) push(uint32_t{from});
      },
      [&](uint32_t&& from, int) { return encode_lists(batches, spilled, from, std::min(from + kTaskTerms, count)); },
      [&](EncodedLists&& lists) {
        file.write(lists.bytes);
        df.insert(df.end(), lists.df.begin(), lists.df.end());
        for (const uint32_t size : lists.sizes) {
          written += size;
          if (written > 0xFFFFFFFFu) throw Error(ErrorKind::invalid, "more than 4 GiB of postings in one segment");
          begin.push_back(static_cast<uint32_t>(written));
        }
      });
  file.write(std::string(kPostingPadding, '\0'));
  file.end();
  std::vector<uint32_t> term_ends = {0};
  uint64_t term_bytes = 0;
  file.begin("term");
  for (const auto& t : terms) {
    file.write(t);
    term_bytes += t.size();
    if (term_bytes > 0xFFFFFFFFu) throw Error(ErrorKind::invalid, "more than 4 GiB of terms in one segment");
    term_ends.push_back(static_cast<uint32_t>(term_bytes));
  }
  file.end();
  file.add("term.at", term_ends);
  file.add("term.df", df);
  file.add("term.begin", begin);
}

}  // namespace resolute::indexer
