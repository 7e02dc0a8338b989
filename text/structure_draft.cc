// The heads of drafts: who submits them, on what they rest, what they amend, and their titles.
#include <algorithm>

#include "schemas/ascii.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/structurer.h"

namespace resolute::text {
namespace {

constexpr size_t kLongestSubmission = 6000;  // bytes: nearly two hundred States
constexpr size_t kMostTitleBlocks = 4;
constexpr size_t kLongestTitle = 900;  // bytes

// The first symbol after `at`, canonical; else empty.
std::string symbol_after(std::string_view s, size_t at) {
  for (size_t i = at; i < s.size(); ++i) {
    if ((s[i] != 'A' && s[i] != 'S' && s[i] != 'E') || i + 1 >= s.size() || s[i + 1] != '/' || (i > 0 && is_alnum(s[i - 1]))) continue;
    size_t end = i;
    while (end < s.size() && (is_alnum(s[end]) || s[end] == '/' || s[end] == '.' || s[end] == '-')) ++end;
    while (end > i && !is_alnum(s[end - 1])) --end;
    if (const auto symbol = parse_symbol(s.substr(i, end - i))) return symbol->text();
  }
  return "";
}

// Without the stars of notes.
std::string without_stars(std::string_view s) {
  std::string out;
  for (const char c : s)
    if (c != '*') out += c;
  return out;
}

// After the last colon: "draft resolution", "revised draft decision", "amendment to draft resolution A/80/L.25", "决议草案".
bool names_draft(std::string_view tail) {
  const std::string low = lowered(tail);
  for (const std::string_view kind : {"draft resolution", "draft decision", "amendment", "draft amendment", "revised draft", "sub-amendment",
                                      "draft presidential statement", "draft proposal"})
    if (low.starts_with(kind) || (low.starts_with("proposed ") && has(low, kind))) return true;
  return low.size() < 120 && (has(low, "决议草案") || has(low, "决定草案") || has(low, "修正案") || has(low, "修正"));
}

// "Draft resolution", "Revised draft decision", "Draft resolution II", "决议草案三".
bool opens_draft(std::string_view low) {
  for (const std::string_view lead : {"revised ", "proposed "})
    if (low.starts_with(lead)) low.remove_prefix(lead.size());
  for (const std::string_view kind : {"draft resolution", "draft decision", "draft proposal", "draft presidential statement", "决议草案", "决定草案"}) {
    if (!low.starts_with(kind)) continue;
    const auto rest = trimmed(low.substr(kind.size()));
    return rest.size() <= 6 && (rest.find_first_not_of("ivx0123456789") == std::string_view::npos || (rest[0] & 0x80));
  }
  return false;
}

}  // namespace

namespace {

// "submitted by", "was introduced in the Committee by": what stands before who did it.
std::string_view without_lead(std::string_view s) {
  for (bool more = true; more;) {
    more = false;
    const std::string low = lowered(s.substr(0, 60));
    if (low.starts_with("submitted pursuant") || low.starts_with("on the basis of") || low.starts_with("on the recommendation of")) return "";
    for (const std::string_view verb : {"was ", "were ", "and ", "submitted ", "introduced ", "proposed ", "sponsored "}) {
      if (!low.starts_with(verb)) continue;
      const size_t by = verb.size() > 5 ? low.find("by ") : verb.size() - 3;
      if (by > 30) continue;  // or nowhere
      s = trimmed(s.substr(by + 3));
      more = true;
      break;
    }
  }
  return s;
}

// Up to where it is said on what grounds.
std::string_view without_grounds(std::string_view s) {
  const std::string low = lowered(s);
  size_t end = s.size();
  for (const std::string_view stop : {" on the basis of", " on the recommendation of", " following ", " in the light of", " after informal", " pursuant to "})
    end = std::min(end, low.find(stop));
  s = trimmed(s.substr(0, end));
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view tail : {",", " and", " following"})
      if (s.ends_with(tail)) s = trimmed(s.substr(0, s.size() - tail.size())), more = true;
  }
  return s;
}

// "the Vice-Chair of the Committee, Ann Lamp (Farland)": one who acts for a body.
bool is_official(std::string_view s) {
  const std::string low = lowered(s.substr(0, 40));
  for (const std::string_view office : {"the chair", "the vice-chair", "the president", "the vice-president", "the rapporteur", "the bureau", "the committee",
                                        "the co-chair", "the secretary", "the facilitator", "the commission", "the coordinator"})
    if (low.starts_with(office)) return true;
  return false;
}

