#include "schemas/warning.h"

#include <gtest/gtest.h>

#include <set>

#include <nlohmann/json.hpp>
#include "schemas/document_json.h"

#include "schemas/store.h"

namespace resolute {
namespace {

const std::vector<std::string> kFive = {"date", "the table", "2038-03-12", "the text", "2038-03-11"};

// Every code with as many values as it has.
std::vector<Warning> all() {
  std::vector<Warning> out;
  for (int code = 0; code <= static_cast<int>(WarningCode::reissue_of); ++code)
    for (size_t n = 0; n <= kFive.size(); ++n) {
      const std::vector<std::string> values(kFive.begin(), kFive.begin() + static_cast<std::ptrdiff_t>(n));
      const auto made = make_warning(name_of(static_cast<WarningCode>(code)), values, "?");
      if (made.code == static_cast<WarningCode>(code) && made.values == values) out.push_back(made);
    }
  return out;
}

TEST(Warning, HasANameAndASentenceInBothLanguages) {
  std::set<std::string> names, english, chinese;
  for (const auto& w : all()) {
    names.emplace(name_of(w.code));
    const auto en = say(w), zh = say(w, WarningLanguage::zh);
    EXPECT_EQ((en + zh).find_first_of("{}"), std::string::npos) << en << zh;
    english.insert(en);
    chinese.insert(zh);
  }
  EXPECT_EQ(names.size(), static_cast<size_t>(WarningCode::reissue_of) + 1);
  EXPECT_EQ(english.size(), names.size());
  EXPECT_EQ(chinese.size(), names.size());
  EXPECT_EQ(say({WarningCode::sources_disagree, kFive}), "date: the table says 2038-03-12, the text 2038-03-11; the former is taken");
  EXPECT_EQ(say({WarningCode::sources_disagree, kFive}, WarningLanguage::zh), "日期：表格作 2038-03-12，正文作 2038-03-11；以前者为准");
}

TEST(Warning, ComesBackFromTheIndexAndFromJson) {
  Document d;
  d.identifier = "A/RES/91/12";
  d.paragraphs.resize(1);
  d.paragraphs[0].fragment = "p1";
  d.paragraphs[0].text = "The lamp is lit.";
  d.warnings = all();
  ASSERT_GT(d.warnings.size(), 15u);
  EXPECT_EQ(decode_document(encode_document(d, Texts::with)).warnings, d.warnings);
  EXPECT_EQ(std::get<Document>(parse_document(nlohmann::json::parse(print_document(d).dump()))).warnings, d.warnings);
}

// A code is never without its values, whatever a file says.
TEST(Warning, OfOtherProgramsIsASentence) {
  EXPECT_EQ(decode_warning("ill-formed XML, mended"), (Warning{WarningCode::other, {"ill-formed XML, mended"}}));
  EXPECT_EQ(decode_warning("sources-disagree\x1f"
                           "date")
                .code,
            WarningCode::other);
  const auto parsed = parse_document(nlohmann::json::parse(
      R"({"symbol": "x", "lang": "en", "text": "y", "warnings": ["a sentence", {"code": "sources-disagree", "values": ["date"], "text": "odd"}, {"code": "new", "text": "later"}]})"));
  const auto& warnings = std::get<Document>(parsed).warnings;
  ASSERT_EQ(warnings.size(), 3u);
  EXPECT_EQ(say(warnings[0]), "a sentence");
  EXPECT_EQ(warnings[1], (Warning{WarningCode::other, {"odd"}}));
  EXPECT_EQ(say(warnings[2]), "later");
  EXPECT_TRUE(std::holds_alternative<Rejection>(parse_document(nlohmann::json::parse(R"({"symbol": "x", "lang": "en", "warnings": [1]})"))));
  Warning broken{WarningCode::revision,
                 {"a\x1f"
                  "b",
                  "c"}};
  EXPECT_EQ(decode_warning(encode_warning(broken)), (Warning{WarningCode::revision, {"a b", "c"}}));
}

TEST(Warning, IsToldOnce) {
  std::vector<Warning> all;
  warn(all, {WarningCode::reissue, {}});
  warn(all, {WarningCode::reissue, {}});
  EXPECT_EQ(all.size(), 1u);
  EXPECT_TRUE(has_warning(all, WarningCode::reissue));
  EXPECT_FALSE(has_warning(all, WarningCode::revision));
}

}  // namespace
}  // namespace resolute
