#include "schemas/document_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/samples.h"

namespace resolute {
namespace {

using nlohmann::json;

std::variant<Document, Rejection> parse(const std::string& text) { return parse_document(json::parse(text)); }

TEST(DocumentJson, PrintsWhatItParsed) {
  ASSERT_GT(test::sample_documents().size(), 60u);
  for (Document d : test::sample_documents()) {
    d.furniture.clear();  // is printed, never read
    const auto printed = print_document(d);
    auto parsed = parse_document(json::parse(printed.dump()));
    ASSERT_TRUE(std::holds_alternative<Document>(parsed)) << d.id() << ": " << std::get<Rejection>(parsed).detail;
    EXPECT_EQ(print_document(std::get<Document>(parsed)).dump(), printed.dump()) << d.id();
  }
}

TEST(DocumentJson, KeepsTheAlignment) {
  Document d;
  d.identifier = "A/RES/90/1";
  d.lang = Language::zh;
  d.paragraphs.resize(1);
  d.paragraphs[0].fragment = "op1";
  d.paragraphs[0].kind = ParagraphKind::operative;
  d.paragraphs[0].text = "决定点灯；";
  d.paragraphs[0].parallel = "op1~2";
  d.paragraphs[0].parallel_confidence = 87;
  const auto printed = print_document(d);
  EXPECT_EQ(printed["paragraphs"][0]["parallel"], "A/RES/90/1@en#op1~2");
  const auto again = std::get<Document>(parse_document(json::parse(printed.dump())));
  EXPECT_EQ(again.paragraphs[0].parallel, "op1~2");
  EXPECT_EQ(again.paragraphs[0].parallel_confidence, 87);
}

TEST(DocumentJson, NeedsOnlySymbolLanguageAndText) {
  const auto d = std::get<Document>(parse(R"({"symbol": "night-book-3", "lang": "zh", "text": "灯亮了。"})"));
  EXPECT_EQ(d.identifier, "night-book-3");
  EXPECT_EQ(d.lang, Language::zh);
  ASSERT_EQ(d.paragraphs.size(), 1u);
  EXPECT_EQ(d.paragraphs[0].fragment, "p1");
  EXPECT_EQ(d.paragraphs[0].kind, ParagraphKind::plain);
  EXPECT_EQ(d.body, Body::none);
  EXPECT_EQ(d.type, DocumentType::other);
}

TEST(DocumentJson, InfersFromTheSymbol) {
  const auto d = std::get<Document>(parse(R"({"symbol": "s/prst/2038/2", "lang": "en", "text": "x", "agenda": "7", "session": 94})"));
  EXPECT_EQ(d.identifier, "S/PRST/2038/2");
  EXPECT_EQ(d.body, Body::sc);
  EXPECT_EQ(d.type, DocumentType::statement);
  EXPECT_EQ(d.agenda, (std::vector<std::string>{"7"}));
  EXPECT_EQ(d.session, "94");
}

TEST(DocumentJson, KeepsWhereFootnotesAreReferredTo) {
  const auto d = std::get<Document>(parse(
      R"({"symbol": "A/RES/90/1", "lang": "zh", "paragraphs": [{"id": "A/RES/90/1@zh#op1", "kind": "operative", "text": "灯塔，看守", "notes": [{"at": 2, "id": "A/RES/90/1@zh#fn1"}, {"at": 9, "id": "A/RES/90/1@zh#fn1"}, {"at": 9, "id": "A/RES/90/1@zh#fn7"}]}, {"id": "A/RES/90/1@zh#fn1", "kind": "footnote", "number": "1", "text": "见章程。"}]})"));
  EXPECT_EQ(d.paragraphs.at(0).notes, (std::vector<NoteMark>{{6, 1}, {15, 1}}));
  EXPECT_TRUE(d.paragraphs.at(1).notes.empty());
  EXPECT_EQ(print_document(d)["paragraphs"][0]["notes"].dump(), R"([{"at":2,"id":"A/RES/90/1@zh#fn1"},{"at":5,"id":"A/RES/90/1@zh#fn1"}])");
}

TEST(DocumentJson, CountsSpansInCodePoints) {
  const auto d = std::get<Document>(parse(
      R"({"symbol": "A/RES/90/1", "lang": "zh", "paragraphs": [{"id": "A/RES/90/1@zh#op1", "kind": "operative", "text": "见😀第91/12号决议", "citations": [{"symbol": "A/RES/91/12", "span": [2, 9], "treatment": null}, {"symbol": "A/RES/91/13", "span": [3, 999999]}, {"symbol": "A/RES/90/1", "span": [0, 1]}]}]})"));
  const auto& p = d.paragraphs.at(0);
  ASSERT_EQ(p.citations.size(), 2u);  // its own symbol is no citation
  EXPECT_EQ(p.text.substr(p.citations[0].span.begin, p.citations[0].span.end - p.citations[0].span.begin), "第91/12号");
  EXPECT_EQ(p.citations[1].span.end, p.text.size());
  EXPECT_EQ(print_document(d)["paragraphs"][0]["citations"][0]["span"], nlohmann::ordered_json({2, 9}));
}

TEST(DocumentJson, NumbersParagraphsWithoutId) {
  const auto d = std::get<Document>(
      parse(R"({"symbol": "A/RES/90/1", "lang": "en", "paragraphs": [{"kind": "operative", "text": "a"}, {"id": "op1", "text": "b"}, {"text": "c"}]})"));
  ASSERT_EQ(d.paragraphs.size(), 3u);
  EXPECT_EQ(d.paragraphs[1].fragment, "op1");
  EXPECT_NE(d.paragraphs[0].fragment, "op1");
  EXPECT_NE(d.paragraphs[0].fragment, d.paragraphs[2].fragment);
}

TEST(DocumentJson, SaysWhatIsWrong) {
  struct Case {
    const char* text;
    const char* reason;
    const char* detail;  // part of it
  };
  for (const auto& c : {
           Case{"[]", "malformed", "object"},
           Case{"7", "malformed", "object"},
           Case{"null", "malformed", "object"},
           Case{"{}", "malformed", "symbol is missing"},
           Case{R"({"symbol": "", "lang": "en", "text": "x"})", "malformed", "symbol is missing"},
           Case{R"({"symbol": ["A"], "lang": "en", "text": "x"})", "malformed", "symbol is not a string"},
           Case{R"({"symbol": "a b", "lang": "en", "text": "x"})", "malformed", "space"},
           Case{R"({"symbol": "a#b", "lang": "en", "text": "x"})", "malformed", "space"},
           Case{R"({"symbol": "a@en", "lang": "en", "text": "x"})", "malformed", "space"},
           Case{R"({"symbol": "x"})", "malformed", "lang is missing"},
           Case{R"({"symbol": "x", "lang": "fr", "text": "y"})", "unsupported-language", "fr"},
           Case{R"({"symbol": "x", "lang": "en"})", "malformed", "text"},
           Case{R"({"symbol": "x", "lang": "en", "text": ""})", "malformed", "text"},
           Case{R"({"symbol": "x", "lang": "en", "text": {}})", "malformed", "text is not a string"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": []})", "malformed", "no paragraphs"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": {}})", "malformed", "not a list"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": ["a"]})", "malformed", "paragraph 1"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": [{"text": "a"}, {}]})", "malformed", "paragraph 2 has no text"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": [{"text": "a", "kind": "verse"}]})", "malformed", "verse"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": [{"text": "a", "id": "op 1"}]})", "malformed", "op 1"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": [{"text": "a", "id": "op1"}, {"text": "b", "id": "x@en#op1"}]})", "malformed", "twice"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": [{"text": "a", "notes": [3]}]})", "malformed", "note"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": [{"text": "ab", "notes": [{"at": 2, "id": "#fn1"}, {"at": 1, "id": "#fn1"}]}]})", "malformed",
                "order"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": [{"text": "a", "citations": [3]}]})", "malformed", "citation"},
           Case{R"({"symbol": "x", "lang": "en", "paragraphs": [{"text": "abcdef", "citations": [{"symbol": "A/1/2", "span": [4, 2]}]}]})", "malformed",
                "span"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "date": "2010-02-30"})", "malformed", "2010-02-30"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "body": "UN"})", "malformed", "UN"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "type": "poem"})", "malformed", "poem"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "agenda": [1]})", "malformed", "agenda"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "committee": {}})", "malformed", "committee"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": 7})", "malformed", "vote"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": {"outcome": "vetoed"}})", "malformed", "vetoed"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": {"yes": -1}})", "malformed", "yes"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": {"yes": 1.5}})", "malformed", "yes"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": {"yes": 99999999999999999999}})", "malformed", "yes"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": {"yes": 18446744073709551615}})", "malformed", "yes"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": {"voters": []}})", "malformed", "voters"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": {"voters": {"FRA": "maybe"}}})", "malformed", "maybe"},
           Case{R"({"symbol": "x", "lang": "en", "text": "a", "vote": {"voters": {"FRA": 1}}})", "malformed", "voters"},
       }) {
    const auto parsed = parse(c.text);
    ASSERT_TRUE(std::holds_alternative<Rejection>(parsed)) << c.text;
    EXPECT_EQ(std::get<Rejection>(parsed).reason, c.reason) << c.text;
    EXPECT_NE(std::get<Rejection>(parsed).detail.find(c.detail), std::string::npos) << c.text << ": " << std::get<Rejection>(parsed).detail;
  }
  EXPECT_TRUE(std::holds_alternative<Rejection>(parse(R"({"symbol": ")" + std::string(201, 'x') + R"(", "lang": "en", "text": "a"})")));
}

TEST(CodePoints, AndBytesAreEachOthersInverse) {
  const std::string text = "a灯é😀b";
  EXPECT_EQ(code_points(text, text.size()), 5u);
  EXPECT_EQ(code_points(text, 0), 0u);
  EXPECT_EQ(code_points(text, 1000), 5u);
  for (size_t n = 0; n <= 5; ++n) EXPECT_EQ(code_points(text, byte_offset(text, n)), n);
  EXPECT_EQ(byte_offset(text, 6), text.size());
  EXPECT_EQ(byte_offset("", 0), 0u);
}

}  // namespace
}  // namespace resolute
