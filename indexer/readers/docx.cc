// WordprocessingML, ECMA-376 part 1: the paragraphs, tables and notes of a Word file.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "indexer/readers/reader.h"
#include "indexer/readers/xml.h"
#include "schemas/ascii.h"
#include "text/normalize.h"
#include "text/structure.h"

namespace resolute::indexer {
namespace {

using text::Piece;

int integer(std::string_view s) {
  int value = 0;
  s = trimmed(s);
  if (s.starts_with('+')) s.remove_prefix(1);
  std::from_chars(s.data(), s.data() + s.size(), value);
  return value;
}

std::string letters(int value, char first) {
  std::string out;
  for (; value > 0; value = (value - 1) / 26) out.insert(out.begin(), static_cast<char>(first + (value - 1) % 26));
  return out;
}

std::string roman(int value, bool upper) {
  static constexpr std::array<std::pair<int, const char*>, 9> kSteps = {
      {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}}};
  std::string out;
  for (const auto& [n, s] : kSteps)
    for (; value >= n && out.size() < 40; value -= n) out += s;
  if (upper)
    for (char& c : out) c = static_cast<char>(c - 32);
  return out;
}

// The numbers that Word sets by itself: lists of numbering.xml, counted as they come.
class Numbering {
 public:
  explicit Numbering(const XmlNode* root) {
    std::map<std::string_view, std::map<int, Level>> abstract;
    for (const XmlNode* c = root ? root->children : nullptr; c; c = c->next) {
      if (c->name == "abstractNum") {
        for (const XmlNode* l = c->children; l; l = l->next) {
          if (l->name != "lvl") continue;
          Level level;
          if (const auto* x = l->child("numFmt")) level.format = x->attribute("val");
          if (const auto* x = l->child("lvlText")) level.text = x->attribute("val");
          if (const auto* x = l->child("start")) level.start = integer(x->attribute("val"));
          abstract[c->attribute("abstractNumId")][integer(l->attribute("ilvl"))] = level;
        }
      } else if (c->name == "num") {
        if (const auto* x = c->child("abstractNumId")) lists_[std::string(c->attribute("numId"))].levels = abstract[x->attribute("val")];
      }
    }
  }

  // The number of the next paragraph at a level of a list, with a space after; empty where there is none.
  std::string next(std::string_view list, int level) {
    const auto it = lists_.find(list);
    if (it == lists_.end() || level < 0 || level > 8) return "";
    auto& l = it->second;
    const auto at = l.levels.find(level);
    if (at == l.levels.end() || at->second.format == "none") return "";
    if (at->second.format == "bullet") return "• ";
    for (auto& [deeper, count] : l.counts)
      if (deeper > level) count = 0;
    ++l.counts[level];
    std::string out;
    const std::string& text = at->second.text;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9')
        out += print(l, text[++i] - '1');
      else
        out += text[i];
    }
    return out.empty() ? "" : out + " ";
  }

 private:
  struct Level {
    std::string format = "decimal", text;
    int start = 1;
  };
  struct List {
    std::map<int, Level> levels;
    std::map<int, int> counts;
  };

  static std::string print(List& l, int level) {
    const auto& of = l.levels[level];
    const int value = of.start + std::max(l.counts[level], 1) - 1;
    if (of.format == "lowerLetter") return letters(value, 'a');
    if (of.format == "upperLetter") return letters(value, 'A');
    if (of.format == "lowerRoman") return roman(value, false);
    if (of.format == "upperRoman") return roman(value, true);
    return std::to_string(value);
  }

  std::map<std::string, List, std::less<>> lists_;
};

class WordReader {
 public:
  WordReader(const XmlNode* notes, const XmlNode* ends, const XmlNode* numbering) : numbering_(numbering) {
    collect_notes(notes, "footnote", notes_);
    collect_notes(ends, "endnote", ends_);
  }

