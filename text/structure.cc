// Longer than most: the grammar of a resolution's page is one thing and reads top to bottom.
#include "text/structure.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/symbol.h"
#include "text/citation.h"
#include "text/issue.h"
#include "text/line.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

struct Line {
  std::string text;      // trimmed, width and dashes as they are
  int indent = 0;        // spaces in front
  bool blank_before = false;
  bool page_before = false;
  bool trailing = false;   // a space behind: extraction leaves one at the end of a paragraph
  int width = 0;           // columns, Han characters two
};

std::vector<Line> split_lines(std::string_view s) {
  std::vector<Line> lines;
  bool blank = false, page = false;
  for (size_t at = 0; at <= s.size();) {
    size_t end = s.find('\n', at);
    if (end == std::string_view::npos) end = s.size();
    std::string raw(s.substr(at, end - at));
    at = end + 1;
    for (size_t f; (f = raw.find('\f')) != std::string::npos;) {
      page = true;
      raw.erase(f, 1);
    }
    // Every kind of space counts as one.
    std::string spaced;
    for (size_t i = 0; i < raw.size();) {
      const size_t b = i;
      const char32_t c = next_code_point(raw, i);
      if (c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F) spaced += ' ';
      else if (c == '\r' || c == 0xFEFF || c == 0x200B) {}
      else if (c >= 0x20) spaced.append(raw, b, i - b);
    }
    const auto body = trimmed(spaced);
    if (body.empty()) {
      blank = true;
      continue;
    }
    Line line;
    line.indent = static_cast<int>(spaced.find_first_not_of(' '));
    line.text = body;
    line.trailing = spaced.back() == ' ';
    for (size_t i = 0; i < body.size();) line.width += next_code_point(body, i) >= 0x2E80 ? 2 : 1;
    line.blank_before = blank;
    line.page_before = page;
    blank = page = false;
    lines.push_back(std::move(line));
  }
  return lines;
}

bool is_rule(std::string_view s) {
  size_t n = 0;
  for (const char c : s) {
    if (c == '_' || c == '-') ++n;
    else if (c != ' ') return false;
  }
  return n >= 6;
}

// "2/5", "20", "- 3 -", "Page 2": a page number alone.
bool is_page_number(std::string_view s) {
  for (const std::string_view lead : {"Page ", "page "})
    if (s.starts_with(lead)) s.remove_prefix(lead.size());
  bool any = false;
  for (const char c : s) {
    if (is_digit(c)) any = true;
    else if (c != '/' && c != '-' && c != ' ') return false;
  }
  return any && s.size() <= 9;
}

// "23-24542 (E)", "*2324542*"
bool is_job_number(std::string_view s) {
  const std::string f = ascii_fold(s);
  size_t digits = 0;
  for (const char c : f) {
    if (is_digit(c)) ++digits;
    else if (c != '-' && c != ' ' && c != '*' && c != '(' && c != ')' && c != 'E' && c != 'C') return false;
  }
  return digits >= 7 && (f.find('-') == 2 || f.front() == '*' || f.find('(') != std::string::npos);
}

// "4/10 21-18626", "21-18626 (E) 3/8": a page and a job number side by side.
bool is_foot(std::string_view s) {
  const std::string f = ascii_fold(s);
  for (size_t at = f.find(' '); at != std::string::npos; at = f.find(' ', at + 1)) {
    const auto left = trimmed(std::string_view(f).substr(0, at)), right = trimmed(std::string_view(f).substr(at));
    if ((is_page_number(left) && left.find('/') != std::string_view::npos && is_job_number(right)) || (is_job_number(left) && is_page_number(right) && right.find('/') != std::string_view::npos)) return true;
  }
  return false;
}

// "1/ S/2036/254.": a note as old texts set it at the foot of a page. Its number's digits, else 0.
size_t slashed_note(std::string_view s) {
  size_t n = 0;
  while (n < s.size() && is_digit(s[n])) ++n;
  return n >= 1 && n <= 2 && n + 2 < s.size() && s[n] == '/' && s[n + 1] == ' ' ? n : 0;
}

bool has(std::string_view s, std::string_view part) { return s.find(part) != std::string_view::npos; }

// A line that opens the text proper: "The General Assembly,", "安全理事会，".
std::optional<Body> enacting_body(std::string_view s) {
  if (s.size() > 60) return std::nullopt;
  const std::string f = lowered(plain(s));
  std::string_view v = f;
  while (!v.empty() && (v.back() == ',' || v.back() == ' ' || v.back() == ':')) v.remove_suffix(1);
  if (v.ends_with("，")) v.remove_suffix(3);
  if (v == "the general assembly" || v == "大会") return Body::ga;
  if (v == "the security council" || v == "安全理事会") return Body::sc;
  if (v == "the economic and social council" || v == "经济及社会理事会") return Body::ecosoc;
  if (v == "the human rights council" || v == "人权理事会") return Body::hrc;
  return std::nullopt;
}

