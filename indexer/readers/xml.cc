#include "indexer/readers/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include "text/normalize.h"

namespace resolute::indexer {
namespace {

void initialise() {
  // Once, before threads meet in libxml2's lazy initialisation.
  [[maybe_unused]] static const bool initialised = (xmlInitParser(), true);
}

bool is_of_entities(int code) {
  switch (code) {
    case XML_ERR_ENTITYREF_AT_EOF:
    case XML_ERR_ENTITYREF_IN_PROLOG:
    case XML_ERR_ENTITYREF_IN_EPILOG:
    case XML_ERR_ENTITYREF_IN_DTD:
    case XML_ERR_ENTITYREF_NO_NAME:
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
    case XML_ERR_UNPARSED_ENTITY:
    case XML_ERR_ENTITY_IS_EXTERNAL:
    case XML_ERR_ENTITY_IS_PARAMETER:
    case XML_ERR_ENTITY_NOT_STARTED:
    case XML_ERR_ENTITY_NOT_FINISHED:
    case XML_ERR_ENTITY_CHAR_ERROR:
    case XML_ERR_ENTITY_PE_INTERNAL:
    case XML_ERR_ENTITY_LOOP:
    case XML_ERR_ENTITY_BOUNDARY:
    case XML_ERR_ENTITY_PROCESSING: return true;
    default: return false;
  }
}

void tell_error(ParsedXml& out, const xmlError* e) {
  if (!e || !e->message) return;
  out.error = text::tidy(e->message);
  out.line = e->line;
  out.entity_error = is_of_entities(e->code);
}

std::string_view view(const xmlChar* s) { return reinterpret_cast<const char*>(s); }

// A tree from the events of its parsing: libxml2's own nodes are four times as large, and each is allocated.
class TreeBuilder {
 public:
  explicit TreeBuilder(ParsedXml& out)
      : memory_(*(out.memory = std::make_unique<std::pmr::monotonic_buffer_resource>(size_t{32} << 10))), open_{{&top_, nullptr}} {}

  // `name` outlives the tree.
  void open(std::string_view name) {
    flush();
    auto* node = make<XmlNode>();
    node->name = name;
    append(node);
    open_.push_back({node, nullptr});
    last_attribute_ = nullptr;
  }
  // Of the element opened last. `name` outlives the tree.
  void attribute(std::string_view name, std::string_view value) {
    auto* a = make<XmlAttribute>();
    a->name = name;
    a->value = keep(value);
    if (last_attribute_)
      last_attribute_->next = a;
    else
      open_.back().node->attributes = a;
    last_attribute_ = a;
  }
  void close() {
    flush();
    if (open_.size() > 1) open_.pop_back();
  }
  // Closes what is deeper than `depth` elements: a broken start tag has begun an element whose end is never told.
  void close_below(int depth) {
    while (open_.size() > static_cast<size_t>(depth) + 1) close();
  }
  void text(std::string_view s) { text_ += s; }

  std::string_view keep(std::string_view s) {
    if (s.empty()) return {};
    auto* bytes = static_cast<char*>(memory_.allocate(s.size(), 1));
    std::memcpy(bytes, s.data(), s.size());
    return {bytes, s.size()};
  }
  // The root; null where there is none.
  const XmlNode* finish() {
    flush();
    const XmlNode* root = top_.children;
    while (root && !root->is_element()) root = root->next;
    return root;
  }

 private:
  struct Open {
    XmlNode* node;
    XmlNode* last;  // child
  };

  template <typename T>
  T* make() {
    return new (memory_.allocate(sizeof(T), alignof(T))) T;
  }
  void append(XmlNode* node) {
    auto& [parent, last] = open_.back();
    (last ? last->next : parent->children) = node;
    last = node;
  }
  void flush() {
    if (text_.empty()) return;
    auto* node = make<XmlNode>();
    node->text = keep(text_);
    append(node);
    text_.clear();
  }

