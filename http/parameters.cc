#include "http/parameters.h"

#include <algorithm>
#include <charconv>

#include "search/query.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

std::optional<int> read_number(std::string_view s) {
  int v = 0;
  const auto [p, e] = std::from_chars(s.data(), s.data() + s.size(), v);
  if (e != std::errc() || p != s.data() + s.size() || s.empty() || v < 0) return std::nullopt;
  return v;
}

// The names of a closed list from `first` to its last member, one after the other.
template <typename Enum>
std::string names(const char* (*print)(Enum), Enum first = Enum{}) {
  std::string out;
  for (int i = static_cast<int>(first); i <= static_cast<int>(kLast<Enum>); ++i) out += (out.empty() ? "" : ", ") + std::string(print(static_cast<Enum>(i)));
  return out;
}

// What a value may be where the list is closed; empty where it is open.
std::string allowed_values(Field field) {
  switch (field) {
    case Field::lang: return names(print_language);
    case Field::body: return names(print_body, Body::ga);
    case Field::type: return names(print_type);
    case Field::kind: return names(print_kind);
    case Field::vote: return names(print_outcome);
    default: return "";
  }
}

bool is_allowed(Field field, const std::string& value) {
  const auto v = search::canonical_value(field, value);
  switch (field) {
    case Field::lang: return parse_language(v).has_value();
    case Field::body: return !v.empty() && parse_body(v).has_value();
    case Field::type: return parse_type(v).has_value();
    case Field::kind: return parse_kind(v).has_value();
    case Field::vote: return parse_outcome(v).has_value();
    case Field::year: return v.size() == 4 && read_number(v).has_value();
    default: return !v.empty();
  }
}

constexpr size_t kMostValues = 200;  // filter values of one request
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

Problem invalid_parameter(const std::string& name, const std::string& why) { return {400, "invalid-parameter", "A parameter cannot be used", why, name}; }

std::optional<std::string> ParameterReader::text(const char* name) {
  known_.emplace_back(name);
  std::optional<std::string> out;
  for (const auto& [n, value] : given_) {
    if (n != name) continue;
    if (out)
      fail(invalid_parameter(name, "it is given more than once"));
    else
      out = value;
  }
  return out;
}

std::string ParameterReader::query(const char* name, size_t most_bytes) {
  auto value = text(name).value_or("");
  if (value.size() > most_bytes)
    fail({414, "query-too-long", "The query is too long", std::string(name) + " may have at most " + std::to_string(most_bytes) + " bytes", name});
  return value;
}

std::optional<Language> ParameterReader::language(const char* name) {
  const auto value = text(name);
  const auto out = value ? parse_language(*value) : std::nullopt;
  if (value && !out) fail(invalid_parameter(name, "expected zh or en"));
  return out;
}

std::optional<size_t> ParameterReader::number(const char* name, size_t least, size_t most) {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto n = read_number(*value);
  if (n && static_cast<size_t>(*n) >= least && static_cast<size_t>(*n) <= most) return static_cast<size_t>(*n);
  fail(invalid_parameter(name, "expected a number from " + std::to_string(least) + " to " + std::to_string(most)));
  return std::nullopt;
}

void ParameterReader::value(Field field, const std::string& name, const std::string& given, search::SearchRequest& into) {
  if (given.size() > kMostValueBytes) return fail(invalid_parameter(name, "a filter value may have at most " + std::to_string(kMostValueBytes) + " bytes"));
  const bool exclude = given.size() > 1 && given[0] == '-';
  const std::string v = exclude ? given.substr(1) : given;
  if (!is_allowed(field, v)) {
    const auto list = field == Field::year ? std::string("a year of four digits") : allowed_values(field);
    return fail(invalid_parameter(name, v.empty() ? "the value is empty" : "\"" + text::tidy(v).substr(0, 80) + "\" is not one of: " + list));
  }
  auto& filter = into.filters[field];
  (exclude ? filter.none : filter.any).push_back(v);
}

void ParameterReader::day(const char* name, bool first, std::optional<int>& into) {
  const auto given = text(name);
  if (!given) return;
  const auto days = search::day_range(*given);
  if (!days) return fail(invalid_parameter(name, "expected a date from 1945 to 2100 as YYYY-MM-DD, YYYY-MM or a year"));
  into = first ? days->first : days->second;
}

