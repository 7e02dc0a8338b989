// The one place where HTML is made. A text becomes HTML by being escaped; an element only by element().
// Nothing else does.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace resolute::http {

// Well-formed markup: texts, each escaped, and elements.
class Html {
 public:
  Html() = default;
  Html(std::string_view text);  // NOLINT: a text stands wherever markup may
  Html(const std::string& text) : Html(std::string_view(text)) {}
  Html(const char* text) : Html(std::string_view(text)) {}
  Html& operator+=(const Html& more) {
    markup_ += more.markup_;
    return *this;
  }
  bool empty() const { return markup_.empty(); }
  const std::string& markup() const { return markup_; }

 private:
  friend class Element;
  std::string markup_;
};

struct Attribute {
  // Where the value is empty, the attribute is, too: alt="".
  Attribute(std::string_view name_, std::string value_) : name(name_), value(std::move(value_)) {}
  Attribute(std::string_view name_, std::string_view value_) : name(name_), value(value_) {}
  Attribute(std::string_view name_, const char* value_) : name(name_), value(value_) {}
  // There or not: <details open>.
  Attribute(std::string_view name_, std::same_as<bool> auto present_) : name(name_), present(present_) {}
  std::string_view name;
  std::string value;
  bool present = true;
};
using Attributes = std::vector<Attribute>;

class Element {
 public:
  static Html make(std::string_view tag, const Attributes& attributes, const std::vector<Html>& children);
};

// <tag attributes>children</tag>; void elements (br, input, link, meta, img, hr) end by themselves.
template <typename... Children>
Html element(std::string_view tag, const Attributes& attributes, const Children&... children) {
  return Element::make(tag, attributes, {Html(children)...});
}

inline Html link(const std::string& href, const Html& content) { return element("a", {{"href", href}}, content); }

// What stands between bytes begin and end of spans, wrapped; spans that overlap an earlier one are left out. Where begin is end, `text` is put in,
// after a span that it would part.
struct Wrapped {
  size_t begin, end;
  std::string_view tag;
  Attributes attributes;
  std::string text = {};
};
Html wrap_spans(std::string_view text, std::vector<Wrapped> spans);

}  // namespace resolute::http
