// The sections it writes are listed in docs/index-format.md.
#include "indexer/segment_builder.h"

#include <xapian.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <limits>
#include <queue>
#include <sstream>
#include <unordered_map>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "schemas/error.h"
#include "schemas/field.h"
#include "schemas/postings.h"
#include "schemas/segment.h"
#include "schemas/store.h"
#include "schemas/symbol.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

// Wordings analysed by one task: large enough that sorting its terms is cheap beside it.
constexpr size_t kBatchWordings = 16384;
constexpr size_t kBatchBytes = 6 << 20;

struct Batch {
  uint32_t first = 0;
  std::vector<std::string> texts;
  size_t bytes = 0;
};

// The inverted form of a batch: terms sorted, their postings written one after the other.
struct Run {
  std::string folded;
  std::vector<uint32_t> folded_ends;  // within the batch
  std::vector<uint16_t> lengths;
  std::string terms;
  std::vector<uint32_t> term_ends;
  std::vector<Posting> postings;      // by term, then by wording
  std::vector<uint32_t> posting_ends;
  std::string_view term(size_t i) const { return std::string_view(terms).substr(i ? term_ends[i - 1] : 0, term_ends[i] - (i ? term_ends[i - 1] : 0)); }
};

Run invert(const Batch& batch) {
  thread_local text::Analyzer analyzer;
  Run run;
  std::unordered_map<std::string, uint32_t> ids;
  std::vector<const std::string*> names;
  std::vector<uint32_t> of_one;
  struct Entry { uint32_t term; Posting posting; };
  std::vector<Entry> entries;
  std::string key;
  for (size_t i = 0; i < batch.texts.size(); ++i) {
    const std::string folded = text::fold(batch.texts[i]);
    of_one.clear();
    const uint32_t length = analyzer.analyze(folded, [&](std::string_view term) {
      key.assign(term);
      const auto [it, fresh] = ids.try_emplace(key, static_cast<uint32_t>(names.size()));
      if (fresh) names.push_back(&it->first);
      of_one.push_back(it->second);
    });
    std::sort(of_one.begin(), of_one.end());
    for (size_t k = 0; k < of_one.size();) {
      size_t end = k;
      while (end < of_one.size() && of_one[end] == of_one[k]) ++end;
      entries.push_back({of_one[k], {batch.first + static_cast<uint32_t>(i), static_cast<uint32_t>(std::min<size_t>(end - k, 255))}});
      k = end;
    }
    run.folded += folded;
    run.folded_ends.push_back(static_cast<uint32_t>(run.folded.size()));
    run.lengths.push_back(static_cast<uint16_t>(std::min<uint32_t>(length, 65535)));
  }
  // Counting sort by term, terms in byte order.
  std::vector<uint32_t> order(names.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return *names[a] < *names[b]; });
  std::vector<uint32_t> rank(names.size()), counts(names.size() + 1, 0);
  for (uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  for (const auto& e : entries) ++counts[rank[e.term] + 1];
  for (size_t i = 1; i < counts.size(); ++i) counts[i] += counts[i - 1];
  run.postings.resize(entries.size());
  for (const auto& e : entries) run.postings[counts[rank[e.term]]++] = e.posting;
  run.posting_ends.assign(counts.begin(), counts.end() - 1);
  for (const uint32_t id : order) {
    run.terms += *names[id];
    run.term_ends.push_back(static_cast<uint32_t>(run.terms.size()));
  }
  return run;
}

struct HashOfHash {
  size_t operator()(const std::array<uint64_t, 2>& h) const { return h[0]; }
};

// Values of one field: a dictionary in order of arrival, and each owner's values.
struct ValueColumn {
  std::unordered_map<std::string, uint32_t> ids;
  std::vector<std::string> values;
  std::vector<uint32_t> begin = {0}, of_owner;

  uint32_t intern(const std::string& value) {
    const auto [it, fresh] = ids.try_emplace(value, static_cast<uint32_t>(values.size()));
    if (fresh) values.push_back(value);
    return it->second;
  }
  void add(const std::vector<std::string>& list) {
    const size_t from = of_owner.size();
    for (const auto& v : list) {
      const uint32_t id = intern(v);
      if (std::find(of_owner.begin() + static_cast<long>(from), of_owner.end(), id) == of_owner.end()) of_owner.push_back(id);
    }
    begin.push_back(static_cast<uint32_t>(of_owner.size()));
  }
  // Dictionary in byte order, ids renumbered and sorted for each owner.
  void write(SectionWriter& file, const std::string& name) {
    std::vector<uint32_t> order(values.size()), rank(values.size());
    for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return values[a] < values[b]; });
    std::vector<std::string> sorted;
    for (uint32_t i = 0; i < order.size(); ++i) {
      rank[order[i]] = i;
      sorted.push_back(values[order[i]]);
    }
    for (auto& id : of_owner) id = rank[id];
    for (size_t i = 0; i + 1 < begin.size(); ++i) std::sort(of_owner.begin() + begin[i], of_owner.begin() + begin[i + 1]);
    file.add_strings(name + ".value", sorted);
    file.add(name, of_owner);
    file.add(name + ".begin", begin);
  }
};

