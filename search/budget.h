// The time that a search may take of a processor.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <thread>
#include <utility>

namespace resolute::search {

// Of one request, whose threads draw on it together. Time of the processor, not of the clock: what a search finds does not depend on how
// busy the machine is.
class Budget {
 public:
  explicit Budget(std::chrono::nanoseconds time) : time_(time.count()), left_(time.count()) {}
  // Nothing is left either once `unwanted` says so. It is asked now and then, by any thread, and may be empty. Before the first search.
  void end_when(std::function<bool()> unwanted) { unwanted_ = std::move(unwanted); }
  // Told once, by any thread, when the request has taken kLong; may be empty. Before the first search.
  void when_long(std::function<void()> tell) { tell_long_ = std::move(tell); }
  bool over() const { return left_.load(std::memory_order_relaxed) <= 0; }

 private:
  friend class Meter;
  const int64_t time_;
  std::atomic<int64_t> left_;
  std::function<bool()> unwanted_;
  std::function<void()> tell_long_;
  std::atomic<bool> told_{false};
};

// What one thread draws. Made and asked in that thread. Once their requests have taken kLong, threads take turns, about as many at a time as
// there are processors: a request that takes little does not wait for those that take much, however many there are.
class Meter {
 public:
  // nullptr: without end.
  explicit Meter(Budget* budget) : budget_(budget), last_(budget ? now() : 0) {}
  ~Meter() {
    if (counted_) --long_threads();
  }
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
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
    if (budget_->time_ - budget_->left_.load(std::memory_order_relaxed) >= kLong) take_turns(at);
    if (!budget_->unwanted_ || at < next_look_) return;
    if (next_look_ && budget_->unwanted_()) budget_->left_ = 0;
    next_look_ = at + kBetweenLooks;
  }
  // Sleeps as long as the others' slices take. No turn is handed on, so nobody waits for one who waits.
  void take_turns(int64_t at) {
    if (!counted_) {
      counted_ = true;
      ++long_threads();
      if (budget_->tell_long_ && !budget_->told_.exchange(true)) budget_->tell_long_();
    }
    if (at < next_turn_) return;
    next_turn_ = at + kSlice;
    static const int processors = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (const int more = long_threads() - processors; more > 0) std::this_thread::sleep_for(std::chrono::nanoseconds(kSlice * more / processors));
  }
  // Threads of this process whose requests have taken kLong.
  static std::atomic<int>& long_threads() {
    static std::atomic<int> count{0};
    return count;
  }
  static constexpr int64_t kBetweenLooks = 20'000'000, kLong = 20'000'000, kSlice = 10'000'000;  // ns
  Budget* budget_;
  int64_t last_, next_look_ = 0, next_turn_ = 0;
  unsigned weighed_ = 0;
  bool counted_ = false;  // in long_threads()
};

}  // namespace resolute::search
