#include "text/organ.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "text/scan.h"

namespace resolute::text {
namespace {

struct Name {
  std::string_view text;
  Organ organ;
};
constexpr Organ kAssembly{Body::ga, false, false, true}, kSecurity{Body::sc, false, false, true}, kRights{Body::hrc, false, false, true},
    kEconomic{Body::ecosoc, false, false, true}, kForeign{Body::none, true, false, true}, kCouncil{Body::none, false, true, true};
constexpr std::array kNames = {Name{"General Assembly", kAssembly},
                               Name{"Security Council", kSecurity},
                               Name{"Human Rights Council", kRights},
                               Name{"general assembly", kAssembly},
                               Name{"security council", kSecurity},
                               Name{"human rights council", kRights},
                               Name{"economic and social council", kEconomic},
                               Name{"Economic and Social Council", kEconomic},
                               Name{"Commission", kForeign},
                               Name{"Conference", kForeign},
                               Name{"Environment Assembly", kForeign},
                               Name{"Health Assembly", kForeign},
                               Name{"Governing Council", kForeign},
                               Name{"Assembly", kAssembly},
                               Name{"Council", kCouncil},
                               Name{"大会", kAssembly},
                               Name{"联大", kAssembly},
                               Name{"环境大会", kForeign},
                               Name{"缔约方大会", kForeign},
                               Name{"卫生大会", kForeign},
                               Name{"安全理事会", kSecurity},
                               Name{"安理会", kSecurity},
                               Name{"人权理事会", kRights},
                               Name{"经济及社会理事会", kEconomic},
                               Name{"经社理事会", kEconomic},
                               Name{"理事会", kCouncil},
                               Name{"委员会", kForeign},
                               Name{"工作组", kForeign},
                               Name{"缔约国会议", kForeign}};

constexpr std::array<std::string_view, 9> kSmallWords = {"on", "of", "the", "and", "for", "to", "in", "against", "with"};

// Organs by their letters; all other letters are of organs whose numbers have no symbol here.
constexpr std::array kLetters = {Name{"GA", kAssembly}, Name{"UNGA", kAssembly}, Name{"SC", kSecurity},    Name{"UNSC", kSecurity},
                                 Name{"HRC", kRights},  Name{"UNHRC", kRights},  Name{"ECOSOC", kEconomic}};

// string_view::rfind, which looks at each place; this at those with the first byte.
size_t find_last(std::string_view in, std::string_view what) {
  for (size_t end = in.size() < what.size() ? 0 : in.size() - what.size() + 1; end > 0;) {
    const void* hit = memrchr(in.data(), what[0], end);
    if (!hit) break;
    const auto at = static_cast<size_t>(static_cast<const char*>(hit) - in.data());
    if (in.compare(at, what.size(), what) == 0) return at;
    end = at;
  }
  return std::string_view::npos;
}

// " on the Status of Women ": capitals and the small words between them.
bool is_rest_of_name(std::string_view s) {
  bool any = false;
  for (size_t i = 0; i < s.size();) {
    i = skip_spaces(s, i);
    const size_t begin = i;
    while (i < s.size() && s[i] != ' ') ++i;
    const std::string_view word = s.substr(begin, i - begin);
    if (word.empty()) break;
    if (is_upper(word[0]) && word.find_first_of(",;.()") == std::string_view::npos) {
      any = true;
      continue;
    }
    if (std::none_of(kSmallWords.begin(), kSmallWords.end(), [&](std::string_view w) { return w == word; })) return false;
  }
  return any;
}

}  // namespace

size_t OrganFinder::clause_begin(size_t at) const { return std::max(at > 300 ? at - 300 : 0, std::min(last_end_, at)); }

std::optional<Organ> OrganFinder::by_letters(size_t at) const {
  if (at == 0 || text_[at - 1] != ' ') return std::nullopt;
  size_t from = at - 1;
  std::string letters;
  if (text_[from - (from > 0)] == '.') {  // "G.A. Res."
    for (; from > 1 && text_[from - 1] == '.' && is_upper(text_[from - 2]); from -= 2) letters.insert(0, 1, text_[from - 2]);
    for (const auto& name : kLetters)
      if (name.text == letters) return name.organ;
    return std::nullopt;
  }
  while (from > 0 && is_upper(text_[from - 1])) --from;
  letters = text_.substr(from, at - 1 - from);
  if (letters.size() < 2 || letters == "UN" || (from > 0 && (is_alnum(text_[from - 1]) || text_[from - 1] == '-' || text_[from - 1] == '/')))
    return std::nullopt;
  for (const auto& name : kLetters)
    if (name.text == letters) return name.organ;
  return kForeign;
}

std::optional<Organ> OrganFinder::reporting(size_t at) const {
  const std::string_view before = text_.substr(at > 30 ? at - 30 : 0, std::min<size_t>(at, 30));
  if (before.find("sect.") == std::string_view::npos && before.find("chap.") == std::string_view::npos && before.find("节，") == std::string_view::npos &&
      before.find("章，") == std::string_view::npos && before.find("附件，") == std::string_view::npos)
    return std::nullopt;
  const std::string_view note = text_.substr(at > 160 ? at - 160 : 0, std::min<size_t>(at, 160));
  // The Human Rights Council reports in the Assembly's Supplement No. 53.
  for (size_t k = note.find("(A/"); k != std::string_view::npos; k = note.find("(A/", k + 1)) {
    size_t d = k + 3;
    while (d < note.size() && is_digit(note[d])) ++d;
    if (note.substr(d).starts_with("/53")) return kRights;
  }
  return note.find("(A/") != std::string_view::npos || note.find("(E/") != std::string_view::npos ? std::optional(kForeign) : std::nullopt;
}

std::optional<Organ> OrganFinder::of_clause(size_t at) const {
  const size_t from = clause_begin(at);
  const std::string_view clause = text_.substr(from, at - from);
  if (clause.find("；") != std::string_view::npos || clause.find("。") != std::string_view::npos) return std::nullopt;
  size_t best = 0;
  Organ organ;
  for (const auto& name : kNames) {
    if (!(name.text[0] & 0x80)) continue;
    size_t where = find_last(clause, name.text);
    if (where != std::string_view::npos && clause.substr(0, where).ends_with("设立")) where = find_last(clause.substr(0, where), name.text);
    if (where == std::string_view::npos) continue;
    const size_t stop = where + name.text.size();
    std::string_view rest = clause.substr(stop);
    // "委员会第三十一届会议通过题为...": at which session.
    if (const size_t met = rest.find("届会议"); rest.starts_with("第") && met != std::string_view::npos && met < 24)
      rest.remove_prefix(met + std::string_view("届会议").size());
    for (const std::string_view word : {"上", "通过", "认可", "了", "于"})
      if (rest.starts_with(word)) rest.remove_prefix(word.size());
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
    // "工作组2023年年度报告" is dated, but not as a resolution is.
    const size_t year = rest.substr(0, 10).find("年");
    const bool dated = rest.size() > 8 && is_digit(rest[0]) && is_digit(rest[3]) && year != std::string_view::npos && !is_at(rest, year, "年年");
    if (!dated && !rest.starts_with("关于") && !rest.starts_with("题为")) continue;
    // Of two that end in one place the longer is the name: 人权理事会, not 理事会.
    if (stop < best || (stop == best && organ.named && !organ.council)) continue;
    best = stop;
    organ = name.organ;
  }
  if (best) return organ.council && home_ != Body::ga ? Organ{home_, false, false, false} : organ;
  if (last_end_ == 0 || last_end_ > at || from != last_end_) return std::nullopt;
  std::string_view rest = clause;
  bool joined = false;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view join : {" ", "、", "以及", "和", "及", "，"})
      if (rest.starts_with(join)) {
        rest.remove_prefix(join.size());
        joined |= join != " ";
        more = true;
      }
  }
  if (!joined || rest.size() < 8 || !is_digit(rest[0]) || !is_digit(rest[3]) || rest.find("其") != std::string_view::npos) return std::nullopt;
  return last_organ_;
}

