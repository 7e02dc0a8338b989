// Files, folders and archives to documents, in bounded memory and in one order
// whatever the number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "indexer/apart.h"
#include "indexer/readers/glossary.h"
#include "indexer/readers/reader.h"
#include "indexer/spill.h"
#include "schemas/document.h"
#include "text/vocabulary.h"

namespace resolute::indexer {

// What long work tells whoever shows it. Called from one thread at a time.
struct Progress {
  const char* phase;     // "reading", "indexing", "writing", "finding phrases"
  uint64_t done, total;  // bytes or documents of this phase; total 0 where unknown
  uint64_t bytes;        // input bytes read so far, archives unpacked
};
using ProgressSink = std::function<void(const Progress&)>;

// What became of one input file or archive member.
enum class Outcome : uint8_t { documents, duplicate, ignored, rejected, records };

// What a file knows of documents. Never changed once read and shared by copies: a table has thousands.
class Records {
 public:
  Records() = default;
  explicit Records(std::vector<Record>&& all) {
    all.shrink_to_fit();
    if (!all.empty()) all_ = std::make_shared<const std::vector<Record>>(std::move(all));
  }
  const Record* begin() const { return all_ ? all_->data() : nullptr; }
  const Record* end() const { return begin() + size(); }
  size_t size() const { return all_ ? all_->size() : 0; }
  bool empty() const { return size() == 0; }

 private:
  std::shared_ptr<const std::vector<Record>> all_;
};

struct FileRecord {
  std::string path;       // as reported
  std::string container;  // absolute path of the file on disk that holds it
  uint64_t size = 0;      // of the container
  int64_t modified = 0;   // of the container, ns
  Outcome outcome = Outcome::ignored;
  std::vector<std::string> ids;  // documents it claims, in order
  std::vector<int> ranks;        // and how good its claim to each is; higher wins
  std::vector<Rejection> rejections;
  Records records;
  Terms terms;                        // in both languages, for the lexicon
  std::string note;                   // why it was ignored
  std::vector<std::string> unplaced;  // of ids: read just now, with text that has no place (text::leaves_text)
};

// A document on its way into the index.
struct Staged {
  struct Place {
    uint64_t offset, bytes;  // in the staging file
  };
  std::string id, title;
  uint32_t file;  // index into Collection::files
  int rank;
  Place document;
  std::optional<Place> source;  // the bytes that it was read from, where they are kept
  bool gaps = false;            // of a PDF, whose words may be broken
};

// Everything that was read. Documents wait in a nameless file, not in memory.
class Collection {
 public:
  std::vector<FileRecord> files;
  std::vector<Staged> documents;
  uint64_t input_bytes = 0;
  size_t archives = 0;

  // Puts the bytes of a source beside the documents.
  Staged::Place stage_source(std::string_view bytes);
  void stage(const Document& document, uint32_t file, int rank, std::optional<Staged::Place> source);
  Document load(const Staged& staged) const;
  // Requires that it has one.
  std::string load_source(const Staged& staged) const;
  // Once all are staged: documents of PDFs are loaded with the words mended that letter gaps broke.
  void learn_words();

 private:
  Document decode(const Staged& staged) const;

  Spill spill_;
  std::shared_ptr<const text::Vocabulary> words_;
};

enum class KeepSources : uint8_t { no, yes };  // the bytes of the files that documents are read from

struct CollectOptions {
  int jobs = 1;
  KeepSources keep_sources = KeepSources::no;
  // Files for which this says true are not read (they have not changed).
  std::function<bool(const std::string& container, uint64_t size, int64_t modified)> skip;
  ProgressSink progress;
  const std::atomic<bool>* stop = nullptr;  // set: give up with Error(unavailable)
  ReadApart read_apart;                     // of PDF and Word files; may be empty
};

// A file on disk that the given paths name.
struct InputFile {
  std::string path, container;
  std::string name;  // from the folder that was given on: "un/sc/x.txt"; no two files have one
  uint64_t size;
  int64_t modified;
  bool pipe = false;  // read to its end, once
};

// The files below `paths`, sorted by path; hidden ones left out. Throws
// Error(not_found) for a path that does not exist.
std::vector<InputFile> list_files(const std::vector<std::string>& paths);

void collect(const std::vector<InputFile>& inputs, const CollectOptions& options, Collection& out);

// How good a document's claim to its id is, and the rule in words.
int claim_rank(const Document& document);
// Records by the symbol of the document that they join: the files in byte order of their
// paths, so that the order of reading does not matter.
using RecordsBySymbol = std::unordered_map<std::string, std::vector<const Record*>>;
RecordsBySymbol records_by_symbol(const std::vector<FileRecord>& files);

inline constexpr const char* kClaimRule =
    "AKN4UN before Word before HTML before PDF before plain text before JSON Lines, then well-formed before mended, then the first path in byte order";

}  // namespace resolute::indexer
