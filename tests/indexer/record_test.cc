// Library records and tables: what they say, and how it joins documents.
#include "indexer/readers/record.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "indexer/index_writer.h"
#include "indexer/readers/reader.h"
#include "schemas/document_json.h"
#include "search/generation.h"
#include "tests/samples.h"

namespace resolute::indexer {
namespace {

using test::sample;
using test::slurp;
using test::spill;
using test::TemporaryFolder;

std::string shown(const Vote& v) {
  std::string out = v.outcome ? print_outcome(*v.outcome) : "";
  if (v.yes) out += " " + std::to_string(*v.yes) + "-" + std::to_string(v.no.value_or(0)) + "-" + std::to_string(v.abstain.value_or(0));
  return out;
}

TEST(FindVote, ReadsWaysOfWritingAVote) {
  struct Case {
    const char* text;
    Body body;
    const char* vote;
  };
  for (const auto& c : std::vector<Case>{
           {"adopted unanimously", Body::sc, "unanimous"},
           {"15-0-0", Body::sc, "unanimous 15-0-0"},
           {"15-0-0", Body::ga, "recorded 15-0-0"},
           {"9-0-2", Body::sc, "recorded 9-0-2"},
           {"Adopted 130-2-48, 66th plenary meeting", Body::ga, "recorded 130-2-48"},
           {"Adopted without vote, 55th plenary meeting", Body::ga, "without-vote"},
           {"Without a vote", Body::sc, "without-vote"},
           {"adopted by consensus", Body::sc, "without-vote"},
           {"adopted by acclamation", Body::ga, "acclamation"},
           {"not adopted 2-0-9", Body::sc, "not-adopted 2-0-9"},
           {"vetoed by Utopia 10-1-0", Body::sc, "not-adopted 10-1-0"},
           {"一致通过", Body::sc, "unanimous"},
           {"未经表决通过", Body::ga, "without-vote"},
           {"１４-０-１", Body::sc, "recorded 14-0-1"},
           // Not votes.
           {"", Body::sc, ""},
           {"and", Body::sc, ""},
           {"2038-03-11", Body::sc, ""},
           {"S/2038/12-0-1", Body::sc, ""},
           {"1-2", Body::sc, ""},
           {"1-2-3-4", Body::sc, ""},
           {"9999-0-0", Body::sc, ""},
       })
    EXPECT_EQ(shown(find_vote(c.text, c.body)), c.vote) << c.text;
}

std::string marc_file(const std::string& fields) { return "<record xmlns=\"http://www.loc.gov/MARC21/slim\">" + fields + "</record>"; }
std::string field(const std::string& tag, const std::string& a, const std::string& more = "", const std::string& ind1 = " ") {
  return "<datafield tag=\"" + tag + "\" ind1=\"" + ind1 + "\" ind2=\" \"><subfield code=\"a\">" + a + "</subfield>" + more + "</datafield>";
}
std::string subfield(const std::string& code, const std::string& s) { return "<subfield code=\"" + code + "\">" + s + "</subfield>"; }

TEST(ReadMarcxml, ReadsTheSample) {
  const auto bytes = slurp(sample("records/library.xml"));
  EXPECT_EQ(detect_format(bytes), Format::marcxml);
  const auto r = read_marcxml("x", bytes);
  EXPECT_TRUE(r.rejections.empty());
  ASSERT_EQ(r.records.size(), 2u);
  const auto& first = r.records[0];
  EXPECT_EQ(first.symbol, "A/RES/93/61");
  EXPECT_EQ(first.trust, Trust::library);
  EXPECT_EQ(first.lang, Language::en);
  EXPECT_EQ(first.data.title, "Roofs for migratory swifts");
  EXPECT_EQ(first.data.date, "2038-12-09");
  EXPECT_EQ(first.data.session, "93");
  EXPECT_EQ(first.data.meeting, "55");
  EXPECT_EQ(first.data.agenda, std::vector<std::string>{"20(g)"});
  EXPECT_EQ(first.data.subjects, (std::vector<std::string>{"MIGRATORY BIRDS", "WETLANDS"}));
  EXPECT_EQ(first.data.drafts, std::vector<std::string>{"A/C.2/93/L.17/Rev.1"});
  EXPECT_EQ(shown(first.data.vote), "without-vote");
  EXPECT_EQ(r.records[1].data.subjects, std::vector<std::string>{"BUDGETS--LIGHTHOUSES"});
}

TEST(ReadMarcxml, ReadsPrefixedRecordsAndVotes) {
  const std::string bytes =
      "<?xml version=\"1.0\"?><m:collection xmlns:m=\"http://www.loc.gov/MARC21/slim\"><m:record>"
      "<m:datafield tag=\"791\"><m:subfield code=\"a\">A/RES/93/17</m:subfield></m:datafield>"
      "<m:datafield tag=\"269\"><m:subfield code=\"a\">2038-11-28</m:subfield></m:datafield>"
      "<m:datafield tag=\"952\"><m:subfield code=\"a\">A/93/PV.47</m:subfield></m:datafield>"
      "<m:datafield tag=\"996\"><m:subfield code=\"b\">155</m:subfield><m:subfield code=\"c\">2</m:subfield><m:subfield code=\"d\">5</m:subfield></m:datafield>"
      "<m:datafield tag=\"967\"><m:subfield code=\"c\">FRA</m:subfield><m:subfield code=\"d\">Y</m:subfield></m:datafield>"
      "<m:datafield tag=\"967\"><m:subfield code=\"c\">TUR</m:subfield><m:subfield code=\"d\">A</m:subfield></m:datafield>"
      "<m:datafield tag=\"967\"><m:subfield code=\"c\">CHN</m:subfield><m:subfield code=\"d\">X</m:subfield></m:datafield>"
      "</m:record></m:collection>";
  ASSERT_EQ(detect_format(bytes), Format::marcxml);
  const auto r = read_marcxml("x", bytes);
  ASSERT_EQ(r.records.size(), 1u);
  const auto& d = r.records[0].data;
  EXPECT_EQ(d.date, "2038-11-28");  // of the vote
  EXPECT_EQ(d.meeting, "47");
  EXPECT_EQ(shown(d.vote), "recorded 155-2-5");
  EXPECT_EQ(d.vote.voters, (std::map<std::string, std::string>{{"FRA", "yes"}, {"TUR", "abstain"}}));
}

TEST(ReadMarcxml, TellsAResolutionItsDraft) {
  const auto r = read_marcxml(
      "x", marc_file(field("191", "A/C.3/93/L.5") + field("993", "A/RES/93/140", "", "1") + field("981", "General Assembly", subfield("b", "3rd Committee"))));
  ASSERT_EQ(r.records.size(), 2u);
  EXPECT_EQ(r.records[0].symbol, "A/C.3/93/L.5");
  EXPECT_EQ(r.records[0].data.committee, std::vector<std::string>{"C3"});
  EXPECT_EQ(r.records[1].symbol, "A/RES/93/140");
  EXPECT_EQ(r.records[1].data.drafts, std::vector<std::string>{"A/C.3/93/L.5"});
  EXPECT_TRUE(r.records[1].data.subjects.empty());
}

TEST(ReadMarcxml, ABrokenStartTagTakesNoOtherRecordWithIt) {
  std::string file = "<collection xmlns=\"http://www.loc.gov/MARC21/slim\">";
  for (const char* symbol : {"A/RES/93/1", "A/RES/93/2", "A/RES/93/3"})
    file += marc_file(field("191", symbol) + field("245", symbol[9] == '1' ? "Keepers <5 years and <b x" : "A map"));
  const auto r = read_marcxml("x", file + "</collection>");
  EXPECT_EQ(r.records.size(), 3u);
  ASSERT_EQ(r.rejections.size(), 1u);
  EXPECT_EQ(r.rejections[0].reason, "malformed");
}

TEST(ReadMarcxml, RejectsWithAReason) {
  struct Case {
    std::string bytes;
    size_t records;
    const char *reason, *location;
  };
  const std::string open = "<collection xmlns=\"http://www.loc.gov/MARC21/slim\">", good = marc_file(field("191", "A/RES/93/1"));
  std::string deep = open;
  for (int i = 0; i < 2000; ++i) deep += "<record>";
  for (const auto& c : std::vector<Case>{
           {open + good + marc_file(field("245", "A map")) + "</collection>", 1, "no-symbol", "record 2"},
           {marc_file("<controlfield tag=\"001\">77</controlfield>" + field("191", "a map")), 0, "no-symbol", "record 1 (77)"},
           {open + "</collection>", 0, "empty", ""},
           {open + good + "<record><datafield", 1, "malformed", "line 1"},
           {"<!DOCTYPE r [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]>" + open + "&c;&d;</collection>", 0, "entities", "line 1"},
           {deep, 0, "nested-too-deep", "line 1"},
       }) {
    const auto r = read_marcxml("x", c.bytes);
    EXPECT_EQ(r.records.size(), c.records) << c.bytes.substr(0, 300);
    ASSERT_FALSE(r.rejections.empty()) << c.bytes.substr(0, 300);
    EXPECT_EQ(r.rejections[0].reason, c.reason) << c.bytes.substr(0, 300);
    EXPECT_EQ(r.rejections[0].location, c.location) << c.bytes.substr(0, 300);
  }
}

TEST(ReadTable, ReadsTheSample) {
  const auto bytes = slurp(sample("records/meetings.tsv"));
  EXPECT_EQ(detect_format(bytes), Format::table);
  const auto r = read_table("x", bytes);
  EXPECT_TRUE(r.rejections.empty());
  ASSERT_EQ(r.records.size(), 5u);
  EXPECT_EQ(r.records[2].symbol, "S/RES/3910(2038)");
  EXPECT_EQ(r.records[2].trust, Trust::table);
  EXPECT_EQ(r.records[2].data.date, "2038-03-11");
  EXPECT_EQ(r.records[2].data.meeting, "10231");
  EXPECT_EQ(r.records[2].data.agenda, std::vector<std::string>{"The situation in Port Meridian"});
  EXPECT_EQ(shown(r.records[2].data.vote), "recorded 14-0-1");
}

TEST(ReadTable, TakesDashesForNothing) {
  const auto r = read_table("x", "symbol\tdate\ttopic\nS/RES/3910(2038)\t2038-03-11\t--\nS/RES/3911(2038)\t-\tLamps\n");
  EXPECT_TRUE(r.rejections.empty());
  ASSERT_EQ(r.records.size(), 2u);
  EXPECT_TRUE(r.records[0].data.agenda.empty());
  EXPECT_TRUE(r.records[0].data.title.empty());
  EXPECT_EQ(r.records[1].data.date, "");
}

TEST(ReadTable, TakesCommasQuotesAndOtherHeads) {
  struct Case {
    const char* name;
    std::string bytes;
    const char *symbol, *date, *meeting, *agenda, *vote;
  };
  for (const auto& c : std::vector<Case>{
           {"commas and quotes", "Symbol,Date of adoption,Topic\n\"S/RES/3902 (2036)\",28 April 2036,\"Ships, \"\"lights\"\" and\nropes\"\n",
            "S/RES/3902(2036)", "2036-04-28", "", "Ships, \"lights\" and ropes", ""},
           {"semicolons and a mark",
            "\xEF\xBB\xBF"
            "resolution;in favour;against;abstentions\r\ns/res/3910(2038);14;0;1\r\n",
            "S/RES/3910(2038)", "", "", "", "recorded 14-0-1"},
           {"Chinese heads", "文号\t日期\t议题\t表决\nS/RES/3902(2036)\t2036年4月28日\t子午线港局势\t一致通过\n", "S/RES/3902(2036)", "2036-04-28", "",
            "子午线港局势", "unanimous"},
           {"a vote with more after", "symbol\tvote\nS/RES/50 (1948)\t8-0-3 Draft resolution S/841 not adopted 2-0-9\n", "S/RES/50(1948)", "", "", "",
            "recorded 8-0-3"},
           {"a quote that is a letter", "symbol\ttopic\nS/RES/3902(2036)\t\"Lights\" and ropes\n", "S/RES/3902(2036)", "", "", "\"Lights\" and ropes", ""},
           {"line ends in quotes of a TSV", "symbol\ttopic\tdate\nS/RES/3902(2036)\t\"Lights\nsecond \"\"line\"\"\"\t28 April 2036\n", "S/RES/3902(2036)",
            "2036-04-28", "", "Lights second \"line\"", ""},
           {"line ends in quotes of a TSV with CRLF", "symbol\ttopic\r\nS/RES/3902(2036)\t\"Lights\r\nropes\"\r\n", "S/RES/3902(2036)", "", "", "Lights ropes",
            ""},
           {"a resumed meeting", "symbol\tmeeting\nS/RES/3902(2036)\tS/PV.9890 (Resumption 1)+Corr.1\n", "S/RES/3902(2036)", "", "9890", "", ""},
       }) {
    ASSERT_EQ(detect_format(c.bytes), Format::table) << c.name;
    const auto r = read_table("x", c.bytes);
    EXPECT_TRUE(r.rejections.empty()) << c.name;
    ASSERT_EQ(r.records.size(), 1u) << c.name;
    const auto& d = r.records[0].data;
    EXPECT_EQ(r.records[0].symbol, c.symbol) << c.name;
    EXPECT_EQ(d.date, c.date) << c.name;
    EXPECT_EQ(d.meeting, c.meeting) << c.name;
    EXPECT_EQ(d.agenda, *c.agenda ? std::vector<std::string>{c.agenda} : std::vector<std::string>{}) << c.name;
    EXPECT_EQ(shown(d.vote), c.vote) << c.name;
  }
}

TEST(ReadTable, FindsWhatAMeetingDecided) {
  const auto r = read_table("x",
                            "year\tmeeting\tdate\ttopic\toutcome\n"
                            "2038\tS/PV.10231\t11 March\tPort Meridian\tS/RES/3910 (2038) 14-0-1 S/PRST/2038/2\n"
                            "2038\tS/PV.10232\t2 Sept.\tPort Meridian\tDraft resolution S/2038/412 not adopted 2-0-9\n"
                            "2038\tS/PV.10233\t3 Sep.\tPort Meridian\tS/20991 (PRST)\n"
                            "2038\tS/PV.10234\t4 May\tPort Meridian\t--\n"
                            "2038\tS/PV.10235\t5 May\tPort Meridian\tLetter (S/2038/11)\n");
  EXPECT_TRUE(r.rejections.empty());
  std::vector<std::string> all;
  for (const auto& x : r.records) all.push_back(x.symbol + " " + x.data.date + " " + x.data.meeting + " " + shown(x.data.vote));
  EXPECT_EQ(all, (std::vector<std::string>{"S/RES/3910(2038) 2038-03-11 10231 recorded 14-0-1", "S/PRST/2038/2 2038-03-11 10231 ",
                                           "S/2038/412 2038-09-02 10232 not-adopted 2-0-9", "S/20991 2038-09-03 10233 "}));
}

TEST(ReadTable, NamesTheLineOfWhatItCannotRead) {
  const auto r = read_table("x",
                            "symbol\tdate\tmeeting\tvote\n"
                            "S/RES/3902(2036)\t31 Smarch\tS/PV.1\t15-0-0\n"
                            "no symbol\t2036-04-28\t\t\n"
                            "\t2036-04-28\t\t\n"
                            "S/RES/3905(2037)\t\tnowhere\tand\n"
                            "S/RES/3910(2038)\t\t\t\t\textra\n"
                            "\n");
  ASSERT_EQ(r.records.size(), 2u);
  EXPECT_EQ(r.records[0].data.meeting, "1");  // a bad value costs only itself
  std::vector<std::string> where;
  for (const auto& x : r.rejections) where.push_back(x.reason + " " + x.location);
  EXPECT_EQ(where,
            (std::vector<std::string>{"malformed line 2", "malformed line 3", "malformed line 4", "malformed line 5", "malformed line 5", "malformed line 6"}));
}

TEST(DetectFormat, LeavesOtherTablesAlone) {
  for (const char* bytes : {"en\tfr\nrope\tcorde\n", "a,b,c\n1,2,3\n", "date\ttopic\n2036-01-01\tropes\n", "symbol\nS/RES/1(1946)\n"}) {
    EXPECT_NE(detect_format(bytes), Format::table) << bytes;
    EXPECT_FALSE(why_ignored(bytes).empty());
  }
  EXPECT_EQ(why_ignored("en\tfr\nrope\tcorde\n"), "a table without the columns that are joined: en, fr");
}

Document document(const char* format) {
  Document d;
  d.identifier = "S/RES/3910(2038)";
  d.format = format;
  d.body = Body::sc;
  return d;
}

TEST(Join, FollowsTheOrderOfTrust) {
  Record table{Trust::table, "S/RES/3910(2038)", Language::en, {}}, library{Trust::library, "S/RES/3910(2038)", Language::en, {}};
  table.data.date = "2038-03-12";
  table.data.title = "The situation in Port Meridian";
  table.data.vote = find_vote("14-0-1", Body::sc);
  library.data.date = "2038-03-13";
  library.data.subjects = {"ROPES", "LIGHTS"};
  library.data.vote = find_vote("Adopted unanimously", Body::sc);
  for (const bool flip : {false, true}) {
    const auto both = flip ? std::vector<const Record*>{&table, &library} : std::vector<const Record*>{&library, &table};
    Document text = document("text"), akn = document("akn"), bare = document("pdf");
    text.date = akn.date = "2038-03-11";
    text.subjects = {"LIGHTS"};
    text.title = "Its own";
    join(text, both);
    EXPECT_EQ(text.date, "2038-03-13");
    EXPECT_EQ(text.subjects, (std::vector<std::string>{"LIGHTS", "ROPES"}));
    EXPECT_EQ(text.title, "Its own");
    ASSERT_EQ(text.warnings.size(), 2u);
    EXPECT_EQ(say(text.warnings[0]), "date: the library record says 2038-03-13, the text 2038-03-11; the former is taken");
    EXPECT_EQ(say(text.warnings[1]), "date: the library record says 2038-03-13, the table 2038-03-12; the former is taken");
    join(akn, both);
    EXPECT_EQ(akn.date, "2038-03-11");
    EXPECT_EQ(akn.warnings.size(), 2u);
    join(bare, both);
    EXPECT_EQ(bare.date, "2038-03-13");
    EXPECT_EQ(bare.title, "The situation in Port Meridian");
    EXPECT_EQ(shown(bare.vote), "unanimous");
  }
  Document zh = document("text");
  zh.lang = Language::zh;
  join(zh, {&table});
  EXPECT_EQ(zh.title, "");  // of another language
  EXPECT_EQ(zh.date, "2038-03-12");
  EXPECT_TRUE(zh.warnings.empty());
}

TEST(Join, CanBeTakenBack) {
  Record r{Trust::library, "S/RES/3910(2038)", Language::en, {}};
  r.data = {"T", "2038-01-01", "9", "8", {"1"}, {"C1"}, {"S"}, {"D"}, find_vote("14-0-1", Body::sc), {}};
  r.data.vote.voters = {{"FRA", "yes"}};
  EXPECT_EQ(print_record(parse_record(print_record(r))), print_record(r));
  Document d = document("text");
  d.date = "2038-03-11";
  d.warnings = {{WarningCode::other, {"own"}}};
  const auto before = print_document(d).dump();
  const auto own = metadata_of(d);
  join(d, {&r});
  EXPECT_NE(print_document(d).dump(), before);
  restore(d, parse_metadata(print_metadata(own)));
  EXPECT_EQ(print_document(d).dump(), before);
}

// ---- in the index, over several runs --------------------------------------------------

std::string text_line(const std::string& symbol) {
  return nlohmann::json({{"symbol", symbol}, {"lang", "en"}, {"text", "Decides to light the lamps of " + symbol}}).dump() + "\n";
}

class JoiningIndex : public testing::Test {
 protected:
  IndexReport index(std::vector<std::string> names, Prune prune = Prune::no) {
    IndexOptions o;
    o.index = folder_ / "index";
    for (const auto& n : names) o.paths.push_back(folder_ / n);
    o.jobs = 2;
    o.prune = prune;
    auto r = index_files(o);
    EXPECT_EQ(r.files, r.added + r.replaced + r.unchanged + r.joined + r.duplicate + r.ignored + r.rejected);
    return r;
  }
  std::string subjects(const std::string& identifier) {
    const auto g = search::Generation::open(folder_ / "index");
    std::string out = "(none)";
    for (const auto& s : g->segments())
      for (const DocumentId d : s->all_documents()) {
        if (s->deleted(d) || s->document(d).identifier != identifier) continue;
        out.clear();
        for (const auto& x : s->document(d).subjects) out += (out.empty() ? "" : ", ") + x;
      }
    return out;
  }
  void record(const std::string& file, const std::string& symbol, const std::string& subject) {
    spill(folder_ / file, marc_file(field("191", symbol) + field("650", subject)));
  }
  TemporaryFolder folder_;
};

TEST_F(JoiningIndex, JoinsWhicheverComesFirst) {
  spill(folder_ / "text.jsonl", text_line("A/RES/93/1"));
  record("record.xml", "A/RES/93/1", "ROPES");
  for (const bool record_first : {false, true}) {
    std::filesystem::remove_all(folder_ / "index");
    const auto one = index({record_first ? "record.xml" : "text.jsonl"});
    EXPECT_EQ(one.joined, record_first ? 1u : 0u);
    EXPECT_EQ(one.records_waiting, record_first ? 1u : 0u);
    const auto two = index({record_first ? "text.jsonl" : "record.xml"});
    EXPECT_EQ(two.added, record_first ? 1u : 0u);
    EXPECT_EQ(two.joined, record_first ? 0u : 1u);
    EXPECT_EQ(two.documents_joined, 1u);
    EXPECT_TRUE(two.published);
    EXPECT_EQ(subjects("A/RES/93/1"), "ROPES");
    const auto three = index({"record.xml", "text.jsonl"});
    EXPECT_EQ(three.unchanged, 2u);
    EXPECT_FALSE(three.published);
  }
  std::filesystem::remove_all(folder_ / "index");
  index({"record.xml", "text.jsonl"});
  EXPECT_EQ(subjects("A/RES/93/1"), "ROPES");
}

TEST_F(JoiningIndex, KeepsTheJoinWhereTheTextChangesAndTheSegmentsAreRewritten) {
  spill(folder_ / "text.jsonl", text_line("A/RES/93/1"));
  record("record.xml", "A/RES/93/1", "ROPES");
  index({"text.jsonl", "record.xml"});
  spill(folder_ / "text.jsonl", text_line("A/RES/93/1") + text_line("A/RES/93/2"));
  EXPECT_EQ(index({"text.jsonl"}).replaced, 1u);
  EXPECT_EQ(subjects("A/RES/93/1"), "ROPES");
  std::string many;
  for (int i = 10; i < 40; ++i) many += text_line("A/RES/93/" + std::to_string(i));
  spill(folder_ / "many.jsonl", many);
  index({"many.jsonl"});
  EXPECT_EQ(subjects("A/RES/93/1"), "ROPES");
  EXPECT_EQ(subjects("A/RES/93/2"), "");
}

TEST_F(JoiningIndex, FollowsAChangedRecordAndForgetsAPrunedOne) {
  spill(folder_ / "text.jsonl", text_line("A/RES/93/1"));
  record("a.xml", "A/RES/93/1", "ROPES");
  record("b.xml", "A/RES/93/1", "LIGHTS");
  index({"text.jsonl", "a.xml", "b.xml"});
  EXPECT_EQ(subjects("A/RES/93/1"), "ROPES, LIGHTS");
  record("a.xml", "A/RES/93/1", "SHOALS");
  EXPECT_EQ(index({"a.xml"}).joined, 1u);
  EXPECT_EQ(subjects("A/RES/93/1"), "SHOALS, LIGHTS");
  std::filesystem::remove(folder_ / "a.xml");
  index({"text.jsonl"});
  EXPECT_EQ(subjects("A/RES/93/1"), "SHOALS, LIGHTS");  // gone only when asked
  EXPECT_TRUE(index({"text.jsonl"}, Prune::yes).published);
  EXPECT_EQ(subjects("A/RES/93/1"), "LIGHTS");
  std::filesystem::remove(folder_ / "b.xml");
  const auto last = index({"text.jsonl"}, Prune::yes);
  EXPECT_EQ(last.documents_joined, 0u);
  EXPECT_TRUE(last.removed.empty());
  EXPECT_EQ(subjects("A/RES/93/1"), "");
}

}  // namespace
}  // namespace resolute::indexer
