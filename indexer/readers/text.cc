#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/readers/reader.h"
#include "schemas/ascii.h"
#include "schemas/document_json.h"
#include "schemas/symbol.h"
#include "text/encoding.h"
#include "text/markdown.h"
#include "text/normalize.h"
#include "text/several.h"
#include "text/structure.h"

namespace resolute::indexer {
namespace {

// Of zip archives, Word files begin with one of these members.
bool is_word_file(std::string_view bytes) {
  if (bytes.size() < 30) return false;
  const size_t length = static_cast<unsigned char>(bytes[26]) | static_cast<size_t>(static_cast<unsigned char>(bytes[27])) << 8;
  const auto first = bytes.substr(30, length);
  if (first != "[Content_Types].xml" && !first.starts_with("_rels/") && !first.starts_with("word/") && !first.starts_with("docProps/")) return false;
  return bytes.find("word/document.xml") != std::string_view::npos;
}

// UTF-16 without a mark: every second byte of Latin text is NUL.
bool is_wide(std::string_view bytes) {
  const auto head = bytes.substr(0, 2000);
  size_t nul[2] = {0, 0};
  for (size_t i = 0; i < head.size(); ++i) nul[i % 2] += head[i] == '\0';
  return head.size() >= 40 && (nul[0] == 0) != (nul[1] == 0) && (nul[0] + nul[1]) * 5 > head.size();
}

}  // namespace

Format detect_format(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") && is_word_file(bytes)) return Format::docx;
  // Word puts what a password protects into a stream of this name, in UTF-16.
  if (bytes.starts_with(kCompoundFile))
    return bytes.find(std::string_view("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32)) != std::string_view::npos ? Format::docx : Format::unknown;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06") || bytes.starts_with("\x1F\x8B")) return Format::archive;
  if (bytes.size() > 262 && bytes.substr(257, 5) == "ustar") return Format::archive;
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return Format::pdf;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || is_wide(bytes)) return Format::text;
  std::string_view s = text::without_bom(bytes);
  size_t i = s.find_first_not_of(" \t\r\n");
  if (i == std::string_view::npos) return Format::unknown;
  s = s.substr(i);
  const auto head = s.substr(0, 65536);
  if (s[0] == '<') {
    if (head.find("<akomaNtoso") != std::string_view::npos || head.find(":akomaNtoso") != std::string_view::npos) return Format::akn;
    if (head.find("http://www.loc.gov/MARC21/slim") != std::string_view::npos) return Format::marcxml;
    const std::string low = lowered(head.substr(0, 2048));
    if (low.find("<html") != std::string::npos || low.starts_with("<!doctype html")) return Format::html;
    return Format::unknown;
  }
  if (s[0] == '{') return Format::jsonl;
  if (s[0] == '[')
    if (const size_t item = s.find_first_not_of(" \t\r\n", 1); item != std::string_view::npos && s[item] == '{') return Format::jsonl;
  if (head.find('\0') != std::string_view::npos && std::count(head.begin(), head.end(), '\0') > static_cast<long>(head.size() / 50)) return Format::unknown;
  if (names_columns(s)) return Format::table;
  // Another table is no running text.
  const auto line = head.substr(0, head.find('\n'));
  if (std::count(line.begin(), line.end(), '\t') >= 1 && head.find('\n') != std::string_view::npos &&
      std::count(head.begin(), head.end(), '\t') >= std::count(head.begin(), head.end(), '\n'))
    return Format::unknown;
  return Format::text;
}

namespace {

// Several documents of one file that only its name names: each has a name of its own.
void name_part(Reading& out) {
  if (out.documents.size() < 2) return;
  auto& last = out.documents.back();
  const auto same = [&](const Document& d) { return &d != &last && d.id() == last.id(); };
  if (std::any_of(out.documents.begin(), out.documents.end(), same)) last.identifier += "_" + std::to_string(out.documents.size());
}

}  // namespace

