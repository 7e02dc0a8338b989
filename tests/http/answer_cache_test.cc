#include "http/answer_cache.h"

#include <gtest/gtest.h>

namespace resolute::http {
namespace {

TEST(AnswerCache, GivesWhatWasPutForTheSameStateOnly) {
  AnswerCache cache(1000);
  EXPECT_EQ(cache.find(1, "a"), std::nullopt);
  cache.put(1, "a", "one");
  EXPECT_EQ(cache.find(1, "a"), "one");
  EXPECT_EQ(cache.find(2, "a"), std::nullopt);
  cache.put(2, "b", "two");
  EXPECT_EQ(cache.find(2, "a"), std::nullopt);  // of the older state
  EXPECT_EQ(cache.find(2, "b"), "two");
  cache.put(1, "c", "late");  // computed before the change, put after it
  EXPECT_EQ(cache.find(2, "c"), std::nullopt);
}

TEST(AnswerCache, DropsTheLeastRecentlyUsedBeyondItsBytes) {
  AnswerCache cache(1000);
  const std::string body(91, 'x');
  for (char c = 'a'; c < 'a' + 10; ++c) cache.put(1, std::string(1, c), body);  // 100 bytes each
  EXPECT_EQ(cache.find(1, "a"), body);                                          // now the youngest
  cache.put(1, "z", body);
  EXPECT_EQ(cache.find(1, "a"), body);
  EXPECT_EQ(cache.find(1, "b"), std::nullopt);
  EXPECT_EQ(cache.find(1, "c"), body);
  cache.put(1, "large", std::string(200, 'x'));  // more than an eighth
  EXPECT_EQ(cache.find(1, "large"), std::nullopt);
}

TEST(AnswerCache, OfNoBytesKeepsNothing) {
  AnswerCache cache(0);
  cache.put(1, "", "");
  cache.put(1, "a", "b");
  EXPECT_EQ(cache.find(1, "a"), std::nullopt);
}

}  // namespace
}  // namespace resolute::http
