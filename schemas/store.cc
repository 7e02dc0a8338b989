#include "schemas/store.h"

#include <zstd.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "schemas/error.h"
#include "schemas/field.h"

namespace resolute {
namespace {

constexpr size_t kBlockBytes = 16384;
constexpr int kTextLevel = 3;

// What is on disk means this.
static_assert(static_cast<int>(Language::en) == 1 && static_cast<int>(Body::hrc) == 4 && static_cast<int>(DocumentType::report) == 6);
static_assert(static_cast<int>(ParagraphKind::operative) == 3 && static_cast<int>(ParagraphKind::plain) == 10 &&
              static_cast<int>(VoteOutcome::not_adopted) == 4);

class Writer {
 public:
  void number(uint64_t v) {
    for (; v >= 0x80; v >>= 7) out += static_cast<char>(v | 0x80);
    out += static_cast<char>(v);
  }
  void string(std::string_view s) {
    number(s.size());
    out += s;
  }
  void strings(const std::vector<std::string>& list) {
    number(list.size());
    for (const auto& s : list) string(s);
  }
  void optional(const std::optional<int>& v) { number(v ? static_cast<uint64_t>(*v) + 1 : 0); }
  std::string out;
};

class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) {}
  uint64_t number() {
    uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ >= in_.size()) fail();
      const auto c = static_cast<unsigned char>(in_[at_++]);
      v |= static_cast<uint64_t>(c & 0x7F) << shift;
      if (c < 0x80) return v;
    }
    fail();
  }
  std::string string() {
    const uint64_t n = number();
    if (n > in_.size() - at_) fail();
    std::string s(in_.substr(at_, n));
    at_ += n;
    return s;
  }
  size_t count() {
    const uint64_t n = number();
    if (n > in_.size()) fail();  // each element takes a byte at least
    return n;
  }
  bool at_end() const { return at_ == in_.size(); }
  std::vector<std::string> strings() {
    std::vector<std::string> out(count());
    for (auto& s : out) s = string();
    return out;
  }
  std::optional<int> optional() {
    const uint64_t v = number();
    return v ? std::optional<int>(static_cast<int>(v - 1)) : std::nullopt;
  }
  uint64_t number(uint64_t most) {
    const uint64_t v = number();
    if (v > most) fail();
    return v;
  }
  template <typename Enum>
  Enum value() {
    return static_cast<Enum>(number(static_cast<uint64_t>(kLast<Enum>)));
  }
  [[noreturn]] static void fail() { damaged("a document"); }

 private:
  std::string_view in_;
  size_t at_ = 0;
};

}  // namespace

std::string encode_document(const Document& d, Texts texts) {
  Writer w;
  w.string(d.identifier);
  w.number(static_cast<uint64_t>(d.lang));
  w.string(d.title);
  w.string(d.date);
  w.number(static_cast<uint64_t>(d.body));
  w.number(static_cast<uint64_t>(d.type));
  w.string(d.session);
  w.string(d.meeting);
  w.strings(d.agenda);
  w.strings(d.committee);
  w.strings(d.subjects);
  w.strings(d.concerns);
  w.strings(d.drafts);
  w.strings(d.sponsors);
  w.strings(d.additional_sponsors);
  w.string(d.based_on);
  w.string(d.amends);
  w.string(d.issued);
  w.string(d.form);
  w.strings(d.unplaced);
  w.number(d.vote.outcome ? static_cast<uint64_t>(*d.vote.outcome) + 1 : 0);
  w.optional(d.vote.yes);
  w.optional(d.vote.no);
  w.optional(d.vote.abstain);
  w.number(d.vote.voters.size());
  for (const auto& [state, how] : d.vote.voters) {
    w.string(state);
    w.string(how);
  }
  std::vector<std::string> warnings;
  for (const auto& warning : d.warnings) warnings.push_back(encode_warning(warning));
  w.strings(warnings);
  w.string(d.path);
  w.string(d.format);
  w.number(d.paragraphs.size());
  for (const auto& p : d.paragraphs) {
    w.string(p.fragment);
    w.number(static_cast<uint64_t>(p.kind));
    w.string(p.number);
    w.string(texts == Texts::with ? std::string_view(p.text) : std::string_view());
    w.string(p.action);
    w.string(p.parallel);
    w.number(p.parallel_confidence);
    w.number(p.citations.size());
    for (const auto& c : p.citations) {
      w.number(c.span.begin);
      w.number(c.span.end);
      w.string(c.symbol);
      w.string(c.treatment);
    }
    w.number(p.notes.size());
    for (const auto& n : p.notes) {
      w.number(n.at);
      w.number(n.note);
    }
  }
  // Last, and on its way into the index only: what is stored there does without.
  if (texts == Texts::with && !d.furniture.empty()) {
    w.number(d.furniture.size());
    for (const auto& f : d.furniture) w.string(f.name), w.string(f.text);
  }
  return std::move(w.out);
}

