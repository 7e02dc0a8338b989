// The sections it writes are listed in docs/index-format.md.
#include "indexer/segment_builder.h"

#include <xapian.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>
#include <limits>
#include <mutex>
#include <sstream>
#include <unordered_map>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "indexer/inverter.h"
#include "indexer/spill.h"
#include "schemas/error.h"
#include "schemas/field.h"
#include "schemas/segment.h"
#include "schemas/store.h"
#include "schemas/symbol.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

// Wordings analysed by one task.
constexpr size_t kBatchWordings = 8192;
static_assert(kBatchWordings < Inverter::kMostWordings);
constexpr size_t kBatchBytes = 2 << 20;

// Numbers by the hash of a wording, open addressing: a look-up touches one place.
class WordingIds {
 public:
  // The number of a hash; 0 where it is new, to be set.
  uint32_t& operator[](const std::array<uint64_t, 2>& hash) {
    if (++used_ * 2 > slots_.size()) grow();
    auto& slot = slots_[place(hash)];
    if (slot.number) --used_;
    slot.hash = hash;
    return slot.number;
  }
  void expect(const std::array<uint64_t, 2>& hash) const { __builtin_prefetch(&slots_[hash[0] & (slots_.size() - 1)]); }
  size_t size() const { return used_; }

 private:
  struct Slot {
    std::array<uint64_t, 2> hash{};
    uint32_t number = 0;
  };
  size_t place(const std::array<uint64_t, 2>& hash) const {
    size_t i = hash[0] & (slots_.size() - 1);
    while (slots_[i].number && slots_[i].hash != hash) i = (i + 1) & (slots_.size() - 1);
    return i;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const auto& slot : old)
      if (slot.number) slots_[place(slot.hash)] = slot;
  }
  std::vector<Slot> slots_ = std::vector<Slot>(1 << 10);
  size_t used_ = 0;
};

// Puts a dictionary in byte order; the ids into it are renumbered.
void sort_values(std::vector<std::string>& values, std::vector<uint32_t>& ids) {
  std::vector<uint32_t> order(values.size()), rank(values.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return values[a] < values[b]; });
  std::vector<std::string> sorted;
  for (uint32_t i = 0; i < order.size(); ++i) {
    rank[order[i]] = i;
    sorted.push_back(std::move(values[order[i]]));
  }
  values = std::move(sorted);
  for (auto& id : ids) id = rank[id];
}

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
    sort_values(values, of_owner);
    for (size_t i = 0; i + 1 < begin.size(); ++i) std::sort(of_owner.begin() + begin[i], of_owner.begin() + begin[i + 1]);
    file.add_strings(name + ".value", values);
    file.add(name, of_owner);
    file.add(name + ".begin", begin);
  }
};

// One value of each owner, maybe empty.
struct InternedColumn {
  std::unordered_map<std::string, uint32_t> ids = {{"", 0}};
  std::vector<std::string> values = {""};
  std::vector<uint32_t> of_owner;