Body body_named(std::string_view s) {
  const std::string f = lowered(s);
  if (has(f, "security council") || has(f, "安全理事会")) return Body::sc;
  if (has(f, "human rights council") || has(f, "人权理事会")) return Body::hrc;
  if (has(f, "economic and social council") || has(f, "经济及社会理事会")) return Body::ecosoc;
  if (has(f, "general assembly") || has(f, "大会")) return Body::ga;
  return Body::none;
}

bool ends_sentence(std::string_view s) {
  while (!s.empty() && (is_digit(s.back()) || s.back() == ')' || s.back() == '"')) s.remove_suffix(1);
  for (const std::string_view mark : {".", ";", ",", ":", "。", "；", "，", "：", "”", "、", "’"})
    if (s.ends_with(mark)) return true;
  return false;
}

bool is_annex_head(std::string_view s) {
  const std::string f = plain(s);
  if (f.size() > 60) return false;
  for (const std::string_view word : {"Annex", "Appendix", "ANNEX", "附件", "附录", "附文"}) {
    if (!f.starts_with(word)) continue;
    const auto rest = trimmed(std::string_view(f).substr(word.size()));
    if (rest.empty() || (rest.size() <= 12 && (is_upper(rest[0]) || is_digit(rest[0]) || (rest[0] & 0x80)))) return true;
  }
  return false;
}

// One to four short parts: "I", "A.", "Part II", "B", "一、"
bool is_part_head(std::string_view s) {
  std::string_view v = trimmed(s);
  if (v.ends_with(".")) v.remove_suffix(1);
  return v.size() <= 5 && !v.empty() && (parse_roman(v) || (v.size() == 1 && is_upper(v[0])));
}

// Joins what a paragraph's lines were broken into.
class Joiner {
 public:
  Joiner(bool zh, std::string_view whole) : zh_(zh), whole_(lowered(whole)) {}

  void add(std::string& paragraph, std::string_view line) const {
    if (paragraph.empty()) {
      paragraph = line;
      return;
    }
    if (!zh_ && paragraph.size() > 2 && paragraph.back() == '-' && is_alpha(paragraph[paragraph.size() - 2]) && !line.empty() && is_lower(line[0])) {
      const size_t from = paragraph.find_last_of(" (", paragraph.size() - 2) == std::string::npos ? 0 : paragraph.find_last_of(" (", paragraph.size() - 2) + 1;
      const std::string left = lowered(std::string_view(paragraph).substr(from, paragraph.size() - 1 - from));
      size_t n = 0;
      while (n < line.size() && is_alpha(line[n])) ++n;
      const std::string right = lowered(line.substr(0, n));
      // The document itself says how the word is written elsewhere.
      const bool whole_known = has(whole_, left + right), hyphen_known = has(whole_, left + "-" + right);
      static const std::set<std::string> kPrefixes = {"non", "self", "co", "long", "well", "high", "low", "follow", "inter",
                                                      "multi", "post", "pre", "counter", "cross", "decision", "peace", "early",
                                                      "gender", "age", "human", "small", "vice", "secretary", "sub", "socio"};
      if (!hyphen_known && (whole_known || !kPrefixes.count(left))) paragraph.pop_back();
      paragraph += line;
      return;
    }
    const bool han = zh_;
    if (!han || (is_alpha(paragraph.back()) && !line.empty() && is_alpha(line[0]))) paragraph += ' ';
    paragraph += line;
  }

 private:
  bool zh_;
  std::string whole_;
};

// A block of lines that belong together, before its kind is known.
struct Block {
  std::string text;
  bool row = false;  // of a table
};

class Structurer {
 public:
  explicit Structurer(std::string_view utf8, Language lang) : zh_(lang == Language::zh), lines_(split_lines(utf8)), join_(zh_, utf8) {
    doc_.lang = lang;
  }

  Structurer(const std::vector<Piece>& pieces, Language lang) : zh_(lang == Language::zh), join_(zh_, "") {
    doc_.lang = lang;
    for (const auto& p : pieces) {
      const std::string text = zh_ ? close_han(tidy(p.text)) : tidy(p.text);
      if (text.empty()) continue;
      if (p.role == Piece::Role::note) given_notes_.emplace_back(p.number, text);
      else blocks_.push_back({text, p.role == Piece::Role::row});
    }
  }

