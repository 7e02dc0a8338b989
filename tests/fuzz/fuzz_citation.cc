// find_citations: spans in order and in bounds, symbols canonical. The first byte is the organ.
#include <cstdlib>

#include "schemas/symbol.h"
#include "tests/fuzz/target.h"
#include "text/citation.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  if (size == 0) return 0;
  const std::string_view s(reinterpret_cast<const char*>(data) + 1, size - 1);
  uint32_t end = 0;
  for (const auto& c : text::find_citations(s, static_cast<Body>(data[0] % 5))) {
    if (c.span.begin < end || c.span.begin >= c.span.end || c.span.end > s.size()) std::abort();
    const auto symbol = parse_symbol(c.symbol);
    if (!symbol || symbol->text() != c.symbol) std::abort();
    end = c.span.end;
  }
  return 0;
}
