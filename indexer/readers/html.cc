// HTML: block elements are paragraphs, rows of tables are rows. Where <br> or <pre> set lines, they are read as lines of
// a text are.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"
#include "text/encoding.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/page.h"
#include "text/structure.h"

namespace resolute::indexer {
namespace {

using text::Piece;

const std::set<std::string_view> kLeftOut = {"script",   "style", "nav",  "header", "footer", "head",   "noscript",
                                             "template", "svg",   "form", "button", "select", "iframe", "object"};
const std::set<std::string_view> kBlocks = {"p",       "div",        "li",      "ol",      "ul",      "h1",      "h2",      "h3",     "h4",  "h5",
                                            "h6",      "blockquote", "section", "article", "main",    "body",    "html",    "center", "dl",  "dt",
                                            "dd",      "table",      "tbody",   "thead",   "tfoot",   "tr",      "td",      "th",     "pre", "hr",
                                            "address", "figure",     "caption", "aside",   "details", "summary", "fieldset"};

const std::set<std::string_view> kHoldSections = {"html", "body", "main", "article", "section", "table", "ol", "ul", "h1", "h2", "h3", "h4", "h5", "h6"};

class HtmlReader {
 public:
  std::vector<Piece> run(const XmlNode* root) {
    std::set<std::string_view> anchors;
    find_notes(root, false, anchors, 0);
    walk(root, 0);
    flush();
    return std::move(pieces_);
  }
  // Lines stand within paragraphs: which of them are paragraphs, the text has to say.
  bool has_lines() const { return lines_; }

 private:
  void flush(Piece::Role role = Piece::Role::text) {
    while (line_.ends_with('\n')) line_.pop_back();
    if (!text::tidy(line_).empty()) {
      lines_ |= role == Piece::Role::text && line_.find('\n', line_.find_first_not_of("\n ")) != std::string::npos;
      pieces_.push_back({role, line_, "", std::move(marks_)});
    }
    line_.clear();
    marks_.clear();
  }

