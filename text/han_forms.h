// Han characters that are one to a reader, beyond what ICU's Traditional-Simplified knows (docs/adr/0010-han-forms.md).
#pragma once

#include <string_view>

namespace resolute::text {

// Triples of code points: a character as people write it, the simplified one it stands for, a space. Everyday forms of Taiwan,
// Hong Kong and of print before the reforms, each of which simplified text writes with the second one or not at all.
std::u16string_view han_forms();

// The same of the radicals U+2E80 to U+2EFF, which readers of PDF give out for the characters that they look like.
// Source: EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
std::u32string_view han_radicals();

}  // namespace resolute::text
