// HTML: block elements are paragraphs, rows of tables are rows.
#include <algorithm>
#include <set>

#include "indexer/reader.h"
#include "indexer/xml.h"
#include "text/encoding.h"
#include "text/normalize.h"
#include "text/structure.h"

namespace resolute::indexer {
namespace {

using text::Piece;

const std::set<std::string_view> kLeftOut = {"script", "style", "nav", "header", "footer", "head", "noscript", "template", "svg", "form", "button", "select", "iframe", "object"};
const std::set<std::string_view> kBlocks = {"p", "div", "li", "ol", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "main", "body", "html", "center", "dl", "dt", "dd",
                                            "table", "tbody", "thead", "tfoot", "tr", "td", "th", "pre", "hr", "address", "figure", "caption", "aside", "details", "summary", "fieldset"};

class Reader {
 public:
  std::vector<Piece> run(const XmlNode* root) {
    walk(root, 0);
    flush();
    return std::move(pieces_);
  }

 private:
  void flush(Piece::Role role = Piece::Role::text) {
    if (!text::tidy(line_).empty()) pieces_.push_back({role, line_, ""});
    line_.clear();
  }

  // A marker of a note stands raised: its number is no part of the text.
  static bool marker(const XmlNode* n) {
    std::string s;
    for (const XmlNode* c = n->children; c; c = c->next)
      s += c->is_element() ? c->content() : std::string(c->text);
    s = text::tidy(s);
    return !s.empty() && s.size() <= 5 && s.find_first_not_of("0123456789*[]()") == std::string::npos;
  }

  void walk(const XmlNode* parent, int depth) {
    if (depth > 400) return;
    for (const XmlNode* c = parent->children; c; c = c->next) {
      if (!c->is_element()) {
        line_ += c->text;
        continue;
      }
      const auto t = c->name;
      if (kLeftOut.count(t)) continue;
      if (t == "br") {
        // Two in a row end a paragraph, as one between blocks does.
        const bool again = line_.ends_with("\n");
        line_ += '\n';
        if (again) flush();
      } else if (t == "sup" && !text::tidy(line_).empty() && marker(c)) {
        continue;
      } else if (t == "tr") {
        flush();
        row(c, depth);
      } else if (kBlocks.count(t)) {
        flush();
        walk(c, depth + 1);
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
  std::vector<Piece> pieces_;
};

}  // namespace

Reading read_html(const std::string& path, std::string_view bytes) {
  Reading out;
  // A file that names its encoding is believed; else what its bytes look like.
  std::string head(bytes.substr(0, 4096));
  std::transform(head.begin(), head.end(), head.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::string warning, utf8;
  if (head.find("charset") == std::string::npos) {
    auto decoded = text::decode(bytes);
    if (!decoded) {
      out.rejections.push_back({path, "invalid-encoding", "no encoding that is known fits the bytes", ""});
      return out;
    }
    warning = decoded->doubt();
    utf8 = std::move(decoded->utf8);
    bytes = utf8;
  }
  auto parsed = parse_html(bytes, utf8.empty() ? "" : "UTF-8");
  const XmlNode* root = parsed.root;
  if (!root) {
    out.rejections.push_back({path, "malformed", parsed.error.empty() ? "no HTML in the file" : parsed.error, ""});
    return out;
  }
  return finish_pieces(path, "html", Reader().run(root), warning);
}

}  // namespace resolute::indexer
