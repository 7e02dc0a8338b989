#include "indexer/readers/reader.h"

#include <gtest/gtest.h>
#include <iconv.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <random>
#include <set>
#include <utility>

#include "schemas/symbol.h"
#include "tests/indexer/sound.h"
#include "tests/samples.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

using test::sample;
using test::slurp;
using test::spill;

// UTF-8 to another encoding, by the C library: apart from the ICU that is tested.
std::string encode(std::string in, const char* encoding) {
  const iconv_t to = iconv_open(encoding, "UTF-8");
  std::string out(in.size() * 4, '\0');
  char *from = in.data(), *at = out.data();
  size_t left = in.size(), room = out.size();
  EXPECT_NE(iconv(to, &from, &left, &at, &room), static_cast<size_t>(-1));
  iconv_close(to);
  out.resize(out.size() - room);
  return out;
}

TEST(DetectFormat, LooksAtTheContent) {
  struct Case {
    std::string bytes;
    Format format;
  };
  for (const auto& c : {
           Case{"<akomaNtoso xmlns='x'/>", Format::akn},
           Case{"\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<akomaNtoso>", Format::akn},
           Case{"\n\n <an:akomaNtoso>", Format::akn},
           Case{"{\"symbol\": 1}", Format::jsonl},
           Case{"\xEF\xBB\xBF {", Format::jsonl},
           Case{"PK\x03\x04rest", Format::archive},
           Case{"PK\x05\x06", Format::archive},
           Case{"\x1F\x8B\x08", Format::archive},
           Case{"The General Assembly,\n", Format::text},
           Case{"大会，\r\n", Format::text},
           Case{"  x", Format::text},
           Case{"\xFF\xFE odd bytes but few", Format::text},
           Case{"", Format::unknown},
           Case{" \r\n\t", Format::unknown},
           Case{"\xEF\xBB\xBF", Format::unknown},
           Case{"<html><body>akomaNtoso</body></html>", Format::html},
           Case{"<", Format::unknown},
           Case{std::string(1000, '\0'), Format::unknown},
           Case{"a\tb\tc\n1\t2\t3\n", Format::unknown},
       })
    EXPECT_EQ(detect_format(c.bytes), c.format) << testing::PrintToString(c.bytes);
  std::string tar(1024, 'x');
  tar.replace(257, 5, "ustar");
  EXPECT_EQ(detect_format(tar), Format::archive);
  EXPECT_EQ(detect_format(slurp(sample("archive/resolutions_95.zip"))), Format::archive);
  EXPECT_EQ(detect_format(slurp(sample("jsonl/more.jsonl"))), Format::jsonl);
  EXPECT_EQ(detect_format(slurp(sample("text/A_RES_93_17_zh.txt"))), Format::text);
  EXPECT_EQ(detect_format(slurp(sample("akn/A_RES_92_1-C.xml"))), Format::akn);
}

TEST(SymbolFromPath, ReadsFileNames) {
  for (const auto& [path, symbol] : std::vector<std::pair<const char*, const char*>>{{"S_RES_1963_2010_zh.txt", "S/RES/1963(2010)"},
                                                                                     {"x/y/S_RES_1963(2010)-E.xml", "S/RES/1963(2010)"},
                                                                                     {"A_HRC_RES_57_10C.xml", "A/HRC/RES/57/10"},
                                                                                     {"A_RES_91_12-E.xml", "A/RES/91/12"},
                                                                                     {"A_RES_091_012-E.xml", "A/RES/91/12"},
                                                                                     {"E_RES_2037_8-E.xml", "E/RES/2037/8"},
                                                                                     {"S_PRST_2037_6-C.xml", "S/PRST/2037/6"},
                                                                                     {"S_PRST_2037_6_Corr.1-3700049E.xml", "S/PRST/2037/6/Corr.1"},
                                                                                     {"A_RES_91_12_Rev.2.pdf", "A/RES/91/12/Rev.2"},
                                                                                     {"A_RES_91_12_Corr.x.pdf", "A/RES/91/12"},
                                                                                     {"GA decision 92_511_C.xml", "A/DEC/92/511"},
                                                                                     {"archive.zip/English/A_RES_95_3-E.xml", "A/RES/95/3"},
                                                                                     // A_HRC_RES_57-118Z: no second number of its own.
                                                                                     {"", ""},
                                                                                     {"/", ""},
                                                                                     {".", ""},
                                                                                     {"A_RES", ""},
                                                                                     {"A_RES_91", ""},
                                                                                     {"A_RES_x_y.xml", ""},
                                                                                     {"S_RES_1963.xml", ""},
                                                                                     {"notes.txt", ""},
                                                                                     {"S_RES__.xml", ""},
                                                                                     {"evil.xml", ""}})
    EXPECT_EQ(symbol_from_path(path), symbol) << path;
}

