// What an index directory holds, and which state of it is the published one.
//
//   CURRENT                    the published generation and the checksum of its manifest, one line
//   LOCK                       held by the one process that writes
//   generations/N/manifest.json  segments and deletions of generation N; immutable
//   generations/N/sources.json   what every input file became (indexer/ only); immutable
//   segments/S/entries         the Xapian database: terms of texts, metadata of documents; immutable
//   segments/S/segment.bin     columns and texts; immutable
//   segments/S/phrases.bin     phrases that recur in the segment; immutable
//   segments/S/sources.bin     the bytes of the files that its documents were read from, where they are kept; immutable
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
  uint64_t segment_bytes = 0, entries_bytes = 0, entries_sum = 0;
  uint64_t phrase_bytes = 0;  // 0 while it has none
  uint64_t source_bytes = 0;  // 0 where it keeps none
  // Of all its files.
  uint64_t bytes() const { return segment_bytes + entries_bytes + phrase_bytes + source_bytes; }
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
  uint64_t id = 0;        // of one that was read: tells the state from all others (StateName)
  std::string created;    // UTC, ISO 8601
  std::vector<SegmentEntry> segments;
  uint64_t documents = 0, paragraphs = 0;  // that count
  uint64_t sources_sum = 0;                // of sources.json
  bool keep_sources = false;               // what is read keeps its bytes, also by runs that do not say so
  std::optional<LexiconEntry> lexicon;

  // Of the segments' files and the lexicon's.
  uint64_t bytes() const {
    uint64_t sum = lexicon ? lexicon->bytes : 0;
    for (const auto& s : segments) sum += s.bytes();
    return sum;
  }
};

std::string segment_path(const std::string& index, const std::string& name);
std::string entries_path(const std::string& index, const std::string& name);
std::string phrases_path(const std::string& index, const std::string& name);
std::string kept_sources_path(const std::string& index, const std::string& name);
std::string lexicon_path(const std::string& index, const std::string& name);
std::string generation_path(const std::string& index, uint64_t revision);

// Which state of an index is published. Its id, the checksum of its manifest, tells it from every other, also where an index was removed
// and built anew and counts its revisions from 1 again.
struct StateName {
  uint64_t revision = 0, id = 0;
  bool operator==(const StateName&) const = default;
};
// Throws as read_current.
StateName read_state_name(const std::string& index);
// The published revision. Throws Error: not_found where there is no index, corrupt.
uint64_t read_current(const std::string& index);
enum class Formats : uint8_t { current, upgradable };  // the latter from kOldestFormat on
// Throws Error: not_found (no such generation), corrupt, invalid (another format version).
Manifest read_manifest(const std::string& index, uint64_t revision, Formats formats = Formats::current);
// The published one. Throws as both, and Error(corrupt) where it is not the manifest that CURRENT means.
Manifest read_published(const std::string& index, Formats formats = Formats::current);
std::string print_manifest(const Manifest& manifest);
// What CURRENT says while this manifest is the published one.
std::string print_current(const Manifest& manifest);

// Writes a file beside, flushes it and renames it into place.
void write_file_atomically(const std::string& path, const std::string& bytes);
// Makes renames and new names in a folder last.
void flush_folder(const std::string& path);

}  // namespace resolute
