// The files of the page and the published contract, compiled into the binary.
#pragma once

#include <string_view>

namespace resolute::http {

struct Asset {
  std::string_view path;  // "/app.js"
  const char* content_type;
  std::string_view content;
};

// nullptr where there is none.
const Asset* find_asset(std::string_view path);

}  // namespace resolute::http
