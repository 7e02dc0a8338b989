#include "indexer/apart.h"

#include <cstring>
#include <nlohmann/json.hpp>

#include "schemas/error.h"
#include "schemas/store.h"

namespace resolute::indexer {
namespace {

void put(std::string& out, std::string_view bytes) {
  const uint64_t size = bytes.size();
  out.append(reinterpret_cast<const char*>(&size), sizeof size).append(bytes);
}

std::string_view take(std::string_view& from) {
  uint64_t size = 0;
  if (from.size() < sizeof size) damaged("what was read apart");
  std::memcpy(&size, from.data(), sizeof size);
  from.remove_prefix(sizeof size);
  if (size > from.size()) damaged("what was read apart");
  const auto out = from.substr(0, size);
  from.remove_prefix(size);
  return out;
}

}  // namespace

bool is_read_apart(Format format) { return format == Format::pdf || format == Format::docx; }

Reading read_here(const std::string& path, std::string_view bytes) {
  return detect_format(bytes) == Format::pdf ? read_pdf(path, bytes) : read_docx(path, bytes);
}

std::string encode_reading(const Reading& reading) {
  auto rejections = nlohmann::json::array();
  for (const auto& r : reading.rejections) rejections.push_back({r.path, r.reason, r.detail, r.location});
  std::string out;
  // Names of files may be no UTF-8: the rejections' paths are the file's own, which the other side knows.
  put(out, rejections.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  for (const auto& d : reading.documents) put(out, encode_document(d, Texts::with));
  return out;
}

Reading decode_reading(std::string_view bytes) {
  Reading out;
  const auto rejections = nlohmann::json::parse(take(bytes), nullptr, false);
  if (!rejections.is_array()) damaged("what was read apart");
  for (const auto& r : rejections) out.rejections.push_back({r.at(0), r.at(1), r.at(2), r.at(3)});
  while (!bytes.empty()) out.documents.push_back(decode_document(take(bytes)));
  return out;
}

}  // namespace resolute::indexer
