// Which paragraphs match: words, quotes, symbols, translations; and what is said of it.
#include <algorithm>

#include "search/parallel.h"
#include "search/run.h"
#include "text/analyze.h"

namespace resolute::search {

using Kind = Node::Kind;

// Symbols to filter by may be spelled in any way that the index can make out; other values may be slips.
void Run::check_values() {
  const Searcher searcher(std::shared_ptr<const Generation>(std::shared_ptr<const Generation>(), &g_));
  for (auto& notice : spell_filters(searcher, r_)) notices_.push_back(std::move(notice));
  const auto walk = [&](auto&& self, Node& n, bool wanted) -> void {
    if (n.kind == Kind::value) {
      if ((n.field == Field::symbol || n.field == Field::cites) && !spell_symbol(searcher, n.text)) notices_.push_back("\"" + n.text + "\" is no symbol of a document");
      else if (auto doubt = wanted ? doubt_value(g_, n.field, n.text) : ""; !doubt.empty()) notices_.push_back(std::move(doubt));
    }
    if ((n.kind == Kind::date || n.kind == Kind::cited_by) && n.from > n.to) notices_.push_back("A range ends before it begins");
    for (auto& c : n.children) self(self, c, wanted && n.kind != Kind::without);
  };
  walk(walk, query_.root, true);
}

// A query that is a way of writing a symbol finds that document first.
void Run::name_documents() {
  if (r_.q.empty() || r_.q.size() > 200) return;
  const Resolved resolved = Searcher(std::shared_ptr<const Generation>(std::shared_ptr<const Generation>(), &g_)).resolve(r_.q);
  if (!resolved.known) {
    near_symbols_ = resolved.candidates;
    names_unknown_ = !resolved.symbol.empty();
    if (names_unknown_) notices_.push_back("The index has no document " + resolved.symbol);
    return;
  }
  named_.push_back(resolved.symbol);
  for (const auto& at : g_.find(resolved.symbol)) {
    const auto& segment = *g_.segments()[at.segment];
    uint32_t head = segment.store.first_paragraph(at.document);
    const uint32_t end = segment.store.first_paragraph(at.document + 1);
    for (uint32_t p = head; p < end; ++p) {
      const auto k = static_cast<ParagraphKind>(segment.kind[p]);
      if (k != ParagraphKind::enacting) { head = p; break; }
    }
    m_[at.segment].heads.push_back(head);
  }
  for (auto& m : m_) std::sort(m.heads.begin(), m.heads.end());
  notices_.push_back(resolved.symbol + " is shown first");
}

bool Run::match_words(const Node& root, Words words) {
  parallel(m_.size(), [&](size_t s) {
    const auto& segment = *g_.segments()[s];
    Matcher matcher(segment, words);
    auto& m = m_[s];
    m.everything = root.kind == Kind::all;
    if (m.everything) return;
    m.by_paragraph = !Matcher::is_textual(root);
    if (m.by_paragraph) {
      m.paragraphs = matcher.paragraphs(root);
      std::vector<bool> seen(segment.wordings(), false);
      for (uint32_t p = 0; p < segment.paragraphs(); ++p)
        if (m.paragraphs[p]) seen[segment.store.wording(p)] = true;
      m.wordings.clear();
      for (uint32_t w = 0; w < segment.wordings(); ++w)
        if (seen[w]) m.wordings.push_back(w);
    } else {
      m.wordings = matcher.wordings(root);
    }
  });
  for (size_t s = 0; s < m_.size(); ++s) {
    const auto& segment = *g_.segments()[s];
    const auto& m = m_[s];
    if (m.everything) return true;
    for (const uint32_t w : m.wordings)
      for (const uint32_t p : segment.occurrences[w])
        if ((!m.by_paragraph || m.paragraphs[p]) && !segment.deleted[segment.document_of[p]]) return true;
  }
  return false;
}

// Says which words and quotes stand nowhere, behind a sentence on what is shown instead.
void Run::tell_missing(std::string notice) {
  constexpr size_t kMostLookedAt = 20;  // each quote is looked for in the texts again
  std::vector<std::string> missing;
  size_t looked_at = 0;
  const auto look = [&](auto&& self, const Node& n) -> void {
    if (looked_at < kMostLookedAt && ((n.kind == Kind::word && !text::is_stop_word(n.text)) || n.kind == Kind::phrase || n.kind == Kind::prefix)) {
      ++looked_at;
      const auto shown = n.kind == Kind::phrase ? "\"" + n.text + "\"" : n.kind == Kind::prefix ? n.text + "*" : n.text;
      const bool found = std::any_of(g_.segments().begin(), g_.segments().end(), [&](const auto& segment) { return !Matcher(*segment, Words::all).wordings(n).empty(); });
      if (!found && std::find(missing.begin(), missing.end(), shown) == missing.end()) missing.push_back(shown);
    }
    if (n.kind != Kind::without)
      for (const auto& c : n.children) self(self, c);
  };
  look(look, query_.root);
  if (!missing.empty()) {
    notice += (notice.empty() ? "" : ". ") + std::string("In no paragraph at all:");
    for (size_t i = 0; i < missing.size() && i < 10; ++i) notice += (i ? ", " : " ") + missing[i];
  }
  if (!notice.empty()) notices_.push_back(std::move(notice));
}

void Run::match() {
  m_.resize(g_.segments().size());
  selection_.emplace(g_, r_);
  name_documents();
  const bool found = match_words(query_.root, Words::all);
  const bool always = r_.translate == Translate::on;
  const auto of = !lexicon_ || r_.translate == Translate::off ? std::array{false, false} : always ? std::array{true, true} : foreign();
  // A symbol's letters and figures mean nothing by themselves.
  const bool as_words = !names_unknown_ || r_.fallback == Fallback::fill;
  if (as_words && (of[0] || of[1]) && (always || r_.fallback == Fallback::fill || !found || !found_where_asked())) {
    auto translated = std::make_unique<TranslatedQuery>(translate(query_.root, *lexicon_, of, r_.fallback == Fallback::fill ? Quotes::as_words : Quotes::as_they_stand));
    if (!translated->words.empty()) {
      translated_ = std::move(translated);
      match_translated();
      return;
    }
  }
  const auto has_words = [](auto&& self, const Node& n) -> bool {
    if (n.kind == Kind::words && n.children.size() > 1) return true;
    return std::any_of(n.children.begin(), n.children.end(), [&](const Node& c) { return self(self, c); });
  };
  if (r_.fallback == Fallback::fill) {
    if (!has_words(has_words, query_.root)) return;
    for (auto& m : m_) m.full = m.wordings;
    match_words(query_.root, Words::any);
    return;
  }
  if (found || !named_.empty()) return;
  if (as_words && has_words(has_words, query_.root) && match_words(query_.root, Words::any)) {
    fell_back_ = true;
    tell_missing("No paragraph has all the words; these have some of them");
  } else if (as_words) {
    tell_missing("");
  }
}

// Languages whose words are foreign: another one is asked for, or is the only one there is. What is excluded
// says nothing of what is wanted: counts of the other values stay what they are.
std::array<bool, 2> Run::foreign() const {
  std::array<bool, 2> out{true, true};
  if (const auto it = r_.filters.find(Field::lang); it != r_.filters.end() && !it->second.any.empty()) {
    for (const auto& v : it->second.any)
      if (const auto lang = parse_language(canonical_value(Field::lang, v))) out[*lang == Language::zh ? 0 : 1] = false;
  } else {
    for (const auto& segment : g_.segments())
      for (uint32_t d = 0; d < segment->documents() && (out[0] || out[1]); ++d)
        if (!segment->deleted[d]) out[segment->lang(d) == Language::zh ? 0 : 1] = false;
  }
  if (out[0] && out[1]) return {false, false};
  return {out[0] && has_words(query_.root, Language::zh), out[1] && has_words(query_.root, Language::en)};
}

// Whether any match is in a language that is asked for.
bool Run::found_where_asked() const {
  for (size_t s = 0; s < m_.size(); ++s) {
    bool found = false;
    const auto& segment = *g_.segments()[s];
    each_paragraph(s, [&](uint32_t p, size_t) { found = found || !(selection_->documents_out(s)[segment.document_of[p]] & (kOutDeleted | bit(Field::lang))); });
    if (found) return true;
  }
  return false;
}

// Every word as written or translated, else any.
void Run::match_translated() {
  const auto told = [&](const char* how) {
    std::string words;
    for (const auto& w : translated_->words) {
      if (words.size() > 300) break;
      words += (words.empty() ? "" : "; ") + w.text + " = ";
      for (size_t i = 0; i < w.renderings.size() && i < 3; ++i)
        if (i == 0 || is_match(w.renderings, i)) words += (i ? ", " : "") + w.renderings[i].text;
    }
    notices_.push_back(how + words);
  };
  query_.understood = print_query(translated_->root);
  if (r_.fallback == Fallback::fill) {
    for (auto& m : m_) m.full = m.wordings;
    match_words(translated_->root, Words::any);
  } else if (match_words(translated_->root, Words::all)) {
    told("Words are also looked for in translation: ");
  } else if (match_words(translated_->root, Words::any)) {
    told("No paragraph has all the words, nor their translations; these have some of them: ");
  } else {
    tell_missing("");
  }
}

}  // namespace resolute::search
