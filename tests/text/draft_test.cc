#include "text/draft.h"
#include "text/structure.h"

#include <gtest/gtest.h>

namespace resolute::text {
namespace {

TEST(SplitDraft, TakesOffWhatStandsInFrontOfAParagraph) {
  struct Case {
    const char *draft, *number, *text;
  };
  for (const auto& c : {Case{"1. Decides to light the lamp.", "1", "Decides to light the lamp."},
                        {"1) Decides to light the lamp.", "1", "Decides to light the lamp."},
                        {"(1) Decides to light the lamp.", "1", "Decides to light the lamp."},
                        {"OP1. Decides to light the lamp.", "1", "Decides to light the lamp."},
                        {"OP 1: Decides to light the lamp.", "1", "Decides to light the lamp."},
                        {"PP3 Recalling the lamp,", "3", "Recalling the lamp,"},
                        {"[1.] Decides to light the lamp.", "1", "Decides to light the lamp."},
                        {"[12] Decides to light the lamp.", "12", "Decides to light the lamp."},
                        {"1.2 Decides to light the lamp.", "1.2", "Decides to light the lamp."},
                        {"a) The lamp;", "a", "The lamp;"},
                        {"iv) The lamp;", "iv", "The lamp;"},
                        {"- The lamp;", "", "The lamp;"},
                        {"• 3) The lamp;", "3", "The lamp;"},
                        {"§ 5 The lamp", "5", "The lamp"},
                        {"２．决定点灯。", "2", "决定点灯。"},
                        {"2）决定点灯。", "2", "决定点灯。"},
                        {"一、决定点灯。", "一", "决定点灯。"},
                        {"第2段 决定点灯。", "2", "决定点灯。"},
                        {"【2】决定点灯。", "2", "决定点灯。"},
                        {"（二）决定点灯。", "二", "决定点灯。"},
                        // No numbers.
                        {"2030 lamps are lit.", "", "2030 lamps are lit."},
                        {"3.5 per cent of lamps", "", "3.5 per cent of lamps"},
                        {"operators light the lamp", "", "operators light the lamp"},
                        {"[The lamp]", "", "[The lamp]"},
                        {"2036年点灯。", "", "2036年点灯。"},
                        {"一盏灯。", "", "一盏灯。"},
                        {"so) what", "", "so) what"},
                        {"1)", "", "1)"}}) {
    const auto got = split_draft(c.draft);
    ASSERT_EQ(got.size(), 1u) << c.draft;
    EXPECT_EQ(got[0].number, c.number) << c.draft;
    EXPECT_EQ(got[0].text, c.text) << c.draft;
  }
}

TEST(Sponsors, AreStatesGroupsAndOffices) {
  const auto read = [](const char* list) {
    std::string out;
    for (const auto& name : split_sponsors(list)) out += name + "|";
    return out;
  };
  struct Case {
    const char *list, *names;
  };
  for (const auto& c :
       {Case{"Austria, the Republic of Korea and theNetherlands", "Austria|Republic of Korea|Netherlands|"},
        {"introduced in the Committee by the representative of Mauritius", "Mauritius|"},
        {"Egypt (on behalf of the States Members of the United Nations that are members of the Group of 77 and China) and Togo",
         "Egypt|Togo|Group of 77 and China|"},
        {"Romania (in its capacity as Chair of the Committee on Lamps)", "Romania|"},
        {"submitted by the Vice-Chair of the Committee, Ann Lamp (Poland), on the basis of informal consultations on draft resolution A/C.2/93/L.1",
         "the Vice-Chair of the Committee, Ann Lamp (Poland)|"},
        {"the Chair, Japan and the United Arab Emirates", "the Chair|Japan|United Arab Emirates|"},
        {"the Chair and sponsored by Brazil, Chad", "the Chair|Brazil|Chad|"},
        {"Chad, 2366 (2017), 5 May 2017, - Togo was removed from the list of sponsors", "Chad|"},
        {"Submitted pursuant to Security Council resolutions 2754 (2024)", ""},
        {"中国（代表77国集团）、法国", "中国|法国|77国集团|"},
        {"", ""}})
    EXPECT_EQ(read(c.list), c.names) << c.list;
}

}  // namespace
}  // namespace resolute::text
