#include "http/negotiation.h"

#include <algorithm>
#include <string>

#include "schemas/ascii.h"

namespace resolute::http {
namespace {

// Each element of a comma-separated field, until one makes visit(element) true.
template <typename Visit>
bool any_element(std::string_view field, Visit&& visit) {
  for (size_t at = 0; at < field.size();) {
    const size_t end = std::min(field.find(',', at), field.size());
    if (visit(trimmed(field.substr(at, end - at)))) return true;
    at = end + 1;
  }
  return false;
}

// What ";q=0.8" says, in thousandths.
int quality_of(std::string_view parameters) {
  int quality = 1000;
  for (size_t at = 0; at < parameters.size();) {
    const size_t end = std::min(parameters.find(';', at + 1), parameters.size());
    const auto parameter = trimmed(parameters.substr(at + 1, end - at - 1));
    if (parameter.starts_with("q=") || parameter.starts_with("Q=")) {
      quality = 0;
      int unit = 1000;
      for (const char c : parameter.substr(2))
        if (c >= '0' && c <= '9') quality += (c - '0') * unit, unit /= 10;
      quality = std::min(quality, 1000);
    }
    at = end;
  }
  return quality;
}

}  // namespace

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  return any_element(if_none_match, [&](std::string_view tag) { return tag == "*" || opaque(tag) == opaque(etag); });
}

std::string media_type(std::string_view content_type) { return lowered(trimmed(content_type.substr(0, content_type.find(';')))); }

int wanted(std::string_view accept, std::string_view type) {
  if (trimmed(accept).empty()) return 1000;
  const auto group = std::string(type.substr(0, type.find('/'))) + "/*";
  int best = 0, specific = -1;
  any_element(accept, [&](std::string_view range) {
    const size_t semicolon = std::min(range.find(';'), range.size());
    std::string name(trimmed(range.substr(0, semicolon)));
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    const int how = name == type ? 2 : name == group ? 1 : name == "*/*" ? 0 : -1;
    const int quality = quality_of(range.substr(semicolon));
    if (how > specific || (how == specific && how >= 0 && quality > best)) {
      specific = how;
      best = quality;
    }
    return false;
  });
  return best;
}

int quality(std::string_view accept_encoding, std::string_view coding) {
  int named = -1, any = 0;
  any_element(accept_encoding, [&](std::string_view element) {
    const size_t semicolon = std::min(element.find(';'), element.size());
    const auto name = lowered(trimmed(element.substr(0, semicolon)));
    if (name == coding)
      named = quality_of(element.substr(semicolon));
    else if (name == "*")
      any = quality_of(element.substr(semicolon));
    return false;
  });
  return named >= 0 ? named : any;
}

}  // namespace resolute::http
