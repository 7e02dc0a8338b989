#include "http/markup.h"

#include "text/normalize.h"

namespace resolute::http {

void append_escaped(std::string& out, std::string_view s) {
  for (size_t i = 0; i < s.size();) {
    const size_t before = i;
    const char32_t c = text::next_code_point(s, i);
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default:
        if ((c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF || c == 0xFFFD)
          out += "\xEF\xBF\xBD";
        else
          out.append(s.substr(before, i - before));
    }
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

void append_element(std::string& out, std::string_view name, std::string_view text, std::string_view attributes) {
  if (text.empty()) return;
  out.append("<").append(name).append(attributes).append(">");
  append_escaped(out, text);
  out.append("</").append(name).append(">");
}

}  // namespace resolute::http
