#include "text/lone_numbers.h"

#include <algorithm>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "text/line.h"
#include "text/line_evidence.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

// "2.", "(a)", "二、" alone: the line is a number and nothing else.
bool is_bare_number(const std::string& s) {
  if (s.size() > 9) return false;
  const std::string probe = s + " X";
  const auto numeral = find_numeral(probe);
  return numeral.bytes + 1 == probe.size() || title_number(probe) + 2 == probe.size();
}

}  // namespace

void place_numbers(std::vector<Line>& lines, bool zh) {
  std::vector<size_t> bare;
  for (size_t i = 0; i < lines.size(); ++i)
    if (is_bare_number(lines[i].text)) bare.push_back(i);
  if (bare.empty()) return;
  // Positive: the number stands in front of its paragraph; negative: it came a line late.
  const auto opens = [&](size_t i) {
    const auto& s = lines[i].text;
    return !is_bare_number(s) && !is_lower(s[0]) && !find_action(zh ? simplify(s.substr(0, 120)) : s, zh).empty();
  };
  const auto weigh = [&](size_t i) {
    double lead = 0.5;
    if (i + 1 >= lines.size() || is_closing_line(lines[i + 1].text))
      lead -= 6;
    else if (is_lower(lines[i + 1].text[0]))
      lead -= 4;
    else if (opens(i + 1))
      lead += 1.5;
    if (i == 0 || is_bare_number(lines[i - 1].text)) return lead + 6;
    const End end = open_brackets(lines[i - 1].text, 0) > 0 ? End::open : end_of(lines[i - 1].text, zh);
    lead += end == End::stop || end == End::comma ? 1.0 : -2.0;
    const bool parted = i < 2 || end_of(lines[i - 2].text, zh) != End::none || lines[i - 1].blank_before || is_bare_number(lines[i - 2].text);
    if (opens(i - 1) && parted) lead -= 1.5;
    return lead;
  };
  double all = 0;
  std::vector<double> own(lines.size(), 0);
  for (const size_t i : bare) all += own[i] = weigh(i);
  const double file = std::clamp(all * 0.3, -3.0, 3.0);
  std::vector<Line> out;
  std::string pending;
  bool blank = false, page = false;
  for (size_t i = 0, b = 0; i < lines.size(); ++i) {
    Line line = std::move(lines[i]);
    if (b == bare.size() || bare[b] != i) {
      if (!pending.empty()) {
        line.text = pending + " " + line.text;
        line.width += static_cast<int>(pending.size()) + 1;
        line.blank_before = blank;
        line.page_before |= page;
        pending.clear();
      }
      out.push_back(std::move(line));
      continue;
    }
    ++b;
    if (own[i] + file < 0 && !out.empty() && pending.empty()) {
      out.back().text = line.text + " " + out.back().text;
    } else if (i + 1 < lines.size()) {
      blank = pending.empty() ? line.blank_before : blank;
      page = (!pending.empty() && page) || line.page_before;
      pending += (pending.empty() ? "" : " ") + line.text;
    } else {
      if (!pending.empty()) line.text = pending + " " + line.text;
      out.push_back(std::move(line));
    }
  }
  lines = std::move(out);
}

}  // namespace resolute::text
