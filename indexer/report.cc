// What became of every file, as JSON: schemas/report.schema.json.
#include <nlohmann/json.hpp>

#include "indexer/index_writer.h"

namespace resolute::indexer {

nlohmann::ordered_json print_report(const IndexReport& r) {
  nlohmann::ordered_json o;
  o["files"] = r.files;
  o["archives"] = r.archives;
  o["added"] = r.added;
  o["replaced"] = r.replaced;
  o["unchanged"] = r.unchanged;
  o["joined"] = r.joined;
  auto& duplicates =
      o["duplicate"] = {{"count", r.duplicate}, {"documents", r.duplicates.size()}, {"rule", kClaimRule}, {"list", nlohmann::ordered_json::array()}};
  for (const auto& d : r.duplicates) duplicates["list"].push_back({{"path", d.path}, {"winner", d.winner}, {"id", d.id}});
  o["ignored"] = {{"count", r.ignored}, {"list", r.ignored_paths}, {"reasons", r.ignored_reasons}};
  auto& rejected = o["rejected"] = {{"count", r.rejected}, {"list", nlohmann::ordered_json::array()}};
  for (const auto& x : r.rejections) rejected["list"].push_back({{"path", x.path}, {"reason", x.reason}, {"detail", x.detail}, {"where", x.location}});
  auto& unplaced = o["unplaced"] = {{"count", r.unplaced.size()}, {"list", nlohmann::ordered_json::array()}};
  for (const auto& u : r.unplaced) unplaced["list"].push_back({{"path", u.path}, {"id", u.id}});
  o["removed"] = r.removed;
  o["notices"] = r.notices;
  o["documents_added"] = r.documents_added;
  o["documents_replaced"] = r.documents_replaced;
  o["documents_joined"] = r.documents_joined;
  o["records"] = {{"count", r.records}, {"waiting", r.records_waiting}, {"trust", kTrustRule}};
  o["index"] = {{"revision", r.revision}, {"documents", r.documents}, {"paragraphs", r.paragraphs}, {"bytes", r.index_bytes}, {"published", r.published}};
  o["input_bytes"] = r.input_bytes;
  o["text_bytes"] = r.text_bytes;
  o["seconds"] = r.seconds;
  o["searchable_seconds"] = r.searchable_seconds;
  if (r.lexicon) o["lexicon"] = {{"pairs", r.lexicon->pairs}, {"terms", r.lexicon->terms}, {"bytes", r.lexicon->bytes}, {"seconds", r.lexicon_seconds}};
  return o;
}

}  // namespace resolute::indexer
