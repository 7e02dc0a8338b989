// The time as formats of the network write it.
#pragma once

#include <ctime>
#include <string>

namespace resolute {

// "2037-12-15T08:30:00Z" (RFC 3339).
inline std::string iso_time(std::time_t at) {
  std::tm utc{};
  gmtime_r(&at, &utc);
  char out[40];
  return std::string(out, std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &utc));
}
inline std::string now_iso() { return iso_time(std::time(nullptr)); }

}  // namespace resolute
