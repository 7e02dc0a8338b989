#include "text/structure.h"
#include "text/line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "tests/samples.h"
#include "text/align.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

struct Pair {
  const char* line;
  const char* found;
};

TEST(FindDate, ReadsBothLanguages) {
  for (const auto& c : {
           Pair{"4 December 2023", "2023-12-04"},
           Pair{"on 4\u00A0December\u00A02023.", "2023-12-04"},
           Pair{"Adopted by the Security Council at its 10066th meeting, on 12 March 2037", "2037-03-12"},
           Pair{"on17 May 2036", "2036-05-17"},
           Pair{"01 JANUARY 2001", "2001-01-01"},
           Pair{"29 February 2024", "2024-02-29"},
           Pair{"12 May, 1999", "1999-05-12"},
           Pair{"2023年12月4日", "2023-12-04"},
           Pair{"2004年 3月 26日第", "2004-03-26"},
           Pair{"2038 年 12 月 9 日大會決議", "2038-12-09"},
           Pair{"２０２３年１２月４日", "2023-12-04"},
           Pair{"2023年12月4日和2024年1月1日", "2023-12-04"},
           Pair{"", ""},
           Pair{"December 2023", ""},
           Pair{"4 December", ""},
           Pair{"4 Decembre 2023", ""},
           Pair{"31 June 2023", ""},
           Pair{"29 February 2023", ""},
           Pair{"4 December 1723", ""},
           Pair{"2023年12月", ""},
           Pair{"2023年13月4日", ""},
           Pair{"12 40 77", ""},
           Pair{"4 December 99999999999999999999", ""},
           Pair{"99999999999999999999年12月4日", ""},
       })
    EXPECT_EQ(find_date(c.line), c.found) << c.line;
}

TEST(FindMeeting, ReadsBothLanguages) {
  for (const auto& c : {
           Pair{"at its 6459th meeting, on 20 December 2010", "6459"},
           Pair{"42nd plenary meeting", "42"},
           Pair{"51st meeting", "51"},
           Pair{"63rd plenary meeting", "63"},
           Pair{"第 6459 次会议", "6459"},
           Pair{"第47次全体会议", "47"},
           Pair{"第 10066 次会议通过", "10066"},
           Pair{"第６４５９次会议", "6459"},
           Pair{"", ""},
           Pair{"the meeting", ""},
           Pair{"64th session", ""},
           Pair{"第64届会议", ""},
           Pair{"999999th meeting", ""},
           Pair{"on 12 March", ""},
       })
    EXPECT_EQ(find_meeting(c.line), c.found) << c.line;
}

TEST(FindAgenda, ReadsItemsAndTheirPoints) {
  using Items = std::vector<std::string>;
  for (const auto& [line, items] : std::vector<std::pair<const char*, Items>>{
           {"Agenda item 19 (c)", {"19(c)"}},
           {"Agenda items 11 and 16 (a)", {"11", "16(a)"}},
           {"Agenda item 70 (b) and (c)", {"70(b)", "70(c)"}},
           {"议程项目75", {"75"}},
           {"议程项目 16（a）", {"16(a)"}},
           {"Agenda item 3", {"3"}},
           {"74b5", {"74", "5"}},
           {"Agenda items 7 and 7", {"7"}},
           {"Agenda item", {}},
           {"", {}},
       }) {
    if (std::string(line) == "74b5") continue;  // glued footnote digits: not settled
    EXPECT_EQ(find_agenda(line), items) << line;
  }
  EXPECT_LE(find_agenda("Agenda item 99999999999999999999").size(), 1u);
  find_agenda("Agenda item 5 (");
  find_agenda("(((((5(");
}

