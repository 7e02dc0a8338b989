// One resolution in the forms in which people hold texts reads alike in all of them.
#include "text/form.h"

#include <gtest/gtest.h>

#include "text/columns.h"
#include "text/lone_numbers.h"
#include "text/marker_breaks.h"
#include "text/structure.h"

namespace resolute::text {
namespace {

struct Part {
  std::string number, text;
};

const std::vector<Part> kEnglish = {
    {"", "A/RES/83/901"},
    {"", "Eighty-third session"},
    {"", "Agenda item 77"},
    {"", "Resolution adopted by the General Assembly on 20 December 2028"},
    {"", "[on the report of the Third Committee (A/83/577, para. 12)]"},
    {"", "83/901. Night markets of the small islands and of the harbours that stand open to the western sea"},
    {"", "The General Assembly,"},
    {"",
     "Recalling its resolution 82/55 of 19 December 2027, in which it asked the keepers of the harbours of all "
     "the islands to light them, and the Charter of the Lamp Keepers,"},
    {"", "Mindful of the lanterns that the islands lack,"},
    {"", "Welcoming the report of the wardens on the lamps that they keep burning through the season of the storms,"},
    {"1.", "Welcomes the report of the Secretary-General on the lamps and on the oil that is needed for them in winter;"},
    {"2.", "Requests the lamp wardens:"},
    {"(a)", "To count the lamps;"},
    {"(b)", "To count the wicks, in accordance with the rules that the keepers of the northern harbours adopted;"},
    {"3.", "Decides to consider the matter at its eighty-fourth session."},
    {"", "60th plenary meeting"},
    {"", "20 December 2028"},
};

const std::vector<Part> kChinese = {
    {"", "A/RES/83/911"},
    {"", "第八十三届会议"},
    {"", "议程项目77"},
    {"", "2028年12月20日大会决议"},
    {"", "[根据第三委员会的报告(A/83/577，第12段)通过]"},
    {"", "83/911. 小岛屿的夜市"},
    {"", "大会，"},
    {"", "回顾其2027年12月19日第82/55号决议，其中大会请各岛屿所有港口的看守人员点灯照明，以便船只在夜间进港，又注意到灯塔看守人宪章，"},
    {"", "意识到各岛缺少灯笼，"},
    {"", "欢迎管理员关于他们在整个风暴季节里保持点燃的灯盏的报告，"},
    {"1.", "欢迎秘书长关于灯盏以及冬季所需灯油的报告，并感谢所有参与编写这份报告的灯塔看守人员和他们的家属；"},
    {"2.", "请灯塔管理员："},
    {"(a)", "清点灯盏；"},
    {"(b)", "按照北方各港口看守人员通过的规则清点灯芯，并在下一个季节开始之前把清点的结果通知所有管理员；"},
    {"3.", "决定在其第八十四届会议上审议此事。"},
    {"", "2028年12月20日"},
    {"", "第60次全体会议"},
};

// Lines of at most 80 columns, Han characters two.
std::vector<std::string> wrap(const std::string& text, bool zh) {
  std::vector<std::string> lines = {""};
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
    } else {
      while (end < text.size() && text[end] != ' ' && static_cast<unsigned char>(text[end]) < 0x80) ++end;
      if (!zh && end < text.size()) ++end;
    }
    const std::string token = text.substr(at, end - at);
    const size_t columns = static_cast<unsigned char>(token[0]) >= 0x80 ? 2 : token.size();
    const bool mark = token == "，" || token == "；" || token == "。" || token == "：";
    if (width > 0 && width + columns > 80 && !mark) lines.emplace_back(), width = 0;
    lines.back() += token;
    width += columns;
    at = end;
  }
  for (auto& line : lines)
    while (line.ends_with(' ')) line.pop_back();
  return lines;
}

struct Layout {
  const char* name;
  bool wrapped, spaced, own_number, indented = false;
};
constexpr Layout kLayouts[] = {
    {"a paragraph a line", false, false, false},
    {"the same, blank lines between", false, true, false},
    {"wrapped", true, false, false},
    {"wrapped, blank lines between paragraphs", true, true, false},
    {"numbers on lines of their own", true, true, true},
    {"wrapped, first lines indented", true, false, false, true},
};

std::string write(const std::vector<Part>& parts, const Layout& layout, bool zh) {
  std::string out;
  for (const auto& part : parts) {
    std::string text = part.text;
    if (!part.number.empty() && layout.own_number)
      out += part.number + "\n";
    else if (!part.number.empty())
      text = part.number + " " + text;
    if (layout.indented) out += zh ? "　　" : "     ";
    for (const auto& line : layout.wrapped ? wrap(text, zh) : std::vector<std::string>{text}) out += line + "\n";
    if (layout.spaced) out += "\n";
  }
  return out;
}

std::string outline(const Document& d) {
  std::string out = d.identifier + "|" + d.title + "|" + d.date + "|" + d.meeting + "\n";
  for (const auto& p : d.paragraphs) out += std::string(print_kind(p.kind)) + "|" + p.number + "|" + p.text + "\n";
  return out;
}

std::string read(const std::string& text) {
  const auto d = structure_text(text);
  return d ? outline(*d) : "nothing";
}

class FormTest : public testing::TestWithParam<Layout> {};

