#include "text/form.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/line_evidence.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

// Weights are logarithms of odds, as read off many files: positive for a new paragraph. Rows are what ends
// the line before, columns whether running text or a heading ends there.
constexpr double kCertain = 30;
constexpr double kEndsText[] = {1.2, -0.6, -3.4, -5.0};
// Chinese paragraphs end in a mark; only headings have none. What follows a comma opens with an action that is known.
constexpr double kEndsChinese[] = {1.2, -0.6, -5.0, -5.5};
// An opening action after a comma, in a preamble: in English a capital says it, in Chinese sentences go on
// so, too.
constexpr double kActionInEnglish = 7.0, kActionInChinese = 5.0;
constexpr double kEndsHead[] = {-0.5, -2.0, 0.4, -5.0};

constexpr double kMostOdds = 4.5;
constexpr size_t kFewestIndented = 4;
constexpr size_t kFeatures = 4;  // gap, room, indent, trailing
constexpr size_t kMostValues = 6;

struct Seen {
  End end = End::none;  // of this line
  Start start = Start::plain;
  std::array<unsigned char, kFeatures> layout{};  // against the line before
  bool numbered = false;                          // after the first number of the text
  bool in_title = false;                          // between a title's number and the formula
  bool in_list = false;                           // goes on a list of States
  bool submits = false;                           // ends what says who submits a draft, above its title
  int right = 0;                                  // column one past its last character
  int token = 0;                                  // columns of its first word
};

class Mender {
 public:
  Mender(const std::vector<Line>& lines, bool zh) : lines_(lines), zh_(zh) { look(); }

  Mended run(const Joiner& join) {
    find_width();
    learn_sure();
    best_path();
    learn(begins_);
    best_path();
    Mended out;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (i == 0 || begins_[i])
        out.blocks.push_back({lines_[i].text, lines_[i].row, heads_[i] != 0});
      else
        join.add(out.blocks.back().text, lines_[i].text);
    }
    out.full = full_;
    out.form = form();
    return out;
  }

 private:
  void look();
  void look_layout();
  Start start_of(size_t i, int& number, std::array<std::string, 3>& items, int& note, bool& closed) const;
  // What the words alone say: odds for a new paragraph at line i, after running text or after a heading.
  double words(size_t i, bool after_head) const;
  double layout(size_t i) const;
  void find_width();
  void learn_sure();
  void learn(const std::vector<char>& begins);
  void best_path();
  Form form() const;

  const std::vector<Line>& lines_;
  bool zh_;
  int full_ = 0;
  std::vector<Seen> seen_;
  std::vector<char> begins_, heads_;
  std::array<std::array<double, kMostValues>, kFeatures> odds_{};
  double prior_ = 0;
  bool spaced_ = false;    // some lines have a space after
  bool indented_ = false;  // paragraphs' first lines are
};

Start Mender::start_of(size_t i, int& number, std::array<std::string, 3>& items, int& note, bool& closed) const {
  const std::string& s = lines_[i].text;
  if (lines_[i].row) return Start::row;
  const End before = i > 0 ? seen_[i - 1].end : End::stop;
  size_t at = 0;
  const char32_t c = next_code_point(s, at);
  static constexpr std::u32string_view kForbidden = U"，。；：、）》”’！？〉」』";
  if (kForbidden.find(c) != std::u32string_view::npos ||
      (c < 0x80 && std::string_view(",;.)").find(static_cast<char>(c)) != std::string_view::npos && !s.starts_with("...")))
    return Start::forbidden;
  if (enacting_body(s) || opens_decision(s)) return Start::formula;
  if (is_annex_head(s) || opens_masthead(s)) return Start::head;
  if (is_cover_line(s)) return Start::cover;
  if (const int n = opens_note(s, closed, note)) {
    const bool next = n == note + 1;
    if (next || note == 0) {
      note = n;
      return Start::note;
    }
  }
  if (const auto numeral = find_numeral(s); numeral.bytes) {
    if (numeral.level == 0) {
      const int n = std::atoi(numeral.number.c_str());
      const bool next = n == number + 1 || (n == 1 && before != End::open);
      const bool near = n > number && n <= number + 3;
      if (next || near) number = n;
      if (next) items = {};
      return next && before != End::open ? Start::number : Start::loose_number;
    }
    // Each kind of number is a list of its own.
    const size_t kind = numeral.number[0] & 0x80 ? 2 : numeral.level == 2 ? 1 : 0;
    bool next = follows(numeral.number, items[kind]);
    if (kind == 1 && !next && follows(numeral.number, items[0])) next = true, items[0] = numeral.number;
    const bool first = numeral.number == "a" || numeral.number == "i" || numeral.number == "一" || numeral.number == "1";
    const bool fits = next && before != End::open && (before != End::none || !first);
    if (fits) {
      items[kind] = numeral.number;
      for (size_t k = kind + 1; k < 2; ++k) items[k].clear();
      return Start::item;
    }
    return Start::loose_item;
  }
  for (const std::string_view dash : {"– ", "— ", "• ", "- ", "· "})
    if (s.starts_with(dash)) return Start::dash;
  if (is_lower(s[0]) || (zh_ && goes_on(s))) return Start::lower;
  if (is_closing_line(s)) return Start::closing;
  if (is_part_head(s) || (lines_[i].width < 80 && before != End::open && !ends_sentence(s) && part_numeral(s))) return Start::head;
  if (zh_ ? before == End::comma || before == End::stop : is_upper(s[0]))
    if (!find_action(zh_ ? std::string_view(simplify(s.substr(0, 120))) : std::string_view(s), zh_).empty()) return Start::action;
  if (!zh_ && before == End::comma && is_participle(s)) return Start::action;
  return Start::plain;
}

