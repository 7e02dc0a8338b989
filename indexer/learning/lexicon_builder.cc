#include "indexer/learning/lexicon_builder.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <thread>
#include <unordered_map>

#include "indexer/learning/aligned_texts.h"
#include "indexer/learning/term_linker.h"
#include "indexer/learning/translation_model.h"
#include "schemas/error.h"
#include "schemas/lexicon.h"

namespace resolute::indexer {
namespace {

constexpr size_t kMostLearned = 10;   // translations of a word
constexpr float kUnevenShare = 0.3f;  // of a link between one word and a term whose words have other translations
constexpr float kLeastPart = 0.1f;    // how probable one word is for each word of a term that it is alone
constexpr float kLeastShare = 0.01f;  // of all its translations' weights; less is noise

float probability_of(const std::vector<Likely>& list, uint32_t to) {
  for (const auto& t : list)
    if (t.to == to) return t.probability;
  return 0;
}

// The translations of words that both directions agree on: forward times the root of back.
void keep_likely(const AlignedTexts& texts, const std::array<std::vector<std::vector<Likely>>, 2>& model, LexiconDraft& draft) {
  for (size_t s = 0; s < 2; ++s) {
    const Whereabouts where(texts.sides[s]);
    const auto& to = texts.sides[1 - s];
    std::vector<uint32_t> slot(to.vocabulary, kNone), last(to.vocabulary, kNone);
    for (uint32_t u = 0; u < texts.sides[s].vocabulary; ++u) {
      std::vector<UnitTranslation> list;
      float sum = 0;
      for (const auto& t : model[s][u]) {
        const float back = probability_of(model[1 - s][t.to], u);
        if (back == 0) continue;
        list.push_back({t.to, t.probability, back, 0, kLearned});
        sum += t.probability * std::sqrt(back);
      }
      const auto weight = [](const UnitTranslation& t) { return t.forward * std::sqrt(t.back); };
      std::stable_sort(list.begin(), list.end(), [&](const UnitTranslation& a, const UnitTranslation& b) { return weight(a) > weight(b); });
      if (list.size() > kMostLearned) list.resize(kMostLearned);
      std::erase_if(list, [&](const UnitTranslation& t) { return weight(t) < kLeastShare * sum; });
      // How often they stand together, in texts.
      for (uint32_t k = 0; k < list.size(); ++k) slot[list[k].to] = k;
      uint32_t count = 0;
      for (const uint32_t i : where.of(u)) {
        if (i >= texts.texts) break;
        ++count;
        for (const uint32_t f : to.pair(i))
          if (slot[f] != kNone && last[f] != i) {
            last[f] = i;
            ++list[slot[f]].together;
          }
      }
      for (const auto& t : list) {
        slot[t.to] = kNone;
        last[t.to] = kNone;
      }
      auto& unit = draft.units[s][u];
      unit.count = count;
      unit.translations = std::move(list);
    }
  }
}

// Units by their text, made where they are not there yet.
class Places {
 public:
  explicit Places(std::vector<LexiconDraft::Unit>& units) : units_(units) {
    for (uint32_t i = 0; i < units.size(); ++i) places_.emplace(units[i].text, i);
  }
  uint32_t of(const std::string& text, const std::string& form) {
    const auto [it, fresh] = places_.try_emplace(text, static_cast<uint32_t>(units_.size()));
    if (fresh) units_.push_back({text, form.size() <= kMostUnitBytes ? form : text, 0, {}});
    return it->second;
  }

