// The controlled lists: bodies, States, actions, fields.
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "schemas/action.h"
#include "schemas/body.h"
#include "schemas/document.h"
#include "schemas/field.h"
#include "schemas/state.h"

namespace resolute {
namespace {

using Ids = std::vector<std::string>;

TEST(Bodies, HaveUniqueIdsNamesAndKnownParents) {
  std::set<std::string> ids, en, zh;
  for (const auto& b : bodies()) {
    EXPECT_TRUE(ids.insert(b.id).second) << b.id;
    EXPECT_TRUE(en.insert(b.en).second) << b.en;
    EXPECT_TRUE(zh.insert(b.zh).second) << b.zh;
    EXPECT_EQ(body_of(b.id), &b);
    if (*b.parent) {
      ASSERT_TRUE(body_of(b.parent)) << b.id;
      EXPECT_EQ(body_of(b.parent)->rank, BodyRank::principal) << b.id;
    }
    EXPECT_STRNE(b.en, "");
    EXPECT_STRNE(b.zh, "");
  }
  for (const char* id : {"GA", "SC", "ECOSOC", "HRC", "C1", "C2", "C3", "C4", "C5", "C6", "plenary", "general-committee"}) EXPECT_TRUE(body_of(id)) << id;
  EXPECT_FALSE(body_of(""));
  EXPECT_FALSE(body_of("c3"));
}

struct Line {
  const char* text;
  Ids ids;
};

TEST(FindCommittees, ReadsCommitteeLines) {
  for (const auto& c : {
           Line{"[on the report of the First Committee (A/91/401)]", {"C1"}},
           Line{"[on the report of the Second Committee (A/91/418/Add.7, para. 10)]", {"C2"}},
           Line{"[on the report of the Third Committee (A/91/509/Add.2)]", {"C3"}},
           Line{"[on the report of the Special Political and Decolonization Committee (Fourth Committee) (A/91/440)]", {"C4"}},
           Line{"[on the report of the Fifth Committee (A/91/630)]", {"C5"}},
           Line{"[on the\u00A0report of the SIXTH\u00A0COMMITTEE (A/91/500)]", {"C6"}},
           Line{"[without reference to a Main Committee (A/91/L.14 and Add.1)]", {"plenary"}},
           Line{"[根据第一委员会的报告(A/91/401)通过]", {"C1"}},
           Line{"[根据第二委员会的报告(A/91/418/Add.7，第10段)]", {"C2"}},
           Line{"[根 据 第 三 委 员 会 的 报 告 (A/91/509)通过]", {"C3"}},
           Line{"[根据特别政治和非殖民化委员会(第四委员会)的报告(A/91/440)通过]", {"C4"}},
           Line{"[根据第五委员会的报告（Ａ／９１／６３０）通过]", {"C5"}},
           Line{"[根据第六委员会的报告(A/91/500)通过]", {"C6"}},
           Line{"[未经发交主要委员会而通过 (A/91/L.14和A/91/L.14/Add.1)]", {"plenary"}},
           Line{"[on the report of the Credentials Committee (A/91/500)]", {"credentials-committee"}},
           Line{"[on the recommendation of the Commission on the Status of Women (E/2037/27)]", {"csw"}},
           Line{"[根据统计委员会的建议(E/2037/24)]", {"statcom"}},
           Line{"", {}},
           Line{"Committee", {}},
           Line{"The Committee decided to adjourn.", {}},
           Line{"委员会", {}},
       })
    EXPECT_EQ(find_committees(c.text), c.ids) << c.text;
}

TEST(FindSubsidiaryBodies, ReadsNamesAndResolutions) {
  for (const auto& c : {
           Line{"the Committee established pursuant to resolution 1540 (2004)", {"sc-1540"}},
           Line{"the Committee established pursuant to resolution\u00A01540\u00A0(2004) meets", {"sc-1540"}},
           Line{"第1540(2004)号决议所设委员会", {"sc-1540"}},
           Line{"第 1540 (2004) 号决议所设委员会", {"sc-1540"}},
           Line{"第１５４０（２００４）号决议所设委员会", {"sc-1540"}},
           Line{"第1267(1999)号决议所设委员会", {"sc-1267"}},
           Line{"第1267(1999)、第1989(2011)和第2253(2015)号决议所设委员会", {"sc-1267"}},
           Line{"the Committee established pursuant to resolutions 1267 (1999), 1989 (2011) and 2253 (2015)", {"sc-1267"}},
           Line{"the Counter-Terrorism Committee shall report", {"sc-ctc"}},
           Line{"the Counter\u2011Terrorism Committee shall report", {"sc-ctc"}},
           Line{"反恐怖主义委员会(反恐委员会)", {"sc-ctc"}},
           Line{"the Committee established pursuant to resolution 1373 (2001)", {"sc-ctc"}},
           Line{"the 1591 Committee", {"sc-1591"}},
           Line{"1591委员会", {"sc-1591"}},
           Line{"建设和平委员会", {"pbc"}},
           Line{"", {}},
           Line{"resolution 1540 (2004)", {}},
           Line{"the Committee established pursuant to resolution 3901 (2036)", {}},
           Line{"第3901(2036)号决议所设委员会", {}},
           Line{"号决议所设委员会", {}},
           Line{"the committee established pursuant to", {}},
       })
    EXPECT_EQ(find_subsidiary_bodies(c.text), c.ids) << c.text;
}

TEST(States, HaveUniqueCodesAndAreFoundByBothNames) {
  std::set<std::string> codes;
  for (const auto& s : states()) {
    EXPECT_TRUE(codes.insert(s.code).second) << s.code;
    EXPECT_EQ(std::string(s.code).size(), 3u);
    EXPECT_EQ(find_state(s.en), s.code) << s.en;
    EXPECT_EQ(find_state(s.zh), s.code) << s.zh;
    EXPECT_EQ(state_of(s.code), &s);
    std::string upper = s.en;
    for (char& c : upper)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    EXPECT_EQ(find_state(upper), s.code) << upper;
  }
  EXPECT_EQ(codes.size(), 193u);
  EXPECT_FALSE(state_of("fra"));
  EXPECT_FALSE(state_of(""));
}

TEST(FindState, KnowsFormerNamesAndAccents) {
  for (const auto& [name, code] : std::vector<std::pair<const char*, const char*>>{{"TURKEY", "TUR"},
                                                                                   {"Türkiye", "TUR"},
                                                                                   {"LIBYAN ARAB JAMAHIRIYA", "LBY"},
                                                                                   {"Netherlands (Kingdom of the)", "NLD"},
                                                                                   {"Côte d’Ivoire", "CIV"},
                                                                                   {"CÔTE D'IVOIRE", "CIV"},
                                                                                   {"Swaziland", "SWZ"},
                                                                                   {"Czech Republic", "CZE"},
                                                                                   {"United States of America", "USA"},
                                                                                   {"荷兰王国", "NLD"},
                                                                                   {"  France ", "FRA"}})
    EXPECT_EQ(find_state(name), code) << name;
  for (const char* name : {"", " ", "Atlantis", "亚特兰蒂斯", "Fran", "FRANCE AND SPAIN", "\xC3", "\xFF\xFE", "\xE6\xB3"})
    EXPECT_FALSE(find_state(name)) << name;
}

TEST(SplitStates, TakesListsOfVotersApart) {
  EXPECT_EQ(split_states("Albania, Belgium, Netherlands (Kingdom of the) and Togo"), (Ids{"Albania", "Belgium", "Netherlands (Kingdom of the)", "Togo"}));
  EXPECT_EQ(split_states("Trinidad and Tobago, Togo and Yemen."), (Ids{"Trinidad and Tobago", "Togo", "Yemen"}));
  EXPECT_EQ(split_states("Antigua and Barbuda and Chad"), (Ids{"Antigua and Barbuda", "Chad"}));
  EXPECT_EQ(split_states("法国、中国，冰岛"), (Ids{"法国", "中国", "冰岛"}));
  EXPECT_EQ(split_states(": Kenya;\nIceland"), (Ids{"Kenya", "\nIceland"}));
  EXPECT_EQ(split_states(""), Ids{});
  EXPECT_EQ(split_states(" , ;, "), Ids{});
}

TEST(Actions, HaveUniqueIdsAndLabels) {
  std::set<std::string> ids;
  for (const auto& a : actions()) {
    EXPECT_TRUE(ids.insert(a.id).second) << a.id;
    EXPECT_EQ(action_of(a.id), &a);
    EXPECT_STRNE(a.en, "");
    EXPECT_STRNE(a.zh, "");
  }
  EXPECT_FALSE(action_of("Decides"));
}

TEST(FindAction, ReadsEnglishOpenings) {
  for (const auto& [text, id] : std::vector<std::pair<const char*, const char*>>{
           {"Decides to keep the lamp lit;", "decides"},
           {"Also decides to keep it lit;", "decides"},
           {"DECIDES to keep it lit", "decides"},
           {"Further requests the keeper", "requests"},
           {"Strongly condemns the breaking of lenses", "condemns"},
           {"Takes note of the logbook", "notes-taking"},
           {"Takes note with appreciation of the logbook", "notes-taking"},
           {"Taking note also of the logbook,", "notes-taking"},
           {"Noting that the lamp is lit,", "notes"},
           {"Recalling its resolution 91/12,", "recalls"},
           {"Recalling\u00A0its resolution 91/12,", "recalls"},
           {"Calls upon all keepers", "calls-upon"},
           {"Calls for calm", "calls-for"},
           {"Expresses its deep concern at the fog", "concerned"},
           {"Deeply concerned at the fog,", "concerned"},
           {"“The Security Council welcomes the light", "welcomes"},
           {"\"Reaffirms the light\"", "reaffirms"},
           {"In this regard, urges the pilots", "urges"},
           {"Decides to remain seized of the matter.", "seized"},
           {"Having considered the report of the keeper,", "considering"},
           {"Acting under Chapter VII of the Charter of the United Nations,", "acting"},
           {"Solemnly declares the lamp lit", "declares"},
           {"Emphasizes the role of the lighthouse", "stresses"},
           {"Reiterates its request to the keeper", "requests"},
           {"Renews its call upon pilots", "calls-upon"},
           {"Reiterates that the lamp is lit", "reaffirms"},
           {"Expresses its continued and unwavering support for the keeper", "support"},
           {"Expresses its interest in lamps", ""},
           {"Appropriates an amount of 300 dollars", "appropriates"},
           {"We recognize the light", "recognizes"},
           {"Continues to encourage the keeper", "encourages"},
           // What is no opening action.
           {"", ""},
           {" ", ""},
           {"The lamp decides nothing", ""},
           {"Decidedly not", ""},
           {"Recallings", ""},
           {"Thanks the keeper of the lamps", "appreciates"},
           {"Notesbook of the keeper", ""},
           {"1. Decides", ""},
       })
    EXPECT_EQ(find_action(text, false), id) << text;
}

TEST(FindAction, ReadsChineseOpenings) {
  for (const auto& [text, id] : std::vector<std::pair<const char*, const char*>>{
           {"决定点灯；", "decides"},
           {"又决定点灯；", "decides"},
           {"还请守灯人提交报告；", "requests"},
           {"再次重申灯应长明；", "reaffirms"},
           {"强烈谴责破坏透镜；", "condemns"},
           {"回顾其第91/12号决议，", "recalls"},
           {"注意到灯已点亮，", "notes"},
           {"表示注意到守灯人的报告；", "notes-taking"},
           {"吁请所有守灯人；", "calls-upon"},
           {"敦促引水员；", "urges"},
           {"深为关切浓雾，", "concerned"},
           {"表示严重关切浓雾，", "concerned"},
           {"“安全理事会欢迎灯光。", "welcomes"},
           {"强烈要求停止；", "demands"},
           {"铭记灯塔，", "bearing-in-mind"},
           {"着重指出灯塔的作用；", "underlines"},
           {"强调灯塔的作用；", "stresses"},
           {"深为关切地注意到浓雾，", "notes"},
           {"赞赏地表示注意到守灯人的报告；", "notes-taking"},
           {"大力鼓励守灯人；", "encourages"},
           {"我们确认灯光；", "recognizes"},
           {"要求停止；", "demands"},
           {"呼吁平静；", "calls-for"},
           {"促请守灯人；", "calls-upon"},
           {"决定继续处理此案。", "seized"},
           {"表示极其关切浓雾；", "concerned"},
           {"表示感兴趣；", ""},
           {"强调指出灯塔的作用；", "stresses"},
           {"请给予灯塔所在地支助；", "requests"},
           {"表示满意地注意到灯光；", "notes-taking"},
           {"满意地注意到灯光；", "notes"},
           {"又表示赞赏地注意到灯光；", "notes-taking"},
           {"鼓励地中海各国；", "encourages"},
           {"向守灯人致敬，", "pays-tribute"},
           {"向守灯人的勇气致以敬意，", "pays-tribute"},
           {"向所有各方强调灯塔的作用；", "stresses"},
           {"向大会提交报告；", ""},
           {"这一带地方要点灯；", ""},
           {"", ""},
           {"灯塔决定不了什么", ""},
           {"1. 决定", ""},
           {"Decides", ""},
       })
    EXPECT_EQ(find_action(text, true), id) << text;
  EXPECT_EQ(find_action("\xE5\x86", true), "");  // cut off
  EXPECT_EQ(find_action(std::string(1000, 'a'), false), "");
}

TEST(FindAction, GivesEachFormItsOwnAction) {
  for (const bool zh : {false, true}) {
    std::set<std::string> seen;
    for (const auto& a : actions()) {
      std::string_view rest = zh ? a.zh_forms : a.en_forms;
      while (!rest.empty()) {
        EXPECT_TRUE(seen.insert(std::string(rest.substr(0, rest.find('|')))).second) << rest;
        rest = rest.find('|') == std::string_view::npos ? "" : rest.substr(rest.find('|') + 1);
      }
    }
  }
}

TEST(FindAction, GivesIdsOfTheListForEachForm) {
  for (const auto& a : actions())
    for (const bool zh : {false, true}) {
      std::string_view rest = zh ? a.zh_forms : a.en_forms;
      while (!rest.empty()) {
        const auto form = rest.substr(0, rest.find('|'));
        EXPECT_NE(find_action(form, zh), "") << form;
        EXPECT_TRUE(action_of(find_action(form, zh))) << form;
        rest = rest.find('|') == std::string_view::npos ? "" : rest.substr(rest.find('|') + 1);
      }
    }
}

TEST(Fields, AreInTheOrderOfTheirEnumWithUniqueNamesAndPrefixes) {
  std::set<std::string> names, prefixes = {"Q", "S", "XSW", "XAW"};
  ASSERT_EQ(fields().size(), kFieldCount);
  for (size_t i = 0; i < kFieldCount; ++i) {
    const auto& f = fields()[i];
    EXPECT_EQ(static_cast<size_t>(f.field), i);
    EXPECT_EQ(&info(f.field), &f);
    EXPECT_EQ(parse_field(f.name), f.field);
    EXPECT_TRUE(names.insert(f.name).second) << f.name;
    EXPECT_TRUE(prefixes.insert(f.prefix).second) << f.prefix;
    EXPECT_STRNE(f.en, "");
    EXPECT_STRNE(f.zh, "");
  }
  for (const char* name : {"", "Lang", "title", "date", "colour"}) EXPECT_FALSE(parse_field(name)) << name;
}

TEST(Term, StaysWithinXapiansLimitAndDistinct) {
  EXPECT_EQ(term(Field::lang, "zh"), "L:zh");
  EXPECT_EQ(term(Field::subject, ""), "K:");
  std::set<std::string> seen;
  for (size_t n = 0; n < 400; ++n) {
    const auto t = term(Field::subject, std::string(n, 'x'));
    EXPECT_LE(t.size(), 245u) << n;
    EXPECT_TRUE(seen.insert(t).second) << n;
  }
  EXPECT_NE(term(Field::subject, std::string(300, 'x') + "1"), term(Field::subject, std::string(300, 'x') + "2"));
  EXPECT_LE(term(Field::subject, std::string(5000, '\0')).size(), 245u);
  EXPECT_NE(term(Field::session, "75"), term(Field::agenda, "75"));
}

TEST(Label, SpeaksBothLanguages) {
  EXPECT_EQ(label(Field::lang, "zh", false), "Chinese");
  EXPECT_EQ(label(Field::lang, "zh", true), "中文");
  EXPECT_EQ(label(Field::committee, "C3", false), "Third Committee");
  EXPECT_EQ(label(Field::committee, "C3", true), "第三委员会");
  EXPECT_EQ(label(Field::body, "SC", true), "安全理事会");
  EXPECT_EQ(label(Field::action, "decides", true), "决定");
  EXPECT_EQ(label(Field::vote, "without-vote", false), "Without a vote");
  EXPECT_EQ(label(Field::kind, "operative", true), "执行段");
  EXPECT_EQ(label(Field::voter, "FRA", false), "France");
  EXPECT_EQ(label(Field::voter, "FRA:no", false), "France: no");
  EXPECT_EQ(label(Field::voter, "FRA:abstain", true), "法国：弃权");
  // Without a label the value stands for itself.
  EXPECT_EQ(label(Field::subject, "LIGHTHOUSES", true), "LIGHTHOUSES");
  EXPECT_EQ(label(Field::voter, "ATL:no", false), "ATL:no");
  EXPECT_EQ(label(Field::lang, "tlh", false), "tlh");
  // Every value of an enumeration has one.
  for (int i = 0; i < 6; ++i) EXPECT_NE(label(Field::type, print_type(DocumentType(i)), true), print_type(DocumentType(i)));
  for (int i = 0; i < 11; ++i) EXPECT_NE(label(Field::kind, print_kind(ParagraphKind(i)), true), print_kind(ParagraphKind(i)));
  for (int i = 0; i < 5; ++i) EXPECT_NE(label(Field::vote, print_outcome(VoteOutcome(i)), true), print_outcome(VoteOutcome(i)));
}

}  // namespace
}  // namespace resolute
