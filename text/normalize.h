// The folded form of text: what exact quotes are compared in.
//
// NFKC and full case folding; Traditional Chinese to Simplified, with everyday forms
// and CJK radicals that ICU's table lacks (text/han_forms.h), ○ as 〇; white space beside
// Han characters removed, other runs of it one space, none at the ends; quotation marks
// 《》〈〉「」『』“”„‟‚〝〞«»‹›" and invisible format characters dropped; every hyphen and dash
// one '-', every middle dot one '·', other look-alikes of : * / ~ these. An apostrophe of
// any kind is dropped, but for one between a letter or digit and an s that ends there: in
// "women's" it is ' and a word edge. All else stays. Folding is idempotent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::text {

// A folded text with its way back.
struct Folded {
  std::string text;
  // Of each byte of text: the original bytes [begin, end) its character came from.
  std::vector<uint32_t> begin, end;

  // The original span of folded bytes [from, to). Empty spans give the position.
  Span original(size_t from, size_t to) const;
};

// Invalid UTF-8 becomes U+FFFD. Thread-safe.
std::string fold(std::string_view original);
Folded fold_with_spans(std::string_view original);

// A folded text and the edits that restore the original (schemas/wording_code.h).
struct FoldedEdits {
  std::string text, edits;
};
FoldedEdits fold_with_edits(std::string_view original);

// Han characters, as exact quotes see them: no word edges, no spaces beside.
inline bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 || c == 0x3007 || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}
// Latin letters and digits of folded text: quotes that begin or end with one need an edge.
inline bool is_word(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xDF && c <= 0xF6) || (c >= 0xF8 && c <= 0x24F) || (c >= 0x1E00 && c <= 0x1EFF);
}

// After the 's that stands at folded[i], else i: what is no word by itself.
inline size_t clitic_end(std::string_view folded, size_t i) { return i + 1 < folded.size() && folded[i] == '\'' && folded[i + 1] == 's' ? i + 2 : i; }

// The code point at s[i], and i moved after it; U+FFFD and one byte on bad UTF-8.
char32_t next_code_point_slowly(std::string_view s, size_t& i);
inline char32_t next_code_point(std::string_view s, size_t& i) {
  const auto c = static_cast<unsigned char>(s[i]);
  if (c < 0x80) {
    ++i;
    return c;
  }
  // Three bytes of U+1000 to U+CFFF, among them nearly all Han: nothing there is malformed but the bytes that continue.
  if (c >= 0xE1 && c <= 0xEC && i + 2 < s.size()) {
    const auto d = static_cast<unsigned char>(s[i + 1]), e = static_cast<unsigned char>(s[i + 2]);
    if ((d & 0xC0) == 0x80 && (e & 0xC0) == 0x80) {
      i += 3;
      return static_cast<char32_t>(c & 0x0F) << 12 | static_cast<char32_t>(d & 0x3F) << 6 | (e & 0x3F);
    }
  }
  return next_code_point_slowly(s, i);
}
void append_utf8(std::string& out, char32_t c);

// Whether folded `text` contains folded `phrase` with word edges where it needs them
// (before 's there is one, after its apostrophe none), at or after byte `from`: the position, else npos.
size_t find_phrase(std::string_view text, std::string_view phrase, size_t from = 0);

// Traditional Chinese characters to Simplified ones, one for one; all else unchanged.
std::string simplify(std::string_view s);
char32_t simplify(char32_t c);

// White space (of any kind) collapsed to one space and trimmed; control characters
// dropped; bad UTF-8 replaced. What a paragraph's text is stored as.
std::string tidy(std::string_view s);

}  // namespace resolute::text
