#include "text/collate.h"

#include <unicode/coll.h>
#include <unicode/locid.h>

#include <memory>

namespace resolute::text {
namespace {

// nullptr where ICU's data lacks the language: bytes decide.
std::unique_ptr<const icu::Collator> open_collator(const char* locale) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<const icu::Collator> out(icu::Collator::createInstance(icu::Locale(locale), status));
  return U_SUCCESS(status) ? std::move(out) : nullptr;
}

}  // namespace

bool in_order(std::string_view a, std::string_view b, Language lang) {
  static const auto kChinese = open_collator("zh@collation=pinyin"), kEnglish = open_collator("en");
  const auto& collator = lang == Language::zh ? kChinese : kEnglish;
  if (!collator) return a < b;
  UErrorCode status = U_ZERO_ERROR;
  const auto order =
      collator->compareUTF8(icu::StringPiece(a.data(), static_cast<int32_t>(a.size())), icu::StringPiece(b.data(), static_cast<int32_t>(b.size())), status);
  return order == UCOL_LESS;
}

}  // namespace resolute::text
