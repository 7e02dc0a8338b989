#include "http/document_formats.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "http/addresses.h"
#include "http/akn.h"
#include "http/api_json.h"
#include "http/bibliography.h"
#include "http/markup.h"
#include "http/negotiation.h"
#include "http/word_file.h"
#include "schemas/clock.h"
#include "schemas/result.h"

namespace resolute::http {
namespace {

constexpr DocumentFormatInfo kDocumentFormats[] = {
    {DocumentFormat::json, "json", "JSON", ".json", "application/json", true},
    {DocumentFormat::text, "text", "Text", ".txt", "text/plain", true},
    {DocumentFormat::html, "html", "HTML", ".html", "text/html", true},
    {DocumentFormat::akn, "akn", "AKN4UN", ".akn", "application/akn+xml", true},
    {DocumentFormat::marcxml, "marcxml", "MARCXML", ".marcxml", "application/marcxml+xml", true},
    {DocumentFormat::ris, "ris", "RIS", ".ris", "application/x-research-info-systems", true},
    {DocumentFormat::bibtex, "bibtex", "BibTeX", ".bib", "application/x-bibtex", true},
    {DocumentFormat::csl, "csl-json", "CSL-JSON", ".csl", "application/vnd.citationstyles.csl+json", true},
    {DocumentFormat::jsonld, "jsonld", "JSON-LD", ".jsonld", "application/ld+json", false},
    {DocumentFormat::docx, "docx", "Word", ".docx", kWordType, false},
};

std::string as_text(const Document& d) {
  std::string out = d.identifier + (d.title.empty() ? "" : "\n" + d.title) + (d.date.empty() ? "" : "\n" + d.date) + "\n";
  for (const auto& p : d.paragraphs) {
    if (p.kind == ParagraphKind::heading && p.text == d.title) continue;
    out += "\n" + (p.number.empty() || p.kind == ParagraphKind::heading ? "" : p.number + ". ") + p.text + "\n";
  }
  return out;
}

std::string as_html(const Document& d, const std::string& url, const std::string& base) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(d.lang == Language::zh ? "zh-Hans" : "en") + "\">\n<head>\n<meta charset=\"utf-8\">\n";
  append_element(out, "title", d.identifier + (d.title.empty() ? "" : " - " + d.title));
  out += "\n";
  for (const auto& [name, content] : citation_metas(d, url)) out += "<meta name=\"" + name + "\" content=\"" + escaped(content) + "\">\n";
  out += "<link rel=\"canonical\" href=\"" + escaped(url) + "\">\n";
  for (const auto& f : kDocumentFormats)
    if (f.format != DocumentFormat::html)
      out +=
          "<link rel=\"alternate\" type=\"" + std::string(f.media_type) + "\" href=\"" + escaped(api_address(base, d.identifier, d.lang, f.ending)) + "\">\n";
  out += "</head>\n<body>\n<main>\n<p>" + escaped(d.identifier) +
         (d.date.empty() ? "" : " <time datetime=\"" + escaped(d.date) + "\">" + escaped(d.date) + "</time>") + "</p>\n";
  append_element(out, "h1", title_of(d));
  for (const auto& p : d.paragraphs) {
    if (p.kind == ParagraphKind::heading && p.text == d.title) continue;
    const char* element = p.kind == ParagraphKind::heading ? "h2" : p.kind == ParagraphKind::footnote ? "aside" : "p";
    out += std::string("\n<") + element + " id=\"" + escaped(p.fragment) + "\">";
    if (!p.number.empty() && p.kind != ParagraphKind::heading) out += escaped(p.number) + ". ";
    size_t at = 0;
    for (const auto& mark : p.notes) {
      const auto& note = d.paragraphs.at(mark.note);
      append_escaped(out, std::string_view(p.text).substr(at, mark.at - at));
      out += "<sup><a href=\"#" + escaped(note.fragment) + "\">" + escaped(note.number) + "</a></sup>";
      at = mark.at;
    }
    append_escaped(out, std::string_view(p.text).substr(at));
    out += std::string("</") + element + ">";
  }
  return out + "\n</main>\n</body>\n</html>\n";
}

std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> out;
  for (size_t at = 0;;) {
    const size_t end = row.find(" | ", at);
    out.push_back(row.substr(at, end == std::string::npos ? end : end - at));
    if (end == std::string::npos) return out;
    at = end + 3;
  }
}

