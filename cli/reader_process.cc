#include "cli/reader_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <memory>
#include <mutex>

#include "cli/commands.h"
#include "schemas/error.h"
#include "schemas/sanitized.h"

namespace resolute::cli {
namespace {

constexpr rlim_t kMostProcessorSeconds = 30;                 // for a file
constexpr auto kMostTime = std::chrono::seconds(180);        // of the clock
[[maybe_unused]] constexpr rlim_t kMostMemory = 2ull << 30;  // of the process
constexpr uint64_t kMostAnswer = 1ull << 30;

using Clock = std::chrono::steady_clock;

// One process, and our end of the socket that is its standard input.
class Reader {
 public:
  // nullptr where none can be started.
  static std::unique_ptr<Reader> start() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return nullptr;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    char name[] = "resolute", command[] = "read-files";
    char* const arguments[] = {name, command, nullptr};
    pid_t child = 0;
    const int spawned = ::posix_spawn(&child, "/proc/self/exe", &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (spawned == 0) return std::unique_ptr<Reader>(new Reader(child, ends[0]));
    ::close(ends[0]);
    return nullptr;
  }
  ~Reader() {
    ::close(socket_);  // it ends at the end of its input
    if (!idle_) ::kill(child_, SIGKILL);
    while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {}
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // nullopt where it ended, or had to be ended.
  std::optional<std::string> ask(const std::string& path, std::string_view bytes) {
    idle_ = false;
    const auto until = Clock::now() + kMostTime;
    const uint64_t sizes[2] = {path.size(), bytes.size()};
    if (!send({reinterpret_cast<const char*>(sizes), sizeof sizes}, until) || !send(path, until) || !send(bytes, until)) return std::nullopt;
    uint64_t size = 0;
    if (!receive(reinterpret_cast<char*>(&size), sizeof size, until) || size > kMostAnswer) return std::nullopt;
    std::string out(size, '\0');
    if (!receive(out.data(), size, until)) return std::nullopt;
    idle_ = true;
    return out;
  }

 private:
  Reader(pid_t child, int socket) : child_(child), socket_(socket) {}

  bool wait(short what, Clock::time_point until) const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd p{socket_, what, 0};
    const int ready = left > 0 ? ::poll(&p, 1, static_cast<int>(left)) : 0;
    return ready > 0 || (ready < 0 && errno == EINTR);
  }
  bool send(std::string_view bytes, Clock::time_point until) const {
    while (!bytes.empty()) {
      const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n > 0)
        bytes.remove_prefix(static_cast<size_t>(n));
      else if ((n < 0 && errno != EAGAIN && errno != EINTR) || !wait(POLLOUT, until))
        return false;
    }
    return true;
  }
  bool receive(char* to, size_t size, Clock::time_point until) const {
    while (size > 0) {
      const ssize_t n = ::recv(socket_, to, size, MSG_DONTWAIT);
      if (n > 0)
        to += n, size -= static_cast<size_t>(n);
      else if (n == 0 || (errno != EAGAIN && errno != EINTR) || !wait(POLLIN, until))
        return false;
    }
    return true;
  }

  pid_t child_;
  int socket_;
  bool idle_ = true;
};

class Readers {
 public:
  std::optional<indexer::Reading> read(const std::string& path, std::string_view bytes) {
    std::unique_ptr<Reader> reader;
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        reader = std::move(idle_.back());
        idle_.pop_back();
      }
    }
    if (!reader) reader = Reader::start();
    if (!reader) return indexer::read_here(path, bytes);
    const auto answer = reader->ask(path, bytes);
    if (!answer) return std::nullopt;
    auto out = indexer::decode_reading(*answer);
    for (auto& r : out.rejections) r.path = path;
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(reader));
    return out;
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Reader>> idle_;
};

bool read_whole(char* to, size_t size) {
  while (size > 0) {
    const ssize_t n = ::read(STDIN_FILENO, to, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    to += n, size -= static_cast<size_t>(n);
  }
  return true;
}

bool write_whole(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(STDIN_FILENO, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

void allow_a_file() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
  const rlimit value{seconds + kMostProcessorSeconds, RLIM_INFINITY};
  ::setrlimit(RLIMIT_CPU, &value);
}

}  // namespace

indexer::ReadApart reader_processes() {
  return [readers = std::make_shared<Readers>()](const std::string& path, std::string_view bytes) { return readers->read(path, bytes); };
}

void add_read_files(CLI::App& app, int& exit_code) {
  auto* c = app.add_subcommand("read-files", "PDF and Word files from a socket: for index");
  c->group("");  // not for people
  c->callback([&exit_code] {
    std::signal(SIGINT, SIG_IGN);  // the terminal's: who asks decides
    const rlimit memory{kMostMemory, kMostMemory};
    if (!kShadowed) ::setrlimit(RLIMIT_AS, &memory);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    for (uint64_t sizes[2]; read_whole(reinterpret_cast<char*>(sizes), sizeof sizes);) {
      std::string path(sizes[0], '\0'), bytes(sizes[1], '\0');
      if (!read_whole(path.data(), path.size()) || !read_whole(bytes.data(), bytes.size())) break;
      allow_a_file();
      const auto answer = indexer::encode_reading(indexer::read_here(path, bytes));  // no memory: it ends, and that says it
      const uint64_t size = answer.size();
      if (!write_whole({reinterpret_cast<const char*>(&size), sizeof size}) || !write_whole(answer)) break;
    }
    exit_code = kDone;
  });
}

}  // namespace resolute::cli
