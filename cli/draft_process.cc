#include "cli/draft_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

#include "cli/commands.h"
#include "cli/draft_input.h"
#include "schemas/error.h"
#include "schemas/sanitized.h"

namespace resolute::cli {
namespace {

constexpr int kMostProcessorSeconds = 10;
constexpr auto kMostTime = std::chrono::seconds(15);
[[maybe_unused]] constexpr rlim_t kMostMemory = rlim_t{1536} << 20;
constexpr rlim_t kMostOutput = 64 << 20;

// A descriptor that is closed when it is left.
struct Descriptor {
  explicit Descriptor(int number) : fd(number) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  const int fd;
};

bool write_all(int fd, const std::string& bytes) {
  for (size_t at = 0; at < bytes.size();) {
    const ssize_t n = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (n <= 0) return false;
    at += static_cast<size_t>(n);
  }
  return ::lseek(fd, 0, SEEK_SET) == 0;
}

std::string read_all(int fd) {
  std::string out;
  if (::lseek(fd, 0, SEEK_SET) != 0) return out;
  char bytes[65536];
  for (ssize_t n; (n = ::read(fd, bytes, sizeof bytes)) > 0 && out.size() < kMostOutput;) out.append(bytes, static_cast<size_t>(n));
  return out;
}

http::DraftFile failed(std::string why) {
  http::DraftFile out;
  out.reason = std::move(why);
  return out;
}

void limit(int what, rlim_t most) {
  const rlimit value{most, most};
  ::setrlimit(static_cast<__rlimit_resource_t>(what), &value);
}

}  // namespace

http::DraftFile read_draft_apart(const std::string& bytes) {
  const Descriptor in(::memfd_create("draft", MFD_CLOEXEC)), out(::memfd_create("text", MFD_CLOEXEC));
  if (in.fd < 0 || out.fd < 0 || !write_all(in.fd, bytes)) return failed("there is no room for it now");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.fd, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.fd, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  char name[] = "resolute", command[] = "read-draft";
  char* const arguments[] = {name, command, nullptr};
  pid_t child = 0;
  const int spawned = ::posix_spawn(&child, "/proc/self/exe", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) return failed("it cannot be read now");
  const auto until = std::chrono::steady_clock::now() + kMostTime;
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > until) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return failed("it takes too long to read");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  if (!WIFEXITED(status)) return failed("it takes too much time or memory to read");
  return http::parse_draft_file(read_all(out.fd));
}

void add_read_draft(CLI::App& app, int& exit_code) {
  auto* c = app.add_subcommand("read-draft", "a draft on standard input, as JSON: for the server");
  c->group("");  // not for people
  c->callback([&exit_code] {
    limit(RLIMIT_CPU, kMostProcessorSeconds);
    if (!kShadowed) limit(RLIMIT_AS, kMostMemory);
    limit(RLIMIT_FSIZE, kMostOutput);
    limit(RLIMIT_CORE, 0);
    http::DraftFile file;
    try {
      file = understand_draft(read_bytes("-"));
    } catch (const Error& e) { file.reason = e.what(); }
    const auto json = http::print_draft_file(file);
    std::fwrite(json.data(), 1, json.size(), stdout);
    std::fflush(stdout);
    exit_code = kDone;
  });
}

}  // namespace resolute::cli
