// Longer than most: the grammar of a resolution's page is one thing and reads top to bottom.
#include "text/structure.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "schemas/action.h"
#include "schemas/body.h"
#include "schemas/symbol.h"
#include "text/citation.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool alpha(char c) { return upper(c) || lower(c); }

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t' || s.front() == '\r')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

// Spaces beside Han characters go: extraction puts them there, Chinese has none.
std::string close_han(std::string_view s) {
  std::string out;
  bool after_han = false;
  for (size_t i = 0; i < s.size();) {
    const size_t at = i;
    const char32_t c = next_code_point(s, i);
    if (c == ' ') {
      size_t k = i;
      while (k < s.size() && s[k] == ' ') ++k;
      size_t peek = k;
      const char32_t next = k < s.size() ? next_code_point(s, peek) : U' ';
      const bool wide = is_han(next) || (next >= 0x3000 && next <= 0x303F) || (next >= 0xFF00 && next <= 0xFFEF);
      if (!after_han && !wide && k < s.size()) out += ' ';
      i = k;
      continue;
    }
    after_han = is_han(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
    out += s.substr(at, i - at);
  }
  return out;
}

// What words are looked for in: width, dashes and Traditional characters folded, spaces beside Han closed.
std::string plain(std::string_view s) { return close_han(ascii_fold(simplify(s))); }

constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                      "july",    "august",   "september", "october", "november", "december"};

std::string lowered(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (upper(c)) c = static_cast<char>(c + 32);
  return out;
}

std::string iso_date(int y, int m, int d) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", y, m, d);
  return parse_date(buffer) ? buffer : "";
}

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
    const auto body = trim(spaced);
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

// "2/5", "20", "- 3 -": a page number alone.
bool is_page_number(std::string_view s) {
  bool any = false;
  for (const char c : s) {
    if (digit(c)) any = true;
    else if (c != '/' && c != '-' && c != ' ') return false;
  }
  return any && s.size() <= 9;
}

// "23-24542 (E)", "*2324542*"
bool is_job_number(std::string_view s) {
  const std::string f = ascii_fold(s);
  size_t digits = 0;
  for (const char c : f) {
    if (digit(c)) ++digits;
    else if (c != '-' && c != ' ' && c != '*' && c != '(' && c != ')' && c != 'E' && c != 'C') return false;
  }
  return digits >= 7 && (f.find('-') == 2 || f.front() == '*' || f.find('(') != std::string::npos);
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
  while (!s.empty() && (digit(s.back()) || s.back() == ')' || s.back() == '"')) s.remove_suffix(1);
  for (const std::string_view mark : {".", ";", ",", ":", "。", "；", "，", "：", "”", "、", "’"})
    if (s.ends_with(mark)) return true;
  return false;
}

bool is_annex_head(std::string_view s) {
  const std::string f = plain(s);
  if (f.size() > 60) return false;
  for (const std::string_view word : {"Annex", "Appendix", "ANNEX", "附件", "附录", "附文"}) {
    if (!f.starts_with(word)) continue;
    const auto rest = trim(std::string_view(f).substr(word.size()));
    if (rest.empty() || (rest.size() <= 12 && (upper(rest[0]) || digit(rest[0]) || (rest[0] & 0x80)))) return true;
  }
  return false;
}

// One to four short parts: "I", "A.", "Part II", "B", "一、"
bool is_part_head(std::string_view s) {
  std::string_view v = trim(s);
  if (v.ends_with(".")) v.remove_suffix(1);
  return v.size() <= 5 && !v.empty() && (parse_roman(v) || (v.size() == 1 && upper(v[0])));
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
    if (!zh_ && paragraph.size() > 2 && paragraph.back() == '-' && alpha(paragraph[paragraph.size() - 2]) && !line.empty() && lower(line[0])) {
      const size_t from = paragraph.find_last_of(" (", paragraph.size() - 2) == std::string::npos ? 0 : paragraph.find_last_of(" (", paragraph.size() - 2) + 1;
      const std::string left = lowered(std::string_view(paragraph).substr(from, paragraph.size() - 1 - from));
      size_t n = 0;
      while (n < line.size() && alpha(line[n])) ++n;
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
    if (!han || (alpha(paragraph.back()) && !line.empty() && alpha(line[0]))) paragraph += ' ';
    paragraph += line;
  }

 private:
  bool zh_;
  std::string whole_;
};

