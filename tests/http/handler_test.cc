#include "http/handler.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "http/api_json.h"
#include "schemas/error.h"
#include "schemas/manifest.h"
#include "tests/http/samples.h"

namespace resolute::http {
namespace {

using nlohmann::json;

void expect_problem(const Response& r, int status, const std::string& type, const std::string& about) {
  EXPECT_EQ(r.status, status) << about;
  EXPECT_EQ(r.content_type, "application/problem+json; charset=utf-8") << about;
  EXPECT_EQ(header(r, "Cache-Control"), "no-store") << about;
  EXPECT_EQ(header(r, "Access-Control-Allow-Origin"), "*") << about;
  const auto body = json::parse(r.body);
  EXPECT_EQ(body["type"], "urn:resolute:problem:" + type) << about;
  EXPECT_EQ(body["status"], status) << about;
  EXPECT_FALSE(body["title"].get<std::string>().empty()) << about;
}

TEST(Handler, AnswersEachEndpointAsJson) {
  for (const char* target :
       {"/v1/search", "/v1/search?q=lighthouses", "/v1/facets", "/v1/resolve?ref=A/RES/91/12", "/v1/documents/A/RES/91/12", "/v1/documents/A%2FRES%2F91%2F12",
        "/v1/documents/A/RES/91/12/citations", "/v1/documents/A%2FRES%2F91%2F12/cited-by", "/healthz", "/readyz", "/openapi.json"}) {
    const auto r = ask(target);
    EXPECT_EQ(r.status, 200) << target << r.body;
    EXPECT_EQ(r.content_type, "application/json; charset=utf-8") << target;
    EXPECT_TRUE(json::accept(r.body)) << target;
  }
  EXPECT_TRUE(ask("/metrics").content_type.starts_with("text/plain; version=0.0.4"));
  EXPECT_TRUE(ask("/").content_type.starts_with("text/html"));
  EXPECT_TRUE(ask("/opensearch.xml").content_type.starts_with("application/opensearchdescription+xml"));
  EXPECT_FALSE(header(ask("/"), "Content-Security-Policy").empty());
}

TEST(Handler, ExplainsWhatItCannotAnswer) {
  struct Case {
    const char* target;
    int status;
    const char* type;
    const char* parameter;
  };
  const Case cases[] = {
      {"/nothing", 404, "not-found", nullptr},
      {"/v1", 404, "not-found", nullptr},
      {"/v1/search/", 404, "not-found", nullptr},
      {"//v1/search", 404, "not-found", nullptr},
      {"/v1/../etc/passwd", 404, "not-found", nullptr},
      {"/..%2f..%2fetc/passwd", 404, "not-found", nullptr},
      {"", 404, "not-found", nullptr},
      {"/%", 400, "invalid-encoding", nullptr},
      {"/%C0%AF", 400, "invalid-encoding", nullptr},
      {"/healthz%00", 400, "invalid-encoding", nullptr},
      {"/v1/search?q=%FF", 400, "invalid-encoding", "q"},
      {"/v1/search?nope=1", 400, "unknown-parameter", "nope"},
      {"/v1/search?limit=1000", 400, "invalid-parameter", "limit"},
      {"/v1/search?cursor=abc", 400, "invalid-parameter", "cursor"},
      {"/v1/facets?q=a", 400, "unknown-parameter", "q"},
      {"/healthz?a", 400, "unknown-parameter", "a"},
      {"/readyz?a=1", 400, "unknown-parameter", "a"},
      {"/metrics?a=1", 400, "unknown-parameter", "a"},
      {"/v1/resolve", 400, "invalid-parameter", "ref"},
      {"/v1/resolve?ref=", 400, "invalid-parameter", "ref"},
      {"/v1/resolve?ref=a&ref=b", 400, "invalid-parameter", "ref"},
      {"/v1/documents/A/RES/91/12?lang=fr", 400, "invalid-parameter", "lang"},
      {"/v1/documents/A/RES/91/12?lang=", 400, "invalid-parameter", "lang"},
      {"/v1/documents/A/RES/91/12?lang=zh&lang=en", 400, "invalid-parameter", "lang"},
      {"/v1/documents/A/RES/91/12?parallel=fr", 400, "invalid-parameter", "parallel"},
      {"/v1/documents/A/RES/91/12?format=pdf", 400, "invalid-parameter", "format"},
      {"/v1/documents/A/RES/91/12?q=a", 400, "unknown-parameter", "q"},
      {"/v1/documents/A/RES/91/12/citations?lang=zh", 400, "unknown-parameter", "lang"},
      {"/v1/documents/", 404, "not-found", nullptr},
      {"/v1/documents/A/RES/999/999", 404, "not-found", nullptr},
      {"/v1/documents/<script>", 404, "not-found", nullptr},
  };
  for (const auto& c : cases) {
    const auto r = ask(c.target);
    expect_problem(r, c.status, c.type, c.target);
    if (c.parameter) { EXPECT_EQ(json::parse(r.body)["parameter"], c.parameter) << c.target; }
  }
  expect_problem(ask("/v1/resolve?ref=" + std::string(401, 'a')), 400, "invalid-parameter", "a long reference");
}

TEST(Handler, TellsWhichLanguagesAreNotThere) {
  expect_problem(ask("/v1/documents/A/RES/93/17?lang=zh"), 404, "not-found", "the Chinese of an English document");
  EXPECT_EQ(ask("/v1/documents/A/RES/93/17?lang=en").status, 200);
}

TEST(Handler, OffersNearSymbolsForAnUnknownOne) {
  const auto body = json::parse(ask("/v1/documents/A/RES/92/40").body);
  EXPECT_EQ(body["candidates"], json({"A/RES/92/40A", "A/RES/92/40B"}));
}

TEST(Handler, RefusesOtherMethodsWithAllow) {
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "get", "BREW", ""}) {
    const auto r = ask("/v1/search", "", "", method);
    expect_problem(r, 405, "method-not-allowed", method);
    EXPECT_EQ(header(r, "Allow"), "GET, HEAD");
    EXPECT_EQ(ask("/", "", "", method).status, 405);
  }
  EXPECT_EQ(ask("/nothing", "", "", "POST").status, 404);
  EXPECT_EQ(ask("/nothing", "", "", "OPTIONS").status, 404);
  EXPECT_EQ(ask("/v1/search", "", "", "HEAD").status, 200);
}