  // Line ends of the source are spaces, but in <pre>.
  void add(std::string_view text) {
    for (const char c : text) line_ += !pre_ && (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
  }

  // "3. ", "(c) ": what a browser sets before an item, where its text has no number of its own.
  static std::string item_label(const XmlNode* list, int n) {
    const auto type = list->attribute("type");
    if (type == "a" && n <= 26) return std::string("(") + static_cast<char>('a' + n - 1) + ") ";
    if (type == "i") {
      static constexpr const char* kRoman[] = {"i",  "ii",  "iii",  "iv",  "v",  "vi",  "vii",  "viii",  "ix",  "x",
                                               "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"};
      if (n <= 20) return std::string("(") + kRoman[n - 1] + ") ";
    }
    if (type == "A" && n <= 26) return std::string(1, static_cast<char>('A' + n - 1)) + ". ";
    return std::to_string(n) + ". ";
  }

  void number_items(const XmlNode* list, int depth) {
    const auto start = list->attribute("start");
    int n = 1;
    if (!start.empty() && start.size() <= 4 && std::all_of(start.begin(), start.end(), [](char c) { return c >= '0' && c <= '9'; }))
      n = std::max(1, std::stoi(std::string(start)));
    for (const XmlNode* c = list->children; c; c = c->next) {
      flush();
      if (c->name != "li") {
        if (c->is_element()) walk(c, depth + 1);
        continue;
      }
      if (const auto number = take_note_number(c); !number.empty()) {
        note(c, number, depth);
        continue;
      }
      const size_t before = pieces_.size();
      const std::string label = item_label(list, n++);
      walk(c, depth + 1);
      flush();
      if (pieces_.size() == before) continue;
      auto& [role, text, number, marks] = pieces_[before];
      const size_t blank = std::min(text.find_first_not_of(" \n"), text.size());
      text.erase(0, blank);
      const bool labelled = text::find_numeral(text).bytes > 0;
      if (!labelled) text = label + text;
      for (auto& mark : marks) mark.at = mark.at - std::min(mark.at, blank) + (labelled ? 0 : label.size());
    }
  }

  // The beginning of an element's text, enough to tell a marker by.
  static std::string text_of(const XmlNode* n, int depth = 0) {
    std::string s;
    for (const XmlNode* c = n->children; c && s.size() < 16; c = c->next) s += c->is_element() ? depth < 6 ? text_of(c, depth + 1) : "" : std::string(c->text);
    return text::tidy(s);
  }
  // A marker of a note stands raised: its number is no part of the text. Empty where it is none.
  static std::string marker(const XmlNode* n) {
    std::string s = text_of(n);
    if (s.size() > 5 || s.find_first_not_of("0123456789*[]()") != std::string::npos) return "";
    if (const size_t from = s.find_first_of("0123456789*"); from != std::string::npos) s = s.substr(from, s.find_first_of("[]()", from) - from);
    return s;
  }

  static std::string_view anchor_of(const XmlNode* n) {
    const auto id = n->attribute("id");
    return id.empty() && n->name == "a" ? n->attribute("name") : id;
  }

  // What markers lead to: a raised or bracketed number that is a link within the file, to what comes after it.
  void find_notes(const XmlNode* parent, bool raised, std::set<std::string_view>& anchors, int depth) {
    if (depth > 400) return;
    for (const XmlNode* c = parent->children; c; c = c->next) {
      if (!c->is_element()) continue;
      if (const auto own = anchor_of(c); !own.empty()) anchors.insert(own);
      if (const auto target = link_of(c); !target.empty() && !anchors.count(target) && !marker(c).empty())
        if (raised || c->child("sup") || text_of(c).starts_with('[')) note_of_.emplace(target, marker(c));
      find_notes(c, raised || c->name == "sup", anchors, depth + 1);
    }
  }
  static std::string_view link_of(const XmlNode* n) {
    const auto href = n->name == "a" ? n->attribute("href") : std::string_view();
    return href.starts_with('#') ? href.substr(1) : std::string_view();
  }

  // The number of the note that a block is: markers lead to it or to the anchor that it begins with. Empty where it is none, or was given.
  std::string take_note_number(const XmlNode* block) {
    // What holds sections is none, whatever leads to it: a table of contents has bracketed numbers, too.
    if (kHoldSections.count(block->name)) return "";
    const XmlNode* n = block;
    for (int depth = 0; n && depth < 4; ++depth) {
      if (const auto it = note_of_.find(anchor_of(n)); it != note_of_.end()) return taken_.insert(it->first).second ? it->second : "";
      n = n->children;
      while (n && !n->is_element() && text::tidy(n->text).empty()) n = n->next;
      if (n && (!n->is_element() || kBlocks.count(n->name))) return "";
    }
    return "";
  }

  void note(const XmlNode* block, const std::string& number, int depth) {
    std::vector<Piece> outer;
    outer.swap(pieces_);
    walk(block, depth + 1);
    flush();
    std::string s;
    for (const auto& p : pieces_) s += (s.empty() ? "" : " ") + text::tidy(p.text);
    pieces_.swap(outer);
    // Its own number, and the way back, are no part of it.
    for (const std::string& own : {"[" + number + "]", number + ".", number + ")", number})
      if (s.starts_with(own)) {
        s.erase(0, own.size());
        break;
      }
    for (const std::string_view back : {"↩", "↑", "\uFE0E"})
      while (s.ends_with(back)) s = text::tidy(s.substr(0, s.size() - back.size()));
    if (!text::tidy(s).empty()) pieces_.push_back({Piece::Role::note, text::tidy(s), number});
  }

  void walk(const XmlNode* parent, int depth) {
    if (depth > 400) return;
    for (const XmlNode* c = parent->children; c; c = c->next) {
      if (!c->is_element()) {
        add(c->text);
        continue;
      }
      const auto t = c->name;
      if (kLeftOut.count(t)) continue;
      if (const auto number = note_of_.empty() || !kBlocks.count(t) ? "" : take_note_number(c); !number.empty()) {
        flush();
        note(c, number, depth);
        continue;
      }
      if (t == "br") {
        // Two in a row end a paragraph, as one between blocks does.
        while (line_.ends_with(' ')) line_.pop_back();
        const bool again = line_.ends_with('\n');
        line_ += '\n';
        if (again) flush();
      } else if (t == "a" && note_of_.count(link_of(c)) && !text::tidy(line_).empty() && !marker(c).empty()) {
        marks_.push_back({line_.size(), marker(c)});
      } else if (t == "sup" && !text::tidy(line_).empty()) {
        // Where notes are linked to, a raised figure without a link is a power.
        if (auto number = marker(c); !number.empty() && (note_of_.empty() || c->child("a")) && !text::raises_power(line_))
          marks_.push_back({line_.size(), std::move(number)});
        else
          walk(c, depth + 1);
      } else if (t == "tr") {
        flush();
        row(c, depth);
      } else if (t == "ol") {
        flush();
        number_items(c, depth);
        flush();
      } else if (kBlocks.count(t)) {
        flush();
        const bool outer = pre_;
        pre_ |= t == "pre";
        walk(c, depth + 1);
        pre_ = outer;
        flush();
      } else {
        walk(c, depth + 1);
      }
    }
  }

  // Cells joined; a table of one column only sets text, whose blocks are paragraphs.
  void row(const XmlNode* r, int depth) {
    std::vector<const XmlNode*> cells;
    for (const XmlNode* c = r->children; c; c = c->next)
      if (c->name == "td" || c->name == "th") cells.push_back(c);
    if (cells.size() < 2) {
      walk(r, depth + 1);
      flush();
      return;
    }
    std::vector<Piece> outer;
    outer.swap(pieces_);
    std::string joined;
    for (const auto* cell : cells) {
      walk(cell, depth + 1);
      flush();
      std::string s;
      for (const auto& p : pieces_) s += (s.empty() ? "" : " ") + text::tidy(p.text);
      pieces_.clear();
      if (!s.empty()) joined += (joined.empty() ? "" : " | ") + s;
    }
    pieces_.swap(outer);
    line_ = joined;
    flush(Piece::Role::row);
  }

  std::string line_;
  std::map<std::string_view, std::string> note_of_;  // by the anchors of notes: their numbers
  std::set<std::string_view> taken_;                 // of them, those whose notes were read
  std::vector<Piece::Mark> marks_;                   // in line_
  std::vector<Piece> pieces_;
  bool pre_ = false, lines_ = false;
};

// Blocks are parted by blank lines, rows stay rows.
std::vector<text::Line> to_lines(const std::vector<Piece>& pieces) {
  std::vector<text::Line> out;
  for (const auto& p : pieces) {
    if (p.role == Piece::Role::note) continue;
    if (p.role == Piece::Role::row) {
      text::Line row;
      row.text = text::tidy(p.text);
      row.row = row.blank_before = true;
      out.push_back(std::move(row));
      continue;
    }
    auto lines = text::split_lines(p.text);
    if (!lines.empty()) lines[0].blank_before = lines[0].parted = true;
    std::move(lines.begin(), lines.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace

Reading read_html(const std::string& path, std::string_view bytes) {
  Reading out;
  // Bytes that are UTF-8 are so whatever the file says; else it is believed, and without a word the bytes are looked at.
  std::string head(bytes.substr(0, 4096));
  std::transform(head.begin(), head.end(), head.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::optional<Warning> warning;
  std::string utf8;
  const bool named = head.find("charset") != std::string::npos,
             says_utf8 = head.find("charset=utf-8") != std::string::npos || head.find("charset=\"utf-8") != std::string::npos;
  const bool is_utf8 = text::first_invalid_utf8(bytes) == std::string_view::npos && std::any_of(bytes.begin(), bytes.end(), [](char c) { return c & 0x80; });
  if (is_utf8 && named && !says_utf8) warning = Warning{WarningCode::other_encoding, {}};
  if (!named || says_utf8 || is_utf8) {
    auto decoded = text::decode(bytes);
    if (!decoded && !says_utf8) {
      out.rejections.push_back({path, "invalid-encoding", "no encoding that is known fits the bytes", ""});
      return out;
    }
    if (decoded) {
      if (!warning) warning = decoded->doubt();
      utf8 = std::move(decoded->utf8);
      bytes = utf8;
    }
  }
  auto parsed = parse_html(bytes, utf8.empty() ? "" : "UTF-8");
  const XmlNode* root = parsed.root;
  if (!root) {
    out.rejections.push_back({path, "malformed", parsed.error.empty() ? "no HTML in the file" : parsed.error, ""});
    return out;
  }
  HtmlReader reader;
  const auto pieces = reader.run(root);
  if (!reader.has_lines()) return finish_pieces(path, "html", pieces, warning);
  std::vector<Piece> notes;
  std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(notes), [](const Piece& p) { return p.role == Piece::Role::note; });
  auto document = text::structure_lines(to_lines(pieces), notes, text::Places::unknown);
  if (!document) {
    for (const auto& p : pieces) out.unstructured.push_back(p.text);
    return out;
  }
  if (warning) document->warnings.push_back(*warning);
  finish(path, "html", std::move(*document), out);
  return out;
}

}  // namespace resolute::indexer
