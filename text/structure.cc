#include "text/structure.h"

#include <algorithm>

#include "schemas/ascii.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/line_evidence.h"
#include "text/normalize.h"
#include "text/note_places.h"
#include "text/structurer.h"

namespace resolute::text {
namespace {

std::string whole_text(const std::vector<Line>& lines) {
  std::string out;
  for (const auto& l : lines) out += l.text + '\n';
  return out;
}

// Letters in paragraphs, and in what has no place.
std::pair<size_t, size_t> placed_and_lost(const Document& document) {
  size_t placed = 0, lost = 0;
  for (const auto& s : document.unplaced) lost += letters_of(s).size();
  if (lost > 0)
    for (const auto& p : document.paragraphs) placed += letters_of(p.text).size();
  return {placed, lost};
}

}  // namespace

Structurer::Structurer(std::string_view utf8, Language lang) : zh_(lang == Language::zh), lines_(split_lines(utf8)), join_(zh_, utf8) {
  doc_.lang = lang;
  paged_ = has(utf8, "\f");
}

Structurer::Structurer(const std::vector<Piece>& pieces, Language lang) : zh_(lang == Language::zh), join_(zh_, "") {
  doc_.lang = lang;
  for (const auto& p : pieces) {
    const std::string text = zh_ ? close_han(tidy(p.text)) : tidy(p.text);
    if (text.empty()) continue;
    if (p.role == Piece::Role::note)
      given_notes_.emplace_back(p.number, text);
    else
      blocks_.push_back({text, p.role == Piece::Role::row});
    for (const auto& mark : p.marks) told_markers_.insert(mark.number);
  }
}

Structurer::Structurer(std::vector<Line> lines, const std::vector<Piece>& notes, Places places, Language lang)
    : zh_(lang == Language::zh), lines_(std::move(lines)), join_(zh_, whole_text(lines_)) {
  doc_.lang = lang;
  placed_ = paged_ = places == Places::known;
  for (const auto& p : notes)
    if (const auto text = zh_ ? close_han(tidy(p.text)) : tidy(p.text); !text.empty()) given_notes_.emplace_back(p.number, text);
}

std::optional<Document> Structurer::run(Source source) {
  if (!lines_.empty()) {
    find_cover(lines_);
    strip_furniture();
    join_lines();
    doc_.form = placed_ ? "lines by their places" : print_form(form_);
  } else {
    find_cover(blocks_);
    doc_.form = "paragraphs marked off";
  }
  if (blocks_.empty()) return std::nullopt;
  find_stars();
  masthead();
  find_decision();
  const bool looks_so = started_ || ((!doc_.identifier.empty() || !doc_.date.empty()) && blocks_.size() >= 2);
  if (!looks_so && source == Source::unknown) return std::nullopt;
  unformed_ = !looks_so;
  body();
  footnotes();
  drop_markers();
  if (doc_.paragraphs.empty()) return std::nullopt;
  // Where no closing lines tell them, a decision's own words do.
  if (const auto first = std::find_if(doc_.paragraphs.begin(), doc_.paragraphs.end(), [](const Paragraph& p) { return p.kind == ParagraphKind::decision; });
      first != doc_.paragraphs.end() && opens_decision(first->text)) {
    if (doc_.date.empty()) doc_.date = find_date(first->text);
    if (doc_.meeting.empty()) doc_.meeting = find_meeting(first->text);
  }
  tell_unplaced();
  if (!lines_.empty()) tell_mixed_columns();
  return std::move(doc_);
}

// "79/531. Programme of work", then "At its 55th plenary meeting, ..., the General Assembly decided": a decision by its words alone.
void Structurer::find_decision() {
  if (started_ || !doc_.identifier.empty() || number_.empty()) return;
  for (size_t i = title_at_; i < blocks_.size(); ++i) {
    if (!opens_decision(blocks_[i].text)) continue;
    started_ = true;
    doc_.type = DocumentType::decision;
    if (doc_.body == Body::none) doc_.body = body_named(blocks_[i].text);
    return;
  }
}

bool leaves_text(const Document& document) {
  const auto [placed, lost] = placed_and_lost(document);
  return lost * 200 > placed + lost;
}

void Structurer::tell_unplaced() {
  const auto [placed, lost] = placed_and_lost(doc_);
  if (leaves_text(doc_)) doc_.warnings.push_back({WarningCode::unplaced, {std::to_string(lost * 1000 / (placed + lost))}});
}

// Extraction that takes two columns line by line leaves their order to nobody, but the numbers give it away. One that begins again at 1
// is another text's.
void Structurer::tell_mixed_columns() {
  static constexpr int kFewestBack = 2;
  int last = 0, times = 0;
  std::vector<std::string> first;
  for (const auto& p : doc_.paragraphs) {
    if (p.kind != ParagraphKind::operative || !all_digits(p.number) || p.number.size() > 4) continue;
    const int number = std::stoi(p.number);
    if (number < last && number > 1 && ++times == 1) first = {std::to_string(last), p.number};
    last = number;
  }
  if (times >= kFewestBack) doc_.warnings.push_back({WarningCode::mixed_columns, {std::to_string(times), first[0], first[1]}});
}

template <typename Items>
void Structurer::find_cover(const Items& items) {
  for (size_t i = 0; i < std::min<size_t>(items.size(), 14) && !cover_; ++i) {
    std::string_view s = items[i].text;
    // "Resolution 270 (1969)" names the document itself: symbols below it are others'.
    const std::string low = lowered(s.substr(0, 40));
    if ((low.starts_with("resolution ") && low.size() > 11 && is_digit(low[11])) || low.find("). resolution of ") != std::string::npos) return;
    for (const std::string_view lead : {"United Nations ", "联合国 ", "联合国"})
      if (s.starts_with(lead)) s.remove_prefix(lead.size());
    // "A/C.3/83/L.7*": issued anew.
    while (s.ends_with('*') || s.ends_with(' ')) s.remove_suffix(1);
    if (const auto parsed = parse_symbol(s)) {
      doc_.identifier = parsed->text();
      cover_ = true;
    }
  }
}

std::optional<Document> structure_text(std::string_view utf8, Source source) {
  const auto lang = detect_language(utf8);
  if (!lang) return std::nullopt;
  return Structurer(utf8, *lang).run(source);
}

std::optional<Document> structure_lines(std::vector<Line> lines, const std::vector<Piece>& notes, Places places) {
  const auto lang = detect_language(whole_text(lines));
  if (!lang) return std::nullopt;
  return Structurer(std::move(lines), notes, places, *lang).run();
}

std::optional<Document> structure_pieces(const std::vector<Piece>& pieces) {
  std::string all;
  for (const auto& p : pieces) all += p.text + '\n';
  const auto lang = detect_language(all);
  if (!lang) return std::nullopt;
  auto document = Structurer(pieces, *lang).run();
  if (document) place_notes(pieces, *document);
  return document;
}

}  // namespace resolute::text
