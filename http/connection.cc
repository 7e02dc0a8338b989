#include "http/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>

namespace resolute::http {
namespace {

using std::chrono::milliseconds;

constexpr auto kLongWait = std::chrono::milliseconds(100);
constexpr size_t kSmallAnswer = 64 << 10;  // passes whatever waits to be sent

const char* reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 202: return "Accepted";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 499: return "Client Closed Request";  // nginx's
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return status < 400 ? "OK" : status < 500 ? "Client Error" : "Server Error";
  }
}

std::string print_head(const Response& r, bool chunks, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(r.status) + " " + reason(r.status) + "\r\n";
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char date[64];
  out.append("Date: ").append(date, std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc)).append("\r\n");
  out += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
  for (const auto& [name, value] : r.headers) out.append(name).append(": ").append(value).append("\r\n");
  if (r.status != 304 && r.status != 204) {
    out += "Content-Type: " + r.content_type + "\r\n";
    if (!r.stream)
      out += "Content-Length: " + std::to_string(r.body.size()) + "\r\n";
    else if (chunks)
      out += "Transfer-Encoding: chunked\r\n";
  }
  return out + (keep_alive ? "\r\n" : "Connection: close\r\n\r\n");
}

// Bytes on their way in or out, as long as they are.
class InFlight {
 public:
  InFlight(std::atomic<size_t>& sum, size_t bytes) : sum_(sum), bytes_(bytes) { sum_ += bytes_; }
  ~InFlight() { sum_ -= bytes_; }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;

 private:
  std::atomic<size_t>& sum_;
  size_t bytes_;
};

}  // namespace

void Connection::serve() {
  for (size_t n = 1;; ++n) {
    auto head = read_head();
    if (!head) return;
    std::optional<Malformed> fault;
    Head understood;
    if (auto* m = std::get_if<Malformed>(&*head))
      fault = std::move(*m);
    else
      understood = std::move(std::get<Head>(*head));
    bool unread = understood.body;
    const size_t coming = !fault && Handler::takes_body(understood.request) ? std::min(understood.length.value_or(0), uint64_t{limits_.draft_bytes}) : 0;
    const InFlight body(shared_.arriving, coming);
    if (coming > kSmallAnswer && shared_.arriving > limits_.arriving_bytes) fault = Malformed{503, "as many bytes are on their way as may be"};
    if (!fault && Handler::takes_body(understood.request)) {
      const auto said = read_body(understood);
      if (!said) return;
      if (said->status)
        fault = *said;
      else
        unread = false;
    }
    understood.request.client = client_of(client_, understood.request.forwarded_for, shared_.settings()->clients.trusted_proxies);
    auto response = answer(understood, fault);
    // What is left of a body must never be taken for the next request; a stream without chunks ends with the connection.
    const bool more =
        !fault && understood.keep_alive && !unread && n < limits_.keep_alive_requests && !shared_.stopping && !(response.stream && !understood.chunks);
    if (!send_answer(std::move(response), understood, more)) return;
    if (more) continue;
    if (fault || unread || !buffer_.empty() || shared_.stopping) drain();
    return;
  }
}

// Where the client may not ask, or not yet. Who shows a key is known by its name from here on.
std::optional<Response> Connection::refuse_client(Head& head) {
  const auto& target = head.request.target;
  if (target == "/healthz" || target == "/readyz" || target == "/metrics") return std::nullopt;
  const auto set = shared_.settings();
  const Key* key = nullptr;
  if (const auto shown = bearer_of(head.request.authorization); !shown.empty() && !set->clients.keys.empty()) {
    key = find_key(set->clients.keys, shown);
    if (!key) return shared_.handler.refuse(401, "the key is not known here");
    head.request.client = key->name;
  } else if (set->clients.keys_only && head.request.method != "OPTIONS") {  // what a browser asks first has no key
    return shared_.handler.refuse(401, "expected Authorization: Bearer KEY");
  }
  if (const auto wait = (key ? shared_.key_rates : shared_.rates).refuse(head.request.client, Clock::now())) {
    auto refused = shared_.handler.refuse(429, "a client may ask less often");
    refused.headers.emplace_back("Retry-After", std::to_string(*wait));
    return refused;
  }
  return std::nullopt;
}