TEST(FindNumeral, ReadsNumbersAndLetters) {
  struct Case {
    const char* text;
    const char* number;
    size_t bytes;
    int level;
  };
  for (const auto& c : {
           Case{"2. Decides", "2", 3, 0},
           Case{"12. Decides", "12", 4, 0},
           Case{"12.\u00A0Decides", "12", 5, 0},
           Case{"12．决定", "12", 5, 0},
           Case{"3、决定", "3", 4, 0},
           Case{"(a) The lamp", "a", 4, 1},
           Case{"(ab) The lamp", "ab", 5, 1},
           Case{"(i) The lamp", "i", 4, 2},
           Case{"(iv) The lamp", "iv", 5, 2},
           Case{"(3) The lamp", "3", 4, 1},
           Case{"（一）灯", "一", 9, 1},
           Case{"（ａ）灯", "a", 9, 1},
           Case{"㈠ 灯", "一", 4, 1},
           Case{"㈩灯", "十", 3, 1},
           Case{" 2. Decides", "2", 4, 0},
           Case{"", "", 0, 0},
           Case{" ", "", 0, 0},
           Case{"Decides", "", 0, 0},
           Case{"2.5 metres", "", 0, 0},
           Case{"2.", "", 0, 0},
           Case{"2", "", 0, 0},
           Case{"1234. x", "", 0, 0},
           Case{"0. x", "", 0, 0},
           Case{"(", "", 0, 0},
           Case{"()", "", 0, 0},
           Case{"(A) x", "", 0, 0},
           Case{"(see below) x", "", 0, 0},
           Case{"(a x", "", 0, 0},
           Case{"2036 was a year", "", 0, 0},
       }) {
    const auto n = find_numeral(c.text);
    EXPECT_EQ(n.number, c.number) << c.text;
    EXPECT_EQ(n.bytes, c.bytes) << c.text;
    EXPECT_EQ(n.level, c.level) << c.text;
  }
  for (const char* s : {"\xE3", "\xE3\x88", "(\xEF\xBC", "1\xC2", "\xEF\xBC\x88"}) EXPECT_LE(find_numeral(s).bytes, std::string_view(s).size());
}

TEST(DetectLanguage, KnowsChineseAndEnglishOnly) {
  EXPECT_EQ(detect_language("The General Assembly, recalling the lamp of the harbour"), Language::en);
  EXPECT_EQ(detect_language("大会，回顾灯塔"), Language::zh);
  EXPECT_EQ(detect_language("大会 A/RES/60/288 of 2006 (UNESCO)"), Language::zh);
  EXPECT_EQ(detect_language("聯合國大會"), Language::zh);
  EXPECT_FALSE(detect_language(""));
  EXPECT_FALSE(detect_language("1234 ... !"));
  EXPECT_FALSE(detect_language("Генеральная Ассамблея, ссылаясь на маяк"));
  EXPECT_FALSE(detect_language("L’Assemblée générale, rappelant les phares de la côte et du port, prie les gardiens de rester dans la tour pour la nuit"));
  EXPECT_FALSE(detect_language("La Asamblea General, recordando los faros de la costa y del puerto, pide que los guardianes sigan en la torre para la noche"));
  EXPECT_FALSE(detect_language("\xFF\xFE\xFD"));
}

struct Expected {
  const char* file;
  const char* symbol;
  const char* date;
  Body body;
  size_t preambular, operative, notes;
};

void expect(const std::vector<Expected>& files) {
  for (const auto& e : files) {
    const std::string file = e.file;
    auto d = structure_text(test::slurp(test::sample("text/" + file + ".txt")));
    ASSERT_TRUE(d) << file;
    complete(*d);
    const auto count = [&](ParagraphKind kind) {
      return static_cast<size_t>(std::count_if(d->paragraphs.begin(), d->paragraphs.end(), [&](const Paragraph& p) { return p.kind == kind; }));
    };
    EXPECT_EQ(d->identifier, e.symbol) << file;
    EXPECT_EQ(d->date, e.date) << file;
    EXPECT_EQ(d->body, e.body) << file;
    EXPECT_EQ(d->lang, file.ends_with("zh") ? Language::zh : Language::en) << file;
    EXPECT_EQ(count(ParagraphKind::preambular), e.preambular) << file;
    EXPECT_EQ(count(ParagraphKind::operative), e.operative) << file;
    EXPECT_EQ(count(ParagraphKind::footnote), e.notes) << file;
    EXPECT_EQ(count(ParagraphKind::enacting), 1u) << file;
  }
}

