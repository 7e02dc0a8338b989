#include "text/scan.h"

namespace resolute::text {

Day spoken_day(std::string_view s, size_t p) {
  size_t q = skip_digits(s, p);
  if (q == p || q - p > 2) return {};
  q = skip_spaces(s, q);
  size_t m = q;
  while (m < s.size() && is_alpha(s[m])) ++m;
  if (m - q < 3) return {};
  const size_t y = skip_spaces(s, m), e = skip_digits(s, y);
  if (e - y < 4 || e - y > 7) return {m, 0};
  return {e, std::stoi(std::string(s.substr(y, 4)))};
}

}  // namespace resolute::text
