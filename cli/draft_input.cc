#include "cli/draft_input.h"

#include <cstdio>
#include <memory>

#include "indexer/readers/reader.h"
#include "schemas/document.h"
#include "schemas/error.h"
#include "text/encoding.h"
#include "text/normalize.h"

namespace resolute::cli {
namespace {

void take_paragraphs(const Document& document, http::DraftFile& out) {
  for (const auto& p : document.paragraphs) {
    out.paragraphs.push_back({print_kind(p.kind), p.number, p.text});
    if (p.kind == ParagraphKind::footnote) {
      out.notes += p.text + "\n\n";
      continue;
    }
    // "2(a)" is printed as "(a)" below "2.".
    const size_t bracket = p.number.rfind('(');
    const bool figure = !p.number.empty() && p.number.find_first_not_of("0123456789") == std::string::npos;
    if (bracket != std::string::npos && p.number.ends_with(')'))
      out.text += p.number.substr(bracket) + " ";
    else if (figure)
      out.text += p.number + ". ";
    out.text += p.text + "\n\n";
  }
}

}  // namespace

http::DraftFile read_draft(const std::string& file) {
  const auto bytes = read_bytes(file);
  try {
    return understand_draft(bytes);
  } catch (const Error& e) { throw Error(e.kind(), (file == "-" ? "standard input" : file) + ": " + e.what()); }
}

std::string read_bytes(const std::string& file) {
  const bool piped = file == "-";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(piped ? nullptr : std::fopen(file.c_str(), "rb"),
                                                               [](std::FILE* f) { return f ? std::fclose(f) : 0; });
  if (!piped && !opened) throw Error(ErrorKind::not_found, file + " cannot be read");
  std::FILE* in = piped ? stdin : opened.get();
  std::string out;
  char bytes[65536];
  for (size_t n; (n = std::fread(bytes, 1, sizeof bytes, in)) > 0;) {
    out.append(bytes, n);
    if (out.size() > kMostDraftBytes) throw Error(ErrorKind::invalid, "the draft is larger than " + std::to_string(kMostDraftBytes >> 20) + " MB");
  }
  if (std::ferror(in)) throw Error(ErrorKind::invalid, (piped ? "standard input" : file) + " cannot be read");
  return out;
}

http::DraftFile understand_draft(const std::string& bytes) {
  if (bytes.empty()) throw Error(ErrorKind::invalid, "the file is empty");
  http::DraftFile out;
  // What is no plain text is read as the index reads it: its paragraphs, with their numbers.
  const auto format = indexer::detect_format(bytes);
  const auto reading = format == indexer::Format::pdf    ? indexer::read_pdf("draft", bytes)
                       : format == indexer::Format::docx ? indexer::read_docx("draft", bytes)
                       : format == indexer::Format::html ? indexer::read_html("draft", bytes)
                       : format == indexer::Format::akn  ? indexer::read_akn("draft", bytes)
                                                         : indexer::Reading{};
  out.format = format == indexer::Format::pdf ? "pdf" : format == indexer::Format::docx ? "docx" : format == indexer::Format::html ? "html" : "akn";
  if (!reading.documents.empty()) {
    take_paragraphs(reading.documents.front(), out);
    return out;
  }
  // Some clauses alone.
  for (const auto& text : reading.unstructured) out.text += text + "\n\n";
  if (!text::tidy(out.text).empty()) return out;
  if (!reading.rejections.empty()) throw Error(ErrorKind::invalid, reading.rejections.front().reason + ", " + reading.rejections.front().detail);
  if (format == indexer::Format::archive) throw Error(ErrorKind::invalid, "it is an archive, not a document");
  if (format == indexer::Format::pdf || format == indexer::Format::docx || format == indexer::Format::html || format == indexer::Format::akn)
    throw Error(ErrorKind::invalid, "no paragraphs were made out in it; send it as plain text");
  auto decoded = text::decode(bytes);
  if (!decoded) throw Error(ErrorKind::invalid, "it is no text in a known encoding");
  if (text::tidy(decoded->utf8).empty()) throw Error(ErrorKind::invalid, "it has no text");
  out.format = "text";
  out.text = std::move(decoded->utf8);
  return out;
}

std::string mark_diff(const std::vector<text::DiffPart>& diff, bool color) {
  std::string out;
  for (const auto& part : diff) {
    switch (part.op) {
      case text::DiffOp::equal: out += part.text; break;
      case text::DiffOp::remove: out += (color ? "\x1b[9;31m" : "[-") + part.text + (color ? "\x1b[0m" : "-]"); break;
      case text::DiffOp::insert: out += (color ? "\x1b[32m" : "{+") + part.text + (color ? "\x1b[0m" : "+}"); break;
    }
  }
  return out;
}

}  // namespace resolute::cli
