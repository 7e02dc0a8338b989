#include "search/drafting/citation_check.h"

#include <gtest/gtest.h>

#include <fstream>

#include "schemas/document.h"
#include "tests/search/sample_index.h"

namespace resolute::search {
namespace {

using test::sample_searcher;

struct Draft {
  std::string name, text;
  std::vector<std::pair<std::string, std::string>> expected;  // status, reference
};

std::vector<Draft> drafts() {
  std::vector<Draft> out;
  std::ifstream in(std::string(RESOLUTE_SOURCE) + "/tests/search/drafts.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#")) continue;
    if (line.starts_with("== ")) {
      out.push_back({line.substr(3), "", {}});
    } else if (line.starts_with("> ")) {
      const size_t space = line.find(' ', 2);
      out.back().expected.emplace_back(line.substr(2, space - 2), line.substr(space + 1));
    } else {
      out.back().text += line + "\n";
    }
  }
  return out;
}

// All faults named, no correct reference accused.
TEST(CheckCitations, NamesEveryFaultOfTheDrafts) {
  const auto all = drafts();
  EXPECT_EQ(all.size(), 40u);
  for (const auto& draft : all) {
    const auto checked = check_citations(sample_searcher(), draft.text, *parse_date("2040-12-31"));
    EXPECT_EQ(checked.size(), draft.expected.size()) << draft.name;
    for (size_t i = 0; i < checked.size() && i < draft.expected.size(); ++i) {
      const auto& [status, reference] = draft.expected[i];
      EXPECT_EQ(print_status(checked[i].status), status) << draft.name << ": " << reference << ": " << checked[i].symbol << ": " << checked[i].detail;
      const size_t at = draft.text.find(reference);
      EXPECT_GE(checked[i].span.begin, at) << draft.name << ": " << reference;
      EXPECT_LE(checked[i].span.end, at + reference.size()) << draft.name << ": " << reference;
      EXPECT_EQ(checked[i].detail.empty(), status == "known");
    }
  }
}

TEST(CheckCitations, TakesTheNewestOfASeriesInTheDraftAsKnowingIt) {
  const auto status = [](const std::string& draft) { return std::string(print_status(check_citations(sample_searcher(), draft, 0).at(0).status)); };
  EXPECT_EQ(status("Recalling resolution 91/12"), "newer-in-series");
  EXPECT_EQ(status("Recalling resolution 91/12 and resolution 94/21"), "known");
}

struct CheckCase {
  const char *draft, *statuses;
};

void expect(const std::vector<CheckCase>& cases) {
  for (const auto& c : cases) {
    std::string got;
    for (const auto& found : check_citations(sample_searcher(), c.draft, *parse_date("2040-12-31")))
      got += std::string(got.empty() ? "" : " ") + print_status(found.status);
    EXPECT_EQ(got, c.statuses) << c.draft;
  }
}

TEST(CheckCitations, ReadsTheDateInEveryForm) {
  expect({
      {"resolution 95/101 of 11 December 2040", "known"},
      {"resolution 95/101 of 12 December 2040", "inconsistent"},
      {"resolution 95/101 of December 11, 2040", "known"},
      {"resolution 95/101 of December 12, 2040", "inconsistent"},
      {"resolution 95/101 of December 2040", "known"},
      {"resolution 95/101 of October 2040", "inconsistent"},
      {"resolution 95/101 (11 December 2040)", "known"},
      {"resolution 95/101 (1 December 2040)", "inconsistent"},
      {"resolution 95/101, adopted on 11 December 2040", "known"},
      {"resolution 95/101, adopted by the General Assembly on 1 December 2040", "inconsistent"},
      {"resolution 95/101 of 31 February 2040", "inconsistent"},
      {"the presidential statement of 30 January 2038 (S/PRST/2038/2)", "known"},
      {"the presidential statement of 31 January 2038 (S/PRST/2038/2)", "inconsistent"},
      {"2038年1月30日主席声明(S/PRST/2038/2)", "known"},
      {"2038年1月31日主席声明(S/PRST/2038/2)", "inconsistent"},
      {"第95/101号决议(2040年12月1日)", "inconsistent"},
      {"注意到2040年12月1日第95/101号决议", "inconsistent"},
      {"2040年12月1日关于月光的第95/101号决议", "inconsistent"},
      {"任期延长至2041年3月17日的第3901(2036)号决议", "known"},
      // Another paragraph's date, another reference's.
      {"2019年12月18日\n\n第95/101号决议", "known"},
      {"resolutions 3901 (2036) of 14 March 2036 and 95/101", "known known"},
  });
}

