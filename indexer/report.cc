#include "indexer/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/update_plan.h"

namespace resolute::indexer {

void account(const std::vector<InputFile>& inputs, const std::unordered_set<std::string>& unchanged, const std::vector<FileRecord>& table,
             const Winners& winners, const Existing& old, IndexReport& report) {
  std::unordered_set<std::string> present;
  for (const auto& [id, claim] : winners) present.insert(identifier_of(id));
  std::unordered_set<std::string> asked;
  for (const auto& i : inputs) asked.insert(i.container);
  for (size_t f = 0; f < table.size(); ++f) {
    const auto& file = table[f];
    if (!asked.count(file.container)) continue;
    ++report.files;
    report.records += file.records.size();
    for (const auto& r : file.records) report.records_waiting += !present.count(r.symbol);
    for (const auto& r : file.rejections) report.rejections.push_back(r);
    for (const auto& id : file.unplaced) report.unplaced.push_back({file.path, id});
    // One file may name a document twice: the first stays.
    for (size_t k = 0; k < file.ids.size(); ++k)
      if (const auto& w = winners.at(file.ids[k]); w.file != f || w.nth != k) report.duplicates.push_back({file.path, table[w.file].path, file.ids[k]});
    switch (file.outcome) {
      case Outcome::documents: {
        if (unchanged.count(file.container)) {
          ++report.unchanged;
          break;
        }
        const bool replaces = std::any_of(file.ids.begin(), file.ids.end(), [&](const std::string& id) { return old.live.count(id) != 0; });
        ++(replaces ? report.replaced : report.added);
        report.changes.push_back({replaces ? "replaced" : "added", file.path, file.ids});
        break;
      }
      case Outcome::duplicate: ++report.duplicate; break;
      case Outcome::ignored:
        ++report.ignored;
        report.ignored_paths.push_back(file.path);
        report.ignored_reasons.push_back(file.note.empty() ? "no known form" : file.note);
        break;
      case Outcome::rejected: ++report.rejected; break;
      case Outcome::records: {
        if (unchanged.count(file.container)) {
          ++report.unchanged;
          break;
        }
        ++report.joined;
        report.changes.push_back({"joined", file.path, {}});
        for (const auto& r : file.records) report.changes.back().ids.push_back(r.symbol);
        break;
      }
    }
  }
}

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
