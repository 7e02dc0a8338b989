// Documents in, one immutable segment out.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indexer/columns.h"
#include "indexer/wording_writer.h"
#include "schemas/document.h"
#include "schemas/manifest.h"
#include "schemas/source_store.h"

namespace resolute::indexer {

// A document with the hashes of its paragraphs' texts, ready to be added.
struct Prepared {
  Document document;
  std::optional<SourceBytes> source;  // of its file, where it is kept; read by add()
  std::vector<std::array<uint64_t, 2>> hashes;
};
Prepared prepare(Document&& document, std::optional<SourceBytes> source = std::nullopt);

// Builds segments/NAME of an index: the collector of wordings, the columns and the entries of documents, put together.
// Documents of one symbol come together, so that the aligned paragraphs of two languages lie in one segment. Used from one
// thread; texts and entries are written by others. The protocol: (add)* finish.
class SegmentBuilder {
 public:
  // The encoder is waited for when the first texts are to be written.
  SegmentBuilder(const std::string& index, std::string name, int jobs, SharedEncoder encoder);

  // The language versions of one document.
  void add(std::vector<Prepared>&& versions);
  size_t documents() const { return columns_.documents(); }
  size_t wordings() const { return wordings_.size(); }
  // Writes and flushes everything.
  SegmentEntry finish();

 private:
  std::vector<std::string> write_document_entries() const;

  std::string index_, name_, folder_;
  size_t jobs_;
  Columns columns_;
  WordingCollector wordings_;
  SourceWriter sources_;
};

}  // namespace resolute::indexer