// Takes what is said in parentheses, or after the names, of those for whom they act: "(on behalf of the Group of 77 and China)".
std::vector<std::string> take_groups(std::string& s) {
  std::vector<std::string> out;
  for (const std::string_view lead : {"on behalf of ", "of behalf of ", "on behalf ", "in its capacity as ", "代表"}) {
    for (size_t at; (at = s.find(lead)) != std::string::npos;) {
      if (lead == "代表" && (at == 0 || s[at - 1] != '(')) break;
      const bool closed = at > 0 && s[at - 1] == '(';
      const size_t close = closed ? s.find(')', at) : std::string::npos;
      std::string_view group = trimmed(std::string_view(s).substr(at + lead.size(), (close == std::string::npos ? s.size() : close) - at - lead.size()));
      for (const std::string_view members : {"the States Members of the United Nations that are members of ", "the members of ", "the "})
        if (group.starts_with(members)) group.remove_prefix(members.size());
      if (lead != "in its capacity as " && !group.empty()) out.emplace_back(group);
      s.erase(at - closed, close == std::string::npos ? std::string::npos : close + 1 - at + closed);
    }
  }
  return out;
}

// A State without its article, "the representative of Farland" as Farland; empty where it is nobody's name.
std::string sponsor_named(std::string_view s) {
  for (const std::string_view lead : {"the representative of ", "the representatives of ", "representative of ", "representatives of "})
    if (s.starts_with(lead)) s.remove_prefix(lead.size());
  // Extraction may have joined the article.
  if (s.starts_with("the") && find_state(trimmed(s.substr(3)))) s = trimmed(s.substr(3));
  if (const size_t note = s.rfind(" ("); note != std::string_view::npos && !find_state(s) && find_state(s.substr(0, note))) s = s.substr(0, note);
  s = trimmed(s);
  constexpr size_t kLongestName = 160;
  const bool letters = std::any_of(s.begin(), s.end(), [](char c) { return is_alpha(c) || (c & 0x80); });
  if (!letters || is_digit(s[0]) || s[0] == '-' || s.size() > kLongestName || !find_date(std::string(s)).empty()) return "";
  for (const std::string_view other : {"report of ", "Removes ", "removes ", "Annex"})
    if (s.starts_with(other)) return "";
  return has(s, " removed from ") ? "" : std::string(s);
}

// The names of a list, States told from the words that join them.
std::vector<std::string> split_names(std::string_view list) {
  std::vector<std::string> out;
  const auto known = [](std::string_view name) { return find_state(name).has_value(); };
  for (const auto& name : split_states(list)) {
    const auto whole = tidy(name);
    if (whole.empty()) continue;
    // "Bosnia and Herzegovina" is one, "Spain and Sweden" two.
    std::string_view rest = whole;
    for (const std::string_view joint : {" and ", "和"}) {
      if (known(rest)) break;
      for (size_t at = rest.find(joint); at != std::string_view::npos; at = rest.find(joint, at + 1)) {
        const auto left = rest.substr(0, at), right = rest.substr(at + joint.size());
        if (!known(left) && !known(right)) continue;
        out.emplace_back(left);
        rest = right;
        break;
      }
    }
    out.emplace_back(rest);
  }
  return out;
}

}  // namespace

std::vector<std::string> split_sponsors(std::string_view list) {
  const std::string folded = ascii_fold(list);
  std::string whole(without_grounds(without_lead(trimmed(folded))));
  std::vector<std::string> out;
  const auto add = [&](std::string name) {
    if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
  };
  if (is_official(whole)) {
    // "the Chair on behalf of the Commission and sponsored by Farland", "the Chair, Farland and Midland"
    size_t end = std::min(whole.find(" and sponsored by "), whole.find(", sponsored by "));
    size_t rest = end == std::string::npos ? end : whole.find("by ", end) + 3;
    if (const size_t comma = whole.find(", "); end == std::string::npos && comma != std::string::npos) {
      const auto names = split_names(std::string_view(whole).substr(comma + 2));
      if (std::all_of(names.begin(), names.end(), [](const std::string& n) { return find_state(sponsor_named(n)).has_value(); })) end = comma, rest = comma + 2;
    }
    add(whole.substr(0, end));
    whole = rest == std::string::npos ? "" : whole.substr(rest);
  }
  const auto groups = take_groups(whole);
  for (const auto& name : split_names(whole)) add(sponsor_named(name));
  for (const auto& group : groups) add(group);
  return out;
}

