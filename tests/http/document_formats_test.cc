// Documents in the formats of their users; tools for assistants.
#include "http/document_formats.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "http/akn.h"
#include "indexer/readers/reader.h"
#include "tests/http/samples.h"

namespace resolute::http {
namespace {

using nlohmann::json;

std::vector<std::string> all_documents() {
  std::vector<std::string> out;
  const auto lines = whole(ask("/v1/search.jsonl?unit=document&columns=symbol,lang&head=off"));
  for (size_t at = 0; at < lines.size();) {
    const size_t end = lines.find('\n', at);
    const auto row = json::parse(lines.substr(at, end - at));
    out.push_back(row["symbol"].get<std::string>() + "@" + row["lang"].get<std::string>());
    at = end + 1;
  }
  return out;
}

TEST(Akn, IsReadAgainWithTheSameParagraphs) {
  const auto documents = all_documents();
  ASSERT_GT(documents.size(), 20u);
  for (const auto& id : documents) {
    const auto stored = json::parse(ask("/v1/documents/" + id).body);
    const auto read = indexer::read_akn("document.xml", ask("/v1/documents/" + id + ".akn").body);
    ASSERT_EQ(read.documents.size(), 1u) << id;
    const auto& d = read.documents[0];
    EXPECT_EQ(d.id(), id);
    EXPECT_EQ(d.title, stored["title"].is_null() ? "" : stored["title"].get<std::string>()) << id;
    EXPECT_EQ(d.date, stored["date"].is_null() ? "" : stored["date"].get<std::string>()) << id;
    EXPECT_EQ(json(d.subjects), stored["subjects"]) << id;
    EXPECT_EQ(json(d.agenda), stored["agenda"].is_array() ? stored["agenda"] : json(d.agenda)) << id;
    ASSERT_EQ(d.paragraphs.size(), stored["paragraphs"].size()) << id;
    for (size_t i = 0; i < d.paragraphs.size(); ++i) {
      const auto& p = stored["paragraphs"][i];
      EXPECT_EQ(json(d.id() + "#" + d.paragraphs[i].fragment), p["id"]);
      EXPECT_EQ(print_kind(d.paragraphs[i].kind), p["kind"]) << p["id"];
      EXPECT_EQ(d.paragraphs[i].number, p["number"].is_null() ? "" : p["number"].get<std::string>()) << p["id"];
      EXPECT_EQ(json(d.paragraphs[i].text), p["text"]) << p["id"];
      EXPECT_EQ(d.paragraphs[i].citations.size(), p["citations"].size()) << p["id"];
    }
  }
}

TEST(Akn, HostileTextsStayTexts) {
  Document d;
  d.identifier = "a<b>&\"'";
  d.title = "</docTitle><script>alert(1)</script> ]]> -->";
  for (const auto kind :
       {ParagraphKind::heading, ParagraphKind::preambular, ParagraphKind::operative, ParagraphKind::footnote, ParagraphKind::table, ParagraphKind::closing}) {
    Paragraph p;
    p.kind = kind;
    p.fragment = "x\"><script>";
    p.number = "<1>";
    p.text = "The harbour keeps <img src=x onerror=alert(1)> & \x01 its lights burning through the night";
    p.citations = {{{4, 9}, "A/RES/1/1\"><script>", ""}, {{2, 6}, "overlaps", ""}, {{90, 500}, "too far", ""}};
    d.paragraphs.push_back(p);
  }
  const auto akn = print_akn(d);
  EXPECT_EQ(akn.find("<script"), std::string::npos);
  EXPECT_EQ(akn.find("<img"), std::string::npos);
  const auto read = indexer::read_akn("document.xml", akn);
  ASSERT_EQ(read.documents.size(), 1u);
  EXPECT_EQ(read.documents[0].paragraphs.size(), d.paragraphs.size());
  EXPECT_EQ(read.documents[0].title, d.title);
}

TEST(Documents, AreGivenByFormatByEndingAndByAccept) {
  const std::string address = "/v1/documents/A/RES/91/12@en";
  for (const auto& f : document_formats()) {
    const auto by_format = ask("/v1/documents/A/RES/91/12?lang=en&format=" + std::string(f.name)), by_ending = ask(address + f.ending),
               by_accept = ask(address, f.media_type);
    for (const auto* r : {&by_format, &by_ending, &by_accept}) {
      EXPECT_EQ(r->status, 200) << f.name;
      EXPECT_TRUE(r->content_type.starts_with(f.media_type)) << f.name << " " << r->content_type;
      EXPECT_EQ(r->body, by_format.body) << f.name;
      for (const auto& other : document_formats())
        EXPECT_NE(
            header(*r, "Link").find("</v1/documents/A/RES/91/12@en" + std::string(other.ending) + ">; rel=\"alternate\"; type=\"" + other.media_type + "\""),
            std::string::npos)
            << header(*r, "Link");
    }
    EXPECT_EQ(ask(address + f.ending, "image/png").status, 200) << "the ending says more than Accept";
  }
  EXPECT_NE(header(ask(address), "Link").find("hreflang=\"zh\""), std::string::npos);
  EXPECT_EQ(ask("/v1/documents/A/RES/999/999.ris").status, 404);
  EXPECT_EQ(ask("/v1/documents/.ris").status, 404);
  EXPECT_TRUE(ask(address, "text/html,application/xhtml+xml,*/*;q=0.8").content_type.starts_with("text/html"));
}

TEST(Documents, GiveTheFileThatTheyWereReadFrom) {
  const Folder folder;
  const std::string attack = "<html><script>alert(1)</script><p>Resolution 91/700</p><p>The General Assembly,</p><p>1. Decides to light a lamp.</p></html>";
  std::filesystem::create_directories(folder / "in");
  std::ofstream(folder / "in/A_RES_91_700 \"烛\".html", std::ios::binary) << attack;
  indexer::IndexOptions o;
  o.index = folder / "index";
  o.paths = {folder / "in", std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml"};
  o.keep_sources = indexer::KeepSources::yes;
  indexer::index_files(o);
  const search::LiveIndex live{o.index};
  const Handler handler{live};
  const auto get = [&](const std::string& target) { return handler.handle({"GET", target, "", "", "", "", "", ""}); };
  std::ifstream in(o.paths[1], std::ios::binary);
  const std::string akn{std::istreambuf_iterator<char>(in), {}};
  const auto r = get("/v1/documents/A/RES/91/12@en/source");
  EXPECT_EQ(r.status, 200);
  EXPECT_EQ(r.body, akn);
  EXPECT_EQ(r.content_type, "application/akn+xml");
  EXPECT_FALSE(header(r, "ETag").empty());
  EXPECT_NE(header(get("/v1/documents/A/RES/91/12@en"), "Link").find("/v1/documents/A/RES/91/12@en/source>; rel=\"via\"; type=\"application/akn+xml\""),
            std::string::npos);
  EXPECT_NE(get("/A/RES/91/12").body.find("v1/documents/A/RES/91/12/source?lang=en"), std::string::npos) << "the page offers it";
  // What somebody wrote runs nowhere under this service's address.
  const auto page = get("/v1/documents/A/RES/91/700/source");
  EXPECT_EQ(page.body, attack);
  EXPECT_EQ(header(page, "Content-Disposition"), "attachment; filename*=UTF-8''A_RES_91_700%20%22%E7%83%9B%22.html");
  EXPECT_TRUE(header(page, "Content-Security-Policy").starts_with("sandbox;"));
  EXPECT_EQ(get("/v1/documents/A/RES/91/999/source").status, 404);
  EXPECT_EQ(get("/v1/documents/A/RES/91/12/source?lang=zh").status, 404);
  EXPECT_EQ(get("/v1/documents/A/RES/91/12/source?depth=1").status, 400);
  // Of an index that keeps none.
  const auto none = ask("/v1/documents/A/RES/91/12@en/source");
  EXPECT_EQ(none.status, 404);
  EXPECT_NE(none.body.find("--keep-sources"), std::string::npos);
  EXPECT_EQ(header(ask("/v1/documents/A/RES/91/12@en"), "Link").find("/source"), std::string::npos);
  EXPECT_EQ(ask("/A/RES/91/12").body.find("/source"), std::string::npos);
}

// Zotero's "Embedded Metadata" translator reads citation_* and DC.*; a technical report is told by its institution and number.
TEST(Documents, SayInHtmlWhatReferenceManagersRead) {
  const auto html = ask("/v1/documents/A/RES/91/12@en.html").body;
  for (const char* wanted :
       {"<html lang=\"en\">", "<meta name=\"citation_title\" content=\"", "<meta name=\"citation_author\" content=\"United Nations General Assembly\">",
        "<meta name=\"citation_technical_report_number\" content=\"A/RES/91/12\">", "<meta name=\"citation_publication_date\" content=\"20",
        "<meta name=\"DC.identifier\" content=\"A/RES/91/12\">", "<meta name=\"DC.language\" content=\"en\">", "<link rel=\"canonical\" href=\"", "id=\"op1\""})
    EXPECT_NE(html.find(wanted), std::string::npos) << wanted;
  EXPECT_NE(ask("/v1/documents/A/RES/91/12@zh.html").body.find("content=\"联合国大会\""), std::string::npos);
  EXPECT_FALSE(header(ask("/v1/documents/A/RES/91/12@en.html"), "Content-Security-Policy").empty());
}

TEST(Documents, AreLinkedDataInJsonLd) {
  const auto o = json::parse(ask("/v1/documents/A/RES/91/12@en.jsonld").body);
  EXPECT_EQ(o["@type"], "Legislation");
  EXPECT_EQ(o["legislationIdentifier"], "A/RES/91/12");
  EXPECT_EQ(o["inLanguage"], "en");
}

json rpc(const json& message, int status = 200) {
  Request request;
  request.method = "POST";
  request.target = "/mcp";
  request.host = "un.example";
  request.body = message.is_string() ? message.get<std::string>() : message.dump();
  const auto r = samples().handle(request);
  EXPECT_EQ(r.status, status) << r.body;
  return r.body.empty() ? json() : json::parse(r.body);
}

json call(const std::string& tool, const json& arguments) {
  const auto answer = rpc({{"jsonrpc", "2.0"}, {"id", 7}, {"method", "tools/call"}, {"params", {{"name", tool}, {"arguments", arguments}}}});
  EXPECT_EQ(answer["id"], 7);
  EXPECT_EQ(answer["result"]["isError"], false) << answer;
  EXPECT_EQ(json::parse(answer["result"]["content"][0]["text"].get<std::string>()), answer["result"]["structuredContent"]) << tool;
  return answer["result"]["structuredContent"];
}

// Every paragraph told of has its id, its whole address and its text.
size_t expect_quotable(const json& o) {
  size_t n = 0;
  if (o.is_object() && o.contains("id") && o.contains("text") && o["id"].is_string() && o["id"].get<std::string>().find('#') != std::string::npos &&
      o.contains("url")) {
    EXPECT_TRUE(o["url"].get<std::string>().starts_with("http://un.example/")) << o;
    EXPECT_FALSE(o["text"].get<std::string>().empty()) << o;
    ++n;
  }
  if (o.is_structured())
    for (const auto& inner : o) n += expect_quotable(inner);
  return n;
}

TEST(Mcp, EachToolAnswersWithIdsAddressesAndTexts) {
  const auto found = call("search", {{"query", "light"}, {"lang", "en"}, {"limit", 5}});
  EXPECT_EQ(found["matches"].size(), 5u);
  EXPECT_GE(expect_quotable(found), 5u);
  EXPECT_EQ(call("search", {{"query", "light"}, {"lang", "en"}, {"limit", 5}, {"cursor", found["next"]}})["total"], found["total"]);
  const auto document = call("read_document", {{"symbol", "A/RES/91/12"}, {"lang", "en"}, {"parallel", "zh"}});
  EXPECT_EQ(document["paragraphs"].size(), document["paragraphs_in_all"].get<size_t>());
  EXPECT_GT(expect_quotable(document), document["paragraphs"].size());
  EXPECT_EQ(call("read_document", {{"symbol", "A/RES/91/12"}, {"lang", "en"}, {"from", 3}})["paragraphs"][0]["id"], document["paragraphs"][3]["id"]);
  EXPECT_EQ(call("resolve", {{"reference", "第91/12号决议"}})["symbol"], "A/RES/91/12");
  EXPECT_GT(expect_quotable(call("precedents", {{"text", document["paragraphs"].back()["text"]}})), 0u);
  const auto checked = call("check_citations", {{"text", "Recalling resolution 91/12 and resolution 4999 (2090)"}});
  EXPECT_EQ(checked["citations"][0]["url"], "http://un.example/A/RES/91/12");
  EXPECT_EQ(call("history", {{"id", "A/RES/91/12@en#op1"}})["url"], "http://un.example/A/RES/91/12?text=en#op1");
  const auto citing = call("cited_by", {{"symbol", "A/RES/91/12"}});
  EXPECT_GT(expect_quotable(citing), 0u) << citing;
}

TEST(Mcp, SpeaksTheProtocol) {
  const auto hello =
      rpc({{"jsonrpc", "2.0"},
           {"id", "a"},
           {"method", "initialize"},
           {"params", {{"protocolVersion", "2025-03-26"}, {"capabilities", json::object()}, {"clientInfo", {{"name", "t"}, {"version", "1"}}}}}});
  EXPECT_EQ(hello["result"]["protocolVersion"], "2025-03-26");
  EXPECT_EQ(rpc({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "initialize"}, {"params", {{"protocolVersion", "1999-01-01"}}}})["result"]["protocolVersion"],
            "2025-06-18");
  EXPECT_TRUE(rpc({{"jsonrpc", "2.0"}, {"method", "notifications/initialized"}}, 202).is_null());
  const auto tools = rpc({{"jsonrpc", "2.0"}, {"id", 2}, {"method", "tools/list"}})["result"]["tools"];
  EXPECT_EQ(tools.size(), 7u);
  for (const auto& t : tools) {
    EXPECT_EQ(t["annotations"]["readOnlyHint"], true);
    EXPECT_EQ(t["inputSchema"]["type"], "object");
    for (const auto& required : t["inputSchema"]["required"]) EXPECT_TRUE(t["inputSchema"]["properties"].contains(required.get<std::string>())) << t;
  }
  EXPECT_EQ(rpc({{"jsonrpc", "2.0"}, {"id", 3}, {"method", "ping"}})["result"], json::object());
}

TEST(Mcp, ExplainsWhatItCannotDo) {
  struct Case {
    json message;
    int code;
  };
  for (const auto& c : {Case{"{", -32700},
                        {json::array(), -32600},
                        {{{"id", 1}}, -32600},
                        {{{"jsonrpc", "1.0"}, {"id", 1}, {"method", "ping"}}, -32600},
                        {{{"jsonrpc", "2.0"}, {"id", nullptr}, {"method", "ping"}}, -32600},
                        {{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "tools/destroy"}}, -32601},
                        {{{"jsonrpc", "2.0"}, {"id", 1}, {"method", 5}}, -32600},
                        {{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "tools/call"}, {"params", {{"name", "rm"}}}}, -32602},
                        {{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "tools/call"}, {"params", {{"name", "search"}, {"arguments", 5}}}}, -32602},
                        {{{"jsonrpc", "2.0"}, {"id", 1}, {"method", "tools/call"}, {"params", {1}}}, -32602}})
    EXPECT_EQ(rpc(c.message)["error"]["code"], c.code) << c.message;
  for (const auto& [tool, arguments] : {std::pair<std::string, json>{"search", {{"query", "a"}, {"colour", "red"}}},
                                        {"search", {{"query", "a"}, {"lang", "fr"}}},
                                        {"search", {{"query", "a"}, {"limit", 1000}}},
                                        {"read_document", {{"symbol", "A/RES/999/999"}}},
                                        {"read_document", json::object()},
                                        {"history", {{"id", "A/RES/91/12"}}},
                                        {"resolve", {{"reference", {1, 2}}}}}) {
    const auto answer = rpc({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "tools/call"}, {"params", {{"name", tool}, {"arguments", arguments}}}});
    EXPECT_EQ(answer["result"]["isError"], true) << answer;
    EXPECT_FALSE(answer["result"]["content"][0]["text"].get<std::string>().empty());
  }
}