std::vector<std::string> field_values(const Document& d, Field field) {
  switch (field) {
    case Field::lang: return {print_language(d.lang)};
    case Field::body: return d.body == Body::none ? std::vector<std::string>{} : std::vector<std::string>{print_body(d.body)};
    case Field::committee: return d.committee;
    case Field::concerns: return d.concerns;
    case Field::type: return {print_type(d.type)};
    case Field::session: return d.session.empty() ? std::vector<std::string>{} : std::vector<std::string>{d.session};
    case Field::agenda: return d.agenda;
    case Field::subject: return d.subjects;
    case Field::year: return d.date.empty() ? std::vector<std::string>{} : std::vector<std::string>{d.date.substr(0, 4)};
    case Field::vote: return d.vote.outcome ? std::vector<std::string>{print_outcome(*d.vote.outcome)} : std::vector<std::string>{};
    case Field::voter: {
      std::vector<std::string> out;
      for (const auto& [state, how] : d.vote.voters) out.push_back(state + ":" + how);
      return out;
    }
    case Field::cites: return cited_symbols(d);
    case Field::symbol: return {d.identifier};
    case Field::kind:
    case Field::action: return {};
  }
  return {};
}

}  // namespace

Prepared prepare(Document&& document) {
  Prepared out;
  out.document = std::move(document);
  out.hashes.reserve(out.document.paragraphs.size());
  for (const auto& p : out.document.paragraphs) {
    const auto h = XXH3_128bits(p.text.data(), p.text.size());
    out.hashes.push_back({h.low64, h.high64});
  }
  return out;
}

struct SegmentBuilder::State {
  std::string index, name, folder;
  int jobs;
  Xapian::WritableDatabase catalogue;
  text::Analyzer analyzer;

  std::unordered_map<std::array<uint64_t, 2>, uint32_t, HashOfHash> wordings;
  TextBlocks texts, records;
  Batch batch;
  std::deque<std::future<Run>> pending;
  std::vector<Run> runs;

  std::vector<uint32_t> first = {0}, sibling, paragraph_wording, paragraph_document, parallel;
  std::vector<uint8_t> kind;
  std::vector<int32_t> date;
  std::vector<std::string> identifiers, titles, fragments, numbers;
  std::array<ValueColumn, kFieldCount> fields;

  void dispatch() {
    if (batch.texts.empty()) return;
    while (pending.size() >= static_cast<size_t>(jobs)) {
      runs.push_back(pending.front().get());
      pending.pop_front();
    }
    Batch full = std::move(batch);
    batch = {};
    batch.first = full.first + static_cast<uint32_t>(full.texts.size());
    pending.push_back(std::async(std::launch::async, [b = std::move(full)] { return invert(b); }));
  }

  uint32_t wording_of(const std::array<uint64_t, 2>& hash, const std::string& text) {
    const auto [it, fresh] = wordings.try_emplace(hash, static_cast<uint32_t>(wordings.size()));
    if (fresh) {
      if (wordings.size() >= (1u << 31)) throw Error(ErrorKind::invalid, "more than 2^31 distinct paragraphs in one segment");
      texts.add(text);
      batch.bytes += text.size();
      batch.texts.push_back(text);
      if (batch.texts.size() >= kBatchWordings || batch.bytes >= kBatchBytes) dispatch();
    }
    return it->second;
  }

  void add_words(Xapian::Document& entry, std::string_view prefix, const std::string& text) {
    analyzer.analyze(text::fold(text), [&](std::string_view term) { entry.add_term(std::string(prefix) + std::string(term)); });
  }

  void add_entry(const Document& d) {
    Xapian::Document entry;
    entry.add_boolean_term(std::string(kIdPrefix) + d.id());
    for (const auto& f : fields_of_documents())
      for (const auto& value : field_values(d, f.field)) entry.add_boolean_term(term(f.field, value));
    add_words(entry, kTitlePrefix, d.title);
    for (const auto& s : d.subjects) add_words(entry, kSubjectPrefix, s);
    if (!d.date.empty()) entry.add_value(kDateSlot, d.date);
    entry.set_data(d.id());
    catalogue.add_document(entry);
  }

