#include "text/issue.h"

#include <gtest/gtest.h>

#include "text/structure.h"

namespace resolute::text {
namespace {

Document with_notes(const std::vector<std::string>& notes) {
  Document d;
  d.identifier = "A/RES/93/140";
  Paragraph p;
  p.kind = ParagraphKind::operative;
  p.text = "Decides to light the lamps.";
  d.paragraphs.push_back(p);
  for (size_t i = 0; i < notes.size(); ++i) {
    p.kind = ParagraphKind::footnote;
    p.number = std::to_string(i + 1);
    p.text = notes[i];
    d.paragraphs.push_back(p);
  }
  d.lang = notes[0][0] & 0x80 ? Language::zh : Language::en;
  complete(d);
  return d;
}

TEST(ResolveIbid, NamesTheDocumentOfTheNoteBefore) {
  struct Case {
    const char* name;
    std::vector<std::string> notes;
    std::vector<std::string> cited;  // by each note, joined
  };
  for (const auto& c : {
           Case{"an annex", {"A/91/5, annex I.", "Ibid., annex II."}, {"A/91/5", "A/91/5"}},
           Case{"nothing after", {"See A/91/5.", "Ibid."}, {"A/91/5", "A/91/5"}},
           Case{"one after another", {"A/91/5.", "Ibid., para. 7.", "Ibid., chap. II, sect. A."}, {"A/91/5", "A/91/5", "A/91/5"}},
           Case{"Chinese", {"A/91/5，附件一。", "同上，附件二。", "同上，第三章。", "同上，第5段。"}, {"A/91/5", "A/91/5", "A/91/5", "A/91/5"}},
           Case{"a corrigendum beside", {"A/91/5 and A/91/5/Corr.1.", "Ibid., annex."}, {"A/91/5 A/91/5/Corr.1", "A/91/5"}},
           Case{"two documents before", {"A/91/5 and A/91/6.", "Ibid., annex."}, {"A/91/5 A/91/6", ""}},
           Case{"no document before", {"Lamps of the Isles, vol. 12.", "Ibid., annex."}, {"", ""}},
           Case{"another volume", {"A/91/5.", "Ibid., vol. 12, No. 7."}, {"A/91/5", ""}},
           Case{"another volume in Chinese", {"A/91/5。", "同上，第12卷，第7号。"}, {"A/91/5", ""}},
           Case{"another supplement", {"Supplement No. 3 (A/91/3).", "Ibid., Supplement No. 4 (A/92/4), chap. I."}, {"A/91/3", "A/92/4"}},
           Case{"first of all", {"Ibid., annex."}, {""}},
       }) {
    const auto d = with_notes(c.notes);
    for (size_t i = 0; i < c.notes.size(); ++i) {
      std::string cited;
      for (const auto& x : d.paragraphs[i + 1].citations) {
        cited += (cited.empty() ? "" : " ") + x.symbol;
        EXPECT_LE(x.span.end, d.paragraphs[i + 1].text.size()) << c.name;
      }
      EXPECT_EQ(cited, c.cited[i]) << c.name << ", note " << i + 1;
    }
  }
}

TEST(IsReissueNote, KnowsBothLanguages) {
  for (const char* s : {"* Reissued for technical reasons on 21 June 2036.", "Reissued for technical reasons.",
                        "** Second reissue for technical reasons (9 May 2036).", "* 由于技术原因于2036年6月21日重发。", "因技术原因重新印发。"})
    EXPECT_TRUE(is_reissue_note(s)) << s;
  for (const char* s : {"Requests that the report be reissued for technical reasons;", "重发报告。", "由于技术原因推迟会议。", ""})
    EXPECT_FALSE(is_reissue_note(s)) << s;
}

TEST(TellIssue, TellsIssuesApart) {
  struct Case {
    const char* symbol;
    DocumentType given, type;
    const char* warning;
  };
  for (const auto& c : {
           Case{"A/RES/93/140", DocumentType::other, DocumentType::resolution, ""},
           Case{"A/RES/93/140/Corr.1", DocumentType::other, DocumentType::other, "a corrigendum (Corr.1) to A/RES/93/140, not its text"},
           Case{"A/RES/93/140/Corr.1", DocumentType::resolution, DocumentType::other, "a corrigendum (Corr.1) to A/RES/93/140, not its text"},
           Case{"A/C.3/93/L.5", DocumentType::other, DocumentType::draft, ""},
           Case{"A/C.3/93/L.5/Rev.1", DocumentType::other, DocumentType::draft, "a revision (Rev.1) of A/C.3/93/L.5"},
           Case{"A/DEC/93/407", DocumentType::other, DocumentType::decision, ""},
           Case{"S/PRST/2036/11", DocumentType::other, DocumentType::statement, ""},
           Case{"S/PRST/2036/11", DocumentType::resolution, DocumentType::statement, ""},
           Case{"A/93/12", DocumentType::other, DocumentType::other, ""},
       }) {
    Document d;
    d.identifier = c.symbol;
    d.type = c.given;
    Paragraph p;
    p.kind = ParagraphKind::operative;
    p.text = "Decides to light the lamps.";
    d.paragraphs.push_back(p);
    complete(d);
    EXPECT_EQ(d.type, c.type) << c.symbol;
    EXPECT_EQ(d.paragraphs[0].kind,
              c.type == DocumentType::statement && c.given == DocumentType::resolution ? ParagraphKind::statement : ParagraphKind::operative)
        << c.symbol;
    if (*c.warning) {
      ASSERT_EQ(d.warnings.size(), 1u);
      EXPECT_EQ(say(d.warnings[0]), c.warning);
    } else {
      EXPECT_TRUE(d.warnings.empty()) << c.symbol;
    }
  }
}

TEST(TellIssue, MakesAReissuesLineANote) {
  for (const bool on_cover : {true, false}) {
    const std::string note = "* Reissued for technical reasons on 9 November 2038.\n\n";
    auto d = structure_text("United Nations A/C.3/93/L.5/Rev.1\n\nGeneral Assembly\n\nDistr.: Limited\n3 November 2038\n\n" + (on_cover ? note : "") +
                            "Ninety-third session\nThird Committee\nAgenda item 12\n\nFarland and Midland: draft resolution\n\nThe General Assembly,\n\n1. "
                            "Decides to light the lamp;\n\n2. Requests the keeper to stay.\n\n" +
                            (on_cover ? "" : note));
    ASSERT_TRUE(d);
    complete(*d);
    EXPECT_EQ(d->warnings, (std::vector<Warning>{{WarningCode::revision, {"Rev.1", "A/C.3/93/L.5"}}, {WarningCode::reissue_of, {"2038-11-09"}}}));
    const auto& last = d->paragraphs.back();
    EXPECT_EQ(last.kind, ParagraphKind::footnote);
    EXPECT_EQ(last.number, "*");
    EXPECT_EQ(last.text, "Reissued for technical reasons on 9 November 2038.");
    EXPECT_EQ(d->date, "2038-11-03");
    EXPECT_EQ(d->committee, std::vector<std::string>{"C3"});
    EXPECT_EQ(d->agenda, std::vector<std::string>{"12"});
  }
}

}  // namespace
}  // namespace resolute::text