const Document& find(const std::string& id, const std::string& format = "akn") {
  for (const auto& d : test::sample_documents())
    if (d.id() == id && d.format == format) return d;
  throw std::runtime_error("no sample " + id);
}

const Paragraph& paragraph(const Document& d, const std::string& fragment) {
  for (const auto& p : d.paragraphs)
    if (p.fragment == fragment) return p;
  throw std::runtime_error("no paragraph " + fragment + " in " + d.id());
}

size_t count(const Document& d, ParagraphKind kind) {
  return static_cast<size_t>(std::count_if(d.paragraphs.begin(), d.paragraphs.end(), [&](const Paragraph& p) { return p.kind == kind; }));
}

TEST(ReadAkn, ReadsEverySample) {
  size_t files = 0;
  for (const auto& e : std::filesystem::directory_iterator(sample("akn"))) {
    ++files;
    const auto reading = read_akn(e.path().string(), slurp(e.path().string()));
    EXPECT_TRUE(reading.rejections.empty()) << e.path() << ": " << reading.rejections[0].reason;
    ASSERT_EQ(reading.documents.size(), 1u) << e.path();
    const auto& d = reading.documents[0];
    EXPECT_TRUE(parse_symbol(d.identifier)) << e.path();
    const auto named = symbol_from_path(e.path().string());
    if (!named.empty()) { EXPECT_EQ(parse_symbol(d.identifier)->without_part().text(), named) << e.path(); }
    EXPECT_TRUE(parse_date(d.date)) << e.path() << d.date;
    EXPECT_TRUE(d.warnings.empty()) << e.path() << say(d.warnings[0]);
    const auto name = e.path().filename().string();
    EXPECT_EQ(d.lang, name.find("-E") != std::string::npos || name.find("_E.") != std::string::npos ? Language::en : Language::zh) << e.path();
  }
  EXPECT_EQ(files, 43u);
}

TEST(Readers, GiveSoundDocuments) {
  for (const auto& d : test::sample_documents()) expect_sound(d);
}

TEST(ReadAkn, UnderstandsTheMetadata) {
  for (const char* lang : {"@en", "@zh"}) {
    const auto id = [&](const char* symbol) { return std::string(symbol) + lang; };
    EXPECT_EQ(find(id("A/RES/91/12")).committee, std::vector<std::string>{"C2"});
    EXPECT_EQ(find(id("A/RES/91/33")).committee, std::vector<std::string>{"C1"});
    EXPECT_EQ(find(id("A/RES/91/77")).committee, std::vector<std::string>{"C4"});
    EXPECT_EQ(find(id("A/RES/92/1")).committee, std::vector<std::string>{"plenary"});
    EXPECT_EQ(find(id("A/RES/92/118")).committee, std::vector<std::string>{"C6"});
    EXPECT_EQ(find(id("A/RES/92/140")).committee, std::vector<std::string>{"C3"});
    EXPECT_EQ(find(id("A/RES/93/250")).committee, std::vector<std::string>{"C5"});
    EXPECT_EQ(find(id("A/RES/91/33")).vote.outcome, VoteOutcome::recorded);
    EXPECT_FALSE(find(id("A/RES/91/33")).vote.voters.empty());
    EXPECT_EQ(find(id("A/RES/94/21")).vote.outcome, VoteOutcome::recorded);
    EXPECT_EQ(find(id("A/RES/ES-21/1")).session, "ES-21");
    EXPECT_EQ(find(id("E/RES/2037/8")).session, "2037");
    EXPECT_EQ(find(id("S/RES/3901(2036)")).session, "");
    EXPECT_EQ(find(id("S/RES/3901(2036)")).vote.outcome, VoteOutcome::unanimous);
    EXPECT_EQ(find(id("S/2037/412")).type, DocumentType::draft);
    EXPECT_EQ(find(id("S/2037/412")).vote.outcome, VoteOutcome::not_adopted);
    EXPECT_EQ(find(id("S/2037/412")).vote.yes, 7);
    EXPECT_EQ(find(id("S/2037/412")).vote.abstain, 8);
    EXPECT_EQ(find(id("S/PRST/2037/6")).type, DocumentType::statement);
    EXPECT_EQ(find(id("A/DEC/92/511")).type, DocumentType::decision);
    EXPECT_EQ(find(id("A/HRC/RES/81/4")).body, Body::hrc);
    EXPECT_EQ(find(id("A/RES/92/40A")).title, find(id("A/RES/92/40B")).title);
    EXPECT_GT(count(find(id("A/RES/91/77")), ParagraphKind::table), 0u);
    EXPECT_EQ(count(find(id("A/RES/91/77")), ParagraphKind::footnote), 2u);
    EXPECT_GT(count(find(id("A/RES/91/77")), ParagraphKind::annex), 5u);
    EXPECT_GT(count(find(id("S/PRST/2037/6")), ParagraphKind::statement), 2u);
    EXPECT_GT(count(find(id("A/DEC/92/511")), ParagraphKind::decision), 0u);
    EXPECT_EQ(paragraph(find(id("S/RES/3901(2036)")), "op1").number, "1");
  }
  EXPECT_EQ(find("A/RES/91/33@en").vote.voters, find("A/RES/91/33@zh").vote.voters);
  EXPECT_EQ(paragraph(find("A/RES/93/17@en"), "op1").action, "invites");
}

