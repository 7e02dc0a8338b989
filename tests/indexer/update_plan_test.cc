#include "indexer/update_plan.h"

#include <gtest/gtest.h>

namespace resolute::indexer {
namespace {

TEST(SegmentStays, WhileItIsMuchLargerAndMostlyAlive) {
  struct Case {
    uint32_t documents;
    size_t deleted, written;
    bool stays;
  };
  for (const auto& c : std::vector<Case>{{1000, 0, 1, true},
                                         {1000, 249, 1, true},
                                         {1000, 250, 1, false},
                                         {1000, 0, 234, false},
                                         {1000, 0, 233, true},
                                         {68, 0, 1, false},
                                         {69, 0, 1, true},
                                         {64, 0, 0, false},
                                         {65, 0, 0, true},
                                         {0, 0, 0, false},
                                         {100, 100, 0, false}})
    EXPECT_EQ(segment_stays(c.documents, c.deleted, c.written), c.stays) << c.documents << " " << c.deleted << " " << c.written;
}

// A large segment with both languages of N symbols, "A/RES/1/1" first.
UpdateInput large(uint32_t symbols) {
  UpdateInput in;
  in.segments = {{symbols * 2, {}}};
  for (uint32_t i = 0; i < symbols; ++i)
    for (uint32_t lang = 0; lang < 2; ++lang) in.live.push_back({"A/RES/1/" + std::to_string(i + 1) + (lang ? "@en" : "@zh"), {0, i * 2 + lang}});
  return in;
}

TEST(PlanUpdate, OfNothingKeepsEverything) {
  const auto plan = plan_update(large(100));
  EXPECT_TRUE(plan.groups.empty());
  ASSERT_EQ(plan.deleted.size(), 1u);
  EXPECT_EQ(plan.deleted[0], std::vector<uint32_t>{});
}

TEST(PlanUpdate, WritesBothLanguagesOfAChangedDocument) {
  auto in = large(100);
  in.fresh = {"A/RES/1/7@en"};
  const auto plan = plan_update(in);
  ASSERT_EQ(plan.groups.size(), 1u);
  EXPECT_EQ(plan.groups[0].symbol, "A/RES/1/7");
  EXPECT_EQ(plan.groups[0].fresh, std::vector<size_t>{0});
  EXPECT_EQ(plan.groups[0].carried, (std::vector<OldPlace>{{0, 12}}));  // the Chinese one as it is
  EXPECT_EQ(plan.deleted[0], (std::vector<uint32_t>{12, 13}));
}

TEST(PlanUpdate, CarriesTheOtherLanguageOfWhatIsDropped) {
  auto in = large(100);
  in.dropped = {"A/RES/1/7@zh"};
  const auto plan = plan_update(in);
  ASSERT_EQ(plan.groups.size(), 1u);
  EXPECT_TRUE(plan.groups[0].fresh.empty());
  EXPECT_EQ(plan.groups[0].carried, (std::vector<OldPlace>{{0, 13}}));
  EXPECT_EQ(plan.deleted[0], (std::vector<uint32_t>{12, 13}));
}

TEST(PlanUpdate, DropsWholeSymbolsWithoutWritingThem) {
  auto in = large(100);
  in.dropped = {"A/RES/1/7@zh", "A/RES/1/7@en"};
  const auto plan = plan_update(in);
  EXPECT_TRUE(plan.groups.empty());
  EXPECT_EQ(plan.deleted[0], (std::vector<uint32_t>{12, 13}));
}

TEST(PlanUpdate, WritesAgainWhatRecordsSayOtherwise) {
  auto in = large(100);
  in.rejoined = {"A/RES/1/1"};
  const auto plan = plan_update(in);
  ASSERT_EQ(plan.groups.size(), 1u);
  EXPECT_EQ(plan.groups[0].carried, (std::vector<OldPlace>{{0, 0}, {0, 1}}));
  EXPECT_EQ(plan.deleted[0], (std::vector<uint32_t>{0, 1}));
}

TEST(PlanUpdate, FoldsSmallSegmentsIntoTheNewOne) {
  auto in = large(100);
  in.segments.push_back({3, {1}});
  in.live.push_back({"S/RES/2(1946)@en", {1, 0}});
  in.live.push_back({"S/RES/1(1946)@en", {1, 2}});
  in.fresh = {"S/RES/3(1946)@en"};
  const auto plan = plan_update(in);
  EXPECT_TRUE(plan.deleted[0].has_value());
  EXPECT_FALSE(plan.deleted[1].has_value());
  ASSERT_EQ(plan.groups.size(), 3u);
  EXPECT_EQ(plan.groups[0].symbol, "S/RES/1(1946)");
  EXPECT_EQ(plan.groups[0].carried, (std::vector<OldPlace>{{1, 2}}));
  EXPECT_EQ(plan.groups[2].fresh, std::vector<size_t>{0});
}

TEST(PlanUpdate, KeepsOldDeletions) {
  auto in = large(100);
  in.segments[0].deleted = {5, 9};
  std::erase_if(in.live, [](const auto& d) { return d.at.second == 5 || d.at.second == 9; });
  in.dropped = {"A/RES/1/4@zh"};
  EXPECT_EQ(plan_update(in).deleted[0], (std::vector<uint32_t>{5, 6, 7, 9}));
}

}  // namespace
}  // namespace resolute::indexer
