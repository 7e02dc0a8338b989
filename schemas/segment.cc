#include "schemas/segment.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "schemas/error.h"

namespace resolute {
namespace {

constexpr std::string_view kMagic = "RESOLUT1";
constexpr size_t kTail = 24;  // toc bytes, toc checksum, magic

}  // namespace

uint64_t checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

uint64_t checksum_of_file(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  const auto fail = [&] { damaged("cannot read " + name); };
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  const std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state(XXH3_createState(), XXH3_freeState);
  if (!file) fail();
  XXH3_64bits_reset(state.get());
  std::vector<char> buffer(1 << 20);
  for (size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), file.get())) > 0;) XXH3_64bits_update(state.get(), buffer.data(), n);
  if (std::ferror(file.get())) fail();
  return XXH3_64bits_digest(state.get());
}

SectionWriter::SectionWriter(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "wb")) {
  if (!file_) throw Error(ErrorKind::unavailable, "cannot write " + path + ": " + std::strerror(errno));
  state_ = XXH3_createState();
}

SectionWriter::~SectionWriter() {
  if (file_) std::fclose(file_);
  XXH3_freeState(static_cast<XXH3_state_t*>(state_));
}

void SectionWriter::begin(const std::string& name) {
  open_ = name;
  begin_ = at_;
  XXH3_64bits_reset(static_cast<XXH3_state_t*>(state_));
}

void SectionWriter::write(std::string_view bytes) {
  if (bytes.empty()) return;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size())
    throw Error(ErrorKind::unavailable, "cannot write " + path_ + ": " + std::strerror(errno));
  XXH3_64bits_update(static_cast<XXH3_state_t*>(state_), bytes.data(), bytes.size());
  at_ += bytes.size();
}

void SectionWriter::end() {
  toc_[open_] = {begin_, at_ - begin_, XXH3_64bits_digest(static_cast<XXH3_state_t*>(state_))};
  open_.clear();
  static constexpr char kZeros[8] = {};
  if (at_ % 8) write({kZeros, 8 - at_ % 8});
}

void SectionWriter::add_strings(const std::string& name, const std::vector<std::string>& values) {
  std::vector<uint32_t> ends = {0};
  begin(name);
  uint64_t total = 0;
  for (const auto& v : values) {
    write(v);
    total += v.size();
    if (total > 0xFFFFFFFFu) throw Error(ErrorKind::invalid, "more than 4 GiB of strings in section " + name);
    ends.push_back(static_cast<uint32_t>(total));
  }
  end();
  add(name + ".at", ends);
}

void SectionWriter::add_narrow(const std::string& name, const std::vector<uint32_t>& values) {
  if (std::all_of(values.begin(), values.end(), [](uint32_t v) { return v <= 0xFFFF; }))
    add(name, std::vector<uint16_t>(values.begin(), values.end()));
  else
    add(name, values);
}

void SectionWriter::finish() {
  nlohmann::json toc;
  for (const auto& [name, e] : toc_) toc[name] = {e.offset, e.bytes, e.sum};
  const std::string text = toc.dump();
  const uint64_t tail[2] = {text.size(), checksum(text)};
  write(text);
  write({reinterpret_cast<const char*>(tail), sizeof tail});
  write(kMagic);
  if (std::fflush(file_) || fsync(fileno(file_)) || std::fclose(file_)) {
    file_ = nullptr;
    throw Error(ErrorKind::unavailable, "cannot write " + path_ + ": " + std::strerror(errno));
  }
  file_ = nullptr;
}

void SectionReader::fail(const std::string& why) const { damaged(path_.substr(path_.rfind('/') + 1) + ": " + why); }

