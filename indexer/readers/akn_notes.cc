// Texts of AKN4UN, and the footnotes that stand in them.
#include <algorithm>
#include <map>

#include "indexer/readers/akn.h"
#include "schemas/ascii.h"
#include "text/normalize.h"

namespace resolute::indexer::akn {
namespace {

constexpr size_t kMostPlacing = 64 << 20;  // bytes of a text, once for each of its notes, that are gone through to place them

// Whether a <sup> after `before` refers to a footnote: not where it is a line's own number, a power (10¹⁴), a unit's (m²), an isotope's (²H).
bool refers(const XmlNode* sup, std::string_view before, const Notes& notes) {
  const auto raised = text_of(sup);
  if (!all_digits(raised) || !notes.markers.count(raised)) return false;
  const auto* next = sup->next;
  if (before.ends_with(' ') && next && !next->is_element() && !next->text.empty() && is_alpha(next->text[0])) return false;
  before = trimmed(before.substr(0, before.find_last_not_of(" \n\t") + 1));
  if (before.empty()) return false;
  size_t n = before.size();
  while (n > 0 && is_alnum(before[n - 1])) --n;
  const auto word = before.substr(n);
  return word != "10" && word != "m" && word != "cm" && word != "km" && word != "mm";
}

}  // namespace

void inline_text(const XmlNode* n, std::string& out, Notes* notes) {
  for (const XmlNode* c = n->children; c; c = c->next) {
    if (!c->is_element()) {
      out += c->text;
      continue;
    }
    const auto t = c->name;
    if (t == "authorialNote" || (notes && t == "sup" && refers(c, out, *notes))) {
      if (notes) notes->list.push_back({c, out.size()});
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
    if (note.node->name == "sup") continue;
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
    if (note.node->name == "sup")
      if (const auto place = places.find(text_of(note.node)); place != places.end()) refer(note, place->second);
  for (auto& p : paragraphs) std::stable_sort(p.notes.begin(), p.notes.end(), [](const NoteMark& a, const NoteMark& b) { return a.at < b.at; });
}

}  // namespace resolute::indexer::akn
