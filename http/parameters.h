// The parameters of a search, from a query string or from the command line.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "search/searcher.h"

namespace resolute::http {

// Of a processor, for finding what matches; a search takes more for the rest. docs/performance.md has what the worst of them come to.
inline constexpr std::chrono::milliseconds kSearchTime{600};

using Parameters = std::vector<std::pair<std::string, std::string>>;

// What is wrong with a request: an RFC 9457 problem.
struct Problem {
  int status = 400;
  std::string type;       // "invalid-parameter", stable
  std::string title;      // one line
  std::string detail;     // what was wrong and what is allowed
  std::string parameter;  // the one at fault, or empty
};

// "a=1&b=%E5%A4%A7" -> pairs. A Problem where an escape is broken, the bytes are not
// UTF-8 or hold a control character.
std::variant<Parameters, Problem> parse_query_string(std::string_view raw);
// One percent-encoded component; nullopt where it is broken.
std::optional<std::string> decode(std::string_view raw, bool plus_is_space);

// A parameter whose value cannot be used, and why: 400.
Problem invalid_parameter(const std::string& name, const std::string& why);

// Reads parameters by name; what is wrong first is kept. Parameters that nobody read are unknown, so all must be read before
// problem() is asked. Not for several threads; the parameters outlive it.
class ParameterReader {
 public:
  explicit ParameterReader(const Parameters& given) : given_(given) {}

  // nullopt where it is not given; each of these may be given once.
  std::optional<std::string> text(const char* name);
  // A query: at most so many bytes (414), empty where it is not given.
  std::string query(const char* name, size_t most_bytes);
  std::optional<Language> language(const char* name);
  std::optional<size_t> number(const char* name, size_t least, size_t most);
  // A revision of the index; 0 where it is not given.
  uint64_t revision(const char* name) { return number(name, 0, 2'000'000'000).value_or(0); }
  // One of the names; `otherwise` where it is not given.
  template <typename T>
  T choice(const char* name, T otherwise, std::initializer_list<std::pair<const char*, T>> choices) {
    const auto value = text(name);
    if (!value) return otherwise;
    std::string expected;
    size_t i = 0;
    for (const auto& [choice, meaning] : choices) {
      if (*value == choice) return meaning;
      expected += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + std::string(choice);
      ++i;
    }
    fail(invalid_parameter(name, "expected " + expected));
    return otherwise;
  }
  // The filters of a search: every field, dates, citation counts.
  void filters(search::SearchRequest& into);

  void fail(Problem problem) {
    if (!problem_) problem_ = std::move(problem);
  }
  // What is wrong, with what was read or with what is unknown.
  std::optional<Problem> problem();

 private:
  void day(const char* name, bool first, std::optional<int>& into);
  void citations(search::SearchRequest& into);
  void value(Field field, const std::string& name, const std::string& given, search::SearchRequest& into);
  const Parameters& given_;
  std::vector<std::string> known_;
  std::optional<Problem> problem_;
};

// The parameters of a search, among others that are read besides.
search::SearchRequest read_search(ParameterReader& reader);
// Whether since_revision is known.
enum class Since : uint8_t { unknown, taken };
std::variant<search::SearchRequest, Problem> parse_search(const Parameters& parameters, Since since = Since::unknown);

}  // namespace resolute::http
