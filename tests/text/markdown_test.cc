#include "text/markdown.h"

#include <gtest/gtest.h>

#include "text/structure.h"

namespace resolute::text {
namespace {

TEST(Markdown, IsToldByItsMarks) {
  EXPECT_TRUE(is_markdown("# Lamps\n\n*Recalling* its resolution,\n\n1\\. *Welcomes* the report;\n"));
  EXPECT_TRUE(is_markdown("1\\. **Welcomes** the *lamps*;\n"));
  EXPECT_FALSE(is_markdown("# Lamps\n\nRecalling its resolution,\n"));
  EXPECT_FALSE(is_markdown("Farland:* draft resolution\n\n1. Welcomes 2*3 lamps;\n* Reissued.\n"));
  EXPECT_FALSE(is_markdown(""));
}

TEST(Markdown, LosesItsMarksAndNothingElse) {
  struct Case {
    const char *marked, *plain;
  };
  for (const auto& c : {
           Case{"# Lamps", "Lamps\n"},
           Case{"###### Lamps", "Lamps\n"},
           Case{"#Lamps", "#Lamps\n"},
           Case{"1\\. *Welcomes* the **lamps**;", "1. Welcomes the lamps;\n"},
           Case{"***Both*** and __under__ and _one_", "Both and under and one\n"},
           Case{"snake_case_name and 2*3*4", "snake_case_name and 2*3*4\n"},
           Case{"Farland:* draft", "Farland:* draft\n"},
           Case{"> *Recalling* that", "Recalling that\n"},
           Case{"see [resolution 82/55](https://lamps.example/82) and [1] note", "see resolution 82/55 and [1] note\n"},
           Case{"```\ncode\n```", "code\n"},
           Case{"*never closed", "*never closed\n"},
           Case{"", ""},
       })
    EXPECT_EQ(without_markdown(c.marked), c.plain) << c.marked;
}

TEST(Markdown, TakesItsTimeOnceWhateverTheMarks) {
  // Marks that open and never close, at every byte.
  for (const char* mark : {"*", "_", "[", "](", "**a", "[a](", "\\"}) {
    std::string text;
    while (text.size() < 200'000) text += mark;
    EXPECT_FALSE(without_markdown(text).empty());
    is_markdown(text);
  }
}

TEST(Markdown, DraftsAreRead) {
  const auto d = structure_text(without_markdown(
      "# Lamps of the harbours\n\n*The General Assembly*,\n\n*Recalling* its resolution 82/55,\n\n1\\. *Welcomes* the report;\n\n2\\. **Decides** to end.\n"));
  ASSERT_TRUE(d);
  EXPECT_EQ(d->title, "Lamps of the harbours");
  ASSERT_EQ(d->paragraphs.size(), 5u);
  EXPECT_EQ(d->paragraphs[4].number, "2");
}

}  // namespace
}  // namespace resolute::text