Reading read_text(const std::string& path, std::string_view bytes) {
  Reading out;
  const auto decoded = text::decode(bytes);
  if (!decoded) {
    // Only of what looks like ours: a table of numbers in some code page is no loss.
    if (!text::structure_text(text::without_bom(bytes))) return out;
    const size_t bad = text::first_invalid_utf8(bytes);
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<long>(std::min(bad, bytes.size())), '\n');
    out.rejections.push_back({path, "invalid-encoding", "not UTF-8, and no other encoding fits", "line " + std::to_string(line)});
    return out;
  }
  std::string_view s = decoded->utf8;
  if (names_columns(s)) return read_table(path, bytes);  // in a wide encoding
  std::string unmarked;
  const bool markdown = text::is_markdown(s);
  if (markdown) s = unmarked = text::without_markdown(s);
  const auto named = symbol_from_path(path).empty() ? text::Source::unknown : text::Source::named;
  std::vector<std::string> left;  // parts that are no documents
  for (auto& part : text::split_documents(s)) {
    auto document = text::structure_text(part.text, out.documents.empty() ? named : text::Source::unknown);
    if (!document) {
      left.push_back(std::move(part.text));
      continue;
    }
    for (auto& f : part.foreign) document->furniture.push_back({"another language", std::move(f)});
    if (s.find('\0') != std::string_view::npos) document->warnings.push_back({WarningCode::nul_bytes, {}});
    if (const auto doubt = decoded->doubt()) document->warnings.push_back(*doubt);
    if (markdown) document->form = "Markdown, " + document->form;
    finish(path, "text", std::move(*document), out);
    name_part(out);
  }
  if (!out.documents.empty())
    for (auto& text : left)
      if (auto tidied = text::tidy(text); !tidied.empty()) out.documents.back().unplaced.push_back(std::move(tidied));
  if (out.documents.empty() && s.find('\0') != std::string_view::npos) out.rejections.push_back({path, "damaged", "the text holds NUL bytes", ""});
  return out;
}

std::string name_from_path(std::string_view path) {
  while (path.starts_with("./") || path.starts_with("../") || path.starts_with("/")) path.remove_prefix(path.find('/') + 1);
  std::string name(path);
  if (const size_t dot = name.rfind('.'); dot != std::string::npos && dot > name.rfind('/') + 1) name.resize(dot);
  for (char& c : name)
    if (static_cast<unsigned char>(c) <= ' ' || c == '@' || c == '#' || c == 0x7F) c = '_';
  static constexpr size_t kLongest = 200;  // bytes, as of every identifier
  if (name.size() > kLongest) name = name.substr(name.size() - kLongest);
  while (!name.empty() && (name[0] & 0xC0) == 0x80) name.erase(0, 1);
  return name;
}

void finish(const std::string& path, const char* format, Document&& document, Reading& out) {
  document.path = path;
  document.format = format;
  if (document.identifier.empty()) {
    document.identifier = symbol_from_path(path);
    if (document.identifier.empty() && document.body != Body::none) {
      // An organ's own words open it: better kept under the file's name than lost.
      document.identifier = name_from_path(path);
      if (!document.identifier.empty()) document.warnings.push_back({WarningCode::named_by_file, {}});
    } else if (!document.identifier.empty()) {
      document.warnings.push_back({WarningCode::symbol_from_name, {}});
    }
    if (document.identifier.empty()) {
      out.rejections.push_back({path, "no-symbol", "neither the text nor the file's name gives a symbol", ""});
      return;
    }
  } else if (const auto named = symbol_from_path(path); !named.empty() && named != document.identifier && named.starts_with("S/RES/") &&
                                                        document.date.size() >= 4 && named.ends_with("(" + document.date.substr(0, 4) + ")") &&
                                                        named.substr(0, named.find('(')) == document.identifier.substr(0, document.identifier.find('('))) {
    // A slip in the printed year, against the date of adoption and the file's name.
    document.warnings.push_back({WarningCode::name_against_heading, {document.identifier, named}});
    document.identifier = named;
  }
  text::complete(document);
  out.documents.push_back(std::move(document));
}

