// Waits for files to change.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace resolute::cli {

// Told by the kernel (inotify) of what changes below some folders; folders that come later are watched too. Network
// folders tell nothing of what other machines do: the caller looks itself now and then. For one thread.
class FolderWatch {
 public:
  // Throws Error: not_found (no such path), unavailable (inotify).
  explicit FolderWatch(const std::vector<std::string>& paths);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // Whether something has changed before the time is over, or a signal came.
  bool wait(std::chrono::milliseconds most);
  // Waits until nothing has changed for `quiet`, `most` at most: who writes a thousand files is waited for.
  void settle(std::chrono::milliseconds quiet, std::chrono::milliseconds most);
  // Why some folders are not watched, else empty: the kernel's limit (fs.inotify.max_user_watches).
  const std::string& trouble() const { return trouble_; }

 private:
  void add(const std::string& folder);
  bool read_events();

  int fd_;
  std::map<int, std::string> folders_;  // by watch
  std::string trouble_;
};

}  // namespace resolute::cli
