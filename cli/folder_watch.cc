#include "cli/folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "schemas/error.h"

namespace resolute::cli {
namespace fs = std::filesystem;
namespace {

constexpr uint32_t kEvents = IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR;

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

}  // namespace

FolderWatch::FolderWatch(const std::vector<std::string>& paths) : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (fd_ < 0) throw Error(ErrorKind::unavailable, std::string("cannot watch files: ") + std::strerror(errno));
  for (const auto& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      ::close(fd_);
      throw Error(ErrorKind::not_found, "no such file or folder: " + path);
    }
    // Of a file its folder: editors write another beside it and rename that.
    add(fs::is_directory(path, error) ? path : fs::absolute(path).parent_path().string());
  }
}

FolderWatch::~FolderWatch() { ::close(fd_); }

void FolderWatch::add(const std::string& folder) {
  const int watch = ::inotify_add_watch(fd_, folder.c_str(), kEvents);
  if (watch < 0) {
    if (errno != ENOENT && errno != ENOTDIR)
      trouble_ = "cannot watch " + folder + ": " + (errno == ENOSPC ? "the system's limit is reached (fs.inotify.max_user_watches)" : std::strerror(errno));
    return;
  }
  folders_[watch] = folder;
  std::error_code error;
  for (fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, error), end; !error && it != end; it.increment(error)) {
    std::error_code unknown;
    if (it->is_directory(unknown) && !it->is_symlink(unknown) && !is_hidden(it->path())) add(it->path().string());
  }
}

bool FolderWatch::read_events() {
  bool changed = false;
  alignas(inotify_event) char buffer[1 << 16];
  for (ssize_t n; (n = ::read(fd_, buffer, sizeof buffer)) > 0;) {
    for (const char* at = buffer; at < buffer + n;) {
      inotify_event event;
      std::memcpy(&event, at, sizeof event);
      const std::string name = event.len ? at + sizeof event : "";
      at += sizeof event + event.len;
      if (event.mask & IN_Q_OVERFLOW) changed = true;
      if (event.mask & IN_IGNORED) folders_.erase(event.wd);
      if (name.empty() || is_hidden(name)) continue;
      const auto folder = folders_.find(event.wd);
      if ((event.mask & IN_ISDIR) && (event.mask & (IN_CREATE | IN_MOVED_TO)) && folder != folders_.end()) add(folder->second + "/" + name);
      // A file that is only begun is told of again when it is closed.
      changed = changed || !(event.mask & IN_CREATE) || (event.mask & IN_ISDIR);
    }
  }
  return changed;
}

bool FolderWatch::wait(std::chrono::milliseconds most) {
  const auto end = std::chrono::steady_clock::now() + most;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    pollfd p{fd_, POLLIN, 0};
    const int ready = ::poll(&p, 1, static_cast<int>(std::clamp<int64_t>(left.count(), 0, 3'600'000)));
    if (ready <= 0) return false;
    if (read_events()) return true;
    if (left.count() <= 0) return false;
  }
}

void FolderWatch::settle(std::chrono::milliseconds quiet, std::chrono::milliseconds most) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (std::chrono::steady_clock::now() < end && wait(quiet)) {}
}

}  // namespace resolute::cli
