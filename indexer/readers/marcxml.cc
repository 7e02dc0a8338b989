// MARCXML, the library's records of documents: "MARC 21 XML Schema", Library of Congress;
// fields as the United Nations Digital Library uses them ("UNDL MARC documentation").
#include <algorithm>
#include <utility>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/state.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/structure.h"

namespace resolute::indexer {
namespace {

// A field's subfields by code. A code that repeats gives its first, or all of them.
class Subfields {
 public:
  explicit Subfields(const XmlNode* field) {
    for (const XmlNode* c = field->children; c; c = c->next)
      if (c->name == "subfield") all_.emplace_back(c->attribute("code"), text::tidy(c->content()));
  }
  std::string operator[](std::string_view code) const {
    for (const auto& [c, text] : all_)
      if (c == code) return text;
    return "";
  }
  // "SUDAN--POLITICAL CONDITIONS": $a and its subdivisions.
  std::string heading() const {
    std::string out;
    for (const auto& [c, text] : all_)
      if ((c == "a" || c == "g" || c == "x" || c == "y" || c == "v" || (c == "z" && !out.empty())) && !text.empty()) out += (out.empty() ? "" : "--") + text;
    return out;
  }

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

std::string symbol_of(const std::string& s) {
  const auto symbol = parse_symbol(s);
  return symbol ? symbol->text() : "";
}

// ISBD closes what precedes the next part: "Title :", "Title /".
std::string without_isbd(std::string s) {
  while (!s.empty() && (s.back() == ':' || s.back() == '/' || s.back() == ' ' || s.back() == '=' || s.back() == ';')) s.pop_back();
  return s;
}

// "71b", "71b[20]", "16 (a)" -> "71(b)", "16(a)"; empty where it is none.
std::string agenda_item(const std::string& s) {
  size_t i = 0;
  while (i < s.size() && is_digit(s[i])) ++i;
  if (i == 0 || i > 3) return "";
  std::string out = s.substr(0, i);
  while (i < s.size() && (s[i] == ' ' || s[i] == '(')) ++i;
  size_t k = i;
  while (k < s.size() && is_lower(s[k])) ++k;
  return k > i && k - i <= 2 ? out + "(" + s.substr(i, k - i) + ")" : out;
}

// "A/78/251", the agenda of a session, is of session 78.
std::string session_of_agenda(const std::string& s) {
  if (!s.starts_with("A/") || s.size() < 5) return "";
  const size_t end = s.find('/', 2);
  if (end == std::string::npos || end == 2 || end > 5) return "";
  const auto number = s.substr(2, end - 2);
  return std::all_of(number.begin(), number.end(), is_digit) ? number : "";
}

void add(std::vector<std::string>& list, std::string value) {
  if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

std::string digits_of(const std::string& s) {
  size_t i = 0;
  while (i < s.size() && !is_digit(s[i])) ++i;
  size_t k = i;
  while (k < s.size() && is_digit(s[k])) ++k;
  return s.substr(i, k - i);
}

std::optional<int> count_of(const std::string& s) {
  if (s.size() > 3 || !all_digits(s)) return std::nullopt;
  return std::stoi(s);
}

// "3rd Committee" of the field of bodies.
std::vector<std::string> committee_of(const std::string& s) {
  static constexpr std::pair<std::string_view, const char*> kOrdinals[] = {{"1st", "First"},  {"2nd", "Second"}, {"3rd", "Third"},
                                                                           {"4th", "Fourth"}, {"5th", "Fifth"},  {"6th", "Sixth"}};
  for (const auto& [short_form, word] : kOrdinals)
    if (s.starts_with(short_form)) return find_committees(word + s.substr(short_form.size()));
  return find_committees(s);
}

struct Fields {
  std::vector<std::string> symbols;  // canonical, of 191 and 791
  std::string unread;                // a symbol that is none
  std::string issued, acted;         // 269, 992
  std::vector<std::string> adopted_as;
  std::string number;              // of the record, 001
  bool voting = false;             // a record of a vote: 791 instead of 191
  std::vector<std::string> notes;  // of 996
};

void read_vote(const Subfields& f, Metadata& m) {
  const auto how = f["d"];
  const char* vote = how == "Y" ? "yes" : how == "N" ? "no" : how == "A" ? "abstain" : nullptr;
  if (!vote) return;
  if (const auto* state = state_of(f["c"]))
    m.vote.voters[state->code] = vote;
  else if (const auto code = find_state(f["e"]))
    m.vote.voters[*code] = vote;
}

void read_field(const XmlNode* field, Fields& f, Record& r) {
  const auto tag = field->attribute("tag");
  if (tag.size() != 3) return;
  const auto mark = field->attribute("ind1");
  const Subfields sub(field);
  Metadata& m = r.data;
  if (tag == "191" || tag == "791") {
    const auto symbol = symbol_of(sub["a"]);
    if (symbol.empty())
      f.unread = sub["a"];
    else
      add(f.symbols, symbol);
    f.voting = f.voting || tag == "791";
    const auto session = sub["c"];
    if (m.session.empty() && session.size() <= 4 && all_digits(session)) m.session = session;
  } else if (tag == "245") {
    if (m.title.empty()) m.title = without_isbd(sub["a"]);
  } else if (tag == "269") {
    if (f.issued.empty()) f.issued = sub["a"];
  } else if (tag == "992") {
    if (f.acted.empty()) f.acted = sub["a"];
  } else if (tag == "610" || tag == "611" || tag == "630" || tag == "650" || tag == "651") {
    add(m.subjects, sub.heading());
  } else if (tag == "710") {
    // Bodies stand here too; who submits a draft is a State.
    if (find_state(sub["a"])) add(m.sponsors, sub["a"]);
  } else if (tag == "515") {
    const auto note = sub["a"];
    if (constexpr std::string_view kLead = "Additional sponsors: "; note.starts_with(kLead))
      for (auto& name : text::split_sponsors(note.substr(kLead.size(), note.find(". - ") - kLead.size())))
        if (find_state(name)) add(m.additional_sponsors, std::move(name));
  } else if (tag == "981") {
    if (m.committee.empty()) m.committee = committee_of(sub["b"]);
  } else if (tag == "991") {
    // The item of the session's agenda; the Security Council's items are topics in words.
    if (const auto item = agenda_item(sub["b"]); !item.empty())
      add(m.agenda, item);
    else if (sub["a"].starts_with("S/"))
      add(m.agenda, sub["c"]);
    if (m.session.empty()) m.session = session_of_agenda(sub["a"]);
  } else if (tag == "993") {
    const auto symbol = symbol_of(sub["a"]);
    if (symbol.empty()) return;
    if (mark == "1") add(f.adopted_as, symbol);
    // Records of votes leave the indicator out.
    else if (mark == "2" || symbol.find("/L.") != std::string::npos)
      add(m.drafts, symbol);
    else if (m.meeting.empty() && symbol.find("/PV.") != std::string::npos)
      m.meeting = digits_of(symbol.substr(symbol.find("/PV.")));
  } else if (tag == "952") {
    if (const auto s = sub["a"]; m.meeting.empty() && s.find("PV.") != std::string::npos) m.meeting = digits_of(s.substr(s.find("PV.")));
  } else if (tag == "996") {
    f.notes.push_back(sub["a"]);
    if (const auto yes = count_of(sub["b"])) {
      m.vote.yes = yes;
      m.vote.no = count_of(sub["c"]).value_or(0);
      m.vote.abstain = count_of(sub["d"]).value_or(0);
    }
  } else if (tag == "967") {
    read_vote(sub, m);
  }
}

void read_record(const std::string& path, const XmlNode* node, size_t number, Reading& out) {
  Record r;
  Fields f;
  for (const XmlNode* c = node->children; c; c = c->next) {
    if (c->name == "controlfield" && c->attribute("tag") == "001")
      f.number = text::tidy(c->content());
    else if (c->name == "datafield")
      read_field(c, f, r);
  }
  if (f.symbols.empty()) {
    const std::string where = "record " + std::to_string(number) + (f.number.empty() ? "" : " (" + f.number + ")");
    out.rejections.push_back({path, "no-symbol", f.unread.empty() ? "the record has no symbol" : "the record's symbol \"" + f.unread + "\" is none", where});
    return;
  }
  const auto symbol = parse_symbol(f.symbols.front());
  for (const auto& note : f.notes) {
    if (r.data.vote.outcome || r.data.vote.yes) break;
    r.data.vote = find_vote(note, symbol->body());
  }
  for (const auto& note : f.notes)
    if (r.data.meeting.empty()) r.data.meeting = text::find_meeting(note);
  conclude_vote(r.data.vote, symbol->body());
  // A resolution's date of issue is not the day of its adoption.
  const bool issue_is_date = f.voting || !symbol->type();
  for (const auto* date : {&f.acted, issue_is_date ? &f.issued : &f.acted})
    if (r.data.date.empty() && parse_date(*date)) r.data.date = *date;
  r.lang = text::detect_language(r.data.title);
  if (r.data.title.empty()) r.lang.reset();
  for (const auto& s : f.symbols) {
    r.symbol = s;
    out.records.push_back(r);
  }
  // The record of a draft tells the resolution's draft.
  for (const auto& s : f.adopted_as) {
    Record of;
    of.symbol = s;
    of.data.drafts = f.symbols;
    out.records.push_back(std::move(of));
  }
}

}  // namespace

Reading read_marcxml(const std::string& path, std::string_view bytes) {
  Reading out;
  if (bytes.size() > kMostFileBytes) {
    out.rejections.push_back({path, "too-large", "the file has more than " + std::to_string(kMostFileBytes >> 20) + " MiB", ""});
    return out;
  }
  const ParsedXml parsed = parse_xml(bytes);
  if (auto hostile = hostile_xml(path, bytes, parsed)) {
    out.rejections.push_back(std::move(*hostile));
    return out;
  }
  if (!parsed.well_formed) {
    // What stands before the damage is read.
    out.rejections.push_back({path, "malformed", parsed.error, parsed.line ? "line " + std::to_string(parsed.line) : ""});
  }
  const XmlNode* root = parsed.root;
  size_t number = 0;
  if (root && root->name == "record") read_record(path, root, ++number, out);
  for (const XmlNode* c = root ? root->children : nullptr; c; c = c->next)
    if (c->name == "record") read_record(path, c, ++number, out);
  if (number == 0 && out.rejections.empty()) out.rejections.push_back({path, "empty", "the file holds no record", ""});
  return out;
}

}  // namespace resolute::indexer
