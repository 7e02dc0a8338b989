#include "cli/draft_input.h"

#include <cstdio>
#include <memory>

#include "schemas/error.h"
#include "text/encoding.h"

namespace resolute::cli {

std::string read_draft(const std::string& file) {
  const bool piped = file == "-";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(piped ? nullptr : std::fopen(file.c_str(), "rb"), [](std::FILE* f) { return f ? std::fclose(f) : 0; });
  if (!piped && !opened) throw Error(ErrorKind::not_found, file + " cannot be read");
  std::FILE* in = piped ? stdin : opened.get();
  std::string out;
  char bytes[65536];
  for (size_t n; (n = std::fread(bytes, 1, sizeof bytes, in)) > 0;) {
    out.append(bytes, n);
    if (out.size() > kMostDraftBytes) throw Error(ErrorKind::invalid, "the draft is larger than " + std::to_string(kMostDraftBytes >> 20) + " MB");
  }
  if (std::ferror(in)) throw Error(ErrorKind::invalid, (piped ? "standard input" : file) + " cannot be read");
  if (out.empty()) throw Error(ErrorKind::invalid, (piped ? "standard input" : file) + " is empty");
  auto decoded = text::decode(out);
  if (!decoded) throw Error(ErrorKind::invalid, (piped ? "standard input" : file) + " is no text in a known encoding");
  return std::move(decoded->utf8);
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
