// HTML.
#include "indexer/readers/reader.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const auto reading = indexer::read_html("S_RES_3999_2040.html", {reinterpret_cast<const char*>(data), size});
  for (const auto& d : reading.documents) check_document(d);
  for (const auto& r : reading.rejections)
    if (r.reason.empty()) std::abort();
  return 0;
}
