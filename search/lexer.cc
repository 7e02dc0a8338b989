#include "search/lexer.h"

#include <algorithm>

#include "schemas/ascii.h"
#include "schemas/field.h"
#include "text/analyze.h"
#include "text/normalize.h"
#include "text/wording.h"

namespace resolute::search {
namespace {

// A text of so many words outside of curled quotation marks, a Han character half of one, is pasted rather than typed, and so
// is one of twice as many in all of which some are outside: what stands in the marks is a title that the text names.
constexpr size_t kPastedWords = 12, kSomeWords = 4;

bool known_field(std::string_view name) {
  return name == "title" || name == "subject" || name == "date" || name == "cited_by" || parse_field(name).has_value();
}

// Quotation marks: those of one kind, of which the first opens and the second closes.
struct QuoteMarks {
  char32_t open, close;
};
constexpr QuoteMarks kOtherQuotes[] = {{U'«', U'»'}, {U'‹', U'›'}, {U'「', U'」'}, {U'『', U'』'}, {U'﹁', U'﹂'}, {U'﹃', U'﹄'}, {U'｢', U'｣'}};
// Double ones, which people pair as they find them on the keyboard: “人权", „word“, 〝可持續〞.
bool is_straight(char32_t c) { return c == '"'; }
bool is_curled(char32_t c) { return c == U'“' || c == U'”' || c == U'„' || c == U'‟' || c == U'〝' || c == U'〞' || c == U'〟' || c == U'❝' || c == U'❞'; }
bool opens_only(char32_t c) { return c == U'“' || c == U'„' || c == U'〝' || c == U'❝'; }
bool begins_quote(char32_t c) {
  return is_straight(c) || is_curled(c) || std::any_of(std::begin(kOtherQuotes), std::end(kOtherQuotes), [&](const QuoteMarks& m) { return m.open == c; });
}

bool is_blank(char32_t c) { return c <= ' '; }

// The query with what a Chinese keyboard or a phone gives for an operator as that operator: full width to half, every colon and
// star one, a dash before a word and after a space a minus.
std::string with_operators(std::string_view q) {
  std::string out;
  bool at_word = true;  // where a minus may stand
  for (size_t i = 0; i < q.size();) {
    char32_t c = text::next_code_point(q, i);
    if (c == 0x3000 || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200A))
      c = ' ';
    else if (c >= 0xFF01 && c <= 0xFF5E)
      c -= 0xFEE0;
    else if (c == 0x2236 || c == 0xFE55 || c == 0xA789 || c == 0xFE13)
      c = ':';
    else if (c == 0x2217 || c == 0xFE61 || c == 0x204E)
      c = '*';
    else if (c == 0xFE62)
      c = '+';
    else if (c == 0xFE59)
      c = '(';
    else if (c == 0xFE5A)
      c = ')';
    else if (at_word && ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFE58))
      c = '-';
    text::append_utf8(out, c);
    at_word = is_blank(c) || c == '(' || c == '+' || c == '-';
  }
  return out;
}

class Lexer {
 public:
  explicit Lexer(std::string_view s, std::vector<std::string>& notices) : text_(s), notices_(notices) {}

  std::vector<Lexeme> run() {
    while (at_ < text_.size()) {
      const size_t at = at_;
      size_t peek = at_;
      const char32_t c = text::next_code_point(text_, peek);
      if (is_blank(c)) {
        at_ = peek;
        continue;
      }
      if (begins_quote(c)) {
        phrase(c, peek);
        continue;
      }
      if (c == U'‘' && spaced_before(at) && single_quote(peek)) continue;
      if (c == '(' && spaced_before(at)) {
        out_.push_back({Lexeme::Type::open, "("});
        at_ = peek;
        ++depth_;
        continue;
      }
      if (c == ')' && depth_ > 0) {
        out_.push_back({Lexeme::Type::close, ")"});
        at_ = peek;
        --depth_;
        continue;
      }
      if (c == '+' && spaced_before(at) && more(peek)) {
        out_.push_back({Lexeme::Type::plus, "+"});
        at_ = peek;
        continue;
      }
      if (c == '-' && spaced_before(at) && more(peek)) {
        out_.push_back({Lexeme::Type::minus, "-"});
        at_ = peek;
        continue;
      }
      word(at);
    }
    unquote_pasted();
    return std::move(out_);
  }

 private:
  void unquote_pasted() {
    size_t outside = 0, inside = 0;  // half words
    std::vector<text::WordingToken> tokens;
    for (const auto& l : out_) {
      if (l.type != Lexeme::Type::word && !l.curled) continue;
      const std::string folded = text::fold(l.text);
      text::wording_tokens(folded, tokens);
      for (const auto& t : tokens) (l.curled ? inside : outside) += folded[t.begin] & 0x80 ? 1 : 2;
    }
    const bool pasted = outside >= 2 * kPastedWords || (outside >= 2 * kSomeWords && outside + inside >= 4 * kPastedWords);
    bool any = false;
    for (auto& l : out_)
      if (l.curled && pasted) {
        l.type = Lexeme::Type::word;
        any = true;
      }
    if (any) notices_.push_back("The quotation marks “ ” of a pasted text were left out; \"...\" is exact");
  }

  bool spaced_before(size_t at) const {
    return at == 0 || text_[at - 1] == ' ' || text_[at - 1] == '(' || text_[at - 1] == '+' || text_[at - 1] == '-' || text_[at - 1] == ':' ||
           text_[at - 1] == '\t' || text_[at - 1] == '\n';
  }
  bool more(size_t at) const { return at < text_.size() && text_[at] != ' ' && text_[at] != '+' && text_[at] != '-'; }

