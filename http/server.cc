// cpp-httplib resolves the address, binds and listens. Accepting is done here, because its own loop (0.11.4, Debian 12) ends at the
// first ECONNABORTED, ENFILE or ENOMEM; reading requests and writing answers in http/connection.cc, because it takes an unread body
// for the next request, drops pipelined requests, reads heads of any size at any pace, and applies a Range header to a content
// provider without looking at the length (docs/adr/0005, 0011).
#include "http/server.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "http/connection.h"
#include "schemas/error.h"
#include "schemas/mapped_file.h"

namespace resolute::http {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr size_t kStackBytes = 512 << 10;  // of the thread of a connection that only reads and writes
constexpr size_t kRoomyStackBytes = 8 << 20;
constexpr int kBacklog = 511;          // connections that wait to be accepted
constexpr int kRoomyConnections = 32;  // at once, the first to come: they may search on their threads, which then keep what a search keeps

std::string print_client(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET)
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
  else if (address.ss_family == AF_INET6)
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
  const std::string s = text;
  return s.starts_with("::ffff:") && s.find('.') != std::string::npos ? s.substr(7) : s;
}

// A listening socket. Throws Error(unavailable).
int listen_on(const std::string& address, int& port) {
  httplib::Server server;
  int socket = -1;
  // Not httplib's SO_REUSEPORT: a second server on the same port must fail, not share its requests.
  server.set_socket_options([&](socket_t made) {
    const int on = 1;
    ::setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    socket = made;  // of several addresses the last one tried is the one that it listens on
  });
  if (port == 0)
    port = server.bind_to_any_port(address);
  else if (!server.bind_to_port(address, port))
    port = -1;
  if (port < 0) return -1;
  // Of the library as Debian builds it the backlog is 5, whatever is defined here.
  if (::listen(socket, kBacklog) != 0) return -1;
  return socket;
}

// The threads of connections: a few with a roomy stack, the others with a small one.
class Connections {
 public:
  explicit Connections(Shared& shared) : shared_(shared) {}
  // All have ended.
  ~Connections() { wait(Clock::time_point::max()); }
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  void begin(int socket, std::string client) {
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // else an answer waits 40 ms for an acknowledgement
    if (shared_.open >= shared_.most_connections) return refuse(socket);
    bool roomy = false;
    {
      const std::lock_guard lock(mutex_);
      sockets_.insert(socket);
      ++shared_.open;
      roomy = roomy_ < kRoomyConnections;
      if (roomy) ++roomy_;
    }
    auto start = std::make_unique<Start>(Start{this, socket, std::move(client), roomy});
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, roomy ? kRoomyStackBytes : kStackBytes);
    pthread_t thread;
    const int failed = ::pthread_create(&thread, &attributes, run, start.get());
    pthread_attr_destroy(&attributes);
    if (!failed) {
      static_cast<void>(start.release());  // the thread's own
      return;
    }
    end(socket, roomy, [&] { refuse(socket); });
  }

  // Whether all have ended before `until`.
  bool wait(Clock::time_point until) {
    std::unique_lock lock(mutex_);
    if (until == Clock::time_point::max()) {
      ended_.wait(lock, [&] { return sockets_.empty(); });
      return true;
    }
    return ended_.wait_until(lock, until, [&] { return sockets_.empty(); });
  }

  // Ends reading and writing on all of them.
  void cut_off() {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }

 private:
  struct Start {
    Connections* all;
    int socket;
    std::string client;
    bool roomy;
  };

  static void* run(void* given) {
    const std::unique_ptr<Start> start(static_cast<Start*>(given));
    auto& all = *start->all;
    const int socket = start->socket;
    try {
      Connection(socket, std::move(start->client), all.shared_, start->roomy).serve();
    } catch (const std::exception& e) {
      std::fprintf(stderr, "resolute: a connection ended: %s\n", e.what());  // no memory
    }
    ::shutdown(socket, SHUT_RDWR);
    all.end(socket, start->roomy, [&] { ::close(socket); });
    return nullptr;
  }

  // Closed under the lock: its number may be another's at once.
  template <typename Close>
  void end(int socket, bool roomy, Close&& close) {
    const std::lock_guard lock(mutex_);
    if (roomy) --roomy_;
    sockets_.erase(socket);
    close();
    --shared_.open;
    ended_.notify_all();
  }

  void refuse(int socket) {
    const auto answer = shared_.handler.refuse(503, "as many connections are open as may");
    const std::string bytes = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Type: " + answer.content_type +
                              "\r\nContent-Length: " + std::to_string(answer.body.size()) + "\r\nConnection: close\r\n\r\n" + answer.body;
    static_cast<void>(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
    ::shutdown(socket, SHUT_WR);
    ::close(socket);
  }

  Shared& shared_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::set<int> sockets_;
  int roomy_ = 0;
};

