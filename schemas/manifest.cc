#include "schemas/manifest.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "schemas/error.h"
#include "schemas/field.h"
#include "schemas/segment.h"

namespace resolute {
namespace {

std::string slurp(const std::string& path, ErrorKind missing, const std::string& what) {
  // A pipe would be waited for.
  std::error_code error;
  if (const auto status = std::filesystem::status(path, error); std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw Error(ErrorKind::corrupt, path.substr(path.rfind('/') + 1) + " is no file");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(missing, what);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Whether a name is none that we give to what lies in one folder.
bool leaves_folder(const std::string& name) { return name.empty() || name.find('/') != std::string::npos || name.find("..") != std::string::npos; }

constexpr const char* kDamaged = "; build it anew with `resolute index --rebuild`";

}  // namespace

std::string segment_path(const std::string& index, const std::string& name) { return index + "/segments/" + name + "/segment.bin"; }
std::string entries_path(const std::string& index, const std::string& name) { return index + "/segments/" + name + "/entries"; }
std::string phrases_path(const std::string& index, const std::string& name) { return index + "/segments/" + name + "/phrases.bin"; }
std::string kept_sources_path(const std::string& index, const std::string& name) { return index + "/segments/" + name + "/sources.bin"; }
std::string lexicon_path(const std::string& index, const std::string& name) { return index + "/lexicons/" + name; }
std::string generation_path(const std::string& index, uint64_t revision) { return index + "/generations/" + std::to_string(revision); }

namespace {

struct Current {
  uint64_t revision = 0;
  std::optional<uint64_t> sum;  // none in CURRENT of format 2 and before
};

std::string print_line(const Current& current) {
  char sum[20] = "";
  if (current.sum) std::snprintf(sum, sizeof sum, " %016llx", static_cast<unsigned long long>(*current.sum));
  return std::to_string(current.revision) + sum + "\n";
}

Current parse_current(const std::string& index) {
  const std::string text = slurp(index + "/CURRENT", ErrorKind::not_found, "there is no index in " + index + "; make one with `resolute index PATH...`");
  Current out;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, out.revision);
  if (end - number.ptr > 1) {
    uint64_t sum = 0;
    std::from_chars(number.ptr + 1, end, sum, 16);
    out.sum = sum;
  }
  // Only what print_line() prints: no byte may be another.
  if (number.ec != std::errc{} || text != print_line(out) || out.revision > 999'999'999'999'999'999)
    throw Error(ErrorKind::corrupt, std::string("the index is damaged (CURRENT is no number and checksum)") + kDamaged);
  return out;
}

// What a manifest is sealed with.
uint64_t sum_of(const std::string& text) { return checksum(std::string_view(text).substr(std::min(text.size(), text.find('\n') + 1))); }

}  // namespace

uint64_t read_current(const std::string& index) { return parse_current(index).revision; }

StateName read_state_name(const std::string& index) {
  const auto current = parse_current(index);
  return {current.revision, current.sum.value_or(0)};
}

std::string print_current(const Manifest& manifest) { return print_line({manifest.revision, sum_of(print_manifest(manifest))}); }

Manifest read_published(const std::string& index, Formats formats) {
  const auto current = parse_current(index);
  auto manifest = read_manifest(index, current.revision, formats);
  if (!current.sum || *current.sum != manifest.id)
    throw Error(ErrorKind::corrupt, std::string("the index is damaged (CURRENT means another manifest)") + kDamaged);
  return manifest;
}

std::string print_manifest(const Manifest& m) {
  nlohmann::ordered_json o;
  o["format"] = m.format;
  o["feature"] = m.feature;
  o["revision"] = m.revision;
  o["created"] = m.created;
  o["documents"] = m.documents;
  o["paragraphs"] = m.paragraphs;
  o["sources_sum"] = m.sources_sum;
  if (m.keep_sources) o["keep_sources"] = true;
  auto& segments = o["segments"] = nlohmann::ordered_json::array();
  for (const auto& s : m.segments)
    segments.push_back({{"name", s.name},
                        {"documents", s.documents},
                        {"paragraphs", s.paragraphs},
                        {"deleted", s.deleted},
                        {"segment_bytes", s.segment_bytes},
                        {"entries_bytes", s.entries_bytes},
                        {"entries_sum", s.entries_sum},
                        {"phrase_bytes", s.phrase_bytes},
                        {"source_bytes", s.source_bytes}});
  if (m.lexicon)
    o["lexicon"] = {{"name", m.lexicon->name},   {"bytes", m.lexicon->bytes},           {"pairs", m.lexicon->pairs},
                    {"terms", m.lexicon->terms}, {"paragraphs", m.lexicon->paragraphs}, {"borrowed", m.lexicon->borrowed}};
  const std::string body = o.dump(1);
  nlohmann::ordered_json sealed;
  sealed["sum"] = checksum(body);
  return sealed.dump() + "\n" + body + "\n";
}

Manifest read_manifest(const std::string& index, uint64_t revision, Formats formats) {
  const std::string text =
      slurp(generation_path(index, revision) + "/manifest.json", ErrorKind::not_found, "the index has no generation " + std::to_string(revision));
  const auto fail = [](const std::string& why) { throw Error(ErrorKind::corrupt, "the index is damaged (manifest: " + why + ")" + kDamaged); };
  const size_t line = text.find('\n');
  if (line == std::string::npos || text.back() != '\n') fail("truncated");
  Manifest m;
  try {
    const auto seal = nlohmann::json::parse(text.substr(0, line));
    const std::string body = text.substr(line + 1, text.size() - line - 2);
    if (seal.at("sum").get<uint64_t>() != checksum(body)) fail("does not match its checksum");
    const auto o = nlohmann::json::parse(body);
    m.format = o.at("format");
    m.feature = o.at("feature");
    if (m.format > kFormatVersion || m.format < (formats == Formats::upgradable ? kOldestFormat : kFormatVersion))
      throw Error(ErrorKind::invalid,
                  "the index has format " + std::to_string(m.format) + ", this program reads format " + std::to_string(kFormatVersion) +
                      (m.format < kFormatVersion ? "; write it anew with `resolute index --upgrade PATH...`" : "; it is of a newer program"));
    m.revision = o.at("revision");
    m.id = sum_of(text);
    m.created = o.at("created");
    m.documents = o.at("documents");
    m.paragraphs = o.at("paragraphs");
    m.sources_sum = o.at("sources_sum");
    m.keep_sources = o.value("keep_sources", false);
    for (const auto& s : o.at("segments")) {
      SegmentEntry e;
      e.name = s.at("name");
      e.documents = s.at("documents");
      e.paragraphs = s.at("paragraphs");
      e.deleted = s.at("deleted").get<std::vector<uint32_t>>();
      e.segment_bytes = s.at("segment_bytes");
      e.entries_bytes = s.at("entries_bytes");
      e.entries_sum = s.at("entries_sum");
      e.phrase_bytes = s.value("phrase_bytes", uint64_t{0});
      e.source_bytes = s.value("source_bytes", uint64_t{0});
      if (leaves_folder(e.name)) fail("segment name");
      m.segments.push_back(std::move(e));
    }
    if (o.contains("lexicon")) {
      const auto& l = o.at("lexicon");
      m.lexicon = LexiconEntry{l.at("name"), l.at("bytes"), l.at("pairs"), l.at("terms"), l.at("paragraphs"), l.value("borrowed", false)};
      if (leaves_folder(m.lexicon->name)) fail("lexicon name");
    }
  } catch (const nlohmann::json::exception&) { fail("unreadable"); }
  return m;
}

void flush_folder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

void write_file_atomically(const std::string& path, const std::string& bytes) {
  const std::string beside = path + ".new";
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const auto fail = [&] {
    const int why = errno;
    ::unlink(beside.c_str());
    throw Error(ErrorKind::unavailable, "cannot write " + path + ": " + std::strerror(why));
  };
  if (fd < 0) fail();
  for (size_t at = 0; at < bytes.size();) {
    const auto n = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      const int why = errno;
      ::close(fd);
      errno = why;
      fail();
    }
    at += static_cast<size_t>(n);
  }
  if (::fsync(fd) != 0 || ::close(fd) != 0 || ::rename(beside.c_str(), path.c_str()) != 0) fail();
  flush_folder(path.substr(0, path.rfind('/')));
}

}  // namespace resolute
