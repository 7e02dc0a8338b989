#include "schemas/source_store.h"

#include <zstd.h>

#include <algorithm>
#include <filesystem>

#include "schemas/error.h"

namespace resolute {
namespace {

constexpr int kSourceLevel = 3;

}  // namespace

void SourceWriter::add(const std::optional<SourceBytes>& source) {
  of_document_.push_back(kNone);
  if (!source) return;
  const auto [known, fresh] = numbers_.try_emplace(source->key, static_cast<uint32_t>(sum_.size()));
  of_document_.back() = known->second;
  if (!fresh) return;
  if (!file_) {
    file_ = std::make_unique<SectionWriter>(path_);
    file_->begin("source");
  }
  const std::string bytes = source->read();
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const size_t n = ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), kSourceLevel);
  if (ZSTD_isError(n)) throw Error(ErrorKind::unavailable, std::string("cannot compress: ") + ZSTD_getErrorName(n));
  file_->write({packed.data(), n});
  at_.push_back(at_.back() + n);
  sum_.push_back(checksum(bytes));
}

uint64_t SourceWriter::finish() {
  if (!file_) return 0;
  file_->end();
  file_->add("source.at", at_);
  file_->add("source.sum", sum_);
  file_->add("document.source", of_document_);
  file_->finish();
  file_.reset();
  return std::filesystem::file_size(path_);
}

SourceStore::SourceStore(const std::string& path, size_t documents)
    : path_(path),
      file_(path, SectionReader::Check::layout),
      packed_(file_.bytes("source")),
      of_document_(file_.array<uint32_t>("document.source")),
      at_(file_.array<uint64_t>("source.at")),
      sum_(file_.array<uint64_t>("source.sum")) {
  for (const char* name : {"document.source", "source.at", "source.sum"}) file_.check(name);
  const bool ok = of_document_.size() == documents && at_.size() == sum_.size() + 1 && at_.front() == 0 && at_.back() == packed_.size() &&
                  std::is_sorted(at_.begin(), at_.end()) &&
                  std::all_of(of_document_.begin(), of_document_.end(), [&](uint32_t n) { return n == kNone || n < sum_.size(); });
  if (!ok) damaged(path + " contradicts itself");
}

std::optional<uint32_t> SourceStore::number(size_t document) const {
  return of_document_[document] == kNone ? std::nullopt : std::optional(of_document_[document]);
}

std::string SourceStore::read(uint32_t number) const {
  const auto packed = packed_.substr(at_[number], at_[number + 1] - at_[number]);
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size <= kMostSourceBytes) {
    std::string out(size, '\0');
    const size_t n = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
    if (!ZSTD_isError(n) && n == out.size() && checksum(out) == sum_[number]) return out;
  }
  damaged("a source that was kept does not match its checksum");
}

void SourceStore::verify() const {
  const SectionReader whole(path_, SectionReader::Check::contents);
  for (uint32_t n = 0; n < sum_.size(); ++n) static_cast<void>(read(n));
}

}  // namespace resolute
