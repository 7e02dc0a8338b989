// Who asks, and how often.
#include "http/clients.h"

#include <gtest/gtest.h>

namespace resolute::http {
namespace {

TEST(Clients, NetworksAreRead) {
  for (const char* s : {"127.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "::1", "2001:db8::/32", "::ffff:10.0.0.1"}) EXPECT_TRUE(parse_network(s)) << s;
  for (const char* s : {"", "10", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "::/129", "host", "10.0.0.1,10.0.0.2"})
    EXPECT_FALSE(parse_network(s)) << s;
  const std::vector<Network> some = {*parse_network("10.1.0.0/15"), *parse_network("2001:db8::/33")};
  for (const char* s : {"10.0.0.1", "10.1.2.3"}) EXPECT_TRUE(is_of(some, s)) << s;
  for (const char* s : {"10.2.0.1", "11.0.0.1", "2001:db8:8000::1", "", "x"}) EXPECT_FALSE(is_of(some, s)) << s;
  EXPECT_TRUE(is_of(some, "2001:db8:7fff::1"));
  EXPECT_TRUE(is_of(some, "::ffff:10.0.0.1"));
}

TEST(Clients, AreTakenFromTrustedProxiesOnly) {
  const std::vector<Network> trusted = {*parse_network("10.0.0.0/8")};
  struct Case {
    const char *peer, *forwarded, *client;
  };
  for (const auto& c :
       {Case{"192.0.2.1", "198.51.100.7", "192.0.2.1"},  // whoever says so
        Case{"10.0.0.1", "198.51.100.7", "198.51.100.7"},
        Case{"10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"},  // what a client puts before is not believed
        Case{"10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"}, Case{"10.0.0.1", "", "10.0.0.1"}, Case{"10.0.0.1", "unknown", "10.0.0.1"},
        Case{"10.0.0.1", "198.51.100.7, x", "10.0.0.1"}, Case{"10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"}, Case{"10.0.0.1", ", ,", "10.0.0.1"},
        Case{"10.0.0.1", "2001:db8::1", "2001:db8::1"}})
    EXPECT_EQ(client_of(c.peer, c.forwarded, trusted), c.client) << c.peer << " " << c.forwarded;
}

TEST(Rates, LetEachClientAskSoOften) {
  Rates rates;
  const auto start = std::chrono::steady_clock::now();
  const auto at = [&](double seconds) {
    return start + std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
  };
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(rates.refuse("192.0.2.1", at(0)));  // no limit yet
  rates.set(2, 5);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(rates.refuse("192.0.2.1", at(0))) << i;
  EXPECT_EQ(rates.refuse("192.0.2.1", at(0)), 1);
  EXPECT_FALSE(rates.refuse("192.0.2.2", at(0)));
  EXPECT_FALSE(rates.refuse("192.0.2.1", at(0.5)));
  EXPECT_TRUE(rates.refuse("192.0.2.1", at(0.6)));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(rates.refuse("192.0.2.1", at(100)));  // never more than the burst
  EXPECT_TRUE(rates.refuse("192.0.2.1", at(100)));
  EXPECT_TRUE(rates.refuse("192.0.2.1", at(99)));  // a clock set back gives nothing
  rates.set(0.1, 1);
  EXPECT_FALSE(rates.refuse("2001:db8::1", at(0)));
  EXPECT_EQ(rates.refuse("2001:db8::2", at(0)), 10);  // of the same network of 64 bits
  EXPECT_FALSE(rates.refuse("2001:db8:0:1::1", at(0)));
}

}  // namespace
}  // namespace resolute::http
