// What follows from the rest of a document, whatever its format.
#include <algorithm>
#include <map>
#include <set>

#include "schemas/action.h"
#include "schemas/body.h"
#include "schemas/symbol.h"
#include "text/citation.h"
#include "text/issue.h"
#include "text/normalize.h"
#include "text/structure.h"

namespace resolute::text {
namespace {

// The printed number, else the ordinal within the kind; dashed items under a numbered
// paragraph are its sub-paragraphs. A repeated one gets ~2.
void name_paragraphs(Document& d) {
  std::set<std::string> used;
  std::map<std::string, int> next;  // of a fragment that is taken: where to go on, or many of one number take minutes
  const auto claim = [&](Paragraph& p, const std::string& fragment) {
    std::string unique = fragment;
    while (!used.insert(unique).second) {
      int& k = next.try_emplace(fragment, 2).first->second;
      unique = fragment + "~" + std::to_string(k++);
    }
    p.fragment = unique;
  };
  for (auto& p : d.paragraphs)
    if (!p.fragment.empty()) claim(p, std::string(p.fragment));
  const auto numbered = [](const Paragraph& p) {
    return !p.number.empty() && p.kind != ParagraphKind::heading && p.kind != ParagraphKind::table && p.kind != ParagraphKind::closing;
  };
  for (auto& p : d.paragraphs) {
    if (!p.fragment.empty() || !numbered(p)) continue;
    std::string number;
    for (const char c : ascii_fold(p.number)) {
      if (c == '(' || c == '.' || c == ' ') {
        if (!number.empty() && number.back() != '.') number += '.';
      } else if (c != ')' && c != '@' && c != '#' && static_cast<unsigned char>(c) > 0x20) {
        number += c;
      }
    }
    while (!number.empty() && number.back() == '.') number.pop_back();
    if (number.empty()) continue;
    claim(p, fragment_prefix(p.kind) + number);
  }
  std::map<ParagraphKind, int> ordinal;
  const Paragraph* parent = nullptr;
  int under = 0;
  for (auto& p : d.paragraphs) {
    if (numbered(p)) {
      parent = &p;
      under = 0;
    }
    if (!p.fragment.empty()) continue;
    const bool dashed = p.text.starts_with("–") || p.text.starts_with("—") || p.text.starts_with("• ");
    if (dashed && parent && parent->kind == p.kind)
      claim(p, parent->fragment + "." + std::to_string(++under));
    else
      claim(p, fragment_prefix(p.kind) + std::to_string(++ordinal[p.kind]));
  }
}

}  // namespace

void complete(Document& d) {
  const auto symbol = parse_symbol(d.identifier);
  if (symbol) {
    if (d.body == Body::none) d.body = symbol->body();
    if (d.type == DocumentType::other) d.type = symbol->type().value_or(DocumentType::other);
    if (d.session.empty()) d.session = symbol->session();
  }
  tell_issue(d);
  // A text of an organ's may lack its symbol.
  const bool ours = symbol || d.body != Body::none;
  name_paragraphs(d);
  std::string all;
  for (auto& p : d.paragraphs) {
    const bool zh = d.lang == Language::zh;
    const bool acts =
        p.kind == ParagraphKind::preambular || p.kind == ParagraphKind::operative || p.kind == ParagraphKind::statement || p.kind == ParagraphKind::decision;
    if (p.action.empty() && acts) p.action = find_action(zh ? simplify(p.text.substr(0, 240)) : p.text, zh);
    if (p.citations.empty() && ours) {
      p.citations = find_citations(p.text, d.body);
      std::erase_if(p.citations, [&](const Citation& c) { return c.symbol == d.identifier; });
    }
    all += p.text;
    all += '\n';
  }
  resolve_ibid(d);
  if (d.concerns.empty() && ours) d.concerns = find_subsidiary_bodies(d.lang == Language::zh ? simplify(all) : all);
}

}  // namespace resolute::text
