#include "indexer/segment_builder.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <limits>
#include <nlohmann/json.hpp>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "indexer/entry_writer.h"
#include "schemas/entries.h"
#include "schemas/error.h"
#include "schemas/field.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace fs = std::filesystem;
namespace {

// Documents of one part of the entries.
constexpr size_t kPartDocuments = 2048;

std::string building_folder(const std::string& segment) { return segment + "/building"; }

// What the columns hold of a document, as its entry.
EntryPart::DocumentEntry entry_of(const Columns& columns, size_t d, text::Analyzer& analyzer) {
  EntryPart::DocumentEntry entry;
  const std::string id = columns.identifier(d) + "@" + columns.field(Field::lang).value(d, 0);
  entry.boolean_terms.push_back(std::string(kIdPrefix) + id);
  for (const auto& f : fields()) {
    if (f.scope != Scope::document || !*f.prefix) continue;
    const auto& column = columns.field(f.field);
    for (size_t i = 0; i < column.count(d); ++i) entry.boolean_terms.push_back(term(f.field, column.value(d, i)));
  }
  const auto add_words = [&](std::string_view prefix, const std::string& text) {
    analyzer.analyze(text::fold(text), [&](std::string_view t) { entry.words.push_back(prefixed_term(prefix, t)); });
  };
  add_words(kTitlePrefix, columns.title(d));
  const auto& subjects = columns.field(Field::subject);
  for (size_t i = 0; i < subjects.count(d); ++i) add_words(kSubjectPrefix, subjects.value(d, i));
  const std::string date = columns.date(d) == std::numeric_limits<int32_t>::min() ? "" : print_date(columns.date(d));
  if (!date.empty()) entry.values.emplace_back(kDateSlot, date);
  entry.values.emplace_back(kNumberSlot, sortable(columns.identifier(d)));
  const auto& session = columns.field(Field::session);
  if (session.count(d)) entry.values.emplace_back(kSessionSlot, sortable(session.value(d, 0)));
  const size_t first = columns.first_paragraph(d), end = columns.first_paragraph(d + 1);
  entry.values.emplace_back(kParagraphsSlot, print_wordings(columns.wordings().data() + first, end - first));
  nlohmann::ordered_json data;
  data["id"] = id;
  data["title"] = columns.title(d);
  data["date"] = date;
  auto& paragraphs = data["paragraphs"] = nlohmann::ordered_json::array();
  for (size_t p = first; p < end; ++p) paragraphs.push_back(columns.fragment(p));
  entry.data = data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return entry;
}

}  // namespace

Prepared prepare(Document&& document, std::optional<SourceBytes> source) {
  Prepared out;
  out.document = std::move(document);
  out.source = std::move(source);
  out.hashes.reserve(out.document.paragraphs.size());
  for (const auto& p : out.document.paragraphs) {
    const auto h = XXH3_128bits(p.text.data(), p.text.size());
    out.hashes.push_back({h.low64, h.high64});
  }
  return out;
}

SegmentBuilder::SegmentBuilder(const std::string& index, std::string name, int jobs, SharedEncoder encoder)
    : index_(index),
      name_(std::move(name)),
      folder_(index + "/segments/" + name_),
      jobs_(static_cast<size_t>(std::max(1, jobs))),
      wordings_(building_folder(folder_), jobs_, std::move(encoder)),
      sources_(kept_sources_path(index, name_)) {
  std::error_code error;
  fs::create_directories(building_folder(folder_), error);
  if (error) throw Error(ErrorKind::unavailable, "cannot make " + folder_ + ": " + error.message());
}

void SegmentBuilder::add(std::vector<Prepared>&& versions) {
  std::vector<const Document*> documents;
  std::vector<std::vector<uint32_t>> numbers;
  for (auto& v : versions) {
    for (const auto& hash : v.hashes) wordings_.expect(hash);
    numbers.emplace_back();
    for (size_t i = 0; i < v.hashes.size(); ++i)
      numbers.back().push_back(wordings_.add(v.hashes[i], std::move(v.document.paragraphs[i].text), v.document.lang));
    documents.push_back(&v.document);
    sources_.add(v.source);
  }
  columns_.add(documents, numbers);
}

// Parts of them, by `jobs` threads; the folders in the order of the documents.
std::vector<std::string> SegmentBuilder::write_document_entries() const {
  std::vector<std::string> parts;
  for (size_t from = 0; from < documents(); from += kPartDocuments) parts.push_back(building_folder(folder_) + "/documents-" + std::to_string(parts.size()));
  std::atomic<size_t> next{0};
  std::vector<std::future<void>> threads;
  for (size_t t = 0; t < std::min(jobs_, parts.size()); ++t)
    threads.push_back(std::async(std::launch::async, [&] {
      text::Analyzer analyzer;
      for (size_t i; (i = next++) < parts.size();) {
        EntryPart part(parts[i]);
        for (size_t d = i * kPartDocuments; d < std::min(documents(), (i + 1) * kPartDocuments); ++d) part.add_document(entry_of(columns_, d, analyzer));
        part.commit();
      }
    }));
  for (auto& t : threads) t.get();
  return parts;
}

SegmentEntry SegmentBuilder::finish() {
  wordings_.close();
  for (auto& w : columns_.wordings()) w = wordings_.final_number(w);
  columns_.sort();
  // The entries of the documents and the columns are written beside the last wordings, the texts while the entries are joined.
  auto of_documents = std::async(std::launch::async, [&] { return write_document_entries(); });
  const std::string path = segment_path(index_, name_), target = entries_path(index_, name_);
  SectionWriter file(path);
  columns_.write(file);
  const auto batches = wordings_.finish();
  auto joined = std::async(std::launch::async, [&] {
    std::vector<std::string> parts;
    for (const auto& b : batches) parts.push_back(b.part);
    for (auto& part : of_documents.get()) parts.push_back(std::move(part));
    join_entry_parts(parts, target);
    fs::remove_all(building_folder(folder_));
    return std::pair(fs::file_size(target), checksum_of_file(target));
  });
  wordings_.write_texts(batches, file);
  file.finish();
  SegmentEntry entry;
  entry.name = name_;
  entry.documents = static_cast<uint32_t>(columns_.documents());
  entry.paragraphs = static_cast<uint32_t>(columns_.paragraphs());
  entry.segment_bytes = fs::file_size(path);
  entry.source_bytes = sources_.finish();
  std::tie(entry.entries_bytes, entry.entries_sum) = joined.get();
  flush_folder(folder_);
  flush_folder(index_ + "/segments");
  return entry;
}

}  // namespace resolute::indexer
