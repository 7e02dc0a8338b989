#include "indexer/collect.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "indexer/pipeline.h"
#include "schemas/error.h"
#include "schemas/source_store.h"
#include "schemas/store.h"

namespace resolute::indexer {
namespace fs = std::filesystem;
namespace {

static_assert(kMostFileBytes <= kMostSourceBytes);

// What a worker hands on for one source.
struct Read {
  FileRecord record;
  std::vector<std::pair<std::string, int>> claims;  // id, rank
  std::vector<Document> documents;
  uint64_t bytes = 0;
  std::string source;   // the bytes themselves, where they are kept
  uint64_t packed = 0;  // of the input: an archive's bytes come with its first member
};

struct Work {
  Source source;
  bool large = false;            // a table that is read piece by piece, from its path
  std::string input_path, name;  // of the input, which may be an archive: its path and name (InputFile)
  FileRecord record;             // path, container, size, modified filled in
  bool rejected = false;         // the record already says why
  uint64_t packed = 0;           // bytes of the input that this stands for
};

bool is_large_table(const InputFile& file) {
  if (file.pipe || file.size <= kMostFileBytes || file.size > kMostTableBytes) return false;
  std::ifstream in(file.container, std::ios::binary);
  std::string head(4096, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(in.gcount()));
  return names_columns(head);
}

Reading read_large(const FileRecord& record) {
  std::ifstream in(record.container, std::ios::binary);
  if (in) return read_large_table(record.path, in);
  Reading out;
  out.rejections.push_back({record.path, "unreadable", std::strerror(errno), ""});
  return out;
}

Reading read_by_format(const Source& source) {
  switch (detect_format(source.bytes)) {
    case Format::akn: return read_akn(source.path, source.bytes);
    case Format::text: return read_text(source.path, source.bytes);
    case Format::pdf: return read_pdf(source.path, source.bytes);
    case Format::docx: return read_docx(source.path, source.bytes);
    case Format::html: return read_html(source.path, source.bytes);
    case Format::jsonl: return read_jsonl(source.path, source.bytes);
    case Format::marcxml: return read_marcxml(source.path, source.bytes);
    case Format::table: return read_table(source.path, source.bytes);
    case Format::archive:
    case Format::unknown: break;
  }
  Reading out;
  if (source.bytes.find_first_not_of(" \t\r\n") == std::string::npos) out.rejections.push_back({source.path, "empty", "the file is empty", ""});
  return out;
}

Reading read_apart(const Source& source, const ReadApart& apart) {
  auto read = apart(source.path, source.bytes);
  if (read) return std::move(*read);
  Reading out;
  out.rejections.push_back({source.path, "too-costly", "reading it takes more time or memory than a file may", ""});
  return out;
}

void read_source(const Work& work, const ReadApart& apart, FileRecord& record, std::vector<Document>& documents) {
  const Source& source = work.source;
  const bool is_apart = !work.large && apart && is_read_apart(detect_format(source.bytes));
  Reading reading = work.large ? read_large(record) : is_apart ? read_apart(source, apart) : read_by_format(source);
  // A document that its file names is named from what the command line gave on, not from the root of the disk.
  for (auto& d : reading.documents)
    if (d.identifier == name_from_path(source.path))
      d.identifier = name_from_path(work.name + source.path.substr(std::min(work.input_path.size(), source.path.size())));
  record.outcome = !reading.documents.empty()                           ? Outcome::documents
                   : !reading.records.empty() || !reading.terms.empty() ? Outcome::records
                   : !reading.rejections.empty()                        ? Outcome::rejected
                                                                        : Outcome::ignored;
  if (const size_t more = reading.rejections.more())
    reading.rejections.back() = {source.path, "more-rejections", std::to_string(more + 1) + " more of this file are not listed", ""};
  record.rejections = std::move(reading.rejections);
  record.records = Records(std::move(reading.records));
  record.terms = Terms(std::move(reading.terms));
  if (record.outcome == Outcome::ignored) record.note = why_ignored(source.bytes);
  documents = std::move(reading.documents);
}

// A pipe to its end, or one byte more than a file may have. Waits for who writes to it, but not longer than `stop`.
std::string read_pipe(const std::string& path, const std::atomic<bool>* stop) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) throw std::ios_base::failure(std::strerror(errno));
  const std::unique_ptr<const int, void (*)(const int*)> closed(&fd, [](const int* f) { ::close(*f); });
  std::string all;
  std::vector<char> buffer(64 << 10);
  while (all.size() <= kMostFileBytes) {
    if (stop && stop->load()) throw Error(ErrorKind::unavailable, "interrupted");
    pollfd waits{fd, POLLIN, 0};
    const int ready = ::poll(&waits, 1, 200);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const auto n = ready < 0 ? -1 : ::read(fd, buffer.data(), std::min(buffer.size(), kMostFileBytes + 1 - all.size()));
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (n < 0) throw std::ios_base::failure(std::strerror(errno));
    if (n == 0) break;
    all.append(buffer.data(), static_cast<size_t>(n));
  }
  return all;
}

