#include "cli/process.h"

#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstring>

#include "schemas/error.h"

extern char** environ;

namespace resolute::cli {

int run_program(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const auto& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
  argv.push_back(nullptr);
  pid_t pid = 0;
  if (const int why = ::posix_spawnp(&pid, argv[0], nullptr, nullptr, argv.data(), environ)) {
    throw Error(ErrorKind::unavailable, why == ENOENT ? arguments[0] + " is not installed" : "cannot run " + arguments[0] + ": " + std::strerror(why));
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) throw Error(ErrorKind::unavailable, "cannot wait for " + arguments[0] + ": " + std::strerror(errno));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace resolute::cli
