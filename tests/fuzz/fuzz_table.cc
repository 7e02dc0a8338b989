// CSV and TSV tables of meetings, and whatever else has a first line.
#include "indexer/readers/reader.h"
#include "tests/fuzz/check_record.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  indexer::names_columns(bytes);
  if (indexer::why_ignored(bytes).empty()) std::abort();
  for (const auto& r : indexer::read_table("meetings.tsv", bytes).records) indexer::check_record(r);
  return 0;
}
