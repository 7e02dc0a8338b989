// One producer, several workers, one consumer that sees results in the order of production.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace resolute::indexer {

// produce(push) runs in a thread of its own and calls push(Item) for each item;
// work(Item&&, worker) runs in `jobs` threads; consume(Result&&) runs in the caller's.
// At most `window` items are under way, and where `weigh` is given at most `most` of what
// it gives for them (a single one may weigh more). The first exception of any part ends
// all and is rethrown.
template <typename Item, typename Result, typename Produce, typename Work, typename Consume>
void run_ordered(int jobs, size_t window, Produce&& produce, Work&& work, Consume&& consume, const std::function<uint64_t(const Item&)>& weigh = {},
                 uint64_t most = 0) {
  std::mutex mutex;
  std::condition_variable room, waits, ready;  // what the producer, the workers and the consumer wait for
  std::deque<std::pair<size_t, Item>> waiting;
  std::map<size_t, Result> done;
  size_t produced = 0, consumed = 0;
  std::deque<uint64_t> weights;  // of what is under way
  uint64_t weight = 0;
  bool finished = false;
  std::exception_ptr failure;
  struct Abandoned {};

  const auto fail = [&] {
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::current_exception();
    for (auto* all : {&room, &waits, &ready}) all->notify_all();
  };
  std::thread producer([&] {
    try {
      produce([&](Item&& item) {
        const uint64_t own = weigh ? weigh(item) : 0;
        std::unique_lock lock(mutex);
        room.wait(lock, [&] { return failure || (produced - consumed < window && (weight == 0 || weight + own <= most)); });
        if (failure) throw Abandoned{};
        weights.push_back(own);
        weight += own;
        waiting.emplace_back(produced++, std::move(item));
        lock.unlock();
        waits.notify_one();
      });
    } catch (const Abandoned&) {
    } catch (...) { fail(); }
    const std::lock_guard lock(mutex);
    finished = true;
    waits.notify_all();
    ready.notify_all();
  });
  std::vector<std::thread> workers;
  for (int w = 0; w < jobs; ++w)
    workers.emplace_back([&, w] {
      try {
        for (;;) {
          std::unique_lock lock(mutex);
          waits.wait(lock, [&] { return failure || finished || !waiting.empty(); });
          if (failure || waiting.empty()) return;
          auto [number, item] = std::move(waiting.front());
          waiting.pop_front();
          lock.unlock();
          Result result = work(std::move(item), w);
          lock.lock();
          done.emplace(number, std::move(result));
          const bool next = number == consumed;
          lock.unlock();
          if (next) ready.notify_one();
        }
      } catch (...) { fail(); }
    });
  try {
    for (;;) {
      std::unique_lock lock(mutex);
      ready.wait(lock, [&] { return failure || (!done.empty() && done.begin()->first == consumed) || (finished && consumed == produced); });
      if (failure || (finished && consumed == produced)) break;
      auto node = done.extract(done.begin());
      lock.unlock();
      consume(std::move(node.mapped()));
      lock.lock();
      ++consumed;
      weight -= weights.front();
      weights.pop_front();
      // The producer is woken for half a window, not for each item.
      const bool half = produced - consumed <= window / 2;
      lock.unlock();
      if (half) room.notify_one();
    }
  } catch (...) { fail(); }
  producer.join();
  for (auto& w : workers) w.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace resolute::indexer