// A block of lines that belong together, before its kind is known.
struct Block {
  std::string text;
  bool footnote = false;
};

class Structurer {
 public:
  explicit Structurer(std::string_view utf8, Language lang) : zh_(lang == Language::zh), lines_(split_lines(utf8)), join_(zh_, utf8) {
    doc_.lang = lang;
  }

  std::optional<Document> run() {
    if (lines_.empty()) return std::nullopt;
    strip_furniture();
    join_lines();
    masthead();
    if (!started_ && doc_.identifier.empty() && doc_.date.empty()) return std::nullopt;
    if (!started_ && blocks_.size() < 2) return std::nullopt;
    body();
    footnotes();
    if (doc_.paragraphs.empty()) return std::nullopt;
    return std::move(doc_);
  }

 private:
  // Running heads repeat: the symbol with the title, or the symbol alone, at the top of pages.
  void strip_furniture() {
    // The document's own symbol stands first, on the cover.
    std::string symbol;
    for (size_t i = 0; i < std::min<size_t>(lines_.size(), 14) && symbol.empty(); ++i) {
      std::string_view s = lines_[i].text;
      for (const std::string_view lead : {"United Nations ", "联合国 "})
        if (s.starts_with(lead)) s.remove_prefix(lead.size());
      if (const auto parsed = parse_symbol(s)) symbol = parsed->text();
    }
    if (!symbol.empty()) {
      doc_.identifier = symbol;
      cover_ = true;
    }
    std::vector<Line> kept;
    bool in_notes = false, noted = false;
    std::string compact_symbol;
    for (const char c : symbol) if (c != ' ') compact_symbol += c;
    for (size_t i = 0; i < lines_.size(); ++i) {
      auto& line = lines_[i];
      std::string compact;
      for (const char c : ascii_fold(std::string_view(line.text).substr(0, 300)))
        if (c != ' ') compact += c;
      const bool head = !symbol.empty() && i > 3 && compact.starts_with(compact_symbol) &&
                        (compact.size() == compact_symbol.size() || !(digit(compact[compact_symbol.size()]) || upper(compact[compact_symbol.size()]) ) ||
                         line.text.size() > symbol.size() + 2);
      const bool job = is_job_number(line.text);
      const bool page = is_page_number(line.text) && (cover_ || line.page_before);
      if (head || job || page || line.page_before) in_notes = false;
      // Notes stand together: a blank line, or text behind a finished note, is the next page.
      if (in_notes && !cover_ && !notes_.empty() && noted) {
        const auto& last = notes_.back();
        const bool finished = zh_ ? last.trailing || last.text.ends_with("。") : last.text.ends_with(".") || last.text.ends_with(")");
        const bool opens = digit(line.text[0]) || line.text[0] == '*';
        if (line.blank_before || (finished && !opens)) {
          in_notes = false;
          page_break_ = true;
        }
      }
      if (head || job || page) {
        page_break_ = true;
        continue;
      }
      if (is_rule(line.text) && has(line.text, "___")) {
        in_notes = true;
        noted = false;
        continue;
      }
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

  bool starts_paragraph(const Line& line, const Line& before, const Block& previous) const {
    const auto numeral = find_numeral(line.text);
    const bool dash = line.text.starts_with("– ") || line.text.starts_with("— ") || line.text.starts_with("– ") || line.text.starts_with("• ");
    const bool opener = numeral.bytes > 0 || dash || enacting_body(line.text);
    if (dash && line.blank_before) return true;
    if (zh_) {
      // The end of the line before says more than the start of this one.
      if (trailing_) return before.trailing || (opener && line.indent >= 1);
      if (line.page_before || !line.blank_before) {
        if (opener || line.indent >= 2) return true;
        return line.indent >= 1 && ends_sentence(previous.text);
      }
      // A line that is not full ends its paragraph.
      return line.indent >= 1 || before.width < full_ - 8;
    }
    if (line.page_before) {
      if (opener) return true;
      return ends_sentence(previous.text) && (upper(line.text[0]) || line.text[0] == '(' || line.text[0] == '[');
    }
    if (line.blank_before) return true;
    // Old texts run paragraphs together without a blank line.
    if (numeral.bytes && numeral.level == 0 && ends_sentence(previous.text)) return true;
    return enacting_body(line.text).has_value();
  }

  // Old texts set their notes behind the closing line, without a rule.
  bool note_behind_closing(const Line& line) const {
    if (zh_ || blocks_.empty()) return false;
    const bool behind = !notes_.empty() || closing_line(blocks_.back().text);
    if (!behind || cover_) return false;
    size_t n = 0;
    while (n < line.text.size() && digit(line.text[n])) ++n;
    if (n == 0 && line.text[0] == '*') n = 1;
    return n > 0 && n <= 3 && n + 1 < line.text.size() && line.text[n] == ' ' && (upper(line.text[n + 1]) || line.text[n + 1] == '"' || (line.text[n + 1] & 0x80));
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
      if (first || starts_paragraph(line, *before, blocks_.back())) blocks_.push_back({line.text, false});
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
        if (cover_ && i + 1 < blocks_.size() && has(blocks_[i + 1].text, "Distr")) { doc_.body = *body; continue; }
        doc_.body = *body;
        started_ = true;
        break;
      }
      if (find_numeral(s).level == 0 && find_numeral(s).bytes && find_numeral(s).number == "1" && i > 1) break;
      masthead_line(s, i);
    }
    begin_ = started_ || i < blocks_.size() ? i : std::min<size_t>(title_at_ + 1, blocks_.size());
  }