Reading finish_pieces(const std::string& path, const char* format, const std::vector<text::Piece>& pieces, const std::optional<Warning>& warning) {
  Reading out;
  auto document = text::structure_pieces(pieces);
  if (!document) {
    if (pieces.empty()) out.rejections.push_back({path, "empty", "the file holds no text", ""});
    for (const auto& p : pieces)
      if (p.role != text::Piece::Role::note) out.unstructured.push_back(p.text);
    return out;
  }
  if (warning) document->warnings.push_back(*warning);
  finish(path, format, std::move(*document), out);
  return out;
}

namespace {

constexpr int kMostJsonDepth = 16;

// Bounds depth: a text of a million brackets is refused, not recursed into. Discarded where it is no JSON.
nlohmann::json parse_bounded(std::string_view text, bool& deep) {
  return nlohmann::json::parse(
      text.begin(), text.end(),
      [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        if (depth > kMostJsonDepth) deep = true;
        return depth <= kMostJsonDepth;
      },
      false);
}

void read_json(const std::string& path, const nlohmann::json& json, const std::string& where, Reading& out) {
  auto parsed = parse_document(json);
  if (auto* rejection = std::get_if<Rejection>(&parsed)) {
    rejection->path = path;
    rejection->location = where;
    out.rejections.push_back(std::move(*rejection));
    return;
  }
  auto& document = std::get<Document>(parsed);
  for (auto& p : document.paragraphs) {
    const std::string before = p.text;
    p.text = text::tidy(p.text);
    if (p.text != before) p.citations.clear();  // their spans no longer hold; complete() finds them again
  }
  std::erase_if(document.paragraphs, [](const Paragraph& p) { return p.text.empty(); });
  if (document.paragraphs.empty()) {
    out.rejections.push_back({path, "empty", "no text", where});
    return;
  }
  document.path = path;
  document.format = "jsonl";
  text::complete(document);
  out.documents.push_back(std::move(document));
}

}  // namespace

Reading read_jsonl(const std::string& path, std::string_view bytes) {
  Reading out;
  const std::string_view s = text::without_bom(bytes);
  const auto first = s.substr(0, s.find('\n'));
  bool deep = false;
  // An array, or one object over many lines: what programs write that know nothing of JSON Lines.
  if (const size_t begin = s.find_first_not_of(" \t\r\n"); begin != std::string_view::npos && (s[begin] == '[' || parse_bounded(first, deep).is_discarded())) {
    const auto whole = deep ? nlohmann::json(nlohmann::json::value_t::discarded) : parse_bounded(s, deep);
    if (!deep && whole.is_array()) {
      size_t number = 0;
      for (const auto& item : whole) read_json(path, item, "item " + std::to_string(++number), out);
      return out;
    }
    if (!deep && whole.is_object()) {
      read_json(path, whole, "", out);
      return out;
    }
    if (s[begin] == '[') {
      out.rejections.push_back({path, "malformed", deep ? "nested too deep" : "not JSON: wanted is one document a line, or an array of them", ""});
      return out;
    }
  }
  size_t number = 0;
  for (size_t at = 0; at < s.size();) {
    const size_t end = std::min(s.find('\n', at), s.size());
    const auto line = s.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = "line " + std::to_string(number);
    deep = false;
    const auto json = parse_bounded(line, deep);
    if (json.is_discarded() || deep)
      out.rejections.push_back({path, "malformed", deep ? "nested too deep" : "not JSON", where});
    else
      read_json(path, json, where, out);
  }
  return out;
}

