#include "indexer/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>

namespace resolute::indexer {
namespace {

TEST(RunOrdered, ConsumesInTheOrderOfProduction) {
  for (const int jobs : {1, 2, 7})
    for (const size_t window : {size_t{1}, size_t{3}, size_t{64}}) {
      std::vector<int> got;
      run_ordered<int, int>(
          jobs, window,
          [](auto&& push) {
            for (int i = 0; i < 300; ++i) push(int(i));
          },
          [](int&& i, int) {
            if (i % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
            return i * 2;
          },
          [&](int&& r) { got.push_back(r); });
      ASSERT_EQ(got.size(), 300u);
      for (int i = 0; i < 300; ++i) ASSERT_EQ(got[static_cast<size_t>(i)], i * 2);
    }
}

TEST(RunOrdered, EndsWhereNothingIsProduced) {
  run_ordered<int, int>(
      3, 4, [](auto&&) {}, [](int&& i, int) { return i; }, [](int&&) { FAIL(); });
}

TEST(RunOrdered, KeepsNoMoreThanTheWindowUnderWay) {
  std::atomic<int> under_way = 0, most = 0;
  run_ordered<int, int>(
      4, 5,
      [&](auto&& push) {
        for (int i = 0; i < 200; ++i) push(int(i));
      },
      [&](int&& i, int) {
        const int now = ++under_way;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {}
        return i;
      },
      [&](int&&) {
        std::this_thread::sleep_for(std::chrono::microseconds(50));
        --under_way;
      });
  EXPECT_LE(most, 5);
}

TEST(RunOrdered, KeepsNoMoreThanTheWeightUnderWay) {
  std::atomic<int> under_way{0}, worst{0}, heavy{0};
  std::vector<int> got;
  run_ordered<int, int>(
      3, 100,
      [](auto&& push) {
        for (int i = 1; i <= 40; ++i) push(i % 10 == 0 ? 500 : 30);
      },
      [&](int&& weight, int) {
        const int now = under_way += weight;
        int seen = worst;
        while (now > seen && !worst.compare_exchange_weak(seen, now)) {}
        if (weight == 500) heavy = std::max(heavy.load(), now);
        under_way -= weight;
        return weight;
      },
      [&](int&& weight) { got.push_back(weight); }, [](const int& weight) { return static_cast<uint64_t>(weight); }, 100);
  EXPECT_EQ(got.size(), 40u);
  EXPECT_EQ(heavy, 500);  // alone
  EXPECT_LE(worst, 500);
}

TEST(RunOrdered, EndsAndRethrowsWhoeverThrows) {
  for (const int who : {0, 1, 2})
    for (int round = 0; round < 30; ++round) {
      const auto fail = [&](int part, int at) {
        if (part == who && at == 20 + round) throw std::runtime_error("part " + std::to_string(part));
      };
      try {
        run_ordered<int, int>(
            3, 8,
            [&](auto&& push) {
              for (int i = 0; i < 500; ++i) {
                fail(0, i);
                push(int(i));
              }
            },
            [&](int&& i, int) {
              fail(1, i);
              return i;
            },
            [&](int&& i) { fail(2, i); });
        FAIL();
      } catch (const std::runtime_error& e) { EXPECT_EQ(e.what(), "part " + std::to_string(who)); }
    }
}

}  // namespace
}  // namespace resolute::indexer