  void masthead_line(const std::string& s, size_t at) {
    const std::string f = plain(s);
    const std::string low = lowered(f);
    // A heading broken over two lines: "Resolution 500 (1982)" "of 28 January 1982".
    if (low.starts_with("of ") && doc_.date.empty() && !find_date(f).empty()) { doc_.date = find_date(f); return; }
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
    if (const size_t dot = low.find("). resolution of "); dot != std::string::npos && digit(f[0])) {
      if (const auto symbol = parse_symbol("S/RES/" + f.substr(0, dot + 1))) {
        doc_.identifier = symbol->text();
        doc_.body = Body::sc;
        doc_.date = find_date(f);
        title_at_ = at;
        return;
      }
    }
    if (low.starts_with("distr") || low == "united nations" || low == "联合国" || low.starts_with("original:")) return;
    const std::string date = find_date(f);
    const bool adoption = has(low, "adopted by the") || has(low, "通过的决议") || has(low, "会议通过") || has(low, "大会决议") ||
                          has(low, "大会决定") || has(low, "通过的决定") || (has(low, "理事会") && has(low, "通过")) || has(low, "大会通过");
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
      doc_.committee = find_committees(f);
      committee_line_ = true;
      title_at_ = at;
      return;
    }
    if (low.starts_with("agenda item") || f.starts_with("议程项目")) {
      doc_.agenda = find_agenda(f);
      return;
    }
    if ((has(low, "session") && low.size() < 90) || (f.starts_with("第") && (f.ends_with("届会议") || f.ends_with("届特别会议") || has(f, "届紧急特别会议")))) return;
    // "78/32. Implementation of ..."
    size_t n = 0;
    if (f.starts_with("ES-")) n = 3;
    else if (f.starts_with("S-")) n = 2;
    while (n < f.size() && (digit(f[n]) || f[n] == '/')) ++n;
    if (n >= 3 && has(std::string_view(f).substr(0, n), "/") && n < f.size()) {
      size_t p = n;
      if (p < f.size() && f[p] == ' ' && p + 1 < f.size() && upper(f[p + 1]) && p + 2 < f.size() && (f[p + 2] == '.' || f[p + 2] == ' ')) p += 2;
      if (p < f.size() && f[p] == '.') {
        number_ = f.substr(0, p);
        const size_t dot = s.find('.');
        doc_.title = tidy(std::string_view(s).substr(dot + 1));
        title_at_ = at;
        return;
      }
    }
    if (f.size() < 12 && !date.empty()) return;
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
    if (const auto symbol = parse_symbol(prefix + number_)) doc_.identifier = symbol->text();
  }

  bool closing_line(const std::string& s) const {
    const std::string f = plain(s);
    const std::string low = lowered(f);
    if (f.size() > 600) return false;
    if (low.starts_with("adopted ") && (has(low, "meeting") || has(low, "vote"))) return true;
    if (f.size() < 60 && (has(low, "plenary meeting") || has(f, "次全体会议") || (f.starts_with("第") && f.ends_with("次会议")))) return true;
    if (f.size() < 24 && !find_date(f).empty()) return true;
    if (f.size() < 40 && has(low, "meeting") && digit(f[0])) return true;
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
      if (digit(low[i])) {
        size_t k = i;
        while (k < low.size() && digit(low[k])) ++k;
        counts.push_back(std::stoi(low.substr(i, std::min<size_t>(k - i, 4))));
        i = k;
      } else if (lower(low[i]) && (i == 0 || !alpha(low[i - 1]))) {
        size_t k = i;
        while (k < low.size() && lower(low[k])) ++k;
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
    if (parsed && parsed->type() == DocumentType::statement) doc_.type = DocumentType::statement;
    if (!doc_.title.empty()) add(ParagraphKind::heading, number_, doc_.title);
    bool operative = false, annex = false;
    std::string parent, sub;
    const ParagraphKind main = doc_.type == DocumentType::statement  ? ParagraphKind::statement
                               : doc_.type == DocumentType::decision ? ParagraphKind::decision
                                                                     : ParagraphKind::operative;
    if (main != ParagraphKind::operative) operative = true;
    for (size_t i = begin_; i < blocks_.size(); ++i) {
      const std::string& s = blocks_[i].text;
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
      if (!annex && operative && closing_line(s)) {
        closing(s);
        continue;
      }
      const auto numeral = find_numeral(s);
      if (numeral.bytes) {
        std::string number = numeral.number;
        if (numeral.level == 0) {
          parent = number;
          sub.clear();
          if (!annex) operative = true;
        } else {
          // "(i)" is roman under a letter, a letter after "(h)".
          const bool nested = numeral.level == 2 && !sub.empty() && !(number == "i" && sub == "h") && !(number == "v" && sub == "u") && !(number == "x" && sub == "w");
          if (!nested) sub = number;
          number = (parent.empty() ? "" : parent) + (nested ? "(" + sub + ")(" + number + ")" : "(" + number + ")");
          if (parent.empty() && !nested) number = numeral.number;
        }
        add(annex ? ParagraphKind::annex : operative ? main : ParagraphKind::preambular, number, std::string_view(s).substr(numeral.bytes));
        continue;
      }
      const bool short_line = code_points_of(s) < (zh_ ? 45u : 110u) && !ends_sentence(s);
      if (is_part_head(s) || (short_line && (operative || annex || i > begin_ + 1) && !find_action(s, zh_).size())) {
        add(ParagraphKind::heading, "", s);
        continue;
      }
      if (!operative && !annex && starts_operative(s)) operative = true;
      add(annex ? ParagraphKind::annex : operative ? main : ParagraphKind::preambular, "", s);
    }
  }

  static size_t code_points_of(std::string_view s) {
    return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  }

  // A single operative paragraph bears no number: "Decides to ..." that ends the text.
  bool starts_operative(const std::string& s) const {
    const std::string f = ascii_fold(s);
    if (zh_) {
      for (const std::string_view verb : {"决定", "请", "吁请", "敦促", "要求", "呼吁", "谴责", "建议", "授权", "核准", "宣布"})
        if (f.starts_with(verb)) return f.ends_with("。") || f.ends_with("；") || f.ends_with(":") || f.ends_with("：");
      return false;
    }
    size_t n = 0;
    while (n < f.size() && alpha(f[n])) ++n;
    const std::string first = lowered(f.substr(0, n));
    if (first.size() > 3 && first.back() == 's' && first != "conscious" && !find_action(f, false).empty()) {
      const auto action = find_action(f, false);
      return first == action || action.starts_with(first.substr(0, first.size() - 1)) || first == "requests" || first == "calls" || first == "notes" || first == "takes" || first == "expresses";
    }
    return false;
  }

  void footnotes() {
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& line : notes_) {
      const std::string f = ascii_fold(line.text);
      size_t n = 0;
      while (n < f.size() && digit(f[n])) ++n;
      const bool star = n == 0 && f[0] == '*';
      while (star && n < f.size() && f[n] == '*') ++n;
      // A note follows the one before; a year or a page at the start of a line does not.
      const bool after_number = !found.empty() && !found.back().first.empty() && digit(found.back().first[0]);
      const bool next = n > 0 && n <= 3 && n < f.size() && (f[n] == ' ' || (f[n] & 0x80) || upper(f[n])) &&
                        (star || !after_number || std::stoi(f.substr(0, n)) == std::stoi(found.back().first) + 1);
      if (next) found.emplace_back(f.substr(0, n), std::string(trim(std::string_view(line.text).substr(n))));
      else if (!found.empty()) join_.add(found.back().second, line.text);
      else found.emplace_back("", line.text);
    }
    for (auto& [number, text] : found) add(ParagraphKind::footnote, number, zh_ ? close_han(text) : text);
  }

  bool zh_;
  std::vector<Line> lines_, notes_;
  Joiner join_;
  std::vector<Block> blocks_;
  Document doc_;
  std::string number_;
  bool cover_ = false, adopted_ = false, committee_line_ = false, started_ = false, page_break_ = false;
  bool trailing_ = false;  // paragraphs' last lines end in a space
  int full_ = 0;           // columns of a full line
  size_t begin_ = 0, title_at_ = 0;
};

}  // namespace

