#include "search/drafting/citation_graph.h"

#include <map>
#include <set>

namespace resolute::search {
namespace {

std::vector<std::string> cited_by_versions(const Generation& g, const std::string& symbol) {
  std::set<std::string> out;
  for (const auto& at : g.find(symbol)) {
    const auto& cites = g.segment(at).column(Field::cites);
    for (const uint32_t place : cites.of(at.document)) out.emplace(cites.values()[place]);
  }
  return {out.begin(), out.end()};
}

// Notes the citations of a document that `wanted` names, each under the symbol that key(citation) gives.
template <typename Wanted, typename Key>
void add_citations(const Document& d, Wanted&& wanted, Key&& key, std::map<std::string, CitationLink>& links) {
  for (const auto& p : d.paragraphs)
    for (const auto& c : p.citations) {
      if (!wanted(c)) continue;
      auto& link = links[key(c)];
      if (!c.treatment.empty()) link.treatments.push_back(c.treatment);
      const auto id = d.id() + "#" + p.fragment;
      if (link.uses.empty() || link.uses.back().id != id) link.uses.push_back({id, c.treatment});
    }
}

}  // namespace

std::vector<CitationLink> citation_links(const Searcher& searcher, const std::string& symbol, Direction direction) {
  const auto& g = searcher.generation();
  std::map<std::string, CitationLink> links;
  if (direction == Direction::cites) {
    for (const auto& at : g.find(symbol))
      add_citations(
          g.document(at), [](const auto&) { return true; }, [](const auto& c) { return c.symbol; }, links);
  } else {
    for (const auto& by : g.citing(symbol)) {
      links[by];
      for (const auto& at : g.find(by))
        add_citations(
            g.document(at), [&](const auto& c) { return c.symbol == symbol; }, [&](const auto&) { return by; }, links);
    }
  }
  std::vector<CitationLink> out;
  for (auto& [other, link] : links) {
    const std::set<std::string> treatments(link.treatments.begin(), link.treatments.end());
    link.symbol = other;
    link.treatments.assign(treatments.begin(), treatments.end());
    out.push_back(std::move(link));
  }
  return out;
}

CitationClosure citation_closure(const Generation& g, const std::string& symbol, Direction direction, int depth) {
  CitationClosure out;
  std::set<std::string> seen = {symbol};
  std::vector<std::string> level = {symbol};
  for (int step = 1; step <= depth && !level.empty(); ++step) {
    std::map<std::string, std::string> next;  // with the one it was come to from
    for (const auto& from : level)
      for (const auto& to : direction == Direction::cites ? cited_by_versions(g, from) : g.citing(from))
        if (!seen.count(to)) next.emplace(to, from);
    level.clear();
    for (const auto& [to, from] : next) {
      if (seen.size() > kMostClosure) {
        out.complete = false;
        break;
      }
      seen.insert(to);
      level.push_back(to);
      if (step > 1) out.further.push_back({to, from, step});
    }
  }
  return out;
}

}  // namespace resolute::search
