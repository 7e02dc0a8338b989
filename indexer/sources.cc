#include "indexer/sources.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "schemas/error.h"
#include "schemas/segment.h"
#include "text/encoding.h"

namespace resolute::indexer {
namespace {

constexpr const char* kOutcomes[] = {"documents", "duplicate", "ignored", "rejected", "records"};

// Names that are no UTF-8, which JSON cannot hold.
std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) out += {kDigits[static_cast<unsigned char>(c) >> 4], kDigits[static_cast<unsigned char>(c) & 15]};
  return out;
}
std::string unhex(const std::string& digits) {
  std::string out;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return out;
}

FileRecord parse_source(const nlohmann::json& o) {
  FileRecord f;
  f.path = o.at("path");
  f.container = o.at("container");
  if (o.contains("bytes")) f.path = unhex(o.at("bytes").at(0)), f.container = unhex(o.at("bytes").at(1));
  f.size = o.at("size");
  f.modified = o.at("modified");
  const std::string outcome = o.at("outcome");
  for (size_t i = 0; i < std::size(kOutcomes); ++i)
    if (outcome == kOutcomes[i]) f.outcome = static_cast<Outcome>(i);
  if (o.contains("ids")) {
    f.ids = o.at("ids").get<std::vector<std::string>>();
    f.ranks = o.at("ranks").get<std::vector<int>>();
  }
  if (o.contains("rejections"))
    for (const auto& r : o.at("rejections")) f.rejections.push_back({r.at(0), r.at(1), r.at(2), r.at(3)});
  if (o.contains("records")) {
    std::vector<Record> records;
    for (const auto& r : o.at("records")) records.push_back(parse_record(r));
    f.records = Records(std::move(records));
  }
  if (o.contains("terms")) {
    std::vector<TermPair> terms;
    for (const auto& t : o.at("terms")) terms.push_back({t.at(0), t.at(1)});
    f.terms = Terms(std::move(terms));
  }
  f.note = o.value("note", "");
  return f;
}

}  // namespace

std::string print_sources(const std::vector<FileRecord>& files, const OwnMetadata& own) {
  // Paths may hold bytes that are no UTF-8.
  const auto print = [](const nlohmann::json& json) { return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); };
  std::string out = "{\"files\":[";
  for (const auto& f : files) {
    nlohmann::json o = {
        {"path", f.path}, {"container", f.container}, {"size", f.size}, {"modified", f.modified}, {"outcome", kOutcomes[static_cast<size_t>(f.outcome)]}};
    if (text::first_invalid_utf8(f.path + f.container) != std::string::npos) o["bytes"] = {hex(f.path), hex(f.container)};
    if (!f.ids.empty()) o["ids"] = f.ids, o["ranks"] = f.ranks;
    for (const auto& r : f.rejections) o["rejections"].push_back({r.path, r.reason, r.detail, r.location});
    for (const auto& r : f.records) o["records"].push_back(print_record(r));
    for (const auto& t : f.terms) o["terms"].push_back({t.zh, t.en});
    if (!f.note.empty()) o["note"] = f.note;
    out += (&f == files.data() ? "\n" : ",\n") + print(o);
  }
  auto metadata = nlohmann::json::object();
  for (const auto& [id, m] : own) metadata[id] = print_metadata(m);
  return out + "],\n\"own\":" + print(metadata) + "}";
}

Sources read_sources(const std::string& path, uint64_t sum) {
  if (checksum_of_file(path) != sum) damaged("sources");
  std::ifstream in(path, std::ios::binary);
  Sources out;
  try {
    // Each file's object is let go as soon as it is read.
    const auto take = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
      if (depth != 2 || event != nlohmann::json::parse_event_t::object_end || !value.contains("container")) return true;
      out.files.push_back(parse_source(value));
      return false;
    };
    const auto json = nlohmann::json::parse(in, take, false);
    if (json.is_discarded() || !json.at("files").empty()) damaged("sources");
    for (const auto& [id, m] : json.at("own").items()) out.own.emplace(id, parse_metadata(m));
  } catch (const nlohmann::json::exception&) { damaged("sources"); } catch (const std::invalid_argument&) {  // of unhex()
    damaged("sources");
  }
  return out;
}

bool is_missing(const FileRecord& f) {
  std::error_code error;
  return !f.container.empty() && !std::filesystem::exists(f.container, error);
}

Winners settle(const std::vector<FileRecord>& files) {
  Winners winners;
  // Asked of files that contest something alone.
  std::unordered_map<size_t, bool> missing;
  const auto gone = [&](size_t f) {
    const auto [it, fresh] = missing.try_emplace(f, false);
    if (fresh) it->second = is_missing(files[f]);
    return it->second;
  };
  for (size_t f = 0; f < files.size(); ++f)
    for (size_t i = 0; i < files[f].ids.size(); ++i) {
      Claim claim{f, i, files[f].ranks[i]};
      const auto [it, fresh] = winners.try_emplace(files[f].ids[i], claim);
      if (fresh) continue;
      const auto& now = it->second;
      const bool better = claim.rank > now.rank || (claim.rank == now.rank && files[f].path < files[now.file].path);
      if (now.file == f ? better : gone(f) != gone(now.file) ? gone(now.file) : better) it->second = claim;
    }
  return winners;
}

std::unordered_set<std::string> disturbed_ids(const std::vector<FileRecord>& known, const std::unordered_set<std::string>& present,
                                              const std::unordered_set<std::string>& unchanged, const std::function<bool(const FileRecord&)>& drops) {
  std::unordered_set<std::string> contested, out;  // ids that a file has lost
  for (const auto& f : known)
    if (f.outcome == Outcome::duplicate) contested.insert(f.ids.begin(), f.ids.end());
  const auto is_contested = [&](const std::string& id) { return contested.count(id) != 0; };
  for (const auto& f : known) {
    const bool is_present = present.count(f.container) != 0, changed = is_present && !unchanged.count(f.container);
    const bool may_lose = !is_present && std::any_of(f.ids.begin(), f.ids.end(), is_contested) && is_missing(f);
    if (changed || may_lose || drops(f)) out.insert(f.ids.begin(), f.ids.end());
  }
  return out;
}

}  // namespace resolute::indexer
