#include "text/vocabulary.h"

#include <gtest/gtest.h>

namespace resolute::text {
namespace {

Document of(const std::vector<std::string>& texts) {
  Document d;
  d.identifier = "A/RES/83/901";
  d.body = Body::ga;
  for (const auto& t : texts) {
    Paragraph p;
    p.kind = ParagraphKind::operative;
    p.text = t;
    d.paragraphs.push_back(p);
  }
  return d;
}

Vocabulary learned(const Document& broken) {
  Vocabulary v;
  const std::string usual =
      "Welcomes the contributions of September to the lamps, the stations of the seafarers, seeking the king, and treaties, which treat the sustainable oil in "
      "per cent.";
  for (int i = 0; i < 60; ++i) v.count(of({usual}));
  v.count(broken);
  v.count_gaps(broken);
  return v;
}

TEST(Vocabulary, JoinsPiecesThatAreNoWordsToAWordThatIs) {
  auto d = of({"Notes the contributi ons of S eptember to sus tain able lamps in accordance with resolution 82/5 of 3 May 2027."});
  const auto v = learned(d);
  EXPECT_TRUE(v.mend(d));
  EXPECT_EQ(d.paragraphs[0].text, "Notes the contributions of September to sustainable lamps in accordance with resolution 82/5 of 3 May 2027.");
  ASSERT_EQ(d.paragraphs[0].citations.size(), 1u);
  EXPECT_EQ(d.paragraphs[0].text.substr(d.paragraphs[0].citations[0].span.begin, 4), "82/5");
  ASSERT_EQ(d.warnings.size(), 1u);
  EXPECT_EQ(d.warnings[0].code, WarningCode::joined_words);
  EXPECT_EQ(d.warnings[0].values[0], "3");
  EXPECT_NE(d.warnings[0].values[1].find("sus tain able"), std::string::npos);
}

TEST(Vocabulary, LeavesWordsApart) {
  for (const char* text : {
           "See king and lamps.",                 // both words; seeking is one too
           "The treat ies in question.",          // treat is a word
           "Notes that in per cent of the oil.",  // no word as a whole
           "The re-stations and S. eptember.",    // marks between
           "Contributi 5 ons, contributi, ons.",  // and figures
           "contributi Ons",                      // a capital begins a word
       }) {
    auto d = of({text});
    const auto v = learned(d);
    EXPECT_FALSE(v.mend(d)) << d.paragraphs[0].text;
    EXPECT_EQ(d.paragraphs[0].text, text);
    EXPECT_TRUE(d.warnings.empty());
  }
}

TEST(Vocabulary, LeavesChineseAlone) {
  auto d = of({"contributi ons"});
  const auto v = learned(d);
  d.lang = Language::zh;
  EXPECT_FALSE(v.mend(d));
}

}  // namespace
}  // namespace resolute::text
