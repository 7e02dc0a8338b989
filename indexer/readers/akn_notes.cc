// Texts of AKN4UN, and the footnotes that stand in them.
#include <algorithm>
#include <map>

#include "indexer/readers/akn.h"
#include "schemas/ascii.h"
#include "text/line.h"
#include "text/normalize.h"

namespace resolute::indexer::akn {
namespace {

constexpr size_t kMostPlacing = 64 << 20;  // bytes of a text, once for each of its notes, that are gone through to place them

// The footnotes that a <sup> after `before` refers to again ("2", "1,2"); none where it is a line's own number, a power (10¹⁴), a unit's (m²),
// an isotope's (²H).
std::vector<std::string> referred(const XmlNode* sup, const std::string& raised, std::string_view before, const Notes& notes) {
  std::vector<std::string> out(1);
  for (const char c : raised) {
    if (c == ',')
      out.emplace_back();
    else if (c != ' ')
      out.back() += c;
  }
  if (!std::all_of(out.begin(), out.end(), [&](const std::string& marker) { return all_digits(marker) && notes.markers.count(marker) > 0; })) return {};
  const auto* next = sup->next;
  if (before.ends_with(' ') && next && !next->is_element() && !next->text.empty() && is_alpha(next->text[0])) return {};
  before = trimmed(before.substr(0, before.find_last_not_of(" \n\t") + 1));
  return before.empty() || text::raises_power(before) ? std::vector<std::string>{} : out;
}

// Takes a <sup>'s marks to `notes`; false where it is text. An empty one raises the figures before it: "the Charter2<sup></sup>".
bool take_marks(const XmlNode* sup, std::string& out, Notes& notes) {
  std::string raised = text_of(sup);
  size_t end = out.size();
  if (raised.empty()) {
    while (end > 0 && is_digit(out[end - 1])) --end;
    raised = out.substr(end);
  }
  const auto markers = referred(sup, raised, std::string_view(out).substr(0, end), notes);
  if (markers.empty()) return false;
  out.resize(end);
  for (const auto& marker : markers) notes.list.push_back({nullptr, marker, out.size()});
  return true;
}

}  // namespace

void inline_text(const XmlNode* n, std::string& out, Notes* notes) {
  for (const XmlNode* c = n->children; c; c = c->next) {
    if (!c->is_element()) {
      out += c->text;
      continue;
    }
    const auto t = c->name;
    if (t == "authorialNote") {
      if (notes) notes->list.push_back({c, {}, out.size()});
    } else if (notes && t == "sup" && take_marks(c, out, *notes)) {
    } else if (t == "br" || t == "eol") {
      out += ' ';
    } else if (t != "img" && t != "meta") {
      inline_text(c, out, notes);
    }
  }
}

std::string text_of(const XmlNode* n, Notes* notes) {
  std::string out;
  const size_t before = notes ? notes->list.size() : 0;
  inline_text(n, out, notes);
  auto tidy = text::tidy(out);
  if (notes) {
    const bool many = (notes->list.size() - before) * out.size() > kMostPlacing;
    for (size_t i = before; i < notes->list.size(); ++i) {
      auto& note = notes->list[i];
      const auto up_to = many ? std::string() : text::tidy(out.substr(0, note.at));
      note.at = many || !tidy.starts_with(up_to) ? Note::kNowhere : up_to.size();
    }
  }
  return tidy;
}

void Notes::find_markers(const XmlNode* e) {
  for (const XmlNode* c = e->children; c; c = c->next)
    if (c->name == "authorialNote")
      markers.insert(number_text(c->attribute("marker")));
    else if (c->is_element())
      find_markers(c);
}

void add_footnotes(const Notes& notes, Document& document) {
  auto& paragraphs = document.paragraphs;
  std::map<std::string, uint32_t> places;  // by their markers
  const auto refer = [&](const Note& note, uint32_t footnote) {
    if (note.paragraph != Note::kNowhere) paragraphs[note.paragraph].notes.push_back({static_cast<uint32_t>(note.at), footnote});
  };
  for (const auto& note : notes.list) {
    if (!note.node) continue;
    Paragraph p;
    p.kind = ParagraphKind::footnote;
    p.number = number_text(note.node->attribute("marker"));
    inline_text(note.node, p.text, nullptr);
    p.text = text::tidy(p.text);
    if (p.text.empty()) continue;
    const auto place = static_cast<uint32_t>(paragraphs.size());
    places.emplace(p.number, place);
    refer(note, place);
    paragraphs.push_back(std::move(p));
  }
  for (const auto& note : notes.list)
    if (!note.node)
      if (const auto place = places.find(note.marker); place != places.end()) refer(note, place->second);
  for (auto& p : paragraphs) std::stable_sort(p.notes.begin(), p.notes.end(), [](const NoteMark& a, const NoteMark& b) { return a.at < b.at; });
}

}  // namespace resolute::indexer::akn