Response Connection::answer(Head& head, const std::optional<Malformed>& fault) {
  if (fault) return shared_.handler.refuse(fault->status, fault->detail);
  if (auto refused = refuse_client(head)) return std::move(*refused);
  head.request.gone = [this] { return left(); };
  Response out;
  const auto work = [&, since = Clock::now()](Workers::Place& place) {
    head.request.takes_long = [&place] { place.set_aside(); };
    // Who left while it waited costs nothing more.
    if (Clock::now() - since > kLongWait && left())
      out = shared_.handler.refuse(499, "the client left while its request waited");
    else
      out = shared_.handler.handle(head.request);
  };
  if (!shared_.workers.run(work, Workers::Full::refuse, roomy_)) return shared_.handler.refuse(503, "as many requests wait as may");
  if (out.body.size() > kSmallAnswer && shared_.unsent + out.body.size() > limits_.unsent_bytes)
    return shared_.handler.refuse(503, "as many bytes wait for clients as may");
  return out;
}

bool Connection::send_answer(Response answer, const Head& head, bool keep_alive) {
  const bool bodiless = head.request.method == "HEAD" || answer.status == 304;
  std::string bytes = print_head(answer, head.chunks, keep_alive);
  if (!bodiless) bytes += answer.body;
  answer.body = std::string();
  const InFlight unsent(shared_.unsent, bytes.size());
  if (!write(bytes)) return false;
  return !answer.stream || bodiless || send_stream(answer.stream, head.chunks);
}

// Where a piece cannot be made, the connection ends before the stream does, and the client knows.
bool Connection::send_stream(const BodyStream& stream, bool chunks) {
  for (bool more = true; more;) {
    std::string piece;
    bool failed = false;
    const auto make = [&](Workers::Place&) {
      try {
        more = stream(piece);
      } catch (const std::exception& e) {
        std::fprintf(stderr, "resolute: %s\n", e.what());
        failed = true;
      }
    };
    shared_.workers.run(make, Workers::Full::wait, roomy_);
    if (failed || gone()) return false;
    if (piece.empty()) continue;
    if (chunks) {
      char size[20];
      std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
      piece.insert(0, size);
      piece += "\r\n";
    }
    const InFlight unsent(shared_.unsent, piece.size());
    if (!write(piece)) return false;
  }
  return !chunks || write("0\r\n\r\n");
}

// Whether nobody takes what is written any more.
bool Connection::gone() const {
  pollfd p{socket_, POLLOUT, 0};
  return ::poll(&p, 1, 0) > 0 && (p.revents & (POLLERR | POLLHUP)) != 0;
}

// Whether the client has closed its side and waits for nothing, as it seems: a few close theirs and read on.
bool Connection::left() const {
  pollfd p{socket_, POLLRDHUP, 0};
  return ::poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLERR | POLLHUP)) != 0;
}

// Whether there is something to read before `until`, or the end of the connection.
bool Connection::readable(Clock::time_point until) const {
  const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now()).count();
  pollfd p{socket_, POLLIN, 0};
  return left > 0 && ::poll(&p, 1, static_cast<int>(left)) > 0;
}

// What one read gives; nullopt at the end of the connection.
std::optional<size_t> Connection::read_some() {
  char bytes[16384];
  for (;;) {
    const ssize_t n = ::recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n > 0) {
      buffer_.append(bytes, static_cast<size_t>(n));
      return static_cast<size_t>(n);
    }
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return 0;
    return std::nullopt;
  }
}

