#include "indexer/index_writer.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <future>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "indexer/existing.h"
#include "indexer/generations.h"
#include "indexer/group.h"
#include "indexer/learning/lexicon_builder.h"
#include "indexer/learning/phrase_builder.h"
#include "indexer/pipeline.h"
#include "indexer/segment_builder.h"
#include "indexer/sources.h"
#include "indexer/update_plan.h"
#include "schemas/arrivals.h"
#include "schemas/clock.h"
#include "schemas/error.h"
#include "schemas/field.h"
#include "schemas/manifest.h"

namespace resolute::indexer {
namespace fs = std::filesystem;
namespace {

// Paragraphs up to which the lexicon is learned before anything is published: that takes no time to speak of.
constexpr uint64_t kLearnedAtOnce = 20'000;
// Groups of documents that are prepared ahead of the one that is written.
constexpr size_t kMostPrepared = 256;

// Share of the paragraphs that may come or go before the lexicon is learned anew.
constexpr double kStaleShare = 0.05;

// Bytes free on a disk that is full: what was begun may have been refused a block of this size.
constexpr uint64_t kFullBelow = 2 << 20;

class IndexRun {
 public:
  explicit IndexRun(const IndexOptions& options) : options_(options), lock_(options.index) {
    // Its own lexicon is learned, not taken over; another index must be there before any work is done.
    std::error_code error;
    if (!options_.lexicon.empty() && fs::equivalent(options_.lexicon, options_.index, error)) options_.lexicon.clear();
    if (!options_.lexicon.empty()) read_current(options_.lexicon);
  }

  IndexReport run() {
    open_existing();
    const auto inputs = list_files(options_.paths);
    const auto unchanged = find_unchanged(inputs);
    read(inputs, unchanged);
    merge_tables(inputs, unchanged);
    try {
      write();
    } catch (...) {
      leave();
      throw;
    }
    report_.documents_joined = own_.size();
    account(inputs, unchanged, table_, winners_, old_, report_);
    report_.seconds = elapsed();
    return std::move(report_);
  }

 private:
  // Removes what was begun and not published: it may be what fills the disk. Says so where that is why the run ends.
  void leave() const {
    std::error_code error;
    uint64_t begun = 0, staged = 0;
    for (const auto& path : begun_)
      for (auto it = fs::recursive_directory_iterator(path, error); !error && it != fs::recursive_directory_iterator(); it.increment(error))
        if (it->is_regular_file(error)) begun += it->file_size(error);
    const auto space = fs::space(options_.index, error);
    const bool full = !error && space.available < kFullBelow;
    for (const auto& path : begun_) fs::remove_all(path, error);
    if (!full) return;
    for (const auto& s : fresh_.documents) staged += s.document.bytes + (s.source ? s.source->bytes : 0);
    // An index is smaller than the documents that it is made of; while it is written it takes its own size once more.
    const uint64_t needed = std::max(2 * begun, staged + staged / 2);
    throw Error(ErrorKind::unavailable, "no space left on the disk of " + options_.index + ": about " + std::to_string((needed >> 20) + 1) +
                                            " MiB are needed, " + std::to_string((space.available + begun) >> 20) +
                                            " MiB are free; the last state is as it was");
  }

  void open_existing() {
    if (options_.rebuild == Rebuild::yes) {
      try {
        revision_ = read_current(options_.index);
      } catch (const Error&) {
        // A broken CURRENT is what --rebuild is for. Go on from the largest number there is.
        std::error_code error;
        for (const auto& e : fs::directory_iterator(options_.index + "/generations", error))
          revision_ = std::max<uint64_t>(revision_, std::strtoull(e.path().filename().c_str(), nullptr, 10));
      }
      return;
    }
    try {
      revision_ = read_current(options_.index);
    } catch (const Error& e) {
      if (e.kind() != ErrorKind::not_found) throw;
      const auto found = newest_whole(options_.index);
      if (!found) return;
      revision_ = found->revision;
      write_file_atomically(options_.index + "/CURRENT", print_current(*found));
      report_.notices.push_back("CURRENT was gone: what is there goes on from revision " + std::to_string(revision_));
    }
    try {
      old_.manifest = read_published(options_.index);
    } catch (const Error& e) {
      if (e.kind() == ErrorKind::not_found) damaged(e.what());
      if (e.kind() != ErrorKind::invalid || options_.rebuild != Rebuild::where_older) throw;
      if (!open_older()) return;
    }
    old_.open(options_.index);
    try {
      auto sources = read_sources(sources_path(revision_), old_.manifest.sources_sum);
      known_ = std::move(sources.files);
      own_ = std::move(sources.own);
    } catch (const Error& e) {
      if (e.kind() != ErrorKind::corrupt) throw;
      known_ = sources_of_documents(old_);
      report_.notices.push_back("the table of input files is damaged: every file that is named is read again, and what came from others stays");
    }
    exists_ = true;
  }

