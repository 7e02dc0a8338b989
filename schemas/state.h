// Member States as the UN names them: ISO 3166 code, English and Chinese names.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resolute {

struct State {
  const char* code;  // ISO 3166-1 alpha-3
  const char* en;    // as in UN lists, without "Kingdom of" and the like in front
  const char* zh;
};

// Every Member State, by English name.
std::span<const State> states();

// The State of a name as printed in a list of voters, in any case and in either
// language, former names included ("TURKEY", "LIBYAN ARAB JAMAHIRIYA").
std::optional<std::string> find_state(std::string_view name);

// The State of a code, nullptr where there is none.
const State* state_of(std::string_view code);

// "Albania, Belgium, Netherlands (Kingdom of the) and Togo", "法国、中国" -> names.
std::vector<std::string> split_states(std::string_view list);

}  // namespace resolute
