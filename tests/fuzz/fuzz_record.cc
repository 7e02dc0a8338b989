// Stored documents: a document or Error(corrupt), whatever the bytes.
#include <cstdlib>

#include "schemas/error.h"
#include "schemas/store.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  try {
    const auto d = decode_document({reinterpret_cast<const char*>(data), size});
    const auto bytes = encode_document(d, Texts::with);
    if (encode_document(decode_document(bytes), Texts::with) != bytes) std::abort();
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::corrupt) std::abort();
  }
  return 0;
}
