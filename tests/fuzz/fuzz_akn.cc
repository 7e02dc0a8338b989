// AKN4UN XML, well-formed or not.
#include "indexer/readers/reader.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const auto reading = indexer::read_akn("A_RES_90_7-E.xml", {reinterpret_cast<const char*>(data), size});
  for (const auto& d : reading.documents) check_document(d);
  if (reading.documents.empty() && reading.rejections.empty()) std::abort();
  return 0;
}
