#include "text/note_places.h"

#include <gtest/gtest.h>

namespace resolute::text {
namespace {

Paragraph paragraph(ParagraphKind kind, const std::string& text, const std::string& number = "") {
  Paragraph p;
  p.kind = kind;
  p.text = text;
  p.number = number;
  return p;
}

// "text[number]text", a mark for each; the notes themselves are not among the pieces.
Piece piece(const std::string& marked) {
  Piece out;
  for (size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] != '[') {
      out.text += marked[i];
      continue;
    }
    const size_t end = marked.find(']', i);
    out.marks.push_back({out.text.size(), marked.substr(i + 1, end - i - 1)});
    i = end;
  }
  return out;
}

std::string shown(const Document& d) {
  std::string out;
  for (const auto& p : d.paragraphs) {
    if (p.kind == ParagraphKind::footnote) continue;
    std::string text = p.text;
    for (auto it = p.notes.rbegin(); it != p.notes.rend(); ++it) text.insert(it->at, "[" + d.paragraphs.at(it->note).number + "]");
    out += (out.empty() ? "" : " | ") + text;
  }
  return out;
}

std::string placed(const std::vector<Piece>& pieces, const std::vector<std::string>& texts, const std::vector<std::string>& notes) {
  Document d;
  for (const auto& t : texts) d.paragraphs.push_back(paragraph(ParagraphKind::operative, t));
  for (const auto& n : notes) d.paragraphs.push_back(paragraph(ParagraphKind::footnote, "See " + n, n));
  place_notes(pieces, d);
  return shown(d);
}

TEST(NotePlaces, StandBehindTheLettersAndMarksThatTheyStoodBehind) {
  EXPECT_EQ(placed({piece("1.  Welcomes the  lamps,[1] and the wicks[2]")}, {"Welcomes the lamps, and the wicks"}, {"1", "2"}),
            "Welcomes the lamps,[1] and the wicks[2]");
  EXPECT_EQ(placed({piece("欢迎 《灯塔公约》[1] 及其议定书[2]，")}, {"欢迎《灯塔公约》及其议定书，"}, {"1", "2"}), "欢迎《灯塔公约》[1]及其议定书[2]，");
  EXPECT_EQ(placed({piece("Recalls resolutions 91/12,[1] 91/13[2] and 91/14[3]")}, {"Recalls resolutions 91/12, 91/13 and 91/14"}, {"1", "2", "3"}),
            "Recalls resolutions 91/12,[1] 91/13[2] and 91/14[3]");
}

TEST(NotePlaces, AreFoundWhereTextsWereJoinedPartedOrLeftOut) {
  EXPECT_EQ(placed({piece("A/91/L.3 of the cover"), piece("Recalls the lamps[1] of"), piece("the harbour[2] and the pier")},
                   {"Recalls the lamps of the harbour", "and the pier"}, {"1", "2"}),
            "Recalls the lamps[1] of the harbour[2] | and the pier");
  // What is said again and again is told apart by its order.
  EXPECT_EQ(placed({piece("The report of the Keeper,"), piece("The report of the Keeper[1]"), piece("The report of the Keeper,"),
                    piece("The report of the Keeper[2]")},
                   {"The report of the Keeper,", "The report of the Keeper", "The report of the Keeper,", "The report of the Keeper"}, {"1", "2"}),
            "The report of the Keeper, | The report of the Keeper[1] | The report of the Keeper, | The report of the Keeper[2]");
}

TEST(NotePlaces, AreLeftOutWhereNothingTellsThem) {
  EXPECT_EQ(placed({piece("Welcomes the lamps[1]")}, {"Thanks the keepers"}, {"1"}), "Thanks the keepers");
  EXPECT_EQ(placed({piece("Welcomes the lamps[7]")}, {"Welcomes the lamps"}, {"1"}), "Welcomes the lamps");
  EXPECT_EQ(placed({piece("2[1] 3")}, {"2 3"}, {"1"}), "2 3");
  EXPECT_EQ(placed({}, {"Welcomes the lamps"}, {"1"}), "Welcomes the lamps");
}

}  // namespace
}  // namespace resolute::text
