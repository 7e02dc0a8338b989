#include "search/generation.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <numeric>
#include <set>

#include "schemas/error.h"
#include "schemas/result.h"
#include "schemas/symbol.h"
#include "search/score.h"

namespace resolute {

std::string print_label(ParagraphKind kind, const std::string& fragment, const std::string& number) {
  std::string n = number;
  if (n.empty()) {
    size_t i = 0;
    while (i < fragment.size() && !(fragment[i] >= '0' && fragment[i] <= '9')) ++i;
    n = fragment.substr(i);
  }
  return std::string(print_kind(kind)) + (n.empty() ? "" : " " + n);
}

namespace search {
namespace {

[[noreturn]] void damaged(const std::string& what) {
  throw Error(ErrorKind::corrupt, "the index is damaged (" + what + "); build it anew with `resolute index --rebuild`");
}

void check_entries(const std::string& path, const SegmentEntry& entry) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) != entry.entries_bytes || error) damaged("the entries of " + entry.name + " have another size than the manifest says");
  if (checksum_of_file(path) != entry.entries_sum) damaged("the entries of " + entry.name + " do not match their checksum");
}

}  // namespace

Segment::Segment(const std::string& index, const SegmentEntry& entry) : file_(segment_path(index, entry.name)) {
  if (file_.size() != entry.segment_bytes) damaged("segment " + entry.name + " has another size than the manifest says");
  check_entries(entries_path(index, entry.name), entry);
  store = DocumentStore(file_, entries_path(index, entry.name));
  identifier = Strings(file_, "document.identifier");
  title = Strings(file_, "document.title");
  date = file_.array<int32_t>("document.date");
  character = Strings(file_, "character");
  character_df = file_.array<uint32_t>("character.df");
  sibling = file_.array<uint32_t>("document.sibling");
  kind = file_.array<uint8_t>("paragraph.kind");
  const size_t paragraphs = store.paragraphs();
  length = Narrow(file_, "wording.length", store.wordings());
  if (file_.has("wording.repeat")) {
    repeat = file_.array<uint64_t>("wording.repeat");
    if (repeat.size() != store.wordings()) damaged("wording.repeat");
  }
  parallel_ = Narrow(file_, "paragraph.parallel", paragraphs);
  fragment = Interned(file_, "paragraph.fragment", paragraphs);
  number = Interned(file_, "paragraph.number", paragraphs);
  action = Interned(file_, "field.action", paragraphs);
  const auto statistics = file_.array<uint64_t>("statistics");
  const bool ok = character.size() == character_df.size() && kind.size() == paragraphs && identifier.size() == store.size() && title.size() == store.size() && date.size() == store.size() &&
                  sibling.size() == store.size() && statistics.size() == 2 && entry.documents == store.size() &&
                  std::all_of(sibling.begin(), sibling.end(), [&](uint32_t d) { return d == kNone || d < store.size(); });
  if (!ok) damaged("segment " + entry.name + " contradicts itself");
  total_length = statistics[1];
  document_of.resize(paragraphs);
  for (uint32_t d = 0; d < store.size(); ++d) {
    const uint32_t from = store.first_paragraph(d), to = store.first_paragraph(d + 1);
    const uint32_t places = sibling[d] == kNone ? 0 : store.first_paragraph(sibling[d] + 1) - store.first_paragraph(sibling[d]);
    for (uint32_t p = from; p < to; ++p) {
      document_of[p] = d;
      if (parallel_[p] > places) damaged("segment " + entry.name + " contradicts itself");
    }
  }
  // The paragraphs of each wording, by counting.
  occurrence_begin_.assign(store.wordings() + 1, 0);
  occurrence_.resize(paragraphs);
  for (uint32_t p = 0; p < paragraphs; ++p) ++occurrence_begin_[store.wording(p) + 1];
  for (size_t w = 1; w < occurrence_begin_.size(); ++w) occurrence_begin_[w] += occurrence_begin_[w - 1];
  auto next = occurrence_begin_;
  for (uint32_t p = 0; p < paragraphs; ++p) occurrence_[next[store.wording(p)]++] = p;
  occurrences = Groups(occurrence_begin_, occurrence_);
  for (const auto& f : fields()) {
    if (f.scope == Scope::paragraph) continue;
    auto& column = columns[static_cast<size_t>(f.field)];
    const std::string name = std::string("field.") + f.name;
    column.values = Strings(file_, name + ".value");
    column.of = Groups(file_, name, static_cast<uint32_t>(column.values.size()));
    if (column.of.size() != documents()) damaged("column " + name);
  }
  deleted.assign(documents(), false);
  for (const uint32_t d : entry.deleted) {
    if (d >= documents()) damaged("deletions");
    deleted[d] = true;
  }
  words_of = store.entries().reader().document_lengths();
  if (!words_of.empty()) mean_words = static_cast<double>(std::accumulate(words_of.begin(), words_of.end(), uint64_t{0})) / static_cast<double>(words_of.size());
  if (!entry.phrase_bytes) return;
  phrases = std::make_unique<PhraseStore>(phrases_path(index, entry.name), wordings());
  if (phrases->bytes() != entry.phrase_bytes) damaged("the phrases have another size than the manifest says");
}

