#include "http/word_file.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <utility>

#include "http/markup.h"
#include "schemas/error.h"

namespace resolute::http {
namespace {

constexpr const char* kNamespace = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
constexpr const char* kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr size_t kMostCells = 63;  // of a row, that Word takes

constexpr const char* kTypes =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

constexpr const char* kRelations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    "</Relationships>";

constexpr const char* kDocumentRelations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" Target=\"footnotes.xml\"/>"
    "</Relationships>";

// As official documents are set: 10 point, 12 points and a half for titles.
constexpr const char* kStyles =
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"SimSun\" w:cs=\"Times New Roman\"/>"
    "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>"
    "<w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>"
    "<w:pPr><w:keepNext/><w:spacing w:before=\"120\" w:after=\"120\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>"
    "<w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Quote\"><w:name w:val=\"Quote\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:pPr><w:ind w:left=\"425\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Note\"><w:name w:val=\"Note\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:rPr><w:color w:val=\"595959\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"FootnoteText\"><w:name w:val=\"footnote text\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:pPr><w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style>"
    "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>"
    "</w:style>";

const char* name_of(WordStyle style) {
  switch (style) {
    case WordStyle::normal: break;
    case WordStyle::title: return "Title";
    case WordStyle::heading: return "Heading1";
    case WordStyle::quote: return "Quote";
    case WordStyle::note: return "Note";
  }
  return "Normal";
}

}  // namespace

struct WordFile::State {
  archive* zip = nullptr;
  archive_entry* entry = nullptr;
  std::string author, time;
  std::string made;       // bytes of the file that nobody took
  std::string footnotes;  // their elements so far
  std::vector<std::vector<std::string>> rows;
  int notes = 0, changes = 0;

  ~State() {
    if (entry) archive_entry_free(entry);
    if (zip) archive_write_free(zip);
  }
  [[noreturn]] void fail() const {
    throw Error(ErrorKind::unavailable, "a Word file cannot be made: " + std::string(archive_error_string(zip) ? archive_error_string(zip) : "no memory"));
  }
  void begin(const char* name) {
    archive_entry_clear(entry);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 315'532'800, 0);  // the first day that a zip file knows: equal texts are equal files
    if (archive_write_header(zip, entry) != ARCHIVE_OK) fail();
  }
  void write(std::string_view bytes) {
    if (!bytes.empty() && archive_write_data(zip, bytes.data(), bytes.size()) < 0) fail();
  }
  void add_part(const char* name, const std::string& content) {
    begin(name);
    write(kHead);
    write(content);
  }
  std::string mark(const char* element) {
    return "<w:" + std::string(element) + " w:id=\"" + std::to_string(++changes) + "\" w:author=\"" + escaped(author) + "\" w:date=\"" + escaped(time) + "\"";
  }
  std::string print_run(const WordRun& run, Language lang);
  void flush_table();
};

std::string WordFile::State::print_run(const WordRun& run, Language lang) {
  std::string properties = std::string(run.bold ? "<w:b/>" : "") + (run.italic ? "<w:i/>" : "") + (run.link.empty() ? "" : "<w:color w:val=\"1F5A96\"/>");
  if (lang == Language::zh) properties += "<w:lang w:val=\"zh-CN\" w:eastAsia=\"zh-CN\"/>";
  if (!properties.empty()) properties = "<w:rPr>" + properties + "</w:rPr>";
  const char* text = run.change == Change::deleted ? "w:delText" : "w:t";
  std::string out;
  if (!run.text.empty()) {
    out = "<w:r>" + properties + "<" + text + " xml:space=\"preserve\">";
    append_escaped(out, run.text);
    out += "</" + std::string(text) + "></w:r>";
  }
  if (!run.link.empty()) {
    // A quotation mark would end the field's address.
    std::string address = run.link;
    std::replace(address.begin(), address.end(), '"', '\'');
    out = "<w:fldSimple w:instr=\" HYPERLINK &quot;" + escaped(address) + "&quot; \">" + out + "</w:fldSimple>";
  }
  if (run.change != Change::none && !out.empty()) {
    const char* element = run.change == Change::inserted ? "ins" : "del";
    out = mark(element) + ">" + out + "</w:" + element + ">";
  }
  if (run.footnote.empty()) return out;
  const std::string id = std::to_string(++notes);
  out += "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"" + id + "\"/></w:r>";
  footnotes += "<w:footnote w:id=\"" + id +
               "\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>"
               "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> ";
  append_escaped(footnotes, run.footnote);
  footnotes += "</w:t></w:r></w:p></w:footnote>";
  return out;
}

