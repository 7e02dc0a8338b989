#include "schemas/entries.h"

#include <fcntl.h>
#include <unistd.h>
#include <xapian.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "schemas/error.h"
#include "schemas/field.h"

namespace resolute {

struct EntryReader::Handle {
  Xapian::Database database;
};

struct Postings::Walk {
  Xapian::PostingIterator at, end;
  uint32_t base;  // the entry of ordinal 0
  uint32_t limit;

  // Where it stands; what a damaged file says is not believed.
  uint32_t id() const {
    if (at == end) return Postings::kEnd;
    const uint32_t id = *at - base;
    if (id >= limit) damaged("entries: a term stands where nothing is");
    return id;
  }
};

namespace {

// Runs what reads the database, and speaks of its errors in our words.
template <typename Read>
decltype(auto) reading(Read&& read) {
  try {
    return read();
  } catch (const Xapian::Error& e) { damaged(e.get_msg()); }
}

}  // namespace

Postings::Postings() = default;
Postings::~Postings() = default;
Postings::Postings(Postings&&) noexcept = default;
Postings& Postings::operator=(Postings&&) noexcept = default;

uint32_t Postings::count() const {
  return reading([&] { return walk_->at.get_wdf(); });
}

uint32_t Postings::seek(uint32_t target) {
  if (!walk_ || id_ == kEnd) return id_ = kEnd;
  if (id_ != kBefore && id_ >= target) return id_;
  return reading([&] {
    auto& w = *walk_;
    w.at.skip_to(w.base + target);
    return id_ = w.id();
  });
}

uint32_t Postings::next() {
  if (!walk_ || id_ == kEnd) return id_ = kEnd;
  return reading([&] {
    auto& w = *walk_;
    if (id_ != kBefore) ++w.at;
    return id_ = w.id();
  });
}

EntryReader::EntryReader(const Entries& entries) : entries_(&entries), handle_(entries.take()) {}

EntryReader::~EntryReader() {
  if (handle_) entries_->give(std::move(handle_));
}

uint32_t EntryReader::frequency(std::string_view term) const {
  return reading([&] { return handle_->database.get_termfreq(std::string(term)); });
}

Postings EntryReader::list(std::string_view term, uint32_t base, uint32_t limit) const {
  return reading([&] {
    Postings out;
    const std::string name(term);
    auto& database = handle_->database;
    auto begin = database.postlist_begin(name);
    const auto end = database.postlist_end(name);
    if (begin != end) out.walk_ = std::make_unique<Postings::Walk>(Postings::Walk{std::move(begin), end, base, limit});
    return out;
  });
}

Postings EntryReader::wordings(std::string_view term) const { return list(term, 1, entries_->wordings_); }
Postings EntryReader::documents(std::string_view term) const { return list(term, entries_->wordings_ + 1, entries_->documents_); }

void EntryReader::each_term(std::string_view prefix, const std::function<bool(std::string_view)>& visit) const {
  reading([&] {
    const std::string from(prefix);
    for (auto it = handle_->database.allterms_begin(from), end = handle_->database.allterms_end(from); it != end; ++it)
      if (!visit(*it)) break;
  });
}

std::vector<uint32_t> EntryReader::document_lengths() const {
  return reading([&] {
    std::vector<uint32_t> out;
    const std::string kind(kDocumentEntry);
    for (auto it = handle_->database.postlist_begin(kind), end = handle_->database.postlist_end(kind); it != end; ++it) {
      if (*it != entries_->wordings_ + 1 + out.size()) damaged("entries: the documents are not numbered after the wordings");
      out.push_back(it.get_doclength());
    }
    if (out.size() != entries_->documents_) damaged("entries: another number of documents than the segment's");
    return out;
  });
}

std::string EntryReader::data(uint32_t document) const {
  return reading([&] { return handle_->database.get_document(entries_->wordings_ + 1 + document).get_data(); });
}

void EntryReader::each_value(unsigned slot, const std::function<void(uint32_t, std::string_view)>& visit) const {
  reading([&] {
    const uint32_t base = entries_->wordings_ + 1;
    for (auto it = handle_->database.valuestream_begin(slot), end = handle_->database.valuestream_end(slot); it != end; ++it) {
      if (it.get_docid() < base) damaged("entries: a wording has a document's value");
      visit(it.get_docid() - base, *it);
    }
  });
}

Entries::Entries(const std::string& path, uint32_t wordings, uint32_t documents)
    : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), wordings_(wordings), documents_(documents) {
  if (file_ < 0) damaged(std::string("entries: ") + std::strerror(errno));
  stamp_ = stamp_of(file_);
  try {
    auto handle = take();
    if (reading([&] { return handle->database.get_doccount(); }) != wordings + documents) damaged("entries: another number than the segment's");
    give(std::move(handle));
  } catch (...) {
    ::close(file_);
    throw;
  }
}

Entries::~Entries() { ::close(file_); }

std::unique_ptr<EntryReader::Handle> Entries::take() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto handle = std::move(idle_.back());
      idle_.pop_back();
      return handle;
    }
  }
  // A duplicate would share the place that is read at.
  const int file = ::open(("/proc/self/fd/" + std::to_string(file_)).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw Error(ErrorKind::unavailable, std::string("cannot open the entries once more: ") + std::strerror(errno));
  return reading([&] { return std::make_unique<EntryReader::Handle>(EntryReader::Handle{Xapian::Database(file)}); });  // which closes it
}

void Entries::give(std::unique_ptr<EntryReader::Handle> handle) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(handle));
}

std::string print_wordings(const uint32_t* wordings, size_t count) {
  std::string out;
  for (size_t i = 0; i < count;) {
    size_t last = i;
    while (last + 1 < count && wordings[last + 1] == wordings[last] + 1) ++last;
    if (i) out += ' ';
    out += std::to_string(wordings[i] + 1);
    if (last > i) out += '-' + std::to_string(wordings[last] + 1);
    i = last + 1;
  }
  return out;
}

void parse_wordings(std::string_view value, std::vector<uint32_t>& wordings) {
  const char *at = value.data(), *end = at + value.size();
  const auto number = [&] {
    uint32_t n = 0;
    const auto [after, error] = std::from_chars(at, end, n);
    if (error != std::errc{} || n == 0) damaged("entries: the wordings of a document");
    at = after;
    return n - 1;
  };
  while (at < end) {
    const uint32_t first = number(), last = at < end && *at == '-' ? (++at, number()) : first;
    if (last < first || last - first > 10'000'000 || (at < end && *at++ != ' ')) damaged("entries: the wordings of a document");
    for (uint32_t w = first; w <= last; ++w) wordings.push_back(w);
  }
}

}  // namespace resolute