std::string find_date(std::string_view line) {
  const std::string f = plain(line);
  for (size_t i = 0; i < f.size(); ++i) {
    if (!digit(f[i]) || (i > 0 && digit(f[i - 1]))) continue;
    size_t k = i;
    while (k < f.size() && digit(f[k])) ++k;
    const int first = k - i <= 4 ? std::stoi(f.substr(i, k - i)) : 0;
    if (k - i == 4 && f.compare(k, 3, "年") == 0) {
      size_t m = k + 3, e = m;
      while (e < f.size() && digit(f[e])) ++e;
      if (e > m && e - m <= 2 && f.compare(e, 3, "月") == 0) {
        const int month = std::stoi(f.substr(m, e - m));
        size_t d = e + 3, x = d;
        while (x < f.size() && digit(f[x])) ++x;
        if (x > d && x - d <= 2 && f.compare(x, 3, "日") == 0) return iso_date(first, month, std::stoi(f.substr(d, x - d)));
      }
    } else if (k - i <= 2) {
      size_t m = k;
      while (m < f.size() && f[m] == ' ') ++m;
      size_t e = m;
      while (e < f.size() && alpha(f[e])) ++e;
      const std::string month = lowered(std::string_view(f).substr(m, e - m));
      const auto it = std::find(kMonths.begin(), kMonths.end(), month);
      if (it == kMonths.end()) continue;
      size_t y = e;
      while (y < f.size() && (f[y] == ' ' || f[y] == ',')) ++y;
      size_t x = y;
      while (x < f.size() && digit(f[x])) ++x;
      if (x - y >= 4) return iso_date(std::stoi(f.substr(y, 4)), static_cast<int>(it - kMonths.begin()) + 1, first);
    }
  }
  return "";
}

