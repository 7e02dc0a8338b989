// What reading a file was unsure of: a code, and the values that vary. Said in either language from one table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace resolute {

enum class WarningCode : uint8_t {
  other,  // a sentence of an older index or of another program: its one value
  joined_words,
  unplaced,
  mixed_columns,  // values: how often operative numbers go back, the first number, the lower one after it
  symbol_from_name,
  symbol_against_cover,
  named_by_file,
  named_by_uri,
  preface_against_cover,
  uri_against_cover,
  name_against_heading,
  sources_disagree,  // values: field, who is believed, what they say, who says otherwise, what
  other_encoding,
  guessed_encoding,
  nul_bytes,
  other_language,
  ill_formed,
  corrigendum,
  revision,
  reissue,
  reissue_of,
};

struct Warning {
  WarningCode code = WarningCode::other;
  std::vector<std::string> values;
  bool operator==(const Warning&) const = default;
};

// Its name, as in lint and the API: "ill-formed".
std::string_view name_of(WarningCode code);
enum class WarningLanguage : uint8_t { en, zh };
// The sentence.
std::string say(const Warning& warning, WarningLanguage language = WarningLanguage::en);
bool has_warning(const std::vector<Warning>& warnings, WarningCode code);
// Adds a warning that is not there yet.
void warn(std::vector<Warning>& warnings, Warning warning);

// As the index stores it, and back. What is no such thing is a sentence of an older program.
std::string encode_warning(const Warning& warning);
Warning decode_warning(std::string_view stored);
// Of a name and values; `other` with `text` where they are none of the table. So code and number of values are always right.
Warning make_warning(std::string_view name, std::vector<std::string> values, std::string text);

}  // namespace resolute
