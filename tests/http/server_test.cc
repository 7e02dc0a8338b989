#include "http/server.h"

#include <gtest/gtest.h>

namespace resolute::http {
namespace {

constexpr std::string_view kHost = "Host: x\r\n";

std::string get(const std::string& target, const std::string& fields = "Host: x\r\n") { return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n"; }

TEST(ParseHead, ReadsWhatTheHandlerWants) {
  const auto parsed = parse_head(
      "GET /v1/search?q=%E5%A4%A7 HTTP/1.1\r\nHOST: x\r\nAccept: text/plain\r\naccept:  application/json;q=0.5 \r\nIf-None-Match: \"a\"\r\nIf-None-Match: "
      "\"b\"\r\nX-Empty:\r\n\r\n",
      {});
  ASSERT_TRUE(std::holds_alternative<Head>(parsed)) << std::get<Malformed>(parsed).detail;
  const auto& head = std::get<Head>(parsed);
  EXPECT_EQ(head.request.method, "GET");
  EXPECT_EQ(head.request.target, "/v1/search?q=%E5%A4%A7");
  EXPECT_EQ(head.request.accept, "text/plain, application/json;q=0.5");
  EXPECT_EQ(head.request.if_none_match, "\"a\", \"b\"");
  EXPECT_TRUE(head.keep_alive);
  EXPECT_FALSE(head.body);
}

TEST(ParseHead, TakesTheFormOfTargetsForProxies) {
  struct Case {
    const char* target;
    const char* path;
  };
  for (const auto& c : {Case{"http://x/healthz", "/healthz"},
                        {"HTTP://x:8080/v1/search?q=a", "/v1/search?q=a"},
                        {"https://x", "/"},
                        {"/http://x/", "/http://x/"},
                        {"//x/y", "//x/y"}}) {
    const auto parsed = parse_head(get(c.target), {});
    ASSERT_TRUE(std::holds_alternative<Head>(parsed)) << c.target;
    EXPECT_EQ(std::get<Head>(parsed).request.target, c.path);
  }
}

TEST(ParseHead, KnowsWhetherABodyFollowsAndTheConnectionStays) {
  struct Case {
    const char* bytes;
    bool body, keep_alive;
  };
  const Case cases[] = {
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n", true, true},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", false, true},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 000\r\n\r\n", false, true},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", true, true},
      {"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", true, true},
      {"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n", true, true},
      {"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, CLOSE\r\n\r\n", false, false},
      {"GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nConnection: close\r\n\r\n", false, false},
      {"GET / HTTP/1.1\r\nHost: x\r\nConnection: closed\r\n\r\n", false, true},
      {"GET / HTTP/1.0\r\n\r\n", false, false},
  };
  for (const auto& c : cases) {
    const auto parsed = parse_head(c.bytes, {});
    ASSERT_TRUE(std::holds_alternative<Head>(parsed)) << c.bytes;
    EXPECT_EQ(std::get<Head>(parsed).body, c.body) << c.bytes;
    EXPECT_EQ(std::get<Head>(parsed).keep_alive, c.keep_alive) << c.bytes;
  }
}

TEST(ParseHead, RefusesWhatTwoReadersCouldTakeForTwoThings) {
  const std::string host(kHost);
  const std::pair<std::string, int> cases[] = {
      {"", 400},
      {"\r\n\r\n", 400},
      {"GET\r\n\r\n", 400},
      {"GET /\r\n\r\n", 400},
      {"GET / \r\n" + host + "\r\n", 400},
      {"GET / HTTP/1.1 \r\n" + host + "\r\n", 400},
      {"GET  HTTP/1.1\r\n" + host + "\r\n", 400},
      {" GET / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"G(T / HTTP/1.1\r\n" + host + "\r\n", 400},
      {std::string(33, 'G') + " / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET / HTTP/11\r\n" + host + "\r\n", 400},
      {"GET / http/1.1\r\n" + host + "\r\n", 400},
      {"GET / HTTP/2.0\r\n" + host + "\r\n", 505},
      {"PRI * HTTP/2.0\r\n\r\n", 505},
      {get("relative"), 400},
      {get("*"), 400},
      {get("/a b"), 400},
      {get("/a\tb"), 400},
      {get("/a#b"), 400},
      {get("/a\x7F"), 400},
      {get("http://"), 400},
      {get("http:///a"), 400},
      {get("ftp://x/a"), 400},
      {get("/" + std::string(20480, 'a')), 414},
      {get("/", ""), 400},
      {get("/", host + host), 400},
      {get("/", host + "Folded: a\r\n b\r\n"), 400},
      {get("/", host + "Space : a\r\n"), 400},
      {get("/", host + " Lead: a\r\n"), 400},
      {get("/", host + "no colon\r\n"), 400},
      {get("/", host + ": no name\r\n"), 400},
      {get("/", host + "N\xC3\xA4me: a\r\n"), 400},
      {get("/", host + "A: b\rc\r\n"), 400},
      {get("/", host + "A: b\nc\r\n"), 400},
      {get("/", host + std::string("A: b\0c\r\n", 8)), 400},
      {get("/", host + "Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {get("/", host + "Content-Length: 5, 5\r\n"), 400},
      {get("/", host + "Content-Length: +5\r\n"), 400},
      {get("/", host + "Content-Length: -5\r\n"), 400},
      {get("/", host + "Content-Length: 0x5\r\n"), 400},
      {get("/", host + "Content-Length:\r\n"), 400},
      {get("/", host + "Content-Length: 9999999999999999999\r\n"), 400},
      {get("/", host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: x\r\n", 400},
  };
  for (const auto& [bytes, status] : cases) {
    const auto parsed = parse_head(bytes, {});
    ASSERT_TRUE(std::holds_alternative<Malformed>(parsed)) << bytes;
    EXPECT_EQ(std::get<Malformed>(parsed).status, status) << bytes;
    EXPECT_FALSE(std::get<Malformed>(parsed).detail.empty()) << bytes;
  }
  std::string many;
  for (int i = 0; i < 99; ++i) many += "A: b\r\n";
  EXPECT_TRUE(std::holds_alternative<Head>(parse_head(get("/", host + many), {})));
  EXPECT_EQ(std::get<Malformed>(parse_head(get("/", host + many + "A: b\r\n"), {})).status, 431);
}

// Any prefix, and any byte changed, is refused or read, without a fault.
TEST(ParseHead, TakesAnyBytes) {
  const std::string whole = "GET http://x/v1/search?q=a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\n";
  for (size_t n = 0; n < whole.size(); ++n) {
    EXPECT_TRUE(std::holds_alternative<Malformed>(parse_head(std::string_view(whole).substr(0, n), {})));
    for (const char c : {'\0', '\r', '\n', ' ', ':', '\xFF'}) {
      std::string changed = whole;
      changed[n] = c;
      parse_head(changed, {});
    }
  }
}

}  // namespace
}  // namespace resolute::http