  std::pmr::monotonic_buffer_resource& memory_;
  XmlNode top_;
  std::vector<Open> open_;
  XmlAttribute* last_attribute_ = nullptr;
  std::string text_;
};

// What a parser's events go to. An entity's definition is parsed by a context of its own: that is no text of the file.
struct Events {
  TreeBuilder* tree;
  const xmlParserCtxt* of;
  int* entity_line;
  bool crowded = false;  // with names
  int deep_line = 0;     // where elements are nested too deep; 0: nowhere
};

TreeBuilder* tree_of(void* context) {
  const auto* ctxt = static_cast<const xmlParserCtxt*>(context);
  const auto* events = static_cast<const Events*>(ctxt->_private);
  if (events->of != ctxt) return nullptr;
  events->tree->close_below(ctxt->nameNr);  // at a start the new element is not counted yet, at an end it still is
  return events->tree;
}

void on_start(void* context, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**, int count, int defaulted, const xmlChar** attributes) {
  auto* tree = tree_of(context);
  if (!tree) return;
  auto* ctxt = static_cast<xmlParserCtxt*>(context);
  if (xmlDictSize(ctxt->dict) > kMostNames) {
    static_cast<Events*>(ctxt->_private)->crowded = true;
    xmlStopParser(ctxt);
    return;
  }
  if (ctxt->nameNr >= kMostDepth) {
    static_cast<Events*>(ctxt->_private)->deep_line = ctxt->input->line;
    xmlStopParser(ctxt);
    return;
  }
  tree->open(view(name));
  for (int i = 0; i < count - defaulted; ++i, attributes += 5) {  // name, prefix, URI, value, its end; those of the file first
    std::string_view value(reinterpret_cast<const char*>(attributes[3]), static_cast<size_t>(attributes[4] - attributes[3]));
    // Where entities are not substituted an ampersand comes as its number.
    constexpr std::string_view kAmpersand = "&#38;";
    std::string plain;
    if (size_t at = value.find(kAmpersand); at != std::string_view::npos) {
      plain = value;
      for (; at != std::string::npos; at = plain.find(kAmpersand, at + 1)) plain.replace(at, kAmpersand.size(), "&");
      value = plain;
    }
    tree->attribute(view(attributes[0]), value);
  }
}

void on_end(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  if (auto* tree = tree_of(context)) tree->close();
}

void on_text(void* context, const xmlChar* s, int bytes) {
  if (auto* tree = tree_of(context)) tree->text({reinterpret_cast<const char*>(s), static_cast<size_t>(bytes)});
}

void on_reference(void* context, const xmlChar* name) {
  auto* tree = tree_of(context);
  if (!tree) return;
  if (view(name) == "nbsp") return tree->text(" ");
  const auto* ctxt = static_cast<const xmlParserCtxt*>(context);
  const auto* events = static_cast<const Events*>(ctxt->_private);
  const xmlEntity* entity = xmlGetDocEntity(ctxt->myDoc, name);
  if (entity && entity->etype == XML_INTERNAL_GENERAL_ENTITY && *events->entity_line == 0) *events->entity_line = ctxt->input->line;
}

// Entities are known but empty: what they stand for is never parsed, however often they are named.
void on_entity(void* context, const xmlChar* name, int type, const xmlChar* public_id, const xmlChar* system_id, xmlChar* content) {
  static xmlChar nothing[] = "";
  xmlSAX2EntityDecl(context, name, type, public_id, system_id, type == XML_INTERNAL_GENERAL_ENTITY ? nothing : content);
}

// Nothing of libxml2's own tree but what the document type declares.
xmlSAXHandler handler() {
  xmlSAXHandler h{};
  xmlSAXVersion(&h, 2);
  h.startElementNs = on_start;
  h.endElementNs = on_end;
  h.characters = h.ignorableWhitespace = on_text;
  h.cdataBlock = nullptr;  // comes as characters
  h.reference = on_reference;
  h.entityDecl = on_entity;
  h.comment = nullptr;
  h.processingInstruction = nullptr;
  return h;
}

void copy(const xmlNode* parent, TreeBuilder& tree) {
  for (const xmlNode* c = parent->children; c; c = c->next) {
    if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) {
      if (c->content) tree.text(view(c->content));
    } else if (c->type == XML_ELEMENT_NODE) {
      tree.open(tree.keep(view(c->name)));
      for (const xmlAttr* a = c->properties; a; a = a->next)
        if (a->children && a->children->content) tree.attribute(tree.keep(view(a->name)), view(a->children->content));
      copy(c, tree);
      tree.close();
    }
  }
}

// Whether a tag has more attributes than are read.
bool has_crowded_tag(std::string_view bytes) {
  for (size_t at = 0; (at = bytes.find('<', at)) != std::string_view::npos;) {
    const size_t end = std::min(bytes.find('>', at), bytes.size());
    if (end - at > kMostAttributes &&
        static_cast<size_t>(std::count(bytes.begin() + static_cast<ptrdiff_t>(at), bytes.begin() + static_cast<ptrdiff_t>(end), '=')) > kMostAttributes)
      return true;
    at = end;
  }
  return false;
}

void tell_crowded(ParsedXml& out) {
  out.crowded = true;
  out.well_formed = false;
  out.error = "an element has more than " + std::to_string(kMostAttributes) + " attributes, or the file more than " + std::to_string(kMostNames) + " names";
}

}  // namespace