void Mender::look() {
  seen_.resize(lines_.size());
  static constexpr int kMostBracketLines = 4;
  int number = 0, note = 0, depth = 0, open_for = 0;
  bool closed = false;
  std::array<std::string, 3> items;
  for (size_t i = 0; i < lines_.size(); ++i) {
    seen_[i].end = end_of(lines_[i].text, zh_);
    // A bracket that does not close soon was none.
    depth = open_brackets(lines_[i].text, depth);
    open_for = depth > 0 ? open_for + 1 : 0;
    if (open_for > kMostBracketLines) depth = open_for = 0;
    if (depth > 0) seen_[i].end = End::open;
    seen_[i].right = lines_[i].indent + lines_[i].width;
    seen_[i].token = static_cast<int>(first_token_width(lines_[i].text));
    seen_[i].start = start_of(i, number, items, note, closed);
    if (seen_[i].start == Start::closing && number > 0) closed = true;
    if (seen_[i].start == Start::head || seen_[i].start == Start::number) closed = false;
  }
  for (size_t i = 0; i < lines_.size() && seen_[i].start != Start::number; ++i) {
    seen_[i].submits = ends_submission(lines_[i].text);
    if (seen_[i].start == Start::formula && seen_[i].end == End::comma) break;
  }
  // A list of States that wraps after a comma, above a draft's title.
  for (size_t i = 0; i + 1 < lines_.size() && seen_[i].start != Start::number && seen_[i].start != Start::formula; ++i)
    seen_[i + 1].in_list = seen_[i].end == End::comma && lists_states(lines_[i].text);
  bool numbered = false;
  for (auto& s : seen_) {
    if (s.start == Start::formula) numbered = false;
    numbered |= s.start == Start::number;
    s.numbered = numbered;
  }
  // A title's further lines: up to the formula, where that is near.
  for (size_t i = 0; i < lines_.size(); ++i) {
    if (!title_number(lines_[i].text)) continue;
    size_t k = i + 1;
    // What looks like a cover's line may be a title's, where the one before is long: "on the work of its fifty-seventh session".
    const auto long_title = [&](size_t m) {
      const int above = lines_[m - 1].width;  // of a wrapped line; what is wider is a paragraph by itself
      return !lines_[m].blank_before && seen_[m - 1].end == End::none && above > 40 && above < 110 && lines_[m].width > 8;
    };
    while (k < lines_.size() && k < i + 7 &&
           (seen_[k].start == Start::plain || seen_[k].start == Start::lower ||
            (seen_[k].start == Start::cover && (seen_[k - 1].end == End::open || long_title(k)))))
      ++k;
    if (k < lines_.size() && seen_[k].start == Start::formula)
      for (size_t m = i + 1; m < k; ++m) {
        seen_[m].in_title = !lines_[m].blank_before || lines_[m - 1].width > 60;
        if (seen_[m].start == Start::cover && long_title(m)) seen_[m].start = Start::plain;
      }
  }
  begins_.assign(lines_.size(), 0);
  heads_.assign(lines_.size(), 0);
}

