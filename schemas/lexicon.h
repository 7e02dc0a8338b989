// The bilingual lexicon of an index: what words, terms and Han strings of one language
// are in the other, with the evidence.
//
// indexer/ learns and writes it, search/ maps and reads it; docs/index-format.md lists
// the sections. A *unit* is an English stem or several of them with a space between, or
// a Han string, or a word of other letters.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/document.h"
#include "schemas/segment.h"

namespace resolute {

// Where a translation is known from; bits, for it may be from several.
enum LexiconSource : uint8_t {
  kLearned = 1,    // aligned paragraphs and titles
  kThesaurus = 2,  // an input file of terms in both languages
  kListed = 4,     // the engine's own lists of bodies, States and actions
};

// One translation of a unit.
struct UnitTranslation {
  uint32_t to = 0;        // place of the other unit in its language
  float forward = 0;      // how probable it is, given the unit
  float back = 0;         // how probable the unit is, given it
  uint32_t together = 0;  // distinct aligned pairs that have both
  uint8_t sources = 0;    // LexiconSource bits
};

// Limits; a file beyond them is damaged.
inline constexpr size_t kMostLexiconUnits = 1 << 21;  // of one language
inline constexpr size_t kMostTranslations = 16;       // of one unit
inline constexpr size_t kMostUnitBytes = 200;

// A lexicon on its way to a file.
struct LexiconDraft {
  struct Unit {
    std::string text;
    std::string form;                           // as people write it, where that is not the unit itself
    uint32_t count = 0;                         // distinct aligned pairs that have it
    std::vector<UnitTranslation> translations;  // best first
  };
  std::array<std::vector<Unit>, 2> units;  // by Language: zh, en; in any order, `to` by place here
  uint64_t pairs = 0;                      // distinct aligned pairs
  uint64_t terms = 0;                      // pairs of terms from thesauri and lists
};

// Sorts units and translations, cuts the latter at kMostTranslations, leaves out units
// without any. Throws Error(unavailable).
void write_lexicon(const std::string& path, LexiconDraft&& draft);

// A lexicon, mapped. Immutable, so for any number of threads.
class Lexicon {
 public:
  // Throws Error: corrupt where anything at all does not fit.
  explicit Lexicon(const std::string& path);

  size_t size(Language lang) const { return side(lang).units.size(); }
  std::string_view unit(Language lang, size_t i) const { return side(lang).units[i]; }
  // The unit as people write it.
  std::string_view form(Language lang, size_t i) const;
  uint32_t count(Language lang, size_t i) const { return side(lang).count[i]; }
  // The place of a unit; nullopt where it is not known.
  std::optional<uint32_t> find(Language lang, std::string_view unit) const;
  // Of a unit, best first; `to` is of the other language.
  std::vector<UnitTranslation> translations(Language lang, size_t i) const;
  uint64_t bytes() const { return file_.size(); }
  const MappedFile& file() const { return file_.file(); }
  uint64_t pairs() const { return pairs_; }
  uint64_t terms() const { return terms_; }

 private:
  struct Side {
    Strings units, forms;
    std::span<const uint32_t> count, begin, to, together;
    std::span<const uint16_t> forward, back;
    std::span<const uint8_t> sources;
  };
  const Side& side(Language lang) const { return sides_[lang == Language::zh ? 0 : 1]; }
  SectionReader file_;
  std::array<Side, 2> sides_;
  uint64_t pairs_ = 0, terms_ = 0;
};

// Dunning's log-likelihood ratio of two units that stand together in `together` of `n`
// pairs, and alone in `a` and `b` ("Accurate Methods for the Statistics of Surprise and
// Coincidence", 1993). Never negative.
double log_likelihood(uint64_t together, uint64_t a, uint64_t b, uint64_t n);

}  // namespace resolute