// Pages of other origins ask what they may before they send JSON or a key.
TEST(Handler, SaysToBrowsersWhatIsAnswered) {
  for (const auto& [target, methods] : {std::pair("/v1/search?q=light", "GET, HEAD"), {"/v1/precedents", "POST"}, {"/mcp", "POST"}}) {
    const auto r = ask(target, "", "", "OPTIONS");
    EXPECT_EQ(r.status, 204) << target;
    EXPECT_TRUE(r.body.empty());
    EXPECT_EQ(header(r, "Allow"), methods) << target;
    EXPECT_EQ(header(r, "Access-Control-Allow-Methods"), methods) << target;
    EXPECT_EQ(header(r, "Access-Control-Allow-Origin"), "*");
    EXPECT_NE(header(r, "Access-Control-Allow-Headers").find("Content-Type"), std::string::npos);
  }
}

json post(const std::string& target, const std::string& body, int expected = 200) {
  Request request;
  request.method = "POST";
  request.target = target;
  request.body = body;
  const auto answered = samples().handle(request);
  EXPECT_EQ(answered.status, expected) << target << " " << body.substr(0, 200) << "\n" << answered.body;
  return json::parse(answered.body);
}

TEST(Handler, FindsEarlierWordingOfADraft) {
  const auto document = json::parse(ask("/v1/documents/A%2FRES%2F91%2F12?lang=en").body);
  std::string draft;
  for (const auto& p : document["paragraphs"])
    if (p["kind"] == "operative" && draft.empty()) draft = p["text"].get<std::string>();
  draft.insert(draft.size() - 1, " once more");
  const auto found = post("/v1/precedents", json({{"text", draft}}).dump());
  ASSERT_EQ(found["paragraphs"].size(), 1u);
  const auto& p = found["paragraphs"][0];
  EXPECT_EQ(p["lang"], "en");
  EXPECT_EQ(p["span"][0], 0);
  ASSERT_GE(p["wordings"].size(), 1u);
  EXPECT_GE(p["wordings"][0]["similarity"], 0.8);
  EXPECT_LT(p["wordings"][0]["similarity"], 1);
  std::string before, after;
  for (const auto& part : p["wordings"][0]["diff"]) {
    if (part["op"] != "insert") before += part["text"].get<std::string>();
    if (part["op"] != "delete") after += part["text"].get<std::string>();
  }
  EXPECT_EQ(nlohmann::json(before), p["wordings"][0]["text"]);
  EXPECT_EQ(after, draft);
  uint64_t years = 0;
  for (const auto& y : p["counts"]["year"]) years += y["count"].get<uint64_t>();
  EXPECT_EQ(years, p["total"]["documents"]);
  // Filters leave fewer; limit only shows fewer.
  const auto other = post("/v1/precedents", json({{"text", draft}, {"filters", {{"body", {"SC"}}}}}).dump());
  EXPECT_EQ(other["paragraphs"][0]["total"]["wordings"], 0);
  const auto none = post("/v1/precedents", json({{"text", draft}, {"limit", 0}}).dump());
  EXPECT_TRUE(none["paragraphs"][0]["wordings"].empty());
  EXPECT_EQ(none["paragraphs"][0]["total"], p["total"]);
}

