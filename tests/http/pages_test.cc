// The pages that the server makes: what stands at each address, in both languages, under any path.

#include "http/html_pages.h"

#include <gtest/gtest.h>

#include "http/handler.h"
#include "tests/http/samples.h"

namespace resolute::http {
namespace {

Response open_page(const std::string& target, const std::string& language = "", const std::string& cookie = "") {
  Request r{"GET", target};
  r.accept_language = language;
  r.cookie = cookie;
  return samples().handle(r);
}

bool has(const Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }

TEST(Pages, SayWhereAParagraphIsNotThere) {
  EXPECT_TRUE(header(open_page("/search?q=A/RES/91/12,%20para.%201"), "Location").ends_with("#op1"));
  const auto to = header(open_page("/search?q=A/RES/91/12,%20para.%20999"), "Location");
  EXPECT_TRUE(to.ends_with("A/RES/91/12?para=op999")) << to;
  EXPECT_TRUE(has(open_page("/en/A/RES/91/12?para=op999"), "There is no such paragraph"));
  EXPECT_EQ(open_page("/en/citing/A/RES/91/12?para=op999").status, 404);
  EXPECT_EQ(open_page("/en/citing/A/RES/7/7777?para=op1").status, 404);
}

TEST(Pages, StandAtRealAddresses) {
  for (const char* target : {"/", "/zh/", "/search?q=lighthouses", "/zh/search?body=GA", "/A/RES/91/12", "/zh/A/RES/91/12", "/en/A/RES/91/12?text=both&q=light",
                             "/series/A/RES/91/12", "/citing/A/RES/91/12?para=op1", "/browse", "/browse/GA", "/browse/GA/91", "/phrases",
                             "/phrases?q=light&body=GA", "/agreed-language", "/help", "/zh/help", "/about", "/agreed-language?of=A/RES/91/12@en%23op1"}) {
    const auto r = open_page(target);
    EXPECT_EQ(r.status, 200) << target;
    EXPECT_TRUE(r.content_type.starts_with("text/html")) << target;
    for (const char* part : {"<title>", "name=\"description\"", "<h1", "<main", "hreflang=\"zh-Hans\""}) EXPECT_TRUE(has(r, part)) << target << part;
    EXPECT_EQ(header(r, "Content-Security-Policy"), kPagePolicy) << target;
  }
}

TEST(Pages, NameNoAddressFromTheRoot) {
  for (const char* target : {"/", "/zh/", "/search?q=light&unit=document", "/zh/A/RES/91/12?text=both", "/series/A/RES/91/12", "/browse/GA/91",
                             "/agreed-language", "/about", "/A/RES/999/1"})
    for (const char* absolute : {"href=\"/", "src=\"/", "action=\"/"}) EXPECT_FALSE(has(open_page(target), absolute)) << target;
  EXPECT_EQ(header(open_page("/?q=light"), "Location"), "./search?q=light");
  EXPECT_EQ(header(open_page("/zh"), "Location"), "zh/");
  EXPECT_TRUE(has(open_page("/zh/A/RES/91/12"), "href=\"../../../../static/"));
  EXPECT_TRUE(has(open_page("/zh/A/RES/91/12"), "action=\"../../../search\""));
}

TEST(Pages, OpenANumberInAnySpelling) {
  for (const auto& [q, place] : {std::pair{"A/RES/91/12", "./A/RES/91/12"},
                                 {"a/res/91/12", "./A/RES/91/12"},
                                 {"%E7%AC%AC91/12%E5%8F%B7%E5%86%B3%E8%AE%AE", "./A/RES/91/12"},
                                 {"A/RES/91/12,+para.+2", "./A/RES/91/12#op2"},
                                 {"A/RES/91/199", "./A/RES/91/199"}}) {
    const auto r = open_page(std::string("/search?q=") + q);
    EXPECT_EQ(r.status, 302) << q;
    EXPECT_EQ(header(r, "Location"), place) << q;
  }
  EXPECT_EQ(open_page("/search?q=A/RES/91/12&as=words").status, 200);
  EXPECT_EQ(header(open_page("/a/res/91/12"), "Location"), "../../../A/RES/91/12");
  const auto missing = open_page("/A/RES/91/199");
  EXPECT_EQ(missing.status, 404);
  EXPECT_TRUE(has(missing, "https://docs.un.org/")) << missing.body.substr(0, 2000);
  EXPECT_EQ(header(open_page("/A/RES/91/12?para=2"), "Location"), "../../../A/RES/91/12#op2");
}

TEST(Pages, SpeakTheReadersLanguage) {
  EXPECT_TRUE(has(open_page("/", "zh-CN,zh;q=0.9,en;q=0.5"), "<html lang=\"zh-Hans\">"));
  EXPECT_TRUE(has(open_page("/", "fr, en;q=0.9, zh;q=0.2"), "<html lang=\"en\">"));
  EXPECT_TRUE(has(open_page("/", "en", "x=1; resolute_ui=zh"), "<html lang=\"zh-Hans\">"));
  EXPECT_TRUE(has(open_page("/en/", "zh", "resolute_ui=zh"), "<html lang=\"en\">"));
  EXPECT_TRUE(header(open_page("/en/", "", "resolute_ui=zh"), "Set-Cookie").starts_with("resolute_ui=en;"));
  // The text is in the language of the interface, unless the reader chose otherwise.
  EXPECT_TRUE(has(open_page("/zh/A/RES/91/12"), "data-lang=\"zh\""));
  EXPECT_TRUE(has(open_page("/en/A/RES/91/12"), "data-lang=\"en\""));
  EXPECT_TRUE(has(open_page("/en/A/RES/91/12", "", "resolute_text=zh"), "data-lang=\"zh\""));
  EXPECT_TRUE(has(open_page("/en/A/RES/91/12", "", "resolute_text=both"), "class=\"document two\""));
  EXPECT_TRUE(header(open_page("/A/RES/91/12?text=both"), "Set-Cookie").starts_with("resolute_text=both;"));
}

TEST(Pages, ShowEachResolutionOnce) {
  const auto r = open_page("/search?body=GA");
  std::vector<std::string> symbols;
  for (size_t at = 0; (at = r.body.find("<p class=\"source\"><a ", at)) != std::string::npos;) {
    const size_t begin = r.body.find('>', at + 22) + 1;
    at = r.body.find('<', begin);
    symbols.push_back(r.body.substr(begin, at - begin));
  }
  ASSERT_GT(symbols.size(), 5u);
  auto distinct = symbols;
  std::sort(distinct.begin(), distinct.end());
  EXPECT_EQ(std::unique(distinct.begin(), distinct.end()), distinct.end());
}

TEST(Pages, LetNothingOfAQueryBecomeMarkup) {
  for (const char* target : {"/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/search?q=x&subject=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                             "/A/RES/91/12?q=%3Cscript%3Ealert(1)", "/browse/%3Cscript%3Ealert(1)"}) {
    const auto r = open_page(target);
    EXPECT_FALSE(has(r, "<script>alert")) << target;
  }
  EXPECT_EQ(open_page("/search?q=%FF").status, 400);
  EXPECT_EQ(open_page("/search?date_from=yesterday").status, 400);
}

TEST(Pages, GoToAParagraphHoweverItIsNamed) {
  for (const auto& [para, fragment] : {std::pair{"2", "op2"},
                                       {"OP%202", "op2"},
                                       {"pp2", "pp2"},
                                       {"para.%202", "op2"},
                                       {"%E7%AC%AC2%E6%AE%B5", "op2"},
                                       {"preambular%20para.%202", "pp2"},
                                       {"opening%20formula", "en1"}}) {
    const auto r = open_page(std::string("/en/A/RES/91/12?para=") + para);
    EXPECT_EQ(r.status, 302) << para;
    EXPECT_TRUE(header(r, "Location").ends_with(std::string("#") + fragment)) << para << ": " << header(r, "Location");
  }
  const auto none = open_page("/en/A/RES/91/12?para=777");
  EXPECT_EQ(none.status, 200);
  EXPECT_TRUE(has(none, "There is no such paragraph"));
}

TEST(Pages, LeadFromAFootnotesMarkerToItAndBack) {
  const auto r = open_page("/en/A/RES/91/12?text=en");
  EXPECT_TRUE(has(r, "<a class=\"note-mark\" href=\"#fn1\" id=\"ref-fn1\">1</a>")) << r.body;
  EXPECT_TRUE(has(r, "href=\"#ref-fn1\""));
  EXPECT_FALSE(has(r, "could not be read"));
}

TEST(Pages, MarkARangeOfParagraphs) {
  EXPECT_TRUE(header(open_page("/search?q=A/RES/91/12,%20paras.%201-2"), "Location").ends_with("/A/RES/91/12?range=op1..op2#op1"));
  EXPECT_TRUE(header(open_page("/A/RES/91/12?para=1-2"), "Location").ends_with("/A/RES/91/12?range=op1..op2#op1"));
  EXPECT_TRUE(header(open_page("/zh/A/RES/91/12?para=%E7%AC%AC1%E8%87%B32%E6%AE%B5"), "Location").ends_with("?range=op1..op2#op1"));
  const auto r = open_page("/en/A/RES/91/12?range=op1..op2");
  for (const char* id : {"op1", "op2"}) EXPECT_TRUE(has(r, std::string(" chosen\" id=\"") + id + "\"")) << id;
  EXPECT_FALSE(has(r, " chosen\" id=\"op3\""));
  EXPECT_FALSE(has(r, " chosen\" id=\"pp1\""));
  // One that ends before it begins is none.
  for (const char* none : {"op2..op1", "op1..op999", "op999..op1", "op1", "..op2"})
    EXPECT_FALSE(has(open_page(std::string("/en/A/RES/91/12?range=") + none), " chosen\"")) << none;
  EXPECT_FALSE(has(open_page("/A/RES/91/12?para=2-1"), "range="));
  for (const char* odd : {"op1", "op1..", "..op2", "op2..op1", "x..y", "%3Cb%3E..op1"})
    EXPECT_EQ(open_page(std::string("/en/A/RES/91/12?range=") + odd).status, 200) << odd;
}

TEST(Pages, LookForPhrasesInTheLanguageOfTheirWords) {
  for (const char* page : {"/zh/phrases?q=light", "/en/phrases?q=light"}) EXPECT_TRUE(has(open_page(page), "<td class=\"figure\">")) << page;
  const auto zh = open_page("/en/phrases?q=%E7%81%AF%E5%A1%94");
  EXPECT_TRUE(has(zh, "灯塔")) << zh.body;
}

TEST(Pages, FilterByHowAStateVoted) {
  EXPECT_EQ(header(open_page("/search?q=light&state=NOR&voted=no&body="), "Location"), "./search?q=light&voter=NOR:no");
  EXPECT_EQ(header(open_page("/search?q=light&state=NOR&voted="), "Location"), "./search?q=light&voter=NOR:yes&voter=NOR:no&voter=NOR:abstain");
  EXPECT_EQ(header(open_page("/search?q=light&state=XYZ&voted=no"), "Location"), "./search?q=light");
  for (const char* target : {"/en/search?q=light", "/en/browse"}) {
    const auto r = open_page(target);
    EXPECT_TRUE(has(r, "<select name=\"state\">")) << target;
    EXPECT_TRUE(has(r, "<option value=\"NOR\">Norway</option>")) << target;
  }
  // Names in the order of their language: 阿 before 中.
  const auto zh = open_page("/zh/browse");
  EXPECT_LT(zh.body.find(">阿富汗<"), zh.body.find(">中国<"));
  EXPECT_LT(zh.body.find(">德国<"), zh.body.find(">法国<"));
}

TEST(Pages, MendWhatIsEasilyMeant) {
  // Dates the wrong way round.
  EXPECT_EQ(header(open_page("/search?q=light&date_from=2038&date_to=2036-05"), "Location"), "./search?q=light&date_from=2036-05&date_to=2038&turned=1");
  EXPECT_TRUE(has(open_page("/en/search?q=light&date_from=2036-05&date_to=2038&turned=1"), "were turned"));
  EXPECT_EQ(open_page("/search?q=light&date_from=2036&date_to=2036").status, 200);
  // One thing that is wrong can be left out.
  const auto wrong = open_page("/en/search?q=light&body=GA&date_from=abc");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_TRUE(has(wrong, "“abc” was left out: expected a date"));
  EXPECT_TRUE(has(wrong, "class=\"hit\"") && !has(wrong, "date_from=abc")) << wrong.body;
  EXPECT_TRUE(has(open_page("/zh/search?q=light&body=GA&year=20&date_to=x"), "“20”已略去"));
  EXPECT_FALSE(has(open_page("/en/search?date_from=abc"), "class=\"hit\""));
  // A quote that is nowhere: its words, and wording that is like it.
  const auto none = open_page("/en/search?q=%E2%80%9CStresses%20that%20no%20such%20sentence%20stands%20in%20any%20sample%E2%80%9D");
  EXPECT_TRUE(has(none, "Search without quotation marks"));
  EXPECT_TRUE(has(none, "name=\"draft\" value=\"Stresses that no such sentence stands in any sample\""));
  EXPECT_FALSE(has(open_page("/en/search?q=%22no%20zzyzx%22"), "name=\"draft\""));
}

TEST(Pages, SayWhereAPageOfResultsStands) {
  const auto first = open_page("/en/search?unit=paragraph&body=GA");
  const size_t at = first.body.find("after=20&amp;cursor=");
  ASSERT_NE(at, std::string::npos);
  EXPECT_FALSE(has(first, "First page"));
  const auto begin = first.body.rfind('"', at) + 1;
  auto address = first.body.substr(begin, first.body.find('"', at) - begin);
  for (size_t amp; (amp = address.find("&amp;")) != std::string::npos;) address.replace(amp, 5, "&");
  const auto second = open_page("/en/" + address.substr(address.find("search")));
  EXPECT_TRUE(has(second, "Results 21 to "));
  EXPECT_TRUE(has(second, "First page"));
}

TEST(Pages, TakeADraftAsAForm) {
  Request r{"POST", "/agreed-language"};
  r.body = "draft=Requests+the+Secretary-General+to+report+on+lighthouses%0D%0A&body=";
  ASSERT_TRUE(Handler::takes_body(r));
  const auto answer = samples().handle(r);
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(has(answer, "id=\"draft-1\""));
  EXPECT_TRUE(has(answer, "<textarea"));
  EXPECT_FALSE(Handler::takes_body({"POST", "/search"}));
  EXPECT_EQ(samples().handle({"POST", "/search"}).status, 405);
}

TEST(Pages, NameThemselvesOnEachSheetOfPaper) {
  EXPECT_TRUE(has(open_page("/zh/A/RES/91/12"), "media=\"print\" href=\"../../../../print.css?head=A/RES/91/12\""));
  const auto r = open_page("/print.css?head=A/RES/91/12%22%3B%7D%20%5C%3Cx%3E");
  EXPECT_EQ(r.content_type, "text/css; charset=utf-8");
  EXPECT_EQ(r.body, "@page { @top-left { content: \"A/RES/91/12 x\"; font: 9pt sans-serif; } }\n");
}

TEST(Pages, FilesAreNamedByTheirContentAndKept) {
  const auto page = open_page("/");
  const size_t end = page.body.find("/style.css"), begin = page.body.rfind("static/", end);
  ASSERT_NE(end, std::string::npos);
  const auto sum = page.body.substr(begin + 7, end - begin - 7);
  EXPECT_EQ(sum.find_first_not_of("0123456789"), std::string::npos) << sum;
  const auto file = open_page("/static/" + sum + "/style.css");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(header(file, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(open_page("/static/1/style.css"), "Cache-Control"), "no-cache");
  EXPECT_EQ(open_page("/static/1/none.css").status, 404);
}

}  // namespace
}  // namespace resolute::http