// Whether Word, which numbers footnotes by itself, numbers these as they are: each is referred to, in the order of their numbers.
bool numbered_as_in_word(const Document& d) {
  int next = 1;
  std::set<uint32_t> seen;
  for (const auto& p : d.paragraphs) {
    if (!p.notes.empty() && (p.kind == ParagraphKind::table || (p.kind == ParagraphKind::heading && p.text == d.title))) return false;
    for (const auto& mark : p.notes)
      if (seen.insert(mark.note).second && d.paragraphs.at(mark.note).number != std::to_string(next++)) return false;
  }
  return std::count_if(d.paragraphs.begin(), d.paragraphs.end(), [](const Paragraph& p) { return p.kind == ParagraphKind::footnote; }) == next - 1;
}

std::string as_word(const Document& d, const std::string& url) {
  WordFile file(title_of(d), author_of(d), d.date.empty() ? now_iso() : d.date + "T00:00:00Z");
  const auto add = [&](const std::string& text, WordStyle style, bool bold = false) {
    file.add({{{text, "", Change::none, false, bold, ""}}, style, Change::none, d.lang});
  };
  add(d.identifier + (d.date.empty() ? "" : d.lang == Language::zh ? "（" + d.date + "）" : " (" + d.date + ")"), WordStyle::normal, true);
  if (!d.title.empty()) add(d.title, WordStyle::title);
  const bool own_notes = numbered_as_in_word(d);
  std::set<uint32_t> set;
  bool noted = false;
  for (const auto& p : d.paragraphs) {
    if (p.kind == ParagraphKind::heading && p.text == d.title) continue;
    if (own_notes && p.kind == ParagraphKind::footnote) continue;
    if (own_notes && !p.notes.empty() && p.kind != ParagraphKind::table) {
      WordParagraph out{{}, p.kind == ParagraphKind::heading ? WordStyle::heading : WordStyle::normal, Change::none, d.lang};
      size_t at = 0;
      const auto run = [&](size_t end, const std::string& note) {
        const std::string number = out.runs.empty() && !p.number.empty() && p.kind != ParagraphKind::heading ? p.number + ". " : "";
        out.runs.push_back({number + p.text.substr(at, end - at), note, Change::none, false, false, ""});
        at = end;
      };
      for (const auto& mark : p.notes)
        if (set.insert(mark.note).second) run(mark.at, d.paragraphs.at(mark.note).text);
      run(p.text.size(), "");
      file.add(out);
      continue;
    }
    if (p.kind == ParagraphKind::table) {
      file.add_row(cells_of(p.text));
      continue;
    }
    if (p.kind == ParagraphKind::footnote && !std::exchange(noted, true)) add(d.lang == Language::zh ? "注" : "Notes", WordStyle::heading);
    add((p.number.empty() || p.kind == ParagraphKind::heading ? "" : p.number + (p.kind == ParagraphKind::footnote ? " " : ". ")) + p.text,
        p.kind == ParagraphKind::heading    ? WordStyle::heading
        : p.kind == ParagraphKind::footnote ? WordStyle::note
                                            : WordStyle::normal);
  }
  if (!url.empty()) file.add({{{url, "", Change::none, false, false, url}}, WordStyle::note, Change::none, d.lang});
  file.close();
  return file.take();
}

}  // namespace

std::span<const DocumentFormatInfo> document_formats() { return kDocumentFormats; }

const DocumentFormatInfo& info(DocumentFormat format) {
  for (const auto& f : kDocumentFormats)
    if (f.format == format) return f;
  return kDocumentFormats[0];
}

