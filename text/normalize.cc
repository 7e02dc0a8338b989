#include "text/normalize.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <unordered_map>

#include "schemas/ascii.h"
#include "schemas/error.h"
#include "schemas/wording_code.h"
#include "text/fold_table.h"

namespace resolute::text {
namespace {

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// Takes folded characters one by one and settles white space. Track says what is kept
// beside the text: add(bytes, begin, end) hears of each character and the original bytes it came from.
template <typename Track>
class Sink {
 public:
  Sink(std::string& text, Track& track) : text_(text), track_(track) {}

  void put(std::string_view folded, uint32_t begin, uint32_t end) {
    for (size_t i = 0; i < folded.size();) {
      const size_t at = i;
      const char32_t c = next_code_point(folded, i);
      if (is_space(c)) {
        if (!pending_) space_begin_ = begin;
        pending_ = true;
        space_end_ = end;
        continue;
      }
      const bool han = is_han(c);
      if (pending_ && !text_.empty() && !han && !after_han_) add(" ", space_begin_, space_end_);
      pending_ = false;
      after_han_ = han;
      add(folded.substr(at, i - at), begin, end);
    }
  }
  // Characters that fold to themselves, all Han or none; within there are at most single spaces.
  void put_run(std::string_view run, bool han, uint32_t begin) {
    if (pending_ && !text_.empty() && !han && !after_han_) add(" ", space_begin_, space_end_);
    pending_ = false;
    after_han_ = han;
    track_.add_run(text_.size(), run, begin);
    text_ += run;
  }
  // Whether a letter or digit stands right before what comes.
  bool after_word() const {
    if (pending_ || text_.empty()) return false;
    size_t last = text_.size() - 1;
    while (last > 0 && (text_[last] & 0xC0) == 0x80) --last;
    return is_word(next_code_point(text_, last));
  }
  // A plain ASCII character that folds to `c`.
  void put_ascii(char c, uint32_t at) {
    if (c == ' ') {
      if (!pending_) space_begin_ = at;
      pending_ = true;
      space_end_ = at + 1;
      return;
    }
    if (pending_ && !text_.empty() && !after_han_) add(" ", space_begin_, space_end_);
    pending_ = after_han_ = false;
    add({&c, 1}, at, at + 1);
  }

