#include "search/segment.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <tuple>

#include "schemas/error.h"

namespace resolute::search {
namespace {

void check_entries(const std::string& path, const SegmentEntry& entry) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) != entry.entries_bytes || error)
    damaged("the entries of " + entry.name + " have another size than the manifest says");
  if (checksum_of_file(path) != entry.entries_sum) damaged("the entries of " + entry.name + " do not match their checksum");
}

}  // namespace

Column::Column(const SectionReader& file, const std::string& name) : values_(file, name + ".value"), of_(file, name, static_cast<uint32_t>(values_.size())) {}

Segment::Segment(const std::string& index, const SegmentEntry& entry)
    : entry_(entry), file_(std::make_shared<const SectionReader>(segment_path(index, entry.name))) {
  const auto& file = *file_;
  if (file.size() != entry.segment_bytes) damaged("segment " + entry.name + " has another size than the manifest says");
  check_entries(entries_path(index, entry.name), entry);
  store_ = DocumentStore(file, entries_path(index, entry.name));
  const size_t paragraphs = store_.paragraphs();
  identifier_ = Strings(file, "document.identifier");
  title_ = Strings(file, "document.title");
  date_ = file.array<int32_t>("document.date");
  sibling_ = file.array<uint32_t>("document.sibling");
  kind_ = file.array<uint8_t>("paragraph.kind");
  parallel_ = Narrow(file, "paragraph.parallel", paragraphs);
  fragment_ = Interned(file, "paragraph.fragment", paragraphs);
  number_ = Interned(file, "paragraph.number", paragraphs);
  action_ = Interned(file, "field.action", paragraphs);
  length_ = Narrow(file, "wording.length", store_.wordings());
  if (file.has("wording.repeat")) repeat_ = file.array<uint64_t>("wording.repeat");
  character_ = Strings(file, "character");
  character_df_ = file.array<uint32_t>("character.df");
  for (const auto& f : fields())
    if (f.scope == Scope::document) columns_[static_cast<size_t>(f.field)] = Column(file, std::string("field.") + f.name);
  check(entry);
  total_length_ = file.array<uint64_t>("statistics")[1];
  read_paragraphs();
  take_deletions(entry);
  if (!words_.empty()) mean_words_ = static_cast<double>(std::accumulate(words_.begin(), words_.end(), uint64_t{0})) / static_cast<double>(words_.size());
  if (entry.phrase_bytes) {
    phrases_ = std::make_shared<const PhraseStore>(phrases_path(index, entry.name), wordings());
    if (phrases_->bytes() != entry.phrase_bytes) damaged("the phrases have another size than the manifest says");
  }
  if (entry.source_bytes) {
    sources_ = std::make_shared<const SourceStore>(kept_sources_path(index, entry.name), documents());
    if (sources_->bytes() != entry.source_bytes) damaged("the sources have another size than the manifest says");
  }
}

Segment::Segment(const Segment& same, const SegmentEntry& entry) : Segment(same) { take_deletions(entry); }

Segment::~Segment() = default;

void Segment::take_deletions(const SegmentEntry& entry) {
  entry_ = entry;
  deleted_.assign(documents(), false);
  for (const uint32_t d : entry.deleted) {
    if (d >= documents()) damaged("deletions");
    deleted_[d] = true;
  }
  standing_.assign(documents(), {});
}

bool Segment::is(const std::string& index, const SegmentEntry& entry) const {
  const auto of = [](const SegmentEntry& e) {
    return std::tuple(std::string_view(e.name), e.documents, e.segment_bytes, e.entries_bytes, e.entries_sum, e.phrase_bytes, e.source_bytes);
  };
  return of(entry_) == of(entry) && !broken() && file_->file().is(segment_path(index, entry.name)) && entries().is(entries_path(index, entry.name)) &&
         (!phrases_ || phrases_->file().is(phrases_path(index, entry.name))) && (!sources_ || sources_->file().is(kept_sources_path(index, entry.name)));
}

