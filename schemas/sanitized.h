// Whether a sanitizer watches this build, whichever compiler made it.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define RESOLUTE_ADDRESS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RESOLUTE_ADDRESS_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define RESOLUTE_THREAD_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define RESOLUTE_THREAD_SANITIZED 1
#endif
#endif

namespace resolute {

#if defined(RESOLUTE_ADDRESS_SANITIZED)
inline constexpr bool kAddressSanitized = true;
#else
inline constexpr bool kAddressSanitized = false;
#endif
#if defined(RESOLUTE_THREAD_SANITIZED)
inline constexpr bool kThreadSanitized = true;
#else
inline constexpr bool kThreadSanitized = false;
#endif
// Its shadow takes terabytes of addresses: no limit of them can be set.
inline constexpr bool kShadowed = kAddressSanitized || kThreadSanitized;

}  // namespace resolute
