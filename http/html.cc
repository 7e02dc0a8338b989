#include "http/html.h"

#include <algorithm>
#include <array>

namespace resolute::http {
namespace {

void escape(std::string_view text, std::string& to) {
  for (const char c : text) switch (c) {
      case '&': to += "&amp;"; break;
      case '<': to += "&lt;"; break;
      case '>': to += "&gt;"; break;
      case '"': to += "&quot;"; break;
      case '\'': to += "&#39;"; break;
      default: to += c;
    }
}

bool is_void(std::string_view tag) {
  static constexpr std::array<std::string_view, 7> kVoid = {"br", "hr", "img", "input", "link", "meta", "wbr"};
  return std::find(kVoid.begin(), kVoid.end(), tag) != kVoid.end();
}

}  // namespace

Html::Html(std::string_view text) { escape(text, markup_); }

Html Element::make(std::string_view tag, const Attributes& attributes, const std::vector<Html>& children) {
  Html out;
  std::string& to = out.markup_;
  size_t size = 2 * tag.size() + 5;
  for (const auto& child : children) size += child.markup_.size();
  to.reserve(size);
  to.append("<").append(tag);
  for (const auto& a : attributes) {
    if (!a.present) continue;
    to.append(" ").append(a.name).append("=\"");
    escape(a.value, to);
    to += '"';
  }
  to += '>';
  if (is_void(tag)) return out;
  for (const auto& child : children) to += child.markup_;
  to.append("</").append(tag).append(">");
  return out;
}

Html wrap_spans(std::string_view text, std::vector<Wrapped> spans) {
  std::stable_sort(spans.begin(), spans.end(), [](const Wrapped& a, const Wrapped& b) { return a.begin < b.begin; });
  Html out;
  size_t at = 0;
  for (const auto& s : spans) {
    if (s.begin == s.end && s.end <= text.size()) {
      const size_t place = std::max(at, s.begin);
      out += Html(text.substr(at, place - at));
      out += element(s.tag, s.attributes, s.text);
      at = place;
      continue;
    }
    if (s.begin < at || s.end <= s.begin || s.end > text.size()) continue;
    out += Html(text.substr(at, s.begin - at));
    out += element(s.tag, s.attributes, text.substr(s.begin, s.end - s.begin));
    at = s.end;
  }
  return out += Html(text.substr(at));
}

}  // namespace resolute::http