// Takes connections until it is told to stop. False where the socket is no more.
template <typename Between>
bool accept_all(int listening, Connections& connections, const std::atomic<bool>* stop, Between&& between) {
  while (!stop || !stop->load()) {
    between();
    pollfd p{listening, POLLIN, 0};
    const int ready = ::poll(&p, 1, 50);
    if (ready <= 0) continue;
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    const int socket = ::accept4(listening, reinterpret_cast<sockaddr*>(&address), &size, SOCK_CLOEXEC);
    if (socket >= 0) {
      connections.begin(socket, print_client(address));
      continue;
    }
    // What is over by itself, or soon, is waited for; the rest are faults of ours (accept(2)).
    switch (errno) {
      case EBADF:
      case EINVAL:
      case ENOTSOCK:
      case EOPNOTSUPP: return false;
      case EMFILE:
      case ENFILE:
      case ENOMEM:
      case ENOBUFS: std::this_thread::sleep_for(milliseconds(20)); break;
      default: break;
    }
  }
  return true;
}

}  // namespace

namespace {

HandlerSettings settings_of(const ServerOptions& options) { return {options.public_url, options.limits.streams, options.log_requests, options.log_queries}; }

}  // namespace

void serve(const ServerOptions& options) {
  survive_lost_pages();
  const search::LiveIndex index(options.index, options.lexicon.empty() ? nullptr : search::Generation::open_lexicon(options.lexicon),
                                [](const std::string& trouble) { std::fprintf(stderr, "resolute: %s\n", trouble.c_str()); });
  Handler handler(index, {options.limits.cache_bytes, options.read_draft, options.access_log, settings_of(options)});
  int port = options.port;
  const int listening = listen_on(options.address, port);
  if (listening < 0)
    throw Error(ErrorKind::unavailable,
                "cannot listen on " + options.address + ":" + std::to_string(options.port) + " (in use, or not an address of this machine)");
  Workers workers(options.limits.threads, options.limits.waiting);
  Shared shared{handler, options.limits, workers};
  shared.take(options.limits, options.clients);
  const auto reload = [&] {
    if (!options.reload || !options.reload->exchange(false)) return;
    try {
      const auto fresh = options.reread();
      shared.take(fresh.limits, fresh.clients);
      handler.take(settings_of(fresh));
    } catch (const Error& e) { std::fprintf(stderr, "resolute: the configuration stays as it was: %s\n", e.what()); }
  };
  Connections connections(shared);
  handler.observe([&] { return Load{workers.busy(), workers.waiting(), static_cast<size_t>(shared.open.load()), shared.unsent.load()}; });
  if (options.listening) options.listening(port);
  const bool clean = accept_all(listening, connections, options.stop, reload);
  handler.draining();
  shared.stopping = true;
  ::close(listening);
  const auto until = Clock::now() + std::chrono::seconds(options.limits.stop_seconds);
  if (!connections.wait(until)) {
    connections.cut_off();
    if (!connections.wait(Clock::now() + milliseconds(800)) && options.stuck) options.stuck();
  }
  connections.wait(Clock::time_point::max());
  handler.observe(nullptr);
  if (!clean) throw Error(ErrorKind::unavailable, "the server stopped listening");
}

}  // namespace resolute::http
