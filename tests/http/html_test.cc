// What makes HTML, and what it says: escaping, wordings, citations, notices, compression.
#include "http/html.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <set>

#include "http/cite.h"
#include "http/compress.h"
#include "http/html_notices.h"
#include "http/html_page.h"

namespace resolute::http {
namespace {

TEST(Html, EscapesEveryText) {
  EXPECT_EQ(Html("<a href=\"x\" b='y'>&amp;").markup(), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
  EXPECT_EQ(element("p", {{"title", "\"><script>"}}, "<b>", element("b", {}, "&")).markup(), "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;<b>&amp;</b></p>");
  EXPECT_EQ(element("input", {{"checked", true}, {"disabled", false}, {"value", ""}}).markup(), "<input checked=\"\" value=\"\">");
}

TEST(Html, WrapsSpansThatDoNotOverlap) {
  EXPECT_EQ(wrap_spans("a<b>c", {{1, 4, "mark", {}}}).markup(), "a<mark>&lt;b&gt;</mark>c");
  EXPECT_EQ(wrap_spans("abcd", {{2, 4, "i", {}}, {0, 3, "b", {}}}).markup(), "<b>abc</b>d");
  EXPECT_EQ(wrap_spans("ab", {{1, 9, "b", {}}, {2, 1, "b", {}}}).markup(), "ab");
  // What is put in parts no span.
  EXPECT_EQ(wrap_spans("abcd", {{1, 3, "i", {}}, {2, 2, "sup", {}, "<"}, {4, 4, "sup", {}, "2"}, {0, 0, "sup", {}, "0"}}).markup(),
            "<sup>0</sup>a<i>bc</i><sup>&lt;</sup>d<sup>2</sup>");
}

TEST(Words, AreThereInBothLanguagesWithTheSameGaps) {
  std::set<std::string_view> keys;
  const auto gaps = [](std::string_view s) {
    size_t n = 0;
    for (size_t at = s.find("{}"); at != std::string_view::npos; at = s.find("{}", at + 2)) ++n;
    return n;
  };
  for (const auto& w : kWordings) {
    EXPECT_TRUE(keys.insert(w.key).second) << w.key << " twice";
    EXPECT_FALSE(w.en.empty() || w.zh.empty()) << w.key;
    EXPECT_EQ(gaps(w.en), gaps(w.zh)) << w.key;
  }
  EXPECT_EQ(Words{true}("n-documents", {"3"}), "3 份文件");
}

TEST(Words, PrintDaysAndSessionsAsPeopleDo) {
  EXPECT_EQ(print_day("2024-10-30", false), "30 October 2024");
  EXPECT_EQ(print_day("2024-10-30", true), "2024年10月30日");
  EXPECT_EQ(print_day("", true), "");
  EXPECT_EQ(print_session("79", "GA", false), "79th session");
  EXPECT_EQ(print_session("79", "GA", true), "第七十九届会议");
  EXPECT_EQ(print_session("111", "GA", true), "第一百一十一届会议");
  EXPECT_EQ(print_session("ES-11", "GA", false), "11th emergency special session");
  EXPECT_EQ(print_session("2023", "ECOSOC", true), "2023年会议");
  EXPECT_EQ(value_label(Field::voter, "AGO", true), "安哥拉");
  EXPECT_EQ(value_label(Field::subject, "sustainable_development", false), "Sustainable development");
  EXPECT_EQ(value_label(Field::subject, "HIV/AIDS AND THE FAMILY", false), "HIV/AIDS and the Family");
  EXPECT_EQ(work_name("S/RES/3901(2036)", false), "Security Council resolution 3901 (2036)");
  EXPECT_EQ(work_name("A/RES/91/12", true), "大会第91/12号决议");
}

Paragraph paragraph(const char* fragment, ParagraphKind kind, const char* number, const char* text) {
  Paragraph p;
  p.fragment = fragment;
  p.kind = kind;
  p.number = number;
  p.text = text;
  return p;
}

TEST(Cite, GivesNumbersOnlyWhereTheyArePrintedAndArticlesWhereTheyStand) {
  Document d;
  d.identifier = "A/RES/91/12";
  d.date = "2036-10-30";
  using K = ParagraphKind;
  d.paragraphs = {paragraph("pp1", K::preambular, "", "Recalling lamps,"),
                  paragraph("op1", K::operative, "1", "Lights;"),
                  paragraph("op1.a", K::operative, "1(a)", "more;"),
                  paragraph("hd1", K::heading, "", "Annex"),
                  paragraph("hd2", K::heading, "", "Article 1"),
                  paragraph("an1", K::annex, "1", "x"),
                  paragraph("hd3", K::heading, "", "Article 2"),
                  paragraph("hd4", K::heading, "", "Wicks"),
                  paragraph("an1~2", K::annex, "1", "y"),
                  paragraph("an2~2", K::annex, "", "z"),
                  paragraph("an3~2", K::annex, "", "z")};
  const auto en = cite_paragraphs(d, false), zh = cite_paragraphs(d, true);
  EXPECT_EQ(en[0], "preambular para. 1");
  EXPECT_EQ(en[2], "para. 1 (a)");
  EXPECT_EQ(en[5], "annex, art. 1, para. 1");
  EXPECT_EQ(en[8], "annex, art. 2, para. 1");
  EXPECT_EQ(zh[8], "附件，第2条，第1段");
  EXPECT_NE(en[9], en[10]);
  EXPECT_EQ(en[9].find("para."), std::string::npos) << en[9];
  // A heading that was read as a paragraph heads all the same.
  d.paragraphs[6].kind = K::annex;
  d.paragraphs[6].text = "第三条";
  EXPECT_EQ(cite_paragraphs(d, true)[8], "附件，第3条，第1段");
  // An annex's number as a language writes it, whatever the text is in.
  for (const auto& [heading, in_en, in_zh] :
       {std::array{"Annex II", "annex II, art. 1, para. 1", "附件二，第1条，第1段"},
        std::array{"附件十一", "annex XI, art. 1, para. 1", "附件十一，第1条，第1段"}, std::array{"Annex 2", "annex 2, art. 1, para. 1", "附件2，第1条，第1段"},
        std::array{"附件A", "annex A, art. 1, para. 1", "附件A，第1条，第1段"}}) {
    d.paragraphs[3].text = heading;
    EXPECT_EQ(cite_paragraphs(d, false)[5], in_en);
    EXPECT_EQ(cite_paragraphs(d, true)[5], in_zh);
  }
  d.paragraphs[3].text = "Annex";
  EXPECT_EQ(cite(d, en[1], false), "General Assembly resolution 91/12 of 30 October 2036, para. 1");
  EXPECT_EQ(cite(d, zh[1], true), "大会2036年10月30日第91/12号决议，第1段");
}

TEST(Notices, OfTroubleAreSaidInChinese) {
  EXPECT_EQ(print_trouble("q may have at most 2000 bytes", true).markup(), "q最多2000字节（每个汉字3字节）");
  EXPECT_EQ(print_trouble("its text may have at most 9 bytes", true).markup(), "草稿文本最多9字节");
  EXPECT_EQ(print_trouble("\"XX\" is not one of: GA, SC", true).markup(), "“XX”不在可选值之中：GA, SC");
  EXPECT_EQ(print_trouble("encrypted, the PDF wants a password", true).markup(), "文件已加密");
  EXPECT_EQ(print_trouble("encrypted, the PDF wants a password", false).markup(), "encrypted, the PDF wants a password");
  EXPECT_EQ(print_trouble("nobody knows", true).markup(), "<span lang=\"en\">nobody knows</span>");
}

TEST(Notices, OfTheEngineAreSaidInChinese) {
  for (const char* notice : {"In no paragraph at all: zzzz", "No paragraph has all the words; these have some of them", "OR has nothing after it: left out",
                             "\"x\" is no committee or body", "The query has more than 64 words: the rest was left out",
                             "'date:x' is no date or range (date:2000..2010, date:2004-03-26): searched as words"}) {
    const auto said = print_notice(notice, true);
    EXPECT_EQ(std::string_view(language_tag_of(said)), "zh-Hans") << notice;
    EXPECT_EQ(said.find("{}"), std::string::npos) << said;
  }
  EXPECT_EQ(print_notice("it is of the Security Council, not of the General Assembly", true), "它是安全理事会的文件，不是大会的");
  EXPECT_EQ(print_notice("resolution 3902 is of 2036", true), "第3902号决议是2036年的");
  EXPECT_EQ(print_notice("In no paragraph at all: lamp", false), "No paragraph contains “lamp”");
  EXPECT_EQ(print_notice("A/RES/91/12 is shown first", true), "");
}

std::string gunzip(const std::string& bytes) {
  z_stream s{};
  EXPECT_EQ(inflateInit2(&s, 15 + 16), Z_OK);
  std::string out(1 << 20, '\0');
  s.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  s.avail_in = static_cast<uInt>(bytes.size());
  s.next_out = reinterpret_cast<Bytef*>(out.data());
  s.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&s, Z_FINISH), Z_STREAM_END);
  out.resize(s.total_out);
  inflateEnd(&s);
  return out;
}

TEST(Compress, ShortensTextForWhoTakesIt) {
  const std::string text(5000, 'a');
  const auto pressed = [&](const char* takes, const char* type) {
    Request request;
    request.accept_encoding = takes;
    Response r{200, type, {}, text};
    compress(request, r);
    return r.body;
  };
  const auto unpressed = [](const std::string& bytes) {
    std::string out(1 << 20, '\0');
    size_t size = out.size();
    EXPECT_EQ(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const uint8_t*>(bytes.data()), &size, reinterpret_cast<uint8_t*>(out.data())),
              BROTLI_DECODER_RESULT_SUCCESS);
    out.resize(size);
    return out;
  };
  for (const char* takes : {"gzip", "gzip, deflate", "br;q=0.5, gzip", "br;q=0, *"})
    EXPECT_EQ(gunzip(pressed(takes, "text/html; charset=utf-8")), text) << takes;
  for (const char* takes : {"br", "gzip, deflate, br, zstd", "gzip;q=0.5, br", "*", "gzip;q=0, *"})
    EXPECT_EQ(unpressed(pressed(takes, "application/json")), text) << takes;
  for (const char* takes : {"", "zstd", "gzip;q=0", "identity", "*;q=0"}) EXPECT_EQ(pressed(takes, "text/html"), text) << takes;
  EXPECT_EQ(pressed("gzip", "application/zip"), text);
}

}  // namespace
}  // namespace resolute::http
