#include "text/structurer.h"

#include <algorithm>
#include <utility>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"
#include "text/citation.h"
#include "text/issue.h"
#include "text/normalize.h"

namespace resolute::text {
void Structurer::masthead() {
  size_t i = 0;
  for (; i < blocks_.size() && i < 40; ++i) {
    const auto& s = blocks_[i].text;
    if (const auto body = enacting_body(s)) {
      doc_.body = *body;
      if (named_on_cover(i)) continue;
      started_ = true;
      break;
    }
    if (find_numeral(s).level == 0 && find_numeral(s).bytes && find_numeral(s).number == "1" && i > 1) break;
    // The formula may be left out: "Recalling ...," after the adoption line.
    if (opens_without_formula(s) || (adopted_ && i > title_at_ && ends_comma(s) && s.size() > 60 && !find_action(s, zh_).empty())) {
      started_ = true;
      break;
    }
    if (!committee_line_ && !adopted_ && submission(s)) {
      // After it stands the title, and after that the text. Security Council drafts have none.
      const size_t end = draft_title(i + 1);
      if (end == i + 1) doc_.title = tidy(s);
      i = end;
      started_ = true;
      if (i < blocks_.size())
        if (const auto body = enacting_body(blocks_[i].text)) doc_.body = *body;
      break;
    }
    masthead_line(s, i);
  }
  // A draft is dated by its issue, and so is a report.
  const bool draft = doc_.type == DocumentType::draft || has(doc_.identifier, "/L.");
  if ((draft || doc_.type == DocumentType::report) && doc_.date.empty()) doc_.date = issued_;
  doc_.issued = issued_;
  begin_ = started_ || i < blocks_.size() ? i : std::min<size_t>(title_at_ + 1, blocks_.size());
  // Headings above a report's first paragraph are its text.
  if (doc_.type == DocumentType::report)
    while (begin_ > title_at_ + 1 && (part_numeral(blocks_[begin_ - 1].text) || is_part_head(blocks_[begin_ - 1].text))) --begin_;
  place_cover();
}

std::string Structurer::cover_class(const std::string& s, const std::string& before) const {
  const std::string f = plain(s), low = lowered(f);
  const auto inside = [](std::string_view part, std::string_view whole) { return part.size() >= 3 && whole.find(part) != std::string_view::npos; };
  const std::string letters = letters_of(s);
  if (letters.empty()) return "mark";
  if (inside(letters_of(doc_.title), letters) || inside(letters, letters_of(doc_.title)) || inside(letters, letters_of(subtitle_))) return "title";
  if (!doc_.sponsors.empty() && (has(f, doc_.sponsors.front()) || has(s, doc_.sponsors.front()))) return "sponsors";
  if (is_reissue_note(f)) return "note";
  if (is_draft_line(low)) return "kind of draft";
  if (is_cover_line(s) || f.size() == 1 || is_part_head(s) || low == "other decisions" || low == "elections and appointments" || low == "其他决定" ||
      low == "选举和任命")
    return "cover";
  if (opens_masthead(s) || s[0] == '[') return "adoption";
  if (!find_date(f).empty() || !find_meeting(f).empty() || has(low, "session") || has(f, "届会议")) return "date or session";
  if (has(low, "distr") || low.starts_with("original") || low.starts_with("agenda") || f.starts_with("议程")) return "cover";
  if (names_itself(f)) return "symbol";
  if (parse_symbol(f) || find_citations(f, Body::ga).size() == 1) return "symbol";
  // What an agenda item is called stands below it.
  if (before == "agenda" || before == "agenda title") return "agenda title";
  return "";
}

void Structurer::find_bare_title() {
  if (!doc_.title.empty()) return;
  // Nothing but the text itself: its first line, where that is no sentence.
  if (begin_ == 1 && number_.empty() && !started_ && !cover_ && title_at_ == 0 && !ends_sentence(blocks_[0].text) && blocks_[0].text.size() < 300 &&
      cover_class(blocks_[0].text, "").empty()) {
    doc_.title = tidy(blocks_[0].text);
    return;
  }
  // The Security Council's texts have none.
  if (!started_ || doc_.body == Body::sc || doc_.type == DocumentType::statement) return;
  static constexpr size_t kMostBlocks = 3, kLongest = 400;  // bytes
  size_t from = begin_;
  std::string before;
  for (size_t i = 0; i < begin_; ++i) {
    const auto& s = blocks_[i].text;
    const std::string name = cover_class(s, before);
    before = is_agenda_line(s) ? "agenda" : name;
    if (!name.empty() || ends_sentence(s) || s.size() > kLongest)
      from = i + 1;
    else if (from == begin_)
      from = i;
  }
  if (from >= begin_ || begin_ - from > kMostBlocks) return;
  for (size_t i = from; i < begin_; ++i) doc_.title += (doc_.title.empty() || zh_ ? "" : " ") + tidy(blocks_[i].text);
}

bool Structurer::is_agenda_line(const std::string& s) {
  const std::string low = lowered(plain(s.substr(0, 60)));
  return low.starts_with("agenda item") || low.starts_with("item ") || low.starts_with("items ") || low.starts_with("议程项目");
}

void Structurer::place_cover() {
  find_bare_title();
  // What the masthead took for a note will be a paragraph.
  const auto is_noted = [&](const std::string& s) {
    return std::any_of(given_notes_.begin(), given_notes_.end(), [&](const auto& note) { return !note.second.empty() && s.ends_with(note.second); });
  };
  std::string before;
  for (size_t i = 0; i < begin_ && i < blocks_.size(); ++i) {
    const auto& s = blocks_[i].text;
    std::string name = cover_class(s, before);
    if (is_agenda_line(s)) name = "agenda";
    if (name.empty())
      doc_.unplaced.push_back(s);
    else if (name != "note" || !is_noted(s))
      doc_.furniture.push_back({name, s});
    before = name;
  }
}

bool Structurer::old_heading(const std::string& f) {
  if (f.empty() || !(f[0] & 0x80)) return false;
  // "944(2048).2048年4月1日决议案", "181(2).巴勒斯坦 ..."
  const std::string t = with_figures(f);
  size_t n = 0;
  while (n < t.size() && is_digit(t[n])) ++n;
  const size_t close = t.find(')', n);
  if (n == 0 || n > 4 || n >= t.size() || t[n] != '(' || close == std::string::npos || close - n > 5) return false;
  const std::string session = t.substr(n + 1, close - n - 1);
  if (!std::all_of(session.begin(), session.end(), is_digit)) return false;
  size_t after = close + 1;
  for (const std::string_view stop : {".", "．", "。", "、"})
    if (std::string_view(t).substr(after).starts_with(stop)) after += stop.size();
  if (after == close + 1 && after < t.size()) return false;
  const bool council = session.size() == 4;
  const auto symbol = parse_symbol(council ? "S/RES/" + t.substr(0, close + 1) : "A/RES/" + t.substr(0, n) + "(" + print_roman(std::stoi(session)) + ")");
  if (!symbol) return false;
  if (doc_.identifier.empty()) doc_.identifier = symbol->text();
  doc_.body = council ? Body::sc : Body::ga;
  number_ = t.substr(0, close + 1);
  if (doc_.date.empty()) doc_.date = find_date(t);
  const std::string rest = t.substr(after);
  if (!council) doc_.title = tidy(rest);
  return true;
}

bool Structurer::names_itself(const std::string& f) const {
  const size_t slash = doc_.identifier.rfind('/');
  if (slash == std::string::npos || f.size() > 90 || !(has(f, "决议") || has(lowered(f), "resolution"))) return false;
  const auto number = std::string_view(doc_.identifier).substr(slash + 1, doc_.identifier.find('(', slash) - slash - 1);
  if (f.find(number) == std::string::npos && zh_) return with_figures(f).find("决议案" + std::string(number)) != std::string::npos;
  const size_t at = f.find(number);
  return at != std::string::npos && number.size() > 1 && (at == 0 || !is_digit(f[at - 1])) &&
         (at + number.size() == f.size() || !is_digit(f[at + number.size()]));
}

bool Structurer::opens_without_formula(const std::string& s) {
  const auto symbol = parse_symbol(doc_.identifier);
  const auto type = symbol ? symbol->type() : std::nullopt;
  const bool decision = doc_.type == DocumentType::decision || type == DocumentType::decision;
  if (!decision && type != DocumentType::statement && doc_.type != DocumentType::statement) return false;
  const std::string f = plain(s);
  if (f.size() < 24) return false;
  const auto meeting = find_meeting(f);
  const auto date = find_date(f);
  // Meetings held by video have no number.
  const bool statement = !decision && !date.empty() && f.starts_with("On ");
  if ((meeting.empty() || date.empty()) && !statement) return !number_.empty() && title_at_ > 0 && f.size() > 240;
  if (!f.starts_with("At ") && !f.starts_with("On ") && !is_digit(f[0]) && !f.starts_with("在") && !f.starts_with("大会")) return false;
  doc_.meeting = meeting;
  doc_.date = date;
  if (decision && doc_.committee.empty()) doc_.committee = reporting(f);
  return true;
}

std::vector<std::string> Structurer::reporting(const std::string& line) {
  auto found = find_committees(line);
  const auto main = [](const std::string& id) { return id.size() == 2 && id[0] == 'C' && is_digit(id[1]); };
  const bool any = std::any_of(found.begin(), found.end(), main);
  const bool plenary = std::find(found.begin(), found.end(), "plenary") != found.end();
  if (any || plenary) std::erase_if(found, [&](const std::string& id) { return any ? !main(id) : id != "plenary"; });
  return found;
}

bool Structurer::named_on_cover(size_t at) const {
  if (ends_comma(blocks_[at].text)) return false;
  if (at + 1 < blocks_.size() && has(blocks_[at + 1].text, "Distr")) return true;
  if (!cover_) return false;
  if (at < 4) return true;
  for (size_t i = at + 1; i < std::min<size_t>(blocks_.size(), 40); ++i)
    if (enacting_body(blocks_[i].text) && ends_comma(blocks_[i].text)) return true;
  return false;
}

// The first kind of line that it is says what becomes of it.
void Structurer::masthead_line(const std::string& s, size_t at) {
  const std::string f = plain(s);
  const MastheadLine line{s, f, lowered(f), find_date(f), at};
  static_cast<void>(names_document(line) || tells_kind(line) || tells_adoption(line) || tells_place(line) || tells_title(line));
}

// Its symbol, where the line has it in one of the ways of old and bare texts.
bool Structurer::names_document(const MastheadLine& line) {
  const auto& [s, f, low, date, at] = line;
  if (zh_ && number_.empty() && old_heading(f)) {
    title_at_ = at;
    return true;
  }
  // A heading broken over two lines: "Resolution 500 (1982)" "of 28 January 1982".
  if (low.starts_with("of ") && doc_.date.empty() && !find_date(f).empty()) {
    doc_.date = find_date(f);
    return true;
  }
  if (is_reissue_note(f)) {
    given_notes_.emplace_back("*", std::string(trimmed(std::string_view(s).substr(std::min(s.find_first_not_of("* "), s.size())))));
    return true;
  }
  if (doc_.identifier.empty()) {
    std::string_view name = f;
    while (name.ends_with('*')) name.remove_suffix(1);
    if (const auto symbol = parse_symbol(name)) {
      doc_.identifier = symbol->text();
      return true;
    }
    if (low.starts_with("resolution ") || f.starts_with("第")) {
      const auto found = find_citations(f, Body::sc);
      if (!found.empty()) {
        doc_.identifier = found[0].symbol;
        doc_.body = Body::sc;
        if (doc_.date.empty()) doc_.date = find_date(f);
        title_at_ = at;
        return true;
      }
    }
  }
  if (const size_t dot = low.find("). resolution of "); dot != std::string::npos && is_digit(f[0])) {
    if (const auto symbol = parse_symbol("S/RES/" + f.substr(0, dot + 1))) {
      doc_.identifier = symbol->text();
      doc_.body = Body::sc;
      doc_.date = find_date(f);
      title_at_ = at;
      return true;
    }
  }
  return false;
}

// Report or statement; furniture of the cover.
bool Structurer::tells_kind(const MastheadLine& line) {
  const auto& [s, f, low, date, at] = line;
  if (cover_ && doc_.title.empty() && !committee_line_ && !adopted_ && f.size() < 300 &&
      (low.starts_with("report of the ") || low.starts_with("note by the ") || f.ends_with("的报告") || f == "秘书长报告")) {
    const auto symbol = parse_symbol(doc_.identifier);
    if (symbol && !symbol->type() && !has(doc_.identifier, "/L.")) {
      doc_.type = DocumentType::report;
      doc_.title = tidy(s);
      title_at_ = at;
      return true;
    }
  }
  if (f.size() < 80 &&
      (low == "statement by the president of the security council" || low.starts_with("statement by the president of the human rights council") ||
       f == "安全理事会主席声明" || f == "安全理事会主席的声明" || f == "主席声明")) {
    doc_.type = DocumentType::statement;
    doc_.body = body_named(f) == Body::none ? Body::sc : body_named(f);
    title_at_ = at;
    return true;
  }
  if (cover_ && issued_.empty() && has(low, "distr")) issued_ = find_date(f);
  if (low.starts_with("distr") || low == "united nations" || low == "联合国" || low.starts_with("original:")) return true;
  if (cover_ && issued_.empty() && f.size() < 80) issued_ = date;
  return false;
}

// When, where and by whom it was adopted; who reported it.
bool Structurer::tells_adoption(const MastheadLine& line) {
  const auto& [s, f, low, date, at] = line;
  const bool adoption = has(low, "adopted by the") || has(low, "通过的决议") || has(low, "会议通过") || has(low, "大会决议") || has(low, "大会决定") ||
                        has(low, "通过的决定") || (has(low, "理事会") && (has(low, "通过") || f.ends_with("理事会决议") || f.ends_with("理事会决定"))) ||
                        has(low, "大会通过");
  if (adoption && f.size() < 260 && f[0] != '[') {
    if (!date.empty()) doc_.date = date;
    if (const auto meeting = find_meeting(f); !meeting.empty()) doc_.meeting = meeting;
    if (body_named(f) != Body::none) doc_.body = body_named(f);
    if (low.starts_with("decision") || has(low, "的决定") || has(low, "大会决定")) doc_.type = DocumentType::decision;
    adopted_ = true;
    title_at_ = at;
    return true;
  }
  if (f[0] == '[') {
    doc_.committee = reporting(f);
    committee_line_ = true;
    title_at_ = at;
    return true;
  }
  return false;
}

// Under which committee, item and session.
bool Structurer::tells_place(const MastheadLine& line) {
  const auto& [s, f, low, date, at] = line;
  if (low == "decision" || f == "决定") {
    doc_.type = DocumentType::decision;
    return true;
  }
  if ((cover_ || doc_.type == DocumentType::decision) && f.size() < 80 && names_committee(f) && doc_.committee.empty()) {
    doc_.committee = find_committees(f);
    return true;
  }
  // A decision's cover says where it was made, whoever recommended it.
  if (doc_.type == DocumentType::decision && (low == "plenary" || f == "全会" || f == "全体会议") && doc_.committee.empty()) {
    doc_.committee = {"plenary"};
    return true;
  }
  if (low.starts_with("agenda item") || f.starts_with("议程项目") || ((low.starts_with("item ") || low.starts_with("items ")) && has(low, "agenda")) ||
      f.starts_with("临时议程项目") || f.starts_with("暂定议程项目")) {
    doc_.agenda = find_agenda(f);
    return true;
  }
  if ((has(low, "session") && low.size() < 90 && !is_digit(f[0])) ||
      (f.starts_with("第") && (f.ends_with("届会议") || f.ends_with("届特别会议") || has(f, "届紧急特别会议"))))
    return true;
  return false;
}

// Its number and title, its part, and dates that stand alone.
bool Structurer::tells_title(const MastheadLine& line) {
  const auto& [s, f, low, date, at] = line;
  // "78/32. Implementation of ...", "1948 (XXI). Educational conditions"
  if (const size_t stop = title_number(f); stop > 0) {
    number_ = trimmed(std::string_view(f).substr(0, stop - 1));
    const size_t dot = std::min({s.find('.'), s.find("．"), s.find("。")});
    doc_.title = tidy(std::string_view(s).substr(dot == std::string::npos ? 0 : dot + (s[dot] == '.' ? 1 : 3)));
    title_at_ = at;
    return true;
  }
  // Old covers date a resolution by the meeting that adopted it.
  if (at < 40 && doc_.meeting.empty() && f.size() < 60 && has(low, "plenary meeting") && is_digit(f[0])) {
    doc_.meeting = find_meeting(f);
    if (!date.empty()) doc_.date = date;
    met_ = doc_.date.empty() && !doc_.meeting.empty();
    return true;
  }
  if (std::exchange(met_, false) && f.size() < 24 && !date.empty()) {
    doc_.date = date;
    return true;
  }
  // A title over two lines that were taken for two paragraphs.
  if (!number_.empty() && at == title_at_ + 1 && ends_comma(doc_.title)) {
    doc_.title += (zh_ ? "" : " ") + tidy(s);
    title_at_ = at;
    return true;
  }
  // "B", "B High-level forum": a part of the resolution, with its own title.
  if (!number_.empty() && part_.empty() && is_upper(f[0]) && at > title_at_ &&
      (f.size() == 1 || (f[1] == ' ' && f.size() > 2 && (is_upper(f[2]) || is_digit(f[2]) || (f[2] & 0x80))))) {
    part_ = f.substr(0, 1);
    if (f.size() > 2 && !is_digit(f[2])) subtitle_ = tidy(std::string_view(s).substr(s.find(' ') == std::string::npos ? 1 : s.find(' ')));
    return true;
  }
  if (f.size() < 24 && !date.empty()) {
    issued_ = date;
    if (cover_ || f.size() < 12) return true;
  }
  if (adopted_ && doc_.title.empty() && !committee_line_ && find_action(f, zh_).empty() && f.size() < 300 && !number_.empty()) doc_.title = tidy(s);
  return true;
}

void Structurer::name() {
  if (!doc_.identifier.empty() || number_.empty()) return;
  const bool decision = doc_.type == DocumentType::decision;
  const char* prefix = doc_.body == Body::hrc      ? (decision ? "A/HRC/DEC/" : "A/HRC/RES/")
                       : doc_.body == Body::ecosoc ? (decision ? "E/DEC/" : "E/RES/")
                                                   : (decision ? "A/DEC/" : "A/RES/");
  if (const auto symbol = parse_symbol(prefix + number_ + (is_digit(number_.back()) ? part_ : ""))) doc_.identifier = symbol->text();
}

}  // namespace resolute::text
