#include "http/parameters.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "text/normalize.h"

namespace resolute::http {
namespace {

Problem invalid(const std::string& parameter, const std::string& detail) {
  return {400, "invalid-parameter", "A parameter cannot be used", detail, parameter};
}

std::optional<int> number(std::string_view s) {
  int v = 0;
  const auto [p, e] = std::from_chars(s.data(), s.data() + s.size(), v);
  if (e != std::errc() || p != s.data() + s.size() || s.empty() || v < 0) return std::nullopt;
  return v;
}

// What a value may be where the list is closed; empty where it is open.
std::string allowed_values(Field field) {
  std::string out;
  const auto add = [&](const char* v) { out += (out.empty() ? "" : ", ") + std::string(v); };
  switch (field) {
    case Field::lang: add("zh"); add("en"); break;
    case Field::body:
      for (int i = 1; i < 5; ++i) add(print_body(static_cast<Body>(i)));
      break;
    case Field::type:
      for (int i = 0; i < 6; ++i) add(print_type(static_cast<DocumentType>(i)));
      break;
    case Field::kind:
      for (int i = 0; i < 11; ++i) add(print_kind(static_cast<ParagraphKind>(i)));
      break;
    case Field::vote:
      for (int i = 0; i < 5; ++i) add(print_outcome(static_cast<VoteOutcome>(i)));
      break;
    default: break;
  }
  return out;
}

bool is_allowed(Field field, const std::string& value) {
  const auto v = search::canonical_value(field, value);
  switch (field) {
    case Field::lang: return parse_language(v).has_value();
    case Field::body: return !v.empty() && parse_body(v).has_value();
    case Field::type: return parse_type(v).has_value();
    case Field::kind: return parse_kind(v).has_value();
    case Field::vote: return parse_outcome(v).has_value();
    case Field::year: return v.size() == 4 && number(v).has_value();
    default: return !v.empty();
  }
}

constexpr size_t kMostValues = 200;        // filter values of one request
constexpr size_t kMostValueBytes = 1000;

}  // namespace

std::optional<std::string> decode(std::string_view raw, bool plus_is_space) {
  const auto hex = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (raw[i] == '%') {
      if (i + 2 >= raw.size()) return std::nullopt;
      const int a = hex(raw[i + 1]), b = hex(raw[i + 2]);
      if (a < 0 || b < 0) return std::nullopt;
      out += static_cast<char>(a * 16 + b);
      i += 2;
    } else {
      out += raw[i];
    }
  }
  return out;
}

std::variant<Parameters, Problem> parse_query_string(std::string_view raw) {
  Parameters out;
  for (size_t at = 0; at < raw.size();) {
    const size_t end = std::min(raw.find('&', at), raw.size());
    const auto pair = raw.substr(at, end - at);
    at = end + 1;
    if (pair.empty()) continue;
    const size_t equals = std::min(pair.find('='), pair.size());
    const auto name = decode(pair.substr(0, equals), true);
    const auto value = decode(equals < pair.size() ? pair.substr(equals + 1) : std::string_view(), true);
    const std::string shown = name ? text::tidy(*name) : text::tidy(pair.substr(0, equals));
    if (!name || !value) return Problem{400, "invalid-encoding", "The query string is not well formed", "a % is not followed by two hexadecimal digits", shown};
    for (const auto* s : {&*name, &*value}) {
      for (size_t i = 0; i < s->size();) {
        const size_t before = i;
        const char32_t c = text::next_code_point(*s, i);
        if (c == 0xFFFD && s->compare(before, 3, "\xEF\xBF\xBD") != 0)
          return Problem{400, "invalid-encoding", "The query string is not well formed", "the bytes are not UTF-8", shown};
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
          return Problem{400, "invalid-encoding", "The query string is not well formed", "control characters are not allowed", shown};
      }
    }
    out.emplace_back(*name, *value);
    if (out.size() > 500) return Problem{400, "too-many-parameters", "Too many parameters", "at most 500 are read", ""};
  }
  return out;
}