std::optional<std::string> Segment::source(DocumentId d) const {
  const auto number = sources_ ? sources_->number(d) : std::nullopt;
  return number ? std::optional(sources_->read(*number)) : std::nullopt;
}

// Sections that are each whole may still contradict each other.
void Segment::check(const SegmentEntry& entry) const {
  const size_t documents = store_.size();
  const bool ok = character_.size() == character_df_.size() && kind_.size() == store_.paragraphs() &&
                  (repeat_.empty() || repeat_.size() == store_.wordings()) && identifier_.size() == documents && title_.size() == documents &&
                  date_.size() == documents && sibling_.size() == documents && entry.documents == documents &&
                  file_->array<uint64_t>("statistics").size() == 2 &&
                  std::all_of(kind_.begin(), kind_.end(), [](uint8_t k) { return k <= static_cast<uint8_t>(kLast<ParagraphKind>); }) &&
                  std::all_of(sibling_.begin(), sibling_.end(), [&](uint32_t d) { return d == kNone || d < documents; });
  if (!ok) damaged("segment " + entry.name + " contradicts itself");
  for (const auto& f : fields())
    if (f.scope == Scope::document && column(f.field).documents() != documents) damaged(std::string("column field.") + f.name);
}

// The documents of the paragraphs, and by counting the paragraphs of each wording.
void Segment::read_paragraphs() {
  const auto made = std::make_shared<Made>();
  const size_t paragraphs = store_.paragraphs();
  made->document_of.resize(paragraphs);
  for (const DocumentId d : all_documents()) {
    const uint32_t places = sibling_[d] == kNone ? 0 : paragraphs_of(DocumentId(sibling_[d])).size();
    for (const ParagraphId p : paragraphs_of(d)) {
      made->document_of[p] = d;
      if (parallel_[p] > places) damaged("a paragraph has a counterpart beyond its document");
    }
  }
  document_of_ = made->document_of;
  auto& begin = made->occurrence_begin;
  begin.assign(store_.wordings() + 1, 0);
  made->occurrence.resize(paragraphs);
  for (const ParagraphId p : all_paragraphs()) ++begin[wording_of(p) + 1];
  for (size_t w = 1; w < begin.size(); ++w) begin[w] += begin[w - 1];
  auto next = begin;
  for (const ParagraphId p : all_paragraphs()) made->occurrence[next[wording_of(p)]++] = p;
  made->words = entries().reader().document_lengths();
  occurrence_begin_ = begin;
  occurrence_ = made->occurrence;
  words_ = made->words;
  made_ = made;
}

Language Segment::lang(DocumentId d) const {
  const auto& lang = column(Field::lang);
  return lang.values()[lang.of(d)[0]] == "zh" ? Language::zh : Language::en;
}

std::string Segment::id(DocumentId d) const { return std::string(identifier(d)) + "@" + print_language(lang(d)); }

std::string Segment::id(ParagraphId p) const { return id(document_of(p)) + "#" + std::string(fragment(p)); }

std::optional<Day> Segment::date(DocumentId d) const { return date_[d] == kNoDay ? std::nullopt : std::optional<Day>(date_[d]); }

std::optional<DocumentId> Segment::sibling(DocumentId d) const { return sibling_[d] == kNone ? std::nullopt : std::optional(DocumentId(sibling_[d])); }

std::string Segment::value(Field field, DocumentId d) const {
  const auto places = column(field).of(d);
  return places.empty() ? "" : std::string(column(field).values()[places[0]]);
}

std::optional<ParagraphId> Segment::parallel(ParagraphId p) const {
  const uint32_t place = parallel_[p];
  if (!place) return std::nullopt;
  return ParagraphId(store_.first_paragraph(sibling_[document_of(p)]) + place - 1);
}

}  // namespace resolute::search
