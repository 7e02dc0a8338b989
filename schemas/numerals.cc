#include "schemas/numerals.h"

#include <algorithm>
#include <array>

#include "schemas/ascii.h"

namespace resolute {
namespace {

constexpr std::array<std::string_view, 10> kHanDigits = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

}  // namespace

std::optional<int> parse_roman(std::string_view text) {
  if (text.empty() || text.size() > 8 || text.find_first_not_of("IVXLC") != std::string_view::npos) return std::nullopt;
  static const auto kNumbers = [] {
    std::array<std::string, 100> out;
    for (size_t v = 1; v < out.size(); ++v) out[v] = print_roman(static_cast<int>(v));
    return out;
  }();
  const auto at = std::find(kNumbers.begin() + 1, kNumbers.end(), text);
  return at == kNumbers.end() ? std::nullopt : std::optional(static_cast<int>(at - kNumbers.begin()));
}

std::string print_roman(int number) {
  static constexpr std::array<std::string_view, 10> kTens = {"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"};
  static constexpr std::array<std::string_view, 10> kOnes = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
  if (number < 1 || number > 99) return "";
  return std::string(kTens[static_cast<size_t>(number / 10)]) + std::string(kOnes[static_cast<size_t>(number % 10)]);
}

std::optional<int> parse_han(std::string_view text) {
  int value = 0, digit = 0, unit = 1000;
  bool any = false;
  for (; !text.empty(); text.remove_prefix(std::min<size_t>(3, text.size()))) {
    const auto d = std::find_if(kHanDigits.begin(), kHanDigits.end(), [&](std::string_view h) { return text.starts_with(h); });
    const int next = text.starts_with("百") ? 100 : text.starts_with("十") ? 10 : 0;
    if (d != kHanDigits.end() && digit == 0)
      digit = static_cast<int>(d - kHanDigits.begin());
    else if (next && next < unit && (digit || next == 10))
      value += std::max(digit, 1) * next, digit = 0, unit = next;
    else
      return std::nullopt;
    any = true;
  }
  return any ? std::optional(value + digit) : std::nullopt;
}

std::string print_han(int number) {
  if (number < 0 || number > 999) return "";
  const auto digit = [](int d) { return std::string(kHanDigits[static_cast<size_t>(d)]); };
  std::string out;
  if (number >= 100) {
    out += digit(number / 100) + "百";
    if (number % 100 != 0 && number % 100 < 10) out += "零";
  }
  const int tens = number % 100 / 10;
  if (tens > 0) out += (tens > 1 || number >= 100 ? digit(tens) : "") + "十";
  if (number % 10 != 0 || number == 0) out += digit(number % 10);
  return out;
}

bool is_section_number(std::string_view number) { return parse_roman(number) || parse_han(number) || (number.size() == 1 && is_upper(number[0])); }

bool follows_number(std::string_view number, std::string_view next) {
  const auto after = [](const std::optional<int>& a, const std::optional<int>& b) { return a && b && *b == *a + 1; };
  return after(parse_roman(number), parse_roman(next)) || after(parse_han(number), parse_han(next)) ||
         (number.size() == 1 && next.size() == 1 && is_upper(number[0]) && next[0] == number[0] + 1);
}

}  // namespace resolute
