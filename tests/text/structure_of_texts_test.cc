// Small texts as people write and hold them, one or more a kind of fault, and what a careful reader reads in them.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "text/structure.h"

namespace resolute::text {
namespace {

// The letter of a part, with the number of its note, is no line of the title.
TEST(StructureOfTexts, KeepsThePartOutOfTheTitle) {
  for (const std::string part : {"B", "B1", "B 1", "B [1]", "B[1]", "B 1/"}) {
    const auto d = structure_text("A/DEC/97/407\n\n97/407. Appointment of keepers of the northern lights\n" + part +
                                  "\nAt its 74th plenary meeting, on 23 May 2043, the General Assembly appointed the keepers of the three lights.\n");
    ASSERT_TRUE(d) << part;
    EXPECT_EQ(d->title, "Appointment of keepers of the northern lights") << part;
    EXPECT_TRUE(d->unplaced.empty()) << part;
  }
}

// Stars that explain a list of names, then the closing lines, then the notes, with no blank line between.
TEST(StructureOfTexts, PartsStarsClosingAndNotes) {
  const auto d = structure_text(
      "A/DEC/97/422\n97/422. 选举灯塔委员会成员\n2043年6月9日，大会第79次全体会议选举北岸* 和南岸** 为灯塔委员会成员，自2044年1月1日起任期两年。[1]\n"
      "__________________\n*2044年12月31日任期届满。\n**2045年12月31日任期届满。\n第79次全体会议\n2043年6月9日\n[1] A/97/562，第4段。\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->meeting, "79");
  EXPECT_EQ(d->date, "2043-06-09");
  std::vector<std::pair<std::string, std::string>> notes;
  size_t closing = 0;
  for (const auto& p : d->paragraphs) {
    if (p.kind == ParagraphKind::footnote) notes.emplace_back(p.number, p.text);
    closing += p.kind == ParagraphKind::closing;
  }
  EXPECT_EQ(closing, 2u);
  EXPECT_EQ(notes, (std::vector<std::pair<std::string, std::string>>{
                       {"*", "2044年12月31日任期届满。"}, {"**", "2045年12月31日任期届满。"}, {"1", "A/97/562，第4段。"}}));
}

// Sections of one resolution, each with a preamble of its own, and numbers from 1.
TEST(StructureOfTexts, KnowsThePreamblesOfSections) {
  const auto d = structure_text(
      "A/RES/97/263\n\n97/263. Special subjects of the lamps\n\nThe General Assembly,\n\nI\n\nHarbour lights\n\nHaving considered the report on the harbour "
      "lights,[1]\n\n1. Takes note of the report;\n\n2. Endorses the conclusions of the keepers;\n\nII\n\nRiver lights\n\nRecalling its resolution 96/262 of "
      "27 December 2041,\n\nHaving considered the statement on the river lights,\n\n1. Approves the lights;\n\nIII\n\nLights of the lakes\n\nDecides to keep "
      "the lights of the lakes.\n\n60th plenary meeting\n\n20 December 2042\n\n[1] A/97/1.\n");
  ASSERT_TRUE(d);
  std::string kinds;
  for (const auto& p : d->paragraphs) kinds += print_kind(p.kind)[0];
  EXPECT_EQ(kinds, "hehhpoohhppohhoccf");
}

TEST(StructureOfTexts, ReadsDecisionsByTheirWordsAlone) {
  for (const auto& [text, symbol, date, meeting] : std::vector<std::array<const char*, 4>>{
           {"97/531. Programme of the keepers\n\nAt its 55th plenary meeting, on 24 December 2042, the General Assembly decided that:\n\n(a) The debate should "
            "begin;\n",
            "A/DEC/97/531", "2042-12-24", "55"},
           {"97/532. 灯塔委员会的报告\n\n在2042年12月24日第55次全体会议上，大会根据第三委员会的建议，注意到灯塔委员会的报告。\n", "A/DEC/97/532", "2042-12-24",
            "55"},
       }) {
    const auto d = structure_text(text);
    ASSERT_TRUE(d) << text;
    EXPECT_EQ(d->identifier, symbol);
    EXPECT_EQ(d->date, date);
    EXPECT_EQ(d->meeting, meeting);
    EXPECT_EQ(d->paragraphs.at(1).kind, ParagraphKind::decision);
  }
}

// "[1]" hid that a sentence had ended, and made it a heading.
TEST(StructureOfTexts, ReadsADecisionOfOneSentence) {
  const auto d = structure_text(
      "A/DEC/97/509\n\n97/509. Report of the keepers\n\nAt its 19th plenary meeting, on 20 October 2042, the General Assembly took note of the "
      "report of the keepers.[1]\n\n19th plenary meeting\n\n20 October 2042\n\n[1] A/97/3.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->paragraphs.at(1).kind, ParagraphKind::decision);
}

// "kind number text|" of each paragraph.
std::string outline_of(const std::string& text) {
  const auto d = structure_text(text);
  std::string out;
  for (const auto& p : d ? d->paragraphs : std::vector<Paragraph>{}) out += print_kind(p.kind)[0] + p.number + " " + p.text + "|";
  return out;
}

// "and" before the last of a list ends no sentence of its own, but the paragraph.
TEST(StructureOfTexts, PartsWhatAndLinks) {
  const std::string head = "A/RES/97/917\n\nThe General Assembly,\n\nNoting lamps,\n\n";
  EXPECT_EQ(
      outline_of(head + "1. Affirms its resolution; and\n\n2. Calls on Members:\n\n(a) To light lamps; or\n\n(b) To lend them; and\n\n3. Decides to wait.\n"),
      "e The General Assembly,|p Noting lamps,|o1 Affirms its resolution; and|o2 Calls on Members:|o2(a) To light lamps; or|o2(b) To lend them; and|o3 Decides "
      "to wait.|");
}

TEST(StructureOfTexts, ReadsParagraphsThatHanNumeralsCount) {
  for (const std::string mark : {"、", "、 ", "．", ". "}) {
    const auto read = outline_of("A/RES/2143(XXI)\n\n大会，\n\n回顾其以往各项决议，\n\n一" + mark + "请各国统计灯具；\n\n二" + mark +
                                 "鼓励：\n\n（一） 发展中国家参加；\n\n三" + mark + "决定继续审议。\n\n一九六六年十一月一日\n第一四七五次全体会议\n");
    EXPECT_EQ(read,
              "e 大会，|p 回顾其以往各项决议，|o1 请各国统计灯具；|o2 鼓励：|o2(一) 发展中国家参加；|o3 决定继续审议。|c 一九六六年十一月一日|c "
              "第一四七五次全体会议|")
        << mark;
  }
  // Sections, which are no sentences, beside paragraphs with figures.
  EXPECT_NE(
      outline_of("A/RES/97/1\n\n大会，\n\n回顾灯塔，\n\n一、导言\n\n1. 欢迎灯塔；\n\n二、后续行动\n\n2. 决定结束。\n").find("h二 后续行动|o2 决定结束。|"),
      std::string::npos);
}

TEST(StructureOfTexts, KeepsHyphensThatALineEndsWith) {
  const auto read = outline_of(
      "A/RES/97/9\n\nThe General Assembly,\n\nRecalling the lamps that the keepers of the northern harbours lit for the twenty-\nsecond time, in the years "
      "2020-\n2025, "
      "at the request of the Secretary-\nGeneral and of the harbours of Guinea-\nBissau, as well as the illumi-\nnation of the southern ones and their "
      "mid-\nterm review,\n\n1. "
      "Decides to light the lamps of all the harbours that the keepers of the northern coast asked it to light.\n");
  for (const std::string part : {"twenty-second", "2020-2025", "Secretary-General", "Guinea-Bissau", "illumination", "mid-term"})
    EXPECT_NE(read.find(part), std::string::npos) << part << ": " << read;
}

TEST(StructureOfTexts, TakesRaisedFiguresForPowersOnlyAfterUnits) {
  EXPECT_EQ(
      outline_of(
          "A/RES/97/946\n\nThe General Assembly,\n\nRecalling the Lamp Convention,²\n\n1. Decides to light 3 m² of land with 10³ lamps;³\n\n2. Decides to "
          "wait.\n\n60th plenary meeting\n\n² Treaty Series, vol. 1.\n\n³ A/97/2.\n"),
      "e The General Assembly,|p Recalling the Lamp Convention,|o1 Decides to light 3 m² of land with 10³ lamps;|o2 Decides to wait.|c 60th plenary meeting|f2 "
      "Treaty Series, vol. 1.|f3 A/97/2.|");
}

TEST(StructureOfTexts, KnowsStarsThatANoteExplains) {
  const auto read = outline_of(
      "A/C.3/97/L.7\n\nFiji* and Malta**: draft resolution\n\nRight to light\n\nThe General Assembly,\n\nRecalling lamps,\n\n1. Decides to light "
      "them.\n\n* On behalf of the harbours.\n\n** State not a member of the Council.\n");
  EXPECT_TRUE(read.ends_with("o1 Decides to light them.|f* On behalf of the harbours.|f** State not a member of the Council.|")) << read;
}

// Two columns taken line by line: the order is lost, and said to be. A second resolution's numbers begin again, one slip is a slip.
TEST(StructureOfTexts, TellsOfColumnsThatAreMixed) {
  const auto warned = [](const std::vector<int>& numbers) {
    std::string text = "A/RES/97/12\n\nThe General Assembly,\n\nRecalling the lighthouses of the northern coast and their keepers,\n\n";
    for (const int n : numbers) text += std::to_string(n) + ". Requests the keepers to light lamp number " + std::to_string(n) + " of the tower;\n\n";
    const auto d = structure_text(text);
    EXPECT_TRUE(d.has_value());
    if (!d) return std::string();
    for (const auto& w : d->warnings)
      if (w.code == WarningCode::mixed_columns) return w.values[0] + " " + w.values[1] + " " + w.values[2];
    return std::string();
  };
  EXPECT_EQ(warned({1, 2, 11, 3, 12, 4, 13, 5}), "3 11 3");
  EXPECT_EQ(warned({1, 2, 3, 4, 5, 6}), "");
  EXPECT_EQ(warned({1, 2, 3, 1, 2, 1, 2}), "");
  EXPECT_EQ(warned({1, 2, 4, 3, 5, 6}), "");
}

}  // namespace
}  // namespace resolute::text
