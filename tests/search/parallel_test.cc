#include "search/parallel.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace resolute::search {
namespace {

TEST(Parallel, DoesEachTaskOnce) {
  for (const size_t n : {0, 1, 2, 3, 100}) {
    std::vector<std::atomic<int>> done(n);
    parallel(n, [&](size_t i) { ++done[i]; });
    for (const auto& d : done) EXPECT_EQ(d, 1);
  }
}

TEST(Parallel, GivesOnTheFirstExceptionAfterAllIsDone) {
  std::atomic<int> done{0};
  EXPECT_THROW(parallel(20,
                        [&](size_t i) {
                          ++done;
                          if (i % 7 == 3) throw std::runtime_error("no");
                        }),
               std::runtime_error);
  EXPECT_EQ(done, 20);
}

TEST(Parallel, ServesSeveralCallersAtOnce) {
  std::array<std::atomic<int>, 4> sums{};
  std::vector<std::thread> callers;
  for (size_t c = 0; c < sums.size(); ++c)
    callers.emplace_back([&, c] {
      for (int round = 0; round < 200; ++round) parallel(5, [&](size_t i) { sums[c] += static_cast<int>(i); });
    });
  for (auto& t : callers) t.join();
  for (const auto& s : sums) EXPECT_EQ(s, 2000);
}

}  // namespace
}  // namespace resolute::search
