// MARCXML library records, well-formed or not.
#include "indexer/readers/reader.h"
#include "tests/fuzz/check_record.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const auto reading = indexer::read_marcxml("records.xml", {reinterpret_cast<const char*>(data), size});
  for (const auto& r : reading.records) indexer::check_record(r);
  if (reading.records.empty() && reading.rejections.empty()) std::abort();
  return 0;
}
