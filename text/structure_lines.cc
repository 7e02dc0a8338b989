#include "text/structurer.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/symbol.h"
#include "text/columns.h"
#include "text/issue.h"
#include "text/lone_numbers.h"
#include "text/marker_breaks.h"
#include "text/normalize.h"

namespace resolute::text {

namespace {

std::string without_spaces(std::string_view s) {
  std::string out;
  for (const char c : ascii_fold(s))
    if (c != ' ') out += c;
  return out;
}

constexpr size_t kLongestHead = 300;  // bytes of a running head

}  // namespace

size_t Structurer::find_formula(size_t most) const {
  // The organ's name on the cover has no comma after it.
  for (size_t i = 0; i < lines_.size(); ++i)
    if (ends_comma(lines_[i].text) && enacting_body(lines_[i].text)) return i;
  for (size_t i = 8; i < lines_.size(); ++i)
    if (enacting_body(lines_[i].text)) return i;
  return std::min(lines_.size(), most);
}

namespace {

// Letters of what stands beside the symbol in a running head.
std::string head_words(const std::string& line, const std::string& symbol) {
  std::string compact = without_spaces(line);
  if (symbol.empty()) return "";
  if (compact.starts_with(symbol)) return letters_of(compact.substr(symbol.size()));
  return compact.ends_with(symbol) ? letters_of(compact.substr(0, compact.size() - symbol.size())) : "";
}

}  // namespace

std::vector<Structurer::Sheet> Structurer::find_furniture() const {
  std::vector<Sheet> out(lines_.size(), Sheet::kept);
  const std::string symbol = without_spaces(doc_.identifier);
  const bool paged = paged_;
  const size_t cover_end = find_formula(60);  // one past the lines that can say the title
  for (size_t i = 0; i < lines_.size(); ++i) {
    const auto& s = lines_[i].text;
    if (is_rule(s) && has(s, "___"))
      out[i] = Sheet::rule;
    else if (is_job_number(s) || is_foot(s))
      out[i] = Sheet::job_number;
    else if (is_page_number(s) && ((cover_ && !all_digits(s)) || lines_[i].page_before || (paged && i + 1 < lines_.size() && lines_[i + 1].page_before)))
      out[i] = Sheet::page_number;
    else if (cover_ && !paged && is_page_number(s))
      out[i] = Sheet::page_number;
    else if (i > 3 && !symbol.empty() && s.size() < kLongestHead &&
             (s.find('/') != std::string::npos || has(s, "／") || symbol.find('/') == std::string::npos)) {
      const auto compact = without_spaces(s);
      const bool longer = compact.size() > symbol.size();
      // Alone, before the title, or after it on the other side of the sheet.
      const bool head = compact.starts_with(symbol) &&
                        (!longer || !(is_digit(compact[symbol.size()]) || is_upper(compact[symbol.size()])) || s.size() > doc_.identifier.size() + 2);
      if (head || (longer && compact.ends_with(symbol))) out[i] = Sheet::head;
    }
  }
  // The day of printing stands beside the job number: "23-25915 (E)     291223".
  const auto near = [&](size_t i, auto&& what) { return (i > 0 && what(i - 1)) || (i + 1 < lines_.size() && what(i + 1)) || (i > 1 && what(i - 2)); };
  for (size_t i = 0; i < lines_.size(); ++i)
    if (out[i] == Sheet::kept && lines_[i].text.size() == 6 && all_digits(lines_[i].text) && near(i, [&](size_t k) { return out[k] == Sheet::job_number; }))
      out[i] = Sheet::job_number;
  // Running titles: whole lines of the cover again, beside a running head or at a page's edge.
  std::string cover;
  std::set<size_t> starts, ends;  // where lines of the cover begin and end
  for (size_t i = 0; i < cover_end; ++i) {
    starts.insert(cover.size());
    const size_t number = title_number(lines_[i].text);
    cover += letters_of(lines_[i].text.substr(0, number));
    starts.insert(cover.size());
    cover += letters_of(lines_[i].text.substr(number));
    ends.insert(cover.size());
  }
  const auto whole = [&](const std::string& letters) {
    if (letters.size() < 6) return false;
    for (size_t at = cover.find(letters); at != std::string::npos; at = cover.find(letters, at + 1))
      if (starts.count(at) && ends.count(at + letters.size())) return true;
    return false;
  };
  const auto edge = [&](size_t i) { return out[i] == Sheet::head || out[i] == Sheet::job_number || out[i] == Sheet::page_number; };
  static constexpr size_t kMostTitleLines = 8;
  for (size_t i = std::max<size_t>(cover_end + 1, 4); i < lines_.size(); ++i) {
    if (edge(i)) continue;
    bool beside = edge(i - 1) || lines_[i].page_before;
    // From here down; the symbol may stand between a title's lines, or before its first on one line.
    std::string letters = i > 0 && out[i - 1] == Sheet::head ? head_words(lines_[i - 1].text, symbol) : "";
    if (cover.find(letters) == std::string::npos) letters.clear();
    for (size_t k = i; k < std::min(lines_.size(), i + kMostTitleLines) && lines_[k].text.size() < kLongestHead; ++k) {
      if (k > i && lines_[k].page_before) break;
      if (edge(k)) {
        beside = true;
        continue;
      }
      letters += letters_of(lines_[k].text);
      if (cover.find(letters) == std::string::npos) break;
      if (!(beside || (k + 1 < lines_.size() && edge(k + 1))) || !whole(letters)) continue;
      if (is_closing_line(lines_[i].text) || is_annex_head(lines_[i].text)) break;
      for (size_t m = i; m <= k; ++m)
        if (!edge(m)) out[m] = Sheet::head;
      break;
    }
  }
  return out;
}

size_t Structurer::notes_begin(const std::vector<Line>& lines, size_t begin, size_t end, int last) const {
  // From the foot upwards: a number that is the next note's, with nothing below it that belongs to the text.
  static constexpr size_t kMostNoteLines = 60;
  for (size_t i = end; i-- > begin && i + kMostNoteLines > end;) {
    const auto& s = lines[i].text;
    if (enacting_body(s)) break;
    const auto numeral = find_numeral(s);
    if (numeral.bytes && numeral.level == 0) break;
    const bool bare = all_digits(s) && s.size() <= 3;
    const int number = bare ? std::stoi(s) : note_number(s);
    if (number != last + 1) continue;
    const auto rest = trimmed(std::string_view(s).substr(std::min(s.size(), s.find(' '))));
    if (!bare && (is_lower(rest[0]) || is_digit(rest[0]) || !find_date(s.substr(0, 24)).empty())) continue;
    // A line above that ends a paragraph, or a page's end, parts them.
    if (i > begin && !bare && !ends_sentence(lines[i - 1].text)) continue;
    return i;
  }
  return end;
}

// Closes a text, but reads like the last line of a note where it ends so.
static bool ends_text(const std::string& s) { return is_closing_line(s) && !s.ends_with('.') && !s.ends_with(','); }

void Structurer::take_page_notes(std::vector<Line>& lines, size_t begin, int& highest) {
  const size_t from = notes_begin(lines, begin, lines.size(), highest);
  std::vector<Line> back;
  for (size_t i = from; i < lines.size(); ++i) {
    const auto& s = lines[i].text;
    if (ends_text(s)) {
      back.push_back(lines[i]);
      continue;
    }
    if (const int n = all_digits(s) && s.size() <= 3 ? std::stoi(s) : note_number(s); n == highest + 1) highest = n;
    notes_.push_back(lines[i]);
    notes_.back().page_before = i == from;
  }
  lines.resize(from);
  lines.insert(lines.end(), back.begin(), back.end());
}

void Structurer::strip_furniture() {
  const auto furniture = find_furniture();
  const bool paged = paged_;
  std::vector<Line> kept;
  bool in_notes = false, noted = false, indented = false;
  int note = 0, highest = 0;  // the last note's number
  size_t page_begin = 0;      // of kept
  bool turned = false;        // a form feed stood on a line that is gone
  const auto turn_page = [&] {
    if (paged && !placed_) take_page_notes(kept, page_begin, highest);
    page_begin = kept.size();
  };
  for (size_t i = 0; i < lines_.size(); ++i) {
    auto& line = lines_[i];
    const auto f = furniture[i];
    if (line.page_before) {
      if (i > 0) turn_page();
      if (paged) in_notes = false;
      turned = true;
    }
    const bool edge = f == Sheet::head || f == Sheet::page_number || f == Sheet::job_number;
    if (edge && !paged) in_notes = false;
    // Notes stand together: a blank line, or text after a finished note, is the next page.
    if (in_notes && !paged && !cover_ && !notes_.empty() && noted) {
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
      // Stars after a rule and a blank line explain a list of names: text.
      if (line.blank_before && line.text[0] == '*') in_notes = false;
    }
    if (edge) {
      doc_.furniture.push_back({f == Sheet::head ? "running head" : f == Sheet::page_number ? "page number" : "job number", line.text});
      page_break_ = true;
      continue;
    }
    if (f == Sheet::rule) {
      doc_.furniture.push_back({"rule", line.text});
      in_notes = true;
      noted = false;
      continue;
    }
    if (line.blank_before && slashed_note(line.text)) in_notes = noted = true;
    if (in_notes && ends_text(line.text)) {
      kept.push_back(line);
      continue;
    }
    if ((page_break_ || turned) && !in_notes) {
      line.page_before = true;
      page_break_ = turned = false;
    }
    if (in_notes) {
      if (const int n = all_digits(line.text) && line.text.size() <= 3 ? std::stoi(line.text) : note_number(line.text); n == highest + 1) highest = n;
      notes_.push_back(line);
      if (paged) notes_.back().page_before = std::exchange(turned, false);
      noted = true;
    } else {
      kept.push_back(line);
    }
  }
  turn_page();
  lines_ = std::move(kept);
}

void Structurer::join_cells() {
  const size_t formula = find_formula(20);
  std::vector<Line> out;
  for (size_t i = 0; i < lines_.size(); ++i) {
    auto& line = lines_[i];
    if (!line.beside || i <= formula || out.empty() || is_closing_line(line.text)) {
      out.push_back(std::move(line));
      continue;
    }
    out.back().text += " | " + line.text;
    out.back().width = line.indent + line.width - out.back().indent;
    out.back().beside = true;
  }
  // One line with a gap is no table.
  for (size_t i = 0; i < out.size(); ++i) {
    if (!out[i].beside || i < formula) continue;
    const bool row = (i > 0 && out[i - 1].beside) || (i + 1 < out.size() && out[i + 1].beside);
    if (row) continue;
    for (size_t at; (at = out[i].text.find(" | ")) != std::string::npos;) out[i].text.replace(at, 3, " ");
  }
  lines_ = std::move(out);
}

void Structurer::place_note_numbers() {
  std::vector<Line> out;
  for (size_t begin = 0, end; begin < notes_.size(); begin = end) {
    end = begin + 1;
    while (end < notes_.size() && !notes_[end].page_before) ++end;
    place_note_numbers(begin, end, out);
  }
  notes_ = std::move(out);
}

void Structurer::place_note_numbers(size_t begin, size_t end, std::vector<Line>& out) {
  const auto bare = [&](size_t i) { return all_digits(notes_[i].text) && notes_[i].text.size() <= 3; };
  struct Part {
    int number = 0;
    size_t begin = 0, end = 0;
  };
  std::vector<int> numbers;  // without a text after them
  std::vector<Part> parts;
  int full = 0;
  for (size_t i = begin; i < end; ++i) full = std::max(full, notes_[i].width);
  for (size_t i = begin; i < end; ++i) {
    if (bare(i)) {
      const bool direct = i + 1 < end && !bare(i + 1) && !notes_[i + 1].blank_before && (i == begin || !bare(i - 1));
      if (direct)
        parts.push_back({std::stoi(notes_[i].text), i + 1, i + 1});
      else
        numbers.push_back(std::stoi(notes_[i].text));
      if (!direct && i + 1 < end && !bare(i + 1)) parts.push_back({0, i + 1, i + 1});
    } else {
      if (parts.empty()) parts.push_back({0, i, i});
      parts.back().end = i + 1;
    }
  }
  if (numbers.empty() && std::none_of(parts.begin(), parts.end(), [](const Part& p) { return p.number > 0; })) {
    for (size_t i = begin; i < end; ++i) out.push_back(std::move(notes_[i]));
    return;
  }
  std::erase_if(parts, [](const Part& p) { return p.begin == p.end; });
  // As many texts as numbers: they part after full stops, the surest first.
  const auto loose = [&] { return static_cast<size_t>(std::count_if(parts.begin(), parts.end(), [](const Part& p) { return p.number == 0; })); };
  while (loose() < numbers.size()) {
    double most = 0.5;
    size_t part = 0, at = 0;
    for (size_t p = 0; p < parts.size(); ++p)
      for (size_t k = parts[p].begin + 1; k < parts[p].end; ++k) {
        const auto& before = notes_[k - 1].text;
        const double sure = (ends_note(before) || before.ends_with("。") ? 3 : 0) + (notes_[k].blank_before ? 2 : 0) +
                            (notes_[k - 1].width < full * 0.8 ? 1 : 0) - (is_lower(notes_[k].text[0]) ? 4 : 0);
        if (sure > most) most = sure, part = p, at = k;
      }
    if (at == 0) break;
    const Part rest{0, at, parts[part].end};
    parts[part].end = at;
    parts.insert(parts.begin() + static_cast<long>(part) + 1, rest);
  }
  std::sort(numbers.begin(), numbers.end());
  size_t next = 0;
  for (auto& p : parts)
    if (p.number == 0 && next < numbers.size()) p.number = numbers[next++];
  std::stable_sort(parts.begin(), parts.end(), [](const Part& x, const Part& y) { return x.number < y.number; });
  for (const auto& p : parts)
    for (size_t k = p.begin; k < p.end; ++k) {
      if (k == p.begin && p.number > 0) notes_[k].text = std::to_string(p.number) + " " + notes_[k].text;
      out.push_back(std::move(notes_[k]));
    }
}

int Structurer::note_number(std::string_view s) {
  size_t n = 0;
  while (n < s.size() && is_digit(s[n])) ++n;
  if (n == 0 || n > 3 || n >= s.size() || (s[n] != ' ' && s[n] != '/' && !(s[n] & 0x80))) return 0;
  return std::stoi(std::string(s.substr(0, n)));
}

bool Structurer::ends_note(std::string_view s) {
  for (const std::string_view word :
       {"chap.", "chaps.", "sect.", "sects.", "No.", "Nos.", "vol.", "vols.", "para.", "paras.", "p.", "pp.", "art.", "Corr.", "Add.", "Rev.", "Ibid."})
    if (s.ends_with(word)) return false;
  return s.ends_with(".") || s.ends_with(")");
}

void Structurer::join_lines() {
  untangle_columns(lines_);
  join_cells();
  rejoin_at_markers(lines_, join_);
  place_numbers(lines_, zh_);
  auto mended = mend_lines(lines_, join_, zh_);
  form_ = mended.form;
  blocks_ = std::move(mended.blocks);
  if (zh_)
    for (auto& b : blocks_) b.text = close_han(b.text);
  if (zh_) number_in_figures();
}

// Old texts number their operative paragraphs 一、二、; sections of newer ones, which have figures too, are headings and no sentences.
void Structurer::number_in_figures() {
  std::vector<std::pair<size_t, size_t>> found;  // blocks, and the bytes of their numbers
  for (size_t i = 0; i < blocks_.size(); ++i) {
    const auto& s = blocks_[i].text;
    if (const auto numeral = find_numeral(s); numeral.bytes && numeral.level == 0) return;
    const size_t bytes = is_upper(s[0]) ? 0 : part_numeral(s);
    if (bytes == 0 || !ends_sentence(s)) continue;
    size_t end = 0;
    for (size_t next = 0; next < bytes && next_code_point(s, next) >= 0x4E00; end = next) {}
    if (std::atoi(with_figures("(" + s.substr(0, end) + ")").c_str() + 1) == static_cast<int>(found.size()) + 1) found.emplace_back(i, bytes);
  }
  if (found.size() < 2) return;
  for (size_t k = 0; k < found.size(); ++k) blocks_[found[k].first].text.replace(0, found[k].second, std::to_string(k + 1) + ". ");
}

}  // namespace resolute::text
