// AKN4UN, the UN's Akoma Ntoso: "AKN4UN Guidelines", HLCM; Akoma Ntoso 1.0, OASIS.
#include <algorithm>
#include <cstdlib>

#include "indexer/readers/akn.h"
#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/line_evidence.h"
#include "text/normalize.h"
#include "text/structure.h"

namespace resolute::indexer {
namespace {

using akn::add_footnotes;
using akn::inline_text;
using akn::number_text;
using akn::text_of;

size_t code_points(std::string_view s) {
  return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool annex_head(std::string_view s, bool whole) {
  for (const std::string_view w : {"Annex", "Appendix", "附件", "附录", "附表"}) {
    if (!s.starts_with(w)) continue;
    auto rest = s.substr(w.size());
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    if (!whole) return w[0] != 'A' || rest.size() < s.size() - w.size() || rest.empty();
    if (std::all_of(rest.begin(), rest.end(), [](char c) { return c == 'I' || c == 'V' || c == 'X' || (c & 0x80); }) && rest.size() <= 9) return true;
  }
  return false;
}

// Walks the parts of one statement into paragraphs.
class Walker {
 public:
  Walker(Document& document, bool zh) : document_(document), zh_(zh) {}

  void walk_statement(const XmlNode* statement) {
    notes_.find_markers(statement);
    std::string pending;
    for (const XmlNode* c = statement->children; c; c = c->next)
      if (c->is_element()) pending = walk(c, pending, 0);
    if (!pending.empty()) add(ParagraphKind::plain, pending, pending);
    head_sections();
    add_footnotes(notes_, document_);
  }

 private:
  // A draft that the resolution recommends to another organ stands in it as a document of
  // its own, with preamble and numbers from 1.
  void recommended(const XmlNode* components) {
    for (const XmlNode* component = components->children; component; component = component->next)
      for (const XmlNode* c = component->children; c; c = c->next) {
        if (c->name != "statement" && c->name != "doc") continue;
        annex_ = false;
        zone_.clear();
        for (auto* s : {&parent_, &sub_, &last_, &last_sub_}) s->clear();
        std::string pending;
        for (const XmlNode* part = c->children; part; part = part->next)
          if (part->is_element()) pending = walk(part, pending, 0);
        if (!pending.empty()) add(ParagraphKind::plain, pending, pending);
      }
  }

  void add(ParagraphKind kind, std::string number, std::string text) {
    if (text.empty()) return;
    Paragraph p;
    p.kind = kind;
    p.number = std::move(number);
    p.text = std::move(text);
    document_.paragraphs.push_back(std::move(p));
  }

  void add_text(ParagraphKind kind, std::string number, const XmlNode* e) {
    const size_t first = notes_.list.size();
    const auto s = text_of(e, &notes_);
    add(kind, std::move(number), s);
    if (!s.empty()) place_notes(first, s.size());
  }

  // Of a text of `whole` bytes that was added last, but for a number at its beginning: its notes are those from `first` on.
  void place_notes(size_t first, size_t whole) {
    if (document_.paragraphs.empty() || document_.paragraphs.back().text.size() > whole) return;
    const size_t gone = whole - document_.paragraphs.back().text.size();
    for (size_t i = first; i < notes_.list.size(); ++i) {
      auto& note = notes_.list[i];
      if (note.at == akn::Note::kNowhere || note.at < gone) continue;
      note.at -= gone;
      note.paragraph = document_.paragraphs.size() - 1;
    }
  }

  ParagraphKind zone_kind() const {
    if (annex_) return ParagraphKind::annex;
    if (zone_ == "preamble") return ParagraphKind::preambular;
    if (zone_ == "attachments") return ParagraphKind::annex;
    return main_kind();
  }
  ParagraphKind main_kind() const {
    return document_.type == DocumentType::statement  ? ParagraphKind::statement
           : document_.type == DocumentType::decision ? ParagraphKind::decision
                                                      : ParagraphKind::operative;
  }

  void block(const std::string& number, std::string text, int level) {
    ParagraphKind kind = zone_kind();
    std::string full = number_text(number);
    // "III. Science" may be marked up as an item of the paragraph before it.
    if (!full.empty() && kind == main_kind() && is_section_number(full) && heading_like(text))
      sections_.push_back({document_.paragraphs.size(), full, level > 0 && parse_han(full)});
    if (full.empty() && level == 0 && (kind == ParagraphKind::operative || kind == ParagraphKind::annex)) {
      level = own_number(text, kind, full);
      if (level > 0) parent_ = last_, sub_ = last_sub_;
    }
    if (level > 0 && !full.empty()) {
      // "(ii)" under "(a)" under "3" is 3(a)(ii).
      std::string above = parent_;
      if (level == 1)
        sub_ = last_sub_ = full;
      else if (!sub_.empty())
        above = above.empty() ? sub_ : above + "(" + sub_ + ")";
      if (!above.empty()) full = above + "(" + full + ")";
    } else if (level == 0 && !full.empty()) {
      parent_ = last_ = full;
      sub_.clear();
      last_sub_.clear();
    }
    if (kind == ParagraphKind::operative && number.empty() && level == 0 && heading_like(text)) kind = ParagraphKind::heading;
    add(kind, std::move(full), std::move(text));
  }

  // "I. Sustainable development" heads what follows; of a list, the next number follows at once.
  void head_sections() {
    auto& paragraphs = document_.paragraphs;
    std::vector<const Section*> heads;
    for (const auto& section : sections_) {
      const size_t i = section.paragraph;
      const bool listed = i + 1 >= paragraphs.size() || follows_number(section.number, own_part(paragraphs[i + 1].number)) ||
                          (i > 0 && follows_number(own_part(paragraphs[i - 1].number), section.number));
      // 二 within a paragraph goes on from the section 一, or is an item.
      if (!listed && (!section.may_be_item || (!heads.empty() && follows_number(heads.back()->number, section.number)))) heads.push_back(&section);
    }
    for (const auto* section : heads) {
      auto& p = paragraphs[section->paragraph];
      p.kind = ParagraphKind::heading;
      p.number = section->number;
    }
  }
  // "48(e)(III)" -> "III".
  static std::string own_part(const std::string& number) {
    const size_t open = number.rfind('(');
    return open == std::string::npos || !number.ends_with(')') ? number : number.substr(open + 1, number.size() - open - 2);
  }

  // A number that stands in the text itself: "(a) ...", "4. ...", and "4 Calls ..." where 4 is
  // the next. Takes it off the text and gives its level.
  int own_number(std::string& text, ParagraphKind kind, std::string& number) const {
    const std::string next = std::to_string(last_.empty() ? 1 : std::atoi(last_.c_str()) + 1);
    auto n = text::find_numeral(text);
    if (n.bytes == 0) {
      const std::string bare = next + " ";
      if (kind == ParagraphKind::operative && !last_.empty() && text.starts_with(bare) && text.size() > bare.size() &&
          (is_upper(text[bare.size()]) || (text[bare.size()] & 0x80)))
        n = {next, bare.size(), 0};
    } else if (n.level == 0 && n.number != next) {
      return 0;
    }
    if (n.bytes == 0) return 0;
    number = n.number;
    text.erase(0, n.bytes);
    return n.level == 2 &&
                   (last_sub_.empty() || (number == "i" && last_sub_ == "h") || (number == "v" && last_sub_ == "u") || (number == "x" && last_sub_ == "w"))
               ? 1
               : n.level;
  }

  // Short unnumbered lines without closing punctuation stand as headings in the operative part.
  bool heading_like(const std::string& s) const {
    if (code_points(s) >= (zh_ ? 45u : 130u)) return false;
    for (const std::string_view mark : {";", "；", ".", "。", ",", "，", ":", "：", ")", "）", "”", "\""})
      if (s.ends_with(mark)) return false;
    return true;
  }

  // What stands before the text, each block a heading.
  void preface(const XmlNode* e) {
    for (const XmlNode* p = e->children; p; p = p->next) {
      if (!p->is_element()) continue;
      std::string number, title;
      for (const XmlNode* c = p->children; c; c = c->next) {
        if (c->is_element() && c->name == "docNumber")
          number = text_of(c, &notes_);
        else if (c->name == "authorialNote")
          notes_.list.push_back({c});
        else if (c->is_element())
          title += (title.empty() ? "" : " ") + text_of(c, &notes_);
        else
          title += text::tidy(c->text);
      }
      add(ParagraphKind::heading, number_text(number), text::tidy(title));
    }
  }

  void table_row(const XmlNode* e) {
    std::string row, number;
    size_t cells = 0;
    for (const XmlNode* c = e->children; c; c = c->next)
      if (c->is_element()) {
        row += (row.empty() ? "" : " | ") + text_of(c, &notes_);
        ++cells;
      }
    if (cells == 1)
      if (const auto n = text::find_numeral(row); n.bytes > 0) {
        number = n.number;
        row.erase(0, n.bytes);
      }
    const bool any = std::any_of(row.begin(), row.end(), [](char c) { return c != ' ' && c != '|'; });
    // An empty cell leaves its spaces.
    if (any) add(ParagraphKind::table, std::move(number), text::tidy(row));
  }

  void conclusions(const XmlNode* e) {
    annex_ = false;
    for (const XmlNode* p = e->children; p; p = p->next)
      if (p->is_element() && !add_marked(p)) add(ParagraphKind::closing, "", text_of(p, &notes_));
  }

  // `pending` is a number waiting for its text; gives what is still waiting.
  std::string walk(const XmlNode* e, std::string pending, int level) {
    const auto t = e->name;
    if (t == "meta" || t == "authorialNote") return pending;
    if (add_marked(e)) return pending;
    if (t == "component") return pending;  // a document of its own
    if (t == "components") {
      recommended(e);
      return "";
    }
    if (t == "coverPage") {
      std::string ignored;
      inline_text(e, ignored, &notes_);
      return pending;
    }
    if (t == "preface") {
      preface(e);
      return pending;
    }
    if (t == "num") {
      const auto s = text_of(e, &notes_);
      return pending.empty() ? s : pending + " " + s;
    }
    if (t == "preamble" || t == "mainBody" || t == "body" || t == "conclusions" || t == "attachments" || t == "collectionBody") {
      if (!(t == "mainBody" && zone_ == "attachments")) zone_ = t;
      if (t == "attachments") annex_ = true;
      if (t == "preamble") annex_ = false;
      if (t == "conclusions") {
        conclusions(e);
        return "";
      }
    }
    if (t == "formula") {
      add_text(ParagraphKind::enacting, "", e);
      return "";
    }
    if (t == "crossHeading" || t == "heading" || t == "subheading" || (t == "block" && e->attribute("name").ends_with("heading"))) {
      const auto head = text_of(e);
      if (annex_head(head, false)) start_annex();
      // Sections of a resolution have preambles of their own, which are marked up as headings.
      const bool recital = pending.empty() && !annex_ && document_.type == DocumentType::resolution && text::is_recital(head, zh_);
      if (recital)
        for (auto* s : {&parent_, &sub_, &last_, &last_sub_}) s->clear();
      add_text(recital ? ParagraphKind::preambular : ParagraphKind::heading, number_text(pending), e);
      return "";
    }
    if (t == "tr") {
      table_row(e);
      return "";
    }
    if ((t == "p" || t == "listIntroduction" || t == "wrapUp" || t == "listWrapUp") && !holds_blocks(e)) {
      const size_t first = notes_.list.size();
      auto s = text_of(e, &notes_);
      const size_t whole = s.size();
      if (s.empty()) return pending;
      if (pending.empty() && annex_head(s, true)) {
        start_annex();
        add(ParagraphKind::heading, "", s);
      } else {
        block(pending, std::move(s), level);
      }
      place_notes(first, whole);
      return "";
    }
    int inner = level;
    if (t == "point" || t == "item" || t == "sublist" || t == "indent") ++inner;
    if ((t == "paragraph" || t == "container" || t == "section") && level == 0) parent_.clear(), sub_.clear();
    return walk_children(e, std::move(pending), inner);
  }

  std::string walk_children(const XmlNode* e, std::string pending, int inner) {
    // Text that stands directly in a structural element, as in ill-formed files.
    for (const XmlNode* c = e->children; c; c = c->next) {
      if (c->is_element()) {
        if (inline_element(c->name)) {
          loose_ += text_of(c, &notes_) + " ";
          continue;
        }
        flush_loose(pending, inner);
        pending = walk(c, pending, inner);
      } else {
        const auto s = text::tidy(c->text);
        if (!s.empty()) loose_ += s + " ";
      }
    }
    flush_loose(pending, inner);
    return pending;
  }

  // A block whose class says its kind, "kind-operative", as this program writes it: number and text as they stand.
  bool add_marked(const XmlNode* e) {
    const auto mark = e->attribute("class");
    const auto kind = mark.starts_with("kind-") ? parse_kind(mark.substr(5)) : std::nullopt;
    if (!kind) return false;
    std::string number, text;
    for (const XmlNode* c = e->children; c; c = c->next) {
      if (!c->is_element())
        text += c->text;
      else if (c->name == "num")
        number = text_of(c);
      else
        inline_text(c, text, nullptr);
    }
    add(*kind, std::move(number), text::tidy(text));
    return true;
  }

  void flush_loose(std::string& pending, int level) {
    auto s = text::tidy(loose_);
    loose_.clear();
    if (s.empty()) return;
    block(pending, std::move(s), level);
    pending.clear();
  }

  static bool inline_element(std::string_view t) {
    return t == "span" || t == "a" || t == "b" || t == "i" || t == "u" || t == "sup" || t == "sub" || t == "inline" || t == "docTitle" || t == "docNumber" ||
           t == "docDate" || t == "ref" || t == "date" || t == "quantity" || t == "organization";
  }

  static bool holds_blocks(const XmlNode* e) {
    for (const XmlNode* c = e->children; c; c = c->next)
      if (c->name == "p" || c->name == "blockList" || c->name == "list" || c->name == "table") return true;
    return false;
  }

  void start_annex() {
    annex_ = true;
    for (auto* s : {&parent_, &sub_, &last_, &last_sub_}) s->clear();
  }

  Document& document_;
  bool zh_;
  std::string zone_, loose_;
  std::string parent_, sub_;     // numbers above, within one element
  std::string last_, last_sub_;  // the last of these levels, for numbers that stand in the text
  bool annex_ = false;
  struct Section {
    size_t paragraph;
    std::string number;
    bool may_be_item;
  };
  std::vector<Section> sections_;  // paragraphs that may head one
  akn::Notes notes_;
};

// Text enough to tell its language by.
std::string beginning(const XmlNode* node) {
  constexpr size_t kEnough = 6'144;
  std::string out;
  for (const XmlNode* c = node->children; c && out.size() < kEnough; c = c->next) {
    if (c->name == "meta") continue;
    for (const XmlNode* part = c->children; part && out.size() < kEnough; part = part->next) {
      if (!part->is_element())
        out += part->text;
      else if (part->is_element() && part->name != "authorialNote")
        inline_text(part, out, nullptr);
    }
  }
  return out;
}

const XmlNode* child_statement(const XmlNode* parent) {
  for (const XmlNode* c = parent->children; c; c = c->next) {
    const auto t = c->name;
    if (t == "statement" || t == "documentCollection" || t == "doc" || t == "act" || t == "bill") return c;
  }
  return nullptr;
}

enum class Place { whole, component };

// base_symbol: of a component, the whole's symbol, that a part's letter goes after.
void read_statement(const std::string& path, const XmlNode* node, bool well_formed, Reading& out, Place place = Place::whole,
                    const std::string& base_symbol = "") {
  Document d;
  d.path = path;
  d.format = "akn";
  const auto meta = akn::read_metadata(node, place == Place::whole ? path : "", d);
  // A document of its own within a collection says its own name.
  if (!base_symbol.empty() && (!meta.part.empty() || d.identifier.empty())) {
    if (const auto s = parse_symbol(base_symbol + meta.part)) d.identifier = s->text();
    if (const auto s = parse_symbol(d.identifier)) {
      d.body = s->body();
      d.session = s->session();
    }
  }
  const auto lang = text::detect_language(beginning(node));
  if (!lang) {
    out.rejections.push_back({path, "unsupported-language", "the text is neither Chinese nor English", ""});
    return;
  }
  d.lang = *lang;
  const auto& tag = meta.language;
  if (!tag.empty() && tag != (d.lang == Language::zh ? "zho" : "eng") && tag != (d.lang == Language::zh ? "zh" : "en") && tag != "chi")
    d.warnings.push_back({WarningCode::other_language, {tag, d.lang == Language::zh ? "Chinese" : "English"}});
  if (!well_formed) d.warnings.push_back({WarningCode::ill_formed, {}});
  Walker(d, d.lang == Language::zh).walk_statement(node);
  if (d.meeting.empty() && d.type == DocumentType::statement) {
    // "At the 6374th meeting of the Security Council, held on ..."
    for (size_t i = 0; i < d.paragraphs.size() && i < 4 && d.meeting.empty(); ++i) d.meeting = text::find_meeting(d.paragraphs[i].text);
  }
  if (d.paragraphs.empty()) {
    out.rejections.push_back({path, "empty", "the file holds no text", ""});
    return;
  }
  if (d.identifier.empty()) {
    out.rejections.push_back({path, "no-symbol", "neither the file nor its name gives a symbol", ""});
    return;
  }
  text::complete(d);
  out.documents.push_back(std::move(d));
}

}  // namespace

Reading read_akn(const std::string& path, std::string_view bytes) {
  Reading out;
  if (bytes.size() > kMostFileBytes) {
    out.rejections.push_back({path, "too-large", "the file has more than " + std::to_string(kMostFileBytes >> 20) + " MiB", ""});
    return out;
  }
  ParsedXml parsed = parse_xml(bytes);
  const bool well_formed = parsed.well_formed;
  if (auto hostile = hostile_xml(path, bytes, parsed)) {
    out.rejections.push_back(std::move(*hostile));
    return out;
  }
  if (!well_formed) {
    if (auto mended = parse_xml(mend_xml(bytes)); mended.root) parsed = std::move(mended);
  }
  const XmlNode* root = parsed.root;
  const XmlNode* statement = root ? child_statement(root) : nullptr;
  if (!statement) {
    out.rejections.push_back(
        {path, "malformed", parsed.error.empty() ? "no document in the file" : parsed.error, parsed.line ? "line " + std::to_string(parsed.line) : ""});
    return out;
  }
  // A collection may have nothing of its own.
  const auto has = [&](std::string_view name) {
    for (const XmlNode* c = statement->children; c; c = c->next)
      if (c->name == name) return true;
    return false;
  };
  if (!has("collectionBody") || has("coverPage") || has("preface")) read_statement(path, statement, well_formed, out);
  // A publication is a cover, a collection perhaps nothing; their parts are components.
  const std::string base = out.documents.empty() ? "" : out.documents[0].identifier;
  const auto symbol = parse_symbol(base);
  const size_t whole = out.documents.size();
  for (const XmlNode* holder : {root, statement})
    for (const XmlNode* c = holder->children; c; c = c->next) {
      if (c->name != "components" && c->name != "collectionBody") continue;
      for (const XmlNode* component = c->children; component; component = component->next)
        if (component->name == "component")
          if (const XmlNode* part = child_statement(component))
            read_statement(path, part, well_formed, out, Place::component, symbol ? symbol->without_part().text() : base);
    }
  if (whole == 0 && !out.documents.empty())
    std::erase_if(out.rejections, [](const Rejection& r) { return r.reason == "empty" || r.reason == "no-symbol" || r.reason == "unsupported-language"; });
  return out;
}

}  // namespace resolute::indexer