TEST(Handler, ChecksTheCitationsOfADraft) {
  const auto checked = post("/v1/citations/check", json({{"text", "回顾 resolution 91/12 and resolution 4999 (2090)"}}).dump());
  ASSERT_EQ(checked["total"], 2);
  EXPECT_EQ(checked["citations"][0]["symbol"], "A/RES/91/12");
  EXPECT_EQ(checked["citations"][0]["status"], "newer-in-series");
  EXPECT_EQ(checked["citations"][0]["newer"], "A/RES/94/21");
  EXPECT_EQ(checked["citations"][0]["span"], json({14, 19}));  // code points
  EXPECT_EQ(checked["citations"][1]["status"], "impossible");
  EXPECT_EQ(post("/v1/citations/check", R"({"text": "none"})")["total"], 0);
}

TEST(Handler, ExplainsWhatIsWrongWithADraft) {
  struct Case {
    const char* target;
    std::string body;
    const char* type;
    const char* parameter;
  };
  const Case cases[] = {
      {"/v1/precedents", "", "invalid-body", ""},
      {"/v1/precedents", "{\"text\": \"a", "invalid-body", ""},
      {"/v1/precedents", "{\"text\": \"\xff\"}", "invalid-body", ""},
      {"/v1/precedents", "[1]", "invalid-body", ""},
      {"/v1/precedents", "{}", "invalid-parameter", "text"},
      {"/v1/precedents", R"({"text": 1})", "invalid-parameter", "text"},
      {"/v1/precedents", R"({"text": ""})", "invalid-parameter", "text"},
      {"/v1/precedents", R"({"text": "a", "lang": "fr"})", "invalid-parameter", "lang"},
      {"/v1/precedents", R"({"text": "a", "limit": -1})", "invalid-parameter", "limit"},
      {"/v1/precedents", R"({"text": "a", "limit": 201})", "invalid-parameter", "limit"},
      {"/v1/precedents", R"({"text": "a", "limit": 1.5})", "invalid-parameter", "limit"},
      {"/v1/precedents", R"({"text": "a", "filters": []})", "invalid-parameter", "filters"},
      {"/v1/precedents", R"({"text": "a", "filters": {"body": {}}})", "invalid-parameter", "body"},
      {"/v1/precedents", R"({"text": "a", "filters": {"colour": "red"}})", "unknown-parameter", "colour"},
      {"/v1/precedents", R"({"text": "a", "colour": "red"})", "unknown-parameter", "colour"},
      {"/v1/citations/check", "null", "invalid-body", ""},
      {"/v1/citations/check", R"({"text": null})", "invalid-parameter", "text"},
      {"/v1/citations/check", R"({"text": "a", "text": "b"})", "invalid-parameter", "text"},
      {"/v1/precedents", R"({"text": "a", "filters": {"body": "GA", "body": "SC"}})", "invalid-parameter", "body"},
      {"/v1/citations/check", R"({"text": "a", "lang": "en"})", "unknown-parameter", "lang"},
      {"/v1/citations/check?q=a", R"({"text": "a"})", "unknown-parameter", "q"},
  };
  for (const auto& c : cases) {
    const auto problem = post(c.target, c.body, 400);
    EXPECT_TRUE(problem["type"].get<std::string>().ends_with(c.type)) << c.body << problem;
    EXPECT_EQ(problem.value("parameter", ""), c.parameter) << c.body;
  }
  for (const char* target : {"/v1/precedents", "/v1/citations/check"})
    for (const char* method : {"GET", "HEAD", "PUT", "DELETE"}) {
      const auto refused = ask(target, "", "", method);
      EXPECT_EQ(refused.status, 405) << method;
      EXPECT_EQ(header(refused, "Allow"), "POST") << method;
    }
}