std::string akn(const std::string& body, const std::string& symbol = "A/RES/90/7") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><akomaNtoso><statement name=\"resolution\"><coverPage><docNumber refersTo=\"#symbol\">" + symbol +
         "</docNumber></coverPage>" + body + "</statement></akomaNtoso>";
}

TEST(ReadAkn, KeepsTheTextOfIllFormedFiles) {
  const auto whole =
      akn("<mainBody><paragraph><num>1.</num><content><p>Requests the keeper of the lamp to keep it lit until the morning of the last "
          "day;</p></content></paragraph></mainBody>");
  ASSERT_EQ(read_akn("x", whole).documents.size(), 1u);
  EXPECT_EQ(paragraph(read_akn("x", whole).documents[0], "op1").text, "Requests the keeper of the lamp to keep it lit until the morning of the last day;");
  for (const char* damage : {"</docTitle>", "</p></p>", "<b>", "<", " & ", "</x></y>", "<!-- never closed", "<a href=\"", "]]>", "\x01", "&nbsp;", "&none;",
                             "&#0;", "&#xFFFF;", "&#99999999999;", "\xFF", "\xE7\x81", "&;&"})
    for (const size_t where : {whole.find("keeper"), whole.find("morning"), whole.find("</p>")}) {
      const auto reading = read_akn("x", std::string(whole).insert(where, damage));
      ASSERT_EQ(reading.documents.size(), 1u) << damage;
      std::string all;
      for (const auto& p : reading.documents[0].paragraphs) all += p.text + " ";
      if (std::strchr(damage, '!') || std::strchr(damage, '"')) continue;  // what follows is a comment or an attribute
      for (const char* word : {"Requests", "lamp", "lit", "last day"}) EXPECT_NE(all.find(word), std::string::npos) << damage << ": " << all;
    }
}

TEST(ReadAkn, TakesThePartThatTheCoverLeavesOutFromTheUri) {
  const auto read = [](const char* uri, const char* cover) {
    const auto r = read_akn("x", akn("<meta><identification><FRBRWork><FRBRuri value=\"/akn/un/statement/deliberation/unga/2035-08-25/" + std::string(uri) +
                                         "/\"/></FRBRWork></identification></meta><mainBody><p>Decides to light the lamp again;</p></mainBody>",
                                     cover));
    return r.documents.at(0).identifier;
  };
  EXPECT_EQ(read("90-7B", "A/RES/90/7"), "A/RES/90/7B");
  EXPECT_EQ(read("90-7", "A/RES/90/7"), "A/RES/90/7");
  EXPECT_EQ(read("90-8B", "A/RES/90/7"), "A/RES/90/7");
  EXPECT_EQ(read("90-7B", "A/RES/90/7A"), "A/RES/90/7A");
}

TEST(ReadAkn, ABrokenStartTagTakesNothingWithIt) {
  // The parser drops the element without telling of its end; what follows must not sink into it.
  for (const char* broken : {"<img src=x/>", "<eol n=1/>", "<b <", "<b x", "<b x=\"1\" y"}) {
    const auto reading =
        read_akn("x", akn("<mainBody><p>Requests the keeper " + std::string(broken) + " to keep the lamp lit;</p><p>Decides to meet again;</p></mainBody>"));
    ASSERT_EQ(reading.documents.size(), 1u) << broken;
    std::string all;
    for (const auto& p : reading.documents[0].paragraphs) all += p.text + "\n";
    EXPECT_NE(all.find("to keep the lamp lit;"), std::string::npos) << broken << ": " << all;
    EXPECT_NE(all.find("\nDecides to meet again;\n"), std::string::npos) << broken << ": " << all;
  }
}