void WordFile::State::flush_table() {
  if (rows.empty()) return;
  size_t most = 1;
  for (const auto& row : rows) most = std::max(most, std::min(row.size(), kMostCells));
  std::string out = "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>";
  for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
    out += "<w:" + std::string(side) + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A0A0A0\"/>";
  out += "</w:tblBorders></w:tblPr><w:tblGrid>";
  for (size_t i = 0; i < most; ++i) out += "<w:gridCol/>";
  out += "</w:tblGrid>";
  for (const auto& row : rows) {
    out += "<w:tr>";
    for (size_t i = 0; i < most; ++i) {
      out += "<w:tc><w:p><w:r><w:t xml:space=\"preserve\">";
      // What a row has more than cells can be stands in the last.
      for (size_t k = i; k < row.size() && (k == i || i + 1 == kMostCells); ++k) {
        if (k > i) out += " | ";
        append_escaped(out, row[k]);
      }
      out += "</w:t></w:r></w:p></w:tc>";
    }
    out += "</w:tr>";
  }
  rows.clear();
  write(out + "</w:tbl><w:p/>");
}

WordFile::WordFile(const std::string& title, const std::string& author, const std::string& time) : state_(std::make_unique<State>()) {
  auto& s = *state_;
  s.author = author;
  s.time = time;
  s.zip = archive_write_new();
  s.entry = archive_entry_new();
  if (!s.zip || !s.entry) s.fail();
  const auto write = [](archive*, void* made, const void* bytes, size_t n) {
    static_cast<std::string*>(made)->append(static_cast<const char*>(bytes), n);
    return static_cast<la_ssize_t>(n);
  };
  // Word reads no zip64 where the file does not need it.
  if (archive_write_set_format_zip(s.zip) != ARCHIVE_OK || archive_write_set_options(s.zip, "zip:compression=deflate,zip:!zip64") != ARCHIVE_OK ||
      archive_write_set_bytes_per_block(s.zip, 0) != ARCHIVE_OK || archive_write_open(s.zip, &s.made, nullptr, write, nullptr) != ARCHIVE_OK)
    s.fail();
  s.add_part("[Content_Types].xml", kTypes);
  s.add_part("_rels/.rels", kRelations);
  s.add_part("docProps/core.xml",
             "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
             "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
             "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" +
                 escaped(title) + "</dc:title><dc:creator>" + escaped(author) + "</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">" + escaped(time) +
                 "</dcterms:created></cp:coreProperties>");
  s.add_part("word/styles.xml", "<w:styles" + std::string(kNamespace) + ">" + kStyles + "</w:styles>");
  s.add_part("word/_rels/document.xml.rels", kDocumentRelations);
  s.add_part("word/document.xml", "<w:document" + std::string(kNamespace) + "><w:body>");
}

WordFile::~WordFile() = default;

void WordFile::add(const WordParagraph& p) {
  auto& s = *state_;
  s.flush_table();
  std::string out = "<w:p><w:pPr><w:pStyle w:val=\"" + std::string(name_of(p.style)) + "\"/>";
  if (p.change != Change::none) out += "<w:rPr>" + s.mark(p.change == Change::inserted ? "ins" : "del") + "/></w:rPr>";
  out += "</w:pPr>";
  for (const auto& run : p.runs) out += s.print_run(run, p.lang);
  s.write(out + "</w:p>");
}

void WordFile::add_row(const std::vector<std::string>& cells) { state_->rows.push_back(cells); }

void WordFile::close() {
  auto& s = *state_;
  s.flush_table();
  // A4, margins of 2 cm and a half.
  s.write(
      "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\" w:left=\"1417\" w:header=\"709\" "
      "w:footer=\"709\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
  s.add_part("word/footnotes.xml", "<w:footnotes" + std::string(kNamespace) +
                                       "><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
                                       "<w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>" +
                                       s.footnotes + "</w:footnotes>");
  if (archive_write_close(s.zip) != ARCHIVE_OK) s.fail();
}

std::string WordFile::take() { return std::exchange(state_->made, {}); }

}  // namespace resolute::http
