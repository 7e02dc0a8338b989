// fold and tidy: idempotent, with a way back that stays in bounds; tokens in bounds.
#include <cstdlib>

#include "schemas/wording_code.h"
#include "tests/fuzz/target.h"
#include "text/analyze.h"
#include "text/normalize.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute::text;
  const std::string s(reinterpret_cast<const char*>(data), size);
  const auto folded = fold_with_spans(s);
  if (folded.text != fold(s) || fold(folded.text) != folded.text) std::abort();
  const auto stored = fold_with_edits(s);
  if (stored.text != folded.text || resolute::restore(stored.text, stored.edits) != s) std::abort();
  if (folded.begin.size() != folded.text.size() || folded.end.size() != folded.text.size()) std::abort();
  for (size_t i = 0; i < folded.text.size(); ++i) {
    if (folded.begin[i] > folded.end[i] || folded.end[i] > size) std::abort();
    if (i && (folded.begin[i] < folded.begin[i - 1] || folded.end[i] < folded.end[i - 1])) std::abort();
  }
  const auto tidied = tidy(s);
  if (tidy(tidied) != tidied) std::abort();
  static Analyzer analyzer;
  for (const auto* text : {&folded.text, &s}) {
    std::vector<Token> tokens;
    analyzer.tokenizer().tokenize(*text, tokens);
    for (const auto& t : tokens)
      if (t.begin >= t.end || t.end > text->size()) std::abort();
    analyzer.analyze(*text, [](std::string_view term) {
      if (term.empty() || term.size() > 80) std::abort();
    });
  }
  const size_t half = size / 2;
  const auto at = find_phrase(folded.text, fold(s.substr(half)));
  if (at != std::string::npos && at >= folded.text.size()) std::abort();
  return 0;
}