Document decode_document(std::string_view bytes, int format) {
  Reader r(bytes);
  Document d;
  d.identifier = r.string();
  d.lang = r.value<Language>();
  d.title = r.string();
  d.date = r.string();
  d.body = r.value<Body>();
  d.type = r.value<DocumentType>();
  d.session = r.string();
  d.meeting = r.string();
  d.agenda = r.strings();
  d.committee = r.strings();
  d.subjects = r.strings();
  d.concerns = r.strings();
  d.drafts = r.strings();
  d.sponsors = r.strings();
  if (format > 3) d.additional_sponsors = r.strings();
  d.based_on = r.string();
  d.amends = r.string();
  d.issued = r.string();
  d.form = r.string();
  d.unplaced = r.strings();
  if (const uint64_t outcome = r.number(static_cast<uint64_t>(kLast<VoteOutcome>) + 1)) d.vote.outcome = static_cast<VoteOutcome>(outcome - 1);
  d.vote.yes = r.optional();
  d.vote.no = r.optional();
  d.vote.abstain = r.optional();
  for (size_t n = r.count(); n > 0; --n) {
    auto state = r.string();
    d.vote.voters.emplace(std::move(state), r.string());
  }
  for (const auto& warning : r.strings()) d.warnings.push_back(decode_warning(warning));
  d.path = r.string();
  d.format = r.string();
  d.paragraphs.resize(r.count());
  for (auto& p : d.paragraphs) {
    p.fragment = r.string();
    p.kind = r.value<ParagraphKind>();
    p.number = r.string();
    p.text = r.string();
    p.action = r.string();
    p.parallel = r.string();
    p.parallel_confidence = static_cast<uint8_t>(r.number(100));
    p.citations.resize(r.count());
    for (auto& c : p.citations) {
      c.span.begin = static_cast<uint32_t>(r.number());
      c.span.end = static_cast<uint32_t>(r.number());
      c.symbol = r.string();
      c.treatment = r.string();
    }
    if (format > 4) p.notes.resize(r.count());
    for (auto& n : p.notes) {
      n.at = static_cast<uint32_t>(r.number());
      n.note = static_cast<uint32_t>(r.number());
    }
  }
  if (!r.at_end()) {
    d.furniture.resize(r.count());
    for (auto& f : d.furniture) {
      f.name = r.string();
      f.text = r.string();
    }
  }
  return d;
}

void TextBlocks::add(std::string_view text) {
  block_ += text;
  total_ += text.size();
  at_.push_back(total_);
  if (block_.size() >= kBlockBytes) close();
}

void TextBlocks::close() {
  if (block_.empty()) return;
  std::string packed(ZSTD_compressBound(block_.size()), '\0');
  const size_t n = ZSTD_compress(packed.data(), packed.size(), block_.data(), block_.size(), kTextLevel);
  if (ZSTD_isError(n)) throw Error(ErrorKind::unavailable, std::string("cannot compress: ") + ZSTD_getErrorName(n));
  packed_.append(packed, 0, n);
  block_begin_.push_back(packed_.size());
  block_text_.push_back(total_);
  block_.clear();
}

void TextBlocks::finish(SectionWriter& file, const std::string& name) {
  close();
  file.begin(name);
  file.write(packed_);
  file.end();
  std::vector<uint64_t> blocks;
  for (size_t i = 0; i < block_begin_.size(); ++i) {
    blocks.push_back(block_begin_[i]);
    blocks.push_back(block_text_[i]);
  }
  file.add(name + ".blocks", blocks);
  file.add(name + ".at", at_);
}

TextStore::TextStore(const SectionReader& file, const std::string& name)
    : packed_(file.bytes(name)), blocks_(file.array<uint64_t>(name + ".blocks")), at_(file.array<uint64_t>(name + ".at")) {
  bool ok = !at_.empty() && at_.front() == 0 && std::is_sorted(at_.begin(), at_.end()) && blocks_.size() >= 2 && blocks_.size() % 2 == 0;
  for (size_t i = 2; ok && i < blocks_.size(); ++i) ok = blocks_[i] >= blocks_[i - 2];
  ok = ok && blocks_[blocks_.size() - 2] == packed_.size() && blocks_.back() == at_.back();
  if (!ok) damaged("texts " + name);
  static std::atomic<uint64_t> serials{0};
  serial_ = ++serials;
}

