#include "text/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "schemas/ascii.h"
#include "text/line.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

// Strict: a byte that the encoding does not know fails.
std::optional<std::string> convert(std::string_view bytes, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(encoding, &error), ucnv_close);
  if (U_FAILURE(error)) return std::nullopt;
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::vector<UChar> wide(bytes.size() + 16);
  const auto n = ucnv_toUChars(from.get(), wide.data(), static_cast<int32_t>(wide.size()), bytes.data(), static_cast<int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return std::nullopt;
  std::string out;
  out.reserve(static_cast<size_t>(n) * 3);
  for (int32_t i = 0; i < n;) {
    UChar32 c;
    U16_NEXT(wide.data(), i, n, c);
    if (U_IS_SURROGATE(c)) return std::nullopt;
    char buffer[4];
    int32_t k = 0;
    U8_APPEND_UNSAFE(buffer, k, c);
    out.append(buffer, static_cast<size_t>(k));
  }
  return out;
}

// Share of characters that no text of ours has: a wrong guess shows in them.
double strange(std::string_view utf8) {
  size_t odd = 0, all = 0;
  for (size_t i = 0; i < utf8.size() && all < 20'000; ++all) {
    const char32_t c = next_code_point(utf8, i);
    if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || (c >= 0x7F && c < 0xA0) || c == 0xFFFD || (c >= 0xE000 && c < 0xF900) ||
        (c >= 0xFF61 && c < 0xFFA0))
      ++odd;
  }
  return all ? static_cast<double>(odd) / static_cast<double>(all) : 1;
}

}  // namespace

size_t first_invalid_utf8(std::string_view s) {
  for (size_t i = ascii_end(s); i < s.size(); i = ascii_end(s, i)) {
    const size_t at = i;
    if (next_code_point(s, i) == 0xFFFD && s.substr(at, 3) != "\xEF\xBF\xBD") return at;
  }
  return std::string_view::npos;
}

std::optional<Decoded> decode(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (const auto& [mark, encoding] : {std::pair{std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"},
                                       {std::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"},
                                       {std::string_view("\xFF\xFE", 2), "UTF-16LE"},
                                       {std::string_view("\xFE\xFF", 2), "UTF-16BE"}})
    if (bytes.starts_with(mark)) {
      auto utf8 = convert(bytes.substr(mark.size()), encoding);
      if (!utf8) return std::nullopt;
      return Decoded{std::move(*utf8), encoding, true, 100};
    }
  if (first_invalid_utf8(bytes) == std::string_view::npos && std::count(bytes.begin(), bytes.end(), '\0') * 10 < static_cast<long>(bytes.size()))
    return Decoded{std::string(bytes), "UTF-8", true, 100};
  // Mostly sequences of UTF-8, then it is that, damaged: guessing would hide it.
  size_t good = 0, bad = 0;
  for (size_t i = 0; i < bytes.size();) {
    const size_t at = i;
    const char32_t c = next_code_point(bytes, i);
    if (c == 0xFFFD && bytes.substr(at, 3) != "\xEF\xBF\xBD")
      ++bad;
    else if (i - at > 1)
      ++good;
  }
  if (good > bad) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&error), ucsdet_close);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<int32_t>(std::min<size_t>(bytes.size(), 200'000)), &error);
  int32_t n = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &n, &error);
  if (U_FAILURE(error)) return std::nullopt;
  for (int32_t i = 0; i < n; ++i) {
    UErrorCode own = U_ZERO_ERROR;
    std::string encoding = ucsdet_getName(matches[i], &own);
    const int confidence = ucsdet_getConfidence(matches[i], &own);
    if (U_FAILURE(own) || encoding == "UTF-8") continue;
    if (encoding == "ISO-8859-1") encoding = "windows-1252";
    auto utf8 = convert(bytes, encoding.c_str());
    if (!utf8 || strange(*utf8) > 0.01 || !detect_language(*utf8)) continue;
    return Decoded{std::move(*utf8), encoding, false, confidence};
  }
  return std::nullopt;
}

}  // namespace resolute::text
