#include "text/structurer.h"

#include <algorithm>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/symbol.h"
#include "text/issue.h"
#include "text/normalize.h"

namespace resolute::text {

void Structurer::strip_furniture() {
  const std::string& symbol = doc_.identifier;
  std::vector<Line> kept;
  bool in_notes = false, noted = false, indented = false;
  int note = 0;  // the last note's number
  std::string compact_symbol;
  for (const char c : symbol) if (c != ' ') compact_symbol += c;
  for (size_t i = 0; i < lines_.size(); ++i) {
    auto& line = lines_[i];
    std::string compact;
    for (const char c : ascii_fold(std::string_view(line.text).substr(0, 300)))
      if (c != ' ') compact += c;
    const bool head = !symbol.empty() && i > 3 && compact.starts_with(compact_symbol) &&
                      (compact.size() == compact_symbol.size() || !(is_digit(compact[compact_symbol.size()]) || is_upper(compact[compact_symbol.size()]) ) ||
                       line.text.size() > symbol.size() + 2);
    // "The title of the resolution A/RES/76/78" on the other side of the sheet.
    const bool verso = !symbol.empty() && i > 3 && compact.size() > compact_symbol.size() && compact.ends_with(compact_symbol) && line.text.size() < 300;
    const bool job = is_job_number(line.text) || is_foot(line.text);
    const bool page = is_page_number(line.text) && (cover_ || line.page_before);
    if (head || verso || job || page || line.page_before) in_notes = false;
    // Notes stand together: a blank line, or text behind a finished note, is the next page.
    if (in_notes && !cover_ && !notes_.empty() && noted) {
      const auto& last = notes_.back();
      // Chinese notes are indented and what they go on with is not.
      const bool finished = zh_ ? (indented ? line.indent > 0 : last.trailing || last.text.ends_with("。")) : ends_note(last.text);
      const int number = note_number(line.text);
      const bool opens = line.text[0] == '*' || number == note + 1 || (number > 0 && note <= 0);
      if (opens) note = number;
      if (line.blank_before || (finished && !opens)) {
        in_notes = false;
        page_break_ = true;
      }
    } else if (in_notes && !noted) {
      note = note_number(line.text);
      indented = line.indent > 0;
      // Stars behind a rule and a blank line explain a list of names: text.
      if (line.blank_before && line.text[0] == '*') in_notes = false;
    }
    if (head || verso || job || page) {
      page_break_ = true;
      continue;
    }
    if (is_rule(line.text) && has(line.text, "___")) {
      in_notes = true;
      noted = false;
      continue;
    }
    if (line.blank_before && slashed_note(line.text)) in_notes = noted = true;
    if (page_break_ && !in_notes) {
      line.page_before = true;
      page_break_ = false;
    }
    if (in_notes) {
      notes_.push_back(line);
      noted = true;
    } else {
      kept.push_back(line);
    }
  }
  lines_ = std::move(kept);
}

int Structurer::note_number(std::string_view s) {
  size_t n = 0;
  while (n < s.size() && is_digit(s[n])) ++n;
  if (n == 0 || n > 3 || n >= s.size() || (s[n] != ' ' && s[n] != '/' && !(s[n] & 0x80))) return 0;
  return std::stoi(std::string(s.substr(0, n)));
}

bool Structurer::ends_note(std::string_view s) {
  for (const std::string_view word : {"chap.", "chaps.", "sect.", "sects.", "No.", "Nos.", "vol.", "vols.", "para.", "paras.", "p.", "pp.", "art.", "Corr.", "Add.", "Rev.", "Ibid."})
    if (s.ends_with(word)) return false;
  return s.ends_with(".") || s.ends_with(")");
}

bool Structurer::starts_paragraph(const Line& line, const Line& before, const Block& previous) const {
  const auto numeral = find_numeral(line.text);
  const bool dash = line.text.starts_with("– ") || line.text.starts_with("— ") || line.text.starts_with("– ") || line.text.starts_with("• ");
  if (!is_lower(line.text[0]) && closing_line(line.text) && ends_sentence(previous.text)) return true;
  if (line.text[0] == '*' && line.blank_before) return true;
  if (cover_ && cover_line(line.text)) return true;
  const bool opener = numeral.bytes > 0 || dash || enacting_body(line.text);
  if (dash && line.blank_before) return true;
  if (zh_) {
    // The end of the line before says more than the start of this one.
    if (trailing_) {
      // A space beside a figure is no end: "第 " broken before "3905(2037)号决议".
      // A line that is not full ends its paragraph all the same.
      size_t token = 0;
      while (token < line.text.size() && !(line.text[token] & 0x80) && line.text[token] != ' ') ++token;
      const bool full = before.width + static_cast<int>(token) >= full_ - 8;
      const bool spaced = line.indent == 0 && numeral.bytes == 0 && full && !ends_sentence(previous.text) && (is_alnum(line.text.front()) || is_alnum(previous.text.back()));
      return (before.trailing && !spaced) || (opener && line.indent >= 1);
    }
    if (line.page_before || !line.blank_before) {
      if (opener || line.indent >= 2) return true;
      return line.indent >= 1 && ends_sentence(previous.text);
    }
    // A line that is not full ends its paragraph.
    return line.indent >= 1 || before.width < full_ - 8;
  }
  if (line.page_before) {
    if (opener) return true;
    return ends_sentence(previous.text) && (is_upper(line.text[0]) || line.text[0] == '(' || line.text[0] == '[');
  }
  if (line.blank_before) return true;
  // Old texts run paragraphs together without a blank line: "..., 26" "Recommends ...", "The Security Council" "Demands ...".
  if (!cover_ && is_upper(line.text[0]) && !find_action(line.text, false).empty()) {
    std::string_view so_far = previous.text;
    while (!so_far.empty() && (is_digit(so_far.back()) || so_far.back() == ' ')) so_far.remove_suffix(1);
    if (enacting_body(previous.text) || ((ends_comma(so_far) || so_far.ends_with(";")) && starts_operative(line.text))) return true;
  }
  if (numeral.bytes && numeral.level == 0 && ends_sentence(previous.text)) return true;
  return enacting_body(line.text).has_value();
}

bool Structurer::cover_line(const std::string& s) const {
  if (s.size() > 60 || std::any_of(blocks_.begin(), blocks_.end(), [](const Block& b) { return ends_comma(b.text) && enacting_body(b.text); })) return false;
  if (s.starts_with("Distr") || s.starts_with("Original:") || s.starts_with("Agenda item") || s.starts_with("议程项目") || is_reissue_note(s)) return true;
  const std::string f = plain(s), low = lowered(f);
  if ((low.ends_with(" session") && !is_lower(s[0])) || (f.starts_with("第") && f.ends_with("届会议"))) return true;
  return s.size() < 30 && (low.ends_with(" committee") || f.ends_with("委员会")) && !find_committees(f).empty();
}

bool Structurer::note_behind_closing(const Line& line) const {
  if (zh_ || blocks_.empty()) return false;
  bool behind = false;
  for (size_t i = blocks_.size(); i-- > 0 && i + 4 > blocks_.size();) behind |= closing_line(blocks_[i].text);
  if (!behind || cover_) return false;
  size_t n = 0;
  while (n < line.text.size() && is_digit(line.text[n])) ++n;
  if (n == 0 && line.text[0] == '*') n = 1;
  if (line.text.size() < 30 && !find_date(line.text).empty()) return false;
  return n > 0 && n <= 3 && n + 1 < line.text.size() && line.text[n] == ' ' && (is_upper(line.text[n + 1]) || line.text[n + 1] == '"' || (line.text[n + 1] & 0x80));
}

void Structurer::join_lines() {
  bool first = true, behind = false;
  size_t with_space = 0;
  for (const auto& line : lines_) {
    with_space += line.trailing;
    full_ = std::max(full_, std::min(line.width, 80));
  }
  trailing_ = with_space * 20 > lines_.size() && with_space * 10 < lines_.size() * 9;
  const Line* before = nullptr;
  for (const auto& line : lines_) {
    if (!first && line.blank_before && note_behind_closing(line)) behind = true;
    if (is_annex_head(line.text)) behind = false;
    if (behind) {
      notes_.push_back(line);
      continue;
    }
    if (first || starts_paragraph(line, *before, blocks_.back())) blocks_.push_back({line.text});
    else join_.add(blocks_.back().text, line.text);
    first = false;
    before = &line;
  }
  if (zh_)
    for (auto& b : blocks_) b.text = close_han(b.text);
}

}  // namespace resolute::text
