#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <vector>

#include "indexer/readers/xml.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

// Text that libxml2 would drop for one bad character in it. Bytes of another encoding
// than UTF-8 pass as they are.
void mend_text(std::string_view s, bool utf8, std::string& out) {
  for (size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (s[i] == '&') {
      // An entity that XML knows, or a number of a character that it allows; else an ampersand.
      const size_t end = std::min(s.find(';', i), i + 10);
      const auto name = s.substr(i + 1, end < s.size() && s[end] == ';' ? end - i - 1 : 0);
      bool known = name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
      if (name.size() > 1 && name[0] == '#') {
        const bool hex = name[1] == 'x';
        unsigned long v = 0;
        const auto digits = name.substr(hex ? 2 : 1);
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), v, hex ? 16 : 10);
        known = error == std::errc() && stop == digits.data() + digits.size() &&
                (v == 9 || v == 10 || v == 13 || (v >= 0x20 && v < 0xD800) || (v >= 0xE000 && v < 0xFFFE) || (v > 0xFFFF && v < 0x110000));
      }
      if (known)
        out += '&';
      else if (name == "nbsp")
        out += ' ', i += name.size() + 1;
      else
        out += "&amp;";
      ++i;
    } else if (s.substr(i, 3) == "]]>") {
      out += "]]&gt;";
      i += 3;
    } else if (c >= 0x80 && !utf8) {
      out += s[i++];
    } else if (c < 0x80) {
      if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') out += s[i];
      ++i;
    } else {
      const char32_t code = text::next_code_point(s, i);
      if (code != 0xFFFE && code != 0xFFFF) text::append_utf8(out, code);
    }
  }
}

}  // namespace

std::string mend_xml(std::string_view s) {
  std::string out;
  out.reserve(s.size() + 256);
  std::vector<std::string> open;
  const auto declared = s.substr(0, s.substr(0, 200).find("?>") + 1);
  const size_t at = declared.find("encoding=");
  const bool utf8 = at == std::string_view::npos || declared.substr(at + 10, 5) == "UTF-8" || declared.substr(at + 10, 5) == "utf-8";
  std::map<std::string, size_t> times;  // of each tag in `open`: end tags that close nothing may be many
  for (size_t i = 0; i < s.size();) {
    if (s[i] != '<') {
      const size_t next = std::min(s.find('<', i), s.size());
      mend_text(s.substr(i, next - i), utf8, out);
      i = next;
      continue;
    }
    if (s.substr(i, 4) == "<!--") {
      const size_t end = s.find("-->", i + 4);
      i = end == std::string_view::npos ? s.size() : end + 3;
      continue;
    }
    if (i + 1 < s.size() && (s[i + 1] == '?' || s[i + 1] == '!')) {
      const size_t end = s.find('>', i);
      const size_t stop = end == std::string_view::npos ? s.size() : end + 1;
      if (s.substr(i, 5) == "<?xml" && out.find_first_not_of(" \r\n\t") == std::string::npos) out += s.substr(i, stop - i);
      i = stop;
      continue;
    }
    const bool closing = i + 1 < s.size() && s[i + 1] == '/';
    size_t n = i + 1 + closing;
    const size_t n0 = n;
    while (n < s.size() && (isalnum(static_cast<unsigned char>(s[n])) || s[n] == ':' || s[n] == '_' || s[n] == '-' || s[n] == '.')) ++n;
    if (n == n0) {  // a stray "<"
      out += "&lt;";
      ++i;
      continue;
    }
    size_t end = n;
    char quote = 0;
    while (end < s.size() && (quote || s[end] != '>')) {
      if (quote)
        quote = s[end] == quote ? 0 : quote;
      else if (s[end] == '"' || s[end] == '\'')
        quote = s[end];
      else if (s[end] == '<')
        break;
      ++end;
    }
    if (end >= s.size() || s[end] != '>') {
      if (end >= s.size()) break;  // truncated inside a tag
      out += "&lt;";
      ++i;
      continue;
    }
    const std::string tag(s.substr(n0, n - n0));
    if (!closing) {
      out += s.substr(i, end + 1 - i);
      if (s[end - 1] != '/') {
        open.push_back(tag);
        ++times[tag];
      }
    } else if (const auto it = times.find(tag); it != times.end() && it->second > 0) {
      while (open.back() != tag) {
        out += "</" + open.back() + ">";
        --times[open.back()];
        open.pop_back();
      }
      out += "</" + tag + ">";
      --it->second;
      open.pop_back();
    }
    i = end + 1;
  }
  while (!open.empty()) {
    out += "</" + open.back() + ">";
    open.pop_back();
  }
  return out;
}

}  // namespace resolute::indexer
