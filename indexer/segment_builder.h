// Documents in, one immutable segment out.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "indexer/inverter.h"
#include "schemas/document.h"
#include "schemas/manifest.h"

namespace resolute::indexer {

// A document with the hashes of its paragraphs' texts, ready to be added.
struct Prepared {
  Document document;
  std::vector<std::array<uint64_t, 2>> hashes;
};
Prepared prepare(Document&& document);

// Builds segments/NAME of an index. Documents of one symbol come together, so that the
// aligned paragraphs of two languages lie in one segment. Used from one thread;
// analysis runs in others.
class SegmentBuilder {
 public:
  // The encoder is waited for when the first texts are to be written.
  SegmentBuilder(std::string index, std::string name, int jobs, SharedEncoder encoder);
  ~SegmentBuilder();

  // The language versions of one document.
  void add(std::vector<Prepared>&& versions);
  size_t documents() const;
  size_t wordings() const;
  // Writes and flushes everything; nothing may follow.
  SegmentEntry finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace resolute::indexer
