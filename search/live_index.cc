#include "search/live_index.h"

#include <algorithm>

#include "schemas/error.h"

namespace resolute::search {
namespace {

using std::chrono::milliseconds;

// Between tries to open what cannot be opened.
constexpr milliseconds kFirstPause{500}, kLongestPause{16'000};
constexpr size_t kMostOlder = 8;             // open at once; what else generations/ has is opened again when it is asked for
constexpr milliseconds kLookPatience{2000};  // of a request for a state that is published and not yet open

}  // namespace

LiveIndex::LiveIndex(std::string path, std::shared_ptr<const Lexicon> lexicon, std::function<void(const std::string&)> tell)
    : path_(std::move(path)), lexicon_(std::move(lexicon)), tell_(std::move(tell)) {
  look();
  watcher_ = std::thread([this] { watch(); });
}

LiveIndex::~LiveIndex() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  watcher_.join();
}

std::shared_ptr<const Searcher> LiveIndex::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

std::optional<IndexTrouble> LiveIndex::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

// What is open, under the lock.
std::shared_ptr<const Searcher> LiveIndex::find(uint64_t id) const {
  if (current_ && current_->generation().manifest().id == id) return current_;
  const auto it = older_.find(id);
  return it != older_.end() ? it->second.searcher : nullptr;
}

// Under the lock.
void LiveIndex::keep(std::shared_ptr<const Searcher> older) const {
  const uint64_t id = older->generation().manifest().id;
  older_[id] = {std::move(older), std::chrono::steady_clock::now()};
  if (older_.size() > kMostOlder)
    older_.erase(std::min_element(older_.begin(), older_.end(), [](const auto& a, const auto& b) { return a.second.since < b.second.since; }));
}

// One from before this process, which generations/ still has; nullptr where it has not.
std::shared_ptr<const Searcher> LiveIndex::open_kept(const StateName& state) const {
  const std::lock_guard one(opening_);
  {
    const std::lock_guard lock(mutex_);
    if (auto found = find(state.id)) return found;
  }
  try {
    if (read_manifest(path_, state.revision).id != state.id) return nullptr;
    auto opened = std::make_shared<const Searcher>(Generation::open(path_, state.revision), lexicon_);
    const std::lock_guard lock(mutex_);
    keep(opened);
    return opened;
  } catch (const Error&) { return nullptr; }
}

std::shared_ptr<const Searcher> LiveIndex::of_state(const StateName& state) const {
  std::unique_lock lock(mutex_);
  if (!current_) return nullptr;
  if (auto found = find(state.id)) return found;
  const bool to_come = state.revision > current_->generation().manifest().revision;
  lock.unlock();
  if (!to_come) {
    const auto kept = open_kept(state);
    return kept ? kept : current();
  }
  try {
    if (read_state_name(path_) != state) return current();
  } catch (const Error&) { return current(); }
  lock.lock();
  hurry_ = true;
  wake_.notify_all();
  looked_.wait_for(lock, kLookPatience, [&] { return find(state.id) != nullptr; });
  const auto found = find(state.id);
  return found ? found : current_;
}

std::shared_ptr<const Arrivals> LiveIndex::arrivals(uint64_t revision) const {
  const auto searcher = current();
  const uint64_t id = searcher ? searcher->generation().manifest().id : 0;
  const std::lock_guard lock(arrivals_mutex_);
  if (arrivals_of_ != (id ^ revision) || !arrivals_) {
    arrivals_ = std::make_shared<const Arrivals>(Arrivals::read(path_, revision));
    arrivals_of_ = id ^ revision;
  }
  return arrivals_;
}

// Whether what could not be opened before is to be tried again.
bool LiveIndex::is_due(const StateName& seen) {
  if (seen != refused_) pause_ = kFirstPause;
  refused_ = seen;
  const auto now = std::chrono::steady_clock::now();
  if (pause_ > kFirstPause && now < next_try_) return false;
  next_try_ = now + pause_;
  pause_ = std::min(pause_ * 2, kLongestPause);
  return true;
}

void LiveIndex::look() {
  StateName seen;
  IndexTrouble trouble;
  try {
    std::shared_ptr<const Searcher> before = current();
    seen = read_state_name(path_);
    if (before && seen == StateName{before->generation().manifest().revision, before->generation().manifest().id} && before->generation().intact()) {
      const std::lock_guard lock(mutex_);
      trouble_.reset();
      refused_ = {};
      const auto now = std::chrono::steady_clock::now();
      std::erase_if(older_,
                    [&](const auto& e) { return now - e.second.since > std::chrono::seconds(kKeepSeconds) || e.second.searcher->generation().broken(); });
      return;
    }
    if (!is_due(seen)) return;
    open();
    return;
  } catch (const Error& e) { trouble = {e.kind(), e.what()}; } catch (const std::exception& e) {
    trouble = {ErrorKind::corrupt, e.what()};
  }
  bool is_new = false;
  {
    const std::lock_guard lock(mutex_);
    // Its files were written to, and are no index any more.
    if (current_ && !current_->generation().intact()) {
      current_ = nullptr;
      trouble.kind = ErrorKind::corrupt;
    }
    // That there is none yet is not told of; that there is none any more is.
    is_new = trouble_ != trouble && (trouble.kind == ErrorKind::corrupt || trouble.kind == ErrorKind::invalid || current_);
    trouble_ = trouble;
  }
  if (is_new && tell_) tell_(trouble.text);
}

// What CURRENT names takes the place of what was current, which cursors may still name.
void LiveIndex::open() {
  const auto before = current();
  auto fresh = std::make_shared<const Searcher>(Generation::open(path_, before ? &before->generation() : nullptr), lexicon_);
  const std::lock_guard lock(mutex_);
  // Without what the searcher made for itself (lists of completions, series): few will ask an older one.
  if (current_ && current_->generation().intact()) keep(std::make_shared<const Searcher>(current_->shared_generation(), lexicon_));
  current_ = std::move(fresh);
  trouble_.reset();
  refused_ = {};
}

void LiveIndex::watch() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, milliseconds(500), [&] { return stop_ || hurry_; });
      if (stop_) return;
      hurry_ = false;
    }
    look();
    looked_.notify_all();
  }
}

}  // namespace resolute::search