double Mender::words(size_t i, bool after_head) const {
  if (seen_[i - 1].start == Start::row) return kCertain;
  const End end = seen_[i - 1].end;
  const bool cover_before = seen_[i - 1].start == Start::cover || seen_[i - 1].start == Start::formula;
  double odds = (after_head ? kEndsHead : zh_ ? kEndsChinese : kEndsText)[static_cast<size_t>(end)];
  if (zh_ && !after_head && end == End::comma && seen_[i].numbered && seen_[i].start == Start::plain) odds -= 1;
  switch (seen_[i].start) {
    case Start::row: return kCertain;
    case Start::forbidden: odds -= 8; break;
    case Start::lower: odds -= end == End::stop ? 1.5 : 3; break;
    case Start::number: odds += 6; break;
    case Start::loose_number: odds += end == End::stop ? 2 : -1; break;
    case Start::item: odds += end == End::none ? 6.5 : 5; break;
    case Start::loose_item: odds += end == End::stop || end == End::comma ? 1.5 : -1; break;
    case Start::dash: odds += end == End::none ? 1 : 3.5; break;
    case Start::action: odds += end == End::none ? 0 : end == End::comma ? (zh_ ? (seen_[i].numbered ? 0.5 : kActionInChinese) : kActionInEnglish) : 3.4; break;
    case Start::formula: odds += 6; break;
    case Start::cover: odds += end == End::open ? 0 : 8; break;
    case Start::head: odds += end != End::open ? 5 : title_number(lines_[i].text) ? 8 : 0; break;
    case Start::closing: odds += end == End::open ? 0 : 9; break;
    case Start::note: odds += 5; break;
    case Start::plain: break;
  }
  if (seen_[i - 1].submits) odds += 9;
  if (cuts_number(lines_[i - 1].text, lines_[i].text)) odds -= 8;
  if (seen_[i].in_title) odds -= 4;
  if (seen_[i].in_list) odds -= 9;
  if (lines_[i].parted) odds += 4;
  if (cover_before && end != End::open && odds > -4 && seen_[i].start != Start::lower && seen_[i].start != Start::forbidden) odds = std::max(odds, 2.5);
  return odds;
}

double Mender::layout(size_t i) const {
  double odds = prior_;
  for (size_t f = 0; f < kFeatures; ++f) odds += odds_[f][seen_[i].layout[f]];
  // A title hangs from its number, in a column of its own.
  if (full_ > 0 && seen_[i].in_title && !lines_[i].blank_before) return std::min(odds, 0.0);
  // Places say much, but not against what words leave no doubt of.
  const bool apart = seen_[i].layout[0] == 1 && odds_[0][1] > kMostOdds;
  return std::clamp(odds, -6.5, apart ? 9.5 : 6.5);
}

void Mender::find_width() {
  // Lines that surely go on: their right edges say where a full line ends.
  std::vector<int> edges;
  size_t wide = 0;
  for (size_t i = 1; i < lines_.size(); ++i) {
    wide += lines_[i].width > 150;
    const bool sure = seen_[i].start == Start::forbidden || (seen_[i].start == Start::lower && seen_[i - 1].end != End::stop) ||
                      (seen_[i - 1].end == End::open && seen_[i].start == Start::plain) ||
                      (zh_ && seen_[i - 1].end == End::none && seen_[i].start == Start::plain && lines_[i - 1].width >= 40);
    if (sure) edges.push_back(seen_[i - 1].right);
  }
  // Nobody breaks lines at that width: they are paragraphs.
  const bool unbroken = wide * 20 > lines_.size();
  if (edges.size() >= (lines_.size() < 40 ? 1u : 2u) && edges.size() * 25 >= lines_.size() && !unbroken) {
    std::sort(edges.begin(), edges.end());
    full_ = edges[(edges.size() - 1) * 9 / 10];
    // Where many lines are longer, that one was no full line.
    const auto longer = static_cast<size_t>(std::count_if(seen_.begin(), seen_.end(), [&](const Seen& s) { return s.right * 10 > full_ * 12; }));
    if (longer * 8 > lines_.size()) full_ = 0;
  }
  // Where the format tells the edges of columns, lines are broken there.
  for (const auto& line : lines_)
    if (full_ == 0 && line.edge > 0) full_ = line.edge;
  // Spaces after some lines only: extraction leaves them at the ends of paragraphs.
  const auto trailing = static_cast<size_t>(std::count_if(lines_.begin(), lines_.end(), [](const Line& l) { return l.trailing; }));
  spaced_ = trailing * 20 > lines_.size() && trailing * 10 < lines_.size() * 9;
  prior_ = full_ > 0 ? -0.8 : spaced_ ? 0 : 3.0;
  look_layout();
}