void ParameterReader::citations(search::SearchRequest& into) {
  const auto given = text("cited_by");
  if (!given) return;
  const size_t dots = given->find("..");
  const auto from = read_number(given->substr(0, dots)), to = dots == std::string::npos ? from : read_number(given->substr(dots + 2));
  const bool open_start = dots == 0, open_end = dots != std::string::npos && dots + 2 == given->size();
  if ((!from && !open_start) || (!to && !open_end) || (open_start && open_end))
    return fail(invalid_parameter("cited_by", "expected MIN..MAX, MIN.., ..MAX or a number"));
  if (from && to && *to < *from) return fail(invalid_parameter("cited_by", "its end lies before its start"));
  into.cited_from = from;
  into.cited_to = to;
}

void ParameterReader::filters(search::SearchRequest& into) {
  for (const auto& f : fields()) known_.emplace_back(f.name);
  size_t values = 0;
  for (const auto& [name, given] : given_) {
    const auto field = parse_field(name);
    if (!field) continue;
    if (++values > kMostValues) return fail(invalid_parameter(name, "a request may have at most " + std::to_string(kMostValues) + " filter values"));
    value(*field, name, given, into);
  }
  day("date_from", true, into.date_from);
  day("date_to", false, into.date_to);
  if (into.date_from && into.date_to && *into.date_from > *into.date_to) fail(invalid_parameter("date_to", "it lies before date_from"));
  citations(into);
}

std::optional<Problem> ParameterReader::problem() {
  std::string list;
  for (const auto& name : known_) list += (list.empty() ? "" : ", ") + name;
  for (const auto& [name, value] : given_)
    if (std::find(known_.begin(), known_.end(), name) == known_.end())
      fail({400, "unknown-parameter", "A parameter is unknown", list.empty() ? "this takes none" : "known are: " + list, text::tidy(name).substr(0, 80)});
  return problem_;
}

namespace {

std::vector<Field> read_facets(ParameterReader& reader) {
  const auto given = reader.text("facets");
  if (!given) return search::default_facets();
  std::vector<Field> out;
  for (size_t at = 0; at <= given->size() && *given != "none";) {
    const size_t end = std::min(given->find(',', at), given->size());
    const auto field = parse_field(given->substr(at, end - at));
    if (!field || !info(*field).facet) {
      std::string list;
      for (const auto& i : fields())
        if (i.facet) list += std::string(list.empty() ? "" : ", ") + i.name;
      reader.fail(invalid_parameter("facets", "expected none or names out of: " + list));
      break;
    }
    if (std::find(out.begin(), out.end(), *field) == out.end()) out.push_back(*field);
    at = end + 1;
  }
  return out;
}

}  // namespace

search::SearchRequest read_search(ParameterReader& reader) {
  using namespace search;
  SearchRequest r;
  r.budget = std::make_shared<Budget>(kSearchTime);
  r.q = reader.query("q", kMostQueryBytes);
  reader.filters(r);
  r.unit = reader.choice("unit", r.unit, {{"paragraph", Unit::paragraph}, {"document", Unit::document}});
  if (r.unit == Unit::document) r.versions = Versions::together;
  r.dedupe = reader.choice("dedupe", r.dedupe, {{"on", Dedupe::on}, {"off", Dedupe::off}});
  r.sort =
      reader.choice("sort", r.sort, {{"relevance", Sort::relevance}, {"newest", Sort::newest}, {"oldest", Sort::oldest}, {"most-cited", Sort::most_cited}});
  r.limit = reader.number("limit", 0, kMostMatches).value_or(r.limit);
  if (const auto cursor = reader.text("cursor")) {
    r.cursor = *cursor;
    if (!Searcher::cursor_state(*cursor)) reader.fail(invalid_parameter("cursor", "it is not a cursor that this service gave"));
  }
  r.facets = read_facets(reader);
  r.translate = reader.choice("translate", r.translate, {{"auto", Translate::when_foreign}, {"on", Translate::on}, {"off", Translate::off}});
  r.explain = reader.choice("explain", r.explain, {{"1", Explain::yes}, {"0", Explain::no}});
  return r;
}

std::variant<search::SearchRequest, Problem> parse_search(const Parameters& parameters, Since since) {
  ParameterReader reader(parameters);
  auto r = read_search(reader);
  if (since == Since::taken) r.since_revision = reader.revision("since_revision");
  if (auto p = reader.problem()) return *p;
  return r;
}

}  // namespace resolute::http
