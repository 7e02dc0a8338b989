#include "indexer/existing.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "indexer/generations.h"
#include "schemas/error.h"
#include "schemas/segment.h"

namespace resolute::indexer {
namespace fs = std::filesystem;

void Existing::open(const std::string& index) {
  for (size_t s = 0; s < manifest.segments.size(); ++s) {
    const auto& entry = manifest.segments[s];
    files.push_back(std::make_unique<SectionReader>(segment_path(index, entry.name), SectionReader::Check::layout));
    stores.emplace_back(*files.back(), entries_path(index, entry.name), manifest.format);
    sources.push_back(entry.source_bytes ? std::make_unique<SourceStore>(kept_sources_path(index, entry.name), entry.documents) : nullptr);
    titles.emplace_back(*files.back(), "document.title");
    ids.emplace_back();
    const Strings identifiers(*files.back(), "document.identifier");
    const Strings languages(*files.back(), "field.lang.value");
    const Groups lang(*files.back(), "field.lang", static_cast<uint32_t>(languages.size()));
    for (uint32_t d = 0; d < identifiers.size(); ++d) {
      ids[s].push_back(std::string(identifiers[d]) + "@" + std::string(languages[lang[d][0]]));
      if (!std::binary_search(entry.deleted.begin(), entry.deleted.end(), d)) live[ids[s].back()] = {s, d};
    }
  }
}

void count_documents(const std::string& index, Manifest& m) {
  m.documents = m.paragraphs = 0;
  for (const auto& e : m.segments) {
    m.documents += e.documents - e.deleted.size();
    m.paragraphs += e.paragraphs;
    if (e.deleted.empty()) continue;
    const SectionReader file(segment_path(index, e.name), SectionReader::Check::layout);
    const auto first = file.array<uint32_t>("document.first");
    for (const uint32_t d : e.deleted) m.paragraphs -= first[d + 1] - first[d];
  }
}

std::optional<Manifest> newest_whole(const std::string& index) {
  auto revisions = revisions_on_disk(index);
  std::reverse(revisions.begin(), revisions.end());
  for (const uint64_t r : revisions) try {
      Existing there;
      there.manifest = read_manifest(index, r);
      there.open(index);
      return there.manifest;
    } catch (const Error&) {}  // the one before, perhaps
  return std::nullopt;
}

std::vector<FileRecord> sources_of_documents(const Existing& existing) {
  std::map<std::string, FileRecord> of_path;
  for (const auto& [id, where] : existing.live) {
    const auto document = existing.stores[where.first].document(where.second);
    auto& f = of_path[document.path];
    f.outcome = Outcome::documents;
    f.ids.push_back(id);
    f.ranks.push_back(-1);
  }
  std::vector<FileRecord> out;
  for (auto& [path, f] : of_path) {
    f.path = path;
    std::error_code error;
    // A member's path goes on after its archive's.
    for (fs::path p = fs::absolute(path, error).lexically_normal(); p.has_relative_path() && f.container.empty(); p = p.parent_path())
      if (fs::is_regular_file(p, error)) f.container = p.string();
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace resolute::indexer
