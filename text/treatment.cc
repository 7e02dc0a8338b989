#include "text/treatment.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/scan.h"

namespace resolute::text {
namespace {

struct Word {
  std::string_view text;
  std::string_view id;
};
constexpr std::array kWords = {Word{"recall", "recalling"},
                               Word{"reaffirm", "reaffirming"},
                               Word{"reiterat", "reiterating"},
                               Word{"guided by", "guided-by"},
                               Word{"taking note of", "taking-note"},
                               Word{"takes note of", "taking-note"},
                               Word{"noting", "taking-note"},
                               Word{"notes", "taking-note"},
                               Word{"pursuant to", "pursuant-to"},
                               Word{"in accordance with", "in-accordance-with"},
                               Word{"as requested in", "pursuant-to"},
                               Word{"as mandated", "pursuant-to"},
                               Word{"in line with", "in-accordance-with"},
                               Word{"consistent with", "in-accordance-with"},
                               Word{"according to", "in-accordance-with"},
                               Word{"as required by", "pursuant-to"},
                               Word{"as requested by", "pursuant-to"},
                               Word{"依据", "pursuant-to"},
                               Word{"遵照", "in-accordance-with"},
                               Word{"应大会", "pursuant-to"},
                               Word{"核可", "endorsing"},
                               Word{"extend", "extending"},
                               Word{"renew", "extending"},
                               Word{"welcom", "welcoming"},
                               Word{"endors", "endorsing"},
                               Word{"implement", "implementing"},
                               Word{"bearing in mind", "bearing-in-mind"},
                               Word{"affirm", "affirming"},
                               Word{"supersed", "superseding"},
                               Word{"established by", "established-by"},
                               Word{"established pursuant", "established-by"},
                               Word{"contained in", "contained-in"},
                               Word{"set out in", "contained-in"},
                               Word{"set forth in", "contained-in"},
                               Word{"adopted", "adopting"},
                               Word{"in its resolution", "recalling"},
                               Word{"considered", "considering"},
                               Word{"回顾", "recalling"},
                               Word{"重申", "reaffirming"},
                               Word{"遵循", "guided-by"},
                               Word{"注意到", "taking-note"},
                               Word{"根据", "pursuant-to"},
                               Word{"依照", "in-accordance-with"},
                               Word{"按照", "in-accordance-with"},
                               Word{"延长", "extending"},
                               Word{"欢迎", "welcoming"},
                               Word{"欣见", "welcoming"},
                               Word{"认可", "endorsing"},
                               Word{"执行", "implementing"},
                               Word{"铭记", "bearing-in-mind"},
                               Word{"申明", "affirming"},
                               Word{"所设", "established-by"},
                               Word{"载于", "contained-in"},
                               Word{"载列", "contained-in"},
                               Word{"审议", "considering"},
                               Word{"取代", "superseding"}};

// In Chinese some stand after: 第1267(1999)号决议所设委员会.
constexpr std::array kAfter = {Word{"所设", "established-by"}, Word{"设立的", "established-by"}, Word{"成立的", "established-by"},
                               Word{"所载", "contained-in"},   Word{"附件所载", "contained-in"}, Word{"中所载", "contained-in"}};

struct Label {
  std::string_view id, en, zh;
};
constexpr std::array kLabels = {Label{"adopting", "adopting", "通过"},
                                Label{"affirming", "affirming", "申明"},
                                Label{"bearing-in-mind", "bearing in mind", "铭记"},
                                Label{"considering", "considering", "审议"},
                                Label{"contained-in", "contained in", "载于"},
                                Label{"endorsing", "endorsing", "认可"},
                                Label{"established-by", "established by", "所设"},
                                Label{"extending", "extending", "延长"},
                                Label{"guided-by", "guided by", "遵循"},
                                Label{"implementing", "implementing", "执行"},
                                Label{"in-accordance-with", "in accordance with", "依照"},
                                Label{"pursuant-to", "pursuant to", "根据"},
                                Label{"reaffirming", "reaffirming", "重申"},
                                Label{"recalling", "recalling", "回顾"},
                                Label{"reiterating", "reiterating", "再次申明"},
                                Label{"superseding", "superseding", "取代"},
                                Label{"taking-note", "taking note of", "注意到"},
                                Label{"welcoming", "welcoming", "欢迎"}};

}  // namespace

std::string find_treatment(std::string_view s, size_t at, size_t to, size_t end, const std::string& held) {
  size_t after = to;
  for (const std::string_view word : {"号", "决议", "决定"})
    if (is_at(s, skip_spaces(s, after), word)) after = skip_spaces(s, after) + word.size();
  if (after > to || (to > 0 && (s[to - 1] & 0x80)))
    for (const auto& w : kAfter)
      if (is_at(s, after, w.text)) return std::string(w.id);
  static const auto by_byte = [] {
    std::array<std::vector<const Word*>, 256> out;
    for (const auto& w : kWords) out[static_cast<unsigned char>(w.text[0])].push_back(&w);
    return out;
  }();
  // One verb governs a whole list: what stands between two mentions decides, else what held before.
  const bool goes_on = end > 0 && end <= at;
  const size_t from = std::max(goes_on ? end : 0, at > 2000 ? at - 2000 : 0);
  const auto lower = [&](size_t i) { return is_upper(s[i]) ? static_cast<char>(s[i] + 32) : s[i]; };
  // The nearest verb before the mention and after the last break of the sentence.
  for (size_t p = at; p > from;) {
    const char c = lower(--p);
    if ((c == ';' && p + 1 < at && s[p + 1] == ' ') || (p + 3 <= at && (c & 0x80) && (is_at(s, p, "；") || is_at(s, p, "。")))) return "";
    // "reaffirming" is not "affirming".
    if (is_lower(c) && p > from && is_lower(lower(p - 1))) continue;
    for (const Word* w : by_byte[static_cast<unsigned char>(c)]) {
      if (p + w->text.size() > at) continue;
      size_t n = 1;
      while (n < w->text.size() && lower(p + n) == w->text[n]) ++n;
      if (n == w->text.size()) return std::string(w->id);
    }
  }
  return goes_on ? held : "";
}

std::string_view treatment_label(std::string_view id, bool zh) {
  for (const auto& l : kLabels)
    if (l.id == id) return zh ? l.zh : l.en;
  return id;
}

}  // namespace resolute::text