TEST_P(FormTest, ReadsTheSameEnglishResolution) {
  const std::string want = read(write(kEnglish, kLayouts[1], false));
  EXPECT_EQ(read(write(kEnglish, GetParam(), false)), want);
  EXPECT_NE(want.find("preambular||Mindful of the lanterns that the islands lack,\n"), std::string::npos) << want;
  EXPECT_NE(want.find("operative|2(b)|To count the wicks"), std::string::npos) << want;
  EXPECT_NE(want.find("A/RES/83/901|Night markets of the small islands and of the harbours"), std::string::npos);
}

TEST_P(FormTest, ReadsTheSameChineseResolution) {
  const std::string want = read(write(kChinese, kLayouts[1], true));
  EXPECT_EQ(read(write(kChinese, GetParam(), true)), want);
  EXPECT_NE(want.find("preambular||意识到各岛缺少灯笼，\n"), std::string::npos) << want;
  EXPECT_NE(want.find("operative|2(b)|按照北方各港口"), std::string::npos) << want;
  EXPECT_NE(want.find("A/RES/83/911|小岛屿的夜市|2028-12-20|60\n"), std::string::npos) << want;
}

INSTANTIATE_TEST_SUITE_P(Layouts, FormTest, testing::ValuesIn(kLayouts), [](const auto& layout) { return std::to_string(layout.index); });

TEST(PlaceNumbers, PutsNumbersThatComeALineLateInFront) {
  auto lines = split_lines(
      "Welcomes the calm that has come to the harbour of the western islands, on\n1.\n12 October 2041, and thanks "
      "the wardens;\nUrges all States to lend their lamps to the\n2.\nislands until the end;\nDecides to remain "
      "seized of the matter.\n3.\n");
  place_numbers(lines, false);
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(lines[0].text.substr(0, 11), "1. Welcomes");
  EXPECT_EQ(lines[2].text.substr(0, 7), "2. Urge");
  EXPECT_EQ(lines[4].text.substr(0, 10), "3. Decides");
}

TEST(Columns, PartRowsWhoseGapIsNarrow) {
  // The left column's third line leaves two spaces, where four would be a gap by themselves.
  auto lines = split_lines(
      "The lamps of the first street      the lamps of the second one\n"
      "are lit at eight in the evening    are lit at nine by the two\n"
      "and are put out again by keepers,  keepers who live beside it\n"
      "when the sun comes up after the   and who put them out again\n"
      "hills and the fog has gone away    when the milk is delivered\n"
      "as it does on most of the days.    to every house but theirs,\n"
      "Nobody lights the third street,    where the bakers are awake,\n"
      "for nobody has walked there yet    and the ovens light it all.\n");
  untangle_columns(lines);
  std::string read;
  for (const auto& l : lines) read += l.text + "|";
  EXPECT_EQ(read,
            "The lamps of the first street|are lit at eight in the evening|and are put out again by keepers,|when the sun comes up after the|"
            "hills and the fog has gone away|as it does on most of the days.|"
            "Nobody lights the third street,|for nobody has walked there yet|the lamps of the second one|are lit at nine by the two|"
            "keepers who live beside it|and who put them out again|when the milk is delivered|to every house but theirs,|"
            "where the bakers are awake,|and the ovens light it all.|");
}

TEST(MarkerBreaks, JoinThePiecesOfOnePrintedLine) {
  const std::string full = "点亮第一条街上的所有路灯直到天亮并在此之后把它们逐一熄灭以便节省油料和人手的开支以及";  // 42 Han
  std::string text;
  for (int i = 0; i < 8; ++i) text += full + "\n";
  const std::string broken = text + "回顾关于路灯和守夜人的各项规定，1\n其中除其他外强调必须在天黑以前将所有的路灯全部点亮\n以便行人看清道路，\n";
  const auto read = [](const std::string& s) {
    auto lines = split_lines(s);
    rejoin_at_markers(lines, Joiner(true, s));
    return lines;
  };
  const auto joined = read(broken);
  ASSERT_EQ(joined.size(), 10u);
  EXPECT_EQ(joined[8].text, "回顾关于路灯和守夜人的各项规定，1其中除其他外强调必须在天黑以前将所有的路灯全部点亮");
  // A full line after a marker opens a paragraph of its own, and so may a number that counts no notes.
  EXPECT_EQ(read(text + "回顾关于路灯和守夜人的各项规定，1\n" + full + "\n").size(), 10u);
  EXPECT_EQ(read(text + "回顾关于路灯和守夜人的各项规定，75\n其中除其他外强调必须在天黑以前将所有的路灯全部点亮\n").size(), 10u);
}

TEST(Titles, HangFromTheirNumberAndMayEndAsCoversDo) {
  const auto read = structure_text(
      "                 Resolution adopted by the General Assembly\n"
      "                 on 20 December 2028\n\n"
      "  83/905.        Report of the Commission of the Lamp Keepers on Night\n"
      "                 Markets and on the work of its ninth session\n\n"
      "                      The General Assembly,\n"
      "                      Recalling its resolution 82/55 of 19 December 2027, in which it asked the keepers\n"
      "                 of the harbours to light them,\n"
      "                      1.    Welcomes the report of the Secretary-General on the lamps and on the oil\n"
      "                 that is needed for them in winter;\n"
      "                      2.    Decides to consider the matter at its next session.\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->title, "Report of the Commission of the Lamp Keepers on Night Markets and on the work of its ninth session");
}

}  // namespace
}  // namespace resolute::text
