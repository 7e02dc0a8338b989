#include "search/drafting/clause_history.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "indexer/index_writer.h"
#include "search/series.h"
#include "tests/samples.h"
#include "tests/search/sample_index.h"

namespace resolute::search {
namespace {

using test::sample_searcher;

Clause clause(const std::string& text, ParagraphKind kind = ParagraphKind::operative, const std::string& action = "") {
  return {"", "", text, kind, "", action};
}

std::string print(const std::vector<ClauseLink>& links) {
  std::string out;
  for (const auto& l : links)
    out += std::to_string(l.before) + (l.kind == ClauseLink::Kind::same ? "-" : l.kind == ClauseLink::Kind::split ? "<" : ">") + std::to_string(l.after) + " ";
  return out;
}

TEST(LinkClauses, KeepsSplitsMergesAndDrops) {
  const std::string keepers = "Invites States to pay the keepers of lights on time and in full wherever they serve",
                    oil = "and to supply them with oil before the winter storms begin";
  const std::string bells = "Requests the harbour masters to ring the bells at noon on the first day of each month",
                    other = "Notes the silence of the whales in the northern bay";
  struct Case {
    const char* name;
    std::vector<Clause> before, after;
    std::string links;
  };
  const Case cases[] = {
      {"unchanged and moved", {clause(keepers), clause(bells)}, {clause(bells), clause(keepers)}, "0-1 1-0 "},
      {"split", {clause(keepers + " " + oil)}, {clause(keepers), clause("Asks States " + oil)}, "0-0 0<1 "},
      {"merged", {clause(keepers), clause("Asks States " + oil)}, {clause(keepers + " " + oil)}, "0-0 1>0 "},
      {"dropped and appeared", {clause(bells)}, {clause(other)}, ""},
      {"nothing", {}, {clause(other)}, ""},
  };
  for (const auto& c : cases) EXPECT_EQ(print(link_clauses(c.before, c.after)), c.links) << c.name;
}

TEST(LinkClauses, TakesNoNameForAPart) {
  const std::string name = "the Convention for the Safety of Lamps and Lighthouses on Northern Shores";
  const std::string old_text =
      "Invites all States that have signed " + name + " to report to the meeting of keepers about oil and wicks before the spring tides of next year";
  const std::string new_text =
      "Invites all States that have signed it to report to the meeting of keepers about oil and wicks before the spring tides of next year";
  EXPECT_EQ(print(link_clauses({clause(old_text)}, {clause(new_text), clause("Thanks the depositary of " + name + " for its work in Hamburg")})), "0-0 ");
  // What the whole kept is no part that left it.
  EXPECT_EQ(print(link_clauses({clause(old_text)}, {clause(old_text + " and of the year after it as well, weather permitting"),
                                                    clause("Invites all States that have signed " + name + " to report")})),
            "0-0 ");
  // Two runs are more than a name.
  const std::string part = "to report to the meeting of keepers on the shores about oil and wicks before the spring tides";
  EXPECT_EQ(print(link_clauses({clause(old_text)}, {clause("Invites all States that have signed " + name), clause("Asks them " + part)})), "0-0 0<1 ");
}

TEST(LinkClauses, KnowsAClauseThatGrewALot) {
  const auto of = [](const std::string& text, const std::string& action) { return clause(text, ParagraphKind::operative, action); };
  const std::string less = "Notes that lamps need oil from the first day of winter",
                    more = less + " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25";
  EXPECT_EQ(print(link_clauses({of(less, "notes")}, {of(more, "notes")})), "0-0 ");
  EXPECT_EQ(print(link_clauses({of(more, "notes")}, {of(less, "notes")})), "0-0 ");
  EXPECT_EQ(print(link_clauses({of(less, "notes")}, {of(more, "urges")})), "");
  EXPECT_EQ(print(link_clauses({of("Notes that lamps", "notes")}, {of(more, "notes")})), "");
}

TEST(LinkClauses, WantsMoreOfAnotherAction) {
  const std::string a = "a b c d e f g h i j k l m n o p q r s t", half = "a b c d e f g h i j k 1 2 3 4 5 6 7 8 9",
                    less = "a b c d e f g h i j 0 1 2 3 4 5 6 7 8 9";
  const auto of = [](const std::string& text, const std::string& action) { return clause(text, ParagraphKind::operative, action); };
  EXPECT_EQ(print(link_clauses({of(a, "notes")}, {of(less, "notes")})), "0-0 ");
  EXPECT_EQ(print(link_clauses({of(a, "notes")}, {of(less, "")})), "0-0 ");
  EXPECT_EQ(print(link_clauses({of(a, "notes")}, {of(less, "urges")})), "");
  EXPECT_EQ(print(link_clauses({of(a, "notes")}, {of(half, "urges")})), "0-0 ");
}

TEST(LinkClauses, PrefersTheSamePlaceAmongEquals) {
  const std::string same = "Decides to remain seized of the matter of the lamps";
  EXPECT_EQ(print(link_clauses({clause(same), clause("Notes the tide"), clause(same)}, {clause(same), clause("Welcomes the wind"), clause(same)})), "0-0 2-2 ");
}

TEST(SeriesTable, FollowsATitleThroughTheSessions) {
  const auto& series = sample_searcher().series();
  const std::vector<std::string> lights = {"A/RES/91/12", "A/RES/92/15", "A/RES/93/9", "A/RES/94/21"};
  for (const auto& symbol : lights) {
    EXPECT_EQ(series.chain(symbol), lights);
    EXPECT_EQ(series.superseded_by(symbol), symbol == lights.back() ? "" : lights.back());
  }
  EXPECT_TRUE(series.chain("A/RES/999/1").empty());
  // Parts of one resolution have the same title and are no series.
  EXPECT_EQ(series.superseded_by("A/RES/92/40A"), "");
}

// Without titles, as the Security Council's: what renews a text takes its place, what only cites it does not.
TEST(SeriesTable, SaysWhatIsSurelySuperseded) {
  const test::TemporaryFolder folder;
  const std::string mandate =
      "Decides to extend the mandate of the Mission of the Keepers on the Northern Shore and asks all parties to let its boats pass at every hour of the day "
      "and of the night, "
      "to keep the lamps supplied with oil and wicks, and to report each month what was burnt, what was lost and who stood watch;";
  const std::string appeal =
      "Deplores the breaking of the lamp at the old harbour, recalls the duty of all to look after the lights under resolution 3801 (2030), and bids those who "
      "broke it to come forward;";
  const std::string founding = appeal + " " + mandate +
                               " Asks every State to make laws against the breaking of lamps, to bring to court whoever breaks one, to keep a list of keepers "
                               "and of their families, to pay for "
                               "the schooling of their children, to teach the reading of charts in every harbour school, to hold a day of the lights in the "
                               "last week of winter, and to tell the Council what was done;";
  std::string lines;
  const auto add = [&](const std::string& symbol, const std::string& date, const std::string& text) {
    lines += nlohmann::json({{"symbol", symbol},
                             {"lang", "en"},
                             {"date", date},
                             {"type", "resolution"},
                             {"body", "SC"},
                             {"paragraphs", {{{"kind", "operative"}, {"text", text}}}}})
                 .dump() +
             "\n";
  };
  add("S/RES/3801(2030)", "2030-02-01", founding);
  add("S/RES/3811(2031)", "2031-02-01", "Recalling resolution 3801 (2030), " + appeal);
  add("S/RES/3820(2032)", "2032-02-01", "Welcomes the keepers. " + mandate);
  add("S/RES/3830(2033)", "2033-02-01", "Recalling resolution 3820 (2032), " + mandate);
  test::spill(folder / "series.jsonl", lines);
  indexer::IndexOptions o;
  o.index = folder / "index";
  o.paths = {folder / "series.jsonl"};
  indexer::index_files(o);
  const auto g = Generation::open(o.index);
  const SeriesTable series(*g);
  EXPECT_EQ(series.chain("S/RES/3801(2030)"), (std::vector<std::string>{"S/RES/3801(2030)", "S/RES/3811(2031)"}));
  EXPECT_EQ(series.superseded_by("S/RES/3801(2030)"), "");
  EXPECT_EQ(series.superseded_by("S/RES/3820(2032)"), "S/RES/3830(2033)");
  EXPECT_EQ(series.superseded_by("S/RES/3830(2033)"), "");
}

TEST(ClauseHistory, GoesFromTheFirstToTheLast) {
  for (const Language lang : {Language::zh, Language::en}) {
    const auto table = clause_table(sample_searcher(), "A/RES/93/9", lang);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->series.size(), 4u);
    for (const auto& row : table->rows) {
      bool begun = false, ended = false;
      for (size_t d = 0; d < row.size(); ++d) {
        if (!row[d]) continue;
        EXPECT_FALSE(ended);
        const bool first = row[d]->event == ClauseEvent::appeared || row[d]->event == ClauseEvent::split;
        EXPECT_EQ(first, !begun);
        begun = true;
        ended = row[d]->event == ClauseEvent::dropped || row[d]->event == ClauseEvent::merged;
        if (ended) continue;
        const auto history = clause_history(sample_searcher(), table->series[d].symbol, lang, row[d]->clause.fragment);
        ASSERT_TRUE(history);
        bool here = false;
        for (const auto& state : history->states) {
          for (const auto& c : state.clauses) here = here || (state.document == d && c.fragment == row[d]->clause.fragment);
          std::string before, after;
          for (const auto& part : state.diff) {
            if (part.op != text::DiffOp::insert) before += part.text;
            if (part.op != text::DiffOp::remove) after += part.text;
          }
          std::string now;
          for (const auto& c : state.clauses) now += (now.empty() ? "" : "\n") + c.text;
          EXPECT_TRUE(state.diff.empty() || after == now) << after;
        }
        EXPECT_TRUE(here) << row[d]->clause.fragment;
      }
    }
  }
}

TEST(ClauseHistory, HasNoneOfWhatIsNotThere) {
  EXPECT_FALSE(clause_history(sample_searcher(), "A/RES/93/9", Language::en, "op999"));
  EXPECT_FALSE(clause_history(sample_searcher(), "A/RES/999/9", Language::en, "op1"));
  EXPECT_FALSE(clause_table(sample_searcher(), "A/RES/999/9", Language::en));
}

}  // namespace
}  // namespace resolute::search