SectionReader::SectionReader(const std::string& path, Check check) : path_(path), check_(check), file_(path) {
  const std::string_view all = file_.bytes();
  const uint64_t size = all.size();
  if (size < kTail) fail("too short");
  if (all.substr(size - 8) != kMagic) fail("no end mark: truncated, or of another program");
  uint64_t tail[2];
  std::memcpy(tail, all.data() + size - kTail, sizeof tail);
  if (tail[0] > size - kTail) fail("table of contents out of bounds");
  const std::string text(all.substr(size - kTail - tail[0], tail[0]));
  if (checksum(text) != tail[1]) fail("table of contents does not match its checksum");
  const auto toc = nlohmann::json::parse(text, nullptr, false);
  if (!toc.is_object()) fail("table of contents is unreadable");
  try {
    for (const auto& [name, e] : toc.items()) {
      const uint64_t offset = e.at(0), bytes = e.at(1), sum = e.at(2);
      if (offset > size || bytes > size - offset || offset % 8) fail("section " + name + " out of bounds");
      if (check == Check::contents && checksum(all.substr(offset, bytes)) != sum) fail("section " + name + " does not match its checksum");
      toc_[name] = {offset, bytes, sum};
      // What fills up to a multiple of 8.
      const auto filling = all.substr(offset + bytes, std::min(size - offset - bytes, (8 - bytes % 8) % 8));
      if (check == Check::contents && std::any_of(filling.begin(), filling.end(), [](char c) { return c != 0; }))
        fail("section " + name + " is not followed by zeros");
    }
  } catch (const nlohmann::json::exception&) { fail("table of contents is unreadable"); }
}

const SectionReader::Section& SectionReader::find(const std::string& name) const {
  const auto it = toc_.find(name);
  if (it == toc_.end()) fail("section " + name + " is missing");
  return it->second;
}

std::string_view SectionReader::bytes(const std::string& name) const {
  const auto& section = find(name);
  return file_.bytes().substr(section.offset, section.bytes);
}

void SectionReader::check(const std::string& name) const {
  if (checksum(bytes(name)) != find(name).sum) fail("section " + name + " does not match its checksum");
}

std::string_view SectionReader::copied(const std::string& name) const {
  const auto& section = find(name);
  const std::lock_guard lock(mutex_);
  auto& copy = copies_[name];
  if (!copy) {
    copy = std::make_unique<uint64_t[]>(section.bytes / 8 + 1);
    std::memcpy(copy.get(), file_.bytes().data() + section.offset, section.bytes);
    if (check_ == Check::contents && checksum({reinterpret_cast<const char*>(copy.get()), section.bytes}) != section.sum) {
      copy.reset();
      fail("section " + name + " does not match its checksum");
    }
  }
  return {reinterpret_cast<const char*>(copy.get()), section.bytes};
}

std::vector<std::pair<std::string, uint64_t>> SectionReader::sizes() const {
  std::vector<std::pair<std::string, uint64_t>> out;
  for (const auto& [name, section] : toc_) out.emplace_back(name, section.bytes);
  return out;
}

Strings::Strings(const SectionReader& file, const std::string& name) : bytes_(file.bytes(name)), ends_(file.array<uint32_t>(name + ".at")) {
  if (ends_.empty() || ends_.back() != bytes_.size() || !std::is_sorted(ends_.begin(), ends_.end())) damaged("strings " + name);
}

size_t Strings::lower_bound(std::string_view s) const {
  size_t low = 0, high = size();
  while (low < high) {
    const size_t mid = (low + high) / 2;
    if ((*this)[mid] < s)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

size_t Strings::find(std::string_view s) const {
  const size_t i = lower_bound(s);
  return i < size() && (*this)[i] == s ? i : size();
}

Narrow::Narrow(const SectionReader& file, const std::string& name, size_t size) : size_(size) {
  const size_t bytes = file.bytes(name).size();
  if (bytes == size * 2)
    two_ = file.array<uint16_t>(name).data();
  else if (bytes == size * 4)
    four_ = file.array<uint32_t>(name).data();
  else
    damaged("numbers " + name);
}

Interned::Interned(const SectionReader& file, const std::string& name, size_t size) : values(file, name + ".value"), ids_(file, name, size) {
  for (size_t i = 0; i < size; ++i)
    if (ids_[i] >= values.size()) damaged("values " + name);
}

Groups::Groups(const SectionReader& file, const std::string& name, uint32_t limit)
    : begin_(file.array<uint32_t>(name + ".begin")), ids_(file.array<uint32_t>(name)) {
  if (begin_.empty() || begin_.back() != ids_.size() || !std::is_sorted(begin_.begin(), begin_.end()) ||
      std::any_of(ids_.begin(), ids_.end(), [&](uint32_t id) { return id >= limit; }))
    damaged("groups " + name);
}

}  // namespace resolute
