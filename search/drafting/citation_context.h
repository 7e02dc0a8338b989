// What a draft says beside a reference: when it was adopted, what it is called, whose it is.
#pragma once

#include <string>
#include <string_view>

#include "schemas/document.h"

namespace resolute::search {

// A day as it is said; 0 where it is not. It need not exist: 31 February.
struct SaidDate {
  int year = 0, month = 0, day = 0;
  bool empty() const { return year == 0; }
  // YYYY-MM-DD, or YYYY-MM without a day.
  std::string text() const;
};

// All of them look at one paragraph, never beyond; `span` in bytes of it.
//
// "79/1 of 22 September 2024", "of October 31, 2001", "of October 2024", "(22 September 2024)", "1373 (2001), adopted on 28 September 2001";
// "the statement of 13 November 2010 (S/PRST/2010/23)"; 2024年9月22日第79/1号, 2024年9月22日题为“...”的第79/1号, 第1325(2000)号决议(2000年10月31日).
SaidDate date_beside(std::string_view paragraph, Span span);

// 79/1 of 22 September 2024, entitled “...”; 题为“...”的第79/1号; 第79/1号决议，题为“...”. Empty where no title is said to be the document's.
std::string title_beside(std::string_view paragraph, Span span);

// The organ right before "resolution(s)" or "decision(s)", or before 第 and the date: "Security Council resolution 1325 (2000)",
// 大会2024年9月22日第79/1号决议. `none` where no organ of ours is.
Body organ_beside(std::string_view paragraph, Span span);

}  // namespace resolute::search