TEST(CheckCitations, KnowsWhenOrgansMeet) {
  expect({
      {"resolution 90/288 of 8 September 2036", "not-held"},  // a session ends in September
      {"resolution 90/288 of 8 November 2036", "inconsistent"},
      {"2036年9月8日第90/288号决议", "not-held"},
      {"resolutions 95/101 of 11 December 2040 and 94/47 of 6 December 2036", "known inconsistent"},
      {"Economic and Social Council decision 2033/302 of 31 October 2032", "not-held"},
      {"Economic and Social Council decision 2033/302 of 31 October 2031", "inconsistent"},
      {"See CD/1999 and CD/2067; A/5700, A/5497/Add.1", "not-held not-held not-held not-held"},
  });
}

TEST(CheckCitations, AccusesNoOtherOrgansNumbers) {
  expect({
      {"UNEA resolution 5/14 of 2 March 2022", ""},
      {"Commission on Human Rights resolution 2005/80", ""},
      {"人权委员会第2005/80号决议", ""},
      {"Commission on Crime Prevention and Criminal Justice resolution 31/1 of 20 May 2022", ""},
      {"World Health Assembly resolution 75.17 of 28 May 2022", ""},
      {"Report of the Conference, chap. I, resolution 1, annex", ""},
      {"委员会关于水的第15(2002)号一般性意见", ""},
      {"resolution 32/1 of 27 May 2033", "ambiguous"},
      {"resolution 5/14 of 2 March 2022", "ambiguous"},
      {"General Assembly resolution 5/14", "impossible"},
      {"General Assembly resolution 3901 (2036)", "inconsistent"},
      {"Security Council resolution 95/101", "inconsistent"},
      {"大会第3901(2036)号决议", "inconsistent"},
      {"安全理事会2040年12月11日第95/101号决议", "inconsistent"},
      {"UNSCR 3901 (2036), res. 3901 (2036), S/RES/3901, resolution3901(2036)", "known known known known"},
      {"resolution 3901 (2036); in resolution 3901 the Council", "known known"},
      {"resolution 3901 of 14 March 2036", "known"},
      {"S/RES/9901", "impossible"},
      {"General Assembly resolution 95/1011", "impossible"},
      {"大会第95/1011号决议", "impossible"},
      {"resolution 5/2031", ""},  // a year, as other organs number
  });
}

TEST(CheckCitations, ReadsTheTitleThatIsTheDocumentsOwn) {
  expect({
      {"resolution 92/140, entitled “Night trains and the dignity of those who work and travel in them”", "known"},
      {"resolution 92/140 (entitled “Harvest of moonlight”)", "inconsistent"},
      // The next one's title.
      {"回顾第92/140号决议，以及题为“收获月光”的第95/999号决议", "known impossible"},
      {"resolution 92/140, and resolution 95/30 entitled “Night trains”", "known inconsistent"},
  });
}

TEST(CheckCitations, GivesCandidatesAndSuccessors) {
  auto checked = check_citations(sample_searcher(), "Recalling resolution 3902 (2037), resolution 92/40 and A/RES/91/12", 0);
  ASSERT_EQ(checked.size(), 3u);
  EXPECT_EQ(checked[0].candidates, std::vector<std::string>{"S/RES/3902(2036)"});
  EXPECT_EQ(checked[1].candidates, (std::vector<std::string>{"A/RES/92/40A", "A/RES/92/40B"}));
  EXPECT_EQ(checked[2].newer, "A/RES/94/21");
}

TEST(CheckCitations, ReadsDatesOfAnySpelling) {
  // Resolution 91/12 is of 4 December 2036.
  for (const char* of : {" dated 5 December 2036", " of 5 December, 2036", " adopted December 5, 2036", " of 5th December 2036", " of 5th of December 2036",
                         " of 5 Dec. 2036", " (5 December 2036)", ", adopted on 5 December 2036", " of 2036-12-05", " of 5.12.2036",
                         " adopted by consensus on 5 Dec 2036", " (adopted 5 December 2036)", ", 5 December 2036"}) {
    const std::string draft = "resolution 91/12" + std::string(of);
    expect({{draft.c_str(), "inconsistent"}});
  }
  expect({
      {"resolution 91/12 dated 4 December 2036", "newer-in-series"},
      {"it adopted resolution 91/12 on 5 December 2036", "inconsistent"},
      {"二○三六年十二月五日第91/12号决议", "inconsistent"},
      {"二〇三六年十二月四日第91/12号决议", "newer-in-series"},
      {"二零三六年十二月初五", ""},
      {"於2036年12月5日通過的第91/12號決議", "inconsistent"},
      {"於2036年12月4日通過的第91/12號決議", "newer-in-series"},
      {"第91/12号决议（2036年12月5日）", "inconsistent"},
      {"resolution 91/12, December 2039 being the end of its term", "newer-in-series"},
  });
}

