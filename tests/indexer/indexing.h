// What tests of whole runs of indexing share: a run, the sums of its report, all that an index then holds.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "indexer/index_writer.h"
#include "search/generation.h"
#include "search/verify.h"
#include "text/normalize.h"

namespace resolute::indexer {

inline IndexReport index(const std::string& folder, std::vector<std::string> paths, Prune prune = Prune::no, Rebuild rebuild = Rebuild::no, int jobs = 2) {
  IndexOptions o;
  o.index = folder;
  o.paths = std::move(paths);
  o.jobs = jobs;
  o.prune = prune;
  o.rebuild = rebuild;
  return index_files(o);
}

inline void expect_sums(const IndexReport& r) {
  EXPECT_EQ(r.files, r.added + r.replaced + r.unchanged + r.joined + r.duplicate + r.ignored + r.rejected);
  EXPECT_EQ(r.ignored, r.ignored_paths.size());
}

// Every document of the published state, read whole; texts against their folded form.
inline std::map<std::string, Document> everything(const std::string& folder) {
  const auto g = search::Generation::open(folder);
  std::map<std::string, Document> out;
  uint64_t paragraphs = 0;
  std::string buffer;
  for (const auto& s : g->segments()) {
    for (const DocumentId d : s->all_documents()) {
      Document document = s->document(d);
      EXPECT_EQ(document.id(), s->id(d));
      if (s->deleted(d)) continue;
      paragraphs += document.paragraphs.size();
      EXPECT_TRUE(out.emplace(document.id(), std::move(document)).second) << s->id(d);
    }
    for (const WordingId w : s->all_wordings()) EXPECT_EQ(text::fold(s->text(w)), s->folded(w, buffer));
  }
  EXPECT_NO_THROW(search::verify_generation(*g));
  EXPECT_EQ(out.size(), g->manifest().documents);
  EXPECT_EQ(paragraphs, g->manifest().paragraphs);
  return out;
}

inline std::string line(const std::string& symbol, const std::string& text, const std::string& lang = "en") {
  return nlohmann::json({{"symbol", symbol}, {"lang", lang}, {"text", text}}).dump() + "\n";
}

}  // namespace resolute::indexer
