// Bytes to documents: one reader a format, chosen by content and never by name.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/readers/glossary.h"
#include "indexer/readers/record.h"
#include "schemas/document.h"
#include "text/structure.h"

namespace resolute::indexer {

enum class Format { akn, text, pdf, docx, html, jsonl, marcxml, table, archive, unknown };

// How files of the compound format begin (MS-CFB): old Office files, and new ones under a password.
inline constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// What the bytes are. Never throws. A file of no known form is `unknown`.
Format detect_format(std::string_view bytes);

// What was refused of a file: the first are listed, the rest counted.
class Rejections : public std::vector<Rejection> {
 public:
  static constexpr size_t kMost = 1'000;
  void push_back(Rejection&& rejection) {
    if (size() < kMost)
      std::vector<Rejection>::push_back(std::move(rejection));
    else
      ++more_;
  }
  size_t more() const { return more_; }

 private:
  size_t more_ = 0;
};

// What a reader made of one file: documents, records that join documents, terms for the
// lexicon, and rejections of it or of parts of it.
struct Reading {
  std::vector<Document> documents;
  std::vector<Record> records;
  std::vector<TermPair> terms;
  Rejections rejections;
  std::vector<std::string> unstructured;  // paragraphs of a Word, HTML or PDF file that is no UN text as a whole: a draft of some clauses
};

// AKN4UN XML. Ill-formed files lose no text; entities and the network stay off.
// A publication's parts are documents of their own.
Reading read_akn(const std::string& path, std::string_view bytes);
// PDF: lines and paragraphs by the places of the words. Scanned pages hold no text: rejected.
Reading read_pdf(const std::string& path, std::string_view bytes);
// Word files (.docx), with the numbers that Word sets by itself.
Reading read_docx(const std::string& path, std::string_view bytes);
Reading read_html(const std::string& path, std::string_view bytes);
// Plain text as extracted from PDF, in any encoding (text/encoding.h). Nothing where it is no UN text.
Reading read_text(const std::string& path, std::string_view bytes);
// JSON Lines, one document a line; a bad line is a rejection with its number.
Reading read_jsonl(const std::string& path, std::string_view bytes);

// MARCXML library records, one or a collection (docs/metadata.md). A record without a symbol
// is a rejection with its number.
Reading read_marcxml(const std::string& path, std::string_view bytes);
// CSV or TSV with a head line of known columns (docs/metadata.md), of documents or of terms
// in both languages; bad rows and values are rejections with their line.
Reading read_table(const std::string& path, std::string_view bytes);
// The same of a table of any size, read piece by piece; UTF-8. What it keeps is the records.
Reading read_large_table(const std::string& path, std::istream& in);
// Whether the first line names the columns of such a table.
bool names_columns(std::string_view bytes);
// Why bytes that no reader takes are left alone, in words.
std::string why_ignored(std::string_view bytes);

// A document without its symbol takes the name's; then what follows from the rest is filled in.
void finish(const std::string& path, const char* format, Document&& document, Reading& out);
// The last steps of readers that tell paragraphs apart themselves.
Reading finish_pieces(const std::string& path, const char* format, const std::vector<text::Piece>& pieces, const std::optional<Warning>& warning);

// The path without its ending, fit to be an identifier: no space, @ or #. The folders belong to it, so that files of one
// name in two of them are two documents.
std::string name_from_path(std::string_view path);

// A symbol that a file's name gives ("S_RES_1963_2010_zh.txt", "A_HRC_RES_57_10C.xml"), else empty.
std::string symbol_from_path(std::string_view path);

// Limits, all of them: what exceeds one is rejected with a reason.
inline constexpr uint64_t kMostFileBytes = 64u << 20;      // one file or archive member
inline constexpr uint64_t kMostTableBytes = 4ull << 30;    // one table, read piece by piece
inline constexpr uint64_t kMostArchiveBytes = 4ull << 30;  // one archive, unpacked
inline constexpr uint64_t kMostArchiveRatio = 200;         // unpacked to packed, beyond the first 16 MiB
inline constexpr int64_t kMostArchiveSeconds = 60;         // of a processor, for unpacking one archive
inline constexpr int kMostArchiveDepth = 3;                // archives in archives
inline constexpr size_t kMostArchiveMembers = 1'000'000;   // those of archives within it too, as the bytes
inline constexpr int kMostPdfPages = 5'000;

// One input file, or one member of an archive.
struct Source {
  std::string path;  // as given; members as "archive.zip/member.xml"
  std::string bytes;
  bool member = false;
  uint64_t archive_bytes = 0;  // of a member: bytes of the outermost archive read up to its end
};

// Opens a zip (or tar) archive in memory and calls `member` for each file in it, archives
// in it included, down to kMostArchiveDepth. Trouble with one member goes to `reject`.
void read_archive(const std::string& path, std::string_view bytes, int depth, const std::function<void(Source&&)>& member,
                  const std::function<void(Rejection&&)>& reject);

}  // namespace resolute::indexer
