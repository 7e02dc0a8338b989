// The language versions of one document, which are written together: where they come from, and what they are joined with.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/collect.h"
#include "indexer/existing.h"
#include "indexer/segment_builder.h"
#include "indexer/sources.h"
#include "indexer/update_plan.h"
#include "schemas/wording_code.h"

namespace resolute::indexer {

struct Group {
  std::string symbol, title;
  std::vector<const Staged*> fresh;  // of the collection
  std::vector<OldPlace> carried;
};

// Ready for a segment.
struct PreparedGroup {
  std::vector<Prepared> versions;
  std::vector<std::pair<std::string, std::optional<Metadata>>> own;  // of joined ones, by id; else nullopt
};

// Makes groups of what was read and of what the index holds. Const, so for any number of threads; what it is made of outlives it, and
// outlives the prepared documents until a segment has them.
class Grouping {
 public:
  Grouping(const Collection& fresh, const Existing& old, const RecordsBySymbol& records) : fresh_(fresh), old_(old), records_(records) {}

  // Groups of one title stand together: their paragraphs repeat each other, which makes neighbours alike and texts compress. `chosen`
  // are those that the plan numbers as fresh.
  std::vector<Group> order(std::vector<UpdatePlan::Group> planned, const std::vector<const Staged*>& chosen) const;
  // The dictionary of texts, learned from documents all over.
  std::shared_ptr<const WordingEncoder> learn_encoder(const std::vector<Group>& groups) const;
  // Loaded, joined with its records, aligned. `before`: what joined documents knew of themselves.
  PreparedGroup prepare(const Group& group, const OwnMetadata& before) const;

 private:
  std::vector<Document> load(const Group& group) const;
  std::map<std::string, SourceBytes> sources_of(const Group& group) const;

  const Collection& fresh_;
  const Existing& old_;
  const RecordsBySymbol& records_;
};

}  // namespace resolute::indexer