  // An index of an older format whose documents can be carried over.
  bool open_older() {
    try {
      old_.manifest = read_published(options_.index, Formats::upgradable);
    } catch (const Error& e) {
      if (e.kind() == ErrorKind::invalid) return false;
      throw;
    }
    old_.manifest.lexicon.reset();  // learned anew
    upgrades_ = true;
    report_.notices.push_back("the index of format " + std::to_string(old_.manifest.format) + " is written anew in format " + std::to_string(kFormatVersion) +
                              ": files that are named are read again, what came from others is carried over");
    return true;
  }

  // Whether a file's documents are to be dropped.
  bool is_gone(const FileRecord& f) const { return options_.prune == Prune::yes && is_missing(f); }

  // Containers with the size and time they had.
  std::unordered_set<std::string> find_unchanged(const std::vector<InputFile>& inputs) const {
    if (upgrades_) return {};                                                  // readers have learned, too
    if (exists_ && keeps_sources() && !old_.manifest.keep_sources) return {};  // from now on
    std::unordered_map<std::string, std::pair<uint64_t, int64_t>> known;
    for (const auto& f : known_) known[f.container] = {f.size, f.modified};
    std::unordered_set<std::string> out;
    for (const auto& i : inputs)
      if (const auto it = known.find(i.container); it != known.end() && it->second == std::pair(i.size, i.modified)) out.insert(i.container);
    std::unordered_set<std::string> present;
    for (const auto& i : inputs) present.insert(i.container);
    const auto disturbed = disturbed_ids(known_, present, out, [&](const FileRecord& f) { return is_gone(f); });
    if (!disturbed.empty())
      for (const auto& f : known_)
        for (const auto& id : f.ids)
          if (disturbed.count(id)) out.erase(f.container);
    return out;
  }

  void read(const std::vector<InputFile>& inputs, const std::unordered_set<std::string>& unchanged) {
    CollectOptions c;
    c.jobs = options_.jobs;
    c.progress = options_.progress;
    c.stop = options_.stop;
    c.read_apart = options_.read_apart;
    c.keep_sources = keeps_sources() ? KeepSources::yes : KeepSources::no;
    c.skip = [&](const std::string& container, uint64_t, int64_t) { return unchanged.count(container) != 0; };
    collect(inputs, c, fresh_);
    report_.archives = fresh_.archives;
    report_.input_bytes = fresh_.input_bytes;
  }

  // Old records of files that were not read again, then the new ones.
  void merge_tables(const std::vector<InputFile>& inputs, const std::unordered_set<std::string>& unchanged) {
    std::unordered_set<std::string> reread;
    for (const auto& i : inputs)
      if (!unchanged.count(i.container)) reread.insert(i.container);
    for (auto& f : known_) {
      if (reread.count(f.container)) continue;
      if (is_gone(f)) continue;
      table_.push_back(f);
    }
    first_fresh_ = table_.size();
    for (const auto& f : fresh_.files) table_.push_back(f);
    winners_ = settle(table_);
    for (size_t f = 0; f < table_.size(); ++f) {
      auto& file = table_[f];
      if (file.ids.empty()) continue;
      const bool wins = std::any_of(file.ids.begin(), file.ids.end(), [&](const std::string& id) { return winners_.at(id).file == f; });
      file.outcome = wins ? Outcome::documents : Outcome::duplicate;
    }
  }

  // Documents of the index whose records are others than they were.
  void find_rejoined(const std::vector<const Staged*>& chosen) {
    std::unordered_set<std::string> changed;
    for (const auto* s : chosen) changed.insert(identifier_of(s->id));
    records_ = records_by_symbol(table_);
    const auto before = records_by_symbol(known_);
    const auto printed = [](const RecordsBySymbol& all, const std::string& symbol) {
      std::string out;
      if (const auto it = all.find(symbol); it != all.end())
        for (const auto* r : it->second) out += print_record(*r).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
      return out;
    };
    for (const auto& [id, where] : old_.live) {
      const auto symbol = identifier_of(id);
      if (changed.count(symbol) || !winners_.count(id) || (!records_.count(symbol) && !before.count(symbol))) continue;
      if (printed(records_, symbol) != printed(before, symbol)) rejoined_.insert(symbol);
    }
  }

