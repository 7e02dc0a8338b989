#include "search/live_index.h"

#include "schemas/error.h"

namespace resolute::search {

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

std::shared_ptr<const Searcher> LiveIndex::of_revision(uint64_t revision) const {
  {
    const std::lock_guard lock(mutex_);
    if (!current_ || current_->generation().manifest().revision == revision) return current_;
    if (const auto it = older_.find(revision); it != older_.end()) return it->second.searcher;
  }
  return current();
}

std::shared_ptr<const Arrivals> LiveIndex::arrivals(uint64_t revision) const {
  const std::lock_guard lock(arrivals_mutex_);
  if (arrivals_of_ != revision || !arrivals_) {
    arrivals_ = std::make_shared<const Arrivals>(Arrivals::read(path_, revision));
    arrivals_of_ = revision;
  }
  return arrivals_;
}

void LiveIndex::look() {
  std::string trouble;
  bool damaged = false;
  try {
    const uint64_t revision = read_current(path_);
    {
      const std::lock_guard lock(mutex_);
      if (current_ && current_->generation().manifest().revision == revision) {
        trouble_.clear();
        damaged_ = false;
        const auto now = std::chrono::steady_clock::now();
        std::erase_if(older_, [&](const auto& e) { return now - e.second.since > std::chrono::seconds(kKeepSeconds); });
        return;
      }
    }
    auto fresh = std::make_shared<const Searcher>(Generation::open(path_), lexicon_);
    const std::lock_guard lock(mutex_);
    if (current_) older_[current_->generation().manifest().revision] = {current_, std::chrono::steady_clock::now()};
    current_ = std::move(fresh);
    trouble_.clear();
    damaged_ = false;
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
    is_new = trouble_ != trouble && (damaged || current_);
    trouble_ = trouble;
    damaged_ = damaged;
  }
  if (is_new && tell_) tell_(trouble);
}

void LiveIndex::watch() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, std::chrono::milliseconds(500), [&] { return stop_; })) return;
    }
    look();
  }
}

}  // namespace resolute::search
