#include "http/workers.h"

namespace resolute::http {

struct Workers::Task {
  const std::function<void()>& work;
  std::condition_variable ended;
  bool done = false;  // told under the mutex, so that the waiter may be gone after it
};

Workers::Workers(int threads, size_t most_waiting) : most_busy_(static_cast<size_t>(threads)), most_waiting_(most_waiting) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  ready_.notify_all();
  for (auto& t : threads_) t.join();
}

bool Workers::run(const std::function<void()>& task, Full full, bool roomy) {
  std::unique_lock lock(mutex_);
  if (roomy && tasks_.empty() && busy_ < most_busy_) {
    ++busy_;
    lock.unlock();
    task();
    lock.lock();
    --busy_;
    if (!tasks_.empty()) ready_.notify_one();
    return true;
  }
  Task t{task, {}, false};
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
    Task* task = tasks_.front();
    tasks_.pop_front();
    ++busy_;
    room_.notify_one();
    lock.unlock();
    task->work();
    lock.lock();
    --busy_;
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
  return busy_;
}

size_t Workers::waiting() const {
  const std::lock_guard lock(mutex_);
  return tasks_.size();
}

}  // namespace resolute::http