// The next request's head; nullopt where the client has gone or stays idle.
std::optional<std::variant<Head, Malformed>> Connection::read_head() {
  const auto idle_since = Clock::now();
  std::optional<Clock::time_point> begun;  // when its first byte came
  size_t searched = 0;
  for (;;) {
    // Empty lines before a request are left over from sloppy clients (RFC 9112, 2.2).
    if (searched == 0)
      while (buffer_.starts_with("\r\n")) buffer_.erase(0, 2);
    if (const size_t end = buffer_.find("\r\n\r\n", searched); end != std::string::npos && end + 4 <= limits_.head_bytes) {
      auto head = parse_head(std::string_view(buffer_).substr(0, end + 4), limits_);
      buffer_.erase(0, end + 4);
      begun_ = begun.value_or(Clock::now());
      return head;
    }
    if (buffer_.size() > limits_.head_bytes)
      return buffer_.find("\r\n") > limits_.target_bytes ? Malformed{414, "the request line is longer than " + std::to_string(limits_.target_bytes) + " bytes"}
                                                         : Malformed{431, "the header is longer than " + std::to_string(limits_.head_bytes) + " bytes"};
    // What can be no request is not waited for: lines without CR, HTTP/0.9, other protocols.
    for (size_t line = buffer_.find('\n', searched); line != std::string::npos; line = buffer_.find('\n', line + 1))
      if (line == 0 || buffer_[line - 1] != '\r') return Malformed{400, "a line does not end in CR LF"};
    if (const size_t line = buffer_.find("\r\n"); line != std::string::npos && buffer_.rfind(" HTTP/", line) == std::string::npos)
      return Malformed{400, "the request line names no version of HTTP"};
    if (!buffer_.empty() && !(buffer_[0] >= 'A' && buffer_[0] <= 'Z') && !(buffer_[0] >= 'a' && buffer_[0] <= 'z') && buffer_[0] != '\r')
      return Malformed{400, "this is no HTTP"};
    const auto now = Clock::now();
    const bool crowded = shared_.crowded();
    if (!buffer_.empty() && !begun) begun = now;
    if (begun && now >= *begun + (crowded ? milliseconds(1000) : milliseconds(1000 * limits_.read_seconds)))
      return Malformed{408, "the request did not arrive in time"};
    if (!begun && now >= idle_since + (crowded ? milliseconds(1000) : milliseconds(1000 * limits_.keep_alive_seconds))) return std::nullopt;
    if (!begun && shared_.stopping && !readable(now + milliseconds(5))) return std::nullopt;
    searched = buffer_.size() > 3 ? buffer_.size() - 3 : 0;
    if (!readable(now + milliseconds(500))) continue;
    if (!read_some()) return std::nullopt;
  }
}

// The body of a request that takes one. Only a length that is given beforehand frames it: chunks
// are refused, since their size is known only once they are here. Status 0 where it was read;
// nullopt where the client has gone.
std::optional<Malformed> Connection::read_body(Head& head) {
  if (!head.length) {
    if (head.body) return Malformed{411, "the body must come with Content-Length, not in chunks"};
    return Malformed{411, "Content-Length is missing"};
  }
  const size_t most = Handler::takes_file(head.request) ? limits_.draft_bytes : limits_.body_bytes;
  if (*head.length > most) return Malformed{413, "the body may have at most " + std::to_string(most) + " bytes"};
  const auto length = static_cast<size_t>(*head.length);
  if (head.awaits_continue && buffer_.size() < length && !write("HTTP/1.1 100 Continue\r\n\r\n")) return std::nullopt;
  while (buffer_.size() < length) {
    const auto now = Clock::now();
    // A second more for each MB.
    if (now >= begun_ + milliseconds(length / 1000) + (shared_.crowded() ? milliseconds(1000) : milliseconds(1000 * limits_.read_seconds)))
      return Malformed{408, "the body did not arrive in time"};
    if (!readable(now + milliseconds(100))) continue;
    if (!read_some()) return std::nullopt;
  }
  head.request.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return Malformed{0, ""};
}

bool Connection::write(std::string_view bytes) {
  const auto until = Clock::now() + std::chrono::seconds(limits_.write_seconds) + milliseconds(bytes.size() / 100);
  while (!bytes.empty()) {
    const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) {
      bytes.remove_prefix(static_cast<size_t>(n));
      continue;
    }
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return false;
    const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now()).count();
    pollfd p{socket_, POLLOUT, 0};
    if (left <= 0 || ::poll(&p, 1, static_cast<int>(left)) <= 0) return false;
  }
  return true;
}

// Closing on unread bytes resets the connection, and the client may never see the answer
// (RFC 9112, 9.6): read on for a moment.
void Connection::drain() {
  ::shutdown(socket_, SHUT_WR);
  const auto until = Clock::now() + milliseconds(shared_.stopping ? 100 : 1000);
  size_t most = 1 << 20;
  while (readable(until)) {
    buffer_.clear();
    const auto n = read_some();
    if (!n || *n > most) return;
    most -= *n;
  }
}

}  // namespace resolute::http
