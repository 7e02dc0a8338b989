#include "search/budget.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

#include "tests/search/sample_index.h"

namespace resolute::search {
namespace {

std::set<std::string> found(const SearchResult& r) {
  std::set<std::string> ids;
  for (const auto& m : r.matches) ids.insert(m.id);
  return ids;
}

// Whatever the time, nothing is shown that does not match, and what is left out is said.
TEST(Budget, LeavesOutButAddsNothing) {
  const auto& searcher = test::sample_searcher();
  size_t partial = 0, whole = 0;
  for (const char* q : {"light", "the AND NOT keeper", "NOT \"the\"", "NOT (lamp OR NOT light)", "\"of the\" OR \"in the\"", "the NEAR/9 of",
                        "NOT (the NEAR/3 of)", "l*", "NOT l*", "-lang:zh the", "NOT (lang:en OR NOT \"the\")", "title:lamp OR the NEAR/5 of", "\",\" \".\""}) {
    SearchRequest request;
    request.q = q;
    request.limit = 10'000;
    request.translate = Translate::off;
    const auto all = searcher.search(request);
    ASSERT_FALSE(all.partial);
    const auto exact = found(all);
    for (int microseconds = 0; microseconds < 3'000; microseconds = microseconds * 2 + 1) {
      request.budget = std::make_shared<Budget>(std::chrono::microseconds(microseconds));
      const auto some = searcher.search(request);
      if (!some.partial) {
        ++whole;
        EXPECT_EQ(found(some), exact) << q;
        EXPECT_EQ(some.total, all.total) << q;
        continue;
      }
      ++partial;
      EXPECT_LE(some.total, all.total) << q << ", " << microseconds;
      EXPECT_FALSE(some.notices.empty()) << q;
      for (const auto& id : found(some)) EXPECT_TRUE(exact.count(id)) << q << ", " << microseconds << ": " << id;
    }
  }
  EXPECT_GT(partial, 13u);
  EXPECT_GT(whole, 13u);
}

// Many long searches at once: each still gets all of its own time, no less and hardly more.
TEST(Budget, IsTheSameHoweverManyTakeTurns) {
  constexpr auto kTime = std::chrono::milliseconds(40);
  std::vector<std::thread> threads;
  std::atomic<int> ended{0};
  for (int i = 0; i < 24; ++i)
    threads.emplace_back([&] {
      Budget budget(kTime);
      Meter meter(&budget);
      const auto cpu = [] {
        timespec t{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
      };
      const auto begin = cpu();
      while (!meter.over(64)) {}
      const auto took = cpu() - begin;
      ended += took >= kTime * 9 / 10 && took < kTime * 3;
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(ended, 24);
}

// A search that nobody waits for any more ends long before its time is up.
TEST(Budget, EndsWhenNobodyWantsIt) {
  Budget budget(std::chrono::hours(1));
  std::atomic<int> asked{0};
  budget.end_when([&] { return ++asked > 2; });
  Meter meter(&budget);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  bool over = false;
  while (!over && std::chrono::steady_clock::now() < until) over = meter.over(64);
  EXPECT_TRUE(over);
  EXPECT_EQ(asked, 3);
  EXPECT_TRUE(budget.over());
}

}  // namespace
}  // namespace resolute::search
