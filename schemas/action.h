// The opening actions of paragraphs (Decides / 决定): a controlled bilingual list.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace resolute {

struct Action {
  const char* id;  // "decides"
  const char* en;  // label
  const char* zh;
  const char* en_forms;  // '|'-separated lower-case openings, in the forms of operative, preambular and reported speech
  const char* zh_forms;
};

std::span<const Action> actions();
const Action* action_of(std::string_view id);  // nullptr where there is none

// The action a paragraph opens with, after words such as "Also", "Further", "又",
// "再次", and adverbs ("Strongly condemns"): its id, or empty.
std::string find_action(std::string_view text, bool zh);

}  // namespace resolute
