// Readable pages of results for named queries over samples/. RESOLUTE_UPDATE=1 rewrites them:
// read the difference before you commit it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/search/sample_index.h"

namespace resolute::search {
namespace {

struct Golden {
  const char* name;
  const char* query;
  const char* expected;  // the paragraph that people want; its rank stands on the page
  Unit unit = Unit::paragraph;
  Sort sort = Sort::relevance;
  Dedupe dedupe = Dedupe::off;
};

const Golden kGolden[] = {
    {"words_en", "lighthouse keepers", "A/RES/91/12@en#pp3"},
    {"words_zh", "灯塔 看守人", "A/RES/91/12@zh#pp3"},
    {"unspaced_zh", "灯塔看守人", "A/RES/91/12@zh#pp3"},
    {"quote_en", "\"Widow Light\"", ""},
    {"quote_zh", "\"寡妇灯\"", ""},
    {"traditional", "\"燈塔\"", ""},
    {"full_width", "\"第３９０１（２０３６）号决议所设委员会\"", "S/RES/3917(2039)@zh#op3"},
    {"symbol", "S/RES/3901 (2036)", "S/RES/3901(2036)@en#pp1"},
    {"symbol_bare", "3901", "S/RES/3901(2036)@en#pp1"},
    {"symbol_zh", "第91/12号决议", "A/RES/91/12@zh#hd1"},
    {"boolean", "ferries NOT tolls", ""},
    {"either", "swifts OR observatories", ""},
    {"near", "night NEAR/3 lights", ""},
    {"prefix", "observ*", ""},
    {"title", "title:lighthouses kind:operative", ""},
    {"committee", "committee:C4", ""},
    {"cites", "cites:A/RES/91/12", ""},
    {"missing", "lighthouse xylophone", ""},
    {"mixed", "Halcyon 海峡", ""},
    {"question_en", "what languages should the manual for keepers be published in", ""},
    {"question_zh", "手册应以哪几种语文出版", ""},
    {"documents", "lighthouse", "A/RES/91/12@en", Unit::document},
    {"newest", "lighthouse", "", Unit::paragraph, Sort::newest},
    {"oldest", "灯塔", "", Unit::document, Sort::oldest},
    {"most_cited", "navigation", "", Unit::document, Sort::most_cited},
    {"everything", "", "", Unit::document, Sort::newest},
    {"punctuation", "\";\"", ""},
    {"subject", "subject:navigation", ""},
    {"date", "date:2036..2037 body:SC", ""},
    {"vote", "vote:not-adopted", ""},
    {"slip", "lighthuose keeper", ""},
    {"near_symbol", "S/RES/3901(2037)", ""},
    {"repeats", "lighthouses", "", Unit::paragraph, Sort::relevance, Dedupe::on},
    {"repeats_oldest", "灯塔", "", Unit::paragraph, Sort::oldest, Dedupe::on},
    {"pasted_en",
     "Requests the Secretary-General to report to it on the state of the lamps and on the keepers who tend them, and decides to remain seized of the matter.",
     ""},
    {"pasted_zh", "请秘书长就灯塔和看守人的情况向大会提交报告，并决定继续处理此案。", ""},
    {"stems", "keeping lamps lit", ""},
    {"stop_words", "of the", ""},
    {"required", "+lamp oil harbour", ""},
    {"parentheses", "(lamp OR 灯) AND kind:operative", ""},
    {"action", "action:requests lighthouses", ""},
    {"voter", "voter:\"FRA:yes\"", ""},
};

std::string page(const Golden& g) {
  const Searcher& searcher = test::sample_searcher();
  SearchRequest r;
  r.q = g.query;
  r.unit = g.unit;
  r.sort = g.sort;
  r.dedupe = g.dedupe;
  r.limit = 6;
  r.facets = {Field::body, Field::lang, Field::kind};
  const auto result = searcher.search(r);
  std::ostringstream out;
  out << "query       " << g.query << "\nunderstood  " << result.understood << "\n";
  for (const auto& n : result.notices) out << "notice      " << n << "\n";
  if (!result.did_you_mean.empty()) out << "did you mean  " << result.did_you_mean << "\n";
  for (const auto& n : result.near_symbols) out << "near it     " << n << "\n";
  out << "total       " << result.total << " in " << result.total_documents << "\n";
  if (*g.expected) {
    size_t rank = 0, at = 0;
    for (const auto& ranked : searcher.rank(r, 1000)) {
      ++at;
      if (ranked.id == g.expected) rank = at;
    }
    out << "expected    " << g.expected << " at " << (rank ? std::to_string(rank) : "no rank") << "\n";
  }
  for (const auto& m : result.matches) {
    out << "\n" << m.id << "  " << m.date << (m.paragraphs_matched ? "  " + std::to_string(m.paragraphs_matched) + " paragraphs" : "");
    if (m.repeats) out << "  and " << m.repeats->count << " more, " << m.repeats->first.id << " to " << m.repeats->last.id;
    out << "\n";
    std::string shown;
    uint32_t last = 0;
    const auto& s = m.snippets.front();
    for (const auto& h : s.highlights) {
      shown += s.text.substr(last, h.begin - last) + "[" + s.text.substr(h.begin, h.end - h.begin) + "]";
      last = h.end;
    }
    out << "  " << shown << s.text.substr(last) << "\n";
    if (m.parallel) out << "  = " << m.parallel->id << "\n";
  }
  out << "\n";
  for (const auto& f : result.facets) {
    out << info(f.field).name << ":";
    for (const auto& v : f.values) out << " " << v.value << " " << v.count << ";";
    out << "\n";
  }
  return out.str();
}

class GoldenTest : public testing::TestWithParam<Golden> {};

TEST_P(GoldenTest, PageIsAsItWas) {
  const std::string path = std::string(RESOLUTE_SOURCE) + "/tests/golden/" + GetParam().name + ".txt";
  const std::string now = page(GetParam());
  if (std::getenv("RESOLUTE_UPDATE")) {
    std::ofstream(path, std::ios::binary) << now;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  ASSERT_TRUE(in) << path << " is missing: run with RESOLUTE_UPDATE=1";
  std::ostringstream was;
  was << in.rdbuf();
  EXPECT_EQ(was.str(), now);
}

INSTANTIATE_TEST_SUITE_P(Queries, GoldenTest, testing::ValuesIn(kGolden), [](const auto& p) { return std::string(p.param.name); });

}  // namespace
}  // namespace resolute::search
