// What a reader may have meant: words and symbols near to those that the index does not have.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/generation.h"
#include "search/query.h"

namespace resolute::search {

// Insertions, deletions, replacements and swaps of neighbouring bytes that make the one of the other (optimal string
// alignment); most + 1 where there are more than `most`.
size_t edit_distance(std::string_view a, std::string_view b, size_t most);

// The query with each English word that the index does not have replaced by the one nearest to it; nullopt where
// nothing is near. Only what the query looks for counts, not what it excludes.
std::optional<std::string> did_you_mean(const Generation& generation, const Query& query, std::string_view q);
// The query with two words written together where more texts have that ("land mines", landmines) than the `wordings` found.
std::optional<std::string> written_together(const Generation& generation, const Query& query, std::string_view q, uint64_t wordings);

// Symbols of the index that differ from one in a single character; at most `limit`, those that are as long and differ last
// first. Of a resolution of the Council without its year, the years are not compared.
std::vector<std::string> near_symbols(const Generation& generation, std::string_view symbol, size_t limit);

}  // namespace resolute::search