TEST(ReadAkn, ParsesNoEntitysDefinition) {
  std::string definition, references;
  for (int i = 0; i < 50'000; ++i) definition += "<b/>";
  for (int i = 0; i < 20'000; ++i) references += "&e;";
  const auto file = [](const std::string& declarations, const std::string& text) {
    std::string out = akn("<mainBody>\n<p>Requests the&nbsp;keeper" + text + " to stay;</p></mainBody>");
    return out.insert(out.find("<akomaNtoso>"), "<!DOCTYPE a [<!ENTITY nbsp \"&#160;\">" + declarations + "]>");
  };
  const auto begin = std::chrono::steady_clock::now();
  const auto bomb = read_akn("x", file("<!ENTITY e \"" + definition + "\">", references));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));  // parsed at each reference it took minutes
  EXPECT_TRUE(bomb.documents.empty());
  ASSERT_EQ(bomb.rejections.size(), 1u);
  EXPECT_EQ(bomb.rejections[0].reason, "entities");
  EXPECT_EQ(bomb.rejections[0].location, "line 2");
  EXPECT_EQ(read_akn("x", file("<!ENTITY e SYSTEM \"file:///etc/hostname\">", "&e;")).documents.at(0).paragraphs.back().text, "Requests the keeper to stay;");
  // What nothing refers to does no harm.
  const auto idle = read_akn("x", file("<!ENTITY e \"lost\">", ""));
  ASSERT_EQ(idle.documents.size(), 1u);
  EXPECT_EQ(idle.documents[0].paragraphs.back().text, "Requests the keeper to stay;");
}

TEST(ReadAkn, SurvivesTruncationAnywhere) {
  const std::string whole = slurp(sample("akn/A_RES_91_12-E.xml"));
  for (size_t n = 0; n < whole.size(); n += 53) {
    const auto reading = read_akn("x.xml", whole.substr(0, n));
    for (const auto& d : reading.documents) expect_sound(d);
    EXPECT_TRUE(!reading.documents.empty() || !reading.rejections.empty()) << n;
  }
}

