// Forms that carry files: multipart/form-data (RFC 7578).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resolute::http {

struct FormPart {
  std::string name, filename;  // filename: empty where it is no file
  std::string_view content;    // of the body, as long as that lives
};

inline constexpr size_t kMostFormParts = 100;

// The parts of a body, whose boundary is named by `content_type`; nullopt where it is no such form, or has more parts than kMostFormParts.
std::optional<std::vector<FormPart>> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace resolute::http
