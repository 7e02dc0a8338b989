// Where the UN publishes its resolutions as AKN4UN files: data.
#pragma once

namespace resolute::cli {

struct CorpusRepository {
  const char* name;  // of its folder
  const char* url;
};

// The public repositories of the Department for General Assembly and Conference Management.
inline constexpr CorpusRepository kCorpusRepositories[] = {
    {"GAresolutions", "https://github.com/UNxml/GAresolutions.git"},   {"GAdecisions", "https://github.com/UNxml/GAdecisions.git"},
    {"SCresolutions", "https://github.com/UNxml/SCresolutions.git"},   {"ECOSOCresolutions", "https://github.com/UNxml/ECOSOCresolutions.git"},
    {"HRCresolutions", "https://github.com/UNxml/HRCresolutions.git"},
};

}  // namespace resolute::cli