const DocumentFormatInfo* take_ending(std::string& address) {
  for (const auto& f : kDocumentFormats)
    if (address.size() > std::string_view(f.ending).size() && address.ends_with(f.ending)) {
      address.resize(address.size() - std::string_view(f.ending).size());
      return &f;
    }
  return nullptr;
}

const DocumentFormatInfo& negotiated(std::string_view accept) {
  const DocumentFormatInfo* best = &kDocumentFormats[0];
  int most = wanted(accept, best->media_type);
  for (const auto& f : kDocumentFormats)
    if (const int w = wanted(accept, f.media_type); w > most) {
      best = &f;
      most = w;
    }
  return *best;
}

std::vector<std::pair<std::string, std::string>> citation_metas(const Document& d, const std::string& url) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto meta = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.emplace_back(name, value);
  };
  meta("citation_title", title_of(d));
  meta("citation_author", author_of(d));
  meta("citation_technical_report_institution", d.lang == Language::zh ? "联合国" : "United Nations");
  meta("citation_technical_report_number", d.identifier);
  std::string slashed = d.date;
  for (char& c : slashed)
    if (c == '-') c = '/';
  meta("citation_publication_date", slashed);
  meta("citation_language", print_language(d.lang));
  for (const auto& s : d.subjects) meta("citation_keywords", s);
  meta("citation_public_url", url);
  meta("DC.title", title_of(d));
  meta("DC.creator", author_of(d));
  meta("DC.identifier", d.identifier);
  meta("DC.date", d.date);
  meta("DC.type", genre_of(d));
  meta("DC.language", print_language(d.lang));
  meta("DC.publisher", d.lang == Language::zh ? "联合国" : "United Nations");
  for (const auto& s : d.subjects) meta("DC.subject", s);
  return out;
}

std::string print_document(const Document& d, DocumentFormat format, const std::string& url, const std::string& base) {
  const Citable what{d, url, "", "", ""};
  switch (format) {
    case DocumentFormat::json: break;
    case DocumentFormat::text: return as_text(d);
    case DocumentFormat::html: return as_html(d, url, base);
    case DocumentFormat::akn: return print_akn(d);
    case DocumentFormat::marcxml: return kMarcxmlHead + print_marcxml(what) + kMarcxmlTail;
    case DocumentFormat::ris: return print_ris(what);
    case DocumentFormat::bibtex: return print_bibtex(what);
    case DocumentFormat::csl: return dump(nlohmann::ordered_json::array({print_csl(what)}));
    case DocumentFormat::jsonld: return dump(print_jsonld(what));
    case DocumentFormat::docx: return as_word(d, url);
  }
  return "";
}

const char* source_type(const Document& d) {
  static constexpr std::pair<std::string_view, const char*> kTypes[] = {
      {"akn", "application/akn+xml"}, {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"html", "text/html"},          {"pdf", "application/pdf"},
      {"text", "text/plain"},         {"jsonl", "application/jsonl"}};
  for (const auto& [format, type] : kTypes)
    if (d.format == format) return type;
  return "application/octet-stream";
}

std::string print_links(const Document& d, const std::string& base, const std::vector<Language>& languages, bool has_source) {
  std::string out;
  const auto add = [&](const std::string& address, const std::string& parameters) { out += (out.empty() ? "<" : ", <") + address + ">; " + parameters; };
  for (const auto& f : kDocumentFormats)
    add(api_address(base, d.identifier, d.lang, f.ending), std::string("rel=\"alternate\"; type=\"") + f.media_type + "\"");
  for (const Language lang : languages)
    if (lang != d.lang) add(api_address(base, d.identifier, lang), std::string("rel=\"alternate\"; hreflang=\"") + print_language(lang) + "\"");
  if (has_source) add(api_address(base, d.identifier, d.lang, "/source"), std::string("rel=\"via\"; type=\"") + source_type(d) + "\"");
  add(document_address(base, d.identifier, d.lang), "rel=\"canonical\"");
  return out;
}

}  // namespace resolute::http
