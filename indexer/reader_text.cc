#include <algorithm>
#include <nlohmann/json.hpp>

#include "indexer/reader.h"
#include "schemas/document_json.h"
#include "schemas/symbol.h"
#include "text/normalize.h"
#include "text/structure.h"

namespace resolute::indexer {
namespace {

bool valid_utf8(std::string_view s, size_t& bad) {
  for (size_t i = 0; i < s.size();) {
    const size_t at = i;
    if (text::next_code_point(s, i) == 0xFFFD && s.substr(at, 3) != "\xEF\xBF\xBD") {
      bad = at;
      return false;
    }
  }
  return true;
}

std::string_view without_bom(std::string_view s) { return s.starts_with("\xEF\xBB\xBF") ? s.substr(3) : s; }

}  // namespace

Format detect_format(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06") || bytes.starts_with("\x1F\x8B")) return Format::archive;
  if (bytes.size() > 262 && bytes.substr(257, 5) == "ustar") return Format::archive;
  std::string_view s = without_bom(bytes);
  size_t i = s.find_first_not_of(" \t\r\n");
  if (i == std::string_view::npos) return Format::unknown;
  s = s.substr(i);
  const auto head = s.substr(0, 65536);
  if (s[0] == '<') {
    if (head.find("<akomaNtoso") != std::string_view::npos || head.find(":akomaNtoso") != std::string_view::npos) return Format::akn;
    return Format::unknown;
  }
  if (s[0] == '{') return Format::jsonl;
  if (head.find('\0') != std::string_view::npos && std::count(head.begin(), head.end(), '\0') > static_cast<long>(head.size() / 50)) return Format::unknown;
  // A table is no running text.
  const auto line = head.substr(0, head.find('\n'));
  if (std::count(line.begin(), line.end(), '\t') >= 1 && head.find('\n') != std::string_view::npos &&
      std::count(head.begin(), head.end(), '\t') >= std::count(head.begin(), head.end(), '\n'))
    return Format::unknown;
  size_t control = 0, bad = 0;
  for (const char c : head.substr(0, 4096))
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') ++control;
  if (control > 40 && !valid_utf8(head.substr(0, 4000), bad)) return Format::unknown;
  return Format::text;
}

Reading read_text(const std::string& path, std::string_view bytes) {
  Reading out;
  std::string_view s = without_bom(bytes);
  size_t bad = 0;
  const bool valid = valid_utf8(s, bad);
  auto document = text::structure_text(s);
  if (!document) {
    if (s.find('\0') != std::string_view::npos) out.rejections.push_back({path, "damaged", "the text holds NUL bytes", ""});
    return out;
  }
  if (!valid) {
    const auto line = 1 + std::count(s.begin(), s.begin() + static_cast<long>(bad), '\n');
    out.rejections.push_back({path, "invalid-encoding", "not UTF-8", "line " + std::to_string(line)});
    return out;
  }
  document->path = path;
  document->format = "text";
  if (document->identifier.empty()) {
    document->identifier = symbol_from_path(path);
    if (document->identifier.empty()) {
      out.rejections.push_back({path, "no-symbol", "neither the text nor the file's name gives a symbol", ""});
      return out;
    }
    document->warnings.push_back("symbol taken from the file's name");
  }
  if (s.find('\0') != std::string_view::npos) document->warnings.push_back("NUL bytes dropped");
  text::complete(*document);
  out.documents.push_back(std::move(*document));
  return out;
}

Reading read_jsonl(const std::string& path, std::string_view bytes) {
  Reading out;
  std::string_view s = without_bom(bytes);
  size_t number = 0;
  for (size_t at = 0; at < s.size();) {
    const size_t end = std::min(s.find('\n', at), s.size());
    const auto line = s.substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = "line " + std::to_string(number);
    // The callback bounds depth: a line of a million brackets is refused, not recursed into.
    bool deep = false;
    const auto json = nlohmann::json::parse(
        line.begin(), line.end(),
        [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
          if (depth > 16) deep = true;
          return depth <= 16;
        },
        false);
    if (json.is_discarded() || deep) {
      out.rejections.push_back({path, "malformed", deep ? "nested too deep" : "not JSON", where});
      continue;
    }
    auto parsed = parse_document(json);
    if (auto* rejection = std::get_if<Rejection>(&parsed)) {
      rejection->path = path;
      rejection->location = where;
      out.rejections.push_back(std::move(*rejection));
      continue;
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
      continue;
    }
    document.path = path;
    document.format = "jsonl";
    text::complete(document);
    out.documents.push_back(std::move(document));
  }
  return out;
}

std::string symbol_from_path(std::string_view path) {
  std::string name(path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1));
  if (const size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0) name.resize(dot);
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
  if (parts.size() >= 4 && parts[0] == "S" && parts[1] == "RES") spelling = "S/RES/" + at(2) + "(" + at(3) + ")";
  else if (parts.size() >= 4 && parts[0] == "S" && parts[1] == "PRST") spelling = "S/PRST/" + at(2) + "/" + at(3);
  else if (parts.size() >= 5 && parts[0] == "A" && parts[1] == "HRC" && parts[2] == "RES") spelling = "A/HRC/RES/" + at(3) + "/" + at(4);
  else if (parts.size() >= 4 && (parts[0] == "A" || parts[0] == "E") && (parts[1] == "RES" || parts[1] == "DEC")) spelling = parts[0] + "/" + parts[1] + "/" + at(2) + "/" + at(3);
  else if (parts.size() >= 4 && parts[0] == "GA" && parts[1] == "decision") spelling = "A/DEC/" + at(2) + "/" + at(3);
  else return "";
  if (spelling.find("//") != std::string::npos || spelling.ends_with("/") || spelling.find("()") != std::string::npos) return "";
  const auto symbol = parse_symbol(spelling);
  return symbol ? symbol->text() : "";
}

}  // namespace resolute::indexer
