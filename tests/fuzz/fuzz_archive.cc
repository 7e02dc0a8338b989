// Archives; their members are only detected, other targets read them.
#include <cstdlib>

#include "indexer/readers/reader.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute::indexer;
  size_t bytes = 0;
  read_archive(
      "a.zip", {reinterpret_cast<const char*>(data), size}, 1,
      [&](Source&& s) {
        if (s.bytes.size() > kMostFileBytes) std::abort();
        detect_format(s.bytes);
        symbol_from_path(s.path);
        bytes += s.bytes.size();
      },
      [](resolute::Rejection&& r) {
        if (r.path.empty() || r.reason.empty()) std::abort();
      });
  return 0;
}
