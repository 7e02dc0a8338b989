// The published generation of an index directory, kept up to date.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "schemas/arrivals.h"
#include "schemas/error.h"
#include "search/searcher.h"

namespace resolute::search {

// Why what CURRENT names could not be opened.
struct IndexTrouble {
  ErrorKind kind = ErrorKind::not_found;  // not_found, unavailable: there is none for now; invalid: of another format; corrupt: damaged
  std::string text;                       // a sentence for the log; it may name paths

  bool operator==(const IndexTrouble&) const = default;
};

// Looks at CURRENT twice a second from a thread of its own and opens what is new there, sharing what has not changed; requests never
// wait for that. Older generations stay open for cursors. What cannot be opened is tried again ever more rarely, until CURRENT says
// something else. Where somebody has written to the files of the current state it is read anew, checksums and all; if that fails there is
// no current state until it can be read again.
class LiveIndex {
 public:
  // Words are translated by `lexicon`, else by each generation's own. `tell` is called, from this thread and the watching one, with
  // what is newly wrong with the index; not while there is none yet.
  explicit LiveIndex(std::string path, std::shared_ptr<const Lexicon> lexicon = nullptr, std::function<void(const std::string&)> tell = nullptr);
  ~LiveIndex();
  LiveIndex(const LiveIndex&) = delete;
  LiveIndex& operator=(const LiveIndex&) = delete;

  // nullptr while nothing could be opened yet; `trouble` says why, or why the newest
  // state could not be.
  std::shared_ptr<const Searcher> current() const;
  std::optional<IndexTrouble> trouble() const;
  // When the documents of a revision came; read once. Throws Error(corrupt).
  std::shared_ptr<const Arrivals> arrivals(uint64_t revision) const;
  // The generation of a state where it is still kept, open or on disk, else the current one. For one that is published and not yet seen it
  // has CURRENT looked at, and waits for that.
  std::shared_ptr<const Searcher> of_state(const StateName& state) const;

 private:
  void look();
  void open();
  std::shared_ptr<const Searcher> find(uint64_t id) const;
  void keep(std::shared_ptr<const Searcher> older) const;
  std::shared_ptr<const Searcher> open_kept(const StateName& state) const;
  bool is_due(const StateName& seen);
  void watch();

  std::string path_;
  std::shared_ptr<const Lexicon> lexicon_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Searcher> current_;
  struct Older {
    std::shared_ptr<const Searcher> searcher;
    std::chrono::steady_clock::time_point since;  // when it was superseded
  };
  mutable std::map<uint64_t, Older> older_;  // by id
  mutable std::mutex opening_;               // one at a time opens an older generation
  mutable std::mutex arrivals_mutex_;
  mutable uint64_t arrivals_of_ = 0;  // the state whose are kept: its id, and the revision that was asked for
  mutable std::shared_ptr<const Arrivals> arrivals_;
  std::function<void(const std::string&)> tell_;
  std::optional<IndexTrouble> trouble_;
  // Of the watching thread: what could not be opened, and when it is tried again.
  StateName refused_;
  std::chrono::steady_clock::time_point next_try_;
  std::chrono::milliseconds pause_{0};
  mutable std::condition_variable wake_, looked_;
  mutable bool hurry_ = false;  // somebody waits for a look
  bool stop_ = false;
  std::thread watcher_;
};

}  // namespace resolute::search
