#include "text/lexical_unit.h"

#include "text/normalize.h"

namespace resolute::text {

std::vector<LexicalUnit> lexical_units(std::string_view folded, Analyzer& analyzer) {
  std::vector<LexicalUnit> out;
  std::vector<Token> words;
  std::vector<std::string> terms;
  bool joined = false;  // since the last unit
  for (size_t i = 0; i < folded.size();) {
    const auto begin = static_cast<uint32_t>(i);
    const char32_t c = next_code_point(folded, i);
    if (is_han(c)) {
      HanRun run{begin, static_cast<uint32_t>(i)};
      for (size_t k = i; k < folded.size() && is_han(next_code_point(folded, k)); i = k) {}
      run.end = static_cast<uint32_t>(i);
      words.clear();
      analyzer.tokenizer().break_han(folded, run, words);
      for (const auto& w : words) {
        out.push_back({std::string(folded.substr(w.begin, w.end - w.begin)), w.begin, w.end, true, joined});
        joined = true;
      }
    } else if (is_word(c)) {
      for (size_t k = i; k < folded.size() && is_word(next_code_point(folded, k)); i = k) {}
      const auto word = folded.substr(begin, i - begin);
      i = clitic_end(folded, i);
      if (is_stop_word(word) || (word.size() == 1 && !(word[0] >= '0' && word[0] <= '9'))) continue;
      analyzer.terms_of(folded, {TokenKind::word, begin, begin + static_cast<uint32_t>(word.size())}, terms);
      out.push_back({std::string(bare(terms.back())), begin, begin + static_cast<uint32_t>(word.size()), false, joined});
      joined = true;
    } else if (c != U' ') {
      joined = false;
    }
  }
  return out;
}

}  // namespace resolute::text
