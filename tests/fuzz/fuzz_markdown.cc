// Markdown, and texts of several documents.
#include "indexer/readers/reader.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/target.h"
#include "text/markdown.h"
#include "text/several.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const std::string_view s(reinterpret_cast<const char*>(data), size);
  text::is_markdown(s);
  // Only marks are taken, and a line end may be added.
  const auto plain = text::without_markdown(s);
  if (plain.size() > size + 1) std::abort();
  for (const auto& part : text::split_documents(plain))
    if (part.text.size() > plain.size() + 1) std::abort();
  const auto reading = indexer::read_text("draft.md", s);
  for (const auto& d : reading.documents) check_document(d);
  return 0;
}