  static std::vector<FieldInfo> fields_of_documents() {
    std::vector<FieldInfo> out;
    for (const auto& f : resolute::fields())
      if (f.scope == Scope::document) out.push_back(f);
    return out;
  }

  void merge(SectionWriter& file);
};

SegmentBuilder::SegmentBuilder(std::string index, std::string name, int jobs) : state_(std::make_unique<State>()) {
  auto& s = *state_;
  s.index = std::move(index);
  s.name = std::move(name);
  s.jobs = std::max(1, jobs);
  s.folder = s.index + "/segments/" + s.name;
  std::error_code error;
  std::filesystem::create_directories(s.folder, error);
  if (error) throw Error(ErrorKind::unavailable, "cannot make " + s.folder + ": " + error.message());
  try {
    s.catalogue = Xapian::WritableDatabase(s.folder + "/building", Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
  } catch (const Xapian::Error& e) {
    throw Error(ErrorKind::unavailable, "cannot write the catalogue: " + e.get_msg());
  }
}

SegmentBuilder::~SegmentBuilder() = default;

size_t SegmentBuilder::documents() const { return state_->identifiers.size(); }

void SegmentBuilder::add(std::vector<Prepared>&& versions) {
  auto& s = *state_;
  const auto base_document = static_cast<uint32_t>(s.identifiers.size());
  std::vector<std::unordered_map<std::string, uint32_t>> by_fragment(versions.size());
  for (size_t v = 0; v < versions.size(); ++v) {
    const Document& d = versions[v].document;
    const auto document = static_cast<uint32_t>(s.identifiers.size());
    for (size_t i = 0; i < d.paragraphs.size(); ++i) {
      const auto& p = d.paragraphs[i];
      by_fragment[v].emplace(p.fragment, static_cast<uint32_t>(s.paragraph_wording.size()));
      s.paragraph_wording.push_back(s.wording_of(versions[v].hashes[i], p.text));
      s.paragraph_document.push_back(document);
      s.kind.push_back(static_cast<uint8_t>(p.kind));
      s.parallel.push_back(kNone);
      s.fragments.push_back(p.fragment);
      s.numbers.push_back(p.number);
      s.fields[static_cast<size_t>(Field::action)].add(p.action.empty() ? std::vector<std::string>{} : std::vector<std::string>{p.action});
    }
    s.first.push_back(static_cast<uint32_t>(s.paragraph_wording.size()));
    s.identifiers.push_back(d.identifier);
    s.titles.push_back(d.title);
    s.date.push_back(parse_date(d.date).value_or(std::numeric_limits<int32_t>::min()));
    uint32_t sibling = kNone;
    for (size_t o = 0; o < versions.size(); ++o)
      if (o != v && versions[o].document.identifier == d.identifier) sibling = base_document + static_cast<uint32_t>(o);
    s.sibling.push_back(sibling);
    for (const auto& f : State::fields_of_documents()) s.fields[static_cast<size_t>(f.field)].add(field_values(d, f.field));
    s.records.add(encode_document(d, Texts::without));
    try {
      s.add_entry(d);
    } catch (const Xapian::Error& e) {
      throw Error(ErrorKind::unavailable, "cannot write the catalogue: " + e.get_msg());
    }
  }
  for (size_t v = 0; v < versions.size(); ++v)
    for (const auto& p : versions[v].document.paragraphs)
      if (!p.parallel.empty())
        for (size_t o = 0; o < versions.size(); ++o)
          if (o != v)
            if (const auto it = by_fragment[o].find(p.parallel); it != by_fragment[o].end()) s.parallel[by_fragment[v][p.fragment]] = it->second;
}

void SegmentBuilder::State::merge(SectionWriter& file) {
  const auto less = [this](const std::pair<size_t, size_t>& a, const std::pair<size_t, size_t>& b) {
    const auto x = runs[a.first].term(a.second), y = runs[b.first].term(b.second);
    return x != y ? x > y : a.first > b.first;
  };
  std::priority_queue<std::pair<size_t, size_t>, std::vector<std::pair<size_t, size_t>>, decltype(less)> heap(less);
  for (size_t r = 0; r < runs.size(); ++r)
    if (!runs[r].term_ends.empty()) heap.emplace(r, 0);
  std::string terms;
  std::vector<uint32_t> term_ends = {0}, df;
  std::vector<uint64_t> begin = {0};
  std::vector<Posting> list;
  std::string bytes;
  uint64_t written = 0;
  file.begin("posting");
  while (!heap.empty()) {
    const std::string term(runs[heap.top().first].term(heap.top().second));
    list.clear();
    while (!heap.empty() && runs[heap.top().first].term(heap.top().second) == term) {
      const auto [r, i] = heap.top();
      heap.pop();
      const Run& run = runs[r];
      list.insert(list.end(), run.postings.begin() + (i ? run.posting_ends[i - 1] : 0), run.postings.begin() + run.posting_ends[i]);
      if (i + 1 < run.term_ends.size()) heap.emplace(r, i + 1);
    }
    terms += term;
    if (terms.size() > 0xFFFFFFFFu) throw Error(ErrorKind::invalid, "more than 4 GiB of distinct terms in one segment");
    term_ends.push_back(static_cast<uint32_t>(terms.size()));
    df.push_back(static_cast<uint32_t>(list.size()));
    bytes.clear();
    encode_postings(list, bytes);
    file.write(bytes);
    written += bytes.size();
    begin.push_back(written);
  }
  file.write(std::string(kPostingPadding, '\0'));
  file.end();
  file.begin("term");
  file.write(terms);
  file.end();
  file.add("term.at", term_ends);
  file.add("term.df", df);
  file.add("term.begin", begin);
}

SegmentEntry SegmentBuilder::finish() {
  auto& s = *state_;
  s.dispatch();
  while (!s.pending.empty()) {
    s.runs.push_back(s.pending.front().get());
    s.pending.pop_front();
  }
  SegmentEntry entry;
  entry.name = s.name;
  entry.documents = static_cast<uint32_t>(s.identifiers.size());
  entry.paragraphs = static_cast<uint32_t>(s.paragraph_wording.size());
  const std::string path = segment_path(s.index, s.name);
  {
    SectionWriter file(path);
    s.merge(file);
    file.begin("wording.folded");
    for (const auto& run : s.runs) file.write(run.folded);
    file.end();
    std::vector<uint64_t> folded_at = {0};
    std::vector<uint16_t> lengths;
    uint64_t total_length = 0;
    for (const auto& run : s.runs) {
      const uint64_t base = folded_at.back();
      for (const uint32_t end : run.folded_ends) folded_at.push_back(base + end);
      lengths.insert(lengths.end(), run.lengths.begin(), run.lengths.end());
      for (const uint16_t length : run.lengths) total_length += length;
    }
    file.add("wording.folded.at", folded_at);
    file.add("wording.length", lengths);
    file.add("statistics", std::vector<uint64_t>{lengths.size(), total_length});
    s.texts.finish(file, "wording.text");
    // Occurrences, by counting.
    std::vector<uint32_t> begin(lengths.size() + 1, 0), occurrence(s.paragraph_wording.size());
    for (const uint32_t w : s.paragraph_wording) ++begin[w + 1];
    for (size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    auto at = begin;
    for (uint32_t p = 0; p < s.paragraph_wording.size(); ++p) occurrence[at[s.paragraph_wording[p]]++] = p;
    file.add("wording.occurrence", occurrence);
    file.add("wording.occurrence.begin", begin);
    file.add("paragraph.wording", s.paragraph_wording);
    file.add("paragraph.document", s.paragraph_document);
    file.add("paragraph.kind", s.kind);
    file.add("paragraph.parallel", s.parallel);
    file.add_strings("paragraph.fragment", s.fragments);
    file.add_strings("paragraph.number", s.numbers);
    file.add("document.first", s.first);
    file.add("document.sibling", s.sibling);
    file.add("document.date", s.date);
    file.add_strings("document.identifier", s.identifiers);
    file.add_strings("document.title", s.titles);
    s.records.finish(file, "document.record");
    for (const auto& f : fields())
      if (f.field != Field::kind) s.fields[static_cast<size_t>(f.field)].write(file, std::string("field.") + f.name);
    file.finish();
  }
  entry.segment_bytes = std::filesystem::file_size(path);
  try {
    s.catalogue.commit();
    const std::string target = catalogue_path(s.index, s.name);
    s.catalogue.compact(target, Xapian::DBCOMPACT_SINGLE_FILE | Xapian::DBCOMPACT_NO_RENUMBER);
    s.catalogue.close();
    std::filesystem::remove_all(s.folder + "/building");
    std::ifstream in(target, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const std::string content = bytes.str();
    entry.catalogue_bytes = content.size();
    entry.catalogue_sum = checksum(content);
  } catch (const Xapian::Error& e) {
    throw Error(ErrorKind::unavailable, "cannot write the catalogue: " + e.get_msg());
  }
  flush_folder(s.folder);
  flush_folder(s.index + "/segments");
  return entry;
}

}  // namespace resolute::indexer
