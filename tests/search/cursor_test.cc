#include "search/cursor.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace resolute::search {
namespace {

bool same(const Cursor& a, const Cursor& b) {
  return a.state == b.state && a.question == b.question && a.primary == b.primary && a.ordinal == b.ordinal && a.id == b.id;
}

TEST(Cursor, ComesBackAsItWas) {
  constexpr auto kMost = std::numeric_limits<uint64_t>::max();
  for (const auto& c : {Cursor{{0, 0}, 0, 0, 0, "@"}, Cursor{{1, 2}, 3, 4.5, 6, "A/RES/91/12@en"},
                        Cursor{{kMost, kMost}, kMost, -1e300, 0xFFFFFFFF, "夜书 3@zh"}, Cursor{{7, 0}, 0, 0.1, 0, std::string(200, 'x') + "@en"}}) {
    const auto text = print_cursor(c);
    EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), std::string::npos) << text;
    const auto back = parse_cursor(text);
    ASSERT_TRUE(back) << c.id;
    EXPECT_TRUE(same(*back, c)) << c.id;
  }
}

TEST(Cursor, OfAnyOtherMakingIsNone) {
  const std::string good = print_cursor({{1, 2}, 3, 4.5, 6, "A/RES/91/12@en"});
  for (const std::string bad : {"", "r2", "////", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "=", " "}) EXPECT_FALSE(parse_cursor(bad)) << bad;
  EXPECT_FALSE(parse_cursor(good + good));
  EXPECT_FALSE(parse_cursor(std::string(601, 'A')));
  std::mt19937 random(3);
  for (size_t i = 0; i < good.size(); ++i) {
    EXPECT_FALSE(parse_cursor(good.substr(0, i))) << i;
    std::string changed = good;
    changed[i] = changed[i] == 'B' ? 'C' : 'B';
    EXPECT_FALSE(parse_cursor(changed)) << i;
  }
  for (int i = 0; i < 20'000; ++i) {
    std::string noise(random() % 80, ' ');
    for (char& c : noise) c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[random() % 64];
    EXPECT_FALSE(parse_cursor(noise)) << noise;
  }
}

}  // namespace
}  // namespace resolute::search
