#include "search/query.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/analyze.h"
#include "text/normalize.h"
#include "text/plain_form.h"
#include "text/wording.h"

namespace resolute::search {
namespace {

using Kind = Node::Kind;

struct Lexeme {
  enum class Type { word, phrase, open, close, and_, or_, not_, near, plus, minus, field } type;
  std::string text;  // of a word as written, of a phrase its inside; the field's name
  int distance = 0;
  bool curled = false;  // of a phrase: between “ and ”
};

// A text of so many words outside of curled quotation marks, a Han character half of one, is pasted rather than typed, and so
// is one of twice as many in all of which some are outside: what stands in the marks is a title that the text names.
constexpr size_t kPastedWords = 12, kSomeWords = 4;
constexpr size_t kLongestCompound = 32;
constexpr size_t kLongestName = 8;  // in capitals: WHO, UNESCO

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
// star one, a dash before a word and behind a space a minus.
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
  explicit Lexer(std::string_view s, std::vector<std::string>& notices) : s_(s), notices_(notices) {}

  std::vector<Lexeme> run() {
    while (i_ < s_.size()) {
      const size_t at = i_;
      size_t peek = i_;
      const char32_t c = text::next_code_point(s_, peek);
      if (is_blank(c)) {
        i_ = peek;
        continue;
      }
      if (begins_quote(c)) {
        phrase(c, peek);
        continue;
      }
      if (c == U'‘' && spaced_before(at) && single_quote(peek)) continue;
      if (c == '(' && spaced_before(at)) {
        out_.push_back({Lexeme::Type::open, "("});
        i_ = peek;
        ++depth_;
        continue;
      }
      if (c == ')' && depth_ > 0) {
        out_.push_back({Lexeme::Type::close, ")"});
        i_ = peek;
        --depth_;
        continue;
      }
      if (c == '+' && spaced_before(at) && more(peek)) {
        out_.push_back({Lexeme::Type::plus, "+"});
        i_ = peek;
        continue;
      }
      if (c == '-' && spaced_before(at) && more(peek)) {
        out_.push_back({Lexeme::Type::minus, "-"});
        i_ = peek;
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
    return at == 0 || s_[at - 1] == ' ' || s_[at - 1] == '(' || s_[at - 1] == '+' || s_[at - 1] == '-' || s_[at - 1] == ':' || s_[at - 1] == '\t' ||
           s_[at - 1] == '\n';
  }
  bool more(size_t at) const { return at < s_.size() && s_[at] != ' ' && s_[at] != '+' && s_[at] != '-'; }

  void add_phrase(size_t from, size_t to, size_t next, bool curled) {
    out_.push_back({Lexeme::Type::phrase, std::string(s_.substr(from, to - from)), 0, curled});
    i_ = next;
  }

  // Marks in s_[from, to) for which `is` holds.
  template <typename Is>
  size_t count(size_t from, size_t to, Is is) const {
    size_t n = 0;
    while (from < to) n += is(text::next_code_point(s_, from));
    return n;
  }

  // Closed by its own kind. Of the double ones a straight and a curled mark close each other too, unless they are pairs within.
  void phrase(char32_t open, size_t from) {
    const auto other = std::find_if(std::begin(kOtherQuotes), std::end(kOtherQuotes), [&](const QuoteMarks& m) { return m.open == open; });
    const bool curled = !is_straight(open);
    bool within = false, inner = false;  // a curled pair, a straight pair
    for (size_t at = from; at < s_.size();) {
      const size_t before = at;
      const char32_t c = text::next_code_point(s_, at);
      if (other != std::end(kOtherQuotes)) {
        if (c == other->close) return add_phrase(from, before, at, true);
      } else if (!curled && is_curled(c)) {
        const bool closes = !within && !opens_only(c) && count(at, s_.size(), is_straight) % 2 == 0;
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
        while (curled && end < s_.size()) {
          size_t next = end;
          if (is_curled(text::next_code_point(s_, next))) break;
          end = next;
        }
        inner = curled && end < s_.size() && count(at, end, is_straight) % 2 == 1;
        if (!inner) return add_phrase(from, before, at, false);
      }
    }
    notices_.push_back("A quotation mark is not closed: the rest is taken as the quote");
    add_phrase(from, s_.size(), s_.size(), curled);
  }

  // ‘...’ around words, not an apostrophe.
  bool single_quote(size_t from) {
    for (size_t at = from; at < s_.size();) {
      const size_t before = at;
      if (text::next_code_point(s_, at) != U'’' || (at < s_.size() && s_[at] != ' ' && s_[at] != ')')) continue;
      add_phrase(from, before, at, true);
      return true;
    }
    return false;
  }

  void word(size_t from) {
    int open = 0;
    size_t at = from;
    while (at < s_.size()) {
      size_t next = at;
      const char32_t c = text::next_code_point(s_, next);
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
    if (at == from) text::next_code_point(s_, at);
    const std::string w(s_.substr(from, at - from));
    i_ = at;
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

  // A field whose colon is at `colon`, with its value; false where it is none. A value may stand behind a space: the field is
  // written as fields are, and a word follows.
  bool field(size_t from, size_t colon) {
    const std::string_view given = s_.substr(from, colon - from);
    const std::string name = lowered(given);
    if (!known_field(name)) return false;
    size_t next = colon + 1;
    while (next < s_.size() && s_[next] == ' ') ++next;
    if (next == s_.size()) return false;
    if (next > colon + 1) {
      if (given != name) {
        notices_.push_back("'" + std::string(given) + ":' is read as a word; a field is written '" + name + ":...'");
        return false;
      }
      notices_.push_back("'" + name + ": ' is read as '" + name + ":', a field, with what stands behind the space");
    }
    out_.push_back({Lexeme::Type::field, name});
    i_ = next;
    size_t peek = next;
    if (!begins_quote(text::next_code_point(s_, peek)) && s_[next] != '(') value(next);
    return true;
  }

  // A field's value runs to the next space outside parentheses.
  void value(size_t from) {
    size_t at = from;
    int open = 0;
    while (at < s_.size() && s_[at] != ' ' && s_[at] != '"' && s_[at] != '\n' && s_[at] != '\t') {
      if (s_[at] == '(') ++open;
      if (s_[at] == ')' && --open < 0) break;
      ++at;
    }
    out_.push_back({Lexeme::Type::word, std::string(s_.substr(from, at - from))});
    i_ = at;
  }

  std::string_view s_;
  std::vector<std::string>& notices_;
  std::vector<Lexeme> out_;
  size_t i_ = 0;
  int depth_ = 0;
};

std::optional<int> number(std::string_view s) {
  int v = 0;
  const auto [p, e] = std::from_chars(s.data(), s.data() + s.size(), v);
  if (e != std::errc() || p != s.data() + s.size() || s.empty()) return std::nullopt;
  return v;
}

// "2000", "2000-05", "2000-05-17": the first and last day it covers.
std::optional<std::pair<int, int>> day_range(std::string_view s) {
  const std::string t(s);
  if (t.size() == 4) {
    const auto a = parse_date(t + "-01-01"), b = parse_date(t + "-12-31");
    if (a && b) return std::pair(*a, *b);
  } else if (t.size() == 7) {
    if (const auto a = parse_date(t + "-01"))
      for (const char* day : {"-31", "-30", "-29", "-28"})
        if (const auto b = parse_date(t + day)) return std::pair(*a, *b);
  } else if (const auto a = parse_date(t)) {
    return std::pair(*a, *a);
  }
  return std::nullopt;
}

// "2000..2010", "2000…2010", "2000-2010", "2000~2010", "2000至2010": both ends; one value is both.
std::pair<std::string, std::string> range_of(const std::string& value) {
  for (const std::string_view between : {"...", "..", "…", "~", "～", "至", "到"})
    if (const size_t at = value.find(between); at != std::string::npos) return {value.substr(0, at), value.substr(at + between.size())};
  const std::string folded = text::fold(value);
  if (folded.size() == 9 && folded[4] == '-' && std::all_of(folded.begin(), folded.begin() + 4, is_digit) &&
      std::all_of(folded.begin() + 5, folded.end(), is_digit))
    return {folded.substr(0, 4), folded.substr(5)};
  return {value, value};
}

class Parser {
 public:
  Parser(std::vector<Lexeme> lexemes, Query& query) : l_(std::move(lexemes)), q_(query) {}

  Node run() {
    // Capitals tell a name, unless all is written in them.
    const auto small = [](const Lexeme& l) {
      return l.type == T::word && std::any_of(l.text.begin(), l.text.end(), [](char c) { return is_lower(c) || (c & 0x80); });
    };
    names_ = std::count_if(l_.begin(), l_.end(), [](const Lexeme& l) { return l.type == T::word; }) == 1 || std::any_of(l_.begin(), l_.end(), small);
    // A parenthesis too many parts the query, however many there are: side by side, for nothing may nest without bound.
    Node root{.kind = Kind::both};
    root.children.push_back(either(0));
    while (i_ < l_.size())
      if (++i_ < l_.size()) root.children.push_back(either(0));
    std::erase_if(root.children, [](const Node& n) { return n.kind == Kind::both && n.children.empty(); });
    if (root.children.size() != 1) return root;
    Node only = std::move(root.children[0]);
    return only;
  }

 private:
  using T = Lexeme::Type;
  bool at(T t) const { return i_ < l_.size() && l_[i_].type == t; }

  Node either(int depth) {
    std::vector<Node> parts;
    parts.push_back(sequence(depth));
    while (at(T::or_)) {
      ++i_;
      if (i_ >= l_.size() || at(T::close)) {
        q_.notices.push_back("OR has nothing behind it: left out");
        break;
      }
      parts.push_back(sequence(depth));
    }
    std::erase_if(parts, [](const Node& n) { return n.kind == Kind::both && n.children.empty(); });
    if (parts.size() == 1) return std::move(parts[0]);
    if (parts.empty()) return Node{.kind = Kind::both};
    Node node{.kind = Kind::either};
    node.children = std::move(parts);
    return node;
  }

  // Items side by side: words together, everything else required.
  Node sequence(int depth) {
    Node node{.kind = Kind::both}, words{.kind = Kind::words};
    bool require_next = false, negate_next = false;
    while (i_ < l_.size() && !at(T::or_) && !at(T::close)) {
      if (at(T::and_)) {
        ++i_;
        if (!words.children.empty()) require_last(words);
        require_next = true;
        continue;
      }
      if (at(T::not_) || at(T::minus)) {
        ++i_;
        negate_next = !negate_next;
        continue;
      }
      if (at(T::plus)) {
        ++i_;
        require_next = true;
        continue;
      }
      auto items = item(depth);
      if (at(T::near) && !items.empty()) items = near(std::move(items), depth);
      if (negate_next) {
        if (!items.empty()) {
          Node inner = items.size() == 1 ? std::move(items[0]) : Node{.kind = Kind::both};
          if (inner.kind == Kind::both && inner.children.empty()) inner.children = std::move(items);
          Node n{.kind = Kind::without};
          n.children.push_back(std::move(inner));
          node.children.push_back(std::move(n));
        }
      } else {
        last_item_ = words.children.size();
        // Plain words in parentheses are plain words: "(a)" at the head of a pasted clause asks for no more.
        if (items.size() == 1 && items[0].kind == Kind::words) {
          auto inner = std::move(items[0].children);
          items = std::move(inner);
        }
        for (auto& n : items) {
          if (n.kind == Kind::word) {
            n.required = n.required || require_next;
            words.children.push_back(std::move(n));
          } else {
            node.children.push_back(std::move(n));
          }
        }
      }
      require_next = negate_next = false;
    }
    if (words.children.size() > kMostWords) {
      q_.notices.push_back("The query has more than " + std::to_string(kMostWords) + " words: the rest was left out");
      words.children.resize(kMostWords);
    }
    if (!words.children.empty()) node.children.insert(node.children.begin(), std::move(words));
    if (node.children.size() == 1 && node.children[0].kind != Kind::without) return std::move(node.children[0]);
    return node;
  }

  void require_last(Node& words) const {
    for (size_t i = last_item_; i < words.children.size(); ++i) words.children[i].required = true;
  }

  std::vector<Node> near(std::vector<Node> left, int depth) {
    while (at(T::near)) {
      if (near_ >= kMostNear) {
        if (near_++ == kMostNear)
          q_.notices.push_back("The query has more than " + std::to_string(kMostNear) + " NEAR: behind the last one, words need not be near");
        ++i_;
        return left;
      }
      ++near_;
      const int distance = l_[i_].distance;
      ++i_;
      if (i_ >= l_.size() || at(T::or_) || at(T::close) || at(T::and_)) {
        q_.notices.push_back("NEAR has nothing behind it: left out");
        return left;
      }
      auto right = item(depth);
      if (right.empty()) return left;
      Node node{.kind = Kind::near};
      node.distance = distance;
      node.children = {near_side(std::move(left)), near_side(std::move(right))};
      left.clear();
      left.push_back(std::move(node));
    }
    return left;
  }

  // A Han run of several words is one thing to NEAR: the run itself.
  static Node near_side(std::vector<Node> nodes) {
    if (nodes.size() == 1) {
      if (nodes[0].kind == Kind::word && nodes[0].text.find_first_of("-.,/ ") != std::string::npos) nodes[0].kind = Kind::phrase;
      return std::move(nodes[0]);
    }
    Node phrase{.kind = Kind::phrase};
    for (const auto& n : nodes) phrase.text += n.text;
    return phrase;
  }

  std::vector<Node> item(int depth) {
    if (at(T::open)) {
      ++i_;
      if (depth >= kMostDepth) {
        q_.notices.push_back("Parentheses are nested too deep: read as words");
        return {};
      }
      Node inner = either(depth + 1);
      if (at(T::close))
        ++i_;
      else
        q_.notices.push_back("A parenthesis is not closed");
      if (inner.kind == Kind::both && inner.children.empty()) return {};
      std::vector<Node> out;
      out.push_back(std::move(inner));
      return out;
    }
    if (at(T::phrase)) return phrase(l_[i_++].text);
    if (at(T::field)) return field(depth);
    if (at(T::word)) {
      // What is one word though a space stands in it: "per cent", "1 000".
      std::string text = l_[i_++].text;
      while (at(T::word) && is_compound(text + " " + l_[i_].text)) text += " " + l_[i_++].text;
      if (at(T::word) && l_[i_].text == "%" && is_digit(text.back())) text += l_[i_++].text;
      return word(text);
    }
    ++i_;
    return {};
  }

  std::vector<Node> phrase(const std::string& raw) {
    Node node{.kind = Kind::phrase};
    node.text = text::fold(raw);
    if (node.text.empty()) {
      q_.notices.push_back("A quote without letters, digits or punctuation was left out");
      return {};
    }
    q_.quoted = true;
    std::vector<Node> out;
    out.push_back(std::move(node));
    return out;
  }

  std::vector<Node> word(const std::string& raw) {
    std::string_view body = raw;
    if (raw == "*") {
      std::vector<Node> out;
      out.push_back(Node{.kind = Kind::all});
      return out;
    }
    if (body.size() > 1 && body.ends_with("*")) {
      body.remove_suffix(1);
      Node node{.kind = Kind::prefix};
      node.text = text::fold(body);
      size_t i = 0, last = node.text.size();
      while (i < node.text.size()) {
        const size_t before = i;
        const char32_t c = text::next_code_point(node.text, i);
        if (!text::is_word(c)) { last = std::min(last, before); }
      }
      // Han needs no edge: a prefix of it is a quote. So is "a-b*"... which has no prefix form.
      std::vector<Node> out;
      if (node.text.empty()) return {};
      if (last < node.text.size()) {
        size_t p = 0;
        bool han = true;
        while (p < node.text.size()) {
          const bool is = text::is_han(text::next_code_point(node.text, p));
          han = han && is;
        }
        if (han)
          node.kind = Kind::phrase;
        else {
          q_.notices.push_back("'" + raw + "' is no beginning of one word: searched as words");
          return words_of(std::string(body));
        }
      }
      out.push_back(std::move(node));
      return out;
    }
    for (size_t i = 0; i < raw.size(); ++i) {
      const bool beside = (i > 0 && is_alnum(raw[i - 1])) && i + 1 < raw.size() && is_alnum(raw[i + 1]);
      const bool star = raw[i] == '*' && (beside || (i + 1 < raw.size() && (is_alnum(raw[i + 1]) || (raw[i + 1] & 0x80))) ||
                                          (i > 0 && (raw[i - 1] & 0x80) && i + 1 < raw.size()));
      if (!star && !(raw[i] == '?' && beside)) continue;
      q_.notices.push_back("'" + raw + "': a star stands for the rest of a word at its end only, ? for nothing; searched as words");
      break;
    }
    return words_of(raw);
  }

  // Whether what was typed apart is one word.
  static bool is_compound(const std::string& text) {
    if (text.size() > kLongestCompound || !(is_digit(text[0]) || lowered(text) == "per cent")) return false;
    const auto words = plain_words(text::fold(text)).children;
    return words.size() == 1 && words[0].text.find(' ') != std::string::npos;
  }

  std::vector<Node> words_of(const std::string& raw) const {
    auto out = plain_words(text::fold(raw)).children;
    size_t from = 0, to = raw.size();
    while (from < to && !is_alnum(raw[from]) && !(raw[from] & 0x80)) ++from;
    while (to > from && !is_alnum(raw[to - 1]) && !(raw[to - 1] & 0x80)) --to;
    const bool capitals =
        to - from >= 2 && to - from <= kLongestName && std::all_of(raw.begin() + static_cast<long>(from), raw.begin() + static_cast<long>(to), is_upper);
    if (names_ && capitals && out.size() == 1) out[0].name = true;
    return out;
  }

  std::vector<Node> field(int) {
    const std::string name = l_[i_++].text;
    std::string value;
    if (at(T::phrase) || at(T::word))
      value = l_[i_++].text;
    else if (at(T::open)) {
      // field:(a b c): the words inside, up to the parenthesis.
      ++i_;
      while (i_ < l_.size() && !at(T::close)) {
        if (!value.empty()) value += ' ';
        value += l_[i_++].text;
      }
      if (at(T::close)) ++i_;
    }
    std::vector<Node> out;
    if (value.empty()) {
      q_.notices.push_back("'" + name + ":' has no value: left out");
      return out;
    }
    Node node;
    if (name == "title" || name == "subject") {
      node.kind = name == "title" ? Kind::title : Kind::subject;
      node.text = text::fold(value);
    } else if (name == "date") {
      const auto [first, second] = range_of(value);
      const auto a = day_range(first), b = day_range(second);
      if ((!a && !first.empty()) || (!b && !second.empty()) || (first.empty() && second.empty())) {
        q_.notices.push_back("'date:" + value + "' is no date or range (date:2000..2010, date:2004-03-26): searched as words");
        return words_of(value);
      }
      node.kind = Kind::date;
      node.from = a ? a->first : std::numeric_limits<int>::min() + 1;
      node.to = b ? b->second : std::numeric_limits<int>::max();
    } else if (name == "cited_by") {
      const size_t dots = value.find("..");
      const std::string first = value.substr(0, dots), second = dots == std::string::npos ? first : value.substr(dots + 2);
      const auto a = number(first), b = number(second);
      if ((!a && !first.empty()) || (!b && !second.empty()) || (!a && !b) || a.value_or(0) < 0 || b.value_or(0) < 0) {
        q_.notices.push_back("'cited_by:" + value + "' is no number or range: left out");
        return out;
      }
      node.kind = Kind::cited_by;
      node.from = a.value_or(0);
      node.to = dots != std::string::npos && !b ? std::numeric_limits<int>::max() : b.value_or(0);
    } else {
      node.kind = Kind::value;
      node.field = *parse_field(name);
      node.text = canonical_value(node.field, value);
    }
    out.push_back(std::move(node));
    return out;
  }

  int near_ = 0;  // read so far
  bool names_ = false;
  std::vector<Lexeme> l_;
  Query& q_;
  size_t i_ = 0, last_item_ = 0;
};

}  // namespace

bool is_telling(const Node& word) { return word.name || !text::is_stop_word(word.text); }

Node plain_words(std::string_view folded) {
  thread_local text::Tokenizer tokenizer;
  Node out{.kind = Kind::words};
  std::vector<text::Token> tokens, words;
  tokenizer.tokenize(folded, tokens);
  const auto add = [&](uint32_t begin, uint32_t end, bool han) {
    Node node{.kind = Kind::word};
    node.text = std::string(folded.substr(begin, end - begin));
    node.from_han = han;
    out.children.push_back(std::move(node));
  };
  for (size_t i = 0; i < tokens.size(); ++i) {
    const auto& t = tokens[i];
    if (t.kind == text::TokenKind::word || t.kind == text::TokenKind::other) {
      // What is one word to its writer is one: non-proliferation, U.N., 1,000.
      const size_t pieces = t.kind == text::TokenKind::word ? text::find_compound(folded, tokens, i).tokens : 0;
      add(t.begin, tokens[i + (pieces ? pieces - 1 : 0)].end, false);
      if (pieces) i += pieces - 1;
      const uint32_t end = tokens[i].end;
      if (end < folded.size() && folded[end] == '%') {
        out.children.push_back(Node{.kind = Kind::word});
        out.children.back().text = "percent";
      }
    } else if (t.kind == text::TokenKind::han_char) {
      // The whole run from here, as ICU cuts it.
      uint32_t end = t.end;
      while (end < folded.size()) {
        size_t k = end;
        if (!text::is_han(text::next_code_point(folded, k))) break;
        end = static_cast<uint32_t>(k);
      }
      words.clear();
      tokenizer.break_han(folded, {t.begin, end}, words);
      for (const auto& w : words) {
        add(w.begin, w.end, true);
        out.children.back().begins_run = w.begin == t.begin;
      }
      while (i + 1 < tokens.size() && tokens[i + 1].begin < end) ++i;
    }
  }
  return out;
}

void split_compounds(Node& node) {
  std::vector<Node> out;
  for (auto& c : node.children) {
    split_compounds(c);
    if (node.kind != Kind::words || c.kind != Kind::word || c.from_han || c.text.find_first_of("-.,/ ") == std::string::npos) {
      out.push_back(std::move(c));
      continue;
    }
    for (size_t at = 0; at < c.text.size();) {
      const size_t end = std::min(c.text.find_first_of("-.,/ ", at), c.text.size());
      if (end > at) {
        Node piece{.kind = Kind::word};
        piece.text = c.text.substr(at, end - at);
        piece.required = c.required;
        out.push_back(std::move(piece));
      }
      at = end + 1;
    }
  }
  node.children = std::move(out);
}

namespace {

// Each quote is looked for in the texts that have its rarest characters: of marks and common words, in very many.
constexpr size_t kMostQuotes = 64;

// Of parts that ask for the same the first stays: what stands twice costs twice and finds no more. Plain words weigh by how often
// they stand, and stay.
void drop_repeats(Node& node) {
  for (auto& c : node.children) drop_repeats(c);
  if (node.kind != Kind::both && node.kind != Kind::either) return;
  std::set<std::string> seen;
  std::erase_if(node.children,
                [&](const Node& c) { return c.kind != Kind::words && !seen.insert(std::to_string(static_cast<int>(c.kind)) + print_query(c)).second; });
}

// Leaves out the quotes behind the first so many, where they are required and each for itself.
void limit_quotes(Node& node, Query& q) {
  if (node.kind != Kind::both && node.kind != Kind::either) return;
  size_t quotes = 0;
  const size_t before = node.children.size();
  std::erase_if(node.children, [&](const Node& c) { return c.kind == Kind::phrase && ++quotes > kMostQuotes; });
  if (node.children.size() < before) q.notices.push_back("The query has more than " + std::to_string(kMostQuotes) + " quotes: the rest was left out");
  for (auto& c : node.children) limit_quotes(c, q);
}

}  // namespace

Query parse_query(std::string_view input) {
  Query q;
  if (input.size() > kMostQueryBytes) {
    q.notices.push_back("The query is longer than " + std::to_string(kMostQueryBytes) + " bytes: the rest was left out");
    size_t cut = kMostQueryBytes;
    while (cut > 0 && (input[cut] & 0xC0) == 0x80) --cut;
    input = input.substr(0, cut);
  }
  const std::string text = with_operators(input);
  Lexer lexer(text, q.notices);
  auto lexemes = lexer.run();
  if (lexemes.empty()) {
    q.empty = true;
    q.root.kind = Kind::all;
  } else {
    q.root = Parser(std::move(lexemes), q).run();
    drop_repeats(q.root);
    limit_quotes(q.root, q);
    if (q.root.kind == Kind::both && q.root.children.empty()) {
      q.root.kind = Kind::all;
      q.empty = true;
      if (q.notices.empty()) q.notices.push_back("The query holds no letters or digits: everything is shown");
    }
  }
  q.understood = print_query(q.root);
  return q;
}

}  // namespace resolute::search
