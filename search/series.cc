#include "search/series.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "schemas/symbol.h"
#include "search/searcher.h"
#include "text/normalize.h"
#include "text/wording.h"

namespace resolute::search {
namespace {

constexpr double kSameTitle = 0.8;
constexpr double kContinues = 0.3;  // of the shorter text's shingles, shared
constexpr size_t kShingle = 5;
constexpr uint64_t kSample = 8;           // one shingle of so many is kept
constexpr int32_t kMostDays = 5 * 366;    // between one of a chain and the next
constexpr size_t kLeastTitle = 2;         // tokens
constexpr double kRenewed = 0.25;         // of the longer text's shingles, shared by one and the next that takes its place
constexpr double kRenewedUntitled = 0.4;  // where no title says that it is about the same

// A title as it recurs: folded, without numbers and words that count sessions.
std::string recurring(std::string_view title) {
  const std::string folded = text::fold(title);
  std::vector<text::WordingToken> tokens;
  text::wording_tokens(folded, tokens);
  std::string out;
  for (const auto& t : tokens) {
    const auto word = std::string_view(folded).substr(t.begin, t.end - t.begin);
    const bool counts =
        std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) || word == "biennium" ||
        (word.size() > 4 &&
         (word.ends_with("ieth") || (word.starts_with("seventy") || word.starts_with("eighty") || word.starts_with("ninety") || word.starts_with("sixty"))));
    if (!counts) out += std::string(word) + " ";
  }
  return out;
}

}  // namespace

const SeriesTable& Searcher::series() const {
  std::call_once(series_made_, [&] { series_ = std::make_shared<const SeriesTable>(*generation_); });
  return *series_;
}

