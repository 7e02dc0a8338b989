// What kind of Error a call throws, nullopt where it throws none.
#pragma once

#include <functional>
#include <optional>

#include "schemas/error.h"

namespace resolute {

inline std::optional<ErrorKind> thrown(const std::function<void()>& f) {
  try {
    f();
  } catch (const Error& e) { return e.kind(); }
  return std::nullopt;
}

}  // namespace resolute
