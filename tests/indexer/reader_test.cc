#include "indexer/readers/reader.h"

#include <gtest/gtest.h>
#include <iconv.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <random>
#include <set>

#include "schemas/body.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
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

// What must hold of any document that a reader gives.
void expect_sound(const Document& d) {
  std::set<std::string> fragments;
  EXPECT_FALSE(d.identifier.empty());
  EXPECT_FALSE(d.paragraphs.empty());
  for (const auto& p : d.paragraphs) {
    EXPECT_TRUE(fragments.insert(p.fragment).second) << d.id() << "#" << p.fragment;
    EXPECT_EQ(p.fragment.find_first_of(" @#"), std::string::npos) << p.fragment;
    EXPECT_FALSE(p.fragment.empty());
    EXPECT_FALSE(p.text.empty()) << d.id() << "#" << p.fragment;
    EXPECT_EQ(p.text, text::tidy(p.text)) << d.id() << "#" << p.fragment;
    uint32_t at = 0;
    for (const auto& c : p.citations) {
      EXPECT_GE(c.span.begin, at) << d.id() << "#" << p.fragment;
      EXPECT_LE(c.span.end, p.text.size());
      EXPECT_NE(c.symbol, d.identifier);
      at = c.span.end;
    }
  }
  for (const auto& id : d.committee) EXPECT_TRUE(body_of(id)) << id;
  for (const auto& id : d.concerns) EXPECT_TRUE(body_of(id)) << id;
  for (const auto& [state, how] : d.vote.voters) {
    EXPECT_TRUE(state_of(state)) << state;
    EXPECT_TRUE(how == "yes" || how == "no" || how == "abstain");
  }
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

struct Broken {
  const char* file;
  std::vector<const char*> documents;
  std::vector<const char*> reasons;
};

// samples/README.md says what is wrong with each.
TEST(Collect, GivesEveryBrokenFileItsOutcome) {
  const std::vector<Broken> all = {
      {"bad_lines.jsonl", {"A/RES/95/211@en", "A/RES/95/214@zh"}, {"malformed", "malformed", "malformed"}},
      {"binary.bin", {}, {}},
      {"bomb.zip", {}, {"archive-bomb"}},
      {"date_0001.xml", {"A/RES/95/215@en"}, {}},
      {"deep.xml", {}, {"nested-too-deep"}},
      {"duplicate_claim.xml", {"A/RES/91/12@en"}, {}},
      {"empty.xml", {}, {"empty"}},
      {"encrypted.zip", {}, {"encrypted"}},
      {"entity_bomb.xml", {}, {"entities"}},
      {"external_entity.xml", {"A/RES/95/203@en"}, {}},
      {"french.xml", {}, {"unsupported-language"}},
      {"huge_line.txt", {}, {}},
      {"ill_formed.xml", {"S/PRST/2038/11@en"}, {}},
      {"invalid_utf8.txt", {}, {"invalid-encoding"}},
      {"nested.zip", {}, {"nested-too-deep"}},
      {"no_symbol.xml", {}, {"no-symbol"}},
      {"not_a_zip.zip", {}, {}},
      {"nul_bytes.txt", {"S/RES/3998(2040)@en"}, {}},
      {"traversal.zip", {"A/RES/95/206@en", "A/RES/95/207@en"}, {}},
      {"truncated.xml", {"A/RES/95/201@en"}, {}},
      {"truncated.zip", {}, {"damaged-archive", "damaged-archive"}},
      {"unknown_form.md", {}, {}},
  };
  std::set<std::string> listed, present;
  for (const auto& e : std::filesystem::directory_iterator(sample("broken"))) present.insert(e.path().filename().string());
  for (const auto& b : all) {
    listed.insert(b.file);
    Collection read;
    collect(list_files({sample(std::string("broken/") + b.file)}), {}, read);
    std::vector<std::string> ids, reasons;
    for (const auto& s : read.documents) {
      ids.push_back(s.id);
      const auto d = read.load(s);
      expect_sound(d);
      for (const auto& p : d.paragraphs) {
        EXPECT_EQ(p.text.find("root:"), std::string::npos) << b.file;  // of /etc/passwd
        EXPECT_EQ(p.text.find('\0'), std::string::npos) << b.file;
      }
    }
    for (const auto& f : read.files) {
      for (const auto& r : f.rejections) {
        reasons.push_back(r.reason);
        EXPECT_FALSE(r.path.empty());
        EXPECT_FALSE(r.detail.empty());
      }
      EXPECT_EQ(f.outcome, !f.ids.empty() ? Outcome::documents : !f.rejections.empty() ? Outcome::rejected : Outcome::ignored) << f.path;
    }
    EXPECT_EQ(ids, std::vector<std::string>(b.documents.begin(), b.documents.end())) << b.file;
    EXPECT_EQ(reasons, std::vector<std::string>(b.reasons.begin(), b.reasons.end())) << b.file;
  }
  EXPECT_EQ(listed, present);
}

TEST(Collect, KeepsAllTextOfTheIllFormedStatement) {
  const auto reading = read_akn("x", slurp(sample("broken/ill_formed.xml")));
  ASSERT_EQ(reading.documents.size(), 1u);
  EXPECT_EQ(reading.documents[0].warnings, (std::vector<Warning>{{WarningCode::ill_formed, {}}}));
  EXPECT_EQ(read_akn("x", slurp(sample("broken/date_0001.xml"))).documents.at(0).date, "");
}

TEST(Collect, GivesTheSameInAnyNumberOfThreads) {
  const auto run = [](int jobs) {
    Collection read;
    CollectOptions o;
    o.jobs = jobs;
    collect(list_files({RESOLUTE_SAMPLES}), o, read);
    std::string out;
    for (const auto& f : read.files) {
      out += f.path + ":" + std::to_string(static_cast<int>(f.outcome));
      for (const auto& id : f.ids) out += "," + id;
      for (const auto& r : f.rejections) out += ";" + r.path + " " + r.reason + " " + r.location;
      out += "\n";
    }
    return out;
  };
  const auto one = run(1);
  EXPECT_EQ(run(3), one);
  EXPECT_EQ(run(8), one);
}

TEST(ListFiles, SortsAndLeavesOutHiddenAndDouble) {
  const test::TemporaryFolder folder;
  for (const char* name : {"b.txt", "a/c.txt", ".hidden", "a/.git/x", "a.txt"}) test::spill(folder / name, "x");
  std::filesystem::create_symlink(folder / "b.txt", folder / "link.txt");
  std::filesystem::create_symlink(folder / "nowhere", folder / "dangling.txt");
  std::vector<std::string> names;
  for (const auto& f : list_files({folder.path(), folder / "a.txt", folder / "a"})) names.push_back(f.container.substr(folder.path().size() + 1));
  EXPECT_EQ(names, (std::vector<std::string>{"a.txt", "a/c.txt", "b.txt", "link.txt"}));
  EXPECT_THROW(list_files({folder / "none"}), std::exception);
  EXPECT_TRUE(list_files({}).empty());
}

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

TEST(Collect, RejectsTheGiganticUnread) {
  const test::TemporaryFolder folder;
  spill(folder / "huge.txt", "");
  std::filesystem::resize_file(folder / "huge.txt", (4ull << 30) + 1);  // sparse
  spill(folder / "large.txt", "");
  std::filesystem::resize_file(folder / "large.txt", kMostFileBytes + 1);
  Collection read;
  collect(list_files({folder.path()}), {}, read);
  ASSERT_EQ(read.files.size(), 2u);
  for (const auto& f : read.files) {
    ASSERT_EQ(f.rejections.size(), 1u) << f.path;
    EXPECT_EQ(f.rejections[0].reason, "too-large");
  }
}

TEST(Collect, ShowsProgressThatNeverPassesTheWhole) {
  CollectOptions o;
  uint64_t last = 0, total = 0, times = 0;
  o.progress = [&](const Progress& p) {
    EXPECT_LE(p.done, p.total);
    EXPECT_GE(p.done, last);
    last = p.done;
    total = p.total;
    ++times;
  };
  Collection read;
  collect(list_files({RESOLUTE_SAMPLES}), o, read);
  EXPECT_EQ(last, total);
  EXPECT_GT(times, 50u);
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
