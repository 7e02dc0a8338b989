#include "tests/search/oracle.h"

#include <algorithm>

#include "schemas/state.h"
#include "text/normalize.h"

namespace resolute::oracle {
namespace {

std::u32string points(std::string_view s) {
  std::u32string out;
  for (size_t i = 0; i < s.size();) out += text::next_code_point(s, i);
  return out;
}

// The contract's exact quote, said once more and without cleverness.
bool contains(const std::string& folded, const std::string& phrase) {
  const auto t = points(folded), p = points(phrase);
  if (p.empty() || p.size() > t.size()) return false;
  for (size_t i = 0; i + p.size() <= t.size(); ++i) {
    if (t.compare(i, p.size(), p) != 0) continue;
    const bool left = !text::is_word(p.front()) || i == 0 || (!text::is_word(t[i - 1]) && t[i - 1] != U'\'');
    const bool right = !text::is_word(p.back()) || i + p.size() == t.size() || !text::is_word(t[i + p.size()]);
    if (left && right) return true;
  }
  return false;
}

std::vector<std::vector<std::string>> values_of(const Document& d, const Paragraph& p) {
  std::vector<std::vector<std::string>> v(kFieldCount);
  const auto set = [&](Field f, std::string value) {
    if (!value.empty()) v[static_cast<size_t>(f)].push_back(std::move(value));
  };
  set(Field::lang, print_language(d.lang));
  set(Field::body, print_body(d.body));
  set(Field::type, print_type(d.type));
  set(Field::session, d.session);
  set(Field::year, d.date.substr(0, 4));
  set(Field::kind, print_kind(p.kind));
  set(Field::action, p.action);
  if (d.vote.outcome) set(Field::vote, print_outcome(*d.vote.outcome));
  set(Field::symbol, d.identifier);
  v[static_cast<size_t>(Field::committee)] = d.committee;
  v[static_cast<size_t>(Field::concerns)] = d.concerns;
  v[static_cast<size_t>(Field::agenda)] = d.agenda;
  v[static_cast<size_t>(Field::subject)] = d.subjects;
  v[static_cast<size_t>(Field::cites)] = cited_symbols(d);
  for (const auto* list : {&d.sponsors, &d.additional_sponsors})
    for (const auto& s : *list) set(Field::sponsor, find_state(s).value_or(s));
  for (const auto& [state, how] : d.vote.voters) set(Field::voter, state + ":" + how);
  return v;
}

bool passes(const std::vector<std::string>& values, const search::Filter& filter) {
  const auto has = [&](const std::string& wanted) { return std::find(values.begin(), values.end(), wanted) != values.end(); };
  if (!filter.any.empty() && std::none_of(filter.any.begin(), filter.any.end(), has)) return false;
  return std::none_of(filter.none.begin(), filter.none.end(), has);
}

}  // namespace

LinearScan::LinearScan(const search::Generation& g) : vocabulary_(kFieldCount) {
  std::vector<std::set<std::string>> seen(kFieldCount);
  for (const auto& s : g.segments())
    for (const DocumentId d : s->all_documents()) {
      if (s->deleted(d)) continue;
      const Document document = s->document(d);
      for (const auto& p : document.paragraphs) {
        Row row{document.id() + "#" + p.fragment, p.text, text::fold(p.text), values_of(document, p)};
        for (size_t f = 0; f < kFieldCount; ++f) seen[f].insert(row.values[f].begin(), row.values[f].end());
        rows_.push_back(std::move(row));
      }
    }
  for (size_t f = 0; f < kFieldCount; ++f) vocabulary_[f].assign(seen[f].begin(), seen[f].end());
}

Answer LinearScan::answer(const Question& q, const std::vector<Field>& facets) const {
  Answer out;
  const std::string phrase = text::fold(q.phrase);
  for (const auto& row : rows_) {
    // memmem first: the slow way would take hours over a real corpus.
    if (!phrase.empty() && (row.folded.find(phrase) == std::string::npos || !contains(row.folded, phrase))) continue;
    std::vector<Field> held;
    for (const auto& [field, filter] : q.filters)
      if (!passes(row.values[static_cast<size_t>(field)], filter)) held.push_back(field);
    if (held.empty()) out.ids.insert(row.id);
    for (const Field f : facets)
      if (held.empty() || (held.size() == 1 && held[0] == f))
        for (const auto& v : std::set<std::string>(row.values[static_cast<size_t>(f)].begin(), row.values[static_cast<size_t>(f)].end())) ++out.facets[f][v];
  }
  return out;
}

std::string LinearScan::random_han(std::mt19937& random, size_t least, size_t most) const {
  for (int attempt = 0; attempt < 10000; ++attempt) {
    const auto& row = rows_[random() % rows_.size()];
    const auto t = points(row.original);
    const size_t n = least + random() % (most - least + 1);
    if (t.size() < n) continue;
    const size_t at = random() % (t.size() - n + 1);
    std::string out;
    bool han = true;
    for (size_t i = at; i < at + n; ++i) {
      han = han && text::is_han(t[i]);
      text::append_utf8(out, t[i]);
    }
    if (han) return out;
  }
  return "";
}

std::string LinearScan::random_possessive(std::mt19937& random, size_t least, size_t most) const {
  static constexpr std::string_view kCurled = "’";
  for (int attempt = 0; attempt < 100000; ++attempt) {
    const auto& text = rows_[random() % rows_.size()].original;
    std::vector<size_t> places;
    for (const std::string_view mark : {kCurled, std::string_view("'")})
      for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) places.push_back(at);
    if (places.empty() || text[0] & 0x80) continue;
    // The word with the mark, and words on both sides of it.
    const size_t n = least + random() % (most - least + 1), before = random() % n, mark = places[random() % places.size()];
    size_t begin = mark, end = mark;
    for (size_t w = 0; w <= before && begin > 0; ++w)
      while (begin > 0 && text[--begin] != ' ') {}
    if (text[begin] == ' ') ++begin;
    for (size_t w = before; w < n && end < text.size(); ++w)
      while (++end < text.size() && text[end] != ' ') {}
    std::string out = text.substr(begin, end - begin);
    if (out.find('"') != std::string::npos || out.find("“") != std::string::npos || out.find("”") != std::string::npos) continue;
    const size_t kind = random() % 4;  // as it stands, or by another mark, the owner alone, or without the mark
    const size_t at = mark - begin, size = text.compare(mark, kCurled.size(), kCurled) == 0 ? kCurled.size() : 1;
    if (kind == 1) out.replace(at, size, size == 1 ? std::string(kCurled) : "'");
    if (kind == 2 && out.compare(at + size, 1, "s") == 0) out.erase(at, size + 1);
    if (kind == 3) out.erase(at, size);
    return out;
  }
  return "";
}