TEST(Handler, GivesAProblemForEachKindOfError) {
  expect_problem(Handler::problem(Error(ErrorKind::not_found, "no such thing")), 404, "not-found", "not_found");
  const auto invalid = Handler::problem(Error(ErrorKind::invalid, "cursor belongs to another query", "cursor"));
  expect_problem(invalid, 400, "invalid-parameter", "invalid");
  EXPECT_EQ(json::parse(invalid.body)["parameter"], "cursor");
  for (const auto kind : {ErrorKind::unavailable, ErrorKind::corrupt}) {
    testing::internal::CaptureStderr();
    const auto r = Handler::problem(Error(kind, "/srv/secret/segment 3 is torn"));
    EXPECT_NE(testing::internal::GetCapturedStderr().find("/srv/secret"), std::string::npos);  // for the log
    expect_problem(r, 503, "unavailable", "a failure of ours");
    EXPECT_EQ(header(r, "Retry-After"), "5");
    EXPECT_EQ(r.body.find("secret"), std::string::npos);  // not for the network
  }
}

TEST(Handler, GivesAProblemForEachStatusOfTheServer) {
  for (const auto& [status, type] : std::initializer_list<std::pair<int, const char*>>{{400, "malformed-request"},
                                                                                       {404, "not-found"},
                                                                                       {408, "too-slow"},
                                                                                       {413, "too-large"},
                                                                                       {414, "address-too-long"},
                                                                                       {431, "too-large"},
                                                                                       {500, "internal"},
                                                                                       {505, "version-not-supported"}})
    expect_problem(Handler::problem(status), status, type, type);
  EXPECT_EQ(json::parse(Handler::problem(400, "why").body)["detail"], "why");
}

TEST(Handler, IsNotReadyWithoutAnIndex) {
  const Folder folder;
  const search::LiveIndex none(folder / "nothing");
  const Handler handler(none);
  const auto get = [&](const char* target) { return handler.handle({"GET", target, "", ""}); };
  EXPECT_EQ(get("/healthz").status, 200);
  EXPECT_EQ(get("/").status, 503);
  EXPECT_TRUE(get("/").content_type.starts_with("text/html"));
  EXPECT_EQ(get("/metrics").status, 200);
  for (const char* target : {"/readyz", "/v1/search?q=a", "/v1/facets", "/v1/resolve?ref=a", "/v1/documents/A/RES/91/12"}) {
    const auto r = get(target);
    expect_problem(r, 503, "not-ready", target);
    EXPECT_EQ(header(r, "Retry-After"), "5") << target;
    EXPECT_EQ(r.body.find(folder / ""), std::string::npos) << target;
  }
}

TEST(Handler, SaysThatAnIndexIsDamagedAndTellsItsOperator) {
  const Folder folder;
  const auto path = folder / "index";
  index(path, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml");
  std::ofstream(path + "/CURRENT") << "garbage";
  std::vector<std::string> told;
  {
    const search::LiveIndex live(path, nullptr, [&](const std::string& trouble) { told.push_back(trouble); });
    const Handler handler(live);
    for (const char* target : {"/readyz", "/v1/search?q=a"}) {
      const auto r = handler.handle({"GET", target, "", ""});
      expect_problem(r, 503, "unavailable", target);
      EXPECT_EQ(header(r, "Retry-After"), "5") << target;
      EXPECT_EQ(r.body.find(path), std::string::npos) << target;
    }
  }
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].find("damaged"), std::string::npos) << told[0];
}

TEST(Handler, SaysThatAnIndexHasAnotherFormat) {
  const Folder folder;
  const auto path = folder / "index";
  index(path, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml");
  auto manifest = read_published(path);
  manifest.format = kFormatVersion + 1;
  write_file_atomically(generation_path(path, manifest.revision) + "/manifest.json", print_manifest(manifest));
  write_file_atomically(path + "/CURRENT", print_current(manifest));
  std::vector<std::string> told;
  {
    const search::LiveIndex live(path, nullptr, [&](const std::string& trouble) { told.push_back(trouble); });
    const Handler handler(live);
    for (const char* target : {"/readyz", "/v1/search?q=a"}) {
      const auto r = handler.handle({"GET", target, "", ""});
      expect_problem(r, 503, "not-ready", target);
      EXPECT_NE(r.body.find("another format"), std::string::npos) << r.body;
    }
  }
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].find("it is of a newer program"), std::string::npos) << told[0];
}

