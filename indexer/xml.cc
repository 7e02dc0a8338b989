#include "indexer/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "text/normalize.h"

namespace resolute::indexer {
namespace {

void initialise() {
  // Once, before threads meet in libxml2's lazy initialisation.
  [[maybe_unused]] static const bool initialised = (xmlInitParser(), true);
}

void tell_error(ParsedXml& out, const xmlError* e) {
  if (!e || !e->message) return;
  out.error = text::tidy(e->message);
  out.line = e->line;
}

}  // namespace

void FreeXml::operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }

ParsedXml parse_xml(std::string_view bytes) {
  initialise();
  ParsedXml out;
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> ctxt(xmlNewParserCtxt(), xmlFreeParserCtxt);
  out.doc.reset(xmlCtxtReadMemory(ctxt.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                                  XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_COMPACT));
  out.well_formed = ctxt->wellFormed != 0;
  tell_error(out, xmlCtxtGetLastError(ctxt.get()));
  return out;
}

ParsedXml parse_html(std::string_view bytes, const std::string& encoding) {
  initialise();
  ParsedXml out;
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> ctxt(htmlNewParserCtxt(), htmlFreeParserCtxt);
  out.doc.reset(htmlCtxtReadMemory(ctxt.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, encoding.empty() ? nullptr : encoding.c_str(),
                                   HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT));
  tell_error(out, xmlCtxtGetLastError(ctxt.get()));
  return out;
}

std::optional<Rejection> hostile_xml(const std::string& path, std::string_view bytes, const ParsedXml& parsed) {
  const std::string where = "line " + std::to_string(parsed.line);
  if (parsed.error.find("depth") != std::string::npos) return Rejection{path, "nested-too-deep", parsed.error, where};
  if (parsed.error.find("ntity") != std::string::npos && bytes.substr(0, 4096).find("<!ENTITY") != std::string_view::npos)
    return Rejection{path, "entities", "the file defines entities, which are not expanded", where};
  return std::nullopt;
}

std::string_view name(const xmlNode* n) { return n->type == XML_ELEMENT_NODE ? reinterpret_cast<const char*>(n->name) : ""; }

std::string attribute(const xmlNode* n, const char* key) {
  for (const xmlAttr* a = n->properties; a; a = a->next)
    if (std::string_view(reinterpret_cast<const char*>(a->name)) == key && a->children && a->children->content)
      return reinterpret_cast<const char*>(a->children->content);
  return "";
}

}  // namespace resolute::indexer
