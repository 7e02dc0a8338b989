#include "search/drafting/draft_base.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <string_view>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "search/budget.h"
#include "search/series.h"
#include "text/citation.h"
#include "text/page.h"

namespace resolute::search {
namespace {

constexpr double kLeastShare = 0.2;                                       // of a draft's paragraphs that go on a base's, where nobody named it
constexpr uint32_t kCommon = 100;                                         // uses of wording, with small changes, that says nothing of whose it is
constexpr double kHalfSaid = 150;                                         // bytes of a paragraph that says half as much as one can
constexpr double kOwnOrgan = 1.5;                                         // times that a base of the draft's own organ counts
constexpr size_t kFewParagraphs = 10;                                     // of a draft that may rest on one alone
constexpr double kCited = 1.05;                                           // times that a base counts which the draft names, or the latest of its series
constexpr size_t kMostNearest = 4, kMostCited = 3, kManyParagraphs = 60;  // that are looked at whole; of a longer draft, one of each
// Of a base that is looked for by words: paragraphs, their bytes, documents for each, time of all searches.
constexpr size_t kMostSearched = 12, kFewestBytes = 60, kSearchedBytes = 300, kFoundEach = 10;
constexpr std::chrono::milliseconds kMostTime{800};

Language language_of(const PrecedentResult& draft) {
  size_t chinese = 0, all = 0;
  for (const auto& p : draft.paragraphs) {
    all += p.paragraph.text.size();
    if (p.paragraph.lang == Language::zh) chinese += p.paragraph.text.size();
  }
  return chinese * 2 > all ? Language::zh : Language::en;
}

// The organ that a draft is of; none where it does not say.
Body body_of(const PrecedentResult& draft) {
  for (const auto& p : draft.paragraphs)
    if (const auto body = text::enacting_body(p.paragraph.text)) return *body;
  return Body::none;
}

// How much better a base of the draft's own organ is.
double standing(const std::string& symbol, Body own) {
  const auto parsed = parse_symbol(symbol);
  return own != Body::none && parsed && parsed->body() == own ? kOwnOrgan : 1;
}

}  // namespace

// Of those that share as much, the newer first. Wording that is used everywhere says little.
std::vector<std::string> near_documents(const PrecedentResult& draft, size_t most) {
  struct Share {
    double alike = 0;
    std::string date;
  };
  std::map<std::string, Share> shares;
  const Body own = body_of(draft);
  for (const auto& p : draft.paragraphs) {
    std::map<std::string, Share> best;  // of this paragraph, by symbol
    // What is merely near, "Recalling its resolution 78/84 of 7 December 2023", is mostly another item's.
    if (p.uses > kCommon) continue;
    for (const auto& w : p.similar) {
      for (const auto& use : w.newest) {
        auto& share = best[use.symbol];
        share.alike = std::max(share.alike, w.similarity / std::sqrt(static_cast<double>(p.uses)));
        share.date = use.date;
      }
    }
    // Of short paragraphs many are formulas.
    const auto bytes = static_cast<double>(p.paragraph.text.size());
    const double says = bytes / (bytes + kHalfSaid);
    for (const auto& [symbol, share] : best) {
      shares[symbol].alike += share.alike * standing(symbol, own) * says;
      shares[symbol].date = share.date;
    }
  }
  std::vector<std::pair<std::string, Share>> order(shares.begin(), shares.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.second.alike != b.second.alike ? a.second.alike > b.second.alike : a.second.date > b.second.date;
  });
  std::vector<std::string> out;
  for (size_t i = 0; i < std::min(most, order.size()); ++i) out.push_back(order[i].first);
  return out;
}