void Mender::look_layout() {
  // Where most lines begin, and where most of those do that begin deeper than the line above: paragraphs' first lines, where these are
  // indented. Two there, one below the other, are two paragraphs of a line each.
  std::map<int, size_t> all, deeper;
  for (const auto& line : lines_) ++all[line.indent];
  const auto most = [](const std::map<int, size_t>& of) {
    return of.empty() ? -1 : std::max_element(of.begin(), of.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
  };
  const int margin = most(all);
  for (size_t i = 1; i < lines_.size(); ++i)
    if (lines_[i - 1].indent == margin && lines_[i].indent > margin + 1) ++deeper[lines_[i].indent];
  const int first = most(deeper);
  // Of texts: a page's headings hang where its first lines do.
  const bool page = std::any_of(lines_.begin(), lines_.end(), [](const Line& l) { return l.edge > 0; });
  indented_ = !page && first > 0 && deeper[first] >= kFewestIndented && deeper[first] * 25 >= lines_.size();
  for (size_t i = 1; i < lines_.size(); ++i) {
    auto& f = seen_[i].layout;
    const auto& line = lines_[i];
    f[0] = line.page_before ? 2 : line.blank_before ? 1 : 0;
    const int full = lines_[i - 1].edge > 0 ? lines_[i - 1].edge : full_;
    if (full > 0 && full_ > 0) {
      const double room = full - (seen_[i - 1].right + 1 + seen_[i].token);
      const double share = room / full;
      f[1] = static_cast<unsigned char>(share < -0.02 ? 0 : share < 0.03 ? 1 : share < 0.1 ? 2 : share < 0.3 ? 3 : 4);
    } else {
      f[1] = 5;
    }
    const int step = line.indent - lines_[i - 1].indent;
    f[2] = static_cast<unsigned char>(step < 0 ? 0 : step > 1 ? 3 : step == 1 ? 2 : indented_ && line.indent == first ? 4 : 1);
    f[3] = lines_[i - 1].trailing;
  }
}

// Counts that stand for what files in general do, before this one has said anything.
struct Prior {
  double begin, go_on;
};
constexpr Prior kPriors[kFeatures][kMostValues] = {
    {{2.0, 4.4}, {3.0, 0.25}, {0.5, 0.5}, {0, 0}, {0, 0}, {0, 0}},
    {{0.6, 3.0}, {0.5, 1.6}, {0.6, 0.5}, {1.2, 0.12}, {2.0, 0.06}, {0.5, 0.5}},
    {{1.0, 0.9}, {3.0, 3.6}, {0.7, 0.4}, {1.0, 0.3}, {0.25, 0.3}, {0, 0}},
    {{3.0, 3.0}, {0.6, 0.6}, {0, 0}, {0, 0}, {0, 0}, {0, 0}},
};

void Mender::learn(const std::vector<char>& begins) {
  // begins: 1 a new paragraph, 0 one that goes on, anything else is no witness. The head is set in its own
  // way, and numbered paragraphs often are.
  double total[kFeatures][2] = {}, count[kFeatures][kMostValues][2] = {};
  for (size_t f = 0; f < kFeatures; ++f)
    for (size_t v = 0; v < kMostValues; ++v) {
      Prior prior = kPriors[f][v];
      if (f == 3 && spaced_ && v < 2) prior = v ? Prior{3.0, 0.4} : Prior{0.4, 3.0};
      if (f == 2 && v == 4) prior = indented_ ? Prior{1.0, 0.3} : Prior{0, 0};
      if (f == 2 && v == 1 && indented_) prior = {0.6, 3.6};
      count[f][v][1] = prior.begin, count[f][v][0] = prior.go_on;
      total[f][1] += prior.begin, total[f][0] += prior.go_on;
    }
  for (size_t i = 1; i < lines_.size(); ++i) {
    const auto b = static_cast<size_t>(static_cast<unsigned char>(begins[i]));
    if (b > 1) continue;
    const Start s = seen_[i].start, last = seen_[i - 1].start;
    if (b == 1 && (s == Start::cover || s == Start::head || s == Start::closing || s == Start::formula || last == Start::cover || last == Start::head ||
                   last == Start::closing))
      continue;
    const double weight = b == 1 && (s == Start::number || s == Start::note) ? 0.2 : 1;
    for (size_t f = 0; f < kFeatures; ++f) count[f][seen_[i].layout[f]][b] += weight, total[f][b] += weight;
  }
  for (size_t f = 0; f < kFeatures; ++f)
    for (size_t v = 0; v < kMostValues; ++v) {
      const double begin = count[f][v][1] / total[f][1], go_on = count[f][v][0] / total[f][0];
      // Blank lines that never stand within a paragraph leave less doubt than anything else.
      const double most = f == 0 && v == 1 ? 2 * kMostOdds : kMostOdds;
      odds_[f][v] = begin > 0 && go_on > 0 ? std::clamp(std::log(begin / go_on), -kMostOdds, most) : 0;
    }
}

void Mender::learn_sure() {
  std::vector<char> sure(lines_.size(), 2);
  for (size_t i = 1; i < lines_.size(); ++i) {
    const double text = words(i, false), head = words(i, true);
    if (std::min(text, head) > 3.2)
      sure[i] = 1;
    else if (std::max(text, head) < -2.5 || (seen_[i - 1].end == End::none && seen_[i].start == Start::plain && full_ > 0 && seen_[i - 1].right > full_ * 0.9 &&
                                             text < -2 && (zh_ || !lines_[i].blank_before)))  // a capital after a blank line may be a heading's
      sure[i] = 0;
  }
  learn(sure);
}

void Mender::best_path() {
  // States: in running text, in a heading; how the best path came to each is kept for the way back.
  struct Step {
    double score[2];
    unsigned char from[2];  // state of the line before, +2 where a paragraph begins here
  };
  const size_t n = lines_.size();
  if (n == 0) return;
  std::vector<Step> steps(n);
  const auto begins_as = [&](size_t i, bool head) {
    const Start s = seen_[i].start;
    if (!head) return s == Start::cover || s == Start::head ? -2.5 : 0.0;
    double score = -0.3;
    if (s == Start::lower) score -= 2;
    if (s == Start::number || s == Start::item || s == Start::action || s == Start::formula || s == Start::note || s == Start::dash) score -= 3;
    if (seen_[i].end == End::stop || seen_[i].end == End::comma) score -= 0.8;
    if (lines_[i].width > 110) score -= 1.5;
    // A number, and a line that is full: running text.
    if ((s == Start::number || s == Start::item) && lines_[i].width > 60) score -= 3;
    return score;
  };
  steps[0] = {{begins_as(0, false), begins_as(0, true)}, {2, 2}};
  for (size_t i = 1; i < n; ++i) {
    const double place = layout(i);
    double ends[2];
    for (const int s : {0, 1}) ends[s] = steps[i - 1].score[s] + place + words(i, s == 1);
    const unsigned char best = ends[1] > ends[0];
    for (const int s : {0, 1}) {
      const double begin = ends[best] + begins_as(i, s == 1);
      // Headings are of few lines.
      const double go_on = steps[i - 1].score[s] - (s == 1 ? 0.5 : 0);
      steps[i].score[s] = std::max(begin, go_on);
      steps[i].from[s] = static_cast<unsigned char>(begin > go_on ? best + 2 : s);
    }
  }
  // A last line of running text ends as paragraphs do.
  unsigned char state =
      steps[n - 1].score[1] + kEndsHead[static_cast<size_t>(seen_[n - 1].end)] > steps[n - 1].score[0] + kEndsText[static_cast<size_t>(seen_[n - 1].end)];
  for (size_t i = n; i-- > 0;) {
    heads_[i] = static_cast<char>(state);
    const unsigned char from = steps[i].from[state];
    begins_[i] = from >= 2;
    state = from & 1;
  }
}

Form Mender::form() const {
  size_t begun = 0, apart = 0, on = 0, holes = 0;
  for (size_t i = 1; i < lines_.size(); ++i) {
    if (begins_[i])
      ++begun, apart += lines_[i].blank_before;
    else
      ++on, holes += lines_[i].blank_before;
  }
  if (on >= 4 && holes * 2 > on) return Form::scattered;
  const bool spaced = apart * 2 > begun;
  const bool broken = on * 20 > lines_.size();
  return broken ? (spaced ? Form::wrapped_spaced : Form::wrapped) : spaced ? Form::lines_spaced : Form::lines;
}

}  // namespace

const char* print_form(Form form) {
  switch (form) {
    case Form::lines: return "paragraph-a-line";
    case Form::lines_spaced: return "paragraph-a-line, blank lines between";
    case Form::wrapped: return "wrapped";
    case Form::wrapped_spaced: return "wrapped, blank lines between paragraphs";
    case Form::scattered: return "wrapped, blank lines between lines";
  }
  return "";
}

Mended mend_lines(const std::vector<Line>& lines, const Joiner& join, bool zh) {
  if (lines.empty()) return {};
  return Mender(lines, zh).run(join);
}

}  // namespace resolute::text
