// JSON Lines.
#include "indexer/readers/reader.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const auto reading = indexer::read_jsonl("f.jsonl", {reinterpret_cast<const char*>(data), size});
  for (const auto& d : reading.documents) check_document(d);
  for (const auto& r : reading.rejections)
    if (r.location.empty() || r.reason.empty()) std::abort();
  return 0;
}
