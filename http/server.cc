// cpp-httplib listens, accepts and hands out sockets. Reading requests and writing answers
// is done here, because its own loop (0.11.4, Debian 12) takes an unread body for the next
// request, drops pipelined requests, reads heads of any size at any pace, and applies a
// Range header to a content provider without looking at the length: `bytes=900-1000` of
// 15 bytes sent what lay behind them in memory.
#include "http/server.h"

#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

#include "schemas/ascii.h"
#include "schemas/error.h"

namespace resolute::http {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Threads with a bounded queue; httplib's own is unbounded. A full queue makes the
// accepting thread wait, and the kernel's backlog after it.
class BoundedQueue : public httplib::TaskQueue {
 public:
  BoundedQueue(int threads, size_t most, std::atomic<size_t>& waiting) : most_(most), waiting_(waiting) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  // httplib 0.11 returns nothing here, later ones whether the task was taken.
  using Taken = decltype(std::declval<httplib::TaskQueue&>().enqueue(std::function<void()>()));
  Taken enqueue(std::function<void()> task) override {
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] { return tasks_.size() < most_ || stop_; });
      tasks_.push_back(std::move(task));
      waiting_ = tasks_.size();
    }
    ready_.notify_one();
    return static_cast<Taken>(true);
  }
  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    ready_.notify_all();
    room_.notify_all();
    for (auto& t : threads_) t.join();
  }

 private:
  void work() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [&] { return stop_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
        waiting_ = tasks_.size();
      }
      room_.notify_one();
      task();
    }
  }
  size_t most_;
  std::atomic<size_t>& waiting_;
  std::mutex mutex_;
  std::condition_variable ready_, room_;
  std::deque<std::function<void()>> tasks_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

const char* reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return status < 400 ? "OK" : status < 500 ? "Client Error" : "Server Error";
  }
}

std::string print_head(const Response& r, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(r.status) + " " + reason(r.status) + "\r\n";
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char date[64];
  out.append("Date: ").append(date, std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc)).append("\r\n");
  out += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
  for (const auto& [name, value] : r.headers) out.append(name).append(": ").append(value).append("\r\n");
  if (r.status != 304) out += "Content-Type: " + r.content_type + "\r\nContent-Length: " + std::to_string(r.body.size()) + "\r\n";
  return out + (keep_alive ? "\r\n" : "Connection: close\r\n\r\n");
}

// One client. Not for several threads.
class Connection {
 public:
  Connection(socket_t socket, const Limits& limits, const std::atomic<bool>& stopping, const std::atomic<size_t>& waiting)
      : socket_(socket), l_(limits), stopping_(stopping), waiting_(waiting) {}

  void serve(const Handler& handler) {
    for (size_t n = 1;; ++n) {
      auto head = read_head();
      if (!head) return;
      std::optional<Malformed> fault;
      Head understood;
      if (auto* m = std::get_if<Malformed>(&*head)) fault = std::move(*m);
      else understood = std::move(std::get<Head>(*head));
      bool unread = understood.body;
      if (!fault && handler.takes_body(understood.request)) {
        const auto said = read_body(understood);
        if (!said) return;
        if (said->status) fault = *said;
        else unread = false;
      }
      const Response answer = fault ? Handler::problem(fault->status, fault->detail) : handler.handle(understood.request);
      // What is left of a body must never be taken for the next request.
      const bool more = !fault && understood.keep_alive && !unread && n < l_.keep_alive_requests && !stopping_;
      std::string bytes = print_head(answer, more);
      if (understood.request.method != "HEAD" && answer.status != 304) bytes += answer.body;
      if (!write(bytes)) return;
      if (more) continue;
      if (fault || unread || !buffer_.empty() || stopping_) drain();
      return;
    }
  }