TEST(ReadAkn, MendsManyStrayTagsInTime) {
  std::string stray;
  for (int i = 0; i < 300000; ++i) stray += "<b></i>";
  const auto begin = std::chrono::steady_clock::now();
  read_akn("x", akn("<mainBody><p>Requests the keeper to stay;" + stray + "</p></mainBody>"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(ReadAkn, ReadsThePartsOfAPublication) {
  const std::string part =
      "<component><statement name=\"resolution\"><preface><p><docNumber>A</docNumber><docTitle refersTo=\"#resolutionTitle\">On lamps</docTitle></p></preface>"
      "<mainBody><paragraph><num>1.</num><content><p>Decides to keep the lamp of the first part lit for the whole of the "
      "night;</p></content></paragraph></mainBody></statement></component>";
  const std::string file =
      "<akomaNtoso><documentCollection name=\"publication\"><coverPage><docNumber refersTo=\"#symbol\">A/RES/90/7 A-B</docNumber><p>The cover of the "
      "resolution and of its two parts</p></coverPage>"
      "<collectionBody><p>The cover names the two parts of the resolution.</p></collectionBody></documentCollection><components>" +
      part + "</components></akomaNtoso>";
  const auto reading = read_akn("x", file);
  std::vector<std::string> symbols;
  for (const auto& d : reading.documents) symbols.push_back(d.identifier);
  EXPECT_EQ(symbols, (std::vector<std::string>{"A/RES/90/7A-B", "A/RES/90/7A"}));
}

TEST(ReadJsonl, TakesGoodLinesAndNamesBadOnes) {
  const std::string good = R"({"symbol": "A/RES/90/1", "lang": "en", "text": "  Two   words "})";
  const auto reading = read_jsonl("f.jsonl", "\xEF\xBB\xBF" + good + "\r\n\r\n{bad\n" + R"({"symbol": "A/RES/90/2", "lang": "en", "text": " \u00a0 "})" + "\n" +
                                                 std::string(100000, '[') + "\n" + good);
  ASSERT_EQ(reading.documents.size(), 2u);
  EXPECT_EQ(reading.documents[0].paragraphs[0].text, "Two words");
  EXPECT_EQ(reading.documents[0].format, "jsonl");
  ASSERT_EQ(reading.rejections.size(), 3u);
  EXPECT_EQ(reading.rejections[0].location, "line 3");
  EXPECT_EQ(reading.rejections[0].reason, "malformed");
  EXPECT_EQ(reading.rejections[1].location, "line 4");
  EXPECT_EQ(reading.rejections[1].reason, "empty");
  EXPECT_EQ(reading.rejections[2].location, "line 5");
  for (const auto& r : reading.rejections) EXPECT_EQ(r.path, "f.jsonl");
}

struct Members {
  std::vector<Source> sources;
  std::vector<Rejection> rejections;
  explicit Members(const std::string& name) : Members(name, slurp(sample(name))) {}
  Members(const std::string& name, const std::string& bytes) {
    read_archive(
        name, bytes, 1, [&](Source&& s) { sources.push_back(std::move(s)); }, [&](Rejection&& r) { rejections.push_back(std::move(r)); });
  }
};

TEST(ReadArchive, OpensItsMembers) {
  const Members m("archive/resolutions_95.zip");
  ASSERT_EQ(m.sources.size(), 8u);
  EXPECT_TRUE(m.rejections.empty());
  EXPECT_EQ(m.sources[0].path, "archive/resolutions_95.zip/English/A_RES_95_3-E.xml");
  for (const auto& s : m.sources) {
    EXPECT_TRUE(s.member);
    EXPECT_EQ(detect_format(s.bytes), Format::akn);
  }
}

TEST(ReadArchive, SurvivesTruncationAnywhere) {
  const std::string whole = slurp(sample("archive/resolutions_95.zip"));
  for (size_t n = 4; n < whole.size(); n += 211) {
    const Members m("a.zip", whole.substr(0, n));
    EXPECT_TRUE(!m.sources.empty() || !m.rejections.empty()) << n;
  }
}

TEST(Encodings, ReadTheSameText) {
  const std::string utf8 =
      "第 3999(2040)号决议\n\n2040 年 5 月 3 日安全理事会第 12000 次会议通过\n\n 安全理事会，\n\n "
      "注意到港口的灯仍是海湾唯一的灯，看守人已经离去，但是灯油还有许多，\n\n 1. 决定天黑时点灯，并请看守人回来；\n\n 2. 决定继续处理此案。\n";
  const auto read = [](const std::string& bytes) {
    EXPECT_EQ(detect_format(bytes), Format::text);
    const auto r = read_text("x", bytes);
    return r.documents.size() == 1 ? r.documents[0] : Document{};
  };
  const auto plain = read(utf8);
  ASSERT_EQ(plain.identifier, "S/RES/3999(2040)");
  EXPECT_TRUE(plain.warnings.empty());
  for (const char* encoding : {"UTF-16LE", "UTF-16BE", "GB18030"}) {
    const bool wide = std::string_view(encoding).starts_with("UTF-16");
    const auto d = read((wide ? encode("\xEF\xBB\xBF", encoding) : "") + encode(utf8, encoding));
    EXPECT_EQ(d.identifier, plain.identifier) << encoding;
    ASSERT_EQ(d.paragraphs.size(), plain.paragraphs.size()) << encoding;
    for (size_t i = 0; i < d.paragraphs.size(); ++i) EXPECT_EQ(d.paragraphs[i].text, plain.paragraphs[i].text) << encoding;
    EXPECT_EQ(d.warnings.size(), wide ? 0u : 1u) << encoding;  // a guess is told
  }
}

TEST(Encodings, ReadTheSameTable) {
  const std::string utf8 = "symbol\tdate\tmeeting\ttopic\nS/RES/3910(2038)\t2038-03-11\tS/PV.10231\t梅里迪安港局势\n";
  for (const char* encoding : {"UTF-8", "UTF-16LE", "UTF-16BE"}) {
    const auto bytes = encode("\xEF\xBB\xBF" + utf8, encoding);
    // Wide text is told from a table when it has been decoded.
    const auto r = detect_format(bytes) == Format::table ? read_table("x", bytes) : read_text("x", bytes);
    EXPECT_TRUE(r.rejections.empty()) << encoding;
    ASSERT_EQ(r.records.size(), 1u) << encoding;
    EXPECT_EQ(r.records[0].symbol, "S/RES/3910(2038)") << encoding;
    EXPECT_EQ(r.records[0].data.agenda, std::vector<std::string>{"梅里迪安港局势"}) << encoding;
  }
}

}  // namespace
}  // namespace resolute::indexer