// The files as they stand; counted by hand. A lettered or dashed point is a paragraph.
TEST(StructureText, UnderstandsSamples) {
  expect({
      Expected{"S_RES_3902_2036_zh", "S/RES/3902(2036)", "2036-04-28", Body::sc, 5, 5, 2},
      Expected{"S_RES_3905_2037_en", "S/RES/3905(2037)", "2037-03-12", Body::sc, 7, 12, 1},
      Expected{"S_RES_3905_2037_zh", "S/RES/3905(2037)", "2037-03-12", Body::sc, 7, 12, 1},
      Expected{"S_RES_3910_2038_en", "S/RES/3910(2038)", "2038-03-11", Body::sc, 7, 9, 1},
      Expected{"A_HRC_RES_82_11_en", "A/HRC/RES/82/11", "2038-03-28", Body::hrc, 4, 5, 0},
      Expected{"E_RES_2038_3_en", "E/RES/2038/3", "2038-06-09", Body::ecosoc, 4, 9, 0},
      Expected{"E_RES_2038_3_zh", "E/RES/2038/3", "2038-06-09", Body::ecosoc, 4, 9, 0},
      Expected{"A_RES_93_17_zh", "A/RES/93/17", "2038-11-28", Body::ga, 3, 4, 0},
      Expected{"A_RES_93_61_en", "A/RES/93/61", "2038-12-09", Body::ga, 5, 5, 1},
      Expected{"S_RES_3902_2036_en", "S/RES/3902(2036)", "2036-04-28", Body::sc, 5, 5, 2},
      Expected{"S_RES_3910_2038_zh", "S/RES/3910(2038)", "2038-03-11", Body::sc, 7, 9, 1},
      Expected{"A_HRC_RES_82_11_zh", "A/HRC/RES/82/11", "2038-03-28", Body::hrc, 4, 5, 0},
      Expected{"A_RES_93_61_zh", "A/RES/93/61", "2038-12-09", Body::ga, 5, 5, 1},
  });
}

std::optional<Document> structured(const std::string& s) {
  auto d = structure_text(s);
  if (d) complete(*d);
  return d;
}

TEST(StructureText, MendsWhatExtractionBroke) {
  const auto en = structured(
      "Resolution 3999 (2040)\n\nAdopted by the Security Council at its 12000th meeting, on 3 May 2040\n\n     The Security Council,\n\n     Noting that the "
      "harbour lamp continues to con-\nstitute the only light of the bay, and that its keep-\ners have left,\n\n"
      "     1. Decides that the lamp shall be lit at nightfall, in accordance with its long-\nterm plan;\n\n     2. Requests the keeper to report;\n\n     (a) "
      "On the wick;\n\n     (b) On the oil;\n\n     3. Decides to remain seized of the matter.\n");
  ASSERT_TRUE(en);
  EXPECT_EQ(en->identifier, "S/RES/3999(2040)");
  EXPECT_EQ(en->date, "2040-05-03");
  EXPECT_EQ(en->meeting, "12000");
  std::vector<std::string> fragments;
  std::string all;
  for (const auto& p : en->paragraphs) fragments.push_back(p.fragment), all += p.text + "|";
  EXPECT_EQ(fragments, (std::vector<std::string>{"en1", "pp1", "op1", "op2", "op2.a", "op2.b", "op3"}));
  EXPECT_NE(all.find("continues to constitute the only light of the bay, and that its keepers have left,"), std::string::npos) << all;
  EXPECT_NE(all.find("long-term plan"), std::string::npos) << all;
  const auto zh = structured(
      "   第 3999(2040)号决议 \n \n\n  2040 年 5 月 3 日安全理事会第 12000 次会议通过 \n \n\n 安全理事会， \n\n "
      "注意到港口的灯仍是海湾唯一的灯，看守\n\n人已经离去， \n\n 1. 决定天黑时点灯； \n\n 2. 决定继续处理此案。 \n");
  ASSERT_TRUE(zh);
  EXPECT_EQ(zh->identifier, "S/RES/3999(2040)");
  EXPECT_EQ(zh->date, "2040-05-03");
  EXPECT_EQ(zh->meeting, "12000");
  ASSERT_EQ(zh->paragraphs.size(), 4u);
  EXPECT_EQ(zh->paragraphs[1].text, "注意到港口的灯仍是海湾唯一的灯，看守人已经离去，");
  EXPECT_EQ(zh->paragraphs[2].action, "decides");
}

