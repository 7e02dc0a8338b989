// What a way of writing a reference comes to, among the documents of the index.
#include <algorithm>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "search/reference.h"
#include "search/searcher.h"
#include "search/spelling.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

constexpr size_t kMostCandidates = 10;

// Documents of the index whose identifier is `head` and a year, a part or a corrigendum after it.
std::vector<std::string> longer(const Generation& g, const std::string& head) {
  std::vector<std::string> out;
  for (const auto& id : g.identifiers())
    if (id.size() > head.size() && id.starts_with(head) && (id[head.size()] == '(' || id[head.size()] == '/')) out.push_back(id);
  return out;
}

// Parts of it, or the whole it is a part of; else the same number with another year; else those that differ in one place.
std::vector<std::string> near(const Generation& g, const std::string& symbol) {
  std::vector<std::string> out;
  const auto parsed = parse_symbol(symbol);
  if (parsed) {
    const auto whole = parsed->without_part();
    for (const auto& id : g.identifiers()) {
      if (!id.starts_with(whole.text())) continue;
      const auto other = parse_symbol(id);
      if (other && other->without_part() == whole) out.push_back(id);
    }
    if (out.empty()) {
      const std::string head = symbol.substr(0, symbol.find('('));
      if (!g.find(head).empty()) out.push_back(head);
      for (auto& id : longer(g, head))
        if (id != symbol) out.push_back(std::move(id));
    }
  }
  if (out.empty()) out = near_symbols(g, symbol, kMostCandidates);
  if (out.size() > kMostCandidates) out.resize(kMostCandidates);
  return out;
}

}  // namespace

Resolved Searcher::resolve(std::string_view given) const {
  Resolved out;
  const auto settle = [&](const std::string& symbol) {
    out.symbol = symbol;
    out.known = !generation_->find(symbol).empty();
    // What was one resolution is part A since B was adopted, and the other way round.
    if (out.known) return;
    const auto parsed = parse_symbol(symbol);
    if (parsed && parsed->part() == "A" && !generation_->find(parsed->without_part().text()).empty()) {
      out.symbol = parsed->without_part().text();
      out.known = true;
    }
    // "77/501" alone may be a decision's.
    const std::string said = lowered(given);
    if (symbol.starts_with("A/RES/") && said.find("res") == std::string::npos && said.find("决议") == std::string::npos &&
        said.find("決議") == std::string::npos)
      if (const std::string decision = "A/DEC/" + symbol.substr(6); !out.known && !generation_->find(decision).empty()) {
        out.symbol = decision;
        out.known = true;
      }
  };
  const std::string text = text::tidy(ascii_fold(given));
  if (text.empty()) return out;
  if (!generation_->find(text).empty()) {
    settle(text);
    return out;
  }
  const Reference reference = read_reference(given);
  out.fragment = reference.fragment;
  out.last_fragment = reference.last_fragment;
  // A resolution of the Security Council by its number alone: the year follows from the index.
  const auto by_number = [&](const std::string& number) {
    auto found = longer(*generation_, "S/RES/" + number);
    if (found.size() == 1) {
      settle(found[0]);
      return;
    }
    out.candidates = std::move(found);
  };
  for (const auto& symbol : reference.symbols) {
    const bool yearless = symbol.starts_with("S/RES/") && symbol.find('(') == std::string::npos;
    if (&symbol != &reference.symbols.front()) {
      const auto dated = yearless ? longer(*generation_, symbol) : std::vector<std::string>{};
      out.also.push_back(dated.size() == 1 ? dated[0] : symbol);
      continue;
    }
    if (yearless) by_number(symbol.substr(6));
    if (!yearless || (out.symbol.empty() && out.candidates.empty())) settle(symbol);
  }
  if (!reference.council_number.empty()) {
    by_number(reference.council_number);
    const bool symbol = lowered(text).find("s/res/") != std::string::npos;
    if (symbol && out.symbol.empty() && out.candidates.empty()) settle("S/RES/" + reference.council_number);
  }
  if (!out.symbol.empty() && !out.known && out.candidates.empty()) out.candidates = near(*generation_, out.symbol);
  return out;
}

}  // namespace resolute::search