std::string LinearScan::random_english(std::mt19937& random, size_t least, size_t most) const {
  for (int attempt = 0; attempt < 10000; ++attempt) {
    const auto& row = rows_[random() % rows_.size()];
    std::vector<std::string> words;
    for (size_t at = 0; at < row.original.size();) {
      const size_t end = std::min(row.original.find(' ', at), row.original.size());
      words.push_back(row.original.substr(at, end - at));
      at = end + 1;
    }
    const size_t n = least + random() % (most - least + 1);
    if (words.size() < n) continue;
    const size_t at = random() % (words.size() - n + 1);
    std::string out;
    for (size_t i = at; i < at + n; ++i) out += (out.empty() ? "" : " ") + words[i];
    const bool ascii = std::all_of(out.begin(), out.end(), [](char c) { return c > 0 && c != '"'; });
    const bool letter = std::any_of(out.begin(), out.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    if (ascii && letter) return out;
  }
  return "";
}

std::map<Field, search::Filter> LinearScan::random_filters(std::mt19937& random) const {
  static const std::vector<Field> kFields = {Field::lang,    Field::body,   Field::committee, Field::concerns, Field::type,
                                             Field::session, Field::agenda, Field::subject,   Field::year,     Field::kind,
                                             Field::action,  Field::vote,   Field::voter,     Field::sponsor,  Field::cites};
  std::map<Field, search::Filter> out;
  const size_t n = random() % 3;
  while (out.size() < n) {
    const Field f = kFields[random() % kFields.size()];
    const auto& values = vocabulary_[static_cast<size_t>(f)];
    if (values.empty()) continue;
    auto& filter = out[f];
    for (size_t k = 1 + random() % 2; k > 0; --k) (random() % 5 == 0 ? filter.none : filter.any).push_back(values[random() % values.size()]);
  }
  return out;
}

std::string compare(const search::Searcher& searcher, const LinearScan& scan, const Question& q, const std::vector<Field>& facets) {
  const Answer want = scan.answer(q, facets);
  search::SearchRequest r;
  r.q = q.phrase.empty() ? "" : "\"" + q.phrase + "\"";
  r.filters = q.filters;
  r.facets = facets;
  r.facet_values = 1'000'000;
  r.limit = 3;
  const auto got = searcher.search(r);
  std::string where = "\"" + q.phrase + "\"";
  for (const auto& [f, filter] : q.filters) {
    for (const auto& v : filter.any) where += std::string(" ") + info(f).name + "=" + v;
    for (const auto& v : filter.none) where += std::string(" ") + info(f).name + "=-" + v;
  }
  if (got.total != want.ids.size()) return where + ": total " + std::to_string(got.total) + ", should be " + std::to_string(want.ids.size());
  std::set<std::string> ids;
  for (const auto& ranked : searcher.rank(r, scan.size() + 1)) ids.insert(ranked.id);
  if (ids != want.ids) return where + ": other paragraphs are found than stand in the texts";
  for (const auto& facet : got.facets) {
    std::map<std::string, uint64_t> counts;
    for (const auto& v : facet.values)
      if (v.count) counts[v.value] = v.count;
    const auto it = want.facets.find(facet.field);
    if (counts != (it == want.facets.end() ? std::map<std::string, uint64_t>{} : it->second))
      return where + ": facet " + info(facet.field).name + " counts otherwise";
  }
  for (const auto& m : got.matches)
    if (!q.phrase.empty() && text::fold(q.phrase) != "" && m.snippets.front().highlights.empty()) return where + ": " + m.id + " shows no highlight";
  return "";
}

}  // namespace resolute::oracle