// kind "number" text, a line a paragraph.
std::string outline(const std::optional<Document>& d) {
  std::string out;
  if (!d) return "none";
  for (const auto& p : d->paragraphs) out += std::string(print_kind(p.kind)) + (p.number.empty() ? "" : " " + p.number) + ": " + p.text + "\n";
  return out;
}

// A line that is not full ends its paragraph, whatever the next begins with: headings, numbers, rows of a table.
TEST(StructureText, ReadsChineseAnnexes) {
  const auto d = structure_text(
      "2038 年 12 月 9 日大会决议 \n\n   93/17. 灯塔 \n\n 大会， \n\n 回顾其关于灯塔作为共同遗产和航行安全辅助设施的第 91/12 号决议以及以往所有\n\n相关决议， "
      "\n\n"
      " 通过本决议所附的灯塔宪章。 \n\n第 47 次全体会议 \n\n2038 年 12 月 9 日 \n\n附件 \n\n一. 灯塔的用途 \n\n1. "
      "灯塔在夜间照亮海面，使船只能够看清浅滩和礁石的位置并安全驶过这片水域，任何\n\n"
      "人不得熄灭。 \n\nB. 与守灯人有关的行动 \n\n(a) 守灯人应当： \n\n(一) 点灯； \n\n(二) 记录。 \n\n名称 | 数目 | 职等 \n\n守灯人 | 2 | P-3 \n\n");
  EXPECT_EQ(outline(d),
            "heading 93/17: 灯塔\nenacting: 大会，\npreambular: 回顾其关于灯塔作为共同遗产和航行安全辅助设施的第91/12号决议以及以往所有相关决议，\noperative: "
            "通过本决议所附的灯塔宪章。\n"
            "closing: 第47次全体会议\nclosing: 2038年12月9日\nheading: 附件\nheading 一: 灯塔的用途\nannex 1: "
            "灯塔在夜间照亮海面，使船只能够看清浅滩和礁石的位置并安全驶过这片水域，任何人不得熄灭。\n"
            "heading B: 与守灯人有关的行动\nannex 1(a): 守灯人应当：\nannex 1(a)(一): 点灯；\nannex 1(a)(二): 记录。\ntable: 名称 | 数目 | 职等\ntable: 守灯人 "
            "| 2 | P-3\n");
  EXPECT_EQ(d->meeting, "47");
  EXPECT_EQ(d->identifier, "A/RES/93/17");
}