Organ OrganFinder::before(size_t at) const {
  const Organ home{home_, false, false, false};
  if (const auto organ = by_letters(at)) return *organ;
  if (const auto report = reporting(at)) return *report;
  if (const auto organ = of_clause(at)) return *organ;
  const size_t from = at > 100 ? at - 100 : 0;
  const std::string_view before = text_.substr(from, at - from);
  size_t best = std::string_view::npos, length = 0;
  Organ organ;
  for (const auto& name : kNames) {
    size_t where = find_last(before, name.text);
    // "the establishment of the Human Rights Council" names what was done, not who did it.
    while (where != std::string_view::npos && (before.substr(0, where).ends_with("设立") || before.substr(0, where).ends_with("establishment of the ")))
      where = where == 0 ? std::string_view::npos : find_last(before.substr(0, where - 1 + name.text.size()), name.text);
    if (where == std::string_view::npos) continue;
    const size_t stop = where + name.text.size();
    if (best != std::string_view::npos && (stop < best || (stop == best && name.text.size() <= length))) continue;
    best = stop;
    length = name.text.size();
    organ = name.organ;
  }
  if (best == std::string_view::npos) return home;
  if (organ.council && home_ != Body::ga) organ = home;
  const auto between = before.substr(best);
  for (const std::string_view mark : {";", "；", "。"})
    if (between.find(mark) != std::string_view::npos) return home;
  // "its" after the organ's name points to it: "the Council, in its resolution", unless the text speaks of its own doing again.
  bool own = between.find("its ") != std::string_view::npos || between.find("其") != std::string_view::npos;
  for (const std::string_view verb : {"ecalling", "eaffirming", "ecalls", "oting", "回顾", "重申"})
    if (between.find(verb) != std::string_view::npos) own = false;
  if (own && between.find("its ") != std::string_view::npos && between.find("recalling its") != std::string_view::npos) return home;
  // In Chinese an organ counts only right before the number, or the number's date.
  if (organ.foreign && (static_cast<unsigned char>(text_[from + best - 1]) & 0x80)) {
    std::string rest(between);
    for (const std::string_view part : {"年", "月", "日", "第", "通过的", "在", "其"})
      for (size_t at_part; (at_part = rest.find(part)) != std::string::npos;) rest.erase(at_part, part.size());
    std::erase_if(rest, [](char c) { return is_digit(c) || c == ' '; });
    if (!rest.empty()) return home;
  }
  // "Commission on Crime Prevention and Criminal Justice resolution 31/1": the name goes on up to the word.
  if (organ.foreign && between.size() > 34 && is_rest_of_name(between)) return organ;
  if (between.size() > 34 && !own) return home;
  // Far away, only "in its resolution" and the like still point to it.
  if (between.size() > 50 && between.find("in its ") == std::string_view::npos && between.find("of its ") == std::string_view::npos &&
      between.find("by its ") == std::string_view::npos && between.find("其") == std::string_view::npos)
    return home;
  return organ;
}