 private:
  void add(std::string_view bytes, uint32_t begin, uint32_t end) {
    track_.add(text_.size(), bytes, begin, end);
    text_ += bytes;
  }
  std::string& text_;
  Track& track_;
  bool pending_ = false, after_han_ = false;
  uint32_t space_begin_ = 0, space_end_ = 0;
};

struct TrackNothing {
  void add(size_t, std::string_view, uint32_t, uint32_t) {}
  void add_run(size_t, std::string_view, uint32_t) {}
};

struct TrackSpans {
  std::vector<uint32_t>&begins, &ends;
  void add(size_t, std::string_view bytes, uint32_t begin, uint32_t end) {
    begins.insert(begins.end(), bytes.size(), begin);
    ends.insert(ends.end(), bytes.size(), end);
  }
  void add_run(size_t at, std::string_view run, uint32_t begin) {
    for (size_t i = 0; i < run.size();) {
      const size_t from = i;
      next_code_point(run, i);
      add(at + from, run.substr(from, i - from), begin + static_cast<uint32_t>(from), begin + static_cast<uint32_t>(i));
    }
  }
};

struct TrackEdits {
  std::string_view original;
  EditWriter edits;
  size_t told = 0;  // original bytes accounted for
  void add(size_t at, std::string_view bytes, uint32_t, uint32_t end) {
    const auto piece = end > told ? original.substr(told, end - told) : std::string_view();
    if (piece != bytes) edits.replace(at, bytes, piece);
    told = std::max<size_t>(told, end);
  }
  void add_run(size_t at, std::string_view run, uint32_t begin) {
    // What was dropped before the run is told with its first character.
    size_t first = 0;
    next_code_point(run, first);
    add(at, run.substr(0, first), begin, begin + static_cast<uint32_t>(first));
    told = begin + run.size();
  }
};

// ASCII that folds to itself, and is no space.
constexpr auto kPlain = [] {
  std::array<bool, 256> out{};
  for (size_t c = 0x21; c < 0x7F; ++c) out[c] = c != '"' && c != '\'' && c != '`' && !(c >= 'A' && c <= 'Z');
  return out;
}();

bool is_plain(std::string_view s, size_t i) { return i < s.size() && kPlain[static_cast<unsigned char>(s[i])]; }

// Whether what stands at s[i] can neither combine with what stands before it nor vanish: then that ends there.
bool ends_before(std::string_view s, size_t i) {
  return i == s.size() || (static_cast<unsigned char>(s[i]) < 0x80 && s[i] != '"' && s[i] != '\'' && s[i] != '`');
}

// Whether an s alone stands at s[i], as in "women's": what folds to nothing is looked through.
bool is_clitic(const FoldTable& table, std::string_view s, size_t i) {
  bool letter = false;
  while (i < s.size()) {
    const char32_t c = next_code_point(s, i);
    if (table.vanishes(c)) continue;
    if (letter && !table.starts(c)) return false;
    const auto first = table.first(c);
    if (!first) continue;
    if (letter) return !is_word(*first);
    if (c >= 0x10000 || table.of(c) != "s") return false;
    letter = true;
  }
  return letter;
}

// The end of the run of plain ASCII at s[i], of which nothing combines with what follows.
size_t plain_run(std::string_view s, size_t i) {
  size_t end = i;
  while (is_plain(s, end) || (end > i && end < s.size() && s[end] == ' ' && is_plain(s, end + 1))) ++end;
  if (end > i && !ends_before(s, end)) {
    --end;
    if (end > i && s[end - 1] == ' ') --end;
  }
  return end;
}

template <typename Track>
void fold_into(std::string_view s, std::string& text, Track& track) {
  const auto& table = FoldTable::instance();
  Sink<Track> sink(text, track);
  text.reserve(s.size());
  std::string folded;
  for (size_t i = 0; i < s.size();) {
    if (const size_t end = plain_run(s, i); end > i) {
      sink.put_run(s.substr(i, end - i), false, static_cast<uint32_t>(i));
      i = end;
      continue;
    }
    const auto byte = static_cast<unsigned char>(s[i]);
    if (byte < 0x80 && ends_before(s, i + 1)) {
      if (byte == '"' || byte == '\'' || byte == '`') {
        if (byte != '"' && sink.after_word() && is_clitic(table, s, i + 1)) sink.put("'", static_cast<uint32_t>(i), static_cast<uint32_t>(i + 1));
        ++i;
        continue;
      }
      const char c = byte >= 'A' && byte <= 'Z'                                         ? static_cast<char>(byte + 32)
                     : (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F) ? ' '
                                                                                        : static_cast<char>(byte);
      sink.put_ascii(c, static_cast<uint32_t>(i));
      ++i;
      continue;
    }
    const size_t begin = i;
    const char32_t c = next_code_point(s, i);
    if (table.is_plain_han(c)) {
      size_t last = begin;  // where the run's last character begins
      for (size_t next = i; next < s.size() && table.is_plain_han(next_code_point(s, next)); i = next) last = i;
      if (!ends_before(s, i)) i = last;
      if (i > begin) {
        sink.put_run(s.substr(begin, i - begin), true, static_cast<uint32_t>(begin));
        continue;
      }
      next_code_point(s, i);
    }
    if (table.vanishes(c)) {
      if (is_apostrophe(c) && sink.after_word() && is_clitic(table, s, i)) sink.put("'", static_cast<uint32_t>(begin), static_cast<uint32_t>(i));
      continue;
    }
    // The character that would combine with this one: dropped ones do not stand between.
    size_t peek = i;
    bool combines = false;
    for (bool seen = false; peek < s.size() && !seen;) {
      const char32_t next = next_code_point(s, peek);
      seen = !table.vanishes(next);
      combines = seen && !table.starts(next);
    }
    if (!combines && c < 0x10000) {
      sink.put(table.of(c), static_cast<uint32_t>(begin), static_cast<uint32_t>(i));
      continue;
    }
    // A cluster: this character and all that combine with it. Bounded, so that a
    // megabyte of combining marks costs a megabyte; what is beyond the bound is dropped.
    std::u16string cluster = utf16(c);
    for (peek = i; peek < s.size();) {
      const char32_t next = next_code_point(s, peek);
      if (!table.vanishes(next)) {
        if (table.starts(next)) break;
        if (cluster.size() < kLongestCluster) cluster += utf16(next);
        i = peek;
      }
    }
    folded.clear();
    table.fold(cluster, folded);
    sink.put(folded, static_cast<uint32_t>(begin), static_cast<uint32_t>(i));
  }
}

}  // namespace

char32_t next_code_point_slowly(std::string_view s, size_t& i) {
  const auto c = static_cast<unsigned char>(s[i++]);
  const int more = c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : 0;
  if (more == 0 || i + static_cast<size_t>(more) > s.size()) return 0xFFFD;
  char32_t v = c & (0x3F >> more);
  for (int k = 0; k < more; ++k) {
    const auto d = static_cast<unsigned char>(s[i + static_cast<size_t>(k)]);
    if ((d & 0xC0) != 0x80) return 0xFFFD;
    v = v << 6 | (d & 0x3F);
  }
  if ((more == 2 && v < 0x800) || (more == 3 && (v < 0x10000 || v > 0x10FFFF)) || (v >= 0xD800 && v <= 0xDFFF)) return 0xFFFD;
  i += static_cast<size_t>(more);
  return v;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string fold(std::string_view original) {
  std::string out;
  TrackNothing nothing;
  fold_into(original, out, nothing);
  return out;
}

Folded fold_with_spans(std::string_view original) {
  Folded out;
  TrackSpans spans{out.begin, out.end};
  fold_into(original, out.text, spans);
  return out;
}

FoldedEdits fold_with_edits(std::string_view original) {
  FoldedEdits out;
  TrackEdits track{original, {}};
  fold_into(original, out.text, track);
  if (track.told < original.size()) track.edits.replace(out.text.size(), "", original.substr(track.told));
  out.edits = track.edits.take();
  return out;
}

Span Folded::original(size_t from, size_t to) const {
  if (from >= to) {
    const uint32_t at = from < begin.size() ? begin[from] : end.empty() ? 0 : end.back();
    return {at, at};
  }
  return {begin[from], end[to - 1]};
}

size_t find_phrase(std::string_view text, std::string_view phrase, size_t from) {
  if (phrase.empty()) return std::string_view::npos;
  size_t i = 0;
  const bool left = is_word(next_code_point(phrase, i));
  size_t last = phrase.size() - 1;
  while (last > 0 && (phrase[last] & 0xC0) == 0x80) --last;
  const bool right = is_word(next_code_point(phrase, last));
  while (from + phrase.size() <= text.size()) {
    const void* hit = memmem(text.data() + from, text.size() - from, phrase.data(), phrase.size());
    if (!hit) break;
    const auto at = static_cast<size_t>(static_cast<const char*>(hit) - text.data());
    bool fits = true;
    if (left && at > 0) {
      size_t before = at - 1;
      while (before > 0 && (text[before] & 0xC0) == 0x80) --before;
      // The s of "women's" begins no word.
      fits = text[at - 1] != '\'' && !is_word(next_code_point(text, before));
    }
    if (fits && right && at + phrase.size() < text.size()) {
      size_t after = at + phrase.size();
      fits = !is_word(next_code_point(text, after));
    }
    if (fits) return at;
    from = at + 1;
  }
  return std::string_view::npos;
}

char32_t simplify(char32_t c) { return FoldTable::instance().simplified(c); }

std::string simplify(std::string_view s) {
  std::string out(s);
  const auto& table = FoldTable::instance();
  // What changes is three bytes long before and after.
  for (size_t i = 0; i + 2 < out.size();) {
    const auto byte = static_cast<unsigned char>(out[i]);
    if (byte < 0xE3 || byte > 0xE9) {
      i = ascii_end(out, i + 1);
      continue;
    }
    size_t next = i;
    const char32_t c = next_code_point(out, next);
    if (const char32_t to = table.simplified(c); to != c) {
      out[i] = static_cast<char>(0xE0 | to >> 12);
      out[i + 1] = static_cast<char>(0x80 | (to >> 6 & 0x3F));
      out[i + 2] = static_cast<char>(0x80 | (to & 0x3F));
    }
    i = next;
  }
  return out;
}

// Marks of direction and the byte-order mark say nothing in Chinese and English.
bool is_direction_mark(char32_t c) {
  return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200B || c == 0xFEFF;
}

std::string tidy(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  bool pending = false;
  const auto keep = [&](std::string_view bytes) {
    if (pending && !out.empty()) out += ' ';
    pending = false;
    out += bytes;
  };
  const auto visible = [&](size_t i) { return i < s.size() && s[i] > 0x20 && s[i] < 0x7F; };
  const auto han = [&](size_t i) {  // U+4000 to U+9FFF
    return i + 2 < s.size() && s[i] >= '\xE4' && s[i] <= '\xE9' && (s[i + 1] & 0xC0) == 0x80 && (s[i + 2] & 0xC0) == 0x80;
  };
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i;
    while (visible(i) || (i > begin && i < s.size() && s[i] == ' ' && visible(i + 1))) ++i;
    if (i == begin)
      while (han(i)) i += 3;
    if (i > begin) {
      keep(s.substr(begin, i - begin));
      continue;
    }
    const char32_t c = next_code_point(s, i);
    if (is_space(c))
      pending = true;
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xFFFE && c <= 0xFFFF) || is_direction_mark(c))
      continue;
    else if (c == 0xFFFD)
      keep("\xEF\xBF\xBD");
    else
      keep(s.substr(begin, i - begin));
  }
  return out;
}

}  // namespace resolute::text