  std::vector<Piece> run(const XmlNode* body) {
    walk(body, 0);
    return std::move(pieces_);
  }

 private:
  using Notes = std::map<std::string_view, const XmlNode*>;

  static void collect_notes(const XmlNode* root, std::string_view kind, Notes& out) {
    for (const XmlNode* c = root ? root->children : nullptr; c; c = c->next)
      if (c->name == kind && c->attribute("type").find("eparator") == std::string::npos) out[c->attribute("id")] = c;
  }

  void walk(const XmlNode* parent, int depth) {
    if (depth > 60) return;
    for (const XmlNode* c = parent->children; c; c = c->next) {
      const auto t = c->name;
      if (t == "p")
        paragraph(c);
      else if (t == "tbl")
        table(c, depth);
      else if (t == "sdt" || t == "sdtContent" || t == "ins" || t == "customXml" || t == "smartTag")
        walk(c, depth + 1);
    }
  }

  // Text of a paragraph, run by run. Deleted text and field codes are not shown, so not read.
  void inline_text(const XmlNode* n, std::string& out, std::vector<Piece>* notes, std::vector<Piece::Mark>* marks, int depth) {
    if (depth > 60) return;
    for (const XmlNode* c = n->children; c; c = c->next) {
      const auto t = c->name;
      if (t == "t")
        out += c->content();
      else if (t == "tab" || t == "br" || t == "cr")
        out += ' ';
      else if (t == "noBreakHyphen")
        out += "-";
      else if ((t == "footnoteReference" || t == "endnoteReference") && notes) {
        note(c, t == "footnoteReference" ? notes_ : ends_, *notes, marks, out.size());
        // The mark that was typed for it stands beside it, no part of the text.
        if (!c->attribute("customMarkFollows").empty())
          if (c->next && c->next->name == "t" && text::tidy(c->next->content()).size() <= 4) c = c->next;
      } else if (t != "pPr" && t != "rPr" && t != "del" && t != "instrText" && t != "drawing" && t != "pict" && t != "AlternateContent" && t != "moveFrom")
        inline_text(c, out, notes, marks, depth + 1);
    }
  }

  // `at`: byte of the text that it is referred to in.
  void note(const XmlNode* reference, const Notes& all, std::vector<Piece>& out, std::vector<Piece::Mark>* marks, size_t at) {
    const auto it = all.find(reference->attribute("id"));
    if (it == all.end()) return;
    Piece p;
    p.role = Piece::Role::note;
    const bool own_mark = !reference->attribute("customMarkFollows").empty();
    if (!own_mark) p.number = std::to_string(++marker_);
    for (const XmlNode* c = it->second->children; c; c = c->next) {
      if (c->name != "p") continue;
      if (!p.text.empty()) p.text += ' ';
      inline_text(c, p.text, nullptr, nullptr, 0);
    }
    if (own_mark) {
      // The mark that was typed stands before the note: "* Reissued ...", "2 A/93/12.".
      p.text = text::tidy(p.text);
      const char* typed = p.text.starts_with('*') ? "*" : "0123456789";
      const size_t mark = std::min(p.text.find_first_not_of(typed), p.text.size());
      if (mark <= 3) {
        p.number = p.text.substr(0, mark);
        p.text.erase(0, mark);
      }
    }
    if (marks) marks->push_back({at, p.number, out.size()});
    out.push_back(std::move(p));
  }

  std::string numbered(const XmlNode* p) {
    const XmlNode* properties = p->child("pPr");
    const XmlNode* list = properties ? properties->child("numPr") : nullptr;
    const XmlNode* id = list ? list->child("numId") : nullptr;
    if (!id) return "";
    const XmlNode* level = list->child("ilvl");
    return numbering_.next(id->attribute("val"), level ? integer(level->attribute("val")) : 0);
  }