 private:
  // Whether there is something to read before `until`, or the end of the connection.
  bool readable(Clock::time_point until) const {
    const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now()).count();
    pollfd p{socket_, POLLIN, 0};
    return left > 0 && ::poll(&p, 1, static_cast<int>(left)) > 0;
  }

  // What one read gives; nullopt at the end of the connection.
  std::optional<size_t> read_some() {
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
  std::optional<std::variant<Head, Malformed>> read_head() {
    const auto idle_since = Clock::now();
    std::optional<Clock::time_point> begun;  // when its first byte came
    size_t searched = 0;
    for (;;) {
      // Empty lines before a request are left over from sloppy clients (RFC 9112, 2.2).
      if (searched == 0)
        while (buffer_.starts_with("\r\n")) buffer_.erase(0, 2);
      if (const size_t end = buffer_.find("\r\n\r\n", searched); end != std::string::npos && end + 4 <= l_.head_bytes) {
        auto head = parse_head(std::string_view(buffer_).substr(0, end + 4), l_);
        buffer_.erase(0, end + 4);
        begun_ = begun.value_or(Clock::now());
        return head;
      }
      if (buffer_.size() > l_.head_bytes)
        return buffer_.find("\r\n") > l_.target_bytes ? Malformed{414, "the request line is longer than " + std::to_string(l_.target_bytes) + " bytes"}
                                                      : Malformed{431, "the header is longer than " + std::to_string(l_.head_bytes) + " bytes"};
      // What can be no request is not waited for: lines without CR, HTTP/0.9, other protocols.
      for (size_t line = buffer_.find('\n', searched); line != std::string::npos; line = buffer_.find('\n', line + 1))
        if (line == 0 || buffer_[line - 1] != '\r') return Malformed{400, "a line does not end in CR LF"};
      if (const size_t line = buffer_.find("\r\n"); line != std::string::npos && buffer_.rfind(" HTTP/", line) == std::string::npos)
        return Malformed{400, "the request line names no version of HTTP"};
      if (!buffer_.empty() && !(buffer_[0] >= 'A' && buffer_[0] <= 'Z') && !(buffer_[0] >= 'a' && buffer_[0] <= 'z') && buffer_[0] != '\r')
        return Malformed{400, "this is no HTTP"};
      // Patience holds a thread: there is less of it where others wait for one.
      const auto now = Clock::now();
      const bool crowded = waiting_ > 0;
      if (!buffer_.empty() && !begun) begun = now;
      if (begun && now >= *begun + (crowded ? milliseconds(1000) : milliseconds(1000 * l_.read_seconds))) return Malformed{408, "the request did not arrive in time"};
      if (!begun && now >= idle_since + (crowded ? milliseconds(100) : milliseconds(1000 * l_.keep_alive_seconds))) return std::nullopt;
      if (!begun && stopping_ && !readable(now + milliseconds(5))) return std::nullopt;
      searched = buffer_.size() > 3 ? buffer_.size() - 3 : 0;
      if (!readable(now + milliseconds(100))) continue;
      if (!read_some()) return std::nullopt;
    }
  }

  // The body of a request that takes one. Only a length that is given beforehand frames it: chunks
  // are refused, since their size is known only once they are here. Status 0 where it was read;
  // nullopt where the client has gone.
  std::optional<Malformed> read_body(Head& head) {
    if (!head.length) {
      if (head.body) return Malformed{411, "the body must come with Content-Length, not in chunks"};
      return Malformed{411, "Content-Length is missing"};
    }
    if (*head.length > l_.body_bytes) return Malformed{413, "the body may have at most " + std::to_string(l_.body_bytes) + " bytes"};
    const auto length = static_cast<size_t>(*head.length);
    if (head.awaits_continue && buffer_.size() < length && !write("HTTP/1.1 100 Continue\r\n\r\n")) return std::nullopt;
    while (buffer_.size() < length) {
      const auto now = Clock::now();
      if (now >= begun_ + (waiting_ > 0 ? milliseconds(1000) : milliseconds(1000 * l_.read_seconds))) return Malformed{408, "the body did not arrive in time"};
      if (!readable(now + milliseconds(100))) continue;
      if (!read_some()) return std::nullopt;
    }
    head.request.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return Malformed{0, ""};
  }

  bool write(std::string_view bytes) {
    const auto until = Clock::now() + std::chrono::seconds(l_.write_seconds) + milliseconds(bytes.size() / 100);
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
  void drain() {
    ::shutdown(socket_, SHUT_WR);
    const auto until = Clock::now() + milliseconds(stopping_ ? 100 : 1000);
    size_t most = 1 << 20;
    while (readable(until)) {
      buffer_.clear();
      const auto n = read_some();
      if (!n || *n > most) return;
      most -= *n;
    }
  }

  socket_t socket_;
  const Limits& l_;
  const std::atomic<bool>& stopping_;
  const std::atomic<size_t>& waiting_;
  std::string buffer_;  // read, and not yet a request
  Clock::time_point begun_;  // when the first byte of the request came
};

class Listener : public httplib::Server {
 public:
  Listener(const http::Handler& handler, const Limits& limits) : handler_(handler), limits_(limits) {
    new_task_queue = [this] { return new BoundedQueue(limits_.threads, limits_.waiting, waiting_); };
    set_tcp_nodelay(true);  // else an answer waits 40 ms for an acknowledgement
  }
  std::atomic<bool> stopping{false};

 private:
  bool process_and_close_socket(socket_t socket) override {
    Connection(socket, limits_, stopping, waiting_).serve(handler_);
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return true;
  }
  const http::Handler& handler_;
  const Limits& limits_;
  std::atomic<size_t> waiting_{0};
};

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

}  // namespace

