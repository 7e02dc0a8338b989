// Texts within XML and HTML: the one place where they are escaped.
#pragma once

#include <string>
#include <string_view>

namespace resolute::http {

// Appends a text as content or as an attribute in quotation marks. What XML 1.0 cannot hold (control characters, bytes that are no
// UTF-8) becomes U+FFFD.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);

// <name>text</name>, or nothing where the text is empty. `attributes`, where given, begin with a space and are well formed.
void append_element(std::string& out, std::string_view name, std::string_view text, std::string_view attributes = "");

}  // namespace resolute::http