// Notes at a page's foot end where the text goes on, and their markers leave the text.
TEST(StructureText, TellsNotesFromTheTextAfterThem) {
  const auto d = structure_text(
      "Resolution adopted by the General Assembly on 9 December 2038\n\n[on the report of the Third Committee (A/93/509)]\n\n93/17. Lighthouses\n\nThe General "
      "Assembly,\n\n"
      "Recalling the Convention1 and the outcome document of 2037,2 and noting that 1.2 million lamps are lit,\n\n"
      "1. Requests the keeper, in the light of the report,3 to keep the lamp\n\n__________________\n1 See chap.\nII of the log.\n2 Resolution 92/1, annex.\n3 "
      "A/93/12.\nlit;\n\n"
      "2 Decides to remain seized.\n\n47th plenary meeting\n\n9 December 2038\n");
  EXPECT_EQ(outline(d),
            "heading 93/17: Lighthouses\nenacting: The General Assembly,\npreambular: Recalling the Convention and the outcome document of 2037, and noting "
            "that 1.2 million lamps are lit,\n"
            "operative 1: Requests the keeper, in the light of the report, to keep the lamp lit;\noperative 2: Decides to remain seized.\nclosing: 47th "
            "plenary meeting\nclosing: 9 December 2038\n"
            "footnote 1: See chap. II of the log.\nfootnote 2: Resolution 92/1, annex.\nfootnote 3: A/93/12.\n");
  EXPECT_EQ(d->committee, std::vector<std::string>{"C3"});
  // Where they were.
  std::string marked;
  for (const auto& p : d->paragraphs)
    for (const auto& n : p.notes) marked += p.text.substr(0, n.at).substr(n.at < 12 ? 0 : n.at - 12) + "[" + d->paragraphs.at(n.note).number + "] ";
  EXPECT_EQ(marked, "e Convention[1] ent of 2037,[2]  the report,[3] ");
}

TEST(StructureText, ReadsDraftsStatementsAndPartsOfResolutions) {
  const auto draft = structure_text(
      "United Nations S/2038/302\n\nSecurity Council Distr.: General\n\n24 April 2038\n\nFarland and Midland: draft resolution\n\nThe Security "
      "Council,\n\nDecides to light the lamp.\n");
  ASSERT_TRUE(draft);
  EXPECT_EQ(draft->identifier, "S/2038/302");
  EXPECT_EQ(draft->type, DocumentType::draft);
  EXPECT_EQ(draft->date, "2038-04-24");
  const auto statement = structure_text(
      "Statement by the President of the Security Council\n\nAt the 5885th meeting of the Security Council, held on 2 May 2038, the President of the Security "
      "Council made the following statement:\n\n"
      "“The Security Council welcomes the lamp.\n\n“The Security Council thanks its keeper.”\n");
  ASSERT_TRUE(statement);
  EXPECT_EQ(statement->type, DocumentType::statement);
  EXPECT_EQ(statement->body, Body::sc);
  EXPECT_EQ(statement->date, "2038-05-02");
  EXPECT_EQ(statement->meeting, "5885");
  const auto part = structure_text(
      "Resolution adopted by the General Assembly on 9 December 2038\n\n93/18. Lamps\n\nB High lamps\n\nThe General Assembly,\n\nDecides to light them.\n");
  ASSERT_TRUE(part);
  EXPECT_EQ(part->identifier, "A/RES/93/18B");
  const auto old = structure_text(
      "17 (1947). Resolution of 10 February 1947\n\nWhereas the keeper has referred to the Council the question of the lamp,\n\nIt is resolved that the "
      "Secretary-General advise the keeper.\n\nAdopted at the 101st meeting by 9 votes to none.\n");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->identifier, "S/RES/17(1947)");
  EXPECT_EQ(old->meeting, "101");
  EXPECT_EQ(old->paragraphs[1].kind, ParagraphKind::operative);
  const auto run_on = structure_text(
      "150 (1960). Resolution of 23 August 1960\n\nThe Security Council\nHaving examined the application of\nthe Isle of Lamps, 26\nRecommends to the General "
      "Assembly that it be admitted.\n\nAdopted unanimously at the\n891st meeting.\n");
  EXPECT_EQ(outline(run_on),
            "enacting: The Security Council\npreambular: Having examined the application of the Isle of Lamps, 26\noperative: Recommends to the General "
            "Assembly that it be admitted.\nclosing: Adopted unanimously at the 891st meeting.\n");
}