std::string find_meeting(std::string_view line) {
  const std::string f = plain(line);
  const std::string low = lowered(f);
  for (size_t i = 0; i < f.size(); ++i) {
    if (!digit(f[i]) || (i > 0 && digit(f[i - 1]))) continue;
    size_t k = i;
    while (k < f.size() && digit(f[k])) ++k;
    if (k - i > 5) { i = k; continue; }
    const std::string number = f.substr(i, k - i);
    std::string_view rest = std::string_view(low).substr(k);
    if (rest.starts_with("次会议") || rest.starts_with("次全体会议") || rest.starts_with("次(") || (rest.starts_with("次") && has(rest.substr(0, 30), "会议"))) return number;
    for (const std::string_view suffix : {"th", "st", "nd", "rd"})
      if (rest.starts_with(suffix) && has(rest.substr(0, 45), "meeting")) return number;
  }
  return "";
}

std::vector<std::string> find_agenda(std::string_view line) {
  std::vector<std::string> out;
  const std::string f = lowered(ascii_fold(line));
  std::string item;
  const auto flush = [&] {
    if (!item.empty() && std::find(out.begin(), out.end(), item) == out.end()) out.push_back(item);
    item.clear();
  };
  bool sub = false;
  for (size_t i = 0; i < f.size();) {
    if (digit(f[i])) {
      size_t k = i;
      while (k < f.size() && digit(f[k]) && k - i < 3) ++k;
      if (!sub) flush();
      else item.clear();
      item = f.substr(i, k - i);
      sub = false;
      i = k;
      while (i < f.size() && digit(f[i])) ++i;
    } else if (f[i] == '(' && !item.empty()) {
      const size_t close = f.find(')', i);
      if (close == std::string::npos) break;
      const std::string letters = f.substr(i + 1, close - i - 1);
      if (!letters.empty() && letters.size() <= 2 && std::all_of(letters.begin(), letters.end(), lower)) {
        const std::string base = item.substr(0, item.find('('));
        item = base + "(" + letters + ")";
        if (std::find(out.begin(), out.end(), item) == out.end()) out.push_back(item);
        sub = true;
      }
      i = close + 1;
    } else {
      ++i;
    }
  }
  if (!sub) flush();
  return out;
}

