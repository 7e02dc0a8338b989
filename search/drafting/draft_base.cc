#include "search/drafting/draft_base.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace resolute::search {
namespace {

constexpr double kLeastAlike = 0.5;    // wording that speaks for a base
constexpr double kLeastShare = 0.2;    // of a draft's paragraphs that go on a base's, where nobody named it
constexpr uint32_t kCommon = 100;      // uses of wording that says nothing of whose it is
constexpr size_t kFewParagraphs = 10;  // of a draft that may rest on one alone

Language language_of(const PrecedentResult& draft) {
  size_t chinese = 0, all = 0;
  for (const auto& p : draft.paragraphs) {
    all += p.paragraph.text.size();
    if (p.paragraph.lang == Language::zh) chinese += p.paragraph.text.size();
  }
  return chinese * 2 > all ? Language::zh : Language::en;
}

// Of those that share most, the newest. Wording that is used everywhere says little.
std::string nearest(const PrecedentResult& draft) {
  struct Share {
    double alike = 0;
    std::string date;
  };
  std::map<std::string, Share> shares;
  for (const auto& p : draft.paragraphs) {
    std::map<std::string, Share> best;  // of this paragraph, by symbol
    for (const auto& w : p.similar) {
      if (w.similarity < kLeastAlike) continue;
      for (const auto& use : w.newest) {
        auto& share = best[use.symbol];
        share.alike = std::max(share.alike, w.similarity / std::sqrt(static_cast<double>(w.uses)));
        share.date = use.date;
      }
    }
    for (const auto& [symbol, share] : best) {
      shares[symbol].alike += share.alike;
      shares[symbol].date = share.date;
    }
  }
  const auto most = std::max_element(shares.begin(), shares.end(), [](const auto& a, const auto& b) {
    return a.second.alike != b.second.alike ? a.second.alike < b.second.alike : a.second.date < b.second.date;
  });
  return most == shares.end() ? "" : most->first;
}

// What a paragraph of a draft is, by the wording that is most like it, else by its form.
ParagraphKind kind_of(const ParagraphPrecedents& p) {
  if (!p.similar.empty()) return p.similar.front().last.kind;
  if (!p.paragraph.number.empty()) return ParagraphKind::operative;
  return p.paragraph.text.ends_with(',') || p.paragraph.text.ends_with("，") ? ParagraphKind::preambular : ParagraphKind::operative;
}

}  // namespace

std::optional<DraftBase> find_base(const Searcher& searcher, const PrecedentResult& draft, const std::string& symbol) {
  const auto name = symbol.empty() ? nearest(draft) : symbol;
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
  // Formulas that every resolution has make none a base.
  const auto least =
      std::max<size_t>(draft.paragraphs.size() < kFewParagraphs ? 1 : 3, static_cast<size_t>(kLeastShare * static_cast<double>(draft.paragraphs.size())));
  const bool telling = std::any_of(out.links.begin(), out.links.end(), [&](const ClauseLink& l) {
    const auto& similar = draft.paragraphs[l.after].similar;
    return !similar.empty() && similar.front().uses <= kCommon;
  });
  if (symbol.empty() && (!telling || out.links.size() < least)) return std::nullopt;
  out.whole = out.links.size() * 2 >= out.clauses.size();
  return out;
}

}  // namespace resolute::search