Segment::~Segment() = default;

Language Segment::lang(uint32_t document) const {
  const auto& column = columns[static_cast<size_t>(Field::lang)];
  return column.values[column.of[document][0]] == "zh" ? Language::zh : Language::en;
}

std::string Segment::id(uint32_t document) const {
  return std::string(identifier[document]) + "@" + print_language(lang(document));
}

std::string Segment::paragraph_id(uint32_t paragraph) const {
  return id(document_of[paragraph]) + "#" + std::string(fragment[paragraph]);
}

std::string Segment::value(Field field, uint32_t document) const {
  const auto& column = columns[static_cast<size_t>(field)];
  const auto ids = column.of[document];
  return ids.empty() ? "" : std::string(column.values[ids[0]]);
}

std::shared_ptr<const Generation> Generation::open(const std::string& index) {
  // A writer may replace CURRENT and clear away what it named between our two looks.
  for (int attempt = 0;; ++attempt) {
    const uint64_t revision = read_current(index);
    try {
      return open(index, read_published(index));
    } catch (const Error& e) {
      if (attempt < 3 && read_current(index) != revision) continue;
      // CURRENT names what is not there.
      if (e.kind() == ErrorKind::not_found) damaged(e.what());
      throw;
    }
  }
}

std::shared_ptr<const Generation> Generation::open(const std::string& index, uint64_t revision) { return open(index, read_manifest(index, revision)); }

