#include "text/structurer.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/line_evidence.h"
#include "text/normalize.h"

namespace resolute::text {

void Structurer::add(ParagraphKind kind, std::string number, std::string_view text) {
  Paragraph p;
  p.kind = kind;
  p.number = std::move(number);
  p.text = tidy(text);
  if (!p.text.empty())
    doc_.paragraphs.push_back(std::move(p));
  else if (!p.number.empty())
    doc_.unplaced.push_back(std::move(p.number));  // of a paragraph that is not there
}

bool Structurer::names_notes(std::string_view s) {
  const std::string low = lowered(plain(s));
  return low == "notes" || low == "note" || low == "footnotes" || low == "注" || low == "注释" || low == "脚注";
}

void Structurer::closing(const std::string& s) {
  std::string f = plain(s);
  if (has(f, "票")) f = with_figures(f);
  if (const auto meeting = find_meeting(f); !meeting.empty() && doc_.meeting.empty()) doc_.meeting = meeting;
  if (const auto date = find_date(f); !date.empty() && doc_.date.empty()) doc_.date = date;
  read_vote(f);
  add(ParagraphKind::closing, "", s);
}

void Structurer::read_vote(const std::string& f) {
  const std::string low = lowered(f);
  if (has(low, "without a vote") || has(f, "未经表决") || has(low, "by consensus"))
    doc_.vote.outcome = VoteOutcome::without_vote;
  else if (has(low, "unanimously") || has(f, "一致通过"))
    doc_.vote.outcome = VoteOutcome::unanimous;
  else if (has(low, "acclamation") || has(f, "鼓掌"))
    doc_.vote.outcome = VoteOutcome::acclamation;
  else if (has(low, "recorded vote") || has(low, "votes to") || has(f, "票对") || has(f, "记录表决"))
    doc_.vote.outcome = VoteOutcome::recorded;
  else
    return;
  // "by a recorded vote of 26 to 15, with 6 abstentions", "13 votes to none, with 2 abstentions", "以26票对15票、6票弃权"
  static const std::map<std::string, int> kWords = {{"none", 0}, {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}};
  std::vector<int> counts;
  if (doc_.vote.outcome != VoteOutcome::recorded) return;
  size_t from = low.find("vote of ");
  if (from == std::string::npos) from = low.find(" by ");
  if (from == std::string::npos) from = f.find("以");
  if (from == std::string::npos) return;
  for (size_t i = from; i < low.size() && counts.size() < 3;) {
    if (low[i] == '(' && !counts.empty()) break;
    if (is_digit(low[i])) {
      size_t k = i;
      while (k < low.size() && is_digit(low[k])) ++k;
      counts.push_back(std::stoi(low.substr(i, std::min<size_t>(k - i, 4))));
      i = k;
    } else if (is_lower(low[i]) && (i == 0 || !is_alpha(low[i - 1]))) {
      size_t k = i;
      while (k < low.size() && is_lower(low[k])) ++k;
      if (const auto it = kWords.find(low.substr(i, k - i)); it != kWords.end() && !counts.empty()) counts.push_back(it->second);
      i = k;
    } else {
      ++i;
    }
  }
  if (counts.size() >= 2) {
    doc_.vote.yes = counts[0];
    doc_.vote.no = counts[1];
    doc_.vote.abstain = counts.size() > 2 ? counts[2] : 0;
  }
}

bool Structurer::add_apart(size_t i, Place& place) {
  const std::string& s = blocks_[i].text;
  if (blocks_[i].row || has(s, "|")) {
    add(ParagraphKind::table, "", row(s));
    return true;
  }
  if (const auto [marker, at] = note_opening(s, place.closed && !place.annex); at > 0) {
    given_notes_.emplace_back(marker, s.substr(at));
    bracketed_ |= s[0] == '[';
    slashed_ |= slashed_note(s) > 0;
    return true;
  }
  // "Notes" above them.
  if (place.operative && code_points_of(s) < 10 && !ends_sentence(s) && !is_closing_line(s) &&
      (i + 1 < blocks_.size() ? note_opening(blocks_[i + 1].text, place.closed).second > 0 : names_notes(s))) {
    add(ParagraphKind::heading, "", s);
    return true;
  }
  // A part with a formula of its own, after the closing of the part before.
  if (place.closed && ends_comma(s) && enacting_body(s)) place.begin_anew();
  if (enacting_body(s) && !place.operative && !place.annex) {
    add(ParagraphKind::enacting, "", s);
    return true;
  }
  if (is_annex_head(s)) {
    place.annex = true;
    place.parent.clear();
    add(ParagraphKind::heading, "", s);
    return true;
  }
  if (!place.annex && is_closing_line(s) && (place.operative || (i > begin_ && !find_meeting(s).empty()))) {
    place.operative = place.closed = true;
    closing(s);
    return true;
  }
  return false;
}

std::string Structurer::full_number(const Numeral& numeral, Place& place) {
  const std::string& number = numeral.number;
  if (numeral.level == 0) {
    place.parent = number;
    place.sub.clear();
    if (!place.annex) place.operative = true;
    return number;
  }
  // "(i)" is roman under a letter, a letter after "(h)".
  // Chinese sets (一) under (a).
  const auto& sub = place.sub;
  const bool nested = (numeral.level == 2 || (number[0] & 0x80 && is_lower(sub.empty() ? ' ' : sub[0]))) && !sub.empty() && !(number == "i" && sub == "h") &&
                      !(number == "v" && sub == "u") && !(number == "x" && sub == "w");
  if (nested) return place.parent + "(" + sub + ")(" + number + ")";
  place.sub = number;
  return place.parent.empty() ? number : place.parent + "(" + number + ")";
}

bool Structurer::add_heading(size_t i, const Place& place) {
  const std::string& s = blocks_[i].text;
  const bool short_line = code_points_of(s) < (zh_ ? 45u : 110u) && !ends_sentence(s), begun = place.operative || place.annex;
  if (const size_t head = part_numeral(s); head && short_line && begun) {
    std::string number(trimmed(std::string_view(s).substr(0, head)));
    while (number.ends_with('.')) number.pop_back();
    if (number.ends_with("、")) number.resize(number.size() - 3);
    if (number.ends_with("．")) number.resize(number.size() - 3);
    add(ParagraphKind::heading, number, std::string_view(s).substr(head));
    return true;
  }
  if (!is_part_head(s) && !(short_line && (begun || i > begin_ + 1) && find_action(s, zh_).empty())) return false;
  add(ParagraphKind::heading, "", s);
  return true;
}

void Structurer::body() {
  name();
  const auto parsed = parse_symbol(doc_.identifier);
  if (parsed && (parsed->type() == DocumentType::statement || parsed->type() == DocumentType::decision)) doc_.type = *parsed->type();
  if (!doc_.title.empty()) add(ParagraphKind::heading, number_, doc_.title);
  if (!subtitle_.empty()) add(ParagraphKind::heading, part_, subtitle_);
  const ParagraphKind main = doc_.type == DocumentType::statement             ? ParagraphKind::statement
                             : doc_.type == DocumentType::decision            ? ParagraphKind::decision
                             : doc_.type == DocumentType::report || unformed_ ? ParagraphKind::plain
                                                                              : ParagraphKind::operative;
  Place place;
  place.operative = main != ParagraphKind::operative;
  for (size_t i = begin_; i < blocks_.size(); ++i) {
    if (add_apart(i, place)) continue;
    const std::string& s = blocks_[i].text;
    // What stands after the closing is an annex, named so or not.
    auto numeral = find_numeral(s);
    if (!numeral.bytes) numeral = bare_numeral(s, place.parent);
    if (place.closed && !place.annex && main == ParagraphKind::operative) {
      const bool goes_on =
          numeral.bytes && numeral.level == 0 && !place.parent.empty() && std::atoi(numeral.number.c_str()) == std::atoi(place.parent.c_str()) + 1;
      place.annex = !goes_on;
      place.closed = place.annex;
      if (place.annex) place.parent.clear();
    }
    const std::string number = numeral.bytes ? full_number(numeral, place) : "";
    if (numeral.bytes && numeral.level == 0) place.headed = false;
    if (!numeral.bytes) {
      if (add_heading(i, place)) {
        place.headed = place.operative && !place.annex;
        continue;
      }
      // A section of a resolution may have a preamble of its own.
      if (place.headed && main == ParagraphKind::operative && !place.annex && is_recital(s, zh_)) {
        place.parent.clear();
        add(ParagraphKind::preambular, "", s);
        continue;
      }
      if (!place.operative && !place.annex && starts_operative(s) && nothing_numbered_after(i)) place.operative = true;
    }
    add(place.annex ? ParagraphKind::annex : place.operative ? main : ParagraphKind::preambular, number, std::string_view(s).substr(numeral.bytes));
  }
}

bool Structurer::nothing_numbered_after(size_t at) const {
  for (size_t i = at + 1; i < blocks_.size(); ++i) {
    const auto& s = blocks_[i].text;
    if (is_annex_head(s) || is_closing_line(s)) return true;
    const auto numeral = find_numeral(s);
    if ((numeral.bytes && numeral.level == 0) || (ends_comma(s) && code_points_of(s) > 20 && numeral.bytes == 0)) return false;
  }
  return true;
}

Numeral Structurer::bare_numeral(const std::string& s, const std::string& parent) const {
  Numeral out;
  size_t n = 0;
  while (n < s.size() && is_digit(s[n])) ++n;
  if (zh_ || n == 0 || n > 3 || n + 1 >= s.size() || s[n] != ' ' || !is_upper(s[n + 1])) return out;
  const int previous = !parent.empty() && is_digit(parent[0]) ? std::atoi(parent.c_str()) : 0;
  if (std::stoi(s.substr(0, n)) != previous + 1 || find_action(std::string_view(s).substr(n + 1), false).empty()) return out;
  out.number = s.substr(0, n);
  out.bytes = n + 1;
  return out;
}

std::string Structurer::row(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c != '|') {
      if (c != ' ' || !out.ends_with("| ")) out += c;
      continue;
    }
    if (!out.empty() && out.back() != ' ') out += ' ';
    out += "| ";
  }
  return out;
}

size_t Structurer::code_points_of(std::string_view s) {
  return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool Structurer::starts_operative(const std::string& s) const {
  const std::string f = zh_ ? plain(s) : ascii_fold(s);
  if (zh_) {
    // Preambular paragraphs end in a comma.
    if (f.ends_with("。") && !find_action(f, true).empty()) return true;
    for (const std::string_view verb : {"决定", "请", "吁请", "敦促", "要求", "呼吁", "谴责", "建议", "授权", "核准", "宣布", "爰", "决议"})
      if (f.starts_with(verb)) return f.ends_with("。") || f.ends_with("；") || f.ends_with(":") || f.ends_with("：");
    return false;
  }
  size_t n = 0;
  while (n < f.size() && is_alpha(f[n])) ++n;
  const std::string first = lowered(f.substr(0, n));
  if (f.starts_with("It is resolved ") || f.starts_with("It is decided ")) return true;
  if (first.size() > 3 && first.back() == 's' && first != "conscious" && !find_action(f, false).empty()) return true;
  return false;
}

}  // namespace resolute::text
