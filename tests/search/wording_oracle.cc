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

WordingScan::WordingScan(const search::Generation& generation) : generation_(generation) {
  std::string buffer;
  for (uint32_t s = 0; s < generation_.segments().size(); ++s) {
    const auto& segment = generation_.segment(s);
    for (const WordingId w : segment.all_wordings()) {
      auto& row = rows_.emplace_back(Row{{s, w}, {}});
      text::wording_tokens(segment.folded(w, buffer), row.tokens);
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
    if (s + 1e-9 >= least) out.push_back({row.at, s});
  }
  return out;
}

std::vector<std::string> WordingScan::random_paragraphs(std::mt19937& random, Language lang, size_t n) const {
  std::vector<std::string> out;
  std::vector<search::ParagraphRef> places;
  for (uint32_t s = 0; s < generation_.segments().size(); ++s) {
    const auto& segment = generation_.segment(s);
    for (const ParagraphId p : segment.all_paragraphs())
      if (!segment.deleted(segment.document_of(p)) && segment.lang(segment.document_of(p)) == lang) places.push_back({s, p});
  }
  std::string buffer;
  for (size_t i = 0; i < n && !places.empty(); ++i) {
    const auto& at = places[random() % places.size()];
    out.emplace_back(generation_.segment(at).folded(generation_.segment(at).wording_of(at.paragraph), buffer));
  }
  return out;
}

Agreement compare(const std::vector<search::SimilarWording>& found, const std::vector<search::SimilarWording>& expected) {
  std::set<search::WordingRef> wanted;
  for (const auto& w : expected) wanted.insert(w.at);
  Agreement out{expected.size(), found.size(), 0};
  for (const auto& w : found) out.both += wanted.count(w.at);
  return out;
}

}  // namespace resolute::oracle
