// Bounds how many requests are worked on at once, for connections, which are many.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace resolute::http {

// For any number of threads.
class Workers {
 public:
  enum class Full : uint8_t {
    refuse,  // nothing is done where the queue is full
    wait,    // for what is under way already
  };
  // So many tasks that take long may be under way beside `threads` others.
  static constexpr size_t kMostAside = 24;

  // The place that a task takes while it is worked on.
  class Place {
   public:
    // The task takes long: another may begin in its place. Where kMostAside have been set aside it keeps it. By any thread, while the task runs.
    void set_aside();

   private:
    friend class Workers;
    explicit Place(Workers& workers) : workers_(workers) {}
    Workers& workers_;
    bool aside_ = false;  // under the mutex
  };
  using Task = std::function<void(Place&)>;

  Workers(int threads, size_t most_waiting);
  // What waits is done before. No run() may be under way.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Has `task`, which throws nothing, done, and waits for its end: on the calling thread where that is `roomy` (as good a stack as a worker's) and
  // fewer than `threads` are under way, which saves two changes of thread; else by one of the threads. False at once where the queue is full.
  bool run(const Task& task, Full full, bool roomy);
  void set_most_waiting(size_t most);
  size_t busy() const;  // tasks that are worked on, set aside or not
  size_t waiting() const;

 private:
  struct Waiting;
  void work();
  void leave(const Place& place);
  const size_t most_busy_;
  size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable ready_, room_;
  std::deque<Waiting*> tasks_;
  size_t busy_ = 0, aside_ = 0;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace resolute::http
