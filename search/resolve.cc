// What a way of writing a reference comes to, among the documents of the index.
#include <algorithm>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "search/searcher.h"
#include "search/spelling.h"
#include "text/citation.h"
#include "text/normalize.h"

namespace resolute::search {

Resolved Searcher::resolve(std::string_view reference) const {
  Resolved out;
  const std::string text = text::tidy(ascii_fold(reference));
  if (text.empty() || text.size() > 400) return out;
  const auto settle = [&](const std::string& symbol) {
    out.symbol = symbol;
    out.known = !g_->find(symbol).empty();
  };
  // A Security Council resolution by its number alone: the year follows from the index.
  const auto settle_number = [&](const std::string& number) {
    const std::string prefix = "S/RES/" + number + "(";
    for (const auto& id : g_->identifiers())
      if (id.starts_with(prefix)) out.candidates.push_back(id);
    if (out.candidates.size() == 1) {
      settle(out.candidates[0]);
      out.candidates.clear();
    }
  };
  const auto digits = [](std::string_view s) { return !s.empty() && s.size() <= 5 && std::all_of(s.begin(), s.end(), is_digit); };
  const auto fragment = text.substr(0, text.find_first_of("@#"));
  if (const std::string upper = ascii_fold(fragment); upper.size() > 6 && lowered(upper.substr(0, 6)) == "s/res/" && digits(std::string_view(upper).substr(6))) {
    settle_number(upper.substr(6));
    if (out.symbol.empty() && out.candidates.empty()) {
      out.symbol = "S/RES/" + upper.substr(6);
      out.candidates = near_symbols(*g_, out.symbol, 10);
    }
    return out;
  }
  if (const auto symbol = parse_symbol(fragment)) {
    settle(symbol->text());
  } else if (!g_->find(text).empty()) {
    settle(text);
  } else {
    // "resolution 1373 (2001)", "第1373(2001)号决议", "res 1373", "60/288": found as a citation would be.
    const std::string words = lowered(text);
    std::string number = words;
    std::string series = "resolution ";
    for (const std::string_view lead : {"安全理事会", "安理会", "联合国大会", "大会", "人权理事会", "unscr", "scr", "unhrc", "hrc", "security council ", "general assembly ", "human rights council ", "un ", "unsc ", "unga ", "sc ", "ga ", "resolutions ", "resolution ", "res. ", "res ", "res/", "res", " ", "no. ", "no ", "第"})
      if (number.starts_with(lead)) number = number.substr(lead.size());
    if (number.starts_with("decision ")) { number = number.substr(9); series = "decision "; }
    for (const std::string_view tail : {"号决议", "号决定", "号"})
      if (number.ends_with(tail)) {
        if (tail == "号决定") series = "decision ";
        number.resize(number.size() - tail.size());
      }
    while (!number.empty() && number.back() == ' ') number.pop_back();
    while (!number.empty() && number.front() == ' ') number.erase(0, 1);
    for (char& c : number)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    const Body home = words.find("human rights council") != std::string::npos || words.find("hrc") != std::string::npos || words.find("人权理事会") != std::string::npos ? Body::hrc : Body::ga;
    const auto cited = text::find_citations(series + number, home);
    const bool whole = cited.size() == 1 && cited[0].span.end - cited[0].span.begin + series.size() == series.size() + number.size();
    if (whole) {
      settle(cited[0].symbol);
    } else if (digits(number)) {
      settle_number(number);
    }
  }
  if (!out.symbol.empty() && !out.known) {
    // Parts of it, or the whole it is a part of; then those that differ in one place.
    const auto parsed = parse_symbol(out.symbol);
    for (const auto& id : g_->identifiers()) {
      const auto other = parse_symbol(id);
      if (!other || !parsed) continue;
      if (other->without_part() == parsed->without_part()) out.candidates.push_back(id);
    }
    if (out.candidates.empty() && parsed) {
      const std::string head = out.symbol.substr(0, out.symbol.find('('));
      for (const auto& id : g_->identifiers())
        if (id != out.symbol && id.starts_with(head) && (id.size() == head.size() || id[head.size()] == '(' || id[head.size()] == '/')) out.candidates.push_back(id);
    }
    if (out.candidates.empty()) out.candidates = near_symbols(*g_, out.symbol, 10);
    if (out.candidates.size() > 10) out.candidates.resize(10);
  }
  return out;
}

}  // namespace resolute::search
