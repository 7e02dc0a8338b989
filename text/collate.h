// Names in the order of a dictionary.
#pragma once

#include <string_view>

#include "schemas/document.h"

namespace resolute::text {

// Whether `a` stands before `b` among names of the language: by letters whatever their accents, Chinese by Pinyin (CLDR's root and zh collations).
bool in_order(std::string_view a, std::string_view b, Language lang);

}  // namespace resolute::text