  void add(const std::string& value) {
    const auto [it, fresh] = ids.try_emplace(value, static_cast<uint32_t>(values.size()));
    if (fresh) values.push_back(value);
    of_owner.push_back(it->second);
  }
  void write(SectionWriter& file, const std::string& name) {
    sort_values(values, of_owner);
    file.add_strings(name + ".value", values);
    file.add_narrow(name, of_owner);
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

// Sections wording.entry, .code, .edit, .length and .repeat, and the statistics.
void write_texts(const std::vector<Inverted>& batches, std::string_view spilled, const WordingEncoder& encoder, SectionWriter& file) {
  const auto write = [&](const std::string& name, uint64_t Inverted::*at, std::vector<uint32_t> Inverted::*counts, size_t unit) {
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
  file.add_strings("wording.entry", encoder.entries());
  write("wording.code", &Inverted::codes_at, &Inverted::code_counts, sizeof(uint16_t));
  write("wording.edit", &Inverted::edits_at, &Inverted::edit_bytes, 1);
  std::vector<uint32_t> lengths;
  uint64_t total_length = 0;
  for (const auto& b : batches) lengths.insert(lengths.end(), b.lengths.begin(), b.lengths.end());
  for (const uint32_t n : lengths) total_length += n;
  file.add_narrow("wording.length", lengths);
  std::vector<uint64_t> repeats;
  for (const auto& b : batches) repeats.insert(repeats.end(), b.repeats.begin(), b.repeats.end());
  file.add("wording.repeat", repeats);
  file.add("statistics", std::vector<uint64_t>{lengths.size(), total_length});
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
  size_t jobs;
  SharedEncoder encoder;
  Xapian::WritableDatabase catalogue;
  text::Analyzer analyzer;

  // Wordings of one language are numbered together, so that gaps in postings are small:
  // until all are known, the language is the number's highest bit.
  static constexpr uint32_t kEnglish = 1u << 31;
  WordingIds wordings;  // numbers and one
  std::array<uint32_t, 2> wordings_of{};
  std::array<Batch, 2> batch;
  Spill spill;
  std::mutex mutex;
  std::vector<std::unique_ptr<Inverter>> inverters;
  std::vector<std::pair<Inverter*, size_t>> idle;  // and the language each had last
  std::deque<std::pair<size_t, std::future<Inverted>>> pending;
  std::array<std::vector<Inverted>, 2> inverted;
  TextBlocks records;

  std::vector<uint32_t> first = {0}, sibling, paragraph_wording, parallel;
  std::vector<uint8_t> kind;
  std::vector<int32_t> date;
  std::vector<std::string> identifiers, titles;
  InternedColumn fragments, numbers, actions;
  std::array<ValueColumn, kFieldCount> fields;

  void settle_oldest() {
    auto& [lang, future] = pending.front();
    inverted[lang].push_back(future.get());
    pending.pop_front();
  }

  // One that had the language, where there is one: it knows its terms and the cuts of its Han runs.
  Inverter* take_inverter(size_t lang) {
    const std::lock_guard lock(mutex);
    const auto it = std::find_if(idle.begin(), idle.end(), [&](const auto& i) { return i.second == lang; });
    if (it == idle.end() && inverters.size() <= jobs) return inverters.emplace_back(std::make_unique<Inverter>()).get();
    const auto mine = it == idle.end() ? idle.back() : *it;
    idle.erase(it == idle.end() ? idle.end() - 1 : it);
    return mine.first;
  }

  void dispatch(size_t lang) {
    if (batch[lang].texts.empty()) return;
    while (pending.size() > jobs) settle_oldest();  // one waits while `jobs` are at work
    pending.emplace_back(lang, std::async(std::launch::async, [this, lang, b = std::move(batch[lang])] {
      auto* mine = take_inverter(lang);
      auto out = mine->invert(b, encoder, spill);
      const std::lock_guard lock(mutex);
      idle.emplace_back(mine, lang);
      return out;
    }));
    batch[lang] = {};
  }

  uint32_t wording_of(const std::array<uint64_t, 2>& hash, std::string&& text, Language language) {
    auto& number = wordings[hash];
    if (number) return number - 1;
    const auto lang = static_cast<size_t>(language);
    if (wordings.size() >= (1u << 31) - 1) throw Error(ErrorKind::invalid, "more than 2^31 distinct paragraphs in one segment");
    const uint32_t wording = wordings_of[lang]++ | (lang ? kEnglish : 0);
    number = wording + 1;
    auto& b = batch[lang];
    b.bytes += text.size();
    b.texts.push_back(std::move(text));
    if (b.texts.size() >= kBatchWordings || b.bytes >= kBatchBytes) dispatch(lang);
    return wording;
  }

  void add_words(Xapian::Document& entry, std::string_view prefix, const std::string& text) {
    analyzer.analyze(text::fold(text), [&](std::string_view term) { entry.add_term(std::string(prefix) + std::string(term)); });
  }

  // Its entry in the catalogue, and its values in the columns.
  void add_entry(const Document& d) {
    Xapian::Document entry;
    entry.add_boolean_term(std::string(kIdPrefix) + d.id());
    for (const auto& f : resolute::fields()) {
      if (f.scope != Scope::document) continue;
      const auto values = field_values(d, f.field);
      fields[static_cast<size_t>(f.field)].add(values);
      if (*f.prefix)
        for (const auto& value : values) entry.add_boolean_term(term(f.field, value));
    }
    add_words(entry, kTitlePrefix, d.title);
    for (const auto& s : d.subjects) add_words(entry, kSubjectPrefix, s);
    if (!d.date.empty()) entry.add_value(kDateSlot, d.date);
    entry.set_data(d.id());
    catalogue.add_document(entry);
  }

  // Commits and compacts to one file; gives its bytes.
  std::string pack_catalogue() {
    try {
      catalogue.commit();
      const std::string target = catalogue_path(index, name);
      catalogue.compact(target, Xapian::DBCOMPACT_SINGLE_FILE | Xapian::DBCOMPACT_NO_RENUMBER);
      catalogue.close();
      std::filesystem::remove_all(folder + "/building");
      std::ifstream in(target, std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      return std::move(bytes).str();
    } catch (const Xapian::Error& e) {
      throw Error(ErrorKind::unavailable, "cannot write the catalogue: " + e.get_msg());
    }
  }
};

SegmentBuilder::SegmentBuilder(std::string index, std::string name, int jobs, SharedEncoder encoder) : state_(std::make_unique<State>()) {
  auto& s = *state_;
  s.index = std::move(index);
  s.name = std::move(name);
  s.jobs = static_cast<size_t>(std::max(1, jobs));
  s.encoder = std::move(encoder);
  s.folder = s.index + "/segments/" + s.name;
  std::error_code error;
  std::filesystem::create_directories(s.folder, error);
  if (error) throw Error(ErrorKind::unavailable, "cannot make " + s.folder + ": " + error.message());
  try {
    s.catalogue = Xapian::WritableDatabase(s.folder + "/building", Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST);
  } catch (const Xapian::Error& e) {
    throw Error(ErrorKind::unavailable, "cannot write the catalogue: " + e.get_msg());
  }
}

SegmentBuilder::~SegmentBuilder() = default;

size_t SegmentBuilder::documents() const { return state_->identifiers.size(); }
size_t SegmentBuilder::wordings() const { return state_->wordings.size(); }

void SegmentBuilder::add(std::vector<Prepared>&& versions) {
  auto& s = *state_;
  const auto base_document = static_cast<uint32_t>(s.identifiers.size());
  std::vector<std::unordered_map<std::string_view, uint32_t>> by_fragment(versions.size());
  for (size_t v = 0; v < versions.size(); ++v) {
    Document& d = versions[v].document;
    for (const auto& hash : versions[v].hashes) s.wordings.expect(hash);
    for (size_t i = 0; i < d.paragraphs.size(); ++i) {
      auto& p = d.paragraphs[i];
      if (versions.size() > 1) by_fragment[v].emplace(p.fragment, static_cast<uint32_t>(s.paragraph_wording.size()));
      s.paragraph_wording.push_back(s.wording_of(versions[v].hashes[i], std::move(p.text), d.lang));
      s.kind.push_back(static_cast<uint8_t>(p.kind));
      s.parallel.push_back(0);
      s.fragments.add(p.fragment);
      s.numbers.add(p.number);
      s.actions.add(p.action);
    }
    s.first.push_back(static_cast<uint32_t>(s.paragraph_wording.size()));
    s.identifiers.push_back(d.identifier);
    s.titles.push_back(d.title);
    s.date.push_back(parse_date(d.date).value_or(std::numeric_limits<int32_t>::min()));
    uint32_t sibling = kNone;
    for (size_t o = 0; o < versions.size(); ++o)
      if (o != v && versions[o].document.identifier == d.identifier) sibling = base_document + static_cast<uint32_t>(o);
    s.sibling.push_back(sibling);
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
          if (s.sibling[base_document + v] == base_document + o)
            if (const auto it = by_fragment[o].find(p.parallel); it != by_fragment[o].end())
              s.parallel[by_fragment[v][p.fragment]] = it->second - s.first[base_document + o] + 1;
}

SegmentEntry SegmentBuilder::finish() {
  auto& s = *state_;
  // The catalogue is packed while the segment is written.
  auto packed = std::async(std::launch::async, [&s] { return s.pack_catalogue(); });
  s.dispatch(0);
  s.dispatch(1);
  while (!s.pending.empty()) s.settle_oldest();
  SegmentEntry entry;
  entry.name = s.name;
  entry.documents = static_cast<uint32_t>(s.identifiers.size());
  entry.paragraphs = static_cast<uint32_t>(s.paragraph_wording.size());
  for (auto& w : s.paragraph_wording)
    if (w & State::kEnglish) w = (w & ~State::kEnglish) + s.wordings_of[0];
  const std::string path = segment_path(s.index, s.name);
  {
    std::vector<Inverted> batches = std::move(s.inverted[0]);
    std::move(s.inverted[1].begin(), s.inverted[1].end(), std::back_inserter(batches));
    const auto spilled = s.spill.map();
    SectionWriter file(path);
    write_postings(batches, spilled, static_cast<int>(s.jobs), file);
    write_texts(batches, spilled, *s.encoder.get(), file);
    file.add("paragraph.wording", s.paragraph_wording);
    file.add("paragraph.kind", s.kind);
    file.add_narrow("paragraph.parallel", s.parallel);
    s.fragments.write(file, "paragraph.fragment");
    s.numbers.write(file, "paragraph.number");
    s.actions.write(file, "field.action");
    file.add("document.first", s.first);
    file.add("document.sibling", s.sibling);
    file.add("document.date", s.date);
    file.add_strings("document.identifier", s.identifiers);
    file.add_strings("document.title", s.titles);
    s.records.finish(file, "document.record");
    for (const auto& f : fields())
      if (f.scope == Scope::document) s.fields[static_cast<size_t>(f.field)].write(file, std::string("field.") + f.name);
    file.finish();
  }
  entry.segment_bytes = std::filesystem::file_size(path);
  const std::string content = packed.get();
  entry.catalogue_bytes = content.size();
  entry.catalogue_sum = checksum(content);
  flush_folder(s.folder);
  flush_folder(s.index + "/segments");
  return entry;
}

}  // namespace resolute::indexer