  std::optional<Document> run() {
    if (!lines_.empty()) {
      find_cover(lines_);
      strip_furniture();
      join_lines();
    } else {
      find_cover(blocks_);
    }
    if (blocks_.empty()) return std::nullopt;
    masthead();
    if (!started_ && doc_.identifier.empty() && doc_.date.empty()) return std::nullopt;
    if (!started_ && blocks_.size() < 2) return std::nullopt;
    body();
    footnotes();
    drop_markers();
    if (doc_.paragraphs.empty()) return std::nullopt;
    return std::move(doc_);
  }

 private:
  // The document's own symbol stands first, on the cover.
  template <typename Items>
  void find_cover(const Items& items) {
    for (size_t i = 0; i < std::min<size_t>(items.size(), 14) && !cover_; ++i) {
      std::string_view s = items[i].text;
      // "Resolution 270 (1969)" names the document itself: symbols below it are others'.
      const std::string low = lowered(s.substr(0, 40));
      if ((low.starts_with("resolution ") && low.size() > 11 && is_digit(low[11])) || low.find("). resolution of ") != std::string::npos) return;
      for (const std::string_view lead : {"United Nations ", "联合国 ", "联合国"})
        if (s.starts_with(lead)) s.remove_prefix(lead.size());
      if (const auto parsed = parse_symbol(s)) {
        doc_.identifier = parsed->text();
        cover_ = true;
      }
    }
  }