TEST(Handler, SaysSoWhenItIsDraining) {
  const Folder folder;
  index(folder / "index", std::string(RESOLUTE_SAMPLES) + "/jsonl");
  const search::LiveIndex live(folder / "index");
  Handler handler(live);
  EXPECT_EQ(handler.handle({"GET", "/readyz", "", ""}).status, 200);
  handler.draining();
  EXPECT_EQ(handler.handle({"GET", "/readyz", "", ""}).status, 503);
  EXPECT_EQ(handler.handle({"GET", "/v1/search?q=a", "", ""}).status, 200);  // what still comes is answered
}

TEST(Handler, ChoosesTheFormOfADocumentByAccept) {
  struct Case {
    const char* accept;
    bool text;
  };
  const Case cases[] = {
      {"", false},
      {"*/*", false},
      {"text/plain", true},
      {"TEXT/plain ; q=1", true},
      {"text/*", true},
      {"application/json", false},
      {"text/html,application/xhtml+xml,*/*;q=0.8", false},
      {"text/plain;q=0.1, application/json", false},
      {"text/plain, application/json;q=0.9", true},
      {"application/json, text/plain", false},
      {"text/plain;q=0, */*", false},
      {"application/json;q=0, */*;q=0.1", true},
      {"nonsense", false},
      {";;;,,,q=,text/plain;q=abc", false},
      {"application/json;q=0.001,text/plain;q=0.002", true},
  };
  for (const auto& c : cases) {
    const auto r = ask("/v1/documents/A/RES/91/12", c.accept);
    EXPECT_EQ(r.status, 200) << c.accept;
    EXPECT_EQ(r.content_type.starts_with("text/plain"), c.text) << c.accept;
    EXPECT_EQ(header(r, "Vary"), "Accept, Accept-Encoding") << c.accept;
  }
  EXPECT_TRUE(ask("/v1/documents/A/RES/91/12?format=text", "application/json").content_type.starts_with("text/plain"));
  EXPECT_TRUE(ask("/v1/documents/A/RES/91/12?format=json", "text/plain").content_type.starts_with("application/json"));
}

TEST(Handler, TellsRepresentationsApartByTheirTag) {
  const auto as_json = ask("/v1/documents/A/RES/91/12"), as_text = ask("/v1/documents/A/RES/91/12", "text/plain");
  EXPECT_NE(header(as_json, "ETag"), header(as_text, "ETag"));
  EXPECT_EQ(ask("/v1/documents/A/RES/91/12", "text/plain", header(as_json, "ETag")).status, 200);
}

TEST(Handler, AnswersARepeatWith304) {
  for (const char* target : {"/v1/search?q=light", "/v1/facets", "/v1/documents/A/RES/91/12", "/v1/resolve?ref=A/RES/91/12",
                             "/v1/documents/A/RES/91/12/cited-by", "/opensearch.xml", "/", "/A/RES/91/12"}) {
    const auto tag = header(ask(target), "ETag");
    ASSERT_TRUE(tag.starts_with("W/\"")) << target;
    for (const auto& given : {tag, tag.substr(2), "\"x\", " + tag, tag + ",\"y\"", std::string("*")}) {
      const auto again = ask(target, "", given);
      EXPECT_EQ(again.status, 304) << target << " " << given;
      EXPECT_TRUE(again.body.empty()) << target;
      EXPECT_EQ(header(again, "ETag"), tag) << target;
    }
    for (const auto& given : {std::string("W/\"0\""), std::string("\""), std::string(",,"), "x" + tag})
      EXPECT_EQ(ask(target, "", given).status, 200) << target << " " << given;
  }
  EXPECT_EQ(ask("/v1/documents/A/RES/999/999", "", "*").status, 404);
  EXPECT_EQ(ask("/v1/search?limit=x", "", "*").status, 400);
}