 private:
  std::vector<LexiconDraft::Unit>& units_;
  std::unordered_map<std::string, uint32_t> places_;
};

// A translation from elsewhere. Where the texts know it too, they know better how probable it is.
void give(std::vector<UnitTranslation>& list, const UnitTranslation& given) {
  for (auto& t : list)
    if (t.to == given.to) {
      t.sources |= given.sources;
      t.together = std::max(t.together, given.together);
      return;
    }
  list.push_back(given);
}

void add_given(const AlignedTexts& texts, LexiconDraft& draft) {
  Places zh(draft.units[0]), en(draft.units[1]);
  struct Link {
    uint32_t zh, en;
    uint8_t source;
  };
  std::vector<Link> links;
  std::unordered_map<uint32_t, uint32_t> of_zh, of_en;  // how many are given
  for (const auto& t : texts.terms) {
    links.push_back({zh.of(t.text[0], t.form[0]), en.of(t.text[1], t.form[1]), t.source});
    ++of_zh[links.back().zh];
    ++of_en[links.back().en];
  }
  for (const auto& l : links) {
    // What is given counts as an even share among what is given.
    const float from_zh = 1.0f / static_cast<float>(of_zh[l.zh]), from_en = 1.0f / static_cast<float>(of_en[l.en]);
    give(draft.units[0][l.zh].translations, {l.en, from_zh, from_en, 0, l.source});
    give(draft.units[1][l.en].translations, {l.zh, from_en, from_zh, 0, l.source});
  }
  draft.terms = links.size();
}

void add_linked(const std::vector<LinkedTerm>& linked, const std::array<std::vector<std::vector<Likely>>, 2>& model, LexiconDraft& draft) {
  Places zh(draft.units[0]), en(draft.units[1]);
  for (const auto& l : linked) {
    const uint32_t z = zh.of(l.zh, l.zh), e = en.of(l.en, l.form);
    auto& a = draft.units[0][z];
    auto& b = draft.units[1][e];
    a.count = std::max(a.count, l.of_zh);
    b.count = std::max(b.count, l.of_en);
    // One word may be a term of several (committee, 委员/会), or only stand in it (landlocked, 内陆/发展/中/国家).
    const bool uneven = (l.units_zh.size() == 1) != (l.units_en.size() == 1);
    const size_t many = l.units_zh.size() > 1 ? 0 : 1;
    const auto& parts = many == 0 ? l.units_zh : l.units_en;
    const uint32_t whole = many == 0 ? l.units_en[0] : l.units_zh[0];
    const bool apart = uneven && std::any_of(parts.begin(), parts.end(), [&](uint32_t part) { return probability_of(model[many][part], whole) < kLeastPart; });
    const float trust = apart ? kUnevenShare : 1.0f;
    const auto share = [&](uint32_t of) { return trust * static_cast<float>(l.together) / static_cast<float>(std::max(of, l.together)); };
    give(a.translations, {e, share(l.of_zh), share(l.of_en), l.together, kLearned});
    give(b.translations, {z, share(l.of_en), share(l.of_zh), l.together, kLearned});
  }
}

std::string make_lexicon_path(const std::string& index, const std::string& name) {
  std::error_code error;
  std::filesystem::create_directories(index + "/lexicons", error);
  if (error) throw Error(ErrorKind::unavailable, "cannot make " + index + "/lexicons: " + error.message());
  return lexicon_path(index, name);
}

}  // namespace

std::optional<LexiconEntry> borrow_lexicon(const std::string& from, const std::string& index, const std::string& name) {
  auto entry = read_published(from).lexicon;
  if (!entry) return std::nullopt;
  const auto source = lexicon_path(from, entry->name), path = make_lexicon_path(index, name);
  const Lexicon checked(source);  // throws where it is damaged
  std::error_code error;
  std::filesystem::copy_file(source, path, std::filesystem::copy_options::overwrite_existing, error);
  if (error) throw Error(ErrorKind::unavailable, "cannot write " + path + ": " + error.message());
  flush_folder(index + "/lexicons");
  entry->name = name;
  entry->borrowed = true;
  return entry;
}

bool is_lexicon_of(const std::string& from, const LexiconEntry& entry) {
  const auto theirs = read_published(from).lexicon;
  return theirs && theirs->bytes == entry.bytes && theirs->pairs == entry.pairs && theirs->terms == entry.terms;
}

std::optional<LexiconEntry> build_lexicon(const LexiconInput& input, const std::string& name) {
  const auto texts = read_aligned_texts(input);
  if (texts.texts == 0 && input.terms.empty()) return std::nullopt;
  std::array<std::vector<std::vector<Likely>>, 2> model;
  std::exception_ptr failure;
  std::thread other([&] {
    try {
      model[1] = learn_translations(texts.sides[1], texts.sides[0]);
    } catch (...) { failure = std::current_exception(); }
  });
  model[0] = learn_translations(texts.sides[0], texts.sides[1]);
  other.join();
  if (failure) std::rethrow_exception(failure);
  if (input.stop && input.stop->load()) throw Error(ErrorKind::unavailable, "interrupted");

  LexiconDraft draft;
  draft.pairs = texts.texts;
  for (size_t s = 0; s < 2; ++s) {
    draft.units[s].resize(texts.names[s].size());
    for (size_t u = 0; u < draft.units[s].size(); ++u) {
      draft.units[s][u].text = texts.names[s][u];
      draft.units[s][u].form = texts.forms[s][u];
    }
  }
  keep_likely(texts, model, draft);
  add_linked(link_terms(texts), model, draft);
  model = {};
  add_given(texts, draft);

  const std::string path = make_lexicon_path(input.index, name);
  LexiconEntry entry;
  entry.name = name;
  entry.pairs = draft.pairs;
  entry.terms = draft.terms;
  write_lexicon(path, std::move(draft));
  flush_folder(input.index + "/lexicons");
  entry.bytes = std::filesystem::file_size(path);
  return entry;
}

}  // namespace resolute::indexer
