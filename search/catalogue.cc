#include "search/catalogue.h"

#include <xapian.h>

#include <algorithm>

#include "schemas/error.h"

namespace resolute::search {

struct Catalogue::Handle {
  Xapian::Database database;
};

namespace {

[[noreturn]] void fail(const Xapian::Error& e) {
  throw Error(ErrorKind::corrupt, "the catalogue cannot be read (" + e.get_msg() + "); build the index anew with `resolute index --rebuild`");
}

}  // namespace

Catalogue::Catalogue(std::string path) : path_(std::move(path)) { give(take()); }
Catalogue::~Catalogue() = default;

std::unique_ptr<Catalogue::Handle> Catalogue::take() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto handle = std::move(idle_.back());
      idle_.pop_back();
      return handle;
    }
  }
  try {
    return std::make_unique<Handle>(Handle{Xapian::Database(path_)});
  } catch (const Xapian::Error& e) {
    fail(e);
  }
}

void Catalogue::give(std::unique_ptr<Handle> handle) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(handle));
}

std::vector<std::pair<uint32_t, double>> Catalogue::search(const std::vector<std::string>& terms, Mode mode) const {
  std::vector<std::pair<uint32_t, double>> out;
  if (terms.empty()) return out;
  auto handle = take();
  try {
    Xapian::Enquire enquire(handle->database);
    enquire.set_query(Xapian::Query(mode == Mode::all ? Xapian::Query::OP_AND : Xapian::Query::OP_OR, terms.begin(), terms.end()));
    const auto size = handle->database.get_doccount();
    const auto mset = enquire.get_mset(0, size);
    for (auto it = mset.begin(); it != mset.end(); ++it) out.emplace_back(*it - 1, it.get_weight());
  } catch (const Xapian::Error& e) {
    fail(e);
  }
  give(std::move(handle));
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::pair<uint32_t, uint32_t>> Catalogue::postings(const std::string& term) const {
  std::vector<std::pair<uint32_t, uint32_t>> out;
  auto handle = take();
  try {
    for (auto it = handle->database.postlist_begin(term), end = handle->database.postlist_end(term); it != end; ++it) out.emplace_back(*it - 1, it.get_wdf());
  } catch (const Xapian::Error& e) {
    fail(e);
  }
  give(std::move(handle));
  return out;
}

uint64_t Catalogue::frequency(const std::string& term) const {
  auto handle = take();
  try {
    const uint64_t n = handle->database.get_termfreq(term);
    give(std::move(handle));
    return n;
  } catch (const Xapian::Error& e) {
    fail(e);
  }
}

uint64_t Catalogue::size() const {
  auto handle = take();
  const uint64_t n = handle->database.get_doccount();
  give(std::move(handle));
  return n;
}

}  // namespace resolute::search
