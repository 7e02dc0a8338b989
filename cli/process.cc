#include "cli/process.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "schemas/error.h"

namespace resolute::cli {

namespace {

// `input` < 0: that of this process.
int run(const std::vector<std::string>& arguments, int input) {
  std::vector<char*> argv;
  for (const auto& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
  argv.push_back(nullptr);
  pid_t pid = 0;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  if (input >= 0) ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  const int why = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (why) {
    throw Error(ErrorKind::unavailable, why == ENOENT ? arguments[0] + " is not installed" : "cannot run " + arguments[0] + ": " + std::strerror(why));
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) throw Error(ErrorKind::unavailable, "cannot wait for " + arguments[0] + ": " + std::strerror(errno));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) { return run(arguments, -1); }

int run_program(const std::vector<std::string>& arguments, const std::string& input) {
  // A file without a name, not a pipe: nobody waits for whoever does not read.
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), [](std::FILE* f) { return f ? std::fclose(f) : 0; });
  if (!file || std::fwrite(input.data(), 1, input.size(), file.get()) != input.size() || std::fflush(file.get()) || std::fseek(file.get(), 0, SEEK_SET))
    throw Error(ErrorKind::unavailable, std::string("cannot write a temporary file: ") + std::strerror(errno));
  return run(arguments, ::fileno(file.get()));
}

}  // namespace resolute::cli