  // The documents that win and are new or changed.
  std::vector<const Staged*> choose_fresh() const {
    std::vector<const Staged*> out;
    std::vector<size_t> seen(fresh_.files.size(), 0);
    for (const auto& s : fresh_.documents) {
      const size_t nth = seen[s.file]++;
      const auto& winner = winners_.at(s.id);
      if (winner.file == first_fresh_ + s.file && winner.nth == nth) out.push_back(&s);
    }
    return out;
  }

  UpdateInput describe(const std::vector<const Staged*>& chosen) const {
    UpdateInput in;
    for (const auto& e : old_.manifest.segments) in.segments.push_back({e.documents, e.deleted});
    for (const auto& [id, where] : old_.live) {
      in.live.push_back({id, where});
      if (!winners_.count(id)) in.dropped.insert(id);
    }
    for (const auto* s : chosen) in.fresh.push_back(s->id);
    in.rejoined = rejoined_;
    in.rewrite_all = upgrades_;
    return in;
  }

  void write() {
    const auto chosen = choose_fresh();
    find_rejoined(chosen);
    const auto input = describe(chosen);
    report_.removed.assign(input.dropped.begin(), input.dropped.end());
    for (const auto* s : chosen) (old_.live.count(s->id) ? report_.documents_replaced : report_.documents_added)++;
    if (exists_ && !upgrades_ && chosen.empty() && input.dropped.empty() && rejoined_.empty()) {
      keep_as_it_is();
      return;
    }
    auto plan = plan_update(input);
    Manifest next;
    next.format = kFormatVersion;
    next.feature = kFeatureVersion;
    next.revision = revision_ + 1;
    next.created = now_iso();
    next.keep_sources = keeps_sources();
    for (size_t s = 0; s < plan.deleted.size(); ++s)
      if (plan.deleted[s]) {
        next.segments.push_back(old_.manifest.segments[s]);
        next.segments.back().deleted = std::move(*plan.deleted[s]);
      }
    for (const auto& id : input.dropped) own_.erase(id);
    std::future<std::string> printed;  // the table of sources, while the last segment is written
    if (!plan.groups.empty()) printed = write_segments(Grouping(fresh_, old_, records_).order(std::move(plan.groups), chosen), next);
    count_documents(options_.index, next);
    next.lexicon = old_.manifest.lexicon;
    const bool due = lexicon_due(next);
    // A small lexicon is there at once; a large one follows in a generation of its own, for searches need not wait for it.
    const bool at_once = next.paragraphs <= kLearnedAtOnce;
    if (due && at_once) next.lexicon = learn(next, next.revision);
    note_arrivals(next, chosen);
    publish(next, printed.valid() ? printed.get() : print_sources(table_, own_));
    complete(std::move(next), due && !at_once);
  }

  // Documents that are new or changed came with this generation.
  void note_arrivals(const Manifest& next, const std::vector<const Staged*>& chosen) {
    std::vector<std::string> fresh;
    for (const auto* s : chosen) fresh.push_back(s->id);
    const auto before = exists_ ? Arrivals::read(options_.index, revision_) : Arrivals();
    arrivals_ = before.after({next.revision, next.created}, fresh, [&](const std::string& id) { return winners_.count(id) != 0; }).print();
  }

  // Nothing to publish, but a changed table is worth keeping (touched files, new rejections).
  void keep_as_it_is() {
    auto& m = old_.manifest;
    report_.documents = m.documents;
    report_.paragraphs = m.paragraphs;
    report_.revision = revision_;
    if (!fresh_.files.empty() || table_.size() != known_.size()) {
      ++m.revision;
      m.created = now_iso();
      publish(m, print_sources(table_, own_));
      report_.published = false;  // no document has changed
    }
    report_.index_bytes = m.bytes();
    report_.lexicon = m.lexicon;
    complete(m, lexicon_due(m));
  }