// Whether the first bytes of a file are those of an archive: another one of its size is not read at all.
bool begins_as_archive(const InputFile& file) {
  std::ifstream in(file.container, std::ios::binary);
  std::string head(4096, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(in.gcount()));
  return detect_format(head) == Format::archive;
}

std::string read_bytes(const InputFile& file, const std::atomic<bool>* stop) {
  if (file.pipe) return read_pipe(file.container, stop);
  std::ifstream in(file.container, std::ios::binary);
  if (!in) throw std::ios_base::failure(std::strerror(errno));
  std::string bytes(file.size, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(in.gcount()));
  if (in.bad()) throw std::ios_base::failure("read error");
  return bytes;
}

// Opens inputs, archives among them, and hands on what is to be read, in order. Used from one thread.
class Opener {
 public:
  Opener(const CollectOptions& options, std::function<void(Work&&)> push) : options_(options), push_(std::move(push)) {}

  void open(const InputFile& input) {
    begin(input);
    try {
      if (is_large_table(input)) {
        Work w = work();
        w.large = true;
        return push(std::move(w));
      }
      // Only an archive may be larger than a file may; its members are checked one by one.
      // NOLINTNEXTLINE(misc-redundant-expression): the two limits are the same now
      if (input.size > kMostFileBytes && input.size > kMostArchiveBytes / 4) return reject_large(input, std::to_string(input.size >> 20) + " MiB");
      if (input.size > kMostFileBytes && !begins_as_archive(input)) return reject_large(input, more_than_allowed());
      std::string bytes = read_bytes(input, options_.stop);
      if (input.pipe && bytes.size() > kMostFileBytes)
        return reject({input.path, "too-large", "the pipe gives more than " + std::to_string(kMostFileBytes >> 20) + " MiB", ""});
      if (detect_format(bytes) == Format::archive) return open_archive(input, bytes);
      if (input.size > kMostFileBytes) return reject_large(input, more_than_allowed());
      Work w = work();
      w.source.bytes = std::move(bytes);
      push(std::move(w));
    } catch (const std::ios_base::failure& e) { reject({input.path, "unreadable", e.what(), ""}); }
  }

  size_t archives() const { return archives_; }

 private:
  void begin(const InputFile& input) {
    before_ = named_;
    named_ += input.size;
    so_far_ = named_;
    input_ = &input;
  }
  // The input itself, or a part of it.
  Work work() const {
    Work w;
    w.record.path = w.input_path = w.source.path = input_->path;
    w.name = input_->name;
    w.record.container = input_->container;
    w.record.size = input_->size;
    w.record.modified = input_->modified;
    return w;
  }
  void push(Work&& w) {
    w.packed = std::max(told_, so_far_) - told_;
    told_ += w.packed;
    push_(std::move(w));
  }
  void reject(Rejection&& r) {
    Work rejected = work();
    rejected.record.path = r.path;
    rejected.record.outcome = Outcome::rejected;
    rejected.record.rejections.push_back(std::move(r));
    rejected.rejected = true;
    push(std::move(rejected));
  }
  static std::string more_than_allowed() { return "more than " + std::to_string(kMostFileBytes >> 20) + " MiB"; }
  void reject_large(const InputFile& input, const std::string& size) { reject({input.path, "too-large", "the file has " + size, ""}); }

