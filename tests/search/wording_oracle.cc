#include "tests/search/wording_oracle.h"

#include <algorithm>
#include <set>

namespace resolute::oracle {

size_t plain_lcs(const std::vector<text::WordingToken>& a, const std::vector<text::WordingToken>& b) {
  std::vector<size_t> row(b.size() + 1, 0);
  for (const auto& x : a) {
    size_t diagonal = 0;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t above = row[j + 1];
      row[j + 1] = x.key == b[j].key ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row.back();
}

Agreement& Agreement::operator+=(const Agreement& other) {
  expected += other.expected;
  found += other.found;
  both += other.both;
  return *this;
}

WordingScan::WordingScan(const search::Generation& generation) : g_(generation) {
  std::string buffer;
  for (uint32_t s = 0; s < g_.segments().size(); ++s) {
    const auto& texts = g_.segments()[s]->store.texts();
    for (uint32_t w = 0; w < texts.size(); ++w) {
      auto& row = rows_.emplace_back(Row{s, w, {}});
      text::wording_tokens(texts.folded(w, buffer), row.tokens);
    }
  }
}

std::vector<search::SimilarWording> WordingScan::similar(const std::string& folded, double least) const {
  std::vector<text::WordingToken> tokens;
  text::wording_tokens(folded, tokens);
  text::WordingComparison comparison(tokens);
  std::vector<search::SimilarWording> out;
  if (tokens.empty()) return out;
  for (const auto& row : rows_) {
    const size_t n = tokens.size(), m = row.tokens.size();
    if (text::similarity(std::min(n, m), n, m) + 1e-9 < least) continue;
    const double s = comparison.similarity(row.tokens);
    if (s + 1e-9 >= least) out.push_back({row.segment, row.wording, s});
  }
  return out;
}

std::vector<std::string> WordingScan::random_paragraphs(std::mt19937& random, Language lang, size_t n) const {
  std::vector<std::string> out;
  std::vector<std::pair<uint32_t, uint32_t>> places;
  for (uint32_t s = 0; s < g_.segments().size(); ++s) {
    const auto& segment = *g_.segments()[s];
    for (uint32_t p = 0; p < segment.paragraphs(); ++p)
      if (!segment.deleted[segment.document_of[p]] && segment.lang(segment.document_of[p]) == lang) places.emplace_back(s, p);
  }
  std::string buffer;
  for (size_t i = 0; i < n && !places.empty(); ++i) {
    const auto [s, p] = places[random() % places.size()];
    out.emplace_back(g_.segments()[s]->store.texts().folded(g_.segments()[s]->store.wording(p), buffer));
  }
  return out;
}

Agreement compare(const std::vector<search::SimilarWording>& found, const std::vector<search::SimilarWording>& expected) {
  std::set<std::pair<uint32_t, uint32_t>> wanted;
  for (const auto& w : expected) wanted.emplace(w.segment, w.wording);
  Agreement out{expected.size(), found.size(), 0};
  for (const auto& w : found) out.both += wanted.count({w.segment, w.wording});
  return out;
}

}  // namespace resolute::oracle
