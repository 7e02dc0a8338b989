// Queries always parse; what is marked lies in the text. The query is the first line.
#include <algorithm>
#include <cstdlib>

#include "search/query.h"
#include "search/snippet.h"
#include "tests/fuzz/target.h"
#include "text/normalize.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute;
  const std::string_view s(reinterpret_cast<const char*>(data), size);
  const size_t line = std::min(s.find('\n'), s.size());
  const auto query = search::parse_query(s.substr(0, line));
  search::print_query(query.root);
  if (query.notices.size() > 100000) std::abort();
  const search::Highlighter marks(query);
  for (const std::string& text : {text::tidy(s.substr(line)), text::tidy(s)}) {
    uint32_t end = 0;
    for (const auto& span : marks.find(text)) {
      if (span.begin < end || span.begin >= span.end || span.end > text.size()) std::abort();
      end = span.end;
    }
    for (const auto& snippet : marks.snippets(text, 80, 3))
      for (const auto& span : snippet.highlights)
        if (span.begin >= span.end || span.end > snippet.text.size()) std::abort();
  }
  search::canonical_value(Field::symbol, s);
  search::canonical_value(Field::committee, s);
  return 0;
}
