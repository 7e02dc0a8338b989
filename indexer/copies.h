// Generations kept, gone back to, and copied: to another machine's index, or to a backup.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "schemas/manifest.h"

namespace resolute::indexer {

struct KeptGeneration {
  uint64_t revision = 0;
  std::string created;  // UTC, ISO 8601
  uint64_t documents = 0, paragraphs = 0, bytes = 0;
  bool published = false;
  std::string trouble;  // why it cannot be used, else empty
};

// Those up to the published one, by revision. Throws Error as read_current() does.
std::vector<KeptGeneration> kept_generations(const std::string& index);

// Publishes what generation `revision` held as a new generation, with the next number: no number ever means two contents, so
// that what clients keep by revision stays right. Returns the new one. Throws Error: not_found, corrupt; unavailable where another writes.
uint64_t roll_back(const std::string& index, uint64_t revision);

// The files that a generation is made of, as paths within the index, in the order in which they are to be copied: its
// own folder comes last.
struct GenerationFile {
  std::string path;
  uint64_t bytes = 0;     // as the manifest says; 0 where it does not
  bool optional = false;  // an older program wrote none
};
std::vector<GenerationFile> files_of(const Manifest& manifest);

struct CopyReport {
  uint64_t revision = 0;
  size_t files = 0, copied = 0;
  uint64_t bytes = 0, copied_bytes = 0;
  bool published = false;  // false: it was there already
};

// Copies the published generation of `from` beside what `to` holds; a file that is there with its length is not copied again, unless
// `anew`. Nothing is published: the caller checks what has been copied, then calls publish_copy(). Safe while `from` is
// written to: where a file goes away meanwhile, the generation published by then is taken. Throws Error: not_found (no index in `from`), invalid
// (`to` has a newer revision, or another index), unavailable (disk; another writes to `to`; `stop`).
CopyReport copy_generation(const std::string& from, const std::string& to, bool anew, const std::atomic<bool>* stop = nullptr);

// A copy is of the index that `to` holds, or of any where it holds none. Throws Error(invalid) where `to` is newer or another.
void expect_ancestor(const std::string& to, const Manifest& manifest);

// One generation as a tar archive, - for standard output; a file appears when it is whole. Throws Error as above.
CopyReport write_backup(const std::string& index, const std::string& path, const std::atomic<bool>* stop = nullptr);
// The files of a backup, - for standard input, put into a folder that holds no index. As with copies, nothing is published. Throws Error: invalid
// (no backup; the folder holds an index), corrupt (not whole), unavailable.
CopyReport read_backup(const std::string& path, const std::string& index, const std::atomic<bool>* stop = nullptr);

// Makes a copied generation the published one of `to`, and removes what nobody needs there any more. Throws Error as above.
void publish_copy(const std::string& to, uint64_t revision);

}  // namespace resolute::indexer