std::variant<Head, Malformed> parse_head(std::string_view bytes, const Limits& limits) {
  const size_t line_end = bytes.find("\r\n");
  if (line_end == std::string_view::npos || !bytes.ends_with("\r\n\r\n")) return Malformed{400, "the header does not end"};
  const auto line = bytes.substr(0, line_end);
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
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F || c == '#') return Malformed{400, "the target has a space, a # or a control character that is not percent-encoded"};
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
    if (name == "host") ++hosts;
    else if (name == "connection") add(connection);
    else if (name == "accept") add(head.request.accept);
    else if (name == "if-none-match") add(head.request.if_none_match);
    else if (name == "accept-encoding") add(head.request.accept_encoding);
    else if (name == "accept-language") add(head.request.accept_language);
    else if (name == "cookie") head.request.cookie += (head.request.cookie.empty() ? "" : "; ") + std::string(value);
    else if (name == "transfer-encoding") encoded = true;
    else if (name == "expect") head.awaits_continue = lowered(value) == "100-continue";
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
  head.keep_alive = !old && !lists(connection, "close");
  return head;
}

void serve(const ServerOptions& options) {
  const search::LiveIndex index(options.index, options.lexicon.empty() ? nullptr : search::Generation::open_lexicon(options.lexicon),
                                [](const std::string& trouble) { std::fprintf(stderr, "resolute: %s\n", trouble.c_str()); });
  Handler handler(index, options.limits.cache_bytes);
  Listener server(handler, options.limits);
  int port = options.port;
  // Not httplib's SO_REUSEPORT: a second server on the same port must fail, not share its requests.
  server.set_socket_options([](socket_t socket) {
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  if (port == 0) port = server.bind_to_any_port(options.address.c_str());
  else if (!server.bind_to_port(options.address.c_str(), port)) port = -1;
  if (port < 0) throw Error(ErrorKind::unavailable, "cannot listen on " + options.address + ":" + std::to_string(options.port) + " (in use, or not an address of this machine)");
  std::atomic<bool> done{false};
  std::thread stopper([&] {
    while (!done) {
      // A server that does not run yet cannot be stopped.
      if (options.stop && options.stop->load() && server.is_running()) {
        handler.draining();
        server.stopping = true;
        server.stop();
        return;
      }
      std::this_thread::sleep_for(milliseconds(50));
    }
  });
  if (options.listening) options.listening(port);
  const bool clean = server.listen_after_bind();
  done = true;
  stopper.join();
  if (!clean && !server.stopping) throw Error(ErrorKind::unavailable, "the server stopped listening");
}

}  // namespace resolute::http