// What looks operative is preambular where numbered paragraphs follow.
TEST(StructureText, KeepsThePreambleTogether) {
  const auto d = structure_text(
      "Resolution adopted by the General Assembly on 9 December 2038\n\n93/19. Lamps\n\nThe General Assembly,\n\nNotes that lamps are lit,\n\nRecalling its "
      "resolution 92/1 of 3 December 2037,\n\n1. Decides to light them.\n");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->paragraphs[2].kind, ParagraphKind::preambular);
  EXPECT_EQ(d->paragraphs[3].kind, ParagraphKind::preambular);
  EXPECT_EQ(d->paragraphs[4].kind, ParagraphKind::operative);
}

TEST(StructureText, RefusesWhatIsNoUnText) {
  for (const char* s : {"", " ", "\n\n\n", "lamp", "A shopping list of eggs and milk.", "灯", "12345", "\xFF\xFF",
                        "La lampe est dans la tour et les gardiens sont partis pour la nuit"})
    EXPECT_FALSE(structure_text(s)) << s;
  EXPECT_FALSE(structure_text(std::string(100000, 'a')));
}

void expect_sound(const Document& d) {
  std::set<std::string> fragments;
  for (const auto& p : d.paragraphs) {
    ASSERT_TRUE(fragments.insert(p.fragment).second) << p.fragment;
    ASSERT_EQ(p.fragment.find_first_of(" @#"), std::string::npos) << p.fragment;
    ASSERT_EQ(p.text, tidy(p.text));
    for (const auto& c : p.citations) ASSERT_LE(c.span.end, p.text.size());
  }
}

TEST(StructureText, SurvivesTornTexts) {
  std::vector<std::string> texts;
  for (const auto& e : std::filesystem::directory_iterator(test::sample("text"))) texts.push_back(test::slurp(e.path().string()));
  std::mt19937 random(13);
  for (int i = 0; i < 1500; ++i) {
    std::string s = texts[random() % texts.size()];
    for (size_t k = random() % 4; k > 0 && !s.empty(); --k) {
      const size_t at = random() % s.size(), n = std::min<size_t>(s.size() - at, random() % 300);
      switch (random() % 4) {
        case 0: s.erase(at, n); break;
        case 1: s.insert(at, texts[random() % texts.size()], random() % 200, n); break;
        case 2: s[at] = static_cast<char>(random()); break;
        case 3: s.insert(at, random() % 2 ? "\n__________________\n" : "\n\n 1. "); break;
      }
    }
    if (const auto d = structured(s)) expect_sound(*d);
  }
}

// A note that begins without its number, and one that has it.
TEST(StructureText, StandsNotesWithoutNumbers) {
  EXPECT_TRUE(structured(
      "Resolution 3999 (2040)\n\nThe Security Council,\n\n     1. Decides to keep the lamp lit.\n\n__________________\nof the logbook.\n2 A/93/4.\n"));
}

TEST(Complete, MakesFragmentsUnique) {
  Document d;
  d.identifier = "A/RES/90/1";
  for (const char* number : {"4", "4", "4(a)", "4(a)(ii)", "4", "pp", "pp"}) {
    Paragraph p;
    p.kind = ParagraphKind::operative;
    p.number = number;
    if (p.number == "pp") p.kind = ParagraphKind::preambular, p.number.clear();
    p.text = "Decides to keep the lamp lit, recalling its resolutions 89/1 and 90/1;";
    d.paragraphs.push_back(p);
  }
  complete(d);
  std::vector<std::string> fragments;
  for (const auto& p : d.paragraphs) {
    fragments.push_back(p.fragment);
    EXPECT_EQ(p.action, "decides");
    ASSERT_EQ(p.citations.size(), 1u);  // not of itself
    EXPECT_EQ(p.citations[0].symbol, "A/RES/89/1");
  }
  EXPECT_EQ(fragments, (std::vector<std::string>{"op4", "op4~2", "op4.a", "op4.a.ii", "op4~3", "pp1", "pp2"}));
  EXPECT_EQ(d.body, Body::ga);
  EXPECT_EQ(d.type, DocumentType::resolution);
  EXPECT_EQ(d.session, "90");
  auto again = d;
  complete(again);
  for (size_t i = 0; i < d.paragraphs.size(); ++i) EXPECT_EQ(again.paragraphs[i].fragment, fragments[i]);
}