  // Writes new segments and adds them to `next`; returns the table of sources as it will be printed.
  std::future<std::string> write_segments(const std::vector<Group>& groups, Manifest& next) {
    size_t total = 0, written_documents = 0;  // the latter in segments that are finished
    for (const auto& g : groups) total += g.fresh.size() + g.carried.size();
    const Grouping grouping(fresh_, old_, records_);
    const std::shared_future encoder =
        std::async(std::launch::async, [&] { return grouping.learn_encoder(groups); }).share();  // while the first ones are prepared
    std::unique_ptr<SegmentBuilder> builder;
    const auto end_segment = [&] {
      written_documents += builder->documents();
      const bool small = builder->wordings() <= options_.most_wordings_at_once;
      next.segments.push_back(builder->finish());
      builder.reset();
      if (small) find_phrases(next.segments.back());
    };
    const OwnMetadata before = own_;
    run_ordered<const Group*, PreparedGroup>(
        options_.jobs, kMostPrepared,
        [&](auto&& push) {
          for (const auto& g : groups) push(&g);
        },
        [&](const Group*&& g, int) { return grouping.prepare(*g, before); },
        [&](PreparedGroup&& prepared) {
          if (is_stopped()) throw Error(ErrorKind::unavailable, "interrupted");
          for (const auto& p : prepared.versions)
            for (const auto& q : p.document.paragraphs) report_.text_bytes += q.text.size();
          for (auto& [id, own] : prepared.own) {
            if (own)
              own_[id] = std::move(*own);
            else
              own_.erase(id);
          }
          if (!builder) {
            const auto name = std::to_string(next.revision) + "-" + std::to_string(::getpid()) + "-" + std::to_string(next.segments.size());
            begun_.push_back(options_.index + "/segments/" + name);
            builder = std::make_unique<SegmentBuilder>(options_.index, name, options_.jobs, encoder);
          }
          builder->add(std::move(prepared.versions));
          if (options_.progress) options_.progress({"indexing", written_documents + builder->documents(), total, fresh_.input_bytes});
          if (builder->wordings() >= options_.most_wordings) end_segment();
        });
    if (options_.progress) options_.progress({"writing", 0, 0, fresh_.input_bytes});
    auto printed = std::async(std::launch::async, [this] { return print_sources(table_, own_); });
    if (builder) end_segment();
    return printed;
  }

  // All terms of the input files, as one text: whether others were given before.
  static uint64_t terms_sum(const std::vector<FileRecord>& files) {
    uint64_t sum = 0;
    for (const auto& f : files)
      for (const auto& t : f.terms) sum += checksum(t.zh + '\n' + t.en);  // in any order
    return sum;
  }

  // Whether the lexicon that a generation has (or has not) is to be learned anew.
  bool lexicon_due(const Manifest& m) const {
    if (!options_.lexicon.empty()) return !m.lexicon || !m.lexicon->borrowed || !is_lexicon_of(options_.lexicon, *m.lexicon);
    if (!m.lexicon || terms_sum(table_) != terms_sum(known_)) return true;
    const auto then = static_cast<double>(m.lexicon->paragraphs), now = static_cast<double>(m.paragraphs);
    return std::abs(now - then) > kStaleShare * std::max(then, now);
  }

  // Of the segments of a generation, for that of `revision`; nullopt where there is nothing to learn from.
  std::optional<LexiconEntry> learn(const Manifest& m, uint64_t revision) {
    const auto begin = std::chrono::steady_clock::now();
    if (options_.progress) options_.progress({"learning", 0, 0, fresh_.input_bytes});
    LexiconInput input{options_.index, m.segments, {}, options_.stop};
    for (const auto& f : table_) input.terms.insert(input.terms.end(), f.terms.begin(), f.terms.end());
    const std::string name = std::to_string(revision) + "-" + std::to_string(::getpid());
    begun_.push_back(lexicon_path(options_.index, name));
    // A run that is stopped leaves it to the next one.
    if (is_stopped()) return tell_stopped(), m.lexicon;
    std::optional<LexiconEntry> entry;
    try {
      entry = options_.lexicon.empty() ? build_lexicon(input, name) : borrow_lexicon(options_.lexicon, options_.index, name);
    } catch (const Error&) {
      if (!is_stopped()) throw;
      return tell_stopped(), m.lexicon;
    }
    if (entry) entry->paragraphs = m.paragraphs;
    // What was taken over stays where nothing can be learned.
    else if (m.lexicon && m.lexicon->borrowed)
      entry = m.lexicon;
    report_.lexicon_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return entry;
  }