  void open_archive(const InputFile& input, const std::string& bytes) {
    ++archives_;
    size_t members = 0;
    read_archive(
        input.path, bytes, 1,
        [&](Source&& member) {
          ++members;
          so_far_ = std::min(before_ + member.archive_bytes, named_);
          Work w = work();
          w.record.path = member.path;
          w.source = std::move(member);
          push(std::move(w));
        },
        [&](Rejection&& r) {
          ++members;
          reject(std::move(r));
        });
    if (members == 0) reject({input.path, "empty", "the archive has no members", ""});
  }

  const CollectOptions& options_;
  std::function<void(Work&&)> push_;
  const InputFile* input_ = nullptr;  // that is being opened
  // Bytes of the inputs: up to the one that is opened, with it, handed on; and read so far, once and in order, however an archive unpacks.
  uint64_t before_ = 0, named_ = 0, told_ = 0, so_far_ = 0;
  size_t archives_ = 0;
};

Read understand_source(Work&& w, const CollectOptions& options) {
  Read read;
  read.record = std::move(w.record);
  read.bytes = w.source.bytes.size();
  read.packed = w.packed;
  if (w.rejected) return read;
  try {
    read_source(w, options.read_apart, read.record, read.documents);
  } catch (const std::exception& e) {
    // A fault of ours in reading one file must not end the run.
    read.documents.clear();
    read.record.outcome = Outcome::rejected;
    read.record.rejections = {{w.source.path, "internal", std::string("reading failed: ") + e.what(), ""}};
  }
  if (options.keep_sources == KeepSources::yes && !read.documents.empty()) read.source = std::move(w.source.bytes);
  return read;
}

void take(Read&& read, Collection& out) {
  const auto file = static_cast<uint32_t>(out.files.size());
  std::optional<Staged::Place> source;
  if (!read.source.empty()) source = out.stage_source(read.source);
  for (const auto& d : read.documents) {
    const int rank = claim_rank(d);
    read.record.ids.push_back(d.id());
    read.record.ranks.push_back(rank);
    if (text::leaves_text(d)) read.record.unplaced.push_back(d.id());
    out.stage(d, file, rank, source);
  }
  out.files.push_back(std::move(read.record));
}

}  // namespace

Staged::Place Collection::stage_source(std::string_view bytes) { return {spill_.append(bytes), bytes.size()}; }

void Collection::stage(const Document& document, uint32_t file, int rank, std::optional<Staged::Place> source) {
  const std::string bytes = encode_document(document, Texts::with);
  const bool gaps = document.format == "pdf" && document.lang == Language::en;
  documents.push_back({document.id(), document.title, file, rank, {spill_.append(bytes), bytes.size()}, source, gaps});
}

std::string Collection::load_source(const Staged& staged) const { return spill_.read(staged.source->offset, staged.source->bytes); }

Document Collection::decode(const Staged& staged) const { return decode_document(spill_.read(staged.document.offset, staged.document.bytes)); }

Document Collection::load(const Staged& staged) const {
  Document out = decode(staged);
  if (words_ && staged.gaps) words_->mend(out);
  return out;
}

void Collection::learn_words() {
  static constexpr size_t kEnough = 2'000;  // documents that say what the words are
  std::vector<const Staged*> broken, others;
  for (const auto& s : documents) (s.gaps ? broken : others).push_back(&s);
  if (broken.empty()) return;
  auto words = std::make_shared<text::Vocabulary>();
  const auto sample = [](std::vector<const Staged*>& of) {
    std::vector<const Staged*> out;
    for (size_t i = 0; i < std::min(of.size(), kEnough); ++i) out.push_back(of[i * of.size() / std::min(of.size(), kEnough)]);
    of = std::move(out);
  };
  sample(broken);
  sample(others);
  for (const auto* list : {&broken, &others})
    for (const auto* s : *list) words->count(decode(*s));
  for (const auto* s : broken) words->count_gaps(decode(*s));
  words_ = std::move(words);
}

int claim_rank(const Document& d) {
  // Marked-up sources are trusted before those whose structure is inferred.
  static const std::map<std::string_view, int> kTrust = {{"akn", 10}, {"docx", 8}, {"html", 6}, {"pdf", 4}, {"text", 2}};
  const auto it = kTrust.find(d.format);
  const int format = it == kTrust.end() ? 0 : it->second;
  return format + (has_warning(d.warnings, WarningCode::ill_formed) ? 0 : 1);
}

