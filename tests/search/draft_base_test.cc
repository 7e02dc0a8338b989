#include "search/drafting/draft_base.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/search/sample_index.h"

namespace resolute::search {
namespace {

using test::sample_searcher;

std::string draft_of(const Document& d, size_t most) {
  std::string out;
  for (const auto& p : d.paragraphs)
    if (p.kind != ParagraphKind::footnote && p.kind != ParagraphKind::closing && most > 0) {
      --most;
      out += (p.number.empty() || p.kind == ParagraphKind::heading ? "" : p.number + ". ") + p.text + "\n\n";
    }
  return out;
}

std::optional<DraftBase> base_of(const std::string& text, const std::string& symbol = "") {
  PrecedentRequest request;
  request.text = text;
  return find_base(sample_searcher(), request, find_precedents(sample_searcher(), request), symbol);
}

TEST(DraftBase, IsTheDocumentThatADraftWasTakenFrom) {
  size_t tried = 0;
  for (const char* symbol : {"A/RES/91/12", "A/RES/92/15", "S/RES/2901(2037)"})
    for (const Language lang : {Language::zh, Language::en}) {
      const auto at = sample_searcher().find(symbol, lang);
      if (!at) continue;
      const auto d = sample_searcher().document(*at);
      const auto base = base_of(draft_of(d, 1000));
      ASSERT_TRUE(base) << d.id();
      EXPECT_EQ(base->document.id(), d.id());
      EXPECT_TRUE(base->whole) << d.id();
      EXPECT_EQ(base->links.size(), base->clauses.size()) << d.id();
      for (size_t i = 1; i < base->links.size(); ++i) EXPECT_LT(base->links[i - 1].before, base->links[i].before) << d.id();
      // Of a few of its paragraphs it is the base, and not whole.
      const auto part = base_of(draft_of(d, 3));
      ASSERT_TRUE(part) << d.id();
      EXPECT_LE(part->links.size(), 3u) << d.id();
      EXPECT_EQ(part->whole, base->clauses.size() <= 6) << d.id() << ": " << base->clauses.size();
      ++tried;
    }
  EXPECT_GT(tried, 2u);
}

TEST(DraftBase, IsTheOneThatIsNamed) {
  const auto at = sample_searcher().find("A/RES/91/12", Language::en);
  const auto d = sample_searcher().document(*at);
  const auto base = base_of(draft_of(d, 1000), "A/RES/92/15");
  ASSERT_TRUE(base);
  EXPECT_EQ(base->document.identifier, "A/RES/92/15");
  EXPECT_FALSE(base_of(draft_of(d, 1000), "A/RES/9/9999"));
}

TEST(DraftBase, IsWhatADraftNamesWhereFormulasAreNearToOthers) {
  const auto d = sample_searcher().document(*sample_searcher().find("A/RES/91/12", Language::en));
  const auto op = std::find_if(d.paragraphs.begin(), d.paragraphs.end(), [](const Paragraph& p) { return p.fragment == "op2"; });
  ASSERT_NE(op, d.paragraphs.end());
  // A paragraph of it with more words, and a formula that is nearest to others.
  const auto base = base_of("The General Assembly,\n\nRecalling its resolution 91/12,\n\n1. " + op->text.substr(0, op->text.size() - 1) +
                            " and no more;\n\n2. Requests the Secretary-General to report to the General Assembly at its ninety-eighth session on the "
                            "implementation of the present resolution.");
  ASSERT_TRUE(base);
  EXPECT_TRUE(base->document.identifier == "A/RES/91/12" || base->document.identifier == "A/RES/92/15") << base->document.identifier;
}

TEST(DraftBase, KeepsToTheDaysAskedFor) {
  PrecedentRequest request;
  request.text = draft_of(sample_searcher().document(*sample_searcher().find("A/RES/92/15", Language::en)), 1000);
  request.filters.date_to = *parse_date("2037-01-01");
  const auto base = find_base(sample_searcher(), request, find_precedents(sample_searcher(), request), "");
  ASSERT_TRUE(base);
  EXPECT_LT(base->document.date, "2037-01-02");
}

TEST(DraftBase, IsNoneForWordsThatAreNowhere) { EXPECT_FALSE(base_of("Zqxj wqzz vvkq xqzz jjkw.")); }

}  // namespace
}  // namespace resolute::search