namespace {

// Of those that the words of its longest paragraphs find, the one that most of them find, and first: wording may be new throughout.
std::string nearest_by_words(const Searcher& searcher, const SearchRequest& filters, const PrecedentResult& draft, Language lang) {
  std::vector<std::string_view> texts;
  for (const auto& p : draft.paragraphs)
    if (p.paragraph.text.size() >= kFewestBytes && p.uses <= kCommon) texts.push_back(p.paragraph.text);
  std::stable_sort(texts.begin(), texts.end(), [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
  if (texts.size() > kMostSearched) texts.resize(kMostSearched);
  struct Found {
    double weight = 0;
    size_t paragraphs = 0;
  };
  std::map<std::string, Found> found;
  const Body own = body_of(draft);
  const auto budget = std::make_shared<Budget>(kMostTime);
  for (const auto text : texts) {
    SearchRequest request = filters;
    request.q.clear();
    // Words alone: marks would be read as a query's.
    size_t bytes = std::min(text.size(), kSearchedBytes);
    while (bytes < text.size() && (text[bytes] & 0xC0) == 0x80) --bytes;
    for (const char c : text.substr(0, bytes)) request.q += is_alnum(c) || (c & 0x80) ? c : ' ';
    request.q = lowered(request.q);
    request.unit = Unit::document;
    request.limit = kFoundEach;
    request.budget = budget;
    request.filters[Field::lang].any = {print_language(lang)};
    const auto result = searcher.search(request);
    for (size_t i = 0; i < result.matches.size(); ++i) {
      auto& f = found[result.matches[i].symbol];
      f.weight += standing(result.matches[i].symbol, own) / (static_cast<double>(i) + 2);
      ++f.paragraphs;
    }
    if (budget->over()) break;
  }
  const auto most = std::max_element(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.second.weight < b.second.weight; });
  return most == found.end() || most->second.paragraphs < std::min<size_t>(2, texts.size()) ? "" : most->first;
}

// What a paragraph of a draft is, by the wording that is most like it, else by its form.
ParagraphKind kind_of(const ParagraphPrecedents& p) {
  if (!p.similar.empty()) return p.similar.front().last.kind;
  if (!p.near.empty()) return p.near.front().last.kind;
  if (!p.paragraph.number.empty()) return ParagraphKind::operative;
  return p.paragraph.text.ends_with(',') || p.paragraph.text.ends_with("，") ? ParagraphKind::preambular : ParagraphKind::operative;
}

// What shares a run of words with a paragraph of the base goes on it, where nothing nearer does, and in the order of both.
void link_shared_runs(const PrecedentResult& draft, const std::string& name, const std::vector<Clause>& clauses, std::vector<ClauseLink>& links) {
  const auto fits = [&](size_t before, size_t after) {
    return std::all_of(links.begin(), links.end(),
                       [&](const ClauseLink& l) { return l.before != before && l.after != after && (l.before < before) == (l.after < after); });
  };
  for (size_t i = 0; i < draft.paragraphs.size(); ++i)
    for (const auto* list : {&draft.paragraphs[i].similar, &draft.paragraphs[i].near, &draft.paragraphs[i].runs})
      for (const auto& w : *list) {
        const auto use = std::find_if(w.newest.begin(), w.newest.end(), [&](const WordingUse& u) { return u.symbol == name; });
        if (use == w.newest.end()) continue;
        const auto clause = std::find_if(clauses.begin(), clauses.end(), [&](const Clause& c) { return c.fragment == use->fragment; });
        const auto before = static_cast<size_t>(clause - clauses.begin());
        if (clause != clauses.end() && fits(before, i)) links.push_back({before, i, w.similarity, ClauseLink::Kind::same});
      }
  std::sort(links.begin(), links.end(), [](const ClauseLink& a, const ClauseLink& b) { return a.after < b.after; });
}

// What a draft names of its own organ, and the latest of the series of each before a day; those that it names first.
std::vector<std::string> cited_documents(const Searcher& searcher, const PrecedentResult& draft, std::optional<int> before, size_t most) {
  std::vector<std::string> out;
  const Body own = body_of(draft);
  const auto& g = searcher.generation();
  const auto take = [&](const std::string& symbol) {
    const auto at = searcher.find(symbol, std::nullopt);
    if (!at || std::find(out.begin(), out.end(), symbol) != out.end()) return;
    if (before && g.date(*at).value_or(kNoDay) > *before) return;
    if (standing(symbol, own) > 1 || own == Body::none) out.push_back(symbol);
  };
  for (const auto& p : draft.paragraphs)
    for (const auto& c : text::find_citations(p.paragraph.text, own)) {
      if (out.size() >= most) return out;
      const auto chain = searcher.series().chain(c.symbol);
      for (auto later = chain.rbegin(); later != chain.rend() && *later != c.symbol; ++later) {
        const size_t n = out.size();
        take(*later);
        if (out.size() > n) break;
      }
      take(c.symbol);
    }
  return out;
}

// Why a base is thought of.
enum class Ground : uint8_t { asked, cited, near };

// How much a draft rests on a base: how like its paragraphs are, formulas and short ones for less.
double rests_on(const PrecedentResult& draft, const DraftBase& base) {
  double out = 0;
  for (const auto& l : base.links) {
    const auto& p = draft.paragraphs[l.after];
    const auto bytes = static_cast<double>(p.paragraph.text.size());
    if (p.uses <= kCommon) out += l.similarity / std::sqrt(std::max(1.0, static_cast<double>(p.uses))) * bytes / (bytes + kHalfSaid);
  }
  return out;
}

std::optional<DraftBase> base_of(const Searcher& searcher, const PrecedentResult& draft, const std::string& name, Ground ground) {
  if (name.empty()) return std::nullopt;
  const auto at = searcher.generation().find(name, language_of(draft));
  if (!at) return std::nullopt;
  DraftBase out;
  out.at = *at;
  out.document = searcher.document(*at);
  std::vector<Clause> before, after;
  for (size_t i = 0; i < out.document.paragraphs.size(); ++i) {
    const auto& p = out.document.paragraphs[i];
    if (p.kind == ParagraphKind::footnote || p.kind == ParagraphKind::closing) continue;
    out.clauses.push_back(i);
    before.push_back({p.fragment, p.number, p.text, p.kind, "", ""});
  }
  for (const auto& p : draft.paragraphs) after.push_back({"", p.paragraph.number, p.paragraph.text, kind_of(p), "", ""});
  for (const auto& link : link_clauses(before, after))
    if (link.kind == ClauseLink::Kind::same) out.links.push_back(link);
  std::sort(out.links.begin(), out.links.end(), [](const auto& a, const auto& b) { return a.after < b.after; });
  link_shared_runs(draft, name, before, out.links);
  // Formulas that every resolution has make none a base.
  const auto least =
      std::max<size_t>(draft.paragraphs.size() < kFewParagraphs ? 1 : 3, static_cast<size_t>(kLeastShare * static_cast<double>(draft.paragraphs.size())));
  const bool telling = std::any_of(out.links.begin(), out.links.end(), [&](const ClauseLink& l) {
    const auto& p = draft.paragraphs[l.after];
    return p.uses > 0 ? p.uses <= kCommon : ground == Ground::cited;
  });
  if (ground != Ground::asked && (!telling || out.links.size() < least)) return std::nullopt;
  out.whole = out.links.size() * 2 >= out.clauses.size();
  return out;
}

}  // namespace

std::optional<DraftBase> find_base(const Searcher& searcher, const PrecedentRequest& request, const PrecedentResult& draft, const std::string& symbol) {
  if (!symbol.empty()) return base_of(searcher, draft, symbol, Ground::asked);
  const bool many = draft.paragraphs.size() > kManyParagraphs;
  std::optional<DraftBase> best;
  double most = 0;
  const auto look = [&](const std::vector<std::string>& symbols, Ground ground) {
    for (const auto& s : symbols) {
      auto base = base_of(searcher, draft, s, ground);
      const double rests = base ? rests_on(draft, *base) * standing(s, body_of(draft)) * (ground == Ground::cited ? kCited : 1) : 0;
      if (rests <= most) continue;
      most = rests;
      best = std::move(base);
    }
  };
  look(near_documents(draft, many ? 1 : kMostNearest), Ground::near);
  look(cited_documents(searcher, draft, request.filters.date_to, many ? 1 : kMostCited), Ground::cited);
  return best ? std::move(best) : base_of(searcher, draft, nearest_by_words(searcher, request.filters, draft, language_of(draft)), Ground::near);
}

}  // namespace resolute::search
