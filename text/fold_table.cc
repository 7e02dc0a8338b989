#include "text/fold_table.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "schemas/error.h"
#include "text/han_forms.h"

namespace resolute::text {
namespace {

// Look-alikes of ASCII marks, and of marks that stand between names, as one.
char32_t look_alike(char32_t c) {
  switch (c) {
    case U'\u2212':
    case U'\u2E3A':
    case U'\u2E3B':
    case U'\u2043':
    case U'\u2500':
    case U'\u2501':
    case U'\u2796': return '-';
    case U'\u2022':
    case U'\u2027':
    case U'\u2219':
    case U'\u22C5':
    case U'\u30FB':
    case U'\u2E31':
    case U'\u2E33':
    case U'\uA78F': return U'·';
    case U'\u2217':
    case U'\u204E':
    case U'\u2731': return '*';
    case U'\u2236':
    case U'\uA789': return ':';
    case U'\u2044':
    case U'\u2215': return '/';
    case U'\u301C':
    case U'\u223C': return '~';
    case U'\u25CB':
    case U'\u25EF':
    case U'\u2B58': return U'〇';
    default: return c >= 0x2010 && c <= 0x2015 ? '-' : c;
  }
}

// ICU's own, made once.
const icu::Normalizer2& normalizer() {
  static const icu::Normalizer2& instance = []() -> const icu::Normalizer2& {
    UErrorCode status = U_ZERO_ERROR;
    const auto* made = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) throw Error(ErrorKind::unavailable, std::string("ICU has no data for folding: ") + u_errorName(status));
    return *made;
  }();
  return instance;
}

}  // namespace

bool is_apostrophe(char32_t c) {
  switch (c) {
    case U'\'':
    case U'`':
    case U'\u00B4':
    case U'‘':
    case U'’':
    case U'‛':
    case U'′':
    case U'‵':
    case U'\uA78C':
    case U'\u055A':
    case U'＇':
    case U'｀': return true;
    default: return c >= 0x02B9 && c <= 0x02BD;
  }
}

std::u16string utf16(char32_t c) {
  if (c < 0x10000) return std::u16string(1, static_cast<char16_t>(c));
  return {static_cast<char16_t>(0xD7C0 + (c >> 10)), static_cast<char16_t>(0xDC00 + (c & 0x3FF))};
}

FoldTable::FoldTable() {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> simplify(icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  if (U_FAILURE(status) || !simplify) throw Error(ErrorKind::unavailable, std::string("ICU has no data for folding: ") + u_errorName(status));
  icu::UnicodeSet sources;  // what may change: a sixth of all
  simplify->getSourceSet(sources);
  icu::UnicodeString from, to;
  for (char16_t c = kFirstHan; c < kEndHan; ++c)
    if (sources.contains(c)) from.append(c).append(u'\n');
  to = from;
  simplify->transliterate(to);
  std::unordered_map<char32_t, char32_t> simplified;
  for (int32_t i = 0, begin = 0, at = 0; i < to.length(); ++i)
    if (to[i] == u'\n') {
      if (i - begin == 1 && to[begin] != from[at]) simplified[from[at]] = to[begin];
      at += 2;
      begin = i + 1;
    }
  const auto forms = han_forms();
  for (size_t i = 0; i < forms.size(); i += 3) simplified[forms[i]] = forms[i + 1];
  settle(simplified);
  const auto radicals = han_radicals();
  for (size_t i = 0; i < radicals.size(); i += 3) radicals_[radicals[i] - kFirstRadical] = this->simplified(radicals[i + 1]);
  pool_.reserve(400'000);
  for (char32_t c = 0; c < 0x10000; ++c) {
    at_[c] = static_cast<uint32_t>(pool_.size());
    starts_[c] = normalizer().hasBoundaryBefore(static_cast<UChar32>(c));
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    if (c == U'\u00B4') continue;  // an apostrophe to those who type it; to Unicode a space with an accent
    if (normalizer().isInert(static_cast<UChar32>(c)))
      append(c, pool_);
    else
      fold(utf16(c), pool_);
  }
  at_[0x10000] = static_cast<uint32_t>(pool_.size());
  for (char32_t c = kFirstHan; c < kEndHan; ++c) {
    std::string own;
    append_utf8(own, c);
    plain_han_[c - kFirstHan] = is_han(c) && starts_[c] && of(c) == own;
  }
}

// ICU's table has chains and, of one pair of characters, a circle. Each character goes to
// the end of its chain, those of a circle to the first of it, so that folding twice is folding once.
void FoldTable::settle(const std::unordered_map<char32_t, char32_t>& simplified) {
  for (char32_t c = kFirstHan; c < kEndHan; ++c) simple_[c - kFirstHan] = static_cast<char16_t>(c);
  for (const auto& [from, to] : simplified) {
    std::vector<char32_t> seen = {from};
    char32_t c = to;
    while (std::find(seen.begin(), seen.end(), c) == seen.end()) {
      seen.push_back(c);
      const auto next = simplified.find(c);
      if (next == simplified.end()) break;
      c = next->second;
    }
    if (simplified.count(c)) c = *std::min_element(std::find(seen.begin(), seen.end(), c), seen.end());
    simple_[from - kFirstHan] = static_cast<char16_t>(c);
  }
}

bool FoldTable::starts_beyond(char32_t c) { return normalizer().hasBoundaryBefore(static_cast<UChar32>(c)); }

std::optional<char32_t> FoldTable::first(char32_t c) const {
  std::string folded;
  if (c >= 0x10000)
    fold(utf16(c), folded);
  else
    folded = of(c);
  size_t i = 0;
  return folded.empty() ? std::nullopt : std::optional(next_code_point(folded, i));
}

void FoldTable::fold(std::u16string_view cluster, std::string& out) const {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString folded = normalizer().normalize(icu::UnicodeString(false, cluster.data(), static_cast<int32_t>(cluster.size())), status);
  // Some characters fold to several: cut again, so that folding the result cuts nothing.
  constexpr auto kMost = static_cast<int32_t>(kLongestCluster);
  if (folded.length() > kMost) folded.truncate(folded.getChar32Start(kMost));
  for (int32_t i = 0; i < folded.length();) {
    const auto c = static_cast<char32_t>(folded.char32At(i));
    i += U16_LENGTH(static_cast<UChar32>(c));
    append(c, out);
  }
}

void FoldTable::append(char32_t c, std::string& out) const {
  switch (c) {
    case U'《':
    case U'》':
    case U'〈':
    case U'〉':
    case U'「':
    case U'」':
    case U'『':
    case U'』':
    case U'“':
    case U'”':
    case U'„':
    case U'‟':
    case U'‚':
    case U'"':
    case U'〝':
    case U'〞':
    case U'〟':
    case U'«':
    case U'»':
    case U'‹':
    case U'›':
    case U'❝':
    case U'❞': return;
    default: break;
  }
  if (is_apostrophe(c)) return;
  // Default-ignorable characters are gone by now; these are invisible too.
  if ((c >= 0xFFF9 && c <= 0xFFFB) || c == 0xFEFF) return;
  if (c >= kFirstRadical && c < kEndRadical && radicals_[c - kFirstRadical]) c = radicals_[c - kFirstRadical];
  append_utf8(out, simplified(look_alike(c)));
}

}  // namespace resolute::text