std::string TextStore::operator[](size_t i) const {
  const uint64_t from = at_[i], to = at_[i + 1];
  if (from == to) return "";
  // The block whose text begins at or before `from`.
  size_t low = 0, high = blocks_.size() / 2 - 1;
  while (high - low > 1) {
    const size_t mid = (low + high) / 2;
    if (blocks_[mid * 2 + 1] <= from)
      low = mid;
    else
      high = mid;
  }
  const uint64_t begin = blocks_[low * 2], end = blocks_[low * 2 + 2];
  const uint64_t text_begin = blocks_[low * 2 + 1], text_end = blocks_[low * 2 + 3];
  if (to > text_end || text_end - text_begin > (1ull << 31)) Reader::fail();
  // The last block a thread opened: neighbours are read one after the other.
  struct Cache {
    uint64_t serial = 0, block = 0;
    std::string text;
  };
  thread_local Cache cache;
  if (cache.serial != serial_ || cache.block != low) {
    cache.serial = 0;
    cache.text.resize(text_end - text_begin);
    const size_t n = ZSTD_decompress(cache.text.data(), cache.text.size(), packed_.data() + begin, end - begin);
    if (ZSTD_isError(n) || n != cache.text.size()) Reader::fail();
    cache.serial = serial_;
    cache.block = low;
  }
  return cache.text.substr(from - text_begin, to - from);
}

WordingStore::WordingStore(const SectionReader& file)
    : codes_(file.mapped<uint16_t>("wording.code")),
      code_at_(file.array<uint32_t>("wording.code.at")),
      edit_at_(file.array<uint32_t>("wording.edit.at")),
      edits_(file.bytes("wording.edit")) {
  const Strings entries(file, "wording.entry");
  std::vector<std::string_view> all;
  for (size_t i = 0; i < entries.size(); ++i) all.push_back(entries[i]);
  decoder_ = std::make_shared<const WordingDecoder>(all);
  const uint16_t most = codes_.empty() ? 0 : *std::max_element(codes_.begin(), codes_.end());
  const auto fits = [](std::span<const uint32_t> at, size_t end) {
    return !at.empty() && at.front() == 0 && at.back() == end && std::is_sorted(at.begin(), at.end());
  };
  if (!fits(code_at_, codes_.size()) || !fits(edit_at_, edits_.size()) || code_at_.size() != edit_at_.size() ||
      (!codes_.empty() && most >= decoder_->entries()))
    damaged("texts");
}

std::string WordingStore::original(size_t wording) const {
  thread_local std::string buffer;
  return restore(folded(wording, buffer), edits_.substr(edit_at_[wording], edit_at_[wording + 1] - edit_at_[wording]));
}

DocumentStore::DocumentStore(const SectionReader& file, const std::string& entries, int format)
    : format_(format), texts_(file), records_(file, "document.record"), first_(file.array<uint32_t>("document.first")) {
  const auto fail = [] { damaged("documents"); };
  if (first_.size() != records_.size() + 1 || first_.front() != 0 || !std::is_sorted(first_.begin(), first_.end())) fail();
  entries_ = std::make_shared<const Entries>(entries, static_cast<uint32_t>(wordings()), static_cast<uint32_t>(size()));
  const auto wordings_of = std::make_shared<std::vector<uint32_t>>();
  auto& wording = *wordings_of;
  wording.reserve(first_.back());
  entries_->reader().each_value(kParagraphsSlot, [&](uint32_t document, std::string_view value) {
    if (document >= size() || wording.size() != first_[document]) fail();
    parse_wordings(value, wording);
  });
  if (wording.size() != first_.back() || std::any_of(wording.begin(), wording.end(), [&](uint32_t w) { return w >= wordings(); })) fail();
  wording_ = wording;
  kept_ = wordings_of;
}

Document DocumentStore::record(size_t ordinal) const {
  Document d = decode_document(records_[ordinal], format_);
  if (d.paragraphs.size() != first_[ordinal + 1] - first_[ordinal]) Reader::fail();
  return d;
}

Document DocumentStore::document(size_t ordinal) const {
  Document d = record(ordinal);
  for (size_t i = 0; i < d.paragraphs.size(); ++i) d.paragraphs[i].text = texts_.original(wording_[first_[ordinal] + i]);
  return d;
}

}  // namespace resolute
