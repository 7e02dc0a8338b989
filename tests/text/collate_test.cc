#include "text/collate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace resolute::text {
namespace {

TEST(InOrder, IsThatOfTheLanguagesDictionaries) {
  std::vector<std::string> en = {"Zambia", "Åland", "albania", "Côte d’Ivoire", "Costa Rica", "Croatia"};
  std::sort(en.begin(), en.end(), [](const auto& a, const auto& b) { return in_order(a, b, Language::en); });
  EXPECT_EQ(en, (std::vector<std::string>{"Åland", "albania", "Costa Rica", "Côte d’Ivoire", "Croatia", "Zambia"}));
  // By Pinyin: a, bo, de, fa, zhong; their code points say otherwise.
  std::vector<std::string> zh = {"中国", "法国", "阿曼", "德国", "波兰"};
  std::sort(zh.begin(), zh.end(), [](const auto& a, const auto& b) { return in_order(a, b, Language::zh); });
  EXPECT_EQ(zh, (std::vector<std::string>{"阿曼", "波兰", "德国", "法国", "中国"}));
  EXPECT_FALSE(in_order("a", "a", Language::en));
  EXPECT_FALSE(in_order("\xFF", "", Language::zh));
}

}  // namespace
}  // namespace resolute::text
