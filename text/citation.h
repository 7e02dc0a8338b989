// Finds mentions of UN documents in running text, in both languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"

namespace resolute::text {

// A mention that names no single document here.
struct Mention {
  Span span;           // of the text
  std::string likely;  // what it would name by its form alone, though no session met then or nothing says whose it is: "S/RES/2719",
                       // "A/RES/76/47" of 2020; empty for another organ's: a conference's, a commission's
  std::string number;  // of a mention by its number alone, "1325" of "resolutions 1325, 1820 and 1888", else empty
};

// `home` is the organ whose text it is: "its resolution 5/1" in the Human Rights
// Council is A/HRC/RES/5/1, in the General Assembly A/RES/5/1.
//
// Symbols in any spelling; "resolution(s)" or "decision(s)" with one number, a list
// or part letters; 第...号决议 likewise:
//   resolutions 661 (1990) of 6 August 1990, 986 (1995) and 1284 (1999)
//   resolution 2200 A (XXI), annex      resolutions 36/87 A and B
//   Human Rights Council resolutions 5/1 and 5/2
//   第1265(1999)、1296(2000)、1674(2006)号决议      第3236(XXIX)号决议      ES-10/15号决议
//   resolution no. 75/1 & 75/2     UNGA Res 75/1     UNSCR 1325 (2000)     s/res/1888(2009)     S/RES/ 1888 ( 2009 )
//   resolutions 52/214, sect. B, 57/283 B and 75/1, “Declaration”, and 75/2      A/RES/75/1 and 75/2
//   A/74/L.14 and Add.1      S/2003/529，附件      A/76/5 (Vol. I)      A/67/65-E/2012/48 (two symbols)
// Whose number it is: the organ named before or after, else the number's form and the
// date of adoption (sessions have their years), else `home`.
// A mention that names no single document (a Commission on Human Rights resolution,
// "resolution 2758") gives nothing, but is told to `others` where its numbers look like a
// reference, and then the members of ranges that are not spelled out ("75/1 to 75/4") are found too; they share
// the span between the range's ends. In the order of their spans, which do not overlap otherwise.
std::vector<Citation> find_citations(std::string_view text, Body home, std::vector<Mention>* others = nullptr);

}  // namespace resolute::text
