#include "text/citation.h"

#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "schemas/symbol.h"
#include "tests/samples.h"

namespace resolute::text {
namespace {

struct CitationCase {
  const char* text;
  std::vector<std::pair<const char*, const char*>> found;  // symbol, the words of its span
  Body home = Body::ga;
};

void expect(const std::vector<CitationCase>& cases) {
  for (const auto& c : cases) {
    const std::string text = c.text;
    std::string got, want;
    for (const auto& f : find_citations(text, c.home)) got += f.symbol + " <" + text.substr(f.span.begin, f.span.end - f.span.begin) + ">  ";
    for (const auto& [symbol, words] : c.found) want += std::string(symbol) + " <" + words + ">  ";
    EXPECT_EQ(got, want) << c.text;
  }
}

TEST(FindCitations, ReadsSymbols) {
  expect({
      {"see A/RES/60/288.", {{"A/RES/60/288", "A/RES/60/288"}}},
      {"(A/RES/60/288)", {{"A/RES/60/288", "A/RES/60/288"}}},
      {"《战略》(A/RES/60/288)，", {{"A/RES/60/288", "A/RES/60/288"}}},
      {"S/RES/1373 (2001) and", {{"S/RES/1373(2001)", "S/RES/1373 (2001)"}}},
      {"S/RES/1373(2001)", {{"S/RES/1373(2001)", "S/RES/1373(2001)"}}},
      {"Ｓ／ＲＥＳ／１３７３（２００１）", {{"S/RES/1373(2001)", "Ｓ／ＲＥＳ／１３７３（２００１）"}}},
      {"A/64/297", {{"A/64/297", "A/64/297"}}},
      {"S/2003/529，附件", {{"S/2003/529", "S/2003/529"}}},
      {"S/2003/529, annex", {{"S/2003/529", "S/2003/529"}}},
      {"A/RES/ES\u201110/15", {{"A/RES/ES-10/15", "A/RES/ES\u201110/15"}}},
      {"A/RES/ES-10/15", {{"A/RES/ES-10/15", "A/RES/ES-10/15"}}},
      {"A/RES/74/232 B;", {{"A/RES/74/232B", "A/RES/74/232 B"}}},
      {"A/RES/75/290 A and B", {{"A/RES/75/290A-B", "A/RES/75/290 A and B"}}},
      {"A/RES/2200(XXI)A", {{"A/RES/2200(XXI)A", "A/RES/2200(XXI)A"}}},
      {"A/HRC/RES/55/29", {{"A/HRC/RES/55/29", "A/HRC/RES/55/29"}}},
      {"E/RES/2023/1", {{"E/RES/2023/1", "E/RES/2023/1"}}},
      {"A/DEC/77/501", {{"A/DEC/77/501", "A/DEC/77/501"}}},
      {"S/PRST/2010/19", {{"S/PRST/2010/19", "S/PRST/2010/19"}}},
      {"S/PRST/2037/6 号文件所载主席声明", {{"S/PRST/2037/6", "S/PRST/2037/6"}}},
      {"A/74/L.14 and Add.1", {{"A/74/L.14", "A/74/L.14"}, {"A/74/L.14/Add.1", "Add.1"}}},
      {"(A/74/L.14和A/74/L.14/Add.1)", {{"A/74/L.14", "A/74/L.14"}, {"A/74/L.14/Add.1", "A/74/L.14/Add.1"}}},
      {"A/60/509/Add.2, para. 10", {{"A/60/509/Add.2", "A/60/509/Add.2"}}},
      {"A/67/65-E/2012/48", {{"A/67/65", "A/67/65"}, {"E/2012/48", "E/2012/48"}}},
      {"A/67/65/Corr.1-E/2012/48/Corr.1。", {{"A/67/65/Corr.1", "A/67/65/Corr.1"}, {"E/2012/48/Corr.1", "E/2012/48/Corr.1"}}},
      {"A/CONF.901/24 (Part I), chap. III", {{"A/CONF.901/24(PartI)", "A/CONF.901/24 (Part I)"}}},
      {"A/CONF.901/24(Part I)和Corr.1", {{"A/CONF.901/24(PartI)", "A/CONF.901/24(Part I)"}, {"A/CONF.901/24(PartI)/Corr.1", "Corr.1"}}},
      {"NPT/CONF.2040/28 (Parts I and II)", {{"NPT/CONF.2040/28(PartsIandII)", "NPT/CONF.2040/28 (Parts I and II)"}}},
      {"NPT/CONF.2040/28(Part I和II)", {{"NPT/CONF.2040/28(PartsIandII)", "NPT/CONF.2040/28(Part I和II)"}}},
      {"A/94/5 (Vol. II), chap. I", {{"A/94/5(Vol.II)", "A/94/5 (Vol. II)"}}},
      {"A/94/6 (Sect. 3)/Add.6/Corr.1", {{"A/94/6(Sect.3)/Add.6/Corr.1", "A/94/6 (Sect. 3)/Add.6/Corr.1"}}},
      {"A/91/53/ Add.1/Corr.1", {{"A/91/53/Add.1/Corr.1", "A/91/53/ Add.1/Corr.1"}}},
      {"UNEP/EA.9/Res.14", {{"UNEP/EA.9/Res.14", "UNEP/EA.9/Res.14"}}},
      {"ST/SGB/2033/4/Amend.1", {{"ST/SGB/2033/4/Amend.1", "ST/SGB/2033/4/Amend.1"}}},
      {"E/CN.4/Sub.2/1990/46", {{"E/CN.4/Sub.2/1990/46", "E/CN.4/Sub.2/1990/46"}}},
      {"A/C.2/93/CRP.3。", {{"A/C.2/93/CRP.3", "A/C.2/93/CRP.3"}}},
      {"https://undocs.org/A/RES/60/288 and docs.un.org/en/S/RES/1373(2001).", {{"A/RES/60/288", "A/RES/60/288"}, {"S/RES/1373(2001)", "S/RES/1373(2001)"}}},
      {"https://example.org/A/RES/60/288", {}},
      {"https://undocs.org/Home/Mobile?FinalSymbol=A%2FRES%2F60%2F288&Language=E", {{"A/RES/60/288", "A%2FRES%2F60%2F288"}}},
      {"A_RES_60_288-EN.pdf, S_RES_1373(2001).pdf", {{"A/RES/60/288", "A_RES_60_288"}, {"S/RES/1373(2001)", "S_RES_1373(2001)"}}},
      {"a/res/75/254b and A / RES / 2200 ( XXI ) A", {{"A/RES/75/254B", "a/res/75/254b"}, {"A/RES/2200(XXI)A", "A / RES / 2200 ( XXI ) A"}}},
      {"A/RES/1514 (XV), annex", {{"A/RES/1514(XV)", "A/RES/1514 (XV)"}}},
      {"A/RES/60/288 A/RES/61/1", {{"A/RES/60/288", "A/RES/60/288"}, {"A/RES/61/1", "A/RES/61/1"}}},
  });
}

TEST(FindCitations, ReadsEnglishNumbers) {
  expect({
      {"its resolution 60/288", {{"A/RES/60/288", "60/288"}}},
      {"Resolution 60/288 of 8 September 2006", {{"A/RES/60/288", "60/288"}}},
      {"its resolution\u00A060/288", {{"A/RES/60/288", "60/288"}}},
      {"resolution 1373 (2001)", {{"S/RES/1373(2001)", "1373 (2001)"}}},
      {"resolution 1373(2001)", {{"S/RES/1373(2001)", "1373(2001)"}}},
      {"resolution\u00A01373\u00A0(2001)", {{"S/RES/1373(2001)", "1373\u00A0(2001)"}}},
      {"resolutions 661 (1990) of 6 August 1990, 986 (1995) and 1284 (1999)",
       {{"S/RES/661(1990)", "661 (1990)"}, {"S/RES/986(1995)", "986 (1995)"}, {"S/RES/1284(1999)", "1284 (1999)"}},
       Body::sc},
      {"resolutions 55/2, 60/1, 65/1 and 70/1", {{"A/RES/55/2", "55/2"}, {"A/RES/60/1", "60/1"}, {"A/RES/65/1", "65/1"}, {"A/RES/70/1", "70/1"}}},
      {"resolutions 92/140 of 17 December 2037 and 93/17 of 28 November 2038,", {{"A/RES/92/140", "92/140"}, {"A/RES/93/17", "93/17"}}},
      {"resolution 2200 A (XXI), annex", {{"A/RES/2200(XXI)A", "2200 A (XXI)"}}},
      {"resolution 1514 (XV)", {{"A/RES/1514(XV)", "1514 (XV)"}}},
      {"resolution 3236 (XXIX)", {{"A/RES/3236(XXIX)", "3236 (XXIX)"}}},
      {"resolutions 36/87 A and B", {{"A/RES/36/87A-B", "36/87 A and B"}}},
      {"resolution 36/87 A", {{"A/RES/36/87A", "36/87 A"}}},
      {"resolution ES-10/15", {{"A/RES/ES-10/15", "ES-10/15"}}},
      {"resolution S-10/2", {{"A/RES/S-10/2", "S-10/2"}}},
      {"decision 77/501", {{"A/DEC/77/501", "77/501"}}},
      {"decisions 77/501 and 77/502", {{"A/DEC/77/501", "77/501"}, {"A/DEC/77/502", "77/502"}}},
      {"Human Rights Council resolutions 5/1 and 5/2", {{"A/HRC/RES/5/1", "5/1"}, {"A/HRC/RES/5/2", "5/2"}}},
      {"its resolution 5/1", {{"A/HRC/RES/5/1", "5/1"}}, Body::hrc},
      {"General Assembly resolution 60/251", {{"A/RES/60/251", "60/251"}}, Body::hrc},
      {"General Assembly resolution 60/251", {{"A/RES/60/251", "60/251"}}, Body::sc},
      {"Economic and Social Council resolution 1996/31", {{"E/RES/1996/31", "1996/31"}}},
      {"its resolution 2023/1", {{"E/RES/2023/1", "2023/1"}}, Body::ecosoc},
      {"Security Council resolution 1325 (2000)", {{"S/RES/1325(2000)", "1325 (2000)"}}, Body::hrc},
      {"Security Council resolutions 1325 (2000) and 1820 (2008)", {{"S/RES/1325(2000)", "1325 (2000)"}, {"S/RES/1820(2008)", "1820 (2008)"}}},
      {"RESOLUTION 3902 (2036)", {}, Body::sc},
      {"resolutions 1373 (2001), 1624 (2005), as well as 2178 (2014)",
       {{"S/RES/1373(2001)", "1373 (2001)"}, {"S/RES/1624(2005)", "1624 (2005)"}, {"S/RES/2178(2014)", "2178 (2014)"}}},
  });
}

TEST(FindCitations, ReadsChineseNumbers) {
  expect({
      {"第1963(2010)号决议", {{"S/RES/1963(2010)", "第1963(2010)号"}}},
      {"第 1963 (2010) 号决议", {{"S/RES/1963(2010)", "第 1963 (2010) 号"}}},
      {"第１９６３（２０１０）号决议", {{"S/RES/1963(2010)", "第１９６３（２０１０）号"}}},
      {"第64/235号决议", {{"A/RES/64/235", "第64/235号"}}},
      {"大会第 60/288 号决议", {{"A/RES/60/288", "第 60/288 号"}}},
      {"第3236(XXIX)号决议", {{"A/RES/3236(XXIX)", "第3236(XXIX)号"}}},
      {"第2200A(XXI)号决议", {{"A/RES/2200(XXI)A", "第2200A(XXI)号"}}},
      {"第2200 A (XXI)号决议", {{"A/RES/2200(XXI)A", "第2200 A (XXI)号"}}},
      {"第ES-10/15号决议", {{"A/RES/ES-10/15", "第ES-10/15号"}}},
      {"ES-10/15号决议", {{"A/RES/ES-10/15", "ES-10/15号"}}},
      {"第S-10/2号决议", {{"A/RES/S-10/2", "第S-10/2号"}}},
      {"第36/87 A和B号决议", {{"A/RES/36/87A-B", "第36/87 A和B号"}}},
      {"第77/501号决定", {{"A/DEC/77/501", "第77/501号"}}},
      {"第1265(1999)、1296(2000)、1674(2006)号决议",
       {{"S/RES/1265(1999)", "第1265(1999)"}, {"S/RES/1296(2000)", "1296(2000)"}, {"S/RES/1674(2006)", "1674(2006)号"}},
       Body::sc},
      {"第1267(1999)、第1989(2011)和第2253(2015)号决议",
       {{"S/RES/1267(1999)", "第1267(1999)"}, {"S/RES/1989(2011)", "1989(2011)"}, {"S/RES/2253(2015)", "2253(2015)号"}},
       Body::sc},
      {"2037年12月17日第92/140号和2038年11月28日第93/17号决议", {{"A/RES/92/140", "第92/140"}, {"A/RES/93/17", "93/17号"}}},
      {"第 91/12、\n91/77 和 92/15 号决议", {{"A/RES/91/12", "第 91/12"}, {"A/RES/91/77", "91/77"}, {"A/RES/92/15", "92/15 号"}}},
      {"人权理事会第5/1号决议", {{"A/HRC/RES/5/1", "第5/1号"}}},
      {"其第5/1号决议", {{"A/HRC/RES/5/1", "第5/1号"}}, Body::hrc},
      {"经济及社会理事会第1996/31号决议", {{"E/RES/1996/31", "第1996/31号"}}},
      {"安全理事会第1325(2000)号决议", {{"S/RES/1325(2000)", "第1325(2000)号"}}, Body::hrc},
      {"第1540(2004)号决议所设委员会", {{"S/RES/1540(2004)", "第1540(2004)号"}}, Body::sc},
  });
}

TEST(FindCitations, GoesThroughListsWhateverPartsTheirMembers) {
  expect({
      {"resolutions 92/1 & 92/2", {{"A/RES/92/1", "92/1"}, {"A/RES/92/2", "92/2"}}},
      {"resolutions 92/1; 92/2; and 92/3", {{"A/RES/92/1", "92/1"}, {"A/RES/92/2", "92/2"}, {"A/RES/92/3", "92/3"}}},
      {"resolutions 92/1, “On lamps”, and 92/2", {{"A/RES/92/1", "92/1"}, {"A/RES/92/2", "92/2"}}},
      {"resolutions 92/1 and/or 92/2", {{"A/RES/92/1", "92/1"}, {"A/RES/92/2", "92/2"}}},
      {"resolutions 92/1 to 92/4", {{"A/RES/92/1", "92/1"}, {"A/RES/92/4", "92/4"}}},
      {"resolutions 92/1 (2037), 92/2", {{"A/RES/92/1", "92/1"}, {"A/RES/92/2", "92/2"}}},
      {"resolutions 92/1, sect. B, 92/2 B, sect. III, and 92/3, sects. I and II", {{"A/RES/92/1", "92/1"}, {"A/RES/92/2B", "92/2 B"}, {"A/RES/92/3", "92/3"}}},
      {"resolutions 92/1, para. 9, and 93/21, paras. 3 to 5", {{"A/RES/92/1", "92/1"}, {"A/RES/93/21", "93/21"}}},
      {"resolutions 92/1 of 9 December 2037 (see A/92/700), in particular 92/2", {{"A/RES/92/1", "92/1"}, {"A/92/700", "A/92/700"}, {"A/RES/92/2", "92/2"}}},
      {"Economic and Social Council resolutions 1980/67 and 155 C (VII)", {{"E/RES/1980/67", "1980/67"}, {"E/RES/155(VII)C", "155 C (VII)"}}},
      {"Human Rights Council resolutions 90/2, S-57/1 of 5 December 2037, and S-64/1",
       {{"A/HRC/RES/90/2", "90/2"}, {"A/HRC/RES/S-57/1", "S-57/1"}, {"A/HRC/RES/S-64/1", "S-64/1"}}},
      {"A/RES/92/1, 92/2 and 92/3", {{"A/RES/92/1", "A/RES/92/1"}, {"A/RES/92/2", "92/2"}, {"A/RES/92/3", "92/3"}}},
      {"S/RES/3901(2036) and 3902 (2036)", {{"S/RES/3901(2036)", "S/RES/3901(2036)"}, {"S/RES/3902(2036)", "3902 (2036)"}}},
      {"第92/1或92/2号决议", {{"A/RES/92/1", "第92/1"}, {"A/RES/92/2", "92/2号"}}},
      {"第92/1；92/2号决议", {{"A/RES/92/1", "第92/1"}, {"A/RES/92/2", "92/2号"}}},
      {"第92/1號、92/2號及第92/3號決議", {{"A/RES/92/1", "第92/1"}, {"A/RES/92/2", "92/2"}, {"A/RES/92/3", "92/3號"}}},
      // The list ends.
      {"resolution 92/1, 24/7 of them", {{"A/RES/92/1", "92/1"}}},
      {"resolution 92/1 and 31/12/2037", {{"A/RES/92/1", "92/1"}}},
  });
}

TEST(FindCitations, TakesSmallLettersAndSpacesThatReadersLeave) {
  expect({
      {"see s/res/3901(2036)", {{"S/RES/3901(2036)", "s/res/3901(2036)"}}},
      {"see S/Res/3901 (2036).", {{"S/RES/3901(2036)", "S/Res/3901 (2036)"}}},
      {"see S/RES/ 3901 ( 2036 )", {{"S/RES/3901(2036)", "S/RES/ 3901 ( 2036 )"}}},
      {"see A / RES / 92 / 1", {{"A/RES/92/1", "A / RES / 92 / 1"}}},
      {"a/res/92/1 and a/hrc/res/55/29", {{"A/RES/92/1", "a/res/92/1"}, {"A/HRC/RES/55/29", "a/hrc/res/55/29"}}},
      {"resolution 3901 ( 2036 )", {{"S/RES/3901(2036)", "3901 ( 2036 )"}}},
      {"resolution 92 / 1", {{"A/RES/92/1", "92 / 1"}}},
      {"第 92 / 1 号决议", {{"A/RES/92/1", "第 92 / 1 号"}}},
      {"resolution no. 92/1", {{"A/RES/92/1", "92/1"}}},
      {"UNGA Res 92/1", {{"A/RES/92/1", "92/1"}}},
      {"UNSCR 3901 (2036)", {{"S/RES/3901(2036)", "3901 (2036)"}}},
      {"and/or a/b, s/he, a res 5, e/mail 3/4", {}},
  });
}

TEST(FindCitations, TellsNumbersAlone) {
  struct Alone {
    const char *text, *numbers;
  };
  for (const auto& c : {Alone{"resolutions 3901, 3902 and 3903 on lamps", "3901 3902 3903"}, Alone{"第3901、3902和3903号决议", "3901 3902 3903"},
                        Alone{"UNSCR 3901 on lamps", "3901"}, Alone{"resolution 3901 of 5", "3901"}, Alone{"resolutions 3901 (2036) and 3902", "3902"},
                        Alone{"resolution 3901 (2036), 15 years ago", ""}, Alone{"resolution 75.17", ""}, Alone{"第77、78和79次会议", ""}}) {
    std::vector<Mention> others;
    find_citations(c.text, Body::ga, &others);
    std::string got;
    for (const auto& m : others) got += (got.empty() ? "" : " ") + m.number;
    EXPECT_EQ(got, c.numbers) << c.text;
  }
}

TEST(FindCitations, LeavesAloneWhatNamesNoSingleDocument) {
  for (const char* text : {"",
                           " ",
                           "resolution",
                           "resolutions and decisions",
                           "resolution 2758",
                           "the present resolution",
                           "第号决议",
                           "第2758号决议",
                           "决议",
                           "Commission on Human Rights resolution 2005/80",
                           "人权委员会第2005/80号决议",
                           "and/or",
                           "N/A",
                           "km/h",
                           "paragraph 3 of that resolution",
                           "resolution 99999 (2001)",
                           "resolution 1373 (20011)",
                           "resolution 1373 (",
                           "第1373(",
                           "第1373(2001",
                           "S/RES/1373",
                           "A/",
                           "A/RES/",
                           "S/RES/1373 (20",
                           "在第6459次会议上",
                           "第70号来文",
                           "第64号一般性意见",
                           "24/7",
                           "from 2005/06 to 2007/08",
                           "1 January 2010",
                           "Article 41 (2)",
                           "resolution (2001)",
                           "ResolutionES-",
                           "resolution ES-",
                           "a ratio of 3/4"})
    for (const auto home : {Body::ga, Body::sc, Body::none}) {
      const auto found = find_citations(text, home);
      EXPECT_TRUE(found.empty()) << text << " -> " << found[0].symbol;
    }
}

TEST(FindCitations, TellsOfMentionsThatNameNoDocument) {
  const auto others = [](const char* text) {
    std::vector<Mention> out;
    std::string got;
    find_citations(text, Body::ga, &out);
    for (const auto& m : out) got += std::string(text).substr(m.span.begin, m.span.end - m.span.begin) + " <" + m.likely + "> ";
    return got;
  };
  EXPECT_EQ(others("Recalling resolution 95/101 of 11 December 2040"), "");
  EXPECT_EQ(others("CCPCJ resolution 31/1 of 20 May 2022"), "31/1 <> ");
  EXPECT_EQ(others("Commission on Human Rights resolution 2005/80"), "2005/80 <> ");
  EXPECT_EQ(others("resolution 2024/1 of 25 July 2023"), "2024/1 <E/RES/2024/1> ");
  EXPECT_EQ(others("resolutions 74/62 of 12 December 2019 and 76/47 of 6 December 2015"), "76/47 <A/RES/76/47> ");
  EXPECT_EQ(others("in S/RES/2719 and resolution 5/14"), "S/RES/2719 <S/RES/2719> 5/14 <A/RES/5/14> ");
}

TEST(FindCitations, KnowsOrgansByLettersAndLongNames) {
  expect({
      {"UNSCR 2462 (2019), res. 2664 (2022), resolution1325(2000)",
       {{"S/RES/2462(2019)", "2462 (2019)"}, {"S/RES/2664(2022)", "2664 (2022)"}, {"S/RES/1325(2000)", "1325(2000)"}}},
      {"UNGA resolution 60/288", {{"A/RES/60/288", "60/288"}}},
      {"HRC resolution 31/1", {{"A/HRC/RES/31/1", "31/1"}}},
      {"human rights council resolution 31/1", {{"A/HRC/RES/31/1", "31/1"}}},
      {"G.A. Res. 60/288, S.C. Res. 1373 (2001)", {{"A/RES/60/288", "60/288"}, {"S/RES/1373(2001)", "1373 (2001)"}}},
      {"annex II. Resolution 60/288", {{"A/RES/60/288", "60/288"}}},
      {"UNEA resolution 60/14", {}},
      {"Commission on the Status of Women resolution 60/2", {}},
      {"decision 81/29 of 25 April 2025 of the Economic and Social Commission for Lamps", {}},
      {"委员会第七十二届会议通过关于沙尘的2016年5月19日第72/7号决议", {}},
      {"LC-LP.2(2010)号决议", {}},
  });
}

TEST(FindCitations, TellsHowTheTextUsesIt) {
  for (const auto& [text, treatment] : std::vector<std::pair<const char*, const char*>>{{"Recalling its resolution 60/288,", "recalling"},
                                                                                        {"Guided by resolution 60/288", "guided-by"},
                                                                                        {"pursuant to resolution 60/288", "pursuant-to"},
                                                                                        {"in accordance with resolution 60/288", "in-accordance-with"},
                                                                                        {"回顾其第60/288号决议", "recalling"},
                                                                                        {"重申第60/288号决议", "reaffirming"},
                                                                                        {"根据第60/288号决议", "pursuant-to"},
                                                                                        {"Resolution 60/288", ""},
                                                                                        {"Recalling the lamp; resolution 60/288", ""},
                                                                                        {"回顾第60/288号决议所载要求", "contained-in"},
                                                                                        {"第60/288号决议所设工作组", "established-by"},
                                                                                        {"取代第60/288号决议", "superseding"}}) {
    const auto found = find_citations(text, Body::ga);
    ASSERT_EQ(found.size(), 1u) << text;
    EXPECT_EQ(found[0].treatment, treatment) << text;
  }
}

void expect_ordered(const std::string& text, Body home) {
  uint32_t end = 0;
  for (const auto& c : find_citations(text, home)) {
    ASSERT_GE(c.span.begin, end) << text;
    ASSERT_LT(c.span.begin, c.span.end) << text;
    ASSERT_LE(c.span.end, text.size()) << text;
    ASSERT_TRUE((text[c.span.begin] & 0xC0) != 0x80) << text;
    ASSERT_TRUE(c.span.end == text.size() || (text[c.span.end] & 0xC0) != 0x80) << text;
    const auto symbol = parse_symbol(c.symbol);
    ASSERT_TRUE(symbol) << c.symbol;
    ASSERT_EQ(symbol->text(), c.symbol);
    end = c.span.end;
  }
}

TEST(FindCitations, GivesOrderedSpansInAnyText) {
  for (const auto& d : test::sample_documents())
    for (const auto& p : d.paragraphs) {
      expect_ordered(p.text, d.body);
      expect_ordered(p.text, Body::none);
    }
  std::mt19937 random(11);
  const std::vector<std::string> pieces = {"resolution ",
                                           "resolutions ",
                                           "decision ",
                                           "第",
                                           "号",
                                           "决议",
                                           "决定",
                                           "60/288",
                                           "1373",
                                           "(2001)",
                                           " (XXI)",
                                           " A",
                                           " and ",
                                           " B",
                                           ", ",
                                           "、",
                                           "和",
                                           "A/RES/",
                                           "S/RES/",
                                           "ES-",
                                           "S-",
                                           "10/15",
                                           "（２００１）",
                                           "\u200E",
                                           "\u00A0",
                                           "Add.1",
                                           "/",
                                           "(",
                                           ")",
                                           "-",
                                           "of 6 August 1990",
                                           "2037年",
                                           "12月",
                                           "17日",
                                           "灯",
                                           "Human Rights Council ",
                                           "委员会",
                                           " ",
                                           ";",
                                           "E/",
                                           "2012/48"};
  for (int i = 0; i < 60000; ++i) {
    std::string s;
    for (size_t n = random() % 14; n > 0; --n) s += pieces[random() % pieces.size()];
    expect_ordered(s, static_cast<Body>(random() % 5));
  }
}

// One verb governs a list, however long, up to the next verb or clause.
TEST(FindCitations, KeepsTheVerbThroughAList) {
  std::string list = "Recalling its resolutions 91/1 of 1 October 2036";
  for (int i = 2; i < 60; ++i) list += ", 91/" + std::to_string(i) + " of 1 October 2036";
  const auto found = find_citations(list + " and taking note of resolution 91/70 of 2 October 2036; resolution 91/71 of 2 October 2036", Body::ga);
  ASSERT_EQ(found.size(), 61u);
  for (size_t i = 0; i < 59; ++i) EXPECT_EQ(found[i].treatment, "recalling") << i;
  EXPECT_EQ(found[59].treatment, "taking-note");
  EXPECT_EQ(found[60].treatment, "");
}

// "affirm" is found within "reaffirm".
TEST(FindCitations, TellsReaffirmingFromAffirming) { EXPECT_EQ(find_citations("Reaffirming resolution 60/288,", Body::ga).at(0).treatment, "reaffirming"); }

// A committee that stands somewhere before the number is no commission whose resolution it is.
TEST(FindCitations, ReadsChineseNumbersAfterACommittee) {
  expect({
      {"根据第二委员会的建议，回顾其第91/12号和第92/15号决议，", {{"A/RES/91/12", "第91/12"}, {"A/RES/92/15", "92/15号"}}},
      {"请时刻表委员会参照第92/40 A号决议，", {{"A/RES/92/40A", "第92/40 A号"}}},
      {"反恐怖主义委员会(反恐委员会)和第1267(1999)号决议所设委员会", {{"S/RES/1267(1999)", "第1267(1999)号"}}, Body::sc},
      {"经济及社会理事会2037年7月22日关于《种子借用人宪章》的第2037/8号决议", {{"E/RES/2037/8", "第2037/8号"}}, Body::hrc},
  });
}

// Whose number it is the date can say, and the form: the Assembly numbers by session since its thirty-first, the Human
// Rights Council has three sessions a year, only the Economic and Social Council and its commissions number by year.
TEST(FindCitations, TellsWhoseNumberItIs) {
  expect({
      {"as mandated in resolution 42/35 of 27 September 2019", {{"A/HRC/RES/42/35", "42/35"}}},
      {"its resolution 42/35 of 2 December 1987", {{"A/RES/42/35", "42/35"}}},
      {"submitted pursuant to Council resolution 40/18 of 22 March 2019", {{"A/HRC/RES/40/18", "40/18"}}},
      {"the Council in its resolution 2014/6", {{"E/RES/2014/6", "2014/6"}}},
      {"resolution 5/14 of 2 March 2022 of the Lamp Assembly", {}},
      {"resolution 37/1 of 13 November 2009 of the Conference of the Parties to the Treaty on Lamps", {}},
      {"decision 2025/100 of 18 March 2025 adopted by the Economic Commission for the Far Shore", {}, Body::ecosoc},
      {"Commission on Lamps resolution 31/1 of 20 May 2022", {}, Body::ecosoc},
      {"resolution 57/23 of 1 October 1950", {}},
      {"Council resolution 2008 (LX)", {{"E/RES/2008(LX)", "2008 (LX)"}}},
      {"Supplement No. 53 (A/91/53), chap. IV, sect. A, resolution 37/17.", {{"A/91/53", "A/91/53"}, {"A/HRC/RES/37/17", "37/17"}}},
      {"Supplement No. 7 (E/2035/27), chap. I, sect. C, resolution 69/1, annex.", {{"E/2035/27", "E/2035/27"}}},
      {"大会关于设立人权理事会的2006年3月15日第60/251号决议", {{"A/RES/60/251", "第60/251号"}}},
      {"人权理事会2022年3月4日关于某地灯光状况的第49/1号决议和2022年5月12日关于灯光熄灭的S-34/1号决议",
       {{"A/HRC/RES/49/1", "第49/1号"}, {"A/HRC/RES/S-34/1", "S-34/1号"}}},
      {"2022年3月31日人权理事会关于灯的第49/7号决议", {{"A/HRC/RES/49/7", "第49/7号"}}},
      {"预防犯罪和刑事司法委员会2022年5月20日题为“灯”的第31/1号决议", {}, Body::ecosoc},
      {"2019年9月26日第42/20和42/22号决议", {{"A/HRC/RES/42/20", "第42/20"}, {"A/HRC/RES/42/22", "42/22号"}}},
      {"经济及社会理事会关于国际灯年的1980年7月25日第1980/67号决议", {{"E/RES/1980/67", "第1980/67号"}}},
      {"第10/2018号法律", {}},
      {"第1997/2号商定结论", {}, Body::ecosoc},
  });
}

// A list may say what each is about, lack a comma, or name a section.
TEST(FindCitations, ReadsListsWithWordsBetween) {
  expect({
      {"resolutions 63/71 of 2 December 2008 on the Convention on Lamps and 70/54 of 7 December 2015 on lanterns",
       {{"A/RES/63/71", "63/71"}, {"A/RES/70/54", "70/54"}}},
      {"resolutions 45/248 B, section VI, of 21 December 1990, 55/231 of 23 December 2000", {{"A/RES/45/248B", "45/248 B"}, {"A/RES/55/231", "55/231"}}},
      {"resolutions 52/38 F of 9 December 1997, 53/77 AA of 4 December 1998", {{"A/RES/52/38F", "52/38 F"}, {"A/RES/53/77AA", "53/77 AA"}}},
      {"resolutions 2151 (2014) on lamps and 2282 (2016) on wicks", {{"S/RES/2151(2014)", "2151 (2014)"}, {"S/RES/2282(2016)", "2282 (2016)"}}, Body::sc},
      {"relevant resolutions, especially 2139 (2014), 2165 (2014)", {{"S/RES/2139(2014)", "2139 (2014)"}, {"S/RES/2165(2014)", "2165 (2014)"}}, Body::sc},
      {"resolutions 1267 (1999) 1989 (2011) and 2253 (2015)",
       {{"S/RES/1267(1999)", "1267 (1999)"}, {"S/RES/1989(2011)", "1989 (2011)"}, {"S/RES/2253(2015)", "2253 (2015)"}},
       Body::sc},
      {"resolution 70/1 of 25 September 2015, article 3/4 of 7 December 2015", {{"A/RES/70/1", "70/1"}}},
      {"the decision of 3 May, and 1234 (2015) lamps", {}},
  });
}

TEST(FindCitations, ReadsBothLanguagesOfTheSamplesAlike) {
  // The language versions of a work cite the same documents.
  std::map<std::string, std::map<Language, std::vector<std::string>>> cited;
  for (const auto& d : test::sample_documents())
    if (d.format != "text") cited[d.identifier][d.lang] = cited_symbols(d);
  size_t pairs = 0, citations = 0;
  for (auto& [symbol, versions] : cited) {
    if (versions.size() != 2) continue;
    ++pairs;
    citations += versions[Language::en].size();
    EXPECT_EQ(versions[Language::zh], versions[Language::en]) << symbol;
  }
  EXPECT_GT(pairs, 20u);
  EXPECT_GT(citations, 60u);
}

}  // namespace
}  // namespace resolute::text
