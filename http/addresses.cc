#include "http/addresses.h"

namespace resolute::http {

std::string percent_encode(std::string_view s, std::string_view also) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char ch : s) {
    const auto c = static_cast<unsigned char>(ch);
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~' ||
        also.find(ch) != std::string_view::npos) {
      out += ch;
    } else {
      out += '%';
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
  }
  return out;
}

std::string percent_encode_path(std::string_view s) { return percent_encode(s, "/()@,;:!$*"); }

std::string document_address(const std::string& base, const std::string& symbol, Language lang) { return paragraph_address(base, symbol, lang, ""); }

std::string paragraph_address(const std::string& base, const std::string& symbol, Language lang, const std::string& fragment) {
  return base + "/" + percent_encode_path(symbol) + "?text=" + print_language(lang) + (fragment.empty() ? "" : "#" + percent_encode(fragment));
}

std::string api_address(const std::string& base, const std::string& symbol, Language lang, std::string_view suffix) {
  return base + "/v1/documents/" + percent_encode_path(symbol + "@" + print_language(lang)) + std::string(suffix);
}

std::string official_address(const std::string& symbol, Language lang) {
  return std::string("https://undocs.org/") + print_language(lang) + "/" + percent_encode_path(symbol);
}

std::string urn(std::string_view id) { return "urn:resolute:" + percent_encode(id, "/()@,:"); }

}  // namespace resolute::http
