#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "indexer/index_writer.h"
#include "schemas/error.h"
#include "search/catalogue.h"
#include "search/searcher.h"
#include "text/analyze.h"
#include "text/normalize.h"

namespace resolute::cli {
namespace {

// That each phrase stands where it is said to stand, and is counted right. Throws Error(corrupt).
void verify_phrases(const search::Segment& s) {
  std::vector<uint32_t> wordings;
  for (size_t i = 0; i < s.phrases->size(); ++i) {
    const std::string text(s.phrases->text(i));
    const auto fail = [&](const std::string& what) { throw Error(ErrorKind::corrupt, "the phrase '" + text + "' " + what); };
    s.phrases->wordings(i, wordings);
    uint32_t paragraphs = 0;
    std::vector<uint32_t> documents;
    for (const uint32_t w : wordings) {
      if (text::find_phrase(s.folded(w), text) == std::string_view::npos) fail("does not stand where it should");
      for (const uint32_t p : s.occurrences[w])
        if (s.lang(s.document_of[p]) == s.phrases->lang(i)) ++paragraphs, documents.push_back(s.document_of[p]);
    }
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
    if (paragraphs != s.phrases->paragraphs(i) || documents.size() != s.phrases->documents(i)) fail("is counted otherwise");
  }
}

// Everything that can be recomputed is, and compared. Throws Error(corrupt).
void verify_generation(const search::Generation& g) {
  const auto fail = [](const std::string& what) { throw Error(ErrorKind::corrupt, what); };
  uint64_t documents = 0, paragraphs = 0;
  text::Analyzer analyzer;
  for (const auto& s : g.segments()) {
    if (s->catalogue->size() != s->documents()) fail("the catalogue has another number of documents than the segment");
    for (uint32_t d = 0; d < s->documents(); ++d) {
      const Document document = s->store.document(d);
      if (document.id() != s->id(d)) fail("document " + s->id(d) + " is stored as " + document.id());
      for (size_t p = 0; p < document.paragraphs.size(); ++p)
        if (document.paragraphs[p].fragment != s->fragment[s->store.first_paragraph(d) + p]) fail("paragraphs of " + document.id() + " are out of order");
      if (!s->deleted[d]) {
        ++documents;
        paragraphs += document.paragraphs.size();
      }
    }
    // Columns and catalogue were written apart: their counts must agree.
    for (const auto& f : fields()) {
      if (f.scope == Scope::paragraph || !*f.prefix) continue;
      const auto& column = s->columns[static_cast<size_t>(f.field)];
      std::vector<uint64_t> counts(column.values.size(), 0);
      for (uint32_t d = 0; d < s->documents(); ++d)
        for (const uint32_t id : column.of[d]) ++counts[id];
      for (size_t i = 0; i < counts.size(); ++i)
        if (s->catalogue->frequency(term(f.field, column.values[i])) != counts[i]) fail(std::string("column and catalogue differ on ") + f.name + ":" + std::string(column.values[i]));
    }
    // Texts, folded texts and postings.
    std::vector<uint64_t> sums(s->terms.size(), 0);
    for (uint32_t w = 0; w < s->wordings(); ++w) {
      const std::string folded = text::fold(s->store.text(w));
      if (folded != s->folded(w)) fail("a folded text does not match its original");
      std::vector<std::string> seen;
      analyzer.analyze(folded, [&](std::string_view t) { seen.emplace_back(t); });
      std::sort(seen.begin(), seen.end());
      seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
      for (const auto& t : seen) {
        const size_t i = s->terms.find(t);
        if (i == s->terms.size()) fail("a term of a text is missing from the dictionary");
        sums[i] += w + 1;
      }
    }
    if (s->phrases) verify_phrases(*s);
    for (size_t i = 0; i < s->terms.size(); ++i) {
      auto cursor = s->postings(s->terms[i]);
      uint64_t sum = 0;
      for (uint32_t id = cursor.next(); id != PostingCursor::kEnd; id = cursor.next()) sum += id + 1;
      if (sum != sums[i]) fail("the postings of '" + std::string(s->terms[i].substr(1)) + "' do not match the texts");
    }
  }
  if (documents != g.manifest().documents || paragraphs != g.manifest().paragraphs) fail("the manifest counts otherwise");
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  const auto index = std::make_shared<std::string>(default_index());
  auto* c = app.add_subcommand("verify", "integrity of every generation");
  c->add_option("--index", *index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->callback([index, &exit_code] {
    const uint64_t current = read_current(*index);
    std::vector<uint64_t> revisions;
    std::error_code error;
    for (const auto& e : std::filesystem::directory_iterator(*index + "/generations", error)) {
      const auto name = e.path().filename().string();
      if (!name.empty() && std::all_of(name.begin(), name.end(), [](char ch) { return ch >= '0' && ch <= '9'; })) revisions.push_back(std::stoull(name));
    }
    std::sort(revisions.begin(), revisions.end());
    if (!std::binary_search(revisions.begin(), revisions.end(), current)) throw Error(ErrorKind::corrupt, "the published generation is missing; build the index anew with `resolute index --rebuild`");
    for (const uint64_t r : revisions) {
      if (r > current) continue;  // of a writer at work
      try {
        const auto g = search::Generation::open(*index, r);
        verify_generation(*g);
        if (r == current) indexer::verify_sources(*index);
        fmt::print("generation {}{}: {} documents, {} paragraphs: ok\n", r, r == current ? " (published)" : "", with_commas(g->manifest().documents), with_commas(g->manifest().paragraphs));
      } catch (const Error& e) {
        fmt::print("generation {}{}: {}\n", r, r == current ? " (published)" : "", e.what());
        // An older one only serves pages of answers that began with it.
        if (r == current) exit_code = kFailed;
      }
    }
  });
}

}  // namespace resolute::cli
