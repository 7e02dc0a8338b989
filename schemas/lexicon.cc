#include "schemas/lexicon.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "schemas/error.h"

namespace resolute {
namespace {

constexpr const char* kNames[] = {"zh", "en"};

uint16_t pack(float probability) { return static_cast<uint16_t>(std::lround(std::clamp(probability, 0.0f, 1.0f) * 65535.0f)); }

}  // namespace

void write_lexicon(const std::string& path, LexiconDraft&& draft) {
  // Better evidence first; cut, then what nothing is left of goes.
  const auto weight = [](const UnitTranslation& t) { return t.forward * std::sqrt(t.back); };
  std::array<std::vector<uint32_t>, 2> place;  // of each unit in the file, or kNone
  for (size_t s = 0; s < 2; ++s) {
    auto& units = draft.units[s];
    for (auto& u : units) {
      std::stable_sort(u.translations.begin(), u.translations.end(), [&](const UnitTranslation& a, const UnitTranslation& b) { return weight(a) > weight(b); });
      if (u.translations.size() > kMostTranslations) u.translations.resize(kMostTranslations);
    }
  }
  std::array<std::vector<bool>, 2> wanted;
  for (size_t s = 0; s < 2; ++s) wanted[s].assign(draft.units[s].size(), false);
  for (size_t s = 0; s < 2; ++s)
    for (size_t i = 0; i < draft.units[s].size(); ++i)
      for (const auto& t : draft.units[s][i].translations) wanted[s][i] = wanted[1 - s][t.to] = true;
  std::array<std::vector<uint32_t>, 2> order;
  for (size_t s = 0; s < 2; ++s) {
    const auto& units = draft.units[s];
    for (uint32_t i = 0; i < units.size(); ++i)
      if (wanted[s][i]) order[s].push_back(i);
    std::sort(order[s].begin(), order[s].end(), [&](uint32_t a, uint32_t b) { return units[a].text < units[b].text; });
    place[s].assign(units.size(), kNone);
    for (uint32_t k = 0; k < order[s].size(); ++k) place[s][order[s][k]] = k;
  }
  SectionWriter file(path);
  for (size_t s = 0; s < 2; ++s) {
    const std::string name = kNames[s];
    std::vector<std::string> texts, forms;
    std::vector<uint32_t> count, begin = {0}, to, together;
    std::vector<uint16_t> forward, back;
    std::vector<uint8_t> sources;
    for (const uint32_t i : order[s]) {
      auto& u = draft.units[s][i];
      count.push_back(u.count);
      forms.push_back(u.form == u.text ? "" : std::move(u.form));
      texts.push_back(std::move(u.text));
      for (const auto& t : u.translations) {
        to.push_back(place[1 - s][t.to]);
        together.push_back(t.together);
        forward.push_back(pack(t.forward));
        back.push_back(pack(t.back));
        sources.push_back(t.sources);
      }
      begin.push_back(static_cast<uint32_t>(to.size()));
    }
    file.add_strings(name + ".unit", texts);
    file.add_strings(name + ".form", forms);
    file.add(name + ".count", count);
    file.add(name + ".begin", begin);
    file.add(name + ".to", to);
    file.add(name + ".together", together);
    file.add(name + ".forward", forward);
    file.add(name + ".back", back);
    file.add(name + ".source", sources);
  }
  file.add("statistics", std::vector<uint64_t>{draft.pairs, draft.terms});
  file.finish();
}

Lexicon::Lexicon(const std::string& path) : file_(path) {
  const auto damaged = [](const std::string& what) {
    throw Error(ErrorKind::corrupt, "the lexicon is damaged (" + what + "); build the index anew with `resolute index --rebuild`");
  };
  for (size_t s = 0; s < 2; ++s) {
    auto& side = sides_[s];
    const std::string name = kNames[s];
    side.units = Strings(file_, name + ".unit");
    side.forms = Strings(file_, name + ".form");
    side.count = file_.array<uint32_t>(name + ".count");
    side.begin = file_.array<uint32_t>(name + ".begin");
    side.to = file_.array<uint32_t>(name + ".to");
    side.together = file_.array<uint32_t>(name + ".together");
    side.forward = file_.array<uint16_t>(name + ".forward");
    side.back = file_.array<uint16_t>(name + ".back");
    side.sources = file_.array<uint8_t>(name + ".source");
  }
  for (size_t s = 0; s < 2; ++s) {
    const auto& side = sides_[s];
    const size_t n = side.units.size(), entries = side.to.size();
    const std::string name = kNames[s];
    if (n > kMostLexiconUnits || side.forms.size() != n || side.count.size() != n || side.begin.size() != n + 1 || side.begin.front() != 0 ||
        side.begin.back() != entries || side.together.size() != entries || side.forward.size() != entries || side.back.size() != entries ||
        side.sources.size() != entries)
      damaged(name + " columns");
    for (size_t i = 0; i < n; ++i) {
      if (side.begin[i + 1] < side.begin[i] || side.begin[i + 1] - side.begin[i] > kMostTranslations) damaged(name + ".begin");
      const auto unit = side.units[i];
      if (unit.empty() || unit.size() > kMostUnitBytes || side.forms[i].size() > kMostUnitBytes || (i > 0 && !(side.units[i - 1] < unit)))
        damaged(name + ".unit");
    }
    for (const uint32_t to : side.to)
      if (to >= sides_[1 - s].units.size()) damaged(name + ".to");
  }
  const auto statistics = file_.array<uint64_t>("statistics");
  if (statistics.size() != 2) damaged("statistics");
  pairs_ = statistics[0];
  terms_ = statistics[1];
  for (const auto& side : sides_)
    for (const auto counts : {side.count, side.together})
      if (std::any_of(counts.begin(), counts.end(), [&](uint32_t n) { return n > pairs_; })) damaged("counts");
}

std::string_view Lexicon::form(Language lang, size_t i) const {
  const auto form = side(lang).forms[i];
  return form.empty() ? side(lang).units[i] : form;
}

std::optional<uint32_t> Lexicon::find(Language lang, std::string_view unit) const {
  const auto& units = side(lang).units;
  const size_t i = units.find(unit);
  return i == units.size() ? std::nullopt : std::optional(static_cast<uint32_t>(i));
}

std::vector<UnitTranslation> Lexicon::translations(Language lang, size_t i) const {
  const auto& s = side(lang);
  std::vector<UnitTranslation> out;
  for (uint32_t k = s.begin[i]; k < s.begin[i + 1]; ++k)
    out.push_back({s.to[k], static_cast<float>(s.forward[k]) / 65535.0f, static_cast<float>(s.back[k]) / 65535.0f, s.together[k], s.sources[k]});
  return out;
}

double log_likelihood(uint64_t together, uint64_t a, uint64_t b, uint64_t n) {
  if (n == 0 || a > n || b > n || together > std::min(a, b)) return 0;
  const auto term = [](double observed, double expected) { return observed > 0 && expected > 0 ? observed * std::log(observed / expected) : 0.0; };
  const auto k = static_cast<double>(together), x = static_cast<double>(a), y = static_cast<double>(b), all = static_cast<double>(n);
  const double sum =
      term(k, x * y / all) + term(x - k, x * (all - y) / all) + term(y - k, (all - x) * y / all) + term(all - x - y + k, (all - x) * (all - y) / all);
  return std::max(0.0, 2 * sum);
}

}  // namespace resolute