Numeral find_numeral(std::string_view paragraph) {
  Numeral out;
  size_t i = 0;
  while (i < paragraph.size() && paragraph[i] == ' ') ++i;
  size_t at = i;
  const auto behind = [&](size_t p) {
    while (p < paragraph.size() && (paragraph[p] == ' ' || paragraph[p] == '\t')) ++p;
    if (paragraph.compare(p, 2, "\xC2\xA0") == 0) p += 2;
    return p;
  };
  // 12. / 12． / 12、 and OCR's "1,", "ll.", "l.", "I0."
  size_t k = at;
  while (k < paragraph.size() && (digit(paragraph[k]) || ((paragraph[k] == 'l' || paragraph[k] == 'O') && k - at < 2)) && k - at < 3) ++k;
  if (k > at && k < paragraph.size()) {
    std::string number(paragraph.substr(at, k - at));
    bool any_digit = false;
    for (char& c : number) {
      any_digit |= digit(c);
      if (c == 'l') c = '1';
      if (c == 'O') c = '0';
    }
    const bool slip = number != paragraph.substr(at, k - at);
    size_t stop = 0;
    if (paragraph[k] == '.' && !(k + 1 < paragraph.size() && digit(paragraph[k + 1]))) stop = k + 1;
    else if (paragraph.compare(k, 3, "．") == 0 || paragraph.compare(k, 3, "、") == 0) stop = k + 3;
    else if (paragraph[k] == ',' && k + 2 < paragraph.size() && paragraph[k + 1] == ' ' && upper(paragraph[k + 2])) stop = k + 1;
    if (stop && behind(stop) < paragraph.size() && number != "0" && (!slip || (paragraph[k] == '.' && upper(paragraph[behind(stop)]) && (any_digit || k - at == 2 || paragraph[at] == 'l')))) {
      out.number = number;
      out.bytes = behind(stop);
      return out;
    }
  }
  // (a) （一） ㈠ (i)
  size_t p = at;
  char32_t c = p < paragraph.size() ? next_code_point(paragraph, p) : 0;
  if (c >= 0x3220 && c <= 0x3229) {
    static constexpr std::array<const char*, 10> kHan = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    out.number = kHan[c - 0x3220];
    out.bytes = behind(p);
    out.level = 1;
    return out;
  }
  if (c == '(' || c == 0xFF08) {
    std::string inside;
    for (int n = 0; n < 6 && p < paragraph.size(); ++n) {
      const size_t before = p;
      const char32_t d = next_code_point(paragraph, p);
      if (d == ')' || d == 0xFF09) {
        const bool letters = !inside.empty() && std::all_of(inside.begin(), inside.end(), lower);
        const bool digits = !inside.empty() && std::all_of(inside.begin(), inside.end(), digit);
        const bool han = !inside.empty() && (inside[0] & 0x80);
        if (!letters && !digits && !han) return out;
        if (letters && inside.size() > 4) return out;
        out.number = inside;
        out.bytes = behind(p);
        std::string up = inside;
        for (char& x : up)
          if (lower(x)) x = static_cast<char>(x - 32);
        out.level = letters && parse_roman(up) ? 2 : 1;
        return out;
      }
      if (d >= 0xFF41 && d <= 0xFF5A) inside += static_cast<char>(d - 0xFF41 + 'a');
      else if (d < 0x80 && (lower(static_cast<char>(d)) || digit(static_cast<char>(d)))) inside += static_cast<char>(d);
      else if (d == U'一' || d == U'二' || d == U'三' || d == U'四' || d == U'五' || d == U'六' || d == U'七' || d == U'八' || d == U'九' || d == U'十')
        inside.append(paragraph.substr(before, p - before));
      else return out;
    }
  }
  return out;
}

