#include "http/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

namespace resolute::http {
namespace {

using Full = Workers::Full;

// Many callers, half of them roomy: every task is done once, and never more than three at a time.
TEST(Workers, BoundWhatIsUnderWayWhoeverDoesIt) {
  std::atomic<int> now{0}, most{0}, done{0};
  {
    Workers workers(3, 100);
    std::vector<std::thread> callers;
    for (int i = 0; i < 12; ++i)
      callers.emplace_back([&, roomy = i % 2 == 0] {
        for (int n = 0; n < 200; ++n)
          EXPECT_TRUE(workers.run(
              [&](Workers::Place&) {
                const int here = ++now;
                for (int seen = most; seen < here && !most.compare_exchange_weak(seen, here);) {}
                std::this_thread::yield();
                --now;
                ++done;
              },
              Full::refuse, roomy));
      });
    for (auto& t : callers) t.join();
  }
  EXPECT_EQ(done, 12 * 200);
  EXPECT_LE(most, 3);
}

TEST(Workers, ARoomyCallerDoesItsTaskItself) {
  Workers workers(1, 1);
  std::thread::id by;
  EXPECT_TRUE(workers.run([&](Workers::Place&) { by = std::this_thread::get_id(); }, Full::refuse, true));
  EXPECT_EQ(by, std::this_thread::get_id());
  EXPECT_TRUE(workers.run([&](Workers::Place&) { by = std::this_thread::get_id(); }, Full::refuse, false));
  EXPECT_NE(by, std::this_thread::get_id());
}

TEST(Workers, RefuseWhereAsManyWaitAsMay) {
  Workers workers(1, 1);
  std::atomic<bool> go{false}, began{false};
  const auto hold = [&](Workers::Place&) {
    began = true;
    while (!go) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  std::thread first([&] { EXPECT_TRUE(workers.run(hold, Full::refuse, true)); });
  while (!began) std::this_thread::yield();
  std::thread second([&] { EXPECT_TRUE(workers.run([](Workers::Place&) {}, Full::refuse, true)); });
  while (workers.waiting() == 0) std::this_thread::yield();
  EXPECT_FALSE(workers.run([](Workers::Place&) {}, Full::refuse, true));
  EXPECT_FALSE(workers.run([](Workers::Place&) {}, Full::refuse, false));
  EXPECT_EQ(workers.busy(), 1U);
  go = true;
  first.join();
  second.join();
  EXPECT_EQ(workers.waiting(), 0U);
}

// What takes long stands aside for others, as often as may be; then it keeps its place.
TEST(Workers, LetOthersBeginBesideWhatTakesLong) {
  Workers workers(1, 100);
  std::atomic<bool> go{false};
  std::atomic<size_t> aside{0};
  std::vector<std::thread> slow;
  for (size_t i = 0; i < Workers::kMostAside; ++i) {
    slow.emplace_back([&, i] {
      EXPECT_TRUE(workers.run(
          [&](Workers::Place& place) {
            place.set_aside();
            place.set_aside();  // once
            ++aside;
            while (!go) std::this_thread::sleep_for(std::chrono::milliseconds(1));
          },
          Full::refuse, i % 2 == 0));
    });
    while (aside <= i) std::this_thread::yield();
  }
  EXPECT_EQ(workers.busy(), Workers::kMostAside);
  for (const bool roomy : {true, false}) EXPECT_TRUE(workers.run([](Workers::Place&) {}, Full::refuse, roomy));
  std::thread last([&] {
    EXPECT_TRUE(workers.run(
        [&](Workers::Place& place) {
          place.set_aside();
          ++aside;
          while (!go) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        },
        Full::refuse, true));
  });
  while (aside <= Workers::kMostAside) std::this_thread::yield();
  std::thread waits([&] { EXPECT_TRUE(workers.run([](Workers::Place&) {}, Full::refuse, true)); });
  while (workers.waiting() == 0) std::this_thread::yield();
  go = true;
  for (auto& t : slow) t.join();
  last.join();
  waits.join();
  EXPECT_EQ(workers.busy(), 0U);
  EXPECT_EQ(workers.waiting(), 0U);
}

}  // namespace
}  // namespace resolute::http
