#include "search/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace resolute::search {
namespace {

// What one call shares with the pool.
struct Job {
  Job(size_t count, const std::function<void(size_t)>& work) : n(count), task(work) {}
  const size_t n;
  const std::function<void(size_t)>& task;  // outlives the job: the caller waits
  std::atomic<size_t> next{0};
  std::mutex mutex;
  std::condition_variable finished;
  size_t done = 0;
  std::exception_ptr failure;

  // Takes tasks until none is left.
  void work() {
    for (size_t i = next++; i < n; i = next++) {
      std::exception_ptr thrown;
      try {
        task(i);
      } catch (...) { thrown = std::current_exception(); }
      const std::lock_guard lock(mutex);
      if (thrown && !failure) failure = thrown;
      if (++done == n) finished.notify_all();
    }
  }
};

class Pool {
 public:
  Pool() {
    const unsigned cores = std::thread::hardware_concurrency();
    for (unsigned i = 1; i < cores; ++i) threads_.emplace_back([this] { run(); });
  }
  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    for (auto& t : threads_) t.join();
  }

  // Asks for help with a job. Who comes late finds nothing left to do.
  void offer(const std::shared_ptr<Job>& job) {
    const size_t helpers = std::min(threads_.size(), job->n - 1);
    {
      const std::lock_guard lock(mutex_);
      for (size_t i = 0; i < helpers; ++i) jobs_.push_back(job);
    }
    if (helpers > 0) wake_.notify_all();
  }

 private:
  void run() {
    for (;;) {
      std::shared_ptr<Job> job;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return stop_ || !jobs_.empty(); });
        if (stop_) return;
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      job->work();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Job>> jobs_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

void parallel(size_t n, const std::function<void(size_t)>& task) {
  if (n <= 1) {
    if (n) task(0);
    return;
  }
  static Pool pool;
  const auto job = std::make_shared<Job>(n, task);
  pool.offer(job);
  job->work();
  std::unique_lock lock(job->mutex);
  job->finished.wait(lock, [&] { return job->done == n; });
  if (job->failure) std::rethrow_exception(job->failure);
}

}  // namespace resolute::search
