#include "text/markdown.h"

#include <algorithm>

#include "schemas/ascii.h"

namespace resolute::text {
namespace {

constexpr size_t kLongestEmphasis = 400;  // bytes between two marks
constexpr size_t kLongestLink = 1000;

// "*words*" or "__words__" at `at`: bytes of the mark, with the end of what it sets in `end`; else 0.
size_t emphasis(std::string_view s, size_t at, size_t& end) {
  const char mark = s[at];
  size_t width = 1;
  while (width < 3 && at + width < s.size() && s[at + width] == mark) ++width;
  const size_t begin = at + width;
  if (begin >= s.size() || s[begin] == ' ' || s[begin] == mark || (at > 0 && (mark == '_' ? is_alnum(s[at - 1]) : is_digit(s[at - 1])))) return 0;
  end = s.substr(0, begin + kLongestEmphasis).find(std::string(width, mark), begin);
  if (end == std::string_view::npos || s[end - 1] == ' ') return 0;
  const size_t after = end + width;
  if (after < s.size() && (s[after] == mark || (mark == '_' && is_alnum(s[after])))) return 0;
  return width;
}

// "[text](address)": its bytes, else 0.
size_t link(std::string_view s) {
  s = s.substr(0, kLongestLink);
  const size_t close = s.find(']');
  if (close == std::string_view::npos || !s.substr(close).starts_with("](")) return 0;
  const size_t end = s.find(')', close);
  return end == std::string_view::npos ? 0 : end + 1;
}

void unmark(std::string_view s, std::string& out, int depth) {
  for (size_t i = 0; i < s.size(); ++i) {
    size_t end = 0;
    if (s[i] == '\\' && i + 1 < s.size() && std::string_view("\\`*_{}[]()#+-.!|>~").find(s[i + 1]) != std::string_view::npos) {
      out += s[++i];
    } else if ((s[i] == '*' || s[i] == '_') && depth < 3 && emphasis(s, i, end)) {
      const size_t width = emphasis(s, i, end);
      unmark(s.substr(i + width, end - i - width), out, depth + 1);
      i = end + width - 1;
    } else if (const size_t length = s[i] == '[' ? link(s.substr(i)) : 0; length > 0) {
      const size_t close = s.find(']', i);
      out += s.substr(i + 1, close - i - 1);
      i += length - 1;
    } else {
      out += s[i];
    }
  }
}

template <typename F>
void each_line(std::string_view text, F&& line) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    line(text.substr(at, end - at));
    at = end + 1;
  }
}

size_t head_marks(std::string_view line) {
  size_t n = 0;
  while (n < line.size() && line[n] == '#') ++n;
  return n > 0 && n <= 6 && n < line.size() && line[n] == ' ' ? n + 1 : 0;
}

}  // namespace

bool is_markdown(std::string_view text) {
  size_t heads = 0, escaped = 0, set = 0;
  each_line(text.substr(0, 1 << 20), [&](std::string_view line) {
    heads += head_marks(line) > 0;
    for (size_t i = 0; i + 1 < line.size() && i < 2000; ++i) {
      size_t end = 0;
      if (line[i] == '\\' && line[i + 1] == '.') ++escaped;
      if (line[i] == '*' && emphasis(line, i, end)) ++set, i = end;
    }
  });
  return (heads > 0) + (escaped > 0) + (set > 1) >= 2;
}

std::string without_markdown(std::string_view text) {
  std::string out;
  each_line(text, [&](std::string_view line) {
    if (const size_t n = head_marks(line)) line.remove_prefix(n);
    while (line.starts_with("> ")) line.remove_prefix(2);
    if (line.starts_with("```")) return;
    unmark(line, out, 0);
    out += '\n';
  });
  return out;
}

}  // namespace resolute::text