bool Structurer::is_draft_line(const std::string& low) { return opens_draft(low); }

bool Structurer::submission(const std::string& s) {
  if (s.size() > kLongestSubmission || s[0] == '[') return false;
  const std::string f = without_stars(plain(s));
  const std::string low = lowered(f);
  // Alone above the title, of what a committee's bureau puts forward; "Draft resolution I" of several.
  if (opens_draft(low)) {
    doc_.type = DocumentType::draft;
    return true;
  }
  size_t colon = f.rfind(':');
  size_t width = 1;
  if (const size_t wide = f.rfind("："); wide != std::string::npos && (colon == std::string::npos || wide > colon)) colon = wide, width = 3;
  std::string by;
  static constexpr std::string_view kKinds[] = {"draft resolution ", "draft decision ", "amendment ", "amendments ",
                                                "revised draft ",    "draft proposal ", "proposal "};
  const bool kind = std::any_of(std::begin(kKinds), std::end(kKinds), [&](std::string_view k) { return low.starts_with(k); });
  if (!kind && colon != std::string::npos && names_draft(trimmed(std::string_view(f).substr(colon + width)))) {
    by = f.substr(0, colon);
    doc_.sponsors = split_sponsors(trimmed(by));
  } else {
    size_t at = kind ? low.find("submitted by ") : std::string::npos;
    if (kind && at == std::string::npos) at = low.find("proposed by ");
    if (at != std::string::npos) {
      // "by the Chair of the Committee, on the basis of informal consultations on draft resolution A/C.2/80/L.21"
      by = f.substr(low.find("by ", at) + 3);
      const std::string lower = lowered(by);
      size_t end = by.size();
      for (const std::string_view stop : {" on the basis of", ", on the basis", " following ", " in the light of", " after informal"})
        end = std::min(end, lower.find(stop));
      by = by.substr(0, end);
      while (by.ends_with(',') || by.ends_with(' ')) by.pop_back();
    } else if (f.size() < 400 && (f.ends_with("决议草案") || f.ends_with("决定草案") || f.ends_with("修正案")) && has(f, "提")) {
      // "委员会主席在就决议草案A/C.2/80/L.21举行的非正式协商基础上提交的决议草案"
      size_t end = f.size();
      for (const std::string_view stop : {"在", "提交", "提出", "根据", "经"}) end = std::min(end, f.find(stop));
      by = f.substr(0, end);
      if (by.starts_with("由")) by = by.substr(3);
    } else {
      return false;
    }
    doc_.sponsors.clear();
    if (const auto name = tidy(by); !name.empty()) doc_.sponsors.push_back(name);
  }
  doc_.type = DocumentType::draft;
  const size_t after = by.empty() ? 0 : f.find(by) + by.size();
  const bool amends = low.find("amendment", std::min(after, low.size())) != std::string::npos || low.starts_with("amendment") || has(f, "修正");
  const auto named = symbol_after(f, after);
  if (named != doc_.identifier) (amends ? doc_.amends : doc_.based_on) = named;
  return true;
}

size_t Structurer::draft_title(size_t at) {
  size_t i = at;
  std::string title;
  for (; i < blocks_.size() && i < at + kMostTitleBlocks; ++i) {
    const auto& s = blocks_[i].text;
    const std::string low = lowered(plain(s.substr(0, 60)));
    if (enacting_body(s) || find_numeral(s).bytes || blocks_[i].row || title.size() + s.size() > kLongestTitle) break;
    // "The General Assembly, recalling ..., decides" opens a decision; a sentence is no title.
    bool opens = false;
    for (const std::string_view organ : {"the general assembly", "the security council", "the economic and social council", "the human rights council", "大会",
                                         "安全理事会", "经济及社会理事会", "人权理事会"})
      opens |= low.starts_with(organ) && !low.starts_with("大会关于");
    if (opens || ends_comma(s) || s.ends_with(".") || s.ends_with("。") || s.ends_with(":") || s.ends_with("：") || s.ends_with(";")) break;
    title += (title.empty() || zh_ ? "" : " ") + tidy(s);
  }
  if (!title.empty()) doc_.title = title;
  while (doc_.title.ends_with('*')) doc_.title.pop_back();
  return i;
}

}  // namespace resolute::text
