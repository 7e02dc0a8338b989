// The heads of drafts: who submits them, on what they rest, what they amend, and their titles.
#include <algorithm>

#include "schemas/ascii.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/normalize.h"
#include "text/structurer.h"

namespace resolute::text {
namespace {

constexpr size_t kLongestSubmission = 6000;  // bytes: nearly two hundred States
constexpr size_t kMostTitleBlocks = 4;
constexpr size_t kLongestTitle = 900;  // bytes

// The first symbol behind `at`, canonical; else empty.
std::string symbol_behind(std::string_view s, size_t at) {
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

// Behind the last colon: "draft resolution", "revised draft decision", "amendment to draft resolution A/80/L.25", "决议草案".
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

std::vector<std::string> split_sponsors(std::string_view list) {
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
  const size_t behind = by.empty() ? 0 : f.find(by) + by.size();
  const bool amends = low.find("amendment", std::min(behind, low.size())) != std::string::npos || low.starts_with("amendment") || has(f, "修正");
  const auto named = symbol_behind(f, behind);
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
