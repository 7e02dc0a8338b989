// HTML, Word and PDF: one reader each, the same documents.
#include <gtest/gtest.h>

#include <random>

#include "indexer/readers/reader.h"
#include "tests/samples.h"

namespace resolute::indexer {
namespace {

using test::sample;
using test::slurp;
using test::spill;

// One invented resolution in three formats and two languages: tests/indexer/forms/.
TEST(Forms, ReadTheSameDocument) {
  for (const std::string lang : {"en", "zh"}) {
    for (const std::string form : {"html", "docx", "pdf"}) {
      const std::string path = sample("../tests/indexer/forms/tide_" + lang + "." + form);
      const auto bytes = slurp(path);
      const auto format = detect_format(bytes);
      ASSERT_EQ(format, form == "html" ? Format::html : form == "docx" ? Format::docx : Format::pdf) << path;
      const auto reading = format == Format::html ? read_html(path, bytes) : format == Format::docx ? read_docx(path, bytes) : read_pdf(path, bytes);
      ASSERT_EQ(reading.documents.size(), 1u) << path;
      EXPECT_TRUE(reading.rejections.empty()) << path;
      const auto& d = reading.documents[0];
      EXPECT_EQ(d.id(), "A/RES/96/41@" + lang);
      EXPECT_EQ(d.title, lang == "en" ? "Keeping of tide tables for harbours without a lighthouse" : "没有灯塔的港口编制潮汐表") << path;
      EXPECT_EQ(d.date, "2041-12-06") << path;
      EXPECT_EQ(d.agenda, std::vector<std::string>{"21(b)"}) << path;
      EXPECT_EQ(d.committee, std::vector<std::string>{"C2"}) << path;
      EXPECT_EQ(d.meeting, "61") << path;
      std::string fragments;
      for (const auto& p : d.paragraphs) fragments += p.fragment + " ";
      // HTML has no note: the fixture leaves it to Word and PDF.
      EXPECT_EQ(fragments, std::string("hd1 en1 pp1 pp2 op1 op2 op2.a op2.b op3 cl1 cl2 ") + (form == "html" ? "" : "fn1 ")) << path;
      const auto& pp2 = d.paragraphs[3].text;
      EXPECT_EQ(
          pp2,
          lang == "en"
              ? "Noting that a tide table which is a year old still tells the truth about the moon and nothing about the sandbank at the mouth of the river,"
              : "注意到去年的潮汐表对月亮仍说真话，对河口的沙洲却只字不提，")
          << path;
    }
  }
}

TEST(Forms, RejectWithAReason) {
  const auto reason = [](const Reading& r) { return r.documents.empty() && r.rejections.size() == 1 ? r.rejections[0].reason : "none"; };
  const auto pdf = slurp(sample("../tests/indexer/forms/tide_en.pdf")), docx = slurp(sample("../tests/indexer/forms/tide_en.docx"));
  EXPECT_EQ(reason(read_pdf("x", "%PDF-1.4 nothing more")), "malformed");
  EXPECT_EQ(reason(read_pdf("x", pdf.substr(0, 300))), "malformed");
  const auto torn = read_docx("x", docx.substr(0, 200));
  EXPECT_TRUE(torn.documents.empty() && !torn.rejections.empty());
  EXPECT_EQ(reason(read_html("x", "<html></html>")), "empty");
  std::mt19937 random(21);
  for (int i = 0; i < 60; ++i) {
    for (const auto* whole : {&pdf, &docx}) {
      std::string s = *whole;
      for (int k = 0; k < 20; ++k) s[random() % s.size()] = static_cast<char>(random());
      const auto r = whole == &pdf ? read_pdf("x", s) : read_docx("x", s);
      EXPECT_LE(r.documents.size(), 1u);
    }
  }
}

// A PDF of one page with the given dictionary entries and content.
std::string one_page(const std::string& content, const std::string& trailer = "") {
  std::string out = "%PDF-1.4\n";
  std::vector<size_t> at;
  const auto object = [&](const std::string& body) {
    at.push_back(out.size());
    out += std::to_string(at.size()) + " 0 obj\n" + body + "\nendobj\n";
  };
  object("<</Type/Catalog/Pages 2 0 R>>");
  object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
  object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>");
  object("<</Length " + std::to_string(content.size()) + ">>stream\n" + content + "\nendstream");
  const size_t table = out.size();
  out += "xref\n0 5\n0000000000 65535 f \n";
  for (const size_t a : at) {
    const auto n = std::to_string(a);
    out += std::string(10 - n.size(), '0') + n + " 00000 n \n";
  }
  return out + "trailer<</Size 5/Root 1 0 R" + trailer + ">>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

// Words at a place of the page, from the top left.
std::string at(double x, double y, const std::string& words, double size = 10) {
  std::string escaped;
  for (const char c : words) {
    if (c == '(' || c == ')') escaped += '\\';
    escaped += c;
  }
  return "BT /F " + std::to_string(size) + " Tf " + std::to_string(x) + " " + std::to_string(800 - y) + " Td (" + escaped + ") Tj ET\n";
}

std::string kinds_of(const Reading& r) {
  std::string out;
  for (const auto& d : r.documents)
    for (const auto& p : d.paragraphs) out += std::string(print_kind(p.kind)) + " " + p.number + (p.number.empty() ? "" : " ") + p.text + "\n";
  return out;
}

TEST(ReadPdf, ReadsColumnsEachByItself) {
  std::string s = at(50, 80, "Resolution 3910 (2038)") + at(50, 110, "The Security Council,");
  // The lines of the columns stand at different heights; each has its notes at its foot.
  const std::vector<std::string> left = {"1. Decides that the lamps of all the", "harbours be lit at dusk by keepers who",
                                         "live beside them, and that oil be sent", "to them by the first boat of the month", "from the stores;"};
  const std::vector<std::string> right = {"2. Requests the keepers to write down", "the ships that pass by night and those",
                                          "that pass by day, and to send the book", "to the harbour once a year with the", "boat that brings the oil."};
  for (size_t i = 0; i < left.size(); ++i) s += at(50, 140 + 12.0 * static_cast<double>(i), left[i]) + at(310, 145 + 12.0 * static_cast<double>(i), right[i]);
  s += at(50, 700, "1 A/91/5, annex I.", 8) + at(310, 700, "3 A/91/7.", 8) + at(50, 709, "2 Ibid., annex II.", 8);
  const auto r = read_pdf("x", one_page(s));
  EXPECT_EQ(kinds_of(r),
            "enacting The Security Council,\n"
            "operative 1 Decides that the lamps of all the harbours be lit at dusk by keepers who live beside them, and that oil be sent to them by the first "
            "boat of the month from the stores;\n"
            "operative 2 Requests the keepers to write down the ships that pass by night and those that pass by day, and to send the book to the harbour once "
            "a year with the boat that brings the oil.\n"
            "footnote 1 A/91/5, annex I.\nfootnote 2 Ibid., annex II.\nfootnote 3 A/91/7.\n");
}

TEST(ReadPdf, ReadsTablesRowByRow) {
  std::string s = at(50, 80, "Resolution 3910 (2038)") + at(50, 110, "The Security Council,") +
                  at(50, 140, "1. Approves the posts of the lamps as set out in the table below and asks that they be filled:");
  s += at(50, 300, "Action", 9) + at(200, 300, "Post", 9) + at(350, 300, "Number", 9);
  s += at(50, 320, "New post", 9) + at(200, 320, "Keeper of the lamp and", 9) + at(350, 320, "1", 9) + at(200, 330, "of the book of ships", 9);
  s += at(50, 344, "Total", 9) + at(350, 344, "1", 9);
  s += at(50, 358, "Moved (from the", 9) + at(200, 358, "Boatman", 9) + at(350, 358, "(2)", 9) + at(50, 368, "harbour)", 9);
  s += at(50, 420, "2. Decides to remain seized of the matter.");
  EXPECT_EQ(kinds_of(read_pdf("x", one_page(s))),
            "enacting The Security Council,\n"
            "operative 1 Approves the posts of the lamps as set out in the table below and asks that they be filled:\n"
            "table Action | Post | Number\ntable New post | Keeper of the lamp and of the book of ships | 1\ntable Total | | 1\ntable Moved (from the harbour) "
            "| Boatman | (2)\n"
            "operative 2 Decides to remain seized of the matter.\n");
}

TEST(ReadPdf, ReadsTheCoversHead) {
  std::string s = at(120, 50, "United Nations", 14) + at(450, 52, "S/2038/835", 16) + at(370, 70, "Distr.: General") + at(370, 84, "20 November 2038") +
                  at(120, 86, "Security Council", 20);
  s += at(60, 130, "Farland, Midland, the Isles of the Lamps, the Republic of the Harbours of the West,", 13) +
       at(100, 145, "and the Skerries: draft resolution", 13);
  s += at(80, 180, "The Security Council,") +
       at(80, 200, "Recalling that the lamps of the Isles have been dark for a year and that the keepers who lit them have gone,");
  s += at(60, 212, "and that oil is to be had at the harbour for all who ask for it before the boat sails,") + at(80, 230, "Decides to light the lamps.");
  const auto r = read_pdf("x", one_page(s));
  ASSERT_EQ(r.documents.size(), 1u);
  EXPECT_EQ(r.documents[0].identifier, "S/2038/835");
  EXPECT_EQ(r.documents[0].date, "2038-11-20");
  EXPECT_EQ(r.documents[0].type, DocumentType::draft);
  EXPECT_EQ(r.documents[0].title, "Farland, Midland, the Isles of the Lamps, the Republic of the Harbours of the West, and the Skerries: draft resolution");
}

TEST(Forms, RejectWhatIsLockedOrOnlyAPicture) {
  const auto reason = [](const Reading& r) { return r.documents.empty() && r.rejections.size() == 1 ? r.rejections[0].reason : "none"; };
  const std::string key(64, 'A');
  EXPECT_EQ(reason(read_pdf("x", one_page("0 0 600 800 re f"))), "scanned");
  EXPECT_EQ(reason(read_pdf("x", one_page("", "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + key + ">/U<" + key + ">>>"))), "encrypted");
  const std::string words =
      "BT /F 12 Tf 50 700 Td (Resolution 3910 \\(2038\\)) Tj ET BT /F 12 Tf 50 660 Td (The Security Council,) Tj ET BT /F 12 Tf 50 620 Td (1. Decides to light "
      "the lamps.) Tj ET";
  EXPECT_TRUE(read_pdf("x", one_page(words)).rejections.empty());
  // Places far off the sheet, as in a damaged file.
  read_pdf("x", one_page("5210190000 0 0 5210190000 0 0 cm " + words));
  std::string locked(kCompoundFile);
  locked += std::string(2000, '\0');
  EXPECT_EQ(detect_format(locked), Format::unknown);
  EXPECT_EQ(why_ignored(locked), "an Office file of the old binary form");
  for (const char c : std::string_view("EncryptedPackage")) locked += c, locked += '\0';
  ASSERT_EQ(detect_format(locked), Format::docx);
  EXPECT_EQ(reason(read_docx("x", locked)), "encrypted");
}

}  // namespace
}  // namespace resolute::indexer
