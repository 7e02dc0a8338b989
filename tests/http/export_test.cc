// Lists of results as files: every hit once, in the order of the pages, nothing that runs.
#include "http/export.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "http/bibliography.h"
#include "http/sheet.h"
#include "indexer/readers/reader.h"
#include "tests/http/samples.h"

namespace resolute::http {
namespace {

using nlohmann::json;

// The fields of CSV (RFC 4180), row by row; a byte order mark aside.
std::vector<std::vector<std::string>> parse_csv(std::string_view s) {
  if (s.starts_with("\xEF\xBB\xBF")) s.remove_prefix(3);
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (size_t i = 0; i < s.size(); ++i) {
    if (quoted) {
      if (s[i] != '"')
        rows.back().back() += s[i];
      else if (i + 1 < s.size() && s[i + 1] == '"')
        rows.back().back() += s[++i];
      else
        quoted = false;
    } else if (s[i] == '"') {
      quoted = true;
    } else if (s[i] == ',') {
      rows.back().emplace_back();
    } else if (s[i] == '\r' && i + 1 < s.size() && s[i + 1] == '\n') {
      ++i;
      if (i + 1 < s.size()) rows.push_back({""});
    } else {
      rows.back().back() += s[i];
    }
  }
  return rows;
}

std::vector<json> parse_lines(const std::string& s) {
  std::vector<json> out;
  for (size_t at = 0; at < s.size();) {
    const size_t end = s.find('\n', at);
    out.push_back(json::parse(s.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

// Ids of all pages of a search, one after another.
std::vector<std::string> walk(const std::string& query) {
  std::vector<std::string> out;
  std::string cursor;
  do {
    const auto page = json::parse(ask("/v1/search?" + query + "&limit=7&facets=none" + (cursor.empty() ? "" : "&cursor=" + cursor)).body);
    for (const auto& m : page["matches"]) out.push_back(m["id"]);
    cursor = page.value("next", "");
  } while (!cursor.empty());
  return out;
}

TEST(Export, HasEveryHitOnceInTheOrderOfThePages) {
  for (const char* query : {"q=", "q=light", "q=light&sort=newest", "q=%22the%22&sort=oldest&lang=en", "q=light&unit=document", "unit=document&sort=most-cited",
                            "q=light+keeper&dedupe=on", "kind=operative&dedupe=on&sort=newest", "q=%E7%81%AF", "q=nothinglikeit", "body=SC&year=2036",
                            "q=lighthouses&translate=on"}) {
    const auto ids = walk(query);
    const auto lines = parse_lines(whole(ask(std::string("/v1/search.jsonl?columns=id&") + query)));
    ASSERT_FALSE(lines.empty()) << query;
    std::vector<std::string> listed;
    for (size_t i = 1; i < lines.size(); ++i) listed.push_back(lines[i]["id"]);
    EXPECT_EQ(listed, ids) << query;
    const auto rows = parse_csv(whole(ask(std::string("/v1/search.csv?columns=id&") + query)));
    EXPECT_EQ(rows.size(), ids.size() + 2) << query;
    if (std::string_view(query).find("dedupe") == std::string_view::npos) { EXPECT_EQ(lines[0]["total"]["value"], ids.size()) << query; }
  }
}

TEST(Export, LimitsAndPagesOfAnAddressDoNotShortenWholeLists) {
  const size_t all = walk("q=light").size();
  ASSERT_GT(all, 3u);
  EXPECT_EQ(parse_lines(whole(ask("/v1/search.jsonl?q=light&limit=2&facets=body&head=off"))).size(), all);
  EXPECT_EQ(json::parse(whole(ask("/v1/search.csl?q=light&limit=2"))).size(), 2u);
  EXPECT_EQ(json::parse(whole(ask("/v1/search.csl?q=light"))).size(), all);
}

TEST(Export, SaysWhatItIsOf) {
  const auto r = ask("/v1/search.csv?q=light&lang=en&columns=symbol,url");
  EXPECT_EQ(r.content_type, "text/csv; charset=utf-8");
  EXPECT_NE(header(r, "Content-Disposition").find("resolute-search.csv"), std::string::npos);
  const auto text = whole(r);
  EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF"));
  const auto rows = parse_csv(text);
  ASSERT_GT(rows.size(), 2u);
  ASSERT_EQ(rows[0].size(), 1u);
  for (const char* said : {"# Resolute", "query: light", "filters: lang=en", "revision: ", "total: ", "time: 20"})
    EXPECT_NE(rows[0][0].find(said), std::string::npos) << rows[0][0];
  EXPECT_EQ(rows[1], (std::vector<std::string>{"symbol", "url"}));
  for (size_t i = 2; i < rows.size(); ++i) EXPECT_TRUE(rows[i][1].starts_with("/" + rows[i][0] + "?text=en#")) << rows[i][1];
  EXPECT_EQ(parse_csv(whole(ask("/v1/search.csv?q=light&lang=en&columns=symbol&head=off")))[0][0], "symbol");
}

TEST(Export, PutsTheCounterpartBesideWhereAsked) {
  const auto rows = parse_lines(whole(ask("/v1/search.jsonl?lang=zh&kind=operative&parallel=on&head=off")));
  size_t with = 0;
  for (const auto& row : rows) with += row["parallel_text"].is_string();
  EXPECT_GT(with, rows.size() / 2);
  EXPECT_FALSE(parse_lines(whole(ask("/v1/search.jsonl?lang=zh&head=off")))[0].contains("parallel_text"));
}

TEST(Export, ListsDocumentsInTheReadersLanguage) {
  for (const std::string reader : {"zh", "en"}) {
    const auto rows = parse_lines(whole(ask("/v1/search.jsonl?unit=document&head=off&columns=symbol,lang,title&ui=" + reader)));
    ASSERT_GT(rows.size(), 3u);
    size_t own = 0;
    for (const auto& row : rows) {
      const bool held = ask("/v1/documents/" + row["symbol"].get<std::string>() + "@" + reader).status == 200;
      EXPECT_EQ(row["lang"] == reader, held) << row;
      own += held;
    }
    EXPECT_GT(own, 3u);
  }
}

TEST(Export, ExplainsWhatItCannotWrite) {
  struct Case {
    const char* target;
    int status;
    const char* parameter;
  };
  for (const auto& c : {Case{"/v1/search.pdf", 404, ""},
                        {"/v1/search.", 404, ""},
                        {"/v1/search.csv?columns=colour", 400, "columns"},
                        {"/v1/search.csv?columns=", 400, "columns"},
                        {"/v1/search.csv?columns=id,,text", 400, "columns"},
                        {"/v1/search.csv?head=maybe", 400, "head"},
                        {"/v1/search.xlsx?parallel=zh", 400, "parallel"},
                        {"/v1/search.ris?colour=red", 400, "colour"},
                        {"/v1/search.csv?limit=1000", 400, "limit"},
                        {"/v1/search.csv?q=%FF", 400, "q"}}) {
    const auto r = ask(c.target);
    EXPECT_EQ(r.status, c.status) << c.target << r.body;
    EXPECT_EQ(json::parse(r.body).value("parameter", ""), c.parameter) << c.target;
  }
}

TEST(Export, IsNotMadeAgainWhereNothingChanged) {
  const auto tag = header(ask("/v1/search.csv?q=light"), "ETag");
  const auto again = ask("/v1/search.csv?q=light", "", tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_FALSE(again.stream);
}

TEST(Export, OnlySoManyAreWrittenAtOnce) {
  std::vector<Response> held;
  for (int i = 0; i < 4; ++i) held.push_back(ask("/v1/search.csv?q=light"));
  const auto r = ask("/v1/search.csv?q=light");
  EXPECT_EQ(r.status, 503);
  EXPECT_FALSE(header(r, "Retry-After").empty());
  held.pop_back();
  EXPECT_EQ(ask("/v1/search.csv?q=light").status, 200);
}

TEST(Export, NoCellOfCsvRunsAsAFormula) {
  const std::vector<std::string> starts = {"=1+1",
                                           "+1",
                                           "-1",
                                           "@SUM(A1)",
                                           "\t=1",
                                           "\r=1",
                                           "\n=1",
                                           " =1",
                                           "\xE2\x80\x8B=1",
                                           "\xEF\xBB\xBF=1",
                                           "\xC2\xA0=1",
                                           "\xEF\xBC\x9D"
                                           "1",
                                           "\xEF\xBC\x8B"
                                           "1",
                                           "\xEF\xBC\x8D"
                                           "1",
                                           "\xEF\xBC\xA0"
                                           "A",
                                           "\xE3\x80\x80=1"};
  for (const auto& s : starts) {
    const auto rows = parse_csv(csv_field(s) + "\r\n");
    EXPECT_EQ(rows[0][0], "'" + s);
  }
  for (const char* s : {"a=1", "2. Decides", "“=”", "灯塔"}) EXPECT_EQ(parse_csv(csv_field(s) + "\r\n")[0][0], s);
  EXPECT_EQ(csv_field(nlohmann::ordered_json(-1.5)), "-1.5");
  EXPECT_EQ(csv_field(nlohmann::ordered_json::array({"a\"b", "c,d"})), "\"a\"\"b; c,d\"");
}

// Texts that are markup or commands somewhere stay texts in every format.
TEST(Export, HostileTextsStayTexts) {
  const Folder folder;
  std::ofstream(folder / "hostile.jsonl")
      << R"x({"symbol": "A/RES/93/1", "lang": "en", "title": "=HYPERLINK(\"http://evil\") <script>alert(1)</script> & } {\\ % # ]]> -->", "date": "2038-03-11", "text": "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>", "subjects": ["@SUM(1)", "a\nER  - \nTY  - BOOK"]})x"
      << "\n";
  index(folder / "index", folder / "hostile.jsonl");
  const search::LiveIndex live(folder / "index");
  const Handler handler(live);
  const auto get = [&](const std::string& target) { return whole(handler.handle({"GET", target, "", ""})); };
  for (const auto& row : parse_csv(get("/v1/search.csv?columns=title,text,subject")))
    for (const auto& cell : row) EXPECT_TRUE(cell.empty() || std::string_view("=+-@").find(cell[0]) == std::string_view::npos) << cell;
  const auto ris = get("/v1/search.ris?unit=document");
  size_t ends = 0;
  for (size_t at = 0; (at = ris.find("\r\nER  - ", at)) != std::string::npos; ++at) ++ends;
  EXPECT_EQ(ends, 1u) << ris;
  const auto marc = get("/v1/search.marcxml?q=--%3E%3Cscript%3E&unit=document");
  EXPECT_EQ(marc.find("<script"), std::string::npos);
  const auto read = indexer::read_marcxml("x.xml", get("/v1/search.marcxml?unit=document"));
  ASSERT_EQ(read.records.size(), 1u);
  EXPECT_NE(read.records[0].data.title.find("<script>alert(1)</script> & } {"), std::string::npos);
  const auto bib = get("/v1/search.bibtex?unit=document&q=@book");
  EXPECT_EQ(bib.find("@book"), std::string::npos);
}

// What we write as MARCXML the index reads again as the same record.
TEST(Bibliography, MarcxmlIsReadAgain) {
  const auto read = indexer::read_marcxml("x.xml", whole(ask("/v1/search.marcxml?unit=document&lang=en")));
  EXPECT_TRUE(read.rejections.empty());
  ASSERT_GT(read.records.size(), 10u);
  const auto documents = parse_lines(whole(ask("/v1/search.jsonl?unit=document&lang=en&head=off&columns=symbol,title,date,subject,session")));
  ASSERT_EQ(read.records.size(), documents.size());
  for (size_t i = 0; i < documents.size(); ++i) {
    const auto& r = read.records[i];
    EXPECT_EQ(r.data.date, documents[i]["date"].is_null() ? "" : documents[i]["date"].get<std::string>()) << documents[i];
    EXPECT_EQ(std::set<std::string>(r.data.subjects.begin(), r.data.subjects.end()), documents[i]["subject"].get<std::set<std::string>>()) << documents[i];
    if (documents[i]["title"].is_string()) { EXPECT_EQ(json(r.data.title), documents[i]["title"]); }
  }
}

TEST(Bibliography, EachFormatNamesTheDocument) {
  const auto csl = json::parse(whole(ask("/v1/search.csl?symbol=A/RES/91/12&lang=en&unit=document")));
  ASSERT_EQ(csl.size(), 1u);
  EXPECT_EQ(csl[0]["number"], "A/RES/91/12");
  EXPECT_EQ(csl[0]["author"][0]["literal"], "United Nations General Assembly");
  EXPECT_EQ(csl[0]["issued"]["date-parts"][0].size(), 3u);
  const auto ris = whole(ask("/v1/search.ris?symbol=A/RES/91/12&lang=zh&kind=operative"));
  EXPECT_TRUE(ris.starts_with("TY  - RPRT\r\n"));
  for (const char* line : {"\r\nSN  - A/RES/91/12\r\n", "\r\nAU  - 联合国大会,\r\n", "\r\nLA  - zh\r\n", "\r\nER  - \r\n"})
    EXPECT_NE(ris.find(line), std::string::npos) << line << ris.substr(0, 600);
  const auto bib = whole(ask("/v1/search.bibtex?symbol=A/RES/91/12&lang=en&unit=document"));
  EXPECT_NE(bib.find("@techreport{A-RES-91-12-en,"), std::string::npos) << bib;
}

}  // namespace
}  // namespace resolute::http