std::string_view XmlNode::attribute(std::string_view key) const {
  for (const auto* a = attributes; a; a = a->next)
    if (a->name == key) return a->value;
  return {};
}

const XmlNode* XmlNode::child(std::string_view wanted) const {
  for (const auto* c = children; c; c = c->next)
    if (c->name == wanted) return c;
  return nullptr;
}

std::string XmlNode::content() const {
  std::string out;
  for (const auto* c = children; c; c = c->next) out += c->text;
  return out;
}

void ParsedXml::FreeDict::operator()(xmlDict* dict) const { xmlDictFree(dict); }

ParsedXml parse_xml(std::string_view bytes) {
  initialise();
  static const xmlSAXHandler kHandler = handler();
  ParsedXml out;
  if (has_crowded_tag(bytes)) {
    tell_crowded(out);
    return out;
  }
  TreeBuilder tree(out);
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> ctxt(xmlNewParserCtxt(), xmlFreeParserCtxt);
  if (!ctxt) throw std::bad_alloc();
  Events events{&tree, ctxt.get(), &out.entity_line, false, 0};
  ctxt->_private = &events;
  *ctxt->sax = kHandler;
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> doc(
      xmlCtxtReadMemory(ctxt.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                        XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_COMPACT),
      xmlFreeDoc);
  out.root = tree.finish();
  out.names.reset(ctxt->dict);
  xmlDictReference(ctxt->dict);
  out.well_formed = ctxt->wellFormed != 0;
  tell_error(out, xmlCtxtGetLastError(ctxt.get()));
  if (events.crowded) tell_crowded(out);
  if (events.deep_line) {
    out.too_deep = true;
    out.well_formed = false;
    out.error = "elements are nested more than " + std::to_string(kMostDepth) + " deep";
    out.line = events.deep_line;
  }
  return out;
}

ParsedXml parse_html(std::string_view bytes, const std::string& encoding) {
  initialise();
  ParsedXml out;
  if (has_crowded_tag(bytes)) {
    tell_crowded(out);
    return out;
  }
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> ctxt(htmlNewParserCtxt(), htmlFreeParserCtxt);
  if (!ctxt) throw std::bad_alloc();
  // The HTML parser mends by looking at the tree it builds: it is copied when it is whole.
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> doc(
      htmlCtxtReadMemory(ctxt.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, encoding.empty() ? nullptr : encoding.c_str(),
                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT),
      xmlFreeDoc);
  TreeBuilder tree(out);
  if (doc) copy(reinterpret_cast<const xmlNode*>(doc.get()), tree);
  out.root = tree.finish();
  tell_error(out, xmlCtxtGetLastError(ctxt.get()));
  return out;
}

std::optional<Rejection> hostile_xml(const std::string& path, std::string_view bytes, const ParsedXml& parsed) {
  const auto entities = [&](int line) {
    return Rejection{path, "entities", "the file defines entities, which are not expanded", "line " + std::to_string(line)};
  };
  if (parsed.entity_line) return entities(parsed.entity_line);
  if (parsed.crowded) return Rejection{path, "too-complex", parsed.error, ""};
  if (parsed.too_deep) return Rejection{path, "nested-too-deep", parsed.error, "line " + std::to_string(parsed.line)};
  if (parsed.well_formed) return std::nullopt;
  if (parsed.entity_error && bytes.substr(0, 4096).find("<!ENTITY") != std::string_view::npos) return entities(parsed.line);
  return std::nullopt;
}

}  // namespace resolute::indexer
