// Feeds: newest first by when the index learned of it, well formed, with names that stay.
#include "http/feed.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "schemas/manifest.h"
#include "tests/http/samples.h"

namespace resolute::http {
namespace {

// What stands between each <name> and </name>.
std::vector<std::string> all(const std::string& xml, const std::string& name) {
  std::vector<std::string> out;
  for (size_t at = 0; (at = xml.find("<" + name, at)) != std::string::npos; ++at) {
    const size_t open = xml.find('>', at), end = xml.find("</" + name + ">", open);
    if (end == std::string::npos) break;
    out.push_back(xml.substr(open + 1, end - open - 1));
  }
  return out;
}

// An index that grew by three updates.
class Grown {
 public:
  Grown() {
    add("A_RES_91_12-E.xml");
    add("A_RES_91_12-C.xml");
    add("A_RES_94_21-E.xml");
  }
  void add(const std::string& file) { index(folder_ / "index", std::string(RESOLUTE_SAMPLES) + "/akn/" + file); }
  Response get(const std::string& target, const std::string& tag = "") const {
    const search::LiveIndex live(folder_ / "index");
    return Handler(live).handle({"GET", target, tag, ""});
  }
  uint64_t revision() const { return read_current(folder_ / "index"); }

 private:
  Folder folder_;
};

TEST(Feeds, BeginWithWhatTheIndexLearnedLast) {
  const Grown grown;
  const auto feed = grown.get("/v1/search.atom?unit=document&sort=oldest");
  EXPECT_EQ(feed.status, 200);
  EXPECT_EQ(feed.content_type, "application/atom+xml; charset=utf-8");
  const auto ids = all(feed.body, "id");
  ASSERT_EQ(ids.size(), 3u) << feed.body;  // the feed and two documents, one of them in both languages
  EXPECT_EQ(ids[1], "urn:resolute:A/RES/94/21@en");
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  const auto updated = all(feed.body, "updated");
  for (size_t i = 2; i < updated.size(); ++i) EXPECT_LE(updated[i], updated[i - 1]);
  EXPECT_EQ(updated[0], updated[1]);
  EXPECT_EQ(all(grown.get("/v1/search.atom?unit=document&limit=1").body, "entry").size(), 1u);
  EXPECT_EQ(all(grown.get("/v1/search.atom?unit=document&since_revision=" + std::to_string(grown.revision())).body, "entry").size(), 1u);
  EXPECT_EQ(all(grown.get("/v1/search.atom?unit=document&since_revision=" + std::to_string(grown.revision() + 1)).body, "entry").size(), 0u);
  EXPECT_EQ(grown.get("/v1/search.atom?unit=document", header(grown.get("/v1/search.atom?unit=document"), "ETag")).status, 304);
}

TEST(Feeds, KeepWhenADocumentCameThroughLaterUpdates) {
  Grown grown;
  const auto before = all(grown.get("/v1/search.atom?unit=document&symbol=A/RES/91/12&lang=en").body, "updated");
  for (const char* file : {"A_RES_92_1-E.xml", "A_RES_92_15-E.xml", "A_RES_93_9-E.xml", "A_RES_91_33-E.xml"}) grown.add(file);
  EXPECT_EQ(all(grown.get("/v1/search.atom?unit=document&symbol=A/RES/91/12&lang=en").body, "updated"), before);
  EXPECT_EQ(all(grown.get("/v1/search.atom?unit=document").body, "id")[1], "urn:resolute:A/RES/91/33@en");
}

TEST(Feeds, TellWhatCitesADocumentAndWhatBecameOfAClause) {
  const Grown grown;
  const auto citing = grown.get("/v1/documents/A/RES/91/12.atom");
  EXPECT_EQ(citing.status, 200);
  ASSERT_EQ(all(citing.body, "entry").size(), 1u) << citing.body;
  EXPECT_NE(all(citing.body, "title")[1].find("A/RES/94/21"), std::string::npos);
  EXPECT_FALSE(all(citing.body, "content")[0].empty());
  const auto history = grown.get("/v1/paragraphs/A/RES/91/12@en%23op1/history.atom");
  EXPECT_EQ(history.status, 200);
  EXPECT_GE(all(history.body, "entry").size(), 1u);
  EXPECT_EQ(grown.get("/v1/documents/A/RES/999/999.atom").status, 404);
  EXPECT_EQ(grown.get("/v1/paragraphs/nothing/history.atom").status, 404);
  EXPECT_EQ(grown.get("/v1/documents/A/RES/91/12.atom?since_revision=x").status, 400);
}

TEST(Feeds, HostileTextsStayTexts) {
  Feed feed{"urn:x", "<script>&", "http://x/?a=1&b=\"<", "http://x/", "2037-01-01T00:00:00Z", {}};
  feed.entries.push_back({"urn:x:1\"><script>", "</title><script>", "javascript:\"", "]]> <img onerror=x> \x01", "2037-01-01", "en\"", 1, ""});
  const auto xml = print_atom(feed);
  EXPECT_EQ(xml.find("<script"), std::string::npos);
  EXPECT_EQ(xml.find("<img"), std::string::npos);
  EXPECT_EQ(xml.find('\x01'), std::string::npos);
}

TEST(Arrivals, AreReadAsTheyWerePrintedAndDamageIsFound) {
  const Folder folder;
  const auto first = Arrivals().after({3, "2037-01-01T00:00:00Z"}, {"A/RES/1/1@en", "b@zh"}, [](const auto&) { return true; });
  const auto second = first.after({4, "2037-02-01T00:00:00Z"}, {"b@zh"}, [](const auto&) { return true; });
  std::filesystem::create_directories(generation_path(folder / "index", 4));
  std::ofstream(arrivals_path(folder / "index", 4)) << second.print();
  const auto read = Arrivals::read(folder / "index", 4);
  EXPECT_EQ(read.find("A/RES/1/1@en")->number, 3u);
  EXPECT_EQ(read.find("b@zh")->number, 4u);
  EXPECT_EQ(read.find("c@en"), nullptr);
  EXPECT_EQ(read.print(), second.print());
  const auto whole = second.print();
  for (size_t i = 0; i < whole.size(); ++i) {
    auto damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    std::ofstream(arrivals_path(folder / "index", 4)) << damaged;
    EXPECT_THROW(Arrivals::read(folder / "index", 4), std::exception) << i;
  }
}

}  // namespace
}  // namespace resolute::http