  // Running heads repeat: the symbol with the title, or the symbol alone, at the top of pages.
  void strip_furniture() {
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

  // The number a note opens with, "12 See ..."; 0 for "*" and what is no note's first line.
  static int note_number(std::string_view s) {
    size_t n = 0;
    while (n < s.size() && is_digit(s[n])) ++n;
    if (n == 0 || n > 3 || n >= s.size() || (s[n] != ' ' && s[n] != '/' && !(s[n] & 0x80))) return 0;
    return std::stoi(std::string(s.substr(0, n)));
  }

  // A full stop that ends a note, not "chap." or "No." at a line's end.
  static bool ends_note(std::string_view s) {
    for (const std::string_view word : {"chap.", "chaps.", "sect.", "sects.", "No.", "Nos.", "vol.", "vols.", "para.", "paras.", "p.", "pp.", "art.", "Corr.", "Add.", "Rev.", "Ibid."})
      if (s.ends_with(word)) return false;
    return s.ends_with(".") || s.ends_with(")");
  }

  bool starts_paragraph(const Line& line, const Line& before, const Block& previous) const {
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

  // Lines of the cover that stand for themselves, with or without blank lines between: "Agenda item 12", "Third Committee".
  bool cover_line(const std::string& s) const {
    if (s.size() > 60 || std::any_of(blocks_.begin(), blocks_.end(), [](const Block& b) { return ends_comma(b.text) && enacting_body(b.text); })) return false;
    if (s.starts_with("Distr") || s.starts_with("Original:") || s.starts_with("Agenda item") || s.starts_with("议程项目") || is_reissue_note(s)) return true;
    const std::string f = plain(s), low = lowered(f);
    if ((low.ends_with(" session") && !is_lower(s[0])) || (f.starts_with("第") && f.ends_with("届会议"))) return true;
    return s.size() < 30 && (low.ends_with(" committee") || f.ends_with("委员会")) && !find_committees(f).empty();
  }

  // Old texts set their notes behind the closing line, without a rule.
  bool note_behind_closing(const Line& line) const {
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

  void join_lines() {
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

  void masthead() {
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
      // The formula may be left out: "Recalling ...," behind the adoption line.
      if (opens_without_formula(s) || (adopted_ && i > title_at_ && ends_comma(s) && s.size() > 60 && !find_action(s, zh_).empty())) {
        started_ = true;
        break;
      }
      masthead_line(s, i);
    }
    // A draft is dated by its issue.
    if (doc_.type == DocumentType::draft && doc_.date.empty()) doc_.date = issued_;
    begin_ = started_ || i < blocks_.size() ? i : std::min<size_t>(title_at_ + 1, blocks_.size());
  }

  static bool ends_comma(std::string_view s) { return s.ends_with(",") || s.ends_with("，"); }

  // Decisions and statements have no formula: "At its 54th plenary meeting, on 15 December 2022, ..."
  // opens them, and says when and on whose recommendation.
  bool opens_without_formula(const std::string& s) {
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

  // On whose report: a Main Committee's, else nobody's but the plenary's where it says so, whoever else is named beside.
  static std::vector<std::string> reporting(const std::string& line) {
    auto found = find_committees(line);
    const auto main = [](const std::string& id) { return id.size() == 2 && id[0] == 'C' && is_digit(id[1]); };
    const bool any = std::any_of(found.begin(), found.end(), main);
    const bool plenary = std::find(found.begin(), found.end(), "plenary") != found.end();
    if (any || plenary) std::erase_if(found, [&](const std::string& id) { return any ? !main(id) : id != "plenary"; });
    return found;
  }

  // The body's name on the cover opens nothing: the formula comes later, with its comma.
  bool named_on_cover(size_t at) const {
    if (ends_comma(blocks_[at].text)) return false;
    if (at + 1 < blocks_.size() && has(blocks_[at + 1].text, "Distr")) return true;
    if (!cover_) return false;
    if (at < 4) return true;
    for (size_t i = at + 1; i < std::min<size_t>(blocks_.size(), 40); ++i)
      if (enacting_body(blocks_[i].text) && ends_comma(blocks_[i].text)) return true;
    return false;
  }

  void masthead_line(const std::string& s, size_t at) {
    const std::string f = plain(s);
    const std::string low = lowered(f);
    // A heading broken over two lines: "Resolution 500 (1982)" "of 28 January 1982".
    if (low.starts_with("of ") && doc_.date.empty() && !find_date(f).empty()) { doc_.date = find_date(f); return; }
    if (is_reissue_note(f)) {
      given_notes_.emplace_back("*", std::string(trimmed(std::string_view(s).substr(std::min(s.find_first_not_of("* "), s.size())))));
      return;
    }
    if (doc_.identifier.empty()) {
      if (const auto symbol = parse_symbol(f)) { doc_.identifier = symbol->text(); return; }
      if (low.starts_with("resolution ") || f.starts_with("第")) {
        const auto found = find_citations(f, Body::sc);
        if (!found.empty()) {
          doc_.identifier = found[0].symbol;
          doc_.body = Body::sc;
          if (doc_.date.empty()) doc_.date = find_date(f);
          title_at_ = at;
          return;
        }
      }
    }
    if (const size_t dot = low.find("). resolution of "); dot != std::string::npos && is_digit(f[0])) {
      if (const auto symbol = parse_symbol("S/RES/" + f.substr(0, dot + 1))) {
        doc_.identifier = symbol->text();
        doc_.body = Body::sc;
        doc_.date = find_date(f);
        title_at_ = at;
        return;
      }
    }
    if (f.size() < 80 && (low == "statement by the president of the security council" || low.starts_with("statement by the president of the human rights council") || f == "安全理事会主席声明" ||
                          f == "安全理事会主席的声明" || f == "主席声明")) {
      doc_.type = DocumentType::statement;
      doc_.body = body_named(f) == Body::none ? Body::sc : body_named(f);
      title_at_ = at;
      return;
    }
    // "Farland and Midland: draft resolution"
    if (f.size() < 3000 && (low.ends_with("draft resolution") || f.ends_with("决议草案")) && (has(f, ":") || has(f, "：")) && f[0] != '[') {
      doc_.type = DocumentType::draft;
      doc_.title = tidy(s);
      title_at_ = at;
      return;
    }
    if (cover_ && issued_.empty() && has(low, "distr")) issued_ = find_date(f);
    if (low.starts_with("distr") || low == "united nations" || low == "联合国" || low.starts_with("original:")) return;
    const std::string date = find_date(f);
    if (cover_ && issued_.empty() && f.size() < 80) issued_ = date;
    const bool adoption = has(low, "adopted by the") || has(low, "通过的决议") || has(low, "会议通过") || has(low, "大会决议") ||
                          has(low, "大会决定") || has(low, "通过的决定") || (has(low, "理事会") && (has(low, "通过") || f.ends_with("理事会决议") || f.ends_with("理事会决定"))) || has(low, "大会通过");
    if (adoption && f.size() < 260 && f[0] != '[') {
      if (!date.empty()) doc_.date = date;
      if (const auto meeting = find_meeting(f); !meeting.empty()) doc_.meeting = meeting;
      if (body_named(f) != Body::none) doc_.body = body_named(f);
      if (low.starts_with("decision") || has(low, "的决定") || has(low, "大会决定")) doc_.type = DocumentType::decision;
      adopted_ = true;
      title_at_ = at;
      return;
    }
    if (f[0] == '[') {
      doc_.committee = reporting(f);
      committee_line_ = true;
      title_at_ = at;
      return;
    }
    if (low == "decision" || f == "决定") {
      doc_.type = DocumentType::decision;
      return;
    }
    if ((cover_ || doc_.type == DocumentType::decision) && f.size() < 40 && (low.ends_with(" committee") || f.ends_with("委员会")) && doc_.committee.empty()) {
      doc_.committee = find_committees(f);
      return;
    }
    // A decision's cover says where it was made, whoever recommended it.
    if (doc_.type == DocumentType::decision && (low == "plenary" || f == "全会" || f == "全体会议") && doc_.committee.empty()) {
      doc_.committee = {"plenary"};
      return;
    }
    if (low.starts_with("agenda item") || f.starts_with("议程项目")) {
      doc_.agenda = find_agenda(f);
      return;
    }
    if ((has(low, "session") && low.size() < 90 && !is_digit(f[0])) || (f.starts_with("第") && (f.ends_with("届会议") || f.ends_with("届特别会议") || has(f, "届紧急特别会议")))) return;
    // "78/32. Implementation of ..."
    size_t n = 0;
    if (f.starts_with("ES-")) n = 3;
    else if (f.starts_with("S-")) n = 2;
    while (n < f.size() && (is_digit(f[n]) || f[n] == '/')) ++n;
    if (n >= 3 && has(std::string_view(f).substr(0, n), "/") && n < f.size()) {
      size_t p = n;
      if (p < f.size() && f[p] == ' ' && p + 1 < f.size() && is_upper(f[p + 1]) && p + 2 < f.size() && (f[p + 2] == '.' || f[p + 2] == ' ')) p += 2;
      if (p < f.size() && f[p] == '.') {
        number_ = f.substr(0, p);
        const size_t dot = s.find('.');
        doc_.title = tidy(std::string_view(s).substr(dot + 1));
        title_at_ = at;
        return;
      }
    }
    // A title over two lines that were taken for two paragraphs.
    if (!number_.empty() && at == title_at_ + 1 && ends_comma(doc_.title)) {
      doc_.title += (zh_ ? "" : " ") + tidy(s);
      title_at_ = at;
      return;
    }
    // "B", "B High-level forum": a part of the resolution, with its own title.
    if (!number_.empty() && part_.empty() && is_upper(f[0]) && at > title_at_ && (f.size() == 1 || (f[1] == ' ' && f.size() > 2 && (is_upper(f[2]) || is_digit(f[2]) || (f[2] & 0x80))))) {
      part_ = f.substr(0, 1);
      if (f.size() > 2 && !is_digit(f[2])) subtitle_ = tidy(std::string_view(s).substr(s.find(' ') == std::string::npos ? 1 : s.find(' ')));
      return;
    }
    if (f.size() < 24 && !date.empty()) {
      issued_ = date;
      if (cover_ || f.size() < 12) return;
    }
    if (adopted_ && doc_.title.empty() && !committee_line_ && !find_action(f, zh_).size() && f.size() < 300 && !number_.empty()) doc_.title = tidy(s);
  }

  void add(ParagraphKind kind, std::string number, std::string_view text) {
    Paragraph p;
    p.kind = kind;
    p.number = std::move(number);
    p.text = tidy(text);
    if (!p.text.empty()) doc_.paragraphs.push_back(std::move(p));
  }

  // Sets the symbol from the number and the body that the masthead gave.
  void name() {
    if (!doc_.identifier.empty() || number_.empty()) return;
    const bool decision = doc_.type == DocumentType::decision;
    const char* prefix = doc_.body == Body::hrc      ? (decision ? "A/HRC/DEC/" : "A/HRC/RES/")
                         : doc_.body == Body::ecosoc ? (decision ? "E/DEC/" : "E/RES/")
                                                     : (decision ? "A/DEC/" : "A/RES/");
    if (const auto symbol = parse_symbol(prefix + number_ + (is_digit(number_.back()) ? part_ : ""))) doc_.identifier = symbol->text();
  }

  bool closing_line(const std::string& s) const {
    const std::string f = plain(s);
    const std::string low = lowered(f);
    if (f.size() > 600) return false;
    if (low.starts_with("adopted ") && (has(low, "meeting") || has(low, "vote") || low.starts_with("adopted unanimously"))) return true;
    if (f.size() < 60 && (has(low, "plenary meeting") || has(f, "次全体会议") || (f.starts_with("第") && f.ends_with("次会议")))) return true;
    if (f.size() < 24 && !find_date(f).empty()) return true;
    if (f.size() < 40 && has(low, "meeting") && is_digit(f[0])) return true;
    if (f[0] == '[' && (has(low, "adopted") || has(f, "通过"))) return true;
    return false;
  }

  void closing(const std::string& s) {
    const std::string f = plain(s);
    if (const auto meeting = find_meeting(f); !meeting.empty() && doc_.meeting.empty()) doc_.meeting = meeting;
    if (const auto date = find_date(f); !date.empty() && doc_.date.empty()) doc_.date = date;
    read_vote(f);
    add(ParagraphKind::closing, "", s);
  }

  void read_vote(const std::string& f) {
    const std::string low = lowered(f);
    if (has(low, "without a vote") || has(f, "未经表决") || has(low, "by consensus")) doc_.vote.outcome = VoteOutcome::without_vote;
    else if (has(low, "unanimously") || has(f, "一致通过")) doc_.vote.outcome = VoteOutcome::unanimous;
    else if (has(low, "acclamation") || has(f, "鼓掌")) doc_.vote.outcome = VoteOutcome::acclamation;
    else if (has(low, "recorded vote") || has(low, "votes to") || has(f, "票对") || has(f, "记录表决")) doc_.vote.outcome = VoteOutcome::recorded;
    else return;
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

  void body() {
    name();
    const auto parsed = parse_symbol(doc_.identifier);
    if (parsed && (parsed->type() == DocumentType::statement || parsed->type() == DocumentType::decision)) doc_.type = *parsed->type();
    if (!doc_.title.empty()) add(ParagraphKind::heading, number_, doc_.title);
    if (!subtitle_.empty()) add(ParagraphKind::heading, part_, subtitle_);
    bool operative = false, annex = false;
    std::string parent, sub;
    const ParagraphKind main = doc_.type == DocumentType::statement  ? ParagraphKind::statement
                               : doc_.type == DocumentType::decision ? ParagraphKind::decision
                                                                     : ParagraphKind::operative;
    if (main != ParagraphKind::operative) operative = true;
    for (size_t i = begin_; i < blocks_.size(); ++i) {
      const std::string& s = blocks_[i].text;
      if (blocks_[i].row || has(s, "|")) {
        add(ParagraphKind::table, "", row(s));
        continue;
      }
      if (const auto body = enacting_body(s); body && !operative && !annex) {
        add(ParagraphKind::enacting, "", s);
        continue;
      }
      if (is_annex_head(s)) {
        annex = true;
        parent.clear();
        add(ParagraphKind::heading, "", s);
        continue;
      }
      if (!annex && closing_line(s) && (operative || (i > begin_ && !find_meeting(s).empty()))) {
        operative = true;
        closing(s);
        continue;
      }
      auto numeral = find_numeral(s);
      if (!numeral.bytes) numeral = bare_numeral(s, parent);
      if (numeral.bytes) {
        std::string number = numeral.number;
        if (numeral.level == 0) {
          parent = number;
          sub.clear();
          if (!annex) operative = true;
        } else {
          // "(i)" is roman under a letter, a letter after "(h)".
          // Chinese sets (一) under (a).
          const bool nested = (numeral.level == 2 || (number[0] & 0x80 && is_lower(sub.empty() ? ' ' : sub[0]))) && !sub.empty() && !(number == "i" && sub == "h") && !(number == "v" && sub == "u") && !(number == "x" && sub == "w");
          if (!nested) sub = number;
          number = (parent.empty() ? "" : parent) + (nested ? "(" + sub + ")(" + number + ")" : "(" + number + ")");
          if (parent.empty() && !nested) number = numeral.number;
        }
        add(annex ? ParagraphKind::annex : operative ? main : ParagraphKind::preambular, number, std::string_view(s).substr(numeral.bytes));
        continue;
      }
      const bool short_line = code_points_of(s) < (zh_ ? 45u : 110u) && !ends_sentence(s);
      if (const size_t head = part_numeral(s); head && short_line && (operative || annex)) {
        std::string number(trimmed(std::string_view(s).substr(0, head)));
        while (number.ends_with('.')) number.pop_back();
        if (number.ends_with("、")) number.resize(number.size() - 3);
        if (number.ends_with("．")) number.resize(number.size() - 3);
        add(ParagraphKind::heading, number, std::string_view(s).substr(head));
        continue;
      }
      if (is_part_head(s) || (short_line && (operative || annex || i > begin_ + 1) && !find_action(s, zh_).size())) {
        add(ParagraphKind::heading, "", s);
        continue;
      }
      if (!operative && !annex && starts_operative(s) && nothing_numbered_behind(i)) operative = true;
      add(annex ? ParagraphKind::annex : operative ? main : ParagraphKind::preambular, "", s);
    }
  }

  // The unnumbered operative paragraphs of a text end it: where numbered ones or preambular ones (they end in a comma) follow,
  // what looks like one is preambular all the same.
  bool nothing_numbered_behind(size_t at) const {
    for (size_t i = at + 1; i < blocks_.size(); ++i) {
      const auto& s = blocks_[i].text;
      if (is_annex_head(s) || closing_line(s)) return true;
      const auto numeral = find_numeral(s);
      if ((numeral.bytes && numeral.level == 0) || (ends_comma(s) && code_points_of(s) > 20 && numeral.bytes == 0)) return false;
    }
    return true;
  }

  // "4 Calls upon ...": the full stop was left out, where the number is the next.
  Numeral bare_numeral(const std::string& s, const std::string& parent) const {
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

  // "II. Means of implementation", "B. Follow-up", "三. 气候资金", "一、导言": the bytes of a heading's own number, else 0.
  static size_t part_numeral(std::string_view s) {
    size_t i = 0;
    while (i < s.size() && is_upper(s[i])) ++i;
    if (i > 0 && i < s.size() && (parse_roman(s.substr(0, i)) || i == 1)) {
      if (s[i] != '.') return 0;
      size_t k = i + 1;
      while (k < s.size() && s[k] == ' ') ++k;
      return k < s.size() && !is_lower(s[k]) ? k : 0;
    }
    size_t k = 0, numerals = 0;
    while (k < s.size()) {
      size_t next = k;
      const char32_t c = next_code_point(s, next);
      if (std::u32string_view(U"一二三四五六七八九十").find(c) == std::u32string_view::npos) break;
      k = next;
      ++numerals;
    }
    if (numerals == 0 || numerals > 3 || k >= s.size()) return 0;
    size_t stop = 0;
    if (s[k] == '.') stop = k + 1;
    else if (s.substr(k).starts_with("、") || s.substr(k).starts_with("．")) stop = k + 3;
    else return 0;
    while (stop < s.size() && s[stop] == ' ') ++stop;
    return stop < s.size() ? stop : 0;
  }

  // Cells joined by " | ": closing Chinese up took the spaces.
  static std::string row(std::string_view s) {
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

  static size_t code_points_of(std::string_view s) {
    return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  }

  // A single operative paragraph bears no number: "Decides to ..." that ends the text.
  bool starts_operative(const std::string& s) const {
    const std::string f = ascii_fold(s);
    if (zh_) {
      // Preambular paragraphs end in a comma.
      if (f.ends_with("。") && !find_action(f, true).empty()) return true;
      for (const std::string_view verb : {"决定", "请", "吁请", "敦促", "要求", "呼吁", "谴责", "建议", "授权", "核准", "宣布"})
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

  void footnotes() {
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& line : notes_) {
      const std::string f = ascii_fold(line.text);
      size_t n = 0;
      while (n < f.size() && is_digit(f[n])) ++n;
      const bool star = n == 0 && f[0] == '*';
      while (star && n < f.size() && f[n] == '*') ++n;
      // A note follows the one before; a year or a page at the start of a line does not.
      const bool after_number = !found.empty() && !found.back().first.empty() && is_digit(found.back().first[0]);
      const size_t slash = slashed_note(f) ? 1 : 0;
      const bool next = n > 0 && n <= 3 && n < f.size() && (slash || f[n] == ' ' || (f[n] & 0x80) || is_upper(f[n])) &&
                        (star || !after_number || std::stoi(f.substr(0, n)) == std::stoi(found.back().first) + 1);
      if (next) found.emplace_back(f.substr(0, n), std::string(trimmed(std::string_view(line.text).substr(n + slash))));
      else if (!found.empty()) join_.add(found.back().second, line.text);
      else found.emplace_back("", line.text);
    }
    for (auto& note : given_notes_) found.push_back(std::move(note));
    for (auto& [number, text] : found) add(ParagraphKind::footnote, number, zh_ ? close_han(text) : text);
  }

  // Takes the footnotes' markers out of the text, where it says them glued to a word: "the Convention17 and", "2015,3 S-17/1".
  // They stand in the order of the notes; a marker met again names the note once more.
  void drop_markers() {
    std::vector<std::string> markers;
    std::set<std::string> known;
    for (const auto& p : doc_.paragraphs)
      if (p.kind == ParagraphKind::footnote && !p.number.empty() && is_digit(p.number[0])) markers.push_back(p.number);
    size_t next = 0;
    for (auto& p : doc_.paragraphs) {
      if (p.kind == ParagraphKind::footnote || p.kind == ParagraphKind::table) continue;
      for (size_t i = 1; i < p.text.size(); ++i) {
        if (!is_digit(p.text[i])) continue;
        std::string marker;
        // The one expected, or one soon after it where its own place was not seen.
        for (size_t k = next; k < std::min(markers.size(), next + 8) && marker.empty(); ++k) {
          const int glue = glued(p.text, i, markers[k]);
          if (glue == 0 || (glue == 1 && k > next)) continue;
          marker = markers[k];
          known.insert(marker);
          next = k + 1;
        }
        if (marker.empty() && !is_digit(p.text[i - 1]))
          for (const auto& m : known)
            if (glued(p.text, i, m) == 2) marker = m;
        if (marker.empty()) continue;
        p.text.erase(i, marker.size());
        if (zh_ && i < p.text.size() && p.text[i] == ' ') p.text.erase(i, 1);
        --i;
      }
    }
  }

  // How surely the digits at `at` are a footnote's marker: 0 not at all, 1 by their number only, 2 by their place.
  int glued(std::string_view s, size_t at, std::string_view marker) const {
    if (s.substr(at, marker.size()) != marker) return 0;
    const size_t end = at + marker.size();
    if (end < s.size() && (is_alnum(s[end]) || s[end] == '/' || s[end] == '-' || s[end] == '%' || s[end] == '(' || (s[end] == '.' && end + 1 < s.size() && is_digit(s[end + 1])))) return 0;
    const std::string_view before = s.substr(0, at), behind = s.substr(end);
    const auto year_ends = [&](size_t stop) {
      if (stop < 4 || (stop > 4 && is_digit(s[stop - 5]))) return false;
      const auto year = s.substr(stop - 4, 4);
      return std::all_of(year.begin(), year.end(), is_digit) && (year.starts_with("19") || year.starts_with("20"));
    };
    // Behind a year: "in 201317 recognized".
    if (is_digit(s[at - 1])) return year_ends(at) ? 1 : 0;
    for (const std::string_view mark : {"”", "》", "’", "»"})
      if (before.ends_with(mark)) return 2;
    if (zh_) {
      for (const std::string_view mark : {"，", "；", "。", "、", "："})
        if (before.ends_with(mark)) return behind.empty() || behind[0] == ' ' || is_han_start(behind) ? (measured(behind) ? 0 : 2) : behind.starts_with("《") ? 2 : 0;
      if (!is_han_end(before) && !before.ends_with(")") && !before.ends_with("）")) return 0;
      for (const std::string_view counted : {"第", "至", "共", "约", "达", "到", "近", "超过", "年", "月", "的", "有", "为", "和", "及", "后", "前", "下", "上", "于"})
        if (before.ends_with(counted)) return 0;
      for (const std::string_view mark : {"，", "；", "。", "、"})
        if (behind.starts_with(mark)) return 1;
      return behind.empty() || (is_han_start(behind) && !measured(behind)) ? 1 : 0;
    }
    const char c = s[at - 1], earlier = at >= 2 ? s[at - 2] : ' ';
    const bool free = behind.empty() || behind[0] == ' ';
    if (c == ',' || c == ';' || c == ':') return free && (is_digit(earlier) ? year_ends(at - 1) : earlier != ' ') ? (is_digit(earlier) ? 1 : 2) : 0;
    if (c == '.') return free && (is_lower(earlier) || earlier == ')') && (behind.empty() || (behind.size() > 1 && is_upper(behind[1]))) ? 2 : 0;
    if (c == ')') return 2;
    // Behind a word.
    size_t word = at;
    while (word > 0 && is_lower(s[word - 1])) --word;
    return at - word >= 2 ? 2 : 0;
  }

  // "个", "年", "项": what is counted.
  static bool measured(std::string_view s) {
    for (const std::string_view unit : {"个", "年", "月", "日", "名", "项", "段", "条", "款", "次", "号", "届", "国", "人", "位", "岁", "周", "天", "小时", "分", "秒", "万", "亿", "千", "百", "十", "多", "所", "类", "种",
                                        "级", "期", "份", "张", "件", "章", "节", "页", "卷", "美元", "欧元", "英镑", "度", "倍", "至", "组", "点", "处", "家", "起", "场", "批", "里", "公", "吨", "平方", "世纪", "和", "或"})
      if (s.starts_with(unit)) return true;
    return false;
  }

  static bool is_han_start(std::string_view s) {
    size_t i = 0;
    return !s.empty() && is_han(next_code_point(s, i));
  }
  static bool is_han_end(std::string_view s) {
    size_t i = s.size();
    while (i > 0 && (s[i - 1] & 0xC0) == 0x80) --i;
    if (i == 0) return false;
    --i;
    return is_han(next_code_point(s, i));
  }

  bool zh_;
  std::vector<Line> lines_, notes_;
  std::vector<std::pair<std::string, std::string>> given_notes_;  // marker, text
  Joiner join_;
  std::vector<Block> blocks_;
  Document doc_;
  std::string number_, issued_, part_, subtitle_;
  bool cover_ = false, adopted_ = false, committee_line_ = false, started_ = false, page_break_ = false;
  bool trailing_ = false;  // paragraphs' last lines end in a space
  int full_ = 0;           // columns of a full line
  size_t begin_ = 0, title_at_ = 0;
};

}  // namespace

std::optional<Document> structure_text(std::string_view utf8) {
  const auto lang = detect_language(utf8);
  if (!lang) return std::nullopt;
  return Structurer(utf8, *lang).run();
}

std::optional<Document> structure_pieces(const std::vector<Piece>& pieces) {
  std::string all;
  for (const auto& p : pieces) all += p.text + '\n';
  const auto lang = detect_language(all);
  if (!lang) return std::nullopt;
  return Structurer(pieces, *lang).run();
}

}  // namespace resolute::text
