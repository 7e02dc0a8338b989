#include "http/keys.h"

#include <gtest/gtest.h>

#include <vector>

namespace resolute::http {
namespace {

TEST(Keys, AreKnownByTheirHashesAlone) {
  const auto a = make_key("library"), b = make_key("press-2");
  ASSERT_TRUE(a && b);
  EXPECT_NE(a->key, b->key);
  EXPECT_EQ(a->key.size(), 64u);
  EXPECT_EQ(a->entry.find(a->key), std::string::npos);
  const auto keys = parse_keys(a->entry + ", " + b->entry);
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 2u);
  EXPECT_EQ(find_key(*keys, a->key)->name, "library");
  EXPECT_EQ(find_key(*keys, b->key)->name, "press-2");
  for (std::string wrong : {std::string(), a->key.substr(1), a->key + " ", a->entry, std::string(100'000, 'a')}) EXPECT_EQ(find_key(*keys, wrong), nullptr);
  for (size_t i = 0; i < a->key.size(); ++i) {
    auto other = a->key;
    other[i] = other[i] == '0' ? '1' : '0';
    EXPECT_EQ(find_key(*keys, other), nullptr);
  }
  // SHA-256 of "abc" (FIPS 180-2).
  const auto known = parse_keys("x:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  ASSERT_TRUE(known);
  EXPECT_NE(find_key(*known, "abc"), nullptr);
}

TEST(Keys, RefuseListsThatAreNone) {
  EXPECT_TRUE(parse_keys("")->empty());
  const std::string hash(64, 'a');
  for (const std::string& list : std::vector<std::string>{"x", "x:", ":" + hash, "x:" + hash.substr(1), "x:" + hash + "a", "x:" + std::string(64, 'g'),
                                                          "x y:" + hash, "x:" + hash + ",x:" + hash})
    EXPECT_FALSE(parse_keys(list)) << list;
  for (const char* name : {"", "a b", "a:b", "a,b"}) EXPECT_FALSE(make_key(name)) << name;
}

TEST(Keys, AreShownAsBearers) {
  EXPECT_EQ(bearer_of("Bearer abc"), "abc");
  EXPECT_EQ(bearer_of("bearer  abc "), "abc");
  for (const char* other : {"", "Bearer", "Basic abc", "abc"}) EXPECT_EQ(bearer_of(other), "") << other;
}

}  // namespace
}  // namespace resolute::http
