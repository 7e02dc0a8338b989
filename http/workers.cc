#include "http/workers.h"

namespace resolute::http {

struct Workers::Waiting {
  const Task& work;
  std::condition_variable ended;
  bool done = false;  // told under the mutex, so that the waiter may be gone after it
};

Workers::Workers(int threads, size_t most_waiting) : most_busy_(static_cast<size_t>(threads)), most_waiting_(most_waiting) {
  for (size_t i = 0; i < most_busy_ + kMostAside; ++i) threads_.emplace_back([this] { work(); });
}

void Workers::Place::set_aside() {
  const std::lock_guard lock(workers_.mutex_);
  if (aside_ || workers_.aside_ == kMostAside) return;
  aside_ = true;
  ++workers_.aside_;
  --workers_.busy_;
  workers_.ready_.notify_one();
}

// Under the mutex.
void Workers::leave(const Place& place) { --(place.aside_ ? aside_ : busy_); }

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  ready_.notify_all();
  for (auto& t : threads_) t.join();
}

bool Workers::run(const Task& task, Full full, bool roomy) {
  std::unique_lock lock(mutex_);
  if (roomy && tasks_.empty() && busy_ < most_busy_) {
    ++busy_;
    lock.unlock();
    Place place(*this);
    task(place);
    lock.lock();
    leave(place);
    if (!tasks_.empty()) ready_.notify_one();
    return true;
  }
  Waiting t{task, {}, false};
  if (tasks_.size() >= most_waiting_) {
    if (full == Full::refuse) return false;
    room_.wait(lock, [&] { return tasks_.size() < most_waiting_; });
  }
  tasks_.push_back(&t);
  ready_.notify_one();
  t.ended.wait(lock, [&] { return t.done; });
  return true;
}

void Workers::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ready_.wait(lock, [&] { return (stop_ && tasks_.empty()) || (!tasks_.empty() && busy_ < most_busy_); });
    if (tasks_.empty()) return;
    Waiting* task = tasks_.front();
    tasks_.pop_front();
    ++busy_;
    room_.notify_one();
    lock.unlock();
    Place place(*this);
    task->work(place);
    lock.lock();
    leave(place);
    task->done = true;
    task->ended.notify_one();
  }
}

void Workers::set_most_waiting(size_t most) {
  const std::lock_guard lock(mutex_);
  most_waiting_ = most;
  room_.notify_all();
}

size_t Workers::busy() const {
  const std::lock_guard lock(mutex_);
  return busy_ + aside_;
}

size_t Workers::waiting() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

}  // namespace resolute::http
