// The controlled list of organs, committees and subsidiary bodies, in both languages.
//
// Sources: Charter of the United Nations, chapter III; GA rules of procedure, rule 98
// (Main Committees); "Repertoire of the Practice of the Security Council", part IX
// (subsidiary organs); Human Rights Council resolution 5/1; ECOSOC subsidiary bodies.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resolute {

enum class BodyRank : unsigned char {
  principal,   // an organ named in the Charter, and the Human Rights Council
  committee,   // one a resolution can originate from: Main Committees, commissions
  subsidiary,  // one a resolution can be about: sanctions committees, panels, missions
};

struct BodyEntry {
  const char* id;  // "C3", "plenary", "sc-1267"
  BodyRank rank;
  const char* parent;  // id of the organ it belongs to
  const char* en;      // name for people
  const char* zh;
  const char* aliases;  // '|'-separated further names as they stand in texts, either language, lower case
};

std::span<const BodyEntry> bodies();
const BodyEntry* body_of(std::string_view id);  // nullptr where there is none

// Ids of the committees a committee line names ("on the report of the Third
// Committee", "[根据第三委员会的报告(A/60/509)通过]"), in the order of the list.
std::vector<std::string> find_committees(std::string_view line);

// Ids of the subsidiary bodies that a text names, in the order of the list.
std::vector<std::string> find_subsidiary_bodies(std::string_view text);

}  // namespace resolute
