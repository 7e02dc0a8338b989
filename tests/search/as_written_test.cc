// Queries, quotes, references and drafts as people write them, from the words to the answer, over documents of our own: one
// row a case, each beside the form that says what is right.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "indexer/index_writer.h"
#include "search/drafting/citation_check.h"
#include "search/drafting/precedent.h"
#include "search/drafting/suggest.h"
#include "search/searcher.h"
#include "tests/samples.h"

namespace resolute::search {
namespace {

using nlohmann::json;

// Documents whose paragraphs have each spelling that the rows ask for.
std::string lamps() {
  std::string out;
  const auto add = [&](const char* symbol, const char* lang, const char* date, const char* title, const std::vector<std::string>& paragraphs) {
    json document = {{"symbol", symbol}, {"lang", lang}, {"date", date}, {"title", title}, {"body", symbol[0] == 'S' ? "SC" : "GA"}, {"type", "resolution"}};
    int n = 0;
    for (const auto& text : paragraphs)
      document["paragraphs"].push_back(
          {{"id", std::string(symbol) + "@" + lang + "#op" + std::to_string(++n)}, {"kind", "operative"}, {"number", std::to_string(n) + "."}, {"text", text}});
    out += document.dump() + "\n";
  };
  add("A/RES/91/1", "en", "2036-09-21", "Lamps of the women keepers",
      {"Lights the women’s lamps;", "Thanks the women who keep them;", "Recalls the General’s lamp and the General's oil;",
       "Pays the children's teachers and all children;", "Asks each Government, and this Government’s keepers, to report;",
       "Notes a keepers’ club and the States’ duties;"});
  add("A/RES/91/1", "zh", "2036-09-21", "女看守人的灯",
      {"点亮妇女的灯；", "书面答复如下，反复核对；", "咨询看守人，不得抬高油价；", "青年从门口走过；", "按一〇三条和第一四〇条办理；",
       "妇女和儿童的人权、人权教育及可持续发展目标；", "气候与海洋安全，气候不等于天气；", "妇女看门；", "儿童学习；"});
  add("A/RES/91/2", "en", "2036-12-04", "Lamps far apart",
      {"Welcomes subregional lamps;", "Welcomes the sub-regional lamps of 2036;", "Supports non-proliferation of lanterns;", "Supports nonproliferation;",
       "Clears landmines from the quay;", "Clears landmines from the dunes;", "Clears landmines and land-mines;", "Clears landmines again;",
       "Clears landmines once more;", "Burns the land, not the mines;", "Asks policymakers to read;", "Asks policy-makers to write;", "Pays 5 per cent of oil;",
       "Pays 7 percent of wicks;", "Pays 9% of matches;"});
  add("A/RES/91/3", "en", "2036-12-05", "Lamps of far places",
      {"Goes to Yaoundé by night;", "Sails to Curaçao;", "Thanks Côte d’Ivoire for its lamps;", "Thanks Türkiye for its oil;", "Greets the U.N. keepers;",
       "Greets the UN lamp;", "Greets the E.U. keeper;", "Greets the EU lamp;", "A unit of nobody, u of n and e of u;"});
  add("A/RES/91/4", "en", "2036-12-06", "Lamps in numbers",
      {"Counts 1,000 lamps;", "Counts 1 lamp and 000 wicks;", "Counts 1000 lamps in 1 row;", "Measures 13.2 metres of rope;",
       "Measures 13 ropes, 13 metres each, and 2 more, 2 in all of 13;", "Meets on 12 October 2018 at dusk;",
       "Meets on 12 May 2017 and on 7 October 2018, 12 keepers attending, and 12 October guests of 2018, 12 by 12;",
       "Of 2018, October and 12 nothing more is said, 12 October to 2018 October;"});
  add("A/RES/91/5", "en", "2036-12-07", "Sustainable lamps",
      {"Adopts sustainable development goals for lamps;", "Reaffirms that sustainable goals of development burn long;",
       "Climate lamps and climatic wicks, a climber too;", "Light reconstruction and peacebuilding, re built;"});
  add("A/RES/91/6", "en", "2036-12-08", "Names of lamps",
      {"Asks who keeps them, who lights them, and who has guidance, who and who;", "Reads the guidance of the WHO on lamps;",
       "Keeps it, lights it, and reads guidance on it and on lamps, lamps;", "Reads guidance on IT, and lamps;",
       "Lets us have the lamp, gives us the lamp, and lends us another lamp;", "Thanks the US for its lamp;", "It burns;"});
  for (const char* part : {"A/RES/91/54A", "A/RES/91/54B", "A/RES/91/54C"}) add(part, "en", "2036-12-24", part, {std::string("Lights ") + part + ";"});
  add("S/RES/3901(2036)", "en", "2036-10-31", "", {"Guards the lamps;", "Decides to remain seized of the lamp."});
  add("S/RES/3902(2036)", "en", "2036-11-30", "", {"Guards the oil;"});
  add("S/RES/3902(2036)", "zh", "2036-11-30", "", {"守油；", "决定继续处理此灯。"});
  json vote = {{"symbol", "A/RES/91/9"},
               {"lang", "zh"},
               {"date", "2036-12-08"},
               {"title", "灯的表决"},
               {"body", "GA"},
               {"type", "resolution"},
               {"vote", {{"outcome", "recorded"}, {"yes", 3}, {"no", 0}, {"abstain", 0}, {"voters", {{"CHN", "yes"}, {"CIV", "yes"}, {"TUR", "yes"}}}}}};
  vote["paragraphs"] = json::array({{{"id", "A/RES/91/9@zh#op1"}, {"kind", "operative"}, {"number", "1."}, {"text", "点灯；"}}});
  json indexed = {{"symbol", "A/RES/91/10"},
                  {"lang", "en"},
                  {"date", "2036-12-09"},
                  {"title", "Wages"},
                  {"body", "GA"},
                  {"type", "resolution"},
                  {"subjects", {"WICK TRIMMING", "HARBOURS"}}};
  indexed["paragraphs"] = json::array({{{"id", "A/RES/91/10@en#op1"},
                                        {"kind", "operative"},
                                        {"number", "1."},
                                        {"text", "Pays for the trimming of what is longer than any wick that was ever sold in this harbour;"}}});
  add("A/RES/91/11", "en", "2036-12-10", "Wick trimming by night", {"Wick trimming, wick trimming, and wick trimming;"});
  return out + vote.dump() + "\n" + indexed.dump() + "\n";
}

const Searcher& searcher() {
  static const test::TemporaryFolder folder;
  static const auto made = [] {
    test::spill(folder / "in/lamps.jsonl", lamps());
    indexer::IndexOptions o;
    o.index = folder / "index";
    o.paths = {folder / "in"};
    o.jobs = 1;
    EXPECT_EQ(indexer::index_files(o).rejected, 0u);
    return std::make_unique<Searcher>(Generation::open(folder / "index"));
  }();
  return *made;
}

SearchResult find(const std::string& q, std::optional<std::string> lang = std::nullopt) {
  SearchRequest r;
  r.q = q;
  if (lang) r.filters[Field::lang].any = {*lang};
  return searcher().search(r);
}

std::string first_text(const std::string& q) {
  const auto found = find(q);
  return found.matches.empty() ? "" : found.matches[0].text;
}

TEST(AsWritten, QuotesFindPossessivesAndNothingElse) {
  for (const auto& [q, total] : {std::pair<const char*, uint64_t>{"\"women\"", 2},
                                 {"\"women’s\"", 1},
                                 {"\"women's\"", 1},
                                 {"\"womens\"", 0},
                                 {"\"General\"", 1},
                                 {"\"generals\"", 0},
                                 {"\"General's\"", 1},
                                 {"\"children\"", 1},
                                 {"\"childrens\"", 0},
                                 {"\"Government\"", 1},
                                 {"\"Governments\"", 0},
                                 {"\"keepers\"", 4},
                                 {"\"States\"", 1},
                                 {"\"s\"", 0},
                                 {"\"sub-regional\"", 1},
                                 {"\"subregional\"", 1},
                                 {"\"Yaounde\"", 0},
                                 {"\"Yaoundé\"", 1},
                                 {"\"UN\"", 1},
                                 {"\"percent\"", 1},
                                 {"\"1000\"", 1}})
    EXPECT_EQ(find(q, "en").total, total) << q;
}

TEST(AsWritten, OneFormFindsWhatTheOtherFinds) {
  struct Case {
    const char *one, *other;
  };
  for (const auto& c : {// Operators and marks as keyboards and phones give them.
                        Case{"（\"可持续发展\" OR 气候） 海洋", "(\"可持续发展\" OR 气候) 海洋"},
                        {"title：看守人", "title:看守人"},
                        {"date：2036..2037 气候", "date:2036..2037 气候"},
                        {"妇女 －儿童", "妇女 -儿童"},
                        {"妇女 –儿童", "妇女 -儿童"},
                        {"妇女 −儿童", "妇女 -儿童"},
                        {"气候 NEAR／5 安全", "气候 NEAR/5 安全"},
                        {"clim＊", "clim*"},
                        {"妇女 ＯＲ 儿童", "妇女 OR 儿童"},
                        {"＋妇女 儿童", "+妇女 儿童"},
                        // Characters.
                        {"書面答覆", "书面答复"},
                        {"反覆", "反复"},
                        {"\"諮詢\"", "\"咨询\""},
                        {"擡高", "抬高"},
                        {"⻘年", "青年"},
                        {"⻔", "门"},
                        {"一○三条", "一〇三条"},
                        {"一◯三条", "一〇三条"},
                        {"\"第一四○条\"", "\"第一四〇条\""},
                        // Quotation marks.
                        {"„sustainable development goals“", "\"sustainable development goals\""},
                        {"〝可持續發展目標〞", "\"可持续发展目标\""},
                        {"«sustainable development goals»", "\"sustainable development goals\""},
                        {"\"人权” 妇女", "\"人权\" 妇女"},
                        {"“人权\" 妇女", "\"人权\" 妇女"},
                        {"「人权」 妇女", "\"人权\" 妇女"},
                        // Fields.
                        {"title: women", "title:women"},
                        {"lang: zh 人权", "lang:zh 人权"},
                        // Words written together, apart, with a hyphen, with marks, with points.
                        {"sub-regional", "subregional"},
                        {"nonproliferation", "non-proliferation"},
                        {"policy-makers", "policymakers"},
                        {"percent", "per cent"},
                        {"9%", "9 per cent"},
                        {"9 %", "9%"},
                        {"Yaounde", "Yaoundé"},
                        {"Curacao", "Curaçao"},
                        {"Cote d'Ivoire", "Côte d’Ivoire"},
                        {"Turkiye", "Türkiye"},
                        {"U.N.", "UN"},
                        {"E.U.", "EU"},
                        {"land-mines", "landmines"},
                        {"1,000", "1000"},
                        {"1 000", "1000"}}) {
    const auto one = find(c.one), other = find(c.other);
    EXPECT_EQ(one.total, other.total) << c.one << " | " << c.other << ": " << one.understood;
    EXPECT_GT(other.total, 0u) << c.other;
  }
}

TEST(AsWritten, WordsTypedApartAreOfferedTogether) {
  EXPECT_EQ(find("land mines").total, 2u);
  EXPECT_EQ(find("land mines").did_you_mean, "landmines");
  SearchRequest counts;
  counts.q = "land mines";
  counts.limit = 0;
  EXPECT_EQ(searcher().search(counts).did_you_mean, "landmines");
  EXPECT_EQ(find("clear land mines").did_you_mean, "clear landmines");
  EXPECT_EQ(find("women keepers").did_you_mean, "");
}

TEST(AsWritten, ANumberIsOneThing) {
  EXPECT_EQ(first_text("1,000"), "Counts 1,000 lamps;");
  EXPECT_EQ(find("13.2").total, 1u);
  EXPECT_EQ(first_text("13.2"), "Measures 13.2 metres of rope;");
  EXPECT_EQ(find("12 October 2018").total, 3u);
  EXPECT_EQ(first_text("12 October 2018"), "Meets on 12 October 2018 at dusk;");
  EXPECT_EQ(first_text("5 per cent"), "Pays 5 per cent of oil;");
}

TEST(AsWritten, CapitalsTellANameFromAWord) {
  EXPECT_EQ(first_text("WHO guidance"), "Reads the guidance of the WHO on lamps;");
  EXPECT_EQ(first_text("WHO"), "Reads the guidance of the WHO on lamps;");
  EXPECT_EQ(first_text("guidance on IT lamps"), "Reads guidance on IT, and lamps;");
  EXPECT_EQ(first_text("IT"), "Reads guidance on IT, and lamps;");
  EXPECT_EQ(find("IT").total, 3u);
  EXPECT_EQ(first_text("the US lamp"), "Thanks the US for its lamp;");
  EXPECT_EQ(first_text("US"), "Thanks the US for its lamp;");
  EXPECT_EQ(find("it lamps").total, find("lamps").total);           // a stop word
  EXPECT_EQ(find("IT IS LAMPS").total, find("it is lamps").total);  // all in capitals tells nothing
}

TEST(AsWritten, AHeadingMeansTheDocumentsUnderIt) {
  const auto first = [](const char* q, Unit unit) {
    SearchRequest r;
    r.q = q;
    r.unit = unit;
    const auto found = searcher().search(r);
    return found.matches.empty() ? "" : found.matches[0].symbol;
  };
  EXPECT_EQ(first("wick trimming", Unit::document), "A/RES/91/10");
  EXPECT_EQ(first("Trimmed wicks", Unit::document), "A/RES/91/10");
  EXPECT_EQ(first("wick trimming", Unit::paragraph), "A/RES/91/11");
}

TEST(AsWritten, WhatIsNotUnderstoodIsSaid) {
  for (const char* q : {"re*construction", "peace*building", "l?ght", "Title: women", "lang: zh 人权", "title: women"})
    EXPECT_FALSE(find(q).notices.empty()) << q;
  for (const char* q : {"reconstruction", "title:women", "lamps?", "12:30"})
    EXPECT_TRUE(find(q).notices.empty() || find(q).notices[0].find("star") == std::string::npos) << q;
}

TEST(AsWritten, AReferenceWithSomethingAroundItFindsTheDocumentFirst) {
  for (const char* q : {"https://undocs.org/A/RES/91/1", "https://docs.un.org/en/A/RES/91/1", "A/RES/91/1, para. 5", "UN Doc. A/RES/91/1", "大會第91/1號決議",
                        "(A/RES/91/1)", "A_RES_91_1.pdf", "A/RES/91/1, annex", "resolution 91/1 (2036)", "第91/1号决议附件"}) {
    const auto found = find(q);
    ASSERT_FALSE(found.matches.empty()) << q;
    EXPECT_EQ(found.matches[0].symbol, "A/RES/91/1") << q;
    EXPECT_EQ(searcher().resolve(q).symbol, "A/RES/91/1") << q;
  }
  for (const char* q :
       {"https://docs.un.org/en/S/RES/3901(2036)", "s/res/3901(2036)", "UNSCR 3901", "3901 ( 2036 )", "安理會第3901號決議", "安理会2036年第3901号决议"})
    EXPECT_EQ(searcher().resolve(q).symbol, "S/RES/3901(2036)") << q;
  EXPECT_EQ(find("A/RES/91/1, para. 5").matches[0].fragment, "op5");
  EXPECT_EQ(find("第91/1号决议第5段").matches[0].fragment, "op5");
}

TEST(AsWritten, EachOfAListOfReferencesIsShownFirst) {
  for (const char* q : {"S/RES/3901, S/RES/3902", "S/RES/3901(2036); S/RES/3902", "S/RES/3902 and S/RES/3901", "A/RES/95/1, S/RES/3901, S/RES/3902"}) {
    const auto found = find(q);
    std::set<std::string> first;
    for (const auto& m : found.matches)
      if (first.size() < 2) first.insert(m.symbol);
    EXPECT_EQ(first, (std::set<std::string>{"S/RES/3901(2036)", "S/RES/3902(2036)"})) << q;
    EXPECT_EQ(found.notices.size(), std::string(q).find("95/1") == std::string::npos ? 1u : 2u) << q;
  }
}

// A symbol that is not held is looked for in one piece: its letters and figures one by one are in lists of other symbols.
TEST(AsWritten, ASymbolThatIsNotHeldIsNoListOfWords) {
  const auto found = find("A/91/L.1");
  ASSERT_FALSE(found.notices.empty());
  EXPECT_NE(found.notices[0].find("has no document A/91/L.1"), std::string::npos);
  EXPECT_EQ(found.total, 0u);
}

TEST(AsWritten, StatesGoByTraditionalNamesAndWithoutMarks) {
  for (const char* voter : {"中國:yes", "中国:yes", "China:yes", "Cote d'Ivoire:yes", "Türkiye:yes", "Turkiye:yes", "土耳其:yes"}) {
    SearchRequest r;
    r.filters[Field::voter].any = {voter};
    EXPECT_EQ(searcher().search(r).total, 1u) << voter;
  }
}

std::string checked(const std::string& draft) {
  std::string out;
  for (const auto& c : check_citations(searcher(), draft, *parse_date("2037-12-31")))
    out +=
        (out.empty() ? "" : " ") + (c.symbol.empty() ? "-" : c.symbol) + (c.status == CitationStatus::known ? "" : std::string(":") + print_status(c.status));
  return out;
}

TEST(AsWritten, TheCheckerSeesEveryMemberOfAList) {
  for (const char* draft : {"第91/1或91/2号决议", "第91/1；91/2号决议", "第91/1和91/2号决议", "第91/1号、第91/2号決議", "第91/1號及第91/2號決議",
                            "resolutions 91/1 & 91/2", "resolutions 91/1, “Declaration”, and 91/2", "resolutions 91/1; 91/2", "resolutions 91/1 and/or 91/2",
                            "resolutions 91/1, paragraph 5, and 91/2", "resolution 91/1, paragraph 5, and resolution 91/2", "resolutions 91/1 (2036) and 91/2",
                            "A/RES/91/1, 91/2", "resolutions Nos. 91/1 and 91/2", "resolutions 91/1 of 21 September 2036, as well as 91/2"})
    EXPECT_EQ(checked(draft), "A/RES/91/1 A/RES/91/2") << draft;
  EXPECT_EQ(checked("第3901、3902和3999号决议"), "-:ambiguous -:ambiguous -:ambiguous");
  EXPECT_EQ(checked("安理会第3901、3902号决议"), "S/RES/3901(2036) S/RES/3902(2036)");
  EXPECT_EQ(checked("resolutions 91/54 B and C"), "A/RES/91/54B A/RES/91/54C");
  EXPECT_EQ(checked("第91/54 A和B号决议"), "A/RES/91/54A A/RES/91/54B");
}

TEST(AsWritten, TheCheckerSeesAReferenceHoweverItIsWritten) {
  for (const char* draft : {"see s/res/3901(2036)", "see S/Res/3901(2036)", "resolution 3901 ( 2036 )", "see S/RES/ 3901 (2036)", "UNSCR 3901 on lamps",
                            "Security Council resolution 3901", "see https://undocs.org/S/RES/3901(2036)", "see S_RES_3901(2036)-EN.pdf",
                            "安全理事會第3901(2036)號決議", "S.C. Res. 3901 (2036)"})
    EXPECT_EQ(checked(draft), "S/RES/3901(2036)") << draft;
  EXPECT_EQ(checked("human rights council resolution 55/29"), "A/HRC/RES/55/29:not-held");
}

TEST(AsWritten, TheCheckerSeesAWrongDateInAnySpelling) {
  for (const char* draft : {"resolution 91/1 dated 22 September 2036", "resolution 91/1 of 22 September, 2036", "resolution 91/1 adopted September 22, 2036",
                            "二○三六年九月二十二日第91/1号决议", "於2036年9月22日通過的第91/1號決議", "resolution 91/1 of 22nd September 2036"})
    EXPECT_EQ(checked(draft), "A/RES/91/1:inconsistent") << draft;
  for (const char* draft : {"resolution 91/1 dated 21 September 2036", "resolution 91/1 adopted September 21, 2036", "二○三六年九月二十一日第91/1号决议",
                            "於2036年9月21日通過的第91/1號決議"})
    EXPECT_EQ(checked(draft), "A/RES/91/1") << draft;
}

TEST(AsWritten, ANumberInFrontIsNoPartOfAParagraph) {
  const auto uses = [](const char* draft) {
    PrecedentRequest r;
    r.text = draft;
    const auto found = find_precedents(searcher(), r).paragraphs.at(0);
    return found.similar.empty() ? 0.0 : found.similar[0].similarity;
  };
  for (const char* draft : {"Decides to remain seized of the lamp.", "1) Decides to remain seized of the lamp.", "OP1. Decides to remain seized of the lamp.",
                            "[1.] Decides to remain seized of the lamp.", "２．决定继续处理此灯。", "（二）决定继续处理此灯。"})
    EXPECT_EQ(uses(draft), 1) << draft;
}

}  // namespace
}  // namespace resolute::search
