#include "search/reference.h"

#include <gtest/gtest.h>

#include <random>

namespace resolute::search {
namespace {

std::string shown(const Reference& r) {
  std::string out;
  for (const auto& s : r.symbols) out += (out.empty() ? "" : " ") + s;
  if (!r.council_number.empty()) out += "#" + r.council_number;
  if (!r.fragment.empty()) out += " > " + r.fragment;
  if (!r.last_fragment.empty()) out += ".." + r.last_fragment;
  return out;
}

TEST(ReadReference, TakesEveryUsualSpelling) {
  struct Case {
    const char *text, *read;
  };
  for (const auto& c : {Case{"A/RES/91/12", "A/RES/91/12"},
                        {"a/res/91/12", "A/RES/91/12"},
                        {"A / RES / 91 / 12", "A/RES/91/12"},
                        {"Ａ／ＲＥＳ／９１／１２", "A/RES/91/12"},
                        {"(A/RES/91/12).", "A/RES/91/12"},
                        {"[A/RES/91/12]", "A/RES/91/12"},
                        {"UN Doc. A/RES/91/12", "A/RES/91/12"},
                        {"U.N. Doc. A/RES/91/12 (2036)", "A/RES/91/12"},
                        {"see A/RES/91/12", "A/RES/91/12"},
                        {"91/12", "A/RES/91/12"},
                        {"resolution 91/12", "A/RES/91/12"},
                        {"Resolution No. 91/12", "A/RES/91/12"},
                        {"RESOLUTION 91/12", "A/RES/91/12"},
                        {"UNGA Res 91/12", "A/RES/91/12"},
                        {"G.A. Res. 91/12", "A/RES/91/12"},
                        // As serials and tables have it.
                        {"UNGA/RES/91/12", "A/RES/91/12"},
                        {"GA/RES/91/12", "A/RES/91/12"},
                        {"UN/GA/RES/91/12", "A/RES/91/12"},
                        {"SC/RES/3901 (2036)", "S/RES/3901(2036)"},
                        {"HRC/RES/59/25", "A/HRC/RES/59/25"},
                        {"ECOSOC/RES/2036/5", "E/RES/2036/5"},
                        {"A.RES.91.12", "A/RES/91/12"},
                        {"S.RES.3901(2036)", "S/RES/3901(2036)"},
                        {"GA91/12", "A/RES/91/12"},
                        {"UNSCRs 3901 (2036)", "S/RES/3901(2036)"},
                        {"GA Resol. 91/12", "A/RES/91/12"},
                        {"GA resol 91/12", "A/RES/91/12"},
                        {"reso. 91/12", "A/RES/91/12"},
                        {"RES. 91/12", "A/RES/91/12"},
                        {"resolution n° 91/12", "A/RES/91/12"},
                        // Numbers in Han numerals.
                        {"第三九〇一号决议", "#3901"},
                        {"安全理事会第一三二五（二〇〇〇）号决议", "S/RES/1325(2000)"},
                        {"安理会第二四二（一九六七）号决议", "S/RES/242(1967)"},
                        {"大会第九十一/十二号决议", "A/RES/91/12"},
                        {"A/RES/91/12第五段", "A/RES/91/12 > op5"},
                        // The word "resolution" is left out, or stands elsewhere.
                        {"UNGA 91/12", "A/RES/91/12"},
                        {"GA 91/12 B", "A/RES/91/12B"},
                        {"General Assembly 91/12", "A/RES/91/12"},
                        {"UNGA ES-10/15", "A/RES/ES-10/15"},
                        {"HRC 59/25", "A/HRC/RES/59/25"},
                        {"HRC S-32/1", "A/HRC/RES/S-32/1"},
                        {"ECOSOC 2036/5", "E/RES/2036/5"},
                        {"UNSC 3901", "#3901"},
                        {"SC 1325 (2000)", "S/RES/1325(2000)"},
                        {"res91/12", "A/RES/91/12"},
                        {"决议91/12", "A/RES/91/12"},
                        {"大会决议91/12", "A/RES/91/12"},
                        {"大会 91/12", "A/RES/91/12"},
                        {"联合国大会决议 91/12号", "A/RES/91/12"},
                        {"安理会决议3901", "#3901"},
                        {"安理会3901", "#3901"},
                        {"人权理事会59/25", "A/HRC/RES/59/25"},
                        {"人权理事会决议S-32/1", "A/HRC/RES/S-32/1"},
                        {"决定77/501", "A/DEC/77/501"},
                        {"General Assembly resolution 91/12 of 4 December 2036", "A/RES/91/12"},
                        {"第91/12号决议", "A/RES/91/12"},
                        {"大會第91/12號決議", "A/RES/91/12"},
                        {"联大第91/12号决议", "A/RES/91/12"},
                        {"第 91/12 号", "A/RES/91/12"},
                        {"91/12号决议", "A/RES/91/12"},
                        {"S/RES/3901 (2036)", "S/RES/3901(2036)"},
                        {"s/res/3901(2036)", "S/RES/3901(2036)"},
                        {"3901 ( 2036 )", "S/RES/3901(2036)"},
                        {"resolution 3901(2036)", "S/RES/3901(2036)"},
                        {"UNSCR 3901", "#3901"},
                        {"3901", "#3901"},
                        {"res 3901", "#3901"},
                        {"resolution 3901", "#3901"},
                        {"S/RES/3901", "#3901"},
                        {"安理會第3901號決議", "#3901"},
                        {"Security Council resolution 3901 (2036)", "S/RES/3901(2036)"},
                        {"HRC Res 5/1", "A/HRC/RES/5/1"},
                        {"人权理事会第5/1号决议", "A/HRC/RES/5/1"},
                        {"ES-10/15", "A/RES/ES-10/15"},
                        {"A/RES/74/232 B", "A/RES/74/232B"},
                        {"decision 77/501", "A/DEC/77/501"},
                        // Links and names of files.
                        {"https://undocs.org/A/RES/91/12", "A/RES/91/12"},
                        {"undocs.org/en/A/RES/91/12", "A/RES/91/12"},
                        {"https://docs.un.org/en/S/RES/3901(2036)", "S/RES/3901(2036)"},
                        {"https://docs.un.org/S/RES/3901%282036%29?x=1", "S/RES/3901(2036)"},
                        {"https://undocs.org/Home/Mobile?FinalSymbol=A%2FRES%2F91%2F12&Language=E", "A/RES/91/12"},
                        {"http://www.un.org/en/ga/search/view_doc.asp?symbol=A/RES/91/12", "A/RES/91/12"},
                        {"A_RES_91_12.pdf", "A/RES/91/12"},
                        {"A_RES_91_12-EN.pdf", "A/RES/91/12"},
                        {"A-RES-91-12.docx", "A/RES/91/12"},
                        {"S_RES_3901(2036)-EN.pdf", "S/RES/3901(2036)"},
                        {"A_RES_ES-10_15.pdf", "A/RES/ES-10/15"},
                        // A paragraph beside.
                        {"A/RES/91/12, para. 5", "A/RES/91/12 > op5"},
                        {"para. 5 of resolution 91/12", "A/RES/91/12 > op5"},
                        {"第91/12号决议第5段", "A/RES/91/12 > op5"},
                        // As the page copies paragraphs of annexes.
                        {"General Assembly resolution 91/12 of 4 December 2036, annex I, para. 5", "A/RES/91/12 > an5"},
                        {"A/RES/91/12, annex, para. 5", "A/RES/91/12 > an5"},
                        {"大会2036年12月4日第91/12号决议，附件1，第5段", "A/RES/91/12 > an5"},
                        {"第91/12号决议，附件一，第5段", "A/RES/91/12 > an5"},
                        {"第91/12号决议序言部分第3段", "A/RES/91/12 > pp3"},
                        {"A/RES/91/12 OP5", "A/RES/91/12 > op5"},
                        {"resolution 91/12, paragraph 5 (a)", "A/RES/91/12 > op5.a"},
                        {"A/RES/91/12#op5", "A/RES/91/12 > op5"},
                        {"A/RES/91/12@en#pp2", "A/RES/91/12 > pp2"},
                        // Ranges of paragraphs.
                        {"A/RES/91/12, paras. 5-7", "A/RES/91/12 > op5..op7"},
                        {"A/RES/91/12 paras 5 to 7", "A/RES/91/12 > op5..op7"},
                        {"paragraphs 5–7 of resolution 91/12", "A/RES/91/12 > op5..op7"},
                        {"A/RES/91/12, annex, paras. 5-7", "A/RES/91/12 > an5..an7"},
                        {"第91/12号决议第5至7段", "A/RES/91/12 > op5..op7"},
                        {"A/RES/91/12序言部分第2-4段", "A/RES/91/12 > pp2..pp4"},
                        {"A/RES/91/12, para. 5 and A/RES/92/1", "A/RES/91/12 A/RES/92/1 > op5"},
                        // Lists.
                        {"resolutions 91/12 & 92/1", "A/RES/91/12 A/RES/92/1"},
                        {"第91/12或92/1号决议", "A/RES/91/12 A/RES/92/1"},
                        {"91/12, 92/1", "A/RES/91/12 A/RES/92/1"},
                        {"A/RES/91/12; A/RES/92/1", "A/RES/91/12 A/RES/92/1"},
                        // Ranges: every member, spelled out or not.
                        {"resolutions 91/12 to 91/14", "A/RES/91/12 A/RES/91/13 A/RES/91/14"},
                        {"A/RES/91/12-14", "A/RES/91/12 A/RES/91/13 A/RES/91/14"},
                        {"A/RES/91/12–A/RES/91/14", "A/RES/91/12 A/RES/91/13 A/RES/91/14"},
                        {"第91/12至91/14号决议", "A/RES/91/12 A/RES/91/13 A/RES/91/14"},
                        {"第91/12至14号决议", "A/RES/91/12 A/RES/91/13 A/RES/91/14"},
                        // Zeros in front, the session in words, the organ by its letters after.
                        {"A/RES/91/012", "A/RES/91/12"},
                        {"resolution 91/012", "A/RES/91/12"},
                        {"S/PRST/2036/04", "S/PRST/2036/4"},
                        {"大会第九十一届会议第12号决议", "A/RES/91/12"},
                        {"第91届会议通过的第12号决议", "A/RES/91/12"},
                        {"decision 2036/1 of ECOSOC", "E/DEC/2036/1"}})
    EXPECT_EQ(shown(read_reference(c.text)), c.read) << c.text;
}

TEST(ReadReference, LeavesWordsAlone) {
  for (const char* text : {"",
                           " ",
                           "lighthouse",
                           "lighthouse 91/12",
                           "A/RES/91/12 lamps",
                           "12 October 2036",
                           "2036 Agenda",
                           "24/7",
                           "50%",
                           "1,000",
                           "13.2",
                           "\"A/RES/91/12\"",
                           "“91/12”",
                           "and/or",
                           "https://example.org/A/RES/91/12",
                           "第36次会议",
                           "36年",
                           "the 12 keepers of resolution",
                           "(",
                           "[]",
                           "第",
                           "para. 5",
                           "Security Council 2022",
                           "UNSC 2022",
                           "General Assembly 75",
                           "GA 75",
                           "安理会2022",
                           "安理会2022年",
                           "联合国 2036",
                           "联合国75周年",
                           "大会 75",
                           "5 keepers"})
    EXPECT_EQ(shown(read_reference(text)), "") << text;
}

TEST(ReadReference, TakesAnyText) {
  std::mt19937 random(16);
  const std::string pieces[] = {"A/RES/", "91/12", "第", "号", "决议",   "resolution ", "(", ")",    "2036", "%2",    "http://un.org/",
                                "_",      ".pdf",  "#",  "@",  "para. ", "5",           " ", "\xFF", "，",   "s/res/"};
  for (int i = 0; i < 20000; ++i) {
    std::string s;
    for (size_t n = random() % 9; n > 0; --n) s += pieces[random() % std::size(pieces)];
    read_reference(s);
  }
  EXPECT_TRUE(read_reference(std::string(5000, '9')).empty());
}

}  // namespace
}  // namespace resolute::search