Organ OrganFinder::after(size_t end, const Organ& before) const {
  size_t p = end;
  if (is_at(text_, p, " of "))
    if (const auto day = spoken_day(text_, p + 4); day.end) p = day.end;
  if (is_at(text_, p, " adopted by the Economic Commission") || is_at(text_, p, " adopted by the Economic and Social Commission")) return kForeign;
  if (!is_at(text_, p, " of the ")) {
    if (is_at(text_, p, " of "))
      for (const auto& name : kLetters)
        if (is_at(text_, p + 4, name.text) && (p + 4 + name.text.size() >= text_.size() || !is_alnum(text_[p + 4 + name.text.size()]))) return name.organ;
    return before;
  }
  const std::string_view rest = text_.substr(p + 8, 70);
  for (const std::string_view name : {"General Assembly", "Assembly"})
    if (rest.starts_with(name)) return {Body::ga, false, false, true};
  if (rest.starts_with("Security Council")) return {Body::sc, false, false, true};
  if (rest.starts_with("Human Rights Council")) return {Body::hrc, false, false, true};
  if (rest.starts_with("Economic and Social Council")) return {Body::ecosoc, false, false, true};
  if (rest.starts_with("Council")) return before.council || home_ == Body::ga ? Organ{Body::none, false, true, true} : before;
  for (const std::string_view name :
       {"Conference", "Commission", "Economic Commission", "Economic and Social Commission", "Meeting", "United Nations Environment", "World Health"})
    if (rest.starts_with(name)) return {Body::none, true, false, true};
  return before;
}

}  // namespace resolute::text
