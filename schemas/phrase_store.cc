#include "schemas/phrase_store.h"

#include <algorithm>
#include <cmath>

#include "schemas/error.h"
#include "schemas/varint.h"

namespace resolute {
namespace {

uint16_t part_of_one(double share) { return static_cast<uint16_t>(std::lround(std::clamp(share, 0.0, 1.0) * 65535)); }

}  // namespace

double phrase_worth(uint64_t documents, uint32_t words, double own) { return static_cast<double>(documents) * own * std::log2(1.0 + words); }

void write_phrases(const std::string& path, const std::vector<StoredPhrase>& phrases) {
  std::vector<std::string> texts;
  std::vector<uint8_t> words;
  std::vector<uint16_t> own, agreement;
  std::vector<uint32_t> documents, paragraphs, translation, at = {0};
  std::string wordings;
  uint32_t chinese = 0;
  for (const auto& p : phrases) {
    texts.push_back(p.text);
    words.push_back(static_cast<uint8_t>(std::min<uint32_t>(p.words, 255)));
    own.push_back(std::max<uint16_t>(1, part_of_one(p.own)));
    agreement.push_back(part_of_one(p.agreement));
    documents.push_back(p.documents);
    paragraphs.push_back(p.paragraphs);
    translation.push_back(p.translation);
    chinese += p.lang == Language::zh;
    uint32_t last = 0;
    for (const uint32_t w : p.wordings) {
      put_varint(wordings, w - last);
      last = w;
    }
    at.push_back(static_cast<uint32_t>(wordings.size()));
  }
  SectionWriter file(path);
  file.add_strings("phrase.text", texts);
  file.add("phrase.chinese", std::vector<uint32_t>{chinese});
  file.add("phrase.words", words);
  file.add("phrase.own", own);
  file.add("phrase.documents", documents);
  file.add("phrase.paragraphs", paragraphs);
  file.add("phrase.translation", translation);
  file.add("phrase.agreement", agreement);
  file.begin("phrase.wording");
  file.write(wordings);
  file.end();
  file.add("phrase.wording.at", at);
  file.finish();
}

PhraseStore::PhraseStore(const std::string& path, uint32_t wordings) : file_(path), most_(wordings) {
  texts_ = Strings(file_, "phrase.text");
  const auto chinese = file_.array<uint32_t>("phrase.chinese");
  words_ = file_.array<uint8_t>("phrase.words");
  own_ = file_.array<uint16_t>("phrase.own");
  agreement_ = file_.array<uint16_t>("phrase.agreement");
  documents_ = file_.array<uint32_t>("phrase.documents");
  paragraphs_ = file_.array<uint32_t>("phrase.paragraphs");
  translation_ = file_.array<uint32_t>("phrase.translation");
  at_ = file_.array<uint32_t>("phrase.wording.at");
  wordings_ = file_.bytes("phrase.wording");
  const size_t n = texts_.size();
  if (chinese.size() != 1 || chinese[0] > n || words_.size() != n || own_.size() != n || agreement_.size() != n || documents_.size() != n ||
      paragraphs_.size() != n || translation_.size() != n || at_.size() != n + 1 || at_.front() != 0 || at_.back() != wordings_.size() ||
      !std::is_sorted(at_.begin(), at_.end()))
    damaged("phrases");
  chinese_ = chinese[0];
  for (size_t i = 0; i < n; ++i) {
    const bool sorted = i == 0 || i == chinese_ || texts_[i - 1] < texts_[i];
    if (!sorted || texts_[i].empty() || (translation_[i] != kNone && (translation_[i] >= n || lang(translation_[i]) == lang(i)))) damaged("phrases");
  }
}

void PhraseStore::wordings(size_t i, std::vector<WordingId>& out) const {
  out.clear();
  const char *at = wordings_.data() + at_[i], *end = wordings_.data() + at_[i + 1];
  uint64_t last = 0;
  while (at < end) {
    const uint32_t gap = take_varint(at, end);
    if (!out.empty() && gap == 0) damaged("phrases");
    last += gap;
    if (last >= most_) damaged("phrases");
    out.emplace_back(static_cast<uint32_t>(last));
  }
}

size_t PhraseStore::find(Language language, std::string_view folded) const {
  auto [low, high] = of(language);
  const size_t end = high;
  while (low < high) {
    const size_t mid = (low + high) / 2;
    if (texts_[mid] < folded)
      low = mid + 1;
    else
      high = mid;
  }
  return low < end && texts_[low] == folded ? low : size();
}

}  // namespace resolute
