#include "http/parameters.h"

#include <gtest/gtest.h>

#include "http/api_json.h"
#include "schemas/document.h"

namespace resolute::http {
namespace {

using search::SearchRequest;

TEST(ParseQueryString, ReadsPairsInTheirOrder) {
  struct Case {
    const char* raw;
    Parameters pairs;
  };
  const Case cases[] = {
      {"", {}},
      {"&&", {}},
      {"q=a", {{"q", "a"}}},
      {"q", {{"q", ""}}},
      {"q=", {{"q", ""}}},
      {"=a", {{"", "a"}}},
      {"q=a=b", {{"q", "a=b"}}},
      {"q=a+b", {{"q", "a b"}}},
      {"q=a%2Bb", {{"q", "a+b"}}},
      {"q=%E5%A4%A7", {{"q", "大"}}},
      {"q=大", {{"q", "大"}}},
      {"q=%e5%a4%a7&lang=zh&lang=en", {{"q", "大"}, {"lang", "zh"}, {"lang", "en"}}},
      {"%71=a", {{"q", "a"}}},
      {"q=%26%3D%23", {{"q", "&=#"}}},
      {"q=%EF%BF%BD", {{"q", "\uFFFD"}}},  // the replacement character itself is a character
      {"q=a%09b%0Ac%0Dd", {{"q", "a\tb\nc\rd"}}},
      {"q=%F0%9F%95%8A", {{"q", "🕊"}}},
  };
  for (const auto& c : cases) {
    const auto parsed = parse_query_string(c.raw);
    ASSERT_TRUE(std::holds_alternative<Parameters>(parsed)) << c.raw;
    EXPECT_EQ(std::get<Parameters>(parsed), c.pairs) << c.raw;
  }
}

TEST(ParseQueryString, RefusesWhatIsNoText) {
  const char* cases[] = {
      "q=%",         "q=%4",        "q=%zz",          "q=%-1",    "q=% 41", "%=a",    "q=%FF", "q=%C0%AF", "q=%C0%80", "q=%E0%80%AF", "q=%F0%80%80%AF",
      "q=%ED%A0%80", "q=%ED%BF%BF", "q=%F4%90%80%80", "q=%E5%A4", "q=%A4",  "q=\xff", "q=%00", "q=a%00b",  "q=%01",    "q=%1B%5B2J",  "%00=a",
  };
  for (const char* raw : cases) {
    const auto parsed = parse_query_string(raw);
    ASSERT_TRUE(std::holds_alternative<Problem>(parsed)) << raw;
    const auto& problem = std::get<Problem>(parsed);
    EXPECT_EQ(problem.status, 400) << raw;
    EXPECT_EQ(problem.type, "invalid-encoding") << raw;
    EXPECT_FALSE(problem.detail.empty()) << raw;
  }
}

TEST(ParseQueryString, NamesTheParameterAtFault) { EXPECT_EQ(std::get<Problem>(parse_query_string("lang=zh&q=%zz&x=1")).parameter, "q"); }

TEST(ParseQueryString, RefusesMoreThan500Parameters) {
  std::string raw;
  for (int i = 0; i < 500; ++i) raw += "&a=1";
  EXPECT_TRUE(std::holds_alternative<Parameters>(parse_query_string(raw)));
  const auto parsed = parse_query_string(raw + "&a=1");
  ASSERT_TRUE(std::holds_alternative<Problem>(parsed));
  EXPECT_EQ(std::get<Problem>(parsed).type, "too-many-parameters");
}

TEST(Decode, LeavesPlusAloneInPaths) {
  EXPECT_EQ(decode("a+b%20c", false), "a+b c");
  EXPECT_EQ(decode("a+b%20c", true), "a b c");
  EXPECT_EQ(decode("%2e%2E%2f", false), "../");
  EXPECT_EQ(decode("%", false), std::nullopt);
  EXPECT_EQ(decode("a%2", false), std::nullopt);
}

TEST(PercentEncode, IsUndoneByDecode) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (const std::string& s : {std::string("S/RES/1963(2010)@zh#op2"), std::string("第1373(2001)号"), std::string(), all}) {
    const auto encoded = percent_encode(s);
    EXPECT_EQ(decode(encoded, true), s);
    EXPECT_EQ(decode(encoded, false), s);
    EXPECT_EQ(encoded.find_first_of("/#?&=+ \"<>"), std::string::npos) << encoded;
  }
  EXPECT_EQ(percent_encode("A/RES/60/288"), "A%2FRES%2F60%2F288");
  EXPECT_EQ(percent_encode("a-._~Z9"), "a-._~Z9");
  EXPECT_EQ(percent_encode("(大)"), "%28%E5%A4%A7%29");
}

SearchRequest accepted(const Parameters& parameters) {
  const auto parsed = parse_search(parameters);
  if (const auto* p = std::get_if<Problem>(&parsed)) ADD_FAILURE() << p->parameter << ": " << p->detail;
  return std::holds_alternative<SearchRequest>(parsed) ? std::get<SearchRequest>(parsed) : SearchRequest{};
}

TEST(ParseSearch, HasTheDefaultsOfTheContract) {
  const auto r = accepted({});
  EXPECT_EQ(r.q, "");
  EXPECT_EQ(r.limit, 10u);
  EXPECT_EQ(r.unit, search::Unit::paragraph);
  EXPECT_EQ(r.sort, search::Sort::relevance);
  EXPECT_EQ(r.explain, search::Explain::no);
  EXPECT_EQ(r.facets, search::default_facets());
  EXPECT_TRUE(r.filters.empty());
}

TEST(ParseSearch, TakesEveryParameter) {
  const auto r = accepted({{"q", "a b"},
                           {"lang", "zh"},
                           {"lang", "-en"},
                           {"body", "GA"},
                           {"date_from", "2036"},
                           {"date_to", "2037-05-17"},
                           {"cited_by", "2..9"},
                           {"unit", "document"},
                           {"dedupe", "off"},
                           {"sort", "most-cited"},
                           {"limit", "100"},
                           {"facets", "year,body,year"},
                           {"explain", "1"}});
  EXPECT_EQ(r.q, "a b");
  EXPECT_EQ(r.filters.at(Field::lang).any, std::vector<std::string>{"zh"});
  EXPECT_EQ(r.filters.at(Field::lang).none, std::vector<std::string>{"en"});
  EXPECT_EQ(r.date_from, parse_date("2036-01-01"));
  EXPECT_EQ(r.date_to, parse_date("2037-05-17"));
  EXPECT_EQ(r.cited_from, 2);
  EXPECT_EQ(r.cited_to, 9);
  EXPECT_EQ(r.unit, search::Unit::document);
  EXPECT_EQ(r.sort, search::Sort::most_cited);
  EXPECT_EQ(r.limit, 100u);
  EXPECT_EQ(r.facets, (std::vector<Field>{Field::year, Field::body}));
  EXPECT_EQ(r.explain, search::Explain::yes);
  EXPECT_TRUE(accepted({{"facets", "none"}}).facets.empty());
  EXPECT_EQ(accepted({{"date_to", "2036"}}).date_to, parse_date("2036-12-31"));
  EXPECT_EQ(accepted({{"limit", "0"}}).limit, 0u);
}

TEST(ParseSearch, ReadsRangesOfCitingDocuments) {
  struct Case {
    const char* value;
    std::optional<int> from, to;
  };
  for (const auto& c : {Case{"3", 3, 3}, {"3..", 3, std::nullopt}, {"..3", std::nullopt, 3}, {"0..3", 0, 3}}) {
    const auto r = accepted({{"cited_by", c.value}});
    EXPECT_EQ(r.cited_from, c.from) << c.value;
    EXPECT_EQ(r.cited_to, c.to) << c.value;
  }
}

TEST(ParseSearch, TakesAValueForEveryField) {
  const std::pair<const char*, const char*> cases[] = {
      {"lang", "zh"},           {"body", "SC"},
      {"body", "安全理事会"},   {"body", "general assembly"},
      {"committee", "C3"},      {"committee", "第三委员会"},
      {"concerns", "sc-1267"},  {"type", "resolution"},
      {"type", "OTHER"},        {"session", "ES-21"},
      {"agenda", "74 (b)"},     {"subject", "灯塔"},
      {"year", "2036"},         {"kind", "operative"},
      {"action", "decides"},    {"vote", "without-vote"},
      {"voter", "FRA:yes"},     {"voter", "fra"},
      {"cites", "A/RES/91/12"}, {"symbol", "A/RES/91/12"},
  };
  for (const auto& [name, value] : cases)
    for (const std::string& given : {std::string(value), "-" + std::string(value)}) {
      const auto r = accepted({{name, given}});
      ASSERT_EQ(r.filters.size(), 1u) << name << "=" << given;
      EXPECT_EQ(r.filters.begin()->second.none.size(), given[0] == '-' ? 1u : 0u) << name << "=" << given;
    }
}

TEST(ParseSearch, TakesDaysMonthsAndYears) {
  const auto days = [](const char* from, const char* to) {
    const auto parsed = parse_search({{"date_from", from}, {"date_to", to}});
    const auto& r = std::get<search::SearchRequest>(parsed);
    return print_date(*r.date_from) + " " + print_date(*r.date_to);
  };
  EXPECT_EQ(days("2036", "2036"), "2036-01-01 2036-12-31");
  EXPECT_EQ(days("2036-02", "2036-02"), "2036-02-01 2036-02-29");
  EXPECT_EQ(days("2037-02", "2037-04"), "2037-02-01 2037-04-30");
  EXPECT_EQ(days("2036-02-03", "2036-03-04"), "2036-02-03 2036-03-04");
}

TEST(ParseSearch, RefusesWithTheParameterAndWhatIsAllowed) {
  struct Case {
    Parameters given;
    const char* parameter;
    const char* type;
    const char* says;
  };
  const Case cases[] = {
      {{{"lang", "fr"}}, "lang", "invalid-parameter", "zh, en"},
      {{{"lang", ""}}, "lang", "invalid-parameter", "empty"},
      {{{"lang", "-"}}, "lang", "invalid-parameter", "zh, en"},
      {{{"body", "UNESCO"}}, "body", "invalid-parameter", "GA, SC, ECOSOC, HRC"},
      {{{"type", "treaty"}}, "type", "invalid-parameter", "publication, other, report"},
      {{{"kind", "verse"}}, "kind", "invalid-parameter", "operative"},
      {{{"vote", "maybe"}}, "vote", "invalid-parameter", "without-vote"},
      {{{"year", "37"}}, "year", "invalid-parameter", "four digits"},
      {{{"year", "-0x7"}}, "year", "invalid-parameter", "four digits"},
      {{{"committee", "  "}}, "committee", "invalid-parameter", ""},
      {{{"date_from", "2036-13-01"}}, "date_from", "invalid-parameter", "YYYY-MM-DD"},
      {{{"date_from", "2037-02-29"}}, "date_from", "invalid-parameter", "YYYY-MM-DD"},
      {{{"date_from", "2036-13"}}, "date_from", "invalid-parameter", "YYYY-MM"},
      {{{"date_from", "1899"}}, "date_from", "invalid-parameter", "1945"},
      {{{"date_to", ""}}, "date_to", "invalid-parameter", "YYYY-MM-DD"},
      {{{"date_from", "2038"}, {"date_to", "2037"}}, "date_to", "invalid-parameter", "before"},
      {{{"cited_by", ".."}}, "cited_by", "invalid-parameter", "MIN..MAX"},
      {{{"cited_by", "many"}}, "cited_by", "invalid-parameter", "MIN..MAX"},
      {{{"cited_by", "-1"}}, "cited_by", "invalid-parameter", "MIN..MAX"},
      {{{"cited_by", "1..x"}}, "cited_by", "invalid-parameter", "MIN..MAX"},
      {{{"cited_by", "99999999999"}}, "cited_by", "invalid-parameter", "MIN..MAX"},
      {{{"unit", "page"}}, "unit", "invalid-parameter", "paragraph or document"},
      {{{"dedupe", "1"}}, "dedupe", "invalid-parameter", "on or off"},
      {{{"sort", "random"}}, "sort", "invalid-parameter", "relevance"},
      {{{"limit", "101"}}, "limit", "invalid-parameter", "100"},
      {{{"limit", "-1"}}, "limit", "invalid-parameter", "100"},
      {{{"limit", "1e2"}}, "limit", "invalid-parameter", "100"},
      {{{"limit", "NaN"}}, "limit", "invalid-parameter", "100"},
      {{{"limit", ""}}, "limit", "invalid-parameter", "100"},
      {{{"limit", " 5"}}, "limit", "invalid-parameter", "100"},
      {{{"limit", "99999999999999999999"}}, "limit", "invalid-parameter", "100"},
      {{{"limit", "5"}, {"limit", "5"}}, "limit", "invalid-parameter", "more than once"},
      {{{"q", "a"}, {"q", "b"}}, "q", "invalid-parameter", "more than once"},
      {{{"cursor", ""}}, "cursor", "invalid-parameter", "not a cursor"},
      {{{"cursor", "AAAA"}}, "cursor", "invalid-parameter", "not a cursor"},
      {{{"facets", ""}}, "facets", "invalid-parameter", "lang"},
      {{{"facets", "body,"}}, "facets", "invalid-parameter", "lang"},
      {{{"facets", "symbol"}}, "facets", "invalid-parameter", "lang"},
      {{{"facets", "none,body"}}, "facets", "invalid-parameter", "lang"},
      {{{"explain", "yes"}}, "explain", "invalid-parameter", "1 or 0"},
      {{{"colour", "red"}}, "colour", "unknown-parameter", "known are: q, lang"},
      {{{"", "red"}}, "", "unknown-parameter", "known are: q, lang"},
      {{{"Q", "red"}}, "Q", "unknown-parameter", "known are: q, lang"},
  };
  for (const auto& c : cases) {
    const auto parsed = parse_search(c.given);
    ASSERT_TRUE(std::holds_alternative<Problem>(parsed)) << c.given[0].first << "=" << c.given[0].second;
    const auto& p = std::get<Problem>(parsed);
    EXPECT_EQ(p.status, 400) << c.parameter;
    EXPECT_EQ(p.type, c.type) << c.parameter;
    EXPECT_EQ(p.parameter, c.parameter) << p.detail;
    EXPECT_NE(p.detail.find(c.says), std::string::npos) << c.parameter << ": " << p.detail;
  }
}

TEST(ParseSearch, BoundsWhatOneRequestMayAsk) {
  const auto long_query = parse_search({{"q", std::string(search::kMostQueryBytes + 1, 'a')}});
  ASSERT_TRUE(std::holds_alternative<Problem>(long_query));
  EXPECT_EQ(std::get<Problem>(long_query).status, 414);
  EXPECT_EQ(std::get<Problem>(long_query).type, "query-too-long");
  accepted({{"q", std::string(search::kMostQueryBytes, 'a')}});

  Parameters many(200, {"subject", "x"});
  accepted(many);
  many.emplace_back("subject", "x");
  EXPECT_TRUE(std::holds_alternative<Problem>(parse_search(many)));
  accepted({{"subject", std::string(1000, 'x')}});
  EXPECT_TRUE(std::holds_alternative<Problem>(parse_search({{"subject", std::string(1001, 'x')}})));
}

}  // namespace
}  // namespace resolute::http