  void add_phrase(size_t from, size_t to, size_t next, bool curled) {
    out_.push_back({Lexeme::Type::phrase, std::string(text_.substr(from, to - from)), 0, curled});
    at_ = next;
  }

  // Marks in text_[from, to) for which `is` holds.
  template <typename Is>
  size_t count(size_t from, size_t to, Is is) const {
    size_t n = 0;
    while (from < to) n += is(text::next_code_point(text_, from));
    return n;
  }

  // Closed by its own kind. Of the double ones a straight and a curled mark close each other too, unless they are pairs within.
  void phrase(char32_t open, size_t from) {
    const auto other = std::find_if(std::begin(kOtherQuotes), std::end(kOtherQuotes), [&](const QuoteMarks& m) { return m.open == open; });
    const bool curled = !is_straight(open);
    bool within = false, inner = false;  // a curled pair, a straight pair
    for (size_t at = from; at < text_.size();) {
      const size_t before = at;
      const char32_t c = text::next_code_point(text_, at);
      if (other != std::end(kOtherQuotes)) {
        if (c == other->close) return add_phrase(from, before, at, true);
      } else if (!curled && is_curled(c)) {
        const bool closes = !within && !opens_only(c) && count(at, text_.size(), is_straight) % 2 == 0;
        if (closes) return add_phrase(from, before, at, false);
        within = opens_only(c);
      } else if (is_curled(c)) {
        return add_phrase(from, before, at, true);
      } else if (is_straight(c)) {
        if (inner) {
          inner = false;
          continue;
        }
        size_t end = at;  // of a curled quote around straight ones
        while (curled && end < text_.size()) {
          size_t next = end;
          if (is_curled(text::next_code_point(text_, next))) break;
          end = next;
        }
        inner = curled && end < text_.size() && count(at, end, is_straight) % 2 == 1;
        if (!inner) return add_phrase(from, before, at, false);
      }
    }
    notices_.push_back("A quotation mark is not closed: the rest is taken as the quote");
    add_phrase(from, text_.size(), text_.size(), curled);
  }

  // ‘...’ around words, not an apostrophe.
  bool single_quote(size_t from) {
    for (size_t at = from; at < text_.size();) {
      const size_t before = at;
      if (text::next_code_point(text_, at) != U'’' || (at < text_.size() && text_[at] != ' ' && text_[at] != ')')) continue;
      add_phrase(from, before, at, true);
      return true;
    }
    return false;
  }

  void word(size_t from) {
    int open = 0;
    size_t at = from;
    while (at < text_.size()) {
      size_t next = at;
      const char32_t c = text::next_code_point(text_, next);
      if (is_blank(c) || (begins_quote(c) && at > from)) break;
      // A parenthesis inside a word belongs to it (1963(2010)); a closing one alone does not.
      if (c == '(') ++open;
      if (c == ')' && --open < 0) {
        if (depth_ > 0) break;
        open = 0;
      }
      if (c == ':' && at > from && field(from, at)) return;
      at = next;
    }
    if (at == from) text::next_code_point(text_, at);
    const std::string w(text_.substr(from, at - from));
    at_ = at;
    if (w == "AND")
      out_.push_back({Lexeme::Type::and_, w});
    else if (w == "OR")
      out_.push_back({Lexeme::Type::or_, w});
    else if (w == "NOT")
      out_.push_back({Lexeme::Type::not_, w});
    else if (w.starts_with("NEAR/") && w.size() > 5 && w.size() <= 8 && std::all_of(w.begin() + 5, w.end(), is_digit)) {
      const int asked = std::stoi(w.substr(5)), distance = std::clamp(asked, 1, 100);
      if (asked != distance) notices_.push_back(w + " is read as NEAR/" + std::to_string(distance));
      out_.push_back({Lexeme::Type::near, w, distance});
    } else if (w == "NEAR")
      out_.push_back({Lexeme::Type::near, w, 10});
    else
      out_.push_back({Lexeme::Type::word, w});
  }

  // A field whose colon is at `colon`, with its value; false where it is none. A value may stand after a space: the field is
  // written as fields are, and a word follows.
  bool field(size_t from, size_t colon) {
    const std::string_view given = text_.substr(from, colon - from);
    const std::string name = lowered(given);
    if (!known_field(name)) return false;
    size_t next = colon + 1;
    while (next < text_.size() && text_[next] == ' ') ++next;
    if (next == text_.size()) return false;
    if (next > colon + 1) {
      if (given != name) {
        notices_.push_back("'" + std::string(given) + ":' is read as a word; a field is written '" + name + ":...'");
        return false;
      }
      notices_.push_back("'" + name + ": ' is read as '" + name + ":', a field, with what stands after the space");
    }
    out_.push_back({Lexeme::Type::field, name});
    at_ = next;
    size_t peek = next;
    if (!begins_quote(text::next_code_point(text_, peek)) && text_[next] != '(') value(next);
    return true;
  }

  // A field's value runs to the next space outside parentheses.
  void value(size_t from) {
    size_t at = from;
    int open = 0;
    while (at < text_.size() && text_[at] != ' ' && text_[at] != '"' && text_[at] != '\n' && text_[at] != '\t') {
      if (text_[at] == '(') ++open;
      if (text_[at] == ')' && --open < 0) break;
      ++at;
    }
    out_.push_back({Lexeme::Type::word, std::string(text_.substr(from, at - from))});
    at_ = at;
  }

  std::string_view text_;
  std::vector<std::string>& notices_;
  std::vector<Lexeme> out_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::vector<Lexeme> cut_query(std::string_view query, std::vector<std::string>& notices) {
  const std::string text = with_operators(query);
  return Lexer(text, notices).run();
}

}  // namespace resolute::search
