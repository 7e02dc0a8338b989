#include "indexer/entry_writer.h"

#include <fcntl.h>
#include <unistd.h>
#include <xapian.h>

#include <cerrno>
#include <cstring>

#include "schemas/error.h"
#include "schemas/field.h"

namespace resolute::indexer {
namespace {

// Entries that Xapian inverts in memory before they go to the part's tables: its trees of few are fast, and what it
// adds to a list later goes on where the list ended.
constexpr size_t kInMemory = 512;

[[noreturn]] void fail(const std::string& why) { throw Error(ErrorKind::unavailable, "cannot write the entries: " + why); }

template <typename Write>
void writing(Write&& write) {
  try {
    write();
  } catch (const Xapian::Error& e) { fail(e.get_msg() + (e.get_error_string() ? std::string(" (") + e.get_error_string() + ")" : "")); }
}

}  // namespace

struct EntryPart::State {
  Xapian::WritableDatabase database;
  Xapian::Document entry;  // kept from entry to entry
  std::string term;
  size_t in_memory = 0;

  void add(const Xapian::Document& document) {
    database.add_document(document);
    if (++in_memory % kInMemory == 0) database.commit();
  }
};

EntryPart::EntryPart(const std::string& folder) : state_(std::make_unique<State>()) {
  // Nobody reads a part before it is whole, and none outlives a crash: no flushing, no copies of blocks.
  constexpr int kFlags = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST;
  writing([&] { state_->database = Xapian::WritableDatabase(folder, kFlags); });
}

EntryPart::~EntryPart() = default;

void EntryPart::add_wording(std::span<const Term> terms) {
  auto& s = *state_;
  writing([&] {
    s.entry.clear_terms();
    for (const auto& t : terms) s.entry.add_term(s.term.assign(t.term), t.count);
    s.entry.add_boolean_term(s.term.assign(kWordingEntry));
    s.add(s.entry);
  });
}

void EntryPart::add_document(const DocumentEntry& d) {
  auto& s = *state_;
  writing([&] {
    Xapian::Document entry;
    for (const auto& t : d.boolean_terms) entry.add_boolean_term(t);
    for (const auto& t : d.words) entry.add_term(t);
    for (const auto& [slot, value] : d.values) entry.add_value(slot, value);
    entry.add_boolean_term(s.term.assign(kDocumentEntry));
    entry.set_data(d.data);
    s.add(entry);
  });
}

void EntryPart::commit() {
  writing([&] {
    state_->database.commit();
    state_->database.close();
  });
}

void join_entry_parts(const std::vector<std::string>& folders, const std::string& target) {
  writing([&] {
    Xapian::Database all;
    for (const auto& f : folders) all.add_database(Xapian::Database(f));
    all.compact(target, Xapian::DBCOMPACT_SINGLE_FILE);
  });
  const int fd = ::open(target.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = fd >= 0 && ::fsync(fd) == 0;
  const std::string why = std::strerror(errno);
  if (fd >= 0) ::close(fd);
  if (!flushed) fail(why);
}

}  // namespace resolute::indexer