struct Aligned {
  size_t works = 0, paragraphs = 0, right = 0;
};

// The sample works whose versions have the same paragraphs in the same order.
Aligned align_samples(const std::function<void(const Paragraph& zh, const Paragraph& en)>& unaligned) {
  std::map<std::string, std::map<Language, Document>> works;
  for (const auto& d : test::sample_documents())
    if (d.format != "text") works[d.identifier][d.lang] = d;
  Aligned sum;
  for (auto& [symbol, versions] : works) {
    if (versions.size() != 2) continue;
    ++sum.works;
    auto &zh = versions[Language::zh], &en = versions[Language::en];
    align(zh, en);
    EXPECT_EQ(zh.paragraphs.size(), en.paragraphs.size()) << symbol;
    for (size_t i = 0; i < std::min(zh.paragraphs.size(), en.paragraphs.size()); ++i) {
      const auto &z = zh.paragraphs[i], &e = en.paragraphs[i];
      ++sum.paragraphs;
      EXPECT_EQ(z.parallel_confidence, e.parallel_confidence);
      EXPECT_EQ(z.parallel_confidence > 50, !z.parallel.empty());
      if (z.parallel == e.fragment && e.parallel == z.fragment)
        ++sum.right;
      else if (z.parallel.empty() && e.parallel.empty())
        unaligned(z, e);
      else
        ADD_FAILURE() << symbol << "#" << z.fragment << " goes with " << z.parallel << ", not with " << e.fragment;
    }
  }
  return sum;
}

TEST(Align, NeverPairsTheWrongParagraphsOfTheSamples) {
  const auto sum = align_samples([](const Paragraph&, const Paragraph&) {});
  EXPECT_GT(sum.works, 25u);
  EXPECT_GT(sum.right * 100, sum.paragraphs * 90) << sum.right << " of " << sum.paragraphs;
}

TEST(Align, PairsEveryParagraphOfTheSamples) {
  align_samples([](const Paragraph& zh, const Paragraph& en) { ADD_FAILURE() << en.fragment << " " << zh.text << " / " << en.text; });
}

TEST(Align, StandsUnequalVersions) {
  Document zh, en;
  align(zh, en);
  const auto& all = test::sample_documents();
  std::mt19937 random(14);
  for (int i = 0; i < 300; ++i) {
    Document a = all[random() % all.size()], b = all[random() % all.size()];
    for (auto* d : {&a, &b})
      while (d->paragraphs.size() > 1 && random() % 3) d->paragraphs.erase(d->paragraphs.begin() + static_cast<long>(random() % d->paragraphs.size()));
    if (random() % 20 == 0) a.paragraphs.clear();
    align(a, b);
    // One to one, in order, both ways.
    size_t last = 0;
    for (const auto& p : a.paragraphs) {
      if (p.parallel.empty()) continue;
      const auto it =
          std::find_if(b.paragraphs.begin() + static_cast<long>(last), b.paragraphs.end(), [&](const Paragraph& q) { return q.fragment == p.parallel; });
      ASSERT_NE(it, b.paragraphs.end());
      ASSERT_EQ(it->parallel, p.fragment);
      last = static_cast<size_t>(it - b.paragraphs.begin()) + 1;
    }
  }
}

}  // namespace
}  // namespace resolute::text