  void paragraph(const XmlNode* p) {
    std::string s = numbered(p);
    std::vector<Piece> notes;
    std::vector<Piece::Mark> marks;
    inline_text(p, s, &notes, &marks, 0);
    if (!text::tidy(s).empty()) {
      for (auto& mark : marks) mark.note += pieces_.size() + 1;
      pieces_.push_back({Piece::Role::text, std::move(s), "", std::move(marks)});
    }
    for (auto& n : notes) pieces_.push_back(std::move(n));
  }

  // The masthead is a table whose cells are lines of their own; any other table is rows.
  void table(const XmlNode* t, int depth) {
    const bool masthead = std::count_if(pieces_.begin(), pieces_.end(), [](const Piece& p) { return p.role == Piece::Role::text; }) < 3;
    for (const XmlNode* r = t->children; r; r = r->next) {
      if (r->name != "tr") continue;
      std::string row;
      std::vector<Piece> notes;
      for (const XmlNode* c = r->children; c; c = c->next) {
        if (c->name != "tc") continue;
        if (masthead) {
          walk(c, depth + 1);
          continue;
        }
        std::string cell;
        cell_text(c, cell, notes, depth + 1);
        if (const auto tidy = text::tidy(cell); !tidy.empty()) row += (row.empty() ? "" : " | ") + tidy;
      }
      if (!row.empty()) pieces_.push_back({Piece::Role::row, std::move(row), ""});
      for (auto& n : notes) pieces_.push_back(std::move(n));
    }
  }

  void cell_text(const XmlNode* cell, std::string& out, std::vector<Piece>& notes, int depth) {
    if (depth > 60) return;
    for (const XmlNode* c = cell->children; c; c = c->next) {
      if (c->name == "p") {
        if (!out.empty()) out += ' ';
        out += numbered(c);
        inline_text(c, out, &notes, nullptr, depth);
      } else if (c->name == "tbl" || c->name == "tr" || c->name == "tc" || c->name == "sdt" || c->name == "sdtContent") {
        cell_text(c, out, notes, depth + 1);
      }
    }
  }

  Numbering numbering_;
  Notes notes_, ends_;
  int marker_ = 0;
  std::vector<Piece> pieces_;
};

}  // namespace

Reading read_docx(const std::string& path, std::string_view bytes) {
  Reading out;
  if (bytes.starts_with(kCompoundFile)) {
    out.rejections.push_back({path, "encrypted", "the Word file is protected by a password", ""});
    return out;
  }
  std::map<std::string, ParsedXml> parts;
  read_archive(
      path, bytes, kMostArchiveDepth,
      [&](Source&& member) {
        const std::string part = member.path.substr(std::min(path.size() + 1, member.path.size()));
        if (part != "word/document.xml" && part != "word/footnotes.xml" && part != "word/endnotes.xml" && part != "word/numbering.xml") return;
        auto parsed = parse_xml(member.bytes);
        if (auto hostile = hostile_xml(path, member.bytes, parsed)) out.rejections.push_back(std::move(*hostile));
        parts[part] = std::move(parsed);
      },
      [&](Rejection&& r) {
        r.path = path;
        out.rejections.push_back(std::move(r));
      });
  const auto find = [&](const char* part) -> const XmlNode* {
    const auto it = parts.find(part);
    return it == parts.end() ? nullptr : it->second.root;
  };
  const XmlNode* root = find("word/document.xml");
  const XmlNode* body = root ? root->child("body") : nullptr;
  if (!body) {
    if (out.rejections.empty()) out.rejections.push_back({path, "malformed", "the Word file has no readable word/document.xml", ""});
    return out;
  }
  if (!out.rejections.empty()) return out;
  WordReader reader(find("word/footnotes.xml"), find("word/endnotes.xml"), find("word/numbering.xml"));
  const bool mended = !parts.at("word/document.xml").well_formed;
  return finish_pieces(path, "docx", reader.run(body), mended ? std::optional(Warning{WarningCode::ill_formed, {}}) : std::nullopt);
}

}  // namespace resolute::indexer