std::string symbol_from_path(std::string_view path) {
  // Folders may spell it: "A/RES/1948(XXI)/resolution.txt".
  for (const std::string_view lead : {"A/RES/", "A/DEC/", "S/RES/", "E/RES/", "A/HRC/RES/", "S/PRST/"}) {
    const size_t at = path.rfind(lead);
    if (at == std::string_view::npos || (at > 0 && path[at - 1] != '/')) continue;
    for (size_t end = path.size(); end > at + lead.size(); end = path.rfind('/', end - 1)) {
      if (end == std::string_view::npos) break;
      std::string folder(path.substr(at, end - at));
      if (const size_t dot = folder.rfind('.'); end == path.size() && dot != std::string::npos) folder.resize(dot);
      if (const auto symbol = parse_symbol(folder)) return symbol->text();
    }
  }
  std::string name(path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1));
  if (const size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0) name.resize(dot);
  // "A_RES_1948(XXI)", "A-RES-1948(XXI)-ocr": sessions in Roman numerals.
  if (const size_t open = name.find('('), close = name.find(')');
      open != std::string::npos && close != std::string::npos && close > open + 1 && (is_upper(name[open + 1]))) {
    std::string spelling = name.substr(0, close + 1);
    std::replace(spelling.begin(), spelling.begin() + static_cast<long>(open), '_', '/');
    std::replace(spelling.begin(), spelling.begin() + static_cast<long>(open), '-', '/');
    if (const auto symbol = parse_symbol(spelling)) return symbol->text();
  }
  for (char& c : name)
    if (c == ' ' || c == '(' || c == ')') c = '_';
  std::vector<std::string> parts;
  for (size_t at = 0; at <= name.size();) {
    const size_t next = std::min(name.find('_', at), name.size());
    if (next > at) parts.push_back(name.substr(at, next - at));
    at = next + 1;
  }
  const auto number = [](const std::string& s) {
    // "57-118Z", "10C": digits first.
    size_t n = 0;
    while (n < s.size() && s[n] >= '0' && s[n] <= '9') ++n;
    return s.substr(0, n);
  };
  const auto strip = [](std::string s) {
    while (s.size() > 1 && s[0] == '0') s.erase(0, 1);
    return s;
  };
  const auto at = [&](size_t i) { return i < parts.size() ? strip(number(parts[i])) : std::string(); };
  std::string spelling;
  if (parts.size() >= 4 && parts[0] == "S" && parts[1] == "RES")
    spelling = "S/RES/" + at(2) + "(" + at(3) + ")";
  else if (parts.size() >= 3 && parts[0] == "SC")
    spelling = "S/RES/" + at(1) + "(" + at(2) + ")";
  else if (parts.size() >= 4 && parts[0] == "S" && parts[1] == "PRST")
    spelling = "S/PRST/" + at(2) + "/" + at(3);
  else if (parts.size() >= 5 && parts[0] == "A" && parts[1] == "HRC" && parts[2] == "RES")
    spelling = "A/HRC/RES/" + at(3) + "/" + at(4);
  else if (parts.size() >= 4 && (parts[0] == "A" || parts[0] == "E") && (parts[1] == "RES" || parts[1] == "DEC"))
    spelling = parts[0] + "/" + parts[1] + "/" + at(2) + "/" + at(3);
  else if (parts.size() >= 4 && parts[0] == "GA" && parts[1] == "decision")
    spelling = "A/DEC/" + at(2) + "/" + at(3);
  else
    return "";
  if (spelling.find("//") != std::string::npos || spelling.ends_with("/") || spelling.find("()") != std::string::npos) return "";
  const auto symbol = parse_symbol(spelling);
  if (!symbol) return "";
  // "S_PRST_2037_6_Corr.1-3700049E.xml": of a document, not itself.
  for (size_t i = 3; i < parts.size(); ++i)
    for (const std::string_view issue : {"Corr.", "Rev.", "Add."})
      if (parts[i].starts_with(issue))
        if (const auto n = number(parts[i].substr(issue.size())); !n.empty()) return symbol->text() + "/" + std::string(issue) + n;
  return symbol->text();
}

}  // namespace resolute::indexer