std::variant<search::SearchRequest, Problem> parse_search(const Parameters& parameters) {
  search::SearchRequest r;
  r.facets = search::default_facets();
  std::set<std::string> once;
  size_t values = 0;
  for (const auto& [name, value] : parameters) {
    if (const auto field = parse_field(name)) {
      if (++values > kMostValues) return invalid(name, "a request may have at most " + std::to_string(kMostValues) + " filter values");
      if (value.size() > kMostValueBytes) return invalid(name, "a filter value may have at most " + std::to_string(kMostValueBytes) + " bytes");
      const bool exclude = value.size() > 1 && value[0] == '-';
      const std::string v = exclude ? value.substr(1) : value;
      if (!is_allowed(*field, v)) {
        const auto list = *field == Field::year ? std::string("a year of four digits") : allowed_values(*field);
        return invalid(name, v.empty() ? "the value is empty" : "\"" + text::tidy(v).substr(0, 80) + "\" is not one of: " + list);
      }
      auto& filter = r.filters[*field];
      (exclude ? filter.none : filter.any).push_back(v);
      continue;
    }
    if (!once.insert(name).second) return invalid(name, "it is given more than once");
    if (name == "q") {
      r.q = value;
      if (value.size() > search::kMostQueryBytes) return Problem{414, "query-too-long", "The query is too long", "q may have at most " + std::to_string(search::kMostQueryBytes) + " bytes", "q"};
    } else if (name == "date_from" || name == "date_to") {
      std::string date = value;
      if (date.size() == 4) date += name == "date_from" ? "-01-01" : "-12-31";
      const auto day = parse_date(date);
      if (!day) return invalid(name, "expected a date from 1945 to 2100 as YYYY-MM-DD or a year");
      (name == "date_from" ? r.date_from : r.date_to) = *day;
    } else if (name == "cited_by") {
      const size_t dots = value.find("..");
      const auto a = number(value.substr(0, dots)), b = dots == std::string::npos ? a : number(value.substr(dots + 2));
      const bool open_start = dots == 0, open_end = dots != std::string::npos && dots + 2 == value.size();
      if ((!a && !open_start) || (!b && !open_end) || (open_start && open_end)) return invalid(name, "expected MIN..MAX, MIN.., ..MAX or a number");
      if (a && b && *b < *a) return invalid(name, "its end lies before its start");
      r.cited_from = a;
      r.cited_to = b;
    } else if (name == "unit") {
      if (value == "paragraph") r.unit = search::Unit::paragraph;
      else if (value == "document") r.unit = search::Unit::document;
      else return invalid(name, "expected paragraph or document");
    } else if (name == "dedupe") {
      if (value != "on" && value != "off") return invalid(name, "expected on or off");
      r.dedupe = value == "on" ? search::Dedupe::on : search::Dedupe::off;
    } else if (name == "sort") {
      if (value == "relevance") r.sort = search::Sort::relevance;
      else if (value == "newest") r.sort = search::Sort::newest;
      else if (value == "oldest") r.sort = search::Sort::oldest;
      else if (value == "most-cited") r.sort = search::Sort::most_cited;
      else return invalid(name, "expected relevance, newest, oldest or most-cited");
    } else if (name == "limit") {
      const auto n = number(value);
      if (!n || *n > static_cast<int>(search::kMostMatches)) return invalid(name, "expected a number from 0 to " + std::to_string(search::kMostMatches));
      r.limit = static_cast<size_t>(*n);
    } else if (name == "cursor") {
      r.cursor = value;
      if (!search::Searcher::cursor_revision(value)) return invalid(name, "it is not a cursor that this service gave");
    } else if (name == "facets") {
      r.facets.clear();
      for (size_t at = 0; at <= value.size() && value != "none";) {
        const size_t end = std::min(value.find(',', at), value.size());
        const auto f = parse_field(value.substr(at, end - at));
        if (!f || !info(*f).facet) {
          std::string list;
          for (const auto& i : fields())
            if (i.facet) list += std::string(list.empty() ? "" : ", ") + i.name;
          return invalid(name, "expected none or names out of: " + list);
        }
        if (std::find(r.facets.begin(), r.facets.end(), *f) == r.facets.end()) r.facets.push_back(*f);
        at = end + 1;
      }
    } else if (name == "translate") {
      if (value == "auto") r.translate = search::Translate::when_foreign;
      else if (value == "on") r.translate = search::Translate::on;
      else if (value == "off") r.translate = search::Translate::off;
      else return invalid(name, "expected auto, on or off");
    } else if (name == "explain") {
      if (value != "1" && value != "0") return invalid(name, "expected 1 or 0");
      r.explain = value == "1" ? search::Explain::yes : search::Explain::no;
    } else {
      std::string list = "q";
      for (const auto& i : fields()) list += std::string(", ") + i.name;
      return Problem{400, "unknown-parameter", "A parameter is unknown", "known are: " + list + ", date_from, date_to, cited_by, unit, dedupe, sort, limit, cursor, facets, translate, explain",
                     text::tidy(name).substr(0, 80)};
    }
  }
  if (r.date_from && r.date_to && *r.date_from > *r.date_to) return invalid("date_to", "it lies before date_from");
  return r;
}

}  // namespace resolute::http
