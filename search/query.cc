#include "search/query.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>
#include <utility>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "search/lexer.h"
#include "text/analyze.h"
#include "text/normalize.h"
#include "text/plain_form.h"
#include "text/wording.h"

namespace resolute::search {
namespace {

using Kind = Node::Kind;

constexpr size_t kLongestCompound = 32;
constexpr size_t kLongestName = 8;  // in capitals: WHO, UNESCO

std::optional<int> number(std::string_view s) {
  int v = 0;
  const auto [p, e] = std::from_chars(s.data(), s.data() + s.size(), v);
  if (e != std::errc() || p != s.data() + s.size() || s.empty()) return std::nullopt;
  return v;
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
  Parser(std::vector<Lexeme> lexemes, Query& query) : lexemes_(std::move(lexemes)), query_(query) {}

  Node run() {
    // Capitals tell a name, unless all is written in them.
    const auto small = [](const Lexeme& l) {
      return l.type == T::word && std::any_of(l.text.begin(), l.text.end(), [](char c) { return is_lower(c) || (c & 0x80); });
    };
    names_ = std::count_if(lexemes_.begin(), lexemes_.end(), [](const Lexeme& l) { return l.type == T::word; }) == 1 ||
             std::any_of(lexemes_.begin(), lexemes_.end(), small);
    // A parenthesis too many parts the query, however many there are: side by side, for nothing may nest without bound.
    Node root{.kind = Kind::both};
    root.children.push_back(either(0));
    while (at_ < lexemes_.size())
      if (++at_ < lexemes_.size()) root.children.push_back(either(0));
    std::erase_if(root.children, [](const Node& n) { return n.kind == Kind::both && n.children.empty(); });
    if (root.children.size() != 1) return root;
    Node only = std::move(root.children[0]);
    return only;
  }

 private:
  using T = Lexeme::Type;
  bool at(T t) const { return at_ < lexemes_.size() && lexemes_[at_].type == t; }

  Node either(int depth) {
    std::vector<Node> parts;
    parts.push_back(sequence(depth));
    while (at(T::or_)) {
      ++at_;
      if (at_ >= lexemes_.size() || at(T::close)) {
        query_.notices.push_back("OR has nothing after it: left out");
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
    while (at_ < lexemes_.size() && !at(T::or_) && !at(T::close)) {
      if (at(T::and_)) {
        ++at_;
        if (!words.children.empty()) require_last(words);
        require_next = true;
        continue;
      }
      if (at(T::not_) || at(T::minus)) {
        ++at_;
        negate_next = !negate_next;
        continue;
      }
      if (at(T::plus)) {
        ++at_;
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
      query_.notices.push_back("The query has more than " + std::to_string(kMostWords) + " words: the rest was left out");
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
          query_.notices.push_back("The query has more than " + std::to_string(kMostNear) + " NEAR: after the last one, words need not be near");
        ++at_;
        return left;
      }
      ++near_;
      const int distance = lexemes_[at_].distance;
      ++at_;
      if (at_ >= lexemes_.size() || at(T::or_) || at(T::close) || at(T::and_)) {
        query_.notices.push_back("NEAR has nothing after it: left out");
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
      ++at_;
      if (depth >= kMostDepth) {
        query_.notices.push_back("Parentheses are nested too deep: read as words");
        return {};
      }
      Node inner = either(depth + 1);
      if (at(T::close))
        ++at_;
      else
        query_.notices.push_back("A parenthesis is not closed");
      if (inner.kind == Kind::both && inner.children.empty()) return {};
      std::vector<Node> out;
      out.push_back(std::move(inner));
      return out;
    }
    if (at(T::phrase)) return phrase(lexemes_[at_++].text);
    if (at(T::field)) return field(depth);
    if (at(T::word)) {
      // What is one word though a space stands in it: "per cent", "1 000".
      std::string text = lexemes_[at_++].text;
      while (at(T::word) && is_compound(text + " " + lexemes_[at_].text)) text += " " + lexemes_[at_++].text;
      if (at(T::word) && lexemes_[at_].text == "%" && is_digit(text.back())) text += lexemes_[at_++].text;
      return word(text);
    }
    ++at_;
    return {};
  }

  std::vector<Node> phrase(const std::string& raw) {
    Node node{.kind = Kind::phrase};
    node.text = text::fold(raw);
    if (node.text.empty()) {
      query_.notices.push_back("A quote without letters, digits or punctuation was left out");
      return {};
    }
    query_.quoted = true;
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
          query_.notices.push_back("'" + raw + "' is no beginning of one word: searched as words");
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
      query_.notices.push_back("'" + raw + "': a star stands for the rest of a word at its end only, ? for nothing; searched as words");
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
    const std::string name = lexemes_[at_++].text;
    std::string value;
    if (at(T::phrase) || at(T::word))
      value = lexemes_[at_++].text;
    else if (at(T::open)) {
      // field:(a b c): the words inside, up to the parenthesis.
      ++at_;
      while (at_ < lexemes_.size() && !at(T::close)) {
        if (!value.empty()) value += ' ';
        value += lexemes_[at_++].text;
      }
      if (at(T::close)) ++at_;
    }
    std::vector<Node> out;
    if (value.empty()) {
      query_.notices.push_back("'" + name + ":' has no value: left out");
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
        query_.notices.push_back("'date:" + value + "' is no date or range (date:2000..2010, date:2004-03-26): searched as words");
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
        query_.notices.push_back("'cited_by:" + value + "' is no number or range: left out");
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
  std::vector<Lexeme> lexemes_;
  Query& query_;
  size_t at_ = 0, last_item_ = 0;
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

// Leaves out the quotes after the first so many, where they are required and each for itself.
void limit_quotes(Node& node, Query& q) {
  if (node.kind != Kind::both && node.kind != Kind::either) return;
  size_t quotes = 0;
  const size_t before = node.children.size();
  std::erase_if(node.children, [&](const Node& c) { return c.kind == Kind::phrase && ++quotes > kMostQuotes; });
  if (node.children.size() < before) q.notices.push_back("The query has more than " + std::to_string(kMostQuotes) + " quotes: the rest was left out");
  for (auto& c : node.children) limit_quotes(c, q);
}

}  // namespace

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

Query parse_query(std::string_view input) {
  Query q;
  if (input.size() > kMostQueryBytes) {
    q.notices.push_back("The query is longer than " + std::to_string(kMostQueryBytes) + " bytes: the rest was left out");
    size_t cut = kMostQueryBytes;
    while (cut > 0 && (input[cut] & 0xC0) == 0x80) --cut;
    input = input.substr(0, cut);
  }
  auto lexemes = cut_query(input, q.notices);
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
