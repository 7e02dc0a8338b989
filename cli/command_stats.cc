#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "http/api_json.h"
#include "schemas/error.h"

namespace resolute::cli {

void add_stats(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string index = default_index();
    bool json = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("stats", "counts and sizes");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_flag("--json", f->json, "as JSON");
  c->callback([f, &exit_code] {
    const auto generation = search::Generation::open(f->index);
    const auto& m = generation->manifest();
    const search::Searcher searcher(generation);
    uint64_t terms = 0, bytes = 0;
    nlohmann::ordered_json o;
    o["revision"] = m.revision;
    o["created"] = m.created;
    o["format"] = m.format;
    o["feature"] = m.feature;
    o["documents"] = m.documents;
    o["paragraphs"] = m.paragraphs;
    o["distinct_paragraphs"] = generation->wordings();
    auto& segments = o["segments"] = nlohmann::ordered_json::array();
    for (size_t i = 0; i < m.segments.size(); ++i) {
      const auto& e = m.segments[i];
      generation->segment(i).entries().reader().each_term("", [&](std::string_view) { return ++terms, true; });
      bytes += e.bytes();
      const SectionReader file(segment_path(f->index, e.name), SectionReader::Check::layout);
      nlohmann::ordered_json sections = nlohmann::ordered_json::object();
      for (const auto& [name, size] : file.sizes()) sections[name] = size;
      segments.push_back({{"name", e.name},
                          {"documents", e.documents},
                          {"deleted", e.deleted.size()},
                          {"bytes", e.bytes()},
                          {"entries", e.entries_bytes},
                          {"sections", sections}});
    }
    o["terms"] = terms;
    if (const auto& l = m.lexicon) {
      bytes += l->bytes;
      o["lexicon"] = {{"pairs", l->pairs},
                      {"terms", l->terms},
                      {"zh", generation->lexicon()->size(Language::zh)},
                      {"en", generation->lexicon()->size(Language::en)},
                      {"bytes", l->bytes}};
    }
    o["bytes"] = bytes;
    const auto facets = searcher.facets();
    if (f->json) {
      o["facets"] = http::print_facets(facets);
      fmt::print("{}\n", http::dump(o));
    } else {
      fmt::print("revision   {} of {}\ndocuments  {}\nparagraphs {} ({} distinct)\nterms      {}\nsize       {} in {} segment{}\n", m.revision, m.created,
                 with_commas(m.documents), with_commas(m.paragraphs), with_commas(generation->wordings()), with_commas(terms), human_bytes(bytes),
                 m.segments.size(), m.segments.size() == 1 ? "" : "s");
      if (const auto& l = m.lexicon)
        fmt::print("lexicon    {} zh, {} en, from {} pairs of texts and {} terms; {}\n", with_commas(generation->lexicon()->size(Language::zh)),
                   with_commas(generation->lexicon()->size(Language::en)), with_commas(l->pairs), with_commas(l->terms), human_bytes(l->bytes));
      for (const auto& facet : facets) {
        if (facet.values.empty()) continue;
        std::string line = fmt::format("{:10} ", info(facet.field).name);
        for (size_t i = 0; i < facet.values.size() && i < 8; ++i)
          line += fmt::format("{}{} ({})", i ? ", " : "", facet.values[i].value, with_commas(facet.values[i].count));
        if (facet.values.size() > 8) line += ", ...";
        fmt::print("{}\n", line);
      }
    }
    exit_code = m.documents ? kDone : kPartly;
  });
}

}  // namespace resolute::cli
