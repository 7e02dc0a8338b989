#include "search/verify.h"

#include <algorithm>
#include <unordered_map>

#include "schemas/error.h"
#include "search/generation.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::search {
namespace {

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorKind::corrupt, what); }

// That each phrase stands where it is said to stand, and is counted right. Throws Error(corrupt).
void verify_phrases(const Segment& s) {
  std::vector<WordingId> wordings;
  std::string buffer;
  for (size_t i = 0; i < s.phrases()->size(); ++i) {
    const std::string text(s.phrases()->text(i));
    const auto fail = [&](const std::string& what) { throw Error(ErrorKind::corrupt, "the phrase '" + text + "' " + what); };
    s.phrases()->wordings(i, wordings);
    uint32_t paragraphs = 0;
    std::vector<uint32_t> documents;
    for (const WordingId w : wordings) {
      if (text::find_phrase(s.folded(w, buffer), text) == std::string_view::npos) fail("does not stand where it should");
      for (const ParagraphId p : s.paragraphs_with(w))
        if (s.lang(s.document_of(p)) == s.phrases()->lang(i)) ++paragraphs, documents.push_back(s.document_of(p));
    }
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
    if (paragraphs != s.phrases()->paragraphs(i) || documents.size() != s.phrases()->documents(i)) fail("is counted otherwise");
  }
}

// Texts, folded texts and the lists of their terms. Throws Error(corrupt).
void verify_texts(const Segment& s) {
  // Of each term a sum that tells the wordings that have it, and how often.
  std::unordered_map<std::string, uint64_t> sums;
  text::Analyzer analyzer;
  std::string buffer;
  for (const WordingId w : s.all_wordings()) {
    const std::string folded = text::fold(s.text(w));
    if (folded != s.folded(w, buffer)) fail("a folded text does not match its original");
    analyzer.analyze(folded, [&](std::string_view t) { sums[std::string(t)] += w + 1; });
  }
  const auto reader = s.entries().reader();
  size_t terms = 0;
  reader.each_term("", [&](std::string_view name) {
    // Those of documents begin with a capital that is no stem's, or with that of a stem and another.
    const auto is_capital = [&](size_t i) { return i < name.size() && name[i] >= 'A' && name[i] <= 'Z'; };
    if (is_capital(0) && (!name.starts_with(kStemPrefix) || is_capital(kStemPrefix.size()))) return true;
    const auto it = sums.find(std::string(name));
    auto list = reader.wordings(name);
    uint64_t sum = 0;
    for (uint32_t id = list.next(); id != Postings::kEnd; id = list.next()) sum += (uint64_t{id} + 1) * list.count();
    if (it == sums.end() || sum != it->second) fail("the list of '" + std::string(name) + "' does not match the texts");
    return ++terms, true;
  });
  if (terms != sums.size()) fail("a term of a text has no list");
}

}  // namespace

void verify_kept_sources(const Generation& g) {
  for (const auto& s : g.segments())
    if (s->sources()) s->sources()->verify();
}

void verify_generation(const Generation& g) {
  uint64_t documents = 0, paragraphs = 0;
  for (const auto& s : g.segments()) {
    const auto reader = s->entries().reader();
    for (const DocumentId d : s->all_documents()) {
      const Document document = s->document(d);
      if (document.id() != s->id(d)) fail("document " + s->id(d) + " is stored as " + document.id());
      for (const ParagraphId p : s->paragraphs_of(d))
        if (document.paragraphs[s->ordinal(p)].fragment != s->fragment(p)) fail("paragraphs of " + document.id() + " are out of order");
      if (!s->deleted(d)) {
        ++documents;
        paragraphs += document.paragraphs.size();
      }
    }
    // Columns and entries were written apart: their counts must agree.
    for (const auto& f : fields()) {
      if (f.scope == Scope::paragraph || !*f.prefix) continue;
      const auto& column = s->column(f.field);
      std::vector<uint64_t> counts(column.values().size(), 0);
      for (const DocumentId d : s->all_documents())
        for (const uint32_t id : column.of(d)) ++counts[id];
      for (size_t i = 0; i < counts.size(); ++i)
        if (reader.frequency(term(f.field, column.values()[i])) != counts[i])
          fail(std::string("column and entries differ on ") + f.name + ":" + std::string(column.values()[i]));
    }
    verify_texts(*s);
    if (s->phrases()) verify_phrases(*s);
  }
  verify_kept_sources(g);
  if (documents != g.manifest().documents || paragraphs != g.manifest().paragraphs) fail("the manifest counts otherwise");
}

}  // namespace resolute::search
