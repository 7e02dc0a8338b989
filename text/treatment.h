// What a text does with what it cites: recalls, reaffirms, extends it.
#pragma once

#include <string>
#include <string_view>

namespace resolute::text {

// The treatment of the mention that stands in [at, to) of a text whose width and dashes are folded: the id of the verb that governs it,
// such as "recalling" or "established-by", or empty. `end` is where the mention before ends (0: there is none); its treatment `held` goes
// on where no other verb stands between the two.
std::string find_treatment(std::string_view s, size_t at, size_t to, size_t end, const std::string& held);

// An id for people: "recalling", 回顾; the id itself where it is none of these.
std::string_view treatment_label(std::string_view id, bool zh);

}  // namespace resolute::text
