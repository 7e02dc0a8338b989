// Saved searches: what the index learned since each was looked at last, handed to a program.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace resolute::cli {

struct Alert {
  std::string name;              // its own in the file
  std::string note;              // for whoever reads the message
  std::string query;             // as in the address of a page of results, after the ?
  std::string format = "text";   // or one of http::export_formats()
  std::vector<std::string> run;  // a program and its arguments; the message on its standard input
};

struct AlertFile {
  std::string url;  // before addresses in messages
  std::vector<Alert> searches;
};

// A file in TOML (docs/operations.md). Throws Error(invalid) that names what is wrong, Error(unavailable) where it cannot be read.
AlertFile read_alerts(const std::string& path);

struct AlertRun {
  size_t told = 0;    // searches with something new whose program took it
  size_t failed = 0;  // whose program did not: they are told again the next time
};

// Says of each search that nothing of the whole collection matches, and why, where that is so. Throws Error(unavailable, corrupt).
void doubt_alerts(const AlertFile& alerts, const std::string& index, const std::function<void(const std::string&)>& say);

// Looks at each search once. `state` is a file that says up to which revision each was told; a search that is not in it begins with
// `since`, or with the index as it is now where that is 0. The file is written anew after each search that was told, so that being
// killed tells one search twice at most. `say` is told what happens. Throws Error(unavailable, corrupt).
AlertRun tell_alerts(const AlertFile& alerts, const std::string& index, const std::string& state, uint64_t since,
                     const std::function<void(const std::string&)>& say);

}  // namespace resolute::cli
