// How a query and the values in it are spelled.
#include <algorithm>
#include <limits>

#include "schemas/action.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "search/query.h"
#include "text/normalize.h"

namespace resolute::search {

using Kind = Node::Kind;

std::string canonical_value(Field field, std::string_view given) {
  std::string value = text::tidy(given);
  switch (field) {
    case Field::symbol:
    case Field::cites:
      if (const auto s = parse_symbol(value)) return s->text();
      return value;
    case Field::committee:
    case Field::concerns:
    case Field::body: {
      const std::string key = text::fold(value);
      for (const auto& b : bodies())
        if (key == text::fold(b.id) || key == text::fold(b.en) || key == text::fold(b.zh)) return b.id;
      return value;
    }
    case Field::action: {
      const std::string key = text::fold(value);
      for (const auto& a : actions())
        if (key == a.id || key == text::fold(a.en) || key == text::fold(a.zh)) return a.id;
      return lowered(value);
    }
    case Field::sponsor: {
      auto code = find_state(value);
      if (!code) code = find_state(text::simplify(value));
      std::string code_given = value;
      for (char& c : code_given)
        if (is_lower(c)) c = static_cast<char>(c - 32);
      return code ? *code : state_of(code_given) ? code_given : value;
    }
    case Field::voter: {
      const size_t colon = value.find(':');
      const std::string name = value.substr(0, colon);
      auto code = find_state(name);
      if (!code) code = find_state(text::simplify(name));
      std::string out = code ? *code : name;
      for (char& c : out)
        if (!code && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
      return colon == std::string::npos ? out : out + ":" + lowered(value.substr(colon + 1));
    }
    case Field::lang:
    case Field::type:
    case Field::kind:
    case Field::vote: return lowered(value);
    case Field::agenda: {
      // "74 (b)" is 74(b); items of the Security Council are topics in words, and stay.
      const std::string folded = ascii_fold(value);
      if (folded.empty() || !is_digit(folded[0]) || folded.size() > 12) return value;
      std::string out;
      for (const char c : folded)
        if (c != ' ') out += c;
      return lowered(out);
    }
    default: return value;
  }
}

std::string print_query(const Node& n) {
  const auto join = [&](const char* by) {
    std::string out;
    for (const auto& c : n.children) {
      if (!out.empty()) out += by;
      const bool group = c.kind == Kind::both || c.kind == Kind::either;
      out += group ? "(" + print_query(c) + ")" : print_query(c);
    }
    return out;
  };
  switch (n.kind) {
    case Kind::all: return "*";
    case Kind::none: return "nothing";
    case Kind::words: return join(" ");
    case Kind::word: return (n.required ? "+" : "") + n.text;
    case Kind::phrase: return "\"" + n.text + "\"";
    case Kind::prefix: return n.text + "*";
    case Kind::near: return print_query(n.children[0]) + " NEAR/" + std::to_string(n.distance) + " " + print_query(n.children[1]);
    case Kind::title: return "title:\"" + n.text + "\"";
    case Kind::subject: return "subject:\"" + n.text + "\"";
    case Kind::value: return std::string(info(n.field).name) + ":" + (n.text.find(' ') == std::string::npos ? n.text : "\"" + n.text + "\"");
    case Kind::date:
      return "date:" + (n.from <= std::numeric_limits<int>::min() + 1 ? "" : print_date(n.from)) + ".." +
             (n.to == std::numeric_limits<int>::max() ? "" : print_date(n.to));
    case Kind::cited_by: return "cited_by:" + std::to_string(n.from) + ".." + (n.to == std::numeric_limits<int>::max() ? "" : std::to_string(n.to));
    case Kind::translated: return (n.required ? "+(" : "(") + join(" OR ") + ")";
    case Kind::rendering: return n.text;
    case Kind::both: return join(" AND ");
    case Kind::either: return join(" OR ");
    case Kind::without:
      return "NOT " +
             (n.children[0].kind == Kind::both || n.children[0].kind == Kind::either ? "(" + print_query(n.children[0]) + ")" : print_query(n.children[0]));
  }
  return "";
}

}  // namespace resolute::search