TEST(Handler, EscapesWhatComesBack) {
  for (const std::string& q :
       {std::string("\"<script>alert(1)</script>\""), std::string("a\"b\\c"), std::string("\u2028\u2029"), std::string("%s%n%x"), std::string("🕊️")}) {
    const auto r = ask("/v1/search?q=" + percent_encode(q));
    ASSERT_EQ(r.status, 200) << q;
    EXPECT_EQ(json::parse(r.body)["query"]["q"], q);
  }
}

TEST(Handler, CountsRequestsByRouteAndStatus) {
  ask("/v1/search?limit=x");
  const auto body = ask("/metrics").body;
  EXPECT_NE(body.find("resolute_http_requests_total{route=\"search\",status=\"400\"}"), std::string::npos) << body;
  EXPECT_NE(body.find("resolute_index{what=\"documents\"}"), std::string::npos);
}

TEST(Handler, RefusesACursorOfAnotherQuery) {
  const auto next = json::parse(ask("/v1/search?q=light&limit=1").body)["next"].get<std::string>();
  EXPECT_EQ(ask("/v1/search?q=light&limit=1&cursor=" + next).status, 200);
  EXPECT_EQ(ask("/v1/search?q=light&limit=7&facets=none&cursor=" + next).status, 200);  // the page may change its size
  for (const char* other : {"/v1/search?q=lamp&cursor=", "/v1/search?q=light&sort=newest&cursor=", "/v1/search?q=light&unit=document&cursor=",
                            "/v1/search?q=light&lang=en&cursor=", "/v1/search?q=light&date_from=2036&cursor="}) {
    const auto r = ask(other + next);
    expect_problem(r, 400, "invalid-parameter", other);
    EXPECT_EQ(json::parse(r.body)["parameter"], "cursor");
  }
  for (size_t i = 0; i < next.size(); i += 3) {
    std::string broken = next;
    broken[i] = broken[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(ask("/v1/search?q=light&limit=1&cursor=" + broken).status, 400) << broken;
    EXPECT_EQ(ask("/v1/search?q=light&limit=1&cursor=" + next.substr(0, i)).status, 400) << i;
  }
}

// Run by ThreadSanitizer.
TEST(HandlerThreads, AnswerWhileTheIndexIsUpdated) {
  const Folder folder;
  index(folder / "index", std::string(RESOLUTE_SAMPLES) + "/jsonl");
  const search::LiveIndex live(folder / "index");
  const Handler handler(live);
  const char* targets[] = {"/v1/search?q=lamp&limit=2",
                           "/v1/search?q=%22%E7%81%AF%22&unit=document",
                           "/v1/search?q=a*&sort=newest&explain=1",
                           "/v1/facets",
                           "/v1/documents/A/RES/94/150?parallel=zh",
                           "/v1/documents/A/RES/94/150/citations",
                           "/v1/documents/A/RES/94/150/cited-by",
                           "/v1/resolve?ref=3912",
                           "/readyz",
                           "/metrics",
                           "/v1/search?lang=zh&facets=year,kind",
                           "/nothing",
                           "/"};
  std::atomic<bool> stop{false};
  std::atomic<size_t> answered{0}, failed{0};
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      std::string cursor;
      for (size_t n = t; !stop; ++n) {
        const auto r = handler.handle({"GET", targets[n % std::size(targets)], "", ""});
        if (r.status != 200 && r.status != 404) ++failed;
        // A walk of one thread through pages, over the updates.
        const auto page = handler.handle({"GET", "/v1/search?sort=newest&limit=3&facets=none" + (cursor.empty() ? "" : "&cursor=" + cursor), "", ""});
        if (page.status != 200) ++failed;
        const auto body = json::parse(page.body, nullptr, false);
        cursor = body.contains("next") ? body["next"].get<std::string>() : "";
        ++answered;
      }
    });
  const auto first = live.current()->generation().manifest().revision;
  size_t made = 0;
  for (const auto& entry : {"A_RES_91_12-E.xml", "A_RES_91_12-C.xml", "A_RES_92_15-E.xml", "A_RES_92_15-C.xml"}) {
    index(folder / "index", std::string(RESOLUTE_SAMPLES) + "/akn/" + entry);
    ++made;
    // Each state is served before the next is made: within two seconds, the contract says.
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (live.current()->generation().manifest().revision < first + made && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(live.current()->generation().manifest().revision, first + made);
  }
  stop = true;
  for (auto& t : threads) t.join();
  EXPECT_EQ(failed, 0u);
  EXPECT_GT(answered, 8u);
}

}  // namespace
}  // namespace resolute::http
