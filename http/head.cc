#include "http/head.h"

#include <algorithm>

#include "schemas/ascii.h"

namespace resolute::http {
namespace {

bool is_token(std::string_view s) {
  return !s.empty() && s.find_first_not_of("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

// Whether a comma-separated field has an element, which is given in lower case.
bool lists(const std::string& field, std::string_view element) {
  for (size_t at = 0; at <= field.size();) {
    const size_t end = std::min(field.find(',', at), field.size());
    if (lowered(trimmed(std::string_view(field).substr(at, end - at))) == element) return true;
    at = end + 1;
  }
  return false;
}

// A name or an address, with a port or without one; empty where the client has none (RFC 9112, 3.2).
bool is_host(std::string_view s) {
  return s.size() <= 255 && s.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_~%:[]!$&'()*+,;=") == std::string_view::npos;
}

struct RequestLine {
  std::string_view method, target, version;
};

std::variant<RequestLine, Malformed> parse_request_line(std::string_view line, const Limits& limits) {
  const size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return Malformed{400, "the request line is not METHOD TARGET VERSION"};
  const auto method = line.substr(0, first), version = line.substr(last + 1);
  auto target = line.substr(first + 1, last - first - 1);
  if (!is_token(method) || method.size() > 32) return Malformed{400, "the method is no token"};
  if (version.size() != 8 || !version.starts_with("HTTP/") || version[5] < '0' || version[5] > '9' || version[6] != '.' || version[7] < '0' || version[7] > '9')
    return Malformed{400, "the request line names no version of HTTP"};
  if (version[5] != '1') return Malformed{505, "HTTP/1.1 is spoken here"};
  if (target.size() > limits.target_bytes) return Malformed{414, "path and query string may have at most " + std::to_string(limits.target_bytes) + " bytes"};
  for (const char c : target)
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F || c == '#')
      return Malformed{400, "the target has a space, a # or a control character that is not percent-encoded"};
  // The form for proxies, which every server must take (RFC 9112, 3.2.2).
  for (const std::string_view scheme : {"http://", "https://"})
    if (lowered(target.substr(0, scheme.size())) == scheme) {
      const auto rest = target.substr(scheme.size());
      const size_t path = rest.find_first_of("/?");
      if (path == 0 || rest.empty()) return Malformed{400, "the target names no host"};
      target = path == std::string_view::npos ? "/" : rest.substr(path);
      break;
    }
  if (target.empty() || target[0] != '/') return Malformed{400, "the target does not begin with /"};
  return RequestLine{method, target, version};
}

}  // namespace

std::variant<Head, Malformed> parse_head(std::string_view bytes, const Limits& limits) {
  const size_t line_end = bytes.find("\r\n");
  if (line_end == std::string_view::npos || !bytes.ends_with("\r\n\r\n")) return Malformed{400, "the header does not end"};
  const auto line = parse_request_line(bytes.substr(0, line_end), limits);
  if (const auto* bad = std::get_if<Malformed>(&line)) return *bad;
  const auto& [method, target, version] = std::get<RequestLine>(line);

  Head head;
  head.request.method = method;
  head.request.target = target;
  size_t hosts = 0, fields = 0;
  std::string connection, length;
  bool encoded = false, sized = false;
  for (size_t at = line_end + 2; at + 2 < bytes.size();) {
    const size_t end = bytes.find("\r\n", at);
    const auto field = bytes.substr(at, end - at);
    at = end + 2;
    if (++fields > limits.header_fields) return Malformed{431, "more than " + std::to_string(limits.header_fields) + " header fields"};
    const size_t colon = field.find(':');
    if (colon == std::string_view::npos || !is_token(field.substr(0, colon))) return Malformed{400, "a header field is not NAME: VALUE"};
    const auto value = trimmed(field.substr(colon + 1));
    for (const char c : value)
      if ((static_cast<unsigned char>(c) < ' ' && c != '\t') || c == 0x7F) return Malformed{400, "a header field has a control character"};
    const std::string name = lowered(field.substr(0, colon));
    const auto add = [&](std::string& to) { to += (to.empty() ? "" : ", ") + std::string(value); };
    if (name == "host") {
      ++hosts;
      if (!is_host(value)) return Malformed{400, "Host is no name of a host"};
      head.request.host = value;
    } else if (name == "connection")
      add(connection);
    else if (name == "accept")
      add(head.request.accept);
    else if (name == "if-none-match")
      add(head.request.if_none_match);
    else if (name == "accept-encoding")
      add(head.request.accept_encoding);
    else if (name == "accept-language")
      add(head.request.accept_language);
    else if (name == "cookie")
      head.request.cookie += (head.request.cookie.empty() ? "" : "; ") + std::string(value);
    else if (name == "content-type")
      add(head.request.content_type);
    else if (name == "authorization")
      head.request.authorization = value;
    else if (name == "x-forwarded-for")
      add(head.request.forwarded_for);
    else if (name == "transfer-encoding")
      encoded = true;
    else if (name == "expect")
      head.awaits_continue = lowered(value) == "100-continue";
    else if (name == "content-length") {
      if (value.empty() || value.size() > 18 || value.find_first_not_of("0123456789") != std::string_view::npos || (sized && length != value))
        return Malformed{400, "Content-Length is not one number"};
      sized = true;
      length = value;
    }
  }
  const bool old = version == "HTTP/1.0";
  if (hosts > 1 || (hosts == 0 && !old)) return Malformed{400, hosts ? "Host is given more than once" : "Host is missing"};
  if (encoded && (sized || old)) return Malformed{400, "the body is framed in two ways"};
  head.body = encoded || (sized && length.find_first_not_of('0') != std::string::npos);
  if (sized) head.length = std::stoull(length);  // 18 digits at most
  head.awaits_continue = head.awaits_continue && !old;
  head.chunks = !old;
  head.keep_alive = !old && !lists(connection, "close");
  return head;
}

}  // namespace resolute::http
