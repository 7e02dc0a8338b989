#include "search/plan.h"

#include <algorithm>

#include "schemas/symbol.h"

namespace resolute::search {

using Kind = Node::Kind;

namespace {

// Symbols to filter by may be spelled in any way that the index can make out; other values may be slips.
void check_values(const Searcher& searcher, Node& node, std::vector<std::string>& notices, bool wanted = true) {
  if (node.kind == Kind::value) {
    if ((node.field == Field::symbol || node.field == Field::cites) && !spell_symbol(searcher, node.text))
      notices.push_back("\"" + node.text + "\" is no symbol of a document");
    else if (auto doubt = wanted ? doubt_value(searcher.generation(), node.field, node.text) : ""; !doubt.empty())
      notices.push_back(std::move(doubt));
  }
  if ((node.kind == Kind::date || node.kind == Kind::cited_by) && node.from > node.to) notices.push_back("A range ends before it begins");
  for (auto& c : node.children) check_values(searcher, c, notices, wanted && node.kind != Kind::without);
}

// Of the document's versions the paragraph that is named, else the first that is no enacting formula.
void show_first(const Generation& g, const std::string& symbol, const std::string& fragment, Plan& out) {
  for (const auto& at : g.find(symbol)) {
    const auto& segment = g.segment(at);
    const auto paragraphs = segment.paragraphs_of(at.document);
    auto head = std::find_if(paragraphs.begin(), paragraphs.end(), [&](ParagraphId p) { return segment.kind(p) != ParagraphKind::enacting; });
    if (!fragment.empty())
      if (const auto named = std::find_if(paragraphs.begin(), paragraphs.end(), [&](ParagraphId p) { return segment.fragment(p) == fragment; });
          named != paragraphs.end())
        head = named;
    out.heads[at.segment].push_back(head == paragraphs.end() ? paragraphs.front() : *head);
  }
}

// A query that is a way of writing a symbol finds that document first, and a paragraph named beside it.
void name_documents(const Searcher& searcher, Plan& out) {
  const Generation& g = searcher.generation();
  const auto& q = out.request.q;
  if (q.empty() || q.size() > 200) return;
  const Resolved resolved = searcher.resolve(q);
  std::vector<std::string> held, lacking;
  if (resolved.known) held.push_back(resolved.symbol);
  if (!resolved.known && !resolved.symbol.empty()) lacking.push_back(resolved.symbol);
  for (const auto& symbol : resolved.also) (g.find(symbol).empty() ? lacking : held).push_back(symbol);
  if (held.empty()) {
    if (out.query.root.kind == Kind::value) return;  // what there is to say of its value was said
    out.near_symbols = resolved.candidates;
    out.names_unknown = !resolved.symbol.empty();
    // What mentions it has it in one piece: "A", "75" and "L" say nothing one by one.
    if (out.names_unknown && out.query.root.kind == Kind::words && q.find(' ') == std::string::npos && parse_symbol(q)) out.query = parse_query('"' + q + '"');
  }
  for (const auto& symbol : lacking) out.notices.push_back("The index has no document " + symbol);
  if (held.empty()) return;
  out.names_known = true;
  std::string shown;
  for (const auto& symbol : held) {
    show_first(g, symbol, symbol == resolved.symbol ? resolved.fragment : "", out);
    shown += (shown.empty() ? "" : ", ") + symbol;
  }
  for (auto& heads : out.heads) std::sort(heads.begin(), heads.end());
  out.notices.push_back(shown + (held.size() == 1 ? " is shown first" : " are shown first"));
}

}  // namespace

Plan plan(const Searcher& searcher, const SearchRequest& asked) {
  const Generation& g = searcher.generation();
  SearchRequest request = asked;
  Query query = parse_query(request.q);
  // What fills its ranks takes the pieces of a word for words: a text that has one of them is a little like the query.
  if (request.fallback == Fallback::fill) split_compounds(query.root);
  auto notices = query.notices;
  for (auto& notice : spell_filters(searcher, request)) notices.push_back(std::move(notice));
  check_values(searcher, query.root, notices);
  Selection selection(g, request);
  Plan out{std::move(request), std::move(query), std::move(notices), std::move(selection)};
  out.heads.resize(g.segments().size());
  name_documents(searcher, out);
  return out;
}

uint64_t question_of(const SearchRequest& r) {
  std::string s = r.q;
  for (const auto& [field, filter] : r.filters) {
    s += '\1' + std::to_string(static_cast<int>(field));
    for (const auto& v : filter.any) s += "\2" + v;
    for (const auto& v : filter.none) s += "\3" + v;
  }
  const auto number = [&](const std::optional<int>& v) { s += "\4" + (v ? std::to_string(*v) : ""); };
  number(r.date_from);
  number(r.date_to);
  number(r.cited_from);
  number(r.cited_to);
  if (r.since_revision) s += "\5" + std::to_string(r.since_revision);
  s += std::to_string(static_cast<int>(r.unit)) + std::to_string(static_cast<int>(r.sort)) + std::to_string(static_cast<int>(r.dedupe)) +
       std::to_string(static_cast<int>(r.translate));
  return checksum(s);
}

}  // namespace resolute::search
