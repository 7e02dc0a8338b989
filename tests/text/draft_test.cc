#include "text/draft.h"

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

}  // namespace
}  // namespace resolute::text