TEST(Drafts, ComeAsFiles) {
  const Folder folder;
  index(folder / "index", std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml");
  const search::LiveIndex live(folder / "index");
  HandlerOptions options;
  options.read_draft = [](const std::string& bytes) {
    DraftFile file;
    if (bytes == "broken")
      file.reason = "it is broken";
    else
      file = {"pdf", "1. Recalls resolution 91/12;\n\n", "", {{"operative", "1", "Recalls resolution 91/12;"}}, ""};
    return file;
  };
  const Handler handler(live, options);
  const auto post = [&](const std::string& target, const std::string& type, const std::string& body) {
    Request r;
    r.method = "POST", r.target = target, r.content_type = type, r.body = body;
    return handler.handle(r);
  };
  const auto checked = json::parse(post("/v1/citations/check", "application/pdf", "%PDF").body);
  EXPECT_EQ(checked["total"], 1) << checked;
  EXPECT_EQ(checked["draft"]["format"], "pdf");
  EXPECT_EQ(checked["draft"]["paragraphs"][0], json({{"kind", "operative"}, {"number", "1"}, {"text", "Recalls resolution 91/12;"}}));
  const auto plain =
      json::parse(post("/v1/precedents?limit=1&body=GA", "Text/Plain; charset=utf-8", "Recalls resolution 91/12;\n\nDecides to light the lamps.").body);
  EXPECT_EQ(plain["paragraphs"].size(), 2u) << plain;
  EXPECT_EQ(plain["draft"]["paragraphs"].size(), 2u);
  EXPECT_EQ(post("/v1/precedents", "image/png", "x").status, 415);
  EXPECT_EQ(post("/v1/precedents", "application/pdf", "broken").status, 422);
  EXPECT_EQ(post("/v1/precedents?colour=red", "text/plain", "x").status, 400);
  EXPECT_EQ(post("/v1/precedents?limit=1e9", "text/plain", "x").status, 400);
  EXPECT_EQ(post("/v1/citations/check?lang=en", "text/plain", "x").status, 400);
  EXPECT_EQ(post("/v1/precedents?text=y", "text/plain", "x").status, 400);
  EXPECT_EQ(post("/v1/precedents", "text/plain", std::string((256 << 10) + 1, 'a')).status, 413);
  EXPECT_EQ(post("/v1/precedents", "text/plain", " ").status, 400);
}

TEST(AccessLog, HasALineARequestWithoutWhatWasAskedFor) {
  const Folder folder;
  index(folder / "index", std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml");
  const search::LiveIndex live(folder / "index");
  std::vector<std::string> lines;
  HandlerOptions options;
  options.access_log = [&](const std::string& line) { lines.push_back(line); };
  const Handler quiet(live, options);
  EXPECT_FALSE(header(quiet.handle({"GET", "/v1/search?q=secret", "", ""}), "X-Request-Id").empty());
  options.settings.log_queries = true;
  const Handler open(live, options);
  open.handle({"GET", "/v1/search?q=secret%0A", "", ""});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].find("secret"), std::string::npos);
  const auto line = json::parse(lines[1]);
  EXPECT_EQ(line["route"], "search");
  EXPECT_EQ(line["status"], 200);
  EXPECT_EQ(line["target"], "/v1/search?q=secret%0A");
}

}  // namespace
}  // namespace resolute::http
