// parse_symbol: what it accepts is settled.
#include <cstdlib>

#include "schemas/symbol.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const std::string_view s(reinterpret_cast<const char*>(data), size);
  ascii_fold(s);
  if (const auto symbol = parse_symbol(s)) {
    const auto again = parse_symbol(symbol->text());
    if (!again || *again != *symbol) std::abort();
    symbol->body();
    symbol->type();
    symbol->session();
    symbol->year();
    symbol->part();
    if (symbol->without_part().text().empty()) std::abort();
  }
  const size_t half = size / 2;
  const auto a = s.substr(0, half), b = s.substr(half);
  if (Symbol::natural_less(a, b) && Symbol::natural_less(b, a)) std::abort();
  return 0;
}