RecordsBySymbol records_by_symbol(const std::vector<FileRecord>& files) {
  std::vector<const FileRecord*> ordered;
  for (const auto& f : files)
    if (!f.records.empty()) ordered.push_back(&f);
  std::stable_sort(ordered.begin(), ordered.end(), [](const FileRecord* a, const FileRecord* b) { return a->path < b->path; });
  RecordsBySymbol out;
  for (const auto* f : ordered)
    for (const auto& r : f->records) out[r.symbol].push_back(&r);
  return out;
}

std::vector<InputFile> list_files(const std::vector<std::string>& paths) {
  std::vector<InputFile> out;
  const auto add = [&](const fs::path& path, const fs::path& name) {
    struct stat st {};
    if (::stat(path.c_str(), &st) != 0) return;
    if (S_ISFIFO(st.st_mode)) {
      // `resolute export | resolute index /dev/stdin`: read to its end, never taken for unchanged.
      out.push_back({path.string(), path.string(), name.string(), 0, 0, true});
      return;
    }
    if (!S_ISREG(st.st_mode)) throw Error(ErrorKind::invalid, "neither a file, a folder nor a pipe: " + path.string());
    out.push_back({path.lexically_normal().string(), fs::absolute(path).lexically_normal().string(), name.string(), static_cast<uint64_t>(st.st_size),
                   st.st_mtim.tv_sec * 1'000'000'000 + st.st_mtim.tv_nsec, false});
  };
  for (const auto& given : paths) {
    const fs::path path(given);
    std::error_code error;
    if (!fs::exists(path, error)) throw Error(ErrorKind::not_found, "no such file or folder: " + given);
    if (!fs::is_directory(path, error)) {
      add(path, path.filename());
      continue;
    }
    // "../un" and "/srv/un/" are un, "." is nothing.
    const auto folder = path.lexically_normal() == "." ? fs::path() : (fs::absolute(path) / "").lexically_normal().parent_path().filename();
    for (auto it = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
      const auto name = it->path().filename().string();
      if (name.starts_with(".")) {
        if (it->is_directory(error)) it.disable_recursion_pending();
        continue;
      }
      if (it->is_regular_file(error)) add(it->path(), folder / it->path().lexically_relative(path.has_filename() ? path : path.parent_path()));
    }
    if (error) throw Error(ErrorKind::unavailable, "cannot list " + given + ": " + error.message());
  }
  std::sort(out.begin(), out.end(), [](const InputFile& a, const InputFile& b) { return a.container < b.container; });
  out.erase(std::unique(out.begin(), out.end(), [](const InputFile& a, const InputFile& b) { return a.container == b.container; }), out.end());
  // Two of one name keep their paths.
  std::map<std::string, size_t> of_name;
  for (const auto& file : out) ++of_name[file.name];
  for (auto& file : out)
    if (of_name[file.name] > 1) file.name = file.path;
  return out;
}

void collect(const std::vector<InputFile>& inputs, const CollectOptions& options, Collection& out) {
  uint64_t total = 0;
  for (const auto& input : inputs)
    if (!options.skip || !options.skip(input.container, input.size, input.modified)) total += input.size;

  const auto produce = [&](auto&& push) {
    Opener opener(options, push);
    for (const auto& input : inputs)
      if (input.pipe || !options.skip || !options.skip(input.container, input.size, input.modified)) opener.open(input);
    out.archives += opener.archives();
  };
  const auto understand = [&](Work&& w, int) { return understand_source(std::move(w), options); };
  uint64_t done = 0;
  const auto consume = [&](Read&& read) {
    if (options.stop && options.stop->load()) throw Error(ErrorKind::unavailable, "interrupted");
    out.input_bytes += read.bytes;
    done += read.packed;
    take(std::move(read), out);
    if (options.progress) options.progress({"reading", done, total, out.input_bytes});
  };
  // What is under way bounds memory: 16 files, or as many as have twice the bytes of the largest.
  run_ordered<Work, Read>(
      options.jobs, 16, produce, understand, consume, [](const Work& w) { return uint64_t{w.source.bytes.size()}; }, 2 * kMostFileBytes);
  out.learn_words();
  if (options.progress && !out.files.empty()) options.progress({"reading", total, total, out.input_bytes});
}

}  // namespace resolute::indexer