  // Publishes a generation more where segments lack their phrases or the lexicon is due; nothing of it where the run
  // is stopped.
  void complete(Manifest m, bool due) {
    report_.searchable_seconds = elapsed();
    bool any = false;
    for (auto& e : m.segments) {
      if (e.phrase_bytes) continue;
      if (is_stopped()) return tell_stopped();
      if (options_.progress) options_.progress({"finding phrases", 0, 0, fresh_.input_bytes});
      find_phrases(e);
      any = true;
    }
    if (due) {
      const auto before = m.lexicon ? m.lexicon->name : "";
      m.lexicon = learn(m, m.revision + 1);
      any = any || before != (m.lexicon ? m.lexicon->name : "");
    }
    if (!any) return;
    ++m.revision;
    m.feature = kFeatureVersion;
    m.created = now_iso();
    publish(m, std::nullopt);
  }

  // Asked for once, an index goes on keeping them.
  bool keeps_sources() const { return options_.keep_sources == KeepSources::yes || old_.manifest.keep_sources; }
  bool is_stopped() const { return options_.stop && options_.stop->load(); }
  void tell_stopped() {
    if (!std::exchange(stopped_, true)) report_.notices.push_back("interrupted: what was read is published; phrases and the lexicon follow with the next run");
  }

  std::string sources_path(uint64_t revision) const { return generation_path(options_.index, revision) + "/sources.json"; }

  void find_phrases(SegmentEntry& e) {
    begun_.push_back(phrases_path(options_.index, e.name));
    e.phrase_bytes = build_phrases(options_.index, e.name, options_.jobs);
    flush_folder(options_.index + "/segments/" + e.name);
  }

  double elapsed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

  // With the table of sources, or that of the generation before.
  void publish(Manifest& m, const std::optional<std::string>& sources) {
    const std::string folder = generation_path(options_.index, m.revision);
    begun_.push_back(folder);
    std::error_code error;
    fs::remove_all(folder, error);  // of a run that ended before publishing
    fs::create_directories(folder, error);
    if (error) throw Error(ErrorKind::unavailable, "cannot make " + folder + ": " + error.message());
    if (sources)
      m.sources_sum = checksum(*sources);
    else
      fs::create_hard_link(sources_path(m.revision - 1), sources_path(m.revision), error);
    if (sources || error) write_file_atomically(sources_path(m.revision), sources ? *sources : print_sources(table_, own_));
    // What came with which generation stays where nothing came.
    if (arrivals_)
      write_file_atomically(arrivals_path(options_.index, m.revision), *arrivals_);
    else
      fs::create_hard_link(arrivals_path(options_.index, m.revision - 1), arrivals_path(options_.index, m.revision), error);  // an older program wrote none
    arrivals_.reset();
    write_file_atomically(folder + "/manifest.json", print_manifest(m));
    flush_folder(options_.index + "/generations");
    write_file_atomically(options_.index + "/CURRENT", print_current(m));
    begun_.clear();
    report_.published = true;
    report_.lexicon = m.lexicon;
    report_.documents = m.documents;
    report_.paragraphs = m.paragraphs;
    report_.revision = m.revision;
    report_.index_bytes = m.bytes();
    collect_garbage(options_.index, m.revision, options_.keep);
  }

  IndexOptions options_;
  WriterLock lock_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  uint64_t revision_ = 0;
  bool exists_ = false;
  bool stopped_ = false;   // after what was read could be published
  bool upgrades_ = false;  // what is there has an older format
  Existing old_;
  std::vector<FileRecord> known_, table_;
  size_t first_fresh_ = 0;
  Collection fresh_;
  Winners winners_;
  OwnMetadata own_;          // of the documents that records have joined
  RecordsBySymbol records_;  // views into table_
  std::set<std::string> rejoined_;
  std::vector<std::string> begun_;       // paths of what is written and not yet published
  std::optional<std::string> arrivals_;  // the table of the generation that is being written, where documents came
  IndexReport report_;
};

}  // namespace

void verify_sources(const std::string& index, const Manifest& manifest) {
  read_sources(generation_path(index, manifest.revision) + "/sources.json", manifest.sources_sum);
  static_cast<void>(Arrivals::read(index, manifest.revision));
}

IndexReport index_files(const IndexOptions& options) { return IndexRun(options).run(); }

}  // namespace resolute::indexer
