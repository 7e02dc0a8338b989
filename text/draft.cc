#include "text/draft.h"

#include <algorithm>

#include "schemas/ascii.h"
#include "text/line.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

bool closes(std::string_view line) {
  for (const std::string_view mark : {",", ";", ".", ":", "，", "；", "。", "：", "、", "”", "\""})
    if (line.ends_with(mark)) return true;
  return false;
}

Language language_of(std::string_view s) {
  size_t han = 0, latin = 0;
  for (size_t i = 0; i < s.size();) {
    const char32_t c = next_code_point(s, i);
    if (is_han(c)) ++han;
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ++latin;
  }
  // A Han character says as much as several letters.
  return han * 4 > latin ? Language::zh : Language::en;
}

}  // namespace

std::vector<DraftParagraph> split_draft(std::string_view text) {
  std::vector<DraftParagraph> out;
  std::string open;
  Span span;
  const auto close = [&] {
    const std::string tidied = close_han(tidy(open));
    open.clear();
    if (tidied.empty()) return;
    DraftParagraph p;
    p.span = span;
    const auto numeral = find_numeral(tidied);
    p.number = numeral.bytes < tidied.size() ? numeral.number : "";
    p.text = p.number.empty() ? tidied : tidied.substr(numeral.bytes);
    p.lang = language_of(p.text);
    out.push_back(std::move(p));
  };
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const auto raw = text.substr(at, end - at);
    const auto line = tidy(raw);
    if (line.empty()) {
      close();
    } else {
      if (!open.empty() && (closes(open) || find_numeral(line).bytes)) close();
      if (open.empty()) span.begin = static_cast<uint32_t>(at + std::min(raw.find_first_not_of(" \t\r"), raw.size()));
      else if (open.ends_with('-') && open.size() > 1 && open[open.size() - 2] >= 'a' && open[open.size() - 2] <= 'z' && line[0] >= 'a' && line[0] <= 'z') open.pop_back();
      else open += ' ';
      open += line;
      const size_t last = raw.find_last_not_of(" \t\r");
      span.end = static_cast<uint32_t>(at + (last == std::string_view::npos ? 0 : last + 1));
    }
    at = end + 1;
  }
  close();
  return out;
}

}  // namespace resolute::text
