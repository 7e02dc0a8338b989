// What `serve` can be told: one table, for a file in TOML, the environment and flags.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "http/server.h"

namespace resolute::cli {

struct Setting {
  const char* name;  // "keep-alive-seconds": --keep-alive-seconds, $RESOLUTE_KEEP_ALIVE_SECONDS, keep-alive-seconds = 60
  const char* help;
  bool reread;  // at SIGHUP
  std::string (*print)(const http::ServerOptions& options);
  // False where the value is none; `value` of a flag without one is "true".
  bool (*set)(http::ServerOptions& options, const std::string& value);
};

// Every one.
std::span<const Setting> settings();

// Where values come from, the strongest last: defaults, the file, the environment, flags.
struct SettingSources {
  std::string file;                          // empty: none
  std::map<std::string, std::string> flags;  // by name
};
// Throws Error(invalid) that names the place and what is wrong.
http::ServerOptions read_settings(const SettingSources& sources);
// As a file, with what each is.
std::string print_settings(const http::ServerOptions& options);

}  // namespace resolute::cli