SeriesTable::SeriesTable(const Generation& g) : generation_(g) {
  std::map<std::string, DocumentRef> chosen;  // the English version where there is one: titles must be of one language
  for (uint32_t s = 0; s < g.segments().size(); ++s) {
    const auto& segment = g.segment(s);
    for (const DocumentId d : segment.all_documents()) {
      if (segment.deleted(d) || !segment.date(d)) continue;
      const auto type = segment.value(Field::type, d);
      if (type != "resolution" && type != "decision") continue;
      auto [it, is_new] = chosen.emplace(std::string(segment.identifier(d)), DocumentRef{s, d});
      if (!is_new && segment.lang(d) == Language::en) it->second = {s, d};
    }
  }
  for (const auto& [symbol, at] : chosen) {
    const auto& segment = g.segment(at);
    Member m;
    m.symbol = symbol;
    // Titles that tables give to the Security Council's resolutions name agenda items, not series.
    if (segment.value(Field::body, at.document) != "SC") m.title = recurring(segment.title(at.document));
    m.session = segment.value(Field::session, at.document);
    m.group = segment.value(Field::body, at.document) + " " + segment.value(Field::type, at.document);
    m.date = *segment.date(at.document);
    m.at = at;
    members_.push_back(std::move(m));
  }
  std::sort(members_.begin(), members_.end(),
            [](const Member& a, const Member& b) { return a.date != b.date ? a.date < b.date : Symbol::natural_less(a.symbol, b.symbol); });
  for (uint32_t i = 0; i < members_.size(); ++i) by_symbol_[members_[i].symbol] = i;
  texts_.resize(members_.size());
  for (uint32_t i = 0; i < members_.size(); ++i) {
    auto& m = members_[i];
    const auto& cites = g.segment(m.at).column(Field::cites);
    for (const uint32_t id : cites.of(m.at.document)) {
      const auto it = by_symbol_.find(std::string(cites.values()[id]));
      if (it == by_symbol_.end() || it->second >= i) continue;  // none that is newer
      auto& other = members_[it->second];
      if (other.group != m.group) continue;
      m.cites.push_back(it->second);
      other.cited_by.push_back(i);
    }
  }

  // Union and find over those with a title.
  std::vector<uint32_t> root(members_.size());
  std::iota(root.begin(), root.end(), 0);
  const auto find_root = [&](uint32_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  std::map<std::string, uint32_t> by_title;
  for (uint32_t i = 0; i < members_.size(); ++i) {
    const auto& m = members_[i];
    if (std::count(m.title.begin(), m.title.end(), ' ') < static_cast<ptrdiff_t>(kLeastTitle)) continue;
    const auto [it, is_new] = by_title.emplace(m.group + "\n" + m.title, i);
    if (!is_new) root[find_root(i)] = find_root(it->second);
  }
  std::vector<text::WordingToken> tokens;
  for (uint32_t i = 0; i < members_.size(); ++i) {
    const auto& m = members_[i];
    if (m.title.empty()) continue;
    text::wording_tokens(m.title, tokens);
    if (tokens.size() < kLeastTitle) continue;
    text::WordingComparison title(tokens);
    for (const uint32_t c : m.cites) {
      const auto& other = members_[c];
      if (other.title.empty() || m.session == other.session) continue;
      text::wording_tokens(other.title, tokens);
      if (title.similarity(tokens, kSameTitle) > 0) root[find_root(i)] = find_root(c);
    }
  }
  std::map<uint32_t, uint32_t> numbers;
  for (uint32_t i = 0; i < members_.size(); ++i) {
    if (members_[i].title.empty()) continue;
    const auto [it, is_new] = numbers.emplace(find_root(i), static_cast<uint32_t>(series_.size()));
    if (is_new) series_.emplace_back();
    members_[i].series = it->second;
    series_[it->second].push_back(i);
  }
}

const std::vector<uint64_t>& SeriesTable::sketch(uint32_t member) const {
  auto& text = texts_[member];
  if (text.read) return text.sketch;
  text.read = true;
  const auto& at = members_[member].at;
  const auto& segment = generation_.segment(at);
  std::vector<text::WordingToken> tokens;
  std::string buffer;
  for (const ParagraphId p : segment.paragraphs_of(at.document)) {
    if (segment.kind(p) == ParagraphKind::footnote) continue;
    text::wording_tokens(segment.folded(segment.wording_of(p), buffer), tokens);
    if (tokens.size() < kShingle) continue;
    for (const uint64_t h : text::shingles(tokens, kShingle))
      if (h % kSample == 0) text.sketch.push_back(h);
  }
  std::sort(text.sketch.begin(), text.sketch.end());
  text.sketch.erase(std::unique(text.sketch.begin(), text.sketch.end()), text.sketch.end());
  return text.sketch;
}

// Of those it cites the newest that share about as much as any.
uint32_t SeriesTable::predecessor(uint32_t member) const {
  auto& text = texts_[member];
  if (text.followed) return text.predecessor;
  text.followed = true;
  const auto& m = members_[member];
  if (!m.title.empty()) return text.predecessor;
  double best = 0;
  for (const uint32_t c : m.cites) {
    const auto& other = members_[c];
    if (!other.title.empty() || m.date - other.date > kMostDays) continue;
    const double share = shared(member, c);
    if (share < kContinues) continue;
    const bool newer = text.predecessor == kNone || other.date > members_[text.predecessor].date;
    if (share > best * 1.25 || (share > best * 0.8 && newer)) text.predecessor = c;
    best = std::max(best, share);
  }
  return text.predecessor;
}

size_t SeriesTable::both(uint32_t a, uint32_t b) const {
  const auto &x = sketch(a), &y = sketch(b);
  size_t n = 0;
  for (auto i = x.begin(), j = y.begin(); i != x.end() && j != y.end();) {
    if (*i < *j)
      ++i;
    else if (*j < *i)
      ++j;
    else
      ++n, ++i, ++j;
  }
  return n;
}

double SeriesTable::shared(uint32_t a, uint32_t b) const {
  const size_t n = both(a, b), fewest = std::min(sketch(a).size(), sketch(b).size());
  return fewest ? static_cast<double>(n) / static_cast<double>(fewest) : 0;
}

double SeriesTable::alike(uint32_t a, uint32_t b) const {
  const size_t n = both(a, b), most = std::max(sketch(a).size(), sketch(b).size());
  return most ? static_cast<double>(n) / static_cast<double>(most) : 0;
}

uint32_t SeriesTable::find(const std::string& symbol) const {
  const auto it = by_symbol_.find(symbol);
  return it == by_symbol_.end() ? kNone : it->second;
}

double SeriesTable::shared(const std::string& a, const std::string& b) const {
  const uint32_t x = find(a), y = find(b);
  if (x == kNone || y == kNone) return 0;
  const std::lock_guard lock(mutex_);
  return shared(x, y);
}

std::vector<uint32_t> SeriesTable::chain(uint32_t member) const {
  std::vector<uint32_t> before, after;
  // Of those that could come next, the one whose text is the most alike.
  const auto likest = [&](uint32_t to, const std::vector<uint32_t>& among) {
    if (among.size() == 1) return among[0];
    uint32_t best = kNone;
    double most = -1;
    for (const uint32_t i : among)
      if (const double share = shared(to, i); share > most) most = share, best = i;
    return best;
  };
  if (members_[member].title.empty()) {
    for (uint32_t i = predecessor(member); i != kNone; i = predecessor(i)) before.push_back(i);
    for (uint32_t at = member;;) {
      std::vector<uint32_t> next;
      for (const uint32_t i : members_[at].cited_by)
        if (predecessor(i) == at) next.push_back(i);
      at = likest(at, next);
      if (at == kNone) break;
      after.push_back(at);
    }
  } else {
    const auto& series = series_[members_[member].series];
    const size_t place = static_cast<size_t>(std::find(series.begin(), series.end(), member) - series.begin());
    const auto walk = [&](int step, std::vector<uint32_t>& into) {
      uint32_t at = member;
      std::vector<uint32_t> group;
      for (auto i = static_cast<ptrdiff_t>(place) + step;; i += step) {
        const bool end = i < 0 || i >= static_cast<ptrdiff_t>(series.size());
        if (!group.empty() && (end || members_[series[static_cast<size_t>(i)]].session != members_[group[0]].session)) {
          at = likest(at, group);
          into.push_back(at);
          group.clear();
        }
        if (end) break;
        if (members_[series[static_cast<size_t>(i)]].session != members_[at].session) group.push_back(series[static_cast<size_t>(i)]);
      }
    };
    walk(-1, before);
    walk(1, after);
  }
  std::reverse(before.begin(), before.end());
  before.push_back(member);
  before.insert(before.end(), after.begin(), after.end());
  return before;
}

std::vector<std::string> SeriesTable::chain(const std::string& symbol) const {
  const uint32_t member = find(symbol);
  if (member == kNone) return {};
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (const uint32_t i : chain(member)) out.push_back(members_[i].symbol);
  return out;
}

std::string SeriesTable::superseded_by(const std::string& symbol) const {
  const uint32_t member = find(symbol);
  if (member == kNone) return "";
  const std::lock_guard lock(mutex_);
  const auto way = chain(member);
  auto at = std::find(way.begin(), way.end(), member);
  const double least = members_[member].title.empty() ? kRenewedUntitled : kRenewed;
  while (at + 1 != way.end() && alike(at[0], at[1]) >= least) ++at;
  return *at == member ? "" : members_[*at].symbol;
}

}  // namespace resolute::search
