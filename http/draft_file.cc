#include "http/draft_file.h"

#include <nlohmann/json.hpp>

#include "http/api_json.h"

namespace resolute::http {

using nlohmann::ordered_json;

std::string print_draft_file(const DraftFile& file) {
  ordered_json o = {{"format", file.format}, {"text", file.text}, {"notes", file.notes}, {"reason", file.reason}};
  auto& list = o["paragraphs"] = ordered_json::array();
  for (const auto& p : file.paragraphs) list.push_back({{"kind", p.kind}, {"number", p.number}, {"text", p.text}});
  return dump(o);
}

DraftFile parse_draft_file(const std::string& json) {
  DraftFile out;
  try {
    const auto o = ordered_json::parse(json);
    out.format = o.at("format");
    out.text = o.at("text");
    out.notes = o.at("notes");
    out.reason = o.at("reason");
    for (const auto& p : o.at("paragraphs")) out.paragraphs.push_back({p.at("kind"), p.at("number"), p.at("text")});
  } catch (const ordered_json::exception&) {
    out = {};
    out.reason = "the file could not be read";
  }
  return out;
}

}  // namespace resolute::http
