// Kinds of records and files beside texts, each with the smallest input that shows it. All wording is invented.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "indexer/collect.h"
#include "indexer/readers/reader.h"
#include "tests/samples.h"

namespace resolute::indexer {
namespace {

using test::spill;

const std::string kHead = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,meeting,title,subjects,total_yes,total_no,total_abstentions\n";

std::string row(const std::string& code, const std::string& name, const std::string& vote, const std::string& resolution, const std::string& draft) {
  return "1," + code + "," + name + "," + vote + ",2028-12-20,83," + resolution + "," + draft +
         ",A/83/PV.60,Lamps : resolution / adopted by the General Assembly,LAMPS--HARBOURS|WICKS,150,3,7\n";
}

void check_votes(const Reading& r) {
  ASSERT_EQ(r.records.size(), 2u);
  EXPECT_TRUE(r.rejections.empty());
  const auto& first = r.records[0];
  EXPECT_EQ(first.symbol, "A/RES/83/901");
  EXPECT_EQ(first.data.title, "Lamps");
  EXPECT_EQ(first.data.session, "83");
  EXPECT_EQ(first.data.meeting, "60");
  EXPECT_EQ(first.data.subjects, (std::vector<std::string>{"LAMPS--HARBOURS", "WICKS"}));
  EXPECT_EQ(first.data.vote.yes, 150);
  EXPECT_EQ(first.data.vote.abstain, 7);
  EXPECT_EQ(first.data.vote.voters, (std::map<std::string, std::string>{{"AAA", "yes"}, {"FRA", "abstain"}, {"TGO", "no"}}));
  EXPECT_EQ(r.records[1].symbol, "A/83/L.6");
}

TEST(VotingTable, OneRecordADocumentHoweverManyRows) {
  // A State that does not vote, a code that only the name gives, a draft that became nothing.
  const std::string table = kHead + row("AAA", "FARLAND", "Y", "A/RES/83/901", "A/83/L.5") + row("", "Togo", "N", "A/RES/83/901", "A/83/L.5") +
                            row("FRA", "FRANCE", "A", "A/RES/83/901", "A/83/L.5") + row("BBB", "MIDLAND", "X", "A/RES/83/901", "A/83/L.5") +
                            row("AAA", "FARLAND", "N", "", "A/83/L.6");
  check_votes(read_table("votes.csv", table));
  std::istringstream in(table);
  check_votes(read_large_table("votes.csv", in));
}

TEST(VotingTable, IsReadPieceByPiece) {
  // Rows across the edges of pieces, line ends in quotes.
  std::string table = kHead;
  size_t rows = 0;
  for (int n = 1; table.size() < (9u << 20); ++n)
    for (const char* code : {"AAA", "BBB", "CCC"}) {
      table += std::string("1,") + code + ",\"FAR\nLAND, \"\"N\"\"\",Y,2028-12-20,83,A/RES/83/" + std::to_string(n) + ",,A/83/PV.60,\"" +
               std::string(3000, 'x') + "\",S,1,0,0\n";
      ++rows;
    }
  std::istringstream in(table);
  const auto r = read_large_table("votes.csv", in);
  EXPECT_TRUE(r.rejections.empty()) << r.rejections[0].detail;
  ASSERT_EQ(r.records.size(), rows / 3);
  for (const auto& record : r.records) EXPECT_EQ(record.data.vote.voters.size(), 3u);
}

TEST(VotingTable, SaysWhatItCannotRead) {
  std::istringstream wide(kHead + "1,AAA,\xFF\xFE,Y\n");
  EXPECT_EQ(read_large_table("votes.csv", wide).rejections.at(0).reason, "invalid-encoding");
  std::istringstream endless(kHead + "\"" + std::string(6u << 20, 'a'));
  EXPECT_EQ(read_large_table("votes.csv", endless).rejections.at(0).reason, "malformed");
  // One rejection for the rows of one document.
  std::string none = kHead;
  for (int i = 0; i < 190; ++i) none += row("AAA", "FARLAND", "Y", "no symbol", "");
  EXPECT_EQ(read_table("votes.csv", none).rejections.size(), 1u);
}

std::string marc(const std::string& fields) { return "<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record>" + fields + "</record></collection>"; }
std::string field(const std::string& tag, const std::string& ind, const std::vector<std::pair<char, std::string>>& subfields) {
  std::string out = "<datafield tag=\"" + tag + "\" ind1=\"" + ind + "\" ind2=\" \">";
  for (const auto& [code, text] : subfields) out += std::string("<subfield code=\"") + code + "\">" + text + "</subfield>";
  return out + "</datafield>";
}

TEST(Marcxml, TellsSponsorsAgendaAndDrafts) {
  const auto r = read_marcxml(
      "m.xml", marc(field("191", " ", {{'a', "A/C.3/83/L.49"}}) + field("710", " ", {{'a', "Argentina"}}) + field("710", " ", {{'a', "UN. General Assembly"}}) +
                    field("515", " ", {{'a', "Additional sponsors: Albania, Bosnia and Herzegovina and Togo. - Withdrawn later."}}) +
                    field("991", "1", {{'a', "A/83/251"}, {'b', "71b"}, {'c', "Lamps"}})));
  ASSERT_EQ(r.records.size(), 1u);
  const auto& d = r.records[0].data;
  EXPECT_EQ(d.sponsors, std::vector<std::string>{"Argentina"});
  EXPECT_EQ(d.additional_sponsors, (std::vector<std::string>{"Albania", "Bosnia and Herzegovina", "Togo"}));
  EXPECT_EQ(d.agenda, std::vector<std::string>{"71(b)"});
  EXPECT_EQ(d.session, "83");
  const auto votes = read_marcxml("m.xml", marc(field("791", " ", {{'a', "A/RES/83/901"}}) + field("993", " ", {{'a', "A/C.3/83/L.49"}}) +
                                                field("993", " ", {{'a', "A/83/PV.60"}}) + field("993", "3", {{'a', "A/83/577"}})));
  ASSERT_EQ(votes.records.size(), 1u);
  EXPECT_EQ(votes.records[0].data.drafts, std::vector<std::string>{"A/C.3/83/L.49"});
  EXPECT_EQ(votes.records[0].data.meeting, "60");
  const auto council =
      read_marcxml("m.xml", marc(field("191", " ", {{'a', "S/RES/3998(2041)"}}) + field("991", " ", {{'a', "S/PV.9989"}, {'c', "Lamps of Farland"}})));
  EXPECT_EQ(council.records.at(0).data.agenda, std::vector<std::string>{"Lamps of Farland"});
}

std::string akn_of(const std::string& uri, const std::string& more = "") {
  return "<akomaNtoso><doc name=\"resolution\"><meta><identification><FRBRWork><FRBRuri value=\"" + uri + "\"/>" + more +
         "</FRBRWork></identification></meta><body><paragraph><num>1.</num><content><p>Demands the lighting of the "
         "lamps of all the harbours;</p></content></paragraph></body></doc></akomaNtoso>";
}

TEST(ReadAkn, TakesTheSymbolFromTheWork) {
  struct Case {
    const char *uri, *more, *identifier;
  };
  for (const auto& c : {
           Case{"/akn/un/statement/deliberation/unsc/2041-03-15/3998/", "", "S/RES/3998(2041)"},
           Case{"/akn/un/statement/deliberation/unga/2036-12-04/91-12/!main", "", "A/RES/91/12"},
           Case{"/akn/un/statement/deliberation/unga-hrc/2036-12-04/61-4/", "", "A/HRC/RES/61/4"},
           Case{"/akn/un/statement/deliberation/unecosoc/2036-06-04/2036-5/", "", "E/RES/2036/5"},
           Case{"/akn/un/statement/deliberation/unga/2036-12-04/ES-11-7/", "", "A/RES/ES-11/7"},
           Case{"/akn/un/statement/deliberation/unlamp/2036-12-04/7/", "", "akn/un/statement/deliberation/unlamp/2036-12-04/7"},
           Case{"/akn/un/statement/deliberation/unlamp/2036-12-04/7/", "<FRBRname value=\"LAMP/RES 7@1\"/>", "LAMP/RES_7_1"},
           Case{"/akn/un/statement/deliberation/unga/2036-12-04/91-12/", "<FRBRnumber value=\"A/RES/91/13\"/>", "A/RES/91/13"},
       }) {
    const auto r = read_akn("some.xml", akn_of(c.uri, c.more));
    ASSERT_EQ(r.documents.size(), 1u) << c.uri;
    EXPECT_EQ(r.documents[0].identifier, c.identifier);
    EXPECT_EQ(r.documents[0].paragraphs.back().kind, ParagraphKind::operative);
  }
}

TEST(ReadAkn, ReadsCollectionsWithoutACover) {
  const auto part = [](const std::string& n) {
    auto s = akn_of("/akn/un/statement/deliberation/unsc/2041-03-15/" + n + "/");
    s = s.substr(12, s.size() - 12 - 13);
    return "<component>" + s + "</component>";
  };
  const auto r = read_akn("all.xml", "<akomaNtoso><documentCollection name=\"resolutions\"><collectionBody>" + part("3998") + part("3999") +
                                         "</collectionBody></documentCollection></akomaNtoso>");
  ASSERT_EQ(r.documents.size(), 2u);
  EXPECT_EQ(r.documents[0].identifier, "S/RES/3998(2041)");
  EXPECT_EQ(r.documents[1].identifier, "S/RES/3999(2041)");
  EXPECT_TRUE(r.rejections.empty());
}

TEST(ReadAkn, BelievesTheNumberOfItsSession) {
  const auto session = [](const std::string& name) {
    const auto r = read_akn(name,
                            "<akomaNtoso><statement name=\"resolution\"><preface><p><session value=\"10\"/></p></preface><preamble><p>Recalling the "
                            "Charter and the lamps,</p></preamble><mainBody><p>1. Decides to light them.</p></mainBody></statement></akomaNtoso>");
    return r.documents.empty() ? r.rejections.at(0).reason : r.documents[0].session;
  };
  EXPECT_EQ(session("A_RES_93_1.xml"), "93");
  EXPECT_EQ(session("A_HRC_RES_81_4.xml"), "81");
}

TEST(ReadAkn, KeepsWhereFootnotesAreReferredTo) {
  const auto note = [](const char* marker, const char* text) {
    return std::string("<authorialNote marker=\"") + marker + "\" placement=\"bottom\"><p> " + text + "</p></authorialNote>";
  };
  const auto r = read_akn("A_RES_93_1.xml", "<akomaNtoso><statement name=\"resolution\"><preamble><p>Recalling the <i>Charter</i>" + note("1", "See I.") +
                                                "  and the  lamps," + note("2", "See II.") + "</p></preamble><mainBody><p>1.  Decides" + note("*", "") +
                                                " to light" + note("3", "See III.") + " them. </p></mainBody></statement></akomaNtoso>");
  const auto& d = r.documents.at(0);
  std::string marked;
  for (const auto& p : d.paragraphs)
    for (const auto& n : p.notes) marked += p.text.substr(0, n.at) + "[" + d.paragraphs.at(n.note).number + "] ";
  EXPECT_EQ(marked, "Recalling the Charter[1] Recalling the Charter and the lamps,[2] Decides to light[3] ");
}

// Text with [number] where a note is referred to, then the notes.
std::string with_notes(const Document& d) {
  std::string out;
  for (const auto& p : d.paragraphs) {
    std::string text = p.text;
    for (auto it = p.notes.rbegin(); it != p.notes.rend(); ++it) text.insert(it->at, "[" + d.paragraphs.at(it->note).number + "]");
    if (p.kind == ParagraphKind::footnote) text = p.number + ": " + text;
    if (p.kind == ParagraphKind::footnote || !p.notes.empty()) out += text + "|";
  }
  return out;
}

TEST(ReadAkn, TakesRaisedNumbersThatReferToANoteAgainOutOfTheText) {
  const std::string note = "<authorialNote marker=\"2\" placement=\"bottom\"><p>See II.</p></authorialNote>";
  const auto r =
      read_akn("A_RES_93_1.xml",
               "<akomaNtoso><statement name=\"resolution\"><preamble><p>Recalling the Charter" + note +
                   " and the lamps,</p></preamble><mainBody><p>1. Welcomes the Charter<sup>2</sup> and its lamps2<sup></sup>;<sup> 2 </sup></p><p>2. "
                   "Requests 3 km<sup>2</sup> of wicks, 10<sup>2</sup> lamps, <sup>2</sup>H and x<sup>9</sup>.</p></mainBody></statement></akomaNtoso>");
  const auto& d = r.documents.at(0);
  EXPECT_EQ(with_notes(d), "Recalling the Charter[2] and the lamps,|Welcomes the Charter[2] and its lamps[2];[2]|2: See II.|");
  EXPECT_EQ(d.paragraphs.at(1).text, "Welcomes the Charter and its lamps;");
  // Units, powers, isotopes and what no note is called by.
  EXPECT_EQ(d.paragraphs.at(2).text, "Requests 3 km2 of wicks, 102 lamps, 2H and x9.");
}

TEST(ReadAkn, PreamblesOfSectionsArePreambular) {
  const auto r =
      read_akn("A_RES_93_1.xml",
               "<akomaNtoso><statement name=\"resolution\"><mainBody><section><num>I</num><heading>Harbour lights</heading></section><section><heading>Having "
               "considered the report on the lights,</heading><paragraph><num>1.</num><content><p>Takes note of it;</p></content></paragraph></section>"
               "<section><num>II</num><heading>Welcoming of guests, by lamplight</heading></section></mainBody></statement></akomaNtoso>");
  std::vector<std::pair<ParagraphKind, std::string>> read;
  for (const auto& p : r.documents.at(0).paragraphs) read.emplace_back(p.kind, p.number + " " + p.text);
  EXPECT_EQ(read, (std::vector<std::pair<ParagraphKind, std::string>>{{ParagraphKind::heading, "I Harbour lights"},
                                                                      {ParagraphKind::preambular, " Having considered the report on the lights,"},
                                                                      {ParagraphKind::operative, "1 Takes note of it;"},
                                                                      {ParagraphKind::heading, "II Welcoming of guests, by lamplight"}}));
}

TEST(ReadHtml, KeepsWhereNotesAreReferredTo) {
  const std::string head =
      "<html><head><meta charset='utf-8'></head><body><p>Resolution adopted by the General Assembly</p><p>93/4. Lamps</p><p><i>The "
      "General Assembly</i>,</p>";
  // As Word saves pages.
  const auto word =
      read_html("A_RES_93_4.html",
                head +
                    "<p>Recalling the Convention<a href='#_ftn1' name='_ftnref1'><span><span>[1]</span></span></a> and its Protocol,"
                    "<a href='#_ftn2' name='_ftnref2'><span>[2]</span></a></p><p>1. Decides to light 3 km<sup>2</sup> of lamps.</p><hr><div id=ftn1><p>"
                    "<a href='#_ftnref1' name='_ftn1'>[1]</a> Treaty Series, vol. 7.</p></div><div id=ftn2><p><a href='#_ftnref2' name='_ftn2'>[2]</a> "
                    "2 January 2040.</p></div></body></html>");
  EXPECT_EQ(with_notes(word.documents.at(0)), "Recalling the Convention[1] and its Protocol,[2]|1: Treaty Series, vol. 7.|2: 2 January 2040.|");
  EXPECT_EQ(word.documents.at(0).paragraphs.at(3).text, "Decides to light 3 km2 of lamps.");
  // What contents with bracketed numbers lead to is no note.
  const auto contents = read_html("A_RES_93_4.html", head +
                                                         "<p><a href='#s1'>[1]</a> <a href='#s2'>[2]</a></p><section id='s1'><p>1. Decides to light lamps.</p>"
                                                         "</section><section id='s2'><h2 id='s2'>Wicks</h2><p>2. Requests wicks.</p></section></body></html>");
  EXPECT_EQ(with_notes(contents.documents.at(0)), "");
  EXPECT_EQ(contents.documents.at(0).paragraphs.back().text, "Requests wicks.");
  // Raised links, notes in a list with the way back.
  const auto list = read_html(
      "A_RES_93_4.html",
      head +
          "<p>Recalling the Convention,<sup><a href='#n1' id='r1'>1</a></sup></p><p>1. Decides<a href='#n2' id='r2'>"
          "<sup>2</sup></a> to light lamps.</p><section><ol><li id='n1'>Of lamps. <a href='#r1'>↩</a></li><li id='n2'><p>Of wicks. <a href='#r2'>↩</a>"
          "</p></li></ol></section></body></html>");
  EXPECT_EQ(with_notes(list.documents.at(0)), "Recalling the Convention,[1]|Decides[2] to light lamps.|1: Of lamps.|2: Of wicks.|");
}

TEST(ReadAkn, NumberedLinesThatHeadSectionsAreHeadings) {
  const auto kinds = [](const std::vector<std::pair<const char*, const char*>>& paragraphs) {
    std::string xml = "<akomaNtoso><statement name=\"resolution\"><preamble><p>Recalling the Charter and the lamps,</p></preamble><mainBody>";
    for (const auto& [number, text] : paragraphs) xml += std::string("<paragraph><num>") + number + "</num><content><p>" + text + "</p></content></paragraph>";
    const auto r = read_akn("A_RES_93_1.xml", xml + "</mainBody></statement></akomaNtoso>");
    std::string out;
    for (const auto& p : r.documents.at(0).paragraphs)
      if (p.kind != ParagraphKind::preambular) out += p.kind == ParagraphKind::heading ? "h" : p.kind == ParagraphKind::operative ? "o" : "?";
    return out;
  };
  EXPECT_EQ(kinds({{"I.", "Lamps and their keepers"}, {"1.", "Decides to light them;"}, {"II.", "Wicks"}, {"2.", "Requests wicks."}}), "hoho");
  EXPECT_EQ(kinds({{"I.", "Lamps"}, {"A.", "Great lamps"}, {"1.", "Decides to light them;"}, {"B.", "Small lamps"}, {"2.", "Requests wicks."}}), "hhoho");
  // Of a list each number follows the one before.
  EXPECT_EQ(kinds({{"1.", "Requests the Keeper to bring:"}, {"A.", "Lamps"}, {"B.", "Wicks"}, {"C.", "Oil"}, {"2.", "Thanks him."}}), "ooooo");
  // Marked up as an item of the paragraph before it, a section goes on from the last; 一 and 二 without one are items.
  const auto nested = [&](const char* number, const char* text) {
    return std::string("</p></content><point><num>") + number + "</num><content><p>" + text + "</p></content></point><content><p>more;";
  };
  const auto one = nested("II.", "Wicks"), han = nested("一", "Lamps of the harbour");
  EXPECT_EQ(kinds({{"I.", "Lamps"}, {"1.", ("Decides to light them;" + one).c_str()}, {"2.", "Requests wicks."}}), "hohoo");
  EXPECT_EQ(kinds({{"1.", ("Decides to light them;" + han).c_str()}, {"2.", "Requests wicks."}}), "oooo");
  // A sentence is no heading, nor is what nothing follows.
  EXPECT_EQ(kinds({{"I.", "Decides to light them;"}, {"1.", "Requests wicks;"}, {"II.", "Lamps"}}), "ooo");
}

TEST(ReadAkn, TellsSponsorsOfTheWorkflow) {
  const auto d = read_akn("s.xml", test::slurp(test::sample("akn") + "/A_RES_91_12-E.xml")).documents.at(0);
  EXPECT_EQ(d.sponsors, (std::vector<std::string>{"Fiji", "Iceland", "Malta"}));
  const auto draft = read_akn("s.xml", test::slurp(test::sample("akn") + "/S_2037_412-C.xml")).documents.at(0);
  EXPECT_EQ(draft.sponsors, (std::vector<std::string>{"冰岛", "秘鲁"}));
}

TEST(Collect, NamesFilesFromTheFolderThatWasGiven) {
  const test::TemporaryFolder folder;
  const std::string text = "Lamps of the harbours\n\nThe General Assembly,\n\nRecalling the lamps,\n\n1. Welcomes them.\n";
  spill(folder / "un/one/draft.txt", text);
  spill(folder / "un/two/draft.txt", text + "2. Ends.\n");
  spill(folder / "other/un/one/draft.txt", text + "3. Ends.\n");
  const auto names = [&](const std::vector<std::string>& paths) {
    Collection out;
    collect(list_files(paths), {}, out);
    std::vector<std::string> ids;
    for (const auto& s : out.documents) ids.push_back(s.id);
    return ids;
  };
  EXPECT_EQ(names({folder / "un"}), (std::vector<std::string>{"un/one/draft@en", "un/two/draft@en"}));
  EXPECT_EQ(names({folder / "un/"}), (std::vector<std::string>{"un/one/draft@en", "un/two/draft@en"}));
  EXPECT_EQ(names({folder / "un/one/draft.txt"}), std::vector<std::string>{"draft@en"});
  // Two of one name keep their paths.
  const auto both = names({folder / "un", folder / "other/un"});
  EXPECT_EQ(std::set<std::string>(both.begin(), both.end()).size(), 3u);
}

TEST(ReadText, SeveralResolutionsOfOneFileAreSeveralDocuments) {
  const auto r = read_text("page.txt",
                           "83/901. Lamps\n\nThe General Assembly,\n\n1. Welcomes the lamps.\n\n60th plenary meeting\n20 December 2028\n\n83/902. Wicks\n\nThe "
                           "General Assembly,\n\n1. Trims the wicks.\n");
  ASSERT_EQ(r.documents.size(), 2u);
  EXPECT_EQ(r.documents[0].id(), "A/RES/83/901@en");
  EXPECT_EQ(r.documents[1].id(), "A/RES/83/902@en");
}

}  // namespace
}  // namespace resolute::indexer
