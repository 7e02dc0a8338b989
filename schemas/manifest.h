// What an index directory holds, and which state of it is the published one.
//
//   CURRENT                    the name of the published generation, one line
//   LOCK                       held by the one process that writes
//   generations/N/manifest.json  segments and deletions of generation N; immutable
//   generations/N/sources.json   what every input file became (indexer/ only)
//   segments/S/segment.bin     columns, postings, texts; immutable
//   segments/S/catalogue       the Xapian database of the segment's documents; immutable
//   segments/S/phrases.bin     phrases that recur in the segment; immutable
//   lexicons/L                 a bilingual lexicon; immutable
//
// A generation is published by renaming CURRENT into place: before that nobody sees
// it, after that it is whole. A superseded one stays for kKeepSeconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace resolute {

inline constexpr int kKeepSeconds = 15 * 60;  // longer than the 10 minutes a cursor may count on

struct SegmentEntry {
  std::string name;
  uint32_t documents = 0;
  uint32_t paragraphs = 0;
  std::vector<uint32_t> deleted;  // ordinals of documents that no longer count, ascending
  uint64_t segment_bytes = 0, catalogue_bytes = 0, catalogue_sum = 0;
  uint64_t phrase_bytes = 0;  // 0 while it has none
};

struct LexiconEntry {
  std::string name;
  uint64_t bytes = 0;
  uint64_t pairs = 0;       // distinct aligned pairs that it was learned from
  uint64_t terms = 0;       // pairs of terms from thesauri and lists
  uint64_t paragraphs = 0;  // of the index when it was learned
  bool borrowed = false;    // taken over from another index
};

struct Manifest {
  int format = 0, feature = 0;
  uint64_t revision = 0;  // grows by one with each generation
  std::string created;    // UTC, ISO 8601
  std::vector<SegmentEntry> segments;
  uint64_t documents = 0, paragraphs = 0;  // that count
  std::optional<LexiconEntry> lexicon;
};

std::string segment_path(const std::string& index, const std::string& name);
std::string catalogue_path(const std::string& index, const std::string& name);
std::string phrases_path(const std::string& index, const std::string& name);
std::string lexicon_path(const std::string& index, const std::string& name);
std::string generation_path(const std::string& index, uint64_t revision);

// The published revision. Throws Error: not_found where there is no index, corrupt.
uint64_t read_current(const std::string& index);
// Throws Error: not_found (no such generation), corrupt, invalid (another format version).
Manifest read_manifest(const std::string& index, uint64_t revision);
std::string print_manifest(const Manifest& manifest);

// Writes a file beside, flushes it and renames it into place.
void write_file_atomically(const std::string& path, const std::string& bytes);
// Makes renames and new names in a folder last.
void flush_folder(const std::string& path);

}  // namespace resolute
