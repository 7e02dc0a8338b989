// The time that a search may take of a processor.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <utility>

namespace resolute::search {

// Of one request, whose threads draw on it together. Time of the processor, not of the clock: what a search finds does not depend on how
// busy the machine is.
class Budget {
 public:
  explicit Budget(std::chrono::nanoseconds time) : left_(time.count()) {}
  // Nothing is left either once `unwanted` says so. It is asked now and then, by any thread, and may be empty. Before the first search.
  void end_when(std::function<bool()> unwanted) { unwanted_ = std::move(unwanted); }
  bool over() const { return left_.load(std::memory_order_relaxed) <= 0; }

 private:
  friend class Meter;
  std::atomic<int64_t> left_;
  std::function<bool()> unwanted_;
};

// What one thread draws. Made and asked in that thread.
class Meter {
 public:
  // nullptr: without end.
  explicit Meter(Budget* budget) : budget_(budget), last_(budget ? now() : 0) {}
  // Whether the time is up. The clock is read every so often: after a thousand of the weights given.
  bool over(unsigned weight) {
    if (!budget_) return false;
    if ((weighed_ += weight) >= 1024) draw();
    return budget_->over();
  }
  bool over_now() { return over(1024); }

 private:
  static int64_t now() {
    timespec t{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
  }
  void draw() {
    const int64_t at = now();
    budget_->left_.fetch_sub(at - last_, std::memory_order_relaxed);
    last_ = at;
    weighed_ = 0;
    if (!budget_->unwanted_ || at < next_look_) return;
    if (next_look_ && budget_->unwanted_()) budget_->left_ = 0;
    next_look_ = at + kBetweenLooks;
  }
  static constexpr int64_t kBetweenLooks = 20'000'000;  // ns
  Budget* budget_;
  int64_t last_, next_look_ = 0;
  unsigned weighed_ = 0;
};

}  // namespace resolute::search