std::optional<Language> detect_language(std::string_view utf8) {
  size_t han = 0, latin = 0, foreign = 0, letters = 0;
  for (size_t i = 0; i < utf8.size();) {
    const char32_t c = next_code_point(utf8, i);
    if (is_han(c)) ++han, ++letters;
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) ++latin, ++letters;
    else if ((c >= 0x400 && c <= 0x4FF) || (c >= 0x600 && c <= 0x6FF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7AF)) ++foreign, ++letters;
  }
  if (letters == 0 || foreign * 10 > letters * 3) return std::nullopt;
  if (han * 8 > letters) return Language::zh;
  if (latin == 0) return std::nullopt;
  // English by its small words, against the other languages the UN writes in Latin letters.
  const std::string low = lowered(utf8.substr(0, 200'000));
  size_t en = 0, other = 0;
  static const std::set<std::string_view> kEnglish = {"the", "and", "of", "to", "in", "its", "with", "by"};
  static const std::set<std::string_view> kOther = {"les", "des", "dans", "pour", "los", "las", "del", "para", "que", "une", "el", "y", "der", "die", "und", "et", "du", "sur"};
  for (size_t i = 0; i < low.size();) {
    if (!lower(low[i])) { ++i; continue; }
    size_t k = i;
    while (k < low.size() && lower(low[k])) ++k;
    const auto word = std::string_view(low).substr(i, k - i);
    en += kEnglish.count(word);
    other += kOther.count(word);
    i = k;
  }
  if (other > en && other > 2) return std::nullopt;
  return Language::en;
}

std::optional<Document> structure_text(std::string_view utf8) {
  const auto lang = detect_language(utf8);
  if (!lang) return std::nullopt;
  return Structurer(utf8, *lang).run();
}

namespace {

// The printed number, else the ordinal within the kind; dashed items under a numbered
// paragraph are its sub-paragraphs. A repeated one gets ~2.
void name_paragraphs(Document& d) {
  std::set<std::string> used;
  const auto claim = [&](Paragraph& p, const std::string& fragment) {
    std::string unique = fragment;
    for (int k = 2; !used.insert(unique).second; ++k) unique = fragment + "~" + std::to_string(k);
    p.fragment = unique;
  };
  for (auto& p : d.paragraphs)
    if (!p.fragment.empty()) claim(p, std::string(p.fragment));
  const auto numbered = [](const Paragraph& p) {
    return !p.number.empty() && p.kind != ParagraphKind::heading && p.kind != ParagraphKind::table && p.kind != ParagraphKind::closing;
  };
  for (auto& p : d.paragraphs) {
    if (!p.fragment.empty() || !numbered(p)) continue;
    std::string number;
    for (const char c : ascii_fold(p.number)) {
      if (c == '(' || c == '.' || c == ' ') {
        if (!number.empty() && number.back() != '.') number += '.';
      } else if (c != ')' && c != '@' && c != '#' && static_cast<unsigned char>(c) > 0x20) {
        number += c;
      }
    }
    while (!number.empty() && number.back() == '.') number.pop_back();
    if (number.empty()) continue;
    claim(p, fragment_prefix(p.kind) + number);
  }
  std::map<ParagraphKind, int> ordinal;
  const Paragraph* parent = nullptr;
  int under = 0;
  for (auto& p : d.paragraphs) {
    if (numbered(p)) {
      parent = &p;
      under = 0;
    }
    if (!p.fragment.empty()) continue;
    const bool dashed = p.text.starts_with("–") || p.text.starts_with("—") || p.text.starts_with("• ");
    if (dashed && parent && parent->kind == p.kind) claim(p, parent->fragment + "." + std::to_string(++under));
    else claim(p, fragment_prefix(p.kind) + std::to_string(++ordinal[p.kind]));
  }
}

}  // namespace

void complete(Document& d) {
  const auto symbol = parse_symbol(d.identifier);
  if (symbol) {
    if (d.body == Body::none) d.body = symbol->body();
    if (d.type == DocumentType::other) d.type = symbol->type().value_or(DocumentType::other);
    if (d.session.empty()) d.session = symbol->session();
  }
  name_paragraphs(d);
  std::string all;
  for (auto& p : d.paragraphs) {
    const bool zh = d.lang == Language::zh;
    const bool acts = p.kind == ParagraphKind::preambular || p.kind == ParagraphKind::operative || p.kind == ParagraphKind::statement || p.kind == ParagraphKind::decision;
    if (p.action.empty() && acts) p.action = find_action(zh ? simplify(p.text.substr(0, 240)) : p.text, zh);
    if (p.citations.empty() && symbol) {
      p.citations = find_citations(p.text, d.body);
      std::erase_if(p.citations, [&](const Citation& c) { return c.symbol == d.identifier; });
    }
    all += p.text;
    all += '\n';
  }
  if (d.concerns.empty() && symbol) d.concerns = find_subsidiary_bodies(d.lang == Language::zh ? simplify(all) : all);
}

}  // namespace resolute::text