TEST(CheckCitations, KnowsPartsByThemselves) {
  const auto symbols = [](const char* draft) {
    std::string out;
    for (const auto& c : check_citations(sample_searcher(), draft, *parse_date("2040-12-31"))) out += c.symbol + " " + print_status(c.status) + "; ";
    return out;
  };
  EXPECT_EQ(symbols("resolutions 92/40 A and B"), "A/RES/92/40A known; A/RES/92/40B known; ");
  EXPECT_EQ(symbols("第92/40 A和B号决议"), "A/RES/92/40A known; A/RES/92/40B known; ");
  EXPECT_EQ(symbols("resolution 92/40 A to C"), "A/RES/92/40A known; A/RES/92/40B known; A/RES/92/40C not-held; ");
  EXPECT_EQ(symbols("resolution 94/21 A"), "A/RES/94/21 known; ");  // undivided
}

TEST(CheckCitations, PassesOverNoMemberOfARange) {
  const auto symbols = [](const char* draft) {
    std::string out;
    for (const auto& c : check_citations(sample_searcher(), draft, *parse_date("2040-12-31"))) out += c.symbol + "; ";
    return out;
  };
  struct Range {
    const char *draft, *symbols;
  };
  for (const auto& c : {Range{"resolutions 91/12 to 91/14", "A/RES/91/12; A/RES/91/13; A/RES/91/14; "},
                        {"resolutions 91/12 through 91/14 and 92/1", "A/RES/91/12; A/RES/91/13; A/RES/91/14; A/RES/92/1; "},
                        {"A/RES/91/12 to A/RES/91/14", "A/RES/91/12; A/RES/91/13; A/RES/91/14; "},
                        {"resolutions 3100 (2036) to 3102 (2036)", "S/RES/3100(2036); S/RES/3101(2036); S/RES/3102(2036); "},
                        {"Security Council resolutions 3110 to 3112", "S/RES/3110; S/RES/3111; S/RES/3112; "},
                        {"第91/12号至第91/14号决议", "A/RES/91/12; A/RES/91/13; A/RES/91/14; "},
                        {"resolutions 91/12 and 91/14", "A/RES/91/12; A/RES/91/14; "},
                        {"resolutions 92/1 to 91/14", "A/RES/92/1; A/RES/91/14; "},
                        {"from resolution 91/12 to 500 lamps", "A/RES/91/12; "},
                        {"resolutions 91/1 to 91/999", "A/RES/91/1; A/RES/91/999; "}})
    EXPECT_EQ(symbols(c.draft), c.symbols) << c.draft;
}

TEST(CheckCitations, SeesNumbersOfFiveDigits) {
  for (const char* draft : {"resolution 31250 (2036)", "Security Council resolution 31250", "S/RES/31250 (2036)", "S/RES/31250", "UNSCR 31250",
                            "安全理事会第31250(2036)号决议", "安全理事会第31250号决议"}) {
    const auto checked = check_citations(sample_searcher(), draft, *parse_date("2040-12-31"));
    ASSERT_EQ(checked.size(), 1u) << draft;
    EXPECT_EQ(print_status(checked[0].status), std::string("impossible")) << draft;
  }
}

TEST(CheckCitations, SaysWhereToFindWhatIsNotHeld) {
  const auto checked = check_citations(sample_searcher(), "Recalling resolution 60/288", 0);
  ASSERT_EQ(checked.size(), 1u);
  EXPECT_EQ(print_status(checked[0].status), std::string("not-held"));
  EXPECT_EQ(checked[0].address, "https://docs.un.org/A/RES/60/288");
  EXPECT_TRUE(checked[0].candidates.empty());
}

TEST(CheckCitations, TakesAnyText) {
  for (const std::string text :
       {"", "\n\n", "resolution", "resolution ", "第", "第1", "第1号", "resolution 1(", "resolution 1/", "resolutions 99999999999", "\xFF\xFE resolution 12",
        "of 31 February 2036", "A/RES/91/12 of 1", "A/RES/91/12, entitled “", "题为“的第91/12号决议", "resolution 91/12 of 4 December 2036"})
    for (const auto& c : check_citations(sample_searcher(), text, 0)) EXPECT_LE(c.span.end, text.size());
}

}  // namespace
}  // namespace resolute::search