std::shared_ptr<const Generation> Generation::open(const std::string& index, Manifest manifest) {
  std::shared_ptr<Generation> g(new Generation);
  g->manifest_ = std::move(manifest);
  uint64_t length = 0;
  for (const auto& entry : g->manifest_.segments) {
    g->segments_.push_back(std::make_unique<Segment>(index, entry));
    g->wordings_ += g->segments_.back()->wordings();
    length += g->segments_.back()->total_length;
  }
  if (const auto& l = g->manifest_.lexicon) {
    g->lexicon_ = std::make_shared<const Lexicon>(lexicon_path(index, l->name));
    if (g->lexicon_->bytes() != l->bytes) damaged("the lexicon has another size than the manifest says");
  }
  if (g->wordings_) g->mean_length_ = static_cast<double>(length) / static_cast<double>(g->wordings_);

  struct Row { uint32_t segment, document; int32_t date; std::string_view identifier; Language lang; };
  std::vector<Row> rows;
  std::unordered_map<std::string, std::set<std::string>> citing;
  for (uint32_t s = 0; s < g->segments_.size(); ++s) {
    auto& segment = *g->segments_[s];
    segment.rank.assign(segment.documents(), 0);
    segment.oldest_rank.assign(segment.documents(), 0);
    segment.cited_by.assign(segment.documents(), 0);
    segment.newer.assign(segment.documents(), 0);
    segment.standing.assign(segment.documents(), 0);
    const auto& cites = segment.columns[static_cast<size_t>(Field::cites)];
    for (uint32_t d = 0; d < segment.documents(); ++d) {
      if (segment.deleted[d]) continue;
      rows.push_back({s, d, segment.date[d], segment.identifier[d], segment.lang(d)});
      g->by_identifier_[std::string(segment.identifier[d])].push_back({s, d});
      for (const uint32_t id : cites.of[d]) citing[std::string(cites.values[id])].insert(std::string(segment.identifier[d]));
    }
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a.date != b.date) return a.date > b.date;  // unknown dates are least, so last
    if (a.identifier != b.identifier) return Symbol::natural_less(a.identifier, b.identifier) || (!Symbol::natural_less(b.identifier, a.identifier) && a.identifier < b.identifier);
    return a.lang < b.lang;
  });
  const int32_t newest = rows.empty() ? 0 : rows.front().date;
  for (uint32_t i = 0; i < rows.size(); ++i) g->segments_[rows[i].segment]->rank[rows[i].document] = i;
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    const bool x = a.date == std::numeric_limits<int32_t>::min(), y = b.date == std::numeric_limits<int32_t>::min();
    return x != y ? y : a.date < b.date;
  });
  for (uint32_t i = 0; i < rows.size(); ++i) {
    auto& segment = *g->segments_[rows[i].segment];
    segment.oldest_rank[rows[i].document] = i;
    const std::string identifier(rows[i].identifier);
    if (const auto it = citing.find(identifier); it != citing.end()) segment.cited_by[rows[i].document] = static_cast<uint32_t>(it->second.size());
    if (rows[i].date != std::numeric_limits<int32_t>::min()) segment.newer[rows[i].document] = static_cast<float>(newer_bonus(newest - rows[i].date));
    segment.standing[rows[i].document] = segment.newer[rows[i].document] + static_cast<float>(cited_bonus(segment.cited_by[rows[i].document]));
  }
  for (auto& [identifier, locations] : g->by_identifier_) {
    std::sort(locations.begin(), locations.end(), [&](const Location& a, const Location& b) {
      return g->segments_[a.segment]->lang(a.document) < g->segments_[b.segment]->lang(b.document);
    });
    g->identifiers_.push_back(identifier);
  }
  std::sort(g->identifiers_.begin(), g->identifiers_.end(), [](const std::string& a, const std::string& b) { return Symbol::natural_less(a, b); });
  return g;
}

std::shared_ptr<const Lexicon> Generation::open_lexicon(const std::string& index) {
  const auto manifest = read_published(index);
  return manifest.lexicon ? std::make_shared<const Lexicon>(lexicon_path(index, manifest.lexicon->name)) : nullptr;
}

std::vector<Location> Generation::find(const std::string& identifier) const {
  const auto it = by_identifier_.find(identifier);
  return it == by_identifier_.end() ? std::vector<Location>{} : it->second;
}

std::vector<std::string> Generation::citing(const std::string& symbol) const {
  std::set<std::string> out;
  for (const auto& segment : segments_) {
    const auto& cites = segment->columns[static_cast<size_t>(Field::cites)];
    const size_t id = cites.values.find(symbol);
    if (id == cites.values.size()) continue;
    for (uint32_t d = 0; d < segment->documents(); ++d) {
      const auto ids = cites.of[d];
      if (!segment->deleted[d] && std::binary_search(ids.begin(), ids.end(), static_cast<uint32_t>(id))) out.insert(std::string(segment->identifier[d]));
    }
  }
  return {out.begin(), out.end()};
}

}  // namespace search
}  // namespace resolute
