// What is marked in a text, and which passage of it is shown.
#include "search/snippet.h"

#include <gtest/gtest.h>

namespace resolute::search {
namespace {

// A text with its spans in brackets.
std::string marked(std::string_view text, const std::vector<Span>& spans) {
  std::string out;
  size_t at = 0;
  for (const auto& s : spans) {
    EXPECT_GE(s.begin, at) << "ascending, and none within another";
    out += std::string(text.substr(at, s.begin - at)) + "[" + std::string(text.substr(s.begin, s.end - s.begin)) + "]";
    at = s.end;
  }
  return out + std::string(text.substr(at));
}

TEST(Highlighter, MarksWhatTheQueryAsksForAndNothingElse) {
  struct Row {
    const char *query, *text, *expected;
  };
  const Row rows[] = {
      {"lamp", "The lamp and the lamps, a lamppost", "The [lamp] and the [lamps], a lamppost"},
      {"\"lamp\"", "The lamp and the lamps", "The [lamp] and the lamps"},
      {"\"women\"", "Women's rights and women", "[Women]'s rights and [women]"},
      {"\"the lamp of\"", "the lamp of the harbour; the lamp", "[the lamp of] the harbour; the lamp"},
      {"light*", "A lighthouse lights the light", "A [lighthouse] [lights] the [light]"},
      {"灯塔", "关于灯塔的决议", "关于[灯塔]的决议"},
      {"燈塔", "关于灯塔的决议", "关于[灯塔]的决议"},
      {"lamp -oil", "lamp oil", "[lamp] oil"},
      {"title:lamp", "a lamp", "a lamp"},
      {"Café", "the CAFE and the café", "the [CAFE] and the [café]"},
      {"lamp OR 灯", "lamp 灯 oil", "[lamp] [灯] oil"},
      {"", "lamp", "lamp"},
  };
  for (const auto& row : rows) EXPECT_EQ(marked(row.text, Highlighter(parse_query(row.query)).find(row.text)), row.expected) << row.query;
}

TEST(Highlighter, ShowsThePassageThatHasTheWords) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "Nothing of interest stands here. ";
  const size_t place = text.size();
  text += "The keeper lights the lamp. ";
  for (int i = 0; i < 60; ++i) text += "Nor does anything stand here. ";
  const auto found = Highlighter(parse_query("keeper lamp")).snippets(text, 120, 2);
  ASSERT_FALSE(found.empty());
  EXPECT_NE(found[0].text.find("keeper lights the lamp"), std::string::npos) << found[0].text;
  EXPECT_LE(found[0].text.size(), 240U);
  ASSERT_EQ(found[0].highlights.size(), 2U);
  for (const auto& h : found[0].highlights) EXPECT_TRUE(h.end <= found[0].text.size() && h.begin < h.end);
  EXPECT_EQ(found[0].text.substr(found[0].highlights[0].begin, found[0].highlights[0].end - found[0].highlights[0].begin), "keeper");
  EXPECT_GT(place, 0U);
}

// Whatever it is cut to, a passage is UTF-8 and its spans lie in it.
TEST(Highlighter, NeverCutsACharacter) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "看守人点亮灯塔，";
  const Highlighter h(parse_query("灯塔"));
  for (size_t width = 1; width < 60; ++width)
    for (const auto& s : h.snippets(text, width, 3)) {
      for (size_t i = 0; i < s.text.size();) {
        const auto lead = static_cast<unsigned char>(s.text[i]);
        const size_t length = lead < 0x80 ? 1 : lead >= 0xE0 ? 3 : 2;
        ASSERT_NE(lead & 0xC0, 0x80) << width;
        ASSERT_LE(i + length, s.text.size()) << width;
        i += length;
      }
      for (const auto& span : s.highlights) EXPECT_EQ(s.text.substr(span.begin, span.end - span.begin), "灯塔") << width;
    }
}

}  // namespace
}  // namespace resolute::search
