// Kinds of texts that people hold, each with the smallest input that shows it. All wording is invented.
#include <gtest/gtest.h>

#include "text/several.h"
#include "text/structure.h"

namespace resolute::text {
namespace {

std::string outline_of(const std::optional<Document>& d) {
  if (!d) return "nothing";
  std::string out;
  for (const auto& p : d->paragraphs) out += std::string(print_kind(p.kind)) + "|" + p.number + "|" + p.text + "\n";
  return out;
}

TEST(Kinds, ADraftLineAloneStandsAboveTheTitle) {
  const auto d = structure_text(
      "United Nations\n\nA/C.6/83/L.21\n\nGeneral Assembly\n\nDistr.: Limited\n14 November 2028\n\nEighty-third session\nSixth Committee\nAgenda item "
      "80\nReport of the Lamp Commission\n\n"
      "Draft resolution\n\nReport of the Lamp Commission on its work\n\nThe General Assembly,\n\nRecalling its resolution 82/55 of 19 December 2027,\n\n1. "
      "Welcomes the lamps.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->title, "Report of the Lamp Commission on its work");
  EXPECT_EQ(d->type, DocumentType::draft);
  EXPECT_TRUE(d->unplaced.empty()) << d->unplaced[0];
}

TEST(Kinds, ListsOfSponsorsWrapAtCommas) {
  const auto d = structure_text(
      "United Nations\nA/83/L.39\nGeneral Assembly\nDistr.: Limited\n11 December 2028\nEighty-third session\nAgenda item 16 (c)\nPrice of oil\n"
      "Austria, Belgium, Bulgaria, Croatia, Cyprus, Czechia, Denmark, Estonia,\nFinland, France, Germany, Greece, Hungary, Ireland, Italy, Latvia, Lithuania,\n"
      "Romania, Slovakia, Slovenia, Spain and Sweden:* amendment to draft\nresolution A/83/L.25\nThe price of oil\nDelete operative paragraphs 3 and 4.\n"
      "* Any changes to the list of sponsors will be reflected in the record.\n");
  ASSERT_TRUE(d);
  ASSERT_EQ(d->sponsors.size(), 22u) << d->sponsors.size();
  EXPECT_EQ(d->sponsors.front(), "Austria");
  EXPECT_EQ(d->sponsors.back(), "Sweden");
  EXPECT_EQ(d->amends, "A/83/L.25");
  EXPECT_EQ(d->title, "The price of oil");
}

TEST(Kinds, ACommitteeOfALongNameIsOne) {
  const auto d = structure_text(
      "United Nations\n\nA/C.4/83/L.8\n\nGeneral Assembly\n\nDistr.: Limited\n24 October 2028\n\nEighty-third session\nSpecial Political and Decolonization "
      "Committee\n(Fourth Committee)\nAgenda item 48\n"
      "Lamps in outer space\n\nMorocco:* draft resolution\n\nLamps in outer space\n\nThe General Assembly,\n\nEmphasizing the lamps,\n\n1. Welcomes them.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->committee, std::vector<std::string>{"C4"});
  EXPECT_EQ(d->sponsors, std::vector<std::string>{"Morocco"});
  EXPECT_TRUE(d->unplaced.empty()) << d->unplaced[0];
}

TEST(Kinds, ATitleNeedsNoNumber) {
  const auto d = structure_text(
      "Lamps of the harbours\n\nThe General Assembly,\n\nRecalling its resolution 82/55 of 19 December 2027,\n\n1. Welcomes the report;\n\n2. Decides to "
      "end.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->title, "Lamps of the harbours");
  EXPECT_TRUE(d->unplaced.empty());
}

TEST(Kinds, ReportsHaveTitleHeadingsAndParagraphs) {
  const auto d = structure_text(
      "United Nations\n\nS/2041/600\n\nSecurity Council\n\nDistr.: General\n17 October 2041\n\nOriginal: English\n\nReport of the Secretary-General on the "
      "lamp mission\n\nI. Introduction\n\n"
      "1. The present report is submitted pursuant to resolution 3801 (2035).\n\n2. It covers developments since May.\n\nII. Political situation\n\n3. The "
      "wardens met on three occasions.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->type, DocumentType::report);
  EXPECT_EQ(d->title, "Report of the Secretary-General on the lamp mission");
  EXPECT_EQ(d->date, "2041-10-17");
  EXPECT_EQ(outline_of(d),
            "heading||Report of the Secretary-General on the lamp mission\nheading|I|Introduction\nplain|1|The present report is submitted pursuant to "
            "resolution 3801 (2035).\n"
            "plain|2|It covers developments since May.\nheading|II|Political situation\nplain|3|The wardens met on three occasions.\n");
}

TEST(Kinds, OldChineseTextsWriteNumeralsForFigures) {
  const auto d = structure_text(
      "聯合國安理會決議案九百四十四\n\n九百四十四(二〇四八).二〇四八年四月一日決議案\n〔S/714,貳〕\n\n  安全理事會,\n\n  "
      "業於二〇四七年十二月九日接獲大會關於燈塔之決議案一八一(二),\n\n"
      "  業已閱悉燈塔委員會之第一兩月工作進度報告書,\n\n  "
      "爰請秘書長召集大會特別屆會,進一步審議港口照明問題。\n\n第二七七次會議以九票對零通過,棄權者二(甲國、乙國)。\n\n23 "
      "安全理事會正式紀錄,第三年,特別補編第二號,文件S/663。\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->identifier, "S/RES/944(2048)");
  EXPECT_EQ(d->date, "2048-04-01");
  EXPECT_EQ(d->meeting, "277");
  EXPECT_EQ(d->vote.yes, 9);
  EXPECT_EQ(d->vote.no, 0);
  EXPECT_EQ(d->vote.abstain, 2);
  EXPECT_EQ(outline_of(d),
            "enacting||安全理事會,\npreambular||業於二〇四七年十二月九日接獲大會關於燈塔之決議案一八一(二),\npreambular||"
            "業已閱悉燈塔委員會之第一兩月工作進度報告書,\n"
            "operative||爰請秘書長召集大會特別屆會,進一步審議港口照明問題。\nclosing||第二七七次會議以九票對零通過,棄權者二(甲國、乙國)。\nfootnote|23|"
            "安全理事會正式紀錄,第三年,特別補編第二號,文件S/663。\n");
}

TEST(Kinds, OldCoversDateAResolutionByItsMeeting) {
  const auto d = structure_text(
      "United Nations\n\nA/RES/48/970\n\nGeneral Assembly\n\nDistr. GENERAL\n\n16 January 1994\n\nORIGINAL:\nENGLISH\n\nA/RES/48/970\n81st plenary meeting\n16 "
      "December 1993\n\n"
      "48/970. Night markets of the small islands\n\nThe General Assembly,\n\nRecalling that a lamp is a lamp, 1/\n\n1. Welcomes the decision taken by the "
      "wardens;\n\n2. Calls upon all wardens to trim.\n\n"
      "Notes\n\n1/ United Nations, Treaty Series, vol. 480, No. 6964.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->date, "1993-12-16");
  EXPECT_EQ(d->meeting, "81");
  EXPECT_NE(outline_of(d).find("heading||Notes\nfootnote|1|United Nations"), std::string::npos) << outline_of(d);
}

TEST(Kinds, AFileThatIsNamedIsReadWhateverItLooksLike) {
  const char* charter =
      "Charter of the Lamp Keepers\n\nPreamble\n\nWhereas lamps are lit by night and put out by day,\n\nArticle 1\n\nEveryone has the right to a "
      "lamp.\n\nArticle 2\n\nEveryone has the duty to trim it.\n";
  EXPECT_FALSE(structure_text(charter));
  const auto d = structure_text(charter, Source::named);
  ASSERT_TRUE(d);
  EXPECT_EQ(outline_of(d),
            "heading||Charter of the Lamp Keepers\nheading||Preamble\nplain||Whereas lamps are lit by night and put out by day,\nheading||Article "
            "1\nplain||Everyone has the right to a lamp.\n"
            "heading||Article 2\nplain||Everyone has the duty to trim it.\n");
}

TEST(Kinds, MarkersOfNotesAreNoText) {
  const auto d = structure_text(
      "83/901. Lamps\n\nThe General Assembly,\n\nRecalling Human Rights Council resolutions 35/17 of 22 June 2027,[1] 36/5 of 28 September 2027[2] and 41/7 of "
      "11 July 2029,[3] item [4] and [99],\n\n"
      "1. Welcomes the lamps.\n\n60th plenary meeting\n20 December 2028\n\n[1] See A/83/10.\n\n[2] See A/83/11.\n\n[3] See A/83/12.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->paragraphs[2].text,
            "Recalling Human Rights Council resolutions 35/17 of 22 June 2027, 36/5 of 28 September 2027 and 41/7 of 11 July 2029, item [4] and [99],");
  const auto slashed = structure_text(
      "83/901. Lamps\n\nThe General Assembly,\n\nRecalling that a lamp is a lamp, 1/ and a wick 2/ is 3/4 of it,\n\n1. Welcomes the lamps.\n\nNotes\n\n1/ See "
      "A/83/10.\n\n2/ See A/83/11.\n");
  ASSERT_TRUE(slashed);
  EXPECT_EQ(slashed->paragraphs[2].text, "Recalling that a lamp is a lamp, and a wick is 3/4 of it,");
}

TEST(Kinds, MarkersBetweenSpacesGoInListsOfDatesOnly) {
  const auto d = structure_text(
      "A/RES/83/901\n\n83/901. Lamps\n\nThe General Assembly,\n\nRecalling resolutions 34/8 of 23 March 2017, 1 35/34 of 23 June 2017 2 and 37/27 of 23 March "
      "2018, 3\n\n"
      "1. Welcomes in 2019, 4 States and paragraphs 3, 4 and 5;\n\n2. Decides to end.\n\n_______________\n1 A/83/10.\n2 A/83/11.\n3 A/83/12.\n4 A/83/13.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->paragraphs[2].text, "Recalling resolutions 34/8 of 23 March 2017, 35/34 of 23 June 2017 and 37/27 of 23 March 2018,");
  EXPECT_EQ(d->paragraphs[3].text, "Welcomes in 2019, 4 States and paragraphs 3, 4 and 5;");
}

TEST(Kinds, ColumnsSideBySideAreReadOneAfterTheOther) {
  std::string page = "A/RES/83/901\n\n83/901. Lamps\n\nThe General Assembly,\n\n";
  const std::vector<std::string> left = {"1. Welcomes the lamps that are", "burning in the harbours of the", "western islands, and thanks the",
                                         "keepers who have lit them in a", "season of storms and of fog;",   "2. Requests the wardens of all"};
  const std::vector<std::string> right = {"harbours to count the lamps and", "to trim the wicks of them at the", "dusk of every day of the year;",
                                          "3. Decides to consider lamps at", "its eighty-fourth session, when",  "the wardens will have reported."};
  for (size_t i = 0; i < left.size(); ++i) page += left[i] + std::string(44 - left[i].size(), ' ') + right[i] + "\n";
  const auto d = structure_text(page);
  ASSERT_TRUE(d);
  EXPECT_EQ(outline_of(d),
            "heading|83/901|Lamps\nenacting||The General Assembly,\noperative|1|Welcomes the lamps that are burning in the harbours of the western islands, "
            "and thanks the keepers who have lit them in a season of storms and of fog;\n"
            "operative|2|Requests the wardens of all harbours to count the lamps and to trim the wicks of them at the dusk of every day of the year;\n"
            "operative|3|Decides to consider lamps at its eighty-fourth session, when the wardens will have reported.\n");
}

TEST(Kinds, NumeralsOfListsGoBeyondTen) {
  std::string text = "A/RES/83/901\n83/901. 灯盏\n大会，\n1. 请灯塔管理员：\n";
  for (const char* n : {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"}) text += std::string("(") + n + ") 清点灯盏；\n";
  const auto d = structure_text(text + "2. 决定结束。\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->paragraphs.size(), 17u);
}

TEST(SplitDocuments, PartsResolutionsOneAfterTheOther) {
  const std::string first =
      "83/901. Lamps\n\nThe General Assembly,\n\nRecalling its resolution 82/55,\n\n1. Welcomes the lamps.\n\n60th plenary meeting\n20 December 2028\n\n";
  const std::string second = "83/902. Wicks\n\nThe General Assembly,\n\n1. Trims the wicks.\n\n61st plenary meeting\n21 December 2028\n";
  const auto parts = split_documents(first + second);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(structure_text(parts[0].text)->identifier, "A/RES/83/901");
  EXPECT_EQ(structure_text(parts[1].text)->identifier, "A/RES/83/902");
  EXPECT_EQ(structure_text(parts[1].text)->date, "2028-12-21");
  EXPECT_EQ(split_documents(first).size(), 1u);
  // A running title of the same resolution, and one that is only cited.
  EXPECT_EQ(split_documents(first + "83/901. Lamps\n\nThe General Assembly,\n").size(), 1u);
  EXPECT_EQ(split_documents(first + "83/902. Wicks\n\nSee above.\n").size(), 1u);
  // Decisions open with their meeting.
  EXPECT_EQ(split_documents("83/530. Lamps\n\nAt its 5th plenary meeting, on 4 May 2029, the Assembly took note.\n\n83/531. Oil\n\nAt its 6th plenary meeting, "
                            "on 5 May 2029, the "
                            "Assembly took note.\n")
                .size(),
            2u);
}

TEST(SplitDocuments, LeavesTheOtherLanguageOfAYearbookAside) {
  const auto parts = split_documents(
      "901 (2053). Resolution of 24 November 2053\n\n901 (2053). Résolution du 24 novembre 2053\n\nThe Security Council,\n\nLe Conseil de sécurité,\n\n"
      "Recalling its resolution 54 (1948) of 15 July\n1948,\n\nRappelant sa résolution 54\n(1948) du 15 juillet 1948,\n\n1. Calls upon the wardens to "
      "trim;\n\n1. Demande aux gardiens de tailler;\n\n"
      "2. Requests a report.\n\n2. Demande un rapport.\n\nAdopted at the 642nd meeting by 9 votes to none.\n\nAdoptée à la 642e séance par 9 voix contre "
      "zéro.\n");
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].foreign.size(), 6u);
  const auto d = structure_text(parts[0].text);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->identifier, "S/RES/901(2053)");
  EXPECT_EQ(outline_of(d),
            "enacting||The Security Council,\npreambular||Recalling its resolution 54 (1948) of 15 July 1948,\noperative|1|Calls upon the wardens to "
            "trim;\noperative|2|Requests a report.\n"
            "closing||Adopted at the 642nd meeting by 9 votes to none.\n");
}

TEST(SplitDocuments, ReadsBothLanguagesOfAPageInTwo) {
  const auto parts = split_documents(
      "A/RES/83/911\n\n83/911. 小岛屿的夜市\n\n83/911. Night markets\n\n大会，\n\nThe General Assembly,\n\n回顾其第82/55号决议，\n\nRecalling its resolution "
      "82/55,\n\n1. 欢迎灯盏。\n\n1. Welcomes the lamps.\n");
  ASSERT_EQ(parts.size(), 2u);
  const auto zh = structure_text(parts[0].text), en = structure_text(parts[1].text);
  ASSERT_TRUE(zh && en);
  EXPECT_EQ(zh->id(), "A/RES/83/911@zh");
  EXPECT_EQ(en->id(), "A/RES/83/911@en");
  EXPECT_EQ(outline_of(zh), "heading|83/911|小岛屿的夜市\nenacting||大会，\npreambular||回顾其第82/55号决议，\noperative|1|欢迎灯盏。\n");
  EXPECT_EQ(outline_of(en),
            "heading|83/911|Night markets\nenacting||The General Assembly,\npreambular||Recalling its resolution 82/55,\noperative|1|Welcomes the lamps.\n");
}

}  // namespace
}  // namespace resolute::text
