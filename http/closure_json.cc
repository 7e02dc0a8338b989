// What a document cites over several steps, and what cites it.
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "http/api_json.h"

namespace resolute::http {
namespace {

std::vector<std::string> cited_by_document(const search::Generation& g, const std::string& symbol) {
  std::set<std::string> out;
  for (const auto& at : g.find(symbol)) {
    const auto& cites = g.segment(at).column(Field::cites);
    for (const uint32_t id : cites.of(at.document)) out.emplace(cites.values()[id]);
  }
  return {out.begin(), out.end()};
}

}  // namespace

void add_closure(nlohmann::ordered_json& answer, const search::Searcher& searcher, const std::string& symbol, Direction direction, int depth) {
  std::set<std::string> seen = {symbol};
  std::vector<std::string> level = {symbol};
  auto& list = answer["further"] = nlohmann::ordered_json::array();
  bool complete = true;
  for (int step = 1; step <= depth && !level.empty(); ++step) {
    std::map<std::string, std::string> next;  // with the one it was come to from
    for (const auto& from : level)
      for (const auto& to : direction == Direction::out ? cited_by_document(searcher.generation(), from) : searcher.generation().citing(from))
        if (!seen.count(to)) next.emplace(to, from);
    level.clear();
    for (const auto& [to, from] : next) {
      if (seen.size() > kMostClosure) {
        complete = false;
        break;
      }
      seen.insert(to);
      level.push_back(to);
      if (step == 1) continue;  // those stand in the answer
      auto r = print_reference(searcher, to);
      r["depth"] = step;
      r["through"] = from;
      list.push_back(std::move(r));
    }
  }
  answer["depth"] = depth;
  answer["complete"] = complete;
}

}  // namespace resolute::http
