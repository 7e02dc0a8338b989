#include "search/live_index.h"

#include <algorithm>

#include "schemas/error.h"

namespace resolute::search {
namespace {

using std::chrono::milliseconds;

// Between tries to open what cannot be opened.
constexpr milliseconds kFirstPause{500}, kLongestPause{16'000};

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

std::string LiveIndex::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

bool LiveIndex::damaged() const {
  const std::lock_guard lock(mutex_);
  return damaged_;
}

std::shared_ptr<const Searcher> LiveIndex::of_state(uint64_t id) const {
  {
    const std::lock_guard lock(mutex_);
    if (!current_ || current_->generation().manifest().id == id) return current_;
    if (const auto it = older_.find(id); it != older_.end()) return it->second.searcher;
  }
  return current();
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
  std::string trouble;
  bool damaged = false;
  try {
    std::shared_ptr<const Searcher> before = current();
    seen = read_state_name(path_);
    if (before && seen == StateName{before->generation().manifest().revision, before->generation().manifest().id} && before->generation().intact()) {
      const std::lock_guard lock(mutex_);
      trouble_.clear();
      damaged_ = false;
      refused_ = {};
      const auto now = std::chrono::steady_clock::now();
      std::erase_if(older_,
                    [&](const auto& e) { return now - e.second.since > std::chrono::seconds(kKeepSeconds) || e.second.searcher->generation().broken(); });
      return;
    }
    if (!is_due(seen)) return;
    open();
    return;
  } catch (const Error& e) {
    trouble = e.what();
    damaged = e.kind() == ErrorKind::corrupt;
  } catch (const std::exception& e) {
    trouble = e.what();
    damaged = true;
  }
  bool is_new = false;
  {
    const std::lock_guard lock(mutex_);
    // Its files were written to, and are no index any more.
    if (current_ && !current_->generation().intact()) {
      current_ = nullptr;
      damaged = true;
    }
    is_new = trouble_ != trouble && (damaged || current_);
    trouble_ = trouble;
    damaged_ = damaged;
  }
  if (is_new && tell_) tell_(trouble);
}

// What CURRENT names takes the place of what was current, which cursors may still name.
void LiveIndex::open() {
  const auto before = current();
  auto fresh = std::make_shared<const Searcher>(Generation::open(path_, before ? &before->generation() : nullptr), lexicon_);
  const std::lock_guard lock(mutex_);
  // Without what the searcher made for itself (lists of completions, series): few will ask an older one.
  if (current_ && current_->generation().intact())
    older_[current_->generation().manifest().id] = {std::make_shared<const Searcher>(current_->shared_generation(), lexicon_),
                                                    std::chrono::steady_clock::now()};
  current_ = std::move(fresh);
  trouble_.clear();
  damaged_ = false;
  refused_ = {};
}

void LiveIndex::watch() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, milliseconds(500), [&] { return stop_; })) return;
    }
    look();
  }
}

}  // namespace resolute::search
